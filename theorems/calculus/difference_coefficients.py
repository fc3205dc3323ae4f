"""First and second differences of a twice continuously differentiable function, as multiples of the step and its square."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, Min, function, num, real
from symproof.logic.term import subst
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
from symproof.proof.step import Step
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import NOTATION, delta, epsilon, gamma, has_derivative
from theorems.calculus.second_difference import twice_differentiable

g, D, E = function("g D E")
r, s, t, v, x, kappa, zeta, eta = real("r s t v x kappa zeta eta")

SMOOTH = twice_differentiable(g, r)
"""The function has a second derivative near v, and it is continuous at v."""

bend, rise = g(x + t) + g(x - t) - 2 * g(x), g(x + t) - g(x - t)
coefficients = Exists((kappa, zeta), And(
    Eq(bend, kappa * t**2), Eq(rise, 2 * zeta * t), Abs(kappa - E(v)) <= epsilon, Abs(zeta - D(v)) <= epsilon,
))  # fmt: skip


def around(point):
    """The point is at most t away from x."""
    return And(x - t <= point, point <= x + t)


def throughout(label, claim, *proof) -> Step:
    """What holds from x - t to x + t, for a small positive t."""
    within = [
        have(
            f"{name}_{side}",
            bound,
            by("linear", "s_low", "s_high", "x_low", "x_high", "t_small", "eta_def", "eta_positive"),
        )
        for name, distance in (("radius", r), ("bend", delta), ("slope", gamma))
        for side, bound in (("low", v - distance <= s), ("high", s <= v + distance))
    ]
    return have(
        label, ForAll(s, Implies(around(s), claim)), proof=[take(s), assume("s_low", "s_high"), *within, *proof]
    )


def two_sided(label, function_, value):
    """The function stays within epsilon of its value at v: both bounds."""
    kept = [
        have("kept", Abs(function_(v + (s - v)) - value) <= epsilon, proof=[
            have("size", Abs(s - v) <= (delta if label == "bend" else gamma), proof=[
                cases(case("right", s - v >= 0, have("plain", Eq(Abs(s - v), s - v), by("ring")),
                           qed(by("linear", "plain", f"{label}_high"))),
                      case("left", s - v < 0, have("plain", Eq(Abs(s - v), v - s), by("ring")),
                           qed(by("linear", "plain", f"{label}_low"))))]),
            qed(by("logic", at(f"{label}_near", s - v), "size"))]),
        have("here", Eq(Abs(function_(v + (s - v)) - value), Abs(function_(s) - value)), by("ring")),
    ]  # fmt: skip
    return [
        throughout(f"{label}_above", value - epsilon <= 1 * function_(s), *kept, qed(by("linear", "kept", "here"))),
        throughout(f"{label}_below", -(value + epsilon) <= -1 * function_(s), *kept, qed(by("linear", "kept", "here"))),
    ]


def bounded_bend(label, multiplier, c):
    """A lower bound of a multiple of the second difference."""
    return apply(f"{label}_of_bend", "calculus.scaled_second_difference", {"v": x, "c": c, "p": multiplier}, using={
        "length": "length", "derivative": "slope_here", "second": "second_here", "bound": f"bend_{label}"})  # fmt: skip


def bounded_rise(label, multiplier, c):
    """A lower bound of a multiple of the first difference."""
    return apply(f"{label}_of_rise", "calculus.scaled_first_difference", {"v": x, "c": c, "p": multiplier}, using={
        "length": "length", "derivative": "slope_here", "bound": f"slope_{label}"})  # fmt: skip


POSITIVE_STEP = [
    have("length", t >= 0, by("linear", "t_positive")),
    throughout("slope_here", has_derivative(g, s, D(s)), qed(by("logic", at("derivative", s), "radius_low", "radius_high"))),
    throughout("second_here", has_derivative(D, s, E(s)), qed(by("logic", at("second", s), "radius_low", "radius_high"))),
    *two_sided("bend", E, E(v)),
    *two_sided("slope", D, D(v)),
    bounded_bend("above", 1, E(v) - epsilon), bounded_bend("below", -1, -(E(v) + epsilon)),
    bounded_rise("above", 1, D(v) - epsilon), bounded_rise("below", -1, -(D(v) + epsilon)),
    have("square", t**2 > 0, by("sign", "t_positive")),
    witness(bend / t**2, rise / (2 * t)),
    conjunction(
        [qed(by("field", "square"))],
        [qed(by("field", "t_positive"))],
        [have("low", (bend - (E(v) - epsilon) * t**2) / t**2 >= 0, proof=[
            have("top", bend - (E(v) - epsilon) * t**2 >= 0, by("linear", "above_of_bend")), qed(by("sign", "top", "square"))]),
         have("high", ((E(v) + epsilon) * t**2 - bend) / t**2 >= 0, proof=[
            have("top", (E(v) + epsilon) * t**2 - bend >= 0, by("linear", "below_of_bend")), qed(by("sign", "top", "square"))]),
         have("low_same", Eq((bend - (E(v) - epsilon) * t**2) / t**2, bend / t**2 - (E(v) - epsilon)), by("field", "square")),
         have("high_same", Eq(((E(v) + epsilon) * t**2 - bend) / t**2, E(v) + epsilon - bend / t**2), by("field", "square")),
         cases(case("right", bend / t**2 - E(v) >= 0,
                    have("plain", Eq(Abs(bend / t**2 - E(v)), bend / t**2 - E(v)), by("ring")), qed(by("linear", "plain", "high", "high_same"))),
               case("left", bend / t**2 - E(v) < 0,
                    have("plain", Eq(Abs(bend / t**2 - E(v)), E(v) - bend / t**2), by("ring")), qed(by("linear", "plain", "low", "low_same"))))],
        [have("low", (rise - 2 * (D(v) - epsilon) * t) / (2 * t) >= 0, proof=[
            have("top", rise - 2 * (D(v) - epsilon) * t >= 0, by("linear", "above_of_rise")), qed(by("sign", "top", "t_positive"))]),
         have("high", (2 * (D(v) + epsilon) * t - rise) / (2 * t) >= 0, proof=[
            have("top", 2 * (D(v) + epsilon) * t - rise >= 0, by("linear", "below_of_rise")), qed(by("sign", "top", "t_positive"))]),
         have("low_same", Eq((rise - 2 * (D(v) - epsilon) * t) / (2 * t), rise / (2 * t) - (D(v) - epsilon)), by("field", "t_positive")),
         have("high_same", Eq((2 * (D(v) + epsilon) * t - rise) / (2 * t), D(v) + epsilon - rise / (2 * t)), by("field", "t_positive")),
         cases(case("right", rise / (2 * t) - D(v) >= 0,
                    have("plain", Eq(Abs(rise / (2 * t) - D(v)), rise / (2 * t) - D(v)), by("ring")), qed(by("linear", "plain", "high", "high_same"))),
               case("left", rise / (2 * t) - D(v) < 0,
                    have("plain", Eq(Abs(rise / (2 * t) - D(v)), D(v) - rise / (2 * t)), by("ring")), qed(by("linear", "plain", "low", "low_same"))))]),
]  # fmt: skip


POSITIVE_STEPS = theorem(
    "calculus.coefficients_of_positive_steps",
    "Differences as multiples of a positive step",
    variables=[g, D, E, v, r, epsilon],
    hypotheses={**SMOOTH, "precision": epsilon > 0},
    conclusion=Exists(eta, And(eta > 0, ForAll((x, t), Implies(
        And(v - eta <= x, x <= v + eta, num(0) < t, t <= eta), coefficients)))),
    prose="Near $v$ and for small $t > 0$, $g(x + t) + g(x - t) - 2 g(x) = \\kappa\\,t^2$ and $g(x + t) - g(x - t) = 2\\zeta\\,t$ with $\\kappa$ within $\\varepsilon$ of $g''(v)$ "
    "and $\\zeta$ within $\\varepsilon$ of $g'(v)$.",
    source="Classical (the mean value forms of Taylor's theorem, with inequalities).",
    proof=[
        have("at_v", has_derivative(D, v, E(v)), proof=[
            have("low", v - r <= v, by("linear", "radius")), have("high", v <= v + r, by("linear", "radius")),
            qed(by("logic", at("second", v), "low", "high"))]),
        apply("slope_continuous", "calculus.differentiable_continuous", {"g": D, "a": v, "d": E(v)}, using={"derivative": "at_v"}),
        unfold("bend_meaning", "continuous", continuous),
        unfold("slope_meaning", "slope_continuous", continuous),
        obtain(delta, ("delta_positive", "bend_near"), at("bend_meaning", epsilon)),
        obtain(gamma, ("gamma_positive", "slope_near"), at("slope_meaning", epsilon)),
        let("eta_def", eta, Min(Min(delta, gamma), r) / 2),
        have("eta_positive", eta > 0, by("sign", "delta_positive", "gamma_positive", "radius", rewrite=["eta_def"])),
        witness(eta),
        conjunction(
            [qed(by("logic", "eta_positive"))],
            [take(x, t), assume("x_low", "x_high", "t_positive", "t_small"), *POSITIVE_STEP]),
    ],
    notation={**NOTATION, "eta": r"\eta"},
)  # fmt: skip

DIFFERENCE_COEFFICIENTS = theorem(
    "calculus.difference_coefficients",
    "Differences as multiples of the step",
    variables=[g, D, E, v, r, epsilon],
    hypotheses={**SMOOTH, "precision": epsilon > 0},
    conclusion=Exists(eta, And(eta > 0, ForAll((x, t), Implies(
        And(v - eta <= x, x <= v + eta, Abs(t) <= eta), coefficients)))),
    prose="Near $v$, $g(x + t) + g(x - t) - 2 g(x) = \\kappa\\,t^2$ and $g(x + t) - g(x - t) = 2\\zeta\\,t$ with $\\kappa$ within $\\varepsilon$ of $g''(v)$ "
    "and $\\zeta$ within $\\varepsilon$ of $g'(v)$.",
    source="Classical (the mean value forms of Taylor's theorem, with inequalities).",
    proof=[
        apply("positive", "calculus.coefficients_of_positive_steps"),
        obtain(eta, ("eta_positive", "forward"), "positive"),
        witness(eta),
        conjunction(
            [qed(by("logic", "eta_positive"))],
            [take(x, t), assume("x_low", "x_high", "t_small"),
             cases(
                case("up", t > 0,
                     have("small", t <= eta, by("linear", "t_small")),
                     qed(by("logic", at("forward", x, t), "x_low", "x_high", "up", "small"))),
                case("still", Eq(t, 0),
                     witness(E(v), D(v)),
                     conjunction(
                        [qed(by("ring", rewrite=["still"]))], [qed(by("ring", rewrite=["still"]))],
                        [have("none", Eq(Abs(E(v) - E(v)), 0), by("ring")), qed(by("linear", "none", "precision"))],
                        [have("none", Eq(Abs(D(v) - D(v)), 0), by("ring")), qed(by("linear", "none", "precision"))])),
                case("down", t < 0,
                     have("small", -t <= eta, by("linear", "t_small")), have("turned", -t > 0, by("linear", "down")),
                     have("backward", subst(coefficients, {t: -t}), by("logic", at("forward", x, -t), "x_low", "x_high", "turned", "small")),
                     obtain((kappa, zeta), ("bend", "rise", "bend_near", "rise_near"), "backward"),
                     witness(kappa, zeta),
                     conjunction([qed(by("linear", "bend"))], [qed(by("linear", "rise"))],
                                 [qed(by("logic", "bend_near"))], [qed(by("logic", "rise_near"))])))]),
    ],
    notation={**NOTATION, "eta": r"\eta"},
)  # fmt: skip
