"""Numbers that depend on the sample, as polynomials in a few columns: arithmetic without a pass over the samples.

A column is a constant, plus multiples of atoms, plus products of two columns. An atom is a column of the data, a
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

from symproof.errors import SymproofError
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
    "NotStreamedError",
    "Number",
    "One",
    "Outer",
    "Positive",
    "Quotient",
    "TableEntry",
    "Where",
    "Whole",
    "atom",
    "column_of",
    "compared",
    "given",
    "greater",
    "minus",
    "plus",
    "positive_part",
    "quotient",
    "separated",
    "table_entry",
    "times",
]

ZERO = fmpq(0)
MAX_SEPARATED = 1_000


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


@dataclass(frozen=True)
class Outer:
    """A column of the sample of an outer sum, inside of an inner one: there it is a number like any other."""

    column: Column


Atom = One | TableEntry | Given | Index | Here | Positive | Where | Whole | Outer
"""``One`` stands for the constant in sums of products; columns hold their constant apart."""


@dataclass(frozen=True)
class Comparison:
    """``column >= 0``, ``column > 0`` or ``column = 0``; the sign is ``ge``, ``gt`` or ``eq``.

    ``divisor`` is a column that must not be 0 for the comparison to mean anything; None if there is none.
    """

    column: Column
    sign: str
    divisor: Column | None = None


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


@dataclass(frozen=True)
class Quotient:
    """A number for each sample that is no polynomial: one column divided by another, which must not be 0."""

    top: Column
    bottom: Column


Number = fmpq | Column | Quotient
"""A number that is the same for all samples, or one for each."""


class NotStreamedError(SymproofError):
    """A term is not of the kind that passes over the samples evaluate, or they would be too much work."""


def table_entry(table: IntegerTable, position: int) -> Column:
    """A column of a table, counted from 0."""
    return Column(ZERO, {TableEntry(_Identity(table), position): fmpq(1)})


def given(family: Any, before: tuple[fmpq, ...], after: tuple[fmpq, ...]) -> Column:
    """The values of a family, the sample being one of its arguments."""
    return Column(ZERO, {Given(_Identity(family), before, after): fmpq(1)})


def atom(one: Atom) -> Column:
    """An atom as a column."""
    return Column(ZERO, {one: fmpq(1)})


def column_of(value: Number) -> Column:
    """A number as a column. Raises NotStreamedError for a quotient."""
    if isinstance(value, Quotient):
        raise NotStreamedError("a quotient inside of something else")
    return value if isinstance(value, Column) else Column(value)


def plus(a: Number, b: Number) -> Number:
    """The sum."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a + b
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        (p, q), (r, s) = _fraction(a), _fraction(b)
        if q == s:
            return Quotient(_added(p, r), q)
        return Quotient(_added(_multiplied(p, s), _multiplied(r, q)), _multiplied(q, s))
    return _plain(_added(column_of(a), column_of(b)))


def times(a: Number, b: Number) -> Number:
    """The product."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return a * b
    if isinstance(a, Quotient) or isinstance(b, Quotient):
        (p, q), (r, s) = _fraction(a), _fraction(b)
        return Quotient(_multiplied(p, r), _multiplied(q, s))
    return _plain(_multiplied(column_of(a), column_of(b)))


def minus(a: Number, b: Number) -> Number:
    """The difference."""
    return plus(a, times(fmpq(-1), b))


def greater(a: Number, b: Number) -> Number:
    """The larger one of two numbers at each sample."""
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return max(a, b)
    return plus(b, positive_part(minus(a, b)))


def positive_part(a: Number) -> Number:
    """max(a, 0); columns that are positive multiples of one another share their positive part."""
    if isinstance(a, fmpq):
        return max(a, ZERO)
    column = column_of(a)
    size = next((abs(c) for c in column.terms.values()), fmpq(1)) if not column.products else fmpq(1)
    return _scaled(atom(Positive(_scaled(column, 1 / size))), size)


def quotient(a: Number, b: Number) -> Number:
    """The quotient. Raises NotStreamedError for a division by 0."""
    if isinstance(b, fmpq):
        if b == 0:
            raise NotStreamedError("a division by 0")
        return times(1 / b, a)
    return Quotient(column_of(a), column_of(b))


def compared(difference: Number, sign: str) -> bool | Comparison:
    """Whether a number is >= 0 (``ge``), > 0 (``gt``) or 0 (``eq``)."""
    if isinstance(difference, fmpq):
        return bool(difference >= 0 if sign == "ge" else difference > 0 if sign == "gt" else difference == 0)
    if isinstance(difference, Quotient):
        top, bottom = difference.top, difference.bottom
        return Comparison(top if sign == "eq" else _multiplied(top, bottom), sign, bottom)
    return Comparison(difference, sign)


def separated(a: Column) -> list[tuple[Number, Column]]:
    """Pairs of a number of the outer sample and a column of the inner one; the sum of their products is ``a``.

    Raises NotStreamedError if they are too many.
    """
    inner: dict[Atom, fmpq] = {one: c for one, c in a.terms.items() if not isinstance(one, Outer | Whole)}
    found: list[tuple[Number, Column]] = [(fmpq(1), Column(a.constant, inner))]
    for one, c in a.terms.items():
        if isinstance(one, Outer):
            found.append((one.column, Column(c)))
        elif isinstance(one, Whole):
            found += [(outer, _scaled(column, c)) for outer, column in separated(one.column)]
    for left, right in a.products:
        pairs = [(p, q) for p in separated(left) for q in separated(right)]
        found += [(times(p[0], q[0]), _multiplied(p[1], q[1])) for p, q in pairs]
        if len(found) > MAX_SEPARATED:
            raise NotStreamedError("a double sum over the samples of too many parts")
    return [(outer, column) for outer, column in found if column.constant != 0 or not column.is_constant]


def _fraction(a: Number) -> tuple[Column, Column]:
    return (a.top, a.bottom) if isinstance(a, Quotient) else (column_of(a), Column(fmpq(1)))


def _plain(a: Column) -> Number:
    return a.constant if a.is_constant else a


def _added(a: Column, b: Column) -> Column:
    terms = dict(a.terms)
    for one, coefficient in b.terms.items():
        total = terms.get(one, ZERO) + coefficient
        if total == 0:
            terms.pop(one, None)
        else:
            terms[one] = total
    return Column(a.constant + b.constant, terms, a.products + b.products)


def _scaled(a: Column, factor: fmpq) -> Column:
    if factor == 0:
        return Column()
    terms = {one: coefficient * factor for one, coefficient in a.terms.items()}
    return Column(a.constant * factor, terms, tuple((_scaled(p, factor), q) for p, q in a.products))


def _multiplied(a: Column, b: Column) -> Column:
    if a.is_constant:
        return _scaled(b, a.constant)
    if b.is_constant:
        return _scaled(a, b.constant)
    return Column(products=((_factor(a), _factor(b)),))


def _factor(a: Column) -> Column:
    return atom(Whole(a)) if a.products else a
