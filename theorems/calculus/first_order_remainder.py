"""The remainder of first order of a function whose second derivative is bounded below on an interval."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Lam, Min, function, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    conjunction,
    have,
    let,
    obtain,
    qed,
    take,
    unfold,
    witness,
)
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import NOTATION, delta, has_derivative

g, D, E = function("g D E")
a, b, c, d, e, p, q, s, t, u, x, z, epsilon, eta = real("a b c d e p q s t u x z epsilon eta")

WITH_SQUARE = theorem(
    "calculus.derivative_with_square",
    "The derivative of a function plus a square",
    variables=[g, a, d, e],
    hypotheses={"derivative": has_derivative(g, a, d)},
    conclusion=has_derivative(Lam(s, g(s) + e * s**2), a, d + 2 * e * a),
    prose="If $g$ has derivative $d$ at $a$, then $s \\mapsto g(s) + e s^2$ has derivative $d + 2 e a$ at $a$.",
    source="Elementary.",
    proof=[
        unfold("meaning", "derivative", has_derivative),
        unfold("", "goal", has_derivative),
        take(epsilon), assume("epsilon_positive"),
        obtain(delta, ("delta_positive", "near"), at("meaning", epsilon / 2)),
        have("scale", Abs(e) + 1 > 0, by("sign")),
        let("eta_def", eta, epsilon / (2 * (Abs(e) + 1))),
        have("eta_positive", eta > 0, by("sign", "epsilon_positive", "scale", rewrite=["eta_def"])),
        have("eta_cleared", Eq(eta * (Abs(e) + 1), epsilon / 2), by("field", rewrite=["eta_def"])),
        witness(Min(delta, eta)),
        conjunction(
            [qed(by("sign", "delta_positive", "eta_positive"))],
            [take(s), assume("small"),
             have("step", Abs(s) >= 0, by("sign")),
             have("small_part", Abs(s) <= delta, by("linear", "small")),
             have("part", Abs(g(a + s) - g(a) - d * s) <= epsilon / 2 * Abs(s), by("logic", at("near", s), "small_part")),
             have("room", eta - Abs(s) >= 0, by("linear", "small")),
             have("square_room", (eta - Abs(s)) * (Abs(e) + 1) * Abs(s) >= 0, by("sign", "room", "scale", "step")),
             have("square_cleared", Eq(eta * (Abs(e) + 1) * Abs(s), epsilon / 2 * Abs(s)), by("ideal", "eta_cleared")),
             have("square_part", Eq(Abs(e * s**2), Abs(e) * Abs(s) * Abs(s)), by("ring")),
             have("square_rest", Abs(s) * Abs(s) >= 0, by("sign")),
             apply("two", "calculus.triangle", {"u": g(a + s) - g(a) - d * s, "v": e * s**2}),
             have("whole", Eq(Abs(g(a + s) + e * (a + s)**2 - (g(a) + e * a**2) - (d + 2 * e * a) * s),
                              Abs(g(a + s) - g(a) - d * s + e * s**2)), by("ring")),
             qed(by("linear", "whole", "two", "part", "square_room", "square_cleared", "square_part", "square_rest"))]),
    ],
    notation={**NOTATION, "eta": r"\eta"},
)  # fmt: skip


def inside(point):
    """The point lies between a and b."""
    return And(a <= point, point <= b)


both = And(a <= x, x <= b, a <= z, z <= b)
"""x and z lie between a and b."""


def grows(label, low, high, scale):
    """From low to high, scale times (p g less its tangent at x and less the parabola) does not fall."""
    line, square = scale * (c * x - p * u), scale * (-c / 2)
    function_ = Lam(s, scale * p * g(s) + line * s + square * s**2)
    slope = scale * p * D(s) + line + 2 * square * s
    return [
        have(f"{label}_slope", ForAll(s, Implies(And(low <= s, s <= high), has_derivative(function_, s, slope))), proof=[
            take(s), assume("s_low", "s_high"),
            have("s_above", a <= s, by("linear", "s_low", "x_low", "z_low")), have("s_below", s <= b, by("linear", "s_high", "x_high", "z_high")),
            have("here", has_derivative(g, s, D(s)), by("logic", at("derivative", s), "s_above", "s_below")),
            apply("moved", "calculus.derivative_of_combination", {"a": s, "d": D(s), "p": scale * p, "q": line}, using={"derivative": "here"}),
            apply("bent", "calculus.derivative_with_square",
                  {"g": Lam(t, scale * p * g(t) + line * t), "a": s, "d": scale * p * D(s) + line, "e": square}, using={"derivative": "moved"}),
            qed(by("logic", "bent"))]),
        have(f"{label}_rises", ForAll(s, Implies(And(low <= s, s <= high), slope >= 0)), proof=[
            take(s), assume("s_low", "s_high"),
            have("s_above", a <= s, by("linear", "s_low", "x_low", "z_low")), have("s_below", s <= b, by("linear", "s_high", "x_high", "z_high")),
            have("order", (x <= s) if scale == 1 else (s <= x), by("linear", "s_low", "s_high")),
            have("steeper", p * D(x) - c * x <= p * D(s) - c * s if scale == 1 else p * D(s) - c * s <= p * D(x) - c * x,
                 by("logic", at("steepens", x, s) if scale == 1 else at("steepens", s, x), "x_low", "x_high", "s_above", "s_below", "order")),
            have("slope_at_x", Eq(p * D(x), p * u), by("ring", rewrite=["u_def"])),
            qed(by("linear", "steeper", "slope_at_x"))]),
        have(f"{label}_order", low <= high, by("linear", label)),
        apply(f"{label}_grows", "calculus.nonnegative_derivative",
              {"g": function_, "D": Lam(s, slope), "a": low, "b": high},
              using={"order": f"{label}_order", "derivative": f"{label}_slope", "sign": f"{label}_rises"}),
    ]  # fmt: skip


FIRST_ORDER_REMAINDER = theorem(
    "calculus.first_order_remainder",
    "A lower bound of the remainder of first order",
    variables=[g, D, E, a, b, c, p],
    hypotheses={
        "derivative": ForAll(s, Implies(inside(s), has_derivative(g, s, D(s)))),
        "second": ForAll(s, Implies(inside(s), has_derivative(D, s, E(s)))),
        "bound": ForAll(s, Implies(inside(s), c <= p * E(s))),
    },
    conclusion=ForAll((x, z), Implies(both, c / 2 * (z - x) ** 2 <= p * (g(z) - g(x) - D(x) * (z - x)))),
    prose="If $p\\,g'' \\ge c$ from $a$ to $b$, then $p\\,(g(z) - g(x) - g'(x)(z - x)) \\ge \\frac{c}{2} (z - x)^2$ for all $x$ and $z$ there.",
    source="Classical (Taylor's theorem, with an inequality).",
    proof=[
        have("steepens", ForAll((x, z), Implies(And(a <= x, x <= b, a <= z, z <= b, x <= z), p * D(x) - c * x <= p * D(z) - c * z)), proof=[
            take(x, z), assume("x_low", "x_high", "z_low", "z_high", "order"),
            have("slope", ForAll(s, Implies(And(x <= s, s <= z), has_derivative(Lam(s, p * D(s) - c * s), s, p * E(s) - c))), proof=[
                take(s), assume("s_low", "s_high"),
                have("s_above", a <= s, by("linear", "s_low", "x_low")), have("s_below", s <= b, by("linear", "s_high", "z_high")),
                have("here", has_derivative(D, s, E(s)), by("logic", at("second", s), "s_above", "s_below")),
                apply("moved", "calculus.derivative_of_combination", {"g": D, "a": s, "d": E(s), "q": -c}, using={"derivative": "here"}),
                qed(by("logic", "moved"))]),
            have("rises", ForAll(s, Implies(And(x <= s, s <= z), p * E(s) - c >= 0)), proof=[
                take(s), assume("s_low", "s_high"),
                have("s_above", a <= s, by("linear", "s_low", "x_low")), have("s_below", s <= b, by("linear", "s_high", "z_high")),
                have("enough", c <= p * E(s), by("logic", at("bound", s), "s_above", "s_below")),
                qed(by("linear", "enough"))]),
            apply("grows", "calculus.nonnegative_derivative",
                  {"g": Lam(s, p * D(s) - c * s), "D": Lam(s, p * E(s) - c), "a": x, "b": z},
                  using={"order": "order", "derivative": "slope", "sign": "rises"}),
            qed(by("logic", "grows"))]),
        take(x, z), assume("x_low", "x_high", "z_low", "z_high"),
        let("u_def", u, D(x)),
        have("slope_there", Eq(p * (D(x) * (z - x)), p * (u * (z - x))), by("ring", rewrite=["u_def"])),
        cases(
            case("right", x <= z, *grows("right", x, z, 1), qed(by("linear", "right_grows", "slope_there"))),
            case("left", z < x, *grows("left", z, x, -1), qed(by("linear", "left_grows", "slope_there")))),
    ],
    notation=NOTATION,
)  # fmt: skip
