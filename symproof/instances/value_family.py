"""Families of numbers as values: zero outside a table, small rationals where arbitrary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

from flint import arb, fmpq

from symproof.kernel.evaluate import ExactFunction
from symproof.logic.sort import INT
from symproof.logic.term import Term

__all__ = ["IndexedFamily", "kept", "sampled_family", "table", "vector"]


class IndexedFamily(ExactFunction):
    """A family of numbers: each value is computed once, and found again by whole numbers rather than rationals."""

    def __init__(self, variable: Term, value: Any) -> None:
        super().__init__(variable.sort, value)
        self._found: dict[Any, Any] = {}

    def __call__(self, *args: Any) -> Any:
        """The value at ``args``."""
        key = int(args[0].numerator) if len(args) == 1 else tuple([int(a.numerator) for a in args])
        found = self._found.get(key)
        if found is None:
            found = self._found[key] = self._computed(args)
        return found


def kept(variable: Term, value: Any) -> Any:
    """A value for a variable, in the form in which evaluations share what they compute of it."""
    if variable.sort.kind != "fun":
        return fmpq(value.numerator, value.denominator) if isinstance(value, int | Fraction) else value
    if isinstance(value, ExactFunction):
        return value
    whole = all(s == INT for s in variable.sort.domain)
    return IndexedFamily(variable, value) if whole else ExactFunction(variable.sort, value)


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


def sampled_family(seed: int) -> Callable[..., fmpq]:
    """A function with small rational values that look arbitrary and are the same in every run."""

    def entry(*args: Any) -> fmpq:
        state = seed * 7919 + 12345
        for a in args:
            number = fmpq(a)
            state = (state * 1103515245 + 3 * int(number.p) + 7 * int(number.q) + 12345) % 2147483648
        state ^= state >> 13
        return fmpq(state % 9 - 4, 1 + state // 9 % 3)

    return entry
