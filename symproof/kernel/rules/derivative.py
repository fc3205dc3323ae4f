"""Derivatives: the table of differentiation rules, then identities between elementary functions.

That every function is differentiable where it is differentiated is an obligation. Good: ``diff(x**3, x) = 3*x**2``;
``diff(log(1 + exp(x)), x) = 1/(1 + exp(-x))``. Bad: ``diff(abs(x), x) = 1`` without x > 0.

The same for the definition of the derivative, "for every epsilon > 0 there is a delta > 0 such that for every s with
abs(s) <= delta, abs(F(s) - v - d*s) <= epsilon*abs(s)": the obligations are that F is differentiable at 0, that
F(0) = v and that its derivative there is d.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symproof.kernel.definedness import obligations
from symproof.kernel.differentiate import differentiate, opened
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.rules.elementary import check_elementary
from symproof.logic.sort import REAL
from symproof.logic.syntax import Abs, And, Eq, Exists, ForAll, Implies, num
from symproof.logic.term import Term, free_variables, subst

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


def _by_definition(request: Request) -> Accepted | None:
    """What is left to show of the definition of a derivative; None if the goal is not that."""
    parts = _parts_of_definition(request.goal)
    if parts is None:
        return None
    s, moved, value, slope, epsilon = parts
    derivative, conditions = differentiate(moved, s)
    here = {s: num(0)}
    left = [*obligations(And(Eq(value, value), Eq(slope, slope)))]
    left += [subst(p, here) for c in conditions for p in (*obligations(c), c)]
    if request.goal.op == "exists":
        left.append(epsilon > 0)
    trust = "proved"
    for equation in (Eq(subst(moved, here), value), Eq(subst(derivative, here), slope)):
        if not request.discharge(request.sequent, equation):
            accepted = check_elementary(replace(request, goal=equation))
            left += accepted.obligations
            trust = "certified" if accepted.trust != "proved" else trust
    return Accepted(tuple(dict.fromkeys(left)), trust)


def _parts_of_definition(goal: Term) -> tuple[Term, Term, Term, Term, Term] | None:
    """(s, F(s), v, d, epsilon) if the goal says that F(s) - v - d*s is small compared to s; None if it does not.

    The goal is the definition, or what is left of it for one epsilon.
    """
    if goal.op == "forall" and len(goal.data) == 1:
        (bound,), premise = opened(goal)
        found = _parts_of_definition(premise.args[1]) if premise.op == "implies" else None
        if found is None or premise.args[1].op != "exists" or found[4] != bound or goal != _definition(*found, bound):
            return None
        return None if bound in free_variables(found[1] + found[2] + found[3]) else found
    if goal.op != "exists" or len(goal.data) != 1:
        return None
    (delta,), near = opened(goal)
    if near.op != "and" or len(near.args) != 2 or near.args[1].op != "forall" or len(near.args[1].data) != 1:
        return None
    (s,), inner = opened(near.args[1])
    if inner.op != "implies" or inner.args[1].op != "le":
        return None
    error, size = inner.args[1].args
    if error.op != "abs" or error.args[0].op != "sub" or size.op != "mul" or {delta.sort, s.sort} != {REAL}:
        return None
    change, linear = error.args[0].args
    if change.op != "sub" or linear.op != "mul":
        return None
    (moved, value), slope, epsilon = change.args, linear.args[0], size.args[0]
    outer = free_variables(value + slope + epsilon) | (free_variables(moved) - {s})
    found = (s, moved, value, slope, epsilon)
    return found if goal == _definition(*found) and not outer & {delta, s} else None


def _definition(s: Term, moved: Term, value: Term, slope: Term, epsilon: Term, bound: Term | None = None) -> Term:
    """The definition of the derivative for one epsilon, or for every value of the variable ``bound``."""
    taken = {v.name for v in free_variables(moved + value + slope + epsilon)} | {s.name}
    delta = Term("var", (), next(n for k in range(len(taken) + 1) if (n := f"delta{k or ''}") not in taken), REAL)
    small = Implies(Abs(s) <= delta, Abs(moved - value - slope * s) <= epsilon * Abs(s))
    near = Exists(delta, And(delta > 0, ForAll(s, small)))
    return near if bound is None else ForAll(bound, Implies(bound > 0, near))


def _check(request: Request) -> Accepted:
    found = _by_definition(request)
    if found is not None:
        return found
    if not any(t.op == "diff" for t in request.goal.walk()):
        raise Refusal("the goal has no derivative", got=str(request.goal))
    return check_elementary(request)


RULE = Rule(
    name="derivative",
    decides="first and higher derivatives of elementary expressions, also by the definition of the derivative",
    refuses="a function that is not known to be differentiable at the point",
    sentence="by the rules of differentiation",
    check=_check,
)
