"""Which of two cases inputs are in: weights of definite second moment, or a convex quadric through all of them.

For weights r with sum r_i = 0 and sum r_i x_i = 0 let S = sum r_i x_i x_i^T, and let the scatter be
G = sum (x_i - x_1)(x_i - x_1)^T. Floats may suggest r, mu or Q; whether S - mu G is positive semidefinite with mu > 0,
and whether Q is and the quadric holds all inputs, is decided exactly.

The search looks at r = the residuals of the affine regression of a quadratic form q(x_i). Their second moments are all
there are, and S = M q for the Gram matrix M of the residuals of the products of two coordinates; the quadrics through
all inputs are the kernel of M.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mat

from symproof.instances.quadratic_form import (
    ZERO,
    Matrix,
    definite_combination,
    entries_of,
    not_positive,
    plus_multiple,
    restricted,
    semidefinite_combination,
    symmetric,
    value_of,
)
from symproof.instances.simple_rational import simplest_between
from symproof.tactics.semidefinite import affine_solutions, weighted_squares

__all__ = ["ConvexQuadric", "Definite", "NotDefinite", "find_direction", "second_moment", "weights_direction"]

Rows = Sequence[Sequence[fmpq]]
Squares = list[tuple[fmpq, list[fmpq]]]
BISECTIONS = 24
SHORT_BITS = 16
DENOMINATORS = (12, 60, 1000, 10**5, 10**8)
NEARLY = fmpq(3, 4)
MOST_PRODUCTS = 120
"""For more products of two coordinates nothing is searched for."""


@dataclass(frozen=True)
class Definite:
    """Weights whose second moment is positive definite on the differences of the inputs.

    Attributes:
        weights: r.
        moment: S, by rows.
        mu: positive, with S - mu G positive semidefinite.
        squares: pairs p, g with S - mu G = sum p g g^T and p > 0.
    """

    weights: tuple[fmpq, ...]
    moment: Matrix
    mu: fmpq
    squares: Squares


@dataclass(frozen=True)
class NotDefinite:
    """Weights that are none, with the reason.

    Attributes:
        reason: in words.
        witness: numbers that show it: the sum that is not 0, or a direction w with w^T S w <= 0.
    """

    reason: str
    witness: Mapping[str, object]


@dataclass(frozen=True)
class ConvexQuadric:
    """A quadric x^T Q x = a.x + b through all inputs, with Q positive semidefinite and not 0 on their differences.

    Attributes:
        matrix: Q, by rows.
        linear: a.
        constant: b.
        squares: pairs p, g with Q = sum p g g^T and p > 0.
    """

    matrix: Matrix
    linear: tuple[fmpq, ...]
    constant: fmpq
    squares: Squares


def second_moment(rows: Rows, weights: Sequence[fmpq]) -> Matrix:
    """S = sum r_i x_i x_i^T."""
    count, size = len(rows), len(rows[0])
    inputs = fmpq_mat(count, size, [x for row in rows for x in row])
    scaled = fmpq_mat(count, size, [r * x for r, row in zip(weights, rows, strict=True) for x in row])
    return entries_of(inputs.transpose() * scaled)


def weights_direction(rows: Rows, weights: Sequence[fmpq]) -> Definite | NotDefinite:
    """Decide whether given weights are such weights.

    Args:
        rows: the inputs.
        weights: r, one for each.
    """
    total = sum(weights, ZERO)
    if total != 0:
        return NotDefinite(f"sum r_i = {total}", {"sum": str(total)})
    moments = [sum((r * row[j] for r, row in zip(weights, rows, strict=True)), ZERO) for j in range(len(rows[0]))]
    if any(moments):
        return NotDefinite("sum r_i x_i is not 0", {"sum of r_i x_i": [str(each) for each in moments]})
    moment, differences = second_moment(rows, weights), _differences(rows)
    kept = _independent(differences)
    against = not_positive(restricted(moment, kept))
    if against is not None:
        direction = [ZERO] * len(rows[0])
        for j, value in zip(kept, against, strict=True):
            direction[j] = value
        value = value_of(moment, direction)
        witness = {"w": [str(each) for each in direction], "w^T S w": str(value)}
        return NotDefinite("S is not positive definite on the differences of the inputs", witness)
    scatter = _scatter(differences)
    mu = _largest_mu(restricted(moment, kept), restricted(scatter, kept))
    squares = weighted_squares(plus_multiple(moment, scatter, -mu))
    if squares is None:
        raise ArithmeticError("a matrix is semidefinite on independent coordinates, and not on all")
    return Definite(tuple(weights), moment, mu, squares)


def find_direction(rows: Rows) -> Definite | ConvexQuadric | None:
    """Find out which case the inputs are in; None if neither is found. They are not all equal."""
    size = len(rows[0])
    sphere = _through(rows, list(range(size)), [[fmpq(int(i == j)) for j in range(size)] for i in range(size)])
    if sphere is not None:
        return sphere
    differences = _differences(rows)
    kept = _independent(differences)
    pairs = list(combinations_with_replacement(range(len(kept)), 2))
    if not kept or len(pairs) > MOST_PRODUCTS:
        return None
    points = [[row[j] for j in kept] for row in differences]
    residuals = _residuals(points, [[z[a] * z[b] for a, b in pairs] for z in points])
    gram = residuals.transpose() * residuals
    reduced, rank = gram.rref()
    pivots = [next(j for j in range(len(pairs)) if reduced[i, j] != 0) for i in range(rank)]
    wanted = [sum((z[a] * z[b] for z in points), ZERO) for a, b in pairs]
    found = _coefficients(gram, rank, pivots, pairs, wanted, len(kept))
    if found is not None:
        weights = residuals * fmpq_mat(len(pairs), 1, found)
        values = [weights[i, 0] for i in range(len(rows))]
        largest = max(map(abs, values))
        direction = weights_direction(rows, [value / largest for value in values])
        if isinstance(direction, Definite):
            return _shortened(rows, kept, direction)
    _, kernel = affine_solutions(entries_of(gram), [ZERO] * len(pairs), len(pairs)) or ([], [])
    moments = [symmetric([gram[p, k] for p in range(len(pairs))], pairs, len(kept)) for k in pivots]
    unit = [
        [fmpq(int(i == j)) / sum((z[i] ** 2 for z in points), ZERO) for j in range(len(kept))] for i in range(len(kept))
    ]
    quadric = semidefinite_combination([_quadratic(each, pairs, len(kept)) for each in kernel], moments, unit)
    return None if quadric is None else _through(rows, kept, quadric)


def _coefficients(
    gram: fmpq_mat, rank: int, pivots: list[int], pairs: list[tuple[int, int]], wanted: list[fmpq], size: int
) -> list[fmpq] | None:
    """Coefficients q with M q - G positive semidefinite: M q = G where that can be solved."""
    solved = affine_solutions(entries_of(gram), wanted, len(pairs))
    if solved is not None:
        return solved[0]
    moments = [symmetric([gram[p, k] for p in range(len(pairs))], pairs, size) for k in pivots]
    found = definite_combination(moments, symmetric(wanted, pairs, size))
    if found is None:
        return None
    coefficients = [ZERO] * len(pairs)
    for k, value in zip(pivots, found, strict=True):
        coefficients[k] = value
    return coefficients


def _shortened(rows: Rows, kept: list[int], direction: Definite) -> Definite:
    """Weights with shorter numbers that are nearly as good; those of independent samples make the sums 0."""
    if max(int(each.q).bit_length() for each in direction.weights) <= SHORT_BITS:
        return direction
    columns = [[fmpq(1) for _ in rows], *([row[j] for row in rows] for j in kept)]
    reduced, rank = fmpq_mat(len(columns), len(rows), [x for column in columns for x in column]).rref()
    solving = [next(i for i in range(len(rows)) if reduced[k, i] != 0) for k in range(rank)]
    good = direction.mu / max(map(abs, direction.weights)) * NEARLY
    for denominator in DENOMINATORS:
        rounded = [fmpq((each * denominator + fmpq(1, 2)).floor(), denominator) for each in direction.weights]
        for i in solving:
            rounded[i] = ZERO
        right = [-sum((r * x for r, x in zip(rounded, column, strict=True)), ZERO) for column in columns]
        solved = affine_solutions([[column[i] for i in solving] for column in columns], right, len(solving))
        if solved is None:
            break
        for i, value in zip(solving, solved[0], strict=True):
            rounded[i] = value
        found = weights_direction(rows, rounded)
        if isinstance(found, Definite) and found.mu / max(map(abs, rounded)) >= good:
            return found
    return direction


# Quadrics ------------------------------------------------------------------------------------------------------------


def _through(rows: Rows, kept: list[int], quadric: Matrix) -> ConvexQuadric | None:
    """The quadric with the matrix Q in the kept coordinates, checked exactly on all inputs."""
    size = len(rows[0])
    matrix = [[ZERO] * size for _ in range(size)]
    for a, j in enumerate(kept):
        for b, k in enumerate(kept):
            matrix[j][k] = quadric[a][b]
    values = [value_of(matrix, row) for row in rows]
    solved = affine_solutions([[*row, fmpq(1)] for row in rows], values, size + 1)
    squares = weighted_squares(matrix)
    if solved is None or squares is None:
        return None
    linear, constant = tuple(solved[0][:size]), solved[0][size]
    affine = [sum((a * x for a, x in zip(linear, row, strict=True)), constant) for row in rows]
    holds = [value_of(matrix, row) for row in rows] == affine
    turns = any(value_of(matrix, difference) != 0 for difference in _differences(rows))
    return ConvexQuadric(matrix, linear, constant, squares) if holds and turns else None


# Matrices ------------------------------------------------------------------------------------------------------------


def _differences(rows: Rows) -> Matrix:
    """x_i - x_1 for all i."""
    return [[x - first for x, first in zip(row, rows[0], strict=True)] for row in rows]


def _independent(differences: Rows) -> list[int]:
    """Features that determine the others on the differences, as few as there can be."""
    count, size = len(differences), len(differences[0])
    reduced, rank = fmpq_mat(count, size, [x for row in differences for x in row]).rref()
    return [next(j for j in range(size) if reduced[i, j] != 0) for i in range(rank)]


def _residuals(points: Rows, products: Rows) -> fmpq_mat:
    """What is left of the columns of products after their affine regression on the points."""
    count, width = len(points), len(products[0])
    affine = fmpq_mat(count, len(points[0]) + 1, [x for z in points for x in (fmpq(1), *z)])
    columns = fmpq_mat(count, width, [x for row in products for x in row])
    across = affine.transpose()
    return columns - affine * (across * affine).solve(across * columns)


def _scatter(differences: Rows) -> Matrix:
    matrix = fmpq_mat(len(differences), len(differences[0]), [x for row in differences for x in row])
    return entries_of(matrix.transpose() * matrix)


def _largest_mu(moment: Matrix, scatter: Matrix) -> fmpq:
    """A positive mu with S - mu G semidefinite, close to the largest one, and that one if it is short; 1 if G = 0."""
    if not scatter:
        return fmpq(1)
    high = min(moment[i][i] / scatter[i][i] for i in range(len(moment)))
    if weighted_squares(plus_multiple(moment, scatter, -high)) is not None:
        return high
    low = high
    while weighted_squares(plus_multiple(moment, scatter, -low)) is None:
        low, high = low / 2, low
    for _ in range(BISECTIONS):
        middle = simplest_between(low + (high - low) / 3, high - (high - low) / 3)
        inside = weighted_squares(plus_multiple(moment, scatter, -middle)) is not None
        low, high = (middle, high) if inside else (low, middle)
    return low


def _quadratic(entries: Sequence[fmpq], pairs: list[tuple[int, int]], size: int) -> Matrix:
    """The matrix of the quadratic form sum q_(a,b) z_a z_b over the pairs."""
    halves = [value if a == b else value / 2 for (a, b), value in zip(pairs, entries, strict=True)]
    return symmetric(halves, pairs, size)
