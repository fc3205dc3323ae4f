"""Exact texts of numbers made short for tables: bounds in a few decimals that still hold, closed forms or decimals."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from fractions import Fraction

from symproof.instances.ball_number import few_digits
from symproof.instances.closed_form import number_of
from symproof.logic.latex import to_latex
from symproof.logic.parser import parse_expression

__all__ = ["APPROXIMATELY", "SHORT_FRACTION", "bound_text", "short_form", "short_latex"]

SHORT_FRACTION = 7
"""Fractions of so many characters are shown as they are."""
SHORT_FORM = 16
"""And so are closed forms of so many."""
BITS = 128
APPROXIMATELY = r"\approx"
_BETWEEN = re.compile(r"a number between (\S+) and (\S+)")


def bound_text(text: str, *, up: bool = False, digits: int = 4) -> str:
    """A bound on a number in a few decimals, or the number itself if it is short.

    Args:
        text: the number as ``number_text`` writes it: ``p/q``, or ``a +/- r`` in decimals.
        up: whether an upper bound is wanted rather than a lower one.
        digits: how many significant digits.

    >>> bound_text("1/3"), bound_text("0.12345 +/- 1e-9"), bound_text("0.12345 +/- 1e-9", up=True)
    ('1/3', '0.1234', '0.1235')
    """
    middle, _, radius = text.partition(" +/- ")
    if not radius and len(text) <= SHORT_FRACTION:
        return text
    value = Fraction(middle) + (1 if up else -1) * Fraction(radius or "0")
    context = Context(prec=digits, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    shown = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return f"{shown:f}" if not value or Fraction(1, 1000) <= abs(value) < 10**6 else f"{shown:e}"


def short_form(text: str) -> str:
    """A closed form as it is if it is short, else about how much it is: ``~0.371``; so too an enclosed number."""
    return text if len(text) <= SHORT_FORM else f"~{_near(text)}"


def short_latex(text: str) -> str:
    """The same as LaTeX."""
    if len(text) <= SHORT_FORM:
        return to_latex(parse_expression(text, {}, "number"))
    return f"{APPROXIMATELY} {_near(text)}"


def _near(text: str) -> str:
    between = _BETWEEN.fullmatch(text)
    if between is not None:
        return f"{float((Fraction(between[1]) + Fraction(between[2])) / 2):.6g}"
    return few_digits(number_of(parse_expression(text, {}, "number"), BITS))
