"""Every smooth activation that is not affine has spurious local minima at any depth and any widths."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, Implies, Min, real
from symproof.logic.term import subst
from symproof.proof.author import apply, assume, at, by, have, let, obtain, qed, take, witness
from symproof.proof.theorem import theorem
from theorems.calculus.continuous_function import continuous
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import E
from theorems.jensen.bent_near import POINT, u
from theorems.jensen.constant_network import CONSTANT_NETWORK
from theorems.jensen.convex_loss import SETTING
from theorems.jensen.mean_input import NOTATION, D, c, lam, o, sigma, t, tau, v
from theorems.jensen.spurious_minimum import RISK, TARGETS
from theorems.relu_like.deep_network import L, d, deep_risk, deep_spurious, theta
from theorems.relu_like.network import h, m, x, y
from theorems.smooth.bent_point import NOT_AFFINE, TWICE, a, b, inside

low, high, s = real("low high s")
ENDS = {a: low, b: high}
INTERVAL = {
    **TWICE, "continuous": ForAll(s, Implies(inside(s), continuous(E, s))), "not_affine": NOT_AFFINE,
}  # fmt: skip
"""The activation is twice continuously differentiable and not affine on an interval."""
DATA = {label: claim for label, claim in SETTING.items() if label not in POINT}

EVERY_ACTIVATION = theorem(
    "jensen.every_activation",
    "Spurious local minima of wide and deep networks for every smooth activation",
    variables=[m, L, d, x, y, h, D, E, low, high, t, c, o, lam],
    hypotheses={**DATA, "targets": TARGETS, **{label: subst(claim, ENDS) for label, claim in INTERVAL.items()}},
    conclusion=Exists(theta, And(deep_spurious(m, L, d, x, y, h, *theta), Eq(deep_risk(m, L, d, x, y, h, *theta), RISK))),
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i \\ge 0$ of sum 1, not all inputs of positive weight equal to it, and "
    "let the targets be $c - t \\lambda_i$, and $t$ more at input $o$, $t \\ne 0$. If $h$ is twice continuously differentiable and not affine on "
    "some interval, then a network with activation $h$ and any number $L \\ge 1$ of hidden layers of any widths has a spurious local minimum of "
    "risk $\\frac{t^2}{2}(1 - 2 \\lambda_o + \\sum_i \\lambda_i^2)$.",
    source="Derived here.",
    proof=[
        apply("bent_somewhere", "smooth.bent_point", {"a": low, "b": high}),
        obtain((v, sigma, tau), ("v_low", "v_high", "sign", "bend", "direction", "slope"), "bent_somewhere"),
        let("u_def", u, Min(v - low, high - v) / 2),
        have("radius", u > 0, proof=[
            have("left", v - low > 0, by("linear", "v_low")), have("right", high - v > 0, by("linear", "v_high")),
            qed(by("sign", "left", "right", rewrite=["u_def"]))]),
        *[have(f"{label}_near", ForAll(s, Implies(And(v - u <= s, s <= v + u), claim)), proof=[
            take(s), assume("s_low", "s_high"),
            have("above", low < s, by("linear", "s_low", "u_def", "v_low", "v_high", "radius")),
            have("below", s < high, by("linear", "s_high", "u_def", "v_low", "v_high", "radius")),
            qed(by("logic", at(label, s), "above", "below"))])
          for label, claim in (("derivative", has_derivative(h, s, D(s))), ("second", has_derivative(D, s, E(s))))],
        have("continuous_at", continuous(E, v), by("logic", at("continuous", v), "v_low", "v_high")),
        have("slope_there", POINT["slope"], proof=[assume("two_layers"), qed(by("logic", "slope"))]),
        apply("found", "jensen.spurious",
              using={"derivative": "derivative_near", "second": "second_near", "continuous": "continuous_at", "slope": "slope_there"}),
        witness(*CONSTANT_NETWORK),
        qed(by("logic", "found")),
    ],
    notation={**NOTATION, "u": "R", "low": r"\alpha", "high": r"\beta"},
    extra={"main": True},
)  # fmt: skip
