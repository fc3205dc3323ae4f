"""A point of a deep linear network with any differentiable loss, classified by exact numbers and balls.

Outputs are rational, so that values and derivatives of the loss are closed numbers. An entry of a gradient is 0 if that
is proved, and not 0 if a ball says so; else the point stays undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from flint import fmpq, fmpq_mat

from symproof.instances.closed_sum import ClosedMatrix, ClosedSum, closed_sum, linear_image
from symproof.instances.convex_gap import GapBound, gap_bound
from symproof.instances.deep_linear_escape import direction_along, step_below, unstationary
from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, NOT_CRITICAL, SADDLE
from symproof.instances.loss import Loss, at
from symproof.instances.loss_convexity import Convexity, ConvexityProof, decide_convexity
from symproof.instances.rational import format_rational
from symproof.instances.sample_loss import Obstacle, SampleLoss
from symproof.kernel.evaluate import Undefined

__all__ = ["ZERO_LOSS_GRADIENT", "LossEscape", "LossPoint", "Place", "classify_loss", "loss_change", "loss_sum"]

ZERO_LOSS_GRADIENT = "zero_loss_gradient"
"""A critical point at which the gradient of the loss itself is 0, for a loss that is not shown to be convex."""
MOST_HALVINGS = 400
MOST_TRIED = 20
TRIED = tuple(fmpq(k, 4) for k in (-20, -8, -4, -1, 0, 1, 4, 8, 20))
"""Outputs less targets at which a negative second derivative is looked for."""
BOUND_PRECISION = 256


@dataclass(frozen=True)
class Place:
    """An entry of the gradient in a layer, all counted from 1."""

    layer: int
    row: int
    column: int
    value: ClosedSum


@dataclass(frozen=True)
class LossEscape:
    """What shows that a critical point is a saddle; all entries move by less than the radius.

    Attributes:
        weights: weights with the same product, at which the loss is not stationary.
        place: an entry of the gradient that is not 0 there.
        gradient: the gradient in its layer.
        lower: weights of smaller loss; None if none was found.
        higher: weights of larger loss; None if none was found.
    """

    weights: Weights
    place: Place
    gradient: ClosedMatrix
    lower: Weights | None
    higher: Weights | None


@dataclass(frozen=True)
class LossPoint:
    """The point and what was found out about it.

    Attributes:
        network: the layers on the data; its own loss is not used.
        loss: the loss.
        radius: the points nearby differ by less than this in every entry.
        narrow: the first hidden layer that is too narrow; None if all are wide enough.
        obstacle: the first sample at which the loss is not known to be differentiable, and why; None if there is none.
        everywhere: why it is differentiable at all outputs, and the trust level of that; None if it is not shown to be.
        gradient: G; None if there is an obstacle.
        moving: an entry of the gradient of the objective that is not 0; None if none is known.
        doubtful: an entry of which it is not decided whether it is 0; None if there is none, or if it does not matter.
        zero: whether G is 0; None if that is not decided.
        convexity: whether the loss is convex, if that was asked.
        escape: for a saddle, what shows it; None otherwise, and if it was not found.
        bound: of the gap to the smallest loss of all products, where that is not 0; None if there is none.
    """

    network: DeepLinearNetwork
    loss: SampleLoss
    radius: fmpq
    narrow: int | None
    obstacle: tuple[int, Obstacle] | None
    everywhere: tuple[str, str] | None
    gradient: ClosedMatrix | None
    moving: Place | None
    doubtful: Place | None
    zero: bool | None
    convexity: Convexity | None
    escape: LossEscape | None
    bound: GapBound | None = None

    @property
    def critical(self) -> bool | None:
        """Whether the gradient of the objective is 0."""
        if self.moving is not None:
            return False
        return None if self.gradient is None or self.doubtful is not None else True

    @property
    def convex(self) -> bool:
        """Whether the loss is shown to be convex."""
        return self.convexity is not None and self.convexity.holds is True

    @property
    def classification(self) -> str | None:
        """What the point is; None where that is not decided, or where a layer is too narrow."""
        if self.critical is False:
            return NOT_CRITICAL
        if self.critical is None or self.narrow is not None or self.zero is None:
            return None
        if not self.zero:
            return SADDLE
        if self.convex:
            return GLOBAL_MINIMUM
        return ZERO_LOSS_GRADIENT if self.everywhere is not None else None

    @cached_property
    def value(self) -> ClosedSum | None:
        """The loss; None where it has no value."""
        return loss_sum(self.network, self.loss, self.network.weights)


def classify_loss(
    network: DeepLinearNetwork, loss: SampleLoss, radius: fmpq, proof: ConvexityProof | None
) -> LossPoint:
    """Decide what a point is; for a saddle, find points of smaller and larger loss within the radius.

    Args:
        network: the layers on the data.
        loss: the loss.
        radius: positive.
        proof: how the library proves that a loss is convex; without it no loss is known to be.
    """
    sizes = network.sizes
    needed = min(sizes[0], sizes[-1])
    narrow = next((j for j in range(1, len(sizes) - 1) if sizes[j] < needed), None)
    samples = _samples(network)
    obstacle = next(((i, o) for i, s in enumerate(samples, 1) if (o := loss.obstacle(*s)) is not None), None)
    if obstacle is not None:
        return LossPoint(network, loss, radius, narrow, obstacle, None, None, None, None, None, None, None)
    columns = [loss.gradient(*sample) for sample in samples]
    gradient = linear_image(list(zip(*columns, strict=True)), network.inputs.transpose())
    moving, doubtful = _first_nonzero(network, gradient)
    zero = _zero(gradient) if moving is None else False
    convexity = None
    if proof is not None and loss.entry is not None:
        convexity = _convexity(loss.entry, samples, proof)
    everywhere = None
    if loss.differentiable_everywhere([t for _, t in samples]):
        reason = "the conditions of the rules of differentiation hold for all outputs"
        everywhere = reason, "proved" if loss.entry is not None else "cited"
    elif convexity is not None and convexity.smooth:
        everywhere = convexity.reason, convexity.trust
    left = None
    if moving is None and doubtful is None and narrow is None and zero is False:
        left = _escape(network, loss, gradient, radius)
    found = (network, loss, radius, narrow, None, everywhere, gradient, moving, doubtful, zero, convexity, left)
    point = LossPoint(*found)
    value = None if point.value is None or not point.convex or zero else point.value.value(BOUND_PRECISION)
    if value is None or loss.entry is None:
        return point
    return replace(point, bound=gap_bound(loss.entry, network.inputs, network.targets, value))


def _convexity(
    loss: Loss, samples: Sequence[tuple[Sequence[fmpq], Sequence[fmpq]]], proof: ConvexityProof
) -> Convexity:
    """Whether the loss is convex for all targets; a negative second derivative at some points is looked for first."""
    pairs = {(f, y) for outputs, targets in samples for f, y in zip(outputs, targets, strict=True)}
    for f, y in sorted(pairs)[:MOST_TRIED]:
        for tried in (f, *(y + step for step in TRIED)):
            bend = at(loss, "second", tried, y, 64)
            if bend is not None and bend < 0:
                where = f"f = {format_rational(tried)}, y = {format_rational(y)}"
                return Convexity(False, False, f"the second derivative is negative at {where}")
    return decide_convexity(loss, sorted({y for _, y in pairs}), proof)


def _samples(network: DeepLinearNetwork, weights: Weights | None = None) -> list[tuple[list[fmpq], list[fmpq]]]:
    """The outputs and the targets of every sample."""
    product = network.prefixes[-1] if weights is None else network.at(weights).prefixes[-1]
    outputs = product * network.inputs
    return list(zip(outputs.transpose().tolist(), network.targets.transpose().tolist(), strict=True))


def _first_nonzero(network: DeepLinearNetwork, gradient: ClosedMatrix) -> tuple[Place | None, Place | None]:
    """An entry of the gradient of the objective that is not 0; else one that is not known to be 0, if there is one."""
    doubtful = None
    for layer in range(1, len(network.weights) + 1):
        block = layer_gradient(network, gradient, layer)
        for i, row in enumerate(block.signs()):
            for j, sign in enumerate(row):
                if sign:
                    return Place(layer, i + 1, j + 1, block.entry(i, j)), None
                if sign is None and doubtful is None:
                    doubtful = Place(layer, i + 1, j + 1, block.entry(i, j))
    return None, doubtful


def layer_gradient(network: DeepLinearNetwork, gradient: ClosedMatrix, layer: int) -> ClosedMatrix:
    """S^T G P^T in a layer (1 to L)."""
    return gradient.between(network.suffixes[layer].transpose(), network.prefixes[layer - 1].transpose())


def _zero(gradient: ClosedMatrix) -> bool | None:
    signs = [sign for row in gradient.signs() for sign in row]
    if any(signs):
        return False
    return None if None in signs else True


def _escape(network: DeepLinearNetwork, loss: SampleLoss, gradient: ClosedMatrix, radius: fmpq) -> LossEscape | None:
    """Leave a critical point with G != 0: the weights are found with an approximation of G, and then checked."""
    weights, layer = unstationary(network, gradient.approximation(), radius)
    left = network.at(weights)
    block = layer_gradient(left, gradient, layer)
    signs = block.signs()
    place = next(
        (Place(layer, i + 1, j + 1, block.entry(i, j)) for i, r in enumerate(signs) for j, s in enumerate(r) if s), None
    )
    if place is None or left.prefixes[-1] != network.prefixes[-1]:
        return None
    uphill = direction_along(block.approximation())
    lower = _along(network, loss, left, layer, -uphill, radius, -1)
    higher = _along(network, loss, left, layer, uphill, radius, 1)
    return LossEscape(weights, place, block, lower, higher)


def _along(
    network: DeepLinearNetwork,
    loss: SampleLoss,
    left: DeepLinearNetwork,
    layer: int,
    way: fmpq_mat,
    radius: fmpq,
    sign: int,
) -> Weights | None:
    """Weights along a direction whose loss is certified to be larger (sign 1) or smaller (sign -1)."""
    step = step_below(radius) / 2
    for _ in range(MOST_HALVINGS):
        moved = left.moved(layer, way * step).weights
        change = loss_change(network, loss, moved)
        if change is not None and change.nonzero_sign() == sign:
            return moved
        step = step / 2
    return None


def loss_sum(network: DeepLinearNetwork, loss: SampleLoss, weights: Weights) -> ClosedSum | None:
    """The loss of weights; None where it has no value."""
    try:
        parts = [(fmpq(1), v) for sample in _samples(network, weights) for v in loss.values(*sample)]
        return closed_sum(parts)
    except Undefined:
        return None


def loss_change(network: DeepLinearNetwork, loss: SampleLoss, weights: Weights) -> ClosedSum | None:
    """The loss of other weights less that of the network; None where it has no value."""
    try:
        new = [(fmpq(1), v) for sample in _samples(network, weights) for v in loss.values(*sample)]
        old = [(fmpq(-1), v) for sample in _samples(network) for v in loss.values(*sample)]
        return closed_sum(new + old)
    except Undefined:
        return None
