"""Least squares has a solution for any data: the normal equations are solvable, by induction over the columns."""

from symproof.logic.syntax import Eq, Exists, ForAll, Implies, Ite, Lam, Ne, Sum, family, forall_in, integer, num, real
from symproof.proof.author import (
    assume,
    at,
    by,
    calc,
    case,
    cases,
    contradiction,
    have,
    induction,
    let,
    obtain,
    qed,
    suffices,
    take,
    witness,
)  # fmt: skip
from symproof.proof.theorem import theorem

m, n, i, j, k, l = integer("m n i j k l")
a = family("a", 2)
y, w, u, v, c, r, q = family("y w u v c r q")
Q, t = real("Q t")


def column_sum(coefficients, row, count):
    """Sum over k <= count of coefficients_k a_(row, k)."""
    return Sum(k, 1, count, coefficients(k) * a(row, k))


def solvable(count):
    """For every y some w satisfies the normal equations with the first ``count`` columns."""
    residual = column_sum(w, i, count) - y(i)
    return ForAll(y, Exists(w, forall_in(l, 1, count, Eq(Sum(i, 1, m, residual * a(i, l)), 0))))


def inner(f, g):
    """The inner product of two vectors given by formulas in the index i."""
    return Sum(i, 1, m, f * g)


ortho = Sum(i, 1, m, (r(i) - t * q(i)) * a(i, l))

dependent_column = [
    have("small", forall_in(i, 1, m, q(i) ** 2 <= Sum(j, 1, m, q(j) ** 2)), by("sum"),
         note="One square is at most the sum of all."),
    have("q_zero", forall_in(i, 1, m, Eq(q(i), 0)), note="The last column is a combination of the others.", proof=[
        take(i), assume("i_low", "i_high"),
        contradiction("nonzero",
            have("positive", q(i) ** 2 > 0, by("sign", "nonzero")),
            qed(by("linear", "positive", at("small", i), "Q_def", "degenerate"))),
    ]),
    witness(Lam(k, Ite(k <= n, u(k), 0)), note="The new coefficient is 0."),
    take(l), assume("l_low", "l_high"),
    suffices("orthogonal", Eq(Sum(i, 1, m, r(i) * a(i, l)), 0),
             by("ideal", "orthogonal", rewrite=["r_def"], cofactors=[-1])),
    cases(
        case("old", l <= n, qed(by("logic", at("r_orthogonal", l)))),
        case("new", Eq(l, n + 1),
            calc("split", Sum(i, 1, m, r(i) * a(i, l)),
                 ("=", inner(r(i), column_sum(v, i, n)) + inner(r(i), q(i)), by("ring", rewrite=["new", "q_def", "c_def"])),
                 ("=", 0, by("ring", rewrite=["r_fit", "q_zero"]))),
            qed(by("logic", "split"))),
    ),
]  # fmt: skip

independent_column = [
    let("t_def", t, inner(r(i), q(i)) / Q, note="The coefficient of the new direction $q$."),
    have("projection", Eq(t * Q, inner(r(i), q(i))), by("field", rewrite=["t_def"])),
    witness(Lam(k, Ite(k <= n, u(k) - t * v(k), t))),
    take(l), assume("l_low", "l_high"),
    suffices("orthogonal", Eq(ortho, 0), by("ideal", "orthogonal", rewrite=["r_def", "q_def", "c_def"], cofactors=[-1]),
             note="The new residual is $-(r - t\\,q)$."),
    cases(
        case("old", l <= n,
            calc("split", ortho,
                 ("=", Sum(i, 1, m, r(i) * a(i, l)) - t * Sum(i, 1, m, q(i) * a(i, l)), by("ring")),
                 ("=", 0, by("ring", rewrite=["r_orthogonal", "q_orthogonal"]))),
            qed(by("logic", "split"))),
        case("new", Eq(l, n + 1),
            calc("split", ortho,
                 ("=", Sum(i, 1, m, (r(i) - t * q(i)) * (column_sum(v, i, n) + q(i))), by("ring", rewrite=["new", "q_def", "c_def"])),
                 ("=", inner(r(i), column_sum(v, i, n)) - t * inner(q(i), column_sum(v, i, n)) + inner(r(i), q(i)) - t * Q,
                  by("ring", rewrite=["Q_def"])),
                 ("=", 0, by("ring", rewrite=["r_fit", "q_fit", "projection"]))),
            qed(by("logic", "split"))),
    ),
]  # fmt: skip

LEAST_SQUARES = theorem(
    "linear_algebra.least_squares",
    "The normal equations are solvable",
    variables=[m, a],
    conclusion=ForAll(n, Implies(num(0) <= n, solvable(n))),
    prose="For every matrix $a$ with $m$ rows and $n$ columns and every $y$ in $\\mathbb{R}^m$ there is a $w$ for which the residual $a w - y$ is "
    "orthogonal to every column: least squares has a solution, also for dependent columns.",
    source="Classical; this proof: one column at a time, as in Gram-Schmidt.",
    proof=[
        induction(n,
            base=[
                take(y), witness(Lam(k, num(0))), take(l), assume("l_low", "l_high"),
                contradiction("any", qed(by("linear", "l_low", "l_high"))),
            ],
            hypothesis="shorter", bound="n_nonnegative",
            step=[
                take(y),
                let("c_def", c, Lam(i, a(i, n + 1)), note="The new column."),
                obtain(u, "u_normal", at("shorter", y), note="Project $y$ on the first $n$ columns;"),
                obtain(v, "v_normal", at("shorter", c), note="the new column too."),
                let("r_def", r, Lam(i, y(i) - column_sum(u, i, n)), note="The residual of $y$."),
                let("q_def", q, Lam(i, c(i) - column_sum(v, i, n)), note="The residual of the new column."),
                let("Q_def", Q, Sum(i, 1, m, q(i) ** 2)),
                have("r_orthogonal", forall_in(l, 1, n, Eq(Sum(i, 1, m, r(i) * a(i, l)), 0)), proof=[
                    take(l), assume("l_low", "l_high"),
                    qed(by("ideal", at("u_normal", l), rewrite=["r_def"], cofactors=[-1])),
                ]),
                have("q_orthogonal", forall_in(l, 1, n, Eq(Sum(i, 1, m, q(i) * a(i, l)), 0)), proof=[
                    take(l), assume("l_low", "l_high"),
                    qed(by("ideal", at("v_normal", l), rewrite=["q_def"], cofactors=[-1])),
                ]),
                calc("r_fit", inner(r(i), column_sum(v, i, n)),
                     ("=", Sum(k, 1, n, v(k) * Sum(i, 1, m, r(i) * a(i, k))), by("ring")),
                     ("=", 0, by("ring", rewrite=["r_orthogonal"]))),
                calc("q_fit", inner(q(i), column_sum(v, i, n)),
                     ("=", Sum(k, 1, n, v(k) * Sum(i, 1, m, q(i) * a(i, k))), by("ring")),
                     ("=", 0, by("ring", rewrite=["q_orthogonal"]))),
                cases(
                    case("degenerate", Eq(Q, 0), *dependent_column),
                    case("independent", Ne(Q, 0), *independent_column),
                ),
            ]),
    ],
    notation={"a": "a", "w": "w"},
)  # fmt: skip
