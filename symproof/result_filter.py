"""Choosing results of the library by words, chapter, trust, what they use, what uses them, what they speak of."""

from __future__ import annotations

from dataclasses import dataclass

from symproof.did_you_mean import did_you_mean
from symproof.engine.library_index import LibraryIndex
from symproof.errors import InputError
from symproof.judged_result import chapter_of
from symproof.known_ids import require_ids

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


def select(wanted: ResultFilter, index: LibraryIndex) -> tuple[str, ...]:
    """The results that meet all conditions, sorted by id.

    Args:
        wanted: the conditions.
        index: all results.

    Raises:
        InputError: a condition names a result, a chapter or a notion that there is not.
    """
    _known(wanted, index)
    names = set(index.results)
    if wanted.uses is not None:
        names = {name for name in names if any(g.id == wanted.uses for g in index.judged[name].rests_on)}
        names.discard(wanted.uses)
    if wanted.used_by is not None:
        names &= {ground.id for ground in index.judged[wanted.used_by].rests_on} - {wanted.used_by}
    return tuple(name for name in sorted(names) if _meets(wanted, index, name))


def _known(wanted: ResultFilter, index: LibraryIndex) -> None:
    require_ids([name for name in (wanted.uses, wanted.used_by) if name is not None], index.results)
    for prefix in wanted.prefixes:
        if not any(_inside(name, prefix) for name in index.results):
            chapters = {chapter_of(name) for name in index.results}
            hint = did_you_mean(prefix, chapters) or "symproof list shows all results."
            raise InputError("no result there", "--chapter", "a chapter such as relu_like", prefix[:80], hint)
    if wanted.definition is not None:
        notions = {name for each in index.results.values() for name in each.notions}
        if not any(_named(name, wanted.definition) for name in notions):
            hint = did_you_mean(wanted.definition, {*notions, *(name.rpartition(".")[2] for name in notions)})
            raise InputError("no such definition", "--definition", "a name", wanted.definition[:80], hint)


def _meets(wanted: ResultFilter, index: LibraryIndex, name: str) -> bool:
    result = index.results[name]
    return (
        all(word.casefold() in result.text for word in wanted.words)
        and (not wanted.prefixes or any(_inside(name, prefix) for prefix in wanted.prefixes))
        and (not wanted.trust or index.judged[name].trust in wanted.trust)
        and (wanted.definition is None or any(_named(each, wanted.definition) for each in result.notions))
        and (not wanted.with_instance or result.has_instance)
    )


def _inside(name: str, prefix: str) -> bool:
    return name == prefix or name.startswith(prefix.rstrip(".") + ".")


def _named(full: str, wanted: str) -> bool:
    return wanted in (full, full.rpartition(".")[2])
