"""A second evaluation of what an instance of a deep linear network claims: sample by sample, by back-propagation.

The instance itself works with products of matrices; here every sample runs through the layers on its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights, is_zero
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, NOT_CRITICAL, SADDLE, DeepLinearPoint
from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["loss_and_gradients", "recheck"]

Rows = list[list[fmpq]]


def recheck(point: DeepLinearPoint) -> None:
    """Evaluate everything that is claimed anew. Raises InstanceMismatchError if something does not come out."""
    network = point.network
    loss, gradients = loss_and_gradients(network, network.weights)
    _demand(gradients == [g.tolist() for g in point.gradients], "the gradients differ")
    smallest, normal = loss_and_gradients(network, (point.best,))
    _demand(_vanishes(normal), "the normal equations do not hold at the best product")
    _demand(loss - smallest == point.gap >= 0, "the gap differs")
    _demand(_vanishes(gradients) == (point.classification != NOT_CRITICAL), "the point is not what it is called")
    if point.classification == GLOBAL_MINIMUM:
        _demand(point.gap == 0, "the loss at the global minimum is not the smallest one")
    _demand((point.classification == SADDLE) == (point.escape is not None), "a saddle without points nearby")
    if point.escape is not None:
        _recheck_escape(point, loss)


def _recheck_escape(point: DeepLinearPoint, loss: fmpq) -> None:
    network, left = point.network, point.escape
    if left is None:
        return
    same, gradients = loss_and_gradients(network, left.weights)
    block = gradients[left.layer - 1]
    _demand(same == loss, "the loss changes along the escape")
    _demand(block == left.gradient.tolist() and not is_zero(fmpq_mat(block)), "no gradient after the escape")
    for weights, sign in ((left.weights, 0), (left.lower, -1), (left.higher, 1)):
        value, _ = loss_and_gradients(network, weights)
        _demand(_sign(value - loss) == sign, "the loss at a point nearby is on the wrong side")
        _demand(_distance(weights, network.weights) < point.radius, "a point nearby is too far away")


def loss_and_gradients(data: DeepLinearNetwork, weights: Weights) -> tuple[fmpq, list[Rows]]:
    """The squared loss of layers on the data of a network, and its gradient in each layer."""
    layers = [w.tolist() for w in weights]
    loss = fmpq(0)
    gradients = [[[fmpq(0) for _ in row] for row in layer] for layer in layers]
    columns = zip(data.inputs.transpose().tolist(), data.targets.transpose().tolist(), strict=True)
    for sample, target in columns:
        passed = [sample]
        for layer in layers:
            passed.append([_dot(row, passed[-1]) for row in layer])
        back = [f - y for f, y in zip(passed[-1], target, strict=True)]
        loss += _dot(back, back) / 2
        for layer, gradient, before in zip(reversed(layers), reversed(gradients), reversed(passed[:-1]), strict=True):
            for row, delta in zip(gradient, back, strict=True):
                for e, value in enumerate(before):
                    row[e] += delta * value
            back = [_dot(column, back) for column in zip(*layer, strict=True)]
    return loss, gradients


def _dot(one: Sequence[fmpq], other: Sequence[fmpq]) -> fmpq:
    return sum((a * b for a, b in zip(one, other, strict=True)), fmpq(0))


def _vanishes(gradients: list[Rows]) -> bool:
    return all(entry == 0 for rows in gradients for row in rows for entry in row)


def _distance(one: Weights, other: Weights) -> fmpq:
    """The largest difference of two entries."""
    return max(abs(d) for a, b in zip(one, other, strict=True) for d in (a - b).entries())


def _sign(value: fmpq) -> int:
    return (value > 0) - (value < 0)


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise InstanceMismatchError(f"re-check failed: {what}")
