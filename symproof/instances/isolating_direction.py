"""A direction w in which one sample stands alone: w . x_i differs from all other w . x_j."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq, fmpz_mat

from symproof.instances.integer_table import IntegerTable
from symproof.instances.kink_directions import Direction

__all__ = ["Isolation", "isolate"]

SMALL_BASES = 16


@dataclass(frozen=True)
class Isolation:
    """Sample ``index`` stands alone along ``direction``, where it projects to ``centre``.

    ``distance`` is the number d > 0 of the proof, smaller than every |w . x_j - w . x_i| with j != i.
    """

    index: int
    direction: Direction
    distance: fmpq
    centre: fmpq


def isolate(table: IntegerTable, index: int) -> Isolation | None:
    """Return a direction that isolates one sample, or None when another sample has the same input.

    ``table`` has the columns 1, features, target.

    The direction is (1, K, K^2, ...) for the first small K that does; failing that, the digits of the scaled features
    in a base larger than all their differences, which separates all distinct inputs.
    """
    for direction in _power_directions(table):
        projection = table.combination([0, *direction, 0])
        own = (projection.weights.transpose() * _row(table, index).transpose())[0, 0]
        gaps = (abs(value - own) for position, value in enumerate(projection.numerators()) if position != index)
        gap = min(gaps, default=2)
        if gap:
            centre = fmpq(own, projection.denominator)
            return Isolation(index, direction, fmpq(gap, 2 * projection.denominator), centre)
    return None


def _row(table: IntegerTable, index: int) -> fmpz_mat:
    return table.selected([index]).chunks[0]


def _power_directions(table: IntegerTable) -> Iterator[Direction]:
    count = len(table.scales) - 2
    for base in range(SMALL_BASES):
        yield tuple(base**power for power in range(count))
    largest = max(max(map(abs, chunk.entries())) for chunk in table.chunks)
    base = 2 * int(largest) + 1
    yield tuple(scale * base**power for power, scale in enumerate(table.scales[1:-1]))
