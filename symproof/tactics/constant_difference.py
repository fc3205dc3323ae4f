"""Equations in a real variable whose sides differ by a constant: a slope that is 0, and one value."""

from __future__ import annotations

from symproof.kernel.rules import monotone
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.term import Term, free_variables, relation, subst
from symproof.tactics.derivation import Derivation, GoalSearch, followed
from symproof.tactics.starting_points import SIMPLE_NUMBERS, bounds_of_variable

__all__ = ["by_constant_difference"]

MAX_STARTS = 3


def by_constant_difference(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """The equation ``goal`` by the mean value theorem, in both directions from a point where it holds."""
    if (
        goal.op != "eq"
        or any(t.op in _WITH_KINKS for t in goal.walk())
        or not prover.samples.vanishes(sequent, goal.args[0] - goal.args[1])
    ):
        return None
    for x in sorted(free_variables(goal), key=lambda v: v.name):
        if x.sort != REAL or not any(t.args and t.op not in _ALGEBRAIC and x in free_variables(t) for t in goal.walk()):
            continue
        starts = [start for start, _ in bounds_of_variable(x, sequent)] + list(SIMPLE_NUMBERS[:9])
        tried = 0
        for start in dict.fromkeys(starts):
            if _inside(prover, sequent, x, start) and not prover.samples.refute(sequent, subst(goal, {x: start})):
                tried += 1
                found = _from(prover, sequent, goal, x, start, depth)
                if found is not None or tried >= MAX_STARTS:
                    return found
    return None


_WITH_KINKS = frozenset({"abs", "min", "max", "sign", "floor", "ceiling", "ite"})
_ALGEBRAIC = frozenset({"add", "sub", "mul", "div", "neg", "pow", "num", "eq"})


def _inside(prover: GoalSearch, sequent: Sequent, x: Term, start: Term) -> bool:
    """Whether what is known of x at sample points holds of the starting point too."""
    return not any(prover.samples.refute(sequent, subst(f, {x: start})) for f in sequent.facts() if _closed(f, x))


def _closed(fact: Term, x: Term) -> bool:
    weak = fact.op in ("le", "ge", "lt", "gt", "ne")
    return weak and x in free_variables(fact)


def _from(prover: GoalSearch, sequent: Sequent, goal: Term, x: Term, start: Term, depth: int) -> Derivation | None:
    at_start = prover.prove(sequent, subst(goal, {x: start}), depth + 1)
    if at_start is None:
        return None
    up, down = start <= x, x <= start
    cases = [(up, True), (down, False)]
    cases = next(([case] for case in cases if prover.discharge(sequent, case[0])), cases)
    branches: list[Derivation] = []
    for case, upwards in cases:
        inside = sequent.with_hypothesis("", case).with_hypothesis("", at_start.goal)
        halves = [
            prover.by(monotone.RULE, inside, relation(op, *goal.args), (), (x, start, upwards), depth)
            for op in ("le", "ge")
        ]
        both = [h for h in halves if h is not None]
        found = followed(prover, inside, goal, both) if len(both) == 2 else None
        if found is None:
            return None
        branches.append(found)
    return Derivation(goal, "monotone", parts=(at_start, *branches))
