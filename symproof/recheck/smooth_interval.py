"""What makes a function continuous on a closed interval and differentiable strictly inside, as propositions to show."""

from __future__ import annotations

from typing import NamedTuple

from symproof.recheck.definedness import conditions as definedness
from symproof.recheck.differentiate import CONTINUOUS, differentiate
from symproof.recheck.question import Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import REAL, Term, connective, fits, free_variables, quantified, relation, substituted

__all__ = ["Between", "inequality", "points", "smooth_between"]


class Between(NamedTuple):
    """A function on an interval.

    Attributes:
        t: a new variable for its points.
        slopes: the derivatives at ``t``, the first one first.
        inside: the proposition that t lies strictly between the ends.
        needed: what is left to show for the function to be continuous on the closed interval, with these derivatives
            strictly inside.
    """

    t: Term
    slopes: tuple[Term, ...]
    inside: Term
    needed: tuple[Term, ...]

    def throughout(self, proposition: Term) -> Term:
        """The proposition, for every point strictly inside."""
        return quantified("forall", [self.t], connective("implies", self.inside, proposition))


def smooth_between(f: Term, x: Term, low: Term, high: Term, order: int, sequent: Sequent) -> Between:
    """``f`` as a function of ``x`` between ``low`` and ``high``, with derivatives up to an order.

    A function that is not built from continuous ones is asked to be differentiable at the ends too.
    """
    slopes: list[Term] = []
    conditions: list[Term] = []
    for _ in range(order):
        slope, more = differentiate(slopes[-1] if slopes else f, x)
        slopes.append(slope)
        conditions += more
    defined = [*definedness(relation("ge", f, 0))]
    conditions += definedness(connective("and", *conditions))
    if not all(s.op in CONTINUOUS for s in f.walk() if x in free_variables(s)):
        defined, conditions = [*defined, *conditions], []
    t = sequent.fresh("t", REAL, f, x, low, high)
    closed = connective("and", relation("le", low, t), relation("le", t, high))
    inside = connective("and", relation("lt", low, t), relation("lt", t, high))
    everywhere = dict.fromkeys(defined)
    asked = [(closed, p) for p in everywhere]
    asked += [(inside, p) for p in dict.fromkeys(conditions) if p not in everywhere]
    needed = [
        quantified("forall", [t], connective("implies", where, substituted(p, {x: t}))) for where, p in asked
    ]  # an end may be x itself
    return Between(t, tuple(substituted(s, {x: t}) for s in slopes), inside, tuple(needed))


def inequality(goal: Term) -> tuple[Term, bool]:
    """(f, strict) of a goal that says f >= 0 or f > 0. Raises Refused."""
    if goal.op not in ("le", "lt", "ge", "gt"):
        raise Refused("no inequality")
    large, small = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
    return large - small, goal.op in ("lt", "gt")


def points(question: Question, x: object, *ends: object) -> bool:
    """Whether ``x`` is a real variable in scope and the ends are numbers in scope that do not depend on it."""
    scope = {*question.sequent.variables, *free_variables(question.goal)}
    if not isinstance(x, Term) or x.op != "var" or x.sort != REAL or x not in scope:
        return False
    return all(
        isinstance(e, Term) and e.sort.number and not e.loose and fits(e) and free_variables(e) <= scope - {x}
        for e in ends
    )
