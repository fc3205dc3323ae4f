"""Families of numbers as values: zero outside a table, small rationals where arbitrary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from flint import arb, fmpq

from symproof.instances.integer_table import IntegerTable
from symproof.kernel.evaluate import ExactFunction
from symproof.logic.sort import INT, Sort
from symproof.logic.term import Term

__all__ = ["GivenFunction", "IndexedFamily", "TableFamily", "kept", "sampled_family", "table", "vector"]

MAX_FOUND = 50_000
"""So many values of a family are kept."""


class GivenFunction(ExactFunction):
    """A function as a value.

    Attributes:
        source: what it was given as, a callable.
    """

    def __init__(self, sort: Sort, value: Any) -> None:
        super().__init__(sort, value)
        self.source = value

    def fresh(self, *args: Any) -> Any:
        """The value at ``args``, which is not kept."""
        return self._computed(args)


class IndexedFamily(GivenFunction):
    """A family of numbers: each value is computed once, and found again by whole numbers rather than rationals."""

    def __init__(self, variable: Term, value: Any) -> None:
        super().__init__(variable.sort, value)
        self._found: dict[Any, Any] = {}

    def __call__(self, *args: Any) -> Any:
        """The value at ``args``."""
        key = int(args[0].numerator) if len(args) == 1 else tuple([int(a.numerator) for a in args])
        found = self._found.get(key)
        if found is None:
            found = self._computed(args)
            if len(self._found) < MAX_FOUND:
                self._found[key] = found
        return found


@dataclass(frozen=True)
class TableFamily:
    """Columns of a table as a family (i, j), or one of them as a family (i); 0 at all other indices.

    Attributes:
        table: its columns are 1, features, target.
        first: the column of j = 1.
        count: how many columns; None for one column without the index j.
    """

    table: IntegerTable
    first: int
    count: int | None = None

    def position(self, indices: Sequence[int]) -> int | None:
        """The column for the indices after i, or None if there is none."""
        if self.count is None:
            return self.first
        (j,) = indices
        return self.first + j - 1 if 1 <= j <= self.count else None

    def __call__(self, i: int, *indices: int) -> fmpq:
        """The entry."""
        position = self.position(indices)
        return self.table.entry(i - 1, position) if position is not None and 1 <= i <= self.rows else fmpq(0)

    @cached_property
    def rows(self) -> int:
        """How many rows the table has."""
        return self.table.row_count


def kept(variable: Term, value: Any) -> Any:
    """A value for a variable, in the form in which evaluations share what they compute of it."""
    if variable.sort.kind != "fun":
        return fmpq(value.numerator, value.denominator) if isinstance(value, int | Fraction) else value
    if isinstance(value, ExactFunction):
        return value
    whole = all(s == INT for s in variable.sort.domain)
    return IndexedFamily(variable, value) if whole else GivenFunction(variable.sort, value)


def vector(entries: Sequence[Any]) -> Callable[[int], Any]:
    """The family e_1, ..., e_n of rationals or balls; 0 at all other indices."""
    size = len(entries)
    return lambda k: _number(entries[k - 1]) if 1 <= k <= size else fmpq(0)


def table(rows: Sequence[Sequence[Any]]) -> Callable[[int, int], Any]:
    """The family of the entries of a matrix, rationals or balls, counted from 1; 0 at all other indices."""
    count = len(rows)

    def entry(i: int, j: int) -> Any:
        return _number(rows[i - 1][j - 1]) if 1 <= i <= count and 1 <= j <= len(rows[i - 1]) else fmpq(0)

    return entry


def _number(value: Any) -> fmpq | arb:
    return value if isinstance(value, arb) else fmpq(value)


_ARBITRARY = [[fmpq(k - 4, 1 + n) for n in range(3)] for k in range(9)]


def sampled_family(seed: int) -> Callable[..., fmpq]:
    """A function with small rational values that look arbitrary and are the same in every run."""

    def entry(*args: Any) -> fmpq:
        state = seed * 7919 + 12345
        for a in args:
            top, bottom = (a, 1) if isinstance(a, int) else (int(fmpq(a).p), int(fmpq(a).q))
            state = (state * 1103515245 + 3 * top + 7 * bottom + 12345) % 2147483648
        state ^= state >> 13
        return _ARBITRARY[state % 9][state // 9 % 3]

    return entry
