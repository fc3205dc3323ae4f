"""Points at which the facts of a sequent hold, to see at once that a goal cannot be derived. A hint, never evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from flint import arb, fmpq

from symproof.errors import SymproofError
from symproof.kernel.evaluate import Compiled
from symproof.kernel.rules.ball import bounding_box
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import INT
from symproof.logic.syntax import Eq
from symproof.logic.term import Term, free_variables

__all__ = ["SamplePoints"]

Point = Mapping[Term, Fraction]
TRIES = 160
ENOUGH = 14
PRECISION = 64
FAR = 10**6
MAX_SEQUENTS = 4_000
POOL = tuple(Fraction(p, q) for p, q in (
    (0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1), (1, 10), (-1, 10), (3, 1), (-3, 1), (7, 5), (-7, 5),
    (1, 100), (-1, 100), (6, 1), (-6, 1), (19, 20), (-19, 20), (12, 1), (-12, 1), (5, 4), (-5, 4), (40, 1), (-40, 1),
))  # fmt: skip


@dataclass
class SamplePoints:
    """Admissible points of sequents, and whether a goal fails at one of them."""

    _points: dict[frozenset[Term], tuple[Point, ...]] = field(default_factory=dict)
    _compiled: dict[Term, Compiled] = field(default_factory=dict)

    def refute(self, sequent: Sequent, goal: Term) -> bool:
        """Whether the goal seems to fail at an admissible point: certainly, or as both sides of < or != are equal."""
        points = self.points(sequent, goal)
        if any(self._truth(goal, point) is False for point in points):
            return True
        strict = goal.op in ("lt", "gt", "ne") and goal.args[0].sort.is_number
        if not strict or not points or not free_variables(goal):
            return False
        return any(self._agree(goal, point) for point in points)

    def vanishes(self, sequent: Sequent, term: Term) -> bool:
        """Whether a number seems to be 0 at the admissible points, of which there are some."""
        equation = Eq(term, 0)
        points = self.points(sequent, equation)
        return len(points) > 2 and all(self._agree(equation, point) for point in points)

    def _agree(self, relation: Term, point: Point) -> bool:
        """Whether the sides of a relation seem equal at a point: a narrow ball around their difference holds 0."""
        value = self._value(relation.args[0] - relation.args[1], point)
        if isinstance(value, fmpq):
            return bool(value == 0)
        return isinstance(value, arb) and bool(value.contains(0) and value.rad() < 1e-50)

    def _value(self, term: Term, point: Point) -> object:
        try:
            return self._code(term)(point, 256)
        except (SymproofError, ArithmeticError):
            return None

    def signs(self, sequent: Sequent, term: Term) -> tuple[bool, bool, bool]:
        """Whether a number is negative, zero and positive at some admissible point that is at hand."""
        points = self.points(sequent, Eq(term, 0))
        return tuple(any(self._truth(p, q) is True for q in points) for p in (term < 0, Eq(term, 0), term > 0))  # type: ignore[return-value]

    def points(self, sequent: Sequent, *goals: Term) -> tuple[Point, ...]:
        """Some points for the variables of the facts and goals at which all facts hold."""
        facts = frozenset(sequent.facts())
        variables = frozenset[Term]().union(*(free_variables(f) for f in (*facts, *goals)))
        key = facts | variables
        found = self._points.get(key)
        if found is None:
            if len(self._points) > MAX_SEQUENTS:
                self._points.clear()
            found = self._points[key] = tuple(self._search(sorted(facts, key=_size), variables))
        return found

    def _search(self, facts: Sequence[Term], variables: frozenset[Term]) -> Iterator[Point]:
        ordered = sorted(variables, key=lambda v: v.name)
        facts = [
            f for f in facts if free_variables(f) or self._truth(f, {}) is not None
        ]  # an equation of closed numbers
        if len(ordered) > 5 or not all(v.sort.is_number for v in ordered):
            return
        random, count = Random(7), 0
        bounds = _bounds(ordered, facts)
        pools = [_values(v, *bounds[v]) for v in ordered]
        for k in range(TRIES if ordered else 1):
            if len(ordered) == 1 and k >= len(pools[0]):
                return
            point = {
                v: pool[k] if len(ordered) == 1 else random.choice(pool) for v, pool in zip(ordered, pools, strict=True)
            }
            if all(self._truth(f, point) is True for f in facts):
                yield point
                count += 1
                if count >= ENOUGH:
                    return

    def _truth(self, proposition: Term, point: Point) -> bool | None:
        """The truth at a point as far as a low precision tells; None also where it is not defined."""
        try:
            truth = self._code(proposition)(point, PRECISION)
        except (SymproofError, ArithmeticError):
            return None
        return truth if truth is None else bool(truth)

    def _code(self, term: Term) -> Compiled:
        if term not in self._compiled:
            self._compiled[term] = Compiled(term)
        return self._compiled[term]


def _size(t: Term) -> tuple[int, str]:
    return sum(1 for _ in t.walk()), t.digest


Bound = Fraction | None


def _bounds(variables: Sequence[Term], facts: Sequence[Term]) -> dict[Term, tuple[Bound, Bound]]:
    """Bounds of the variables by closed numbers, also through chains such as x < t and t <= 1."""
    found: dict[Term, tuple[Bound, Bound]] = {}
    for v in variables:
        below, above = (bounding_box([*facts, extra], {v}) for extra in (v <= FAR, v >= -FAR))
        found[v] = (below[v][0] if below is not None else None, above[v][1] if above is not None else None)
    chains = [f.args if f.op in ("lt", "le") else f.args[::-1] for f in facts if f.op in ("lt", "le", "gt", "ge")]
    chains = [(a, b) for a, b in chains if a in found and b in found]
    for _ in variables if chains else ():
        for a, b in chains:
            lows, highs = (found[a][0], found[b][0]), (found[a][1], found[b][1])
            low = max((q for q in lows if q is not None), default=None)
            high = min((q for q in highs if q is not None), default=None)
            found[a], found[b] = (found[a][0], high), (low, found[b][1])
    return found


def _values(v: Term, a: Bound, b: Bound) -> list[Fraction]:
    """Values to try: between the bounds a and b of the variable, its ends included, and simple numbers."""
    if v.sort == INT:
        return [q for q in POOL if q.denominator == 1]
    inside: list[Fraction] = []
    if a is not None and b is not None:
        inside = [a + (b - a) * Fraction(k, 16) for k in (8, 4, 12, 1, 15, 0, 16, 6, 10, 2, 14)]
    elif a is not None:
        inside = [a + q for q in POOL if q >= 0]
    elif b is not None:
        inside = [b - q for q in POOL if q >= 0]
    inside = [q.limit_denominator(10_000) for q in inside] + [q for q in (a, b) if q is not None]
    simple = [q for q in POOL if (a is None or q >= a) and (b is None or q <= b)]
    return list(dict.fromkeys([*inside, *simple]))
