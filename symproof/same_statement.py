"""Statements that say the same up to the names of variables and labels, and the order of hypotheses.

Terms carry no names of bound variables, so what is left is to find one renaming of the free variables under which the
hypotheses of one statement are those of the other and the conclusions agree. Nothing is simplified or unfolded: two
statements that are merely equivalent are not the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from symproof.logic.sort import Sort
from symproof.logic.term import BINDERS, Term
from symproof.proof.theorem import Theorem

__all__ = ["SameStatement", "renaming", "same_statements", "shape_digest"]

_MOST_COMPARISONS = 20_000


@dataclass(frozen=True)
class SameStatement:
    """Two results that state the same.

    Attributes:
        first: the id of one.
        second: the id of the other one, later in the order of the names.
        renaming: the variables of the first one that have another name in the second one.
    """

    first: str
    second: str
    renaming: Mapping[str, str]

    def __str__(self) -> str:
        changed = ", ".join(f"{old} is {new}" for old, new in self.renaming.items())
        return f"{self.first} and {self.second} state the same" + (f" ({changed})" if changed else "")


def same_statements(theorems: Iterable[Theorem]) -> tuple[SameStatement, ...]:
    """Find the results that state the same.

    Args:
        theorems: any results.

    Returns:
        The pairs, sorted by id; of three that state the same there are three pairs.
    """
    alike: dict[str, list[Theorem]] = {}
    for theorem in sorted(theorems, key=lambda each: each.id):
        alike.setdefault(shape_digest(theorem), []).append(theorem)
    found = []
    for group in alike.values():
        for position, first in enumerate(group):
            for second in group[position + 1 :]:
                names = renaming(first, second)
                if names is not None:
                    changed = {old: new for old, new in names.items() if old != new}
                    found.append(SameStatement(first.id, second.id, changed))
    return tuple(sorted(found, key=lambda pair: (pair.first, pair.second)))


def shape_digest(theorem: Theorem) -> str:
    """A hash of what a statement says without the names: equal for statements that are the same up to renaming.

    Args:
        theorem: the result.

    Returns:
        Hex SHA-256. Different statements may share it, for example ``x < y`` and ``x < x``.
    """
    cache: dict[Term, str] = {}
    shapes = sorted({_shape(p, cache) for _, p in theorem.hypotheses})
    return _hash("statement", *shapes, _shape(theorem.conclusion, cache))


def renaming(first: Theorem, second: Theorem) -> Mapping[str, str] | None:
    """Find out whether two results state the same.

    Args:
        first: a result.
        second: another one.

    Returns:
        For each variable that the first statement uses its name in the second one, or None if there is no such
        renaming. Statements with many hypotheses of one shape may need a long search; it is given up after 20,000
        comparisons of propositions, with None.
    """
    ours = list(dict.fromkeys(p for _, p in first.hypotheses))
    theirs = list(dict.fromkeys(p for _, p in second.hypotheses))
    if len(ours) != len(theirs):
        return None
    search = _Search(theirs)
    begun = search.compare(first.conclusion, second.conclusion, _Names())
    found = search.hypotheses(ours, begun) if begun is not None else None
    return dict(sorted(found.there.items())) if found is not None else None


class _Names:
    """A renaming that is one to one, as far as it is known."""

    def __init__(self, there: Mapping[str, str] | None = None, back: Mapping[str, str] | None = None) -> None:
        self.there: dict[str, str] = dict(there or {})
        self.back: dict[str, str] = dict(back or {})

    def copy(self) -> _Names:
        return _Names(self.there, self.back)

    def put(self, old: str, new: str) -> bool:
        """Let a variable be renamed; False if that contradicts what is known."""
        return self.there.setdefault(old, new) == new and self.back.setdefault(new, old) == old


class _Search:
    """Finds for each hypothesis its counterpart, going back where a choice turns out wrong."""

    def __init__(self, theirs: list[Term]) -> None:
        self.theirs = theirs
        self.cache: dict[Term, str] = {}
        self.left = _MOST_COMPARISONS

    def hypotheses(self, ours: list[Term], names: _Names, used: frozenset[int] = frozenset()) -> _Names | None:
        if not ours:
            return names
        shape = _shape(ours[0], self.cache)
        for position, candidate in enumerate(self.theirs):
            if position in used or _shape(candidate, self.cache) != shape:
                continue
            extended = self.compare(ours[0], candidate, names)
            if extended is not None:
                found = self.hypotheses(ours[1:], extended, used | {position})
                if found is not None:
                    return found
        return None

    def compare(self, a: Term, b: Term, names: _Names) -> _Names | None:
        """The renaming extended so that the first term becomes the second one."""
        self.left -= 1
        if self.left < 0:
            return None
        extended = names.copy()
        return extended if _matches(a, b, extended) else None


def _matches(a: Term, b: Term, names: _Names) -> bool:
    if a.op != b.op or len(a.args) != len(b.args) or not _sorts_match(a.sort, b.sort, names):
        return False
    if a.op == "var":
        return names.put(a.name, b.name)
    if a.op in BINDERS:
        if len(a.data) != len(b.data):
            return False
        if not all(_sorts_match(x.sort, y.sort, names) for x, y in zip(a.data, b.data, strict=True)):
            return False
    elif a.data != b.data:
        return False
    return all(_matches(x, y, names) for x, y in zip(a.args, b.args, strict=True))


def _sorts_match(a: Sort, b: Sort, names: _Names) -> bool:
    if a.kind != b.kind or len(a.args) != len(b.args):
        return False
    for x, y in zip(a.args, b.args, strict=True):
        if isinstance(x, Term) != isinstance(y, Term):
            return False
        if isinstance(x, Term) and isinstance(y, Term):
            if not _matches(x, y, names):
                return False
        elif not _sorts_match(x, y, names):  # type: ignore[arg-type]
            return False
    return True


def _shape(term: Term, cache: dict[Term, str]) -> str:
    """A hash of a term in which all variables of a sort look the same."""
    if term not in cache:
        data = ""
        if term.op in BINDERS:
            data = ",".join(_sort_shape(b.sort, cache) for b in term.data)
        elif term.op == "call":
            data = term.data.digest
        elif term.op != "var" and term.data is not None:
            data = str(term.data)
        cache[term] = _hash(term.op, data, _sort_shape(term.sort, cache), *(_shape(a, cache) for a in term.args))
    return cache[term]


def _sort_shape(sort: Sort, cache: dict[Term, str]) -> str:
    parts = [_shape(a, cache) if isinstance(a, Term) else _sort_shape(a, cache) for a in sort.args]
    return f"{sort.kind}({','.join(parts)})"


def _hash(*parts: str) -> str:
    return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()
