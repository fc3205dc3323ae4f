"""Inequalities by concavity: f is right at two points, and its slope falls in between.

Evidence: (x, low, high). For f(x) >= 0 what is left to show is low <= x <= high; that f is continuous from low to high
and twice differentiable strictly in between; f(low) >= 0 and f(high) >= 0; and f'' <= 0 in between. For f(x) > 0 the
order of low, x and high and the sign of f'' are strict. Such a function is nowhere below its chord.
"""

from __future__ import annotations

from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.smooth_interval import inequality, points, smooth_between
from symproof.recheck.term import relation, substituted

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accepts an inequality. Raises Refused."""
    f, strict = inequality(question.goal)
    less = "lt" if strict else "le"
    for _, value in question.evidence.found("concave", question.goal):
        if isinstance(value, (tuple, list)) and len(value) == 3 and points(question, *value):
            x, low, high = value
            smooth = smooth_between(f, x, low, high, 2, question.sequent)
            return Answer((
                relation(less, low, x),
                relation(less, x, high),
                *smooth.needed,
                relation("ge", substituted(f, {x: low}), 0),
                relation("ge", substituted(f, {x: high}), 0),
                smooth.throughout(relation(less, smooth.slopes[1], 0)),
            ))  # fmt: skip
    raise Refused("no interval in the evidence")
