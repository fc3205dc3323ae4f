"""Exact least squares: the affine function w . x + b that minimises 1/2 sum (w . x_i + b - y_i)^2, over Q.

The columns are scaled to integers, one integer matrix product gives the normal equations, and a fraction-free
reduced row echelon form solves them. A rank-deficient matrix is no special case: free coordinates are set to 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpz, fmpz_mat

from symproof.instances.dataset import Dataset
from symproof.instances.integer_table import IntegerTable, ScaledColumn, integer_table

__all__ = ["AffineFit", "design_table", "fit_affine", "least_squares"]


@dataclass(frozen=True)
class AffineFit:
    """A minimiser of the least-squares risk among affine functions.

    Attributes:
        weights: one coefficient for each feature.
        intercept: the constant term.
        rank: the rank of the m x (dx + 1) matrix with rows (1, x_i).
        residual_column: the residuals r_i = w . x_i + b - y_i over one common denominator.
        risk: 1/2 sum r_i^2.
    """

    weights: tuple[fmpq, ...]
    intercept: fmpq
    rank: int
    residual_column: ScaledColumn
    risk: fmpq

    @property
    def is_exact(self) -> bool:
        """Whether the fit meets every target exactly."""
        return self.residual_column.numerators.is_zero()

    def residuals(self) -> tuple[fmpq, ...]:
        """Return r_1, ..., r_m in lowest terms."""
        return self.residual_column.values()

    def value(self, x: tuple[fmpq, ...]) -> fmpq:
        """Return w . x + b."""
        return sum((w * entry for w, entry in zip(self.weights, x, strict=True)), self.intercept)


def design_table(dataset: Dataset) -> IntegerTable:
    """Return the integer table with columns 1, features, target; the constant comes first, so it is never dropped."""
    ones = [fmpq(1)] * dataset.sample_count
    columns = [ones, *zip(*dataset.features, strict=True), dataset.targets]
    names = [f"{dataset.name}: column {name!r}" for name in (*dataset.feature_names, dataset.target_name)]
    return integer_table(columns, ["constant", *names])


def fit_affine(dataset: Dataset) -> AffineFit:
    """Return the exact affine least-squares fit of a data set."""
    return least_squares(design_table(dataset))


def least_squares(table: IntegerTable) -> AffineFit:
    """Return the exact fit of the last column of ``table`` by the others, the first of which is constant 1."""
    unknowns = len(table.scales) - 1
    products = (table.entries.transpose() * table.entries).entries()
    echelon, denominator, rank = fmpz_mat(unknowns, unknowns + 1, products[: unknowns * (unknowns + 1)]).rref()
    combination = [*_particular_solution(echelon, rank), -denominator]
    *scales, target_scale = table.scales
    full = denominator * target_scale
    coefficients = [fmpq(v * scale, full) for v, scale in zip(combination, scales, strict=False)]
    return AffineFit(
        weights=tuple(coefficients[1:]),
        intercept=coefficients[0],
        rank=rank,
        residual_column=_residual_column(table, combination, full),
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


def _residual_column(table: IntegerTable, combination: list[fmpz], denominator: fmpz) -> ScaledColumn:
    numerators = table.entries * fmpz_mat(len(combination), 1, combination)
    return ScaledColumn(numerators, denominator) if denominator > 0 else ScaledColumn(-numerators, -denominator)


def _risk(target_products: list[fmpz], combination: list[fmpz], denominator: fmpz) -> fmpq:
    """Return 1/2 sum r_i^2 = -1/2 sum r_i y_i: the residuals are orthogonal to the fitted values."""
    products = (entry * weight for entry, weight in zip(target_products, combination, strict=True))
    return fmpq(-sum(products, fmpz(0)), 2 * denominator)
