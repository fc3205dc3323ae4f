"""Parameters that compute the best affine map with all pre-activations inside the affine piece are a local minimum."""

from symproof.logic.syntax import Abs, And, Eq, ForAll, Implies, forall_in
from symproof.proof.author import apply, assume, at, by, calc, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.affine_piece.affine_region import MARGIN
from theorems.affine_piece.network import (
    NOTATION,
    V1,
    W1,
    A,
    B,
    Y,
    a,
    affine_map_risk,
    affine_on,
    b1,
    best_affine_map,
    c,
    c1,
    close,
    d1,
    dx,
    dy,
    e,
    fit,
    h,
    hi,
    i,
    k,
    l,
    lo,
    local_minimum,
    m,
    network,
    o,
    other_theta,
    rho,
    risk,
    s,
    theta,
    x,
)  # fmt: skip
from theorems.relu_like.network import affine_risk, sample

own = (m, dx, dy, d1, x, Y, h, *theta)
other = (m, dx, dy, d1, x, Y, h, *other_theta)
region = ForAll(other_theta, Implies(close(dx, dy, d1, rho, *theta, *other_theta), risk(*own) <= risk(*other)))
outputs = forall_in(o, 1, dy, forall_in(i, 1, m, Eq(network(dx, d1, h, *theta, sample(i), o), fit(o, i))))
definitions = (risk, affine_map_risk, affine_risk)

LOCAL_MINIMUM = theorem(
    "affine_piece.local_minimum",
    "A local minimum with an explicit radius",
    variables=[m, dx, dy, d1, x, Y, h, s, a, lo, hi, A, c, *theta, rho],
    hypotheses={
        "piece": affine_on(h, s, a, lo, hi),
        "best": best_affine_map(m, dx, dy, x, Y, A, c),
        "outputs": outputs,
        "radius": rho > 0,
        **MARGIN,
    },
    conclusion=And(region, local_minimum(*own)),
    prose="If the network is the best affine map on the samples, and $\\rho(\\lvert x_i\\rvert_1 + 1)$ is at most the distance of every pre-activation "
    "at $x_i$ to the ends of the affine piece, then no parameters closer than $\\rho$ have a smaller risk.",
    source="Christof & Kowalczyk 2023 for general activations; here with several outputs and an explicit radius.",
    proof=[
        apply("lowest", "affine_piece.lowest_risk"),
        have("own_risk", Eq(risk(*own), affine_map_risk(m, dx, dy, x, Y, A, c)), by("ring", rewrite=["outputs"], unfold=definitions)),
        have("region", region, proof=[
            take(*other_theta), assume("near"),
            unfold("moves", "near", close),
            have("weights_near", forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) < rho)), by("logic", "moves")),
            have("biases_near", forall_in(k, 1, d1, Abs(c1(k) - b1(k)) < rho), by("logic", "moves")),
            apply(("inside", "affine_there"), "affine_piece.affine_region"),
            obtain((B, e), "affine_outputs", "affine_there"),
            calc("chain", risk(*other),
                 ("=", affine_map_risk(m, dx, dy, x, Y, B, e), by("ring", rewrite=["affine_outputs"], unfold=definitions)),
                 (">=", affine_map_risk(m, dx, dy, x, Y, A, c), by("linear", at("lowest", B, e))),
                 ("=", risk(*own), by("ring", rewrite=["own_risk"]))),
            qed(by("linear", "chain")),
        ]),
        conjunction(
            [qed(by("logic", "region"))],
            [unfold("", "goal", local_minimum), witness(rho),
             qed(by("logic", "radius", "region"))]),
    ],
    notation=NOTATION,
)  # fmt: skip
