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

__all__ = ["formula_width", "is_tall", "nodes_width", "word_width"]

_SCRIPT = 0.8
_COLUMN_GAP = 1.0


def formula_width(latex: str) -> float:
    """The estimated width of a whole formula on one line."""
    return nodes_width(parse_math(latex))


def nodes_width(nodes: Nodes) -> float:
    """The estimated width of nodes on one line, with the space around operators."""
    return sum(_width(node) + SPACING.get(node_kind(node), 0.0) for node in nodes)


def word_width(text: str) -> float:
    """The estimated width of words in the text font."""
    return sum(map(_letter_width, text))


def _letter_width(letter: str) -> float:
    if letter in ".,;:!|'ijl":
        return 0.29
    if letter in " ()[]frt":
        return 0.38
    return 0.78 if letter.isupper() or letter in "mw" else 0.53


def _script_size(nodes: Nodes) -> float:
    """The width of nodes in a script, where operators have no space around them."""
    return _SCRIPT * sum(_width(node) for node in nodes)


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
            return _fraction_width(node)
        case Root():
            return nodes_width(node.body) + 0.9
        case Fence():
            return _fence_width(node)
        case Grid():
            return _grid_width(node)
        case Stack():
            lines = [node.body, node.mark, *node.rows]
            return max(nodes_width(node.body), *(_script_size(line) for line in lines))


def _fraction_width(node: Fraction) -> float:
    width = max(nodes_width(node.numerator), nodes_width(node.denominator))
    if node.command == "binom":
        return width + 1.5
    return 0.8 * width + 0.25 if node.command == "tfrac" else width + 0.25


def _script_width(node: Script) -> float:
    sub = _script_size(node.sub or ())
    sup = _script_size(node.sup or ())
    base = _width(node.base)
    if node_kind(node.base) == "op" or (isinstance(node.base, Word) and node.base.limits):
        return max(base, sub, sup)
    return base + max(sub, sup) + 0.05


def _fence_width(node: Fence) -> float:
    width = _delimiter_width(node.opening) + nodes_width(node.body) + _delimiter_width(node.closing)
    if not node.stretchy:
        return width
    grows = is_tall(node.body) and node.opening[-1] in "({["
    return width + (1.1 if grows else 0.34)


def is_tall(nodes: Nodes) -> bool:
    """Whether a line is higher than plain text: fractions, sums, matrices."""
    return any(_is_tall_node(node) for node in nodes)


def _is_tall_node(node: MathNode) -> bool:
    if isinstance(node, Script):
        return _is_tall_node(node.base)
    if isinstance(node, Fence | Group):
        return is_tall(node.body)
    return isinstance(node, Fraction | Grid | Root | Stack) or node_kind(node) == "op"


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
