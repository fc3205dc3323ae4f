"""Parameters that compute the best affine fit with positive pre-activations are a local minimum."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, Sum, forall_in
from symproof.proof.author import apply, assume, at, by, calc, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import Citation, theorem
from theorems.relu_like.network import (
    NOTATION,
    V1,
    W1,
    affine,
    affine_risk,
    b1,
    c,
    c1,
    close,
    d1,
    dx,
    e,
    h,
    i,
    k,
    l,
    local_minimum,
    m,
    network,
    other_theta,
    pre_activation,
    relu_like,
    rho,
    risk,
    s_minus,
    s_plus,
    sample,
    theta,
    v,
    w,
    x,
    y,
)  # fmt: skip
from theorems.relu_like.normal_equations import fit, normal
from theorems.works import YUN_2019

region = ForAll(other_theta, Implies(
    close(dx, d1, rho, *theta, *other_theta),
    risk(m, dx, d1, x, y, h, *theta) <= risk(m, dx, d1, x, y, h, *other_theta),
))  # fmt: skip

LOCAL_MINIMUM = theorem(
    "relu_like.local_minimum",
    "A local minimum with an explicit radius",
    variables=[m, dx, d1, x, y, h, s_plus, s_minus, w, c, *theta, rho],
    hypotheses={
        "activation": relu_like(h, s_plus, s_minus),
        "features": normal.args[0],
        "constant": normal.args[1],
        "outputs": forall_in(i, 1, m, Eq(network(dx, d1, h, *theta, sample(i)), fit(i))),
        "radius": rho > 0,
        "margin": forall_in(i, 1, m, forall_in(k, 1, d1,
            rho * (Sum(l, 1, dx, Abs(x(i, l))) + 1) <= pre_activation(W1, b1, k, sample(i)))),
    },
    conclusion=And(region, local_minimum(m, dx, d1, x, y, h, *theta)),
    prose="If the network is the least squares fit on the samples, and $\\rho(\\lvert x_i\\rvert_1 + 1)$ is at most every pre-activation at $x_i$, "
    "then no parameters closer than $\\rho$ have a smaller risk.",
    origin=Citation(YUN_2019, "proof that the candidate is a local minimum"),
    source="Here with an explicit radius.",
    proof=[
        apply(("orthogonal", "split"), "relu_like.pythagoras"),
        have("own_risk", Eq(risk(m, dx, d1, x, y, h, *theta), affine_risk(m, dx, x, y, w, c)),
             by("ring", rewrite=["outputs"], unfold=[risk, affine_risk])),
        have("region", region, proof=[
            take(*other_theta), assume("near"),
            unfold("moves", "near", close),
            have("weights_near", forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) <= rho)), proof=[
                have("part", forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) < rho)), by("logic", "moves")),
                take(k), assume("k_low", "k_high"), take(l), assume("l_low", "l_high"),
                qed(by("linear", at("part", k, l)))]),
            have("biases_near", forall_in(k, 1, d1, Abs(c1(k) - b1(k)) <= rho), proof=[
                have("part", forall_in(k, 1, d1, Abs(c1(k) - b1(k)) < rho), by("logic", "moves")),
                take(k), assume("k_low", "k_high"),
                qed(by("linear", at("part", k)))]),
            apply(("active", "affine_there"), "relu_like.affine_region"),
            obtain((v, e), "affine_outputs", "affine_there"),
            have("square", Sum(i, 1, m, (affine(dx, x, v, e, i) - fit(i)) ** 2) >= 0, by("sign")),
            calc("chain", risk(m, dx, d1, x, y, h, *other_theta),
                 ("=", affine_risk(m, dx, x, y, v, e), by("ring", rewrite=["affine_outputs"], unfold=[risk, affine_risk])),
                 (">=", affine_risk(m, dx, x, y, w, c), by("linear", at("split", v, e), "square")),
                 ("=", risk(m, dx, d1, x, y, h, *theta), by("ring", rewrite=["own_risk"]))),
            qed(by("linear", "chain")),
        ]),
        conjunction(
            [qed(by("logic", "region"))],
            [unfold("", "goal", local_minimum), witness(rho),
             qed(by("logic", "radius", "region"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
