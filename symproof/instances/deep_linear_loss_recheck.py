"""A second evaluation of what an instance with any differentiable loss claims, from the texts of its certificate.

Matrices and the loss are read from the texts again. Every sample runs through the layers on its own, backwards too; the
derivatives of the loss are coefficients of power series over balls, not the rules of differentiation. That an entry of
a gradient is exactly 0 cannot be seen in this way; that it is smaller than 2^-200 can, and is demanded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import flint
from flint import arb, fmpq, fmpz

from symproof.errors import InputError
from symproof.instances.activation_jet import CompiledJet, JetRefusal, compile_jet
from symproof.instances.deep_linear_loss_offer import loss_data, loss_hypotheses, loss_result
from symproof.instances.deep_linear_loss_point import LossPoint
from symproof.instances.deep_linear_point import GLOBAL_MINIMUM, NOT_CRITICAL, SADDLE
from symproof.instances.excerpt import excerpt
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.loss import F, Y, branches
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.piecewise_activation import T
from symproof.instances.sample_loss import SampleLoss, parse_sample_loss
from symproof.kernel.polynomial import to_fraction
from symproof.logic.syntax import num
from symproof.logic.term import Term, subst

__all__ = ["recheck_loss", "recheck_texts"]

PRECISIONS = (256, 1024, 4096)
SMALL = 200
"""An entry that is claimed to be 0 has to be smaller than this power of 1/2, relative to what is added up."""

Rows = list[list[Any]]
Layers = list[Rows]


def recheck_loss(point: LossPoint) -> None:
    """Evaluate everything that is claimed anew. Raises InstanceMismatchError if something does not come out."""
    if point.gradient is None:
        return
    widths = DecidedHypothesis("widths", "", point.narrow is None, "")
    critical = next(h for h in loss_hypotheses(point, widths) if h.label == "critical")
    recheck_texts(loss_data(point), loss_result(point), critical.witness)


def recheck_texts(data: Mapping[str, Any], result: Mapping[str, Any], witness: Mapping[str, Any] | None) -> None:
    """Evaluate what the texts of a certificate say.

    Args:
        data: the ``data`` of the certificate.
        result: the ``result``, with everything that is known of the point.
        witness: of the hypothesis that the point is critical, if that does not hold.

    Raises:
        InstanceMismatchError: something does not come out.
        InputError: the loss cannot be evaluated in this way.
    """
    samples = _Samples(data)
    weights = [_matrix(rows) for rows in data["weights"]]
    kind = result["classification"]
    if "gap_at_most" in result:
        samples.recheck_bound(weights, _rational(result["gap_at_most"]), result["gap_certificate"])
    if kind == NOT_CRITICAL:
        _demand(witness is not None, "no derivative is shown")
        if witness is not None:
            layer, row, column = (int(witness[key]) - 1 for key in ("layer", "row", "column"))
            _certain(lambda p: samples.gradients(weights, p)[layer][row][column].ball, "the derivative is not there")
            entry = samples.gradients(weights, PRECISIONS[0])[layer][row][column].ball
            _demand(entry.overlaps(_ball(witness["entry"])), "the derivative differs")
        return
    if kind is None:
        return
    entries = [x for rows in samples.gradients(weights, PRECISIONS[1]) for row in rows for x in row]
    _demand(all(x.is_small() for x in entries), "the point is not critical")
    product = [x for row in samples.product_gradient(weights, PRECISIONS[1]) for x in row]
    shown = [_ball(text) for row in result["product_gradient"] for text in row]
    _demand(all(x.ball.overlaps(y) for x, y in zip(product, shown, strict=True)), "the gradient of the loss differs")
    _demand(samples.loss(weights, PRECISIONS[0]).overlaps(_ball(result["loss"])), "the loss differs")
    if kind != SADDLE:
        _demand(all(x.is_small() for x in product), "the gradient of the loss is not 0")
        _demand((kind == GLOBAL_MINIMUM) == (result["gap"] == "0"), "a wrong gap")
        return
    sharp = samples.product_gradient(weights, PRECISIONS[-1])
    _demand(
        any(not x.ball.contains(0) for row in sharp for x in row), "the gradient of the loss is not known to be not 0"
    )
    _recheck_escape(samples, weights, result)


def _recheck_escape(samples: _Samples, weights: Layers, result: Mapping[str, Any]) -> None:
    radius, left = _rational(result["radius"]), result["escape"]
    if left is not None:
        same, layer = [_matrix(rows) for rows in left["weights"]], int(left["layer"]) - 1
        _demand(samples.outputs(same) == samples.outputs(weights), "the outputs change along the escape")
        _demand(_distance(same, weights) < radius, "a point nearby is too far away")
        block = [x.ball for row in samples.gradients(same, PRECISIONS[1])[layer] for x in row]
        shown = [_ball(text) for row in left["gradient"] for text in row]
        _demand(all(x.overlaps(y) for x, y in zip(block, shown, strict=True)), "the gradient after the escape differs")
        _demand(any(x > 0 or x < 0 for x in block), "no gradient after the escape")
    for name, sign in (("lower_point", -1), ("higher_point", 1)):
        if result[name] is not None:
            near = [_matrix(rows) for rows in result[name]["weights"]]
            _demand(_distance(near, weights) < radius, "a point nearby is too far away")
            found = _certain(
                lambda p, near=near: samples.loss(near, p) - samples.loss(weights, p),  # type: ignore[misc]
                "the loss at a point nearby is not known to be another",
            )
            _demand((found > 0) == (sign > 0), "the loss at a point nearby is on the wrong side")


@dataclass(frozen=True)
class _Sized:
    """A sum in a ball, with the sum of the absolute values of what was added up, 1 added to each derivative."""

    ball: arb
    size: arb

    def __add__(self, other: _Sized) -> _Sized:
        return _Sized(self.ball + other.ball, self.size + other.size)

    def times(self, factor: fmpq) -> _Sized:
        return _Sized(self.ball * arb(factor), self.size * arb(abs(factor)))

    def is_small(self) -> bool:
        """Whether it may be 0, and nothing that is not small."""
        with flint.ctx.workprec(64):
            return bool(self.ball.contains(0) and abs(self.ball).upper() <= self.size.upper() * arb(2) ** -SMALL)


NOTHING = _Sized(arb(0), arb(0))


class _Samples:
    """The samples and the loss of a certificate."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        inputs, targets = _matrix(data["inputs"]), _matrix(data["targets"])
        self._inputs = [list(column) for column in zip(*inputs, strict=True)]
        self._targets = [list(column) for column in zip(*targets, strict=True)]
        outputs = int(data["widths"][-1])
        self._loss = parse_sample_loss(data["loss"], "loss", outputs, len(targets))

    def outputs(self, weights: Layers) -> Rows:
        """The exact outputs, sample by sample."""
        return [_passed(x, weights)[-1] for x in self._inputs]

    def loss(self, weights: Layers, precision: int) -> arb:
        """The loss."""
        with flint.ctx.workprec(precision):
            total = arb(0)
            for f, y in zip(self.outputs(weights), self._targets, strict=True):
                for h, at in _formulas(self._loss, f, y)[0]:
                    total += _jet(h, at)[0]
        return total

    def recheck_bound(self, weights: Layers, at_most: fmpq, shown: Mapping[str, Any]) -> None:
        """The bound of the gap: multipliers that are orthogonal to the inputs, and points around every minimum."""
        multipliers, left, right = (_matrix(shown[name]) for name in ("multipliers", "left", "right"))
        with flint.ctx.workprec(PRECISIONS[1]):
            least = arb(0)
            for place, (row, a_row, b_row) in enumerate(zip(multipliers, left, right, strict=True)):
                for column in zip(*self._inputs, strict=True):
                    _demand(sum((e * x for e, x in zip(row, column, strict=True)), fmpq(0)) == 0, "a wrong multiplier")
                for y, e, a, b in zip(self._targets, row, a_row, b_row, strict=True):
                    value, slope = self._of_output(a, y[place])
                    slope -= arb(e)
                    above = self._of_output(b, y[place])[1] - arb(e)
                    _demand(a < b and slope <= 0 and above >= 0, "no minimum between the points")
                    least += value - arb(e * a) + slope * arb(b - a)
            _demand(self.loss(weights, PRECISIONS[1]) - least <= arb(at_most), "the gap may be larger")

    def _of_output(self, f: fmpq, y: fmpq) -> tuple[arb, arb]:
        """The loss of one output and its slope."""
        _demand(self._loss.entry is not None, "no loss of one output")
        ((formula, at),) = _formulas(self._loss, [f], [y])[0]
        value, slope = _jet(formula, at)
        return value, slope

    def product_gradient(self, weights: Layers, precision: int) -> list[list[_Sized]]:
        """The gradient of the loss as a function of the product: as that of one layer."""
        return self._backwards(weights, precision, True)[0]

    def gradients(self, weights: Layers, precision: int) -> list[list[list[_Sized]]]:
        """The gradient in each layer."""
        return self._backwards(weights, precision, False)

    def _backwards(self, weights: Layers, precision: int, product: bool) -> list[list[list[_Sized]]]:
        shapes = (
            [(len(self.outputs(weights)[0]), len(self._inputs[0]))]
            if product
            else [(len(w), len(w[0])) for w in weights]
        )
        with flint.ctx.workprec(precision):
            found = [[[NOTHING] * columns for _ in range(rows)] for rows, columns in shapes]
            for x, y in zip(self._inputs, self._targets, strict=True):
                passed = _passed(x, weights)
                slopes = [_jet(h, at)[1] for h, at in _formulas(self._loss, passed[-1], y)[1]]
                back = [_Sized(slope, abs(slope) + 1) for slope in slopes]
                steps = (
                    [(found[0], x, None)]
                    if product
                    else zip(reversed(found), reversed(passed[:-1]), reversed(weights), strict=True)
                )
                for gradient, before, layer in steps:
                    for row, delta in zip(gradient, back, strict=True):
                        for e, value in enumerate(before):
                            row[e] += delta.times(value)
                    if layer is not None:
                        back = [
                            sum((d.times(w) for d, w in zip(back, column, strict=True)), NOTHING)
                            for column in zip(*layer, strict=True)
                        ]
        return found


def _passed(sample: Sequence[fmpq], weights: Layers) -> Rows:
    """The sample and the outputs of all layers."""
    found = [list(sample)]
    for layer in weights:
        found.append([sum((w * s for w, s in zip(row, found[-1], strict=True)), fmpq(0)) for row in layer])
    return found


Formula = tuple[Term, fmpq]


def _formulas(
    loss: SampleLoss, outputs: Sequence[fmpq], targets: Sequence[fmpq]
) -> tuple[list[Formula], list[Formula]]:
    """Functions of one variable and points: the loss is the sum of their values, its slopes are their derivatives."""
    if loss.entry is None:
        if loss.value is None:
            raise TypeError("a loss without a formula")
        fs, ys = loss.variables
        known = {v: num(to_fraction(x)) for v, x in (*zip(fs, outputs, strict=True), *zip(ys, targets, strict=True))}
        lines = [(subst(loss.value, {**known, f: T}), at) for f, at in zip(fs, outputs, strict=True)]
        return lines[:1], lines
    found = []
    for f, y in zip(outputs, targets, strict=True):
        inside = [
            b
            for b in branches(loss.entry, y) or ()
            if (b.low is None or f >= b.low) and (b.high is None or f <= b.high)
        ]
        _demand(bool(inside), "no piece of the loss is known")
        value = loss.entry.parts[inside[-1].number].terms[0]
        found.append((subst(value, {F: T, Y: num(to_fraction(y))}), f))
    return found, found


@lru_cache(maxsize=4096)
def _program(formula: Term) -> CompiledJet:
    return compile_jet(formula)


def _jet(formula: Term, at: fmpq) -> tuple[arb, ...]:
    try:
        return _program(formula)(at, 1)
    except JetRefusal as refusal:
        reason = excerpt(str(refusal), 80)
        raise InputError(
            "the loss cannot be evaluated a second time", "loss", "a loss with power series", reason
        ) from None


def _certain(compute: Callable[[int], arb], otherwise: str) -> arb:
    """The first of some balls, with rising precision, that excludes 0."""
    for precision in PRECISIONS:
        found = compute(precision)
        if found > 0 or found < 0:
            return found
    raise InstanceMismatchError(f"re-check failed: {otherwise}")


def _matrix(rows: Sequence[Sequence[str]]) -> Rows:
    return [[_rational(text) for text in row] for row in rows]


def _rational(text: str) -> fmpq:
    top, _, bottom = text.partition("/")
    return fmpq(fmpz(top), fmpz(bottom or "1"))


def _ball(text: str) -> arb:
    with flint.ctx.workprec(PRECISIONS[-1]):
        if "+/-" in text:
            return arb(f"[{text}]")
        return arb(text) if "." in text or "e" in text else arb(_rational(text))


def _distance(one: Layers, other: Layers) -> fmpq:
    pairs = (
        (a, b)
        for v, w in zip(one, other, strict=True)
        for r, s in zip(v, w, strict=True)
        for a, b in zip(r, s, strict=True)
    )
    return max(abs(a - b) for a, b in pairs)


def _demand(holds: bool, what: str) -> None:
    if not holds:
        raise InstanceMismatchError(f"re-check failed: {what}")
