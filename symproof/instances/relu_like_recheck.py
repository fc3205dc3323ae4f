"""The re-check of a spurious local minimum: the networks are evaluated on the data and every claim is compared.

Nothing of the search is used here: exact integer arithmetic on the data set and the finished numbers, in passes over
the samples that hold one chunk of them at a time.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Iterator, Sequence

from flint import fmpq, fmpz, fmpz_mat

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.integer_table import Combination, IntegerTable
from symproof.instances.isolating_direction import Isolation
from symproof.instances.least_squares import AffineFit
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.relu_network import ReluNetwork, Vector
from symproof.instances.spurious_minimum import SpuriousMinimum

__all__ = ["recheck_construction", "recheck_fit"]


def recheck_fit(dataset: Dataset, fit: AffineFit) -> None:
    """Raise InstanceMismatchError unless ``fit`` solves the normal equations and has the risk it claims."""
    _demand(_fit_claims(dataset, fit))


def recheck_construction(dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum) -> None:
    """Raise InstanceMismatchError, naming the first claim that fails, unless all claims on ``found`` hold."""
    _demand(_minimum_claims(dataset, activation, fit, found))
    _demand(_isolation_claims(dataset, fit, found.isolation))
    _demand(_better_point_claims(dataset, activation, fit, found))


def _demand(claims: Iterable[tuple[str, bool]]) -> None:
    for claim, holds in claims:
        if not holds:
            raise InstanceMismatchError(f"re-check failed: {claim}")


def _residuals(dataset: Dataset, fit: AffineFit) -> Combination:
    """r_i, from the weights of the fit and nothing else of it."""
    return dataset.table.combination([fit.intercept, *fit.weights, -1])


def _fit_claims(dataset: Dataset, fit: AffineFit) -> Iterator[tuple[str, bool]]:
    residuals = _residuals(dataset, fit)
    same = fit.residual_column
    equal = residuals.weights * same.denominator == same.weights * residuals.denominator
    yield "the residuals are those of the fit", equal and same.table is dataset.table
    products, square = fmpz_mat(len(dataset.table.scales), 1), fmpz(0)
    for chunk in dataset.table.chunks:
        column = residuals.chunk(chunk)
        products += chunk.transpose() * column
        square += (column.transpose() * column)[0, 0]
    constant, *features, _ = products.entries()
    yield "the residuals sum to 0", constant == 0
    for name, product in zip(dataset.feature_names, features, strict=True):
        yield f"the residuals are orthogonal to the feature {name!r}", product == 0
    yield "the risk of the fit is 1/2 sum r_i^2", fit.risk == fmpq(square, 2 * residuals.denominator**2)
    yield "the fit is called exact if and only if its risk is 0", fit.is_exact == (square == 0)


class _Outputs:
    """The outputs of a network on the samples, over one common denominator.

    ``W2 h(W1 x + b1) + b2`` is evaluated for each sample; units with the same incoming parameters are added up first.
    """

    def __init__(self, network: ReluNetwork, activation: ReluLike, table: IntegerTable) -> None:
        outgoing: dict[tuple[Vector, fmpq], fmpq] = {}
        for row, bias, weight in zip(network.W1, network.b1, network.W2, strict=True):
            outgoing[row, bias] = outgoing.get((row, bias), fmpq(0)) + weight
        units = [
            (table.combination([bias, *row, 0]), weight) for (row, bias), weight in outgoing.items() if weight != 0
        ]
        factors = [
            (pre, weight * activation.s_plus / pre.denominator, weight * activation.s_minus / pre.denominator)
            for pre, weight in units
        ]
        parts = [network.b2, *(f for _, up, down in factors for f in (up, down))]
        self.denominator = fmpz(math.lcm(*(int(part.q) for part in parts)))
        self._offset = (network.b2 * self.denominator).p
        self._units = [(pre, (up * self.denominator).p, (down * self.denominator).p) for pre, up, down in factors]

    def chunk(self, chunk: fmpz_mat) -> list[fmpz]:
        """The numerators for the samples of a chunk."""
        values = [self._offset] * chunk.nrows()
        for pre, up, down in self._units:
            tops = pre.chunk(chunk).entries()
            values = [value + (up if top >= 0 else down) * top for value, top in zip(values, tops, strict=True)]
        return values


def _risk(dataset: Dataset, outputs: _Outputs) -> fmpq:
    """1/2 sum (f(x_i) - y_i)^2."""
    scale, square = fmpz(dataset.table.scales[-1]), fmpz(0)
    for chunk in dataset.table.chunks:
        targets = chunk.entries()[chunk.ncols() - 1 :: chunk.ncols()]
        pairs = zip(outputs.chunk(chunk), targets, strict=True)
        errors = [value * scale - target * outputs.denominator for value, target in pairs]
        square += sum(map(operator.mul, errors, errors), fmpz(0))
    return fmpq(square, 2 * (outputs.denominator * scale) ** 2)


def _minimum_claims(
    dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum
) -> Iterator[tuple[str, bool]]:
    network, table = found.local_minimum, dataset.table
    outputs = _Outputs(network, activation, table)
    fitted = table.combination([fit.intercept, *fit.weights, 0])
    scale = fmpq(outputs.denominator, fitted.denominator)
    same = all(
        [value * scale.q for value in outputs.chunk(chunk)] == [top * scale.p for top in fitted.chunk(chunk).entries()]
        for chunk in table.chunks
    )
    yield "the candidate outputs the affine fit", same
    yield "R0 is the risk of the affine fit", found.risk_local_minimum == fit.risk
    yield "the candidate has risk R0", _risk(dataset, outputs) == found.risk_local_minimum
    pres = [table.combination([bias, *row, 0]) for row, bias in set(network.units)]
    yield "all pre-activations at the candidate are > 0", all(top > 0 for pre in pres for top in pre.numerators())
    yield "rho > 0", found.radius > 0
    yield "rho (|x_i|_1 + 1) <= every pre-activation", all(_in_reach(table, pre, found.radius) for pre in pres)


def _in_reach(table: IntegerTable, pre: Combination, radius: fmpq) -> bool:
    """Whether rho (|x_i|_1 + 1) <= the pre-activation at every sample."""
    common = math.lcm(*table.scales[:-1])
    factors = [common // scale for scale in table.scales[:-1]]
    ratio = radius * fmpq(pre.denominator, common)
    sizes = (sum(map(operator.mul, map(abs, row[:-1]), factors), fmpz(0)) for row in table.rows())
    return all(ratio.p * size <= ratio.q * top for size, top in zip(sizes, pre.numerators(), strict=True))


def _better_point_claims(
    dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum
) -> Iterator[tuple[str, bool]]:
    risk = _risk(dataset, _Outputs(found.better_point, activation, dataset.table))
    identity = found.risk_local_minimum - found.phi * found.phi / (2 * found.square_sum)
    yield "phi = sum r_i h(w . x_i + b)", found.phi == _phi(dataset, activation, fit, found)
    yield "phi != 0", found.phi != 0
    yield "u sum h^2 = -phi", found.outgoing * found.square_sum == -found.phi
    yield "the better point has the claimed risk", risk == found.risk_better_point
    yield "its risk is R0 - phi^2 / (2 sum h^2)", risk == identity
    yield "its risk is smaller than R0", risk < found.risk_local_minimum


def _phi(dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum) -> fmpq:
    """The sum, term by term."""
    residuals = _residuals(dataset, fit)
    pre = dataset.table.combination([found.unit_bias, *found.unit_weights, 0])
    above, below = fmpz(0), fmpz(0)
    for residual, top in zip(residuals.numerators(), pre.numerators(), strict=True):
        if top >= 0:
            above += residual * top
        else:
            below += residual * top
    return (activation.s_plus * above + activation.s_minus * below) / (residuals.denominator * pre.denominator)


def _isolation_claims(dataset: Dataset, fit: AffineFit, isolation: Isolation) -> Iterator[tuple[str, bool]]:
    own = _dot(isolation.direction, dataset.features[isolation.index])
    residual = fit.value(dataset.features[isolation.index]) - dataset.targets[isolation.index]
    yield "the isolated sample has a residual other than 0", residual != 0
    yield "d > 0", isolation.distance > 0
    values = dataset.table.combination([-own, *isolation.direction, 0])
    limit = isolation.distance * values.denominator
    apart = (abs(top) > limit for i, top in enumerate(values.numerators()) if i != isolation.index)
    yield "d < |z_j - z_i| for all other j", all(apart)


def _dot(left: Sequence[int], right: Vector) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))
