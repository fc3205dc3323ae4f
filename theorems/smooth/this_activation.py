"""A lemma about one activation, made when numbers are put into the chapter: it is smooth around a point.

The lemma is checked by the kernel like any other; the balls by which the same is certified are not used.
"""

from symproof.instances.closed_form import literal
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_offer import smooth_offers
from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.differentiate import differentiate
from symproof.logic.syntax import And, ForAll, Implies, Lam
from symproof.logic.term import Term, subst
from symproof.proof.author import apply, assume, by, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import DIFFERENTIABLE_CONTINUOUS, continuous
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import near
from theorems.smooth.bent_piece import s

__all__ = ["LEMMA_ID", "OFFERS", "check_smooth"]

LEMMA_ID = "smooth.this_activation"


def check_smooth(value: Term, center, radius) -> CheckResult:
    """What the kernel says of the claim that an activation has two continuous derivatives around a point.

    Args:
        value: the activation, a term in ``T``.
        center: the point, an exact rational of python-flint.
        radius: how far on both sides, likewise.
    """
    derivatives = [value]
    for _ in range(3):
        derivatives.append(differentiate(derivatives[-1], T)[0])
    where = near(s, literal(radius), literal(center))

    def derivative(order):
        return has_derivative(Lam(T, derivatives[order]), s, subst(derivatives[order + 1], {T: s}))

    def throughout(label, claim, *proof):
        return have(label, ForAll(s, Implies(where, claim)), proof=[take(s), assume("s_low", "s_high"), *proof])

    rule = by("derivative", "s_low", "s_high", unfold=[has_derivative])
    bend = Lam(T, derivatives[2])
    steps = [
        throughout("first", derivative(0), qed(rule)),
        throughout("second", derivative(1), qed(rule)),
        throughout(
            "continuous", continuous(bend, s),
            have("third", derivative(2), rule),
            apply("here", DIFFERENTIABLE_CONTINUOUS.id, {"g": bend, "a": s, "d": subst(derivatives[3], {T: s})},
                  using={"derivative": "third"}),
            qed(by("logic", "here"))),
    ]  # fmt: skip
    lemma = theorem(
        LEMMA_ID,
        "This activation is smooth around a point",
        conclusion=And(
            *(ForAll(s, Implies(where, claim)) for claim in (derivative(0), derivative(1), continuous(bend, s)))
        ),
        proof=[*steps, qed(by("logic", "first", "second", "continuous"))],
    )
    return check_theorem(lemma, {DIFFERENTIABLE_CONTINUOUS.id: DIFFERENTIABLE_CONTINUOUS}, first_only=True)


OFFERS = smooth_offers(check_smooth)
"""What the chapter offers as instances."""
