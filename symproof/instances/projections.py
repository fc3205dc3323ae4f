"""The numbers w . x_i for an integer direction w, as integers over one common scale."""

from __future__ import annotations

from collections.abc import Sequence

from symproof.instances.integer_table import IntegerTable

__all__ = ["project"]


def project(table: IntegerTable, direction: Sequence[int]) -> tuple[list[int], int]:
    """Return integers z_i and a scale s with w . x_i = z_i / s; ``table`` has columns 1, features, target."""
    found = table.combination([0, *direction, 0])
    return [int(value) for value in found.numerators()], int(found.denominator)
