"""Equations ``x = c`` from an equation f(x) = d that holds at c alone: f - d has one sign above c and one below."""

from __future__ import annotations

from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.syntax import FALSE
from symproof.logic.term import Term, free_variables, relation
from symproof.tactics.derivation import Derivation, GoalSearch, followed
from symproof.tactics.slope_chain import by_slope_chain

__all__ = ["by_unique_root"]


def by_unique_root(prover: GoalSearch, sequent: Sequent, goal: Term) -> Derivation | None:
    """The equation ``goal`` of a variable and a number, by excluding the two sides of the number."""
    x, c = goal.args if goal.args[0].op == "var" else goal.args[::-1]
    if goal.op != "eq" or x.op != "var" or x.sort != REAL or free_variables(c):
        return None
    for fact in sequent.facts():
        if fact.op != "eq" or free_variables(fact) != {x}:
            continue
        rest = Sequent(sequent.variables, tuple(h for h in sequent.hypotheses if h.proposition != fact))
        parts = [_excluded(prover, rest, fact, side) for side in (x < c, x > c)]
        if None not in parts:
            return Derivation(goal, "monotone", parts=tuple(p for p in parts if p is not None))
    return None


def _excluded(prover: GoalSearch, rest: Sequent, fact: Term, side: Term) -> Derivation | None:
    """A contradiction from the equation and ``side``, in ``rest``, what is known besides the equation."""
    inside = rest.with_hypothesis("", side)
    if prover.discharge(rest, relation("ge" if side.op == "lt" else "le", *side.args)):
        return Derivation(relation("ge" if side.op == "lt" else "le", *side.args), "sign")
    negative, nought, positive = prover.samples.signs(inside, fact.args[0] - fact.args[1])
    if nought or negative == positive:
        return None
    found = by_slope_chain(prover, inside, relation("lt" if negative else "gt", *fact.args))
    if found is None:
        return None
    return followed(prover, inside.with_hypothesis("", fact), FALSE, (found, Derivation(fact, "logic")))
