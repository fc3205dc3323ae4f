"""First and second differences of a function whose derivatives are bounded below on an interval."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Lam, Min, function, num, real
from symproof.proof.author import apply, assume, at, by, conjunction, have, let, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import NOTATION, delta, gamma, has_derivative

g, D, E = function("g D E")
a, c, d, e, p, q, s, t, v, epsilon, eta = real("a c d e p q s t v epsilon eta")


def near(point, distance=t, center=v):
    """The point is at most a distance away from a center."""
    return And(center - distance <= point, point <= center + distance)


def twice_differentiable(function_, radius, center=v):
    """Hypotheses: near a center D is the derivative of a function and E that of D, and E is continuous at the center."""
    return {
        "radius": radius > 0,
        "derivative": ForAll(s, Implies(near(s, radius, center), has_derivative(function_, s, D(s)))),
        "second": ForAll(s, Implies(near(s, radius, center), has_derivative(D, s, E(s)))),
        "continuous": continuous(E, center),
    }


right, left = g(v + (a + s)) - g(v + a) - d * s, g(v - (a + s)) - g(v - a) - e * -s

REFLECTED = theorem(
    "calculus.derivative_of_reflected_sum",
    "The derivative of a function plus its reflection",
    variables=[g, v, a, c, d, e],
    hypotheses={"right": has_derivative(g, v + a, d), "left": has_derivative(g, v - a, e)},
    conclusion=has_derivative(Lam(s, g(v + s) + g(v - s) - c * s**2), a, d - e - 2 * c * a),
    prose="If $g$ has derivative $d$ at $v + a$ and $e$ at $v - a$, then $s \\mapsto g(v + s) + g(v - s) - c s^2$ has derivative "
    "$d - e - 2 c a$ at $a$.",
    source="Elementary.",
    proof=[
        unfold("right_meaning", "right", has_derivative),
        unfold("left_meaning", "left", has_derivative),
        unfold("", "goal", has_derivative),
        take(epsilon), assume("epsilon_positive"),
        obtain(delta, ("delta_positive", "right_near"), at("right_meaning", epsilon / 3)),
        obtain(gamma, ("gamma_positive", "left_near"), at("left_meaning", epsilon / 3)),
        have("scale", Abs(c) + 1 > 0, by("sign")),
        let("eta_def", eta, epsilon / (3 * (Abs(c) + 1))),
        have("eta_positive", eta > 0, by("sign", "epsilon_positive", "scale", rewrite=["eta_def"])),
        have("eta_cleared", Eq(eta * (Abs(c) + 1), epsilon / 3), by("field", rewrite=["eta_def"])),
        witness(Min(Min(delta, gamma), eta)),
        conjunction(
            [qed(by("sign", "delta_positive", "gamma_positive", "eta_positive"))],
            [take(s), assume("small"),
             have("step", Abs(s) >= 0, by("sign")),
             have("small_right", Abs(s) <= delta, by("linear", "small")),
             have("reflected", Eq(Abs(-s), Abs(s)), by("ring")),
             have("small_left", Abs(-s) <= gamma, by("linear", "small", "reflected")),
             have("small_square", Abs(s) <= eta, by("linear", "small")),
             have("right_part", Abs(g(v + a + s) - g(v + a) - d * s) <= epsilon / 3 * Abs(s), by("logic", at("right_near", s), "small_right")),
             have("left_part", Abs(g(v - a + -s) - g(v - a) - e * -s) <= epsilon / 3 * Abs(-s), by("logic", at("left_near", -s), "small_left")),
             have("right_same", Eq(Abs(g(v + a + s) - g(v + a) - d * s), Abs(right)), by("ring")),
             have("left_same", Eq(Abs(g(v - a + -s) - g(v - a) - e * -s), Abs(left)), by("ring")),
             have("square_room", (eta - Abs(s)) * (Abs(c) + 1) * Abs(s) >= 0, proof=[
                 have("room", eta - Abs(s) >= 0, by("linear", "small_square")),
                 qed(by("sign", "room", "scale", "step"))]),
             have("square_cleared", Eq(eta * (Abs(c) + 1) * Abs(s), epsilon / 3 * Abs(s)), by("ideal", "eta_cleared")),
             have("square_part", Eq(Abs(-(c * s**2)), Abs(c) * Abs(s) * Abs(s)), by("ring")),
             have("square_rest", Abs(s) * Abs(s) >= 0, by("sign")),
             apply("two", "calculus.triangle", {"u": right, "v": left}),
             apply("three", "calculus.triangle", {"u": right + left, "v": -(c * s**2)}),
             have("whole", Eq(
                 Abs(g(v + (a + s)) + g(v - (a + s)) - c * (a + s)**2 - (g(v + a) + g(v - a) - c * a**2) - (d - e - 2 * c * a) * s),
                 Abs(right + left + -(c * s**2))), by("ring")),
             qed(by("linear", "whole", "two", "three", "right_part", "left_part", "right_same", "left_same", "reflected",
                    "square_room", "square_cleared", "square_part", "square_rest"))]),
    ],
    notation={**NOTATION, "eta": r"\eta"},
)  # fmt: skip

FIRST_DIFFERENCE = theorem(
    "calculus.first_difference",
    "A lower bound of a difference",
    variables=[g, D, v, t, c],
    hypotheses={
        "length": t >= 0,
        "derivative": ForAll(s, Implies(near(s), has_derivative(g, s, D(s)))),
        "bound": ForAll(s, Implies(near(s), c <= D(s))),
    },
    conclusion=2 * c * t <= g(v + t) - g(v - t),
    prose="If $g' \\ge c$ from $v - t$ to $v + t$, then $g(v + t) - g(v - t) \\ge 2 c\\,t$.",
    source="Classical.",
    proof=[
        have("slope", ForAll(s, Implies(near(s), has_derivative(Lam(s, g(s) - c * s), s, D(s) - c))), proof=[
            take(s), assume("s_low", "s_high"),
            have("at_s", has_derivative(g, s, D(s)), by("logic", at("derivative", s), "s_low", "s_high")),
            apply("moved", "calculus.derivative_of_combination", {"a": s, "d": D(s), "p": 1, "q": -c}, using={"derivative": "at_s"}),
            qed(by("logic", "moved"))]),
        have("rises", ForAll(s, Implies(near(s), D(s) - c >= 0)), proof=[
            take(s), assume("s_low", "s_high"),
            qed(by("linear", at("bound", s)))]),
        have("order", v - t <= v + t, by("linear", "length")),
        apply("grows", "calculus.nonnegative_derivative",
              {"g": Lam(s, g(s) - c * s), "D": Lam(s, D(s) - c), "a": v - t, "b": v + t},
              using={"order": "order", "derivative": "slope", "sign": "rises"}),
        qed(by("linear", "grows")),
    ],
    notation=NOTATION,
)  # fmt: skip

SECOND_DIFFERENCE = theorem(
    "calculus.second_difference",
    "A lower bound of a second difference",
    variables=[g, D, E, v, t, c],
    hypotheses={
        "length": t >= 0,
        "derivative": ForAll(s, Implies(near(s), has_derivative(g, s, D(s)))),
        "second": ForAll(s, Implies(near(s), has_derivative(D, s, E(s)))),
        "bound": ForAll(s, Implies(near(s), c <= E(s))),
    },
    conclusion=c * t**2 <= g(v + t) + g(v - t) - 2 * g(v),
    prose="If $g'' \\ge c$ from $v - t$ to $v + t$, then $g(v + t) + g(v - t) - 2 g(v) \\ge c\\,t^2$.",
    source="Classical.",
    proof=[
        have("slope", ForAll(s, Implies(And(num(0) <= s, s <= t), has_derivative(
            Lam(s, g(v + s) + g(v - s) - c * s**2), s, D(v + s) - D(v - s) - 2 * c * s))), proof=[
            take(s), assume("s_low", "s_high"),
            have("right_above", v - t <= v + s, by("linear", "s_low", "s_high")), have("right_below", v + s <= v + t, by("linear", "s_low", "s_high")),
            have("left_above", v - t <= v - s, by("linear", "s_low", "s_high")), have("left_below", v - s <= v + t, by("linear", "s_low", "s_high")),
            have("right", has_derivative(g, v + s, D(v + s)), by("logic", at("derivative", v + s), "right_above", "right_below")),
            have("left", has_derivative(g, v - s, D(v - s)), by("logic", at("derivative", v - s), "left_above", "left_below")),
            apply("reflected", "calculus.derivative_of_reflected_sum", {"a": s, "d": D(v + s), "e": D(v - s)}),
            qed(by("logic", "reflected"))]),
        have("rises", ForAll(s, Implies(And(num(0) <= s, s <= t), D(v + s) - D(v - s) - 2 * c * s >= 0)), proof=[
            take(s), assume("s_low", "s_high"),
            have("inner", ForAll(a, Implies(near(a, s), has_derivative(D, a, E(a)))), proof=[
                take(a), assume("a_low", "a_high"),
                have("a_above", v - t <= a, by("linear", "a_low", "s_high")), have("a_below", a <= v + t, by("linear", "a_high", "s_high")),
                qed(by("logic", at("second", a), "a_above", "a_below"))]),
            have("inner_bound", ForAll(a, Implies(near(a, s), c <= E(a))), proof=[
                take(a), assume("a_low", "a_high"),
                have("a_above", v - t <= a, by("linear", "a_low", "s_high")), have("a_below", a <= v + t, by("linear", "a_high", "s_high")),
                qed(by("logic", at("bound", a), "a_above", "a_below"))]),
            apply("difference", "calculus.first_difference", {"g": D, "D": E, "t": s},
                  using={"length": "s_low", "derivative": "inner", "bound": "inner_bound"}),
            qed(by("linear", "difference"))]),
        apply("grows", "calculus.nonnegative_derivative",
              {"g": Lam(s, g(v + s) + g(v - s) - c * s**2), "D": Lam(s, D(v + s) - D(v - s) - 2 * c * s), "a": 0, "b": t},
              using={"order": "length", "derivative": "slope", "sign": "rises"}),
        have("start", Eq(g(v + 0) + g(v - 0) - c * num(0)**2, 2 * g(v)), by("ring")),
        qed(by("linear", "grows", "start")),
    ],
    notation=NOTATION,
)  # fmt: skip

SCALED_FIRST_DIFFERENCE = theorem(
    "calculus.scaled_first_difference",
    "A lower bound of a multiple of a difference",
    variables=[g, D, v, t, c, p],
    hypotheses={
        "length": t >= 0,
        "derivative": ForAll(s, Implies(near(s), has_derivative(g, s, D(s)))),
        "bound": ForAll(s, Implies(near(s), c <= p * D(s))),
    },
    conclusion=2 * c * t <= p * (g(v + t) - g(v - t)),
    prose="If $p\\,g' \\ge c$ from $v - t$ to $v + t$, then $p\\,(g(v + t) - g(v - t)) \\ge 2 c\\,t$.",
    source="Classical.",
    proof=[
        have("slope", ForAll(s, Implies(near(s), has_derivative(Lam(s, p * g(s)), s, p * D(s)))), proof=[
            take(s), assume("s_low", "s_high"),
            have("at_s", has_derivative(g, s, D(s)), by("logic", at("derivative", s), "s_low", "s_high")),
            apply("multiple", "calculus.derivative_of_combination", {"a": s, "d": D(s), "q": 0}, using={"derivative": "at_s"}),
            qed(by("logic", "multiple"))]),
        apply("grows", "calculus.first_difference", {"g": Lam(s, p * g(s)), "D": Lam(s, p * D(s))}, using={"derivative": "slope"}),
        qed(by("linear", "grows")),
    ],
    notation=NOTATION,
)  # fmt: skip

SCALED_SECOND_DIFFERENCE = theorem(
    "calculus.scaled_second_difference",
    "A lower bound of a multiple of a second difference",
    variables=[g, D, E, v, t, c, p],
    hypotheses={
        "length": t >= 0,
        "derivative": ForAll(s, Implies(near(s), has_derivative(g, s, D(s)))),
        "second": ForAll(s, Implies(near(s), has_derivative(D, s, E(s)))),
        "bound": ForAll(s, Implies(near(s), c <= p * E(s))),
    },
    conclusion=c * t**2 <= p * (g(v + t) + g(v - t) - 2 * g(v)),
    prose="If $p\\,g'' \\ge c$ from $v - t$ to $v + t$, then $p\\,(g(v + t) + g(v - t) - 2 g(v)) \\ge c\\,t^2$.",
    source="Classical.",
    proof=[
        have("slope", ForAll(s, Implies(near(s), has_derivative(Lam(s, p * g(s)), s, p * D(s)))), proof=[
            take(s), assume("s_low", "s_high"),
            have("at_s", has_derivative(g, s, D(s)), by("logic", at("derivative", s), "s_low", "s_high")),
            apply("multiple", "calculus.derivative_of_combination", {"a": s, "d": D(s), "q": 0}, using={"derivative": "at_s"}),
            qed(by("logic", "multiple"))]),
        have("slope_of_slope", ForAll(s, Implies(near(s), has_derivative(Lam(s, p * D(s)), s, p * E(s)))), proof=[
            take(s), assume("s_low", "s_high"),
            have("at_s", has_derivative(D, s, E(s)), by("logic", at("second", s), "s_low", "s_high")),
            apply("multiple", "calculus.derivative_of_combination", {"g": D, "a": s, "d": E(s), "q": 0}, using={"derivative": "at_s"}),
            qed(by("logic", "multiple"))]),
        apply("grows", "calculus.second_difference",
              {"g": Lam(s, p * g(s)), "D": Lam(s, p * D(s)), "E": Lam(s, p * E(s))},
              using={"derivative": "slope", "second": "slope_of_slope"}),
        qed(by("linear", "grows")),
    ],
    notation=NOTATION,
)  # fmt: skip
