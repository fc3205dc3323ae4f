"""A second evaluation of what an instance of a deep linear network claims: by back-propagation.

The instance itself works with products of layers; here the samples run through the layers one by one.
"""

from __future__ import annotations

from random import Random

from flint import fmpq, fmpq_mat, fmpz

from symproof.instances.deep_linear_hessian import Hessian
from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights, inner, is_zero
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, NOT_CRITICAL, SADDLE, DeepLinearPoint
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.symmetric_inertia import demand_inertia

__all__ = ["loss_and_gradients", "recheck", "second_derivative"]

DIRECTIONS = 2
"""Along which the Hessian is compared; one that is wrong is missed only if both lie in the zeros of the difference."""


def recheck(point: DeepLinearPoint) -> None:
    """Evaluate everything that is claimed anew. Raises InstanceMismatchError if something does not come out."""
    network = point.network
    loss, gradients = loss_and_gradients(network, network.weights)
    _demand(gradients == point.gradients, "the gradients differ")
    smallest, normal = loss_and_gradients(network, (point.best,))
    _demand(_vanishes(normal), "the normal equations do not hold at the best product")
    _demand(loss - smallest == point.gap >= 0, "the gap differs")
    _demand(_vanishes(gradients) == (point.classification != NOT_CRITICAL), "the point is not what it is called")
    if point.classification == GLOBAL_MINIMUM:
        _demand(point.gap == 0, "the loss at the global minimum is not the smallest one")
    _demand((point.classification == SADDLE) == (point.escape is not None), "a saddle without points nearby")
    if point.escape is not None:
        _recheck_escape(point, loss)
    if point.hessian is not None:
        _recheck_hessian(network, point.hessian)


def _recheck_escape(point: DeepLinearPoint, loss: fmpq) -> None:
    network, left = point.network, point.escape
    if left is None:
        return
    same, gradients = loss_and_gradients(network, left.weights)
    block = gradients[left.layer - 1]
    _demand(same == loss, "the loss changes along the escape")
    _demand(block == left.gradient and not is_zero(block), "no gradient after the escape")
    for weights, sign in ((left.weights, 0), (left.lower, -1), (left.higher, 1)):
        value, _ = loss_and_gradients(network, weights)
        _demand(_sign(value - loss) == sign, "the loss at a point nearby is on the wrong side")
        _demand(_distance(weights, network.weights) < point.radius, "a point nearby is too far away")


def loss_and_gradients(data: DeepLinearNetwork, weights: Weights) -> tuple[fmpq, Weights]:
    """The squared loss of layers on the data of a network, and its gradient in each layer.

    Matrices are kept as integers with one denominator each, so that nothing is reduced on the way.
    """
    layers = [w.numer_denom() for w in weights]
    passed, below = [data.inputs.numer_denom()[0]], [fmpz(data.inputs.numer_denom()[1])]
    for layer, denominator in layers:
        passed.append(layer * passed[-1])
        below.append(denominator * below[-1])
    targets, denominator = data.targets.numer_denom()
    back, beneath = passed[-1] * denominator - targets * below[-1], denominator * below[-1]
    loss = sum((entry * entry for entry in back.entries()), fmpz(0))
    found, half = [], fmpq(loss, 2 * beneath * beneath)
    for (layer, denominator), before, under in zip(
        reversed(layers), reversed(passed[:-1]), reversed(below[:-1]), strict=True
    ):
        found.append(fmpq_mat(back * before.transpose()) / (beneath * under))
        back, beneath = layer.transpose() * back, denominator * beneath
    return half, tuple(reversed(found))


def _recheck_hessian(network: DeepLinearNetwork, hessian: Hessian) -> None:
    _demand(demand_inertia(hessian.matrix, hessian.certificate) == hessian.inertia, "the inertia differs")
    chosen = Random(0)
    for _ in range(DIRECTIONS):
        shapes = [(w.nrows(), w.ncols()) for w in network.weights]
        change = [fmpq_mat(m, n, [chosen.randint(-999, 999) for _ in range(m * n)]) for m, n in shapes]
        entries = [entry for each in change for entry in each.entries()]
        along = fmpq_mat(1, len(entries), entries)
        form = (along * hessian.matrix * along.transpose())[0, 0]
        _demand(form == second_derivative(network, tuple(change)), "the Hessian differs along a direction")


def second_derivative(network: DeepLinearNetwork, change: Weights) -> fmpq:
    """The second derivative of the loss along a direction, by the outputs up to the second order."""
    value, first = network.inputs, network.inputs * 0
    second = first
    for layer, step in zip(network.weights, change, strict=True):
        value, first, second = layer * value, layer * first + step * value, layer * second + step * first
    return inner(first, first) + 2 * inner(value - network.targets, second)


def _vanishes(gradients: Weights) -> bool:
    return all(map(is_zero, gradients))


def _distance(one: Weights, other: Weights) -> fmpq:
    """The largest difference of two entries."""
    return max(abs(d) for a, b in zip(one, other, strict=True) for d in (a - b).entries())


def _sign(value: fmpq) -> int:
    return (value > 0) - (value < 0)


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise InstanceMismatchError(f"re-check failed: {what}")
