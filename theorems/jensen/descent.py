"""Where every unit is raised, some output layer has a smaller risk than the constant."""

from symproof.logic.syntax import Eq, Exists, ForAll, Implies, Ite, Lam, Ne, Sum, forall_in, num, real
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    calc,
    contradiction,
    have,
    induction,
    let,
    obtain,
    qed,
    take,
    witness,
)
from symproof.proof.theorem import theorem
from theorems.calculus.derivative import has_derivative
from theorems.jensen.layers import SPREAD_UNITS
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
from theorems.jensen.region import CONSTANT_RISK, f
from theorems.relu_like.deep_loss import deep_loss_risk
from theorems.relu_like.deep_network import (
    L,
    V,
    W,
    b,
    d,
    deep_activation,
    deep_network,
    deep_pre_activation,
    n,
    other_theta,
    q,
    theta,
)
from theorems.relu_like.loss import loss
from theorems.relu_like.network import h, i, k, l, m, sample, x, y, z

u = real("u")

SAME_LAYERS = theorem(
    "jensen.same_layers",
    "Hidden layers do not see the output layer",
    variables=[L, d, h, *theta, *other_theta, z],
    hypotheses={
        "weights": forall_in(n, 1, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), Eq(W(n, k, l), V(n, k, l))))),
        "biases": forall_in(n, 1, L, forall_in(k, 1, d(n), Eq(b(n, k), q(n, k)))),
    },
    conclusion=forall_in(n, 0, L, forall_in(k, 1, d(n), Eq(deep_activation(n, d, h, *theta, z, k), deep_activation(n, d, h, *other_theta, z, k)))),
    prose="If two networks have the same hidden layers, their units have the same outputs.",
    source="Elementary.",
    proof=[
        have("layers", ForAll(n, Implies(num(0) <= n, Implies(n <= L, forall_in(
            k, 1, d(n), Eq(deep_activation(n, d, h, *theta, z, k), deep_activation(n, d, h, *other_theta, z, k)))))), proof=[
            induction(n,
                base=[assume("in_depth"), take(k), assume("k_low", "k_high"), qed(by("ring", unfold=[deep_activation]))],
                hypothesis="shallower", bound="n_nonnegative",
                step=[
                    assume("in_depth"), take(k), assume("k_low", "k_high"),
                    have("below", n <= L, by("linear", "in_depth")),
                    have("units", forall_in(k, 1, d(n), Eq(deep_activation(n, d, h, *theta, z, k), deep_activation(n, d, h, *other_theta, z, k))),
                         by("logic", "shallower", "below")),
                    have("weights_here", forall_in(l, 1, d(n), Eq(W(n + 1, k, l), V(n + 1, k, l))), proof=[
                        take(l), assume("l_low", "l_high"), qed(by("logic", at("weights", n + 1, k, l)))]),
                    have("bias", Eq(b(n + 1, k), q(n + 1, k)), by("logic", at("biases", n + 1, k))),
                    calc("same", deep_activation(n + 1, d, h, *theta, z, k),
                         ("=", h(Sum(l, 1, d(n), W(n + 1, k, l) * deep_activation(n, d, h, *theta, z, l)) + b(n + 1, k)),
                          by("ring", unfold=[deep_activation])),
                         ("=", h(Sum(l, 1, d(n), V(n + 1, k, l) * deep_activation(n, d, h, *other_theta, z, l)) + q(n + 1, k)),
                          by("ring", rewrite=["weights_here", "units", "bias"])),
                         ("=", deep_activation(n + 1, d, h, *other_theta, z, k), by("ring", unfold=[deep_activation]))),
                    qed(by("logic", "same")),
                ])]),
        take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"), qed(by("logic", at("layers", n, k))),
    ],
    notation=NOTATION,
)  # fmt: skip


def together(index):
    """The outputs of the last hidden layer, added up."""
    return Sum(l, 1, d(L), output(L, l, index))


W_TERM = Lam((n, k, l), Ite(Eq(n, L + 1), u, V(n, k, l)))
b_TERM = Lam((n, k), Ite(Eq(n, L + 1), c, q(n, k)))
gains = Sum(l, 1, d(L), sigma * excess(lambda index: output(L, l, index)))

DESCENT = theorem(
    "jensen.descent",
    "A better output layer",
    variables=[m, L, d, x, y, h, D, v, r, e, mu, sigma, tau, t, c, o, lam, loss, *other_theta],
    hypotheses={
        "depth": num(1) <= L, **MEAN_INPUT, **ACTIVATION, "square": e > 0, "speed": mu > 0, "inside": INSIDE, "inner": inner(lambda w: w > 0),
        "widths": forall_in(n, 1, L, num(1) <= d(n)), "spread": SPREAD_UNITS, "scale": Ne(t, 0),
        "residuals": forall_in(i, 1, m, has_derivative(Lam(f, loss(f, y(i))), c, residual(i))),
    },
    conclusion=Exists(theta, deep_loss_risk(m, L, d, x, y, h, loss, *theta) < CONSTANT_RISK),
    prose="If every unit of the last hidden layer is raised, the constant $c$ plus a multiple of the sum of their outputs has a smaller risk "
    "than the constant, for a multiple near 0 of the right sign.",
    source="Derived here. The losses need not be convex.",
    proof=[
        apply("raised", "jensen.raised_layers"),
        have("width", num(1) <= d(L), by("logic", at("widths", L), "depth")),
        have("each", forall_in(l, 1, d(L), num(0) < sigma * excess(lambda index: output(L, l, index))), proof=[
            take(l), assume("l_low", "l_high"), qed(by("logic", at("raised", L, l)))]),
        have("zero", Eq(Sum(l, 1, d(L), num(0)), 0), by("ring")),
        have("more", Sum(l, 1, d(L), num(0)) < gains, by("sum", "each")),
        have("gain", Eq(gains, sigma * excess(together)), by("ring")),
        have("side", sigma * excess(together) > 0, by("linear", "zero", "more", "gain")),
        have("slope", Eq(Sum(i, 1, m, residual(i) * together(i)), t * excess(together)), by("ring")),
        have("nonzero", Ne(Sum(i, 1, m, residual(i) * together(i)), 0), proof=[
            contradiction("flat",
                have("product", Eq(t * (sigma * excess(together)), 0), by("ideal", "flat", "slope")),
                have("not_zero", Ne(t * (sigma * excess(together)), 0), by("sign", "scale", "side")),
                qed(by("logic", "product", "not_zero")))]),
        have("samples", num(0) <= m, by("linear", "o_low", "o_high")),
        apply("step", "relu_like.loss_descent", {"f": Lam(i, c), "r": Lam(i, residual(i)), "q": Lam(i, together(i))},
              using={"slope": "nonzero", "derivative": "residuals"}),
        obtain(u, "smaller", "step"),
        let("W_def", W, W_TERM),
        let("b_def", b, b_TERM),
        have("weights_kept", forall_in(n, 1, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), Eq(W(n, k, l), V(n, k, l))))), proof=[
            take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"), take(l), assume("l_low", "l_high"),
            qed(by("ring", rewrite=["W_def"]))]),
        have("biases_kept", forall_in(n, 1, L, forall_in(k, 1, d(n), Eq(b(n, k), q(n, k)))), proof=[
            take(n), assume("n_low", "n_high"), take(k), assume("k_low", "k_high"), qed(by("ring", rewrite=["b_def"]))]),
        have("outputs", forall_in(i, 1, m, Eq(deep_network(L, d, h, *theta, sample(i)), c + u * together(i))), proof=[
            take(i), assume("i_low", "i_high"),
            apply("hidden", "jensen.same_layers", {"z": sample(i)}, using={"weights": "weights_kept", "biases": "biases_kept"}),
            have("last", forall_in(l, 1, d(L), Eq(deep_activation(L, d, h, *theta, sample(i), l), output(L, l, i))), proof=[
                take(l), assume("l_low", "l_high"), qed(by("logic", at("hidden", L, l)))]),
            calc("value", deep_network(L, d, h, *theta, sample(i)),
                 ("=", Sum(l, 1, d(L), W(L + 1, 1, l) * deep_activation(L, d, h, *theta, sample(i), l)) + b(L + 1, 1),
                  by("ring", unfold=[deep_network, deep_pre_activation])),
                 ("=", Sum(l, 1, d(L), u * deep_activation(L, d, h, *theta, sample(i), l)) + c, by("ring", rewrite=["W_def", "b_def"])),
                 ("=", c + u * together(i), by("ring", rewrite=["last"]))),
            qed(by("logic", "value"))]),
        witness(*theta),
        have("risk", Eq(deep_loss_risk(m, L, d, x, y, h, loss, *theta), Sum(i, 1, m, loss(c + u * together(i), y(i)))),
             by("ring", rewrite=["outputs"], unfold=[deep_loss_risk])),
        qed(by("linear", "risk", "smaller")),
    ],
    notation=NOTATION,
)  # fmt: skip
