"""The sigmoid and the hyperbolic tangent meet the conditions of the paper's theorem on general activations."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, Eq, Ite, Lam, exp, log, num, unary
from symproof.logic.term import coerce
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.calculus.derivative import has_derivative
from theorems.calculus.factorial import factorial
from theorems.smooth.paper_conditions import paper_conditions
from theorems.smooth.paper_spurious_minimum import q, s
from theorems.smooth.samples import NOTATION
from theorems.smooth.second_order import corner
from theorems.smooth.sigmoid_derivatives import power_derivative
from theorems.works import YUN_2019

NUMBERS = ("p1", "p2", "p3", "p4")


def meets(name, title, activation, scale, points, values, weights, radius, prose, doc, latex):
    """The result on an activation that is ``scale * sigma(scale * s)`` up to a constant.

    Args:
        name: of the activation.
        title: the activation in words.
        activation: its value at s.
        scale: a positive integer.
        points: v, p1, p2, p3, p4.
        values: the values at p1, ..., p4 and the two middles, then value, slope and bend at v.
        weights: u1 and u2.
        radius: how far from v the derivatives are looked at.
        prose: the result in words.
        doc: what the derivatives are.
        latex: how they are written.
    """
    later = scale * power_derivative(q, 1, 0, scale, s)
    derivative = define(
        f"smooth.{name}_derivative", (q, s), Ite(Eq(q, 0), activation, Ite(q >= 1, later, 0)), latex=latex, doc=doc
    )
    v, *p = (coerce(point) for point in points)
    u1, u2 = (num(weight) for weight in weights)
    middles = ((p[2] + p[3]) / 2, (p[0] + p[1]) / 2)
    places = (*((0, point) for point in (*p, *middles)), (0, v), (1, v), (2, v))
    labels = (*NUMBERS, "m34", "m12", "value", "slope", "bend")
    derivatives = [
        take(q, s), assume("order", "near"),
        cases(
            case("first", Eq(q, 0), qed(by("derivative", rewrite=["first"], unfold=[derivative, power_derivative, has_derivative]))),
            case("positive", q >= 1,
                 apply("all", "smooth.sigmoid_derivatives", {"c": scale}),
                 have("next", has_derivative(Lam(s, power_derivative(q, 1, 0, scale, s)), s, power_derivative(q + 1, 1, 0, scale, s)),
                      by("logic", at("all", q, 1, 0), "order")),
                 apply("scaled", "calculus.derivative_of_combination", {
                     "g": Lam(s, power_derivative(q, 1, 0, scale, s)), "a": s, "d": power_derivative(q + 1, 1, 0, scale, s), "p": scale, "q": 0},
                     using={"derivative": "next"}),
                 qed(by("rewrite", "scaled", unfold=[derivative]))), exhaustive=by("sign", "order")),
    ]  # fmt: skip
    there = power_derivative(q, 1, 0, scale, v)
    analytic = [
        witness(num(scale**2)), take(q), assume("order"),
        apply("all", "smooth.sigmoid_bound", {"c": scale, "s": v}),
        apply("powers", "calculus.scaled_power", {"B": scale, "c": scale}),
        apply("factorials", "calculus.factorial_positive"),
        have("start", Eq(Abs(there) * factorial(num(1) + 0 - 1), Abs(there)), by("ring", unfold=[factorial])),
        have("bound", Abs(there) <= num(scale) ** q * factorial(q), by("linear", at("all", q, 1, 0), "start")),
        have("powers_here", scale * num(scale) ** q <= (num(scale**2))**q, by("logic", at("powers", q), "order")),
        have("slack", ((num(scale**2))**q - scale * num(scale) ** q) * factorial(q) >= 0, proof=[
            have("rest", (num(scale**2))**q - scale * num(scale) ** q >= 0, by("linear", "powers_here")),
            have("factor", factorial(q) > 0, by("logic", at("factorials", q), "order")),
            qed(by("sign", "rest", "factor"))]),
        have("exact", Eq(Abs(derivative(q, v)), scale * Abs(there)), by("ring", "order", unfold=[derivative])),
        conjunction(*[[qed(by("linear", "bound", "slack", "exact"))]] * 2),
    ]  # fmt: skip
    return theorem(
        f"smooth.paper_{name}",
        f"{title} meets the conditions of the paper",
        conclusion=paper_conditions(Lam((q, s), derivative(q, s)), v, v, u1, u2, radius, *p),
        prose=prose,
        source="The paper names it in its corollary, and bounds the derivatives by Cauchy's estimates; the numbers and the elementary bound are "
        "derived here.",
        origin=Citation(YUN_2019, "the corollary of the theorem on general activations"),
        proof=[
            *[have(label, Eq(derivative(*place), num(known)), by("elementary", unfold=[derivative, power_derivative]))
              for label, place, known in zip(labels, places, values, strict=True)],
            unfold("", "goal", paper_conditions),
            conjunction(
                [qed(by("ring", rewrite=NUMBERS))],
                [qed(by("ring", rewrite=labels[:6]))],
                [qed(by("ring", rewrite=["value"]))],
                [qed(by("linear"))],
                derivatives,
                derivatives,
                analytic,
                [qed(by("ring", rewrite=["slope", "bend"]))],
                [qed(by("ring", rewrite=["slope", "bend"]))]),
        ],
        notation=NOTATION,
        extra={"main": True},
    )  # fmt: skip


def rationals(text):
    return [Fraction(part) for part in text.split()]


PAPER_SIGMOID = meets(
    "sigmoid", "The sigmoid", 1 / (1 + exp(-s)), 1,
    (-log(3), 0, -log(9), -log(9), -log(49)), rationals("1/2 1/10 1/10 1/50 1/22 1/4 1/4 3/16 3/32"), rationals("2/3 2/3"), 1,
    "x", "y", "",
)
PAPER_TANH = meets(
    "tanh", "The hyperbolic tangent", unary("tanh", s), 2,
    (log(3) / 2, log(2), 0, log(3), 0), rationals("3/5 0 4/5 0 1/2 1/3 1/2 3/4 -3/4"), rationals("4/3 -2/3"), 1,
    "x", "y", "",
)
