"""A stationary affine fit for a convex differentiable loss: exact where it is found, else enclosed.

Where the derivative of the loss is piecewise affine (squared loss, Huber loss), the fit solves a linear system over Q
once it is known which piece each sample is on; that it is stationary is checked exactly. Otherwise Newton's method
finds it and Krawczyk's test proves it; the second derivative may jump, its hull over a box serves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

import flint
from flint import arb, arb_mat, fmpq, fmpq_mat, fmpz_mat

from symproof.instances.dataset import Dataset
from symproof.instances.loss import Branch, Loss, affine_slope, at, branches, exact_at

__all__ = [
    "Number",
    "StationaryFit",
    "approximate_stationary_fit",
    "enclose_stationary_fit",
    "exact_stationary_fit",
    "rational_midpoint",
]

Number: TypeAlias = fmpq | arb
"""An exact number or a ball that holds it."""

_N = TypeVar("_N", fmpq, arb)

NEWTON_STEPS = 80
HALVINGS = 30
PATTERNS = 60
"""So many changes of the pieces that the samples are on are tried."""


@dataclass(frozen=True)
class StationaryFit:
    """Weights and intercept at which the gradient of w, c -> sum_i rho(w . x_i + c, y_i) is zero.

    Attributes:
        parameters: the weights, then the intercept.
        fitted: ybar_i = w . x_i + c.
        derivatives: r_i, the derivatives of the losses at ybar_i.
        risk: the risk.
        precision: the bits of the arithmetic; 0 if all numbers are exact.
        dependent: how many columns are combinations of others; their weights are 0.
    """

    parameters: tuple[Number, ...]
    fitted: tuple[Number, ...]
    derivatives: tuple[Number, ...]
    risk: Number
    precision: int
    dependent: int = 0

    @property
    def is_exact(self) -> bool:
        """Whether all numbers are rationals."""
        return self.precision == 0

    def rational(self) -> tuple[fmpq, ...]:
        """Rational parameters: the midpoints."""
        return tuple(map(rational_midpoint, self.parameters))


def rational_midpoint(value: Number) -> fmpq:
    """The number itself, or the midpoint of a ball."""
    return value.mid().fmpq() if isinstance(value, arb) else value


def independent_columns(dataset: Dataset) -> tuple[int, ...]:
    """Which of the columns x_1, ..., x_d, 1 (numbered 0 to d) to keep so that the others are combinations of them."""
    size = dataset.feature_count + 1
    products = dataset.table.products()
    gram = fmpz_mat(size, size, [products[k, j] for k in range(size) for j in range(size)])
    echelon, _, rank = gram.rref()
    pivots = [next(j for j in range(size) if echelon[row, j]) for row in range(rank)]
    return tuple(sorted((p - 1) % size for p in pivots))


def exact_stationary_fit(dataset: Dataset, loss: Loss, start: Sequence[fmpq]) -> StationaryFit | None:
    """A stationary affine fit in rationals; None if none was found from ``start`` (weights, intercept)."""
    kept = independent_columns(dataset)
    rows = _rows(dataset, kept)
    targets = dataset.targets
    pieces = [branches(loss, y) for y in targets]
    point = [start[k] for k in kept]
    fitted = [_dot(row, point) for row in rows]
    for _ in range(PATTERNS):
        pattern = [_piece_at(found, f) for found, f in zip(pieces, fitted, strict=True)]
        slopes = [affine_slope(loss, p.number, y) if p else None for p, y in zip(pattern, targets, strict=True)]
        solved = _solve_exactly(rows, slopes)
        if solved is None:
            return None
        fitted = [_dot(row, solved) for row in rows]
        if all(p is not None and _holds(p, f) for p, f in zip(pattern, fitted, strict=True)):
            return _exact_fit(dataset, loss, kept, solved, fitted)
    return None


def _exact_fit(
    dataset: Dataset, loss: Loss, kept: tuple[int, ...], point: Sequence[fmpq], fitted: Sequence[fmpq]
) -> StationaryFit | None:
    """The fit with its numbers, if all are exact and the gradient, computed anew for all columns, is 0."""
    pairs = list(zip(fitted, dataset.targets, strict=True))
    slopes = [exact_at(loss, "first", f, y) for f, y in pairs]
    values = [exact_at(loss, "value", f, y) for f, y in pairs]
    known = [s for s in slopes if s is not None]
    risks = [v for v in values if v is not None]
    if len(known) < len(slopes) or len(risks) < len(values):
        return None
    columns = zip(*_rows(dataset, range(dataset.feature_count + 1)), strict=True)
    if any(_dot(known, column) != 0 for column in columns):
        return None
    parameters = _expanded(point, kept, dataset.feature_count + 1, fmpq(0))
    dependent = dataset.feature_count + 1 - len(kept)
    return StationaryFit(parameters, tuple(fitted), tuple(known), sum(risks, fmpq(0)), 0, dependent)


def _rows(dataset: Dataset, kept: Sequence[int]) -> list[list[fmpq]]:
    return [[(*x, fmpq(1))[k] for k in kept] for x in dataset.features]


def _dot(a: Sequence[fmpq], b: Sequence[fmpq]) -> fmpq:
    return sum((p * q for p, q in zip(a, b, strict=True)), fmpq(0))


def _expanded(point: Sequence[_N], kept: Sequence[int], size: int, zero: _N) -> tuple[_N, ...]:
    """Parameters for all columns: 0 for those that are not kept."""
    found = dict(zip(kept, point, strict=True))
    return tuple(found.get(k, zero) for k in range(size))


def _piece_at(found: tuple[Branch, ...] | None, f: fmpq) -> Branch | None:
    return next((b for b in found or () if _holds(b, f)), None)


def _holds(branch: Branch, f: fmpq) -> bool:
    return (branch.low is None or bool(branch.low <= f)) and (branch.high is None or bool(f <= branch.high))


def _solve_exactly(rows: Sequence[Sequence[fmpq]], slopes: Sequence[tuple[fmpq, fmpq] | None]) -> list[fmpq] | None:
    """A solution p of sum_i (a_i row_i . p + b_i) row_i = 0, free coordinates 0; None if none is found."""
    known = [s for s in slopes if s is not None]
    if len(known) < len(slopes) or not rows:
        return None
    size = len(rows[0])
    entries = [[fmpq(0)] * (size + 1) for _ in range(size)]
    for row, (a, b) in zip(rows, known, strict=True):
        for k, entry in enumerate(row):
            if entry == 0:
                continue
            if a != 0:
                factor = a * entry
                for j in range(k, size):
                    entries[k][j] += factor * row[j]
            entries[k][size] -= b * entry
    for k in range(size):
        for j in range(k):
            entries[k][j] = entries[j][k]
    echelon, rank = fmpq_mat(entries).rref()
    solution = [fmpq(0)] * size
    for n in range(rank):
        pivot = next(j for j in range(size + 1) if echelon[n, j] != 0)
        if pivot == size:
            return None
        solution[pivot] = echelon[n, size]
    return solution


def approximate_stationary_fit(
    dataset: Dataset, loss: Loss, start: Sequence[fmpq], precision: int
) -> list[fmpq] | None:
    """Weights and intercept near a stationary affine fit, from which to look for an exact one; nothing is certain."""
    with flint.ctx.workprec(precision):
        problem = _Problem(dataset, loss, precision)
        point = problem.newton([arb(start[k]) for k in problem.kept])
    if point is None:
        return None
    middle = [rational_midpoint(p) for p in point]
    return list(_expanded(middle, problem.kept, dataset.feature_count + 1, fmpq(0)))


def enclose_stationary_fit(dataset: Dataset, loss: Loss, start: Sequence[fmpq], precision: int) -> StationaryFit | None:
    """A proved enclosure of a stationary affine fit; None if none was found from ``start`` (weights, intercept)."""
    with flint.ctx.workprec(precision):
        problem = _Problem(dataset, loss, precision)
        point = problem.newton([arb(start[k]) for k in problem.kept])
        return None if point is None else problem.krawczyk(point)


@dataclass
class _Problem:
    dataset: Dataset
    loss: Loss
    precision: int

    def __post_init__(self) -> None:
        self.kept = independent_columns(self.dataset)
        self.rows = [[arb(entry) for entry in row] for row in _rows(self.dataset, self.kept)]
        self.size = len(self.kept)

    def fitted(self, point: Sequence[arb]) -> list[arb]:
        return [sum((p * x for p, x in zip(point, row, strict=True)), arb(0)) for row in self.rows]

    def along(self, which: str, fitted: Sequence[arb]) -> list[arb] | None:
        """The losses or their derivatives at the outputs; None if one of them is not known."""
        found = [at(self.loss, which, f, y, self.precision) for f, y in zip(fitted, self.dataset.targets, strict=True)]
        return None if any(v is None for v in found) else [v for v in found if v is not None]

    def gradient(self, point: Sequence[arb]) -> arb_mat | None:
        slopes = self.along("first", self.fitted(point))
        if slopes is None:
            return None
        pairs = list(zip(slopes, self.rows, strict=True))
        return arb_mat(self.size, 1, [sum((r * row[k] for r, row in pairs), arb(0)) for k in range(self.size)])

    def hessian(self, point: Sequence[arb]) -> arb_mat | None:
        bends = self.along("second", self.fitted(point))
        if bends is None:
            return None
        entries = [
            sum((s * row[k] * row[j] for s, row in zip(bends, self.rows, strict=True)), arb(0))
            for k in range(self.size)
            for j in range(self.size)
        ]
        return arb_mat(self.size, self.size, entries)

    def risk(self, point: Sequence[arb]) -> arb | None:
        values = self.along("value", self.fitted(point))
        return None if values is None else sum(values, arb(0))

    def newton(self, point: list[arb]) -> list[arb] | None:
        """A point near a zero of the gradient, by damped steps; where it is, is not trusted."""
        for _ in range(NEWTON_STEPS):
            gradient, hessian, here = self.gradient(point), self.hessian(point), self.risk(point)
            if gradient is None or hessian is None or here is None:
                return None
            step = _solved(hessian, gradient)
            if step is None:
                step = _solved(hessian + _identity(self.size) * (arb(1) / 1024), gradient)
            if step is None:
                return None
            entries = [e.mid() for e in step.entries()]
            size = 1.0
            for _ in range(HALVINGS):
                moved = [(p - size * e).mid() for p, e in zip(point, entries, strict=True)]
                there = self.risk(moved)
                if there is not None and not there.mid() > here.mid():
                    break
                size /= 2
            else:
                return point
            point = moved
            if all(abs(e) < _tiny(p, self.precision) for e, p in zip(entries, point, strict=True)):
                return point
        return point

    def krawczyk(self, point: list[arb]) -> StationaryFit | None:
        """The box around ``point`` if K(X) = c - Y g(c) + (1 - Y H(X)) (X - c) lies in its interior.

        H(X) holds the second derivatives on both sides of every point of the box where they jump, hence the mean values
        of H along all its segments: K(X) holds x - Y g(x) for every x of the box, which Brouwer's theorem wants.
        """
        point = [p.mid() for p in point]
        gradient, hessian = self.gradient(point), self.hessian(point)
        if gradient is None or hessian is None:
            return None
        inverse = _solved(hessian, _identity(self.size))
        if inverse is None:
            return None
        preconditioner = inverse.mid()
        shift = preconditioner * gradient
        for radius in (arb(2) ** (-self.precision * share // 8) for share in (5, 4, 3, 2)):
            box = [p + arb(0, radius * (1 + abs(p).mid())) for p in point]
            offsets = [b - p for b, p in zip(box, point, strict=True)]
            bends = self.hessian(box)
            if bends is None:
                continue
            rest = (_identity(self.size) - preconditioner * bends) * arb_mat(self.size, 1, offsets)
            image = [p - shift[k, 0] + rest[k, 0] for k, p in enumerate(point)]
            if all(b.contains_interior(i) for b, i in zip(box, image, strict=True)):
                return self._enclosure(image)
        return None

    def _enclosure(self, image: list[arb]) -> StationaryFit | None:
        fitted = self.fitted(image)
        slopes, risk = self.along("first", fitted), self.risk(image)
        if slopes is None or risk is None:
            return None
        parameters = _expanded(image, self.kept, self.dataset.feature_count + 1, arb(0))
        dependent = self.dataset.feature_count + 1 - self.size
        return StationaryFit(parameters, tuple(fitted), tuple(slopes), risk, self.precision, dependent)


def _identity(size: int) -> arb_mat:
    return arb_mat([[arb(int(k == j)) for j in range(size)] for k in range(size)])


def _solved(matrix: arb_mat, right: arb_mat) -> arb_mat | None:
    try:
        return matrix.solve(right)
    except ZeroDivisionError:
        return None


def _tiny(value: arb, precision: int) -> arb:
    return (1 + abs(value)) * arb(2) ** (-(3 * precision) // 4)
