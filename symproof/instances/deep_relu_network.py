"""ReLU-like networks with any number of hidden layers and one output, evaluated exactly and plainly, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.rational import format_rational
from symproof.instances.relu_network import Vector

__all__ = ["DeepNetwork", "active_within", "deep_outputs", "deep_parameters_dict", "hidden_pre_activations"]


@dataclass(frozen=True)
class DeepNetwork:
    """The parameters of a network.

    Attributes:
        weights: for each layer, the output included, one row of weights for each unit.
        biases: for each layer one bias for each unit.
    """

    weights: tuple[tuple[Vector, ...], ...]
    biases: tuple[Vector, ...]

    @property
    def widths(self) -> tuple[int, ...]:
        """The number of units of each hidden layer."""
        return tuple(map(len, self.biases[:-1]))


def hidden_pre_activations(network: DeepNetwork, activation: ReluLike, x: Vector) -> tuple[Vector, ...]:
    """Return the pre-activations of every hidden layer at one input."""
    return _pre_activations(network, activation, x)[:-1]


def deep_outputs(network: DeepNetwork, activation: ReluLike, inputs: Sequence[Vector]) -> Vector:
    """Return f(x) for every x in ``inputs``."""
    return tuple(_pre_activations(network, activation, x)[-1][0] for x in inputs)


def active_within(network: DeepNetwork, activation: ReluLike, radius: fmpq, inputs: Sequence[Vector]) -> bool:
    """Whether the bound on how far outputs move within ``radius`` leaves every hidden unit active at every input.

    The bound is 0 for the input; for a unit of a later layer with weights W_l it is
    s+ (radius (sum_l (|output_l| + bound_l) + 1) + sum_l |W_l| bound_l), the sums being over the units of the layer
    before. It must be at most s+ times the pre-activation of the unit.
    """
    return all(_active_at(network, activation, radius, x) for x in inputs)


def deep_parameters_dict(network: DeepNetwork) -> dict[str, object]:
    """Return the parameters as exact strings: W one matrix for each layer, b one list, the output layer last."""
    return {
        "W": [[[format_rational(entry) for entry in row] for row in layer] for layer in network.weights],
        "b": [[format_rational(entry) for entry in layer] for layer in network.biases],
    }


def _pre_activations(network: DeepNetwork, activation: ReluLike, x: Vector) -> tuple[Vector, ...]:
    found: list[Vector] = []
    outputs = x
    for rows, biases in zip(network.weights, network.biases, strict=True):
        known = {unit: _affine(*unit, outputs) for unit in set(zip(rows, biases, strict=True))}
        found.append(tuple(known[unit] for unit in zip(rows, biases, strict=True)))
        outputs = tuple(map(activation, found[-1]))
    return tuple(found)


def _active_at(network: DeepNetwork, activation: ReluLike, radius: fmpq, x: Vector) -> bool:
    outputs, bounds = x, (fmpq(0),) * len(x)
    slope = activation.s_plus
    for rows, values in zip(network.weights, hidden_pre_activations(network, activation, x), strict=False):
        moved = radius * (sum(map(abs, outputs), fmpq(0)) + sum(bounds, fmpq(0)) + 1)
        reach = {row: slope * (moved + _affine(tuple(map(abs, row)), fmpq(0), bounds)) for row in set(rows)}
        if any(reach[row] > slope * value for row, value in zip(rows, values, strict=True)):
            return False
        outputs, bounds = tuple(map(activation, values)), tuple(reach[row] for row in rows)
    return True


def _affine(weights: Vector, bias: fmpq, x: Vector) -> fmpq:
    return sum((weight * entry for weight, entry in zip(weights, x, strict=True) if weight != 0), bias)
