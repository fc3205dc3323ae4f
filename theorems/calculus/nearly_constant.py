"""Where a continuous function is not 0, it keeps its sign and nearly its value nearby."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, function, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    obtain,
    qed,
    take,
    unfold,
    witness,
)
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import NOTATION, delta

g = function("g")
a, s, t, sigma = real("a s t sigma")


def around(point, center, distance):
    """The point is at most a distance away from the center."""
    return And(center - distance <= point, point <= center + distance)


NEARLY_CONSTANT = theorem(
    "calculus.nearly_constant",
    "A continuous function is nearly constant",
    variables=[g, a, sigma],
    hypotheses={"continuous": continuous(g, a), "sign": Eq(sigma**2, 1), "side": sigma * g(a) > 0},
    conclusion=Exists(delta, And(delta > 0, ForAll(s, Implies(
        around(s, a, delta), And(num(9) / 10 * (sigma * g(a)) <= sigma * g(s), sigma * g(s) <= num(11) / 10 * (sigma * g(a))))))),
    prose="If $g$ is continuous and of sign $\\sigma$ at $a$, then near $a$ it is within a tenth of $g(a)$.",
    source="Elementary.",
    proof=[
        unfold("meaning", "continuous", continuous),
        have("tenth", sigma * g(a) / 10 > 0, by("sign", "side")),
        obtain(delta, ("delta_positive", "steady"), at("meaning", sigma * g(a) / 10)),
        witness(delta),
        conjunction(
            [qed(by("logic", "delta_positive"))],
            [take(s), assume("s_low", "s_high"),
             have("moved", Abs(s - a) <= delta, proof=[
                cases(case("right", s - a >= 0, have("plain", Eq(Abs(s - a), s - a), by("ring")), qed(by("linear", "plain", "s_high"))),
                      case("left", s - a < 0, have("plain", Eq(Abs(s - a), a - s), by("ring")), qed(by("linear", "plain", "s_low"))))]),
             have("steady_here", Abs(g(a + (s - a)) - g(a)) <= sigma * g(a) / 10, by("logic", at("steady", s - a), "moved")),
             apply("size", "calculus.unit_sign", {"t": g(s) - g(a)}),
             have("plain", Eq(Abs(g(a + (s - a)) - g(a)), Abs(g(s) - g(a))), by("ring")),
             conjunction([qed(by("linear", "steady_here", "size", "plain"))], [qed(by("linear", "steady_here", "size", "plain"))])]),
    ],
    notation=NOTATION,
)  # fmt: skip
