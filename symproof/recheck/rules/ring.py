"""Equations between numbers whose sides have the same normal form, and relations whose sides differ by a number.

A denominator that is cleared is an obligation: ``a/a = 1`` asks for ``a != 0``.
"""

from __future__ import annotations

from symproof.recheck import polynomial as poly
from symproof.recheck.denominators import without_denominators
from symproof.recheck.negation import CONTRARY
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sign import ALLOWED, sign_of_number

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accept an equation, or a relation between sides that differ by a number."""
    goal = question.goal
    if goal.op not in CONTRARY or not goal.args[0].sort.number:
        raise Refused("no relation between numbers")
    normalize = question.side.normalizer(question.sequent)
    difference = poly.plus(normalize(goal.args[0]), normalize(goal.args[1]), -1)
    value = poly.number(difference)
    if value is not None:
        if not ALLOWED[goal.op] & sign_of_number(value):
            raise Refused(f"left - right = {value}")
        return Answer()
    if goal.op != "eq":
        raise Refused("the sides do not differ by a number")
    rest, conditions = without_denominators(difference, normalize)
    if rest:
        raise Refused(f"the sides have different normal forms: left - right = {poly.to_term(difference)}")
    return Answer(conditions)
