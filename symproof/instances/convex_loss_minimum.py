"""Spurious local minima for a convex loss on exact data: the fit exact or enclosed in balls, a rational better point.

What is certified: that the loss is convex and differentiable, by a theorem that the kernel checks; a stationary affine
function, which is the best one as the loss is convex: a rational one (squared loss, Huber loss) or a box that holds one
(Krawczyk's test); a derivative r_i that is not 0; and a rational point whose network, evaluated exactly, has a smaller
risk, exactly or as balls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

import flint
from flint import arb, fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.affine_candidate import candidate_shift
from symproof.instances.dataset import Dataset
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.isolating_direction import isolate
from symproof.instances.kink_directions import tried_directions
from symproof.instances.kink_sum import projection
from symproof.instances.least_squares import AffineFit, least_squares
from symproof.instances.loss import Loss, at, exact_at
from symproof.instances.loss_convexity import Convexity, ConvexityProof, decide_convexity
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_hypotheses import decide_hypotheses
from symproof.instances.relu_network import ReluNetwork, Vector, network_outputs, parameters_dict
from symproof.instances.spurious_minimum import add_unit
from symproof.instances.stationary_fit import (
    Number,
    StationaryFit,
    approximate_stationary_fit,
    enclose_stationary_fit,
    exact_stationary_fit,
    rational_midpoint,
)

__all__ = [
    "PRECISIONS", "BetterPoint", "ConvexLossInstance", "LocalCandidate", "build_convex_loss_instance",
    "convex_loss_result", "local_candidate", "loss_risk", "rational_below", "shown",
]  # fmt: skip

PRECISIONS = (64, 128, 256, 512)
"""The bits of the arithmetic, rising until everything is decided."""
MAX_PARAMETERS = 1_000_000
DIRECTIONS = 6
THRESHOLDS = 40
STEPS = 24
DIGITS = 30
ROUNDED = 16
"""A radius that is no rational is rounded down to so many bits."""


@dataclass(frozen=True)
class BetterPoint:
    """Rational parameters, and the risk of their network, which is smaller than the risk of the fit.

    Unit 1 carries a rational affine function at or near the fit; unit 2 has the weights, the bias and the outgoing
    weight that are given once more.
    """

    parameters: ReluNetwork
    risk: Number
    unit_weights: Vector
    unit_bias: fmpq
    outgoing: fmpq


@dataclass(frozen=True)
class ConvexLossInstance:
    """The theorem on convex losses with numbers in it.

    Attributes:
        dataset: the samples.
        activation: the slopes s+ and s-.
        width: the number d1 of hidden units.
        loss: the loss.
        hypotheses: all of them, decided.
        fit: the best affine fit, exact or enclosed; None if none was found or needed.
        better: a point with smaller risk; None unless every hypothesis holds.
    """

    dataset: Dataset
    activation: ReluLike
    width: int
    loss: Loss
    hypotheses: tuple[DecidedHypothesis, ...]
    fit: StationaryFit | None
    better: BetterPoint | None


@dataclass(frozen=True)
class LocalCandidate:
    """The parameters of the candidate for alpha = 1, rationals or balls, and its radius."""

    W1: tuple[tuple[Number, ...], ...]
    b1: tuple[Number, ...]
    W2: tuple[Number, ...]
    b2: Number
    radius: Number


def build_convex_loss_instance(
    dataset: Dataset, activation: ReluLike, width: int, loss: Loss, proof: ConvexityProof
) -> ConvexLossInstance:
    """Decide the hypotheses and, when all hold, look for a better point.

    Args:
        dataset: the samples.
        activation: the slopes.
        width: the number of hidden units.
        loss: the loss.
        proof: how the library proves that a loss is convex.

    Raises:
        InputError: the network is beyond the limits.
    """
    if width * dataset.feature_count > MAX_PARAMETERS:
        raise InputError("the network is too large", "width", f"at most {MAX_PARAMETERS} weights", describe(width))
    squares = least_squares(dataset.table)
    convexity = decide_convexity(loss, dataset.targets, proof)
    setting = (_dimension(dataset), *decide_hypotheses(dataset, squares, activation, width)[1:])
    about = dataset, loss, convexity
    fit: StationaryFit | None = None
    better: BetterPoint | None = None
    about_loss = _about_loss(*about, None)
    for fit in _fits(dataset, loss, squares) if convexity.holds else ():
        about_loss = _about_loss(*about, fit)
        if any(h.holds is not True for h in setting) or about_loss[-1].holds is False:
            break
        if fit is None or any(h.holds is not True for h in about_loss):
            continue
        better = _better_point(dataset, activation, width, loss, fit, squares)
        if better is not None:
            break
    decided = (*setting, *about_loss)
    if better is None and all(h.holds is True for h in decided):
        reason = "the hypotheses hold, but no better point was found within the limits"
        decided = (*decided[:-1], DecidedHypothesis("residual", decided[-1].statement, None, reason))
    return ConvexLossInstance(dataset, activation, width, loss, decided, fit, better)


def _fits(dataset: Dataset, loss: Loss, squares: AffineFit) -> Iterator[StationaryFit | None]:
    """Stationary affine fits: an exact one, else enclosed ones with rising precision."""
    start = (*squares.weights, squares.intercept)
    exact = _vanishing(dataset, loss, squares) or exact_stationary_fit(dataset, loss, start)
    if exact is None and loss.limits:
        near = approximate_stationary_fit(dataset, loss, start, PRECISIONS[0])
        exact = None if near is None else exact_stationary_fit(dataset, loss, near)
    if exact is not None:
        yield exact
        return
    for precision in PRECISIONS:
        yield enclose_stationary_fit(dataset, loss, start, precision)


def _vanishing(dataset: Dataset, loss: Loss, squares: AffineFit) -> StationaryFit | None:
    """The exact fit of exactly affine data, if all derivatives are exactly 0 there; its risk may be a ball."""
    if not squares.is_exact:
        return None
    targets = dataset.targets
    slopes = [at(loss, "first", y, y, PRECISIONS[0]) for y in targets]
    values = [at(loss, "value", y, y, PRECISIONS[0]) for y in targets]
    if any(s is None or not s.is_exact() or s != 0 for s in slopes) or any(v is None for v in values):
        return None
    risk = sum((v for v in values if v is not None), arb(0))
    zeros = tuple(fmpq(0) for _ in targets)
    return StationaryFit((*squares.weights, squares.intercept), tuple(targets), zeros, risk, 0)


def convex_loss_result(instance: ConvexLossInstance) -> dict[str, object]:
    """The ``result`` object: exact strings for rationals, ``a +/- b`` for balls; empty without a better point."""
    fit, better = instance.fit, instance.better
    if fit is None or better is None:
        return {}
    minimum = local_candidate(instance, fit)
    return {
        "risk_local_minimum": shown(fit.risk),
        "risk_better_point": shown(better.risk),
        "radius": shown(minimum.radius),
        "parameters_local_minimum": {
            "W1": [list(map(shown, row)) for row in minimum.W1],
            "b1": list(map(shown, minimum.b1)),
            "W2": list(map(shown, minimum.W2)),
            "b2": shown(minimum.b2),
        },
        "parameters_better_point": parameters_dict(better.parameters),
    }


def shown(value: Number) -> str:
    """A rational exactly; a ball as ``a +/- b`` in decimals, rounded outwards, or one decimal number if it is exact."""
    return str(value.str(DIGITS)).strip("[]") if isinstance(value, arb) else format_rational(value)


def _dimension(dataset: Dataset) -> DecidedHypothesis:
    count = dataset.feature_count
    witness = None if count >= 1 else {"features": count}
    return DecidedHypothesis(
        "dimension", "there is at least one feature", count >= 1, f"the data have {count}", witness
    )


def _about_loss(
    dataset: Dataset, loss: Loss, convexity: Convexity, fit: StationaryFit | None
) -> tuple[DecidedHypothesis, ...]:
    statement = f"f -> {loss.expression} is convex for every target"
    trust = convexity.trust if convexity.holds else "proved"
    convex = DecidedHypothesis("convex", statement, convexity.holds, convexity.reason, convexity.witness, trust=trust)
    derivative = DecidedHypothesis(
        "derivative", "the loss is differentiable in f at the outputs of the fit", convexity.smooth or None,
        "by the same results it is differentiable at all f" if convexity.smooth else f"not derived: {convexity.reason}",
    )  # fmt: skip
    return (convex, derivative, _stationary(fit, convexity.holds is True), _residual(fit))


def _stationary(fit: StationaryFit | None, sought: bool) -> DecidedHypothesis:
    statement = "some affine function is stationary for the risk, so it is the best one"
    if fit is None and not sought:
        return DecidedHypothesis("stationary", statement, None, "not looked for, as the loss is not known to be convex")
    if fit is None:
        reason = "no stationary affine function could be enclosed: there may be none, as for separable data"
        return DecidedHypothesis("stationary", statement, None, reason)
    values = ", ".join(_brief(p) for p in fit.parameters[:6])
    more = " ..." if len(fit.parameters) > 6 else ""
    if fit.is_exact:
        reason = f"exactly, at the weights and intercept ({values}{more})"
    else:
        reason = f"a box around ({values}{more}) holds one, by Krawczyk's test with {fit.precision} bits"
    if fit.dependent:
        reason += f"; {fit.dependent} dependent column(s) have weight 0"
    return DecidedHypothesis("stationary", statement, True, reason)


def _brief(value: Number) -> str:
    text = format_rational(value) if isinstance(value, fmpq) else ""
    return text if text and len(text) <= 12 else str(arb(value).str(8, radius=False))


def _residual(fit: StationaryFit | None) -> DecidedHypothesis:
    statement = "the derivative of the loss is not 0 at some output of the fit"
    if fit is None:
        return DecidedHypothesis("residual", statement, None, "no fit is known")
    if all(isinstance(r, fmpq) and r == 0 for r in fit.derivatives):
        reason = "every derivative is 0 at the outputs of a best affine fit"
        return DecidedHypothesis("residual", statement, False, reason, {"derivatives": "all are 0"})
    found = [(i, r) for i, r in enumerate(fit.derivatives, 1) if not arb(r).contains(0)]
    if not found:
        return DecidedHypothesis("residual", statement, None, "no derivative is known to be different from 0")
    index, value = max(found, key=lambda pair: abs(rational_midpoint(pair[1])))
    return DecidedHypothesis("residual", statement, True, f"at sample {index} it is {_brief(value)}")


def _better_point(
    dataset: Dataset, activation: ReluLike, width: int, loss: Loss, fit: StationaryFit, squares: AffineFit
) -> BetterPoint | None:
    """A rational point with a risk below that of the fit, shown in balls; None if none was found."""
    *weights, intercept = fit.rational()
    fitted = [projection(weights, x) + intercept for x in dataset.features]
    eta = candidate_shift(fitted)
    idle = width - 1
    zero = fmpq(0)
    base = ReluNetwork(
        W1=(tuple(weights), *[(zero,) * len(weights)] * idle),
        b1=(intercept - eta, *[-eta] * idle),
        W2=(1 / activation.s_plus, *[zero] * idle),
        b2=eta,
    )
    precision = max(fit.precision, PRECISIONS[1])
    bends = [at(loss, "second", f, y, precision) for f, y in zip(fitted, dataset.targets, strict=True)]
    if any(b is None for b in bends):
        return None
    best = _best_unit(dataset, activation, fit, bends, squares)
    if best is None:
        return None
    unit, bias, outgoing = best
    for _ in range(STEPS):
        network = add_unit(base, unit, bias, outgoing)
        outputs = network_outputs(network, activation, dataset.features)
        risk = loss_risk(outputs, dataset.targets, loss, precision)
        if risk is not None and risk < fit.risk:
            return BetterPoint(network, risk, unit, bias, outgoing)
        outgoing /= 2
    return None


def _best_unit(
    dataset: Dataset, activation: ReluLike, fit: StationaryFit, bends: Sequence[arb | None], squares: AffineFit
) -> tuple[Vector, fmpq, fmpq] | None:
    """The unit with the largest gain to second order, and its outgoing weight; the gain is not trusted."""
    found: tuple[float, Vector, fmpq, fmpq] | None = None
    slopes = [_float(rational_midpoint(r)) for r in fit.derivatives]
    curvatures = [float(b.mid()) if b is not None else 0.0 for b in bends]
    for unit, bias in _units(dataset, fit, squares):
        outputs = [float(_float(activation(projection(unit, x) + bias))) for x in dataset.features]
        phi = sum(r * h for r, h in zip(slopes, outputs, strict=True))
        bend = sum(s * h * h for s, h in zip(curvatures, outputs, strict=True))
        if bend <= 0 or phi == 0:
            continue
        gain = phi * phi / bend
        if found is None or gain > found[0]:
            step = -phi / bend
            found = (gain, unit, bias, fmpq(round(step * 2**20), 2**20))
    return None if found is None or found[3] == 0 else found[1:]


def _float(value: fmpq) -> float:
    return int(value.p) / int(value.q)


def _units(dataset: Dataset, fit: StationaryFit, squares: AffineFit) -> Iterator[tuple[Vector, fmpq]]:
    """Directions of the proof and short ones, with kinks at some of the samples and near the isolated one."""
    index = max(range(dataset.sample_count), key=lambda i: abs(rational_midpoint(fit.derivatives[i])))
    isolation = isolate(dataset.table, index)
    if isolation is not None:
        direction = tuple(map(fmpq, isolation.direction))
        own = projection(direction, dataset.features[index])
        for shift in (isolation.distance, -isolation.distance, fmpq(0)):
            yield direction, shift - own
    stride = max(1, dataset.sample_count // THRESHOLDS)
    for short in tried_directions(dataset, squares.weights, DIRECTIONS):
        for sign in (1, -1):
            direction = tuple(fmpq(sign * entry) for entry in short)
            for x in dataset.features[::stride]:
                yield direction, -projection(direction, x)


def loss_risk(outputs: Sequence[fmpq], targets: Sequence[fmpq], loss: Loss, precision: int) -> Number | None:
    """The risk of exact outputs: exact if the losses are, else a ball; None if it is not known.

    Args:
        outputs: those of the network.
        targets: as many.
        loss: the loss.
        precision: the bits of the arithmetic with balls.
    """
    pairs = list(zip(outputs, targets, strict=True))
    exact = [v for v in (exact_at(loss, "value", f, y) for f, y in pairs) if v is not None]
    if len(exact) == len(pairs):
        return sum(exact, fmpq(0))
    values = [at(loss, "value", f, y, precision) for f, y in pairs]
    if any(v is None for v in values):
        return None
    with flint.ctx.workprec(precision):
        return sum((v for v in values if v is not None), arb(0))


def local_candidate(instance: ConvexLossInstance, fit: StationaryFit) -> LocalCandidate:
    """The candidate of the proof, which computes the fit."""
    with flint.ctx.workprec(max(fit.precision, PRECISIONS[0])):
        *weights, intercept = fit.parameters
        one = fmpq(1) if fit.is_exact else arb(1)
        eta = _smallest((-one, 2 * _smallest(fit.fitted)))
        idle, zero = instance.width - 1, fmpq(0)
        norms = [sum(map(abs, x), fmpq(0)) + 1 for x in instance.dataset.features]
        margins = [_smallest((f - eta, -eta)) / n for f, n in zip(fit.fitted, norms, strict=True)]
        return LocalCandidate(
            W1=(tuple(weights), *[(zero,) * len(weights)] * idle),
            b1=(intercept - eta, *[-eta] * idle),
            W2=(1 / instance.activation.s_plus, *[zero] * idle),
            b2=eta,
            radius=_smallest(margins),
        )


def _smallest(values: Sequence[Number]) -> Number:
    return reduce(lambda a, b: a.min(b) if isinstance(a, arb) else min(a, b), values)


def rational_below(value: Number) -> fmpq:
    """The number itself, or a rational slightly below a ball."""
    if isinstance(value, fmpq):
        return value
    with flint.ctx.workprec(ROUNDED):
        return value.lower().fmpq()
