"""Smallest and largest values: of finitely many numbers and over an index set of symbolic size.

Good: ``min(i in 1..m: a_i) <= a_j`` for j in 1..m; the minimum is attained if the range is not empty. Bad: the same for
j out of range; a minimum over an empty range.
"""

from __future__ import annotations

from symproof.kernel.matching import match
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import conjuncts
from symproof.logic.syntax import And, ForAll, Implies
from symproof.logic.term import Term, instantiate, relation

__all__ = ["RULE"]

LOWER = {"minover", "min"}
UPPER = {"maxover", "max"}


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op == "exists":
        return _attained(request)
    if goal.op in ("ge", "gt"):
        goal = relation({"ge": "le", "gt": "lt"}[goal.op], goal.args[1], goal.args[0])
    if goal.op not in ("le", "lt"):
        raise Refusal("extremum proves bounds of minima and maxima, and that they are attained", got=str(goal))
    low, high = goal.args
    if low.op in LOWER and goal.op == "le" and (found := _member(low, high)) is not None:
        return found
    if high.op in UPPER and goal.op == "le" and (found := _member(high, low)) is not None:
        return found
    if high.op in LOWER:
        return _for_all_members(request, high, lambda member: relation(goal.op, low, member))
    if low.op in UPPER:
        return _for_all_members(request, low, lambda member: relation(goal.op, member, high))
    raise Refusal("no minimum or maximum bounds the goal directly", got=str(goal))


def _member(extremum: Term, value: Term) -> Accepted | None:
    """Accept if ``value`` is one of the values that the extremum is taken over."""
    if extremum.op in ("min", "max"):
        return Accepted() if value in extremum.args else None
    hole = Term("var", (), "?index", extremum.data[0].sort)
    found: dict[Term, Term] = {}
    if not match(instantiate(extremum, (hole,)), value, frozenset({hole}), found) or hole not in found:
        return None
    return Accepted((And(extremum.args[0] <= found[hole], found[hole] <= extremum.args[1]),))


def _for_all_members(request: Request, extremum: Term, claim) -> Accepted:  # type: ignore[no-untyped-def]
    if extremum.op in ("min", "max"):
        return Accepted(tuple(claim(a) for a in extremum.args))
    index = request.sequent.fresh(extremum.data[0].hint, extremum.data[0].sort)
    guard = And(extremum.args[0] <= index, index <= extremum.args[1])
    member = claim(instantiate(extremum, (index,)))
    return Accepted((extremum.args[0] <= extremum.args[1], ForAll(index, Implies(guard, member))))


def _attained(request: Request) -> Accepted:
    """There is an index in range with minimum = value (the equation in either direction)."""
    goal = request.goal
    index = request.sequent.fresh(goal.data[0].hint, goal.data[0].sort)
    parts = list(conjuncts(instantiate(goal, (index,))))
    for part in parts:
        for extremum, value in (part.args, part.args[::-1]) if part.op == "eq" else ():
            if extremum.op not in ("minover", "maxover") or instantiate(extremum, (index,)) != value:
                continue
            allowed = {extremum.args[0] <= index, index <= extremum.args[1], part}
            if index not in _free(extremum) and set(parts) <= allowed:
                return Accepted((extremum.args[0] <= extremum.args[1],))
    raise Refusal("not of the form: some index in range attains the minimum (maximum)", got=str(goal))


def _free(term: Term) -> frozenset[Term]:
    from symproof.logic.term import free_variables

    return free_variables(term)


RULE = Rule(
    name="extremum",
    decides="that a minimum (maximum) bounds its members, is bounded as all its members are, and is attained",
    refuses="an index out of range; a range that may be empty",
    sentence="by the definition of the minimum or maximum",
    check=_check,
)
