"""The exact value of arithmetic with literal numbers, such as ``-(3/2)**2 + 1``."""

from __future__ import annotations

from fractions import Fraction

from symproof.recheck.term import Term

__all__ = ["MAX_BITS", "rational"]

MAX_BITS = 20_000
"""Longer numerators and denominators are not computed."""


def rational(term: Term) -> Fraction | None:
    """The value of literal numbers joined by + - * / and whole powers; None for other terms, and for x/0."""
    if term.op == "num":
        return Fraction(term.data)
    if term.op not in ("neg", "add", "sub", "mul", "div", "pow") or not term.sort.number:
        return None
    values = [rational(a) for a in term.args]
    if any(v is None for v in values):
        return None
    found = _computed(term.op, *(v for v in values if v is not None))
    return found if found is not None and _bits(found) <= MAX_BITS else None


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _computed(name: str, a: Fraction, b: Fraction = Fraction(0)) -> Fraction | None:
    if name == "neg":
        return -a
    if name in ("add", "sub"):
        return a + b if name == "add" else a - b
    if name == "mul":
        return a * b
    if name == "div":
        return a / b if b else None
    if b.denominator != 1 or (a == 0 and b < 0) or _bits(a) * abs(b) > MAX_BITS:
        return None
    return Fraction(a ** int(b))
