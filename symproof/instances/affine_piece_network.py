"""Networks with one hidden layer and several outputs: what they compute, plainly, on exact data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flint import arb, fmpq

from symproof.instances.ball_number import Number
from symproof.instances.dataset import Vector
from symproof.instances.rational import format_rational

__all__ = ["OutputsNetwork", "risk_of"]

Activation = Callable[[fmpq | arb], fmpq | arb]


@dataclass(frozen=True)
class OutputsNetwork:
    """f(x)_o = sum_k W2[o][k] h(W1[k] . x + b1[k]) + b2[o], with rational parameters."""

    W1: tuple[Vector, ...]
    b1: Vector
    W2: tuple[Vector, ...]
    b2: Vector

    @property
    def width(self) -> int:
        """The number of hidden units."""
        return len(self.b1)

    def pre_activations(self, x: Vector) -> list[fmpq]:
        """W1[k] . x + b1[k] for each unit."""
        return [sum(map(fmpq.__mul__, row, x), bias) for row, bias in zip(self.W1, self.b1, strict=True)]

    def outputs(self, activation: Activation, x: Vector) -> list[Number]:
        """The outputs for one input; balls if a value of the activation is one."""
        values = [activation(p) for p in self.pre_activations(x)]
        return [
            sum((weight * value for weight, value in zip(row, values, strict=True)), bias)
            for row, bias in zip(self.W2, self.b2, strict=True)
        ]

    def as_dict(self) -> dict[str, object]:
        """The parameters as exact strings."""
        return {
            "W1": [[format_rational(v) for v in row] for row in self.W1],
            "b1": [format_rational(v) for v in self.b1],
            "W2": [[format_rational(v) for v in row] for row in self.W2],
            "b2": [format_rational(v) for v in self.b2],
        }


def risk_of(
    network: OutputsNetwork, activation: Activation, inputs: Sequence[Vector], targets: Sequence[Sequence[fmpq]]
) -> Number:
    """1/2 sum over samples and outputs of (f(x_i)_o - y_io)^2, in balls with the precision of ``flint.ctx``.

    Args:
        network: the network.
        activation: h.
        inputs: the inputs x_i.
        targets: for each output its targets.
    """
    total: Number = fmpq(0)
    for i, x in enumerate(inputs):
        for value, column in zip(network.outputs(activation, x), targets, strict=True):
            error = value - column[i]
            total = total + error * error
    return total / 2
