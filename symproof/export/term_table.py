"""The table of a result in a certificate: every term and definition once, each made of earlier ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpz

from symproof.errors import SymproofError
from symproof.logic.definition import Definition
from symproof.logic.sort import Sort
from symproof.logic.term import BINDERS, Term
from symproof.proof.step import FactReference

__all__ = ["NotExportable", "TableWriter", "number_text"]


class NotExportable(SymproofError):
    """A result holds something that has no place in a certificate."""


def number_text(value: int | Fraction) -> str:
    """An exact number: decimal digits, with a fraction bar unless it is an integer."""
    value = Fraction(value)
    top = str(fmpz(value.numerator))
    return top if value.denominator == 1 else f"{top}/{fmpz(value.denominator)}"


class TableWriter:
    """Writes terms and definitions into a table and gives them numbers.

    Attributes:
        entries: what a certificate has under ``table``.
    """

    def __init__(self) -> None:
        self.entries: list[Any] = []
        self._numbers: dict[str, int] = {}
        self._seen: dict[int, tuple[Any, int]] = {}  # the object is kept, so that its id stays its own

    def term(self, term: Term) -> int:
        """The number of a term."""
        known = self._seen.get(id(term))
        if known is not None:
            return known[1]
        if term.op == "inv":  # the kernel's own sign for 1/a in normal forms
            return self.term(Fraction(1) / term.args[0])
        number = self._add(self._form(term))
        self._seen[id(term)] = (term, number)
        return number

    def _form(self, term: Term) -> list[Any]:
        args = [self.term(a) for a in term.args]
        if term.op in ("var", "bound"):
            return [term.op, term.data, self.sort(term.sort)]
        if term.op in ("identity", "zero"):
            return [term.op, self.sort(term.sort)]
        if term.op == "num":
            return [term.op, number_text(term.data)]
        if term.op == "call":
            return [term.op, self.definition(term.data), *args]
        if term.op == "matlit":
            return [term.op, *term.data, *args]
        if term.op in BINDERS:
            return [term.op, [[b.hint, self.sort(b.sort)] for b in term.data], *args]
        if term.data is not None:
            raise NotExportable(f"a term of operator {term.op} with data")
        return [term.op, *args]

    def definition(self, definition: Definition) -> int:
        """The number of a definition."""
        known = self._seen.get(id(definition))
        if known is not None:
            return known[1]
        form: dict[str, Any] = {"definition": definition.name, "params": [self.term(p) for p in definition.params]}
        form["sort"] = self.sort(definition.sort)
        for name in ("body", "base", "step", "previous"):
            part = getattr(definition, name)
            if part is not None:
                form[name] = self.term(part)
        number = self._add(form)
        self._seen[id(definition)] = (definition, number)
        return number

    def sort(self, sort: Sort) -> Any:
        """The form of a sort."""
        if sort.kind in ("fun", "matrix"):
            return {sort.kind: [self.term(a) if isinstance(a, Term) else self.sort(a) for a in sort.args]}
        return sort.kind

    def fact(self, fact: FactReference) -> Any:
        """The form of a cited fact: its label, with the terms at which it is used."""
        return [fact.label, *map(self.term, fact.args)] if fact.args else fact.label

    def value(self, value: Any) -> Any:
        """The form of evidence or of an option. Raises NotExportable if it has none."""
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int):
            return {"int": number_text(value)}
        if isinstance(value, fmpq):
            value = Fraction(int(value.p), int(value.q))
        if isinstance(value, Fraction):
            return {"rational": number_text(value)}
        if isinstance(value, Term):
            return {"term": self.term(value)}
        if isinstance(value, Definition):
            return {"definition": self.definition(value)}
        if isinstance(value, FactReference):
            return {"fact": self.fact(value)}
        if isinstance(value, list | tuple):
            return [self.value(each) for each in value]
        if isinstance(value, Mapping) and all(isinstance(key, str) for key in value):
            return {"map": {key: self.value(value[key]) for key in sorted(value)}}
        raise NotExportable(f"evidence of type {type(value).__name__}")

    def _add(self, form: Any) -> int:
        key = json.dumps(form)
        if key not in self._numbers:
            self._numbers[key] = len(self.entries)
            self.entries.append(form)
        return self._numbers[key]
