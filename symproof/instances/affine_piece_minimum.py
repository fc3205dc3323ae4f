"""Spurious local minima for activations with an affine piece: exact candidate, rational better point, risks in balls.

The candidate computes the exact least-squares fit of each output, with all pre-activations in the affine piece, so that
everything about it is rational. The better point has one more unit; where the activation is not rational its risk is a
ball, and it is certified to be smaller if the ball lies below the rational risk of the fit.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import flint
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.affine_piece_hypotheses import decide_affine_piece
from symproof.instances.affine_piece_network import OutputsNetwork, risk_of
from symproof.instances.affine_piece_recheck import recheck_affine_piece
from symproof.instances.affine_piece_units import Unit, as_float, dot, units_that_see
from symproof.instances.ball_number import Number, compare, number_text
from symproof.instances.dataset import Dataset, Vector
from symproof.instances.excerpt import describe
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.least_squares import AffineFit, fit_affine
from symproof.instances.piecewise_activation import AffinePiece, PiecewiseActivation
from symproof.instances.rational import format_rational
from symproof.instances.simple_rational import simplest_between
from symproof.instances.term_values import PRECISIONS
from symproof.kernel.check import CheckResult
from symproof.kernel.evaluate import EvaluationError

__all__ = [
    "AffinePieceInstance",
    "AffinePieceMinimum",
    "KernelChecks",
    "affine_piece_result",
    "build_affine_piece",
    "construct_in_piece",
    "refuse_large",
]

MAX_WORK = 20_000_000
"""Most products that one evaluation of the network takes."""


@dataclass(frozen=True)
class KernelChecks:
    """How the kernel checks an activation: its affine piece; that it is discriminatory (None: no proof is known)."""

    piece: Callable[[PiecewiseActivation, AffinePiece], CheckResult]
    units: Callable[[PiecewiseActivation], CheckResult | None]


@dataclass(frozen=True)
class AffinePieceMinimum:
    """The construction of the theorem on numbers.

    Attributes:
        beta: the hidden biases of the candidate, inside the affine piece.
        gap: the distance of beta to the ends of the piece.
        alpha: the scale of the incoming weights.
        outer: U, one row for each output.
        inner: V, one row for each unit that carries the affine map: A = U V.
        radius: no point closer than this has a smaller risk.
        unit_weights: w of the further unit.
        unit_bias: b of the further unit.
        outgoing: u, its rational outgoing weights.
        seen: the output, from 0, whose residual the unit sees best.
        local_minimum: the candidate.
        better_point: the point with smaller risk.
        risk_local_minimum: the risk of linear least squares.
        risk_better_point: the risk there: exact, or a ball.
        precision: the bits of the arithmetic.
    """

    beta: fmpq
    gap: fmpq
    alpha: fmpq
    outer: tuple[Vector, ...]
    inner: tuple[Vector, ...]
    radius: fmpq
    unit_weights: Vector
    unit_bias: fmpq
    outgoing: Vector
    seen: int
    local_minimum: OutputsNetwork
    better_point: OutputsNetwork
    risk_local_minimum: fmpq
    risk_better_point: Number
    precision: int


@dataclass(frozen=True)
class AffinePieceInstance:
    """The theorem with numbers in it.

    Attributes:
        outputs: one data set for each output, all with the same inputs.
        activation: h.
        piece: where it is affine.
        width: the number d1 of hidden units.
        fits: the exact least-squares fit of each output.
        hypotheses: all of them, decided.
        construction: None unless every hypothesis holds.
    """

    outputs: tuple[Dataset, ...]
    activation: PiecewiseActivation
    piece: AffinePiece
    width: int
    fits: tuple[AffineFit, ...]
    hypotheses: tuple[DecidedHypothesis, ...]
    construction: AffinePieceMinimum | None

    @cached_property
    def targets(self) -> tuple[Sequence[fmpq], ...]:
        """The targets of each output."""
        return tuple(data.targets for data in self.outputs)


def build_affine_piece(
    outputs: tuple[Dataset, ...],
    activation: PiecewiseActivation,
    width: int,
    checks: KernelChecks,
    beta: fmpq | None = None,
    where: str = "",
) -> AffinePieceInstance:
    """Decide the hypotheses and, when all hold, construct the minimum and a better point, and check both again.

    Args:
        outputs: one data set for each output.
        activation: h.
        width: the number of hidden units.
        checks: how the kernel checks the activation.
        beta: the hidden biases; the middle of the affine piece unless given.
        where: where the activation stands, for messages.

    Raises:
        InputError: no affine piece is seen, beta lies outside of it, or the network is beyond the limits.
        InstanceMismatchError: symproof contradicts itself.
    """
    refuse_large(outputs, width)
    piece = _chosen_piece(activation, beta, where)
    fits = tuple(fit_affine(one) for one in outputs)
    hypotheses = decide_affine_piece(outputs, fits, activation, piece, width, checks.piece, checks.units)
    return construct_in_piece(outputs, activation, piece, width, fits, hypotheses, beta)


def construct_in_piece(
    outputs: tuple[Dataset, ...],
    activation: PiecewiseActivation,
    piece: AffinePiece,
    width: int,
    fits: tuple[AffineFit, ...],
    hypotheses: tuple[DecidedHypothesis, ...],
    beta: fmpq | None = None,
) -> AffinePieceInstance:
    """The instance with decided hypotheses: the minimum and a better point if all hold, both checked again.

    Raises InstanceMismatchError if symproof contradicts itself.
    """
    instance = AffinePieceInstance(outputs, activation, piece, width, fits, hypotheses, None)
    if any(h.holds is not True for h in hypotheses):
        return instance
    found = _construction(instance, (piece.low + piece.high) / 2 if beta is None else beta)
    if found is None:
        reason = f"it holds, but no unit was shown to lower the risk with {PRECISIONS[-1]} bits"
        last = hypotheses[-1]
        undecided = DecidedHypothesis(last.label, last.statement, None, reason)
        return AffinePieceInstance(outputs, activation, piece, width, fits, (*hypotheses[:-1], undecided), None)
    recheck_affine_piece(outputs, activation, piece, fits, found)
    return AffinePieceInstance(outputs, activation, piece, width, fits, hypotheses, found)


def refuse_large(outputs: tuple[Dataset, ...], width: int) -> None:
    """Raise InputError for networks whose evaluation on the data takes too long."""
    data = outputs[0]
    work = data.sample_count * width * (data.feature_count + len(outputs))
    if work > MAX_WORK:
        raise InputError("the network is too large for these data", "width", f"at most {MAX_WORK} products", str(work))


def _chosen_piece(activation: PiecewiseActivation, beta: fmpq | None, where: str) -> AffinePiece:
    """The longest piece with a slope other than 0, or that with beta in it; a constant one if there is no other."""
    pieces = activation.affine_pieces()
    if not pieces:
        nowhere = all(p.known is not None for p in activation.pieces)
        what = "is affine on no interval" if nowhere else "has no piece that is seen to be affine"
        raise InputError(
            f"the theorem does not apply: the activation {what}", where or "activation",
            "one that is affine with a slope other than 0 on an interval, such as elu or piecewise(exp(t) - 1; 0; t)",
            describe(activation.text),
        )  # fmt: skip
    sloped = [p for p in pieces if p.slope != 0] or list(pieces)
    if beta is None:
        return max(sloped, key=lambda p: p.high - p.low)
    inside = [p for p in sloped if p.low < beta < p.high]
    if not inside:
        known = ", ".join(f"({format_rational(p.low)}, {format_rational(p.high)})" for p in sloped)
        raise InputError(
            "beta is not inside an affine piece", "beta", f"a number inside {known}", format_rational(beta)
        )
    return inside[0]


# The construction ------------------------------------------------------------------------------------------------


def _construction(instance: AffinePieceInstance, beta: fmpq) -> AffinePieceMinimum | None:
    piece, fits, inputs = instance.piece, instance.fits, instance.outputs[0].features
    gap = min(beta - piece.low, piece.high - beta)
    weights, intercepts = tuple(f.weights for f in fits), tuple(f.intercept for f in fits)
    outer, inner = _factors(weights, instance.width, instance.outputs[0].feature_count)
    total = sum((abs(dot(row, x)) for x in inputs for row in inner), fmpq(0))
    alpha = gap / (2 * (1 + total))
    candidate = _candidate(instance, beta, alpha, outer, inner, intercepts)
    radius = min(_margin(candidate, piece, x) for x in inputs)
    risk = sum((f.risk for f in fits), fmpq(0))
    for unit in units_that_see(instance.outputs[0], fits, instance.activation):
        better = _better(instance, candidate, len(inner), unit, risk)
        if better is not None:
            point, outgoing, seen, value, precision = better
            return AffinePieceMinimum(
                beta, gap, alpha, outer, inner, radius, *unit, outgoing, seen, candidate, point, risk, value, precision
            )
    return None


def _factors(weights: tuple[Vector, ...], width: int, features: int) -> tuple[tuple[Vector, ...], tuple[Vector, ...]]:
    """U and V with A = U V: through the inputs if the width is more than their number, else through the outputs."""
    if features + 1 <= width:
        return weights, _unit_matrix(features)
    return _unit_matrix(len(weights)), weights


def _unit_matrix(size: int) -> tuple[Vector, ...]:
    return tuple(tuple(fmpq(int(j == k)) for j in range(size)) for k in range(size))


def _candidate(
    instance: AffinePieceInstance,
    beta: fmpq,
    alpha: fmpq,
    outer: tuple[Vector, ...],
    inner: tuple[Vector, ...],
    intercepts: Vector,
) -> OutputsNetwork:
    piece, idle = instance.piece, instance.width - len(inner)
    scale, zero = alpha * piece.slope, fmpq(0)
    shift = (piece.slope * beta + piece.offset) / scale
    return OutputsNetwork(
        W1=(*(tuple(alpha * v for v in row) for row in inner), *[(zero,) * instance.outputs[0].feature_count] * idle),
        b1=(beta,) * instance.width,
        W2=tuple((*(u / scale for u in row), *[zero] * idle) for row in outer),
        b2=tuple(c - shift * sum(row, zero) for c, row in zip(intercepts, outer, strict=True)),
    )


def _margin(network: OutputsNetwork, piece: AffinePiece, x: Vector) -> fmpq:
    """How far every parameter of the first layer may move with all pre-activations at x inside the piece."""
    norm = sum(map(abs, x), fmpq(1))
    return min(min(p - piece.low, piece.high - p) for p in set(network.pre_activations(x))) / norm


def _better(
    instance: AffinePieceInstance, candidate: OutputsNetwork, carriers: int, unit: Unit, risk: fmpq
) -> tuple[OutputsNetwork, Vector, int, Number, int] | None:
    """The point with the further unit, its outgoing weights, the output that it sees best, its risk, the precision."""
    inputs = instance.outputs[0].features
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            try:
                values = [instance.activation(dot(unit[0], x) + unit[1]) for x in inputs]
            except EvaluationError:
                continue
            square = sum((v * v for v in values), fmpq(0))
            inner = [_inner(fit, values) for fit in instance.fits]
            sees = [o for o, phi in enumerate(inner) if compare("ne", phi, fmpq(0)) is True]
            if not sees or compare("gt", square, fmpq(0)) is not True:
                if not sees and all(isinstance(phi, fmpq) for phi in inner):
                    return None
                continue
            outgoing = tuple(_rational(-phi / square) for phi in inner)
            point = _with_unit(candidate, carriers, unit, outgoing)
            value = risk_of(point, instance.activation, inputs, instance.targets)
            if compare("lt", value, risk) is True:
                return point, outgoing, max(sees, key=lambda o: abs(as_float(inner[o]))), value, precision
    return None


def _inner(fit: AffineFit, values: Sequence[Number]) -> Number:
    """phi, the inner product of the residuals of an output and a unit."""
    return sum((r * v for r, v in zip(fit.residuals(), values, strict=True)), fmpq(0))


def _rational(value: Number) -> fmpq:
    """The number itself, or a short rational near it."""
    if isinstance(value, fmpq):
        return value
    middle = value.mid().fmpq()
    near = abs(middle) / 2**20
    return simplest_between(middle - near, middle + near)


def _with_unit(candidate: OutputsNetwork, carriers: int, unit: Unit, outgoing: Vector) -> OutputsNetwork:
    """The candidate with another unit after those that carry the affine map."""
    k, (weights, bias) = carriers, unit
    return OutputsNetwork(
        W1=(*candidate.W1[:k], weights, *candidate.W1[k + 1 :]),
        b1=(*candidate.b1[:k], bias, *candidate.b1[k + 1 :]),
        W2=tuple((*row[:k], u, *row[k + 1 :]) for row, u in zip(candidate.W2, outgoing, strict=True)),
        b2=candidate.b2,
    )


def affine_piece_result(instance: AffinePieceInstance) -> dict[str, object]:
    """The ``result`` object: exact strings for rationals, ``a +/- r`` for balls; empty without a construction."""
    found, piece = instance.construction, instance.piece
    if found is None:
        return {}
    with flint.ctx.workprec(found.precision):
        return {
            "risk_local_minimum": format_rational(found.risk_local_minimum),
            "risk_better_point": number_text(found.risk_better_point),
            "decrease": number_text(found.risk_local_minimum - found.risk_better_point),
            "radius": format_rational(found.radius),
            "piece": {
                "low": format_rational(piece.low),
                "high": format_rational(piece.high),
                "slope": format_rational(piece.slope),
                "offset": format_rational(piece.offset),
            },
            "beta": format_rational(found.beta),
            "alpha": format_rational(found.alpha),
            "unit": {
                "weights": [format_rational(v) for v in found.unit_weights],
                "bias": format_rational(found.unit_bias),
                "outgoing": [format_rational(v) for v in found.outgoing],
            },
            "least_squares": {
                "weights": [[format_rational(v) for v in f.weights] for f in instance.fits],
                "intercepts": [format_rational(f.intercept) for f in instance.fits],
            },
            "parameters_local_minimum": found.local_minimum.as_dict(),
            "parameters_better_point": found.better_point.as_dict(),
        }
