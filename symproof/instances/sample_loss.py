"""Losses of the outputs of a network on a sample: of every output on its own, or of all of them at once.

A loss in ``f`` and ``y`` is summed over all outputs of all samples; one in ``f1, f2, ...`` and ``y1, y2, ...``, the
outputs and the targets of a sample, is summed over the samples.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from flint import fmpq

from symproof.errors import InputError
from symproof.instances.closed_sum import ClosedNumber, closed_sum
from symproof.instances.excerpt import excerpt
from symproof.instances.loss import Branch, F, Loss, Y, branches, not_a_loss, parse_loss
from symproof.instances.one_sided_slope import bends
from symproof.instances.rational import format_rational
from symproof.kernel.differentiate import differentiate
from symproof.kernel.discharge import Discharger
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.kernel.polynomial import to_fraction
from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_expression
from symproof.logic.syntax import num, real
from symproof.logic.term import Term, free_variables, subst

__all__ = ["Obstacle", "SampleLoss", "parse_sample_loss"]

MAX_LENGTH = 4_000
MOST_OUTPUTS = 100
"""Of a loss of all outputs at once."""
MOST_TARGETS = 12
"""Differentiability everywhere is tried for so many different targets."""
PRECISIONS = (64, 512, 4096)
_OF_SAMPLE = re.compile(r"\b[fy][0-9]+\b", re.ASCII)


@dataclass(frozen=True)
class Obstacle:
    """Why a loss is not known to be differentiable at some outputs.

    Attributes:
        output: which output, from 1; 0 for all of them.
        reason: in words.
        certain: whether it is known not to be; else that is undecided.
    """

    output: int
    reason: str
    certain: bool


@dataclass(frozen=True)
class SampleLoss:
    """A loss of the outputs of a sample.

    Attributes:
        text: what was asked for.
        expression: what it is.
        entry: the loss of one output, if it is a sum of such.
        variables: the outputs f1, f2, ... and the targets y1, y2, ... of a loss of all outputs at once.
        value: that loss.
        slopes: its derivatives in f1, f2, ...
        conditions: where they all hold it is differentiable, with these derivatives.
    """

    text: str
    expression: str
    entry: Loss | None
    variables: tuple[tuple[Term, ...], tuple[Term, ...]] = ((), ())
    value: Term | None = None
    slopes: tuple[Term, ...] = ()
    conditions: tuple[Term, ...] = ()

    def values(self, outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> tuple[ClosedNumber, ...]:
        """Numbers whose sum is the loss of a sample. Raises Undefined if a piece is not known."""
        if self.entry is None:
            return (self._number(self.value, outputs, targets),)
        return tuple(self._entry_number(0, f, y) for f, y in zip(outputs, targets, strict=True))

    def gradient(self, outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> tuple[ClosedNumber, ...]:
        """The derivatives in the outputs of a sample; they mean that where there is no obstacle."""
        if self.entry is None:
            return tuple(self._number(slope, outputs, targets) for slope in self.slopes)
        return tuple(self._entry_number(1, f, y) for f, y in zip(outputs, targets, strict=True))

    def obstacle(self, outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> Obstacle | None:
        """What keeps the loss of a sample from being differentiable at the outputs; None if it is."""
        if self.entry is not None:
            for place, (f, y) in enumerate(zip(outputs, targets, strict=True), 1):
                found = _entry_obstacle(self.entry, f, y)
                if found is not None:
                    return Obstacle(place, *found)
            return None
        point = self._point(outputs, targets)
        found = _obstacle((self.value, *self.slopes), self.conditions, point, self.variables[0])
        return None if found is None else Obstacle(0, *found)

    def differentiable_everywhere(self, targets: Sequence[Sequence[fmpq]]) -> bool:
        """Whether the kernel discharges the conditions for all real outputs, for the targets of each sample."""
        if self.entry is not None:
            if self.entry.limits:
                return False
            conditions = differentiate(self.entry.parts[0].terms[0], F)[1]
            different = sorted({(y,) for sample in targets for y in sample})
            return _discharged(conditions, (Y,), different)
        return _discharged(self.conditions, self.variables[1], sorted({tuple(sample) for sample in targets}))

    def _point(self, outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> tuple[tuple[Term, fmpq], ...]:
        fs, ys = self.variables
        return (*zip(fs, outputs, strict=True), *zip(ys, targets, strict=True))

    def _number(self, formula: Term | None, outputs: Sequence[fmpq], targets: Sequence[fmpq]) -> ClosedNumber:
        if formula is None:
            raise TypeError("a loss without a formula")
        return ClosedNumber(formula, self._point(outputs, targets))

    def _entry_number(self, order: int, f: fmpq, y: fmpq) -> ClosedNumber:
        if self.entry is None:
            raise TypeError("a loss of all outputs at once")
        found = list(_touching(self.entry, f, y))
        if not found:
            raise Undefined(self.entry.parts[0].terms[0], "the ends of the pieces are not known")
        return ClosedNumber(self.entry.parts[found[0].number].terms[order], ((F, f), (Y, y)))


def parse_sample_loss(text: str, where: str, outputs: int, targets: int) -> SampleLoss:
    """Read a loss: one in f and y (a name, an expression, pieces), or one in f1, f2, ..., y1, y2, ...

    Args:
        text: the loss.
        where: for messages.
        outputs: how many outputs the network has.
        targets: how many targets a sample has; as many as outputs for a loss in f and y.

    Raises:
        InputError: it cannot be read, is not real, or needs other targets.
    """
    stripped = text.strip()
    if len(stripped) > MAX_LENGTH:
        raise InputError("the loss is too long", where, f"at most {MAX_LENGTH} characters", str(len(stripped)))
    if _OF_SAMPLE.search(stripped) is None:
        if outputs != targets:
            expected = f"{outputs} rows, as many as the network has outputs"
            raise InputError("a loss in f and y needs a target for every output", where, expected, f"{targets} rows")
        entry = parse_loss(stripped, where)
        for part in entry.parts:
            _real(part.terms[0], {F, Y}, where, stripped)
        return SampleLoss(stripped, entry.expression, entry)
    if outputs > MOST_OUTPUTS or targets > MOST_OUTPUTS:
        expected = f"at most {MOST_OUTPUTS} outputs and targets for a loss in f1, f2, ..."
        raise InputError("too many outputs", where, expected, f"{outputs} outputs, {targets} targets")
    fs = tuple(real(f"f{k}") for k in range(1, outputs + 1))
    ys = tuple(real(f"y{k}") for k in range(1, targets + 1))
    try:
        value = parse_expression(stripped, {v.data: v for v in (*fs, *ys)}, where)
    except InputError as error:
        expected = f"an expression in f1, ..., f{outputs} and y1, ..., y{targets}"
        raise not_a_loss(error, expected) from error
    _real(value, {*fs, *ys}, where, stripped)
    found = [differentiate(value, f) for f in fs]
    conditions = tuple(dict.fromkeys(c for _, needed in found for c in needed))
    return SampleLoss(stripped, stripped, None, (fs, ys), value, tuple(slope for slope, _ in found), conditions)


def _real(value: Term, known: set[Term], where: str, text: str) -> None:
    """Raise InputError if a term has other variables: the imaginary unit is one."""
    others = sorted(v.name for v in free_variables(value) if v not in known)
    if others:
        raise InputError(
            "the loss is not a real function of its variables", where, "an expression without I", excerpt(text)
        )


def _touching(loss: Loss, f: fmpq, y: fmpq) -> Iterator[Branch]:
    """The pieces on which the point lies, from the left: two of them where they meet."""
    for branch in branches(loss, y) or ():
        if (branch.low is None or f >= branch.low) and (branch.high is None or f <= branch.high):
            yield branch


@lru_cache(maxsize=16384)
def _entry_obstacle(loss: Loss, f: fmpq, y: fmpq) -> tuple[str, bool] | None:
    point, found = ((F, f), (Y, y)), list(_touching(loss, f, y))
    if not found:
        return f"the ends of the pieces are not known to be rational for y = {format_rational(y)}", False
    for branch in found:
        value, first, _ = loss.parts[branch.number].terms
        trouble = _obstacle((value, first), differentiate(value, F)[1], point, (F,))
        if trouble is not None:
            return trouble
    for left, right in pairwise(found):
        for order, what in enumerate(("values", "slopes")):
            numbers = [ClosedNumber(loss.parts[b.number].terms[order], point) for b in (left, right)]
            sign = closed_sum([(fmpq(1), numbers[0]), (fmpq(-1), numbers[1])]).sign()
            if sign != 0:
                here = f"at f = {format_rational(f)}, y = {format_rational(y)}, where two pieces meet"
                known = "their {} differ" if sign is not None else "whether their {} agree is not decided"
                return f"{here}, {known.format(what)}", sign is not None
    return None


def _obstacle(
    terms: Sequence[Term | None],
    conditions: Sequence[Term],
    point: tuple[tuple[Term, fmpq], ...],
    moving: Sequence[Term],
) -> tuple[str, bool] | None:
    """Why a formula is not known to be differentiable at a point, and whether it is certain that it is not.

    Args:
        terms: the formula, then its derivatives.
        conditions: where they hold, these are its derivatives.
        point: a number for every variable.
        moving: the variables in which it is differentiated.
    """
    numbers = {v: num(to_fraction(x)) for v, x in point}
    shown = ", ".join(f"{v.name} = {format_rational(x)}" for v, x in point)
    try:
        if terms[0] is not None and all(ClosedNumber(terms[0], point).value(p) is None for p in PRECISIONS):
            return f"whether the loss has a value at {shown} is not decided", False
    except Undefined as error:
        return f"the loss has no value at {shown}: {error.reason}", True
    for condition in conditions:
        try:
            truth = decide(subst(condition, numbers), {})
        except (Undefined, EvaluationError):
            truth = None
        if truth is not True and terms[0] is not None and any(bends(terms[0], v, dict(point)) for v in moving):
            return f"the slopes from the left and from the right differ at {shown}", True
        if truth is not True:
            known = "does not hold" if truth is False else "is not decided"
            return f"the rules of differentiation need {condition}, which {known} at {shown}", False
    try:
        for term in terms[1:]:
            if term is not None:
                ClosedNumber(term, point).value(64)
    except Undefined as error:
        return f"the derivative has no value at {shown}: {error.reason}", False
    return None


def _discharged(conditions: Sequence[Term], names: Sequence[Term], targets: Sequence[Sequence[fmpq]]) -> bool:
    """Whether conditions hold for all values of the outputs: for any targets, or for each of the given ones."""
    holds, everywhere = Discharger(), Sequent()
    if all(holds(everywhere, c) for c in conditions):
        return True
    if len(targets) > MOST_TARGETS:
        return False
    numbers = [{v: num(to_fraction(y)) for v, y in zip(names, sample, strict=True)} for sample in targets]
    return all(holds(everywhere, subst(c, here)) for here in numbers for c in conditions)
