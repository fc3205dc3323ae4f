"""What the dependency graph says about the work: orphans, what can be proved next, impact of a change, critical path.

Two marks of an author count here, both in ``extra`` of a theorem and no part of the mathematics: ``"main": True`` says
that a result is wanted for its own sake, ``"needs": ("a.b", ...)`` what the proof of a planned result is going to
apply.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import networkx

from symproof.errors import InputError
from symproof.graph import check_order, dependencies, own_trust, propagated_trust
from symproof.kernel.check import CheckResult
from symproof.proof.theorem import Theorem
from symproof.source_place import shown_place

__all__ = [
    "Change", "CriticalPath", "Impact", "OpenResult", "critical_path", "impact", "is_main", "needs", "open_results",
    "unused_results",
]  # fmt: skip


def is_main(theorem: Theorem) -> bool:
    """Whether a result is wanted for its own sake: its author marks it, or numbers can be put into it.

    Args:
        theorem: the result.

    Raises:
        InputError: the mark is neither True nor False.
    """
    mark = theorem.extra.get("main", False)
    if not isinstance(mark, bool):
        raise _bad_mark(theorem, "main", "True or False", mark)
    return mark or "instance" in theorem.extra


def needs(theorem: Theorem) -> tuple[str, ...]:
    """What a result rests on or is going to rest on: what its proof applies and what its author plans to apply.

    Args:
        theorem: the result.

    Raises:
        InputError: the plan is no list of ids.
    """
    planned = theorem.extra.get("needs", ())
    if not isinstance(planned, list | tuple) or not all(isinstance(name, str) for name in planned):
        raise _bad_mark(theorem, "needs", "a list of ids", planned)
    return tuple(sorted({*theorem.uses(), *planned}))


def _bad_mark(theorem: Theorem, key: str, expected: str, found: object) -> InputError:
    place = shown_place(theorem.where.file, theorem.where.line)
    return InputError(f'extra["{key}"] of {theorem.id} cannot be read', place, expected, repr(found)[:80])


def unused_results(theorems: Mapping[str, Theorem]) -> tuple[str, ...]:
    """The orphans: results on which nothing rests, which refute no claim and are no main results.

    Args:
        theorems: all results, by id.
    """
    used = {below for theorem in theorems.values() for below in (*needs(theorem), theorem.refuted_by)}
    return tuple(name for name in sorted(theorems) if name not in used and not is_main(theorems[name]))


# What can be proved next ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class OpenResult:
    """A result that is not proved yet.

    Attributes:
        id: its name.
        needs: what it rests on or is going to rest on.
        waits_for: those of them that are open or refuted themselves, fail, or do not exist.
    """

    id: str
    needs: tuple[str, ...]
    waits_for: tuple[str, ...]

    @property
    def is_ready(self) -> bool:
        """Whether all that it needs is settled, so that it can be proved next."""
        return not self.waits_for


def open_results(results: Mapping[str, CheckResult]) -> tuple[OpenResult, ...]:
    """The results whose own statement or proof has a gap, those that are ready first.

    Args:
        results: all check results, by id. A result that fails its check is a mistake, not a gap, and is left out.
    """
    found = []
    for name in sorted(results):
        if results[name].accepted and own_trust(results[name]) == "open":
            wanted = needs(results[name].theorem)
            found.append(OpenResult(name, wanted, tuple(each for each in wanted if not _settled(results, each))))
    return tuple(sorted(found, key=lambda each: (not each.is_ready, each.id)))


def _settled(results: Mapping[str, CheckResult], name: str) -> bool:
    return name in results and propagated_trust(results, name) not in ("open", "refuted")


# Impact --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Change:
    """A level of trust that would change.

    Attributes:
        id: the result.
        now: its level.
        then: the level that it would have.
    """

    id: str
    now: str
    then: str


@dataclass(frozen=True)
class Impact:
    """What a change of a result means for the others.

    Attributes:
        id: the result.
        direct: the results whose proofs apply it: a change of its statement breaks or keeps these.
        above: all that rest on it, directly or through others, in the order in which they are checked.
        lost: the levels that change if it is not proved any more (becomes a gap).
        gained: the levels that change if its own steps become proved.
    """

    id: str
    direct: tuple[str, ...]
    above: tuple[str, ...]
    lost: tuple[Change, ...]
    gained: tuple[Change, ...]


def impact(results: Mapping[str, CheckResult], name: str) -> Impact:
    """Say what must be checked again, and what trust would be lost, when a result changes.

    Args:
        results: all check results, by id.
        name: the result that changes.
    """
    graph = dependencies({each: result.theorem for each, result in results.items()})
    above = networkx.ancestors(graph, name)
    ordered = tuple(each for each in check_order(graph, above) if each in above)
    affected = (name, *ordered)
    before = {each: propagated_trust(results, each) for each in affected}
    gap = {**results, name: replace(results[name], accepted=True, trust="open")}
    proof = {**results, name: replace(results[name], accepted=True, trust="proved")}
    return Impact(
        name,
        tuple(sorted(graph.predecessors(name))),
        ordered,
        _changes(before, gap, affected),
        _changes(before, proof, affected),
    )


def _changes(
    before: Mapping[str, str], results: Mapping[str, CheckResult], affected: Iterable[str]
) -> tuple[Change, ...]:
    after = {name: propagated_trust(results, name) for name in affected}
    return tuple(Change(name, before[name], after[name]) for name in affected if before[name] != after[name])


# Critical path -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class CriticalPath:
    """The chain of results, each resting on the next one, with the greatest total weight.

    Attributes:
        ids: the chain, the highest result first.
        weights: the weight of each.
        unit: what is added up: ``steps`` or ``seconds``.
    """

    ids: tuple[str, ...]
    weights: tuple[float, ...]
    unit: str

    @property
    def total(self) -> float:
        """The weight of the whole chain."""
        return sum(self.weights)


def critical_path(theorems: Mapping[str, Theorem], weights: Mapping[str, float], unit: str) -> CriticalPath:
    """The longest chain: what bounds the time of a check however many processes there are.

    Args:
        theorems: all results, by id.
        weights: how much each counts, at least 0.
        unit: what the weights are.

    Returns:
        One of the heaviest chains, the first in the order of names. Results that rest on themselves are left out.
    """
    graph = dependencies(theorems)
    for knot in [knot for knot in networkx.strongly_connected_components(graph) if len(knot) > 1]:
        graph.remove_nodes_from(knot)
    graph.remove_edges_from(list(networkx.selfloop_edges(graph)))
    best: dict[str, tuple[float, tuple[str, ...]]] = {}
    for name in check_order(graph, graph):
        below = [best[each] for each in sorted(graph.successors(name))]
        longest, chain = max(below, key=lambda pair: pair[0], default=(0.0, ()))
        best[name] = (weights.get(name, 0) + longest, (name, *chain))
    if not best:
        return CriticalPath((), (), unit)
    top = max(sorted(best), key=lambda name: best[name][0])
    ids = best[top][1]
    return CriticalPath(ids, tuple(weights.get(name, 0) for name in ids), unit)
