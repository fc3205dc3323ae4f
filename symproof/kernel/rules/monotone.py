"""Inequalities by the mean value theorem: the difference of the sides is right at one end, and its slope has a sign.

Evidence: (variable, start, upwards). For a goal f(x) >= 0 (after moving everything to one side) the obligations are
that start <= x (upwards) or x <= start, that f is continuous from start to x and differentiable strictly in between,
that f(start) >= 0, and that strictly in between f' >= 0 (upwards) or f' <= 0. For f(x) > 0 the order of start and x
and the sign of f' are strict, or else, with a fourth part True in the evidence, f(start) > 0 is.
Good: ``sin(x) >= x - x**3/6`` for x >= 0 (from start 0); ``sqrt(x) < sqrt(y)`` for 0 <= x < y.
Bad: ``tan(x) >= x`` for all x >= 0.
"""

from __future__ import annotations

from symproof.kernel.interval_smoothness import smoothness
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent
from symproof.kernel.wellformed import ill_formed, outside
from symproof.logic.sort import REAL
from symproof.logic.syntax import num
from symproof.logic.term import Term, free_variables, relation, subst

__all__ = ["RULE", "slope_obligations"]


def slope_obligations(
    goal: Term, x: Term, start: Term, upwards: bool, sequent: Sequent, strict_start: bool = False
) -> tuple[Term, ...]:
    """What is left to show of ``goal``, going from ``start`` up (or down) to ``x``. Raises Refusal.

    Of a strict inequality either the slope is strict or, with ``strict_start``, the value at the start.
    """
    if goal.op not in ("le", "lt", "ge", "gt") or x.op != "var" or x.sort != REAL or x in free_variables(start):
        raise Refusal("not an inequality with a real variable and a starting point", got=str(goal))
    large, small = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
    strict = goal.op in ("gt", "lt") and not strict_start
    f = large - small
    low, high = (start, x) if upwards else (x, start)
    smooth = smoothness(f, x, low, high, 1, sequent)
    op = ("gt" if upwards else "lt") if strict else ("ge" if upwards else "le")
    return (
        low < high if strict else low <= high,
        *smooth.obligations,
        relation("gt" if strict_start and goal.op in ("gt", "lt") else "ge", subst(f, {x: start}), num(0)),
        smooth.throughout(relation(op, smooth.derivatives[0], num(0))),
    )


def _check(request: Request) -> Accepted:
    evidence = request.evidence.find("monotone", request.goal, request.facts, request)
    if evidence is None:
        raise Refusal("no starting point is at hand", expected="(variable, start, upwards)")
    x, start, upwards, *strict = evidence
    if problem := ill_formed(x) or ill_formed(start):
        raise Refusal("the starting point is not what it says", got=problem)
    if unknown := outside((start,), request.sequent.variables):
        raise Refusal("the starting point has a variable that is not in scope", got=unknown[0].name)
    return Accepted(slope_obligations(request.goal, x, start, bool(upwards), request.sequent, strict == [True]))


RULE = Rule(
    name="monotone",
    decides="inequalities in a real variable, from the value at a starting point and the sign of the derivative",
    refuses="a function that is not known to be differentiable in between",
    sentence="by the mean value theorem",
    check=_check,
)
