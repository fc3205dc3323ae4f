"""Identities among exp, log, trigonometric, hyperbolic and inverse functions, roots, real powers and absolute values.

Both sides are rewritten to quotients of polynomials in independent generators (see ``elementary_form``), which must
agree; closed numbers may also agree by an annihilating polynomial (see ``closed_zero``). That each term is defined is
an obligation, and the signs of factors under roots and logarithms are decided from the hypotheses.
Good: ``sin(2*x) = 2*sin(x)*cos(x)``; ``sqrt(x**2) = abs(x)``; ``log(a*b) = log(a) + log(b)`` for positive a;
``sqrt(5 + 2*sqrt(6)) = sqrt(2) + sqrt(3)``; ``asin(sin(x)) = pi - x`` from pi/2 <= x <= 3*pi/2.
Bad: ``sqrt(x**2) = x`` for real x; ``log(x**2) = 2*log(x)`` without x > 0; ``asin(sin(x)) = x``.
"""

from __future__ import annotations

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.closed_zero import is_closed_zero, is_written_zero
from symproof.kernel.definedness import obligations
from symproof.kernel.elementary_form import ElementaryForm
from symproof.kernel.rule import Accepted, Refusal, Request, Rule

__all__ = ["RULE", "check_elementary"]

_CONSTANT_GAP = {"eq": fmpq.__eq__, "ne": fmpq.__ne__, "le": fmpq.__le__, "lt": fmpq.__lt__, "ge": fmpq.__ge__,
                 "gt": fmpq.__gt__}  # fmt: skip


def check_elementary(request: Request) -> Accepted:
    """Accept a relation whose sides have elementary forms that differ by a suitable constant. Raises Refusal."""
    goal = request.goal
    if goal.op not in _CONSTANT_GAP or not goal.args[0].sort.is_number:
        raise Refusal("elementary proves relations between numbers", got=str(goal), expected="an equation")
    form = ElementaryForm(request.sequent, request.discharge)
    difference = form(goal.args[0] - goal.args[1])
    top, bottom = poly.constant_value(difference.top), poly.constant_value(difference.bottom)
    if top is not None and bottom is not None:
        gap = top / bottom
        if _CONSTANT_GAP[goal.op](gap, fmpq(0)):
            return Accepted(obligations(goal))
        raise Refusal("the sides differ by a constant that contradicts the goal", got=f"left - right = {gap}")
    if goal.op == "eq" and (is_closed_zero(difference.top, form) or is_written_zero(*goal.args)):
        return Accepted(obligations(goal), "certified", "an exact identity of closed numbers, told apart by balls")
    left = poly.to_term(form.flat(difference))
    raise Refusal("the two sides have different elementary forms", got=f"left - right = {left}", expected="0")


RULE = Rule(
    name="elementary",
    decides="identities among exp, log, trigonometric, hyperbolic and inverse functions, roots, powers, moduli",
    refuses="an identity that holds on part of the domain only; a sign that the hypotheses do not give",
    sentence="by the functional equations of the elementary functions",
    check=check_elementary,
)
