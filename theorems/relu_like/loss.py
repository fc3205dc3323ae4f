"""Definitions for a general loss: the risk of the network and of affine functions, local minima, spurious ones.

A loss is a function of two reals, the output f and the target y. The squared loss with the factor 1/2 gives the notions of
``network.py`` (see ``squared_loss.py``).
"""

from symproof.logic.definition import define
from symproof.logic.syntax import And, Eq, Exists, ForAll, Implies, Lam, Sum, forall_in, function
from theorems.calculus.derivative import has_derivative
from theorems.relu_like.kink import r
from theorems.relu_like.network import (
    affine,
    c,
    close,
    d1,
    dx,
    e,
    h,
    i,
    l,
    m,
    network,
    other_theta,
    rho,
    sample,
    t,
    theta,
    v,
    w,
    x,
    y,
)  # fmt: skip

loss = function("loss", 2)

loss_risk = define(
    "relu_like.loss_risk", (m, dx, d1, x, y, h, loss, *theta),
    Sum(i, 1, m, loss(network(dx, d1, h, *theta, sample(i)), y(i))),
    latex=r"R_{{{6}}}({7},{8},{9},{10})",
    doc="The risk of the network: the sum of the losses on the samples.",
)  # fmt: skip

affine_loss_risk = define(
    "relu_like.affine_loss_risk", (m, dx, x, y, loss, w, c),
    Sum(i, 1, m, loss(affine(dx, x, w, c, i), y(i))),
    latex=r"R_{{\mathrm{{aff}},{4}}}({5},{6})",
    doc="The risk of the affine function with weights w and intercept c: the sum of its losses on the samples.",
)  # fmt: skip

best_affine_for_loss = define(
    "relu_like.best_affine_for_loss", (m, dx, x, y, loss, w, c),
    ForAll((v, e), affine_loss_risk(m, dx, x, y, loss, w, c) <= affine_loss_risk(m, dx, x, y, loss, v, e)),
    latex=r"({5},{6})\text{{ minimises }}R_{{\mathrm{{aff}},{4}}}",
    doc="No affine function has a smaller risk than the one with weights w and intercept c.",
)  # fmt: skip

loss_local_minimum = define(
    "relu_like.loss_local_minimum", (m, dx, d1, x, y, h, loss, *theta),
    Exists(rho, And(rho > 0, ForAll(other_theta, Implies(
        close(dx, d1, rho, *theta, *other_theta),
        loss_risk(m, dx, d1, x, y, h, loss, *theta) <= loss_risk(m, dx, d1, x, y, h, loss, *other_theta),
    )))),
    latex=r"({7},{8},{9},{10})\text{{ is a local minimum of }}R_{{{6}}}",
    doc="Within some distance $\\rho > 0$ no parameters have a smaller risk.",
)  # fmt: skip

loss_spurious = define(
    "relu_like.loss_spurious", (m, dx, d1, x, y, h, loss, *theta),
    And(
        loss_local_minimum(m, dx, d1, x, y, h, loss, *theta),
        Exists(other_theta, loss_risk(m, dx, d1, x, y, h, loss, *other_theta) < loss_risk(m, dx, d1, x, y, h, loss, *theta)),
    ),
    latex=r"({7},{8},{9},{10})\text{{ is a spurious local minimum of }}R_{{{6}}}",
    doc="A local minimum whose risk is larger than the risk of some other point.",
)  # fmt: skip

loss_derivatives = forall_in(i, 1, m, has_derivative(Lam(t, loss(t, y(i))), affine(dx, x, w, c, i), r(i)))
"""At every sample r_i is the derivative of f -> loss(f, y_i) at the output of the affine fit."""

stationary = And(
    forall_in(l, 1, dx, Eq(Sum(i, 1, m, r(i) * x(i, l)), 0)),
    Eq(Sum(i, 1, m, r(i)), 0),
)
"""The derivatives sum to 0 and are orthogonal to every feature: the risk of affine functions is stationary at the fit."""
