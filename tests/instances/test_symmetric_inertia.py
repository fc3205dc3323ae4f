"""The inertia of exact symmetric matrices: signs that floating point cannot tell, and certificates that are wrong."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from flint import fmpq, fmpq_mat, fmpz_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.symmetric_inertia import (
    Inertia,
    InertiaCertificate,
    certify_inertia,
    demand_inertia,
    inertia,
)

TINY = fmpq(1, 10**40)


def diagonal(entries: list[fmpq]) -> fmpq_mat:
    size = len(entries)
    return fmpq_mat(size, size, [entries[i] if i == j else fmpq(0) for i in range(size) for j in range(size)])


def signs_of(entries: list[fmpq]) -> Inertia:
    return Inertia(sum(x > 0 for x in entries), sum(x < 0 for x in entries), sum(x == 0 for x in entries))


entries = st.sampled_from([fmpq(1), fmpq(-1), fmpq(0), TINY, -TINY, fmpq(10**30), fmpq(-7, 3)])


@settings(max_examples=60, deadline=None)
@given(st.lists(entries, min_size=1, max_size=9), st.randoms(use_true_random=False))
def test_the_inertia_stays_in_other_coordinates(chosen: list[fmpq], random: object) -> None:
    """Sylvester's law; eigenvalues of 10^-40 beside those of 10^30."""
    size = len(chosen)
    rows = [[fmpq(random.randint(-9, 9), random.randint(1, 9)) for _ in range(size)] for _ in range(size)]  # type: ignore[attr-defined]
    other = fmpq_mat(rows)
    if other.det() != 0:
        assert inertia(other.transpose() * diagonal(chosen) * other) == signs_of(chosen)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 12), st.randoms(use_true_random=False))
def test_against_eigenvalues_in_floating_point(size: int, random: object) -> None:
    """Small integers, so that an eigenvalue that is not 0 is seen."""
    half = [[random.choice([-2, -1, 0, 0, 0, 1, 2]) for _ in range(size)] for _ in range(size)]  # type: ignore[attr-defined]
    matrix = [[half[i][j] + half[j][i] for j in range(size)] for i in range(size)]
    values = np.linalg.eigvalsh(np.array(matrix, dtype=float))
    found = inertia(fmpq_mat(matrix))
    assert (found.positive, found.negative) == (int((values > 1e-8).sum()), int((values < -1e-8).sum()))


@pytest.mark.parametrize("shift", [TINY, -TINY, fmpq(0), TINY**9])
def test_a_near_miss(shift: fmpq) -> None:
    """A singular matrix, moved by less than floating point sees."""
    matrix = fmpq_mat([[1, 2, 3], [2, 4, 6], [3, 6, 9 + shift]])
    sign = (shift > 0) - (shift < 0)
    assert inertia(matrix) == Inertia(1 + (sign > 0), sign < 0, 1 + (sign == 0))


def test_pivots_of_two_rows() -> None:
    hollow = fmpq_mat([[0, 3, 0, 0], [3, 0, 0, 0], [0, 0, 0, TINY], [0, 0, TINY, 0]])
    assert inertia(hollow) == Inertia(2, 2, 0)
    assert inertia(fmpq_mat([[0, 10**200], [10**200, fmpq(1, 10**200)]])) == Inertia(1, 1, 0)


def test_scales_far_apart() -> None:
    chosen = [fmpq((-1) ** k, 10 ** (50 * k)) for k in range(7)]
    mixed = diagonal([fmpq(1)] * 7)
    for i, j in pairwise(range(7)):
        mixed[i, j] = fmpq(5, 3)
    assert inertia(mixed.transpose() * diagonal(chosen) * mixed) == Inertia(4, 3, 0)


def test_the_hilbert_matrix() -> None:
    """Positive definite; its smallest eigenvalue is about 10^-29. Moved down by more, it is not."""
    matrix = fmpq_mat(20, 20, [fmpq(1, i + j + 1) for i in range(20) for j in range(20)])
    assert inertia(matrix) == Inertia(20, 0, 0)
    assert inertia(matrix - diagonal([fmpq(1, 10**28)] * 20)) == Inertia(19, 1, 0)


def test_no_entries_but_zeros() -> None:
    assert inertia(fmpq_mat(3, 3)) == Inertia(0, 0, 3)


def test_wrong_certificates() -> None:
    matrix = fmpq_mat([[2, 1, 0], [1, -2, 0], [0, 0, 0]])
    right = certify_inertia(matrix)
    assert demand_inertia(matrix, right) == Inertia(1, 1, 1)
    wrong = [
        replace(right, kernel=fmpz_mat(3, 1)),
        replace(right, kernel=fmpz_mat(3, 1, [1, 0, 0])),
        replace(right, kernel=fmpz_mat(3, 2, [0, 0, 0, 0, 1, 2])),
        replace(right, congruence=fmpz_mat(2, 3, [1, 0, 0, 1, 0, 0])),
        replace(right, congruence=fmpz_mat(3, 3)),
        InertiaCertificate(fmpz_mat(3, 2, [0, 0, 0, 0, 1, 2]), fmpz_mat(1, 3, [1, 0, 0])),
        InertiaCertificate(fmpz_mat(2, 1), fmpz_mat(1, 2)),
    ]
    for each in wrong:
        with pytest.raises(InstanceMismatchError):
            demand_inertia(matrix, each)
    with pytest.raises(InstanceMismatchError):
        demand_inertia(fmpq_mat([[0, 1], [0, 0]]), InertiaCertificate(fmpz_mat(2, 0), fmpz_mat([[1, 0], [0, 1]])))
