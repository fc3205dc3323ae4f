"""Symmetric rational matrices as quadratic forms: whether one is definite, and combinations that are.

Floats may suggest a combination; whether it is semidefinite is decided exactly, by elimination over the rationals.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq, fmpq_mat

from symproof.tactics.semidefinite import affine_solutions, positive_point, weighted_squares

__all__ = [
    "Matrix", "definite_combination", "entries_of", "not_positive", "plus_multiple", "restricted",
    "semidefinite_combination", "symmetric", "value_of",
]  # fmt: skip

Matrix = list[list[fmpq]]
"""The rows."""
ZERO = fmpq(0)
SMALL = (fmpq(1, 100), fmpq(1, 1000), fmpq(1, 100_000))
"""The smallest eigenvalues of a matrix that are looked for, compared with its trace."""


def not_positive(matrix: Matrix) -> list[fmpq] | None:
    """A vector w other than 0 with w^T S w <= 0; None if S is positive definite."""
    for size in range(1, len(matrix) + 1):
        before = size - 1
        vector = [ZERO] * len(matrix)
        vector[before] = fmpq(1)
        if before:
            corner = fmpq_mat(before, before, [matrix[i][j] for i in range(before) for j in range(before)])
            edge = fmpq_mat(before, 1, [matrix[i][before] for i in range(before)])
            solved = corner.solve(edge)
            for i in range(before):
                vector[i] = -solved[i, 0]
        if value_of(matrix, vector) <= 0:
            return vector
    return None


def definite_combination(matrices: list[Matrix], unit: Matrix) -> list[fmpq] | None:
    """Factors with which the sum of matrices is positive definite; None if none are found.

    Args:
        matrices: independent ones.
        unit: a positive definite matrix, of the size that is usual here.
    """
    if not matrices:
        return None
    if len(matrices) == 1:
        signs = [s for s in (fmpq(1), fmpq(-1)) if not_positive(_scaled(matrices[0], s)) is None]
        return signs or None
    # The sum less a small multiple of the unit is to be semidefinite, and its trace at most 1, so that it is bounded.
    steps = [fmpq(2) ** -_half_exponent(unit[j][j]) for j in range(len(unit))]
    scaled = [
        [[a * x * b for x, b in zip(row, steps, strict=True)] for a, row in zip(steps, m, strict=True)]
        for m in matrices
    ]
    sizes = [max(abs(x) for row in m for x in row) for m in scaled]
    scaled = [_scaled(m, 1 / size) for m, size in zip(scaled, sizes, strict=True)]
    shrunk = [[a * x * b for x, b in zip(row, steps, strict=True)] for a, row in zip(steps, unit, strict=True)]
    traces = [sum((m[j][j] for j in range(len(unit))), ZERO) for m in scaled]
    moves = [[m, [[-trace]]] for m, trace in zip(scaled, traces, strict=True)]
    for small in SMALL:
        found = positive_point([_scaled(shrunk, -small), [[fmpq(1)]]], moves)
        if found is not None:
            return [y / size for y, size in zip(found, sizes, strict=True)]
    return None


def semidefinite_combination(matrices: list[Matrix], orthogonal: list[Matrix], unit: Matrix) -> Matrix | None:
    """A combination of matrices that is positive semidefinite and not 0; None if none is found.

    Where none is definite, semidefinite matrices Q that are orthogonal to a semidefinite S have Q S = 0: they live in
    the kernel of S.

    Args:
        matrices: independent ones.
        orthogonal: matrices to which all of them are orthogonal, among which S is looked for.
        unit: a positive definite matrix, of the size that is usual here.
    """
    single = _one_semidefinite(matrices)
    if single is not None or not matrices:
        return single
    factors = definite_combination(matrices, unit)
    if factors is not None:
        return _sum(matrices, factors)
    singular = _one_semidefinite(orthogonal)
    if singular is None:
        return None
    face = _face(matrices, singular)
    size = len(singular)
    _, basis = affine_solutions(singular, [ZERO] * size, size) or ([], [])
    compressed = [[[_product(u, each, w) for w in basis] for u in basis] for each in face]
    ones = [[fmpq(int(i == j)) for j in range(len(basis))] for i in range(len(basis))]
    factors = definite_combination(compressed, ones)
    return _sum(face, factors) if factors is not None else _one_semidefinite(face)


def _one_semidefinite(matrices: list[Matrix]) -> Matrix | None:
    """One of some matrices, or its negative, that is positive semidefinite."""
    signed = [_scaled(each, sign) for each in matrices for sign in (fmpq(1), fmpq(-1))]
    return next((each for each in signed if weighted_squares(each) is not None), None)


def _face(matrices: list[Matrix], singular: Matrix) -> list[Matrix]:
    """A basis of the combinations Q of matrices with Q S = 0."""
    size = len(singular)
    products = [
        [sum((q[i][k] * singular[k][j] for k in range(size)), ZERO) for i in range(size) for j in range(size)]
        for q in matrices
    ]
    equations = [[product[e] for product in products] for e in range(size * size)]
    solved = affine_solutions(equations, [ZERO] * len(equations), len(matrices))
    return [_sum(matrices, each) for each in solved[1]] if solved is not None else []


def _half_exponent(value: fmpq) -> int:
    """The k with 4^k about a positive value."""
    return (int(value.p).bit_length() - int(value.q).bit_length()) // 2


def value_of(matrix: Matrix, vector: Sequence[fmpq]) -> fmpq:
    """The value w^T M w of the form."""
    return _product(vector, matrix, vector)


def _product(left: Sequence[fmpq], matrix: Matrix, right: Sequence[fmpq]) -> fmpq:
    return sum((a * m * b for a, row in zip(left, matrix, strict=True) for m, b in zip(row, right, strict=True)), ZERO)


def restricted(matrix: Matrix, kept: list[int]) -> Matrix:
    """The rows and columns that are kept."""
    return [[matrix[j][k] for k in kept] for j in kept]


def plus_multiple(one: Matrix, other: Matrix, factor: fmpq) -> Matrix:
    """One matrix plus a multiple of another."""
    return [[x + factor * y for x, y in zip(p, q, strict=True)] for p, q in zip(one, other, strict=True)]


def _scaled(matrix: Matrix, factor: fmpq) -> Matrix:
    return [[factor * x for x in row] for row in matrix]


def _sum(matrices: list[Matrix], factors: Sequence[fmpq]) -> Matrix:
    size = len(matrices[0])
    total = [[ZERO] * size for _ in range(size)]
    for matrix, factor in zip(matrices, factors, strict=True):
        total = plus_multiple(total, matrix, factor)
    return total


def symmetric(entries: Sequence[fmpq], pairs: list[tuple[int, int]], size: int) -> Matrix:
    """The symmetric matrix with the entries at the pairs."""
    matrix = [[ZERO] * size for _ in range(size)]
    for (a, b), value in zip(pairs, entries, strict=True):
        matrix[a][b] = matrix[b][a] = value
    return matrix


def entries_of(matrix: fmpq_mat) -> Matrix:
    """A matrix by rows."""
    return [[matrix[i, j] for j in range(matrix.ncols())] for i in range(matrix.nrows())]
