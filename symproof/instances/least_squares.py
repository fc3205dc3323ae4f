"""Exact least squares: the affine function w . x + b that minimises 1/2 sum (w . x_i + b - y_i)^2, over Q.

The columns are scaled to integers, one integer matrix product (summed over the chunks of the table) gives the normal
equations, and a fraction-free reduced row echelon form solves them. A rank-deficient matrix is no special case: free
coordinates are set to 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from symproof.instances.dataset import Dataset
from symproof.instances.integer_table import Combination, IntegerTable

__all__ = ["AffineFit", "fit_affine", "fitted_column", "least_squares"]


@dataclass(frozen=True)
class AffineFit:
    """A minimiser of the least-squares risk among affine functions.

    Attributes:
        weights: one coefficient for each feature.
        intercept: the constant term.
        rank: the rank of the m x (dx + 1) matrix with rows (1, x_i).
        residual_column: the residuals r_i = w . x_i + b - y_i as a combination of the columns of the table.
        risk: 1/2 sum r_i^2.
    """

    weights: tuple[fmpq, ...]
    intercept: fmpq
    rank: int
    residual_column: Combination
    risk: fmpq

    @property
    def is_exact(self) -> bool:
        """Whether the fit meets every target exactly."""
        return bool(self.risk == 0)

    def residuals(self) -> tuple[fmpq, ...]:
        """Return r_1, ..., r_m in lowest terms."""
        return tuple(self.residual_column.values())

    def value(self, x: tuple[fmpq, ...]) -> fmpq:
        """Return w . x + b."""
        return sum((w * entry for w, entry in zip(self.weights, x, strict=True)), self.intercept)


def fitted_column(dataset: Dataset, fit: AffineFit) -> Combination:
    """The fitted values w . x_i + b."""
    return dataset.table.combination([fit.intercept, *fit.weights, 0])


def fit_affine(dataset: Dataset) -> AffineFit:
    """Return the exact affine least-squares fit of a data set."""
    return least_squares(dataset.table)


def least_squares(table: IntegerTable) -> AffineFit:
    """Return the exact fit of the last column of ``table`` by the others, the first of which is constant 1."""
    unknowns = len(table.scales) - 1
    products = table.products().entries()
    echelon, denominator, rank = fmpz_mat(unknowns, unknowns + 1, products[: unknowns * (unknowns + 1)]).rref()
    combination = [*_particular_solution(echelon, rank), -denominator]
    *scales, target_scale = table.scales
    full = denominator * target_scale
    coefficients = [fmpq(v * scale, full) for v, scale in zip(combination, scales, strict=False)]
    return AffineFit(
        weights=tuple(coefficients[1:]),
        intercept=coefficients[0],
        rank=rank,
        residual_column=table.combination([*coefficients, -1]),
        risk=_risk(products[-unknowns - 1 :], combination, full * target_scale),
    )


def _particular_solution(echelon: fmpz_mat, rank: int) -> list[fmpz]:
    """Read off the numerators of the solution whose free coordinates are 0."""
    unknowns = echelon.ncols() - 1
    solution = [fmpz(0)] * unknowns
    for row in range(rank):
        pivot = next(column for column in range(row, unknowns) if echelon[row, column])
        solution[pivot] = echelon[row, unknowns]
    return solution


def _risk(target_products: list[fmpz], combination: list[fmpz], denominator: fmpz) -> fmpq:
    """Return 1/2 sum r_i^2 = -1/2 sum r_i y_i: the residuals are orthogonal to the fitted values."""
    products = (entry * weight for entry, weight in zip(target_products, combination, strict=True))
    return fmpq(-sum(products, fmpz(0)), 2 * denominator)
