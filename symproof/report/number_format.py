"""Long exact numbers, shortened for display with the exact value one reference away.

A number with more digits than a reader can take in is shown cut off, ``0.482317...``, with a subscript such as ``N3``
that names its exact value.  :func:`with_exact_numbers` does this to a whole document and adds the appendix that holds
the exact values; nothing is rounded, and equal numbers share one name.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, is_dataclass, replace
from fractions import Fraction as Rational
from typing import Any, TypeVar, cast

from flint import arb

from symproof.instances.ball_number import ball_digits
from symproof.report.document import Block, Document, Evidence, Formula, Math, Paragraph, Picture, Section, Text
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
    parse_math,
    to_latex,
)

__all__ = [
    "ExactNumbers",
    "abbreviated_number",
    "ball_formula",
    "decimal_ball_formula",
    "number_formula",
    "number_size",
    "with_exact_numbers",
]

LONGEST = 16
"""Numbers with more digits than this, in numerator or denominator, are shortened."""

BALL_DIGITS = 10
"""Digits shown of the midpoint of a ball."""

DIGITS = 6
"""Significant digits shown of a shortened number."""

_Any = TypeVar("_Any")


def number_formula(numerator: int, denominator: int = 1) -> Formula:
    """The exact rational as a formula; :func:`with_exact_numbers` shortens it later if it is long."""
    value = Rational(numerator, denominator)
    sign = "-" if value < 0 else ""
    if value.denominator == 1:
        return Formula(f"{sign}{_text(abs(value.numerator))}")
    return Formula(rf"{sign}\frac{{{_text(abs(value.numerator))}}}{{{_text(value.denominator)}}}")


def ball_formula(ball: arb) -> Formula:
    r"""A ball as a formula: the first digits of its midpoint, cut off, and its radius.

    A midpoint with more digits is shown as ``0.371234567890{\ldots}``; the certificate has all of them.
    """
    return decimal_ball_formula(*ball_digits(ball))


def decimal_ball_formula(middle: str, radius: str) -> Formula:
    """As ``ball_formula``, from the midpoint and the radius in decimals; the radius may be empty."""
    sign, digits = ("-", middle[1:]) if middle.startswith("-") else ("", middle)
    mantissa, _, exponent = digits.partition("e")
    if not mantissa[:1].isdigit():
        return Formula(r"\text{not known}")
    end = max(BALL_DIGITS + 2, mantissa.find(".") + 3)
    shown = mantissa[:end] + r"{\ldots}" if len(mantissa) > end else mantissa
    power = rf"\times 10^{{{int(exponent)}}}" if exponent and int(exponent) != 0 else ""
    return Formula(f"{sign}{shown}{power}" + (rf" \pm {_power_text(radius)}" if radius else ""))


def _power_text(decimal: str) -> str:
    r"""``5.41e-77`` as ``5.41\times 10^{-77}``."""
    mantissa, _, exponent = decimal.partition("e")
    return rf"{mantissa}\times 10^{{{int(exponent)}}}" if exponent else mantissa


def abbreviated_number(numerator: str, denominator: str = "1", digits: int = DIGITS) -> str:
    r"""The first digits of a non-negative rational given by digit strings, as LaTeX, cut off and never rounded.

    Args:
        numerator: digits, perhaps with a decimal point.
        denominator: digits.
        digits: how many significant digits to show.

    Returns:
        LaTeX such as ``0.482317{\ldots}`` or ``4.82317{\ldots}\times10^{-9}``.
    """
    top, bottom, shift = _leading_parts(numerator, denominator)
    if top == 0:
        return "0"
    exponent = len(_text(top)) - len(_text(bottom))
    exponent -= top * 10 ** max(0, -exponent) < bottom * 10 ** max(0, exponent)
    power = digits - 1 - exponent
    leading = _text(top * 10 ** max(0, power) // (bottom * 10 ** max(0, -power)))
    return _place_point(leading, exponent + shift)


def _leading_parts(numerator: str, denominator: str) -> tuple[int, int, int]:
    """Integers with the same quotient up to a power of ten: cut to their first digits when they are enormous."""
    whole, _, decimals = numerator.partition(".")
    top, bottom = (whole + decimals).lstrip("0") or "0", denominator.lstrip("0") or "1"
    cut_top, cut_bottom = max(0, len(top) - _ENOUGH), max(0, len(bottom) - _ENOUGH)
    shift = cut_top - cut_bottom - len(decimals)
    return int(top[: len(top) - cut_top]), int(bottom[: len(bottom) - cut_bottom]), shift


_ENOUGH = 2000


def _place_point(leading: str, exponent: int) -> str:
    if 0 <= exponent < len(leading) - 1:
        return rf"{leading[: exponent + 1]}.{leading[exponent + 1 :]}{{\ldots}}"
    if -4 <= exponent < 0:
        return rf"0.{'0' * (-exponent - 1)}{leading}{{\ldots}}"
    return rf"{leading[0]}.{leading[1:]}{{\ldots}}\times10^{{{exponent}}}"


def number_size(numerator: str, denominator: str = "1") -> str:
    """The size of an exact number in words: ``"214-digit numerator, 215-digit denominator"``."""
    top = len(numerator.replace(".", ""))
    if denominator == "1":
        return f"{top} digits"
    return f"{top}-digit numerator, {len(denominator)}-digit denominator"


def _text(number: int) -> str:
    """Decimal digits of a non-negative integer of any size (``str`` stops at 4300)."""
    if number < 10**4000:
        return str(number)
    half = number.bit_length() * 30103 // 200000
    high, low = divmod(number, 10**half)
    return _text(high) + _text(low).rjust(half, "0")


@dataclass
class ExactNumbers:
    """Collects the exact values behind shortened numbers, in order of first appearance."""

    def __post_init__(self) -> None:
        self._names: dict[str, str] = {}

    def name(self, exact: str) -> str:
        """The name (``N1``, ``N2``, ...) of an exact value; equal values share a name."""
        return self._names.setdefault(exact, f"N{len(self._names) + 1}")

    def evidence(self) -> tuple[Evidence, ...]:
        """The exact values as evidence blocks for an appendix."""
        return tuple(self._entry(name, exact) for exact, name in self._names.items())

    def _entry(self, name: str, exact: str) -> Evidence:
        numerator, _, denominator = exact.partition("/")
        value = Formula(abbreviated_number(numerator, denominator or "1"))
        size = number_size(numerator, denominator or "1")
        listing = f"{numerator}\n/ {denominator}" if denominator else numerator
        return Evidence(name, listing, (Math(value), Text(f" ({size})")), anchor=f"number-{name}")

    def shorten(self, formula: Formula) -> Formula:
        """The formula with its long numbers shortened; the very same one when it has none."""
        if sum(character.isdigit() for character in formula.latex) <= LONGEST:
            return formula
        nodes = parse_math(formula.latex)
        shortened = _shorten_nodes(nodes, self)
        return formula if shortened == nodes else replace(formula, latex=to_latex(shortened))


def with_exact_numbers(document: Document, title: str = "Exact numbers") -> Document:
    """Shorten the long numbers of all formulas and append their exact values as an appendix.

    Args:
        document: any document; one without long numbers is returned as it is.
        title: the heading of the appendix.
    """
    numbers = ExactNumbers()
    shortened = _map_formulas(document, numbers)
    evidence = numbers.evidence()
    if not evidence:
        return document
    words = Text(
        "A number that ends in dots is cut off, not rounded. Its subscript names the exact value, which stands here "
        "and in the certificate."
    )
    blocks: tuple[Block, ...] = (Paragraph((words,)), *evidence)
    appendix = Section(title, blocks, anchor="exact-numbers", appendix=True)
    return replace(shortened, sections=(*shortened.sections, appendix))


def _map_formulas(value: _Any, numbers: ExactNumbers) -> _Any:
    """The same tree with every formula shortened; shares what does not change."""
    result: Any = value
    if isinstance(value, Formula):
        result = numbers.shorten(value)
    elif isinstance(value, tuple):
        items = tuple(_map_formulas(item, numbers) for item in value)
        result = value if all(new is old for new, old in zip(items, value, strict=True)) else items
    elif is_dataclass(value) and not isinstance(value, Picture | type):
        old = {field.name: getattr(value, field.name) for field in fields(value)}
        new = {name: _map_formulas(item, numbers) for name, item in old.items()}
        changed = {name: item for name, item in new.items() if item is not old[name]}
        result = replace(value, **changed) if changed else value
    return cast(_Any, result)


def _shorten_nodes(nodes: Nodes, numbers: ExactNumbers) -> Nodes:
    return tuple(new for node in nodes for new in _shorten(node, numbers))


def _shorten(node: MathNode, numbers: ExactNumbers) -> Nodes:
    exact = _long_number(node)
    if exact:
        return _shown(exact, numbers)
    match node:
        case Script():
            return (_shorten_script(node, numbers),)
        case Fraction():
            top, bottom = _shorten_nodes(node.numerator, numbers), _shorten_nodes(node.denominator, numbers)
            return (replace(node, numerator=top, denominator=bottom),)
        case Root() | Accent() | Font() | Fence() | Group() | Stack():
            return (replace(node, body=_shorten_nodes(node.body, numbers)),)
        case Grid():
            rows = tuple(tuple(_shorten_nodes(cell, numbers) for cell in row) for row in node.rows)
            return (replace(node, rows=rows),)
        case _:
            return (node,)


def _shorten_script(node: Script, numbers: ExactNumbers) -> MathNode:
    exact = _long_number(node.base)
    base: MathNode = Group(_shorten_nodes((node.base,), numbers))
    if exact:
        base = Fence("(", ")", _shown(exact, numbers), stretchy=True)
    elif isinstance(base, Group) and len(base.body) == 1:
        base = base.body[0]
    sub = None if node.sub is None else _shorten_nodes(node.sub, numbers)
    sup = None if node.sup is None else _shorten_nodes(node.sup, numbers)
    return Script(base, sub, sup)


def _shown(exact: str, numbers: ExactNumbers) -> Nodes:
    numerator, _, denominator = exact.partition("/")
    short = abbreviated_number(numerator, denominator or "1")
    return parse_math(short.replace(r"{\ldots}", rf"{{\ldots}}_{{\text{{{numbers.name(exact)}}}}}"))


def _long_number(node: MathNode) -> str:
    """The exact value ``p`` or ``p/q`` of a number that is too long to show; empty for anything else."""
    if isinstance(node, Fraction) and node.command != "binom":
        top, bottom = _digits(node.numerator), _digits(node.denominator)
        return f"{top}/{bottom}" if top and bottom and max(len(top), len(bottom)) > LONGEST else ""
    text = _digits((node,))
    return text if len(text) > LONGEST else ""


def _digits(nodes: Nodes) -> str:
    if len(nodes) != 1 or not isinstance(nodes[0], Symbol):
        return ""
    char = nodes[0].char
    return char if char[:1].isdigit() else ""
