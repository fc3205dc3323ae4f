"""The Hessian of a deep linear network with squared loss, and its inertia."""

from __future__ import annotations

from dataclasses import dataclass

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import DeepLinearNetwork, bits, identity
from symproof.instances.symmetric_inertia import Inertia, InertiaCertificate, certify_inertia, demand_inertia

__all__ = ["MOST_PARAMETERS", "Hessian", "hessian", "hessian_at"]

MOST_PARAMETERS = 400
"""Hessians of more parameters are left out."""
MOST_BITS = 500_000
"""So are those for which the parameters times the bits of the entries are more."""


@dataclass(frozen=True)
class Hessian:
    """The Hessian at a point.

    Attributes:
        matrix: the second derivatives in all entries of W_1, then W_2, ..., each row by row.
        inertia: how many of its eigenvalues are positive, negative and 0.
        certificate: what shows that.
    """

    matrix: fmpq_mat
    inertia: Inertia
    certificate: InertiaCertificate


def hessian(network: DeepLinearNetwork) -> fmpq_mat:
    """The second derivatives in all entries of W_1, then W_2, ..., each row by row."""
    places = [
        (layer, row, column)
        for layer, w in enumerate(network.weights, 1)
        for row in range(w.nrows())
        for column in range(w.ncols())
    ]
    pairs = _Pairs(network)
    size = len(places)
    matrix = fmpq_mat(size, size)
    for p, one in enumerate(places):
        for q in range(p, size):
            matrix[p, q] = matrix[q, p] = pairs.entry(one, places[q])
    return matrix


class _Pairs:
    """The products of layers that a pair of layers i <= j needs, computed once."""

    def __init__(self, network: DeepLinearNetwork) -> None:
        self._network = network
        self._gram = network.inputs * network.inputs.transpose()
        self._found: dict[tuple[int, int], tuple[fmpq_mat, fmpq_mat, fmpq_mat, fmpq_mat]] = {}

    def entry(self, one: tuple[int, int, int], other: tuple[int, int, int]) -> fmpq:
        """The derivative in W_i[a, b] and W_j[c, e], where i <= j."""
        (i, a, b), (j, c, e) = one, other
        after, before, between, crossing = self._of(i, j)
        first = after[a, c] * before[b, e]
        return first + crossing[c, b] * between[e, a] if i < j else first

    def _of(self, i: int, j: int) -> tuple[fmpq_mat, fmpq_mat, fmpq_mat, fmpq_mat]:
        """S_i^T S_j, P_i X X^T P_j^T, W_(j-1) ... W_(i+1) and S_j^T G P_i^T."""
        found = self._found.get((i, j))
        if found is None:
            network = self._network
            suffix, prefix = network.suffixes, network.prefixes
            between = network.at(network.weights[i : j - 1]).prefixes[-1] if j > i + 1 else None
            found = self._found[i, j] = (
                suffix[i].transpose() * suffix[j],
                prefix[i - 1] * self._gram * prefix[j - 1].transpose(),
                between if between is not None else identity(network.weights[i - 1].nrows()),
                suffix[j].transpose() * network.product_gradient * prefix[i - 1].transpose(),
            )
        return found


def hessian_at(network: DeepLinearNetwork) -> Hessian | None:
    """The Hessian with its inertia; None if it would take long.

    Raises InstanceMismatchError if the search for a certificate of the inertia did not end.
    """
    size = sum(len(w.entries()) for w in network.weights)
    if size > MOST_PARAMETERS:
        return None
    matrix = hessian(network)
    if size * bits(matrix) > MOST_BITS:
        return None
    certificate = certify_inertia(matrix)
    return Hessian(matrix, demand_inertia(matrix, certificate), certificate)
