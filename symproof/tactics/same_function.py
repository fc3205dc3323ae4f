"""Inequalities h(u) - h(v) >= 0 between two values of one function, from u >= v (or u <= v) and the slope of h.

``exp(t)/2 - exp((s + t)/2)/2`` is such a difference. The function h is found by comparing the terms of positive and of
negative sign; that h(y) - h(v) >= 0 for every y from v to u is derived by the rule ``monotone`` and used at y = u.
"""

from __future__ import annotations

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import monotone
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.term import Term, free_variables, relation, subst
from symproof.tactics.derivation import Derivation, GoalSearch, followed

__all__ = ["by_same_function"]


def by_same_function(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """The inequality ``goal``, if its sides are values of one function at two ordered arguments."""
    found = _two_values(goal)
    if found is None:
        return None
    h, hole, u, v = found
    more, less = ("gt", "lt") if goal.op in ("gt", "lt") else ("ge", "le")
    for upwards, order in ((True, relation(more, u, v)), (False, relation(less, u, v))):
        ordered = prover.prove(sequent, order, depth + 1)
        if ordered is None:
            continue
        name = next(n for k in range(99) if (n := f"y{k or ''}") not in _names(sequent, goal))
        y = Term("var", (), name, REAL)
        claim = relation(more, subst(h, {hole: y}), subst(h, {hole: v}))
        inside = sequent.with_variable(y).with_hypothesis("", relation(more if upwards else less, y, v))
        inside = inside.with_hypothesis("", y <= u if upwards else y >= u)
        general = prover.by(monotone.RULE, inside, claim, (), (y, v, upwards), depth)
        if general is None:
            continue
        instance = Derivation(subst(claim, {y: u}), "monotone", parts=(general, ordered))
        return followed(prover, sequent, goal, (instance,))
    return None


def _names(sequent: Sequent, goal: Term) -> frozenset[str]:
    facts = (free_variables(f) for f in sequent.facts())
    return sequent.names() | {v.name for vs in (*facts, free_variables(goal)) for v in vs}


def _two_values(goal: Term) -> tuple[Term, Term, Term, Term] | None:
    """(h, hole, u, v) with goal equivalent to h(u) >= h(v), h given as a term with a hole; None if it is not such."""
    large, small = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
    try:
        form = normal_form(large - small)
    except Refusal:
        return None
    plus = poly.to_term({m: c for m, c in form.items() if c > 0})
    minus = poly.to_term({m: -c for m, c in form.items() if c < 0})
    for left, right in ((large, small), (plus, minus)):
        hole = Term("var", (), "§hole", REAL)
        pair: list[tuple[Term, Term]] = []
        h = _common(left, right, hole, pair)
        if h is not None and len(pair) == 1 and h != hole and not any(t.loose for t in pair[0]):
            return h, hole, *pair[0]
    return None


def _common(a: Term, b: Term, hole: Term, pair: list[tuple[Term, Term]]) -> Term | None:
    """The term that becomes ``a`` and ``b`` with the two members of one pair in its hole; None if it needs several."""
    if a == b:
        return a
    if a.op == b.op and a.data == b.data and len(a.args) == len(b.args) and a.args and not a.loose and not b.loose:
        before = list(pair)
        args = [_common(x, y, hole, pair) for x, y in zip(a.args, b.args, strict=True)]
        if None not in args:
            return Term(a.op, tuple(t for t in args if t is not None), a.data, a.sort)
        pair[:] = before
    if (not pair or pair[0] == (a, b)) and a.sort.is_number and b.sort.is_number:
        pair[:] = [(a, b)]
        return hole
    return None
