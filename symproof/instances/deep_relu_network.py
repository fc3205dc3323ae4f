"""ReLU-like networks with any number of hidden layers and one output, evaluated plainly, layer by layer.

With rationals everything is exact; parameters may also be balls, and so are the values then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.ball_number import Number, number_text

__all__ = ["DeepNetwork", "active_within", "deep_outputs", "deep_parameters_dict", "hidden_pre_activations"]


Vector: TypeAlias = tuple[Any, ...]
"""Rationals, or balls."""


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


def active_within(network: DeepNetwork, activation: ReluLike, radius: Number, inputs: Sequence[Vector]) -> bool:
    """Whether the bound on how far outputs move within ``radius`` leaves every hidden unit active at every input.

    With balls: whether it certainly does.

    The bound is 0 for the input; for a unit of a later layer with weights W_l it is
    s+ (radius (sum_l (|output_l| + bound_l) + 1) + sum_l |W_l| bound_l), the sums being over the units of the layer
    before. It must be at most s+ times the pre-activation of the unit.
    """
    return all(_active_at(network, activation, radius, x) for x in inputs)


def deep_parameters_dict(network: DeepNetwork) -> dict[str, object]:
    """Return the parameters as text: W one matrix for each layer, b one list, the output layer last."""
    return {
        "W": [[[number_text(entry) for entry in row] for row in layer] for layer in network.weights],
        "b": [[number_text(entry) for entry in layer] for layer in network.biases],
    }


def _pre_activations(network: DeepNetwork, activation: ReluLike, x: Vector) -> tuple[Vector, ...]:
    found: list[Vector] = []
    outputs = x
    for rows, biases in zip(network.weights, network.biases, strict=True):
        units = list(zip(rows, biases, strict=True))
        known = {_same(row, bias): _affine(row, bias, outputs) for row, bias in _different(units)}
        found.append(tuple(known[_same(*unit)] for unit in units))
        outputs = tuple(map(activation, found[-1]))
    return tuple(found)


def _same(*parts: object) -> tuple[int, ...]:
    """What tells whether two units have the very same parameters: balls have no hash of their own."""
    return tuple(map(id, parts))


def _different(units: Iterable[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    return list({_same(*unit): unit for unit in units}.values())


def _active_at(network: DeepNetwork, activation: ReluLike, radius: Number, x: Vector) -> bool:
    outputs, bounds = x, (fmpq(0),) * len(x)
    slope = activation.s_plus
    for rows, values in zip(network.weights, hidden_pre_activations(network, activation, x), strict=False):
        moved = radius * (sum(map(abs, outputs), fmpq(0)) + sum(bounds, fmpq(0)) + 1)
        different = _different((row,) for row in rows)
        reach = {_same(row): slope * (moved + _affine(tuple(map(abs, row)), fmpq(0), bounds)) for (row,) in different}
        if not all(reach[_same(row)] <= slope * value for row, value in zip(rows, values, strict=True)):
            return False
        outputs, bounds = tuple(map(activation, values)), tuple(reach[_same(row)] for row in rows)
    return True


def _affine(weights: Vector, bias: Number, x: Vector) -> Any:
    return sum((weight * entry for weight, entry in zip(weights, x, strict=True) if not _is_zero(weight)), bias)


def _is_zero(weight: Number) -> bool:
    """Whether a weight is certainly 0; a ball that holds other numbers too is not."""
    return bool(weight == 0)
