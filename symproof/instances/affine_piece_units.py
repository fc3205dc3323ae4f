"""Hidden units that see the residual of a fit: the best of many that are tried, then those of the proofs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

import flint
from flint import arb, fmpq

from symproof.instances.ball_number import Number
from symproof.instances.dataset import Dataset, Vector
from symproof.instances.isolating_direction import isolate
from symproof.instances.kink_directions import tried_directions
from symproof.instances.least_squares import AffineFit
from symproof.instances.piecewise_activation import PiecewiseActivation
from symproof.instances.piecewise_tails import AffineTails, ExponentialTail, recognised_tails
from symproof.kernel.evaluate import EvaluationError

__all__ = ["Unit", "as_float", "dot", "units_that_see"]

TRIED_WORK = 60_000
"""About so many values of the activation are computed to look for a good unit."""
DIRECTIONS = 8
LENGTHS = (1, -1, 4, -4)
"""The tried multiples of a short direction; the activation need not be homogeneous."""
BEST = 8
"""So many of the tried units are handed on."""
SEARCH_PRECISION = 64

Unit = tuple[Vector, fmpq]
"""The incoming weights and the bias."""


def units_that_see(data: Dataset, fits: Sequence[AffineFit], activation: PiecewiseActivation) -> Iterator[Unit]:
    """Units that may lower the risk, the most promising ones first; nothing here is trusted.

    Args:
        data: the inputs.
        fits: the least-squares fit of each output; one of them is not exact.
        activation: h, discriminatory on the inputs.
    """
    residuals = [fit.residuals() for fit in fits]
    yield from _best_tried(data, fits, residuals, activation)
    yield from _of_the_proof(data, max(residuals, key=lambda r: max(map(abs, r))), activation)


def _best_tried(
    data: Dataset, fits: Sequence[AffineFit], residuals: Sequence[Sequence[fmpq]], activation: PiecewiseActivation
) -> list[Unit]:
    """The tried units that lower the risk most, as far as floating-point numbers tell."""
    rows = [[as_float(r) for r in column] for column in residuals]
    gains: list[tuple[float, int, Unit]] = []
    for number, (weights, bias) in enumerate(_tried(data, fits[0], activation)):
        try:
            with flint.ctx.workprec(SEARCH_PRECISION):
                values = [as_float(activation(dot(weights, x) + bias)) for x in data.features]
        except (EvaluationError, OverflowError):
            continue
        square = sum(v * v for v in values)
        inner = [sum(r * v for r, v in zip(row, values, strict=True)) for row in rows]
        gain = sum(phi * phi for phi in inner) / square if square > 0 else 0.0
        if 0 < gain < float("inf"):
            gains.append((-gain, number, (weights, bias)))
    gains.sort(key=lambda one: one[:2])
    return [unit for _, _, unit in gains[:BEST]]


def _tried(data: Dataset, fit: AffineFit, activation: PiecewiseActivation) -> Iterator[Unit]:
    """Short directions of several lengths, with a point between two pieces at some of the samples."""
    points = activation.points
    directions = tried_directions(data, fit.weights, DIRECTIONS)
    units = max(TRIED_WORK // data.sample_count, 4)
    each = max(units // max(len(LENGTHS) * len(directions) * len(points), 1), 2)
    stride = max(1, data.sample_count // each)
    for short in directions:
        for length in LENGTHS:
            direction = tuple(fmpq(length * entry) for entry in short)
            for x in data.features[::stride]:
                for point in points:
                    yield direction, point - dot(direction, x)


def _of_the_proof(data: Dataset, residual: Sequence[fmpq], activation: PiecewiseActivation) -> Iterator[Unit]:
    """The units of which the proofs show that one sees the residual."""
    tails = recognised_tails(activation)
    if isinstance(tails, AffineTails):
        yield from _second_difference(data, residual, tails)
    elif isinstance(tails, ExponentialTail):
        yield _longest(data, residual, tails)


def _second_difference(data: Dataset, residual: Sequence[fmpq], tails: AffineTails) -> Iterator[Unit]:
    """A direction that isolates a sample with a residual, so long that all other samples lie in a tail."""
    alone = max(range(len(residual)), key=lambda i: abs(residual[i]))
    isolation = isolate(data.table, alone)
    if isolation is None:
        return
    numbers = (tails.left_end, tails.right_end, tails.middle, tails.step)
    reach = sum((abs(_fmpq(n)) for n in numbers), fmpq(1))
    weights = tuple(reach / isolation.distance * entry for entry in isolation.direction)
    middle, step = _fmpq(tails.middle), _fmpq(tails.step)
    for p in (middle, middle + step, middle - step):
        yield weights, p - dot(weights, data.features[alone])


def _longest(data: Dataset, residual: Sequence[fmpq], tails: ExponentialTail) -> Unit:
    """The direction of the longest input with a residual, so long that its exponential outweighs all others."""
    inputs = data.features
    seen = [i for i, r in enumerate(residual) if r != 0]
    n = max(seen, key=lambda i: dot(inputs[i], inputs[i]))
    own = dot(inputs[n], inputs[n])
    behind = min((own - dot(inputs[n], inputs[j]) for j in seen if j != n), default=fmpq(1))
    total = sum(map(abs, residual), fmpq(0))
    scale = total / (abs(residual[n]) * _fmpq(tails.rate) * behind)
    weights = tuple(scale * entry for entry in inputs[n])
    return weights, _fmpq(tails.end) - max(dot(weights, x) for x in inputs)


def dot(left: Vector, right: Vector) -> fmpq:
    """The inner product."""
    return sum(map(fmpq.__mul__, left, right), fmpq(0))


def as_float(value: Number) -> float:
    """About the number; of a ball the midpoint."""
    return float(value.mid()) if isinstance(value, arb) else float(arb(value).mid())


def _fmpq(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)
