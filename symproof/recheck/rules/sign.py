"""Propositions that the signs of the parts decide, or a fact that bounds a number directly: see ``side_conditions``."""

from __future__ import annotations

from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accept what holds as a side condition, where the cited facts are in reach as well."""
    sequent = question.sequent
    for fact in question.facts:
        sequent = sequent.plus("", fact)
    if not question.side.holds(sequent, question.goal):
        raise Refused("the signs of the parts do not decide the goal")
    return Answer()
