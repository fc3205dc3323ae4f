"""Definitions: the network, its risk, local minima and spurious local minima; and the vocabulary of this chapter."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Sum,
    family,
    forall_in,
    function,
    integer,
    num,
    real,
)  # fmt: skip

m, dx, d1, i, j, k, l = integer("m dx d1 i j k l")
x = family("x", 2)
y = family("y")
z, w, v = family("z w v")
c, e, t, rho, eta, alpha = real("c e t rho eta alpha")
h = function("h")
s_plus, s_minus = real("s_plus s_minus")

W1, V1 = family("W1 V1", 2)
b1, W2, c1, V2 = family("b1 W2 c1 V2")
b2, c2 = real("b2 c2")
theta = (W1, b1, W2, b2)
other_theta = (V1, c1, V2, c2)

HALF = num(Fraction(1, 2))


def pre_activation(weights, biases, unit, point):
    """The pre-activation of a unit at a point: sum_l W1_(unit, l) point_l + b1_unit."""
    return Sum(l, 1, dx, weights(unit, l) * point(l)) + biases(unit)


def sample(index):
    """The input of one sample, as a family."""
    return Lam(l, x(index, l))


network = define(
    "relu_like.network", (dx, d1, h, *theta, z),
    Sum(k, 1, d1, W2(k) * h(pre_activation(W1, b1, k, z))) + b2,
    latex=r"f_{{{3},{4},{5},{6}}}({7})",
    doc="The network with one hidden layer.",
)  # fmt: skip

risk = define(
    "relu_like.risk", (m, dx, d1, x, y, h, *theta),
    HALF * Sum(i, 1, m, (network(dx, d1, h, *theta, sample(i)) - y(i)) ** 2),
    latex=r"R({6},{7},{8},{9})",
    doc="The risk: half the sum of the squared errors on the samples.",
)  # fmt: skip

affine = define(
    "relu_like.affine", (dx, x, w, c, i),
    Sum(l, 1, dx, w(l) * x(i, l)) + c,
    latex=r"a_{{{2},{3}}}(x_{{{4}}})",
    doc="The affine function with weights $\\bar w$ and intercept $\\bar c$ at sample i.",
)  # fmt: skip

affine_risk = define(
    "relu_like.affine_risk", (m, dx, x, y, w, c),
    HALF * Sum(i, 1, m, (affine(dx, x, w, c, i) - y(i)) ** 2),
    latex=r"R_{{\mathrm{{aff}}}}({4},{5})",
    doc="The risk of the affine function with weights w and intercept c.",
)  # fmt: skip

close = define(
    "relu_like.close", (dx, d1, rho, *theta, *other_theta),
    And(
        forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) < rho)),
        forall_in(k, 1, d1, Abs(c1(k) - b1(k)) < rho),
        forall_in(k, 1, d1, Abs(V2(k) - W2(k)) < rho),
        Abs(c2 - b2) < rho,
    ),
    latex=r"\lVert ({7},{8},{9},{10}) - ({3},{4},{5},{6}) \rVert_\infty < {2}",
    doc="Every parameter moves by less than $\\rho$.",
)  # fmt: skip

local_minimum = define(
    "relu_like.local_minimum", (m, dx, d1, x, y, h, *theta),
    Exists(rho, And(rho > 0, ForAll(other_theta, Implies(
        close(dx, d1, rho, *theta, *other_theta),
        risk(m, dx, d1, x, y, h, *theta) <= risk(m, dx, d1, x, y, h, *other_theta),
    )))),
    latex=r"({6},{7},{8},{9})\text{{ is a local minimum of }}R",
    doc="Within some distance $\\rho > 0$ no parameters have a smaller risk.",
)  # fmt: skip

spurious = define(
    "relu_like.spurious", (m, dx, d1, x, y, h, *theta),
    And(
        local_minimum(m, dx, d1, x, y, h, *theta),
        Exists(other_theta, risk(m, dx, d1, x, y, h, *other_theta) < risk(m, dx, d1, x, y, h, *theta)),
    ),
    latex=r"({6},{7},{8},{9})\text{{ is a spurious local minimum of }}R",
    doc="A local minimum whose risk is larger than the risk of some other point.",
)  # fmt: skip

best_affine = define(
    "relu_like.best_affine", (m, dx, x, y, w, c),
    ForAll((v, e), affine_risk(m, dx, x, y, w, c) <= affine_risk(m, dx, x, y, v, e)),
    latex=r"({4},{5})\text{{ minimises }}R_{{\mathrm{{aff}}}}",
    doc="The affine function with weights $\\bar w$ and intercept $\\bar c$ has the smallest risk of all affine functions.",
)  # fmt: skip

relu_like = define(
    "relu_like.relu_like", (h, s_plus, s_minus),
    ForAll(t, Eq(h(t), Ite(t >= 0, s_plus * t, s_minus * t))),
    latex=r"{0}(t) = \begin{{cases}} {1}\,t & (t \ge 0)\\ {2}\,t & (t < 0)\end{{cases}}\ \text{{for all }}t",
    doc="The activation $h$ has slope $s_+$ on $[0, \\infty)$ and slope $s_-$ on $(-\\infty, 0)$.",
)  # fmt: skip

NOTATION = {
    "dx": "d_x", "d1": "d_1", "W1": "W^1", "b1": "b^1", "W2": "W^2", "b2": "b^2", "V1": r"\tilde W^1", "c1": r"\tilde b^1",
    "V2": r"\tilde W^2", "c2": r"\tilde b^2", "s_plus": "s_+", "s_minus": "s_-", "rho": r"\rho", "eta": r"\eta",
    "alpha": r"\alpha", "w": r"\bar w", "c": r"\bar c", "phi": r"\varphi",
}  # fmt: skip
