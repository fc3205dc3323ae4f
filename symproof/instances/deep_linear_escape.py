"""From a critical point with G != 0 to points of smaller and larger loss nearby, along the proof of the escape.

The layers are changed from the last one down, each by a left kernel vector of the layers before it, so that the product
stays; then the gradient in the first layer with a kernel before its end is not 0. The steps are powers of 2.
"""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights, inner, is_zero
from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["Escape", "direction_along", "escape", "step_below", "unstationary"]

COARSE = 16
"""Directions are rounded to multiples of 1/16."""


@dataclass(frozen=True)
class Escape:
    """What shows that a critical point is a saddle; all entries move by less than the radius.

    Attributes:
        weights: weights with the same product, at which the loss is not stationary.
        layer: a layer in which the gradient is not 0 there.
        gradient: the gradient in that layer.
        lower: weights of smaller loss.
        higher: weights of larger loss.
    """

    weights: Weights
    layer: int
    gradient: fmpq_mat
    lower: Weights
    higher: Weights


def escape(network: DeepLinearNetwork, radius: fmpq) -> Escape:
    """Leave a critical point with G != 0 whose hidden layers are wide enough.

    Raises InstanceMismatchError if it is no such point.
    """
    weights, layer = unstationary(network, network.product_gradient, radius)
    left = network.at(weights)
    block = left.layer_gradient(layer)
    if is_zero(block):
        raise InstanceMismatchError("the gradient after the escape is 0")
    uphill = direction_along(block)
    lower = _along(left, layer, -uphill, radius, -1)
    higher = _along(left, layer, uphill, radius, 1)
    return Escape(weights, layer, block, lower, higher)


def unstationary(network: DeepLinearNetwork, gradient: fmpq_mat, radius: fmpq) -> tuple[Weights, int]:
    """Weights with the same product, nearer than the radius, and a layer in which the gradient is not 0 there.

    Args:
        network: at a critical point whose hidden layers are wide enough.
        gradient: G, which is not 0; if it is an approximation only, the gradient in the layer has to be checked.
        radius: positive.

    Raises InstanceMismatchError if it is no such point.
    """
    if network.sizes[0] <= network.sizes[-1]:
        return _from_narrow_input(network.weights, network.prefixes, gradient, radius)
    turned = tuple(w.transpose() for w in reversed(network.weights))
    before = tuple(s.transpose() for s in reversed(network.suffixes))
    found, place = _from_narrow_input(turned, before, gradient.transpose(), radius)
    return tuple(w.transpose() for w in reversed(found)), len(turned) + 1 - place


def _from_narrow_input(
    weights: Weights, prefixes: tuple[fmpq_mat, ...], gradient: fmpq_mat, radius: fmpq
) -> tuple[Weights, int]:
    """Weights with the same product and the layer with a gradient; the input is not wider than the output."""
    count, narrow = len(weights), weights[0].ncols()
    first = next((k for k in range(1, count) if prefixes[k].rank() < narrow), None)
    if first is None:
        raise InstanceMismatchError("no product of first layers has a kernel")
    changed, seen = list(weights), gradient.transpose()  # seen: G^T times the layers after the current one
    for n in range(count - 1, first - 1, -1):
        kernel = _left_kernel_vector(prefixes[n])
        row, column = _first_entry(seen)
        for step in (step_below(radius), step_below(radius) / 2):
            layer = changed[n] + _in_row(changed[n], column, [step * u for u in kernel])
            after = seen * layer
            if any(after[row, e] != 0 for e in range(after.ncols())):
                break
        changed[n], seen = layer, after
    return tuple(changed), first


def _left_kernel_vector(matrix: fmpq_mat) -> list[fmpq]:
    """A vector u with u^T M = 0 and largest entry 1 in absolute value.

    Raises InstanceMismatchError if there is none.
    """
    echelon, rank = matrix.transpose().rref()
    size = matrix.nrows()
    pivots = [next(j for j in range(size) if echelon[i, j] != 0) for i in range(rank)]
    free = next((j for j in range(size) if j not in pivots), None)
    if free is None:
        raise InstanceMismatchError("the rows of a product of first layers are independent")
    vector = [fmpq(0)] * size
    vector[free] = fmpq(1)
    for i, pivot in enumerate(pivots):
        vector[pivot] = -echelon[i, free]
    largest = max(abs(u) for u in vector)
    return [u / largest for u in vector]


def _first_entry(matrix: fmpq_mat) -> tuple[int, int]:
    """The place of an entry that is not 0. Raises InstanceMismatchError if there is none."""
    for i in range(matrix.nrows()):
        for j in range(matrix.ncols()):
            if matrix[i, j] != 0:
                return i, j
    raise InstanceMismatchError("the gradient is not seen through the last layers")


def _in_row(like: fmpq_mat, row: int, entries: list[fmpq]) -> fmpq_mat:
    """The matrix of the same size with these entries in one row, 0 elsewhere."""
    zero = [fmpq(0)] * like.ncols()
    return fmpq_mat([entries if i == row else zero for i in range(like.nrows())])


def step_below(radius: fmpq) -> fmpq:
    """A power of 2 that is smaller than a positive number, by a factor of at most 4."""
    step = fmpq(2) ** (int(radius.p).bit_length() - int(radius.q).bit_length() + 1)
    while step >= radius:
        step = step / 2
    return step


def direction_along(gradient: fmpq_mat) -> fmpq_mat:
    """A direction of few digits along a gradient: no entry has the other sign, and the largest one is 1 or -1."""
    largest = max(abs(x) for x in gradient.entries())
    entries = [fmpq((x * COARSE / largest + fmpq(1, 2)).floor(), COARSE) for x in gradient.entries()]
    return fmpq_mat(gradient.nrows(), gradient.ncols(), entries)


def _along(network: DeepLinearNetwork, layer: int, direction: fmpq_mat, radius: fmpq, sign: int) -> Weights:
    """Weights along a direction whose loss is larger (sign 1) or smaller (sign -1).

    The derivative along the direction has this sign, so that the halving ends. In one layer the loss is a parabola:
    the first step stays below its second zero, so that few are needed.
    """
    start, slope = network.loss, inner(network.layer_gradient(layer), direction)
    curvature = network.moved(layer, direction).loss - start - slope
    step = step_below(min(radius, abs(slope) / curvature) if curvature != 0 else radius)
    while True:
        moved = network.moved(layer, direction * step)
        if (moved.loss - start) * sign > 0:
            return moved.weights
        step = step / 2
