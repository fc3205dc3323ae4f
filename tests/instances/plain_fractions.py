"""Straightforward linear algebra and networks over Python fractions, independent of the package."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

Row = list[Fraction]


def fraction(value: fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def solve_normal_equations(rows: list[Row], targets: Row) -> tuple[Row, int]:
    """Return a minimiser of |A w - y| and the rank of A, by Gauss-Jordan elimination on A^T A w = A^T y."""
    n = len(rows[0])
    system = [
        [sum((r[i] * r[j] for r in rows), Fraction(0)) for j in range(n)]
        + [sum((r[i] * y for r, y in zip(rows, targets, strict=True)), Fraction(0))]
        for i in range(n)
    ]
    pivots: list[int] = []
    for column in range(n):
        rank = len(pivots)
        chosen = next((i for i in range(rank, n) if system[i][column] != 0), None)
        if chosen is None:
            continue
        system[rank], system[chosen] = system[chosen], system[rank]
        pivot = system[rank][column]
        system[rank] = [entry / pivot for entry in system[rank]]
        for i in range(n):
            if i != rank and system[i][column] != 0:
                factor = system[i][column]
                system[i] = [a - factor * b for a, b in zip(system[i], system[rank], strict=True)]
        pivots.append(column)
    weights = [Fraction(0)] * n
    for rank, column in enumerate(pivots):
        weights[column] = system[rank][n]
    return weights, len(pivots)


def residual_norm(rows: list[Row], weights: Row, targets: Row) -> Fraction:
    values = [sum((a * w for a, w in zip(row, weights, strict=True)), Fraction(0)) for row in rows]
    return sum(((value - y) ** 2 for value, y in zip(values, targets, strict=True)), Fraction(0))


def network_risk(
    parameters: tuple[list[Row], Row, Row, Fraction], slopes: tuple[Fraction, Fraction], inputs: list[Row], targets: Row
) -> Fraction:
    """Return 1/2 sum (W2 h(W1 x + b1) + b2 - y)^2."""
    first, biases, second, last = parameters
    total = Fraction(0)
    for x, y in zip(inputs, targets, strict=True):
        output = last
        for row, bias, weight in zip(first, biases, second, strict=True):
            t = bias + sum((a * b for a, b in zip(row, x, strict=True)), Fraction(0))
            output += weight * t * (slopes[0] if t >= 0 else slopes[1])
        total += (output - y) ** 2
    return total / 2
