"""That a convex risk of affine functions has a stationary point near a given one, and what is known of it.

Let p be the given parameters, g the gradient there and H the second derivatives of the risk, in the directions of some
columns of (x, 1) that the others are combinations of. If H is at least the number mu > 0 on all points within rho of
p, and |g| < mu rho/2, then the risk on the sphere is at least R(p) - |g| rho + mu rho^2/2 > R(p). So it has a minimum
inside, where the gradient is 0 in these directions, hence in all. Its risk is at most R(p), and at least
R(p) - |g| rho. That all of H - mu is positive definite is seen by elimination in balls.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb, fmpq, fmpq_mat

from symproof.recheck.instances.convex_loss import TargetLoss
from symproof.recheck.refused import Refused

__all__ = ["Stationary", "stationary_near"]

REACHES = tuple(fmpq(1, 2**k) for k in range(0, 64, 4))
LEAST = fmpq(1, 2**256)
FACTORS = tuple(fmpq(1, 2**k) for k in range(0, 64, 2))


@dataclass(frozen=True)
class Stationary:
    """A stationary affine function.

    Attributes:
        outputs: for each sample an interval of its output: middle and reach (0: exact).
        slopes: enclosures of the derivatives of the losses there.
        low: the risk is at least this.
        high: the risk is at most this.
    """

    outputs: list[tuple[fmpq, fmpq]]
    slopes: list[fmpq | arb]
    low: fmpq | arb
    high: fmpq | arb


def stationary_near(rows: list[list[fmpq]], losses: Sequence[TargetLoss], point: list[fmpq]) -> Stationary | None:
    """The stationary affine function at or near the point; None if none is shown to be there.

    Args:
        rows: (x, 1) of each sample.
        losses: of each sample, convex and differentiable.
        point: weights and intercept.
    """
    outputs = [_dot(row, point) for row in rows]
    exact = [loss.exact(f) for loss, f in zip(losses, outputs, strict=True)]
    slopes = [slope for _, slope in exact if isinstance(slope, fmpq)]
    if len(slopes) == len(rows) and all(_dot(slopes, column) == 0 for column in zip(*rows, strict=True)):
        risk: fmpq | arb = sum((v for v, _ in exact), fmpq(0))
        return Stationary([(f, fmpq(0)) for f in outputs], list(slopes), risk, risk)
    kept = _independent(rows)
    return _enclosed([[row[k] for k in kept] for row in rows], losses, outputs)


def _dot(a: Sequence[fmpq], b: Sequence[fmpq]) -> fmpq:
    return sum((p * q for p, q in zip(a, b, strict=True)), fmpq(0))


def _independent(rows: list[list[fmpq]]) -> list[int]:
    """Columns that all others are combinations of, and that are independent."""
    echelon, rank = fmpq_mat(rows).rref()
    return [next(j for j in range(len(rows[0])) if echelon[n, j] != 0) for n in range(rank)]


def _enclosed(rows: list[list[fmpq]], losses: Sequence[TargetLoss], outputs: list[fmpq]) -> Stationary | None:
    norms = [sum(map(abs, row), fmpq(0)) for row in rows]
    balls = [[arb(entry) for entry in row] for row in rows]
    here = [loss.jet(f, fmpq(0)) for loss, f in zip(losses, outputs, strict=True)]
    gradient = [
        sum((j.slope * row[k] for j, row in zip(here, balls, strict=True)), arb(0)) for k in range(len(rows[0]))
    ]
    size = sum((g * g for g in gradient), arb(0)).sqrt()
    high = sum((j.value for j in here), arb(0))
    for reach in REACHES:
        reaches = [reach * norm for norm in norms]
        try:
            around = [loss.jet(f, r) for loss, f, r in zip(losses, outputs, reaches, strict=True)]
        except Refused:
            continue
        hessian = [[sum((j.bend * row[a] * row[b] for j, row in zip(around, balls, strict=True)), arb(0))
                    for b in range(len(rows[0]))] for a in range(len(rows[0]))]  # fmt: skip
        for factor in FACTORS:
            if not size < factor * reach / 2:
                break
            if _definite(hessian, factor):
                while size < factor * reach / 4 and reach > LEAST:  # H >= mu holds closer to p, too
                    reach /= 2
                reaches = [reach * norm for norm in norms]
                slopes: list[fmpq | arb] = [
                    loss.jet(f, r).slope for loss, f, r in zip(losses, outputs, reaches, strict=True)
                ]
                return Stationary(list(zip(outputs, reaches, strict=True)), slopes, high - size * arb(reach), high)
    return None


def _definite(matrix: list[list[arb]], less: fmpq) -> bool:
    """Whether all symmetric matrices in an enclosure, less a multiple of the identity, are positive definite."""
    left = [[entry - (less if a == b else 0) for b, entry in enumerate(row)] for a, row in enumerate(matrix)]
    for k, row in enumerate(left):
        if not row[k] > 0:
            return False
        for other in left[k + 1 :]:
            factor = other[k] / row[k]
            for j in range(k + 1, len(row)):
                other[j] = other[j] - factor * row[j]
    return True
