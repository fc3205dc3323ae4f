"""How many eigenvalues of a symmetric rational matrix are positive, negative and 0, with a certificate that is exact.

The certificate is a rational congruence: independent vectors that the matrix takes to 0, and as many rows Q as are
missing for which Q A Q^T is strictly diagonally dominant. By Gershgorin's discs such a matrix has as many eigenvalues
of either sign as diagonal entries, and by Sylvester's law the counts, once they add up to the size, are the inertia.

Q comes from LDL^T factorizations in floating point with pivots of size 1 and 2 (Bunch and Kaufman), each of the exact
congruence that the ones before it left behind; what they find is rounded to integers and trusted in nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot, ldexp

from flint import fmpq_mat, fmpz, fmpz_mat, nmod_mat

from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["Inertia", "InertiaCertificate", "certify_inertia", "demand_inertia", "inertia"]

PRIMES = (4611686018427387847, 4611686018427387817, 4611686018427387787)
"""The rank modulo a prime is a guess from below; few primes give less than the rank."""
MOST_ROUNDS = 60
MOST_SCALINGS = 60
SMALL = 2.0**-40
"""Columns of the scaled matrix that elimination leaves smaller than this wait for the next round."""
PLACES = 60
MOST_KEPT_BITS = 200_000_000
"""Longer evidence is left out of certificates of instances."""
PIVOT_BOUND = 0.6403882032022076
"""(1 + sqrt(17)) / 8: the choice between a pivot of size 1 and one of size 2 that bounds the growth of entries."""

Floats = list[list[float]]


@dataclass(frozen=True)
class Inertia:
    """How many eigenvalues of a symmetric matrix are positive, negative and 0."""

    positive: int
    negative: int
    zero: int


@dataclass(frozen=True)
class InertiaCertificate:
    """What shows the inertia of a symmetric matrix A of size n.

    Attributes:
        kernel: an n x z matrix of rank z with A K = 0.
        congruence: an (n - z) x n matrix Q such that Q A Q^T is strictly diagonally dominant.
    """

    kernel: fmpz_mat
    congruence: fmpz_mat

    def numbers(self) -> dict[str, object] | None:
        """Both as rows of integers, for certificates; None if they have more than ``MOST_KEPT_BITS`` bits."""
        tables = {"kernel": self.kernel.transpose().tolist(), "congruence": self.congruence.tolist()}
        if sum(int(x.bit_length()) for rows in tables.values() for row in rows for x in row) > MOST_KEPT_BITS:
            return None
        return {name: [[int(x) for x in row] for row in rows] for name, rows in tables.items()}


def inertia(matrix: fmpq_mat) -> Inertia:
    """The inertia of a symmetric matrix. Raises InstanceMismatchError if no certificate was found."""
    return demand_inertia(matrix, certify_inertia(matrix))


def demand_inertia(matrix: fmpq_mat, certificate: InertiaCertificate) -> Inertia:
    """The inertia that a certificate shows. Raises InstanceMismatchError if it shows none."""
    integers, _ = matrix.numer_denom()
    kernel, rows = certificate.kernel, certificate.congruence
    size, zero = integers.nrows(), kernel.ncols()
    if integers != integers.transpose() or kernel.nrows() != size or rows.ncols() != size:
        raise InstanceMismatchError("a certificate of the inertia is not one of this symmetric matrix")
    if rows.nrows() + zero != size or not (integers * kernel).is_zero() or _modular_rank(kernel) != zero:
        raise InstanceMismatchError("the zero eigenvalues of a symmetric matrix are not certified")
    signs = _dominant_signs(rows * integers * rows.transpose())
    if signs is None:
        raise InstanceMismatchError("the congruence of a symmetric matrix is not diagonally dominant")
    return Inertia(signs.count(1), signs.count(-1), zero)


def certify_inertia(matrix: fmpq_mat) -> InertiaCertificate:
    """Find a certificate of the inertia of a symmetric matrix. Raises InstanceMismatchError if none was found."""
    integers, _ = matrix.numer_denom()
    split = next((found for p in PRIMES if (found := _kernel(integers, p)) is not None), None)
    rows = None if split is None else _dominating(_part(integers, split[0], split[0]))
    if split is None or rows is None:
        raise InstanceMismatchError("the search for the inertia of a symmetric matrix did not end")
    kept, kernel = split
    size, entries = integers.nrows(), rows.tolist()
    wide = [[fmpz(0)] * size for _ in kept]
    for row, short in zip(wide, entries, strict=True):
        for place, entry in zip(kept, short, strict=True):
            row[place] = entry
    return InertiaCertificate(kernel, _matrix(wide, size))


def _kernel(matrix: fmpz_mat, prime: int) -> tuple[list[int], fmpz_mat] | None:
    """The places of independent rows, as many as the rank, and a basis of the kernel; None if the prime is unlucky."""
    size = matrix.nrows()
    echelon, rank = nmod_mat(matrix, prime).rref()
    kept, column = [], 0
    for i in range(rank):
        while echelon[i, column] == 0:
            column += 1
        kept.append(column)
    inside = set(kept)
    free = [j for j in range(size) if j not in inside]
    basis = [[fmpz(0)] * len(free) for _ in range(size)]
    for k, j in enumerate(free):
        basis[j][k] = fmpz(1)
    if kept and free:
        solution = _part(matrix, kept, kept).solve(_part(matrix, kept, free))
        columns = [fmpq_mat([list(column)]).numer_denom() for column in zip(*solution.tolist(), strict=True)]
        for k, (j, (numerators, denominator)) in enumerate(zip(free, columns, strict=True)):
            basis[j][k] = denominator
            for i, entry in zip(kept, numerators.entries(), strict=True):
                basis[i][k] = -entry
    kernel = _matrix(basis, len(free))
    return (kept, kernel) if (matrix * kernel).is_zero() else None


def _part(matrix: fmpz_mat, rows: Sequence[int], columns: Sequence[int]) -> fmpz_mat:
    entries = matrix.tolist()
    return _matrix([[entries[i][j] for j in columns] for i in rows], len(columns))


def _matrix(rows: list[list[fmpz]], width: int) -> fmpz_mat:
    return fmpz_mat(len(rows), width, [entry for row in rows for entry in row])


def _modular_rank(matrix: fmpz_mat) -> int:
    """At most the rank."""
    if not matrix.ncols():
        return 0
    return max(nmod_mat(matrix, prime).rank() for prime in PRIMES[:2])


def _dominant_signs(matrix: fmpz_mat) -> list[int] | None:
    """The signs of the diagonal of a strictly diagonally dominant matrix; None if it is not one."""
    signs = []
    for i, row in enumerate(matrix.tolist()):
        if sum(map(abs, row), fmpz(0)) >= 2 * abs(row[i]):
            return None
        signs.append(1 if row[i] > 0 else -1)
    return signs


def _dominating(matrix: fmpz_mat) -> fmpz_mat | None:
    """Rows Q with Q A Q^T strictly diagonally dominant, for a matrix A that is not singular."""
    size = matrix.nrows()
    total = _matrix([[fmpz(i == j) for j in range(size)] for i in range(size)], size)
    current = matrix
    for _ in range(MOST_ROUNDS):
        exponents = _exponents(current)
        scale = _powers([max(exponents, default=0) - e for e in exponents])
        if _dominant_signs(scale * current * scale) is not None:
            return scale * total
        eliminated = _eliminated(_scaled(current, exponents))
        step = _rounded(eliminated) * scale
        current, total = step * current * step.transpose(), step * total
    return None


def _powers(exponents: Sequence[int]) -> fmpz_mat:
    """A diagonal matrix of powers of 2."""
    size = len(exponents)
    return _matrix([[fmpz(1) << e if i == j else fmpz(0) for j in range(size)] for i, e in enumerate(exponents)], size)


def _exponents(matrix: fmpz_mat) -> list[int]:
    """Exponents e for which the largest entry of each row of 2^-e A 2^-e is about 1."""
    bits = [[(j, int(x.bit_length())) for j, x in enumerate(row) if x] for row in matrix.tolist()]
    found = [max((b for _, b in row), default=0) // 2 for row in bits]
    for _ in range(MOST_SCALINGS):
        largest = [max((b - found[j] for j, b in row), default=e) - e for row, e in zip(bits, found, strict=True)]
        if all(abs(most) <= 1 for most in largest):
            break
        found = [e + (most + 1) // 2 for e, most in zip(found, largest, strict=True)]
    return found


def _scaled(matrix: fmpz_mat, exponents: Sequence[int]) -> Floats:
    rows = zip(matrix.tolist(), exponents, strict=True)
    return [[_float(x, -e - f) for x, f in zip(row, exponents, strict=True)] for row, e in rows]


def _float(value: fmpz, exponent: int) -> float:
    """About value * 2^exponent."""
    spare = max(int(value.bit_length()) - PLACES, 0)
    return ldexp(int(value >> spare), spare + exponent)


def _rounded(rows: Floats) -> fmpz_mat:
    """Rows of integers along rows of floats."""
    found = []
    for row in rows:
        largest = max(map(abs, row))
        found.append([fmpz(round(ldexp(x / largest, PLACES))) for x in row])
    return _matrix(found, len(rows))


def _eliminated(matrix: Floats) -> Floats:
    """Rows Q for which Q A Q^T is about diagonal, up to what is too small to be seen in floating point."""
    size = len(matrix)
    rows: Floats = [[float(i == j) for j in range(size)] for i in range(size)]
    rest = list(range(size))
    while rest:
        pivots = _pivots(matrix, rest)
        if pivots is None:
            rest = rest[1:]
            continue
        rest = [i for i in rest if i not in pivots]
        if len(pivots) == 2:
            _turn(matrix, rows, rest, *pivots)
        for pivot in pivots:
            _clear(matrix, rows, rest, pivot)
    return rows


def _pivots(matrix: Floats, rest: Sequence[int]) -> tuple[int, ...] | None:
    """The places of the next pivot, one or two of them; None if the first column is too small."""
    first = rest[0]
    row = matrix[first]
    second = max(rest[1:], key=lambda j: abs(row[j]), default=first)
    beside = abs(row[second]) if second != first else 0.0
    if max(abs(row[first]), beside) < SMALL:
        return None
    if abs(row[first]) >= PIVOT_BOUND * beside:
        return (first,)
    most = max(abs(matrix[second][j]) for j in rest if j != second)
    if abs(row[first]) * most >= PIVOT_BOUND * beside * beside:
        return (first,)
    if abs(matrix[second][second]) >= PIVOT_BOUND * most:
        return (second,)
    return (first, second)


def _clear(matrix: Floats, rows: Floats, rest: Sequence[int], pivot: int) -> None:
    """Subtract multiples of the row of a pivot, so that its column is 0 in the rest."""
    top, own = matrix[pivot], rows[pivot]
    for i in rest:
        times = matrix[i][pivot] / top[pivot]
        if times:
            matrix[i] = [x - times * y for x, y in zip(matrix[i], top, strict=True)]
            rows[i] = [x - times * y for x, y in zip(rows[i], own, strict=True)]


def _turn(matrix: Floats, rows: Floats, rest: Sequence[int], p: int, q: int) -> None:
    """Rotate two coordinates so that the entry between them is 0."""
    half, beside = (matrix[p][p] - matrix[q][q]) / 2, matrix[p][q]
    along, across = half + hypot(half, beside) * (1 if half >= 0 else -1), beside
    length = hypot(along, across)
    c, s = along / length, across / length
    for table in (matrix, rows):
        one, other = table[p], table[q]
        table[p] = [c * x + s * y for x, y in zip(one, other, strict=True)]
        table[q] = [c * y - s * x for x, y in zip(one, other, strict=True)]
    for i in (*rest, p, q):
        row = matrix[i]
        row[p], row[q] = c * row[p] + s * row[q], c * row[q] - s * row[p]
