"""Definitions: networks with any number of hidden layers, their risk, local minima and spurious local minima.

Layer 0 is the input, layers 1 to L are hidden, with d_n units in layer n; layer L + 1 is the output and has one unit.
"""

from symproof.logic.definition import define, define_recursive
from symproof.logic.sort import INT, REAL, fun_sort
from symproof.logic.syntax import (
    Abs,
    And,
    Exists,
    ForAll,
    Implies,
    Sum,
    family,
    forall_in,
    integer,
    real,
    variable,
)  # fmt: skip
from theorems.relu_like.network import HALF, NOTATION, h, i, k, l, m, rho, s_plus, sample, x, y, z

L, n = integer("L n")
d = family("d", 1, INT)
W, V = family("W V", 3)
b, q = family("b q", 2)
g = real("g")
theta = (W, b)
other_theta = (V, q)

_previous = variable("previous", fun_sort(d.sort, h.sort, W.sort, b.sort, z.sort, INT, REAL))

deep_activation = define_recursive(
    "relu_like.deep_activation", (n, d, h, *theta, z, k),
    base=z(k),
    previous=_previous,
    step=h(Sum(l, 1, d(n), W(n + 1, k, l) * _previous(d, h, *theta, z, l)) + b(n + 1, k)),
    latex=r"o^{{{0}}}_{{{6}}}({5}; {3}, {4})",
    doc="The output of a unit of layer n: the input in layer 0; in a later layer the activation of what the units of the layer before "
    "send, plus a bias.",
)  # fmt: skip

deep_pre_activation = define(
    "relu_like.deep_pre_activation", (n, d, h, *theta, z, k),
    Sum(l, 1, d(n - 1), W(n, k, l) * deep_activation(n - 1, d, h, *theta, z, l)) + b(n, k),
    latex=r"a^{{{0}}}_{{{6}}}({5}; {3}, {4})",
    doc="The pre-activation of a unit of layer n.",
)  # fmt: skip

deep_network = define(
    "relu_like.deep_network", (L, d, h, *theta, z),
    deep_pre_activation(L + 1, d, h, *theta, z, 1),
    latex=r"f_{{{3},{4}}}({5})",
    doc="The network with L hidden layers: layer L + 1 has one unit, without activation.",
)  # fmt: skip

deep_risk = define(
    "relu_like.deep_risk", (m, L, d, x, y, h, *theta),
    HALF * Sum(i, 1, m, (deep_network(L, d, h, *theta, sample(i)) - y(i)) ** 2),
    latex=r"R({6},{7})",
    doc="The risk: half the sum of the squared errors on the samples.",
)  # fmt: skip

deep_close = define(
    "relu_like.deep_close", (L, d, rho, *theta, *other_theta),
    And(
        forall_in(n, 1, L, forall_in(k, 1, d(n), forall_in(l, 1, d(n - 1), Abs(V(n, k, l) - W(n, k, l)) < rho))),
        forall_in(n, 1, L, forall_in(k, 1, d(n), Abs(q(n, k) - b(n, k)) < rho)),
        forall_in(l, 1, d(L), Abs(V(L + 1, 1, l) - W(L + 1, 1, l)) < rho),
        Abs(q(L + 1, 1) - b(L + 1, 1)) < rho,
    ),
    latex=r"\lVert ({5},{6}) - ({3},{4}) \rVert_\infty < {2}",
    doc="Every parameter of every layer moves by less than $\\rho$.",
)  # fmt: skip

deep_local_minimum = define(
    "relu_like.deep_local_minimum", (m, L, d, x, y, h, *theta),
    Exists(rho, And(rho > 0, ForAll(other_theta, Implies(
        deep_close(L, d, rho, *theta, *other_theta),
        deep_risk(m, L, d, x, y, h, *theta) <= deep_risk(m, L, d, x, y, h, *other_theta),
    )))),
    latex=r"({6},{7})\text{{ is a local minimum of }}R",
    doc="Within some distance $\\rho > 0$ no parameters have a smaller risk.",
)  # fmt: skip

deep_spurious = define(
    "relu_like.deep_spurious", (m, L, d, x, y, h, *theta),
    And(
        deep_local_minimum(m, L, d, x, y, h, *theta),
        Exists(other_theta, deep_risk(m, L, d, x, y, h, *other_theta) < deep_risk(m, L, d, x, y, h, *theta)),
    ),
    latex=r"({6},{7})\text{{ is a spurious local minimum of }}R",
    doc="A local minimum whose risk is larger than the risk of some other point.",
)  # fmt: skip

_before = variable("before", fun_sort(d.sort, h.sort, W.sort, b.sort, REAL, REAL, z.sort, INT, REAL))

deviation = define_recursive(
    "relu_like.deviation", (n, d, h, *theta, s_plus, rho, z, k),
    base=0 * rho,
    previous=_before,
    step=s_plus * (
        rho * (Sum(l, 1, d(n), Abs(deep_activation(n, d, h, *theta, z, l)) + _before(d, h, *theta, s_plus, rho, z, l)) + 1)
        + Sum(l, 1, d(n), Abs(W(n + 1, k, l)) * _before(d, h, *theta, s_plus, rho, z, l))
    ),
    latex=r"\delta^{{{0}}}_{{{8}}}({6}, {7})",
    doc="A bound on how far the output of a unit of layer n moves when every parameter moves by at most $\\rho$ and all units stay on "
    "the piece of slope $s_+$.",
)  # fmt: skip

DEEP_NOTATION = {**NOTATION, "q": r"\tilde b", "V": r"\tilde W", "b": "b", "o": "i_0", "p": "v", "g": "g", "S": "S"}
