"""Finite sums of symbolic length: compared term by term, a term against its sum, ranges shifted and split.

A sum over an empty range is 0. All that has to be known of the terms becomes an obligation.
"""

from __future__ import annotations

from symproof.recheck.question import Answer, Question
from symproof.recheck.range_member import everywhere, index_of, nonempty, within
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import Term, connective, num, quantified, relation

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accept a relation between finite sums, provided that one between their terms holds."""
    goal, sequent = question.goal, question.sequent
    name = {"ge": "le", "gt": "lt"}.get(goal.op, goal.op)
    if name not in ("eq", "le", "lt"):
        raise Refused("finite sums are compared by =, <=, <, >=, >")
    left, right = goal.args if name == goal.op else goal.args[::-1]
    both = left.op == right.op == "sum"
    if both and left.args[:2] == right.args[:2]:
        return _term_by_term(name, left, right, sequent)
    if right.op == "sum" and name == "le":
        positive = everywhere(right, sequent, "le", num(0), None)
        if left == num(0):
            return Answer((positive,))
        index = index_of(right, left)
        if index is not None:
            return Answer((positive, within(right, index)))
    if both:
        return _term_by_term(name, left, right, sequent)
    if left.op == "sum" and right.op == "add" and name == "eq" and all(p.op == "sum" for p in right.args):
        return _split(left, right.args[0], right.args[1], sequent)
    raise Refused("none of the relations between sums that are decided here")


def _term_by_term(name: str, left: Term, right: Term, sequent: Sequent) -> Answer:
    """F(i) R g(i + s) for all i of the first range suffices where the second range is that shifted by s."""
    index = sequent.fresh(left.binders[0].hint, left.binders[0].sort, left, right)
    obligations, moved = [], index
    if left.args[:2] != right.args[:2]:
        shift = right.args[0] - left.args[0]
        obligations.append(relation("eq", left.args[1] + shift, right.args[1]))
        moved = index + shift
    claim = relation(name, left.at(index), right.at(moved))
    obligations.append(quantified("forall", (index,), connective("implies", within(left, index), claim)))
    if name == "lt":
        obligations.append(nonempty(left))
    return Answer(tuple(obligations))


def _split(whole: Term, first: Term, second: Term, sequent: Sequent) -> Answer:
    """The sum over low..high is that over low..middle plus that over middle + 1..high, if low - 1 <= middle <= high."""
    low, middle, high = first.args[0], first.args[1], second.args[1]
    pairs = ((whole.args[0], low), (whole.args[1], high), (second.args[0], middle + 1))
    obligations = [relation("eq", a, b) for a, b in pairs if a != b]
    obligations += [relation("le", low, middle + 1), relation("le", middle, high)]
    for part in (first, second):
        if part.args[2] != whole.args[2]:
            index = sequent.fresh(part.binders[0].hint, part.binders[0].sort, part, whole)
            same = relation("eq", whole.at(index), part.at(index))
            obligations.append(quantified("forall", (index,), connective("implies", within(part, index), same)))
    return Answer(tuple(obligations))
