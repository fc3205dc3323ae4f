"""Identities among exp, log, trigonometric, hyperbolic and inverse functions, roots, real powers and absolute values.

Both sides are rewritten to quotients of polynomials in independent generators (see ``elementary_form``), which must
agree. That each term is defined is an obligation, and the signs of factors under roots and logarithms are decided from
the hypotheses. Good: ``sin(2*x) = 2*sin(x)*cos(x)``; ``sqrt(x**2) = abs(x)``; ``log(a*b) = log(a) + log(b)`` for
positive a. Bad: ``sqrt(x**2) = x`` for real x; ``log(x**2) = 2*log(x)`` without x > 0; ``asin(sin(x)) = x``.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.definedness import obligations
from symproof.kernel.elementary_form import ElementaryForm
from symproof.kernel.evaluate import decide
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.logic.term import Term, coerce

__all__ = ["RULE", "check_elementary"]

MAX_MULTIPLE = 2_000

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
    if goal.op == "eq" and bottom is not None and _is_zero_arc(difference.top):
        return Accepted(obligations(goal), "certified", "arguments of Gaussian integers; the multiple of pi by balls")
    left = poly.to_term(form.flat(difference))
    raise Refusal("the two sides have different elementary forms", got=f"left - right = {left}", expected="0")


def _is_zero_arc(p: Polynomial) -> bool:
    """Whether a rational combination of pi and arcus tangents of rationals is zero.

    A common multiple of it is the argument of a product of Gaussian integers; if that is real, the combination is a
    multiple of pi, and a ball of radius less than 3 around zero says which.
    """
    scale = lcm(*(int(c.q) for c in p.values()))
    re, im, total = 1, 0, coerce(0)
    for monomial, c in p.items():
        t, k = _single(monomial), int((c * scale).p)
        if t is None or abs(k) > MAX_MULTIPLE:
            return False
        total = total + coerce(k) * t
        if t.op == "atan" and t.args[0].op == "num":
            a, b = _gaussian_power(t.args[0].data, k)
            re, im = re * a - im * b, re * b + im * a
        elif t.op != "pi":
            return False
    return im == 0 and decide(total < 3, {}) is True and decide(coerce(-3) < total, {}) is True


def _single(monomial: Monomial) -> Term | None:
    return monomial[0][0] if len(monomial) == 1 and monomial[0][1] == 1 else None


def _gaussian_power(slope: Fraction, k: int) -> tuple[int, int]:
    """(q + i p)**k for slope p/q (its conjugate for negative k), a number with argument k atan(p/q)."""
    x, y = slope.denominator, slope.numerator if k > 0 else -slope.numerator
    re, im = 1, 0
    for _ in range(abs(k)):
        re, im = re * x - im * y, re * y + im * x
    return re, im


RULE = Rule(
    name="elementary",
    decides="identities among exp, log, trigonometric, hyperbolic and inverse functions, roots, powers, moduli",
    refuses="an identity that holds on part of the domain only; a sign that the hypotheses do not give",
    sentence="by the functional equations of the elementary functions",
    check=check_elementary,
)
