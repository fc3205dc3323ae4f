"""Ring and field identities: both sides have the same normal form over Q.

Decides equations between polynomial and rational expressions, finite sums included; denominators that are cleared
become obligations. Good: ``(a + b)**2 = a**2 + 2*a*b + b**2``; ``sum(a_i + b_i) = sum(a_i) + sum(b_i)``.
Bad: ``a/a = 1`` without ``a != 0``; ``sum(a_i b_i) = sum(a_i) * sum(b_i)``.
"""

from __future__ import annotations

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.normal_form import clear_denominators
from symproof.kernel.rule import Accepted, Refusal, Request, Rule

__all__ = ["FIELD", "RULE"]


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op in ("le", "ge", "lt", "gt", "ne") and goal.args[0].sort.is_number:
        return _check_constant_gap(request)
    if goal.op != "eq" or not goal.args[0].sort.is_number:
        raise Refusal("ring proves equations between numbers", got=str(goal), expected="an equation")
    normalize = normalizer_in(request.sequent, request.discharge)
    difference = poly.add(normalize(goal.args[0]), normalize(goal.args[1]), -1)
    if not difference:
        return Accepted()
    cleared, obligations = clear_denominators(difference, request.sequent, request.discharge)
    if cleared:
        raise Refusal(
            "the two sides have different normal forms", got=f"left - right = {poly.to_term(difference)}", expected="0"
        )
    return Accepted(obligations)


def _check_constant_gap(request: Request) -> Accepted:
    """Relations whose sides differ by a constant in normal form, such as ``x <= x + 1``."""
    goal = request.goal
    normalize = normalizer_in(request.sequent, request.discharge)
    gap = poly.constant_value(poly.add(normalize(goal.args[1]), normalize(goal.args[0]), -1))
    if gap is None:
        raise Refusal("the two sides do not differ by a constant", got=str(goal))
    holds = {"le": gap >= 0, "lt": gap > 0, "ge": gap <= 0, "gt": gap < 0, "ne": gap != fmpq(0)}
    if not holds[goal.op]:
        raise Refusal(
            "the relation is false: the sides differ by a constant of the wrong sign", got=f"right - left = {gap}"
        )
    return Accepted()


RULE = Rule(
    name="ring",
    decides="equations between polynomials, rational expressions and finite sums, by expanding both sides",
    refuses="an identity that needs a hypothesis; a cleared denominator that is not known to be non-zero",
    sentence="by expanding both sides",
    check=_check,
)
FIELD = Rule("field", RULE.decides, RULE.refuses, "by clearing denominators and expanding both sides", _check)
