"""The exact values of terms with matrices at a point, and truth, by arithmetic with fractions alone.

Nothing here is shared with the checkers: matrices are tuples of rows, ranks come from elimination, inverses from
cofactors, inertia from the signs of the coefficients of the characteristic polynomial.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, pairwise, permutations
from typing import Any

from symproof.logic.matrix_notions import invertible_argument
from symproof.logic.term import Term

__all__ = [
    "Table",
    "UndefinedMatrix",
    "Values",
    "determinant",
    "inertia",
    "inverted",
    "matrix_product",
    "rank_of",
    "trace_of",
]

Table = tuple[tuple[Fraction, ...], ...]
"""The rows of a matrix."""


class UndefinedMatrix(Exception):
    """The inverse of a singular matrix, or a quotient by 0."""


class Values:
    """The values of terms at one point, by arithmetic with fractions."""

    def __init__(self, point: Mapping[Term, Any]) -> None:
        self.point = point

    def size(self, term: Term) -> tuple[int, int]:
        """Rows and columns; a negative size is that of no rows or columns."""
        rows, cols = (max(0, int(self.value(each))) for each in term.sort.args)
        return rows, cols

    def value(self, term: Term) -> Any:
        """A fraction, or a table. Raises UndefinedMatrix."""
        if term.op == "var":
            return self.point[term]
        if term.op == "num":
            return Fraction(term.data)
        args = term.args
        if term.op in ("identity", "zero"):
            rows, cols = self.size(term)
            one = Fraction(term.op == "identity")
            return tuple(tuple(one * (i == j) for j in range(cols)) for i in range(rows))
        if term.op == "matlit":
            rows, cols = term.data
            entries = [self.value(e) for e in args]
            return tuple(tuple(entries[i * cols : (i + 1) * cols]) for i in range(rows))
        if term.op == "transpose":
            rows, cols = self.size(args[0])
            table = self.value(args[0])
            return tuple(tuple(table[i][j] for i in range(rows)) for j in range(cols))
        if term.op == "trace":
            table = self.value(args[0])
            return sum((row[i] for i, row in enumerate(table)), Fraction(0))
        if term.op == "inverse":
            return inverted(self.value(args[0]))
        if term.op == "rank":
            return Fraction(rank_of(self.value(args[0])))
        return self._arithmetic(term)

    def _arithmetic(self, term: Term) -> Any:
        args = [self.value(a) for a in term.args]
        if term.op == "neg":
            return _each(args[0], lambda a: -a)
        one, other = args
        if term.op in ("add", "sub"):
            sign = 1 if term.op == "add" else -1
            if not isinstance(one, tuple):
                return one + sign * other
            return tuple(
                tuple(a + sign * b for a, b in zip(u, v, strict=True)) for u, v in zip(one, other, strict=True)
            )
        if term.op == "div":
            if other == 0:
                raise UndefinedMatrix("a quotient by 0")
            return _each(one, lambda a: a / other)
        if term.op == "pow":
            return one ** int(other)
        if not isinstance(other, tuple):
            return one * other
        if not isinstance(one, tuple):
            return _each(other, lambda a: one * a)
        width = self.size(term)[1]
        columns = [[row[j] for row in other] for j in range(width)]
        return tuple(tuple(_dot(u, v) for v in columns) for u in one)

    def truth(self, p: Term) -> bool:
        """Whether a claim or a fact of this module holds. Raises UndefinedMatrix."""
        if (argument := invertible_argument(p)) is not None:
            table = self.value(argument)
            return rank_of(table) == len(table)
        if p.op == "not":
            return not self.truth(p.args[0])
        if p.op == "and":
            return all(self.truth(part) for part in p.args)
        if p.op == "exists":  # a one-sided inverse X of a matrix: a X = I or X a = I
            left, right = p.args[0].args[0].args
            table = self.value(left if right.op == "bound" else right)
            return rank_of(table) == self.size(p.args[0].args[1])[0]
        one, other = (self.value(a) for a in p.args)
        return {"eq": one == other, "ne": one != other, "le": one <= other, "lt": one < other, "ge": one >= other,
                "gt": one > other}[p.op]  # fmt: skip


def _dot(u: Sequence[Fraction], v: Sequence[Fraction]) -> Fraction:
    return sum((a * b for a, b in zip(u, v, strict=True)), Fraction(0))


def _each(value: Any, change: Callable[[Fraction], Fraction]) -> Any:
    if isinstance(value, tuple):
        return tuple(tuple(change(a) for a in row) for row in value)
    return change(value)


def rank_of(table: Table) -> int:
    """The rank, by elimination."""
    rows, found = [list(row) for row in table], 0
    for j in range(len(rows[0]) if rows else 0):
        pivot = next((k for k in range(found, len(rows)) if rows[k][j]), None)
        if pivot is None:
            continue
        rows[found], rows[pivot] = rows[pivot], rows[found]
        for k in range(found + 1, len(rows)):
            factor = rows[k][j] / rows[found][j]
            rows[k] = [a - factor * b for a, b in zip(rows[k], rows[found], strict=True)]
        found += 1
    return found


def determinant(table: Table) -> Fraction:
    """The determinant, by permutations; 1 for size 0."""
    total = Fraction(0)
    for order in permutations(range(len(table))):
        swaps = sum(order[a] > order[b] for a, b in combinations(range(len(order)), 2))
        term = Fraction((-1) ** swaps)
        for i, j in enumerate(order):
            term *= table[i][j]
        total += term
    return total


def inverted(table: Table) -> Table:
    """The inverse, by cofactors. Raises UndefinedMatrix."""
    whole, size = determinant(table), len(table)
    if not whole:
        raise UndefinedMatrix("the inverse of a singular matrix")

    def minor(i: int, j: int) -> Table:
        return tuple(tuple(table[a][b] for b in range(size) if b != j) for a in range(size) if a != i)

    return tuple(tuple((-1) ** (i + j) * determinant(minor(j, i)) / whole for j in range(size)) for i in range(size))


def trace_of(table: Table) -> Fraction:
    """The trace."""
    return sum((row[i] for i, row in enumerate(table)), Fraction(0))


def matrix_product(one: Table, other: Table) -> Table:
    """The product of two matrices that have entries."""
    return tuple(tuple(_dot(row, column) for column in zip(*other, strict=True)) for row in one)


def inertia(table: Table) -> tuple[int, int]:
    """The numbers of positive and of negative eigenvalues: all are real, so Descartes' rule of signs is exact."""
    size = len(table)
    coefficients = [Fraction(1)]
    for k in range(1, size + 1):
        minors = (determinant(tuple(tuple(table[i][j] for j in chosen) for i in chosen))
                  for chosen in combinations(range(size), k))  # fmt: skip
        coefficients.append((-1) ** k * sum(minors, Fraction(0)))
    turned = [c * (-1) ** k for k, c in enumerate(coefficients)]
    return _changes(coefficients), _changes(turned)


def _changes(coefficients: list[Fraction]) -> int:
    signs = [c > 0 for c in coefficients if c]
    return sum(a != b for a, b in pairwise(signs))
