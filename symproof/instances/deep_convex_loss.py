"""Spurious local minima of ReLU-like networks of any depth for a convex loss, constructed and re-checked.

The fit, the loss and the first layer are those of ``convex_loss_minimum``; the later layers those of ``deep_minimum``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint
from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.affine_candidate import candidate_shift
from symproof.instances.convex_loss_minimum import (
    PRECISIONS,
    BetterPoint,
    ConvexLossInstance,
    build_convex_loss_instance,
    local_candidate,
    loss_risk,
    rational_below,
    shown,
)
from symproof.instances.dataset import Dataset
from symproof.instances.deep_minimum import (
    checked_widths,
    deep_better_network,
    deep_candidate,
    deep_radius,
    layer_hypotheses,
)
from symproof.instances.deep_relu_network import DeepNetwork, active_within, deep_outputs, deep_parameters_dict
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.kink_sum import projection
from symproof.instances.loss import Loss
from symproof.instances.loss_convexity import ConvexityProof
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.stationary_fit import Number, StationaryFit

__all__ = [
    "DeepConvexLossInstance", "DeepConvexLossMinimum", "build_deep_convex_loss_instance", "deep_convex_loss_result",
]  # fmt: skip


@dataclass(frozen=True)
class DeepConvexLossMinimum:
    """What the proof constructs.

    Attributes:
        local_minimum: the parameters of the candidate, rationals or balls.
        radius: while every parameter moves by less than this, the risk is at least that of the fit; a rational.
        better_point: rational parameters of a network with smaller risk.
        risk: the risk of that network.
    """

    local_minimum: DeepNetwork
    radius: fmpq
    better_point: DeepNetwork
    risk: Number


@dataclass(frozen=True)
class DeepConvexLossInstance:
    """The theorem on any depth and convex losses with numbers in it.

    Attributes:
        first: the same data and loss with the first hidden layer alone.
        widths: the number of units of each hidden layer.
        hypotheses: those of the theorem, decided.
        construction: the local minimum and the better point; None unless every hypothesis holds.
    """

    first: ConvexLossInstance
    widths: tuple[int, ...]
    hypotheses: tuple[DecidedHypothesis, ...]
    construction: DeepConvexLossMinimum | None


def build_deep_convex_loss_instance(
    dataset: Dataset, activation: ReluLike, widths: Sequence[int], loss: Loss, proof: ConvexityProof
) -> DeepConvexLossInstance:
    """Decide the hypotheses and, when all hold, construct and re-check a spurious local minimum.

    Args:
        dataset: the samples.
        activation: the slopes.
        widths: those of the hidden layers.
        loss: the loss.
        proof: how the library proves that a loss is convex.

    Raises:
        InputError: there is no hidden layer, a width is below 1 or the network is too large.
        InstanceMismatchError: the construction fails its own re-check.
    """
    found = checked_widths(dataset, widths)
    first = build_convex_loss_instance(dataset, activation, found[0], loss, proof)
    hypotheses = (*first.hypotheses, *layer_hypotheses(found))
    construction = None
    if first.fit is not None and first.better is not None:
        construction = _construct(first, first.fit, first.better, found)
    return DeepConvexLossInstance(first, found, hypotheses, construction)


def deep_convex_loss_result(instance: DeepConvexLossInstance) -> dict[str, object]:
    """The ``result`` object: exact strings for rationals, ``a +/- b`` for balls; empty without a better point."""
    found, fit = instance.construction, instance.first.fit
    if found is None or fit is None:
        return {}
    return {
        "risk_local_minimum": shown(fit.risk),
        "risk_better_point": shown(found.risk),
        "radius": shown(found.radius),
        "parameters_local_minimum": deep_parameters_dict(found.local_minimum),
        "parameters_better_point": deep_parameters_dict(found.better_point),
    }


def _construct(
    first: ConvexLossInstance, fit: StationaryFit, better: BetterPoint, widths: tuple[int, ...]
) -> DeepConvexLossMinimum:
    data, activation = first.dataset, first.activation
    precision = max(fit.precision, PRECISIONS[1])
    with flint.ctx.workprec(precision):
        layer = local_candidate(first, fit)
        candidate = deep_candidate(layer.W1, layer.b1, layer.b2, activation.s_plus, fmpq(1), widths)
        radius = deep_radius(candidate, activation, data.features, rational_below(layer.radius))
        if not (radius > 0 and active_within(candidate, activation, radius, data.features)):
            raise InstanceMismatchError("re-check failed: within the radius all units stay active")
    network = _better_network(first, fit, better, widths)
    risk = loss_risk(deep_outputs(network, activation, data.features), data.targets, first.loss, precision)
    if risk is None or not risk < fit.risk:
        raise InstanceMismatchError("re-check failed: the risk at the better point is smaller")
    return DeepConvexLossMinimum(candidate, radius, network, risk)


def _better_network(
    first: ConvexLossInstance, fit: StationaryFit, better: BetterPoint, widths: tuple[int, ...]
) -> DeepNetwork:
    """The rational affine function at or near the fit, and the additional unit, in a deep network."""
    *weights, intercept = fit.rational()
    inputs, activation = first.dataset.features, first.activation
    fitted = [projection(weights, x) + intercept for x in inputs]
    units = [activation(projection(better.unit_weights, x) + better.unit_bias) for x in inputs]
    lift = 1 - min(f + better.outgoing * h for f, h in zip(fitted, units, strict=True))
    unit = (better.unit_weights, better.unit_bias, better.outgoing)
    affine = (tuple(weights), intercept)
    return deep_better_network(affine, candidate_shift(fitted), unit, activation.s_plus, widths, lift)
