"""Spurious local minima for a convex loss on exact data: the fit enclosed in balls, a rational better point.

The best affine fit is rarely rational. What is certified: a box that holds a stationary affine function (Krawczyk's
test), which is the best one as the loss is convex; a derivative r_i that is not 0; and a rational point whose network,
evaluated exactly, has a risk below the ball of the fit's risk.
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
from symproof.instances.loss import Convexity, Loss, at, decide_convexity
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_hypotheses import decide_hypotheses
from symproof.instances.relu_network import ReluNetwork, Vector, network_outputs, parameters_dict
from symproof.instances.spurious_minimum import add_unit
from symproof.instances.stationary_fit import StationaryFit, enclose_stationary_fit

__all__ = ["BetterPoint", "ConvexLossInstance", "build_convex_loss_instance", "convex_loss_result"]

PRECISIONS = (64, 128, 256, 512)
"""The bits of the arithmetic, rising until everything is decided."""
MAX_PARAMETERS = 1_000_000
DIRECTIONS = 6
THRESHOLDS = 40
STEPS = 24
DIGITS = 30


@dataclass(frozen=True)
class BetterPoint:
    """Rational parameters, and a ball for the risk of their network that lies below the ball of the fit's risk."""

    parameters: ReluNetwork
    risk: arb


@dataclass(frozen=True)
class ConvexLossInstance:
    """The theorem on convex losses with numbers in it.

    Attributes:
        dataset: the samples.
        activation: the slopes s+ and s-.
        width: the number d1 of hidden units.
        loss: the loss.
        hypotheses: all of them, decided.
        fit: the enclosed best affine fit; None if none was found or needed.
        better: a point with smaller risk; None unless every hypothesis holds.
    """

    dataset: Dataset
    activation: ReluLike
    width: int
    loss: Loss
    hypotheses: tuple[DecidedHypothesis, ...]
    fit: StationaryFit | None
    better: BetterPoint | None


def build_convex_loss_instance(dataset: Dataset, activation: ReluLike, width: int, loss: Loss) -> ConvexLossInstance:
    """Decide the hypotheses and, when all hold, look for a better point.

    Raises InputError for a network beyond the limits.
    """
    if width * dataset.feature_count > MAX_PARAMETERS:
        raise InputError("the network is too large", "width", f"at most {MAX_PARAMETERS} weights", describe(width))
    squares = least_squares(dataset.table)
    convexity = decide_convexity(loss, dataset.targets)
    setting = (_dimension(dataset), *decide_hypotheses(dataset, squares, activation, width)[1:])
    exact = _all_derivatives_vanish(dataset, squares, loss) if convexity.smooth else False
    fit: StationaryFit | None = None
    better: BetterPoint | None = None
    start = (*squares.weights, squares.intercept)
    about_loss = _about_loss(dataset, loss, convexity, None, exact)
    for precision in PRECISIONS if convexity.holds and not exact else ():
        fit = enclose_stationary_fit(dataset, loss, start, precision)
        about_loss = _about_loss(dataset, loss, convexity, fit, exact)
        if any(h.holds is not True for h in setting):
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


def convex_loss_result(instance: ConvexLossInstance) -> dict[str, object]:
    """The ``result`` object: exact strings for rationals, ``a +/- b`` for balls; empty without a better point."""
    fit, better = instance.fit, instance.better
    if fit is None or better is None:
        return {}
    with flint.ctx.workprec(fit.precision):
        minimum, radius = _candidate(instance, fit)
    return {
        "risk_local_minimum": shown(fit.risk),
        "risk_better_point": shown(better.risk),
        "radius": shown(radius),
        "parameters_local_minimum": minimum,
        "parameters_better_point": parameters_dict(better.parameters),
    }


def shown(ball: arb) -> str:
    """A ball as ``a +/- b`` in decimals, rounded outwards; one decimal number if it is exact."""
    return str(ball.str(DIGITS)).strip("[]")


def _dimension(dataset: Dataset) -> DecidedHypothesis:
    count = dataset.feature_count
    witness = None if count >= 1 else {"features": count}
    return DecidedHypothesis(
        "dimension", "there is at least one feature", count >= 1, f"the data have {count}", witness
    )


def _all_derivatives_vanish(dataset: Dataset, squares: AffineFit, loss: Loss) -> bool:
    """Whether exact affine data make every derivative 0 at the exact fit, decided exactly."""
    if not squares.is_exact:
        return False
    slopes = [at(loss.first, y, y, PRECISIONS[0]) for y in dataset.targets]
    return all(s is not None and s.is_exact() and s == 0 for s in slopes)


def _about_loss(
    dataset: Dataset, loss: Loss, convexity: Convexity, fit: StationaryFit | None, exact: bool
) -> tuple[DecidedHypothesis, ...]:
    convex = DecidedHypothesis(
        "convex", f"f -> {loss.expression} is convex for every target", convexity.holds, convexity.reason,
        convexity.witness,
    )  # fmt: skip
    derivative = DecidedHypothesis(
        "derivative", "the loss is differentiable in f at the outputs of the fit", convexity.smooth or None,
        "it is differentiable at all f" if convexity.smooth else "not derived",
    )  # fmt: skip
    stationary = _stationary(fit, exact, convexity.holds is True)
    return (convex, derivative, stationary, _residual(fit, exact))


def _stationary(fit: StationaryFit | None, exact: bool, sought: bool) -> DecidedHypothesis:
    statement = "some affine function is stationary for the risk, so it is the best one"
    if exact:
        return DecidedHypothesis("stationary", statement, True, "the exact fit: every derivative is 0 there")
    if fit is None and not sought:
        return DecidedHypothesis("stationary", statement, None, "not looked for, as the loss is not known to be convex")
    if fit is None:
        reason = "no stationary affine function could be enclosed: there may be none, as for separable data"
        return DecidedHypothesis("stationary", statement, None, reason)
    values = ", ".join(str(p.str(8, radius=False)) for p in fit.parameters[:6])
    more = " ..." if len(fit.parameters) > 6 else ""
    reason = f"a box around ({values}{more}) holds exactly one, by Krawczyk's test with {fit.precision} bits"
    return DecidedHypothesis("stationary", statement, True, reason)


def _residual(fit: StationaryFit | None, exact: bool) -> DecidedHypothesis:
    statement = "the derivative of the loss is not 0 at some output of the fit"
    if exact:
        reason = "an affine function fits all samples exactly, and every derivative is 0 there"
        return DecidedHypothesis("residual", statement, False, reason, {"derivatives": "all are 0"})
    found = [(i, r) for i, r in enumerate(fit.derivatives, 1) if not r.contains(0)] if fit is not None else []
    if not found:
        return DecidedHypothesis("residual", statement, None, "no derivative is known to be different from 0")
    index, value = max(found, key=lambda pair: abs(pair[1].mid()))
    return DecidedHypothesis("residual", statement, True, f"at sample {index} it is {value.str(8)}")


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
    bends = [at(loss.second, f, y, fit.precision) for f, y in zip(fitted, dataset.targets, strict=True)]
    if any(b is None for b in bends):
        return None
    best = _best_unit(dataset, activation, fit, bends, squares)
    if best is None:
        return None
    unit, bias, outgoing = best
    for _ in range(STEPS):
        network = add_unit(base, unit, bias, outgoing)
        risk = _network_risk(network, dataset, activation, loss, fit.precision)
        if risk is not None and risk < fit.risk:
            return BetterPoint(network, risk)
        outgoing /= 2
    return None


def _best_unit(
    dataset: Dataset, activation: ReluLike, fit: StationaryFit, bends: Sequence[arb | None], squares: AffineFit
) -> tuple[Vector, fmpq, fmpq] | None:
    """The unit with the largest gain to second order, and its outgoing weight; the gain is not trusted."""
    found: tuple[float, Vector, fmpq, fmpq] | None = None
    slopes = [float(r.mid()) for r in fit.derivatives]
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
    index = max(range(dataset.sample_count), key=lambda i: abs(float(fit.derivatives[i].mid())))
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


def _network_risk(
    network: ReluNetwork, dataset: Dataset, activation: ReluLike, loss: Loss, precision: int
) -> arb | None:
    """A ball for the risk of the network itself, whose outputs are exact."""
    outputs = network_outputs(network, activation, dataset.features)
    values = [at(loss.value, f, y, precision) for f, y in zip(outputs, dataset.targets, strict=True)]
    if any(v is None for v in values):
        return None
    with flint.ctx.workprec(precision):
        return sum((v for v in values if v is not None), arb(0))


def _candidate(instance: ConvexLossInstance, fit: StationaryFit) -> tuple[dict[str, object], arb]:
    """The parameters of the candidate for alpha = 1 and its radius, as balls."""
    *weights, intercept = fit.parameters
    eta = arb(-1).min(2 * reduce(lambda a, b: a.min(b), fit.fitted))
    idle, zero = instance.width - 1, arb(0)
    norms = [arb(sum(map(abs, x), fmpq(0)) + 1) for x in instance.dataset.features]
    margins = [(f - eta).min(-eta) / n for f, n in zip(fit.fitted, norms, strict=True)]
    columns = {
        "W1": [[shown(w) for w in weights], *[[shown(zero)] * len(weights)] * idle],
        "b1": [shown(intercept - eta), *[shown(-eta)] * idle],
        "W2": [format_rational(1 / instance.activation.s_plus), *["0"] * idle],
        "b2": shown(eta),
    }
    return columns, reduce(lambda a, b: a.min(b), margins)
