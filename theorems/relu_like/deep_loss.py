"""Definitions for a general loss and any number of hidden layers: the risk, local minima, spurious ones."""

from symproof.logic.definition import define
from symproof.logic.syntax import And, Exists, ForAll, Implies, Sum
from theorems.relu_like.deep_network import L, d, deep_close, deep_network, other_theta, theta
from theorems.relu_like.loss import loss
from theorems.relu_like.network import h, i, m, rho, sample, x, y

deep_loss_risk = define(
    "relu_like.deep_loss_risk", (m, L, d, x, y, h, loss, *theta),
    Sum(i, 1, m, loss(deep_network(L, d, h, *theta, sample(i)), y(i))),
    latex=r"R_{{{6}}}({7},{8})",
    doc="The risk of the network: the sum of the losses on the samples.",
)  # fmt: skip

deep_loss_local_minimum = define(
    "relu_like.deep_loss_local_minimum", (m, L, d, x, y, h, loss, *theta),
    Exists(rho, And(rho > 0, ForAll(other_theta, Implies(
        deep_close(L, d, rho, *theta, *other_theta),
        deep_loss_risk(m, L, d, x, y, h, loss, *theta) <= deep_loss_risk(m, L, d, x, y, h, loss, *other_theta),
    )))),
    latex=r"({7},{8})\text{{ is a local minimum of }}R_{{{6}}}",
    doc="Within some distance $\\rho > 0$ no parameters have a smaller risk.",
)  # fmt: skip

deep_loss_spurious = define(
    "relu_like.deep_loss_spurious", (m, L, d, x, y, h, loss, *theta),
    And(
        deep_loss_local_minimum(m, L, d, x, y, h, loss, *theta),
        Exists(other_theta, deep_loss_risk(m, L, d, x, y, h, loss, *other_theta) < deep_loss_risk(m, L, d, x, y, h, loss, *theta)),
    ),
    latex=r"({7},{8})\text{{ is a spurious local minimum of }}R_{{{6}}}",
    doc="A local minimum whose risk is larger than the risk of some other point.",
)  # fmt: skip
