"""The candidate for a local minimum: a network that is affine near its parameters and outputs the affine fit."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.least_squares import AffineFit
from symproof.instances.relu_network import ReluNetwork, Vector

__all__ = ["affine_candidate", "affine_radius", "candidate_shift"]


def candidate_shift(fitted: Sequence[fmpq]) -> fmpq:
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


def affine_radius(inputs: Sequence[Vector], fitted: Sequence[fmpq], eta: fmpq, alpha: fmpq, width: int) -> fmpq:
    """Return the largest rho with rho (|x_i|_1 + 1) <= every pre-activation of the candidate at every x_i.

    While each first-layer parameter moves by less than rho, all pre-activations stay non-negative.
    """
    idle = -alpha * eta
    radii = []
    for x, value in zip(inputs, fitted, strict=True):
        smallest = alpha * (value - eta)
        if width > 1:
            smallest = min(smallest, idle)
        radii.append(smallest / (sum(map(abs, x), fmpq(0)) + 1))
    return min(radii)
