"""What the proofs of the lemmas on linear algebra and on real numbers obtain, for any numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from flint import fmpq, fmpq_mat

from symproof.instances.constructions import NamedValues, Value
from symproof.instances.integer_table import integer_table
from symproof.instances.least_squares import least_squares
from symproof.instances.value_family import vector
from symproof.logic.syntax import MinOver, Ne, Sum, family, forall_in, integer, num
from symproof.logic.term import Term

__all__ = ["LINEAR_ALGEBRA"]

LEAST_SQUARES = "linear_algebra.least_squares"
SEPARATING = "linear_algebra.separating_direction"
LOWER_BOUND = "calculus.positive_lower_bound"

_M, _N, _I, _J = integer("m n i j")
_A, _V = family("a v", 2)
_B = family("a")


def _indices(count: Value) -> range:
    return range(1, int(count) + 1)


def _coefficients(values: NamedValues, name: str) -> Callable[[int], fmpq]:
    """The least-squares fit of a family by the first n columns of a."""
    rows, columns = _indices(values["m"]), _indices(values["n"])
    if not rows or not columns:
        return vector(())
    if len(rows) >= values.long:
        return vector(_solution_of_normal_equations(values, len(columns), family(name)))
    target = values[name]
    table = integer_table([*([values["a"](i, k) for i in rows] for k in columns), [target(i) for i in rows]])
    fit = least_squares(table)
    return vector((fit.intercept, *fit.weights))  # the coefficient of the first column, then the others


def _solution_of_normal_equations(values: NamedValues, count: int, target: Term) -> list[fmpq]:
    """A solution, free coordinates 0: the coefficients are sums over the samples."""
    columns = [_A(_I, k) for k in range(1, count + 1)]
    rows = [[values.value(Sum(_I, 1, _M, left * right)) for right in (*columns, target(_I))] for left in columns]
    echelon, rank = fmpq_mat(rows).rref()
    solution = [fmpq(0)] * count
    for row in range(rank):
        pivot = next(k for k in range(count) if echelon[row, k] != 0)
        solution[pivot] = echelon[row, count]
    return solution


def _separating(values: NamedValues) -> Callable[[int], fmpq]:
    """The first (1, K, K^2, ...) that is orthogonal to none of v_1, ..., v_n (if none of them vanishes)."""
    count, size = int(values["n"]), int(values["d"])
    for direction in _powers(size, count * size + 1):
        orthogonal_to_none = forall_in(_J, 1, _N, Ne(_dot(direction, [_V(_J, k) for k in _indices(size)]), 0))
        if values.value(orthogonal_to_none) is True:
            return vector(direction)
    return vector(())


def _dot(direction: Sequence[int], entries: Sequence[Term]) -> Term:
    return sum((factor * entry for factor, entry in zip(direction, entries, strict=True)), num(0))


def _powers(size: int, count: int) -> Iterator[list[int]]:
    """Each vector is orthogonal to fewer than ``size`` of these, so that ``count`` of them are enough."""
    for base in range(count + 1):
        yield [base**power for power in range(size)]


def _lower_bound(values: NamedValues) -> fmpq:
    """A positive number that is at most each of a_1, ..., a_n."""
    return values.value(MinOver(_J, 1, _N, _B(_J))) if values["n"] > 0 else fmpq(1)


LINEAR_ALGEBRA: Mapping[tuple[str, str], Callable[[NamedValues], Value]] = {
    (LEAST_SQUARES, "u"): lambda values: _coefficients(values, "y"),
    (LEAST_SQUARES, "v"): lambda values: _coefficients(values, "c"),
    (LEAST_SQUARES, "w"): lambda values: _coefficients(values, "y"),
    (SEPARATING, "u"): _separating,
    (SEPARATING, "w"): _separating,
    (SEPARATING, "t"): _lower_bound,
    (LOWER_BOUND, "s"): _lower_bound,
    (LOWER_BOUND, "t"): _lower_bound,
}
"""By theorem and variable."""
