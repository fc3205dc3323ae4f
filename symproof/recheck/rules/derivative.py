"""Derivatives: by the rules of differentiation, or what the definition of a derivative says.

* A relation with derivatives in it: as for ``elementary``.
* "For every epsilon > 0 there is a delta > 0 such that for every s with abs(s) <= delta (or < delta),
  abs(F(s) - v - d*s) <= epsilon*abs(s)", or what is left of it for one epsilon: what is left to show is that F is
  differentiable at 0; that F(0) = v and F'(0) = d is shown here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from symproof.recheck.definedness import conditions
from symproof.recheck.differentiate import differentiate
from symproof.recheck.question import Answer, Question, worst
from symproof.recheck.refused import Refused
from symproof.recheck.rules import elementary
from symproof.recheck.term import REAL, Term, free_variables, num, op, relation, substituted

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accepts a relation between numbers, or a derivative by its definition. Raises Refused."""
    goal = question.goal
    if goal.op in ("forall", "exists"):
        return _by_definition(question)
    if not any(t.op == "diff" for t in goal.walk()):
        raise Refused("the goal has no derivative")
    return elementary.check(question)


class _Claim(NamedTuple):
    """The claim that F(s) - value - slope*s is at most epsilon*abs(s) for small s."""

    s: Term
    moved: Term
    value: Term
    slope: Term
    epsilon: Term


def _by_definition(question: Question) -> Answer:
    claim = _every_epsilon(question.goal) if question.goal.op == "forall" else _near(question.goal)
    if claim is None:
        raise Refused("the goal is not what a derivative is")
    slope, needed = differentiate(claim.moved, claim.s)
    here = {claim.s: num(0)}
    left = [substituted(p, here) for c in needed for p in (*conditions(c), c)]
    if question.goal.op == "exists":
        left.append(relation("gt", claim.epsilon, 0))
    trust = "proved"
    for found, said in ((claim.moved, claim.value), (slope, claim.slope)):
        equation = relation("eq", substituted(found, here), said)
        if not question.side.holds(question.sequent, equation):
            answer = elementary.check(replace(question, goal=equation))
            left += answer.obligations
            trust = worst(trust, answer.trust)
    return Answer(tuple(dict.fromkeys(left)), trust)


def _every_epsilon(goal: Term) -> _Claim | None:
    (epsilon,), body = goal.opened()
    if body.op != "implies" or body.args[0] != _positive(epsilon) or body.args[1].op != "exists":
        return None
    claim = _near(body.args[1])
    if claim is None or claim.epsilon != epsilon:
        return None
    return None if epsilon in _free(claim.moved, claim.value, claim.slope) else claim


def _near(goal: Term) -> _Claim | None:
    """Of ``exists delta: delta > 0 and (forall s: abs(s) <= delta -> abs(F(s) - v - d*s) <= epsilon*abs(s))``."""
    (delta,), body = goal.opened()
    if body.op != "and" or len(body.args) != 2 or body.args[0] != _positive(delta) or body.args[1].op != "forall":
        return None
    (s,), inner = body.args[1].opened(delta)
    if inner.op != "implies" or inner.args[0].op not in ("le", "lt") or inner.args[0].args != (op("abs", s), delta):
        return None
    claim = _error(inner.args[1], s)
    if claim is None or delta.sort != REAL or s.sort != REAL:
        return None
    fixed = _free(claim.value, claim.slope, claim.epsilon)
    return None if s in fixed or delta in fixed | free_variables(claim.moved) else claim


def _error(bound: Term, s: Term) -> _Claim | None:
    """Of ``abs(F(s) - v - d*s) <= epsilon*abs(s)``."""
    if bound.op != "le":
        return None
    error, size = bound.args
    if error.op != "abs" or error.args[0].op != "sub" or size.op != "mul" or size.args[1] != op("abs", s):
        return None
    change, linear = error.args[0].args
    if change.op != "sub" or linear.op != "mul" or linear.args[1] != s:
        return None
    return _Claim(s, change.args[0], change.args[1], linear.args[0], size.args[0])


def _positive(t: Term) -> Term:
    return relation("gt", t, 0)


def _free(*terms: Term) -> frozenset[Term]:
    return frozenset().union(*map(free_variables, terms))
