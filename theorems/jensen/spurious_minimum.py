"""Spurious local minima of the squared loss at any depth and any widths."""

from symproof.instances.jensen_offer import JENSEN_OFFER
from symproof.logic.syntax import And, Eq, Lam, Sum, forall_in, num
from symproof.proof.author import apply, assume, at, by, calc, conjunction, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import E
from theorems.jensen.bent_near import u
from theorems.jensen.constant_network import CONSTANT_NETWORK
from theorems.jensen.convex_loss import SETTING
from theorems.jensen.mean_input import NOTATION, D, c, lam, o, residual, sigma, t, tau, v
from theorems.relu_like.deep_loss import deep_loss_risk
from theorems.relu_like.deep_network import L, d, deep_risk, deep_spurious
from theorems.relu_like.network import h, i, k, l, m, x, y
from theorems.relu_like.squared_loss import f, squared_loss

TARGETS = forall_in(i, 1, m, Eq(y(i), c - residual(i)))
RISK = t**2 / 2 * (1 - 2 * lam(o) + Sum(i, 1, m, lam(i) ** 2))
OTHER_NOTIONS = {
    "dx": d(0), "d1": d(1), "W1": Lam((k, l), num(0)), "b1": Lam(k, num(0)), "W2": Lam(k, num(0)), "b2": 0, "w": Lam(l, num(0)),
}  # fmt: skip
"""Values for what the result on the squared loss says of other risks as well."""
general = (m, L, d, x, y, h, squared_loss)

SPURIOUS = theorem(
    "jensen.spurious",
    "Spurious local minima of wide and deep networks",
    variables=[m, L, d, x, y, h, D, E, v, u, sigma, tau, t, c, o, lam],
    hypotheses={**SETTING, "targets": TARGETS},
    conclusion=And(deep_spurious(m, L, d, x, y, h, *CONSTANT_NETWORK), Eq(deep_risk(m, L, d, x, y, h, *CONSTANT_NETWORK), RISK)),
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i \\ge 0$ of sum 1, not all inputs of positive weight equal to it, and "
    "let the targets be $c - t \\lambda_i$, and $t$ more at input $o$, $t \\ne 0$. Let $h$ have a second derivative near $v$ that is continuous and "
    "not 0 at $v$, and, for at least two hidden layers, $h'(v) \\ne 0$. Then a network with any number $L \\ge 1$ of hidden layers of any widths "
    "has a spurious local minimum, where it is the constant $c$; its risk is $\\frac{t^2}{2}(1 - 2 \\lambda_o + \\sum_i \\lambda_i^2)$.",
    source="Derived here.",
    proof=[
        apply(("convex_loss", "slopes", "risks", "affine_risks"), "relu_like.squared_loss", OTHER_NOTIONS),
        have("convex", forall_in(i, 1, m, convex(Lam(f, squared_loss(f, y(i))))), proof=[
            take(i), assume("i_low", "i_high"), qed(by("logic", at("convex_loss", y(i))))]),
        have("residuals", forall_in(i, 1, m, has_derivative(Lam(f, squared_loss(f, y(i))), c, residual(i))), proof=[
            take(i), assume("i_low", "i_high"),
            have("slope_here", has_derivative(Lam(f, squared_loss(f, y(i))), c, c - y(i)), by("logic", at("slopes", y(i), c))),
            have("target", Eq(y(i), c - residual(i)), by("logic", at("targets", i))),
            have("value", Eq(c - y(i), residual(i)), by("linear", "target")),
            qed(by("rewrite", "slope_here", "value"))]),
        apply(("loss_minimum", "loss_risk"), "jensen.convex_loss", {"loss": squared_loss}),
        have("layers", num(0) <= L, by("linear", "depth")),
        apply(("minimum", "equal"), "relu_like.deep_squared_loss", dict(zip(("W", "b"), CONSTANT_NETWORK, strict=True)),
              using={"spurious": "loss_minimum", "depth": "layers"}),
        calc("risk", deep_risk(m, L, d, x, y, h, *CONSTANT_NETWORK),
             ("=", deep_loss_risk(*general, *CONSTANT_NETWORK), by("linear", at("equal", *CONSTANT_NETWORK))),
             ("=", Sum(i, 1, m, squared_loss(c, y(i))), by("linear", "loss_risk")),
             ("=", Sum(i, 1, m, residual(i) ** 2) / 2, by("ring", rewrite=["targets"])),
             ("=", RISK, by("ring"))),
        conjunction([qed(by("logic", "minimum"))], [qed(by("logic", "risk"))]),
    ],
    notation={**NOTATION, "u": "R"},
    extra={"instance": JENSEN_OFFER, "main": True},
)  # fmt: skip
