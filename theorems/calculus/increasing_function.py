"""A function whose derivative is nowhere negative on an interval does not fall from one end to the other.

The proof goes to the last point up to which the function stays above a line that falls slowly, so it needs that the real
numbers are complete, and no mean value theorem.
"""

from symproof.logic.definition import define
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Lam,
    Min,
    function,
    real,
)  # fmt: skip
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    conjunction,
    contradiction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, has_derivative

g, D = function("g D")
a, b, c, d, p, q, s, t, u, v, epsilon = real("a b c d p q s t u v epsilon")

nondecreasing = define(
    "calculus.nondecreasing", (g,),
    ForAll((u, v), Implies(u <= v, g(u) <= g(v))),
    latex=r"{0}\text{{ is nondecreasing}}",
    doc="The function $g$ has no smaller value further to the right.",
)  # fmt: skip


def inside(point):
    """The point lies between a and b."""
    return And(a <= point, point <= b)


def stays(point):
    """A point of the interval at which g is not below the line from (a, g(a)) with slope -epsilon."""
    return And(a <= point, point <= b, g(a) - epsilon * (point - a) <= g(point))


NONNEGATIVE_DERIVATIVE = theorem(
    "calculus.nonnegative_derivative",
    "A function with nonnegative derivative does not fall",
    variables=[g, D, a, b],
    hypotheses={
        "order": a <= b,
        "derivative": ForAll(t, Implies(inside(t), has_derivative(g, t, D(t)))),
        "sign": ForAll(t, Implies(inside(t), D(t) >= 0)),
    },
    conclusion=g(a) <= g(b),
    prose="If $g$ has a derivative $D(t) \\ge 0$ at every $t$ from $a$ to $b$, then $g(a) \\le g(b)$.",
    source="Classical; mostly derived from the mean value theorem, here directly from completeness.",
    proof=[
        contradiction("falls",
            have("length", b - a + 1 > 0, by("linear", "order")),
            let("epsilon_def", epsilon, (g(a) - g(b)) / (2 * (b - a + 1)), note="A slope less steep than the fall."),
            have("fall", g(a) - g(b) > 0, by("linear", "falls")),
            have("epsilon_positive", epsilon > 0, by("sign", "fall", "length", rewrite=["epsilon_def"])),
            have("epsilon_value", Eq(epsilon * (b - a) + epsilon, (g(a) - g(b)) / 2), by("field", rewrite=["epsilon_def"])),
            have("start", stays(a), by("sign", "order")),
            have("below_end", ForAll(t, Implies(stays(t), t <= b)), proof=[
                take(t), assume("t_low", "t_high", "t_stays"), qed(by("linear", "t_high"))]),
            have("nonempty", Exists(t, stays(t)), proof=[witness(a), qed(by("logic", "start"))]),
            have("bounded", Exists(u, ForAll(t, Implies(stays(t), t <= u))), proof=[witness(b), qed(by("logic", "below_end"))]),
            apply("sup", "calculus.least_upper_bound", {"S": Lam(t, stays(t))}),
            obtain(c, ("upper", "least"), "sup", note="The last point up to which the graph stays above the line."),
            have("c_low", a <= c, by("logic", at("upper", a), "start")),
            have("c_high", c <= b, by("logic", at("least", b), "below_end")),
            have("slope", has_derivative(g, c, D(c)), by("logic", at("derivative", c), "c_low", "c_high")),
            have("rising", D(c) >= 0, by("logic", at("sign", c), "c_low", "c_high")),
            unfold("meaning", "slope", has_derivative),
            obtain(delta, ("delta_positive", "near"), at("meaning", epsilon)),
            have("c_stays", g(a) - epsilon * (c - a) <= g(c), proof=[
                contradiction("below",
                    have("away", ForAll(t, Implies(stays(t), t <= c - delta)), proof=[
                        take(t), assume("t_low", "t_high", "t_stays"),
                        have("t_before", t <= c, by("logic", at("upper", t), "t_low", "t_high", "t_stays")),
                        contradiction("close",
                            have("distance", Eq(Abs(t - c), c - t), by("ring")),
                            have("within", Abs(t - c) <= delta, by("linear", "distance", "close")),
                            have("follows", Abs(g(c + (t - c)) - g(c) - D(c) * (t - c)) <= epsilon * Abs(t - c),
                                 by("logic", at("near", t - c), "within")),
                            have("same", Eq(g(c + (t - c)), g(t)), by("ring")),
                            have("bound", Eq(epsilon * Abs(t - c), epsilon * (c - t)), by("ring", rewrite=["distance"])),
                            have("gap", c - t >= 0, by("linear", "t_before")),
                            have("gain", D(c) * (c - t) >= 0, by("sign", "rising", "gap")),
                            qed(by("linear", "follows", "same", "bound", "gain", "t_stays", "below")))]),
                    have("earlier", c <= c - delta, by("logic", at("least", c - delta), "away")),
                    qed(by("linear", "earlier", "delta_positive")))]),
            have("at_end", Eq(c, b), proof=[
                contradiction("apart",
                    have("before", b - c > 0, by("sign", "apart", "c_high")),
                    let("s_def", s, Min(delta, b - c), note="A step beyond."),
                    have("s_positive", s > 0, by("sign", "delta_positive", "before", rewrite=["s_def"])),
                    have("s_near", s <= delta, by("linear", "s_def")),
                    have("s_inside", s <= b - c, by("linear", "s_def")),
                    have("distance", Eq(Abs(s), s), by("ring")),
                    have("within", Abs(s) <= delta, by("linear", "distance", "s_near")),
                    have("follows", Abs(g(c + s) - g(c) - D(c) * s) <= epsilon * Abs(s), by("logic", at("near", s), "within")),
                    have("bound", Eq(epsilon * Abs(s), epsilon * s), by("ring", rewrite=["distance"])),
                    have("gain", D(c) * s >= 0, by("sign", "rising", "s_positive")),
                    have("low", a <= c + s, by("linear", "c_low", "s_positive")),
                    have("high", c + s <= b, by("linear", "s_inside")),
                    have("beyond", g(a) - epsilon * (c + s - a) <= g(c + s), by("linear", "follows", "bound", "gain", "c_stays")),
                    have("back", c + s <= c, by("logic", at("upper", c + s), "low", "high", "beyond")),
                    qed(by("linear", "back", "s_positive")))]),
            have("end_stays", g(a) - epsilon * (b - a) <= g(b), by("rewrite", "c_stays", "at_end")),
            qed(by("linear", "end_stays", "epsilon_value", "epsilon_positive", "fall"))),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

COMBINATION = theorem(
    "calculus.derivative_of_combination",
    "The derivative of a multiple plus a linear function",
    variables=[g, a, d, p, q],
    hypotheses={"derivative": has_derivative(g, a, d)},
    conclusion=has_derivative(Lam(t, p * g(t) + q * t), a, p * d + q),
    prose="If $g$ has derivative $d$ at $a$, then $t \\mapsto p\\,g(t) + q\\,t$ has derivative $p\\,d + q$ at $a$.",
    source="Elementary.",
    proof=[
        unfold("meaning", "derivative", has_derivative),
        unfold("", "goal", has_derivative),
        take(epsilon), assume("epsilon_positive"),
        have("scale", Abs(p) + 1 > 0, by("sign")),
        have("finer", epsilon / (Abs(p) + 1) > 0, by("sign", "epsilon_positive", "scale")),
        obtain(delta, ("delta_positive", "near"), at("meaning", epsilon / (Abs(p) + 1))),
        witness(delta),
        conjunction(
            [qed(by("logic", "delta_positive"))],
            [take(s), assume("small"),
             have("bound", Abs(g(a + s) - g(a) - d * s) <= epsilon / (Abs(p) + 1) * Abs(s), by("logic", at("near", s))),
             have("same", Eq(Abs(p * g(a + s) + q * (a + s) - (p * g(a) + q * a) - (p * d + q) * s), Abs(p) * Abs(g(a + s) - g(a) - d * s)),
                  proof=[
                      have("inner", Eq(p * g(a + s) + q * (a + s) - (p * g(a) + q * a) - (p * d + q) * s, p * (g(a + s) - g(a) - d * s)),
                           by("ring")),
                      qed(by("ring", rewrite=["inner"]))]),
             have("times", Abs(p) * (epsilon / (Abs(p) + 1) * Abs(s) - Abs(g(a + s) - g(a) - d * s)) >= 0, proof=[
                 have("slack", epsilon / (Abs(p) + 1) * Abs(s) - Abs(g(a + s) - g(a) - d * s) >= 0, by("linear", "bound")),
                 qed(by("sign", "slack"))]),
             have("rest", epsilon / (Abs(p) + 1) * Abs(s) >= 0, by("sign", "finer")),
             have("spread", Eq(Abs(p) * (epsilon / (Abs(p) + 1) * Abs(s)) + epsilon / (Abs(p) + 1) * Abs(s), epsilon * Abs(s)),
                  by("field")),
             qed(by("linear", "same", "times", "rest", "spread"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
