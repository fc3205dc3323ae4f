"""Sums, extrema and truths over many samples, in passes that hold one chunk of them at a time.

Sums of products of columns of a table come from its Gram matrix, which one pass computes. For every other atom one pass
gives its sum and its products with the columns of the table. What was computed is kept: a few numbers for each atom.
All arithmetic is on integers over common denominators, and exact.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from typing import Any

from flint import fmpq, fmpz, fmpz_mat

from symproof.instances.effort import Effort
from symproof.instances.integer_table import CHUNK_ROWS, IntegerTable
from symproof.instances.sample_column import (
    Atom,
    Column,
    Comparison,
    Condition,
    Given,
    Here,
    Index,
    Junction,
    Negation,
    NotStreamedError,
    Number,
    One,
    Positive,
    Quotient,
    TableEntry,
    Where,
    Whole,
    column_of,
)

__all__ = ["MAX_PASS_WORK", "SamplePasses", "Span"]

MAX_KEPT_ENTRIES = 8_000_000
"""Families that are only known by their values are kept up to so many entries in all."""
MAX_KEPT_BITS = 62
MAX_PASS_WORK = 200_000_000
"""About how many entries may be computed for one term."""

Span = tuple[int, int]
"""The first and the last of some samples, counted from 1."""
Pair = tuple[Atom, Atom]
_Part = tuple[fmpz_mat, fmpz]
"""Numerators, one for each sample, and their denominator."""


class SamplePasses:
    """Evaluates columns over ranges of samples; ranges are not empty."""

    def __init__(self, effort: Effort) -> None:
        self._limit = MAX_PASS_WORK if effort.max_work is None else effort.max_work
        self._advance = effort.advance
        self._spent = 0
        self._sums: dict[tuple[Span, Pair], fmpq] = {}
        self._failing: dict[tuple[Span, Condition], int | None] = {}
        self._least: dict[tuple[Span, Number], fmpq] = {}
        self._kept: dict[tuple[Given, int], tuple[list[fmpz], fmpz]] = {}
        self._kept_entries = 0
        self._tables: dict[int, TableEntry] = {}

    def start(self) -> None:
        """From here on the limit of work counts anew."""
        self._spent = 0

    def _spend(self, entries: int) -> None:
        self._spent += entries
        if self._spent > self._limit:
            limit = f"the limit is {self._limit:,} entries of columns, these need {self._spent:,}"
            raise NotStreamedError(f"{limit}; --max-work raises it")

    def total(self, column: Column, span: Span) -> fmpq:
        """The sum of a column."""
        coefficients = _pairs(column)
        self._find_sums([pair for pair in coefficients if (span, pair) not in self._sums], span)
        return sum((c * self._sums[span, pair] for pair, c in coefficients.items()), fmpq(0))

    def least(self, number: Number, span: Span) -> fmpq:
        """The smallest value. Raises NotStreamedError for a quotient if it is not defined at a sample."""
        if (span, number) not in self._least:
            parts = (number.top, number.bottom) if isinstance(number, Quotient) else (column_of(number),)
            self._spend(sum(map(_cost, parts)) * (span[1] - span[0] + 1))
            self._least[span, number] = min(block.least(number) for block in self._blocks(span))
        return self._least[span, number]

    def failing(self, condition: Condition, span: Span) -> int | None:
        """The first sample at which a condition does not hold, or None."""
        if (span, condition) not in self._failing:
            self._spend(_cost(condition) * (span[1] - span[0] + 1))
            self._failing[span, condition] = next(
                (
                    block.span[0] + mask.index(False)
                    for block, mask in ((b, b.mask(condition)) for b in self._blocks(span))
                    if False in mask
                ),
                None,
            )
        return self._failing[span, condition]

    def at(self, column: Column, index: int) -> fmpq:
        """The value at one sample."""
        if column.is_constant:
            return column.constant
        top, bottom = _Block((index, index), self._values).column(column)
        return fmpq(top[0, 0], bottom)

    def _blocks(self, span: Span) -> Iterator[_Block]:
        first, last = span
        while first <= last:
            self._advance(f"sample {first:,} of {last:,}")
            until = min(last, ((first - 1) // CHUNK_ROWS + 1) * CHUNK_ROWS)
            yield _Block((first, until), self._values)
            first = until + 1

    # Sums of products of atoms ---------------------------------------------------------------------------------------

    def _find_sums(self, missing: list[Pair], span: Span) -> None:
        for pair in missing:
            if Here in map(type, pair):
                self._sums[span, pair] = self._at_one_sample(pair, span)
        missing = [pair for pair in missing if (span, pair) not in self._sums]
        self._tables |= {id(a.table.value): a for pair in missing for a in pair if isinstance(a, TableEntry)}
        tables = [entry for entry in self._tables.values() if span[0] >= 1 and span[1] <= entry.table.value.row_count]
        for entry in tables:
            if (span, _pair(One(), entry)) not in self._sums:
                self._find_gram(entry, span)
        self._sums[span, (One(), One())] = fmpq(span[1] - span[0] + 1)
        missing = [pair for pair in missing if (span, pair) not in self._sums]
        if missing:
            self._find_products(missing, tables, span)

    def _at_one_sample(self, pair: Pair, span: Span) -> fmpq:
        one, other = pair if isinstance(pair[0], Here) else pair[::-1]
        if not isinstance(one, Here) or not span[0] <= one.index <= span[1]:
            return fmpq(0)
        top, bottom = _Block((one.index, one.index), self._values).atom(other)
        return fmpq(top[0, 0], bottom)

    def _find_gram(self, entry: TableEntry, span: Span) -> None:
        """The sums of products of all columns of a table."""
        table: IntegerTable = entry.table.value
        size = len(table.scales)
        self._spend((span[1] - span[0] + 1) * size)
        total = fmpz_mat(size, size)
        for block in self._blocks(span):
            rows = block.rows(table)
            total += rows.transpose() * rows
        atoms = [_entry(entry, position) for position in range(size)]
        for i, a in enumerate(atoms):
            for j, b in enumerate(atoms):
                self._sums[span, _pair(a, b)] = fmpq(total[i, j], table.scales[i] * table.scales[j])

    def _find_products(self, missing: list[Pair], entries: list[TableEntry], span: Span) -> None:
        """One pass: each computed atom times the columns of the tables, and what else is missing."""
        computed = {a for pair in missing for a in pair if not isinstance(a, One | TableEntry)}
        self._spend((span[1] - span[0] + 1) * sum(map(_cost, computed)))
        totals: dict[Pair, fmpq] = {}
        alone = [pair for pair in missing if not (entries and _with_entry(pair))]
        for block in self._blocks(span):
            for a in computed:
                numerators, bottom = block.atom(a)
                for number, entry in enumerate(entries):
                    table: IntegerTable = entry.table.value
                    products = (block.rows(table).transpose() * numerators).entries()
                    for position, (value, scale) in enumerate(zip(products, table.scales, strict=True)):
                        if number and not position:
                            continue  # the constant column of another table
                        pair = _pair(a, _entry(entry, position))
                        totals[pair] = totals.get(pair, fmpq(0)) + fmpq(value, bottom * scale)
            for pair in alone:
                (left, p), (right, q) = map(block.atom, pair)
                totals[pair] = totals.get(pair, fmpq(0)) + fmpq((left.transpose() * right)[0, 0], p * q)
        self._sums |= {(span, pair): total for pair, total in totals.items()}

    def _values(self, family: Given, span: Span) -> tuple[list[fmpz], fmpz]:
        """The values of a family over a common denominator; small ones of whole chunks are kept."""
        key = family, span[0]
        whole = span[0] % CHUNK_ROWS == 1 and span[1] - span[0] + 1 == CHUNK_ROWS
        if whole and key in self._kept:
            return self._kept[key]
        call, before, after = family.family.value.fresh, family.before, family.after
        found = [call(*before, fmpq(i), *after) for i in range(span[0], span[1] + 1)]
        if not all(isinstance(value, fmpq) for value in found):
            raise NotStreamedError("a family has values that are not rational")
        bottom = fmpz(math.lcm(*{int(value.q) for value in found}))
        tops = [(value * bottom).p for value in found]
        if whole and self._kept_entries < MAX_KEPT_ENTRIES and all(abs(t).bit_length() < MAX_KEPT_BITS for t in tops):
            self._kept_entries += len(tops)
            self._kept[key] = tops, bottom
        return tops, bottom


class _Block:
    """Some samples of one chunk; what is computed for them is computed once."""

    def __init__(self, span: Span, values: Callable[[Given, Span], tuple[list[fmpz], fmpz]]) -> None:
        self.span, self._values = span, values
        self._size = span[1] - span[0] + 1
        self._rows: dict[int, fmpz_mat] = {}
        self._atoms: dict[Atom, _Part] = {}
        self._ones = fmpz_mat(self._size, 1, [1] * self._size)

    def rows(self, table: IntegerTable) -> fmpz_mat:
        """The rows of a table, scaled. Raises NotStreamedError where it has none."""
        if id(table) not in self._rows:
            first, last = self.span[0] - 1, self.span[1]
            if first < 0 or last > table.row_count:
                raise NotStreamedError("an index outside of the data")
            chunk = table.chunks[first // CHUNK_ROWS]
            if self._size != chunk.nrows():
                start, width = first % CHUNK_ROWS, chunk.ncols()
                part = chunk.entries()[start * width : (start + self._size) * width]
                chunk = fmpz_mat(self._size, width, part)
            self._rows[id(table)] = chunk
        return self._rows[id(table)]

    def column(self, column: Column) -> _Part:
        """The values of a column."""
        parts: list[tuple[fmpz_mat, fmpq]] = [(self._ones, column.constant)] if column.constant != 0 else []
        weights: dict[int, tuple[IntegerTable, list[fmpq]]] = {}
        for one, coefficient in column.terms.items():
            if isinstance(one, TableEntry):
                table: IntegerTable = one.table.value
                row = weights.setdefault(id(table), (table, [fmpq(0)] * len(table.scales)))[1]
                row[one.position] = coefficient / table.scales[one.position]
            else:
                top, bottom = self.atom(one)
                parts.append((top, coefficient / bottom))
        for left, right in column.products:
            (a, p), (b, q) = self.column(left), self.column(right)
            parts.append((self._vector(map(operator.mul, a.entries(), b.entries())), 1 / fmpq(p * q)))
        for table, row in weights.values():
            scale = math.lcm(*(int(c.q) for c in row))
            vector = fmpz_mat(len(row), 1, [(c * scale).p for c in row])
            parts.append((self.rows(table) * vector, fmpq(1, scale)))
        common = math.lcm(*(int(c.q) for _, c in parts))
        total = fmpz_mat(self._size, 1)
        for top, coefficient in parts:
            factor = (coefficient * common).p
            total += top if factor == 1 else top * factor
        return total, fmpz(common)

    def atom(self, one: Atom) -> _Part:
        """The values of an atom."""
        if one not in self._atoms:
            self._atoms[one] = self._computed(one)
        return self._atoms[one]

    def _computed(self, one: Atom) -> _Part:
        if isinstance(one, Positive):
            top, bottom = self.column(one.column)
            return self._vector(v if v > 0 else 0 for v in top.entries()), bottom
        if isinstance(one, Where):
            top, bottom = self.column(one.column)
            pairs = zip(top.entries(), self.mask(one.condition), strict=True)
            return self._vector(v if there else 0 for v, there in pairs), bottom
        if isinstance(one, Whole):
            return self.column(one.column)
        if isinstance(one, Given):
            tops, bottom = self._values(one, self.span)
            return self._vector(tops), bottom
        if isinstance(one, TableEntry):
            entries, scales = self.rows(one.table.value).entries(), one.table.value.scales
            return self._vector(entries[one.position :: len(scales)]), fmpz(scales[one.position])
        first, last = self.span
        if isinstance(one, Index):
            return self._vector(range(first, last + 1)), fmpz(1)
        if isinstance(one, Here):
            return self._vector(int(i == one.index) for i in range(first, last + 1)), fmpz(1)
        if isinstance(one, One):
            return self._ones, fmpz(1)
        raise NotStreamedError("a double sum over the samples that does not separate")

    def _vector(self, entries: Any) -> fmpz_mat:
        return fmpz_mat(self._size, 1, list(entries))

    def least(self, number: Number) -> fmpq:
        """The smallest value."""
        if not isinstance(number, Quotient):
            values, denominator = self.column(column_of(number))
            return fmpq(min(values.entries()), denominator)
        self._demand_divisor(number.bottom)
        (top, p), (bottom, q) = self.column(number.top), self.column(number.bottom)
        return min(map(fmpq, top.entries(), bottom.entries())) * fmpq(q, p)

    def _demand_divisor(self, column: Column) -> None:
        if 0 in self.column(column)[0].entries():
            raise NotStreamedError("a division by 0")

    def mask(self, condition: Condition) -> list[bool]:
        """Where a condition holds."""
        if isinstance(condition, Comparison):
            if condition.divisor is not None:
                self._demand_divisor(condition.divisor)
            tops = self.column(condition.column)[0].entries()
            compare = {"ge": operator.ge, "gt": operator.gt, "eq": operator.eq}[condition.sign]
            return [compare(v, 0) for v in tops]
        if isinstance(condition, Negation):
            return [not holds for holds in self.mask(condition.part)]
        join = operator.and_ if condition.every else operator.or_
        first, *others = condition.parts
        found = self.mask(first)
        for part in others:
            if condition.every not in found:
                break  # decided everywhere
            found = list(map(join, found, self.mask(part)))
        return found


def _entry(entry: TableEntry, position: int) -> Atom:
    """A column of a table; the first is constant."""
    return TableEntry(entry.table, position) if position else One()


def _pair(a: Atom, b: Atom) -> Pair:
    """Two factors, in an order of their own."""
    return (a, b) if (_rank(a), hash(a)) <= (_rank(b), hash(b)) else (b, a)


def _rank(a: Atom) -> int:
    return 0 if isinstance(a, One) else 1 if isinstance(a, TableEntry) else 2


def _with_entry(pair: Pair) -> bool:
    return any(isinstance(a, One | TableEntry) for a in pair)


def _pairs(column: Column) -> dict[Pair, fmpq]:
    """A column as a combination of products of two atoms."""
    found: dict[Pair, fmpq] = {}
    for left, right in ((Column(column.constant, column.terms), Column(fmpq(1))), *column.products):
        for a, c in ((One(), left.constant), *left.terms.items()):
            for b, d in ((One(), right.constant), *right.terms.items()):
                if c != 0 and d != 0:
                    pair = _pair(a, b)
                    found[pair] = found.get(pair, fmpq(0)) + c * d
    return found


def _cost(thing: Column | Condition | Atom) -> int:
    """How many entries are computed for a sample."""
    if isinstance(thing, Column):
        inner = [t for t in thing.terms if not isinstance(t, One | TableEntry)]
        return 1 + sum(map(_cost, inner)) + sum(_cost(a) + _cost(b) for a, b in thing.products)
    if isinstance(thing, Comparison):
        return 1 + _cost(thing.column) + (0 if thing.divisor is None else _cost(thing.divisor))
    if isinstance(thing, Positive | Whole):
        return 1 + _cost(thing.column)
    if isinstance(thing, Where):
        return 1 + _cost(thing.condition) + _cost(thing.column)
    if isinstance(thing, Negation):
        return 1 + _cost(thing.part)
    if isinstance(thing, Junction):
        return 1 + sum(map(_cost, thing.parts))
    return 5 if isinstance(thing, Given) else 1
