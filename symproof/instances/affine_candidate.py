"""The candidate for a local minimum: a network that is affine near its parameters and outputs the affine fit."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable

from flint import fmpq, fmpz

from symproof.instances.activation import ReluLike
from symproof.instances.integer_table import IntegerTable
from symproof.instances.least_squares import AffineFit
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.relu_network import ReluNetwork

__all__ = ["affine_candidate", "affine_radius", "candidate_shift"]


def candidate_shift(fitted: Iterable[fmpq]) -> fmpq:
    """Return eta = min(-1, 2 min_i ybar_i), a number below 0 and below every fitted value ybar_i."""
    return min(fmpq(-1), 2 * min(fitted))


def affine_candidate(fit: AffineFit, eta: fmpq, activation: ReluLike, width: int, alpha: fmpq) -> ReluNetwork:
    """Return the candidate: unit 1 outputs the affine fit, the other units are constant and switched off."""
    zero = fmpq(0)
    idle = width - 1
    return ReluNetwork(
        W1=(tuple(alpha * weight for weight in fit.weights), *[(zero,) * len(fit.weights)] * idle),
        b1=(alpha * (fit.intercept - eta), *[-alpha * eta] * idle),
        W2=(1 / (alpha * activation.s_plus), *[zero] * idle),
        b2=eta,
    )


def affine_radius(table: IntegerTable, fit: AffineFit, eta: fmpq, alpha: fmpq, width: int) -> tuple[fmpq, int]:
    """The largest rho with rho (|x_i|_1 + 1) <= every pre-activation of the candidate at every x_i, and the tightest i.

    While each first-layer parameter moves by less than rho, all pre-activations stay non-negative. Samples count from
    0; ``table`` has the columns 1, features, target.
    """
    common = math.lcm(*table.scales[:-1])
    factors = [common // scale for scale in table.scales[:-1]]
    shifted = table.combination([alpha * (fit.intercept - eta), *(alpha * weight for weight in fit.weights), 0])
    idle = (-alpha * eta) * shifted.denominator
    limit = fmpz(idle.floor()) if width > 1 else None
    best: tuple[fmpq, int] | None = None
    for index, (row, top) in enumerate(zip(table.rows(), shifted.numerators(), strict=True)):
        bottom = sum(map(operator.mul, map(abs, row), factors), fmpz(0))  # zip stops before the target
        capped = fmpq(top) if limit is None or top <= limit else idle
        if best is None or capped < best[0] * bottom:
            best = capped / bottom, index
    if best is None:
        raise InstanceMismatchError("a data set without samples")
    return best[0] * common / shifted.denominator, best[1]
