"""The risk around a local minimum as plain floats, for pictures only: no verdict ever rests on these numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.relu_network import ReluNetwork

__all__ = ["FloatNetwork", "risk_on_plane", "risk_on_segment"]

Sample = tuple[tuple[float, ...], float]


@dataclass(frozen=True)
class FloatNetwork:
    """A one-hidden-layer network with float parameters (only the units that matter)."""

    weights: tuple[tuple[float, ...], ...]
    biases: tuple[float, ...]
    outgoing: tuple[float, ...]
    offset: float

    @staticmethod
    def of(network: ReluNetwork, units: int) -> FloatNetwork:
        """The first units of an exact network, rounded."""
        return FloatNetwork(
            tuple(tuple(_float(w) for w in row) for row in network.W1[:units]),
            tuple(_float(b) for b in network.b1[:units]),
            tuple(_float(w) for w in network.W2[:units]),
            _float(network.b2),
        )

    def moved(self, other: FloatNetwork, t: float) -> FloatNetwork:
        """The point (1 - t) self + t other."""

        def mix(a: Sequence[float], b: Sequence[float]) -> tuple[float, ...]:
            return tuple((1 - t) * x + t * y for x, y in zip(a, b, strict=True))

        rows = tuple(mix(a, b) for a, b in zip(self.weights, other.weights, strict=True))
        offset = (1 - t) * self.offset + t * other.offset
        return FloatNetwork(rows, mix(self.biases, other.biases), mix(self.outgoing, other.outgoing), offset)

    def shifted(self, bias: float, weight: float) -> FloatNetwork:
        """The first unit's bias and its first weight moved by these amounts."""
        first, *rest = self.weights
        rows = ((first[0] + weight, *first[1:]), *rest)
        return FloatNetwork(rows, (self.biases[0] + bias, *self.biases[1:]), self.outgoing, self.offset)

    def risk(self, samples: Sequence[Sample], activation: tuple[float, float]) -> float:
        """Half the sum of squared errors."""
        up, down = activation
        total = 0.0
        for point, target in samples:
            value = self.offset - target
            for row, bias, out in zip(self.weights, self.biases, self.outgoing, strict=True):
                z = bias + sum(w * x for w, x in zip(row, point, strict=True))
                value += out * (up * z if z >= 0 else down * z)
            total += value * value
        return total / 2


def _float(value: fmpq) -> float:
    """The nearest float, also where numerator and denominator have thousands of digits."""
    from flint import arb

    return float(arb(value))


def _samples(dataset: Dataset) -> list[Sample]:
    return [
        (tuple(_float(x) for x in row), _float(y)) for row, y in zip(dataset.features, dataset.targets, strict=True)
    ]


def _slopes(activation: ReluLike) -> tuple[float, float]:
    return _float(activation.s_plus), _float(activation.s_minus)


def risk_on_segment(
    dataset: Dataset, activation: ReluLike, start: ReluNetwork, end: ReluNetwork, ts: Sequence[float]
) -> list[float]:
    """The risk at (1 - t) start + t end for each t; units beyond the second are constant there and left out."""
    a, b = FloatNetwork.of(start, 2), FloatNetwork.of(end, 2)
    samples, slopes = _samples(dataset), _slopes(activation)
    return [a.moved(b, t).risk(samples, slopes) for t in ts]


def risk_on_plane(
    dataset: Dataset, activation: ReluLike, center: ReluNetwork, offsets: Sequence[float]
) -> list[list[float]]:
    """The risk when the first unit's bias (columns) and first weight (rows) move by each of ``offsets``."""
    middle = FloatNetwork.of(center, 1)
    samples, slopes = _samples(dataset), _slopes(activation)
    return [[middle.shifted(bias, weight).risk(samples, slopes) for bias in offsets] for weight in offsets]
