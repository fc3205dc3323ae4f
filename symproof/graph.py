"""The dependency graph: what rests on what, and how far it can be trusted.

An edge goes from a result to each result that its proof applies. Edges are read off the proofs, levels are computed
from check results; neither is ever declared. This module computes with the results that it is given: whoever wants to
know whether a theorem holds must have it checked (``library_check``), since any Python object can be forged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx

from symproof.kernel.check import CheckResult
from symproof.kernel.interface import TRUST_LEVELS, worst
from symproof.proof.theorem import Theorem

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = [
    "Ground", "TrustSummary", "check_order", "cycles", "dependencies", "dependency_graph", "grounds", "kind_of",
    "knot_members", "neighbourhood", "orphans", "own_trust", "propagated_trust", "trust_summary",
]  # fmt: skip

_ALWAYS_NAMED = ("proved", "certified", "cited", "open")


@dataclass(frozen=True)
class Ground:
    """A result that another one rests on, directly or through others.

    Attributes:
        id: its name.
        trust: the level of its own steps.
        accepted: whether its own check succeeded; a result that fails is at best open.
        missing: whether there is no such result.
    """

    id: str
    trust: str
    accepted: bool = True
    missing: bool = False

    def __str__(self) -> str:
        return f"{self.id} ({self.remark})" if self.remark else self.id

    @property
    def remark(self) -> str:
        """What is wrong with it beyond its level; empty if nothing is."""
        return "no such result" if self.missing else "" if self.accepted else "fails its check"


@dataclass(frozen=True)
class TrustSummary:
    """How many results have each trust level, and which ones bring the level down.

    Attributes:
        counts: level to number of results, all levels, best first.
        sources: level to those that bring it in: the results whose own steps have this level.
        failed: the results whose check fails.
    """

    counts: Mapping[str, int]
    sources: Mapping[str, tuple[Ground, ...]]
    failed: tuple[str, ...]

    @property
    def line(self) -> str:
        """The one-line summary, in full: ``12 proved, 3 certified, 1 cited: measure.null_subset, 0 open``."""
        parts = []
        for level, count in self.counts.items():
            if not count and level not in _ALWAYS_NAMED:
                continue
            named = level not in ("proved", "certified") and count > 0
            names = "; ".join(str(ground) for ground in self.sources[level]) if named else ""
            parts.append(f"{count} {level}: {names}" if names else f"{count} {level}")
        return ", ".join(parts)


# The graph -----------------------------------------------------------------------------------------------------------


def dependencies(theorems: Mapping[str, Theorem]) -> DiGraph[str]:
    """Read the graph off the proofs.

    Args:
        theorems: by id.

    Returns:
        The theorems, and every name that a proof applies even if there is no such theorem.
    """
    graph: DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(sorted(theorems))
    for name in sorted(theorems):
        graph.add_edges_from((name, target) for target in Theorem.uses(theorems[name]))
    return graph


def cycles(graph: DiGraph[str]) -> tuple[tuple[str, ...], ...]:
    """Find the circles in which results rest on themselves.

    Args:
        graph: as from :func:`dependencies`.

    Returns:
        For each knot of results that rest on each other one shortest circle through its first member, such as
        ``(A, B, A)``, sorted; none if there is no circle.
    """
    return tuple(_circle(graph.subgraph(knot)) for knot in _knots(graph))


def knot_members(graph: DiGraph[str]) -> Mapping[str, tuple[str, ...]]:
    """Find all results that rest on themselves.

    Args:
        graph: as from :func:`dependencies`.

    Returns:
        For each of them one shortest circle that leads from it back to it.
    """
    return {name: _circle(graph.subgraph(knot), name) for knot in _knots(graph) for name in knot}


def check_order(graph: DiGraph[str], names: Iterable[str]) -> tuple[str, ...]:
    """Order results, those that others rest on first.

    Args:
        graph: as from :func:`dependencies`.
        names: the results that are asked for; what they rest on is added.

    Returns:
        Each result once. Members of a circle come in the order of their names.
    """
    wanted = set(names)
    for name in sorted(wanted):
        wanted |= networkx.descendants(graph, name)
    knots = networkx.condensation(graph.subgraph(wanted).reverse())
    members = {knot: sorted(names) for knot, names in knots.nodes(data="members")}
    order = networkx.lexicographical_topological_sort(knots, key=lambda knot: members[knot][0])
    return tuple(name for knot in order for name in members[knot])


def neighbourhood(graph: DiGraph[str], name: str, *, depth: int | None = None) -> DiGraph[str]:
    """Cut out one result with what it rests on and what rests on it.

    Args:
        graph: any of the graphs made here.
        name: the result.
        depth: how many arrows to follow in each direction; all if None.

    Returns:
        A new graph with the same attributes.
    """
    below = networkx.ego_graph(graph, name, radius=depth)
    above = networkx.ego_graph(graph.reverse(), name, radius=depth)
    return networkx.DiGraph(graph.subgraph({*below, *above}))


def orphans(graph: DiGraph[str]) -> tuple[str, ...]:
    """Find the results that neither rest on another one nor serve another one.

    Args:
        graph: any of the graphs made here.
    """
    return tuple(sorted(name for name in graph if not set(graph.pred[name]) | set(graph.succ[name]) - {name}))


def _knots(graph: DiGraph[str]) -> list[list[str]]:
    knots = (sorted(part) for part in networkx.strongly_connected_components(graph))
    return sorted(knot for knot in knots if len(knot) > 1 or graph.has_edge(knot[0], knot[0]))


def _circle(knot: DiGraph[str], start: str | None = None) -> tuple[str, ...]:
    """One shortest circle through a member; of several, the first in the order of the names."""
    first = min(knot) if start is None else start
    paths = [[first]]
    seen: set[str] = set()
    while True:
        longer = []
        for path in paths:
            for target in sorted(knot.succ[path[-1]]):
                if target == first:
                    return (*path, first)
                if target not in seen:
                    seen.add(target)
                    longer.append([*path, target])
        paths = longer


# Trust ---------------------------------------------------------------------------------------------------------------


def own_trust(result: CheckResult) -> str:
    """The level of a result's own steps; at best open if it is not accepted.

    Args:
        result: what the kernel said.
    """
    return worst(result.trust) if result.accepted else worst(result.trust, "open")


def grounds(results: Mapping[str, CheckResult], name: str) -> tuple[Ground, ...]:
    """All that a result rests on, directly or through others, sorted by name; itself only if it does so.

    Args:
        results: the check results, by id.
        name: one of them.
    """
    found: dict[str, Ground] = {}
    pending = list(Theorem.uses(results[name].theorem))
    while pending:
        below = pending.pop()
        if below in found:
            continue
        found[below] = _ground(results, below)
        if below in results:
            pending += Theorem.uses(results[below].theorem)
    return tuple(found[below] for below in sorted(found))


def _ground(results: Mapping[str, CheckResult], name: str) -> Ground:
    result = results.get(name)
    if result is None:
        return Ground(name, "open", accepted=False, missing=True)
    return Ground(name, own_trust(result), result.accepted)


def propagated_trust(results: Mapping[str, CheckResult], name: str) -> str:
    """The level of a result: the worst among its own steps and all that it rests on.

    Args:
        results: the check results, by id.
        name: one of them.
    """
    return worst(own_trust(results[name]), *(ground.trust for ground in grounds(results, name)))


def trust_summary(results: Mapping[str, CheckResult]) -> TrustSummary:
    """Sum up the trust levels of some results.

    Args:
        results: the check results by id, with all that they rest on.
    """
    levels = [propagated_trust(results, name) for name in results]
    used = {below for result in results.values() for below in Theorem.uses(result.theorem)}
    everything = [_ground(results, name) for name in sorted({*results, *used})]
    return TrustSummary(
        {level: levels.count(level) for level in TRUST_LEVELS},
        {level: tuple(ground for ground in everything if ground.trust == level) for level in TRUST_LEVELS},
        tuple(sorted(name for name, result in results.items() if not result.accepted)),
    )


def dependency_graph(results: Mapping[str, CheckResult]) -> DiGraph[str]:
    """The graph of checked results, ready to be drawn.

    Args:
        results: the check results, by id.

    Returns:
        Nodes with ``title``, ``kind`` and ``trust`` (propagated); a name that is applied without existing is open.
    """
    graph = dependencies({name: result.theorem for name, result in results.items()})
    for name, node in graph.nodes.items():
        if name in results:
            theorem = results[name].theorem
            node.update(title=theorem.title, kind=kind_of(theorem), trust=propagated_trust(results, name))
        else:
            node.update(title="", kind="missing", trust="open")
    return graph


def kind_of(theorem: Theorem) -> str:
    """What a result is, in a word: ``theorem``, ``citation`` or ``conjecture`` (neither proof nor reference).

    Args:
        theorem: the result.
    """
    return "theorem" if theorem.proof else "citation" if theorem.citation is not None else "conjecture"
