"""Explicit parameters whose network is the best affine fit on the samples, with all pre-activations positive."""

from symproof.logic.syntax import And, Eq, ForAll, Implies, Ite, Min, MinOver, Sum, forall_in, integer, num, real
from symproof.proof.author import assume, at, by, calc, case, cases, conjunction, have, let, qed, take, unfold
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import (
    NOTATION,
    W1,
    W2,
    affine,
    affine_risk,
    alpha,
    b1,
    b2,
    c,
    d1,
    dx,
    eta,
    h,
    i,
    k,
    l,
    m,
    network,
    pre_activation,
    relu_like,
    risk,
    s_minus,
    s_plus,
    sample,
    theta,
    w,
    x,
    y,
)  # fmt: skip
from theorems.works import YUN_2019

p = integer("p")
low = real("low")


def fit(index):
    """The affine fit at a sample."""
    return affine(dx, x, w, c, index)


PARAMETERS = {
    "W1_def": ForAll((k, l), Eq(W1(k, l), Ite(Eq(k, 1), alpha * w(l), 0))),
    "b1_def": ForAll(k, Eq(b1(k), Ite(Eq(k, 1), alpha * (c - eta), -alpha * eta))),
    "W2_def": ForAll(k, Eq(W2(k), Ite(Eq(k, 1), 1 / (alpha * s_plus), 0))),
    "b2_def": Eq(b2, eta),
}

ETA_BELOW_FIT = theorem(
    "relu_like.eta_below_fit",
    "The offset lies below 0 and below the fit",
    variables=[m, dx, x, w, c, eta],
    hypotheses={
        "samples": num(1) <= m,
        "eta_def": Eq(eta, Min(-1, 2 * MinOver(i, 1, m, fit(i)))),
    },
    conclusion=And(eta < 0, forall_in(i, 1, m, fit(i) - eta > 0)),
    prose="With $\\eta = \\min\\{-1, 2\\min_i a(x_i)\\}$ both $-\\eta$ and $a(x_i) - \\eta$ are positive.",
    origin=Citation(YUN_2019, "construction of the local minimum"),
    proof=[
        have("negative", eta < 0, by("linear", "eta_def")),
        conjunction(
            [qed(by("logic", "negative"))],
            [take(i), assume("i_low", "i_high"),
             let("low_def", low, MinOver(p, 1, m, fit(p)), note="The smallest value of the fit."),
             have("least", low <= fit(i), proof=[
                 have("member", MinOver(p, 1, m, fit(p)) <= fit(i), by("extremum")),
                 qed(by("rewrite", "low_def", "member"))]),
             have("twice", Eq(eta, Min(-1, 2 * low)), by("rewrite", "low_def", "eta_def")),
             cases(
                 case("fit_positive", low >= 0, qed(by("linear", "least", "fit_positive", "negative"))),
                 case("fit_negative", low < 0, qed(by("linear", "least", "fit_negative", "twice"))))]),
    ],
    notation=NOTATION,
)  # fmt: skip

CANDIDATE = theorem(
    "relu_like.candidate",
    "The candidate computes the best affine fit",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c, alpha, eta, *theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "width": num(1) <= d1,
        "scale": alpha > 0,
        "eta_negative": eta < 0,
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        **PARAMETERS,
    },
    conclusion=And(
        forall_in(i, 1, m, Eq(pre_activation(W1, b1, num(1), sample(i)), alpha * (fit(i) - eta))),
        forall_in(i, 1, m, ForAll(k, Implies(num(2) <= k, Eq(pre_activation(W1, b1, k, sample(i)), -alpha * eta)))),
        forall_in(i, 1, m, Eq(network(dx, d1, h, *theta, sample(i)), fit(i))),
        Eq(risk(m, dx, d1, x, y, h, *theta), affine_risk(m, dx, x, y, w, c)),
    ),
    prose="Unit 1 carries the affine fit, shifted by $\\eta$ so that its pre-activations are positive; the other units are constant "
    "and have outgoing weight 0. On the samples the network is the affine fit, so its risk is that of linear least squares.",
    origin=Citation(YUN_2019, "construction of the local minimum"),
    proof=[
        unfold("slopes", "activation", relu_like),
        have("first", forall_in(i, 1, m, Eq(pre_activation(W1, b1, num(1), sample(i)), alpha * (fit(i) - eta))),
             by("ring", rewrite=["W1_def", "b1_def"], unfold=[affine])),
        have("others", forall_in(i, 1, m, ForAll(k, Implies(num(2) <= k, Eq(pre_activation(W1, b1, k, sample(i)), -alpha * eta)))),
             by("ring", rewrite=["W1_def", "b1_def"])),
        have("outputs", forall_in(i, 1, m, Eq(network(dx, d1, h, *theta, sample(i)), fit(i))), proof=[
            take(i), assume("i_low", "i_high"),
            have("above", alpha * (fit(i) - eta) > 0, by("sign", "scale", at("eta_below", i))),
            calc("value", network(dx, d1, h, *theta, sample(i)),
                 ("=", Sum(k, 1, d1, W2(k) * h(pre_activation(W1, b1, k, sample(i)))) + b2, by("ring", unfold=[network])),
                 ("=", 1 / (alpha * s_plus) * h(alpha * (fit(i) - eta)) + eta,
                  by("ring", rewrite=["W1_def", "b1_def", "W2_def", "b2_def"], unfold=[affine])),
                 ("=", 1 / (alpha * s_plus) * (s_plus * (alpha * (fit(i) - eta))) + eta, by("ring", rewrite=["slopes"])),
                 ("=", fit(i), by("field"))),
            qed(by("logic", "value")),
        ]),
        have("equal_risk", Eq(risk(m, dx, d1, x, y, h, *theta), affine_risk(m, dx, x, y, w, c)),
             by("ring", rewrite=["outputs"], unfold=[risk, affine_risk])),
        conjunction([qed(by("logic", "first"))], [qed(by("logic", "others"))], [qed(by("logic", "outputs"))],
                    [qed(by("logic", "equal_risk"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
