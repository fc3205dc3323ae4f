"""Spurious local minima of ReLU-like networks with one hidden layer, constructed and re-checked on exact data.

The names follow the proof: eta and the candidate, its radius rho, an extra hidden unit (w, b) with phi != 0, its best
outgoing weight u, and the risks R0 at the local minimum and R0 - phi^2 / (2 sum h^2) at the better point.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.affine_candidate import affine_candidate, affine_radius, candidate_shift
from symproof.instances.dataset import Dataset
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.integer_table import IntegerTable
from symproof.instances.isolating_direction import isolate
from symproof.instances.kink_search import find_kink
from symproof.instances.kink_sum import projection
from symproof.instances.least_squares import AffineFit, design_table, least_squares
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_hypotheses import decide_hypotheses
from symproof.instances.relu_like_recheck import recheck_construction, recheck_fit
from symproof.instances.relu_network import Vector, parameters_dict
from symproof.instances.spurious_minimum import SpuriousMinimum, add_unit

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
        fitted: the fitted values ybar_i.
        residuals: r_i = ybar_i - y_i.
        hypotheses: (C1.1) to (C1.4), decided.
        construction: the local minimum and the better point; None unless every hypothesis holds.
    """

    dataset: Dataset
    activation: ReluLike
    width: int
    alpha: fmpq
    fit: AffineFit
    fitted: Vector
    residuals: Vector
    hypotheses: tuple[DecidedHypothesis, ...]
    construction: SpuriousMinimum | None

    @property
    def applicable(self) -> bool:
        """Whether every hypothesis holds; an undecided one does not count as holding."""
        return all(hypothesis.holds is True for hypothesis in self.hypotheses)


def build_relu_like_instance(
    dataset: Dataset, activation: ReluLike, width: int, alpha: fmpq | None = None
) -> ReluLikeInstance:
    """Decide the hypotheses and, when all hold, construct and re-check a spurious local minimum.

    Raises InputError for a width below 1 or an alpha that is not positive, and InstanceMismatchError when the fit or
    the construction fails its own re-check.
    """
    scale = fmpq(1) if alpha is None else alpha
    _refuse_parameters(width, scale, dataset.feature_count)
    table = design_table(dataset)
    fit = least_squares(table)
    recheck_fit(dataset, fit)
    residuals = fit.residuals()
    hypotheses = decide_hypotheses(dataset, fit, activation, width)
    instance = ReluLikeInstance(
        dataset=dataset,
        activation=activation,
        width=width,
        alpha=scale,
        fit=fit,
        fitted=tuple(r + y for r, y in zip(residuals, dataset.targets, strict=True)),
        residuals=residuals,
        hypotheses=hypotheses,
        construction=None,
    )
    return replace(instance, construction=_construct(instance, table)) if instance.applicable else instance


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


def _construct(instance: ReluLikeInstance, table: IntegerTable) -> SpuriousMinimum:
    """Build the local minimum and the better point; every hypothesis holds."""
    dataset, activation, residuals = instance.dataset, instance.activation, instance.residuals
    eta = candidate_shift(instance.fitted)
    candidate = affine_candidate(instance.fit, eta, activation, instance.width, instance.alpha)
    index = next(i for i, residual in enumerate(residuals) if residual != 0)
    isolation = isolate(dataset, table, index)
    kink = find_kink(dataset, table, instance.fit, activation, isolation) if isolation is not None else None
    if isolation is None or kink is None:
        raise InstanceMismatchError("no unit with phi != 0 was found although the hypotheses hold")
    unit = tuple(map(fmpq, kink.weights))
    activations = [activation(projection(unit, x) + kink.bias) for x in dataset.features]
    phi = sum((r * h for r, h in zip(residuals, activations, strict=True)), fmpq(0))
    square_sum = sum((h * h for h in activations), fmpq(0))
    if phi == 0:
        raise InstanceMismatchError("phi vanishes at the unit that the search returned")
    outgoing = -phi / square_sum
    construction = SpuriousMinimum(
        eta=eta,
        radius=affine_radius(dataset.features, instance.fitted, eta, instance.alpha, instance.width),
        isolation=isolation,
        unit_weights=unit,
        unit_bias=kink.bias,
        phi=phi,
        square_sum=square_sum,
        outgoing=outgoing,
        local_minimum=candidate,
        better_point=add_unit(candidate, unit, kink.bias, outgoing),
        risk_local_minimum=instance.fit.risk,
        risk_better_point=instance.fit.risk - phi * phi / (2 * square_sum),
    )
    recheck_construction(dataset, activation, instance.fit, construction)
    return construction
