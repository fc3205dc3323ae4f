"""The region of parameters where no risk is below that of the constant, for a convex loss."""

from symproof.logic.syntax import Eq, Lam, Sum, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import has_derivative
from theorems.jensen.mean_input import (
    ACTIVATION,
    INSIDE,
    MEAN_INPUT,
    NOTATION,
    D,
    c,
    e,
    excess,
    inner,
    lam,
    mu,
    o,
    output,
    r,
    residual,
    sigma,
    t,
    tau,
    v,
)  # fmt: skip
from theorems.relu_like.deep_loss import deep_loss_risk
from theorems.relu_like.deep_network import L, V, d, deep_network, deep_pre_activation, other_theta
from theorems.relu_like.loss import loss
from theorems.relu_like.network import h, i, l, m, sample, x, y

f = real("f")

OUTGOING = forall_in(l, 1, d(L), t * sigma * V(L + 1, 1, l) >= 0)
REGION = {
    "depth": num(1) <= L, **MEAN_INPUT, **ACTIVATION, "square": e >= 0, "speed": mu >= 0, "inside": INSIDE, "inner": inner(lambda w: w >= 0),
    "outgoing": OUTGOING,
}  # fmt: skip
LOSSES = {
    "convex": forall_in(i, 1, m, convex(Lam(f, loss(f, y(i))))),
    "residuals": forall_in(i, 1, m, has_derivative(Lam(f, loss(f, y(i))), c, residual(i))),
}
"""Convex losses whose derivatives at the constant c are the residuals."""
CONSTANT_RISK = Sum(i, 1, m, loss(c, y(i)))


def value(index):
    """The output of the network at a sample."""
    return deep_network(L, d, h, *other_theta, sample(index))


terms = Sum(l, 1, d(L), t * sigma * V(L + 1, 1, l) * (sigma * excess(lambda index: output(L, l, index))))

OUTPUT = theorem(
    "jensen.output",
    "The network keeps the side of the mean",
    variables=[m, L, d, x, h, D, v, r, e, mu, sigma, tau, t, o, lam, *other_theta],
    hypotheses=REGION,
    conclusion=t * excess(value) >= 0,
    prose="If moreover no outgoing weight has the other sign than $t \\sigma$, then $t(\\sum_i \\lambda_i f(x_i) - f(x_o)) \\ge 0$.",
    source="Derived here.",
    proof=[
        apply("layers", "jensen.layers"),
        have("each", forall_in(l, 1, d(L), num(0) <= t * sigma * V(L + 1, 1, l) * (sigma * excess(lambda index: output(L, l, index)))), proof=[
            take(l), assume("l_low", "l_high"),
            have("kept", num(0) <= sigma * excess(lambda index: output(L, l, index)), by("logic", at("layers", L, l), "depth")),
            have("weight", t * sigma * V(L + 1, 1, l) >= 0, by("logic", at("outgoing", l))),
            qed(by("sign", "kept", "weight"))]),
        have("sum", terms >= 0, by("sum", "each")),
        have("plain", Eq(terms, t * Sum(l, 1, d(L), V(L + 1, 1, l) * excess(lambda index: output(L, l, index)))), by("ideal", "sign")),
        have("received", Eq(excess(value), Sum(l, 1, d(L), V(L + 1, 1, l) * excess(lambda index: output(L, l, index)))),
             by("ideal", "total", unfold=[deep_network, deep_pre_activation])),
        have("product", Eq(t * excess(value), t * Sum(l, 1, d(L), V(L + 1, 1, l) * excess(lambda index: output(L, l, index)))),
             by("ring", rewrite=["received"])),
        qed(by("linear", "sum", "plain", "product")),
    ],
    notation=NOTATION,
)  # fmt: skip

REGION_RISK = theorem(
    "jensen.region",
    "A region without a risk below that of the constant",
    variables=[m, L, d, x, y, h, D, v, r, e, mu, sigma, tau, t, c, o, lam, loss, *other_theta],
    hypotheses={**REGION, **LOSSES},
    conclusion=deep_loss_risk(m, L, d, x, y, h, loss, *other_theta) >= CONSTANT_RISK,
    prose="Let input $o$ be the mean of the inputs with weights $\\lambda_i$, and let the losses be convex, with the derivatives $t \\lambda_i$ "
    "at the constant $c$, less $t$ at input $o$. Let all pre-activations be where $\\sigma h$ is above its tangents and $\\tau h$ does not "
    "fall, no weight between hidden layers have the other sign than $\\tau$, no outgoing weight the other sign than $t \\sigma$. Then the risk "
    "is not below that of the constant $c$.",
    source="Derived here.",
    proof=[
        apply("output", "jensen.output"),
        have("each", forall_in(i, 1, m, loss(c, y(i)) + residual(i) * (value(i) - c) <= loss(value(i), y(i))), proof=[
            take(i), assume("i_low", "i_high"),
            have("convex_here", convex(Lam(f, loss(f, y(i)))), by("logic", at("convex", i))),
            have("slope_here", has_derivative(Lam(f, loss(f, y(i))), c, residual(i)), by("logic", at("residuals", i))),
            apply("tangent", "calculus.convex_tangent", {"g": Lam(f, loss(f, y(i))), "a": c, "d": residual(i)},
                  using={"convex": "convex_here", "derivative": "slope_here"}),
            qed(by("linear", at("tangent", value(i))))]),
        have("sum", Sum(i, 1, m, loss(c, y(i)) + residual(i) * (value(i) - c)) <= Sum(i, 1, m, loss(value(i), y(i))), by("sum", "each")),
        have("balance", Eq(Sum(i, 1, m, loss(c, y(i)) + residual(i) * (value(i) - c)), CONSTANT_RISK + t * excess(value)), by("ideal", "total")),
        have("risk", Eq(deep_loss_risk(m, L, d, x, y, h, loss, *other_theta), Sum(i, 1, m, loss(value(i), y(i)))),
             by("ring", unfold=[deep_loss_risk])),
        qed(by("linear", "output", "sum", "balance", "risk")),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
