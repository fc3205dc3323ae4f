"""Relations, and contradictions, as linear combinations of facts: see ``linear_arithmetic``.

Evidence: for each direction of the goal (two for an equation) the pairs (proposition, multiplier). Without any that
fit, a goal is still accepted if the facts contradict each other.
"""

from __future__ import annotations

from symproof.recheck.contradiction import contradiction
from symproof.recheck.linear_arithmetic import combines, directions, follows, positive
from symproof.recheck.normal_form import normal_form
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accept a goal that some multipliers show."""
    goal = positive(question.goal)
    normalize = question.side.normalizer(question.sequent)
    parts = [part for fact in question.source() for part in conjuncts(fact)]
    given = frozenset(parts)
    refused = Refused("no multipliers are at hand that show the goal")
    for _, value in question.evidence.found("linear", goal):
        try:
            if follows(goal, value, given.__contains__, normalize):
                return Answer()
        except Refused as found:
            refused = found
    if all(combines(p, strict, (), given.__contains__, normalize) for p, strict in directions(goal, normalize)):
        return Answer()
    pairs = contradiction(parts, normal_form)
    if pairs is not None and combines({}, True, pairs, given.__contains__, normal_form):
        return Answer()
    raise refused
