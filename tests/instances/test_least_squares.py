"""Exact least squares against an independent implementation with Python fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_fractions import fraction, residual_norm, solve_normal_equations

from symproof.errors import InputError
from symproof.instances import integer_table
from symproof.instances.dataset import Dataset, dataset_from_rows
from symproof.instances.least_squares import fit_affine


@st.composite
def datasets(draw: st.DrawFn) -> Dataset:
    m, dx = draw(st.integers(1, 7)), draw(st.integers(1, 4))
    entry = st.builds(fmpq, st.integers(-4, 4), st.integers(1, 3))
    rows = draw(st.lists(st.lists(entry, min_size=dx, max_size=dx), min_size=m, max_size=m))
    return dataset_from_rows(rows, draw(st.lists(entry, min_size=m, max_size=m)))


@given(datasets())
@settings(max_examples=150, deadline=None)
def test_agrees_with_plain_elimination(dataset: Dataset) -> None:
    fit = fit_affine(dataset)
    rows = [[Fraction(1), *map(fraction, x)] for x in dataset.features]
    targets = list(map(fraction, dataset.targets))
    weights, rank = solve_normal_equations(rows, targets)
    assert fit.rank == rank
    assert fraction(fit.risk) == residual_norm(rows, weights, targets) / 2
    residuals = [fit.value(x) - y for x, y in zip(dataset.features, dataset.targets, strict=True)]
    assert fit.residuals() == tuple(residuals)
    assert sum(residuals) == 0
    for column in zip(*dataset.features, strict=True):
        assert sum(r * x for r, x in zip(residuals, column, strict=True)) == 0
    assert fit.is_exact == all(r == 0 for r in residuals)


def test_exclusive_or() -> None:
    fit = fit_affine(dataset_from_rows([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0]))
    assert (fit.weights, fit.intercept, fit.rank, fit.risk) == ((0, 0), fmpq(1, 2), 3, fmpq(1, 2))
    assert fit.residuals() == (fmpq(1, 2), fmpq(-1, 2), fmpq(-1, 2), fmpq(1, 2))


@pytest.mark.parametrize(
    ("rows", "targets", "rank"),
    [
        ([[7]], [3], 1),
        ([[1, 2, 3]], [5], 1),
        ([[5], [5], [5]], [1, 2, 6], 1),
        ([[1, 2], [2, 4], [3, 6]], [1, 0, 0], 2),
        ([[0, 1], [0, 2], [0, 4]], [1, 5, 1], 2),
        ([[1, 1, 1], [2, 1, 2], [3, 1, 3], [5, 1, 5]], [0, 0, 1, 0], 2),
    ],
)
def test_rank_deficient_features(rows: list[list[int]], targets: list[int], rank: int) -> None:
    fit = fit_affine(dataset_from_rows(rows, targets))
    assert fit.rank == rank
    assert sum(fit.residuals()) == 0
    assert sum(1 for weight in fit.weights if weight != 0) < rank or rank == 1


def test_numbers_of_very_different_size_stay_exact() -> None:
    big, small = fmpq(10**30), fmpq(1, 10**30)
    dataset = dataset_from_rows([[big, small], [small, big], [big, big], [small, small]], [small, big, 0, 1])
    fit = fit_affine(dataset)
    residuals = fit.residuals()
    assert sum(residuals) == 0
    assert sum(r * x[0] for r, x in zip(residuals, dataset.features, strict=True)) == 0


def test_denominators_without_a_reasonable_common_multiple_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integer_table, "MAX_TABLE_BITS", 60)
    with pytest.raises(InputError, match="column 'x1'"):
        dataset_from_rows([[fmpq(1, 10007)], [fmpq(1, 10009)], [fmpq(1, 10037)]], [1, 2, 3])
