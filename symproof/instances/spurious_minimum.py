"""A spurious local minimum of a ReLU-like network together with a point of smaller risk."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq

from symproof.instances.isolating_direction import Isolation
from symproof.instances.relu_network import ReluNetwork, Vector

__all__ = ["SpuriousMinimum", "add_unit"]


@dataclass(frozen=True)
class SpuriousMinimum:
    """Every number that the proof constructs.

    Attributes:
        eta: min(-1, 2 min_i ybar_i).
        radius: rho > 0; while every first-layer parameter moves by less than rho, the risk is >= R0.
        tightest: the sample, counted from 0, at which rho is attained.
        isolation: the sample i0 with r_i0 != 0, a direction that isolates it, and the step d of the proof.
        unit_weights: w of the extra unit.
        unit_bias: b of the extra unit.
        phi: sum_i r_i h(w . x_i + b), not 0.
        square_sum: sum_i h(w . x_i + b)^2.
        outgoing: u = -phi / square_sum.
        local_minimum: the parameters of the candidate.
        better_point: the parameters of the point with smaller risk.
        risk_local_minimum: R0, the risk of affine least squares.
        risk_better_point: R0 - phi^2 / (2 square_sum).
    """

    eta: fmpq
    radius: fmpq
    tightest: int
    isolation: Isolation
    unit_weights: Vector
    unit_bias: fmpq
    phi: fmpq
    square_sum: fmpq
    outgoing: fmpq
    local_minimum: ReluNetwork
    better_point: ReluNetwork
    risk_local_minimum: fmpq
    risk_better_point: fmpq


def add_unit(candidate: ReluNetwork, weights: Vector, bias: fmpq, outgoing: fmpq) -> ReluNetwork:
    """Return the network with unit 1 of ``candidate``, the given unit 2, and all further units zero."""
    zero = fmpq(0)
    idle = candidate.width - 2
    return ReluNetwork(
        W1=(candidate.W1[0], weights, *[(zero,) * len(weights)] * idle),
        b1=(candidate.b1[0], bias, *[zero] * idle),
        W2=(candidate.W2[0], outgoing, *[zero] * idle),
        b2=candidate.b2,
    )
