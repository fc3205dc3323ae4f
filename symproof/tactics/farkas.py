"""Search for Farkas multipliers by an exact linear program."""

from __future__ import annotations

from collections.abc import Sequence

from flint import fmpq

from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rules.linear import LinearFact
from symproof.tactics.simplex import minimize

__all__ = ["farkas_multipliers"]


def farkas_multipliers(g: Polynomial, strict: bool, facts: Sequence[LinearFact]) -> list[str] | None:
    """Multipliers (as strings) with g - sum multiplier * fact = constant >= 0 (> 0 if strict and no strict fact is used)."""
    used = _relevant(g, facts)
    columns: list[tuple[int, int]] = []
    for k in used:
        columns.append((k, 1))
        if facts[k].relation == "eq":
            columns.append((k, -1))
    monomials = sorted({m for k in used for m in facts[k].form if m} | {m for m in g if m}, key=_key)
    rows = [[_entry(facts, c, m) for c in columns] for m in monomials]
    right = [g.get(m, fmpq(0)) for m in monomials]
    costs = [_entry(facts, c, ()) for c in columns]
    limit = g.get((), fmpq(0))
    solution = minimize(costs, rows, right)
    value = _value(costs, solution)
    if solution is None:
        solution = _bounded(costs, rows, right, limit)
        value = _value(costs, solution)
    if solution is None or value is None or value > limit:
        return None
    if strict and value == limit and not _uses_strict(facts, columns, solution):
        solution = _with_strict(facts, columns, costs, rows, right, limit)
        if solution is None:
            return None
    return _collect(len(facts), columns, solution)


def _key(m: Monomial) -> tuple[tuple[str, int], ...]:
    return tuple((t.digest, e) for t, e in m)


def _entry(facts: Sequence[LinearFact], column: tuple[int, int], m: Monomial) -> fmpq:
    k, sign = column
    return facts[k].form.get(m, fmpq(0)) * sign


def _relevant(g: Polynomial, facts: Sequence[LinearFact]) -> list[int]:
    """The facts linked to the goal through shared monomials (all of them for a contradiction)."""
    reached = {m for m in g if m}
    if not reached:
        return list(range(len(facts)))
    chosen: set[int] = set()
    while True:
        more = [k for k, f in enumerate(facts) if k not in chosen and any(m in reached for m in f.form)]
        if not more:
            return sorted(chosen | {k for k, f in enumerate(facts) if all(not m for m in f.form)})
        for k in more:
            chosen.add(k)
            reached |= {m for m in facts[k].form if m}


def _value(costs: Sequence[fmpq], solution: Sequence[fmpq] | None) -> fmpq | None:
    if solution is None:
        return None
    return sum((c * x for c, x in zip(costs, solution, strict=True)), fmpq(0))


def _bounded(
    costs: Sequence[fmpq], rows: Sequence[Sequence[fmpq]], right: Sequence[fmpq], limit: fmpq
) -> list[fmpq] | None:
    """A solution with costs . x <= limit - 1, for when the facts contradict each other (the minimum is -infinity)."""
    wide = [[*row, fmpq(0)] for row in rows] + [[*costs, fmpq(1)]]
    found = minimize([fmpq(0)] * (len(costs) + 1), wide, [*right, limit - 1])
    return found[:-1] if found is not None else None


def _uses_strict(facts: Sequence[LinearFact], columns: Sequence[tuple[int, int]], solution: Sequence[fmpq]) -> bool:
    return any(x > 0 and facts[k].relation == "gt" for (k, _), x in zip(columns, solution, strict=True))


def _with_strict(
    facts: Sequence[LinearFact], columns: Sequence[tuple[int, int]], costs: Sequence[fmpq],
    rows: Sequence[Sequence[fmpq]], right: Sequence[fmpq], limit: fmpq,
) -> list[fmpq] | None:  # fmt: skip
    """A solution of value <= limit in which a strict fact has a positive multiplier."""
    strict = [fmpq(1) if facts[k].relation == "gt" else fmpq(0) for k, _ in columns]
    wide = [[*row, fmpq(0), fmpq(0)] for row in rows]
    wide.append([*costs, fmpq(1), fmpq(0)])
    wide.append([*strict, fmpq(0), fmpq(1)])
    found = minimize([-s for s in strict] + [fmpq(0), fmpq(0)], wide, [*right, limit, fmpq(1)])
    if found is None or not _uses_strict(facts, columns, found[:-2]):
        return None
    return found[:-2]


def _collect(count: int, columns: Sequence[tuple[int, int]], solution: Sequence[fmpq]) -> list[str]:
    result = [fmpq(0)] * count
    for (k, sign), x in zip(columns, solution, strict=True):
        result[k] += x * sign
    return [str(x) for x in result]
