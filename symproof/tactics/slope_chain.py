"""Inequalities in a real variable on an interval by a chain of slopes: in which variable, and between which ends.

``SlopeSearch`` shows them there. Where the sides agree at a value given by the other variables, both sides of it are
cases.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from flint import arb

from symproof.errors import SymproofError
from symproof.kernel.evaluate import Compiled
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.term import Term, free_variables, relation, subst
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.slope_search import Range, SlopeSearch
from symproof.tactics.starting_points import bounds_of_variable

__all__ = ["by_slope_chain"]

SHARE = 0.4
_ORDER = frozenset({"le", "lt", "ge", "gt"})
_ALGEBRAIC = frozenset({"add", "sub", "mul", "div", "neg", "num", "var", "pi", "e"})


def by_slope_chain(prover: GoalSearch, sequent: Sequent, goal: Term, *, splits: int = 0) -> Derivation | None:
    """The inequality ``goal`` (or inequation) by a chain of slopes in one of its variables."""
    if goal.op == "ne":
        return _unequal(prover, sequent, goal)
    if goal.op not in _ORDER:
        return None
    now = time.monotonic()
    deadline = now + SHARE * (prover.deadline - now)
    for x in sorted(free_variables(goal), key=lambda v: v.name):
        if x.sort != REAL or not any(_transcendental(t, x) for a in goal.args for t in a.walk()):
            continue
        for low, high in _ends(prover, sequent, x, free_variables(goal)):
            chain = SlopeSearch(prover, deadline)
            found = chain.relation(Range(x, low, high, sequent), goal, 0)
            if found is not None:
                return found
        found = _from_tight(prover, sequent, goal, x, deadline) if splits < 2 else None
        if found is not None:
            return found
    return None


def _unequal(prover: GoalSearch, sequent: Sequent, goal: Term) -> Derivation | None:
    """``u != v`` from ``u < v`` or ``u > v``."""
    if not any(_transcendental(t, x) for a in goal.args for t in a.walk() for x in free_variables(t)):
        return None
    negative, nought, positive = prover.samples.signs(sequent, goal.args[0] - goal.args[1])
    if nought or negative == positive:
        return None
    found = by_slope_chain(prover, sequent, relation("lt" if negative else "gt", *goal.args))
    if found is None or not prover.discharge(sequent.with_hypothesis("", found.goal), goal):
        return None
    return Derivation(goal, "sign", parts=(found,))


def _from_tight(prover: GoalSearch, sequent: Sequent, goal: Term, x: Term, deadline: float) -> Derivation | None:
    """Cases on both sides of a value of ``x`` in terms of the other variables at which the sides agree."""
    difference = goal.args[0] - goal.args[1]
    for c in _tight_values(goal, x):
        if not prover.samples.vanishes(sequent, subst(difference, {x: c})):
            continue
        sides = (x <= c, x >= c)
        if any(prover.discharge(sequent, p) for p in sides):
            continue
        parts = []
        for side in sides:
            inside = sequent.with_hypothesis("", side)
            if prover.discharge(sequent, c > 0):
                inside = inside.with_hypothesis("", c > 0)
            low, high = (None, c) if side == sides[0] else (c, None)
            others = [b for b, lower in bounds_of_variable(x, sequent) if lower == (low is None)]
            others.sort(key=lambda b: (-1 if low is None else 1) * _middle(b))
            for other in (*others[:2], None):
                ends = (other, high) if low is None else (low, other)
                part = SlopeSearch(prover, deadline).relation(Range(x, *ends, inside), goal, 0)
                if part is not None:
                    parts.append(part)
                    break
            else:
                break
        if len(parts) == 2:
            return Derivation(goal, "monotone", parts=tuple(parts))
    return None


def _tight_values(goal: Term, x: Term) -> Iterator[Term]:
    """Values for ``x`` to try: the other variables, exp and log of them, quotients y*z/w."""
    others = sorted((v for v in free_variables(goal) if v != x and v.sort == REAL), key=lambda v: v.name)
    ops = {t.op for t in goal.walk()}
    for y in others:
        yield y
        yield from (Term(op, (y,), None, REAL) for op in ("exp", "log") if op in ops)
    if len(others) == 3:
        yield from (others[i] * others[j] / others[k] for i, j, k in ((0, 1, 2), (0, 2, 1), (1, 2, 0)))


def _transcendental(t: Term, x: Term) -> bool:
    return t.op not in _ALGEBRAIC and (t.op != "pow" or t.args[1].op != "num") and x in free_variables(t)


def _ends(
    prover: GoalSearch, sequent: Sequent, x: Term, wanted: frozenset[Term]
) -> Iterator[tuple[Term | None, Term | None]]:
    """Bounds of the variable to start from: closed ones, and other variables."""
    bounds = [b for b in dict.fromkeys(bounds_of_variable(x, sequent)) if free_variables(b[0]) <= wanted]
    lows = [b for b, lower in bounds if lower]
    highs = [b for b, lower in bounds if not lower]
    closed = dict.fromkeys(a for f in sequent.facts() if f.op in _ORDER for a in f.args if not free_variables(a))
    for c in closed:  # also through chains such as x <= y and y < c
        lows += [c] if c not in lows and prover.discharge(sequent, c <= x) else []
        highs += [c] if c not in highs and prover.discharge(sequent, x <= c) else []
    for ends, sign in ((lows, 1), (highs, -1)):
        ends.sort(key=lambda b: -sign * _middle(b))
    pairs = [(a, b) for a in _best(lows) for b in _best(highs)]
    yield from (pair for pair in pairs[:3] if wanted == {x} or pair != (None, None))


def _best(bounds: list[Term]) -> list[Term | None]:
    """The best closed bound and those with variables."""
    chosen: list[Term | None] = [b for b in bounds if free_variables(b)]
    return [*chosen[:2], *[b for b in bounds if not free_variables(b)][:1]] or [None]


def _middle(t: Term) -> float:
    try:
        return float(arb(Compiled(t)({}, 64)).mid())
    except (SymproofError, ArithmeticError, TypeError, ValueError, KeyError):
        return 1e300  # other variables first
