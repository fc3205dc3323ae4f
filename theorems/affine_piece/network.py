"""Definitions: the network with several outputs, its risk, local minima, best affine maps; activations with a piece."""

from fractions import Fraction

from symproof.logic.definition import define
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Lam,
    Ne,
    Sum,
    exists_in,
    family,
    forall_in,
    function,
    integer,
    num,
    real,
)  # fmt: skip
from theorems.relu_like.network import affine, affine_risk, pre_activation, sample
from theorems.relu_like.network import best_affine as best_affine_function

m, dx, dy, d1, q, i, j, k, l, o = integer("m dx dy d1 q i j k l o")
x, Y, A, B, U, V = family("x Y A B U V", 2)
z, c, e, r, w, u, phi = family("z c e r w u phi")
rho, alpha, beta, gap, b, H, t = real("rho alpha beta gap b H t")
h = function("h")
s, a, lo, hi = real("s a lo hi")

W1, V1, W2, V2 = family("W1 V1 W2 V2", 2)
b1, c1, b2, c2 = family("b1 c1 b2 c2")
theta = (W1, b1, W2, b2)
other_theta = (V1, c1, V2, c2)

HALF = num(Fraction(1, 2))


def target(output):
    """The targets of one output, as a family over the samples."""
    return Lam(i, Y(i, output))


def row(matrix, output):
    """One row of a matrix, as a family."""
    return Lam(l, matrix(output, l))


def fit(output, index):
    """One output of the affine map with weights A and intercepts c at a sample."""
    return affine(dx, x, row(A, output), c(output), index)


def residual(output, index):
    """The residual of that output at a sample."""
    return fit(output, index) - Y(index, output)


def coordinate(unit, index):
    """One of the q coordinates V x_i through which an affine map factors."""
    return Sum(l, 1, dx, V(unit, l) * x(index, l))


def projection(direction, index):
    """direction . x_index"""
    return Sum(l, 1, dx, direction(l) * x(index, l))


def norm(index):
    """|x_index|_1 + 1: how far a pre-activation moves if every weight and the bias of its unit move by 1."""
    return Sum(l, 1, dx, Abs(x(index, l))) + 1


network = define(
    "affine_piece.network", (dx, d1, h, *theta, z, o),
    Sum(k, 1, d1, W2(o, k) * h(pre_activation(W1, b1, k, z))) + b2(o),
    latex=r"f_{{{3},{4},{5},{6}}}({7})_{{{8}}}",
    doc="One output of the network with one hidden layer.",
)  # fmt: skip

risk = define(
    "affine_piece.risk", (m, dx, dy, d1, x, Y, h, *theta),
    HALF * Sum(i, 1, m, Sum(o, 1, dy, (network(dx, d1, h, *theta, sample(i), o) - Y(i, o)) ** 2)),
    latex=r"R({7},{8},{9},{10})",
    doc="The risk: half the sum of the squared errors over samples and outputs.",
)  # fmt: skip

affine_map_risk = define(
    "affine_piece.affine_map_risk", (m, dx, dy, x, Y, A, c),
    Sum(o, 1, dy, affine_risk(m, dx, x, target(o), row(A, o), c(o))),
    latex=r"R_{{\mathrm{{aff}}}}({5},{6})",
    doc="The risk of the affine map with weights A and intercepts c.",
)  # fmt: skip

best_affine_map = define(
    "affine_piece.best_affine_map", (m, dx, dy, x, Y, A, c),
    forall_in(o, 1, dy, best_affine_function(m, dx, x, target(o), row(A, o), c(o))),
    latex=r"({5},{6})\text{{ minimises }}R_{{\mathrm{{aff}}}}",
    doc="Every output of the affine map is a best affine fit of its targets; so the map has the smallest risk of all affine maps.",
)  # fmt: skip

close = define(
    "affine_piece.close", (dx, dy, d1, rho, *theta, *other_theta),
    And(
        forall_in(k, 1, d1, forall_in(l, 1, dx, Abs(V1(k, l) - W1(k, l)) < rho)),
        forall_in(k, 1, d1, Abs(c1(k) - b1(k)) < rho),
        forall_in(o, 1, dy, forall_in(k, 1, d1, Abs(V2(o, k) - W2(o, k)) < rho)),
        forall_in(o, 1, dy, Abs(c2(o) - b2(o)) < rho),
    ),
    latex=r"\lVert ({8},{9},{10},{11}) - ({4},{5},{6},{7}) \rVert_\infty < {3}",
    doc="Every parameter moves by less than $\\rho$.",
)  # fmt: skip

local_minimum = define(
    "affine_piece.local_minimum", (m, dx, dy, d1, x, Y, h, *theta),
    Exists(rho, And(rho > 0, ForAll(other_theta, Implies(
        close(dx, dy, d1, rho, *theta, *other_theta),
        risk(m, dx, dy, d1, x, Y, h, *theta) <= risk(m, dx, dy, d1, x, Y, h, *other_theta),
    )))),
    latex=r"({7},{8},{9},{10})\text{{ is a local minimum of }}R",
    doc="Within some distance $\\rho > 0$ no parameters have a smaller risk.",
)  # fmt: skip

spurious = define(
    "affine_piece.spurious", (m, dx, dy, d1, x, Y, h, *theta),
    And(
        local_minimum(m, dx, dy, d1, x, Y, h, *theta),
        Exists(other_theta, risk(m, dx, dy, d1, x, Y, h, *other_theta) < risk(m, dx, dy, d1, x, Y, h, *theta)),
    ),
    latex=r"({7},{8},{9},{10})\text{{ is a spurious local minimum of }}R",
    doc="A local minimum whose risk is larger than the risk of some other point.",
)  # fmt: skip

infinitely_many_spurious = define(
    "affine_piece.infinitely_many_spurious", (m, dx, dy, d1, x, Y, h),
    Exists((A, c), And(
        best_affine_map(m, dx, dy, x, Y, A, c),
        Exists((lo, hi), And(lo < hi, ForAll(beta, Implies(And(lo < beta, beta < hi), Exists(theta, And(
            spurious(m, dx, dy, d1, x, Y, h, *theta),
            Eq(risk(m, dx, dy, d1, x, Y, h, *theta), affine_map_risk(m, dx, dy, x, Y, A, c)),
            forall_in(k, 1, d1, Eq(b1(k), beta)),
        )))))),
    )),
    latex=r"R\text{{ has infinitely many spurious local minima with the risk of linear least squares}}",
    doc="For every $\\beta$ in some interval there is a spurious local minimum with the risk of linear least squares whose hidden biases are "
    "all $\\beta$; different $\\beta$ give different parameters.",
)  # fmt: skip

affine_on = define(
    "affine_piece.affine_on", (h, s, a, lo, hi),
    ForAll(t, Implies(And(lo < t, t < hi), Eq(h(t), s * t + a))),
    latex=r"{0}(t) = {1}\,t + {2}\text{{ for }}{3} < t < {4}",
    doc="The activation is affine on an open interval.",
)  # fmt: skip

discriminatory = define(
    "affine_piece.discriminatory", (m, dx, x, h),
    ForAll(r, Implies(
        And(exists_in(i, 1, m, Ne(r(i), 0)), Eq(Sum(i, 1, m, r(i)), 0)),
        Exists((w, b), Ne(Sum(i, 1, m, r(i) * h(projection(w, i) + b)), 0)),
    )),
    latex=r"{3}\text{{ is discriminatory on }}{2}_1,\dots,{2}_{{{0}}}",
    doc="No $r \\ne 0$ with sum 0 is orthogonal to all units $h(w \\cdot x + b)$ on the samples (Cybenko's notion, for a finite measure).",
)  # fmt: skip

distinct = forall_in(i, 1, m, forall_in(j, 1, m, Implies(Ne(i, j), exists_in(l, 1, dx, Ne(x(i, l), x(j, l))))))
"""The inputs are pairwise different."""
no_affine_fit = ForAll((B, e), exists_in(o, 1, dy, exists_in(i, 1, m, Ne(affine(dx, x, row(B, o), e(o), i), Y(i, o)))))
"""Every affine map misses a target."""

NOTATION = {
    "dx": "d_x", "dy": "d_y", "d1": "d_1", "W1": "W^1", "b1": "b^1", "W2": "W^2", "b2": "b^2", "V1": r"\tilde W^1",
    "c1": r"\tilde b^1", "V2": r"\tilde W^2", "c2": r"\tilde b^2", "rho": r"\rho", "alpha": r"\alpha", "beta": r"\beta",
    "A": r"\bar A", "c": r"\bar c", "lo": "t_0", "hi": "t_1", "gap": r"\delta", "phi": r"\varphi",
}  # fmt: skip
