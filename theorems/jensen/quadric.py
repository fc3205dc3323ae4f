"""Inputs with weights of definite second moment allow a spurious local minimum of constant units."""

from symproof.instances.quadric_offer import QUADRIC_OFFER
from symproof.logic.syntax import And, Eq, ForAll, Lam, Sum, forall_in, num
from symproof.proof.author import apply, assume, at, by, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import D, E
from theorems.jensen.curved_values import BENT, R, mu, sigma, v
from theorems.jensen.quadric_descent import DIFFERENT
from theorems.jensen.quadric_local_minimum import MINIMUM, NOTATION, OUTGOING, u
from theorems.jensen.quadric_region import AT_CONSTANT, CONSTANT_RISK, CONVEX, DIRECTION, n
from theorems.relu_like.kink import r
from theorems.relu_like.loss import loss, loss_local_minimum, loss_risk, loss_spurious
from theorems.relu_like.network import (
    HALF,
    c,
    dx,
    h,
    i,
    j,
    l,
    local_minimum,
    m,
    other_theta,
    risk,
    spurious,
    t,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.squared_loss import squared_loss

own = (m, dx, n, x, y, h)
SETTING = {"width": num(1) <= n, **BENT, **DIRECTION, "mu": mu > 0, "outgoing": OUTGOING, "different": DIFFERENT}

QUADRIC_CONVEX_LOSS = theorem(
    "jensen.quadric_convex_loss",
    "A spurious local minimum of constant units, for any convex loss",
    variables=[m, dx, n, x, y, loss, r, c, h, D, E, v, R, sigma, mu, u],
    hypotheses={"convex": CONVEX, "residual": AT_CONSTANT, **SETTING},
    conclusion=And(
        loss_spurious(*own, loss, *MINIMUM),
        Eq(loss_risk(*own, loss, *MINIMUM), CONSTANT_RISK),
    ),
    prose="Let $r_i$ be the derivatives of convex losses at the output $c$, $\\sum_i r_i = 0$, $\\sum_i r_i x_i = 0$, and $S = \\sum_i r_i x_i x_i^T$ positive "
    "definite on the differences of the inputs, which are not all equal: $w^T S w \\ge \\mu \\sum_i (w \\cdot (x_i - x_1))^2$ for some $\\mu > 0$. If $h''$ is "
    "continuous at $v$ and not 0 there, a network of any width $\\ge 1$ has a spurious local minimum at incoming weights 0, biases $v$, outgoing weights "
    "of the sign of $h''(v)$ and output $c$.",
    source="Derived here.",
    proof=[
        obtain(j, ("j_low", "j_high", "somewhere"), "different"),
        have("samples", num(1) <= m, by("linear", "j_low", "j_high")),
        have("units", num(0) <= n, by("linear", "width")),
        apply("local", "jensen.quadric_local_minimum", using={"width": "units"}),
        apply("here", "jensen.constant_units"),
        apply("lower", "jensen.quadric_descent"),
        obtain(other_theta, "better", "lower"),
        conjunction(
            [unfold("", "goal", loss_spurious),
             conjunction([qed(by("logic", "local"))], [witness(*other_theta), qed(by("linear", "better", "here"))])],
            [qed(by("logic", "here"))]),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip

QUADRIC = theorem(
    "jensen.quadric",
    "Inputs that allow a spurious local minimum of constant units",
    variables=[m, dx, n, x, y, r, c, h, D, E, v, R, sigma, mu, u],
    hypotheses={"residual": forall_in(i, 1, m, Eq(y(i), c - r(i))), **SETTING},
    conclusion=And(spurious(*own, *MINIMUM), Eq(risk(*own, *MINIMUM), HALF * Sum(i, 1, m, r(i) ** 2))),
    prose="Let $\\sum_i r_i = 0$, $\\sum_i r_i x_i = 0$, and let $S = \\sum_i r_i x_i x_i^T$ be positive definite on the differences of the inputs, which are not all "
    "equal: $w^T S w \\ge \\mu \\sum_i (w \\cdot (x_i - x_1))^2$ for some $\\mu > 0$. If $h''$ is continuous at $v$ and not 0 there, then for the targets "
    "$y_i = c - r_i$ a network of any width $\\ge 1$ has a spurious local minimum at incoming weights 0, biases $v$, outgoing weights of the sign of $h''(v)$ "
    "and output $c$. Its risk is $\\frac{1}{2} \\sum_i r_i^2$.",
    source="Derived here.",
    proof=[
        apply(("convex_square", "slope_of_square", "same", "affine"), "relu_like.squared_loss",
              {"d1": n, "w": Lam(l, 0), "c": 0, **dict(zip(("W1", "b1", "W2", "b2"), MINIMUM, strict=True))}),
        have("risks", ForAll(other_theta, Eq(loss_risk(*own, squared_loss, *other_theta), risk(*own, *other_theta))), proof=[
            take(*other_theta), qed(by("ring", unfold=[loss_risk, risk]))]),
        have("convex", forall_in(i, 1, m, convex(Lam(t, squared_loss(t, y(i))))), proof=[
            take(i), assume("i_low", "i_high"), qed(by("logic", at("convex_square", y(i))))]),
        have("slopes", forall_in(i, 1, m, has_derivative(Lam(t, squared_loss(t, y(i))), c, r(i))), proof=[
            take(i), assume("i_low", "i_high"),
            have("slope", has_derivative(Lam(t, squared_loss(t, y(i))), c, c - y(i)), by("logic", at("slope_of_square", y(i), c))),
            have("value", Eq(c - y(i), r(i)), by("linear", at("residual", i))),
            qed(by("rewrite", "slope", "value"))]),
        apply(("is_spurious", "same_risk"), "jensen.quadric_convex_loss", {"loss": squared_loss},
              using={"convex": "convex", "residual": "slopes"}),
        conjunction(
            [qed(by("rewrite", "same", "is_spurious", rewrite=["risks"], unfold=[loss_spurious, loss_local_minimum, spurious, local_minimum]))],
            [have("value", Eq(risk(*own, *MINIMUM), HALF * Sum(i, 1, m, (c - y(i)) ** 2)), by("linear", "same_risk", "same")),
             qed(by("ring", rewrite=["value", "residual"]))]),
    ],
    notation=NOTATION,
    extra={"main": True, "instance": QUADRIC_OFFER},
)  # fmt: skip
