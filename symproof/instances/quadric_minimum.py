"""A spurious local minimum of constant units for inputs of which some weights have a definite second moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import flint
from flint import arb, fmpq

from symproof.instances.ball_number import Number
from symproof.instances.closed_form import NoNumberError, at_point, closed_form, literal, rational_bounds
from symproof.instances.piecewise_activation import T
from symproof.instances.proved_affine import proved_affine
from symproof.instances.quadric_bend import Bend, bend_at, find_bend
from symproof.instances.quadric_direction import (
    ConvexQuadric,
    Definite,
    NotDefinite,
    find_direction,
    weights_direction,
)
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_activation import SmoothActivation
from symproof.instances.smooth_conditions import Numbers, numbers_of
from symproof.logic.term import Term

__all__ = ["BetterPoint", "Inputs", "QuadricInstance", "build_quadric", "outputs"]

PRECISION = 256
STRICT = fmpq(9, 10)
SCALES = (4, 2, 1, fmpq(1, 2), fmpq(1, 4), fmpq(1, 8), fmpq(1, 16), fmpq(1, 64), fmpq(1, 256), fmpq(1, 4096))
"""Sizes of the pre-activations, compared with the largest difference, at which a better point is looked for."""


@dataclass(frozen=True)
class Inputs:
    """The inputs, and what is given of the targets.

    Attributes:
        rows: the inputs.
        weights: the residuals c - y_i of given targets, or weights that are given; None if they are to be found.
        constant: the output c.
        name: the file, or what else the inputs are called.
        sha256: the hash of the file; empty without one.
    """

    rows: tuple[tuple[fmpq, ...], ...]
    weights: tuple[fmpq, ...] | None
    constant: fmpq
    name: str
    sha256: str = ""

    @property
    def different(self) -> bool:
        """Whether not all inputs are equal."""
        return any(row != self.rows[0] for row in self.rows)


@dataclass(frozen=True)
class BetterPoint:
    """One unit whose risk is smaller; the others have no weights.

    Attributes:
        weights: its incoming weights.
        bias: its bias.
        outgoing: its outgoing weight.
        constant: the output bias.
        risk: the risk, exact or a ball.
    """

    weights: tuple[fmpq, ...]
    bias: fmpq
    outgoing: fmpq
    constant: fmpq
    risk: Number


@dataclass(frozen=True)
class QuadricInstance:
    """What was found.

    Attributes:
        inputs: what was given.
        activation: the activation.
        width: the number of units.
        direction: the weights, why given ones will not do, a quadric that excludes all, or None if neither is found.
        bend: bounds of the second derivative around the bias, for the radius; or in words why there are none.
        proof_bend: closer bounds, as the proof of the theorem has them.
        radius: no parameters closer than this have a smaller risk.
        better: a point with a smaller risk.
    """

    inputs: Inputs
    activation: SmoothActivation
    width: int
    direction: Definite | NotDefinite | ConvexQuadric | None
    bend: Bend | str
    proof_bend: Bend | None = None
    radius: fmpq | None = None
    better: BetterPoint | None = None

    @property
    def numbers(self) -> Numbers:
        """The activation, ready to be evaluated."""
        return numbers_of(self.activation)

    @property
    def targets(self) -> tuple[fmpq, ...]:
        """The targets y_i = c - r_i; () without weights."""
        found = self.direction
        return tuple(self.inputs.constant - r for r in found.weights) if isinstance(found, Definite) else ()

    @property
    def risk(self) -> fmpq:
        """The risk at the local minimum, half the sum of the squares of the weights."""
        found = self.direction
        return sum((r * r for r in found.weights), fmpq(0)) / 2 if isinstance(found, Definite) else fmpq(0)

    def output_bias(self) -> Term:
        """The output bias of the local minimum, as a closed term."""
        if not isinstance(self.bend, Bend):
            raise NoNumberError("no bias is known")
        value = at_point(self.activation.term, T, literal(self.bend.v))
        return closed_form(literal(self.inputs.constant) - literal(fmpq(self.width * self.bend.sigma)) * value)


def build_quadric(inputs: Inputs, activation: SmoothActivation, width: int, v: fmpq | None) -> QuadricInstance:
    """Decide the case, bound the second derivative, and construct both points.

    Args:
        inputs: what is given.
        activation: the activation.
        width: the number of units, at least 1.
        v: the bias of the units; a few are tried if it is None.
    """
    numbers, direction = numbers_of(activation), _direction(inputs)
    ratio = fmpq(1)
    if isinstance(direction, Definite) and any(direction.weights):
        ratio = direction.mu / max(map(abs, direction.weights))
    bend = _bend(numbers, ratio, v)
    found = QuadricInstance(inputs, activation, width, direction, bend)
    if not (isinstance(direction, Definite) and isinstance(bend, Bend) and inputs.different):
        return found
    closer = bend_at(numbers, bend.v, STRICT * direction.mu / sum(map(abs, direction.weights), fmpq(0)))
    size = max(sum(map(abs, row), fmpq(0)) for row in inputs.rows)
    return replace(
        found,
        proof_bend=closer if isinstance(closer, Bend) else None,
        radius=min(fmpq(1), bend.reach / (1 + size)),
        better=_better(found, numbers, bend, direction.weights),
    )


def _direction(inputs: Inputs) -> Definite | NotDefinite | ConvexQuadric | None:
    if inputs.weights is not None:
        return weights_direction(inputs.rows, inputs.weights)
    return find_direction(inputs.rows) if inputs.different else None


def _bend(numbers: Numbers, ratio: fmpq, v: fmpq | None) -> Bend | str:
    found = find_bend(numbers, ratio) if v is None else bend_at(numbers, v, ratio)
    if isinstance(found, Bend):
        return found
    if proved_affine(numbers.activation.term):
        return "affine"
    return found or "no bias is found at which h'' is certified not to be 0"


def _better(instance: QuadricInstance, numbers: Numbers, bend: Bend, weights: Sequence[fmpq]) -> BetterPoint | None:
    """The best of the points that one unit along a feature gives; certified to have a smaller risk."""
    best: BetterPoint | None = None
    with flint.ctx.workprec(PRECISION):
        for direction in _directions(instance.inputs.rows, bend):
            found = _along(instance, numbers, bend, weights, direction)
            if found is None or not found.risk < instance.risk:
                continue
            if best is None or rational_bounds(found.risk)[1] < rational_bounds(best.risk)[1]:
                best = found
    return best


def _directions(rows: Sequence[Sequence[fmpq]], bend: Bend) -> Iterator[tuple[fmpq, ...]]:
    size = len(rows[0])
    for j in range(size):
        spread = max(abs(row[j] - rows[0][j]) for row in rows)
        for scale in (*SCALES, bend.reach) if spread else ():
            for sign in (1, -1):
                yield tuple(sign * fmpq(scale) / spread if k == j else fmpq(0) for k in range(size))


def _along(
    instance: QuadricInstance, numbers: Numbers, bend: Bend, weights: Sequence[fmpq], direction: tuple[fmpq, ...]
) -> BetterPoint | None:
    """The unit with the outgoing weight that is best for these incoming ones; None if it has no value."""
    rows, c = instance.inputs.rows, instance.inputs.constant
    bias = bend.v - sum((w * x for w, x in zip(direction, rows[0], strict=True)), fmpq(0))
    try:
        values = [numbers.value(sum((w * x for w, x in zip(direction, row, strict=True)), bias)) for row in rows]
        middle = [sum(rational_bounds(value), fmpq(0)) / 2 for value in values]
    except NoNumberError:
        return None
    mean = sum(middle, fmpq(0)) / len(middle)
    spread = sum(((q - mean) ** 2 for q in middle), fmpq(0))
    if spread == 0:
        return None
    slope = -sum((r * q for r, q in zip(weights, middle, strict=True)), fmpq(0)) / spread
    outgoing = _short(slope)
    constant = c - _short(outgoing * mean)
    risk: Number = fmpq(0)
    for value, r in zip(values, weights, strict=True):
        error = outgoing * value + (constant - c + r)
        risk = risk + error * error / 2
    return BetterPoint(direction, bias, outgoing, constant, risk)


def _short(value: fmpq) -> fmpq:
    """A short rational at most a thousandth away, compared with its size."""
    return simplest_between(*sorted((value * fmpq(999, 1000), value * fmpq(1001, 1000)))) if value else value


def outputs(instance: QuadricInstance, point: BetterPoint) -> list[Number]:
    """The outputs of the better point at the inputs, evaluated anew with the precision of ``flint.ctx``."""
    value = instance.numbers.value
    found: list[Number] = []
    for row in instance.inputs.rows:
        at = sum((w * x for w, x in zip(point.weights, row, strict=True)), point.bias)
        found.append(point.outgoing * arb(value(at)) + point.constant)
    return found
