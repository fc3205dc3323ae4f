"""Local and global minima and maxima of a function of a table, and functions that are differentiable everywhere."""

from symproof.logic.definition import define
from symproof.logic.syntax import Abs, And, Exists, ForAll, Implies
from theorems.optimization.gradient import F, G, Q, R, a, b, every_entry, has_gradient, p, q
from theorems.optimization.local_extremum import rho

table_minimum = define(
    "optimization.table_minimum", (p, q, F, R),
    Exists(rho, And(rho > 0, ForAll(Q, Implies(every_entry(Abs(Q(a, b) - R(a, b)) < rho), F(R) <= F(Q))))),
    latex=r"{3}\text{{ is a local minimum of }}{2}",
    doc="Within some distance $\\rho > 0$ no table has a smaller value.",
)  # fmt: skip

table_maximum = define(
    "optimization.table_maximum", (p, q, F, R),
    Exists(rho, And(rho > 0, ForAll(Q, Implies(every_entry(Abs(Q(a, b) - R(a, b)) < rho), F(Q) <= F(R))))),
    latex=r"{3}\text{{ is a local maximum of }}{2}",
    doc="Within some distance $\\rho > 0$ no table has a larger value.",
)  # fmt: skip

differentiable = define(
    "optimization.differentiable", (p, q, F),
    ForAll(R, Exists(G, has_gradient(p, q, F, R, G))),
    latex=r"{2}\text{{ is differentiable}}",
    doc="The function $F$ of $p \\times q$ tables has a gradient at every table.",
)  # fmt: skip
