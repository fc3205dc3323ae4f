"""The hypotheses of the theorem on activations with an affine piece, each decided on its own."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from symproof.instances.ball_number import short_text
from symproof.instances.claim_judgement import plural
from symproof.instances.dataset import Dataset
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.least_squares import AffineFit
from symproof.instances.piecewise_activation import AffinePiece, PiecewiseActivation
from symproof.instances.rational import format_rational
from symproof.instances.repeated_inputs import first_repetition
from symproof.kernel.check import CheckResult

__all__ = ["decide_affine_piece", "decide_data", "distinct_inputs"]

MOST_DIGITS = 24


def decide_affine_piece(
    outputs: tuple[Dataset, ...],
    fits: tuple[AffineFit, ...],
    activation: PiecewiseActivation,
    piece: AffinePiece,
    width: int,
    check_piece: Callable[[PiecewiseActivation, AffinePiece], CheckResult],
    check_units: Callable[[PiecewiseActivation], CheckResult | None],
) -> tuple[DecidedHypothesis, ...]:
    """Decide all of them, even when an early one fails; ``fits`` are the exact fits of the outputs."""
    return (
        *decide_data(outputs, fits, width),
        _piece(activation, piece, check_piece(activation, piece)),
        _slope(piece),
        _discriminatory(outputs, fits, activation, check_units),
    )


def decide_data(outputs: tuple[Dataset, ...], fits: tuple[AffineFit, ...], width: int) -> tuple[DecidedHypothesis, ...]:
    """The hypotheses on data and width alone."""
    return _shapes(outputs), _no_affine_fit(outputs, fits), _width(outputs, width)


def distinct_inputs(data: Dataset) -> DecidedHypothesis:
    """Whether the inputs are distinct, with the lines of two that are not."""
    statement = "the inputs are distinct"
    pair = first_repetition(data.table)
    if pair is None:
        return DecidedHypothesis("distinct", statement, True, f"all {data.sample_count} differ")
    lines = [data.lines[i] for i in pair]
    reason = f"lines {lines[0]} and {lines[1]} of {data.name} hold the same input"
    return DecidedHypothesis("distinct", statement, False, reason, {"lines": lines})


def _shapes(outputs: tuple[Dataset, ...]) -> DecidedHypothesis:
    reason = f"{plural(outputs[0].feature_count, 'input')}, {plural(len(outputs), 'output')}"
    statement = "there are inputs and outputs"
    return DecidedHypothesis("shapes", statement, True, reason, covers=("dimension", "outputs"))


def _no_affine_fit(outputs: tuple[Dataset, ...], fits: tuple[AffineFit, ...]) -> DecidedHypothesis:
    statement = "no affine map fits all targets exactly"
    missed = [(data, fit) for data, fit in zip(outputs, fits, strict=True) if not fit.is_exact]
    if missed:
        data, fit = missed[0]
        reason = f"the best affine fit of {data.target_name} has risk {_shown(fit.risk)} > 0"
        return DecidedHypothesis("no_affine_fit", statement, True, reason)
    witness = {
        data.target_name: {
            "weights": dict(zip(data.feature_names, map(format_rational, fit.weights), strict=True)),
            "intercept": format_rational(fit.intercept),
        }
        for data, fit in zip(outputs, fits, strict=True)
    }
    reason = f"an affine map fits all {outputs[0].sample_count} samples exactly"
    return DecidedHypothesis("no_affine_fit", statement, False, reason, witness)


def _width(outputs: tuple[Dataset, ...], width: int) -> DecidedHypothesis:
    inputs, count = outputs[0].feature_count, len(outputs)
    holds = width >= min(inputs, count) + 1
    reason = f"the width is {width}, with {plural(inputs, 'input')} and {plural(count, 'output')}"
    statement = "the width is more than the number of inputs or more than the number of outputs"
    witness = None if holds else {"width": width, "at_least": min(inputs, count) + 1}
    return DecidedHypothesis("width", statement, holds, reason, witness)


def _piece(activation: PiecewiseActivation, piece: AffinePiece, checked: CheckResult) -> DecidedHypothesis:
    low, high = format_rational(piece.low), format_rational(piece.high)
    statement = f"h(t) = {_line(piece)} for {low} < t < {high}"
    if checked.accepted and checked.trust == "proved":
        reason = "proved by the kernel for this activation"
        return DecidedHypothesis("piece", statement, True, reason, covers=("piece", "interval"))
    reason = f"the kernel does not accept it: {_why(checked)}"
    return DecidedHypothesis("piece", statement, None, reason, covers=("piece", "interval"))


def _line(piece: AffinePiece) -> str:
    """The affine function in words: ``t``, ``1/6*t + 1/2``."""
    slope = _shown(piece.slope)
    line = "t" if piece.slope == 1 else f"({slope})*t" if " " in slope else f"{slope}*t"
    if piece.offset == 0:
        return line
    sign = "+" if piece.offset > 0 else "-"
    return f"{line} {sign} {_shown(abs(piece.offset))}"


def _slope(piece: AffinePiece) -> DecidedHypothesis:
    statement = "the slope of the affine piece is not 0"
    if piece.slope != 0:
        return DecidedHypothesis("slope", statement, True, f"it is {_shown(piece.slope)}")
    low, high, value = map(format_rational, (piece.low, piece.high, piece.offset))
    reason = "the activation is constant on each of its affine pieces"
    return DecidedHypothesis("slope", statement, False, reason, {"interval": [low, high], "value": value})


def _discriminatory(
    outputs: tuple[Dataset, ...],
    fits: tuple[AffineFit, ...],
    activation: PiecewiseActivation,
    check_units: Callable[[PiecewiseActivation], CheckResult | None],
) -> DecidedHypothesis:
    """False for repeated inputs and affine activations, with the r that no unit sees; else by a lemma."""
    statement = "no r other than 0 with sum 0 is orthogonal to all units on the samples"
    data = outputs[0]
    pair = first_repetition(data.table)
    if pair is not None:
        first, again = pair
        lines = [data.lines[first], data.lines[again]]
        reason = f"lines {lines[0]} and {lines[1]} of {data.name} hold the same input"
        witness = {"lines": lines, "r": f"1 at sample {first + 1}, -1 at sample {again + 1}, 0 elsewhere"}
        return DecidedHypothesis("discriminatory", statement, False, reason, witness)
    if len(activation.pieces) == 1 and activation.affine_pieces():
        seen = next((fit for fit in fits if not fit.is_exact), None)
        reason = "the activation is affine, so that every unit is an affine function of the input"
        if seen is not None and data.sample_count <= 20:
            residuals = [format_rational(r) for r in seen.residuals()]
            return DecidedHypothesis("discriminatory", statement, False, reason, {"r": residuals})
        return DecidedHypothesis(
            "discriminatory",
            statement,
            False if seen else None,
            reason,
            None if seen is None else {"r": "the residuals"},
        )
    checked = check_units(activation)
    if checked is None:
        reason = (
            "no proof is known: one is for a first piece a*exp(k*t) + c with k > 0, or affine first and last pieces"
        )
        return DecidedHypothesis("discriminatory", statement, None, reason)
    if not checked.accepted or checked.trust != "proved":
        reason = f"the kernel does not accept the proof: {_why(checked)}"
        return DecidedHypothesis("discriminatory", statement, None, reason)
    reason = f"the inputs are distinct; proved by the kernel for this activation, by {', '.join(checked.uses)}"
    return DecidedHypothesis("discriminatory", statement, True, reason)


def _why(checked: CheckResult) -> str:
    return "; ".join(str(d) for d in checked.diagnostics[:1]) or f"its trust is {checked.trust}"


def _shown(value: fmpq) -> str:
    """A rational in words: itself if it is short."""
    text = format_rational(value)
    return text if len(text) <= MOST_DIGITS else f"about {short_text(value)}"
