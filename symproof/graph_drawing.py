"""The dependency graph as a picture: DOT, SVG, PDF, PNG, and JSON for other programs.

Besides ``title``, ``kind`` and ``trust`` a node may carry ``mark``, words to show in it, and ``outside``, which makes
it small: a neighbour from elsewhere. An edge may be ``heavy``, and has the ``kind`` ``uses`` (also without a mark) or
``refuted by``, which is drawn as an arrow of its own.

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
from symproof.graph import REFUTED_BY, USES
from symproof.kernel.interface import TRUST_LEVELS

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = [
    "EDGE_MEANING", "LOOKS", "REFUTED_BY_MEANING", "Direction", "PageFit", "TrustLook", "draw_pdf", "draw_png",
    "draw_svg", "even_lines", "graph_dot", "graph_json", "page_fit", "plain_layout",
]  # fmt: skip

Direction: TypeAlias = Literal["down", "right"]
"""Where the arrows go: ``down`` makes a wide picture, ``right`` one that fits a page in portrait."""

EDGE_MEANING = "An arrow goes from a result to what it rests on."
REFUTED_BY_MEANING = "A dashed red arrow with an open head goes from a claim to what refutes it."

_TITLE_WIDTH = 30
_PAGE = (440.0, 560.0)  # points: the text block of A4, with room for a caption
_READABLE = 0.65  # of the size of 10 points
_WORTH_TURNING = 1.2
_NO_LINKS: Mapping[str, str] = {}


@dataclass(frozen=True)
class TrustLook:
    """How a trust level is drawn, and what the legend says of it.

    Attributes:
        meaning: what the level says.
        fill: the colour of the inside, as ``#rrggbb``.
        line: the colour of the border.
        style: ``solid``, ``dashed`` or ``dotted``.
        width: the width of the border in points.
        double: whether the border is a double line.
    """

    meaning: str
    fill: str
    line: str
    style: str = "solid"
    width: str = "1.2"
    double: bool = False


# One look for each of the kernel's TRUST_LEVELS.
LOOKS = {
    "proved": TrustLook("the kernel checked every step, here and below", "#dff0df", "#1b6e2e"),
    "certified": TrustLook("also by ball arithmetic (rigorous enclosures)", "#dce9f7", "#1f5a96", double=True),
    "oracle": TrustLook("also by an answer of an SMT solver or a CAS", "#fdf1cf", "#8a6100", "dashed", "1.6"),
    "cited": TrustLook("also by a named result of the literature", "#ece4f5", "#5e3a87", "dotted", "2.2"),
    "open": TrustLook("a gap, marked as such, here or below", "#ffffff", "#444444", "dashed", "2.8"),
    "refuted": TrustLook("false: the negation is proved, here or below", "#f9d9d9", "#a01818", "solid", "3.4"),
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
        ``nodes`` and ``edges`` in the order of the names, how many nodes have each ``trust``, and what an edge of each
        ``kind`` means.

    Raises:
        ValueError: a node lacks one of the three, its trust is not a level, or an edge has another kind.
    """
    nodes = [{"id": name, **_attributes(graph, name)} for name in sorted(graph)]
    counts = Counter(node["trust"] for node in nodes)
    return {
        "edge_meaning": EDGE_MEANING,
        "edge_kinds": {USES: EDGE_MEANING, REFUTED_BY: REFUTED_BY_MEANING},
        "trust": {level: counts[level] for level in TRUST_LEVELS},
        "nodes": nodes,
        "edges": [_edge(graph, source, target) for source, target in sorted(graph.edges)],
    }


def graph_dot(
    graph: DiGraph[str],
    *,
    links: Mapping[str, str] = _NO_LINKS,
    direction: Direction = "down",
    legend: bool = True,
    turned: bool = False,
) -> str:
    """Write a graph in the DOT language; needs no Graphviz.

    Args:
        graph: as for :func:`graph_json`.
        links: where a click on a node leads, for the nodes that have such a place.
        direction: where the arrows go.
        legend: whether to explain the trust levels below the drawing.
        turned: whether to turn the drawing by a quarter, for a page in portrait.

    Returns:
        The text of a DOT file.

    Raises:
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    data = graph_json(graph)
    lines = [_node_line(node, links.get(node["id"])) for node in data["nodes"]]
    lines += [_edge_line(edge) for edge in data["edges"]]
    refuted = any(edge["kind"] == REFUTED_BY for edge in data["edges"])
    lines += [f"  label=<{_legend(data['trust'], refuted)}>;"] if legend else []
    head = f"  rankdir={_RANKS[direction]};\n" + ("  rotate=90;\n" if turned else "")
    return f"digraph dependencies {{\n{head}{_HEAD}" + "\n".join(lines) + "\n}\n"


def draw_svg(
    graph: DiGraph[str],
    *,
    links: Mapping[str, str] = _NO_LINKS,
    direction: Direction = "down",
    legend: bool = True,
) -> str:
    """Draw a graph as SVG, to stand alone or inside an HTML page.

    Args:
        graph: as for :func:`graph_json`.
        links: as for :func:`graph_dot`.
        direction: where the arrows go.
        legend: as for :func:`graph_dot`.

    Returns:
        One ``<svg>`` element.

    Raises:
        InputError: pygraphviz is not installed.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    text = _draw(graph_dot(graph, links=links, direction=direction, legend=legend), "svg").decode("utf-8")
    element = text[text.index("<svg") :]
    return re.sub(
        r"<title>dependencies</title>", f"<title>Dependency graph. {_meaning(graph)}</title>", element, count=1
    )


def draw_pdf(
    graph: DiGraph[str], *, direction: Direction = "right", legend: bool = True, turned: bool = False
) -> bytes:
    """Draw a graph as a one-page PDF, to be included by LaTeX.

    Args:
        graph: as for :func:`graph_json`.
        direction: where the arrows go.
        legend: as for :func:`graph_dot`.
        turned: as for :func:`graph_dot`.

    Returns:
        The bytes of the file.

    Raises:
        InputError: pygraphviz is not installed, or the system has no font to write with.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    pdf = _draw(graph_dot(graph, direction=direction, legend=legend, turned=turned), "pdf")
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


@dataclass(frozen=True)
class PageFit:
    """How a graph goes onto a page in portrait.

    Attributes:
        direction: where the arrows go.
        turned: whether the drawing is turned by a quarter.
        scale: how much smaller than 10 points its words come out, at most 1.
    """

    direction: Direction
    turned: bool
    scale: float

    @property
    def is_readable(self) -> bool:
        """Whether the words are large enough."""
        return self.scale >= _READABLE


def page_fit(graph: DiGraph[str], *, legend: bool = True) -> PageFit:
    """Choose how to draw a graph so that its words are as large as possible on a page in portrait.

    Args:
        graph: as for :func:`graph_json`.
        legend: as for :func:`graph_dot`.

    Returns:
        The best way; the drawing is turned only if that makes small words much larger.

    Raises:
        InputError: pygraphviz is not installed.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    upright: list[tuple[float, Direction]] = []
    turned: list[tuple[float, Direction]] = []
    ways: tuple[Direction, ...] = ("right", "down")
    for direction in ways:
        svg = draw_svg(graph, direction=direction, legend=legend)
        width, height = (float(re.search(rf'<svg[^>]* {name}="([\d.]+)pt"', svg)[1]) for name in ("width", "height"))  # type: ignore[index]
        page_width, page_height = _PAGE
        upright.append((min(1.0, page_width / width, page_height / height), direction))
        turned.append((min(1.0, page_width / height, page_height / width), direction))
    best, best_turned = (max(choices, key=lambda choice: choice[0]) for choices in (upright, turned))
    turn = best[0] < _READABLE and best_turned[0] > _WORTH_TURNING * best[0]
    scale, direction = best_turned if turn else best
    return PageFit(direction, turn, scale)


def plain_layout(dot: str) -> str:
    """Let Graphviz place nodes and edges, and give the places in its "plain" text format, in inches.

    Args:
        dot: a graph in the DOT language.

    Raises:
        InputError: pygraphviz is not installed.
    """
    return _draw(dot, "plain").decode("utf-8")


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


def _attributes(graph: DiGraph[str], name: str) -> dict[str, Any]:
    node = graph.nodes[name]
    missing = [key for key in ("title", "kind", "trust") if key not in node]
    if missing:
        raise ValueError(f"node {name!r} of the graph lacks {', '.join(missing)}")
    if node["trust"] not in TRUST_LEVELS:
        expected = ", ".join(TRUST_LEVELS)
        raise ValueError(f"node {name!r} of the graph has trust {node['trust']!r}; expected one of {expected}")
    data: dict[str, Any] = {"title": str(node["title"]), "kind": str(node["kind"]), "trust": str(node["trust"])}
    if node.get("mark"):
        data["mark"] = str(node["mark"])
    if node.get("outside"):
        data["outside"] = True
    return data


def _edge(graph: DiGraph[str], source: str, target: str) -> dict[str, Any]:
    attributes = graph.edges[source, target]
    heavy = {"heavy": True} if attributes.get("heavy") else {}
    kind = attributes.get("kind", USES)
    if kind not in (USES, REFUTED_BY):
        raise ValueError(f"the edge from {source!r} to {target!r} has kind {kind!r}; expected {USES} or {REFUTED_BY}")
    return {"from": source, "to": target, "kind": kind, **heavy}


def _edge_line(edge: Mapping[str, Any]) -> str:
    look = ' [color="#000000", penwidth=3.2]' if edge.get("heavy") else ""
    if edge["kind"] == REFUTED_BY:
        red = LOOKS["refuted"].line
        words = f'label="  {REFUTED_BY}", fontname="Helvetica", fontsize=9, fontcolor="{red}", tooltip="{REFUTED_BY}"'
        look = f' [style=dashed, arrowhead=empty, color="{red}", penwidth=1.6, {words}]'
    return f"  {_quoted(edge['from'])} -> {_quoted(edge['to'])}{look};"


def _node_line(node: Mapping[str, Any], link: str | None) -> str:
    look = LOOKS[node["trust"]]
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


def _node_label(node: Mapping[str, Any]) -> str:
    title = "<BR/>".join(_markup(line) for line in even_lines(node["title"])) if not node.get("outside") else ""
    kind = "elsewhere" if node.get("outside") else node["kind"]
    foot = f'<FONT POINT-SIZE="9">{_markup(kind)}, <B>{node["trust"]}</B></FONT>'
    rows = [f"<B>{_markup(node['id'])}</B>", *([title] if title else []), foot]
    cells = "".join(f"<TR><TD>{row}</TD></TR>" for row in rows)
    if node.get("mark"):
        cells += f'<TR><TD BGCOLOR="#fff0a0"><B>{_markup(node["mark"])}</B></TD></TR>'
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="0" CELLPADDING="2">{cells}</TABLE>'


def even_lines(text: str) -> list[str]:
    """Break a title into as few lines as fit, of about the same length.

    Args:
        text: the title.
    """
    count = len(textwrap.wrap(text, _TITLE_WIDTH))
    for width in range(max(1, len(text) // max(1, count)), _TITLE_WIDTH):
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) <= count:
            return lines
    return textwrap.wrap(text, _TITLE_WIDTH)


def _legend(counts: Mapping[str, int], refuted: bool) -> str:
    rows = "".join(_legend_row(level, LOOKS[level], counts[level]) for level in TRUST_LEVELS)
    head = '<TR><TD>trust</TD><TD>number</TD><TD ALIGN="LEFT">how they are checked</TD></TR>'
    last = f'<TR><TD COLSPAN="3" ALIGN="LEFT">{EDGE_MEANING}</TD></TR>'
    red = LOOKS["refuted"].line
    words = f'<FONT COLOR="{red}">{REFUTED_BY_MEANING}</FONT>'
    last += f'<TR><TD COLSPAN="3" ALIGN="LEFT">{words}</TD></TR>' if refuted else ""
    return f'<TABLE BORDER="0" CELLBORDER="0" CELLSPACING="4" CELLPADDING="2">{head}{rows}{last}</TABLE>'


def _legend_row(level: str, look: TrustLook, count: int) -> str:
    border = f'COLOR="{look.line}" STYLE="{look.style.upper()}" BGCOLOR="{look.fill}"'
    width = max(1, round(float(look.width)))
    outer = 1 if look.double else 0
    sample = (
        f'<TABLE BORDER="{outer}" CELLBORDER="{width}" CELLSPACING="{2 * outer}" CELLPADDING="3" COLOR="{look.line}">'
        f'<TR><TD {border} WIDTH="62"><B>{level}</B></TD></TR></TABLE>'
    )
    return f'<TR><TD>{sample}</TD><TD>{count}</TD><TD ALIGN="LEFT">{look.meaning}</TD></TR>'


def _meaning(graph: DiGraph[str]) -> str:
    """What the arrows of a graph mean, in one line."""
    refuted = any(kind == REFUTED_BY for _, _, kind in graph.edges(data="kind"))
    return f"{EDGE_MEANING} {REFUTED_BY_MEANING}" if refuted else EDGE_MEANING


# In DOT a backslash starts escapes such as \N (the node's name), in markup too; so it is doubled.
def _markup(text: str) -> str:
    return escape(_printable(text)).replace("\\", "\\\\")


def _quoted(text: str) -> str:
    return '"' + _printable(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def _printable(text: str) -> str:
    return "".join(character if character.isprintable() else " " for character in text)
