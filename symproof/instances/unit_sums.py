"""The sums over all samples that an additional unit h(w . x + b) needs: phi and the sum of squares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from symproof.instances.activation import ReluLike
from symproof.instances.integer_table import IntegerTable
from symproof.instances.least_squares import AffineFit

__all__ = ["UnitSums", "unit_sums"]


@dataclass(frozen=True)
class UnitSums:
    """What one unit can gain.

    Attributes:
        phi: sum_i r_i h(w . x_i + b), where r_i are the residuals of the affine fit.
        square_sum: sum_i h(w . x_i + b)^2.
    """

    phi: fmpq
    square_sum: fmpq


def unit_sums(
    table: IntegerTable, fit: AffineFit, activation: ReluLike, weights: Sequence[int | fmpq], bias: fmpq
) -> UnitSums:
    """The sums of a unit in one pass over ``table``, which has the columns 1, features, target.

    The residuals are a combination of the columns, so that phi comes from the products of the columns with the unit.
    """
    pre = table.combination([bias, *weights, 0])
    common = math.lcm(int(activation.s_plus.q), int(activation.s_minus.q))
    up, down = (activation.s_plus * common).p, (activation.s_minus * common).p
    size = len(table.scales)
    products, squares = fmpz_mat(size, 1), fmpz(0)
    for chunk in table.chunks:
        values = [(up if top >= 0 else down) * top for top in pre.chunk(chunk).entries()]
        column = fmpz_mat(len(values), 1, values)
        products += chunk.transpose() * column
        squares += (column.transpose() * column)[0, 0]
    denominator = fmpq(pre.denominator * common)
    residual = fit.residual_column
    phi = (residual.weights.transpose() * products)[0, 0]
    return UnitSums(fmpq(phi, residual.denominator) / denominator, squares / denominator**2)
