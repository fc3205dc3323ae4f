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
from theorems.smooth.sigmoid_derivatives import power_derivative
from theorems.works import YUN_2019

sigmoid, tanh = 1 / (1 + exp(-s)), unary("tanh", s)


def multiple(order, point, scale):
    """The derivative of an order of ``scale * sigma(scale * s)``, where sigma is the sigmoid."""
    return scale * power_derivative(order, 1, 0, scale, point)


def derivatives_of(name, activation, scale, doc, latex):
    """The derivatives of an activation that is ``scale * sigma(scale * s)`` up to a constant."""
    later = Ite(q >= 1, multiple(q, s, scale), 0)
    return define(f"smooth.{name}_derivative", (q, s), Ite(Eq(q, 0), activation, later), latex=latex, doc=doc)


sigmoid_derivative = derivatives_of("sigmoid", sigmoid, 1, "The sigmoid and its derivatives.", r"\sigma^{{({0})}}({1})")
tanh_derivative = derivatives_of(
    "tanh", tanh, 2, "The hyperbolic tangent, which is $2\\sigma(2s) - 1$, and its derivatives.", r"\tanh^{{({0})}}({1})"
)  # fmt: skip


def known_derivatives(derivative, scale):
    """Steps: each of the derivatives has the next one as its derivative, near any point."""
    return [
        take(q, s), assume("order", "near"),
        cases(
            case("first", Eq(q, 0), qed(by("derivative", rewrite=["first"], unfold=[derivative, power_derivative, has_derivative]))),
            case("later", q >= 1,
                 apply("all", "smooth.sigmoid_derivatives", {"c": scale}),
                 have("next", has_derivative(Lam(s, power_derivative(q, 1, 0, scale, s)), s, power_derivative(q + 1, 1, 0, scale, s)),
                      by("logic", at("all", q, 1, 0), "order")),
                 apply("scaled", "calculus.derivative_of_combination", {
                     "g": Lam(s, power_derivative(q, 1, 0, scale, s)), "a": s, "d": power_derivative(q + 1, 1, 0, scale, s), "p": scale, "q": 0},
                     using={"derivative": "next"}),
                 qed(by("rewrite", "scaled", unfold=[derivative]))), exhaustive=by("sign", "order")),
    ]  # fmt: skip


def bounded_derivatives(derivative, scale, point):
    """Steps: the derivative of order q is at most ``scale**(2*q) * q!``."""
    there, rate, constant = power_derivative(q, 1, 0, scale, point), num(scale), num(scale**2)
    return [
        witness(constant), take(q), assume("order"),
        apply("all", "smooth.sigmoid_bound", {"c": scale, "s": point}),
        apply("powers", "calculus.scaled_power", {"B": scale, "c": scale}),
        apply("factorials", "calculus.factorial_positive"),
        have("plain", Eq(Abs(there) * factorial(num(1) + 0 - 1), Abs(there)), by("ring", unfold=[factorial])),
        have("bound", Abs(there) <= rate**q * factorial(q), by("linear", at("all", q, 1, 0), "plain")),
        have("larger", rate * rate**q <= constant**q, by("logic", at("powers", q), "order")),
        have("slack", (constant**q - rate * rate**q) * factorial(q) >= 0, proof=[
            have("rest", constant**q - rate * rate**q >= 0, by("linear", "larger")),
            have("factor", factorial(q) > 0, by("logic", at("factorials", q), "order")),
            qed(by("sign", "rest", "factor"))]),
        have("exact", Eq(Abs(derivative(q, point)), scale * Abs(there)), by("ring", "order", unfold=[derivative])),
        conjunction(*[[qed(by("linear", "bound", "slack", "exact"))]] * 2),
    ]  # fmt: skip


def meets(name, title, derivative, scale, points, values, weights, prose):
    """The result that an activation meets the conditions, with one center v and the radius 1.

    Args:
        name: of the activation.
        title: the activation in words.
        derivative: its derivatives.
        scale: it is ``scale * sigma(scale * s)`` up to a constant.
        points: v, p1, p2, p3, p4.
        values: the values at p1, ..., p4, (p3 + p4)/2 and (p1 + p2)/2, then value, slope and bend at v.
        weights: u1 and u2.
        prose: the result in words.
    """
    v, *p = (coerce(point) for point in points)
    u1, u2 = (num(Fraction(weight)) for weight in weights)
    at_points = {"p1": p[0], "p2": p[1], "p3": p[2], "p4": p[3], "m34": (p[2] + p[3]) / 2, "m12": (p[0] + p[1]) / 2}
    places = {
        **{label: (0, point) for label, point in at_points.items()},
        "value": (0, v),
        "slope": (1, v),
        "bend": (2, v),
    }
    return theorem(
        f"smooth.paper_{name}",
        f"{title} meets the conditions of the paper",
        conclusion=paper_conditions(Lam((q, s), derivative(q, s)), v, v, u1, u2, 1, *p),
        prose=prose,
        source="The paper names it in its corollary, and bounds the derivatives by Cauchy's estimates. The numbers are ours, and so is the "
        "elementary bound.",
        origin=Citation(YUN_2019, "the corollary of the theorem on general activations"),
        proof=[
            *[have(label, Eq(derivative(*place), num(Fraction(known))), by("elementary", unfold=[derivative, power_derivative]))
              for (label, place), known in zip(places.items(), values, strict=True)],
            unfold("", "goal", paper_conditions),
            conjunction(
                [qed(by("ring", rewrite=["p1", "p2", "p3", "p4"]))],
                [qed(by("ring", rewrite=["p1", "p3", "m34", "m12"]))],
                [qed(by("ring", rewrite=["value"]))],
                [qed("linear")],
                *[known_derivatives(derivative, scale)] * 2,
                bounded_derivatives(derivative, scale, v),
                *[[qed(by("ring", rewrite=["slope", "bend"]))]] * 2),
        ],
        notation=NOTATION,
        extra={"main": True},
    )  # fmt: skip


PAPER_SIGMOID = meets(
    "sigmoid", "The sigmoid", sigmoid_derivative, 1,
    points=(-log(3), 0, -log(9), -log(9), -log(49)),
    values=("1/2", "1/10", "1/10", "1/50", "1/22", "1/4", "1/4", "3/16", "3/32"),
    weights=("2/3", "2/3"),
    prose="The sigmoid meets the conditions of the paper with $p = (0, -\\ln 9, -\\ln 9, -\\ln 49)$, $v_1 = v_2 = -\\ln 3$ and "
    "$u_1 = u_2 = 2/3$; its derivative of order q is at most $q!$.",
)  # fmt: skip
PAPER_TANH = meets(
    "tanh", "The hyperbolic tangent", tanh_derivative, 2,
    points=(log(3) / 2, log(2), 0, log(3), 0),
    values=("3/5", "0", "4/5", "0", "1/2", "1/3", "1/2", "3/4", "-3/4"),
    weights=("4/3", "-2/3"),
    prose="The hyperbolic tangent meets the conditions of the paper with $p = (\\ln 2, 0, \\ln 3, 0)$, $v_1 = v_2 = (\\ln 3)/2$, "
    "$u_1 = 4/3$ and $u_2 = -2/3$; its derivative of order q is at most $4^q\\,q!$.",
)  # fmt: skip
