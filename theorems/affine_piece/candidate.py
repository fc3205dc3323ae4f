"""Explicit parameters whose network is the best affine map on the samples, with all pre-activations inside the piece."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Ite, Lam, Ne, Sum, forall_in, num
from symproof.proof.author import apply, assume, at, by, calc, case, cases, conjunction, have, qed, take, unfold
from symproof.proof.theorem import theorem
from theorems.affine_piece.affine_region import MARGIN, before
from theorems.affine_piece.local_minimum import definitions, outputs, own
from theorems.affine_piece.network import (
    NOTATION,
    W1,
    W2,
    A,
    U,
    V,
    Y,
    a,
    affine_map_risk,
    affine_on,
    alpha,
    b1,
    b2,
    beta,
    c,
    coordinate,
    d1,
    dx,
    dy,
    fit,
    gap,
    h,
    hi,
    i,
    k,
    l,
    lo,
    m,
    network,
    norm,
    o,
    q,
    rho,
    risk,
    s,
    theta,
    x,
)  # fmt: skip
from theorems.relu_like.network import affine, sample

offset = c(o) - (s * beta + a) / (alpha * s) * Sum(k, 1, q, U(o, k))
"""The output bias that takes away what the hidden biases add."""
PARAMETERS = {
    "W1_def": ForAll((k, l), Eq(W1(k, l), Ite(k <= q, alpha * V(k, l), 0))),
    "b1_def": ForAll(k, Eq(b1(k), beta)),
    "W2_def": ForAll((o, k), Eq(W2(o, k), Ite(k <= q, U(o, k) / (alpha * s), 0))),
    "b2_def": ForAll(o, Eq(b2(o), offset)),
}
CARRIED = {
    "piece": affine_on(h, s, a, lo, hi),
    "slope": Ne(s, 0),
    "coordinates": num(0) <= q,
    "factors": forall_in(o, 1, dy, forall_in(l, 1, dx, Eq(A(o, l), Sum(k, 1, q, U(o, k) * V(k, l))))),
    "scale": alpha > 0,
    "gap": gap > 0,
    "gap_low": gap <= beta - lo,
    "gap_high": gap <= hi - beta,
    "spread": forall_in(i, 1, m, forall_in(k, 1, q, alpha * Abs(coordinate(k, i)) <= gap / 2)),
}
"""The affine map is U V x + c; V x, scaled by alpha, stays within half the distance of beta to the ends of the piece."""

CANDIDATE = theorem(
    "affine_piece.candidate",
    "The candidate computes the affine map",
    variables=[m, dx, dy, d1, q, x, Y, h, s, a, lo, hi, A, c, U, V, alpha, beta, gap, rho, *theta],
    hypotheses={
        **CARRIED,
        "width": q <= d1,
        "reach": forall_in(i, 1, m, rho * norm(i) <= gap / 2),
        **PARAMETERS,
    },
    conclusion=And(MARGIN["margin_low"], MARGIN["margin_high"], outputs,
                   Eq(risk(*own), affine_map_risk(m, dx, dy, x, Y, A, c))),
    prose="If the affine map factors through $q$ coordinates, $\\bar A = U V$, the first $q$ units carry $\\alpha V x$, moved to $\\beta$ inside the "
    "affine piece; the other units are constant and have outgoing weight 0. On the samples the network is the affine map.",
    source="Christof & Kowalczyk 2023 for one output; here for several, with $q$ units.",
    proof=[
        unfold("straight", "piece", affine_on),
        have("first", forall_in(i, 1, m, forall_in(k, 1, q, Eq(before, alpha * coordinate(k, i) + beta))),
             by("ring", rewrite=["W1_def", "b1_def"])),
        have("signed", forall_in(i, 1, m, forall_in(k, 1, q, And(-gap / 2 <= alpha * coordinate(k, i), alpha * coordinate(k, i) <= gap / 2))), proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            have("up", coordinate(k, i) + Abs(coordinate(k, i)) >= 0, by("linear")),
            have("down", Abs(coordinate(k, i)) - coordinate(k, i) >= 0, by("linear")),
            have("scaled_up", alpha * (coordinate(k, i) + Abs(coordinate(k, i))) >= 0, by("sign", "scale", "up")),
            have("scaled_down", alpha * (Abs(coordinate(k, i)) - coordinate(k, i)) >= 0, by("sign", "scale", "down")),
            conjunction(
                [qed(by("linear", "scaled_up", at("spread", i, k)))],
                [qed(by("linear", "scaled_down", at("spread", i, k)))]),
        ]),
        have("near_middle", forall_in(i, 1, m, forall_in(k, 1, d1, And(beta - gap / 2 <= before, before <= beta + gap / 2))), proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            cases(
                case("carrier", k <= q,
                     have("value", Eq(before, alpha * coordinate(k, i) + beta), by("logic", at("first", i, k))),
                     have("size", And(-gap / 2 <= alpha * coordinate(k, i), alpha * coordinate(k, i) <= gap / 2), by("logic", at("signed", i, k))),
                     conjunction([qed(by("linear", "value", "size"))], [qed(by("linear", "value", "size"))])),
                case("constant", k > q,
                     have("value", Eq(before, beta), by("ring", rewrite=["W1_def", "b1_def"])),
                     conjunction([qed(by("linear", "value", "gap"))], [qed(by("linear", "value", "gap"))]))),
        ]),
        have("margin_low", MARGIN["margin_low"], proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            qed(by("linear", at("near_middle", i, k), at("reach", i), "gap_low"))]),
        have("margin_high", MARGIN["margin_high"], proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            qed(by("linear", at("near_middle", i, k), at("reach", i), "gap_high"))]),
        have("outputs", outputs, proof=[
            take(o), assume("o_low", "o_high"), take(i), assume("i_low", "i_high"),
            have("values", forall_in(k, 1, q, Eq(h(before), s * (alpha * coordinate(k, i) + beta) + a)), proof=[
                take(k), assume("k_low", "k_high"),
                have("value", Eq(before, alpha * coordinate(k, i) + beta), by("logic", at("first", i, k))),
                have("size", And(-gap / 2 <= alpha * coordinate(k, i), alpha * coordinate(k, i) <= gap / 2), by("logic", at("signed", i, k))),
                have("above", lo < before, by("linear", "value", "size", "gap_low", "gap")),
                have("below", before < hi, by("linear", "value", "size", "gap_high", "gap")),
                have("there", Eq(h(before), s * before + a), by("logic", at("straight", before), "above", "below")),
                qed(by("ring", rewrite=["there", "value"]))]),
            have("rest", forall_in(k, q + 1, d1, Eq(W2(o, k) * h(before), 0)), proof=[
                take(k), assume("k_low", "k_high"),
                have("beyond", k > q, by("linear", "k_low")),
                qed(by("ring", rewrite=["W2_def"]))]),
            apply("padded", "linear_algebra.padded_sum", {"n": d1, "f": Lam(k, W2(o, k) * h(before))},
                  using={"zero": "rest", "nonnegative": "coordinates", "shorter": "width"}),
            calc("value", network(dx, d1, h, *theta, sample(i), o),
                 ("=", Sum(k, 1, d1, W2(o, k) * h(before)) + b2(o), by("ring", unfold=[network])),
                 ("=", Sum(k, 1, q, W2(o, k) * h(before)) + b2(o), by("linear", "padded")),
                 ("=", Sum(k, 1, q, W2(o, k) * (s * (alpha * coordinate(k, i) + beta) + a)) + b2(o), by("ring", rewrite=["values"])),
                 ("=", Sum(k, 1, q, U(o, k) / (alpha * s) * (s * (alpha * coordinate(k, i) + beta) + a)) + offset,
                  by("ring", rewrite=["W2_def", "b2_def"])),
                 ("=", Sum(k, 1, q, U(o, k) * coordinate(k, i)) + c(o), by("field")),
                 ("=", Sum(l, 1, dx, Sum(k, 1, q, U(o, k) * V(k, l)) * x(i, l)) + c(o), by("ring")),
                 ("=", fit(o, i), by("ring", rewrite=["factors"], unfold=[affine]))),
            qed(by("logic", "value")),
        ]),
        have("equal_risk", Eq(risk(*own), affine_map_risk(m, dx, dy, x, Y, A, c)), by("ring", rewrite=["outputs"], unfold=definitions)),
        conjunction([qed(by("logic", "margin_low"))], [qed(by("logic", "margin_high"))], [qed(by("logic", "outputs"))],
                    [qed(by("logic", "equal_risk"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
