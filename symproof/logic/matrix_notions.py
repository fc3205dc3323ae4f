"""Notions about matrices: propositions and numbers built from a matrix term of any (symbolic or literal) size.

Sizes live in the sorts, so a notion cannot be one definition for all sizes: each is a small factory that builds the
proposition for the matrix at hand. Two calls for equal matrices give equal terms.

A quadratic form v^T A v is a 1 x 1 matrix, not a number; its value is written ``trace(v^T A v)``.
"""

from __future__ import annotations

from collections.abc import Callable

from symproof.logic.sort import INT, Sort, SortError, matrix_sort
from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ne,
    forall_in,
    identity,
    num,
    trace,
    transpose,
    variable,
    zero_matrix,
)
from symproof.logic.term import BINDERS, Term, free_variables
from symproof.logic.text import open_binder

__all__ = [
    "full_column_rank", "full_row_rank", "inner", "invertibility_obligations", "invertible", "invertible_argument",
    "kernel_spanned_by", "negative_index", "positive_definite", "positive_index", "positive_semidefinite",
    "quadratic_form", "rank", "squared_norm", "symmetric",
]  # fmt: skip


def _size(a: Term) -> tuple[Term, Term]:
    if a.sort.kind != "matrix":
        raise SortError(f"a matrix is wanted, found {a} of sort {a.sort}")
    return a.sort.args  # type: ignore[return-value]


def _side(a: Term, notion: str) -> Term:
    rows, cols = _size(a)
    if rows != cols:
        raise SortError(f"{notion} is a notion for square matrices, found size {rows} x {cols}")
    return rows


def _fresh(hint: str, sort: Sort, *terms: Term) -> Term:
    """A variable that is not free in ``terms``: binding it captures nothing."""
    taken = {v.name for t in terms for v in free_variables(t)}
    name = hint
    while name in taken:
        name += "'"
    return variable(name, sort)


# Propositions ----------------------------------------------------------------------------------------------------


def invertible(a: Term) -> Term:
    """There is a matrix B with A B = I and B A = I."""
    n = _side(a, "invertible")
    b = _fresh("B", a.sort, a)
    return Exists(b, And(Eq(a * b, identity(n)), Eq(b * a, identity(n))))


def invertible_argument(proposition: Term) -> Term | None:
    """The matrix A if ``proposition`` is ``invertible(A)``, else None."""
    if proposition.op != "exists" or proposition.data[0].sort.kind != "matrix" or proposition.args[0].op != "and":
        return None
    first = proposition.args[0].args[0]
    if first.op != "eq" or first.args[0].op != "mul":
        return None
    a = first.args[0].args[0]
    square = a.sort.kind == "matrix" and a.sort.args[0] == a.sort.args[1] and a.loose == 0
    return a if square and invertible(a) == proposition else None


def full_row_rank(a: Term) -> Term:
    """A has a right inverse: there is B with A B = I."""
    rows, cols = _size(a)
    b = _fresh("B", matrix_sort(cols, rows), a)
    return Exists(b, Eq(a * b, identity(rows)))


def full_column_rank(a: Term) -> Term:
    """A has a left inverse: there is B with B A = I."""
    rows, cols = _size(a)
    b = _fresh("B", matrix_sort(cols, rows), a)
    return Exists(b, Eq(b * a, identity(cols)))


def symmetric(a: Term) -> Term:
    """A^T = A."""
    _side(a, "symmetric")
    return Eq(transpose(a), a)


def positive_semidefinite(a: Term) -> Term:
    """v^T A v >= 0 for every column v. Symmetry is not part of it: state ``symmetric(A)`` where it is meant."""
    n = _side(a, "positive semidefinite")
    v = _fresh("v", matrix_sort(n, num(1)), a)
    return ForAll(v, quadratic_form(a, v) >= 0)


def positive_definite(a: Term) -> Term:
    """v^T A v > 0 for every column v != 0. Symmetry is not part of it: state ``symmetric(A)`` where it is meant."""
    n = _side(a, "positive definite")
    v = _fresh("v", matrix_sort(n, num(1)), a)
    return ForAll(v, Implies(Ne(v, zero_matrix(n, 1)), quadratic_form(a, v) > 0))


def kernel_spanned_by(a: Term, basis: Term) -> Term:
    """The columns of ``basis`` span the kernel of A: A N = 0, and every v with A v = 0 is N c for some column c."""
    (rows, cols), (_, count) = _size(a), _size(basis)
    v = _fresh("v", matrix_sort(cols, num(1)), a, basis)
    c = _fresh("c", matrix_sort(count, num(1)), a, basis, v)
    inside = Implies(Eq(a * v, zero_matrix(rows, 1)), Exists(c, Eq(v, basis * c)))
    return And(Eq(a * basis, zero_matrix(rows, count)), ForAll(v, inside))


# Numbers ---------------------------------------------------------------------------------------------------------


def inner(a: Term, b: Term) -> Term:
    """The inner product <A, B> = tr(A^T B) of two matrices of one size."""
    return trace(transpose(a) * b)


def squared_norm(a: Term) -> Term:
    """The squared Frobenius norm tr(A^T A)."""
    return inner(a, a)


def quadratic_form(a: Term, v: Term) -> Term:
    """The number v^T A v, as a trace."""
    return trace(transpose(v) * a * v)


def rank(a: Term) -> Term:
    """The rank of a matrix: the dimension of the space spanned by its columns."""
    _size(a)
    return Term("rank", (a,), None, INT)


def positive_index(a: Term) -> Term:
    """The number of positive eigenvalues, with multiplicity, of a symmetric matrix."""
    _side(a, "the inertia")
    return Term("positive_index", (a,), None, INT)


def negative_index(a: Term) -> Term:
    """The number of negative eigenvalues, with multiplicity, of a symmetric matrix."""
    _side(a, "the inertia")
    return Term("negative_index", (a,), None, INT)


# Definedness -----------------------------------------------------------------------------------------------------


def invertibility_obligations(term: Term) -> tuple[Term, ...]:
    """The propositions ``invertible(X)``, one for each ``inverse(X)`` in ``term``, innermost first.

    What stands under a binder is generalised, over the range of the index for sums, minima and maxima. Guards of
    implications are not taken into account.
    """
    return tuple(dict.fromkeys(_obligations(term)))


def _obligations(t: Term) -> list[Term]:
    found = [p for a in (t.args[:-1] if t.op in BINDERS else t.args) for p in _obligations(a)]
    if t.op in BINDERS:
        variables, body = open_binder(t)
        quantify: Callable[[Term], Term] = lambda p: ForAll(variables, p)  # noqa: E731
        if t.op in ("sum", "minover", "maxover"):
            quantify = lambda p: forall_in(variables[0], t.args[0], t.args[1], p)  # noqa: E731
        found += [quantify(p) for p in _obligations(body)]
    elif t.op == "inverse":
        found.append(invertible(t.args[0]))
    return found
