"""The numbers w . x_i for an integer direction w, as integers over one common scale."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flint import fmpz_mat

from symproof.instances.integer_table import IntegerTable

__all__ = ["project"]


def project(table: IntegerTable, direction: Sequence[int]) -> tuple[list[int], int]:
    """Return integers z_i and a scale s with w . x_i = z_i / s; ``table`` has columns 1, features, target."""
    scales = table.scales[1:-1]
    common = math.lcm(*(scale for scale, weight in zip(scales, direction, strict=True) if weight))
    column = [weight * common // scale if weight else 0 for weight, scale in zip(direction, scales, strict=True)]
    product = table.entries * fmpz_mat(len(table.scales), 1, [0, *column, 0])
    return [int(value) for value in product.entries()], common
