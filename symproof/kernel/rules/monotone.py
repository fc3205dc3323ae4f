"""Inequalities by the mean value theorem: the difference of the sides is right at one end, and its slope has a sign.

Evidence: (variable, start, upwards). For a goal f(x) >= 0 (after moving everything to one side) the obligations are
that start <= x (upwards) or x <= start, that f is differentiable from start to x, that f(start) >= 0, and that strictly
in between f' >= 0 (upwards) or f' <= 0. For f(x) > 0 the order of start and x and the sign of f' are strict.
Good: ``sin(x) >= x - x**3/6`` for x >= 0 (from start 0). Bad: ``tan(x) >= x`` for all x >= 0.
"""

from __future__ import annotations

from symproof.kernel.definedness import obligations
from symproof.kernel.differentiate import differentiate
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent
from symproof.kernel.wellformed import ill_formed
from symproof.logic.sort import REAL
from symproof.logic.syntax import And, ForAll, Implies, num
from symproof.logic.term import Term, free_variables, relation, subst

__all__ = ["RULE", "slope_obligations"]


def slope_obligations(goal: Term, x: Term, start: Term, upwards: bool, sequent: Sequent) -> tuple[Term, ...]:
    """What is left to show of ``goal``, going from ``start`` up (or down) to ``x``. Raises Refusal."""
    if goal.op not in ("le", "lt", "ge", "gt") or x.op != "var" or x.sort != REAL or x in free_variables(start):
        raise Refusal("not an inequality with a real variable and a starting point", got=str(goal))
    large, small = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
    strict = goal.op in ("gt", "lt")
    f = large - small
    slope, conditions = differentiate(f, x)
    taken = sequent.names() | {v.name for v in free_variables(goal) | free_variables(start)}
    name = next(n for k in range(len(taken) + 1) if (n := f"t{k or ''}") not in taken)
    t = Term("var", (), name, REAL)
    low, high = (start, x) if upwards else (x, start)
    here = {x: t}
    smooth = [subst(p, here) for p in (*obligations(f >= 0), *conditions, *obligations(And(*conditions)))]
    inside = And(low < t, t < high)
    signed = subst(slope, here)
    op = ("gt" if upwards else "lt") if strict else ("ge" if upwards else "le")
    sign = relation(op, signed, num(0))
    return (
        low < high if strict else low <= high,
        *(ForAll(t, Implies(And(low <= t, t <= high), p)) for p in dict.fromkeys(smooth)),
        subst(f, {x: start}) >= 0,
        ForAll(t, Implies(inside, sign)),
    )


def _check(request: Request) -> Accepted:
    evidence = request.evidence.find("monotone", request.goal, request.facts, request)
    if evidence is None:
        raise Refusal("no starting point is at hand", expected="(variable, start, upwards)")
    x, start, upwards = evidence
    if problem := ill_formed(x) or ill_formed(start):
        raise Refusal("the starting point is not what it says", got=problem)
    return Accepted(slope_obligations(request.goal, x, start, bool(upwards), request.sequent))


RULE = Rule(
    name="monotone",
    decides="inequalities in a real variable, from the value at a starting point and the sign of the derivative",
    refuses="a function that is not known to be differentiable in between",
    sentence="by the mean value theorem",
    check=_check,
)
