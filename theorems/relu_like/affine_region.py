"""Near parameters whose pre-activations are all positive the network is an affine function on the samples."""

from symproof.logic.syntax import Abs, And, Eq, Exists, Lam, Sum, forall_in
from symproof.proof.author import assume, at, by, calc, conjunction, have, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import (
    NOTATION,
    V1,
    V2,
    W1,
    affine,
    b1,
    c1,
    c2,
    d1,
    dx,
    e,
    h,
    i,
    k,
    l,
    m,
    network,
    other_theta,
    pre_activation,
    relu_like,
    rho,
    s_minus,
    s_plus,
    sample,
    v,
    x,
)  # fmt: skip
from theorems.works import YUN_2019

change = (V1(k, l) - W1(k, l)) * x(i, l)

AFFINE_REGION = theorem(
    "relu_like.affine_region",
    "A region on which the network is affine",
    variables=[m, dx, d1, x, h, s_plus, s_minus, W1, b1, *other_theta, rho],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "margin": forall_in(i, 1, m, forall_in(k, 1, d1,
            rho * (Sum(l, 1, dx, Abs(x(i, l))) + 1) <= pre_activation(W1, b1, k, sample(i)))),
        "weights_near": forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) <= rho)),
        "biases_near": forall_in(k, 1, d1, Abs(c1(k) - b1(k)) <= rho),
    },
    conclusion=And(
        forall_in(i, 1, m, forall_in(k, 1, d1, pre_activation(V1, c1, k, sample(i)) >= 0)),
        Exists((v, e), forall_in(i, 1, m, Eq(network(dx, d1, h, *other_theta, sample(i)), affine(dx, x, v, e, i)))),
    ),
    prose="If every weight and bias of the first layer moves by at most $\\rho$, and $\\rho(\\lvert x_i\\rvert_1 + 1)$ is at most every "
    "pre-activation at $x_i$, then all pre-activations stay nonnegative, and the network is affine on the samples, whatever the "
    "second layer is.",
    origin=Citation(YUN_2019, "proof that the candidate is a local minimum"),
    source="Here with an explicit radius.",
    proof=[
        unfold("slopes", "activation", relu_like),
        have("active", forall_in(i, 1, m, forall_in(k, 1, d1, pre_activation(V1, c1, k, sample(i)) >= 0)), proof=[
            take(i), assume("i_low", "i_high"), take(k), assume("k_low", "k_high"),
            have("weight", forall_in(l, 1, dx, -rho * Abs(x(i, l)) <= change), proof=[
                take(l), assume("l_low", "l_high"),
                have("slack", (rho - Abs(V1(k, l) - W1(k, l))) * Abs(x(i, l)) >= 0, proof=[
                    have("near", rho - Abs(V1(k, l) - W1(k, l)) >= 0, by("linear", at("weights_near", k, l))),
                    qed(by("sign", "near"))]),
                have("absolute", -Abs(change) <= change, by("linear")),
                qed(by("linear", "slack", "absolute")),
            ]),
            have("weights", Sum(l, 1, dx, -rho * Abs(x(i, l))) <= Sum(l, 1, dx, change), by("sum", "weight")),
            have("bias", -rho <= c1(k) - b1(k), by("linear", at("biases_near", k))),
            calc("moved", pre_activation(V1, c1, k, sample(i)),
                 ("=", pre_activation(W1, b1, k, sample(i)) + Sum(l, 1, dx, change) + (c1(k) - b1(k)), by("ring")),
                 (">=", rho * (Sum(l, 1, dx, Abs(x(i, l))) + 1) + Sum(l, 1, dx, -rho * Abs(x(i, l))) - rho,
                  by("linear", at("margin", i, k), "weights", "bias")),
                 ("=", 0, by("ring"))),
            qed(by("logic", "moved")),
        ]),
        conjunction(
            [qed(by("logic", "active"))],
            [witness(Lam(l, s_plus * Sum(k, 1, d1, V2(k) * V1(k, l))), s_plus * Sum(k, 1, d1, V2(k) * c1(k)) + c2,
                     note="All units act on their linear piece of slope $s_+$."),
             take(i), assume("i_low", "i_high"),
             have("on_samples", forall_in(k, 1, d1, Eq(h(pre_activation(V1, c1, k, sample(i))), s_plus * pre_activation(V1, c1, k, sample(i)))),
                  proof=[take(k), assume("k_low", "k_high"),
                         have("sign", pre_activation(V1, c1, k, sample(i)) >= 0, by("logic", at("active", i, k))),
                         qed(by("ring", rewrite=["slopes"]))]),
             calc("output", network(dx, d1, h, *other_theta, sample(i)),
                  ("=", Sum(k, 1, d1, V2(k) * h(pre_activation(V1, c1, k, sample(i)))) + c2, by("ring", unfold=[network])),
                  ("=", Sum(k, 1, d1, V2(k) * (s_plus * pre_activation(V1, c1, k, sample(i)))) + c2, by("ring", rewrite=["on_samples"])),
                  ("=", affine(dx, x, Lam(l, s_plus * Sum(k, 1, d1, V2(k) * V1(k, l))), s_plus * Sum(k, 1, d1, V2(k) * c1(k)) + c2, i),
                   by("ring", unfold=[affine]))),
             qed(by("logic", "output"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
