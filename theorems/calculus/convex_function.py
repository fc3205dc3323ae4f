"""Convex functions of one variable, and that they lie above their tangents."""

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Min, function, num, real
from symproof.proof.author import at, by, contradiction, have, let, obtain, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, has_derivative

g = function("g")
a, b, d, t, q, gap, epsilon = real("a b d t q gap epsilon")

convex = define(
    "calculus.convex", (g,),
    ForAll((a, b, t), Implies(And(num(0) <= t, t <= 1), g((1 - t) * a + t * b) <= (1 - t) * g(a) + t * g(b))),
    latex=r"{0}\text{{ is convex}}",
    doc="Between two points the graph of $g$ is not above the chord.",
)  # fmt: skip

CONVEX_TANGENT = theorem(
    "calculus.convex_tangent",
    "A convex function lies above its tangents",
    variables=[g, a, d],
    hypotheses={"convex": convex(g), "derivative": has_derivative(g, a, d)},
    conclusion=ForAll(b, g(a) + d * (b - a) <= g(b)),
    prose="If $g$ is convex and has derivative $d$ at $a$, then $g(a) + d\\,(b - a) \\le g(b)$ for every $b$.",
    source="Classical.",
    proof=[
        unfold("chord", "convex", convex),
        unfold("meaning", "derivative", has_derivative),
        take(b),
        contradiction("below",
            let("q_def", q, b - a),
            let("gap_def", gap, g(a) + d * (b - a) - g(b), note="How far the graph would be below the tangent at $b$."),
            have("gap_positive", gap > 0, by("linear", "gap_def", "below")),
            have("scale", Abs(q) + 1 > 0, by("sign")),
            let("epsilon_def", epsilon, gap / (2 * (Abs(q) + 1))),
            have("epsilon_positive", epsilon > 0, by("sign", "gap_positive", "scale", rewrite=["epsilon_def"])),
            obtain(delta, ("delta_positive", "near"), at("meaning", epsilon)),
            let("t_def", t, Min(1, delta / (Abs(q) + 1)), note="A point so near to $a$ that the graph follows the tangent."),
            have("t_positive", t > 0, by("sign", "delta_positive", "scale", rewrite=["t_def"])),
            have("t_at_most_one", t <= 1, by("linear", "t_def")),
            have("t_small", t <= delta / (Abs(q) + 1), by("linear", "t_def")),
            have("slack", (delta / (Abs(q) + 1) - t) * (Abs(q) + 1) >= 0, by("sign", "t_small", "scale")),
            have("cancel", Eq(delta / (Abs(q) + 1) * (Abs(q) + 1), delta), by("field")),
            have("moved", Eq(Abs(t * q), t * Abs(q)), by("ring")),
            have("within", Abs(t * q) <= delta, by("linear", "moved", "slack", "cancel", "t_positive")),
            have("follows", Abs(g(a + t * q) - g(a) - d * (t * q)) <= epsilon * Abs(t * q), by("logic", at("near", t * q))),
            have("point", Eq(g((1 - t) * a + t * b), g(a + t * q)), by("ring", rewrite=["q_def"])),
            have("bounds", And(num(0) <= t, t <= 1), by("sign", "t_positive", "t_at_most_one")),
            have("convexity", g((1 - t) * a + t * b) <= (1 - t) * g(a) + t * g(b), by("logic", at("chord", a, b, t))),
            have("below_tangent", Eq(t * gap, t * (g(a) + d * q - g(b))), by("ring", rewrite=["gap_def", "q_def"])),
            have("half", Eq(epsilon * t * (Abs(q) + 1), t * gap / 2), by("field", rewrite=["epsilon_def"])),
            have("small_part", epsilon * t > 0, by("sign", "epsilon_positive", "t_positive")),
            have("product", t * gap > 0, by("sign", "t_positive", "gap_positive")),
            qed(by("linear", "follows", "moved", "point", "convexity", "below_tangent", "half", "small_part", "product"))),
    ],
    notation={**NOTATION, "gap": r"\kappa"},
)  # fmt: skip
