"""The dependency graph as GraphML, which graph editors and libraries read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx

from symproof.graph_drawing import EDGE_MEANING, REFUTED_BY_MEANING, graph_json

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["graph_graphml"]


def graph_graphml(graph: DiGraph[str]) -> str:
    """Write a graph as GraphML; ``networkx.read_graphml`` reads it again.

    Args:
        graph: as for :func:`symproof.graph_drawing.graph_json`.

    Returns:
        The text of the file, in the order of names: ``title``, ``kind``, ``trust``, ``mark`` and ``outside`` of each
        node, ``kind`` and ``heavy`` of each edge; characters that XML does not allow are spaces.

    Raises:
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    data = graph_json(graph)
    copy: DiGraph[str] = networkx.DiGraph(edge_meaning=EDGE_MEANING, refuted_by_meaning=REFUTED_BY_MEANING)
    for node in data["nodes"]:
        words = {key: _printable(node.get(key, "")) for key in ("title", "kind", "trust", "mark")}
        copy.add_node(_printable(node["id"]), **words, outside=bool(node.get("outside", False)))
    for edge in data["edges"]:
        ends = _printable(edge["from"]), _printable(edge["to"])
        copy.add_edge(*ends, kind=edge["kind"], heavy=bool(edge.get("heavy", False)))
    return "\n".join(networkx.generate_graphml(copy, named_key_ids=True)) + "\n"


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
