"""Search for positive definite matrices in an affine space: a barrier method in floats, then exact rounding.

The floats only suggest rational coordinates; whether the matrices are positive semidefinite is decided exactly.
"""

from __future__ import annotations

import math
import time
from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq, fmpq_mat

__all__ = ["affine_solutions", "positive_point", "weighted_squares"]

Matrix = list[list[float]]
Entries = list[tuple[int, int, float]]
MAX_DIRECTIONS = 60
MAX_NEWTON_STEPS = 100
TOLERANCES = (1e-3, 1e-5)
ROUNDINGS = (1, 2, 3, 4, 6, 8, 12, 16, 60, 256, 5040, 2**16, 2**24, 2**34, 2**44)


def affine_solutions(
    matrix: Sequence[Sequence[fmpq]], right: Sequence[fmpq], width: int
) -> tuple[list[fmpq], list[list[fmpq]]] | None:
    """A solution of a linear system and a basis of the solutions of the homogeneous one; None if unsolvable."""
    entries = [x for row, b in zip(matrix, right, strict=True) for x in (*row, b)]
    reduced, rank = fmpq_mat(len(matrix), width + 1, entries).rref()
    pivots: list[int] = []
    for i in range(rank):
        pivots.append(next(j for j in range(width + 1) if reduced[i, j] != 0))
    if width in pivots:
        return None
    solution = [fmpq(0)] * width
    for i, j in enumerate(pivots):
        solution[j] = reduced[i, width]
    basis = []
    for free in sorted(set(range(width)) - set(pivots)):
        direction = [fmpq(0)] * width
        direction[free] = fmpq(1)
        for i, j in enumerate(pivots):
            direction[j] = -reduced[i, free]
        basis.append(direction)
    return solution, basis


def weighted_squares(q: Sequence[Sequence[fmpq]]) -> list[tuple[fmpq, list[fmpq]]] | None:
    """Weights d > 0 and linear forms with q = sum d form^2, by exact elimination; None if q is not semidefinite."""
    rest = [list(row) for row in q]
    size, result = len(rest), []
    for i in range(size):
        pivot = rest[i][i]
        if pivot < 0 or (pivot == 0 and any(rest[i][j] != 0 for j in range(size))):
            return None
        if pivot == 0:
            continue
        form = [rest[i][j] / pivot for j in range(size)]
        for j in range(size):
            for k in range(size):
                rest[j][k] -= pivot * form[j] * form[k]
        result.append((pivot, form))
    return result


def positive_point(
    base: Sequence[Sequence[Sequence[fmpq]]],
    directions: Sequence[Sequence[Sequence[Sequence[fmpq]]]],
    deadline: float = math.inf,
) -> list[fmpq] | None:
    """Coefficients y such that all blocks of base + sum y_k directions_k are semidefinite (exactly), or None.

    The search ends at ``deadline`` (in seconds of ``time.monotonic``).
    """
    if not directions:
        return [] if all(weighted_squares(q) is not None for q in base) else None
    if len(directions) > MAX_DIRECTIONS:
        return None
    floats = [[[float(Fraction(int(x.p), int(x.q))) for x in row] for row in q] for q in base]
    moves = [[_entries(q) for q in d] for d in directions]
    found = _interior(floats, moves, deadline)
    if found is None or not all(map(math.isfinite, found[0])):
        return None
    y, least = found
    if least > 0:
        return _rounded(base, directions, y, [fmpq(0)] * len(y), _units(len(y)))
    for tolerance in TOLERANCES:  # no interior: the matrices may be singular where they are semidefinite
        face = _face(base, directions, [_float_combined(floats, moves, y, b) for b in range(len(base))], tolerance)
        exact = _rounded(base, directions, y, *face) if face is not None else None
        if exact is not None:
            return exact
    return None


def _units(size: int) -> list[list[fmpq]]:
    return [[fmpq(i == j) for j in range(size)] for i in range(size)]


def _rounded(base, directions, y, start, free) -> list[fmpq] | None:  # type: ignore[no-untyped-def]
    """A point of start + span(free) near y where all matrices are semidefinite.

    The last entry that is not 0 of a vector in ``free`` is 1, and the others and ``start`` are 0 there.
    """
    places = [max(k for k, x in enumerate(v) if x != 0) for v in free]
    for denominator in ROUNDINGS:
        exact = list(start)
        for v, k in zip(free, places, strict=True):
            value = fmpq(round(y[k] * denominator), denominator)
            exact = [a + value * x if x else a for a, x in zip(exact, v, strict=True)]
        if all(weighted_squares(_combined(base, directions, exact, b)) is not None for b in range(len(base))):
            return exact
        if not free:
            break
    return None


def _face(base, directions, matrices: list[Matrix], tolerance: float):  # type: ignore[no-untyped-def]
    """The coordinates for which the matrices annul what the given ones nearly do, if that has rational coordinates."""
    rows, right = [], []
    for b, matrix in enumerate(matrices):
        for vector in _kernel(matrix, tolerance):
            v = [fmpq(f.numerator, f.denominator) for f in (Fraction(x).limit_denominator(60) for x in vector)]
            for i in range(len(v)):
                rows.append([sum((d[b][i][j] * x for j, x in enumerate(v) if x), start=fmpq(0)) for d in directions])
                right.append(-sum((base[b][i][j] * x for j, x in enumerate(v) if x), start=fmpq(0)))
    return affine_solutions(rows, right, len(directions)) if rows else None


def _kernel(matrix: Matrix, tolerance: float) -> list[list[float]]:
    """Vectors that a semidefinite matrix nearly annuls, in reduced form, by elimination with diagonal pivots."""
    rest, size = [list(row) for row in matrix], len(matrix)
    largest = max(rest[i][i] for i in range(size))
    pivots: list[int] = []
    while len(pivots) < size:
        k = max((i for i in range(size) if i not in pivots), key=lambda i: rest[i][i])
        if rest[k][k] <= tolerance * largest:
            break
        pivots.append(k)
        row = [x / rest[k][k] for x in rest[k]]
        for i in range(size):
            factor = rest[i][k]
            rest[i] = row if i == k else [x - factor * z for x, z in zip(rest[i], row, strict=True)]
    free = [j for j in range(size) if j not in pivots]
    return [[float(i == j) if i not in pivots else -rest[i][j] for i in range(size)] for j in free]


def _combined(base, directions, y, block):  # type: ignore[no-untyped-def]
    size = range(len(base[block]))
    return [
        [
            base[block][i][j]
            + sum((v * d[block][i][j] for v, d in zip(y, directions, strict=True) if v), start=fmpq(0))
            for j in size
        ]
        for i in size
    ]


# The barrier method -------------------------------------------------------------------------------------------------


def _entries(q: Sequence[Sequence[fmpq]]) -> Entries:
    """The entries of a matrix that are not 0."""
    return [(i, j, float(Fraction(int(x.p), int(x.q)))) for i, row in enumerate(q) for j, x in enumerate(row) if x != 0]


def _interior(base: list[Matrix], moves: list[list[Entries]], deadline: float) -> tuple[list[float], float] | None:
    """Maximise t over base + sum y moves - t I > 0: (y, t) for the first good positive t, or for the largest t."""
    count, rank = len(moves), sum(map(len, base))
    identity = [[(i, i, -1.0) for i in range(len(q))] for q in base]
    steps = [*moves, identity]
    start = min(q[i][i] - sum(abs(x) for j, x in enumerate(q[i]) if j != i) for q in base for i in range(len(q)))
    point = [0.0] * count + [start - 1.0]
    weight = 1.0
    for _ in range(MAX_NEWTON_STEPS):
        found = _newton(base, steps, point, weight) if time.monotonic() < deadline else None
        if found is None:
            return None
        point, decrement = found
        if point[-1] > 1e-7 and decrement < 1.0:
            return _centered(base, moves, point[:-1]), point[-1]
        if decrement < 0.1:
            if weight > 1e9 or point[-1] + 2 * rank / weight < 0:
                break
            weight *= 8.0
    return (point[:-1], 0.0) if point[-1] > -1e-5 else None


def _centered(base: list[Matrix], moves: list[list[Entries]], y: list[float]) -> list[float]:
    """A few steps towards the analytic centre, where rounding is safest."""
    for _ in range(12):
        found = _newton(base, moves, y, 0.0)
        if found is None:
            return y
        y, decrement = found
        if decrement < 1e-3 or max(map(abs, y), default=0.0) > 1e6:
            break
    return y


def _newton(
    base: list[Matrix], moves: list[list[Entries]], point: list[float], weight: float
) -> tuple[list[float], float] | None:
    """One damped Newton step for weight * last coordinate + sum log det, and the Newton decrement."""
    count = len(point)
    gradient = [0.0] * count
    hessian = [[0.0] * count for _ in range(count)]
    for b in range(len(base)):
        inverse = _inverse(_float_combined(base, moves, point, b))
        if inverse is None:
            return None
        used = [k for k in range(count) if moves[k][b]]
        for place, k in enumerate(used):
            gradient[k] += sum(v * inverse[j][i] for i, j, v in moves[k][b])
            turned = _turned(inverse, moves[k][b])
            for m in used[: place + 1]:
                value = sum([v * turned[j][i] for i, j, v in moves[m][b]])
                hessian[k][m] += value
                if m != k:
                    hessian[m][k] += value
    gradient[-1] += weight
    for k in range(count):
        hessian[k][k] += 1e-12 * (1.0 + hessian[k][k])
    step = _solve(hessian, gradient)
    if step is None:
        return None
    decrement = math.sqrt(max(0.0, sum(a * b for a, b in zip(step, gradient, strict=True))))
    length = 1.0 if decrement < 0.25 else 1.0 / (1.0 + decrement)
    for _ in range(30):
        moved = [p + length * s for p, s in zip(point, step, strict=True)]
        if all(_inverse(_float_combined(base, moves, moved, b)) is not None for b in range(len(base))):
            return moved, decrement
        length /= 2.0
    return None


def _float_combined(base: list[Matrix], moves: list[list[Entries]], point: list[float], b: int) -> Matrix:
    result = [list(row) for row in base[b]]
    for value, move in zip(point, moves, strict=True):
        if value:
            for i, j, x in move[b]:
                result[i][j] += value * x
    return result


def _turned(q: Matrix, entries: Entries) -> Matrix:
    """The product q m q of a symmetric matrix and one that is given by its entries."""
    half = [[0.0] * len(q) for _ in q]  # m q
    for i, j, v in entries:
        half[i] = [x + v * z for x, z in zip(half[i], q[j], strict=True)]
    rows = [(i, row) for i, row in enumerate(half) if any(row)]
    result = []
    for line in q:
        total = [0.0] * len(q)
        for i, row in rows:
            factor = line[i]
            total = [x + factor * z for x, z in zip(total, row, strict=True)]
        result.append(total)
    return result


def _inverse(q: Matrix) -> Matrix | None:
    """The inverse of a symmetric matrix by Cholesky factors; None if it is not positive definite."""
    n = len(q)
    lower = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = q[i][j] - sum(lower[i][k] * lower[j][k] for k in range(j))
            if i == j:
                if not rest > 1e-14:
                    return None
                lower[i][i] = math.sqrt(rest)
            else:
                lower[i][j] = rest / lower[j][j]
    flat = [[0.0] * n for _ in range(n)]
    for c in range(n):
        for i in range(c, n):
            rest = float(i == c) - sum(lower[i][k] * flat[k][c] for k in range(c, i))
            flat[i][c] = rest / lower[i][i]
    return [[sum(flat[k][i] * flat[k][j] for k in range(max(i, j), n)) for j in range(n)] for i in range(n)]


def _solve(a: Matrix, b: list[float]) -> list[float] | None:
    n = len(b)
    rows = [[*row, value] for row, value in zip(a, b, strict=True)]
    for i in range(n):
        p = max(range(i, n), key=lambda k: abs(rows[k][i]))
        if abs(rows[p][i]) < 1e-280:
            return None
        rows[i], rows[p] = rows[p], rows[i]
        for k in range(i + 1, n):
            factor = rows[k][i] / rows[i][i]
            if factor:
                rows[k][i:] = [x - factor * z for x, z in zip(rows[k][i:], rows[i][i:], strict=True)]
    result = [0.0] * n
    for i in reversed(range(n)):
        result[i] = (rows[i][n] - sum(rows[i][j] * result[j] for j in range(i + 1, n))) / rows[i][i]
    return result
