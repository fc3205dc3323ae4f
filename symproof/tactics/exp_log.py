"""Inequalities with exp or log on one side, turned around: ``y <= log(w)`` from ``exp(y) <= w``, and facts likewise.

Exp and log are increasing; that is proved once by the rule ``monotone`` and then used at the terms in question.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import lcm

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal
from symproof.logic.syntax import And, ForAll, Implies, exp, log, num, real
from symproof.logic.term import Term, free_variables, relation

__all__ = ["increasing", "joined_logarithms", "turned_fact", "turned_goal"]

MAX_MULTIPLE = 8
_ORDER = frozenset({"lt", "le", "gt", "ge"})


def increasing(op: str, function: str) -> Term:
    """The proposition that exp or log is increasing, for ``lt`` or ``le``."""
    u, v = real("u v")
    outer = exp if function == "exp" else log
    claim = Implies(relation(op, u, v), relation(op, outer(u), outer(v)))
    return ForAll((u, v), claim if function == "exp" else Implies(u > 0, claim))


def turned_goal(goal: Term) -> Iterator[tuple[Term, Term, Term]]:
    """Triples (proposition, lemma, isolated): by the lemma, the proposition gives the goal solved for its logarithm."""
    isolated = _isolated(goal) if goal.op in _ORDER else None
    if isolated is not None:
        logarithm, other = isolated.args
        lemma = increasing("lt" if isolated.op in ("lt", "gt") else "le", "log")
        yield relation(isolated.op, logarithm.args[0], exp(other)), lemma, isolated


def _isolated(goal: Term) -> Term | None:
    """The goal as ``log(w) op other``, if it is linear in one logarithm."""
    try:
        form = normal_form(goal.args[0] - goal.args[1])
    except Refusal:
        return None
    logs = [t for m in form for t, _ in m if t.op == "log"]
    logs = [t for t in logs if free_variables(t)] or logs  # that of a number is a number
    own = ((logs[0], 1),) if len(logs) == 1 else ()
    slope = form.get(own) if own else None
    if slope is None:
        return None
    other = poly.to_term(poly.scale({m: c for m, c in form.items() if m != own}, -1 / slope))
    flipped = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}
    return relation(goal.op if slope > 0 else flipped[goal.op], logs[0], other)


def joined_logarithms(goal: Term) -> tuple[Term, Term, int] | None:
    """(u, v, k) with ``k*(left - right) = log(u) - log(v)``, for a goal that is linear in logarithms."""
    try:
        form = normal_form(goal.args[0] - goal.args[1])
    except Refusal:
        return None
    if len(form) < 3 or any(len(m) != 1 or m[0][1] != 1 or m[0][0].op != "log" for m in form):
        return None
    k = lcm(*(int(c.q) for c in form.values()))
    if k > MAX_MULTIPLE or any(abs(c * k) > MAX_MULTIPLE for c in form.values()):
        return None
    sides: list[Term] = [num(1), num(1)]
    for m, c in form.items():
        sides[c < 0] = sides[c < 0] * m[0][0].args[0] ** abs(int((c * k).p))
    return sides[0], sides[1], k


def turned_fact(fact: Term) -> Iterator[tuple[Term, Term | None, Term]]:
    """Triples (proposition, lemma, side condition): the proposition follows from the fact and the lemma."""
    if fact.op not in (*_ORDER, "eq"):
        return
    a, b = fact.args
    lemma_op = "lt" if fact.op in ("lt", "gt") else "le"
    if a.op == "exp" or b.op == "exp":
        lemma = None if fact.op == "eq" else increasing(lemma_op, "log")
        left = a.args[0] if a.op == "exp" else log(a)
        right = b.args[0] if b.op == "exp" else log(b)
        other = b if a.op == "exp" else a
        yield relation(fact.op, left, right), lemma, other > 0
    elif a.op == "log" or b.op == "log":
        lemma = None if fact.op == "eq" else increasing(lemma_op, "exp")
        left = a.args[0] if a.op == "log" else exp(a)
        right = b.args[0] if b.op == "log" else exp(b)
        yield relation(fact.op, left, right), lemma, And(*(t.args[0] > 0 for t in (a, b) if t.op == "log"))
