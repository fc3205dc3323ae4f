"""An exact rational simplex method (Bland's rule): small linear programs, no floating point."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

__all__ = ["minimize"]

Row = list[fmpq]
ZERO = fmpq(0)


def minimize(costs: Sequence[fmpq], rows: Sequence[Sequence[fmpq]], right: Sequence[fmpq]) -> list[fmpq] | None:
    """x >= 0 with ``rows`` x = ``right`` that minimises costs . x; None if there is none or the minimum is -infinity."""
    count, size = len(costs), len(rows)
    table = [[fmpq(v) for v in row] + [ZERO] * size + [b] for row, b in zip(rows, right, strict=True)]
    for position, row in enumerate(table):
        if row[-1] < 0:
            table[position] = row = [-v for v in row]
        row[count + position] = fmpq(1)
    basis = list(range(count, count + size))
    phase_one = [ZERO] * count + [fmpq(1)] * size
    if not _optimize(table, basis, phase_one, count + size):
        return None
    if any(table[i][-1] != 0 for i, b in enumerate(basis) if b >= count):
        return None
    _drive_out(table, basis, count)
    if not _optimize(table, basis, [*costs, *([ZERO] * size)], count):
        return None
    solution = [ZERO] * count
    for i, b in enumerate(basis):
        if b < count:
            solution[b] = table[i][-1]
    return solution


def _drive_out(table: list[Row], basis: list[int], count: int) -> None:
    """Replace artificial basic variables (of value 0) by real ones where possible; drop redundant rows."""
    for i in reversed(range(len(basis))):
        if basis[i] < count:
            continue
        column = next((j for j in range(count) if table[i][j] != 0), None)
        if column is None:
            del table[i], basis[i]
        else:
            _pivot(table, basis, i, column)


def _pivot(table: list[Row], basis: list[int], row: int, column: int) -> None:
    scale = 1 / table[row][column]
    pivot = [v * scale for v in table[row]]
    table[row] = pivot
    for i, other in enumerate(table):
        factor = other[column]
        if i != row and factor != 0:
            table[i] = [v - factor * p if p != 0 else v for v, p in zip(other, pivot, strict=True)]
    basis[row] = column


def _optimize(table: list[Row], basis: list[int], costs: Sequence[fmpq], columns: int) -> bool:
    """Run the method; False if the objective is unbounded below."""
    while True:
        prices = [costs[b] for b in basis]
        entering = None
        for j in range(columns):
            reduced = costs[j] - sum((p * row[j] for p, row in zip(prices, table, strict=True) if p != 0), ZERO)
            if reduced < 0:
                entering = j
                break
        if entering is None:
            return True
        best: tuple[fmpq, int, int] | None = None
        for i, row in enumerate(table):
            if row[entering] > 0:
                ratio = row[-1] / row[entering]
                if best is None or (ratio, basis[i]) < best[:2]:
                    best = (ratio, basis[i], i)
        if best is None:
            return False
        _pivot(table, basis, best[2], entering)
