"""Indicators: the polynomial that is 1 where a proposition holds and 0 where it does not; and choices by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symproof.recheck import polynomial as poly
from symproof.recheck.polynomial import ONE, ZERO, Polynomial
from symproof.recheck.term import TRUE, Term, connective, op, relation

if TYPE_CHECKING:
    from symproof.recheck.normal_form import Normalizer

__all__ = ["choice", "indicator"]


def choice(condition: Term, a: Term, b: Term, normalize: Normalizer) -> Polynomial:
    """The normal form of ``ite(condition, a, b)``."""
    chosen = indicator(condition, normalize)
    value = poly.number(chosen)
    if value is not None:
        return normalize(a) if value == 1 else normalize(b)
    other = normalize(b)
    return poly.plus(normalize.product(chosen, poly.plus(normalize(a), other, -1)), other)


def indicator(c: Term, normalize: Normalizer) -> Polynomial:
    """1 where the proposition holds, 0 where it does not."""
    one = poly.constant(1)
    if c.op in ("true", "false"):
        return one if c == TRUE else {}
    if normalize.scope.holds(c):
        return one
    if normalize.scope.holds(connective("not", c)):
        return {}
    if c.op == "not":
        return poly.plus(one, indicator(c.args[0], normalize), -1)
    if c.op in ("and", "or", "implies"):
        return _junction(c, normalize)
    if c.op in ("eq", "ne", "le", "lt", "ge", "gt") and c.args[0].sort.number:
        return _comparison(c.op, c.args[0], c.args[1], normalize)
    return poly.atom(op("ite", normalize.canonical(c), ONE, ZERO))


def _junction(c: Term, normalize: Normalizer) -> Polynomial:
    one = poly.constant(1)
    parts = [indicator(a, normalize) for a in c.args]
    if c.op == "implies":
        parts[0] = poly.plus(one, parts[0], -1)
    result = one
    for p in parts:
        result = normalize.product(result, p if c.op == "and" else poly.plus(one, p, -1))
    return result if c.op == "and" else poly.plus(one, result, -1)


def _comparison(name: str, a: Term, b: Term, normalize: Normalizer) -> Polynomial:
    if name in ("ne", "lt", "gt"):
        opposite = {"ne": ("eq", a, b), "lt": ("le", b, a), "gt": ("le", a, b)}[name]
        return poly.plus(poly.constant(1), indicator(relation(*opposite), normalize), -1)
    if name == "ge":
        a, b = b, a
    difference = poly.plus(normalize(b), normalize(a), -1)
    value = poly.number(difference)
    if value is not None:
        return poly.constant(1 if value == 0 or (value > 0 and name != "eq") else 0)
    lead = difference[poly.leading(difference)]
    shown = poly.to_term(poly.scaled(difference, 1 / (lead if name == "eq" else abs(lead))))
    return poly.atom(op("ite", relation("eq" if name == "eq" else "le", ZERO, shown), ONE, ZERO))
