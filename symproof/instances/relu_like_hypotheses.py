"""The hypotheses (C1.1) to (C1.4) on ReLU-like networks, each decided on its own, with a witness when it fails."""

from __future__ import annotations

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.least_squares import AffineFit
from symproof.instances.rational import format_rational
from symproof.instances.repeated_inputs import first_repetition

__all__ = ["decide_hypotheses"]

KINK_LABELS = ("C1.3 activation", "C1.3 slopes")


def decide_hypotheses(
    dataset: Dataset, fit: AffineFit, activation: ReluLike, width: int
) -> tuple[DecidedHypothesis, ...]:
    """Decide (C1.1) to (C1.4), all of them even when an early one fails; ``fit`` is the exact fit of ``dataset``."""
    return (
        _no_exact_fit(dataset, fit),
        _distinct_inputs(dataset),
        _relu_like(activation),
        _two_hidden_units(width),
    )


def _no_exact_fit(dataset: Dataset, fit: AffineFit) -> DecidedHypothesis:
    statement = "no affine function of x fits all y_i exactly"
    if not fit.is_exact:
        reason = f"the best affine fit has risk {_shortened(fit.risk)} > 0"
        return DecidedHypothesis("C1.1", statement, True, reason)
    weights = dict(zip(dataset.feature_names, map(format_rational, fit.weights), strict=True))
    witness = {"weights": weights, "intercept": format_rational(fit.intercept)}
    terms = [f"{_shortened(w)} * {name}" for name, w in zip(dataset.feature_names, fit.weights, strict=True) if w != 0]
    formula = " + ".join([*terms, _shortened(fit.intercept)]).replace("+ -", "- ")
    reason = f"the affine function {dataset.target_name} = {formula} fits all {dataset.sample_count} samples exactly"
    return DecidedHypothesis("C1.1", statement, False, reason, witness)


def _distinct_inputs(dataset: Dataset) -> DecidedHypothesis:
    statement = "the inputs x_i are distinct"
    pair = first_repetition(dataset.table)
    if pair is None:
        return DecidedHypothesis("C1.2", statement, True, f"all {dataset.sample_count} inputs differ")
    first, again = pair
    lines = [dataset.lines[first], dataset.lines[again]]
    x = [format_rational(entry) for entry in dataset.features[first]]
    witness = {"samples": [first + 1, again + 1], "lines": lines, "x": x}
    reason = f"lines {lines[0]} and {lines[1]} of {dataset.name} hold the same input"
    return DecidedHypothesis("C1.2", statement, False, reason, witness)


def _relu_like(activation: ReluLike) -> DecidedHypothesis:
    statement = "h(t) = s+ t for t >= 0 and s- t for t < 0 with s+ > 0, s- >= 0, s+ != s-"
    slopes = {"s_plus": format_rational(activation.s_plus), "s_minus": format_rational(activation.s_minus)}
    conditions = {
        "s+ > 0": activation.s_plus > 0,
        "s- >= 0": activation.s_minus >= 0,
        "s+ != s-": activation.s_plus != activation.s_minus,
    }
    violated = [condition for condition, holds in conditions.items() if not holds]
    values = f"s+ = {_shortened(activation.s_plus)}, s- = {_shortened(activation.s_minus)}"
    if violated:
        reason = f"{values} violate {' and '.join(violated)}"
        return DecidedHypothesis("C1.3", statement, False, reason, {**slopes, "violated": violated}, KINK_LABELS)
    return DecidedHypothesis("C1.3", statement, True, values, covers=KINK_LABELS)


def _two_hidden_units(width: int) -> DecidedHypothesis:
    statement = "the hidden layer has width d1 >= 2"
    witness = None if width >= 2 else {"width": width}
    return DecidedHypothesis("C1.4", statement, width >= 2, f"the width is {width}", witness)


def _shortened(value: fmpq) -> str:
    text = format_rational(value)
    return text if len(text) <= 40 else f"{text[:18]}...{text[-18:]}"
