"""An activation in the forms that the theorems on affine pieces take: formulas on intervals, or two slopes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.ball_number import Number, compare, few_digits
from symproof.instances.closed_form import at_point, equal, literal
from symproof.instances.piecewise_activation import PieceFormula, T
from symproof.instances.rational import format_rational
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.logic.term import Term

__all__ = ["ReluLikeForm", "piecewise_text", "relu_like_form"]

_TRIED = tuple(fmpq(p, q) for p, q in ((1, 1), (-1, 1), (1, 4), (-1, 4), (4, 1), (-4, 1)))
_BITS = 256


@dataclass(frozen=True)
class ReluLikeForm:
    """Whether h(t) = s+ t for t >= 0 and s- t for t < 0.

    Attributes:
        holds: None where it is not decided.
        reason: why, in words.
        text: the activation as ``relu_like(s+, s-)``; empty unless it is one.
    """

    holds: bool | None
    reason: str
    text: str = ""


def piecewise_text(term: Term, pieces: Sequence[PieceFormula]) -> str:
    """``piecewise(FORMULA; POINT; FORMULA; ...)`` for an activation; empty if its value at some point is not known.

    Args:
        term: the activation.
        pieces: its formulas between the points, see ``analytic_pieces``.
    """
    parts = []
    for piece in pieces:
        if piece.low is not None:
            point = literal(piece.low)
            if equal(at_point(term, T, point), at_point(piece.formula, T, point))[0] is not True:
                return ""
            parts.append(format_rational(piece.low))
        parts.append(str(piece.formula))
    return f"piecewise({'; '.join(parts)})"


def relu_like_form(term: Term, pieces: Sequence[PieceFormula]) -> ReluLikeForm:
    """Decide whether an activation is ReLU-like: by its pieces, or by h(2t) != 2 h(t) at some t.

    Args:
        term: the activation.
        pieces: its formulas on intervals; may be empty if they are not known.
    """
    lines = [piece.known.line() if piece.known is not None else None for piece in pieces]
    points = [piece.low for piece in pieces if piece.low is not None]
    slopes = [line[0] for line in lines if line is not None and line[1] == 0]
    if pieces and len(slopes) == len(pieces) and points in ([], [fmpq(0)]) and _value(term, fmpq(0)) == 0:
        text = f"relu_like({slopes[-1]}, {slopes[0]})"
        return ReluLikeForm(True, f"h is {text}", text)
    for point in _TRIED:
        once, twice = _value(term, point), _value(term, 2 * point)
        if once is not None and twice is not None and compare("ne", twice, 2 * once) is True:
            there, double = format_rational(point), format_rational(2 * point)
            reason = f"h({double}) = {few_digits(twice)} is not 2 h({there}) = {few_digits(2 * once)}"
            return ReluLikeForm(False, reason)
    return ReluLikeForm(None, "it was not decided whether h(t) is s+ t for t >= 0 and s- t for t < 0")


def _value(term: Term, point: fmpq) -> Number | None:
    try:
        value: Number | None = evaluate(term, {T: point}, _BITS)
    except (Undefined, EvaluationError):
        return None
    return value
