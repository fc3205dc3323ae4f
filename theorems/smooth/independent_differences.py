"""Where neither the first nor the second derivative is 0, two steps have independent differences."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Implies, Min, Ne, num, real
from symproof.proof.author import apply, assume, at, by, contradiction, have, let, obtain, qed, take, witness
from symproof.proof.step import Step
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import delta, gamma, has_derivative
from theorems.calculus.second_difference import near
from theorems.smooth.bent_piece import SMOOTH, D, E, sigma
from theorems.smooth.fit_by_differences import DETERMINANT, long_bend, long_rise, short_bend, short_rise, t, v
from theorems.smooth.samples import NOTATION, h

r, s, tau, B, S = real("r s tau B S")
LOW, HIGH = num(9) / 10, num(11) / 10


def on_interval(name: str, distance) -> list[Step]:
    """What holds up to a distance of v: the derivatives, and that they keep within a tenth."""
    where = near(s, distance)
    within = [
        have(f"{label}_{side}", claim, by("linear", "s_low", "s_high", "t_def", "t_positive"))
        for label, bound in (("radius", r), ("bend", delta), ("slope", gamma))
        for side, claim in (("low", v - bound <= s), ("high", s <= v + bound))
    ]
    bend = And(LOW * (sigma * E(v)) <= sigma * E(s), sigma * E(s) <= HIGH * (sigma * E(v)))
    slope = And(LOW * (tau * D(v)) <= tau * D(s), tau * D(s) <= HIGH * (tau * D(v)))
    kept = [
        have("kept_bend", bend, by("logic", at("bend_near", s), "bend_low", "bend_high")),
        have("kept_slope", slope, by("logic", at("slope_near", s), "slope_low", "slope_high")),
    ]

    def throughout(label, claim, *proof):
        return have(
            f"{name}_{label}",
            ForAll(s, Implies(where, claim)),
            proof=[take(s), assume("s_low", "s_high"), *within, *proof],
        )

    return [
        throughout("derivative", has_derivative(h, s, D(s)), qed(by("logic", at("derivative", s), "radius_low", "radius_high"))),
        throughout("second", has_derivative(D, s, E(s)), qed(by("logic", at("second", s), "radius_low", "radius_high"))),
        throughout("bend_above", sigma * E(s) >= LOW * B, *kept, qed(by("linear", "kept_bend", "B_def"))),
        throughout("bend_below", -sigma * E(s) >= -HIGH * B, *kept, qed(by("linear", "kept_bend", "B_def"))),
        throughout("slope_above", tau * D(s) >= LOW * S, *kept, qed(by("linear", "kept_slope", "S_def"))),
        throughout("slope_below", -tau * D(s) >= -HIGH * S, *kept, qed(by("linear", "kept_slope", "S_def"))),
    ]  # fmt: skip


def bends(label, interval, distance, bound, multiplier, c):
    """A lower bound of a multiple of a second difference."""
    return apply(label, "calculus.scaled_second_difference", {"g": h, "t": distance, "c": c, "p": multiplier}, using={
        "length": f"{interval}_length", "derivative": f"{interval}_derivative", "second": f"{interval}_second",
        "bound": f"{interval}_{bound}"})  # fmt: skip


def rises(label, interval, distance, bound, multiplier, c):
    """A lower bound of a multiple of a first difference."""
    return apply(label, "calculus.scaled_first_difference", {"g": h, "t": distance, "c": c, "p": multiplier}, using={
        "length": f"{interval}_length", "derivative": f"{interval}_derivative", "bound": f"{interval}_{bound}"})  # fmt: skip


INDEPENDENT_DIFFERENCES = theorem(
    "smooth.independent_differences",
    "Two steps with independent differences",
    variables=[h, D, E, v, r, sigma, tau],
    hypotheses={
        **SMOOTH, "sign": Eq(sigma**2, 1), "bend": sigma * E(v) > 0, "direction": Eq(tau**2, 1), "slope": tau * D(v) > 0,
    },
    conclusion=Exists(t, Ne(DETERMINANT, 0)),
    prose="With $e_s = h(v + s) + h(v - s) - 2 h(v)$ and $o_s = h(v + s) - h(v - s)$: if neither $h'$ nor $h''$ is 0 at $v$, some $t$ "
    "has $e_{2t} o_t \\ne o_{2t} e_t$.",
    source="Derived here, with inequalities instead of limits.",
    proof=[
        have("at_v", has_derivative(D, v, E(v)), proof=[
            have("low", v - r <= v, by("linear", "radius")), have("high", v <= v + r, by("linear", "radius")),
            qed(by("logic", at("second", v), "low", "high"))]),
        apply("slope_continuous", "calculus.differentiable_continuous", {"g": D, "a": v, "d": E(v)}, using={"derivative": "at_v"}),
        apply("bend_steady", "calculus.nearly_constant", {"g": E, "a": v}, using={"side": "bend"}),
        obtain(delta, ("delta_positive", "bend_near"), "bend_steady"),
        apply("slope_steady", "calculus.nearly_constant", {"g": D, "a": v, "sigma": tau},
              using={"continuous": "slope_continuous", "sign": "direction", "side": "slope"}),
        obtain(gamma, ("gamma_positive", "slope_near"), "slope_steady"),
        let("t_def", t, Min(Min(delta, gamma), r) / 2),
        have("t_positive", t > 0, by("sign", "delta_positive", "gamma_positive", "radius", rewrite=["t_def"])),
        let("B_def", B, sigma * E(v)), let("S_def", S, tau * D(v)),
        have("B_positive", B > 0, by("linear", "B_def", "bend")),
        have("S_positive", S > 0, by("linear", "S_def", "slope")),
        have("wide_length", 2 * t >= 0, by("linear", "t_positive")),
        have("narrow_length", t >= 0, by("linear", "t_positive")),
        *on_interval("wide", 2 * t),
        *on_interval("narrow", t),
        bends("long_bend", "wide", 2 * t, "bend_above", sigma, LOW * B),
        bends("short_bend", "narrow", t, "bend_below", -sigma, -HIGH * B),
        bends("short_bend_low", "narrow", t, "bend_above", sigma, LOW * B),
        rises("long_rise", "wide", 2 * t, "slope_below", -tau, -HIGH * S),
        rises("short_rise", "narrow", t, "slope_above", tau, LOW * S),
        have("bt", B * t**2 > 0, by("sign", "B_positive", "t_positive")),
        have("st", S * t > 0, by("sign", "S_positive", "t_positive")),
        have("more_bend", sigma * long_bend - num(18) / 5 * B * t**2 >= 0, by("linear", "long_bend")),
        have("more_rise", tau * short_rise - num(9) / 5 * S * t >= 0, by("linear", "short_rise")),
        have("less_rise", num(22) / 5 * S * t - tau * long_rise >= 0, by("linear", "long_rise")),
        have("less_bend", HIGH * B * t**2 - sigma * short_bend >= 0, by("linear", "short_bend")),
        have("some_bend", sigma * short_bend >= 0, by("linear", "short_bend_low", "bt")),
        have("some_rise", tau * short_rise >= 0, by("linear", "more_rise", "st")),
        have("first", (sigma * long_bend - num(18) / 5 * B * t**2) * (tau * short_rise) >= 0, by("sign", "more_bend", "some_rise")),
        have("second_part", B * t**2 * (tau * short_rise - num(9) / 5 * S * t) >= 0, by("sign", "bt", "more_rise")),
        have("third", (num(22) / 5 * S * t - tau * long_rise) * (sigma * short_bend) >= 0, by("sign", "less_rise", "some_bend")),
        have("fourth", S * t * (HIGH * B * t**2 - sigma * short_bend) >= 0, by("sign", "st", "less_bend")),
        have("product", B * t**2 * (S * t) > 0, by("sign", "bt", "st")),
        have("apart", sigma * tau * DETERMINANT > 0, by("linear", "first", "second_part", "third", "fourth", "product")),
        witness(t),
        contradiction("zero",
            have("vanishes", Eq(sigma * tau * DETERMINANT, 0), by("ideal", "zero")),
            qed(by("linear", "apart", "vanishes"))),
    ],
    notation=NOTATION,
)  # fmt: skip
