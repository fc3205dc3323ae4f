"""The dependency graph: what rests on what, and how far it can be trusted.

An edge goes from a result to each result that its proof applies. Edges are read off the proofs, levels are computed
from check results; neither is ever declared. This module computes with the results that it is given: whoever wants to
know whether a theorem holds must have it checked (``library_check``), since any Python object can be forged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import networkx

from symproof.judged_result import (
    LIMIT_WORDS,
    Ground,
    Node,
    TrustSummary,
    chapter_of,
    fails,
    grounds,
    kind_of,
    limit_of,
    node_of,
    own_trust,
    propagated_trust,
    refutation_of,
    trust_summary,
    undecided_reason,
    uses_of,
)
from symproof.kernel.interface import TRUST_LEVELS, worst

if TYPE_CHECKING:
    from networkx import DiGraph

    from symproof.kernel.check import CheckResult
    from symproof.proof.theorem import Theorem

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

# The graph -----------------------------------------------------------------------------------------------------------


def dependencies(theorems: Mapping[str, Theorem] | Mapping[str, Node]) -> DiGraph[str]:
    """Read the graph off the proofs.

    Args:
        theorems: by id.

    Returns:
        The theorems, and every name that a proof applies even if there is no such theorem.
    """
    graph: DiGraph[str] = networkx.DiGraph()
    graph.add_nodes_from(sorted(theorems))
    for name in sorted(theorems):
        graph.add_edges_from((name, target) for target in uses_of(theorems[name]))
    return graph


def with_refutations(graph: DiGraph[str], theorems: Mapping[str, Theorem] | Mapping[str, Node]) -> DiGraph[str]:
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


def dependency_graph(results: Mapping[str, CheckResult] | Mapping[str, Node]) -> DiGraph[str]:
    """The graph of checked results, ready to be drawn.

    Args:
        results: the check results, by id.

    Returns:
        Nodes with ``title``, ``kind`` and ``trust`` (propagated); a name that is applied without existing is open.
        Edges have the ``kind`` of :func:`with_refutations`. Nodes whose own check fails, and those that are undecided
        within the limits, say so as their ``mark``.
    """
    known = {name: node_of(result) for name, result in results.items()}
    graph = with_refutations(dependencies(known), known)
    for name, node in graph.nodes.items():
        if name in known:
            node.update(title=known[name].title, kind=known[name].kind, trust=propagated_trust(known, name))
            if undecided_reason(known[name], grounds(known, name)):
                node.update(mark="undecided")
            elif fails(known[name]):
                node.update(mark="fails")
        else:
            node.update(title="", kind="missing", trust="open")
    return graph
