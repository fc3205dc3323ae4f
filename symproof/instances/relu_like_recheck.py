"""The re-check of a spurious local minimum: the networks are evaluated on the data and every claim is compared.

Nothing of the search is used here: plain rational arithmetic on the data set and the finished numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.least_squares import AffineFit
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.relu_network import Vector, network_outputs, pre_activations, squared_risk
from symproof.instances.spurious_minimum import SpuriousMinimum

__all__ = ["recheck"]


def recheck(dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum) -> None:
    """Raise InstanceMismatchError, naming the first claim that fails, unless all claims on ``found`` hold."""
    for claim, holds in (
        *_fit_claims(dataset, fit, found),
        *_minimum_claims(dataset, activation, fit, found),
        *_better_point_claims(dataset, activation, found),
    ):
        if not holds:
            raise InstanceMismatchError(f"re-check failed: {claim}")


def _fit_claims(dataset: Dataset, fit: AffineFit, found: SpuriousMinimum) -> Iterator[tuple[str, bool]]:
    fitted = [fit.value(x) for x in dataset.features]
    residuals = [value - target for value, target in zip(fitted, dataset.targets, strict=True)]
    yield "the residuals sum to 0", sum(residuals, fmpq(0)) == 0
    for name, column in zip(dataset.feature_names, zip(*dataset.features, strict=True), strict=True):
        yield f"the residuals are orthogonal to the feature {name!r}", _dot(residuals, column) == 0
    yield "R0 = 1/2 sum r_i^2", found.risk_local_minimum == squared_risk(fitted, dataset.targets)
    yield "some residual is not 0", found.risk_local_minimum > 0
    yield "the isolated sample has a residual other than 0", residuals[found.isolation.index] != 0


def _minimum_claims(
    dataset: Dataset, activation: ReluLike, fit: AffineFit, found: SpuriousMinimum
) -> Iterator[tuple[str, bool]]:
    network = found.local_minimum
    outputs = network_outputs(network, activation, dataset.features)
    yield "the candidate outputs the affine fit", outputs == tuple(fit.value(x) for x in dataset.features)
    yield "the candidate has risk R0", squared_risk(outputs, dataset.targets) == found.risk_local_minimum
    smallest = [min(pre_activations(network, x)) for x in dataset.features]
    yield "all pre-activations at the candidate are > 0", min(smallest) > 0
    reaches = [found.radius * (sum(map(abs, x), fmpq(0)) + 1) for x in dataset.features]
    yield "rho > 0", found.radius > 0
    yield "rho (|x_i|_1 + 1) <= every pre-activation", all(map(fmpq.__le__, reaches, smallest))


def _better_point_claims(dataset: Dataset, activation: ReluLike, found: SpuriousMinimum) -> Iterator[tuple[str, bool]]:
    outputs = network_outputs(found.better_point, activation, dataset.features)
    risk = squared_risk(outputs, dataset.targets)
    identity = found.risk_local_minimum - found.phi * found.phi / (2 * found.square_sum)
    yield "phi != 0", found.phi != 0
    yield "u sum h^2 = -phi", found.outgoing * found.square_sum == -found.phi
    yield "the better point has the claimed risk", risk == found.risk_better_point
    yield "its risk is R0 - phi^2 / (2 sum h^2)", risk == identity
    yield "its risk is smaller than R0", risk < found.risk_local_minimum


def _dot(left: list[fmpq], right: Vector) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))
