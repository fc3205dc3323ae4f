"""Explicit parameters of a deep network that compute the best affine fit, with all pre-activations positive."""

from symproof.logic.syntax import And, Eq, ForAll, Implies, Ite, Lam, Sum, forall_in, num
from symproof.proof.author import (
    assume,
    at,
    by,
    calc,
    case,
    cases,
    conjunction,
    have,
    induction,
    qed,
    take,
    unfold,
)  # fmt: skip
from symproof.proof.theorem import theorem
from theorems.relu_like.deep_affine_region import ORIGIN, before, output
from theorems.relu_like.deep_local_minimum import fit, fits, own
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    W,
    b,
    d,
    deep_activation,
    deep_network,
    deep_pre_activation,
    deep_risk,
    n,
    theta,
)  # fmt: skip
from theorems.relu_like.network import (
    affine,
    affine_risk,
    alpha,
    c,
    eta,
    h,
    i,
    k,
    l,
    m,
    relu_like,
    s_minus,
    s_plus,
    sample,
    w,
    x,
    y,
)  # fmt: skip


def deep_candidate_terms(scale):
    """The parameters of the candidate for one scale, as terms."""
    outgoing = Ite(Eq(n, L + 1), 1 / (scale * s_plus), 1 / s_plus)
    carrier = Ite(Eq(n, 1), scale * (c - eta), 0)
    return {
        "W": Lam((n, k, l), Ite(Eq(n, 1), Ite(Eq(k, 1), scale * w(l), 0), Ite(And(Eq(k, 1), Eq(l, 1)), outgoing, 0))),
        "b": Lam((n, k), Ite(Eq(n, L + 1), eta, Ite(Eq(k, 1), carrier, -scale * eta))),
    }


DEEP_PARAMETERS = {
    "W_def": ForAll((n, k, l), Eq(W(n, k, l), deep_candidate_terms(alpha)["W"](n, k, l))),
    "b_def": ForAll((n, k), Eq(b(n, k), deep_candidate_terms(alpha)["b"](n, k))),
}

first = forall_in(n, 1, L, forall_in(i, 1, m, Eq(before(num(1)), alpha * (fit(i) - eta))))
others = forall_in(n, 1, L, forall_in(i, 1, m, ForAll(k, Implies(num(2) <= k, Eq(before(k), -alpha * eta)))))
carried = Eq(before(num(1)), alpha * (fit(i) - eta))

DEEP_CANDIDATE = theorem(
    "relu_like.deep_candidate",
    "The deep candidate computes the best affine fit",
    variables=[m, L, d, x, y, h, s_plus, s_minus, w, c, alpha, eta, *theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "depth": num(1) <= L,
        "widths": forall_in(n, 1, L, num(1) <= d(n)),
        "scale": alpha > 0,
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        **DEEP_PARAMETERS,
    },
    conclusion=And(first, others, fits, Eq(deep_risk(*own), affine_risk(m, d(0), x, y, w, c))),
    prose="Unit 1 of each hidden layer carries the affine fit, shifted by $\\eta$ so that its pre-activations are positive; the other units are "
    "constant, and nothing reads them. On the samples the network is the affine fit, so its risk is that of linear least squares.",
    origin=ORIGIN,
    source="The paper's candidate with one hidden layer, passed on by the later layers.",
    proof=[
        unfold("slopes", "activation", relu_like),
        have("first", ForAll(n, Implies(num(1) <= n, Implies(n <= L, forall_in(i, 1, m, carried)))), proof=[
            induction(n,
                base=[
                    assume("inside"), take(i), assume("i_low", "i_high"),
                    qed(by("ring", rewrite=["W_def", "b_def"], unfold=[deep_pre_activation, deep_activation, affine])),
                ],
                hypothesis="shallower", bound="n_positive",
                step=[
                    assume("inside"), take(i), assume("i_low", "i_high"),
                    have("inside_before", n <= L, by("linear", "inside")),
                    have("width", num(1) <= d(n), by("logic", at("widths", n))),
                    have("value", carried, proof=[
                        have("all", forall_in(i, 1, m, carried), by("logic", "shallower", "inside_before")),
                        qed(by("logic", at("all", i)))]),
                    have("above", alpha * (fit(i) - eta) > 0, by("sign", "scale", at("eta_below", i))),
                    calc("sent", output(n, num(1)),
                         ("=", h(before(num(1))), by("ring", unfold=[deep_activation, deep_pre_activation])),
                         ("=", h(alpha * (fit(i) - eta)), by("ring", rewrite=["value"])),
                         ("=", s_plus * (alpha * (fit(i) - eta)), by("ring", rewrite=["slopes"]))),
                    calc("received", deep_pre_activation(n + 1, d, h, *theta, sample(i), 1),
                         ("=", Sum(l, 1, d(n), W(n + 1, 1, l) * output(n, l)) + b(n + 1, 1), by("ring", unfold=[deep_pre_activation])),
                         ("=", 1 / s_plus * output(n, num(1)), by("ring", rewrite=["W_def", "b_def"])),
                         ("=", 1 / s_plus * (s_plus * (alpha * (fit(i) - eta))), by("ring", rewrite=["sent"])),
                         ("=", alpha * (fit(i) - eta), by("field"))),
                    qed(by("logic", "received")),
                ]),
        ]),
        have("others", others, proof=[
            take(n), assume("n_low", "n_high"), take(i), assume("i_low", "i_high"), take(k), assume("k_low"),
            cases(
                case("layer_one", Eq(n, 1), qed(by("ring", rewrite=["layer_one", "W_def", "b_def"], unfold=[deep_pre_activation]))),
                case("later", num(2) <= n, qed(by("ring", rewrite=["W_def", "b_def"], unfold=[deep_pre_activation])))),
        ]),
        have("outputs", fits, proof=[
            take(i), assume("i_low", "i_high"),
            have("above", alpha * (fit(i) - eta) > 0, by("sign", "scale", at("eta_below", i))),
            have("width", num(1) <= d(L), by("logic", at("widths", L))),
            have("last", Eq(deep_pre_activation(L, d, h, *theta, sample(i), 1), alpha * (fit(i) - eta)), by("logic", at("first", L, i))),
            calc("sent", output(L, num(1)),
                 ("=", h(deep_pre_activation(L, d, h, *theta, sample(i), 1)), by("ring", unfold=[deep_activation, deep_pre_activation])),
                 ("=", h(alpha * (fit(i) - eta)), by("ring", rewrite=["last"])),
                 ("=", s_plus * (alpha * (fit(i) - eta)), by("ring", rewrite=["slopes"]))),
            calc("value", deep_network(L, d, h, *theta, sample(i)),
                 ("=", Sum(l, 1, d(L), W(L + 1, 1, l) * output(L, l)) + b(L + 1, 1),
                  by("ring", unfold=[deep_network, deep_pre_activation])),
                 ("=", 1 / (alpha * s_plus) * output(L, num(1)) + eta, by("ring", rewrite=["W_def", "b_def"])),
                 ("=", 1 / (alpha * s_plus) * (s_plus * (alpha * (fit(i) - eta))) + eta, by("ring", rewrite=["sent"])),
                 ("=", fit(i), by("field"))),
            qed(by("logic", "value")),
        ]),
        have("equal_risk", Eq(deep_risk(*own), affine_risk(m, d(0), x, y, w, c)),
             by("ring", rewrite=["outputs"], unfold=[deep_risk, affine_risk])),
        conjunction(
            [take(n), assume("n_low", "n_high"), take(i), assume("i_low", "i_high"), qed(by("logic", at("first", n, i)))],
            [qed(by("logic", "others"))], [qed(by("logic", "outputs"))], [qed(by("logic", "equal_risk"))]),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip
