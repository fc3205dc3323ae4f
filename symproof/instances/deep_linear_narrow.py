"""A narrow deep linear network at a local minimum that is not global, in numbers: the point, and a better one.

Two inputs, one hidden unit, two outputs; the convex loss is a weighted squared error of the 2 x 2 product.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import Weights, is_zero
from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["RADIUS", "SIZES", "TARGET", "WEIGHTS", "NarrowMinimum", "narrow_loss", "narrow_minimum", "neighbours"]

SIZES = (2, 1, 2)
TARGET = fmpq_mat(2, 2, [2, 0, 0, 1])
WEIGHTS = fmpq_mat(2, 2, [1, 4, 4, 1])
"""Of the squared errors of the entries; the loss is half the weighted sum."""
RADIUS = fmpq(1, 4)
"""No weights that differ by less than this in every entry have a smaller loss."""


@dataclass(frozen=True)
class NarrowMinimum:
    """The two points.

    Attributes:
        weights: W_1 and W_2, the local minimum.
        better: weights with a smaller loss.
    """

    weights: Weights
    better: Weights

    @property
    def loss(self) -> fmpq:
        """The loss at the local minimum."""
        return narrow_loss(self.weights)

    @property
    def better_loss(self) -> fmpq:
        """The smaller loss."""
        return narrow_loss(self.better)

    @property
    def product_gradient(self) -> fmpq_mat:
        """The gradient G of the loss in the product, at the local minimum."""
        return _gradient(self.weights[1] * self.weights[0])

    @property
    def gradients(self) -> Weights:
        """The gradients in both layers, at the local minimum."""
        first, second = self.weights
        return second.transpose() * self.product_gradient, self.product_gradient * first.transpose()


def narrow_loss(weights: Weights) -> fmpq:
    """The loss of the product of two layers, entry by entry."""
    (v,), u = weights[0].tolist(), [row[0] for row in weights[1].tolist()]
    errors = ((WEIGHTS[i, k], u[i] * v[k] - TARGET[i, k]) for i in range(2) for k in range(2))
    return sum((weight * error**2 for weight, error in errors), fmpq(0)) / 2


def narrow_minimum() -> NarrowMinimum:
    """The local minimum and the better point, re-checked.

    Raises InstanceMismatchError if something does not come out.
    """
    found = NarrowMinimum(
        (fmpq_mat(1, 2, [0, 1]), fmpq_mat(2, 1, [0, 1])), (fmpq_mat(1, 2, [1, 0]), fmpq_mat(2, 1, [2, 0]))
    )
    checks = {
        "the point is not critical": all(map(is_zero, found.gradients)),
        "the gradient in the product is 0": not is_zero(found.product_gradient),
        "the better point is not better": found.better_loss < found.loss,
        "a neighbour has a smaller loss": all(narrow_loss(w) >= found.loss for w in neighbours(found)),
    }
    for what, holds in checks.items():
        if not holds:
            raise InstanceMismatchError(f"re-check failed: {what}")
    return found


def neighbours(found: NarrowMinimum) -> Sequence[Weights]:
    """Weights within the radius: every entry moves by 7/8 of it, one way or the other."""
    step = RADIUS * 7 / 8
    moves = [(fmpq_mat(1, 2, [a, b]), fmpq_mat(2, 1, [c, e])) for a, b, c, e in product((-step, step), repeat=4)]
    return [(found.weights[0] + first, found.weights[1] + second) for first, second in moves]


def _gradient(matrix: fmpq_mat) -> fmpq_mat:
    """The gradient of the loss in the product."""
    return fmpq_mat(2, 2, [WEIGHTS[i, k] * (matrix[i, k] - TARGET[i, k]) for i in range(2) for k in range(2)])
