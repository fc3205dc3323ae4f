"""Inequalities by concavity: the difference of the sides is right at two points, and its slope decreases in between.

Evidence: (variable, low, high). For a goal f(x) >= 0 (after moving everything to one side) the obligations are that
low <= x <= high, that f is continuous from low to high and twice differentiable strictly in between, that f(low) >= 0
and f(high) >= 0, and that strictly in between f'' <= 0. For f(x) > 0 the order of low, x and high and the sign of f''
are strict. A continuous function with f'' <= 0 inside is concave, hence nowhere below its chord.
Good: ``sin(x) >= 2*x/pi`` for 0 <= x <= pi/2. Bad: the same for all x >= 0; ``x**2 >= x`` for 0 <= x <= 1.
"""

from __future__ import annotations

from symproof.kernel.interval_smoothness import smoothness
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent
from symproof.kernel.wellformed import ill_formed, outside
from symproof.logic.sort import REAL
from symproof.logic.syntax import num
from symproof.logic.term import Term, free_variables, relation, subst

__all__ = ["RULE", "chord_obligations"]


def chord_obligations(goal: Term, x: Term, low: Term, high: Term, sequent: Sequent) -> tuple[Term, ...]:
    """What is left to show of ``goal`` for x between ``low`` and ``high``. Raises Refusal."""
    if goal.op not in ("le", "lt", "ge", "gt") or x.op != "var" or x.sort != REAL:
        raise Refusal("not an inequality with a real variable", got=str(goal))
    if x in free_variables(low) | free_variables(high):
        raise Refusal("an end of the interval depends on the variable", got=f"{low}, {high}")
    large, small = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
    strict = goal.op in ("gt", "lt")
    f = large - small
    smooth = smoothness(f, x, low, high, 2, sequent)
    return (
        low < x if strict else low <= x,
        x < high if strict else x <= high,
        *smooth.obligations,
        subst(f, {x: low}) >= 0,
        subst(f, {x: high}) >= 0,
        smooth.throughout(relation("lt" if strict else "le", smooth.derivatives[1], num(0))),
    )


def _check(request: Request) -> Accepted:
    evidence = request.evidence.find("concave", request.goal, request.facts, request)
    if evidence is None:
        raise Refusal("no interval is at hand", expected="(variable, low, high)")
    x, low, high = evidence
    if problem := ill_formed(x) or ill_formed(low) or ill_formed(high):
        raise Refusal("an end of the interval is not what it says", got=problem)
    if unknown := outside((low, high), request.sequent.variables):
        raise Refusal("an end of the interval has a variable that is not in scope", got=unknown[0].name)
    return Accepted(chord_obligations(request.goal, x, low, high, request.sequent))


RULE = Rule(
    name="concave",
    decides="inequalities in a real variable, from the values at two points and the sign of the second derivative",
    refuses="a function that is not known to be twice differentiable in between",
    sentence="by concavity between two points",
    check=_check,
)
