"""Inputs have weights of definite second moment, or lie on a convex quadric: what is found is checked anew here."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symproof.instances.quadric_direction import (
    ConvexQuadric,
    Definite,
    NotDefinite,
    find_direction,
    weights_direction,
)

Rows = list[list[fmpq]]


def rows_of(rows: Sequence[Sequence[object]]) -> Rows:
    fractions = [[Fraction(str(x)) for x in row] for row in rows]
    return [[fmpq(x.numerator, x.denominator) for x in row] for row in fractions]


def moment(rows: Rows, weights: Sequence[fmpq], j: int, k: int) -> fmpq:
    return sum((r * row[j] * row[k] for r, row in zip(weights, rows, strict=True)), fmpq(0))


def squares(found: Definite | ConvexQuadric, j: int, k: int) -> fmpq:
    assert all(p > 0 for p, _ in found.squares)
    return sum((p * g[j] * g[k] for p, g in found.squares), fmpq(0))


def check_definite(rows: Rows, found: Definite) -> None:
    """The sums are 0, mu > 0, and S - mu G is a sum of squares."""
    weights, size = found.weights, range(len(rows[0]))
    assert sum(weights, fmpq(0)) == 0 and found.mu > 0
    assert all(sum((r * row[j] for r, row in zip(weights, rows, strict=True)), fmpq(0)) == 0 for j in size)
    for j in size:
        for k in size:
            scatter = sum(((row[j] - rows[0][j]) * (row[k] - rows[0][k]) for row in rows), fmpq(0))
            assert found.moment[j][k] == moment(rows, weights, j, k)
            assert found.moment[j][k] - found.mu * scatter == squares(found, j, k)


def check_quadric(rows: Rows, found: ConvexQuadric) -> None:
    """All inputs lie on it, Q is a sum of squares, and one of them is not the same at all inputs."""
    size = range(len(rows[0]))
    assert all(found.matrix[j][k] == squares(found, j, k) for j in size for k in size)
    for row in rows:
        left = sum((row[j] * found.matrix[j][k] * row[k] for j in size for k in size), fmpq(0))
        assert left == sum((a * x for a, x in zip(found.linear, row, strict=True)), found.constant)
    projected = [[sum((g[j] * row[j] for j in size), fmpq(0)) for row in rows] for _, g in found.squares]
    assert any(len(set(values)) > 1 for values in projected)


def test_triangle_and_centroid() -> None:
    found = find_direction(rows_of([[0, 0], [1, 0], [0, 1], ["1/3", "1/3"]]))
    assert isinstance(found, Definite)
    assert found.weights == tuple(fmpq(k, 3) for k in (1, 1, 1, -3)) and found.mu == fmpq(1, 11)
    assert found.moment == [[fmpq(2, 9), fmpq(-1, 9)], [fmpq(-1, 9), fmpq(2, 9)]]


@pytest.mark.parametrize("size", [1, 2, 3, 4])
def test_the_corners_of_a_cube_lie_on_a_sphere(size: int) -> None:
    """|x|^2 = sum x_k."""
    rows = rows_of([[i >> k & 1 for k in range(size)] for i in range(2**size)])
    found = find_direction(rows)
    assert isinstance(found, ConvexQuadric) and found.constant == 0
    assert found.matrix == [[fmpq(int(j == k)) for k in range(size)] for j in range(size)]
    assert found.linear == (fmpq(1),) * size


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        ([[0], [1], [2]], Definite),
        ([[0], [0], [1], [1], [2]], Definite),
        ([[0], [1], [1], [0]], ConvexQuadric),
        ([[0, 0], [1, 2], [3, 6]], Definite),
        ([[0, 0], [1, 2]], ConvexQuadric),
        ([[0, 0], [1, 2], [1, 2]], ConvexQuadric),
        ([[0, k] for k in range(4)] + [[1, k] for k in range(5)], ConvexQuadric),
        ([[k, k * k] for k in range(-3, 4)], ConvexQuadric),
        ([[k, k * k] for k in range(-3, 4)] + [[0, 9]], Definite),
        ([[0, 0], [0, 2], [2, 0], [2, 2], [1, 1]], Definite),
        ([[a, b, k] for a in (0, 1) for b in (0, 1) for k in range(3)], ConvexQuadric),
        ([[a, b, a + b] for a in range(3) for b in range(3)], Definite),
        ([[1000, 0], [1001, 0], [1000, "1/1000"], ["1000.33", "1/3000"]], Definite),
    ],
    ids=["line", "repeated", "two values", "collinear", "two points", "a point twice", "two lines", "parabola",
         "parabola and a point above", "square and centre", "prism of lines", "plane", "badly scaled"],
)  # fmt: skip
def test_known_inputs(rows: list[list[object]], kind: type) -> None:
    exact = rows_of(rows)
    found = find_direction(exact)
    assert isinstance(found, kind)
    if isinstance(found, Definite):
        check_definite(exact, found)
    else:
        check_quadric(exact, found)


def test_a_point_outside_a_parabola_leaves_it_open_which_way_the_moment_bends() -> None:
    """(3, 0) lies below the parabola x_2 = x_1^2: a hyperbola or a convex quadric; whatever is found is one."""
    exact = rows_of([[k, k * k] for k in range(-3, 4)] + [[3, 0]])
    found = find_direction(exact)
    assert isinstance(found, Definite)
    check_definite(exact, found)


@pytest.mark.parametrize(
    ("weights", "reason"),
    [
        ([1, 1, 1, -2], "sum r_i = 1"),
        ([1, -1, 0, 0], "sum r_i x_i is not 0"),
        ([-1, -1, -1, 3], "S is not positive definite"),
        ([0, 0, 0, 0], "S is not positive definite"),
    ],
)
def test_weights_that_will_not_do(weights: list[int], reason: str) -> None:
    rows = rows_of([[0, 0], [1, 0], [0, 1], ["1/3", "1/3"]])
    found = weights_direction(rows, [fmpq(k) for k in weights])
    assert isinstance(found, NotDefinite) and reason in found.reason


def test_the_witness_against_indefinite_weights() -> None:
    """Exclusive or: the direction in which the second moment is negative or 0."""
    rows, weights = rows_of([[0, 0], [0, 1], [1, 0], [1, 1]]), [fmpq(k, 2) for k in (1, -1, -1, 1)]
    found = weights_direction(rows, weights)
    assert isinstance(found, NotDefinite)
    w = [fmpq(Fraction(x).numerator, Fraction(x).denominator) for x in found.witness["w"]]  # type: ignore[attr-defined]
    assert any(w)
    assert sum((a * moment(rows, weights, j, k) * b for j, a in enumerate(w) for k, b in enumerate(w)), fmpq(0)) <= 0


def test_weights_that_are_multiples_will_do_as_well() -> None:
    rows = rows_of([[0, 0], [1, 0], [0, 1], ["1/3", "1/3"]])
    found = weights_direction(rows, [fmpq(5 * k, 7) for k in (1, 1, 1, -3)])
    assert isinstance(found, Definite) and found.mu == fmpq(15, 77)
    check_definite(rows, found)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(1, 3).flatmap(
        lambda d: st.lists(st.lists(st.integers(-4, 4), min_size=d, max_size=d), min_size=2, max_size=12)
    )
)
def test_one_of_the_two_cases_is_found_and_holds(rows: list[list[int]]) -> None:
    """Never both: by the theorem, and since each answer is checked here."""
    assume(any(row != rows[0] for row in rows))
    exact = rows_of(rows)
    found = find_direction(exact)
    if isinstance(found, Definite):
        check_definite(exact, found)
    elif isinstance(found, ConvexQuadric):
        check_quadric(exact, found)
