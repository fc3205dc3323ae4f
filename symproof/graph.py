"""The dependency graph: what rests on what, and how far it can be trusted.

An edge goes from a result to each result that its proof applies. Edges are read off the proofs, levels are computed
from check results; neither is ever declared. This module computes with the results that it is given: whoever wants to
know whether a theorem holds must have it checked (``library_check``), since any Python object can be forged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import networkx

from symproof.kernel.check import CheckResult
from symproof.kernel.interface import TRUST_LEVELS, worst
from symproof.proof.theorem import Theorem

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = [
    "LIMIT_WORDS", "REFUTED_BY", "USES", "Ground", "TrustSummary", "chapter_graph", "chapter_of", "chapter_view",
    "check_order", "cycles", "dependencies", "dependency_graph", "grounds", "kind_of", "knot_members", "limit_of",
    "neighbourhood", "own_trust", "part_view", "propagated_trust", "refutation_of", "together", "trust_summary",
    "undecided_reason", "with_refutations",
]  # fmt: skip

USES = "uses"
"""The kind of the edge from a result to one that its proof applies."""
REFUTED_BY = "refuted by"
"""The kind of the edge from a claim to the result that should refute it. A claim does not rest on that."""

_ALWAYS_NAMED = ("proved", "certified", "cited", "open")

LIMIT_WORDS: Mapping[str, str] = MappingProxyType(
    {
        "SP-LIMIT-001": "ran into its time limit",
        "SP-LIMIT-002": "ran into its memory limit",
        "SP-LIMIT-003": "was not checked to its end, since the process died",
        "SP-RULE-003": "has a step that its rule does not decide",
    }
)
"""What became of a result, by the code of the diagnostic that says that it is undecided within the limits."""


@dataclass(frozen=True)
class Ground:
    """A result that another one rests on, directly or through others.

    Attributes:
        id: its name.
        trust: the level of its own steps.
        accepted: whether its own check succeeded; a result that fails is at best open.
        missing: whether there is no such result.
        refuted_by: for a refuted claim, the result that refutes it.
        limit: if its own check is undecided within the limits, what happened: ``ran into its time limit``.
    """

    id: str
    trust: str
    accepted: bool = True
    missing: bool = False
    refuted_by: str = ""
    limit: str = ""

    def __str__(self) -> str:
        return f"{self.id} ({self.remark})" if self.remark else self.id

    @property
    def remark(self) -> str:
        """What is wrong with it beyond its level; empty if nothing is."""
        if self.refuted_by:
            return f"refuted by {self.refuted_by}"
        if self.limit:
            return f"undecided: it {self.limit}"
        return "no such result" if self.missing else "" if self.accepted else "fails its check"


@dataclass(frozen=True)
class TrustSummary:
    """How many results have each trust level, and which ones bring the level down.

    Attributes:
        counts: level to number of results, all levels, best first.
        sources: level to those that bring it in: the results whose own steps have this level.
        failed: the results whose check fails; a refuted claim is none of them.
        undecided: the results whose own check ran into a limit; nothing is known of them.
    """

    counts: Mapping[str, int]
    sources: Mapping[str, tuple[Ground, ...]]
    failed: tuple[str, ...]
    undecided: tuple[str, ...] = ()

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


def with_refutations(graph: DiGraph[str], theorems: Mapping[str, Theorem]) -> DiGraph[str]:
    """Add an edge from each claim to the result that should refute it; a claim does not rest on that.

    Args:
        graph: as from :func:`dependencies`.
        theorems: by id.

    Returns:
        A new graph whose edges have a ``kind``: ``uses`` or ``refuted by``. A name that does not exist gets no edge.
    """
    extended: DiGraph[str] = networkx.DiGraph(graph)
    networkx.set_edge_attributes(extended, USES, "kind")
    for name in sorted(theorems):
        refutation = theorems[name].refuted_by
        if refutation in theorems and not extended.has_edge(name, refutation):
            extended.add_edge(name, refutation, kind=REFUTED_BY)
    return extended


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


def neighbourhood(graph: DiGraph[str], name: str, *, depth: int | None = None, side: str = "both") -> DiGraph[str]:
    """Cut out one result with what it rests on and what rests on it.

    Args:
        graph: any of the graphs made here.
        name: the result.
        depth: how many arrows to follow in each direction; all if None.
        side: ``below`` for what it rests on alone, ``above`` for what rests on it alone, or ``both``.

    Returns:
        A new graph with the same attributes.
    """
    below = networkx.ego_graph(graph, name, radius=depth) if side != "above" else {name}
    above = networkx.ego_graph(graph.reverse(), name, radius=depth) if side != "below" else {name}
    return networkx.DiGraph(graph.subgraph({*below, *above}))


def chapter_of(name: str) -> str:
    """The chapter of a result: its id without the last part.

    Args:
        name: the id.
    """
    return name.rpartition(".")[0]


def chapter_view(graph: DiGraph[str], chapter: str) -> DiGraph[str]:
    """Cut out one chapter with its neighbours from elsewhere.

    Args:
        graph: any of the graphs made here.
        chapter: the beginning of the ids, without the last dot.

    Returns:
        As from :func:`part_view`, with the arrows in both directions.
    """
    inside = {name for name in graph if name.startswith(f"{chapter}.")}
    return _view(graph, inside, [edge for edge in graph.edges if inside & set(edge)])


def part_view(graph: DiGraph[str], names: Iterable[str]) -> DiGraph[str]:
    """Cut out some results with all that they apply.

    Args:
        graph: any of the graphs made here.
        names: the results.

    Returns:
        A new graph with the same attributes and the arrows that leave these results; others have ``outside`` set.
    """
    inside = set(names)
    return _view(graph, inside, [edge for edge in graph.edges if edge[0] in inside])


def _view(graph: DiGraph[str], inside: set[str], edges: Iterable[tuple[str, str]]) -> DiGraph[str]:
    kept = sorted(edges)
    view: DiGraph[str] = networkx.DiGraph()
    for name in sorted(inside | {name for edge in kept for name in edge}):
        view.add_node(name, **graph.nodes[name], **({} if name in inside else {"outside": True}))
    view.add_edges_from((a, b, graph.edges[a, b]) for a, b in kept)
    return view


def together(graph: DiGraph[str], names: Iterable[str]) -> tuple[str, ...]:
    """Order results so that each one is near to what it applies: depth first, from those that no other one applies.

    Args:
        graph: any of the graphs made here.
        names: the results to order.
    """
    part = graph.subgraph(names)
    order: dict[str, None] = {}
    for start in sorted(part, key=lambda name: (part.in_degree(name) > 0, name)):
        if start not in order:
            found = networkx.dfs_preorder_nodes(part, start, sort_neighbors=sorted)
            order.update(dict.fromkeys(name for name in found if name not in order))
    return tuple(order)


def chapter_graph(graph: DiGraph[str]) -> DiGraph[str]:
    """The graph of chapters: which one rests on which.

    Args:
        graph: nodes with ``trust``, as from :func:`dependency_graph`.

    Returns:
        A node for each chapter, with the numbers of its results as ``title`` and as ``trust`` the worst level of those
        that stand: a refuted claim counts only where nothing else is. An
        edge is ``refuted by`` if claims of the one chapter are refuted in the other and nothing there is applied.
    """
    chapters: DiGraph[str] = networkx.DiGraph()
    for chapter in sorted({chapter_of(name) for name in graph}):
        nodes = [node for name, node in graph.nodes.items() if chapter_of(name) == chapter]
        levels = [node["trust"] for node in nodes]
        standing = [node["trust"] for node in nodes if (node.get("kind"), node["trust"]) != ("claim", "refuted")]
        counts = ", ".join(f"{levels.count(level)} {level}" for level in TRUST_LEVELS if level in levels)
        chapters.add_node(chapter, title=counts, kind="chapter", trust=worst(*(standing or levels)))
    for a, b, kind in sorted(graph.edges(data="kind", default=USES)):
        pair = chapter_of(a), chapter_of(b)
        if pair[0] != pair[1] and (kind == USES or not chapters.has_edge(*pair)):
            chapters.add_edge(*pair, kind=kind)
    return chapters


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


def limit_of(result: CheckResult) -> str:
    """What kept a check from being decided, such as ``ran into its time limit``; empty if it was decided.

    Args:
        result: what the kernel, or the engine in its place, said.
    """
    found = [LIMIT_WORDS.get(each.code, "") for each in result.diagnostics]
    return found[0] if found and all(found) and not result.accepted else ""


def undecided_reason(result: CheckResult, below: Iterable[Ground]) -> str:
    """Why nothing is known of a result: it or something below it ran into a limit, and nothing else is wrong with them.

    Args:
        result: what the kernel, or the engine in its place, said of it.
        below: all that it rests on.

    Returns:
        For example ``rests on a.b, which ran into its time limit``; empty if it is accepted or not to be accepted.
    """
    own = limit_of(result)
    bad = [ground for ground in below if not ground.accepted]
    if not (own or result.accepted) or not all(ground.limit for ground in bad):
        return ""
    return f"it {own}" if own else "; ".join(f"rests on {each.id}, which {each.limit}" for each in bad)


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
    trust = own_trust(result)
    refuted_by = result.theorem.refuted_by if trust == "refuted" else ""
    return Ground(name, trust, result.accepted, refuted_by=refuted_by, limit=limit_of(result))


def propagated_trust(results: Mapping[str, CheckResult], name: str) -> str:
    """The level of a result: the worst among its own steps and all that it rests on.

    Args:
        results: the check results, by id.
        name: one of them.
    """
    return worst(own_trust(results[name]), *(ground.trust for ground in grounds(results, name)))


def refutation_of(results: Mapping[str, CheckResult], name: str) -> Ground | None:
    """The result that a claim names as its refutation, with the level of that result and all it rests on.

    A claim is refuted only if this is accepted, with all that it rests on, and proved or certified. A refutation that
    rests on its claim never is: the claim is open there.

    Args:
        results: the check results of one run, in which no claim is better than open.
        name: one of them; None is returned if it is no claim.
    """
    refutation = results[name].theorem.refuted_by
    if not refutation:
        return None
    ground = _ground(results, refutation)
    if ground.missing:
        return ground
    below = grounds(results, refutation)
    accepted = ground.accepted and all(g.accepted for g in below) and all(g.id != refutation for g in below)
    return Ground(refutation, propagated_trust(results, refutation), accepted, limit=ground.limit)


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
        tuple(name for name in sorted(results) if _fails(results[name])),
        tuple(name for name in sorted(results) if limit_of(results[name])),
    )


def _fails(result: CheckResult) -> bool:
    return not result.accepted and own_trust(result) != "refuted" and not limit_of(result)


def dependency_graph(results: Mapping[str, CheckResult]) -> DiGraph[str]:
    """The graph of checked results, ready to be drawn.

    Args:
        results: the check results, by id.

    Returns:
        Nodes with ``title``, ``kind`` and ``trust`` (propagated); a name that is applied without existing is open.
        Edges have the ``kind`` of :func:`with_refutations`. Nodes whose own check fails, and those that are undecided
        within the limits, say so as their ``mark``.
    """
    theorems = {name: result.theorem for name, result in results.items()}
    graph = with_refutations(dependencies(theorems), theorems)
    for name, node in graph.nodes.items():
        if name in results:
            theorem = results[name].theorem
            node.update(title=theorem.title, kind=kind_of(theorem), trust=propagated_trust(results, name))
            if undecided_reason(results[name], grounds(results, name)):
                node.update(mark="undecided")
            elif _fails(results[name]):
                node.update(mark="fails")
        else:
            node.update(title="", kind="missing", trust="open")
    return graph


def kind_of(theorem: Theorem) -> str:
    """What a result is, in a word: ``theorem``, ``claim`` (names its refutation), ``citation`` or ``conjecture``.

    Args:
        theorem: the result.
    """
    if theorem.refuted_by:
        return "claim"
    return "theorem" if theorem.proof else "citation" if theorem.citation is not None else "conjecture"
