"""Minima and maxima: they bound their members, are bounded as all members are, and are attained.

Over an empty range a minimum has some value of which nothing is known, so everything but the bound of a member that is
in the range needs a range that is not empty.
"""

from __future__ import annotations

from symproof.recheck.question import Answer, Question
from symproof.recheck.range_member import everywhere, index_of, nonempty, within
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts
from symproof.recheck.term import Term, free_variables, relation

__all__ = ["check"]

LEAST, GREATEST = ("min", "minover"), ("max", "maxover")


def check(question: Question) -> Answer:
    """Accept ``min <= member``, ``bound <= min`` (or <), the same for maxima, and that some index attains them."""
    goal = question.goal
    if goal.op == "exists":
        return _attained(question)
    if goal.op not in ("le", "lt", "ge", "gt"):
        raise Refused("minima and maxima are compared, or attained")
    strict = goal.op in ("lt", "gt")
    low, high = goal.args if goal.op in ("le", "lt") else goal.args[::-1]
    for extremum, kinds, value in ((low, LEAST, high), (high, GREATEST, low)):
        if extremum.op in kinds and not strict and (member := _member(extremum, value)) is not None:
            return member
    name = "lt" if strict else "le"
    if high.op in LEAST:
        return _all_members(question, high, name, low, None)
    if low.op in GREATEST:
        return _all_members(question, low, name, None, high)
    raise Refused("no minimum or maximum bounds the goal directly")


def _member(extremum: Term, value: Term) -> Answer | None:
    """The answer if ``value`` is one of the members."""
    if extremum.op in ("min", "max"):
        return Answer() if value in extremum.args else None
    index = index_of(extremum, value)
    return None if index is None else Answer((within(extremum, index),))


def _all_members(question: Question, extremum: Term, name: str, left: Term | None, right: Term | None) -> Answer:
    """Every member bears the relation to the other side; None stands for the member."""
    if extremum.op in ("min", "max"):
        sides = [[member if side is None else side for side in (left, right)] for member in extremum.args]
        return Answer(tuple(relation(name, *pair) for pair in sides))
    return Answer((nonempty(extremum), everywhere(extremum, question.sequent, name, left, right)))


def _attained(question: Question) -> Answer:
    """There is j in the range with extremum = member at j: the parts of the goal are just these propositions."""
    goal = question.goal
    (index,), body = goal.opened(*(p for _, p in question.sequent.hypotheses))
    parts = set(conjuncts(body))
    for part in parts:
        for extremum, value in (part.args, part.args[::-1]) if part.op == "eq" else ():
            if extremum.op not in ("minover", "maxover") or index.sort != extremum.binders[0].sort:
                continue
            free = index not in free_variables(extremum)
            if free and extremum.at(index) == value and parts <= {part, *conjuncts(within(extremum, index))}:
                return Answer((nonempty(extremum),))
    raise Refused("the goal does not say that some index in the range attains a minimum or maximum")
