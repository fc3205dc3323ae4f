"""The paper's better point: two opposite units, a threshold and a small shift, constructed and re-checked exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq

from symproof.instances.isolating_direction import Isolation
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.relu_network import ReluNetwork, Vector, network_outputs, parameters_dict, squared_risk

__all__ = ["PaperPoint", "paper_point", "paper_result_dict", "slope_ratio"]


@dataclass(frozen=True)
class PaperPoint:
    """Every number that the proof constructs.

    Attributes:
        case: 1 without a shift, 2 with a shift that separates equal values of the fit.
        direction: v; 0 in case 1.
        shift: tau.
        threshold: s.
        bias: g.
        partial_sum: T, the sum of the residuals r_i of the samples below the threshold.
        distance: the smallest distance of the shifted fit to the threshold in case 1; kappa in case 2.
        largest_shift: tau_0, up to which different values of the fit stay apart; 0 in case 1.
        better_point: the parameters of the network.
        risk: its risk.
    """

    case: int
    direction: Vector
    shift: fmpq
    threshold: fmpq
    bias: fmpq
    partial_sum: fmpq
    distance: fmpq
    largest_shift: fmpq
    better_point: ReluNetwork
    risk: fmpq


def paper_point(instance: ReluLikeInstance) -> PaperPoint | None:
    """Build and re-check the point; None unless every hypothesis holds.

    Raises InstanceMismatchError when the network does not have the claimed outputs or risk.
    """
    if instance.construction is None:
        return None
    found = _without_shift(instance) or _with_shift(instance, instance.construction.isolation)
    for claim, holds in _claims(instance, found):
        if not holds:
            raise InstanceMismatchError(f"re-check failed: {claim}")
    return found


def paper_result_dict(instance: ReluLikeInstance, found: PaperPoint | None) -> dict[str, object]:
    """Return the ``result`` object of the command line, exact numbers as strings; empty when not applicable."""
    if found is None:
        return {}
    return {
        "case": found.case,
        "risk_least_squares": format_rational(instance.fit.risk),
        "risk_better_point": format_rational(found.risk),
        "direction": [format_rational(entry) for entry in found.direction],
        "shift": format_rational(found.shift),
        "threshold": format_rational(found.threshold),
        "bias": format_rational(found.bias),
        "partial_sum": format_rational(found.partial_sum),
        "parameters_better_point": parameters_dict(found.better_point),
    }


def slope_ratio(instance: ReluLikeInstance) -> fmpq:
    """(s+ - s-)/(s+ + s-)."""
    up, down = instance.activation.s_plus, instance.activation.s_minus
    return (up - down) / (up + down)


def _without_shift(instance: ReluLikeInstance) -> PaperPoint | None:
    """Case 1: the threshold, half-way between two values of the fit, and the bias with the smallest risk; or None."""
    count, ratio = len(instance.fitted), slope_ratio(instance)
    sums: dict[fmpq, fmpq] = {}
    for value, residual in zip(instance.fitted, instance.residuals, strict=True):
        sums[value] = sums.get(value, fmpq(0)) + residual
    total, best = fmpq(0), None
    for low, high in pairwise(sorted(sums)):
        total += sums[low]
        if total == 0:
            continue
        distance, wanted = (high - low) / 2, 2 * total / (count * ratio)
        bias = max(-distance, min(distance, wanted))
        gain = 2 * ratio * bias * total - count * (ratio * bias) ** 2 / 2
        if best is None or gain > best[0]:
            best = (gain, (low + high) / 2, bias, total, distance)
    if best is None:
        return None
    _, threshold, bias, total, distance = best
    flat = (fmpq(0),) * instance.dataset.feature_count
    return _point(instance, (1, flat, fmpq(0), threshold, bias, total, distance, fmpq(0)))


def _with_shift(instance: ReluLikeInstance, isolation: Isolation) -> PaperPoint:
    """Case 2: the threshold just beneath or above a sample with a residual, at distance kappa tau."""
    fitted, residuals, ratio = instance.fitted, instance.residuals, slope_ratio(instance)
    direction, kappa, own = tuple(map(fmpq, isolation.direction)), isolation.distance, isolation.index
    z = [_dot(direction, x) for x in instance.dataset.features]
    origin = (fmpq(0), fmpq(0))
    order = [(f - fitted[own], q - z[own]) for f, q in zip(fitted, z, strict=True)]
    beneath = sum((r for at, r in zip(order, residuals, strict=True) if at < origin), fmpq(0))
    above = beneath == 0
    total, offset = (residuals[own], kappa) if above else (beneath, -kappa)
    limits = [abs(f) / (abs(q) + 2 * kappa) if f != 0 else fmpq(1) for f, q in order]
    signs = [1 if at > origin or (at == origin and not above) else -1 for at in order]
    rho = kappa if ratio * total > 0 else -kappa
    gain = ratio * total * rho
    squares = sum(((q + ratio * rho * sign) ** 2 for q, sign in zip(z, signs, strict=True)), fmpq(0))
    bound = sum((2 * q**2 + 2 * (ratio * rho) ** 2 for q in z), fmpq(0))
    shift = min([*limits, 3 * gain / bound, *([2 * gain / squares] if squares else [])])
    threshold = fitted[own] + shift * (z[own] + offset)
    return _point(instance, (2, direction, shift, threshold, shift * rho, total, kappa, min(limits)))


def _point(instance: ReluLikeInstance, numbers: tuple[int, Vector, fmpq, fmpq, fmpq, fmpq, fmpq, fmpq]) -> PaperPoint:
    _, direction, shift, threshold, bias, *_rest = numbers
    tilted = tuple(w + shift * v for w, v in zip(instance.fit.weights, direction, strict=True))
    zero, idle = fmpq(0), instance.width - 2
    outgoing = 1 / (instance.activation.s_plus + instance.activation.s_minus)
    height = instance.fit.intercept - threshold
    network = ReluNetwork(
        W1=(tilted, tuple(-w for w in tilted), *[(zero,) * len(tilted)] * idle),
        b1=(height + bias, -height + bias, *[zero] * idle),
        W2=(outgoing, -outgoing, *[zero] * idle),
        b2=threshold,
    )
    outputs = network_outputs(network, instance.activation, instance.dataset.features)
    return PaperPoint(*numbers, network, squared_risk(outputs, instance.dataset.targets))


def _claims(instance: ReluLikeInstance, found: PaperPoint) -> Iterator[tuple[str, bool]]:
    """What the proof says of the network, from its outputs on the data."""
    ratio, inputs = slope_ratio(instance), instance.dataset.features
    moves = [found.shift * _dot(found.direction, x) for x in inputs]
    heights = [f + move - found.threshold for f, move in zip(instance.fitted, moves, strict=True)]
    yield "0 < |g| <= |t_i|", 0 < abs(found.bias) <= min(map(abs, heights))
    below = sum((r for t, r in zip(heights, instance.residuals, strict=True) if t < 0), fmpq(0))
    yield "T is the sum of the residuals below the threshold, not 0", below == found.partial_sum != 0
    added = [move + ratio * found.bias * (1 if t > 0 else -1) for move, t in zip(moves, heights, strict=True)]
    expected = tuple(f + more for f, more in zip(instance.fitted, added, strict=True))
    outputs = network_outputs(found.better_point, instance.activation, inputs)
    yield "the outputs are the fit, the shift and the sign", outputs == expected
    formula = instance.fit.risk - 2 * ratio * found.bias * below + sum((a * a for a in added), fmpq(0)) / 2
    yield "the risk is that of the formula", found.risk == formula
    yield "the risk is smaller than that of least squares", found.risk < instance.fit.risk


def _dot(left: Vector, right: Vector) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))
