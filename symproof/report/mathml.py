"""Formulas as MathML Core, from the same tree that LaTeX is written from.

Only elements and attributes that browsers implement natively are used, alphabets are mapped to Unicode's mathematical
letters, and every string is escaped.  The LaTeX source goes along as an annotation, for copying and for readers'
tools.
"""

from __future__ import annotations

from html import escape

from symproof.report.math_lines import MathLine, line_kinds
from symproof.report.math_symbols import ACCENTS, DELIMITERS, FONTS, GRIDS, SPACES, Kind
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
    to_latex,
)
from symproof.report.math_width import is_tall

__all__ = ["inline_mathml", "line_mathml"]

_NAMESPACE = "http://www.w3.org/1998/Math/MathML"
_TAKES_LIMITS_BESIDE = {"∫", "∬", "∮"}
_EXCEPTIONS = {
    ("double-struck", "C"): "ℂ", ("double-struck", "H"): "ℍ", ("double-struck", "N"): "ℕ", ("double-struck", "P"): "ℙ",
    ("double-struck", "Q"): "ℚ", ("double-struck", "R"): "ℝ", ("double-struck", "Z"): "ℤ", ("script", "B"): "ℬ",
    ("script", "E"): "ℰ", ("script", "F"): "ℱ", ("script", "H"): "ℋ", ("script", "I"): "ℐ", ("script", "L"): "ℒ",
    ("script", "M"): "ℳ", ("script", "R"): "ℛ", ("script", "e"): "ℯ", ("script", "g"): "ℊ", ("script", "o"): "ℴ",
    ("fraktur", "C"): "ℭ", ("fraktur", "H"): "ℌ", ("fraktur", "I"): "ℑ", ("fraktur", "R"): "ℜ", ("fraktur", "Z"): "ℨ",
    ("italic", "h"): "ℎ",
}  # fmt: skip
_CAPITAL_A = {
    "bold": 0x1D400, "italic": 0x1D434, "bold-italic": 0x1D468, "script": 0x1D49C, "fraktur": 0x1D504,
    "double-struck": 0x1D538, "sans-serif": 0x1D5A0, "monospace": 0x1D670,
}  # fmt: skip
_DIGIT_ZERO = {
    "bold": 0x1D7CE, "bold-italic": 0x1D7CE, "double-struck": 0x1D7D8, "sans-serif": 0x1D7E2, "monospace": 0x1D7F6,
}  # fmt: skip
_GREEK_ALPHA = {"bold": (0x1D6A8, 0x1D6C2), "bold-italic": (0x1D71C, 0x1D736)}


def inline_mathml(nodes: Nodes, latex: str, display: bool = False) -> str:
    """A ``<math>`` element for a formula in running text or in a table cell.

    Args:
        nodes: the parsed formula.
        latex: its source, kept as an annotation.
        display: set sums and fractions in display size.
    """
    return _math(_row(nodes), latex, display)


def line_mathml(line: MathLine) -> str:
    """A ``<math>`` element for one line of a displayed formula, in display size."""
    phantom = f"<mphantom>{_row(line.phantom)}</mphantom>" if line.phantom else ""
    return _math(phantom + _row(line.nodes, line.continued), to_latex(line.nodes), display=True)


def _math(content: str, latex: str, display: bool) -> str:
    style = ' displaystyle="true"' if display else ""
    annotation = f'<annotation encoding="application/x-tex">{escape(latex)}</annotation>'
    return f'<math xmlns="{_NAMESPACE}"{style}><semantics><mrow>{content}</mrow>{annotation}</semantics></math>'


def _row(nodes: Nodes, continued: bool = False) -> str:
    """The elements of a row; ``continued``: a sign in front is a binary one, from the line before."""
    kinds = line_kinds(nodes)
    if continued and kinds and kinds[0] == "ord" and node_kind(nodes[0]) == "bin":
        kinds[0] = "bin"
    pieces = []
    for at, (node, kind) in enumerate(zip(nodes, kinds, strict=True)):
        pieces.append(_element(node, kind))
        if kind in ("fn", "op") and at + 1 < len(nodes) and kinds[at + 1] in _ARGUMENTS:
            pieces.append('<mspace width="0.167em"/>')
    return "".join(pieces)


_ARGUMENTS = ("ord", "fn", "op")


def _grouped(nodes: Nodes) -> str:
    """A row as exactly one element."""
    content = _row(nodes)
    return content if len(nodes) == 1 and not content.endswith("/>") else f"<mrow>{content}</mrow>"


def _element(node: MathNode, kind: Kind) -> str:
    match node:
        case Symbol():
            return _symbol(node, kind)
        case Word():
            return _word(node)
        case Group():
            return f"<mrow>{_row(node.body)}</mrow>"
        case Script():
            return _script(node, kind)
        case Fraction():
            return _fraction(node)
        case Root():
            return _root(node)
        case Accent():
            return _accent(node)
        case Font():
            return _font(node)
        case Fence():
            return _fence(node)
        case Grid():
            return _grid(node)
        case Stack():
            return _stack(node)


def _symbol(node: Symbol, kind: Kind) -> str:
    char = escape(node.char)
    if kind == "space":
        return _space(node)
    if node.size and node.char != "/":
        sizes = f'minsize="{node.size}em" maxsize="{node.size}em"'
        return f'<mo stretchy="true" symmetric="true" {_NO_SPACE} {sizes}>{char}</mo>'
    if node.char[:1].isdigit():
        return f"<mn>{char}</mn>"
    if kind == "unknown":
        return f"<mtext>{char}</mtext>"
    if kind == "op" and len(node.char) == 1:
        return f'<mo movablelimits="true" largeop="true">{char}</mo>'
    if kind in ("op", "fn"):
        limits = ' movablelimits="true"' if kind == "op" else ""
        return f"<mo {_NO_SPACE}{limits}>{char.replace(' ', '&#xA0;')}</mo>"
    if len(node.char) == 1 and node.char.isalpha() and kind == "ord":
        return f"<mi>{char}</mi>"
    return _operator(node, kind, char)


_NO_SPACE = 'lspace="0" rspace="0"'
_SPACE_BESIDE = {"bin": "0.222em", "rel": "0.278em", "logic": "0.35em"}


def _operator(node: Symbol, kind: Kind, char: str) -> str:
    if kind in _SPACE_BESIDE:
        space = _SPACE_BESIDE[kind]
        return f'<mo form="infix" lspace="{space}" rspace="{space}" stretchy="false">{char}</mo>'
    if kind == "punct":
        return f'<mo form="postfix" lspace="0" rspace="0.167em">{char}</mo>'
    if kind == "colon":
        before = "0" if node.latex == r"\colon" else "0.15em"
        return f'<mo form="infix" lspace="{before}" rspace="0.3em">{char}</mo>'
    if kind == "quantifier":
        return f'<mo form="prefix" lspace="0" rspace="0.06em">{char}</mo>'
    if kind in ("open", "close"):
        return f'<mo stretchy="false" {_NO_SPACE}>{char}</mo>'
    return f'<mo form="prefix" stretchy="false" {_NO_SPACE}>{char}</mo>'


def _space(node: Symbol) -> str:
    width = SPACES.get(node.latex.lstrip("\\") or " ", node.width)
    return f'<mspace width="{width}em"/>'


def _word(node: Word) -> str:
    text = escape(node.text)
    if node.operator:
        limits = ' movablelimits="true"' if node.limits else ""
        return f"<mo {_NO_SPACE}{limits}>{text.replace(' ', '&#xA0;')}</mo>"
    leading = "&#xA0;" if text.startswith(" ") else ""
    trailing = "&#xA0;" if text.endswith(" ") and text.strip() else ""
    return f"<mtext>{leading}{text.strip()}{trailing}</mtext>"


def _script(node: Script, kind: Kind) -> str:
    base = _element(node.base, node_kind(node.base))
    base = f"<mrow>{base}</mrow>" if base.endswith("/>") else base
    limits = _has_limits(node.base)
    parts = [base]
    if node.sub is not None:
        parts.append(_grouped(node.sub))
    if node.sup is not None:
        parts.append(_grouped(node.sup))
    name = ("munder" if limits else "msub") if node.sup is None else ("mover" if limits else "msup")
    if node.sub is not None and node.sup is not None:
        name = "munderover" if limits else "msubsup"
    return f"<{name}>{''.join(parts)}</{name}>"


def _has_limits(base: MathNode) -> bool:
    """Whether scripts go above and below: big operators, min and max, braces; not integrals."""
    if isinstance(base, Word):
        return base.limits
    if isinstance(base, Stack):
        return base.command in ("underbrace", "overbrace")
    return isinstance(base, Symbol) and base.kind == "op" and base.char not in _TAKES_LIMITS_BESIDE


def _fraction(node: Fraction) -> str:
    top, bottom = _grouped(node.numerator), _grouped(node.denominator)
    if node.command == "binom":
        inner = f'<mfrac linethickness="0">{top}{bottom}</mfrac>'
        return f"<mrow>{_stretchy('(', 'prefix')}{inner}{_stretchy(')', 'postfix')}</mrow>"
    fraction = f"<mfrac>{top}{bottom}</mfrac>"
    if node.command == "frac":
        return fraction
    style = "true" if node.command == "dfrac" else "false"
    return f'<mstyle displaystyle="{style}">{fraction}</mstyle>'


def _root(node: Root) -> str:
    if node.index is None:
        return f"<msqrt>{_row(node.body)}</msqrt>"
    return f"<mroot>{_grouped(node.body)}{_grouped(node.index)}</mroot>"


def _accent(node: Accent) -> str:
    wide = node.command in ("overline", "widehat", "widetilde")
    mark = "¯" if node.command == "overline" else ACCENTS[node.command]
    stretchy = "true" if wide else "false"
    accent = "" if node.command in ("bar", "overline") else ' accent="true"'
    return f'<mover{accent}>{_grouped(node.body)}<mo stretchy="{stretchy}">{escape(mark)}</mo></mover>'


def _font(node: Font) -> str:
    variant = FONTS[node.command]
    plain = all(isinstance(inner, Symbol) and len(inner.char) == 1 for inner in node.body)
    if not plain or not node.body:
        return f"<mrow>{_row(node.body)}</mrow>"
    text = "".join(_letter(inner.char, variant) for inner in node.body if isinstance(inner, Symbol))
    if text.isdigit() and text.isascii():
        return f"<mn>{text}</mn>"
    normal = ' mathvariant="normal"' if len(text) == 1 and variant == "normal" else ""
    return f"<mi{normal}>{escape(text)}</mi>"


def _letter(char: str, variant: str) -> str:
    """The letter in Unicode's mathematical alphabet, itself where there is none."""
    if (variant, char) in _EXCEPTIONS:
        return _EXCEPTIONS[variant, char]
    if char.isascii() and char.isdigit() and variant in _DIGIT_ZERO:
        return chr(_DIGIT_ZERO[variant] + int(char))
    if char.isascii() and char.isalpha() and variant in _CAPITAL_A:
        offset = ord(char) - ord("A") if char.isupper() else ord(char) - ord("a") + 26
        return chr(_CAPITAL_A[variant] + offset)
    if variant in _GREEK_ALPHA and "Α" <= char <= "ω":
        capital, small = _GREEK_ALPHA[variant]
        return chr(capital + ord(char) - ord("Α") if char.isupper() else small + ord(char) - ord("α"))
    return char


def _fence(node: Fence) -> str:
    grow = node.stretchy and is_tall(node.body)
    opening = _delimiter(node.opening, "prefix", grow)
    closing = _delimiter(node.closing, "postfix", grow)
    return f"<mrow>{opening}{_row(node.body)}{closing}</mrow>"


def _delimiter(source: str, form: str, grow: bool) -> str:
    if source in DELIMITERS:
        char = DELIMITERS[source].char
        if not char:
            return ""
        return _stretchy(char, form) if grow else f'<mo form="{form}" stretchy="false" {_NO_SPACE}>{escape(char)}</mo>'
    symbol = source[5:] if source[1:5] in ("bigl", "bigr", "Bigl", "Bigr") else source[6:]
    size = {"big": 1.2, "Big": 1.8, "bigg": 2.4, "Bigg": 3.0}[source[1:].removesuffix(symbol)[:-1]]
    char = escape(DELIMITERS[symbol].char)
    sizes = f'stretchy="true" symmetric="true" minsize="{size}em" maxsize="{size}em"'
    return f'<mo form="{form}" {sizes} {_NO_SPACE}>{char}</mo>'


def _stretchy(char: str, form: str) -> str:
    return f'<mo form="{form}" fence="true" stretchy="true" symmetric="true" {_NO_SPACE}>{escape(char)}</mo>'


def _grid(node: Grid) -> str:
    left, right = GRIDS[node.environment]
    opening, closing = _delimiter(left, "prefix", grow=True), _delimiter(right, "postfix", grow=True)
    name = "cases" if node.environment in ("cases", "aligned") else "matrix"
    rows = "".join(f"<mtr>{''.join(f'<mtd>{_row(cell)}</mtd>' for cell in row)}</mtr>" for row in node.rows)
    return f'<mrow>{opening}<mtable class="{name}">{rows}</mtable>{closing}</mrow>'


def _stack(node: Stack) -> str:
    if node.command == "substack":
        rows = "".join(f"<mtr><mtd>{_row(row)}</mtd></mtr>" for row in node.rows)
        return f'<mtable class="matrix">{rows}</mtable>'
    body = _grouped(node.body)
    if node.command == "underbrace":
        return f'<munder>{body}<mo stretchy="true">⏟</mo></munder>'
    if node.command == "overbrace":
        return f'<mover>{body}<mo stretchy="true">⏞</mo></mover>'
    name = "mover" if node.command == "overset" else "munder"
    return f"<{name}>{body}{_grouped(node.mark)}</{name}>"
