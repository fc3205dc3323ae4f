"""How many eigenvalues of a symmetric rational matrix A are positive, negative and 0, by evidence.

Evidence: ``kernel``, vectors k with A k = 0 that are independent; ``congruence``, rows of a matrix Q for which
D = Q A Q^T is strictly diagonally dominant. There are as many of both together as A has rows.

No vector is taken to 0 by D, so the rows of Q are independent, and by Gershgorin's discs D has an eigenvalue of the
sign of each entry of its diagonal. So A is positive definite on a space of p dimensions, negative definite on one of
q, and 0 on one of z, where p, q and z are the counts that the evidence shows. As they add up to the size, these are
the numbers of eigenvalues of A.
"""

from __future__ import annotations

from typing import NamedTuple

from flint import fmpq_mat, fmpz, fmpz_mat

from symproof.recheck.instances.numbers import Findings, Numbers
from symproof.recheck.refused import Refused

__all__ = ["Signs", "signs_of"]


class Signs(NamedTuple):
    """The numbers of eigenvalues."""

    positive: int
    negative: int
    zero: int


def signs_of(matrix: fmpq_mat, evidence: Numbers, what: str, found: Findings) -> Signs | None:
    """The signs of the eigenvalues of a symmetric matrix; None if the evidence does not show them, which is noted.

    Raises Refused if the evidence is none for a matrix of this size.
    """
    size = matrix.nrows()
    integers, _ = matrix.numer_denom()
    kernel, rows = evidence.whole_rows("kernel", size), evidence.whole_rows("congruence", size)
    if matrix != matrix.transpose() or len(kernel) + len(rows) != size:
        raise Refused(f"the evidence for the signs of the eigenvalues of {what} is of another size")
    if not found.demand(f"the kernel of {what} is as stated", _vanish(integers, kernel)):
        return None
    diagonal = _dominant(integers, rows)
    if not found.demand(f"the signs of the eigenvalues of {what} are shown", diagonal is not None) or diagonal is None:
        return None
    positive = sum(entry > 0 for entry in diagonal)
    return Signs(positive, len(rows) - positive, len(kernel))


def _vanish(matrix: fmpz_mat, kernel: list[list[int]]) -> bool:
    """Whether some vectors are independent, and the matrix takes them to 0."""
    if not kernel:
        return True
    vectors = fmpz_mat(kernel)
    return vectors.rank() == len(kernel) and all(entry == 0 for entry in (vectors * matrix).entries())


def _dominant(matrix: fmpz_mat, rows: list[list[int]]) -> list[fmpz] | None:
    """The diagonal of Q A Q^T; None unless it is strictly dominant."""
    if not rows:
        return []
    turned = fmpz_mat(rows)
    found = (turned * matrix * turned.transpose()).tolist()
    dominant = all(2 * abs(row[i]) > sum(map(abs, row), fmpz(0)) for i, row in enumerate(found))
    return [row[i] for i, row in enumerate(found)] if dominant else None
