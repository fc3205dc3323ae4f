"""A stationary affine fit for a smooth loss, enclosed: Newton's method finds it, Krawczyk's test proves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint
from flint import arb, arb_mat, fmpq

from symproof.instances.dataset import Dataset
from symproof.instances.loss import Loss, at

__all__ = ["StationaryFit", "enclose_stationary_fit"]

NEWTON_STEPS = 60
HALVINGS = 30


@dataclass(frozen=True)
class StationaryFit:
    """A box that holds exactly one zero of the gradient of w, c -> sum_i rho(w . x_i + c, y_i).

    Attributes:
        parameters: the weights, then the intercept, as balls.
        fitted: balls for ybar_i = w . x_i + c.
        derivatives: balls for r_i, the derivatives of the losses at ybar_i.
        risk: a ball for the risk.
        precision: the bits of the arithmetic.
    """

    parameters: tuple[arb, ...]
    fitted: tuple[arb, ...]
    derivatives: tuple[arb, ...]
    risk: arb
    precision: int

    def rational(self) -> tuple[fmpq, ...]:
        """Rational parameters in the box: the midpoints."""
        return tuple(p.mid().fmpq() for p in self.parameters)


def enclose_stationary_fit(dataset: Dataset, loss: Loss, start: Sequence[fmpq], precision: int) -> StationaryFit | None:
    """A proved enclosure of a stationary affine fit; None if none was found from ``start`` (weights, intercept)."""
    with flint.ctx.workprec(precision):
        problem = _Problem(dataset, loss, precision)
        point = problem.newton([arb(value) for value in start])
        return None if point is None else problem.krawczyk(point)


@dataclass
class _Problem:
    dataset: Dataset
    loss: Loss
    precision: int

    def __post_init__(self) -> None:
        self.rows = [[*map(arb, x), arb(1)] for x in self.dataset.features]
        self.size = self.dataset.feature_count + 1

    def fitted(self, point: Sequence[arb]) -> list[arb]:
        return [sum((p * x for p, x in zip(point, row, strict=True)), arb(0)) for row in self.rows]

    def along(self, which: str, fitted: Sequence[arb]) -> list[arb] | None:
        """The losses or their derivatives at the outputs; None if one of them is not known."""
        compiled = getattr(self.loss, which)
        found = [at(compiled, f, y, self.precision) for f, y in zip(fitted, self.dataset.targets, strict=True)]
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
        """The box around ``point`` if K(X) = c - Y g(c) + (1 - Y H(X)) (X - c) lies in its interior."""
        point = [p.mid() for p in point]
        gradient, hessian = self.gradient(point), self.hessian(point)
        if gradient is None or hessian is None:
            return None
        inverse = _solved(hessian, arb_mat([[arb(int(k == j)) for j in range(self.size)] for k in range(self.size)]))
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
            identity = arb_mat([[arb(int(k == j)) for j in range(self.size)] for k in range(self.size)])
            rest = (identity - preconditioner * bends) * arb_mat(self.size, 1, offsets)
            image = [p - shift[k, 0] + rest[k, 0] for k, p in enumerate(point)]
            if all(b.contains_interior(i) for b, i in zip(box, image, strict=True)):
                return self._enclosure(image)
        return None

    def _enclosure(self, image: list[arb]) -> StationaryFit | None:
        fitted = self.fitted(image)
        slopes, risk = self.along("first", fitted), self.risk(image)
        if slopes is None or risk is None:
            return None
        return StationaryFit(tuple(image), tuple(fitted), tuple(slopes), risk, self.precision)


def _solved(matrix: arb_mat, right: arb_mat) -> arb_mat | None:
    try:
        return matrix.solve(right)
    except ZeroDivisionError:
        return None


def _tiny(value: arb, precision: int) -> arb:
    return (1 + abs(value)) * arb(2) ** (-(3 * precision) // 4)
