"""The re-check of a spurious local minimum: the networks are evaluated on the data and every claim is compared.

Nothing of the search is used here: plain rational arithmetic on the data set and the finished numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.isolating_direction import Isolation
from symproof.instances.kink_sum import kink_sum, projection
from symproof.instances.least_squares import AffineFit
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.relu_network import Vector, network_outputs, pre_activations, squared_risk
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


def _fit_claims(dataset: Dataset, fit: AffineFit) -> Iterator[tuple[str, bool]]:
    fitted = [fit.value(x) for x in dataset.features]
    residuals = [value - target for value, target in zip(fitted, dataset.targets, strict=True)]
    yield "the residuals are those of the fit", fit.residuals() == tuple(residuals)
    yield "the residuals sum to 0", sum(residuals, fmpq(0)) == 0
    for name, column in zip(dataset.feature_names, zip(*dataset.features, strict=True), strict=True):
        yield f"the residuals are orthogonal to the feature {name!r}", _dot(residuals, column) == 0
    yield "the risk of the fit is 1/2 sum r_i^2", fit.risk == squared_risk(fitted, dataset.targets)
    yield "the fit is called exact if and only if its risk is 0", fit.is_exact == (fit.risk == 0)


def _minimum_claims(
    dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum
) -> Iterator[tuple[str, bool]]:
    network = found.local_minimum
    units = set(network.units)
    outputs = network_outputs(network, activation, dataset.features)
    yield "the candidate outputs the affine fit", outputs == tuple(fit.value(x) for x in dataset.features)
    yield "R0 is the risk of the affine fit", found.risk_local_minimum == fit.risk
    yield "the candidate has risk R0", squared_risk(outputs, dataset.targets) == found.risk_local_minimum
    smallest = [min(pre_activations(units, x)) for x in dataset.features]
    yield "all pre-activations at the candidate are > 0", min(smallest) > 0
    reaches = [found.radius * (sum(map(abs, x), fmpq(0)) + 1) for x in dataset.features]
    yield "rho > 0", found.radius > 0
    yield "rho (|x_i|_1 + 1) <= every pre-activation", all(map(fmpq.__le__, reaches, smallest))


def _better_point_claims(
    dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum
) -> Iterator[tuple[str, bool]]:
    residuals = [fit.value(x) - target for x, target in zip(dataset.features, dataset.targets, strict=True)]
    outputs = network_outputs(found.better_point, activation, dataset.features)
    risk = squared_risk(outputs, dataset.targets)
    identity = found.risk_local_minimum - found.phi * found.phi / (2 * found.square_sum)
    phi = kink_sum(dataset.features, residuals, activation, found.unit_weights, found.unit_bias)
    yield "phi = sum r_i h(w . x_i + b)", found.phi == phi
    yield "phi != 0", found.phi != 0
    yield "u sum h^2 = -phi", found.outgoing * found.square_sum == -found.phi
    yield "the better point has the claimed risk", risk == found.risk_better_point
    yield "its risk is R0 - phi^2 / (2 sum h^2)", risk == identity
    yield "its risk is smaller than R0", risk < found.risk_local_minimum


def _isolation_claims(dataset: Dataset, fit: AffineFit, isolation: Isolation) -> Iterator[tuple[str, bool]]:
    values = [projection(isolation.direction, x) for x in dataset.features]
    own = values.pop(isolation.index)
    residual = fit.value(dataset.features[isolation.index]) - dataset.targets[isolation.index]
    yield "the isolated sample has a residual other than 0", residual != 0
    yield "d > 0", isolation.distance > 0
    yield "d < |z_j - z_i| for all other j", all(isolation.distance < abs(value - own) for value in values)


def _dot(left: Sequence[fmpq], right: Vector) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))
