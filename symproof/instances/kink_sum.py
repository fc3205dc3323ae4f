"""The sum phi(w, b) = sum_i r_i h(w . x_i + b), and the second difference of the proof that it is somewhere not 0."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.isolating_direction import Isolation
from symproof.instances.relu_network import Vector

__all__ = ["SecondDifference", "kink_sum", "projection", "second_difference"]


@dataclass(frozen=True)
class SecondDifference:
    """phi along the isolating direction at the biases -z_i + d, -z_i - d and -z_i.

    ``above + below - 2 middle`` equals ``expected`` = (s+ - s-) r_i d, which is not 0; so one of the three is not 0.
    """

    above: fmpq
    below: fmpq
    middle: fmpq
    expected: fmpq


def projection(weights: Sequence[fmpq | int], x: Vector) -> fmpq:
    """Return w . x."""
    return sum((w * entry for w, entry in zip(weights, x, strict=True)), fmpq(0))


def kink_sum(
    inputs: Sequence[Vector],
    residuals: Sequence[fmpq],
    activation: ReluLike,
    weights: Sequence[fmpq | int],
    bias: fmpq,
) -> fmpq:
    """Return phi(w, b)."""
    terms = (r * activation(projection(weights, x) + bias) for r, x in zip(residuals, inputs, strict=True))
    return sum(terms, fmpq(0))


def second_difference(
    inputs: Sequence[Vector], residuals: Sequence[fmpq], activation: ReluLike, isolation: Isolation
) -> SecondDifference:
    """Evaluate phi at the three points of the proof, for the isolated sample."""
    centre = -projection(isolation.direction, inputs[isolation.index])
    step = isolation.distance
    above, below, middle = (
        kink_sum(inputs, residuals, activation, isolation.direction, bias)
        for bias in (centre + step, centre - step, centre)
    )
    expected = (activation.s_plus - activation.s_minus) * residuals[isolation.index] * step
    return SecondDifference(above, below, middle, expected)
