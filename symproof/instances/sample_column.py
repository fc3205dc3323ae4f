"""Numbers that depend on the sample, as polynomials in a few columns: arithmetic without a pass over the samples.

A column is ``constant + sum of coefficient * atom + sum of products of two columns``. An atom is a column of the data, a
family that is only known by its values, or what no polynomial is (the positive part of a column, a column where a
condition holds, and so on). Sums over all samples are bilinear in the atoms, so that they need the sums of products of
atoms only: for the columns of the data the Gram matrix, computed once (see ``sample_passes``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from flint import fmpq

from symproof.instances.integer_table import IntegerTable

__all__ = [
    "Atom",
    "Column",
    "Comparison",
    "Condition",
    "Given",
    "Here",
    "Index",
    "Junction",
    "Negation",
    "One",
    "Positive",
    "TableEntry",
    "Where",
    "Whole",
    "added",
    "atom",
    "column_of",
    "given",
    "multiplied",
    "positive_part",
    "scaled",
    "table_entry",
]

ZERO = fmpq(0)


class _Identity:
    """An object, compared by identity; it is kept alive, so that the identity stays its own."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and other.value is self.value

    def __hash__(self) -> int:
        return id(self.value)


@dataclass(frozen=True)
class One:
    """1 at all samples."""


@dataclass(frozen=True)
class TableEntry:
    """A column of a table whose first column is constant 1; sample i is row i - 1."""

    table: _Identity
    position: int


@dataclass(frozen=True)
class Given:
    """A family that is only known by its values: entry i is ``family.fresh(*before, i, *after)``."""

    family: _Identity
    before: tuple[fmpq, ...]
    after: tuple[fmpq, ...]


@dataclass(frozen=True)
class Index:
    """The number i of the sample."""


@dataclass(frozen=True)
class Here:
    """1 at one sample, 0 at all others."""

    index: int


@dataclass(frozen=True)
class Positive:
    """The positive part max(c, 0) of a column c."""

    column: Column


@dataclass(frozen=True)
class Where:
    """A column where a condition holds, 0 elsewhere."""

    condition: Condition
    column: Column


@dataclass(frozen=True)
class Whole:
    """A column with products, as one factor of a further product."""

    column: Column


Atom = One | TableEntry | Given | Index | Here | Positive | Where | Whole
"""``One`` stands for the constant in sums of products; columns hold their constant apart."""


@dataclass(frozen=True)
class Comparison:
    """``column >= 0``, ``column > 0`` or ``column = 0``; the sign is ``ge``, ``gt`` or ``eq``."""

    column: Column
    sign: str


@dataclass(frozen=True)
class Negation:
    """Not."""

    part: Condition


@dataclass(frozen=True)
class Junction:
    """All of the parts, or some of them."""

    parts: tuple[Condition, ...]
    every: bool


Condition = Comparison | Negation | Junction


class Column:
    """A number for each sample.

    Attributes:
        constant: the constant term.
        terms: the coefficients of the atoms, none of them 0.
        products: pairs of columns without products of their own; their product is added.
    """

    def __init__(
        self,
        constant: fmpq = ZERO,
        terms: Mapping[Atom, fmpq] | None = None,
        products: tuple[tuple[Column, Column], ...] = (),
    ) -> None:
        self.constant = constant
        self.terms: Mapping[Atom, fmpq] = terms or {}
        self.products = products

    @cached_property
    def _key(self) -> tuple[Any, ...]:
        return self.constant, frozenset(self.terms.items()), self.products

    @cached_property
    def _hash(self) -> int:
        return hash(self._key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Column) and (self is other or (self._hash == other._hash and self._key == other._key))

    def __hash__(self) -> int:
        return self._hash

    @property
    def is_constant(self) -> bool:
        """Whether it certainly is the same at all samples."""
        return not self.terms and not self.products


def table_entry(table: IntegerTable, position: int) -> Column:
    """A column of a table, counted from 0."""
    return Column(ZERO, {TableEntry(_Identity(table), position): fmpq(1)})


def given(family: Any, before: tuple[fmpq, ...], after: tuple[fmpq, ...]) -> Column:
    """The values of a family, the sample being one of its arguments."""
    return Column(ZERO, {Given(_Identity(family), before, after): fmpq(1)})


def atom(one: Atom) -> Column:
    """An atom as a column."""
    return Column(ZERO, {one: fmpq(1)})


def column_of(value: fmpq | Column) -> Column:
    """A number as the column that has it everywhere."""
    return value if isinstance(value, Column) else Column(value)


def added(a: Column, b: Column) -> Column:
    """The sum."""
    terms = dict(a.terms)
    for one, coefficient in b.terms.items():
        total = terms.get(one, ZERO) + coefficient
        if total == 0:
            terms.pop(one, None)
        else:
            terms[one] = total
    return Column(a.constant + b.constant, terms, a.products + b.products)


def scaled(a: Column, factor: fmpq) -> Column:
    """A multiple."""
    if factor == 0:
        return Column()
    terms = {one: coefficient * factor for one, coefficient in a.terms.items()}
    return Column(a.constant * factor, terms, tuple((scaled(p, factor), q) for p, q in a.products))


def multiplied(a: Column, b: Column) -> Column:
    """The product."""
    if a.is_constant:
        return scaled(b, a.constant)
    if b.is_constant:
        return scaled(a, b.constant)
    return Column(products=((_factor(a), _factor(b)),))


def _factor(a: Column) -> Column:
    return atom(Whole(a)) if a.products else a


def positive_part(a: Column) -> Column:
    """max(a, 0); columns that are positive multiples of one another share their positive part."""
    if a.is_constant:
        return Column(max(a.constant, ZERO))
    size = next((abs(c) for c in a.terms.values()), fmpq(1)) if not a.products else fmpq(1)
    return scaled(atom(Positive(scaled(a, 1 / size))), size)
