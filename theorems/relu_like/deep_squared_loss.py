"""For the squared loss the notions of ``deep_loss.py`` are those of ``deep_network.py``."""

from symproof.logic.syntax import And, Eq, Exists, ForAll, num
from symproof.proof.author import assume, at, by, conjunction, have, obtain, qed, take, unfold, witness
from symproof.proof.theorem import theorem
from theorems.relu_like.deep_loss import deep_loss_local_minimum, deep_loss_risk, deep_loss_spurious
from theorems.relu_like.deep_network import (
    DEEP_NOTATION,
    L,
    d,
    deep_local_minimum,
    deep_risk,
    deep_spurious,
    other_theta,
    theta,
)  # fmt: skip
from theorems.relu_like.network import h, m, rho, x, y
from theorems.relu_like.squared_loss import squared_loss

general = (m, L, d, x, y, h, squared_loss)
own = (m, L, d, x, y, h)
equal = ForAll(other_theta, Eq(deep_loss_risk(*general, *other_theta), deep_risk(*own, *other_theta)))

DEEP_SQUARED_LOSS = theorem(
    "relu_like.deep_squared_loss",
    "The squared loss of deep networks",
    variables=[m, L, d, x, y, h, *theta],
    hypotheses={"depth": num(0) <= L, "spurious": deep_loss_spurious(*general, *theta)},
    conclusion=And(deep_spurious(*own, *theta), equal),
    prose="A spurious local minimum for the loss $\\frac{1}{2}(f - y)^2$ is one of the risk.",
    source="Elementary.",
    proof=[
        have("equal", equal, proof=[take(*other_theta), qed(by("ring", unfold=[deep_loss_risk, deep_risk]))]),
        unfold("parts", "spurious", deep_loss_spurious),
        have("local", deep_loss_local_minimum(*general, *theta), by("logic", "parts")),
        have("better", Exists(other_theta, deep_loss_risk(*general, *other_theta) < deep_loss_risk(*general, *theta)), by("logic", "parts")),
        unfold("radius_exists", "local", deep_loss_local_minimum),
        obtain(rho, ("rho_positive", "least"), "radius_exists"),
        conjunction(
            [unfold("", "goal", deep_spurious),
             conjunction(
                 [unfold("", "goal", deep_local_minimum), witness(rho),
                  conjunction(
                      [qed(by("logic", "rho_positive"))],
                      [take(*other_theta), assume("near"),
                       have("lower", deep_loss_risk(*general, *theta) <= deep_loss_risk(*general, *other_theta),
                            by("logic", at("least", *other_theta), "near")),
                       qed(by("linear", "lower", at("equal", *theta), at("equal", *other_theta)))])],
                 [obtain(other_theta, "smaller", "better"), witness(*other_theta),
                  qed(by("linear", "smaller", at("equal", *theta), at("equal", *other_theta)))])],
            [qed(by("logic", "equal"))]),
    ],
    notation=DEEP_NOTATION,
)  # fmt: skip
