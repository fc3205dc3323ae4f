"""The risk around a local minimum as plain floats, for pictures only: no verdict ever rests on these numbers.

All samples count, however many there are: they are gone through once, a chunk at a time, for all points of a picture.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

from flint import arb, fmpq, fmpz

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.relu_network import ReluNetwork
from symproof.report.missing_package import optional_import

__all__ = ["risk_on_plane", "risk_on_segment"]

Array = Any
"""A numpy array of floats."""


def risk_on_segment(
    dataset: Dataset, activation: ReluLike, start: ReluNetwork, end: ReluNetwork, ts: Sequence[float]
) -> list[float]:
    """The risk at (1 - t) start + t end for each t; units beyond the second are constant there and left out."""
    np = _numpy()
    totals = [0.0] * len(ts)
    out_a, out_b = (list(map(_float, network.W2[:2])) for network in (start, end))
    offset_a, offset_b = _float(start.b2), _float(end.b2)
    for inputs, targets in _chunks(np, dataset):
        pairs = zip(_units(np, start, inputs, 2), _units(np, end, inputs, 2), out_a, out_b, strict=True)
        units = list(pairs)
        for k, t in enumerate(ts):
            value = (1 - t) * offset_a + t * offset_b - targets
            for a, b, p, q in units:
                value = value + ((1 - t) * p + t * q) * _activated(np, activation, (1 - t) * a + t * b)
            totals[k] += float((value * value).sum())
    return [total / 2 for total in totals]


def risk_on_plane(
    dataset: Dataset, activation: ReluLike, center: ReluNetwork, offsets: Sequence[float]
) -> list[list[float]]:
    """The risk when the first unit's bias (columns) and first weight (rows) move by each of ``offsets``."""
    np = _numpy()
    totals = [[0.0] * len(offsets) for _ in offsets]
    outgoing, offset = _float(center.W2[0]), _float(center.b2)
    for inputs, targets in _chunks(np, dataset):
        (middle,) = _units(np, center, inputs, 1)
        for row, weight in enumerate(offsets):
            moved = middle + weight * inputs[:, 0]
            for column, bias in enumerate(offsets):
                value = outgoing * _activated(np, activation, moved + bias) + offset - targets
                totals[row][column] += float((value * value).sum())
    return [[total / 2 for total in row] for row in totals]


def _numpy() -> ModuleType:
    return optional_import("numpy", extra="plots", purpose="plots")


def _chunks(np: ModuleType, dataset: Dataset) -> Iterator[tuple[Array, Array]]:
    """Inputs and targets, some samples at a time."""
    scales = dataset.table.scales
    for chunk in dataset.table.chunks:
        rows = np.array([[_ratio(v, s) for v, s in zip(row, scales, strict=True)] for row in chunk.tolist()])
        yield rows[:, 1:-1], rows[:, -1]


def _units(np: ModuleType, network: ReluNetwork, inputs: Array, count: int) -> list[Array]:
    """The pre-activations of the first units."""
    weights = [list(map(_float, row)) for row in network.W1[:count]]
    return [
        np.einsum("ij,j->i", inputs, np.array(row)) + _float(bias)
        for row, bias in zip(weights, network.b1, strict=False)
    ]


def _activated(np: ModuleType, activation: ReluLike, values: Array) -> Array:
    up, down = _float(activation.s_plus), _float(activation.s_minus)
    return np.where(values >= 0, up * values, down * values)


def _ratio(top: fmpz, bottom: int) -> float:
    try:
        return int(top) / bottom
    except OverflowError:
        return _float(fmpq(top, bottom))


def _float(value: fmpq) -> float:
    """The nearest float, also where numerator and denominator have thousands of digits."""
    return float(arb(value))
