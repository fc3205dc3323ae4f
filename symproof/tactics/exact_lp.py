"""Exact linear programming: the simplex method over the rationals with Bland's rule, which cannot cycle."""

from __future__ import annotations

import math
import time
from collections.abc import Sequence

from flint import fmpq

__all__ = ["maximize"]

MAX_PIVOTS = 2_000

Row = list[fmpq]


def maximize(
    matrix: Sequence[Sequence[fmpq]],
    right: Sequence[fmpq],
    objective: Sequence[fmpq],
    deadline: float = math.inf,
) -> list[fmpq] | None:
    """A point x >= 0 with ``matrix`` x = ``right`` and ``objective`` x as large as possible.

    None if there is no such point, if the objective is unbounded, or if the search takes too many steps or lasts beyond
    ``deadline`` (in seconds of ``time.monotonic``).
    """
    count = len(objective)
    rows = [_normalized([*row, b]) for row, b in zip(matrix, right, strict=True)]
    for i, row in enumerate(rows):
        row[count:count] = [fmpq(i == j) for j in range(len(rows))]
    basis = [count + i for i in range(len(rows))]
    phase = [fmpq(0)] * count + [fmpq(-1)] * len(rows)
    if not _improve(rows, basis, phase, count + len(rows), deadline):
        return None
    if any(rows[i][-1] != 0 for i, b in enumerate(basis) if b >= count):
        return None
    _drive_out(rows, basis, count)
    if not _improve(rows, basis, [*objective, *[fmpq(0)] * len(phase)], count, deadline):
        return None
    point = [fmpq(0)] * count
    for i, b in enumerate(basis):
        if b < count:
            point[b] = rows[i][-1]
    return point


def _normalized(row: Row) -> Row:
    return [-x for x in row] if row[-1] < 0 else list(row)


def _pivot(rows: list[Row], basis: list[int], i: int, j: int) -> None:
    scale = 1 / rows[i][j]
    rows[i] = [x * scale if x else x for x in rows[i]]
    pivot = rows[i]
    used = [k for k, x in enumerate(pivot) if x]
    for other, row in enumerate(rows):
        factor = row[j]
        if other != i and factor:
            for k in used:
                row[k] -= factor * pivot[k]
    basis[i] = j


def _improve(rows: list[Row], basis: list[int], objective: Sequence[fmpq], allowed: int, deadline: float) -> bool:
    """Pivot until the objective is optimal over the first ``allowed`` columns; False if unbounded or too long."""
    gains = [*objective, fmpq(0)]  # by how much the objective grows with each variable that is not in the basis
    for i, b in enumerate(basis):
        _subtract(gains, objective[b], rows[i])
    for _ in range(MAX_PIVOTS):
        if time.monotonic() > deadline:
            return False
        enter = next((j for j in range(allowed) if gains[j] > 0), None)
        if enter is None:
            return True
        ratios = [(row[-1] / row[enter], basis[i], i) for i, row in enumerate(rows) if row[enter] > 0]
        if not ratios:
            return False
        leave = min(ratios, key=lambda r: (r[0], r[1]))[2]
        _pivot(rows, basis, leave, enter)
        _subtract(gains, gains[enter], rows[leave])
    return False


def _subtract(row: Row, factor: fmpq, other: Row) -> None:
    if factor:
        for k, x in enumerate(other):
            if x:
                row[k] -= factor * x


def _drive_out(rows: list[Row], basis: list[int], count: int) -> None:
    """Remove artificial variables (all of value 0) from the basis, or the redundant rows that they stand for."""
    for i in reversed(range(len(rows))):
        if basis[i] >= count:
            j = next((j for j in range(count) if rows[i][j] != 0), None)
            if j is None:
                del rows[i], basis[i]
            else:
                _pivot(rows, basis, i, j)
