"""A direction w in which one sample stands alone: w . x_i differs from all other w . x_j."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.dataset import Dataset
from symproof.instances.integer_table import IntegerTable
from symproof.instances.kink_directions import Direction
from symproof.instances.projections import project

__all__ = ["Isolation", "isolate"]

SMALL_BASES = 16


@dataclass(frozen=True)
class Isolation:
    """Sample ``index`` stands alone along ``direction``.

    ``distance`` is the number d > 0 of the proof, smaller than every |w . x_j - w . x_i| with j != i.
    """

    index: int
    direction: Direction
    distance: fmpq


def isolate(dataset: Dataset, table: IntegerTable, index: int) -> Isolation | None:
    """Return a direction that isolates one sample, or None when another sample has the same input.

    The direction is (1, K, K^2, ...) for the first small K that does; failing that, the digits of the scaled features
    in a base larger than all their differences, which separates all distinct inputs.
    """
    if dataset.features.count(dataset.features[index]) > 1:
        return None
    for direction in _power_directions(table):
        values, scale = project(table, direction)
        own = values[index]
        gap = min((abs(value - own) for position, value in enumerate(values) if position != index), default=2)
        if gap:
            return Isolation(index, direction, fmpq(gap, 2 * scale))
    return None


def _power_directions(table: IntegerTable) -> Iterator[Direction]:
    count = len(table.scales) - 2
    for base in range(SMALL_BASES):
        yield tuple(base**power for power in range(count))
    largest = max(map(abs, table.entries.entries()))
    base = 2 * int(largest) + 1
    yield tuple(scale * base**power for power, scale in enumerate(table.scales[1:-1]))
