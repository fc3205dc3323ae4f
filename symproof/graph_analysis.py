"""What the dependency graph says about the work: orphans, what can be proved next, impact of a change, critical path.

Marks of the author say what a result is for (``result_plan``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import networkx

from symproof.graph import check_order, dependencies, own_trust, propagated_trust
from symproof.judged_result import Node, node_of
from symproof.result_plan import Plan, is_main, needs, plan_of

if TYPE_CHECKING:
    from symproof.kernel.check import CheckResult
    from symproof.proof.theorem import Theorem

__all__ = [
    "Change", "CriticalPath", "Impact", "OpenResult", "Plan", "critical_path", "impact", "is_main", "needs",
    "open_results", "plan_of", "unused_results",
]  # fmt: skip


def unused_results(theorems: Mapping[str, Theorem] | Mapping[str, Plan]) -> tuple[str, ...]:
    """The orphans: results on which nothing rests, which refute no claim and are no main results.

    Args:
        theorems: all results, by id.
    """
    plans = {name: plan_of(theorem) for name, theorem in theorems.items()}
    used = {below for plan in plans.values() for below in (*plan.needs, plan.refuted_by)}
    return tuple(name for name in sorted(plans) if name not in used and not plans[name].is_main)


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


def open_results(
    results: Mapping[str, CheckResult] | Mapping[str, Node],
    theorems: Mapping[str, Theorem] | Mapping[str, Plan],
) -> tuple[OpenResult, ...]:
    """The results whose own statement or proof has a gap, those that are ready first.

    Args:
        results: all check results, by id. A result that fails its check is a mistake, not a gap, and is left out.
        theorems: the same results with their plans.
    """
    found = []
    for name in sorted(results):
        if results[name].accepted and own_trust(results[name]) == "open":
            wanted = plan_of(theorems[name]).needs
            found.append(OpenResult(name, wanted, tuple(each for each in wanted if not _settled(results, each))))
    return tuple(sorted(found, key=lambda each: (not each.is_ready, each.id)))


def _settled(results: Mapping[str, CheckResult] | Mapping[str, Node], name: str) -> bool:
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


def impact(results: Mapping[str, CheckResult] | Mapping[str, Node], name: str) -> Impact:
    """Say what must be checked again, and what trust would be lost, when a result changes.

    Args:
        results: all check results, by id.
        name: the result that changes.
    """
    nodes = {each: node_of(result) for each, result in results.items()}
    graph = dependencies(nodes)
    above = networkx.ancestors(graph, name)
    ordered = tuple(each for each in check_order(graph, above) if each in above)
    affected = (name, *ordered)
    before = {each: propagated_trust(nodes, each) for each in affected}
    gap = {**nodes, name: replace(nodes[name], accepted=True, trust="open")}
    proof = {**nodes, name: replace(nodes[name], accepted=True, trust="proved")}
    return Impact(
        name,
        tuple(sorted(graph.predecessors(name))),
        ordered,
        _changes(before, gap, affected),
        _changes(before, proof, affected),
    )


def _changes(before: Mapping[str, str], results: Mapping[str, Node], affected: Iterable[str]) -> tuple[Change, ...]:
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


def critical_path(
    theorems: Mapping[str, Theorem] | Mapping[str, Node], weights: Mapping[str, float], unit: str
) -> CriticalPath:
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
