"""A point of a deep linear network with squared loss, classified: the instance of ``deep_linear.critical_points``."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_escape import Escape, escape
from symproof.instances.deep_linear_hessian import Hessian, hessian_at
from symproof.instances.deep_linear_network import DeepLinearNetwork, is_zero
from symproof.instances.mismatch import InstanceMismatchError

__all__ = [
    "DEGENERATE",
    "GLOBAL_MINIMUM",
    "NOT_CRITICAL",
    "SADDLE",
    "STRICT",
    "DeepLinearPoint",
    "best_product",
    "classify",
    "narrow_layer",
]

GLOBAL_MINIMUM = "global_minimum"
SADDLE = "saddle"
NOT_CRITICAL = "not_critical"
STRICT = "strict"
DEGENERATE = "degenerate"


@dataclass(frozen=True)
class DeepLinearPoint:
    """The point and what was found out about it.

    Attributes:
        network: the network on its data, at the point.
        radius: the points nearby differ by less than this in every entry.
        gradients: the gradient in each layer.
        narrow: the first hidden layer that is too narrow; None if all are wide enough.
        best: an R with the smallest loss of all products, a solution of the normal equations.
        escape: for a saddle, what shows it; None otherwise.
        hessian: the second derivatives; None if they would take long, or the theorem does not apply.
    """

    network: DeepLinearNetwork
    radius: fmpq
    gradients: tuple[fmpq_mat, ...]
    narrow: int | None
    best: fmpq_mat
    escape: Escape | None
    hessian: Hessian | None

    @property
    def moving(self) -> int | None:
        """The first layer in which the gradient is not 0; None at a critical point."""
        return next((j for j, block in enumerate(self.gradients, 1) if not is_zero(block)), None)

    @property
    def classification(self) -> str | None:
        """One of the three names; None where the theorem says nothing because a layer is too narrow."""
        if self.moving is not None:
            return NOT_CRITICAL
        if self.narrow is not None:
            return None
        return GLOBAL_MINIMUM if is_zero(self.network.product_gradient) else SADDLE

    @property
    def saddle_type(self) -> str | None:
        """Whether the Hessian at a saddle has a negative eigenvalue; None elsewhere, and without a Hessian.

        The diagonal of the Hessian is not negative, so that it has a positive eigenvalue if it has a negative one.
        """
        if self.classification != SADDLE or self.hessian is None:
            return None
        return STRICT if self.hessian.inertia.negative else DEGENERATE

    @property
    def gap(self) -> fmpq:
        """The loss less the smallest one of all products; of all weights if the layers are wide enough."""
        return self.network.loss - self.best_network.loss

    @property
    def best_network(self) -> DeepLinearNetwork:
        """One layer of the smallest loss, on the same data."""
        return self.network.at([self.best])


def classify(network: DeepLinearNetwork, radius: fmpq) -> DeepLinearPoint:
    """Decide what a point is; for a saddle, find points of smaller and larger loss within the radius."""
    narrow = narrow_layer(network)
    gradients = tuple(network.layer_gradient(j) for j in range(1, len(network.sizes)))
    applies = narrow is None and all(map(is_zero, gradients))
    left = escape(network, radius) if applies and not is_zero(network.product_gradient) else None
    found = hessian_at(network) if applies else None
    return DeepLinearPoint(network, radius, gradients, narrow, best_product(network), left, found)


def narrow_layer(network: DeepLinearNetwork) -> int | None:
    """The first hidden layer that is narrower than the input and the output; None if there is none."""
    sizes = network.sizes
    needed = min(sizes[0], sizes[-1])
    return next((j for j in range(1, len(sizes) - 1) if sizes[j] < needed), None)


def best_product(network: DeepLinearNetwork) -> fmpq_mat:
    """A solution of R X X^T = Y X^T, free entries 0; there is one for any data."""
    inputs, size = network.inputs, network.sizes[0]
    gram, mixed = inputs * inputs.transpose(), inputs * network.targets.transpose()
    rows = [[*one, *other] for one, other in zip(gram.tolist(), mixed.tolist(), strict=True)]
    echelon, rank = fmpq_mat(rows).rref()
    transposed = fmpq_mat(size, mixed.ncols())
    for i in range(rank):
        pivot = next(j for j in range(size + mixed.ncols()) if echelon[i, j] != 0)
        if pivot >= size:
            raise InstanceMismatchError("the normal equations have no solution")
        for k in range(mixed.ncols()):
            transposed[pivot, k] = echelon[i, size + k]
    return transposed.transpose()
