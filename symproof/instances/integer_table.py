"""Rational columns as one integer matrix with a scale for each column: the form in which flint is fast."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from symproof.errors import InputError

__all__ = ["IntegerTable", "ScaledColumn", "integer_table"]

MAX_TABLE_BITS = 2_000_000_000


@dataclass(frozen=True)
class IntegerTable:
    """An m x n rational matrix: entry (i, j) is ``entries[i, j] / scales[j]``."""

    entries: fmpz_mat
    scales: tuple[int, ...]


@dataclass(frozen=True)
class ScaledColumn:
    """A rational column vector: entry i is ``numerators[i, 0] / denominator``, with a denominator > 0."""

    numerators: fmpz_mat
    denominator: fmpz

    def values(self) -> tuple[fmpq, ...]:
        """Return the entries in lowest terms."""
        return tuple(fmpq(numerator, self.denominator) for numerator in self.numerators.entries())


def integer_table(columns: Sequence[Sequence[fmpq]], names: Sequence[str] = ()) -> IntegerTable:
    """Scale each column by the least common multiple of its denominators.

    Raises InputError when the scaled integers would take more than ``MAX_TABLE_BITS`` bits in all; ``names`` are the
    names of the columns for that message.
    """
    scales: list[int] = []
    scaled: list[list[fmpz]] = []
    for position, column in enumerate(columns):
        scale = _common_denominator(column, names[position] if names else f"column {position + 1}")
        scales.append(scale)
        scaled.append([(value * scale).p for value in column] if scale != 1 else [value.p for value in column])
    rows = [entry for row in zip(*scaled, strict=True) for entry in row]
    height = len(rows) // max(len(scaled), 1)
    return IntegerTable(fmpz_mat(height, len(scaled), rows), tuple(scales))


def _common_denominator(column: Sequence[fmpq], name: str) -> int:
    scale = 1
    for denominator in {value.q for value in column}:
        scale = math.lcm(scale, int(denominator))
        if scale.bit_length() * len(column) > MAX_TABLE_BITS:
            limit = f"a common denominator of at most {MAX_TABLE_BITS // len(column)} bits"
            raise InputError("the denominators have no common multiple of reasonable size", name, limit, "more")
    return scale
