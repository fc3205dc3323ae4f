"""Sums of integers with like terms collected, for display: ``j + (L - j)`` as ``L``."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symproof.logic.sort import INT
from symproof.logic.term import Term

__all__ = ["collected"]


def collected(term: Term) -> Term:
    """The sum with like terms collected: positive ones first, else in their order, the number last.

    What is no sum, difference or multiple by a literal number is an unknown. Only integers are collected; any other
    term is returned as it is.
    """
    if term.sort != INT:
        return term
    counts: dict[Term | None, Fraction] = {}
    for unknown, count in _parts(term, Fraction(1)):
        counts[unknown] = counts.get(unknown, Fraction(0)) + count
    number = counts.pop(None, Fraction(0))
    parts = sorted(((u, n) for u, n in counts.items() if n != 0), key=lambda part: part[1] < 0)
    result: Term | None = None
    for unknown, count in [*parts, *([(None, number)] if number != 0 else [])]:
        size = _multiple(unknown, abs(count))
        if result is None:
            result = (
                _multiple(None, count) if unknown is None else size if count > 0 else Term("neg", (size,), None, INT)
            )
        else:
            result = Term("add" if count > 0 else "sub", (result, size), None, INT)
    return Term("num", (), Fraction(0), INT) if result is None else result


def _parts(term: Term, factor: Fraction) -> Iterator[tuple[Term | None, Fraction]]:
    """The unknowns (None for 1) with their factors."""
    if term.op == "num":
        yield None, factor * term.data
    elif term.op in ("add", "sub", "neg"):
        signs = (-1,) if term.op == "neg" else (1, 1 if term.op == "add" else -1)
        for sign, part in zip(signs, term.args, strict=True):
            yield from _parts(part, sign * factor)
    elif term.op == "mul" and term.args[0].op == "num":
        yield from _parts(term.args[1], factor * term.args[0].data)
    elif term.op == "mul" and term.args[1].op == "num":
        yield from _parts(term.args[0], factor * term.args[1].data)
    else:
        yield term, factor


def _multiple(unknown: Term | None, count: Fraction) -> Term:
    number = Term("num", (), count, INT)
    if unknown is None:
        return number
    return unknown if count == 1 else Term("mul", (number, unknown), None, INT)
