"""Spurious local minima of ReLU-like networks with one hidden layer, constructed and re-checked on exact data.

The names follow the proof: eta and the candidate, its radius rho, an extra hidden unit (w, b) with phi != 0, its best
outgoing weight u, and the risks R0 at the local minimum and R0 - phi^2 / (2 sum h^2) at the better point.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.affine_candidate import affine_candidate, affine_radius, candidate_shift
from symproof.instances.dataset import Dataset
from symproof.instances.effort import Effort
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.isolating_direction import Isolation, isolate
from symproof.instances.kink_search import Kink, find_kink
from symproof.instances.least_squares import AffineFit, fitted_column, least_squares
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_hypotheses import decide_hypotheses
from symproof.instances.relu_like_recheck import recheck_construction, recheck_fit
from symproof.instances.relu_network import Vector, parameters_dict
from symproof.instances.spurious_minimum import SpuriousMinimum, add_unit
from symproof.instances.unit_sums import UnitSums, unit_sums

__all__ = ["MAX_FIRST_LAYER_ENTRIES", "ReluLikeInstance", "build_relu_like_instance", "result_dict"]

MAX_FIRST_LAYER_ENTRIES = 1_000_000


@dataclass(frozen=True)
class ReluLikeInstance:
    """The theorem on ReLU-like networks with numbers in it.

    Attributes:
        dataset: the samples.
        activation: the slopes s+ and s-.
        width: the number d1 of hidden units.
        alpha: which of the infinitely many candidates is taken; > 0.
        fit: the exact affine fit wbar.
        hypotheses: (C1.1) to (C1.4), decided.
        construction: the local minimum and the better point; None unless every hypothesis holds.
        effort: limits of work for what is evaluated on the instance.
    """

    dataset: Dataset
    activation: ReluLike
    width: int
    alpha: fmpq
    fit: AffineFit
    hypotheses: tuple[DecidedHypothesis, ...]
    construction: SpuriousMinimum | None
    effort: Effort = field(default_factory=Effort, compare=False)

    @property
    def applicable(self) -> bool:
        """Whether every hypothesis holds; an undecided one does not count as holding."""
        return all(hypothesis.holds is True for hypothesis in self.hypotheses)

    @property
    def fitted(self) -> Vector:
        """The fitted values ybar_i."""
        return tuple(fitted_column(self.dataset, self.fit).values())

    @property
    def residuals(self) -> Vector:
        """r_i = ybar_i - y_i."""
        return self.fit.residuals()


def build_relu_like_instance(
    dataset: Dataset,
    activation: ReluLike,
    width: int,
    alpha: fmpq | None = None,
    advance: Callable[[str], None] = lambda _: None,
) -> ReluLikeInstance:
    """Decide the hypotheses and, when all hold, construct and re-check a spurious local minimum.

    Time is linear in the samples, and memory beyond the data set's own table is that of one chunk and of eight bytes or
    so a sample. ``advance`` is told what comes next.

    Raises InputError for a width below 1 or an alpha that is not positive, and InstanceMismatchError when the fit or
    the construction fails its own re-check.
    """
    scale = fmpq(1) if alpha is None else alpha
    _refuse_parameters(width, scale, dataset.feature_count)
    advance("affine fit")
    fit = least_squares(dataset.table)
    recheck_fit(dataset, fit)
    advance("hypotheses")
    hypotheses = decide_hypotheses(dataset, fit, activation, width)
    instance = ReluLikeInstance(
        dataset=dataset,
        activation=activation,
        width=width,
        alpha=scale,
        fit=fit,
        hypotheses=hypotheses,
        construction=None,
    )
    return replace(instance, construction=_construct(instance, advance)) if instance.applicable else instance


def result_dict(instance: ReluLikeInstance) -> dict[str, object]:
    """Return the ``result`` object of the command line, exact numbers as strings; empty when not applicable."""
    found = instance.construction
    if found is None:
        return {}
    return {
        "risk_local_minimum": format_rational(found.risk_local_minimum),
        "risk_better_point": format_rational(found.risk_better_point),
        "radius": format_rational(found.radius),
        "parameters_local_minimum": parameters_dict(found.local_minimum),
        "parameters_better_point": parameters_dict(found.better_point),
    }


def _refuse_parameters(width: int, alpha: fmpq, feature_count: int) -> None:
    if width < 1:
        raise InputError("the width is too small", "width", "an integer >= 1", describe(width))
    if width * feature_count > MAX_FIRST_LAYER_ENTRIES:
        limit = f"at most {MAX_FIRST_LAYER_ENTRIES // feature_count} hidden units for {feature_count} features"
        raise InputError("the network is too large", "width", limit, describe(width))
    if alpha <= 0:
        raise InputError("alpha is not positive", "alpha", "a rational > 0", format_rational(alpha))


def _construct(instance: ReluLikeInstance, advance: Callable[[str], None]) -> SpuriousMinimum:
    """Build the local minimum and the better point; every hypothesis holds."""
    dataset, activation, fit = instance.dataset, instance.activation, instance.fit
    advance("candidate and radius")
    eta = candidate_shift(fitted_column(dataset, fit).values())
    candidate = affine_candidate(fit, eta, activation, instance.width, instance.alpha)
    radius, tightest = affine_radius(dataset.table, fit, eta, instance.alpha, instance.width)
    advance("additional unit")
    index = next(i for i, residual in enumerate(fit.residual_column.numerators()) if residual != 0)
    isolation = isolate(dataset.table, index)
    if isolation is None:
        raise InstanceMismatchError("no direction isolates a sample although the inputs are distinct")
    unit, sums = _unit(instance, isolation)
    outgoing = -sums.phi / sums.square_sum
    weights = tuple(map(fmpq, unit.weights))
    construction = SpuriousMinimum(
        eta=eta,
        radius=radius,
        tightest=tightest,
        isolation=isolation,
        unit_weights=weights,
        unit_bias=unit.bias,
        phi=sums.phi,
        square_sum=sums.square_sum,
        outgoing=outgoing,
        local_minimum=candidate,
        better_point=add_unit(candidate, weights, unit.bias, outgoing),
        risk_local_minimum=fit.risk,
        risk_better_point=fit.risk - sums.phi * sums.phi / (2 * sums.square_sum),
    )
    advance("re-check")
    recheck_construction(dataset, activation, fit, construction)
    return construction


def _unit(instance: ReluLikeInstance, isolation: Isolation) -> tuple[Kink, UnitSums]:
    """The first unit with phi != 0 among those that the search suggests."""
    for kink in find_kink(instance.dataset, instance.fit, instance.activation, isolation):
        sums = unit_sums(instance.dataset.table, instance.fit, instance.activation, kink.weights, kink.bias)
        if sums.phi != 0:
            return kink, sums
    raise InstanceMismatchError("no unit with phi != 0 was found although the hypotheses hold")
