"""Directions in input space worth trying for an extra hidden unit: short integer vectors, in a fixed order."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence

from flint import fmpq

from symproof.instances.dataset import Dataset
from symproof.instances.rational import format_rational

__all__ = ["Direction", "tried_directions"]

Direction = tuple[int, ...]

SEED = 20180210
RANDOM_DIRECTIONS = 24
MAX_FEATURES_FOR_PAIRS = 12
FIT_STEPS = 20


def tried_directions(dataset: Dataset, weights: Sequence[fmpq], limit: int) -> tuple[Direction, ...]:
    """Return at most ``limit`` distinct non-zero directions: features, pairs, the affine fit rounded, random ones.

    Each feature counts in a power of ten near its spread, so that no feature drowns the others.
    """
    units = [_unit(column) for column in zip(*dataset.features, strict=True)]
    found: dict[Direction, None] = {}
    for steps in _steps(units, weights):
        direction = _primitive([step * unit for step, unit in zip(steps, units, strict=True)])
        if any(direction):
            found.setdefault(direction)
        if len(found) >= limit:
            break
    return tuple(found)


def _steps(units: Sequence[fmpq], weights: Sequence[fmpq]) -> Iterator[list[int]]:
    """Yield the directions as small multiples of the units."""
    count = len(units)
    for j in range(count):
        yield _sparse(count, {j: 1})
    yield _rounded(units, weights)
    yield [1] * count
    if count <= MAX_FEATURES_FOR_PAIRS:
        for j in range(count):
            for k in range(j + 1, count):
                yield _sparse(count, {j: 1, k: 1})
                yield _sparse(count, {j: 1, k: -1})
    source = random.Random(SEED)
    for _ in range(RANDOM_DIRECTIONS):
        yield [int(source.random() * 7) - 3 for _ in range(count)]


def _sparse(count: int, entries: dict[int, int]) -> list[int]:
    return [entries.get(j, 0) for j in range(count)]


def _rounded(units: Sequence[fmpq], weights: Sequence[fmpq]) -> list[int]:
    """Round the fit to multiples of the units, the largest being ``FIT_STEPS``."""
    relative = [weight / unit if unit != 0 else fmpq(0) for weight, unit in zip(weights, units, strict=True)]
    largest = max(map(abs, relative))
    if largest == 0:
        return [0] * len(relative)
    return [int((FIT_STEPS * value / largest + fmpq(1, 2)).floor()) for value in relative]


def _unit(column: Sequence[fmpq]) -> fmpq:
    """Return the power of ten that brings the spread of a feature near 1; 0 for a constant feature."""
    spread = max(column) - min(column)
    if spread == 0:
        return fmpq(0)
    numerator, denominator = format_rational(spread.p), format_rational(spread.q)
    return fmpq(10) ** (len(denominator) - len(numerator))


def _primitive(vector: Sequence[fmpq]) -> Direction:
    """Return the positive multiple of ``vector`` with coprime integer entries."""
    common = math.lcm(*(int(entry.q) for entry in vector))
    integers = [int(entry * common) for entry in vector]
    divisor = math.gcd(*integers)
    return tuple(entry // divisor for entry in integers) if divisor else tuple(integers)
