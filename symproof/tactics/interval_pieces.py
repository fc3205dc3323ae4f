"""Inequalities in one real variable by pieces of its range: balls in the middle, the slope near the ends and far out.

Balls decide an inequality on a closed interval where it is not tight. Where it is tight at an end, and on the unbounded
part, the rule ``monotone`` may do it; between two tight ends the rule ``concave``.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symproof.kernel.rules import concave, monotone
from symproof.kernel.rules.ball import bounding_box
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.syntax import num
from symproof.logic.term import Term, free_variables
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.starting_points import bounds_of_variable

__all__ = ["by_concavity", "by_pieces", "by_slope_from", "cuts_of_range"]

FAR = tuple(Fraction(n) for n in (2, 4, 1, 8, 3, 20))
NEAR = tuple(Fraction(1, n) for n in (4, 2, 16, 8))


def by_slope_from(
    prover: GoalSearch, sequent: Sequent, goal: Term, x: Term, start: Term, upwards: bool, depth: int
) -> Derivation | None:
    """The inequality by the rule ``monotone`` from a start; a strict one from a strict value or by a strict slope."""
    for strict_start in (True, False) if goal.op in ("lt", "gt") else (False,):
        found = prover.by(monotone.RULE, sequent, goal, (), (x, start, upwards, strict_start), depth)
        if found is not None:
            return found
    return None


def by_concavity(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """The inequality by the rule ``concave``, between two bounds of a variable."""
    for x in sorted(free_variables(goal), key=lambda v: v.name):
        bounds = list(dict.fromkeys(bounds_of_variable(x, sequent))) if x.sort == REAL else []
        for low in (b for b, lower in bounds if lower):
            for high in (b for b, lower in bounds if not lower):
                found = prover.by(concave.RULE, sequent, goal, (), (x, low, high), depth)
                if found is not None:
                    return found
    return None


def by_pieces(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
    """The inequality on two parts of the range of its only variable, the outer one by its slope."""
    variables = free_variables(goal)
    if len(variables) != 1 or (x := next(iter(variables))).sort != REAL:
        return None
    for point, upwards in cuts_of_range(sequent, x):
        outer, inner = (x >= point, x <= point) if upwards else (x <= point, x >= point)
        if (
            any(prover.discharge(sequent, p) for p in (outer, inner))
            or prover.samples.refute(sequent, inner) is False
            or prover.samples.refute(sequent, outer) is False
        ):
            continue  # nothing is on one side of the point
        inside = sequent.with_hypothesis("", outer)
        far = by_slope_from(prover, inside, goal, x, point, upwards, depth)
        if far is None:
            continue
        near = prover.prove(sequent.with_hypothesis("", inner), goal, depth, splits + 1)
        if near is not None:
            return Derivation(goal, max((far, near), key=lambda d: len(d.parts)).rule, parts=(near, far))
    return None


def cuts_of_range(sequent: Sequent, x: Term) -> Iterator[tuple[Term, bool]]:
    """Points to cut at, and whether the part above is the outer one."""
    facts = tuple(sequent.facts())
    low = bounding_box((*facts, x <= 10**6), {x})
    high = bounding_box((*facts, x >= -(10**6)), {x})
    a, b = (low[x][0] if low else None), (high[x][1] if high else None)
    if b is None:
        for far in FAR:
            yield num((a or 0) + far if a is None or a >= 0 else far), True
    if a is None:
        for far in FAR:
            yield num((b or 0) - far if b is None or b <= 0 else -far), False
    for part in NEAR:
        width = Fraction(b - a).limit_denominator(8) if a is not None and b is not None else Fraction(2)
        if a is not None:
            yield num(a.limit_denominator(32) + part * width), False
        if b is not None:
            yield num(b.limit_denominator(32) - part * width), True
