"""A deep linear network with squared loss, exactly: the products of its layers, its loss and all gradients."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flint import fmpq, fmpq_mat, fmpz_mat

__all__ = ["DeepLinearNetwork", "Weights", "bits", "identity", "inner", "is_zero"]

Weights = tuple[fmpq_mat, ...]
"""The layers W_1, ..., W_L; W_j has d_j rows and d_(j-1) columns."""


@dataclass(frozen=True)
class DeepLinearNetwork:
    """The network x -> W_L ... W_1 x on data, with the loss 1/2 |W_L ... W_1 X - Y|^2.

    Attributes:
        inputs: X, one column a sample.
        targets: Y, one column a sample.
        weights: the layers.
    """

    inputs: fmpq_mat
    targets: fmpq_mat
    weights: Weights

    @property
    def sizes(self) -> tuple[int, ...]:
        """The widths d_0, ..., d_L."""
        return (self.weights[0].ncols(), *(w.nrows() for w in self.weights))

    @cached_property
    def prefixes(self) -> tuple[fmpq_mat, ...]:
        """The products W_j ... W_1 for j = 0, ..., L."""
        found = [identity(self.sizes[0])]
        for layer in self.weights:
            found.append(layer * found[-1])
        return tuple(found)

    @cached_property
    def suffixes(self) -> tuple[fmpq_mat, ...]:
        """The products W_L ... W_(j+1) for j = 0, ..., L."""
        found = [identity(self.sizes[-1])]
        for layer in reversed(self.weights):
            found.append(found[-1] * layer)
        return tuple(reversed(found))

    @cached_property
    def residual(self) -> fmpq_mat:
        """The outputs less the targets."""
        return self.prefixes[-1] * self.inputs - self.targets

    @cached_property
    def moments(self) -> tuple[fmpq_mat, fmpq_mat, fmpq]:
        """X X^T, Y X^T and |Y|^2: all that loss and gradients need to know of the samples."""
        turned = self.inputs.transpose()
        return self.inputs * turned, self.targets * turned, inner(self.targets, self.targets)

    @property
    def loss(self) -> fmpq:
        """Half the sum of the squared residuals."""
        gram, mixed, squares = self.moments
        product = self.prefixes[-1]
        return (inner(product * gram - mixed * 2, product) + squares) / 2

    @cached_property
    def product_gradient(self) -> fmpq_mat:
        """The gradient G = (W_L ... W_1 X - Y) X^T of the loss as a function of the product."""
        gram, mixed, _ = self.moments
        return self.prefixes[-1] * gram - mixed

    def layer_gradient(self, layer: int) -> fmpq_mat:
        """The gradient S^T G P^T in a layer (1 to L), with S the layers after it and P those before it."""
        after, before = self.suffixes[layer], self.prefixes[layer - 1]
        return after.transpose() * self.product_gradient * before.transpose()

    def at(self, weights: Sequence[fmpq_mat]) -> DeepLinearNetwork:
        """The network with other weights, on the same data."""
        found = DeepLinearNetwork(self.inputs, self.targets, tuple(weights))
        found.__dict__["moments"] = self.moments  # the data are the same
        return found

    def moved(self, layer: int, change: fmpq_mat) -> DeepLinearNetwork:
        """The network with a change added to one layer."""
        return self.at([w + change if j == layer else w for j, w in enumerate(self.weights, 1)])


def identity(size: int) -> fmpq_mat:
    """The identity matrix."""
    return fmpq_mat(size, size, [int(i == j) for i in range(size) for j in range(size)])


def inner(one: fmpq_mat, other: fmpq_mat) -> fmpq:
    """The sum of the products of all entries."""
    (left, below), (right, beneath) = one.numer_denom(), other.numer_denom()
    size = len(left.entries())
    product = fmpz_mat(1, size, left.entries()) * fmpz_mat(size, 1, right.entries())
    return fmpq(product[0, 0], below * beneath)


def is_zero(matrix: fmpq_mat) -> bool:
    """Whether all entries are 0."""
    return all(entry == 0 for entry in matrix.entries())


def bits(matrix: fmpq_mat) -> int:
    """The bits of the largest entry, all entries written with one denominator."""
    numerators, denominator = matrix.numer_denom()
    return max(int(abs(n)).bit_length() for n in numerators.entries()) + int(denominator).bit_length()
