"""Long formulas across lines.

A formula that is too wide is split where a mathematician would split it, coarsest first: behind a quantifier's range,
before an implication, a connective, behind a comma, before a relation, before plus and minus, between factors, and
only then inside brackets, fractions and roots (brackets become fixed-size ones, a fraction becomes a quotient).  Every
line is a formula of its own with an indentation, so that any format can set it and break pages between lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from symproof.report.math_symbols import GRIDS, Kind
from symproof.report.math_tree import (
    Fence,
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
    to_latex,
)
from symproof.report.math_width import is_tall, nodes_width

__all__ = ["INDENT", "MathLine", "break_formula", "line_kinds", "line_latex", "line_width"]

INDENT = 2.0
"""Indentation of a continuation line, in em."""

_SHORT = 0.34
_FIRST_GREEDY = 4
_LEVELS = range(1, 11)


@dataclass(frozen=True)
class MathLine:
    """One line of a broken formula.

    Attributes:
        nodes: what is on it.
        indent: its indentation in em.
        phantom: invisible nodes before it, so that the relations of a chain line up.
        continued: whether it goes on from the line before, so that a sign in front is a binary operator.
    """

    nodes: Nodes
    indent: float = 0.0
    phantom: Nodes = ()
    continued: bool = False


def break_formula(latex: str, width: float) -> tuple[MathLine, ...]:
    """Lay a formula out on lines no wider than ``width``.

    Args:
        latex: the formula.
        width: the width available, in em.

    Returns:
        The lines; one line when the formula fits.  A line is wider than asked only if nothing in it can be split.

    Raises:
        FormulaError: the formula is malformed.
    """
    return _break(latex, width)


@lru_cache(maxsize=4096)
def _break(latex: str, width: float) -> tuple[MathLine, ...]:
    first, *others = _lay(parse_math(latex), width, 1)
    return (first, *(replace(line, continued=True) for line in others))


def line_width(line: MathLine) -> float:
    """The estimated width of a line with its indentation."""
    return line.indent + nodes_width(line.phantom) + nodes_width(line.nodes)


def line_latex(line: MathLine) -> str:
    """The LaTeX of a line; an operator in front keeps the spacing of a binary one."""
    phantom = rf"\phantom{{{to_latex(line.phantom)}}}" if line.phantom else ""
    lone = line.continued and bool(line.nodes) and node_kind(line.nodes[0]) in ("bin", "rel", "logic")
    return f"{phantom}{'{}' if lone else ''}{to_latex(line.nodes)}"


def line_kinds(nodes: Nodes) -> list[Kind]:
    """The role of each node in its line: a sign with nothing before it is not a binary operator (TeX's rule)."""
    kinds: list[Kind] = []
    before: Kind = "open"
    for node in nodes:
        kind = node_kind(node)
        if kind == "bin" and before in ("bin", "rel", "logic", "open", "punct", "colon", "op", "quantifier"):
            kind = "ord"
        kinds.append(kind)
        if kind != "space":
            before = kind
    return kinds


def _lay(nodes: Nodes, width: float, first_level: int) -> list[MathLine]:
    if nodes_width(nodes) <= width:
        return [MathLine(nodes)]
    for level in (1, *range(max(first_level, 2), _LEVELS.stop)):
        pieces = _split(nodes, level)
        if len(pieces) > 1:
            return _fill(pieces, width, level)
    return _lay_opened(nodes, width)


def _fill(pieces: list[Nodes], width: float, level: int) -> list[MathLine]:
    """Put pieces on lines: implications and relations one a line, everything else as many as fit."""
    phantom = _chain_phantom(pieces, width) if level == 7 else ()
    lines: list[MathLine] = []
    current: Nodes = ()
    for position, piece in enumerate(pieces):
        shift = (0.0 if phantom else INDENT) if lines else 0.0
        room = width - shift - (nodes_width(phantom) if lines else 0.0)
        joins = not current or (level >= _FIRST_GREEDY and (level != 7 or position == 1))
        if joins and nodes_width(_joined(current, piece)) <= room:
            current = _joined(current, piece)
            continue
        if current and joins and nodes_width(current) <= _SHORT * room:
            lines += _shifted(_lay(_joined(current, piece), room, level + 1), shift, phantom if lines else ())
            current = ()
            continue
        if current:
            lines += _shifted(_lay(current, room, level + 1), shift, phantom if lines else ())
            shift = 0.0 if phantom else INDENT
            room = width - shift - nodes_width(phantom)
        current = piece
        if nodes_width(piece) > room:
            lines += _shifted(_lay(piece, room, level + 1), shift if lines else 0.0, phantom if lines else ())
            current = ()
    if current:
        shift = (0.0 if phantom else INDENT) if lines else 0.0
        lines += _shifted([MathLine(current)], shift, phantom if lines else ())
    return lines


def _joined(current: Nodes, piece: Nodes) -> Nodes:
    """Two pieces on one line; the dot that marks a product across lines is not needed there."""
    return current + piece[1:] if current and piece[0] is _DOT else current + piece


def _chain_phantom(pieces: list[Nodes], width: float) -> Nodes:
    """The left side of a chain of relations, if it is short enough to line the relations up behind it."""
    return pieces[0] if nodes_width(pieces[0]) <= _SHORT * width else ()


def _shifted(lines: Iterable[MathLine], shift: float, phantom: Nodes) -> list[MathLine]:
    return [replace(line, indent=line.indent + shift, phantom=phantom + line.phantom) for line in lines]


def _split(nodes: Nodes, level: int) -> list[Nodes]:
    """The pieces between the split points of a level; one piece when there are none."""
    kinds = line_kinds(nodes)
    if level == 1:
        return _split_quantifier(nodes, kinds)
    end = _first_quantifier(kinds)
    chosen = _CHOICES[level]
    cuts = [at for at in range(1, len(nodes)) if at <= end and chosen(nodes, kinds, at)]
    pieces = _cut(nodes, cuts)
    if level == 9:
        return [piece if at == 0 or _starts_with_operator(piece) else (_DOT, *piece) for at, piece in enumerate(pieces)]
    return pieces


def _cut(nodes: Nodes, cuts: list[int]) -> list[Nodes]:
    bounds = [0, *cuts, len(nodes)]
    return [nodes[start:stop] for start, stop in pairwise(bounds)]


def _split_quantifier(nodes: Nodes, kinds: list[Kind]) -> list[Nodes]:
    """Prefix and body, if the formula starts with quantifiers (perhaps behind a connective)."""
    start = 1 if kinds and kinds[0] == "logic" else 0
    cuts = []
    while start < len(kinds) and kinds[start] == "quantifier":
        end = _range_end(nodes, kinds, start)
        if end is None:
            break
        cuts.append(end)
        start = end
    if not cuts:
        return [nodes]
    return [nodes[: cuts[-1]], nodes[cuts[-1] :]]


def _range_end(nodes: Nodes, kinds: list[Kind], start: int) -> int | None:
    """Where the body of the quantifier at ``start`` begins: behind a colon, else a comma, else a wide space."""
    for wanted in ("colon", "punct", "space"):
        for at in range(start + 1, len(nodes) - 1):
            if kinds[at] == wanted and kinds[at + 1] != "rel" and _separates(nodes[at]):
                after = at + 1
                while after < len(nodes) - 1 and kinds[after] == "space":
                    after += 1
                return after
    return None


def _separates(node: MathNode) -> bool:
    return not isinstance(node, Symbol) or node.kind != "space" or node.width >= 0.27


def _first_quantifier(kinds: list[Kind]) -> int:
    """Where the scope of the first quantifier inside the line begins: no cut behind it."""
    for at, kind in enumerate(kinds):
        if kind == "quantifier" and not (at == 0 or (at == 1 and kinds[0] == "logic")):
            return at
    return len(kinds)


_Choice = Callable[[Nodes, list[Kind], int], bool]


def _before_command(*commands: str) -> _Choice:
    def choose(nodes: Nodes, kinds: list[Kind], at: int) -> bool:
        node = nodes[at]
        return isinstance(node, Symbol) and node.latex in commands

    return choose


def _after_separator(nodes: Nodes, kinds: list[Kind], at: int) -> bool:
    if kinds[at] == "space":
        return False
    before = at - 1
    while before > 0 and kinds[before] == "space":
        before -= 1
    gap = any(isinstance(node, Symbol) and node.kind == "space" and node.width >= 1 for node in nodes[before + 1 : at])
    node = nodes[at]
    connective = isinstance(node, Word) and not node.operator and node.text.startswith(" ")
    return kinds[before] == "punct" or gap or connective


def _before_relation(nodes: Nodes, kinds: list[Kind], at: int) -> bool:
    return kinds[at] == "rel" and kinds[at - 1] != "rel"


def _before_sum(nodes: Nodes, kinds: list[Kind], at: int) -> bool:
    node = nodes[at]
    return kinds[at] == "bin" and isinstance(node, Symbol) and node.latex in _SIGNS


def _before_product(nodes: Nodes, kinds: list[Kind], at: int) -> bool:
    if kinds[at] == "bin":
        return True
    before = nodes[at - 1]
    inner = before.base if isinstance(before, Script) else before
    factor = isinstance(inner, Fence | Fraction)
    return factor and kinds[at] in ("ord", "op", "fn", "inner")


def _before_word(nodes: Nodes, kinds: list[Kind], at: int) -> bool:
    node = nodes[at]
    return isinstance(node, Word) and not node.operator


_SIGNS = {"+", "-", r"\pm", r"\mp"}
_DOT = Symbol(r"\cdot", "bin", "⋅", 0.78)
_CHOICES: dict[int, _Choice] = {
    2: _before_command(r"\iff", r"\Leftrightarrow", r"\Longleftrightarrow"),
    3: _before_command(r"\implies", r"\Rightarrow", r"\Longrightarrow", r"\impliedby", r"\Leftarrow"),
    4: _before_command(r"\lor", r"\vee"),
    5: _before_command(r"\land", r"\wedge"),
    6: _after_separator,
    7: _before_relation,
    8: _before_sum,
    9: _before_product,
    10: _before_word,
}


def _starts_with_operator(piece: Nodes) -> bool:
    return node_kind(piece[0]) == "bin"


def _lay_opened(nodes: Nodes, width: float) -> list[MathLine]:
    """Open the widest node that can be opened and lay out the pieces; give up when there is none."""
    candidates = [at for at, node in enumerate(nodes) if _can_open(node)]
    if not candidates:
        return [MathLine(nodes)]
    widest = max(candidates, key=lambda at: nodes_width((nodes[at],)))
    before, after = nodes[:widest], nodes[widest + 1 :]
    pieces = _open(nodes[widest])
    pieces[0] = before + pieces[0]
    pieces[-1] = pieces[-1] + after
    if len(pieces) == 1:
        return _lay(pieces[0], width, 1)
    return _fill_opened(pieces, width)


def _fill_opened(pieces: list[Nodes], width: float) -> list[MathLine]:
    lines: list[MathLine] = []
    current: Nodes = ()
    for piece in pieces:
        shift = INDENT if lines else 0.0
        if current and nodes_width(current + piece) > width - shift:
            lines += _shifted(_lay(current, width - shift, 1), shift, ())
            current = piece
        else:
            current += piece
    shift = INDENT if lines else 0.0
    return lines + _shifted(_lay(current, width - shift, 1), shift, ())


def _can_open(node: MathNode) -> bool:
    inner = node.base if isinstance(node, Script) else node
    if isinstance(inner, Symbol):
        return inner.kind == "ord" and len(inner.char) > 12 and inner.char.isdigit() and not isinstance(node, Script)
    if isinstance(inner, Word):
        return " " in inner.text.strip() and not inner.operator and not isinstance(node, Script)
    if isinstance(inner, Grid):
        return inner.environment == "cases" and not isinstance(node, Script)
    if isinstance(inner, Stack):
        return inner.command in ("underbrace", "overbrace")
    if isinstance(inner, Group):
        return not isinstance(node, Script)
    if isinstance(inner, Fence):
        return len(inner.body) > 1 or any(_can_open(child) for child in inner.body)
    return isinstance(inner, Fraction | Root) and not (isinstance(inner, Fraction) and inner.command == "binom")


def _open(node: MathNode) -> list[Nodes]:
    """The pieces of an opened node, at least one."""
    if isinstance(node, Script):
        return _open_script(node)
    match node:
        case Fence():
            return _open_fence(node)
        case Fraction():
            return [(_bracket(node.numerator), _SLASH, _bracket(node.denominator))]
        case Root():
            index = (Symbol("2", "ord", "2", 0.5),) if node.index is None else node.index
            power = (Symbol("1", "ord", "1", 0.5), Symbol("/", "ord", "/", 0.5), *index)
            return [(Script(Fence("(", ")", node.body, stretchy=True), None, power),)]
        case Grid():
            return _open_cases(node)
        case Word():
            return [(Word(f"{word} "),) for word in node.text.split()]
        case Symbol():
            return [(_digits(node.char[at : at + 6]),) for at in range(0, len(node.char), 6)]
        case Group() | Stack():
            return [node.body]
        case _:
            return [(node,)]


_SLASH = Symbol("/", "bin", "/", 0.5)


def _digits(text: str) -> Symbol:
    return Symbol(text, "ord", text, 0.5 * len(text))


def _bracket(nodes: Nodes) -> MathNode:
    """A part of a quotient: bare when it is one node, else in brackets."""
    return nodes[0] if len(nodes) == 1 else Fence("(", ")", nodes, stretchy=True)


def _open_script(node: Script) -> list[Nodes]:
    inner = node.base
    if isinstance(inner, Fraction | Root):
        whole = Fence("(", ")", (inner,), stretchy=True)
        return _open_fence(whole, node)
    return _open_fence(inner, node) if isinstance(inner, Fence) else [(inner,)]


def _open_fence(fence: Fence, script: Script | None = None) -> list[Nodes]:
    """Pieces of a bracket's content, split at its coarsest split points, with fixed-size brackets at both ends."""
    body = fence.body
    pieces = [body]
    for level in _LEVELS:
        pieces = _split(body, level)
        if len(pieces) > 1:
            break
    name = "Big" if is_tall(body) else "big"
    opening = _sized(fence.opening, name, "l")
    closing = _sized(fence.closing, name, "r")
    if script is not None:
        closing = (Script(closing[0] if closing else Group(()), script.sub, script.sup),)
    pieces[0] = opening + pieces[0]
    pieces[-1] = pieces[-1] + closing
    return pieces


def _sized(delimiter: str, name: str, side: str) -> Nodes:
    """A delimiter of fixed size; nothing for the empty delimiter."""
    if delimiter == ".":
        return ()
    symbol = parse_math(f"\\{name}{side}{_bare(delimiter)}")[0]
    return (symbol,)


def _bare(delimiter: str) -> str:
    """The delimiter without a size it may already have."""
    for name in ("biggl", "biggr", "Biggl", "Biggr", "bigl", "bigr", "Bigl", "Bigr"):
        if delimiter.startswith(f"\\{name}"):
            return delimiter[len(name) + 1 :]
    return delimiter


def _open_cases(grid: Grid) -> list[Nodes]:
    """The rows of a case distinction one after another behind a brace."""
    opening = _sized(GRIDS[grid.environment][0], "Big", "l")
    gap = Symbol(r"\quad", "space", "", 1.0)
    rows = [tuple(node for at, cell in enumerate(row) for node in ((gap, *cell) if at else cell)) for row in grid.rows]
    return [opening + row if at == 0 else row for at, row in enumerate(rows)]
