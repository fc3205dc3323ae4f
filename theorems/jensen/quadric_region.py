"""Near constant units the risk does not fall if the residuals weight the inputs to a positive definite second moment."""

from symproof.logic.syntax import Abs, Eq, ForAll, Lam, Sum, family, forall_in, num, real
from symproof.proof.author import apply, assume, at, by, calc, have, qed, take
from symproof.proof.theorem import theorem
from theorems.calculus.convex_function import convex
from theorems.calculus.derivative import has_derivative
from theorems.calculus.second_difference import D, E
from theorems.jensen.curved_values import NOTATION as LETTERS
from theorems.jensen.curved_values import TWICE, A, B, a, b, inside, mu, sigma, top
from theorems.relu_like.kink import r
from theorems.relu_like.loss import loss, loss_risk, stationary
from theorems.relu_like.network import (
    NOTATION,
    W1,
    W2,
    b1,
    c,
    dx,
    h,
    i,
    k,
    l,
    m,
    network,
    pre_activation,
    sample,
    t,
    theta,
    w,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.network import d1 as n

radius, q, size, rho = real("R q S rho")
f = family("f")
NOTATION = {**NOTATION, **LETTERS, "w": "w", "c": "c"}


def difference(weights, index):
    """The weighted difference of a sample from the first one."""
    return Sum(l, 1, dx, weights(l) * (x(index, l) - x(1, l)))


def form(weights):
    """The quadratic form w^T S w of the second moment S = sum_i r_i x_i x_i^T."""
    return Sum(i, 1, m, r(i) * Sum(l, 1, dx, weights(l) * x(i, l)) ** 2)


DIRECTION = {
    "features": stationary.args[0],
    "constant": stationary.args[1],
    "definite": ForAll(w, mu * Sum(i, 1, m, difference(w, i) ** 2) <= form(w)),
}
"""Constants and linear functions cancel under the weights r, and the second moment is at least mu times the scatter.

For some mu > 0 that says: S is positive definite on the span of the differences of the inputs. (S and the scatter matrix
sum_i (x_i - x_1)(x_i - x_1)^T both vanish on the orthogonal complement; on the span the latter is positive definite.)
"""

z = pre_activation(W1, b1, k, sample(i))
moved = z - pre_activation(W1, b1, k, sample(num(1)))
carried, scatter = Sum(i, 1, m, r(i) * h(z)), Sum(i, 1, m, moved**2)

FIRST_ORDER = theorem(
    "jensen.quadric_first_order",
    "Where the outputs can only move against the residuals",
    variables=[m, dx, n, x, r, h, D, E, a, b, A, B, sigma, mu, top, *theta],
    hypotheses={
        "samples": num(1) <= m,
        **TWICE,
        "bend": A + B >= 0,
        "gain": (B - A) * top <= (A + B) * mu,
        "sign": Eq(sigma**2, 1),
        **DIRECTION,
        "top": forall_in(i, 1, m, Abs(r(i)) <= top),
        "inside": forall_in(k, 1, n, forall_in(i, 1, m, inside(z))),
        "outgoing": forall_in(k, 1, n, sigma * W2(k) >= 0),
    },
    conclusion=num(0) <= Sum(i, 1, m, r(i) * network(dx, n, h, *theta, sample(i))),
    prose="Let $A \\le \\sigma h'' \\le B$ from $a$ to $b$ with $A + B \\ge 0$ and $(B - A)\\,M \\le (A + B)\\,\\mu$, where $|r_i| \\le M$. If all "
    "pre-activations lie between $a$ and $b$ and no outgoing weight has the other sign than $\\sigma$, then $\\sum_i r_i f(x_i) \\ge 0$.",
    source="Derived here.",
    proof=[
        have("each", forall_in(k, 1, n, num(0) <= W2(k) * carried), proof=[
            take(k), assume("k_low", "k_high"),
            have("inside_here", forall_in(i, 1, m, inside(z)), proof=[
                take(i), assume("i_low", "i_high"), qed(by("logic", at("inside", k, i)))]),
            calc("linear_part", Sum(i, 1, m, r(i) * Sum(l, 1, dx, W1(k, l) * x(i, l))),
                 ("=", Sum(l, 1, dx, W1(k, l) * Sum(i, 1, m, r(i) * x(i, l))), by("ring")),
                 ("=", 0, by("ring", rewrite=["features"]))),
            have("moment", Eq(Sum(i, 1, m, r(i) * z), 0), by("ideal", "linear_part", "constant")),
            have("square", Eq(Sum(i, 1, m, r(i) * z**2), form(Lam(l, W1(k, l)))), by("ideal", "linear_part", "constant")),
            have("scatter", Eq(scatter, Sum(i, 1, m, difference(Lam(l, W1(k, l)), i) ** 2)), by("ring")),
            have("definite_here", mu * scatter <= Sum(i, 1, m, r(i) * z**2),
                 by("linear", at("definite", Lam(l, W1(k, l))), "square", rewrite=["scatter"])),
            apply("curved", "jensen.curved_values", {"z": Lam(i, z)}, using={"inside": "inside_here", "definite": "definite_here"}),
            have("spread", scatter >= 0, by("sign")),
            have("rate", (A + B) * mu - (B - A) * top >= 0, by("linear", "gain")),
            have("product", ((A + B) * mu - (B - A) * top) * scatter >= 0, by("sign", "rate", "spread")),
            have("turned", sigma * carried >= 0, by("linear", "curved", "product")),
            have("weight", sigma * W2(k) >= 0, by("logic", at("outgoing", k))),
            have("both", sigma * W2(k) * (sigma * carried) >= 0, by("sign", "weight", "turned")),
            have("same", Eq(sigma * W2(k) * (sigma * carried), W2(k) * carried), by("ideal", "sign")),
            qed(by("linear", "both", "same"))]),
        have("total", Sum(k, 1, n, W2(k) * carried) >= 0, by("sum", "each")),
        have("outputs", Eq(Sum(i, 1, m, r(i) * network(dx, n, h, *theta, sample(i))), Sum(k, 1, n, W2(k) * carried)),
             by("ideal", "constant", unfold=[network])),
        qed(by("linear", "total", "outputs")),
    ],
    notation=NOTATION,
)  # fmt: skip

CONVEX = forall_in(i, 1, m, convex(Lam(t, loss(t, y(i)))))
AT_CONSTANT = forall_in(i, 1, m, has_derivative(Lam(t, loss(t, y(i))), c, r(i)))
"""At every sample r_i is the derivative of f -> loss(f, y_i) at the output c."""
CONSTANT_RISK = Sum(i, 1, m, loss(c, y(i)))

ABOVE_CONSTANT = theorem(
    "jensen.above_constant",
    "Outputs that move against the residuals do not lower a convex loss",
    variables=[m, y, loss, r, c, f],
    hypotheses={
        "convex": CONVEX,
        "residual": AT_CONSTANT,
        "constant": DIRECTION["constant"],
        "first_order": num(0) <= Sum(i, 1, m, r(i) * f(i)),
    },
    conclusion=Sum(i, 1, m, loss(f(i), y(i))) >= CONSTANT_RISK,
    prose="Let $r_i$ be the derivatives of convex losses at the output $c$, with sum 0. Outputs with $\\sum_i r_i f_i \\ge 0$ have no smaller risk than "
    "the constant $c$.",
    source="Classical: a convex function lies above its tangent.",
    proof=[
        have("tangent", forall_in(i, 1, m, loss(c, y(i)) + r(i) * (f(i) - c) <= loss(f(i), y(i))), proof=[
            take(i), assume("i_low", "i_high"),
            apply("above", "calculus.convex_tangent", {"g": Lam(t, loss(t, y(i))), "a": c, "d": r(i)},
                  using={"convex": at("convex", i), "derivative": at("residual", i)}),
            qed(by("logic", at("above", f(i))))]),
        have("sum", Sum(i, 1, m, loss(c, y(i)) + r(i) * (f(i) - c)) <= Sum(i, 1, m, loss(f(i), y(i))), by("sum", "tangent")),
        have("split", Eq(Sum(i, 1, m, loss(c, y(i)) + r(i) * (f(i) - c)), CONSTANT_RISK + Sum(i, 1, m, r(i) * f(i))),
             by("ideal", "constant")),
        qed(by("linear", "sum", "split", "first_order")),
    ],
    notation=NOTATION,
)  # fmt: skip

REGION = theorem(
    "jensen.quadric_region",
    "A region around constant units without a smaller risk",
    variables=[m, dx, n, x, y, loss, r, c, h, D, E, a, b, A, B, sigma, mu, top, *theta],
    hypotheses={"convex": CONVEX, "residual": AT_CONSTANT, **dict(FIRST_ORDER.hypotheses)},
    conclusion=loss_risk(m, dx, n, x, y, h, loss, *theta) >= CONSTANT_RISK,
    prose="Let $A \\le \\sigma h'' \\le B$ from $a$ to $b$ with $A + B \\ge 0$ and $(B - A)\\,M \\le (A + B)\\,\\mu$, where $|r_i| \\le M$. Where all "
    "pre-activations lie between $a$ and $b$ and no outgoing weight has the other sign than $\\sigma$, the risk is not below that of the constant $c$.",
    source="Derived here.",
    proof=[
        apply("first_order", "jensen.quadric_first_order"),
        apply("least", "jensen.above_constant", {"f": Lam(i, network(dx, n, h, *theta, sample(i)))}),
        qed(by("linear", "least", unfold=[loss_risk])),
    ],
    notation=NOTATION,
    extra={"main": True},
)  # fmt: skip
