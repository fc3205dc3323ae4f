"""Finite sums over an index set of symbolic size: comparison term by term, a term against its sum, splitting, shifting.

(Linearity, exchange of sums and the selection of one term belong to the normal form, so to ``ring``.) Good:
``sum(a_i) <= sum(b_i)`` with ``a_i <= b_i`` for every i; ``a_j <= sum(a_i)`` with all ``a_i >= 0`` and j in range.
Bad: the same with j out of range; ``sum(a_i) < sum(b_i)`` over an index set that may be empty.
"""

from __future__ import annotations

from symproof.kernel import polynomial as poly
from symproof.kernel.matching import match
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.logic.syntax import And, ForAll, Implies
from symproof.logic.term import Term, coerce, instantiate, relation

__all__ = ["RULE"]


def _index(request: Request, binder: Term) -> Term:
    return request.sequent.fresh(binder.data[0].hint, binder.data[0].sort)


def _pointwise(request: Request, binder: Term, left: Term, op: str, right: Term) -> Term:
    """For all i in range: left(i) op right(i), the sides being binders or plain terms."""
    index = _index(request, binder)
    sides = [instantiate(t, (index,)) if t.op == binder.op else t for t in (left, right)]
    guard = And(binder.args[0] <= index, index <= binder.args[1])
    return ForAll(index, Implies(guard, relation(op, sides[0], sides[1])))


def _same(a: Term, b: Term) -> bool:
    return normal_form(a) == normal_form(b)


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op in ("ge", "gt"):
        goal = relation({"ge": "le", "gt": "lt"}[goal.op], goal.args[1], goal.args[0])
    if goal.op not in ("eq", "le", "lt"):
        raise Refusal("sum compares finite sums", got=str(goal), expected="=, <=, <, >= or >")
    left, right = goal.args
    if left.op == right.op == "sum" and _same(left.args[0], right.args[0]) and _same(left.args[1], right.args[1]):
        obligations = [_pointwise(request, left, left, goal.op, right)]
        if goal.op == "lt":
            obligations.append(left.args[0] <= left.args[1])
        return Accepted(tuple(obligations))
    if goal.op == "eq":
        return _equation(request, left, right)
    if right.op == "sum" and goal.op == "le":
        return _against_sum(request, left, right)
    raise Refusal("the sums have different ranges, or the goal has none of the shapes that sum decides", got=str(goal))


def _against_sum(request: Request, left: Term, right: Term) -> Accepted:
    """0 <= sum, or one term <= sum of nonnegative terms."""
    positive = _pointwise(request, right, coerce(0), "le", right)
    if _same(left, coerce(0)):
        return Accepted((positive,))
    hole = Term("var", (), "?index", right.data[0].sort)
    found: dict[Term, Term] = {}
    if not match(instantiate(right, (hole,)), left, frozenset({hole}), found) or hole not in found:
        raise Refusal("the left side is not one of the terms of the sum", got=str(left), expected=str(right.args[-1]))
    within = And(right.args[0] <= found[hole], found[hole] <= right.args[1])
    return Accepted((positive, within))


def _equation(request: Request, left: Term, right: Term) -> Accepted:
    """A shift of the index, or a sum split in two."""
    if left.op == right.op == "sum":
        shift = poly.add(normal_form(right.args[0]), normal_form(left.args[0]), -1)
        other = poly.add(normal_form(right.args[1]), normal_form(left.args[1]), -1)
        index = _index(request, left)
        moved = instantiate(right, (index + poly.to_term(shift),))
        if shift == other and poly.is_integral(shift) and _same(instantiate(left, (index,)), moved):
            return Accepted()
    if left.op == "sum" and right.op == "add" and all(p.op == "sum" for p in right.args):
        first, second = right.args
        index = _index(request, left)
        same = all(_same(instantiate(left, (index,)), instantiate(p, (index,))) for p in right.args)
        joined = _same(first.args[0], left.args[0]) and _same(second.args[1], left.args[1])
        if same and joined and _same(second.args[0], first.args[1] + 1):
            return Accepted((left.args[0] <= first.args[1] + 1, first.args[1] <= left.args[1]))
    raise Refusal("neither a shift of the index nor a splitting of the range", got=str(request.goal))


RULE = Rule(
    name="sum",
    decides="relations between finite sums from relations between their terms; one term against a sum of nonnegative "
    "terms; shifted and split ranges",
    refuses="sums over different ranges; strict comparison over a range that may be empty; an index out of range",
    sentence="comparing the sums term by term",
    check=_check,
)
