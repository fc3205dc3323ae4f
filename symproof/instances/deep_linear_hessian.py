"""The inertia of the Hessian of a deep linear network with squared loss."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import DeepLinearNetwork, bits, identity
from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["MOST_PARAMETERS", "Inertia", "hessian", "inertia", "inertia_at"]

MOST_PARAMETERS = 60
"""Hessians of more parameters are left out."""
MOST_BITS = 1_000_000
"""So are those for which the parameters times the bits of the entries are more."""


@dataclass(frozen=True)
class Inertia:
    """How many eigenvalues of a symmetric matrix are positive, negative and 0."""

    positive: int
    negative: int
    zero: int


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


def inertia_at(network: DeepLinearNetwork) -> Inertia | None:
    """The inertia of the Hessian; None if it would take long."""
    size = sum(len(w.entries()) for w in network.weights)
    if size > MOST_PARAMETERS:
        return None
    matrix = hessian(network)
    return inertia(matrix) if size * bits(matrix) <= MOST_BITS else None


def inertia(matrix: fmpq_mat) -> Inertia:
    """The inertia of a symmetric matrix, by Descartes' rule of signs.

    The rule counts the positive roots of a polynomial exactly if all of its roots are real, as those of the
    characteristic polynomial of a symmetric matrix are. Raises InstanceMismatchError if the counts do not add up.
    """
    coefficients = list(matrix.charpoly().coeffs())
    zero = next(k for k, c in enumerate(coefficients) if c != 0)
    signed = [c if k % 2 == 0 else -c for k, c in enumerate(coefficients)]
    found = Inertia(_changes(coefficients), _changes(signed), zero)
    if found.positive + found.negative + found.zero != matrix.nrows():
        raise InstanceMismatchError("the eigenvalues of the Hessian are not all counted")
    return found


def _changes(coefficients: Sequence[fmpq]) -> int:
    """How often the sign changes along the coefficients, zeros left out."""
    signs = [c > 0 for c in coefficients if c != 0]
    return sum(one != other for one, other in pairwise(signs))
