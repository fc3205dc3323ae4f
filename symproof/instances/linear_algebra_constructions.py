"""What the proofs of the lemmas on linear algebra and on real numbers obtain, for any numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from flint import fmpq

from symproof.instances.constructions import Named, Value
from symproof.instances.integer_table import integer_table
from symproof.instances.least_squares import least_squares
from symproof.instances.value_family import vector

__all__ = ["LINEAR_ALGEBRA"]

LEAST_SQUARES = "linear_algebra.least_squares"
SEPARATING = "linear_algebra.separating_direction"
LOWER_BOUND = "calculus.positive_lower_bound"


def _indices(count: Value) -> range:
    return range(1, int(count) + 1)


def _coefficients(values: Named, target: Value) -> Callable[[int], fmpq]:
    """The least-squares fit of a family by the first n columns of a."""
    rows, columns = _indices(values["m"]), _indices(values["n"])
    if not rows or not columns:
        return vector(())
    table = integer_table([*([values["a"](i, k) for i in rows] for k in columns), [target(i) for i in rows]])
    fit = least_squares(table)
    return vector((fit.intercept, *fit.weights))  # the coefficient of the first column, then the others


def _separating(values: Named) -> Callable[[int], fmpq]:
    """The first (1, K, K^2, ...) that is orthogonal to none of v_1, ..., v_n (if none of them vanishes)."""
    count, size, v = _indices(values["n"]), _indices(values["d"]), values["v"]
    rows = [[v(j, k) for k in size] for j in count]
    for direction in _powers(len(size), len(rows) * len(size) + 1):
        if all(sum((a * b for a, b in zip(direction, row, strict=True)), fmpq(0)) != 0 for row in rows):
            return vector(direction)
    return vector(())


def _powers(size: int, count: int) -> Iterator[list[int]]:
    """Each vector is orthogonal to fewer than ``size`` of these, so that ``count`` of them are enough."""
    for base in range(count + 1):
        yield [base**power for power in range(size)]


def _lower_bound(values: Named) -> fmpq:
    """A positive number that is at most each of a_1, ..., a_n."""
    return min((values["a"](j) for j in _indices(values["n"])), default=fmpq(1))


LINEAR_ALGEBRA: Mapping[tuple[str, str], Callable[[Named], Value]] = {
    (LEAST_SQUARES, "u"): lambda values: _coefficients(values, values["y"]),
    (LEAST_SQUARES, "v"): lambda values: _coefficients(values, values["c"]),
    (LEAST_SQUARES, "w"): lambda values: _coefficients(values, values["y"]),
    (SEPARATING, "u"): _separating,
    (SEPARATING, "w"): _separating,
    (SEPARATING, "t"): _lower_bound,
    (LOWER_BOUND, "s"): _lower_bound,
    (LOWER_BOUND, "t"): _lower_bound,
}
"""By theorem and variable."""
