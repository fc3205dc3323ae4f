"""Parameters whose network is the affine fit plus one additional unit on the samples."""

from symproof.logic.syntax import Eq, ForAll, Ite, Sum, forall_in, num, real
from symproof.proof.author import assume, at, by, calc, have, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.relu_like.isolating_direction import p, projection
from theorems.relu_like.kink import b
from theorems.relu_like.network import (
    NOTATION,
    V1,
    V2,
    affine,
    alpha,
    c,
    c1,
    c2,
    d1,
    dx,
    eta,
    h,
    i,
    k,
    l,
    m,
    network,
    other_theta,
    pre_activation,
    relu_like,
    s_minus,
    s_plus,
    sample,
    w,
    x,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit

u = real("u")


def unit(index):
    """The output of the additional unit at a sample."""
    return h(projection(p, index) + b)


BETTER_PARAMETERS = {
    "V1_def": ForAll((k, l), Eq(V1(k, l), Ite(Eq(k, 1), alpha * w(l), Ite(Eq(k, 2), p(l), 0)))),
    "c1_def": ForAll(k, Eq(c1(k), Ite(Eq(k, 1), alpha * (c - eta), Ite(Eq(k, 2), b, 0)))),
    "V2_def": ForAll(k, Eq(V2(k), Ite(Eq(k, 1), 1 / (alpha * s_plus), Ite(Eq(k, 2), u, 0)))),
    "c2_def": Eq(c2, eta),
}

ADDITIONAL_UNIT = theorem(
    "relu_like.additional_unit",
    "The affine fit and one additional unit",
    variables=[m, dx, d1, x, h, s_plus, s_minus, w, c, alpha, eta, p, b, u, *other_theta],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "slope": s_plus > 0,
        "width": num(2) <= d1,
        "scale": alpha > 0,
        "eta_below": forall_in(i, 1, m, fit(i) - eta > 0),
        **BETTER_PARAMETERS,
    },
    conclusion=forall_in(i, 1, m, Eq(network(dx, d1, h, *other_theta, sample(i)), fit(i) + u * unit(i))),
    prose="Unit 1 carries the affine fit, unit 2 the additional unit with outgoing weight $u$; the other units have outgoing weight 0.",
    source="Ours; it replaces the two-unit construction of the paper.",
    proof=[
        unfold("slopes", "activation", relu_like),
        take(i), assume("i_low", "i_high"),
        have("above", alpha * (fit(i) - eta) > 0, by("sign", "scale", at("eta_below", i))),
        have("linear_piece", Eq(h(alpha * (fit(i) - eta)), s_plus * (alpha * (fit(i) - eta))), by("ring", rewrite=["slopes"])),
        calc("value", network(dx, d1, h, *other_theta, sample(i)),
             ("=", Sum(k, 1, d1, V2(k) * h(pre_activation(V1, c1, k, sample(i)))) + c2, by("ring", unfold=[network])),
             ("=", 1 / (alpha * s_plus) * h(alpha * (fit(i) - eta)) + u * unit(i) + eta,
              by("ring", rewrite=["V1_def", "c1_def", "V2_def", "c2_def"], unfold=[affine])),
             ("=", 1 / (alpha * s_plus) * (s_plus * (alpha * (fit(i) - eta))) + u * unit(i) + eta,
              by("ring", rewrite=["linear_piece"])),
             ("=", fit(i) + u * unit(i), by("field"))),
        qed(by("logic", "value")),
    ],
    notation={**NOTATION, "p": "w"},
)  # fmt: skip
