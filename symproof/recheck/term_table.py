"""The table of a theorem in a certificate: terms and definitions, each made of earlier ones.

An entry is an array for a term, an object for a definition; ``docs/certificates.md`` has the forms. As an entry names
only entries before it, there are no cycles; how deep and how large the terms may be is limited, so that every walk
through one of them ends, and no stack overflows.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symproof.recheck.json_reader import Place
from symproof.recheck.refused import Refused
from symproof.recheck.term import (
    BINDING,
    BOOL,
    INT,
    REAL,
    Binder,
    Definition,
    Sort,
    Term,
    build,
    fits,
    fun,
    matrix,
    num,
)  # fmt: skip

__all__ = ["MOST_DEEP", "MOST_NODES", "Table"]

MOST_DEEP = 150
"""How deep a term may be, the definitions in it included."""
MOST_NODES = 200_000
"""How many nodes a term may have when it is written out, the bodies of its definitions not counted."""
_SIMPLE = {"real": REAL, "int": INT, "bool": BOOL}


class Table:
    """Reads the entries of one table and what refers to them.

    Attributes:
        entries: the terms and definitions by number.
    """

    def __init__(self, place: Place, notions: dict[str, Definition]) -> None:
        """Read a table. ``notions`` are the definitions of the whole certificate by name: one name, one notion."""
        self.entries: list[Term | Definition] = []
        self._deep: list[int] = []
        self._nodes: list[int] = []
        self._whole: set[int] = set()
        self._notions = notions
        self._below: list[int] = []
        for entry in place.list():
            self._below = []
            try:
                found = self._definition(entry) if isinstance(entry.value, dict) else self._term(entry)
            except Refused as problem:
                entry.refuse(problem.reason[:300])
            deep = 1 + max((self._deep[k] for k in self._below), default=0)
            nodes = 1 if isinstance(found, Definition) else 1 + sum(self._nodes[k] for k in self._below)
            if deep > MOST_DEEP:
                entry.refuse(f"the term is {deep} deep; at most {MOST_DEEP} are read")
            if nodes > MOST_NODES:
                entry.refuse(f"the term has more than {MOST_NODES} nodes when it is written out")
            self.entries.append(found)
            self._deep.append(deep)
            self._nodes.append(nodes)

    # References ------------------------------------------------------------------------------------------------------

    def _reference(self, place: Place) -> Term | Definition:
        number = place.whole(max(len(self.entries), 1))
        if number >= len(self.entries):
            place.refuse("the table has no earlier entry")
        self._below.append(number)
        return self.entries[number]

    def _part(self, place: Place) -> Term:
        found = self._reference(place)
        if not isinstance(found, Term):
            place.refuse("a term is wanted, found a definition")
        return found

    def term(self, place: Place) -> Term:
        """A term that stands by itself: every bound variable in it has its binder, of its own sort."""
        found = self._part(place)
        if place.value not in self._whole:
            if found.loose or not fits(found):
                place.refuse("the term has a bound variable without a binder of its sort")
            self._whole.add(place.value)
        return found

    def terms(self, place: Place) -> tuple[Term, ...]:
        """An array of terms."""
        return tuple(map(self.term, place.list()))

    def variable(self, place: Place) -> Term:
        """A variable."""
        found = self.term(place)
        return found if found.op == "var" else place.refuse("a variable is wanted")

    def variables(self, place: Place) -> tuple[Term, ...]:
        """An array of variables."""
        return tuple(map(self.variable, place.list()))

    def definition(self, place: Place) -> Definition:
        """A definition."""
        found = self._reference(place)
        return found if isinstance(found, Definition) else place.refuse("a definition is wanted, found a term")

    def sort(self, place: Place) -> Sort:
        """A sort: ``"real"``, ``"int"``, ``"bool"``, ``{"fun": [sorts]}`` or ``{"matrix": [rows, columns]}``."""
        if type(place.value) is str:
            return _SIMPLE[place.one_of(tuple(_SIMPLE))]
        members = place.members()
        if set(members) == {"fun"}:
            sorts = tuple(map(self.sort, members["fun"].list()))
            return fun(*sorts) if len(sorts) >= 2 else place.refuse("a function has an argument and a value")
        if set(members) != {"matrix"}:
            place.refuse("no sort")
        rows, columns = map(self.term, members["matrix"].list(2))
        if rows.sort != INT or columns.sort != INT:
            place.refuse("the sizes of a matrix are integers")
        return matrix(rows, columns)

    # Entries ---------------------------------------------------------------------------------------------------------

    def _term(self, place: Place) -> Term:
        items = place.list()
        if not items:
            place.refuse("an operator is wanted, found nothing")
        op, rest = items[0].name(), items[1:]
        reader = _READERS.get(op, Table._operator)
        found = reader(self, op, rest, place)
        return found if found.op == op else place.refuse(f"{op} of these arguments is {found.op}")

    def _operator(self, op: str, rest: list[Place], _place: Place) -> Term:
        return build(op, tuple(map(self._part, rest)), None)

    def _leaf(self, op: str, rest: list[Place], place: Place) -> Term:
        data: Any = None
        if op in ("var", "bound"):
            if len(rest) != 2:
                place.refuse(f"{op} has a name or index, and a sort")
            data = rest[0].name() if op == "var" else rest[0].whole(MOST_DEEP)
        elif len(rest) != 1:
            place.refuse(f"{op} has a sort")
        return build(op, (), data, self.sort(rest[-1]))

    def _number(self, _op: str, rest: list[Place], place: Place) -> Term:
        return num(rest[0].number()) if len(rest) == 1 else place.refuse("one number is wanted")

    def _call(self, op: str, rest: list[Place], place: Place) -> Term:
        if not rest:
            place.refuse("a call names its definition")
        return build(op, tuple(map(self._part, rest[1:])), self.definition(rest[0]))

    def _binding(self, op: str, rest: list[Place], place: Place) -> Term:
        if not rest:
            place.refuse(f"{op} has bound variables")
        binders = []
        for each in rest[0].list():
            hint, sort = each.list(2)
            binders.append(Binder(self.sort(sort), hint.text()))
        return build(op, tuple(map(self._part, rest[1:])), tuple(binders))

    def _matrix(self, op: str, rest: list[Place], place: Place) -> Term:
        if len(rest) < 3:
            place.refuse("a literal matrix has a size and entries")
        size = (rest[0].whole(10_000), rest[1].whole(10_000))
        return build(op, tuple(map(self._part, rest[2:])), size)

    def _definition(self, place: Place) -> Definition:
        members = place.object(("definition", "params", "sort"), ("body", "base", "step", "previous"))
        parts = {name: self.term(members[name]) for name in ("body", "base", "step", "previous") if name in members}
        name = members["definition"].name()
        found = Definition(name, self.variables(members["params"]), self.sort(members["sort"]), **parts)
        if self._notions.setdefault(name, found) != found:
            members["definition"].refuse(f"two different definitions are called {name[:80]!r}")
        return found

    # Values ----------------------------------------------------------------------------------------------------------

    def value(self, place: Place, fact: Callable[[Place], Any]) -> Any:
        """Evidence or an option: null, true, false, a text, an array (read as a tuple), or an object with one field.

        The fields: ``int`` and ``rational`` (a number as a text), ``term``, ``definition`` (numbers in the table),
        ``fact`` (read by ``fact``), ``map`` (an object of values).
        """
        found = place.value
        if found is None or isinstance(found, bool | str):
            return found
        if isinstance(found, list):
            return tuple(self.value(each, fact) for each in place.list())
        members = place.members()
        if len(members) != 1:
            place.refuse("a value is an object with one field")
        ((kind, inside),) = members.items()
        if kind in ("int", "rational"):
            return self._exact(kind, inside)
        if kind == "map":
            return {name: self.value(each, fact) for name, each in inside.members().items()}
        readers: dict[str, Callable[[Place], Any]] = {"term": self.term, "definition": self.definition, "fact": fact}
        reader = readers.get(kind)
        return reader(inside) if reader is not None else inside.refuse("no such kind of value")

    @staticmethod
    def _exact(kind: str, place: Place) -> int | Fraction:
        number = place.number()
        if kind == "rational":
            return number
        return int(number) if number.denominator == 1 else place.refuse("an integer is wanted")


_READERS: dict[str, Callable[[Table, str, list[Place], Place], Term]] = {
    **dict.fromkeys(("var", "bound", "identity", "zero"), Table._leaf),
    **dict.fromkeys(BINDING, Table._binding),
    "num": Table._number,
    "call": Table._call,
    "matlit": Table._matrix,
}
