"""The exact value of closed rational arithmetic such as ``-(3/2)**2 + 1``."""

from __future__ import annotations

from fractions import Fraction

from symproof.logic.term import Term

__all__ = ["MAX_BITS", "rational_value"]

MAX_BITS = 20_000
"""Numbers with longer numerators or denominators are not computed."""


def rational_value(term: Term) -> Fraction | None:
    """The value of a term built from literal numbers by + - * / and integer powers; None if it is no such term.

    A division by zero and numbers beyond ``MAX_BITS`` give None too.
    """
    if term.op == "num":
        return Fraction(term.data)
    if term.op not in ("neg", "add", "sub", "mul", "div", "pow") or not term.sort.is_number:
        return None
    values = [rational_value(a) for a in term.args]
    known = [v for v in values if v is not None]
    if len(known) != len(values):
        return None
    result = -known[0] if term.op == "neg" else _binary(term.op, known[0], known[1])
    return result if result is not None and _bits(result) <= MAX_BITS else None


def _bits(value: Fraction) -> int:
    return max(value.numerator.bit_length(), value.denominator.bit_length())


def _binary(op: str, a: Fraction, b: Fraction) -> Fraction | None:
    if op == "add":
        return a + b
    if op == "sub":
        return a - b
    if op == "mul":
        return a * b
    if op == "div":
        return a / b if b != 0 else None
    if b.denominator != 1 or (a == 0 and b < 0) or _bits(a) * abs(b) > MAX_BITS:
        return None
    return Fraction(a ** int(b))
