"""Continuity of a real function at a point, by its definition."""

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Min, function, real
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, has_derivative

g = function("g")
a, d, s, epsilon, eta = real("a d s epsilon eta")

continuous = define(
    "calculus.continuous", (g, a),
    ForAll(epsilon, Implies(epsilon > 0, Exists(delta, And(
        delta > 0, ForAll(s, Implies(Abs(s) <= delta, Abs(g(a + s) - g(a)) <= epsilon)))))),
    latex=r"{0}\text{{ is continuous at }}{1}",
    doc="The function $g$ is continuous at $a$.",
)  # fmt: skip

DIFFERENTIABLE_CONTINUOUS = theorem(
    "calculus.differentiable_continuous",
    "A differentiable function is continuous",
    variables=[g, a, d],
    hypotheses={"derivative": has_derivative(g, a, d)},
    conclusion=continuous(g, a),
    prose="If $g$ has a derivative at $a$, it is continuous at $a$.",
    source="Classical.",
    proof=[
        unfold("meaning", "derivative", has_derivative),
        unfold("", "goal", continuous),
        take(epsilon), assume("epsilon_positive"),
        obtain(delta, ("delta_positive", "near"), at("meaning", 1)),
        have("scale", Abs(d) + 1 > 0, by("sign")),
        let("eta_def", eta, epsilon / (Abs(d) + 1)),
        have("eta_positive", eta > 0, by("sign", "epsilon_positive", "scale", rewrite=["eta_def"])),
        have("cleared", Eq(eta * (Abs(d) + 1), epsilon), by("field", rewrite=["eta_def"])),
        witness(Min(delta, eta)),
        conjunction(
            [qed(by("sign", "delta_positive", "eta_positive"))],
            [take(s), assume("small"),
             have("small_delta", Abs(s) <= delta, by("linear", "small")),
             have("small_eta", eta - Abs(s) >= 0, by("linear", "small")),
             have("room", (eta - Abs(s)) * (Abs(d) + 1) >= 0, by("sign", "small_eta", "scale")),
             have("follows", Abs(g(a + s) - g(a) - d * s) <= 1 * Abs(s), by("logic", at("near", s), "small_delta")),
             apply("sides", "calculus.triangle", {"u": g(a + s) - g(a) - d * s, "v": d * s}),
             have("parts", Eq(Abs(g(a + s) - g(a)), Abs(g(a + s) - g(a) - d * s + d * s)), by("ring")),
             have("slope", Eq(Abs(d * s), Abs(d) * Abs(s)), by("ring")),
             qed(by("linear", "follows", "sides", "parts", "slope", "room", "cleared"))]),
    ],
    notation={**NOTATION, "eta": r"\\eta"},
)  # fmt: skip
