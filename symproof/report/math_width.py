"""Estimated widths of set mathematics, in em of the surrounding font.

The estimates come from the metrics of Computer Modern, rounded up a little: a line that is estimated to fit does fit in
LaTeX, Typst and the browser.
"""

from __future__ import annotations

from symproof.report.math_symbols import DELIMITERS, GRIDS, SPACING
from symproof.report.math_tree import (
    Accent,
    Fence,
    Font,
    Fraction,
    Grid,
    Group,
    MathNode,
    Nodes,
    Root,
    Script,
    Stack,
    Symbol,
    Word,
    node_kind,
    parse_math,
)

__all__ = ["formula_width", "nodes_width", "word_width"]

_SCRIPT = 0.75
_COLUMN_GAP = 1.0


def formula_width(latex: str) -> float:
    """The estimated width of a whole formula on one line."""
    return nodes_width(parse_math(latex))


def nodes_width(nodes: Nodes) -> float:
    """The estimated width of nodes on one line, with the space around operators."""
    return sum(_width(node) + SPACING.get(node_kind(node), 0.0) for node in nodes)


def word_width(text: str) -> float:
    """The estimated width of words in the text font."""
    return sum(0.28 if letter in " .,;:!|'ijl()[]" else 0.75 if letter.isupper() else 0.5 for letter in text)


def _width(node: MathNode) -> float:
    match node:
        case Symbol():
            return node.width
        case Word():
            return word_width(node.text)
        case Group() | Font() | Accent():
            return nodes_width(node.body)
        case Script():
            return _script_width(node)
        case Fraction():
            scale = 1.0 if node.command == "dfrac" else 0.9
            return scale * max(nodes_width(node.numerator), nodes_width(node.denominator)) + 0.25
        case Root():
            return nodes_width(node.body) + 0.9
        case Fence():
            return _delimiter_width(node.opening) + nodes_width(node.body) + _delimiter_width(node.closing)
        case Grid():
            return _grid_width(node)
        case Stack():
            lines = [node.body, node.mark, *node.rows]
            return max(nodes_width(node.body), *(_SCRIPT * nodes_width(line) for line in lines))


def _script_width(node: Script) -> float:
    sub = _SCRIPT * nodes_width(node.sub or ())
    sup = _SCRIPT * nodes_width(node.sup or ())
    base = _width(node.base)
    if node_kind(node.base) == "op" or (isinstance(node.base, Word) and node.base.limits):
        return max(base, sub, sup)
    return base + max(sub, sup) + 0.05


def _delimiter_width(delimiter: str) -> float:
    bare = delimiter.lstrip("\\")
    for name in ("biggl", "biggr", "bigl", "bigr", "Bigl", "Bigr"):
        if bare.startswith(name):
            return 0.6
    return DELIMITERS[delimiter].width if delimiter in DELIMITERS else 0.5


def _grid_width(node: Grid) -> float:
    columns = max(len(row) for row in node.rows)
    widths = [max(nodes_width(row[column]) for row in node.rows if column < len(row)) for column in range(columns)]
    around = sum(_delimiter_width(delimiter) for delimiter in GRIDS[node.environment])
    return sum(widths) + _COLUMN_GAP * (columns - 1) + around + 0.3
