"""Near a point where neither derivative is 0 an activation is bent and, if that is wanted, grows."""

from symproof.logic.syntax import And, Exists, ForAll, Implies, Lam, Min, integer, num, real
from symproof.proof.author import apply, assume, at, by, case, cases, conjunction, have, let, obtain, qed, take, witness
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import delta, gamma, has_derivative
from theorems.calculus.interval_tangent import growth_bound, tangent_bound
from theorems.calculus.second_difference import E, near, twice_differentiable
from theorems.jensen.mean_input import NOTATION, SIGNS, D, e, mu, r, sigma, tau, v
from theorems.relu_like.network import h

L = integer("L")
s, u = real("s u")

POINT = {
    **twice_differentiable(h, u), **SIGNS, "bend": sigma * E(v) > 0, "slope": Implies(num(2) <= L, tau * D(v) > 0),
}  # fmt: skip
"""Near v the activation has a second derivative, continuous at v and of sign sigma; for two layers h'(v) has sign tau."""
BENT_AND_GROWING = (
    r > 0, e > 0, mu > 0, tangent_bound(h, Lam(s, sigma * D(s)), sigma, e), Implies(num(2) <= L, growth_bound(h, tau, mu)),
)  # fmt: skip
BEND, SPEED = num(9) / 10 * (sigma * E(v)), num(9) / 10 * (tau * D(v))


def _restricted(label, claim, radius, *steps):
    """What holds near v holds nearer to v."""
    return have(f"{label}_near", ForAll(s, Implies(near(s, r), claim)), proof=[
        take(s), assume("s_low", "s_high"),
        have("above", v - radius <= s, by("linear", "s_low", "r_def")),
        have("below", s <= v + radius, by("linear", "s_high", "r_def")),
        *steps])  # fmt: skip


def _found(radius, speed, growth):
    """The radius, the constants and what they are good for; ``growth`` are the steps for the last part."""
    return [
        let("r_def", r, radius),
        have("r_positive", r > 0, by("sign", "radius", "delta_positive", *(["gamma_positive"] if speed == SPEED else []), rewrite=["r_def"])),
        _restricted("derivative", has_derivative(h, s, D(s)), u, qed(by("logic", at("derivative", s), "above", "below"))),
        _restricted("second", has_derivative(D, s, E(s)), u, qed(by("logic", at("second", s), "above", "below"))),
        _restricted("bend", sigma * E(s) >= BEND, delta,
                    have("kept", And(sigma * E(s) >= BEND, sigma * E(s) <= num(11) / 10 * (sigma * E(v))),
                         by("logic", at("steady", s), "above", "below")),
                    qed(by("linear", "kept"))),
        have("nonnegative", BEND >= 0, by("linear", "bend")),
        apply("tangents", "calculus.interval_tangent", {"g": h, "c": BEND, "p": sigma},
              using={"derivative": "derivative_near", "second": "second_near", "bound": "bend_near", "convex": "nonnegative"}),
        witness(r, BEND / 4, speed),
        conjunction([qed(by("logic", "r_positive"))], [qed(by("linear", "bend"))], [qed(by("linear", *(["rising"] if speed == SPEED else [])))],
                    [qed(by("logic", "tangents"))], [assume("two_layers"), *growth]),
    ]  # fmt: skip


BENT_NEAR = theorem(
    "jensen.bent_near",
    "Near a bent point of an activation",
    variables=[h, D, E, v, u, sigma, tau, L],
    hypotheses=POINT,
    conclusion=Exists((r, e, mu), And(*BENT_AND_GROWING)),
    prose="Let $h$ have a second derivative near $v$ that is continuous at $v$, and let it have the sign $\\sigma$ there. Then near $v$ the graph of "
    "$\\sigma h$ lies above its tangents, by at least a multiple of the square; and if $h'(v)$ has the sign $\\tau$, $\\tau h$ grows at least "
    "with some speed. The second part is wanted for at least two layers only.",
    source="Derived here.",
    proof=[
        apply("steady_exists", "calculus.nearly_constant", {"g": E, "a": v}, using={"side": "bend"}),
        obtain(delta, ("delta_positive", "steady"), "steady_exists"),
        have("center", near(v, u), by("sign", "radius")),
        cases(
            case("deep", num(2) <= L,
                 have("rising", tau * D(v) > 0, by("logic", "slope", "deep")),
                 have("slope_at_v", has_derivative(D, v, E(v)), by("logic", at("second", v), "center")),
                 apply("continuous_slope", "calculus.differentiable_continuous", {"g": D, "a": v, "d": E(v)},
                       using={"derivative": "slope_at_v"}),
                 apply("rising_exists", "calculus.nearly_constant", {"g": D, "a": v, "sigma": tau},
                       using={"continuous": "continuous_slope", "sign": "direction", "side": "rising"}),
                 obtain(gamma, ("gamma_positive", "steady_slope"), "rising_exists"),
                 *_found(Min(u, Min(delta, gamma)), SPEED, [
                     _restricted("speed", tau * D(s) >= SPEED, gamma,
                                 have("kept", And(tau * D(s) >= SPEED, tau * D(s) <= num(11) / 10 * (tau * D(v))),
                                      by("logic", at("steady_slope", s), "above", "below")),
                                 qed(by("linear", "kept"))),
                     apply("grows", "calculus.interval_growth", {"g": h, "c": SPEED, "p": tau},
                           using={"derivative": "derivative_near", "bound": "speed_near"}),
                     qed(by("logic", "grows"))])),
            case("shallow", L < 2, *_found(Min(u, delta), num(1), [
                have("never", num(2) > L, by("linear", "shallow")), qed(by("logic", "never", "two_layers"))]))),
    ],
    notation={**NOTATION, "delta": r"\delta", "gamma": r"\gamma", "u": "R"},
)  # fmt: skip
