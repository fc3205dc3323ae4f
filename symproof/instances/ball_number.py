"""Numbers that are exact or known to lie in a ball: how they compare, and how they are written.

Balls decide an inequality if they are disjoint. They refute an equation if they are disjoint, and never prove one: of
two balls that overlap it can only be said how far apart their numbers are at most. The same is true of ``a <= b`` where
both sides are equal.
"""

from __future__ import annotations

import re
from fractions import Fraction

import flint
from flint import arb, fmpq

from symproof.instances.rational import format_rational

__all__ = ["Number", "agreement", "ball_digits", "compare", "distance", "few_digits", "number_text", "short_text"]

Number = fmpq | arb

_EXACT = {
    "eq": fmpq.__eq__, "ne": fmpq.__ne__, "le": fmpq.__le__, "lt": fmpq.__lt__, "ge": fmpq.__ge__, "gt": fmpq.__gt__,
}  # fmt: skip
_BALL = re.compile(r"\[(?:(\S+) )?\+/- (\S+)\]")
MOST_EXPONENT = 2048
SHORT = 10
_LARGEST = fmpq(10) ** 300
AGREEMENT_BITS = 64
"""Two balls agree only if their numbers differ by less than this many bits after the point, or of the larger one."""


def compare(op: str, left: Number, right: Number) -> bool | None:
    """Whether a relation holds: True or False for exact numbers, and where balls decide it; else None.

    Args:
        op: ``eq``, ``ne``, ``le``, ``lt``, ``ge`` or ``gt``.
        left: the one side.
        right: the other.
    """
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bool(_EXACT[op](left, right))
    a, b = arb(left), arb(right)
    if op in ("eq", "ne"):
        if not a.overlaps(b):
            return op == "ne"
        same = a.is_exact() and b.is_exact() and a.is_finite() and b.is_finite()
        return op == "eq" if same else None
    if op in ("ge", "gt"):
        a, b, op = b, a, {"ge": "le", "gt": "lt"}[op]
    if op == "lt":
        return True if a < b else False if a >= b else None
    return True if a <= b else False if a > b else None


def agreement(left: Number, right: Number) -> str | None:
    """How far apart two numbers are at most, such as ``1e-70``; None if that is not little, or not known."""
    a, b = arb(left), arb(right)
    apart = abs(a - b).upper()
    if not apart.is_finite():
        return None
    if not apart <= (1 + abs(a).upper()) * arb(2) ** -AGREEMENT_BITS:
        return None
    return "0" if apart == 0 else f"1e{_power_above(apart)}"


def _power_above(value: arb) -> int:
    """The least n, or one more, with value <= 10^n; for positive values."""
    with flint.ctx.workprec(64):
        power = (value.log() / arb(10).log()).upper().ceil().unique_fmpz()
        if power is None:
            raise ArithmeticError(f"no power of ten is known to be above {value}")
        return int(power) if value <= arb(10) ** power else int(power) + 1


def distance(left: Number, right: Number) -> fmpq:
    """About how far apart two numbers are, to find the closest of several pairs; exact for exact numbers."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return abs(right - left)
    apart = abs(arb(right) - arb(left)).mid()
    if not apart < _LARGEST:
        return _LARGEST
    near = Fraction(float(apart))
    return fmpq(near.numerator, near.denominator)


def ball_digits(ball: arb) -> tuple[str, str]:
    """The midpoint and the radius of a ball in decimals, rounded outwards; the radius is empty if it is 0."""
    bits = max(min(int(ball.rel_accuracy_bits()), int(ball.bits())), 0)
    digits = bits * 30103 // 100000 + 1
    text = str(ball.str(digits))
    match = _BALL.fullmatch(text)
    if match is None:
        return text, ""
    return match[1] or "0", match[2]


def number_text(value: Number) -> str:
    """A number as text: ``p/q`` if it is exact, else ``a +/- r``, in decimals and rounded outwards."""
    if isinstance(value, fmpq):
        return format_rational(value)
    if value.is_exact() and value.is_finite() and abs(value.man_exp()[1]) < MOST_EXPONENT:
        return format_rational(value.fmpq())
    middle, radius = ball_digits(value)
    return f"{middle} +/- {radius}" if radius else middle


def short_text(value: Number) -> str:
    """A number for people: ten decimals, cut off and not rounded, with the radius of a ball."""
    if isinstance(value, fmpq):
        return str(arb(value).str(SHORT, radius=False))
    middle, radius = ball_digits(value)
    mantissa, _, exponent = middle.partition("e")
    end = max(SHORT + 2 + mantissa.startswith("-"), mantissa.find(".") + 3)
    cut = f"{mantissa[:end]}..." if len(mantissa) > end else mantissa
    shown = f"{cut}e{exponent}" if exponent else cut
    return f"{shown} +/- {radius}" if radius else shown


def few_digits(value: Number) -> str:
    """A number for sentences: exact if that is short, else six digits that are meant as an approximation."""
    exact = format_rational(value) if isinstance(value, fmpq) else ""
    return exact if exact and len(exact) <= SHORT else f"{float(arb(value).mid()):.6g}"
