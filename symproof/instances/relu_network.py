"""Networks f(x) = W2 h(W1 x + b1) + b2 with one hidden layer and one output, evaluated exactly and plainly."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.rational import format_rational

__all__ = ["ReluNetwork", "network_outputs", "network_risk", "parameters_dict", "pre_activations", "squared_risk"]

Activation = Callable[[fmpq], fmpq]
Vector = tuple[fmpq, ...]


@dataclass(frozen=True)
class ReluNetwork:
    """The parameters of a network: ``W1`` has one row for each hidden unit, ``W2`` one entry, ``b2`` is a number."""

    W1: tuple[Vector, ...]
    b1: Vector
    W2: Vector
    b2: fmpq

    @property
    def units(self) -> tuple[tuple[Vector, fmpq], ...]:
        """The incoming weights and the bias of each hidden unit."""
        return tuple(zip(self.W1, self.b1, strict=True))

    @property
    def width(self) -> int:
        """The number of hidden units."""
        return len(self.b1)


def pre_activations(units: Iterable[tuple[Vector, fmpq]], x: Vector) -> Vector:
    """Return w . x + b for each of the given hidden units (w, b)."""
    return tuple(_affine(row, bias, x) for row, bias in units)


def network_outputs(network: ReluNetwork, activation: Activation, inputs: Sequence[Vector]) -> Vector:
    """Return f(x) for every x in ``inputs``; units with the same incoming parameters are evaluated once."""
    outgoing: dict[tuple[Vector, fmpq], fmpq] = {}
    for row, bias, weight in zip(network.W1, network.b1, network.W2, strict=True):
        outgoing[row, bias] = outgoing.get((row, bias), fmpq(0)) + weight
    units = [(row, bias, weight) for (row, bias), weight in outgoing.items() if weight != 0]
    return tuple(
        sum((weight * activation(_affine(row, bias, x)) for row, bias, weight in units), network.b2) for x in inputs
    )


def squared_risk(outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> fmpq:
    """Return 1/2 sum (outputs_i - targets_i)^2."""
    differences = (output - target for output, target in zip(outputs, targets, strict=True))
    return sum((difference * difference for difference in differences), fmpq(0)) / 2


def network_risk(
    network: ReluNetwork, activation: Activation, inputs: Sequence[Vector], targets: Sequence[fmpq]
) -> fmpq:
    """Return 1/2 sum (f(x_i) - y_i)^2."""
    return squared_risk(network_outputs(network, activation, inputs), targets)


def parameters_dict(network: ReluNetwork) -> dict[str, object]:
    """Return the parameters as exact strings: W1 a list of rows, b1 and W2 lists, b2 one string."""
    return {
        "W1": [[format_rational(entry) for entry in row] for row in network.W1],
        "b1": [format_rational(entry) for entry in network.b1],
        "W2": [format_rational(entry) for entry in network.W2],
        "b2": format_rational(network.b2),
    }


def _affine(weights: Vector, bias: fmpq, x: Vector) -> fmpq:
    return sum((weight * entry for weight, entry in zip(weights, x, strict=True) if weight != 0), bias)
