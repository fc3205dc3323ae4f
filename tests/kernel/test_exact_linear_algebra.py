"""The rule ``exact_linear_algebra`` with evidence from ``linear_algebra_search``, on random small matrices."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations, pairwise
from typing import Any

import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.kernel.rule import Accepted, NoEvidence, Refusal, Request
from symproof.kernel.rules.exact_linear_algebra import RULE
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.logic.matrix_notions import (
    full_column_rank,
    full_row_rank,
    invertibility_obligations,
    invertible,
    invertible_argument,
    kernel_spanned_by,
    negative_index,
    positive_definite,
    positive_index,
    positive_semidefinite,
    quadratic_form,
    rank,
)
from symproof.logic.sort import SortError
from symproof.logic.syntax import (
    Eq,
    Exists,
    ForAll,
    Ne,
    Not,
    Sum,
    family,
    forall_in,
    identity,
    integer,
    inverse,
    matrix,
    num,
    trace,
    transpose,
    zero_matrix,
)
from symproof.logic.syntax import literal_matrix as M
from symproof.logic.term import Term
from symproof.tactics.linear_algebra_search import congruence, kernel_basis, search, solve


class Recorded(NoEvidence):
    """An evidence table with one entry."""

    def __init__(self, entry: Any) -> None:
        self.entry = entry

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...]) -> Any | None:
        return self.entry if rule == "exact_linear_algebra" else None


def undecided(_sequent: Sequent, _proposition: Term) -> bool:
    """Discharges nothing."""
    return False


def check(goal: Term, evidence: Any, *facts: Term, reach: tuple[Term, ...] = ()) -> Accepted:
    sequent = Sequent((), tuple(Hypothesis(str(i), p) for i, p in enumerate(reach)))
    return RULE.check(Request(goal, facts, sequent, undecided, Recorded(evidence)))


def proves(goal: Term) -> bool:
    """Whether the search finds evidence that the rule accepts; what it finds must never be refused for its form."""
    evidence = search(goal)
    if evidence is None:
        return False
    try:
        return check(goal, evidence) == Accepted()
    except Refusal:
        return False


entries = st.one_of(st.integers(-2, 2).map(Fraction), st.fractions(-3, 3, max_denominator=3))


@st.composite
def tables(draw: st.DrawFn, rows: int = 0, cols: int = 0, kind: Any = entries) -> list[list[Fraction]]:
    """Random rows; often of less than full rank, as a row may be a combination of the others."""
    height, width = rows or draw(st.integers(1, 4)), cols or draw(st.integers(1, 4))
    table = [[draw(kind) for _ in range(width)] for _ in range(height)]
    if height > 1 and draw(st.booleans()):
        factor = draw(entries)
        table[-1] = [factor * x for x in table[0]]
    return table


def exact(table: list[list[Fraction]]) -> fmpq_mat:
    return fmpq_mat([[fmpq(x.numerator, x.denominator) for x in row] for row in table])


@settings(max_examples=80, deadline=None)
@given(table=tables())
def test_rank(table: list[list[Fraction]]) -> None:
    a, r = M(table), exact(table).rank()
    evidence = search(Eq(rank(a), 0))
    for claim, holds in [
        *((Eq(rank(a), value), value == r) for value in range(5)),
        (rank(a) <= r, True),
        (rank(a) < r, False),
        (num(r) >= rank(a), True),
        (Ne(rank(a), r), False),
    ]:
        if holds:
            assert check(claim, evidence) == Accepted()
        else:
            with pytest.raises(Refusal):
                check(claim, evidence)


@settings(max_examples=60, deadline=None)
@given(table=tables())
def test_full_rank_and_its_failure(table: list[list[Fraction]]) -> None:
    a, m = M(table), exact(table)
    by_rows, by_columns = m.rank() == m.nrows(), m.rank() == m.ncols()
    assert (proves(full_row_rank(a)), proves(Not(full_row_rank(a)))) == (by_rows, not by_rows)
    assert (proves(full_column_rank(a)), proves(Not(full_column_rank(a)))) == (by_columns, not by_columns)
    if m.nrows() == m.ncols():
        assert (proves(invertible(a)), proves(Not(invertible(a)))) == (m.det() != 0, m.det() == 0)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), table=tables())
def test_systems_have_a_solution_or_a_proof_that_they_have_none(
    data: st.DataObject, table: list[list[Fraction]]
) -> None:
    right = data.draw(tables(rows=len(table), cols=1))
    a, b, x = M(table), M(right), matrix("x", len(table[0]), 1)
    solvable = solve(exact(table), exact(right)) is not None
    assert proves(Exists(x, Eq(a * x, b))) == solvable
    for negation in (Not(Exists(x, Eq(a * x, b))), ForAll(x, Ne(a * x, b)), Ne(a * x, b)):
        assert proves(negation) == (not solvable)
    turned = Exists(transpose_of(x), Eq(transpose_of(x) * transpose(a), transpose(b)))
    assert (proves(turned), proves(Not(turned))) == (solvable, not solvable)


def transpose_of(x: Term) -> Term:
    """A row variable of the size of x^T."""
    return matrix("y", *reversed(x.sort.args))


def minors_positive(m: fmpq_mat) -> bool:
    """Sylvester's criterion, as an independent answer."""
    return all(fmpq_mat(k, k, [m[i, j] for i in range(k) for j in range(k)]).det() > 0 for k in range(1, m.nrows() + 1))


def principal_minors_nonnegative(m: fmpq_mat) -> bool:
    indices = [c for k in range(1, m.nrows() + 1) for c in combinations(range(m.nrows()), k)]
    return all(fmpq_mat(len(c), len(c), [m[i, j] for i in c for j in c]).det() >= 0 for c in indices)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), n=st.integers(1, 3), gram=st.booleans())
def test_definiteness(data: st.DataObject, n: int, gram: bool) -> None:
    m = exact(data.draw(tables(rows=n, cols=n)))
    if gram:
        m = m.transpose() * m
    half = (m + m.transpose()) / 2
    a = M([[Fraction(int(e.p), int(e.q)) for e in row] for row in m.table()])
    semi, definite = principal_minors_nonnegative(half), minors_positive(half)
    assert (proves(positive_semidefinite(a)), proves(Not(positive_semidefinite(a)))) == (semi, not semi)
    assert (proves(positive_definite(a)), proves(Not(positive_definite(a)))) == (definite, not definite)
    v = matrix("v", n, 1)
    assert proves(ForAll(v, quadratic_form(-a, v) <= 0)) == semi
    assert proves(Exists(v, quadratic_form(a, v) < 0)) == (not semi)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), n=st.integers(1, 4))
def test_inertia(data: st.DataObject, n: int) -> None:
    m = exact(data.draw(tables(rows=n, cols=n)))
    m = m + m.transpose()
    a = M([[Fraction(int(e.p), int(e.q)) for e in row] for row in m.table()])
    lower, diagonal = congruence(m)
    plus, minus = sum(d > 0 for d in diagonal), sum(d < 0 for d in diagonal)
    assert lower.det() != 0
    assert plus + minus == m.rank()
    # Descartes: all roots of the characteristic polynomial are real, so sign changes count the positive ones.
    signs = [c > 0 for c in m.charpoly().coeffs() if c != 0]
    assert plus == sum(x != y for x, y in pairwise(signs))
    for claimed in range(n + 1):
        assert proves(Eq(positive_index(a), claimed)) == (claimed == plus)
        assert proves(Eq(negative_index(a), claimed)) == (claimed == minus)


@settings(max_examples=60, deadline=None)
@given(table=tables())
def test_kernel(table: list[list[Fraction]]) -> None:
    basis = kernel_basis(exact(table))
    if basis.ncols() == 0:
        return
    spanning = M([[Fraction(int(e.p), int(e.q)) for e in row] for row in basis.table()])
    assert proves(kernel_spanned_by(M(table), spanning))
    assert not proves(kernel_spanned_by(M(table), zero_matrix(len(table[0]), 1)))
    if basis.ncols() > 1:
        fewer = M([[Fraction(int(basis[i, 0].p), int(basis[i, 0].q))] for i in range(basis.nrows())])
        assert not proves(kernel_spanned_by(M(table), fewer))
        with pytest.raises(Refusal):
            check(kernel_spanned_by(M(table), fewer), search(kernel_spanned_by(M(table), spanning)))


def test_a_strict_form_needs_a_vector_that_is_not_zero() -> None:
    a, v = M([[2, 1], [1, 2]]), matrix("v", 2, 1)
    goal, evidence = quadratic_form(a, v) > 0, search(positive_definite(a))
    assert check(goal, evidence, reach=(Ne(v, zero_matrix(2, 1)),)) == Accepted()
    for weaker in (goal, ForAll(v, goal)):
        with pytest.raises(Refusal):
            check(weaker, evidence)
    assert check(quadratic_form(a, v) >= 0, evidence) == Accepted()


def test_relations_of_closed_terms_need_no_evidence() -> None:
    a = M([[1, 2], [3, 4]])
    assert check(Eq(a * inverse(a), identity(2)), None) == Accepted()
    assert check(trace(a * transpose(a)) >= 30, None) == Accepted()
    assert check(Ne(a, transpose(a)), None) == Accepted()
    assert check(Eq(a - a, zero_matrix(2, 2)), None) == Accepted()
    n = integer("n")
    for goal in (trace(a) > 5, Eq(identity(n), identity(n)), Eq(a / 0, a), Eq(identity(10**9), identity(10**9))):
        with pytest.raises(Refusal):
            check(goal, None)


# Notions ---------------------------------------------------------------------------------------------------------


def test_notions_check_their_sizes() -> None:
    n, m = integer("n m")
    for notion in (invertible, positive_definite, positive_semidefinite, positive_index):
        with pytest.raises(SortError):
            notion(matrix("A", n, m))
    with pytest.raises(SortError):
        rank(n)


def test_the_argument_of_invertible_is_found_again() -> None:
    n = integer("n")
    A, B = matrix("A", n, n), matrix("B", n, n)
    for a in (A, A * B, inverse(A), M([[1]]), B):
        assert invertible_argument(invertible(a)) == a
    for other in (full_row_rank(A), Exists(B, Eq(A * B, B * A)), Eq(A, B), Exists(n, Eq(n, 0))):
        assert invertible_argument(other) is None


def test_obligations_of_inverses() -> None:
    n, i = integer("n i")
    A, B, W = matrix("A", n, n), matrix("B", n, n), family("W", 1, matrix("A", 2, 2).sort)
    assert invertibility_obligations(A * inverse(B * inverse(A))) == (invertible(A), invertible(B * inverse(A)))
    total = Sum(i, 1, 3, trace(inverse(W(i))))
    assert invertibility_obligations(total) == (forall_in(i, 1, 3, invertible(W(i))),)
    assert invertibility_obligations(ForAll(B, Eq(inverse(B), A))) == (ForAll(B, invertible(B)),)
