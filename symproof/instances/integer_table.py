"""Rational columns as integer matrices with a scale for each column: the form in which flint is fast.

The rows are kept in chunks. flint keeps an integer below 2^62 in one machine word, so that a table takes eight bytes an
entry as a rule and any size where it must; every pass over it needs memory for one chunk only.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from symproof.errors import InputError

__all__ = ["CHUNK_ROWS", "Combination", "IntegerTable", "integer_table", "scaled_columns"]

CHUNK_ROWS = 4_096
"""The rows of a chunk; the last one may have fewer."""
MAX_TABLE_BITS = 2_000_000_000


@dataclass(frozen=True)
class IntegerTable:
    """An m x n rational matrix.

    Attributes:
        chunks: its rows times the scales, each chunk but the last with ``CHUNK_ROWS`` of them.
        scales: one positive integer for each column; an entry is the integer divided by the scale of its column.
    """

    chunks: tuple[fmpz_mat, ...]
    scales: tuple[int, ...]

    @property
    def row_count(self) -> int:
        """The number m of rows."""
        return sum(chunk.nrows() for chunk in self.chunks)

    def entry(self, row: int, column: int) -> fmpq:
        """One entry, counted from 0."""
        return fmpq(self.chunks[row // CHUNK_ROWS][row % CHUNK_ROWS, column], self.scales[column])

    def rows(self) -> Iterator[list[fmpz]]:
        """The scaled integers, row by row."""
        for chunk in self.chunks:
            yield from chunk.tolist()

    def products(self) -> fmpz_mat:
        """The matrix of the scaled integers, transposed, times itself: one chunk after the other."""
        size = len(self.scales)
        total = fmpz_mat(size, size)
        for chunk in self.chunks:
            total += chunk.transpose() * chunk
        return total

    def combination(self, coefficients: Sequence[fmpq | int]) -> Combination:
        """The linear combination of the columns with these coefficients."""
        scaled = [fmpq(c) / scale for c, scale in zip(coefficients, self.scales, strict=True)]
        denominator = fmpz(math.lcm(*(int(c.q) for c in scaled)))
        return Combination(self, fmpz_mat(len(scaled), 1, [(c * denominator).p for c in scaled]), denominator)

    def selected(self, rows: Sequence[int]) -> IntegerTable:
        """The table of some rows, with the same scales."""
        width = len(self.scales)
        taken = [v for i in rows for v in (self.chunks[i // CHUNK_ROWS][i % CHUNK_ROWS, j] for j in range(width))]
        return IntegerTable(tuple(_chunks(taken, width)), self.scales)


@dataclass(frozen=True)
class Combination:
    """A column that is a linear combination of those of a table, computed chunk by chunk.

    Attributes:
        table: the table.
        weights: integers, one for each column.
        denominator: > 0; the value in a row is the product of the scaled integers and the weights, divided by it.
    """

    table: IntegerTable
    weights: fmpz_mat
    denominator: fmpz

    def chunk(self, chunk: fmpz_mat) -> fmpz_mat:
        """The numerators for a chunk of the table, as a column."""
        return chunk * self.weights

    def numerators(self) -> Iterator[fmpz]:
        """The numerators of all rows."""
        for chunk in self.table.chunks:
            yield from self.chunk(chunk).entries()

    def values(self) -> Iterator[fmpq]:
        """The values in lowest terms."""
        return (fmpq(numerator, self.denominator) for numerator in self.numerators())


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
    entries = [entry for row in zip(*scaled, strict=True) for entry in row]
    return IntegerTable(tuple(_chunks(entries, len(scaled))), tuple(scales))


def scaled_columns(parts: Sequence[fmpz_mat], scales: Sequence[Sequence[int]], names: Sequence[str]) -> IntegerTable:
    """Put chunks whose columns were scaled chunk by chunk on common scales, the smallest ones.

    Args:
        parts: the chunks; each but the last has ``CHUNK_ROWS`` rows.
        scales: for each chunk, the scale of each of its columns.
        names: the names of the columns, for the message.

    Raises InputError as :func:`integer_table`.
    """
    count = sum(part.nrows() for part in parts)
    common = [_bounded_lcm({s[j] for s in scales}, count, name) for j, name in enumerate(names)]
    chunks = [
        _times(part, [c // s for c, s in zip(common, own, strict=True)])
        for part, own in zip(parts, scales, strict=True)
    ]
    shared = [
        math.gcd(scale, *(int(_content(chunk, j)) for chunk in chunks)) if scale != 1 else 1
        for j, scale in enumerate(common)
    ]
    if any(divisor != 1 for divisor in shared):
        chunks = [_divided(chunk, shared) for chunk in chunks]
    return IntegerTable(tuple(chunks), tuple(scale // divisor for scale, divisor in zip(common, shared, strict=True)))


def _content(chunk: fmpz_mat, column: int) -> int:
    """The greatest common divisor of a column."""
    found = 0
    for i in range(chunk.nrows()):
        found = math.gcd(found, int(chunk[i, column]))
        if found == 1:
            break
    return found


def _times(chunk: fmpz_mat, factors: Sequence[int]) -> fmpz_mat:
    if all(factor == 1 for factor in factors):
        return chunk
    size = len(factors)
    diagonal = fmpz_mat(size, size)
    for j, factor in enumerate(factors):
        diagonal[j, j] = factor
    return chunk * diagonal


def _divided(chunk: fmpz_mat, divisors: Sequence[int]) -> fmpz_mat:
    width = len(divisors)
    entries = chunk.entries()
    for j, divisor in enumerate(divisors):
        if divisor != 1:
            entries[j::width] = [entry // divisor for entry in entries[j::width]]
    return fmpz_mat(chunk.nrows(), width, entries)


def _chunks(entries: list[fmpz], width: int) -> Iterable[fmpz_mat]:
    """Cut the entries of all rows into chunks."""
    step = CHUNK_ROWS * width
    for start in range(0, len(entries), max(step, 1)):
        part = entries[start : start + step]
        yield fmpz_mat(len(part) // width, width, part)


def _common_denominator(column: Sequence[fmpq], name: str) -> int:
    return _bounded_lcm({int(value.q) for value in column}, len(column), name)


def _bounded_lcm(numbers: Iterable[int], count: int, name: str) -> int:
    scale = 1
    for number in numbers:
        scale = math.lcm(scale, number)
        if scale.bit_length() * count > MAX_TABLE_BITS:
            limit = f"a common denominator of at most {MAX_TABLE_BITS // count} bits"
            raise InputError("the denominators have no common multiple of reasonable size", name, limit, "more")
    return scale
