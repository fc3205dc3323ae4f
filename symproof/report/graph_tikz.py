r"""The dependency graph as a LaTeX document with a ``tikzpicture``, placed by Graphviz and set by TeX.

The document is complete: it compiles with pdfLaTeX and the package TikZ alone, on a page of the size of the drawing.
Whoever wants the picture in a paper of their own takes the colours and the ``tikzpicture``.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symproof.graph import REFUTED_BY
from symproof.graph_drawing import (
    EDGE_MEANING,
    LOOKS,
    REFUTED_BY_MEANING,
    Direction,
    even_lines,
    graph_json,
    plain_layout,
)
from symproof.kernel.interface import TRUST_LEVELS
from symproof.report.latex_text import escape_text

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["graph_tikz"]

_LINE = 0.135  # inches, for footnotesize
_LETTER = 0.064
_MARGIN = 0.35
_LEGEND_WIDTH = 5.6
_RANKS: Mapping[Direction, str] = {"down": "TB", "right": "LR"}


def graph_tikz(graph: DiGraph[str], *, direction: Direction = "down") -> str:
    """Draw a graph with TikZ.

    Args:
        graph: as for :func:`symproof.graph_drawing.graph_json`.
        direction: where the arrows go.

    Returns:
        A LaTeX document: the trust levels as colours and line styles, nodes, arrows, a legend. The same graph gives the
        same text.

    Raises:
        InputError: pygraphviz is not installed.
        ValueError: a node lacks an attribute, or its trust is not a level.
    """
    data = graph_json(graph)
    layout = _read(plain_layout(_skeleton(data, direction)))
    nodes = [_node(node, layout.nodes[f"n{position}"]) for position, node in enumerate(data["nodes"])]
    names = {node["id"]: f"n{position}" for position, node in enumerate(data["nodes"])}
    edges = [_edge(edge, layout.edges[names[edge["from"]], names[edge["to"]]]) for edge in data["edges"]]
    refuted = any(edge["kind"] == REFUTED_BY for edge in data["edges"])
    legend = _legend(data["trust"], refuted)
    width = max(layout.width, _LEGEND_WIDTH) + 2 * _MARGIN
    height = layout.height + 0.28 * (len(TRUST_LEVELS) + 3 + refuted) + 2 * _MARGIN
    body = "\n".join(f"  {line}" for line in (*edges, *nodes, *legend))
    return (
        _HEAD.replace("WIDTH", f"{width:.2f}")
        .replace("HEIGHT", f"{height:.2f}")
        .replace("STYLES", "\n".join(_styles()))
        + f"\\begin{{tikzpicture}}[x=1in,y=1in]\n{body}\n\\end{{tikzpicture}}\n\\end{{document}}\n"
    )


_HEAD = r"""\documentclass[10pt]{article}
\usepackage[T1]{fontenc}
\usepackage[utf8]{inputenc}
\usepackage{lmodern,textcomp,amsmath,amssymb}
\usepackage[paperwidth=WIDTHin,paperheight=HEIGHTin,margin=0.2in]{geometry}
\usepackage{tikz}
\usetikzlibrary{arrows.meta}
\pagestyle{empty}
\setlength{\parindent}{0pt}
STYLES
\begin{document}
\centering
"""


@dataclass(frozen=True)
class _Layout:
    """Places in inches: of nodes (middle, width, height), and the control points of edges."""

    width: float
    height: float
    nodes: Mapping[str, tuple[float, float, float, float]]
    edges: Mapping[tuple[str, str], tuple[tuple[float, float], ...]]


def _skeleton(data: Mapping[str, Any], direction: Direction) -> str:
    """The graph for Graphviz: boxes of the right size under plain names."""
    names = {node["id"]: f"n{position}" for position, node in enumerate(data["nodes"])}
    boxes = []
    for node in data["nodes"]:
        lines = _lines(node)
        width = max(len(line) for line in lines) * _LETTER + 0.16
        boxes.append(f"  {names[node['id']]} [width={width:.3f}, height={len(lines) * _LINE + 0.12:.3f}];")
    room = {REFUTED_BY: " [minlen=2]"}  # for the words on the arrow
    arrows = [f"  {names[edge['from']]} -> {names[edge['to']]}{room.get(edge['kind'], '')};" for edge in data["edges"]]
    head = f"  rankdir={_RANKS[direction]}; ranksep=0.35; nodesep=0.18;\n"
    head += '  node [shape=box, fixedsize=true, label=""]; edge [arrowhead=none];'
    return "digraph g {\n" + "\n".join([head, *boxes, *arrows]) + "\n}\n"


def _lines(node: Mapping[str, Any]) -> list[str]:
    kind = "elsewhere" if node.get("outside") else node["kind"]
    title = [] if node.get("outside") else even_lines(node["title"])
    return [node["id"], *title, f"{kind}, {node['trust']}", *([node["mark"]] if node.get("mark") else [])]


def _read(plain: str) -> _Layout:
    """Read Graphviz's plain format."""
    width = height = 0.0
    nodes: dict[str, tuple[float, float, float, float]] = {}
    edges: dict[tuple[str, str], tuple[tuple[float, float], ...]] = {}
    for line in plain.splitlines():
        words = shlex.split(line)
        if words[0] == "graph":
            width, height = float(words[2]), float(words[3])
        elif words[0] == "node":
            x, y, w, h = map(float, words[2:6])
            nodes[words[1]] = (x, y, w, h)
        elif words[0] == "edge":
            numbers = [float(word) for word in words[4 : 4 + 2 * int(words[3])]]
            edges[words[1], words[2]] = tuple(zip(numbers[::2], numbers[1::2], strict=True))
    return _Layout(width, height, nodes, edges)


def _styles() -> list[str]:
    """Colours and styles of the levels."""
    lines = []
    for level in TRUST_LEVELS:
        look = LOOKS[level]
        lines.append(rf"\definecolor{{fill-{level}}}{{HTML}}{{{look.fill.lstrip('#').upper()}}}")
        lines.append(rf"\definecolor{{line-{level}}}{{HTML}}{{{look.line.lstrip('#').upper()}}}")
        double = ",double,double distance=1pt" if look.double else ""
        style = f"draw=line-{level},fill=fill-{level},{look.style},line width={look.width}pt{double}"
        lines.append(rf"\tikzset{{{level}/.style={{{style}}}}}")
    box = r"inner sep=2pt,align=center,font=\sffamily\footnotesize"
    arrow = "draw=black!65,line width=0.5pt,-{Stealth[length=5pt]}"
    lines.append(rf"\tikzset{{result/.style={{{box}}},rests on/.style={{{arrow}}}}}")
    lines.append(
        r"\tikzset{refuted by/.style={dashed,draw=line-refuted,line width=1.2pt,"
        r"-{Triangle[open,length=7pt,width=6pt]}}}"
    )
    lines.append(r"\tikzset{heavy/.style={draw=black,line width=2pt}}")
    return lines


def _node(node: Mapping[str, Any], place: tuple[float, float, float, float]) -> str:
    x, y, width, height = place
    rows = [escape_text(line) for line in _lines(node)]
    kind, _, level = rows[-2 if node.get("mark") else -1].rpartition(", ")
    rows[-2 if node.get("mark") else -1] = rf"{{\scriptsize {kind}, \textbf{{{level}}}}}"
    rows[0] = rf"\textbf{{{rows[0]}}}"
    if node.get("mark"):
        rows[-1] = rf"\colorbox{{yellow!50}}{{\scriptsize\bfseries {rows[-1]}}}"
    size = f"minimum width={width:.3f}in,minimum height={height:.3f}in"
    text = r"\\".join(rows)
    return rf"\node[result,{node['trust']},{size}] at ({x:.3f},{y:.3f}) {{{text}}};"


def _edge(edge: Mapping[str, Any], points: tuple[tuple[float, float], ...]) -> str:
    text = f"({points[0][0]:.3f},{points[0][1]:.3f})"
    refutes = edge["kind"] == REFUTED_BY
    curves = range(1, len(points) - 2, 3)
    for k in curves:
        a, b, c = points[k : k + 3]
        text += f" .. controls ({a[0]:.3f},{a[1]:.3f}) and ({b[0]:.3f},{b[1]:.3f}) .. ({c[0]:.3f},{c[1]:.3f})"
        if refutes and k == curves[len(curves) // 2]:
            look = r"midway,fill=white,inner sep=1pt,text=line-refuted,font=\sffamily\scriptsize"
            text += rf" node[{look}] {{{REFUTED_BY}}}"
    if refutes:
        return rf"\draw[refuted by] {text};"
    return rf"\draw[rests on{',heavy' if edge.get('heavy') else ''}] {text};"


def _legend(counts: Mapping[str, int], refuted: bool) -> list[str]:
    meanings = [EDGE_MEANING, *([REFUTED_BY_MEANING] if refuted else [])]
    rows = [
        rf"\node[anchor=west,font=\sffamily\scriptsize] at (0,{-0.28 * position:.2f}) {{{escape_text(words)}}};"
        for position, words in enumerate(meanings, 1)
    ]
    for position, level in enumerate(TRUST_LEVELS, len(rows) + 1):
        y = -0.28 * position
        size = "minimum width=0.75in,minimum height=0.2in,anchor=west"
        rows.append(rf"\node[result,{level},{size}] at (0.05,{y:.2f}) {{\scriptsize\bfseries {level}}};")
        words = escape_text(f"{counts[level]}: {LOOKS[level].meaning}")
        rows.append(rf"\node[anchor=west,font=\sffamily\scriptsize] at (0.95,{y:.2f}) {{{words}}};")
    return rows
