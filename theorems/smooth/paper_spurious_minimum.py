"""The theorem on general activations as the paper states it: infinitely differentiable, with bounded derivatives."""

from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Lam, Ne, integer, num, real, variable
from symproof.proof.author import apply, assume, at, by, have, qed, take
from symproof.proof.theorem import Citation, theorem
from theorems.calculus.derivative import has_derivative
from theorems.calculus.factorial import factorial
from theorems.calculus.second_difference import near
from theorems.relu_like.network import spurious
from theorems.smooth.local_minimum import CENTER, MINIMUM, UNITS, r, s, u1, u2, v1, v2
from theorems.smooth.samples import NOTATION, THIRD, data
from theorems.smooth.second_order import corner
from theorems.smooth.this_activation import OFFERS
from theorems.smooth.zero_risk import p1, p2, p3, p4
from theorems.works import YUN_2019

q = integer("q")
C = real("C")
H = variable("H", fun_sort(INT, REAL, REAL))


around = [near(s, r, center) for center in CENTER]

ACTIVATION = Lam(s, H(0, s))
"""The activation: H(q, s) is its q-th derivative at s."""


def value(point):
    """The activation at a point."""
    return H(0, point)


PAPER_SPURIOUS_MINIMUM = theorem(
    "smooth.paper_spurious_minimum",
    "The theorem on general activations",
    variables=[H, v1, v2, u1, u2, r, p1, p2, p3, p4],
    hypotheses={
        "proportional": Eq(value(p1) * value(p4), value(p2) * value(p3)),
        "different": Ne(value(p1) * value((p3 + p4) / 2), value(p3) * value((p1 + p2) / 2)),
        "value": Eq(u1 * value(v1) + u2 * value(v2), THIRD),
        "radius": r > 0,
        **{f"derivatives{j}": ForAll((q, s), Implies(And(q >= 0, around[j - 1]), has_derivative(Lam(s, H(q, s)), s, H(q + 1, s))))
           for j in UNITS},
        "analytic": Exists(C, ForAll(q, Implies(q >= 1, And(*[Abs(H(q, center)) <= C**q * factorial(q) for center in CENTER])))),
        "corner": corner(u1, H(2, v1), H(1, v1)) > 0,
        "determinant": (u1 * H(1, v1)) ** 2 * (u2 * H(1, v2)) ** 2
        < corner(u1, H(2, v1), H(1, v1)) * corner(u2, H(2, v2), H(1, v2)),
    },
    conclusion=spurious(*data(num(2))[:-1], ACTIVATION, *MINIMUM),
    prose="Let the activation $h = h_0$ have derivatives $h_1, h_2, \\dots$ near $v_1$ and $v_2$, and let (C2.1) to (C2.7) of the paper hold. Then the "
    "network with two units has a spurious local minimum on the samples $(1, 0) \\mapsto 0$, $(0, 1) \\mapsto 0$, $(1/2, 1/2) \\mapsto 1$.",
    source="The paper's statement. The bound on the derivatives (C2.5) is not used: two continuous derivatives suffice.",
    origin=Citation(YUN_2019, "the theorem on general activations"),
    proof=[
        *[step for j in UNITS for step in (
            *[have(f"{name}{j}", ForAll(s, Implies(around[j - 1], has_derivative(Lam(s, H(order, s)), s, H(order + 1, s)))), proof=[
                take(s), assume("s_low", "s_high"), have("order", num(order) >= 0, by("linear")),
                qed(by("logic", at(f"derivatives{j}", order, s), "order", "s_low", "s_high"))])
              for name, order in (("first", 0), ("second", 1))],
            have(f"third{j}", has_derivative(Lam(s, H(2, s)), CENTER[j - 1], H(3, CENTER[j - 1])), proof=[
                have("low", CENTER[j - 1] - r <= CENTER[j - 1], by("linear", "radius")),
                have("high", CENTER[j - 1] <= CENTER[j - 1] + r, by("linear", "radius")),
                have("order", num(2) >= 0, by("linear")),
                qed(by("logic", at(f"derivatives{j}", 2, CENTER[j - 1]), "order", "low", "high"))]),
            apply(f"continuous{j}", "calculus.differentiable_continuous",
                  {"g": Lam(s, H(2, s)), "a": CENTER[j - 1], "d": H(3, CENTER[j - 1])}, using={"derivative": f"third{j}"}))],
        apply("found", "smooth.spurious_minimum", {"h": ACTIVATION, "D": Lam(s, H(1, s)), "E": Lam(s, H(2, s))},
              using={"derivative1": "first1", "derivative2": "first2", "second1": "second1", "second2": "second2",
                     "continuous1": "continuous1", "continuous2": "continuous2"}),
        qed(by("logic", "found")),
    ],
    notation={**NOTATION, "H": "h"},
    extra={"main": True, "instance": OFFERS.paper},
)  # fmt: skip
