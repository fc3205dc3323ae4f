"""The numbers of an instance by name, each read as what it should be; and what is found out about them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat

from symproof.recheck.refused import Refused
from symproof.recheck.term import Term

__all__ = ["Findings", "Numbers"]


@dataclass
class Findings:
    """What is found out about the numbers of an instance.

    Attributes:
        holds: for each hypothesis whether it holds; what is not decided is missing.
        refused: the claims that do not hold.
        not_rechecked: the claims that were not decided.
        found: what was decided, for people.
    """

    holds: dict[str, bool] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    not_rechecked: list[str] = field(default_factory=list)
    found: list[str] = field(default_factory=list)

    def demand(self, claim: str, holds: bool | None) -> bool:
        """Note a claim that does not hold (False), or that is not decided (None); returns whether it holds."""
        if holds is not True:
            (self.refused if holds is False else self.not_rechecked).append(claim)
        return holds is True


class Numbers:
    """Numbers by name. Every method raises Refused if there is no such number, or one of another kind."""

    def __init__(self, values: Any, name: str = "numbers") -> None:
        if not isinstance(values, Mapping):
            raise Refused(f"{name}: names with numbers are wanted")
        self._values, self._name = values, name

    def __contains__(self, name: str) -> bool:
        """Whether something stands under a name that is not null."""
        return self._values.get(name) is not None

    def _value(self, name: str) -> Any:
        if name not in self._values:
            raise Refused(f"{self._name}: {name} is missing")
        return self._values[name]

    def _refuse(self, name: str, wanted: str) -> Refused:
        return Refused(f"{self._name}.{name}: {wanted} is wanted")

    def inside(self, name: str) -> Numbers:
        """Numbers by name, under a name."""
        return Numbers(self._value(name), f"{self._name}.{name}")

    def text(self, name: str) -> str:
        """A text."""
        value = self._value(name)
        if type(value) is not str:
            raise self._refuse(name, "a text")
        return value

    def whole(self, name: str) -> int:
        """An integer."""
        value = self._value(name)
        if type(value) is not int:
            raise self._refuse(name, "an integer")
        return value

    def rational(self, name: str) -> fmpq:
        """An exact number."""
        return self._exact(name, self._value(name))

    def _exact(self, name: str, value: Any) -> fmpq:
        if type(value) is int:
            return fmpq(value)
        if type(value) is not Fraction:
            raise self._refuse(name, "an exact number")
        return fmpq(value.numerator, value.denominator)

    def _list(self, name: str, value: Any, least: int) -> tuple[Any, ...]:
        if type(value) is not tuple or len(value) < least:
            raise self._refuse(name, f"a list of {least} or more")
        return value

    def vector(self, name: str) -> list[fmpq]:
        """Exact numbers, one or more."""
        return [self._exact(name, each) for each in self._list(name, self._value(name), 1)]

    def vectors(self, name: str) -> list[list[fmpq]]:
        """Rows of exact numbers, perhaps of different lengths, one or more."""
        rows = self._list(name, self._value(name), 1)
        return [[self._exact(name, each) for each in self._list(name, row, 1)] for row in rows]

    def wholes(self, name: str) -> list[int]:
        """Integers, one or more."""
        values = self._list(name, self._value(name), 1)
        if any(type(each) is not int for each in values):
            raise self._refuse(name, "integers")
        return list(values)

    def matrix(self, name: str) -> fmpq_mat:
        """A matrix with one row and one column at least."""
        return self._matrix(name, self._value(name))

    def _matrix(self, name: str, value: Any) -> fmpq_mat:
        rows = [self._list(name, row, 1) for row in self._list(name, value, 1)]
        if len({len(row) for row in rows}) != 1:
            raise self._refuse(name, "rows of one length")
        return fmpq_mat([[self._exact(name, entry) for entry in row] for row in rows])

    def matrices(self, name: str) -> list[fmpq_mat]:
        """Matrices, one or more."""
        return [self._matrix(name, each) for each in self._list(name, self._value(name), 1)]

    def whole_rows(self, name: str, length: int) -> list[list[int]]:
        """Rows of integers, all of one length; perhaps none."""
        rows = [list(self._list(name, row, 1)) for row in self._list(name, self._value(name), 0)]
        if any(len(row) != length or any(type(entry) is not int for entry in row) for row in rows):
            raise self._refuse(name, f"rows of {length} integers")
        return rows

    def term(self, name: str) -> Term:
        """A term of a real number."""
        return self._term(name, self._value(name))

    def _term(self, name: str, value: Any) -> Term:
        if not isinstance(value, Term) or not value.sort.number:
            raise self._refuse(name, "the term of a number")
        return value

    def terms(self, name: str) -> list[Term]:
        """Terms of real numbers, one or more."""
        return [self._term(name, each) for each in self._list(name, self._value(name), 1)]

    def term_rows(self, name: str) -> list[list[Term]]:
        """Rows of terms of real numbers, one or more."""
        rows = self._list(name, self._value(name), 1)
        return [[self._term(name, each) for each in self._list(name, row, 1)] for row in rows]
