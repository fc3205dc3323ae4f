"""A function whose derivative is nondecreasing is convex; so is one whose second derivative is nowhere negative."""

from symproof.logic.syntax import And, Eq, ForAll, Implies, Lam, function, real
from symproof.proof.author import apply, assume, at, by, case, cases, have, let, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import NOTATION, has_derivative
from theorems.calculus.increasing_function import nondecreasing

g, D, E = function("g D E")
a, b, t, p, u, v, x = real("a b t p u v x")

differentiable = ForAll(t, has_derivative(g, t, D(t)))

ABOVE_TANGENTS = theorem(
    "calculus.above_tangents",
    "A function with nondecreasing derivative lies above its tangents",
    variables=[g, D],
    hypotheses={"derivative": differentiable, "increasing": nondecreasing(D)},
    conclusion=ForAll((a, b), g(a) + D(a) * (b - a) <= g(b)),
    prose="If $g$ has the derivative $D$ everywhere and $D$ is nondecreasing, then $g(a) + D(a)\\,(b - a) \\le g(b)$ for all $a$ and $b$.",
    source="Classical.",
    proof=[
        unfold("order", "increasing", nondecreasing),
        take(a, b),
        let("p_def", p, D(a)),
        cases(
            case("after", a <= b,
                 have("slope", ForAll(t, Implies(And(a <= t, t <= b), has_derivative(Lam(t, g(t) - p * t), t, D(t) - p))), proof=[
                     take(t), assume("t_low", "t_high"),
                     apply("moved", "calculus.derivative_of_combination", {"a": t, "d": D(t), "p": 1, "q": -p},
                           using={"derivative": at("derivative", t)}),
                     have("plain", has_derivative(Lam(t, g(t) - p * t), t, D(t) - p), by("logic", "moved")),
                     qed(by("logic", "plain"))]),
                 have("rises", ForAll(t, Implies(And(a <= t, t <= b), D(t) - p >= 0)), proof=[
                     take(t), assume("t_low", "t_high"), qed(by("linear", at("order", a, t), "p_def"))]),
                 apply("grows", "calculus.nonnegative_derivative", {"g": Lam(t, g(t) - p * t), "D": Lam(t, D(t) - p)},
                       using={"order": "after", "derivative": "slope", "sign": "rises"}),
                 have("product", Eq(D(a) * (b - a), p * b - p * a), by("ring", rewrite=["p_def"])),
                 qed(by("linear", "grows", "product"))),
            case("before", b < a,
                 have("reversed", b <= a, by("linear", "before")),
                 have("slope", ForAll(t, Implies(And(b <= t, t <= a), has_derivative(Lam(t, p * t - g(t)), t, p - D(t)))), proof=[
                     take(t), assume("t_low", "t_high"),
                     apply("moved", "calculus.derivative_of_combination", {"a": t, "d": D(t), "p": -1, "q": p},
                           using={"derivative": at("derivative", t)}),
                     have("plain", has_derivative(Lam(t, p * t - g(t)), t, p - D(t)), by("logic", "moved")),
                     qed(by("logic", "plain"))]),
                 have("falls", ForAll(t, Implies(And(b <= t, t <= a), p - D(t) >= 0)), proof=[
                     take(t), assume("t_low", "t_high"), qed(by("linear", at("order", t, a), "p_def"))]),
                 apply("grows", "calculus.nonnegative_derivative", {"g": Lam(t, p * t - g(t)), "D": Lam(t, p - D(t)), "a": b, "b": a},
                       using={"order": "reversed", "derivative": "slope", "sign": "falls"}),
                 have("product", Eq(D(a) * (b - a), p * b - p * a), by("ring", rewrite=["p_def"])),
                 qed(by("linear", "grows", "product")))),
    ],
    notation=NOTATION,
)  # fmt: skip

INCREASING_DERIVATIVE = theorem(
    "calculus.increasing_derivative",
    "A function with nondecreasing derivative is convex",
    variables=[g, D],
    hypotheses={"derivative": differentiable, "increasing": nondecreasing(D)},
    conclusion=convex(g),
    prose="If $g$ has the derivative $D$ everywhere and $D$ is nondecreasing, then $g$ is convex.",
    source="Classical.",
    proof=[
        apply("tangents", "calculus.above_tangents"),
        unfold("", "goal", convex),
        take(a, b, t), assume("t_low", "t_high"),
        let("x_def", x, (1 - t) * a + t * b),
        let("p_def", p, D(x)),
        have("first", (1 - t) * (g(a) - g(x) - p * (a - x)) >= 0, proof=[
            have("part", g(a) - g(x) - p * (a - x) >= 0, proof=[
                have("product", Eq(D(x) * (a - x), p * (a - x)), by("ring", rewrite=["p_def"])),
                qed(by("linear", at("tangents", x, a), "product"))]),
            have("rest", 1 - t >= 0, by("linear", "t_high")),
            qed(by("sign", "part", "rest"))]),
        have("second", t * (g(b) - g(x) - p * (b - x)) >= 0, proof=[
            have("part", g(b) - g(x) - p * (b - x) >= 0, proof=[
                have("product", Eq(D(x) * (b - x), p * (b - x)), by("ring", rewrite=["p_def"])),
                qed(by("linear", at("tangents", x, b), "product"))]),
            qed(by("sign", "part", "t_low"))]),
        have("balance", Eq(p * ((1 - t) * (a - x) + t * (b - x)), 0), proof=[
            have("inner", Eq((1 - t) * (a - x) + t * (b - x), 0), by("ring", rewrite=["x_def"])),
            qed(by("ring", rewrite=["inner"]))]),
        have("total", g(x) <= (1 - t) * g(a) + t * g(b), by("linear", "first", "second", "balance")),
        have("point", Eq(g((1 - t) * a + t * b), g(x)), by("ring", rewrite=["x_def"])),
        qed(by("linear", "total", "point")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

SECOND_DERIVATIVE = theorem(
    "calculus.second_derivative",
    "A function with nonnegative second derivative is convex",
    variables=[g, D, E],
    hypotheses={
        "derivative": differentiable,
        "second": ForAll(t, has_derivative(D, t, E(t))),
        "sign": ForAll(t, E(t) >= 0),
    },
    conclusion=convex(g),
    prose="If $g$ has the derivative $D$ everywhere, $D$ has the derivative $E$ everywhere, and $E \\ge 0$, then $g$ is convex.",
    source="Classical.",
    proof=[
        have("increasing", nondecreasing(D), proof=[
            unfold("", "goal", nondecreasing),
            take(u, v), assume("order"),
            have("slope", ForAll(t, Implies(And(u <= t, t <= v), has_derivative(D, t, E(t)))), proof=[
                take(t), assume("t_low", "t_high"), qed(by("logic", at("second", t)))]),
            have("rises", ForAll(t, Implies(And(u <= t, t <= v), E(t) >= 0)), proof=[
                take(t), assume("t_low", "t_high"), qed(by("logic", at("sign", t)))]),
            apply("grows", "calculus.nonnegative_derivative", {"g": D, "D": E, "a": u, "b": v},
                  using={"order": "order", "derivative": "slope", "sign": "rises"}),
            qed(by("logic", "grows"))]),
        apply("convexity", "calculus.increasing_derivative"),
        qed(by("logic", "convexity")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
