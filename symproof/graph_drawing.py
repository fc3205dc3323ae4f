"""The dependency graph as a picture: DOT, SVG, PDF, PNG, and JSON for other programs.

Drawing decides nothing: it shows the trust levels that the graph carries. A level is told by its word in each node and
by the line of the node's border, not by colour alone. The same graph gives the same bytes.
"""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from symproof.errors import InputError
from symproof.kernel.interface import TRUST_LEVELS

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["Direction", "draw_pdf", "draw_png", "draw_svg", "graph_dot", "graph_json"]

Direction: TypeAlias = Literal["down", "right"]
"""Where the arrows go: ``down`` makes a wide picture, ``right`` one that fits a page in portrait."""

EDGE_MEANING = "An arrow goes from a result to what it rests on."

_TITLE_WIDTH = 30
_NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class _Look:
    """How a trust level is drawn, and what the legend says of it."""

    meaning: str
    fill: str
    line: str
    style: str = "solid"
    width: str = "1.2"
    double: bool = False


# One look for each of the kernel's TRUST_LEVELS.
_LOOKS = {
    "proved": _Look("the kernel checked every step, here and below", "#dff0df", "#1b6e2e"),
    "certified": _Look("also by ball arithmetic (rigorous enclosures)", "#dce9f7", "#1f5a96", double=True),
    "oracle": _Look("also by an answer of an SMT solver or a CAS", "#fdf1cf", "#8a6100", "dashed", "1.6"),
    "cited": _Look("also by a named result of the literature", "#ece4f5", "#5e3a87", "dotted", "2.2"),
    "open": _Look("a gap, marked as such, here or below", "#ffffff", "#444444", "dashed", "2.8"),
    "refuted": _Look("a certified counterexample, here or below", "#f9d9d9", "#a01818", "solid", "3.4"),
}

_RANKS: Mapping[Direction, str] = {"down": "TB", "right": "LR"}

_HEAD = """\
  graph [ranksep=0.4, nodesep=0.25, fontname="Helvetica", fontsize=10, labelloc=b, labeljust=c];
  node [shape=box, fontname="Helvetica", fontsize=10, margin="0.12,0.03"];
  edge [color="#555555", arrowsize=0.7];
"""


def graph_json(graph: DiGraph[str]) -> dict[str, Any]:
    """Describe a graph for other programs.

    Args:
        graph: its nodes carry ``title``, ``kind`` and ``trust``; its edges go from a result to what it rests on.

    Returns:
        ``nodes`` and ``edges`` in the order of the names, how many nodes have each ``trust``, and what an edge means.

    Raises:
        ValueError: a node lacks one of the three, or its trust is not a level.
    """
    nodes = [{"id": name, **_attributes(graph, name)} for name in sorted(graph)]
    counts = Counter(node["trust"] for node in nodes)
    return {
        "edge_meaning": EDGE_MEANING,
        "trust": {level: counts[level] for level in TRUST_LEVELS},
        "nodes": nodes,
        "edges": [{"from": source, "to": target} for source, target in sorted(graph.edges)],
    }


def graph_dot(graph: DiGraph[str], *, links: Mapping[str, str] = _NO_LINKS, direction: Direction = "down") -> str:
    """Write a graph in the DOT language; needs no Graphviz.

    Args:
        graph: as for :func:`graph_json`.
        links: where a click on a node leads, for the nodes that have such a place.
        direction: where the arrows go.

    Returns:
        The text of a DOT file, with a legend.

    Raises:
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    data = graph_json(graph)
    lines = [_node_line(node, links.get(node["id"])) for node in data["nodes"]]
    lines += [f"  {_quoted(edge['from'])} -> {_quoted(edge['to'])};" for edge in data["edges"]]
    lines += [f"  label=<{_legend(data['trust'])}>;"]
    return f"digraph dependencies {{\n  rankdir={_RANKS[direction]};\n{_HEAD}" + "\n".join(lines) + "\n}\n"


def draw_svg(graph: DiGraph[str], *, links: Mapping[str, str] = _NO_LINKS, direction: Direction = "down") -> str:
    """Draw a graph as SVG, to stand alone or inside an HTML page.

    Args:
        graph: as for :func:`graph_json`.
        links: as for :func:`graph_dot`.
        direction: where the arrows go.

    Returns:
        One ``<svg>`` element.

    Raises:
        InputError: pygraphviz is not installed.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    text = _draw(graph_dot(graph, links=links, direction=direction), "svg").decode("utf-8")
    element = text[text.index("<svg") :]
    return re.sub(r"<title>dependencies</title>", f"<title>Dependency graph. {EDGE_MEANING}</title>", element, count=1)


def draw_pdf(graph: DiGraph[str], *, direction: Direction = "right") -> bytes:
    """Draw a graph as a one-page PDF, to be included by LaTeX.

    Args:
        graph: as for :func:`graph_json`.
        direction: where the arrows go.

    Returns:
        The bytes of the file.

    Raises:
        InputError: pygraphviz is not installed, or the system has no font to write with.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    pdf = _draw(graph_dot(graph, direction=direction), "pdf")
    if b"/BaseFont" not in pdf:
        raise InputError(
            what="the graph cannot be written as PDF: this system has no fonts, so every letter would be an empty box",
            hint="Install a font (Debian and Ubuntu: apt install fonts-dejavu-core), or use the SVG.",
        )
    # Cairo stamps the time of day. A date of the same length keeps the offsets in the file right.
    return re.sub(rb"(?<=/CreationDate \(D:)\d{14}", b"20000101000000", pdf)


def draw_png(graph: DiGraph[str], *, direction: Direction = "down") -> bytes:
    """Draw a graph as a PNG picture.

    Args:
        graph: as for :func:`graph_json`.
        direction: where the arrows go.

    Returns:
        The bytes of the file.

    Raises:
        InputError: pygraphviz is not installed.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    return _draw(graph_dot(graph, direction=direction), "png")


def _draw(dot: str, file_format: str) -> bytes:
    try:
        import pygraphviz  # an extra, and slow to load
    except ImportError:
        raise InputError(
            what=f"drawing the graph as {file_format.upper()} needs pygraphviz, which is not installed",
            hint="Install it with: pip install 'symproof[graph]'. DOT and JSON need nothing.",
        ) from None
    drawing: bytes = pygraphviz.AGraph(string=dot).draw(format=file_format, prog="dot")
    return drawing


def _attributes(graph: DiGraph[str], name: str) -> dict[str, str]:
    node = graph.nodes[name]
    missing = [key for key in ("title", "kind", "trust") if key not in node]
    if missing:
        raise ValueError(f"node {name!r} of the graph lacks {', '.join(missing)}")
    if node["trust"] not in TRUST_LEVELS:
        expected = ", ".join(TRUST_LEVELS)
        raise ValueError(f"node {name!r} of the graph has trust {node['trust']!r}; expected one of {expected}")
    return {"title": str(node["title"]), "kind": str(node["kind"]), "trust": str(node["trust"])}


def _node_line(node: Mapping[str, str], link: str | None) -> str:
    look = _LOOKS[node["trust"]]
    parts = [
        f"label=<{_node_label(node)}>",
        f'style="filled,{look.style}"',
        f'fillcolor="{look.fill}"',
        f'color="{look.line}"',
        f"penwidth={look.width}",
        f"peripheries={2 if look.double else 1}",
        f"tooltip={_quoted(node['id'] + ': ' + node['trust'])}",
    ]
    if link:
        parts.append(f"URL={_quoted(link)}")
    return f"  {_quoted(node['id'])} [{', '.join(parts)}];"


def _node_label(node: Mapping[str, str]) -> str:
    title = "<BR/>".join(_markup(line) for line in _even_lines(node["title"]))
    foot = f'<FONT POINT-SIZE="9">{_markup(node["kind"])}, <B>{node["trust"]}</B></FONT>'
    rows = [f"<B>{_markup(node['id'])}</B>", *([title] if title else []), foot]
    cells = "".join(f"<TR><TD>{row}</TD></TR>" for row in rows)
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">{cells}</TABLE>'


def _even_lines(text: str) -> list[str]:
    """Break a text into as few lines as fit, of about the same length."""
    count = len(textwrap.wrap(text, _TITLE_WIDTH))
    for width in range(max(1, len(text) // max(1, count)), _TITLE_WIDTH):
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) <= count:
            return lines
    return textwrap.wrap(text, _TITLE_WIDTH)


def _legend(counts: Mapping[str, int]) -> str:
    rows = "".join(_legend_row(level, _LOOKS[level], counts[level]) for level in TRUST_LEVELS)
    head = '<TR><TD>trust</TD><TD>results</TD><TD ALIGN="LEFT">how they are checked</TD></TR>'
    last = f'<TR><TD COLSPAN="3" ALIGN="LEFT">{EDGE_MEANING}</TD></TR>'
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="4" CELLPADDING="2">{head}{rows}{last}</TABLE>'


def _legend_row(level: str, look: _Look, count: int) -> str:
    border = f'COLOR="{look.line}" STYLE="{look.style.upper()}" BGCOLOR="{look.fill}"'
    width = max(1, round(float(look.width)))
    outer = 1 if look.double else 0
    sample = (
        f'<TABLE BORDER="{outer}" CELLBORDER="{width}" CELLSPACING="{2 * outer}" CELLPADDING="3" COLOR="{look.line}">'
        f'<TR><TD {border} WIDTH="62"><B>{level}</B></TD></TR></TABLE>'
    )
    return f'<TR><TD>{sample}</TD><TD>{count}</TD><TD ALIGN="LEFT">{look.meaning}</TD></TR>'


# In DOT a backslash starts escapes such as \N (the node's name), in markup too; so it is doubled.
def _markup(text: str) -> str:
    return escape(_printable(text)).replace("\\", "\\\\")


def _quoted(text: str) -> str:
    return '"' + _printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
