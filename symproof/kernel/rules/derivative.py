"""Derivatives: the table of differentiation rules, then identities between elementary functions.

That every function is differentiable where it is differentiated is an obligation. Good: ``diff(x**3, x) = 3*x**2``;
``diff(log(1 + exp(x)), x) = 1/(1 + exp(-x))``. Bad: ``diff(abs(x), x) = 1`` without x > 0.
"""

from __future__ import annotations

from fractions import Fraction

from symproof.kernel.differentiate import differentiate
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.rules.elementary import check_elementary
from symproof.logic.syntax import num
from symproof.logic.term import Term, subst

__all__ = ["RULE", "differentiate", "taylor_polynomial"]


def taylor_polynomial(term: Term, x: Term, at: Term, degree: int) -> tuple[Term, tuple[Term, ...]]:
    """The Taylor polynomial of ``term`` at ``at`` in the variable ``x``, and the conditions for its derivatives."""
    total, derivative, factor = subst(term, {x: at}), term, Fraction(1)
    conditions: list[Term] = []
    for n in range(1, degree + 1):
        derivative, needed = differentiate(derivative, x)
        conditions += [subst(c, {x: at}) for c in needed]
        factor /= n
        total = total + num(factor) * subst(derivative, {x: at}) * (x - at) ** n
    return total, tuple(dict.fromkeys(conditions))


def _check(request: Request) -> Accepted:
    if not any(t.op == "diff" for t in request.goal.walk()):
        raise Refusal("the goal has no derivative", got=str(request.goal))
    return check_elementary(request)


RULE = Rule(
    name="derivative",
    decides="first and higher derivatives of elementary expressions",
    refuses="a function that is not known to be differentiable at the point",
    sentence="by the rules of differentiation",
    check=_check,
)
