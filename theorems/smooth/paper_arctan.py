"""The arctangent meets the conditions of the paper's theorem on general activations."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, And, Eq, Ite, Lam, num, sqrt, unary
from symproof.logic.term import Term
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.calculus.derivative import has_derivative
from theorems.calculus.factorial import factorial
from theorems.smooth.paper_conditions import paper_conditions
from theorems.smooth.paper_spurious_minimum import q, s
from theorems.smooth.samples import NOTATION
from theorems.works import YUN_2019

PI = Term("pi")
angle = unary("atan", s)

arctan_derivative = define(
    "smooth.arctan_derivative", (q, s),
    Ite(Eq(q, 0), angle, Ite(q >= 1, factorial(q - 1) * unary("cos", angle) ** q * unary("sin", q * (angle + PI / 2)), 0)),
    latex=r"\arctan^{{({0})}}({1})",
    doc="The derivatives of the arctangent; of order $q \\ge 1$: $(q - 1)!\\,\\cos^q\\theta\\,\\sin(q(\\theta + \\pi/2))$ with "
    "$\\theta = \\arctan s$.",
)  # fmt: skip
v = num(Fraction(1, 2))
arc = unary("atan", v)
u1, u2 = 1 + 1 / (3 * arc), num(-1)
p1, p3 = 2 * sqrt(3), num(1)
unfolding = {"unfold": [arctan_derivative, factorial]}
derivatives = [
    take(q, s), assume("order", "near"),
    cases(
        case("first", Eq(q, 0), qed(by("derivative", rewrite=["first"], unfold=[arctan_derivative, factorial, has_derivative]))),
        case("positive", q >= 1, qed(by("derivative", unfold=[arctan_derivative, factorial, has_derivative]))), exhaustive=by("sign", "order")),
]  # fmt: skip
slope, bend = arctan_derivative(1, v), arctan_derivative(2, v)
left, right = (unary("atan", one) * unary("atan", other) for one, other in ((p1, v), (p3, sqrt(3))))
there = arctan_derivative(q, v)
cosine, power, sine, size = (
    unary("cos", arc),
    unary("cos", arc) ** q,
    unary("sin", q * (arc + PI / 2)),
    factorial(q - 1),
)

PAPER_ARCTAN = theorem(
    "smooth.paper_arctan",
    "The arctangent meets the conditions of the paper",
    conclusion=paper_conditions(Lam((q, s), arctan_derivative(q, s)), v, v, u1, u2, 1, p1, 0, p3, 0),
    prose="The arctangent meets the conditions of the paper with $p = (2 \\sqrt 3, 0, 1, 0)$, $v_1 = v_2 = 1/2$, "
    "$u_1 = 1 + 1/(3 \\arctan(1/2))$ and $u_2 = -1$.",
    source="The paper names it in its corollary, and bounds the derivatives by Cauchy's estimates; the numbers and the closed form of the "
    "derivatives are ours.",
    origin=Citation(YUN_2019, "the corollary of the theorem on general activations"),
    proof=[
        have("arc_positive", arc > 0, by("sign")),
        have("arc_bounds", And(arc >= 0, arc <= v), by("bound")),
        have("arc_small", arc <= v, by("logic", "arc_bounds")),
        have("value", Eq(arctan_derivative(0, v), arc), by("ring", **unfolding)),
        have("slope", Eq(slope, Fraction(4, 5)), by("elementary", **unfolding)),
        have("bend", Eq(bend, Fraction(-16, 25)), by("elementary", **unfolding)),
        have("weight", u1 >= Fraction(5, 3), proof=[
            have("gap", (1 - 2 * arc) / (3 * arc) >= 0, proof=[
                have("top", 1 - 2 * arc >= 0, by("linear", "arc_small")), qed(by("sign", "top", "arc_positive"))]),
            have("split", Eq(u1 - Fraction(5, 3), (1 - 2 * arc) / (3 * arc)), by("field", "arc_positive")),
            qed(by("linear", "gap", "split"))]),
        unfold("", "goal", paper_conditions),
        conjunction(
            [qed(by("elementary", **unfolding))],
            [have("below", unary("atan", p1) < PI / 2, by("bound")),
             have("product", (PI / 2 - unary("atan", p1)) * arc >= 0, proof=[
                 have("rest", PI / 2 - unary("atan", p1) >= 0, by("linear", "below")), qed(by("sign", "rest", "arc_positive"))]),
             have("pi_positive", PI > 0, by("sign")),
             have("half", PI * (v - arc) >= 0, proof=[
                 have("rest", v - arc >= 0, by("linear", "arc_small")), qed(by("sign", "rest", "pi_positive"))]),
             have("other", Eq(right, PI**2 / 12), by("elementary")),
             have("pi_large", num(Fraction(333, 106)) < PI, by("bound")),
             have("square", PI * (PI - 3) > 0, proof=[have("rest", PI - 3 > 0, by("linear", "pi_large")), qed(by("sign", "rest", "pi_positive"))]),
             have("smaller", left < right, by("linear", "product", "half", "other", "square")),
             *[have(f"value{k}", Eq(arctan_derivative(0, point), unary("atan", plain)), by("ring", **unfolding))
               for k, point, plain in ((1, p1, p1), (2, (p3 + num(0)) / 2, v), (3, p3, p3), (4, (p1 + num(0)) / 2, sqrt(3)))],
             qed(by("sign", "smaller", rewrite=["value1", "value2", "value3", "value4"]))],
            [qed(by("field", "arc_positive", rewrite=["value"]))],
            [qed(by("linear"))],
            derivatives,
            derivatives,
            [witness(1), take(q), assume("order"),
             have("arc_high", arc < PI / 2, by("bound")),
             have("arc_low", arc >= -PI / 2, proof=[have("strict", arc > -PI / 2, by("bound")), qed(by("linear", "strict"))]),
             have("low", cosine >= 0, by("bound")),
             have("high", cosine <= 1, by("bound")),
             apply("powers", "calculus.power_at_most_one", {"x": cosine}),
             have("power_low", power >= 0, by("logic", at("powers", q), "order")),
             have("power_high", power <= 1, by("logic", at("powers", q), "order")),
             have("sine_low", num(-1) <= sine, by("bound")),
             have("sine_high", sine <= 1, by("bound")),
             apply("factorials", "calculus.factorial_positive"),
             have("index", q - 1 >= 0, by("linear", "order")),
             have("size", size > 0, by("logic", at("factorials", q - 1), "index")),
             have("next", Eq(factorial(q), q * size), by("ring", "index", unfold=[factorial])),
             have("one", Eq(num(1) ** q, 1), by("elementary")),
             have("exact", Eq(there, size * power * sine), by("ring", "order", unfold=[arctan_derivative])),
             *[have(label, claim >= 0, proof=[
                 *[have(f"part{k}", part >= 0, by("linear", *known)) for k, (part, known) in enumerate(parts)],
                 qed(by("sign", "size", *[f"part{k}" for k in range(len(parts))]))])
               for label, claim, parts in (
                   ("shrunk", (1 - power) * size, [(1 - power, ["power_high"])]),
                   ("above", size * power * (1 - sine), [(power, ["power_low"]), (1 - sine, ["sine_high"])]),
                   ("below", size * power * (1 + sine), [(power, ["power_low"]), (1 + sine, ["sine_low"])]),
                   ("grown", (q - 1) * size, [(q - 1, ["index"])]))],
             have("bound", Abs(there) <= size, proof=[
                 cases(*[
                     case("sign", claim, have("plain", Eq(Abs(there), value), by("ring", "sign")),
                          qed(by("linear", "shrunk", limit, "exact", "plain")))
                     for claim, value, limit in ((there >= 0, there, "above"), (there < 0, -there, "below"))])]),
             conjunction(*[[qed(by("linear", "bound", "grown", rewrite=["one", "next"]))]] * 2)],
            [have("positive", u1 * (3 * u1 - 1) > 0, proof=[
                have("one", u1 > 0, by("linear", "weight")), have("other", 3 * u1 - 1 > 0, by("linear", "weight")), qed(by("sign", "one", "other"))]),
             qed(by("linear", "positive", rewrite=["slope", "bend"]))],
            [have("positive", u1 * (u1 - Fraction(4, 3)) > 0, proof=[
                have("one", u1 > 0, by("linear", "weight")), have("other", u1 - Fraction(4, 3) > 0, by("linear", "weight")),
                qed(by("sign", "one", "other"))]),
             qed(by("linear", "positive", rewrite=["slope", "bend"]))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
