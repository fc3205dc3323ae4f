"""Inequalities by the mean value theorem: f is right at a starting point, and its slope has a sign from there to x.

Evidence: (x, start, upwards), or with a fourth part True. For f(x) >= 0 what is left to show is start <= x (upwards) or
x <= start; that f is continuous from start to x and differentiable strictly in between; f(start) >= 0; and in between
f' >= 0 (upwards) or f' <= 0. For f(x) > 0 the order of start and x and the sign of f' are strict, or, with the fourth
part, f(start) > 0 is.
"""

from __future__ import annotations

from typing import Any

from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.smooth_interval import inequality, points, smooth_between
from symproof.recheck.term import num, relation, substituted

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accepts an inequality. Raises Refused."""
    f, strict = inequality(question.goal)
    for _, value in question.evidence.found("monotone", question.goal):
        if _readable(question, value):
            x, start, upwards, *more = value
            strict_start = strict and more == [True]
            low, high = (start, x) if upwards else (x, start)
            smooth = smooth_between(f, x, low, high, 1, question.sequent)
            steep = strict and not strict_start
            sign = {(True, True): "gt", (True, False): "ge", (False, True): "lt", (False, False): "le"}
            return Answer((
                relation("lt" if steep else "le", low, high),
                *smooth.needed,
                relation("gt" if strict_start else "ge", substituted(f, {x: start}), 0),
                smooth.throughout(relation(sign[upwards, steep], smooth.slopes[0], num(0))),
            ))  # fmt: skip
    raise Refused("no starting point in the evidence")


def _readable(question: Question, value: Any) -> bool:
    right = isinstance(value, (tuple, list)) and len(value) in (3, 4) and type(value[2]) is bool
    return right and points(question, value[0], value[1])
