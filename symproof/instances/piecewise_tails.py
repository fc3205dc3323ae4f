"""What makes an activation in pieces discriminatory: affine tails with a bend, or an exponential left tail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from flint import fmpq

from symproof.instances.piecewise_activation import PieceFormula, PiecewiseActivation

__all__ = ["AffineTails", "ExponentialTail", "Tails", "recognised_tails"]

Line = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class AffineTails:
    """Affine for t <= left_end and for t >= right_end; a second difference that is not 0.

    Attributes:
        left: slope and offset on the left.
        left_end: where that ends.
        right: slope and offset on the right.
        right_end: where that begins.
        middle: where the second difference is taken.
        step: its step.
        bend: its value h(middle + step) + h(middle - step) - 2 h(middle).
    """

    left: Line
    left_end: Fraction
    right: Line
    right_end: Fraction
    middle: Fraction
    step: Fraction
    bend: Fraction


@dataclass(frozen=True)
class ExponentialTail:
    """factor * exp(rate * t) + level for t <= end, with a factor other than 0 and rate > 0."""

    factor: Fraction
    rate: Fraction
    level: Fraction
    end: Fraction


Tails = AffineTails | ExponentialTail


def recognised_tails(activation: PiecewiseActivation) -> Tails | None:
    """The tails of one of the two forms, or None. What is found here the kernel checks later."""
    first, last = activation.pieces[0], activation.pieces[-1]
    if first.high is None or last.low is None:
        return None
    left_end, right_end = _fraction(first.high) - 1, _fraction(last.low)
    exponential = first.known.exponential() if first.known is not None else None
    if exponential is not None and exponential[1] > 0:
        return ExponentialTail(*exponential, left_end)
    left, right = _line(first), _line(last)
    if left is None or right is None:
        return None
    for middle, step in _second_differences(activation):
        h = [activation(middle + step), activation(middle - step), activation(middle)]
        exact = [value for value in h if isinstance(value, fmpq)]
        if len(exact) == 3 and exact[0] + exact[1] != 2 * exact[2]:
            bend = _fraction(exact[0] + exact[1] - 2 * exact[2])
            return AffineTails(left, left_end, right, right_end, _fraction(middle), _fraction(step), bend)
    return None


def _line(piece: PieceFormula) -> Line | None:
    return piece.known.line() if piece.known is not None else None


def _second_differences(activation: PiecewiseActivation) -> Iterator[tuple[fmpq, fmpq]]:
    """Points and steps to try: around the points between pieces, and from the middles of pieces into the tails."""
    points = activation.points
    span = points[-1] - points[0] + 1
    steps = [fmpq(1), span, 2 * span, 3 * span]
    middles = [*points, *((p.low + p.high) / 2 for p in activation.pieces if p.low is not None and p.high is not None)]
    for step in steps:
        for middle in middles:
            yield middle, step


def _fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))
