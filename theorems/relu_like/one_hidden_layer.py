"""A deep network with one hidden layer is a network of ``network.py``: what holds for any depth holds for it."""

from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Ite, Lam, forall_in, num
from symproof.proof.author import assume, at, by, conjunction, have, let, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    V,
    W,
    b,
    deep_activation,
    deep_close,
    deep_local_minimum,
    deep_network,
    deep_pre_activation,
    deep_risk,
    deep_spurious,
    n,
    q,
)  # fmt: skip
from theorems.relu_like.network import (
    V1,
    V2,
    c1,
    c2,
    close,
    d1,
    dx,
    h,
    k,
    l,
    local_minimum,
    m,
    network,
    other_theta,
    rho,
    risk,
    spurious,
    x,
    y,
)  # fmt: skip

SIZES = Lam(n, Ite(Eq(n, 0), dx, d1))
"""The widths: dx features, d1 units."""
deep = (m, num(1), SIZES, x, y, h)
own = (m, dx, d1, x, y, h)


def shallow(weights, biases):
    """The parameters of a deep network with one hidden layer, as those of a network."""
    return (Lam((k, l), weights(1, k, l)), Lam(k, biases(1, k)), Lam(k, weights(2, 1, k)), biases(2, 1))


equal = ForAll((V, q), Eq(deep_risk(*deep, V, q), risk(*own, *shallow(V, q))))
FIRST = [take(n), assume("n_low", "n_high"), have("one", Eq(n, 1), by("linear", "n_low", "n_high"))]

ONE_HIDDEN_LAYER = theorem(
    "relu_like.one_hidden_layer",
    "Deep networks with one hidden layer",
    variables=[m, dx, d1, x, y, h, W, b],
    hypotheses={"spurious": deep_spurious(*deep, W, b)},
    conclusion=And(spurious(*own, *shallow(W, b)), equal),
    prose="The network of depth $L = 1$ is the network with one hidden layer, with the same risk, and so are its spurious local minima.",
    source="Elementary.",
    proof=[
        have("equal", equal, proof=[
            take(V, q), qed(by("ring", unfold=[deep_risk, deep_network, deep_pre_activation, deep_activation, risk, network]))]),
        unfold("parts", "spurious", deep_spurious),
        have("local", deep_local_minimum(*deep, W, b), by("logic", "parts")),
        have("better", Exists((V, q), deep_risk(*deep, V, q) < deep_risk(*deep, W, b)), by("logic", "parts")),
        unfold("radius_exists", "local", deep_local_minimum),
        obtain(rho, ("rho_positive", "least"), "radius_exists"),
        conjunction(
            [unfold("", "goal", spurious),
             conjunction(
                 [unfold("", "goal", local_minimum), witness(rho),
                  conjunction(
                      [qed(by("logic", "rho_positive"))],
                      [take(*other_theta), assume("moves_little"), unfold("moves", "moves_little", close),
                       have("weights", forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W(1, k, l)) < rho)), by("logic", "moves")),
                       have("biases", forall_in(k, 1, d1, Abs(c1(k) - b(1, k)) < rho), by("logic", "moves")),
                       have("outgoing", forall_in(k, 1, d1, Abs(V2(k) - W(2, 1, k)) < rho), by("logic", "moves")),
                       have("constant", Abs(c2 - b(2, 1)) < rho, by("logic", "moves")),
                       let("V_def", V, Lam((n, k, l), Ite(Eq(n, 1), V1(k, l), V2(l)))),
                       let("q_def", q, Lam((n, k), Ite(Eq(n, 1), c1(k), c2))),
                       have("near", deep_close(num(1), SIZES, rho, W, b, V, q), proof=[
                           unfold("", "goal", deep_close),
                           conjunction(
                               [*FIRST, take(k), assume("k_low", "k_high"), take(l), assume("l_low", "l_high"),
                                have("k_inside", k <= d1, by("rewrite", "k_high", rewrite=["one"])),
                                have("l_inside", l <= dx, by("rewrite", "l_high", rewrite=["one"])),
                                qed(by("linear", at("weights", k, l), rewrite=["one", "V_def"]))],
                               [*FIRST, take(k), assume("k_low", "k_high"),
                                have("k_inside", k <= d1, by("rewrite", "k_high", rewrite=["one"])),
                                qed(by("linear", at("biases", k), rewrite=["one", "q_def"]))],
                               [take(l), assume("l_low", "l_high"), qed(by("linear", at("outgoing", l), rewrite=["V_def"]))],
                               [qed(by("linear", "constant", rewrite=["q_def"]))])]),
                       have("lower", deep_risk(*deep, W, b) <= deep_risk(*deep, V, q), by("logic", at("least", V, q), "near")),
                       have("there", Eq(risk(*own, *shallow(V, q)), risk(*own, *other_theta)),
                            by("ring", rewrite=["V_def", "q_def"], unfold=[risk, network])),
                       qed(by("linear", "lower", "there", at("equal", V, q), at("equal", W, b)))])],
                 [obtain((V, q), "smaller", "better"), witness(*shallow(V, q)),
                  qed(by("linear", "smaller", at("equal", V, q), at("equal", W, b)))])],
            [qed(by("logic", "equal"))]),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip
