"""The square meets the conditions of the paper's theorem on general activations."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, Eq, Ite, Lam
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.calculus.derivative import has_derivative
from theorems.smooth.paper_conditions import paper_conditions
from theorems.smooth.paper_spurious_minimum import q, s
from theorems.smooth.samples import NOTATION
from theorems.works import YUN_2019

quadratic_derivative = define(
    "smooth.quadratic_derivative", (q, s),
    Ite(Eq(q, 0), s**2, Ite(Eq(q, 1), 2 * s, Ite(Eq(q, 2), 2, 0))),
    latex=r"(t^2)^{{({0})}}|_{{t = {1}}}",
    doc="The derivatives of the square: $s^2$, $2s$, 2, 0, 0, ...",
)  # fmt: skip
value = {"unfold": [quadratic_derivative]}
derivatives = [
    take(q, s), assume("order", "near"),
    cases(*[
        case(f"order{k}", claim, qed(by("derivative", f"order{k}", unfold=[quadratic_derivative, has_derivative])))
        for k, claim in enumerate((Eq(q, 0), Eq(q, 1), Eq(q, 2), q >= 3))], exhaustive=by("sign", "order")),
]  # fmt: skip

PAPER_QUADRATIC = theorem(
    "smooth.paper_quadratic",
    "The square meets the conditions of the paper",
    conclusion=paper_conditions(
        Lam((q, s), quadratic_derivative(q, s)), 1, 1, Fraction(1, 6), Fraction(1, 6), 1, 1, 2, 2, -4),
    prose="The activation $t^2$ meets the conditions of the paper with $p = (1, 2, 2, -4)$, $v_1 = v_2 = 1$ and $u_1 = u_2 = 1/6$.",
    source="The paper names the square in its corollary; the numbers are ours.",
    origin=Citation(YUN_2019, "the corollary of the theorem on general activations"),
    proof=[
        unfold("", "goal", paper_conditions),
        conjunction(
            [qed(by("ring", **value))],
            [qed(by("ring", **value))],
            [qed(by("ring", **value))],
            [qed(by("linear"))],
            derivatives,
            derivatives,
            [witness(2), take(q), assume("order"),
             apply("room", "calculus.power_times_factorial", {"B": 2}),
             have("bound", Abs(quadratic_derivative(q, 1)) <= 2, proof=[
                 cases(*[case(f"order{k}", claim, qed(by("ring", f"order{k}", **value)))
                         for k, claim in enumerate((Eq(q, 1), Eq(q, 2), q >= 3))], exhaustive=by("sign", "order"))]),
             conjunction(*[[qed(by("linear", "bound", at("room", q)))]] * 2)],
            [qed(by("ring", **value))],
            [qed(by("ring", **value))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
