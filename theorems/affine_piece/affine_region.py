"""Near parameters whose pre-activations lie inside the affine piece the network is an affine map on the samples."""

from symproof.logic.syntax import Abs, And, Eq, Exists, Lam, Sum, forall_in
from symproof.proof.author import assume, at, by, calc, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.affine_piece.network import (
    NOTATION,
    V1,
    V2,
    W1,
    B,
    a,
    affine_on,
    b1,
    c1,
    c2,
    d1,
    dx,
    dy,
    e,
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
    other_theta,
    rho,
    row,
    s,
    x,
)  # fmt: skip
from theorems.relu_like.network import affine, pre_activation, sample

change = (V1(k, l) - W1(k, l)) * x(i, l)
before = pre_activation(W1, b1, k, sample(i))
after = pre_activation(V1, c1, k, sample(i))
weights = Lam((o, l), s * Sum(k, 1, d1, V2(o, k) * V1(k, l)))
intercepts = Lam(o, s * Sum(k, 1, d1, V2(o, k) * c1(k)) + a * Sum(k, 1, d1, V2(o, k)) + c2(o))


def output(index):
    """The affine map that the network is, at output o."""
    return affine(dx, x, Lam(l, s * Sum(k, 1, d1, V2(o, k) * V1(k, l))),
                  s * Sum(k, 1, d1, V2(o, k) * c1(k)) + a * Sum(k, 1, d1, V2(o, k)) + c2(o), index)  # fmt: skip


MARGIN = {
    "margin_low": forall_in(i, 1, m, forall_in(k, 1, d1, rho * norm(i) <= before - lo)),
    "margin_high": forall_in(i, 1, m, forall_in(k, 1, d1, rho * norm(i) <= hi - before)),
}

AFFINE_REGION = theorem(
    "affine_piece.affine_region",
    "A region on which the network is an affine map",
    variables=[m, dx, dy, d1, x, h, s, a, lo, hi, W1, b1, *other_theta, rho],
    hypotheses={
        "piece": affine_on(h, s, a, lo, hi),
        **MARGIN,
        "weights_near": forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) < rho)),
        "biases_near": forall_in(k, 1, d1, Abs(c1(k) - b1(k)) < rho),
    },
    conclusion=And(
        forall_in(i, 1, m, forall_in(k, 1, d1, And(lo < after, after < hi))),
        Exists((B, e), forall_in(o, 1, dy, forall_in(i, 1, m,
            Eq(network(dx, d1, h, *other_theta, sample(i), o), affine(dx, x, row(B, o), e(o), i))))),
    ),
    prose="If every weight and bias of the first layer moves by less than $\\rho$, and $\\rho(\\lvert x_i\\rvert_1 + 1)$ is at most the distance of "
    "every pre-activation at $x_i$ to the ends of the affine piece, then all pre-activations stay inside, and the network is an affine map "
    "on the samples, whatever the second layer is.",
    source="As for ReLU-like networks; here for any affine piece and several outputs.",
    proof=[
        unfold("straight", "piece", affine_on),
        have("inside", forall_in(i, 1, m, forall_in(k, 1, d1, And(lo < after, after < hi))), proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            have("weight_low", forall_in(l, 1, dx, -rho * Abs(x(i, l)) <= change), proof=[
                take(l), assume("l_low", "l_high"),
                have("slack", (rho - Abs(V1(k, l) - W1(k, l))) * Abs(x(i, l)) >= 0, proof=[
                    have("near", rho - Abs(V1(k, l) - W1(k, l)) >= 0, by("linear", at("weights_near", k, l))),
                    qed(by("sign", "near"))]),
                have("absolute", -Abs(change) <= change, by("linear")),
                qed(by("linear", "slack", "absolute")),
            ]),
            have("weight_high", forall_in(l, 1, dx, change <= rho * Abs(x(i, l))), proof=[
                take(l), assume("l_low", "l_high"),
                have("slack", (rho - Abs(V1(k, l) - W1(k, l))) * Abs(x(i, l)) >= 0, proof=[
                    have("near", rho - Abs(V1(k, l) - W1(k, l)) >= 0, by("linear", at("weights_near", k, l))),
                    qed(by("sign", "near"))]),
                have("absolute", change <= Abs(change), by("linear")),
                qed(by("linear", "slack", "absolute")),
            ]),
            have("weights_low", Sum(l, 1, dx, -rho * Abs(x(i, l))) <= Sum(l, 1, dx, change), by("sum", "weight_low")),
            have("weights_high", Sum(l, 1, dx, change) <= Sum(l, 1, dx, rho * Abs(x(i, l))), by("sum", "weight_high")),
            have("bias_low", -rho < c1(k) - b1(k), by("linear", at("biases_near", k))),
            have("bias_high", c1(k) - b1(k) < rho, by("linear", at("biases_near", k))),
            have("moved", Eq(after, before + Sum(l, 1, dx, change) + (c1(k) - b1(k))), by("ring")),
            conjunction(
                [qed(by("linear", "moved", "weights_low", "bias_low", at("margin_low", i, k)))],
                [qed(by("linear", "moved", "weights_high", "bias_high", at("margin_high", i, k)))]),
        ]),
        conjunction(
            [qed(by("logic", "inside"))],
            [witness(weights, intercepts, note="All units act on their affine piece."),
             take(o), assume("o_low", "o_high"), take(i), assume("i_low", "i_high"),
             have("on_samples", forall_in(k, 1, d1, Eq(h(after), s * after + a)),
                  proof=[take(k), assume("k_low", "k_high"),
                         have("within", And(lo < after, after < hi), by("logic", at("inside", i, k))),
                         qed(by("logic", at("straight", after), "within"))]),
             calc("output", network(dx, d1, h, *other_theta, sample(i), o),
                  ("=", Sum(k, 1, d1, V2(o, k) * h(after)) + c2(o), by("ring", unfold=[network])),
                  ("=", Sum(k, 1, d1, V2(o, k) * (s * after + a)) + c2(o), by("ring", rewrite=["on_samples"])),
                  ("=", output(i), by("ring", unfold=[affine]))),
             qed(by("logic", "output"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
