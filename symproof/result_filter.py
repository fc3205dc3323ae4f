"""Choosing results of the library by words, chapter, trust, what they use, what uses them, what they speak of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import networkx

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.graph import chapter_of, dependencies
from symproof.library import Library
from symproof.library_check import CheckedTheorem
from symproof.plain_prose import plain_prose
from symproof.proof.theorem import Theorem, definitions_in, walk

__all__ = ["ResultFilter", "select"]


@dataclass(frozen=True)
class ResultFilter:
    """What results are wanted; every condition that is given must hold.

    Attributes:
        words: each occurs in the id, the title or the prose, in any case of letters.
        prefixes: the id is, or is inside, one of these: ``relu_like`` or ``relu_like.kink``.
        trust: the level is one of these.
        uses: the result rests on this one, directly or through others.
        used_by: this one rests on the result, directly or through others.
        definition: the statement or a claim of the proof speaks of this notion, be it inside other notions.
        with_instance: numbers can be put into it.
    """

    words: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    trust: tuple[str, ...] = ()
    uses: str | None = None
    used_by: str | None = None
    definition: str | None = None
    with_instance: bool = False

    @property
    def wants_all(self) -> bool:
        """Whether no condition is given."""
        return self == ResultFilter()


def select(wanted: ResultFilter, library: Library, checked: Mapping[str, CheckedTheorem]) -> tuple[str, ...]:
    """The results that meet all conditions, sorted by id.

    Args:
        wanted: the conditions.
        library: where the results are.
        checked: all of them, checked.

    Raises:
        InputError: a condition names a result, a chapter or a notion that there is not.
    """
    _known(wanted, library)
    names = set(library.theorems)
    graph = dependencies(library.theorems)
    if wanted.uses is not None:
        names &= networkx.ancestors(graph, wanted.uses)
    if wanted.used_by is not None:
        names &= networkx.descendants(graph, wanted.used_by)
    return tuple(name for name in sorted(names) if _meets(wanted, checked[name]))


def _known(wanted: ResultFilter, library: Library) -> None:
    library.require([name for name in (wanted.uses, wanted.used_by) if name is not None])
    for prefix in wanted.prefixes:
        if not any(_inside(name, prefix) for name in library.theorems):
            chapters = {chapter_of(name) for name in library.theorems}
            hint = did_you_mean(prefix, chapters) or "symproof list shows all results."
            raise InputError("no result there", "--chapter", "a chapter such as relu_like", prefix[:80], hint)
    if wanted.definition is not None:
        notions = {name for theorem in library.theorems.values() for name in _notions(theorem)}
        if not any(_named(name, wanted.definition) for name in notions):
            hint = did_you_mean(wanted.definition, {*notions, *(name.rpartition(".")[2] for name in notions)})
            raise InputError("no such definition", "--definition", "a name", wanted.definition[:80], hint)


def _meets(wanted: ResultFilter, checked: CheckedTheorem) -> bool:
    theorem = checked.theorem
    text = f"{theorem.id} {theorem.title} {theorem.prose} {plain_prose(theorem.prose)}".casefold()
    return (
        all(word.casefold() in text for word in wanted.words)
        and (not wanted.prefixes or any(_inside(theorem.id, prefix) for prefix in wanted.prefixes))
        and (not wanted.trust or checked.trust in wanted.trust)
        and (wanted.definition is None or any(_named(name, wanted.definition) for name in _notions(theorem)))
        and (not wanted.with_instance or "instance" in theorem.extra)
    )


def _inside(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix.rstrip(".") + ".")


def _named(full: str, wanted: str) -> bool:
    return wanted in (full, full.rpartition(".")[2])


def _notions(theorem: Theorem) -> set[str]:
    """The full names of all definitions in the statement and in the claims of the proof."""
    found = {d.name: d for d in theorem.definitions()}
    for step in walk(theorem.proof):
        if step.claim is not None:
            definitions_in(step.claim, found)
    return set(found)
