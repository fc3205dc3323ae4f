"""On a convex quadric constant units can be a spurious local minimum as well: by terms of fourth order, on a parabola."""

from fractions import Fraction

from symproof.logic.syntax import Abs, And, Eq, Ite, Lam, Not, Or, Sum, forall_in, num
from symproof.logic.term import subst
from symproof.proof.author import apply, assume, at, by, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.jensen.convex_quadric import NOTATION, ON_QUADRIC, SOME_DIRECTION, a, b, g, n, p
from theorems.relu_like.network import (
    HALF,
    V1,
    V2,
    c1,
    close,
    dx,
    i,
    j,
    k,
    l,
    local_minimum,
    m,
    network,
    other_theta,
    risk,
    sample,
    spurious,
    t,
    x,
)

INPUTS = Lam((i, l), Ite(Eq(l, 1), i - 3, (i - 3) ** 2))
"""The inputs (s, s^2) for s = -2, ..., 2."""
DIFFERENCES = Lam(i, Ite(Eq(i, 3), num(6), Ite(Or(Eq(i, 2), Eq(i, 4)), -4, 1)))
"""1, -4, 6, -4, 1: the weights of the fourth difference, which vanish on cubic polynomials of s."""
TARGETS = Lam(i, -DIFFERENCES(i))
QUARTIC = Lam(t, t**2 / 2 + t**4 / 24)
"""An activation whose second derivative is 1, and whose third is 0, at 0."""
data = (5, 2, 1, INPUTS, TARGETS, QUARTIC)
MINIMUM = (Lam((k, l), num(0)), Lam(k, num(0)), Lam(k, num(1)), num(0))
BETTER = (Lam((k, l), Ite(Eq(l, 1), num(1), num(0))), Lam(k, num(0)), Lam(k, num(Fraction(-1, 20))), num(0))

QUADRIC = {
    m: num(5), dx: num(2), n: num(1), x: INPUTS, p: Lam(j, num(1)), g: Lam((j, l), Ite(Eq(l, 1), num(1), num(0))),
    a: Lam(l, Ite(Eq(l, 1), num(0), num(1))), b: num(0),
}  # fmt: skip
"""The parabola x_1^2 = x_2."""

slope, bend, bias, weight = V1(1, 1), V1(1, 2), c1(1), V2(1)
inner = 21 * (bend + bias * Fraction(10, 21)) ** 2 + 12 - bias**2 * Fraction(730, 21)
fourth = (slope**2 + 6 * bias * bend) ** 2 + 30 * (slope * bend) ** 2 + bend**2 * inner
"""The fourth difference of h(slope s + bend s^2 + bias)."""


def output(index):
    """The output of the network at a sample."""
    return subst(network(2, 1, QUARTIC, *other_theta, sample(index)), {x: INPUTS})


outputs = Sum(i, 1, 5, DIFFERENCES(i) * output(i))

PARABOLA = theorem(
    "jensen.parabola",
    "Constant units on a parabola",
    conclusion=And(spurious(*data, *MINIMUM), Not(subst(SOME_DIRECTION, QUADRIC))),
    prose="On the inputs $(s, s^2)$ for $s = -2, \\dots, 2$ with targets $-1, 4, -6, 4, -1$ one unit with the activation $t^2/2 + t^4/24$, incoming "
    "weights 0, bias 0 and outgoing weight 1 is a spurious local minimum, though no weights have a definite second moment on these inputs.",
    source="Derived here: the second moment is 0 in one direction, where the fourth derivative of the activation helps.",
    proof=[
        have("local", local_minimum(*data, *MINIMUM), proof=[
            unfold("", "goal", local_minimum),
            witness(HALF),
            conjunction(
                [qed(by("linear"))],
                [take(*other_theta), assume("moves_little"), unfold("moves", "moves_little", close),
                 have("biases", forall_in(k, 1, 1, Abs(c1(k) - 0) < HALF), by("logic", "moves")),
                 have("weights", forall_in(k, 1, 1, Abs(V2(k) - 1) < HALF), by("logic", "moves")),
                 have("bias_low", HALF - bias > 0, by("linear", at("biases", 1))),
                 have("bias_high", HALF + bias > 0, by("linear", at("biases", 1))),
                 have("weight", weight > 0, by("linear", at("weights", 1))),
                 have("bias_square", (HALF - bias) * (HALF + bias) > 0, by("sign", "bias_low", "bias_high")),
                 have("square", 21 * (bend + bias * Fraction(10, 21)) ** 2 >= 0, by("sign")),
                 have("inner", inner > 0, by("linear", "bias_square", "square")),
                 have("fourth", fourth >= 0, by("sign", "inner")),
                 have("product", weight * fourth >= 0, by("sign", "weight", "fourth")),
                 have("difference", Eq(outputs, weight * fourth), by("ring", unfold=[network])),
                 have("squares", Sum(i, 1, 5, output(i) ** 2) >= 0, by("sign")),
                 have("split", Eq(risk(*data, *other_theta), 35 + outputs + Sum(i, 1, 5, output(i) ** 2) / 2), by("ring", unfold=[risk])),
                 have("here", Eq(risk(*data, *MINIMUM), 35), by("ring", unfold=[risk, network])),
                 qed(by("linear", "split", "here", "difference", "product", "squares"))])]),
        have("here", Eq(risk(*data, *MINIMUM), 35), by("ring", unfold=[risk, network])),
        have("better", risk(*data, *BETTER) < 35, by("ring", unfold=[risk, network])),
        have("spurious", spurious(*data, *MINIMUM), proof=[
            unfold("", "goal", spurious),
            conjunction([qed(by("logic", "local"))], [witness(*BETTER), qed(by("linear", "better", "here"))])]),
        have("bent", subst(ON_QUADRIC["bent"], QUADRIC), proof=[
            witness(1), conjunction([qed(by("ring"))], [qed(by("ring"))], [
                witness(2), conjunction([qed(by("ring"))], [qed(by("ring"))], [conjunction([qed(by("ring"))], [qed(by("ring"))])])])]),
        apply("none", "jensen.no_direction_on_quadric", {v.name: value for v, value in QUADRIC.items()}, using={"bent": "bent"}),
        qed(by("logic", "spurious", "none")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
