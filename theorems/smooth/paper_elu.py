"""ELU and SELU meet the conditions of the paper's theorem on general activations."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, Eq, Ite, Lam, Ne, exp, log, num, real
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.calculus.derivative import has_derivative
from theorems.smooth.paper_conditions import paper_conditions
from theorems.smooth.paper_spurious_minimum import q, s
from theorems.smooth.samples import NOTATION
from theorems.smooth.second_order import corner
from theorems.works import YUN_2019

scale, alpha = real("scale alpha")

selu_derivative = define(
    "smooth.selu_derivative", (scale, alpha, q, s),
    scale * Ite(s >= 0, Ite(Eq(q, 0), s, Ite(Eq(q, 1), 1, 0)), alpha * (exp(s) - Ite(Eq(q, 0), 1, 0))),
    latex=r"\operatorname{{selu}}_{{{0},{1}}}^{{({2})}}({3})",
    doc="SELU with scale $\\lambda$ and parameter $\\alpha$, that is $\\lambda s$ for $s \\ge 0$ and $\\lambda \\alpha (e^s - 1)$ for $s < 0$, "
    "and its derivatives for $s \\ne 0$; with $\\lambda = 1$ it is ELU.",
)  # fmt: skip
v = log(Fraction(2, 3))
u1, u2 = 1 / (2 * (scale * alpha)), -3 / (2 * (scale * alpha))
p1, p3 = -2 * log(2), -2 * log(3)


def value(order, point):
    """A derivative at a point."""
    return selu_derivative(scale, alpha, order, point)


def known(label, order, point, factor):
    """The value of a derivative at a negative point: a rational multiple of scale * alpha."""
    return have(label, Eq(value(order, point), scale * alpha * num(factor)), by("elementary", unfold=[selu_derivative]))


size = Abs(scale * alpha)
left, right = value(0, p1) * value(0, (p3 + num(0)) / 2), value(0, p3) * value(0, (p1 + num(0)) / 2)
derivatives = [
    take(q, s), assume("order", "near"),
    have("s_negative", s < 0, by("linear", "near", "v_negative")),
    cases(*[
        case(f"order{k}", claim, qed(by("derivative", f"order{k}", "s_negative", unfold=[selu_derivative, has_derivative])))
        for k, claim in enumerate((Eq(q, 0), q >= 1))], exhaustive=by("sign", "order")),
]  # fmt: skip

PAPER_SELU = theorem(
    "smooth.paper_selu",
    "ELU and SELU meet the conditions of the paper",
    variables=[scale, alpha],
    hypotheses={"scale": Ne(scale, 0), "alpha": Ne(alpha, 0)},
    conclusion=paper_conditions(Lam((q, s), value(q, s)), v, v, u1, u2, Fraction(1, 4), p1, 0, p3, 0),
    prose="The activation $\\lambda t$ for $t \\ge 0$, $\\lambda \\alpha (e^t - 1)$ for $t < 0$ (SELU; ELU with $\\lambda = 1$) meets the "
    "conditions of the paper for all $\\lambda, \\alpha \\ne 0$, with $p = (-2 \\ln 2, 0, -2 \\ln 3, 0)$, $v_1 = v_2 = \\ln(2/3)$, "
    "$u_1 = 1/(2 \\lambda \\alpha)$ and $u_2 = -3/(2 \\lambda \\alpha)$.",
    source="The paper names ELU and SELU in its corollary; the numbers are ours.",
    origin=Citation(YUN_2019, "the corollary of the theorem on general activations"),
    proof=[
        have("v_negative", v <= Fraction(2, 3) - num(1), by("bound")),
        have("log2", log(2) >= 1 - num(1) / 2, by("bound"), note="so that p1 is negative"),
        have("log3", log(3) >= 1 - num(1) / 3, by("bound"), note="so that p3 is negative"),
        have("product", Ne(scale * alpha, 0), by("sign", "scale", "alpha")),
        *[known(f"p{j}", 0, p, f) for j, p, f in ((1, p1, Fraction(-3, 4)), (3, p3, Fraction(-8, 9)))],
        *[known(f"m{j}", 0, (p + num(0)) / 2, f) for j, p, f in ((1, p1, Fraction(-1, 2)), (3, p3, Fraction(-2, 3)))],
        have("zero", Eq(value(0, 0), 0), by("ring", unfold=[selu_derivative])),
        known("h", 0, v, Fraction(-1, 3)), known("D", 1, v, Fraction(2, 3)), known("E", 2, v, Fraction(2, 3)),
        unfold("", "goal", paper_conditions),
        conjunction(
            [qed(by("ring", rewrite=["zero"]))],
            [have("square", (scale * alpha)**2 > 0, by("sign", "product")),
             have("gap", Eq(left - right, (scale * alpha)**2 / 18), by("ring", rewrite=["p1", "m1", "p3", "m3"])),
             have("above", left - right > 0, by("linear", "gap", "square")),
             qed(by("sign", "above"))],
            [qed(by("field", "product", rewrite=["h"]))],
            [qed(by("linear"))],
            derivatives,
            derivatives,
            [witness(1 + size), take(q), assume("order"),
             have("large", 1 + size >= 1, by("sign")),
             apply("room", "calculus.power_times_factorial", {"B": 1 + size}),
             have("exact", Eq(value(q, v), scale * alpha * Fraction(2, 3)), by("elementary", "order", "v_negative", unfold=[selu_derivative])),
             have("bound", Abs(value(q, v)) <= 1 + size, proof=[
                 have("part", Eq(Abs(scale * alpha * Fraction(2, 3)), Fraction(2, 3) * size), by("ring")),
                 have("nonnegative", size >= 0, by("sign")),
                 qed(by("linear", "part", "nonnegative", rewrite=["exact"]))]),
             conjunction(*[[qed(by("linear", "bound", at("room", q)))]] * 2)],
            [have("exact", Eq(corner(u1, value(2, v), value(1, v)), Fraction(2, 9)), by("field", "product", rewrite=["D", "E"])),
             qed(by("linear", "exact"))],
            [*[have(f"exact{j}", Eq(corner(u, value(2, v), value(1, v)), known), by("field", "product", rewrite=["D", "E"]))
               for j, u, known in ((1, u1, Fraction(2, 9)), (2, u2, Fraction(2, 3)))],
             have("slopes", Eq((u1 * value(1, v))**2 * (u2 * value(1, v))**2, Fraction(1, 9)), by("field", "product", rewrite=["D"])),
             qed(by("linear", "slopes", rewrite=["exact1", "exact2"]))]),
    ],
    notation={**NOTATION, "scale": r"\lambda", "alpha": r"\alpha"},
    extra={"main": True},
)  # fmt: skip
