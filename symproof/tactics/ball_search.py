"""Search for a subdivision of a box on whose parts ball arithmetic proves an inequality."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symproof.kernel.evaluate import Compiled
from symproof.kernel.rules.ball import Box, bounding_box, holds_on
from symproof.logic.term import Term, free_variables

__all__ = ["ball_evidence"]

MAX_PARTS = 1_500
PRECISION = 64


def ball_evidence(goal: Term, facts: Sequence[Term], limit: int = MAX_PARTS) -> tuple[int, Any] | None:
    """(precision, subdivision) that the rule ``ball`` wants for ``goal`` from ``facts``, or None if none was found."""
    variables = free_variables(goal)
    box = bounding_box(facts, variables)
    if box is None or any(v.sort.kind != "real" for v in variables):
        return None
    guards = [Compiled(f) for f in facts if free_variables(f) <= set(box)]
    budget = [limit]
    try:
        return PRECISION, _subdivide(Compiled(goal), guards, box, budget, 0)
    except _GivenUpError:
        return None


class _GivenUpError(Exception):
    """The budget is used up, or the inequality is false somewhere."""


def _subdivide(goal: Compiled, guards: list[Compiled], box: Box, budget: list[int], depth: int) -> Any:
    truth = holds_on(goal, box, PRECISION)
    if truth is True or any(holds_on(g, box, PRECISION) is False for g in guards):
        return None
    budget[0] -= 1
    if budget[0] < 0 or depth > 40 or (truth is False and not guards):
        raise _GivenUpError
    axis, (variable, (low, high)) = max(enumerate(box.items()), key=lambda item: item[1][1][1] - item[1][1][0])
    if low == high:
        raise _GivenUpError
    middle = _simple_between(low, high)
    left = _subdivide(goal, guards, {**box, variable: (low, middle)}, budget, depth + 1)
    return axis, middle, left, _subdivide(goal, guards, {**box, variable: (middle, high)}, budget, depth + 1)


def _simple_between(low: Fraction, high: Fraction) -> Fraction:
    """A number near the middle with a small denominator that is a power of two."""
    middle, width = (low + high) / 2, high - low
    scale = 1
    while Fraction(1, scale) > width / 4:
        scale *= 2
    return Fraction(round(middle * scale), scale)
