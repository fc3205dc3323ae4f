"""Equality from equations: goal = sum of cofactor * hypothesis.

Evidence: one term (the cofactor) per fact. With facts l_k = r_k the goal l = r is accepted if
l - r - sum c_k (l_k - r_k) has normal form 0. Good: from ``x + y = 0`` to ``x**2 = y**2`` with cofactor ``x - y``.
Bad: from ``x**2 = y**2`` to ``x = y``.
"""

from __future__ import annotations

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.normal_form import clear_denominators
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.logic.term import Term, coerce

__all__ = ["RULE"]


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op != "eq" or not goal.args[0].sort.is_number:
        raise Refusal("ideal proves equations between numbers", got=str(goal), expected="an equation")
    equations = [f for f in request.facts if f.op == "eq" and f.args[0].sort.is_number]
    if not equations:
        raise Refusal("ideal needs at least one equation among the cited facts", expected="using=[equation, ...]")
    cofactors = request.option("cofactors") or request.evidence.find("ideal", goal, request.facts, request)
    if cofactors is None:
        raise Refusal(
            "no cofactors are at hand", expected="one cofactor per equation: goal = sum of cofactor * equation"
        )
    if len(cofactors) != len(equations):
        raise Refusal(f"{len(cofactors)} cofactors for {len(equations)} equations")
    normalize = normalizer_in(request.sequent, request.discharge)
    rest = poly.add(normalize(goal.args[0]), normalize(goal.args[1]), -1)
    for cofactor, equation in zip(cofactors, equations, strict=True):
        difference = poly.add(normalize(equation.args[0]), normalize(equation.args[1]), -1)
        rest = poly.add(rest, normalize.product(normalize(coerce(cofactor)), difference), -1)
    obligations: tuple[Term, ...] = ()
    if rest:
        rest, obligations = clear_denominators(rest, request.sequent, request.discharge)
    if rest:
        raise Refusal("the cofactors do not give the goal", got=f"left over: {poly.to_term(rest)}", expected="0")
    return Accepted(obligations, detail="cofactors " + ", ".join(str(coerce(c)) for c in cofactors))


RULE = Rule(
    name="ideal",
    decides="equations that are combinations of the cited equations with polynomial cofactors",
    refuses="a goal outside the ideal of the cited equations (for example a square root of one)",
    sentence="as a combination of the cited equations",
    check=_check,
)
