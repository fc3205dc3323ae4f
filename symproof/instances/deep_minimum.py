"""Spurious local minima of ReLU-like networks of any depth, constructed and re-checked on exact data.

The first layer is that of ``relu_like_minimum``; the later ones pass its first unit on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.deep_relu_network import (
    DeepNetwork,
    active_within,
    deep_outputs,
    deep_parameters_dict,
    hidden_pre_activations,
)
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_minimum import ReluLikeInstance, build_relu_like_instance
from symproof.instances.relu_network import Vector, squared_risk
from symproof.instances.spurious_minimum import SpuriousMinimum

__all__ = [
    "DeepInstance", "DeepMinimum", "build_deep_instance", "checked_widths", "deep_better_network", "deep_candidate",
    "deep_radius", "deep_result_dict", "layer_hypotheses",
]  # fmt: skip

MAX_PARAMETERS = 1_000_000
PRECISION = 12
"""A radius that is no longer a quotient of two linear terms is given to so many binary digits, rounded down."""


@dataclass(frozen=True)
class DeepMinimum:
    """What the proof constructs, beyond the first layer.

    Attributes:
        lift: S, which keeps the fit plus the additional unit positive in the later layers.
        radius: while every parameter moves by less than this, the risk is at least that of the fit.
        local_minimum: the parameters of the candidate.
        better_point: the parameters of the point with smaller risk.
    """

    lift: fmpq
    radius: fmpq
    local_minimum: DeepNetwork
    better_point: DeepNetwork


@dataclass(frozen=True)
class DeepInstance:
    """The theorem on networks of any depth with numbers in it.

    Attributes:
        first: the same data with the first hidden layer alone.
        widths: the number of units of each hidden layer.
        hypotheses: those of the theorem, decided.
        construction: the local minimum and the better point; None unless every hypothesis holds.
    """

    first: ReluLikeInstance
    widths: tuple[int, ...]
    hypotheses: tuple[DecidedHypothesis, ...]
    construction: DeepMinimum | None


def build_deep_instance(
    dataset: Dataset, activation: ReluLike, widths: Sequence[int], alpha: fmpq | None = None
) -> DeepInstance:
    """Decide the hypotheses and, when all hold, construct and re-check a spurious local minimum.

    Raises InputError when there is no hidden layer, a width is below 1 or the network is too large, and
    InstanceMismatchError when the construction fails its own re-check.
    """
    found = checked_widths(dataset, widths)
    first = build_relu_like_instance(dataset, activation, found[0], alpha)
    instance = DeepInstance(first, found, (*first.hypotheses, *layer_hypotheses(found)), None)
    if first.construction is None:
        return instance
    return replace(instance, construction=_construct(first, first.construction, found))


def checked_widths(dataset: Dataset, widths: Sequence[int]) -> tuple[int, ...]:
    """The widths of the hidden layers. Raises InputError as ``build_deep_instance`` does."""
    found = tuple(widths)
    if not found or min(found) < 1:
        raise InputError("no widths", "widths", "one integer >= 1 for each hidden layer", str(list(found)))
    sizes = (dataset.feature_count, *found)
    if sum(a * b for a, b in zip(sizes, found, strict=False)) > MAX_PARAMETERS:
        raise InputError("the network is too large", "widths", f"at most {MAX_PARAMETERS} weights", str(list(found)))
    return found


def deep_result_dict(instance: DeepInstance) -> dict[str, object]:
    """Return the ``result`` object of the command line, exact numbers as strings; empty when not applicable."""
    found, first = instance.construction, instance.first.construction
    if found is None or first is None:
        return {}
    return {
        "risk_local_minimum": format_rational(first.risk_local_minimum),
        "risk_better_point": format_rational(first.risk_better_point),
        "radius": format_rational(found.radius),
        "parameters_local_minimum": deep_parameters_dict(found.local_minimum),
        "parameters_better_point": deep_parameters_dict(found.better_point),
    }


def layer_hypotheses(widths: tuple[int, ...]) -> tuple[DecidedHypothesis, ...]:
    """The hypotheses on the hidden layers, which ``checked_widths`` has established."""
    later = ", ".join(map(str, widths[1:])) or "none"
    return (
        DecidedHypothesis("depth", "there is a hidden layer", True, f"there are {len(widths)}"),
        DecidedHypothesis("widths", "every later hidden layer has a unit", True, f"their widths: {later}"),
    )


def _construct(first: ReluLikeInstance, own: SpuriousMinimum, widths: tuple[int, ...]) -> DeepMinimum:
    units = [first.activation(_dot(own.unit_weights, x) + own.unit_bias) for x in first.dataset.features]
    lift = 1 - min(fitted + own.outgoing * unit for fitted, unit in zip(first.fitted, units, strict=True))
    candidate = _candidate(first, own, widths)
    construction = DeepMinimum(
        lift=lift,
        radius=deep_radius(candidate, first.activation, first.dataset.features, own.radius),
        local_minimum=candidate,
        better_point=_better_point(first, own, widths, lift),
    )
    for claim, holds in _claims(first, own, construction):
        if not holds:
            raise InstanceMismatchError(f"re-check failed: {claim}")
    return construction


def _candidate(first: ReluLikeInstance, own: SpuriousMinimum, widths: tuple[int, ...]) -> DeepNetwork:
    layer = own.local_minimum
    return deep_candidate(layer.W1, layer.b1, own.eta, first.activation.s_plus, first.alpha, widths)


def deep_candidate(
    weights: Sequence[tuple[Any, ...]],
    biases: tuple[Any, ...],
    eta: Any,
    slope: fmpq,
    alpha: fmpq,
    widths: tuple[int, ...],
) -> DeepNetwork:
    """Unit 1 of each hidden layer carries the fit, the others are constant and not read.

    Args:
        weights: those of the first layer.
        biases: those of the first layer.
        eta: the shift, the bias of the output.
        slope: s_plus.
        alpha: the scale.
        widths: of the hidden layers.
    """
    idle = -alpha * eta
    layers, offsets = [tuple(weights)], [biases]
    for before, width in pairwise(widths):
        layers.append((_unit_row(before, 1 / slope), *[(fmpq(0),) * before] * (width - 1)))
        offsets.append((fmpq(0), *[idle] * (width - 1)))
    layers.append((_unit_row(widths[-1], 1 / (alpha * slope)),))
    offsets.append((eta,))
    return DeepNetwork(tuple(layers), tuple(offsets))


def _better_point(first: ReluLikeInstance, own: SpuriousMinimum, widths: tuple[int, ...], lift: fmpq) -> DeepNetwork:
    fit, unit = first.fit, (own.unit_weights, own.unit_bias, own.outgoing)
    return deep_better_network((fit.weights, fit.intercept), own.eta, unit, first.activation.s_plus, widths, lift)


def deep_better_network(
    fit: tuple[Vector, fmpq],
    eta: fmpq,
    unit: tuple[Vector, fmpq, fmpq],
    slope: fmpq,
    widths: tuple[int, ...],
    lift: fmpq,
) -> DeepNetwork:
    """Layer 1 holds the fit and the additional unit, what reads it adds them up, later layers pass the sum on.

    Args:
        fit: weights and intercept.
        eta: the shift of the fit.
        unit: weights, bias and outgoing weight of the additional unit.
        slope: s_plus.
        widths: of the hidden layers.
        lift: S, which keeps the sum positive.
    """
    (weights, intercept), (unit_weights, unit_bias, outgoing) = fit, unit
    zero, idle = fmpq(0), widths[0] - 2
    layers = [(weights, unit_weights, *[(zero,) * len(weights)] * idle)]
    biases: list[Vector] = [(intercept - eta, unit_bias, *[zero] * idle)]
    for number, before in enumerate(widths, 2):
        last = number == len(widths) + 1
        row = _unit_row(before, 1 / slope)
        if number == 2:
            row = (row[0], outgoing, *row[2:])
        width = 1 if last else widths[number - 1]
        bias = (eta + lift if number == 2 else zero) - (lift if last else zero)
        layers.append((row, *[(zero,) * before] * (width - 1)))
        biases.append((bias, *[zero] * (width - 1)))
    return DeepNetwork(tuple(layers), tuple(biases))


def _unit_row(width: int, weight: fmpq) -> Vector:
    return (weight, *[fmpq(0)] * (width - 1))


def deep_radius(network: DeepNetwork, activation: ReluLike, inputs: Sequence[Vector], bound: Any) -> Any:
    """The largest radius for which the bound of the proof leaves every unit active, to ``PRECISION`` binary digits.

    ``bound`` is the largest one for the first layer alone; it is exact for one hidden layer.
    """

    def enough(radius: fmpq) -> bool:
        return bool(radius <= bound) and active_within(network, activation, radius, inputs)

    if len(network.widths) == 1:
        return bound
    step = fmpq(1)
    while not enough(step):
        step /= 2
    while enough(2 * step):
        step *= 2
    radius = step
    for _ in range(PRECISION - 1):
        step /= 2
        if enough(radius + step):
            radius += step
    return radius


def _claims(first: ReluLikeInstance, own: SpuriousMinimum, found: DeepMinimum) -> Iterator[tuple[str, bool]]:
    """What is claimed of the finished numbers: both networks are evaluated on the data, layer by layer."""
    inputs, targets, activation = first.dataset.features, first.dataset.targets, first.activation
    outputs = deep_outputs(found.local_minimum, activation, inputs)
    yield "the candidate outputs the affine fit", outputs == tuple(first.fit.value(x) for x in inputs)
    yield "the candidate has the risk of the fit", squared_risk(outputs, targets) == own.risk_local_minimum
    layers = (hidden_pre_activations(found.local_minimum, activation, x) for x in inputs)
    yield "all pre-activations at the candidate are > 0", all(min(map(min, layer)) > 0 for layer in layers)
    yield "the radius is > 0", found.radius > 0
    yield (
        "within the radius all units stay active",
        active_within(found.local_minimum, activation, found.radius, inputs),
    )
    better = squared_risk(deep_outputs(found.better_point, activation, inputs), targets)
    yield "the better point has the claimed risk", better == own.risk_better_point
    yield "its risk is smaller", better < own.risk_local_minimum


def _dot(left: Vector, right: Vector) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))
