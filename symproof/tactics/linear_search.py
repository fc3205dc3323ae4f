"""Search for Farkas multipliers: a linear goal from linear facts, by exact linear programming."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from fractions import Fraction

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules.linear import LinearFact, LinearFacts, directions
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.tactics.exact_lp import maximize

__all__ = ["combination", "linear_evidence"]

MAX_FACTS = 150


def linear_evidence(
    goal: Term, facts: Sequence[Term], sequent: Sequent, discharge: Callable[[Sequent, Term], bool]
) -> list[list[Fraction]] | None:
    """The multipliers that the rule ``linear`` wants for ``goal`` from ``facts``, or None if there are none."""
    try:
        normalize = normalizer_in(sequent, discharge)
        known = list(LinearFacts(facts, goal, normalize))
        needed = directions(goal, normalize)
    except Refusal:
        return None
    found: list[list[Fraction]] = []
    for g, strict in needed:
        multipliers = combination(g, strict, known)
        if multipliers is None:
            return None
        found.append([poly.to_fraction(m) for m in multipliers])
    return found


def combination(
    g: Polynomial,
    strict: bool,
    facts: Sequence[LinearFact],
    limit: int = MAX_FACTS,
    deadline: float = math.inf,
) -> list[fmpq] | None:
    """Multipliers with g = c + sum multiplier * fact, c >= 0 (and g > 0 shown if ``strict``), or None."""
    useful = _reachable(g, facts)
    if len(useful) > limit:
        return None
    columns = [(k, fmpq(sign)) for k in useful for sign in ((1, -1) if facts[k].relation == "eq" else (1,))]
    monomials = sorted({m for k in useful for m in facts[k].form if m} | {m for m in g if m}, key=poly.monomial_key)
    # columns: multipliers, then the constant c, then for a strict goal d with d <= 1, d <= c + strict multipliers
    nothing = fmpq(0)
    width = len(columns) + 1 + (3 if strict else 0)
    matrix = []
    for m in [*monomials, ()]:
        row = [facts[k].form.get(m, nothing) * sign for k, sign in columns] + [fmpq(m == ())]
        matrix.append(row + [nothing] * (width - len(row)))
    right = [g.get(m, nothing) for m in [*monomials, ()]]
    objective = [nothing] * width
    if strict:
        objective[-3] = fmpq(1)
        gains = [fmpq(facts[k].relation == "gt") for k, _ in columns]
        matrix.append([*gains, fmpq(1), fmpq(-1), fmpq(-1), nothing])
        matrix.append([nothing] * (len(columns) + 1) + [fmpq(1), nothing, fmpq(1)])
        right += [nothing, fmpq(1)]
    point = maximize(matrix, right, objective, deadline)
    if point is None or (strict and point[-3] == 0):
        return None
    result = [fmpq(0)] * len(facts)
    for (k, sign), value in zip(columns, point, strict=False):
        result[k] += sign * value
    return result


def _reachable(g: Polynomial, facts: Sequence[LinearFact]) -> list[int]:
    """The facts that share a monomial with the goal, or with such a fact, and so on (all facts for a constant goal)."""
    wanted = {m for m in g if m}
    if not wanted:
        return list(range(len(facts)))
    chosen: set[int] = set()
    while True:
        more = {k for k, f in enumerate(facts) if k not in chosen and (wanted & set(f.form) or not any(f.form))}
        if not more:
            return sorted(chosen) if chosen else list(range(len(facts)))
        chosen |= more
        wanted |= {m for k in more for m in facts[k].form if m}
