"""A formula on one side of a point at which Abs, Max or Min bend: its one-sided derivatives, which may differ."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from flint import fmpq

from symproof.instances.closed_sum import ClosedNumber, closed_sum
from symproof.kernel.differentiate import differentiate
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.kernel.polynomial import to_fraction
from symproof.logic.syntax import num
from symproof.logic.term import BINDERS, Term, subst

__all__ = ["bends"]

_CHOICES = ("abs", "max", "min")


def bends(term: Term, x: Term, point: Mapping[Term, fmpq]) -> bool:
    """Whether the derivatives in ``x`` from the left and from the right are known to differ at a rational point.

    False says nothing.
    """
    inside = list(term.walk())
    if not any(t.op in _CHOICES for t in inside) or any(t.op in BINDERS for t in inside):
        return False
    slopes: list[ClosedNumber] = []
    for side in (-1, 1):
        slope = None if (piece := _on_side(term, x, point, side)) is None else _slope(piece, x, point)
        if slope is None:
            return False
        slopes.append(slope)
    return closed_sum(zip((fmpq(1), fmpq(-1)), slopes, strict=True)).nonzero_sign() is not None


def _slope(piece: Term, x: Term, point: Mapping[Term, fmpq]) -> ClosedNumber | None:
    """The derivative at the point; None if it is not known to be differentiable there."""
    numbers = {v: num(to_fraction(value)) for v, value in point.items()}
    try:
        slope, conditions = differentiate(piece, x)
        if any(decide(subst(c, numbers), {}) is not True for c in conditions):
            return None
        found = ClosedNumber(slope, tuple(point.items()))
        return found if found.value(64) is not None and ClosedNumber(piece, found.point).value(64) is not None else None
    except (Undefined, EvaluationError):
        return None


def _on_side(term: Term, x: Term, point: Mapping[Term, fmpq], side: int) -> Term | None:
    """What the term is for ``x`` beyond the point and near it (side 1), or before it (side -1), and at the point."""
    args = [_on_side(a, x, point, side) for a in term.args]
    known = [a for a in args if a is not None]
    if len(known) < len(args):
        return None
    if term.op == "abs":
        sign = _sign_beyond(known[0], x, point, side)
        return None if sign is None else known[0] if sign > 0 else -known[0]
    if term.op in ("max", "min"):
        best = known[0]
        for _, other in pairwise(known):
            sign = _sign_beyond(other - best, x, point, side)
            if sign is None:
                return None
            best = other if (sign > 0) == (term.op == "max") else best
        return best
    return Term(term.op, tuple(known), term.data, term.sort) if known else term


def _sign_beyond(term: Term, x: Term, point: Mapping[Term, fmpq], side: int) -> int | None:
    """The sign of a term beyond the point and near it: its own, or if that is 0 the one that its slope gives it."""
    slope = _slope(term, x, point)
    if slope is None:
        return None
    here = closed_sum([(fmpq(1), ClosedNumber(term, slope.point))]).sign()
    if here != 0:
        return here
    rising = closed_sum([(fmpq(1), slope)]).sign()
    return side * rising if rising else None
