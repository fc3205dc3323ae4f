"""LaTeX mathematics as a tree: parsed strictly, written back as LaTeX.

The parser knows the commands of :mod:`symproof.report.math_symbols` and no others: anything else becomes
:class:`Symbol` of kind ``"unknown"`` and is shown as literal text, so that a hostile name cannot smuggle a command into
a LaTeX run.  Line breaking, width estimates and MathML all work on this tree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from symproof.errors import SymproofError
from symproof.report.latex_text import escape_math_text
from symproof.report.math_symbols import (
    ACCENTS,
    CHARACTERS,
    COMMANDS,
    DELIMITER_SIZES,
    DELIMITERS,
    FONTS,
    GRIDS,
    IGNORED,
    SPACES,
    Kind,
    SymbolData,
)

__all__ = [
    "Accent",
    "Fence",
    "Font",
    "FormulaError",
    "Fraction",
    "Grid",
    "Group",
    "MathNode",
    "Nodes",
    "Root",
    "Script",
    "Stack",
    "Symbol",
    "Word",
    "node_kind",
    "parse_math",
    "to_latex",
]


class FormulaError(SymproofError):
    """A formula of a document is not well-formed LaTeX mathematics (a mistake of the program that printed it)."""


@dataclass(frozen=True)
class Symbol:
    r"""One symbol, number, delimiter or space.

    Attributes:
        latex: how it is written.
        kind: its role in the line.
        char: how it looks in Unicode; the digits of a number; empty for spaces.
        width: in em, without the space around operators.
        size: height in em of a delimiter of the ``\big`` family, else 0.
    """

    latex: str
    kind: Kind
    char: str
    width: float
    size: float = 0.0


@dataclass(frozen=True)
class Word:
    r"""Words inside mathematics: ``\text{...}`` or, with ``operator``, ``\operatorname{...}``."""

    text: str
    operator: bool = False
    limits: bool = False


@dataclass(frozen=True)
class Group:
    """A braced group."""

    body: Nodes


@dataclass(frozen=True)
class Script:
    """A base with subscript and superscript (``None`` where absent); primes are part of the superscript."""

    base: MathNode
    sub: Nodes | None
    sup: Nodes | None


@dataclass(frozen=True)
class Fraction:
    r"""``\frac``, ``\tfrac``, ``\dfrac`` or ``\binom``."""

    numerator: Nodes
    denominator: Nodes
    command: str = "frac"


@dataclass(frozen=True)
class Root:
    """A square root, or another root with its index."""

    body: Nodes
    index: Nodes | None = None


@dataclass(frozen=True)
class Accent:
    """An accent over its argument."""

    command: str
    body: Nodes


@dataclass(frozen=True)
class Font:
    """An alphabet command and its argument."""

    command: str
    body: Nodes


@dataclass(frozen=True)
class Fence:
    r"""A pair of delimiters around a body.

    Attributes:
        opening: the delimiter as written.
        closing: the delimiter as written.
        body: what is between.
        stretchy: written with ``\left`` and ``\right``.
    """

    opening: str
    closing: str
    body: Nodes
    stretchy: bool


@dataclass(frozen=True)
class Grid:
    """Rows and columns: cases, matrices."""

    environment: str
    rows: tuple[tuple[Nodes, ...], ...]
    columns: str = ""


@dataclass(frozen=True)
class Stack:
    r"""``\underbrace``, ``\overbrace``, ``\overset``, ``\underset``, ``\substack``.

    Attributes:
        command: which.
        body: the base; for ``substack`` the rows are in ``rows``.
        mark: what goes above or below (``overset``, ``underset``).
        rows: the lines of a ``substack``.
    """

    command: str
    body: Nodes
    mark: Nodes = ()
    rows: tuple[Nodes, ...] = ()


MathNode: TypeAlias = Symbol | Word | Group | Script | Fraction | Root | Accent | Font | Fence | Grid | Stack
Nodes: TypeAlias = tuple[MathNode, ...]

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\d+(?:\.\d+)?|:=|\s+|.", re.DOTALL)
_FRACTIONS = {"frac", "tfrac", "dfrac", "binom"}
_WORDS = {"text", "textrm", "mbox", "textit", "textbf", "textsf", "texttt", "textnormal"}
_MARKED = {"overset", "underset", "stackrel"}
_BRACES = {"underbrace", "overbrace"}
_MAX_DEPTH = 200
_PRIME = r"\prime "


def parse_math(latex: str) -> Nodes:
    r"""Parse a formula.

    Args:
        latex: LaTeX mathematics without delimiters.

    Returns:
        The nodes of the formula, brackets already paired.

    Raises:
        FormulaError: braces, ``\left``/``\right`` or environments do not match.
    """
    return _pair_brackets(_Parser(latex).whole())


class _Parser:
    """A recursive-descent parser over the token list."""

    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.tokens = _TOKEN.findall(latex)
        self.at = 0
        self.depth = 0

    def whole(self) -> Nodes:
        nodes = self.sequence(())
        if self.at < len(self.tokens):
            raise self.error(f"unexpected {self.tokens[self.at]!r}")
        return nodes

    def error(self, what: str) -> FormulaError:
        excerpt = self.latex if len(self.latex) <= 120 else f"{self.latex[:117]}..."
        return FormulaError(f"malformed formula: {what} in {excerpt!r}")

    def peek(self) -> str:
        """The next token that is not blank; empty at the end."""
        while self.at < len(self.tokens) and self.tokens[self.at].isspace():
            self.at += 1
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        if not token:
            raise self.error("unexpected end")
        self.at += 1
        return token

    def expect(self, token: str) -> None:
        if self.take() != token:
            raise self.error(f"expected {token!r}")

    def sequence(self, stops: tuple[str, ...]) -> Nodes:
        """Nodes up to (not including) a stop token, a closing brace or the end."""
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.error(f"more than {_MAX_DEPTH} levels of nesting")
        nodes: list[MathNode] = []
        while (token := self.peek()) and token not in stops and token not in ("}", r"\right", r"\end"):
            if token in ("^", "_", "'"):
                nodes.append(self.script(nodes.pop() if nodes else Group(())))
            else:
                nodes.extend(self.atom())
        self.depth -= 1
        return tuple(nodes)

    def script(self, base: MathNode) -> MathNode:
        sub: Nodes | None = None
        sup: Nodes | None = None
        if isinstance(base, Script):
            sub, sup, base = base.sub, base.sup, base.base
        token = self.take()
        if token == "'":
            prime = Symbol("'", "ord", "′", 0.28)
            return Script(base, sub, (*(sup or ()), prime))
        argument = self.argument()
        if token == "_":
            if sub is not None:
                raise self.error("double subscript")
            return Script(base, argument, sup)
        if sup is not None and not all(isinstance(node, Symbol) and node.char == "′" for node in sup):
            raise self.error("double superscript")
        return Script(base, sub, (*(sup or ()), *argument))

    def argument(self) -> Nodes:
        """One braced group or one token."""
        token = self.peek()
        if token == "{":
            self.at += 1
            nodes = self.sequence(())
            self.expect("}")
            return _pair_brackets(nodes)
        if token and token[0].isdigit() and len(token) > 1:
            self.tokens[self.at] = token[1:]
            return (_number(token[0]),)
        if token in ("", "}", "^", "_", "&", r"\\", r"\right", r"\end"):
            raise self.error("missing argument")
        return tuple(self.atom())

    def atom(self) -> list[MathNode]:
        token = self.take()
        if token == "{":
            self.at -= 1
            return [Group(self.argument())]
        if token in DELIMITERS and token not in CHARACTERS:
            return [_delimiter(token)]
        if len(token) > 1 and token[0] == "\\":
            return self.command(token[1:])
        return [_character(token)]

    def command(self, name: str) -> list[MathNode]:
        if name in COMMANDS:
            data = COMMANDS[name]
            return [Symbol(f"\\{name}", data.kind, data.char, data.width)]
        if name in SPACES:
            return [Symbol(f"\\{name}", "space", "", SPACES[name])]
        if name == "left":
            return [self.fence()]
        if name in DELIMITER_SIZES:
            return [self.sized(name)]
        if name in IGNORED:
            return []
        return self.structure(name)

    def structure(self, name: str) -> list[MathNode]:
        if name in _FRACTIONS:
            return [Fraction(self.argument(), self.argument(), name)]
        if name == "sqrt":
            index = self.option()
            return [Root(self.argument(), index)]
        if name in ACCENTS:
            return [Accent(name, self.argument())]
        if name in FONTS:
            return [Font(name, self.argument())]
        if name in _MARKED:
            mark = self.argument()
            return [Stack("overset" if name == "stackrel" else name, self.argument(), mark)]
        if name in _BRACES:
            return [Stack(name, self.argument())]
        return self.textual(name)

    def textual(self, name: str) -> list[MathNode]:
        if name in _WORDS:
            return [Word(self.raw_group())]
        if name == "operatorname":
            limits = self.peek() == "*"
            self.at += limits
            return [Word(self.raw_group(), operator=True, limits=limits)]
        if name == "begin":
            return [self.grid()]
        if name == "substack":
            return [self.substack()]
        if name == "\\":
            return [Symbol(r"\quad", "space", "", 1.0)]
        return [_unknown(f"\\{name}")]

    def option(self) -> Nodes | None:
        if self.peek() != "[":
            return None
        self.at += 1
        nodes = self.sequence(("]",))
        self.expect("]")
        return nodes

    def fence(self) -> Fence:
        opening = self.bare_delimiter()
        body = _pair_brackets(self.sequence(()))
        if self.peek() != r"\right":
            raise self.error(r"\left without \right")
        self.at += 1
        return Fence(opening, self.bare_delimiter(), body, stretchy=True)

    def bare_delimiter(self) -> str:
        token = self.take()
        if token in ("<", ">"):
            token = r"\langle" if token == "<" else r"\rangle"
        if token not in DELIMITERS:
            raise self.error(f"{token!r} is not a delimiter")
        return token

    def sized(self, name: str) -> Symbol:
        delimiter = self.bare_delimiter()
        data = DELIMITERS[delimiter]
        kind: Kind = {"l": "open", "r": "close", "m": "rel"}.get(name[-1], data.kind)  # type: ignore[assignment]
        return Symbol(f"\\{name}{delimiter}", kind, data.char, data.width * 1.3, DELIMITER_SIZES[name])

    def raw_group(self) -> str:
        """The text between braces as plain characters: escapes undone, commands shown as they are."""
        self.expect("{")
        depth, words = 1, []
        while depth:
            if self.at >= len(self.tokens):
                raise self.error("unbalanced braces")
            token = self.tokens[self.at]
            self.at += 1
            depth += (token == "{") - (token == "}")
            words.append("" if token in "{}" else _word_characters(token))
        return "".join(words)

    def grid(self) -> Grid:
        environment = self.raw_group()
        if environment not in GRIDS:
            raise self.error(f"unknown environment {environment!r}")
        columns = self.raw_group() if environment == "array" else ""
        rows = self.rows()
        self.expect(r"\end")
        if self.raw_group() != environment:
            raise self.error(f"environment {environment!r} is not closed")
        needed = max(len(row) for row in rows)
        return Grid(environment, rows, re.sub("[^lcr]", "", columns)[:needed].ljust(needed, "l"))

    def rows(self) -> tuple[tuple[Nodes, ...], ...]:
        rows: list[tuple[Nodes, ...]] = []
        cells: list[Nodes] = []
        while True:
            cells.append(_pair_brackets(self.sequence(("&", r"\\"))))
            if self.peek() == "&":
                self.at += 1
                continue
            rows.append(tuple(cells))
            cells = []
            if self.peek() != r"\\":
                return tuple(rows if rows[-1] != ((),) or len(rows) == 1 else rows[:-1])
            self.at += 1

    def substack(self) -> Stack:
        self.expect("{")
        rows = self.rows()
        self.expect("}")
        return Stack("substack", (), rows=tuple(tuple(node for cell in row for node in cell) for row in rows))


def _word_characters(token: str) -> str:
    if token.isspace():
        return " "
    if token in (r"\ ", r"\,", r"\;", r"\quad", "~"):
        return " "
    if token == r"\textbackslash":
        return "\\"
    if len(token) == 2 and token[0] == "\\" and token[1] in "%#&_${}":
        return token[1]
    if token[1:] in COMMANDS:
        return COMMANDS[token[1:]].char
    return "" if token == "$" else token


def _number(digits: str) -> Symbol:
    return Symbol(digits, "ord", digits, 0.5 * len(digits))


def _unknown(source: str) -> Symbol:
    return Symbol(rf"\text{{{escape_math_text(source)}}}", "unknown", source, 0.5 * len(source))


def _delimiter(token: str) -> Symbol:
    data = DELIMITERS[token]
    return Symbol(token, data.kind, data.char, data.width)


_UNICODE = {data.char: name for name, data in reversed(COMMANDS.items()) if not data.char.isascii()}


def _character(token: str) -> Symbol:
    if token[0].isdigit() and token.isascii():
        return _number(token)
    if token.isascii() and token.isalpha():
        return Symbol(token, "ord", token, 1.0 if token in "WM" else 0.8 if token.isupper() or token in "mw" else 0.54)
    if token in CHARACTERS:
        data: SymbolData = CHARACTERS[token]
        return Symbol(token, data.kind, data.char, data.width)
    if token == "~":
        return Symbol("~", "space", "", 0.33)
    if token in _UNICODE:
        data = COMMANDS[_UNICODE[token]]
        return Symbol(f"\\{_UNICODE[token]}", data.kind, data.char, data.width)
    return _unknown(token)


def _pair_brackets(nodes: Nodes) -> Nodes:
    """Turn matching brackets of one level into fences; brackets without a partner stay symbols."""
    stack: list[tuple[Symbol, list[MathNode]]] = []
    current: list[MathNode] = []
    for node in nodes:
        closing = node.base if isinstance(node, Script) else node
        if isinstance(node, Symbol) and node.kind == "open":
            stack.append((node, current))
            current = []
        elif isinstance(closing, Symbol) and closing.kind == "close" and stack:
            opening, outer = stack.pop()
            fence = Fence(opening.latex, closing.latex, tuple(current), stretchy=False)
            outer.append(Script(fence, node.sub, node.sup) if isinstance(node, Script) else fence)
            current = outer
        else:
            current.append(node)
    while stack:
        opening, outer = stack.pop()
        current = [*outer, opening, *current]
    return tuple(current)


def node_kind(node: MathNode) -> Kind:
    """The role of a node in its line; scripts take the role of their base."""
    if isinstance(node, Symbol):
        return node.kind
    if isinstance(node, Script):
        return node_kind(node.base)
    if isinstance(node, Word):
        return "fn" if node.operator else "ord"
    if isinstance(node, Stack) and node.body:
        return node_kind(node.body[0]) if len(node.body) == 1 else "ord"
    return "inner" if isinstance(node, Fence | Grid) else "ord"


def to_latex(nodes: Iterable[MathNode]) -> str:
    """Write nodes back as LaTeX, with a blank wherever a command would swallow the next letter."""
    text = ""
    for node in nodes:
        piece = _write(node)
        if text and piece and piece[0].isalpha() and re.search(r"\\[A-Za-z]+$", text):
            text += " "
        text += piece
    return text


def _write(node: MathNode) -> str:
    match node:
        case Symbol():
            return node.latex
        case Word():
            return _write_word(node)
        case Group():
            return f"{{{to_latex(node.body)}}}"
        case Script():
            return _write_script(node)
        case Fraction():
            return f"\\{node.command}{{{to_latex(node.numerator)}}}{{{to_latex(node.denominator)}}}"
        case Root():
            index = "" if node.index is None else f"[{to_latex(node.index)}]"
            return rf"\sqrt{index}{{{to_latex(node.body)}}}"
        case Accent() | Font():
            return f"\\{node.command}{{{to_latex(node.body)}}}"
        case Fence():
            return _write_fence(node)
        case Grid():
            return _write_grid(node)
        case Stack():
            return _write_stack(node)


def _write_word(node: Word) -> str:
    command = ("operatorname*" if node.limits else "operatorname") if node.operator else "text"
    return f"\\{command}{{{escape_math_text(node.text)}}}"


def _write_script(node: Script) -> str:
    base = to_latex((node.base,))
    sub = "" if node.sub is None else f"_{{{to_latex(node.sub)}}}"
    primes = sum(1 for mark in node.sup or () if isinstance(mark, Symbol) and mark.char == "′")
    rest = tuple(mark for mark in node.sup or () if not (isinstance(mark, Symbol) and mark.char == "′"))
    if node.sup is None:
        return f"{base}{sub}"
    return f"{base}{sub}^{{{_PRIME * primes}{to_latex(rest)}}}"


def _write_fence(node: Fence) -> str:
    left, right = (r"\left", r"\right") if node.stretchy else ("", "")
    body = to_latex(node.body)
    return f"{left}{_spaced(node.opening)}{body}{right}{_spaced(node.closing)}"


def _spaced(delimiter: str) -> str:
    return f"{delimiter} " if delimiter[-1].isalpha() else delimiter


def _write_grid(node: Grid) -> str:
    rows = r" \\ ".join(" & ".join(to_latex(cell) for cell in row) for row in node.rows)
    columns = f"{{{node.columns}}}" if node.environment == "array" else ""
    return rf"\begin{{{node.environment}}}{columns}{rows}\end{{{node.environment}}}"


def _write_stack(node: Stack) -> str:
    if node.command == "substack":
        rows = r" \\ ".join(to_latex(row) for row in node.rows)
        return rf"\substack{{{rows}}}"
    if node.mark:
        return f"\\{node.command}{{{to_latex(node.mark)}}}{{{to_latex(node.body)}}}"
    return f"\\{node.command}{{{to_latex(node.body)}}}"
