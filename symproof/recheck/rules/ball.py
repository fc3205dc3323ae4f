"""Inequalities by enclosures: between closed terms, on a box, and a root by a change of sign.

* A relation <, <=, >, >=, != without variables: the precision rises until the sides are apart.
* One in variables that the facts bound by closed numbers: on each part of a subdivision of the box either the relation
  holds, or a fact holds nowhere. Evidence: (precision, tree), a tree being None or (axis, cut, tree below, tree above);
  where that is too coarse, parts are halved further.
* ``exists x: a <= x and x <= b and f(x) = g(x)``: f - g is continuous on an interval and changes its sign. Evidence:
  (precision, (low, high), tree).

Enclosures prove no equation. What they establish is certified at best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import Any

from flint import fmpq

from symproof.recheck.ball import MAX_PRECISION, Box, Interval, Unknown, decided, enclosure, exact, truth
from symproof.recheck.differentiate import CONTINUOUS
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts
from symproof.recheck.term import Term, free_variables, relation

__all__ = ["check"]

MAX_DEPTH = 60
MAX_PARTS = 20_000
MAX_OWN_PARTS = 100
MAX_EXPONENT = 10_000

Ends = dict[Term, tuple[Fraction, Fraction]]
Test = Callable[[Box], bool]


def check(question: Question) -> Answer:
    """Accepts an inequality, or a root. Raises Refused."""
    goal = question.goal
    if goal.op == "exists":
        accepted = any(_has_root(question, e) for e in _evidence(question, 3))
    elif goal.op not in ("lt", "le", "gt", "ge", "ne") or not goal.args[0].sort.number:
        raise Refused("enclosures prove inequalities only")
    elif not free_variables(goal):
        accepted = decided(goal, {}) is True
    else:
        accepted = _on_box(question)
    if not accepted:
        raise Refused("the enclosures do not show it")
    return Answer((), "certified")


def _evidence(question: Question, length: int) -> Iterator[tuple[Any, ...]]:
    """The entries for the goal, after the default."""
    for _, value in question.evidence.found("ball", question.goal):
        if isinstance(value, (tuple, list)) and len(value) == length and type(value[0]) is int:
            yield min(max(value[0], 32), MAX_PRECISION), *value[1:]


def _fraction(value: Any) -> Fraction:
    if type(value) not in (int, Fraction):
        raise Refused(f"no rational number in the evidence: {value!r}")
    return Fraction(value)


# Boxes ---------------------------------------------------------------------------------------------------------------


def _on_box(question: Question) -> bool:
    goal = question.goal
    facts = [p for f in question.source() for p in conjuncts(f)]
    ends = _ends(facts, free_variables(goal))
    guards = [f for f in facts if free_variables(f) <= ends.keys()]
    for precision, tree in [*_evidence(question, 2), (64, None)]:

        def shown(box: Box, precision: int = precision) -> bool:
            return truth(goal, box, precision) is True or any(truth(g, box, precision) is False for g in guards)

        if _Cover(shown).all(ends, tree):
            return True
    return False


def _ends(facts: list[Term], variables: frozenset[Term]) -> Ends:
    """Closed intervals for the variables, from facts that bound them by closed numbers. Raises Refused."""
    low: dict[Term, Fraction] = {}
    high: dict[Term, Fraction] = {}
    for fact in facts:
        if fact.op not in ("le", "lt", "ge", "gt", "eq") or not fact.args[0].sort.number:
            continue
        small, large = fact.args if fact.op in ("le", "lt", "eq") else fact.args[::-1]
        for a, b in [(small, large), (large, small)] if fact.op == "eq" else [(small, large)]:
            if b in variables and (end := _end(a, 0)) is not None:
                low[b] = max(end, low.get(b, end))
            if a in variables and (end := _end(b, 1)) is not None:
                high[a] = min(end, high.get(a, end))
    if any(v not in low or v not in high or low[v] > high[v] for v in variables):
        raise Refused("a variable has no bounds by closed numbers among the facts")
    return {v: (low[v], high[v]) for v in sorted(variables, key=lambda v: v.name)}


def _end(t: Term, side: int) -> Fraction | None:
    """A rational number below (side 0) or above (1) a closed one."""
    if free_variables(t) or not t.sort.number:
        return None
    try:
        found = enclosure(t, {}, 128)[side]
    except Unknown:
        return None
    if isinstance(found, fmpq):
        return Fraction(int(found.p), int(found.q))
    mantissa, exponent = found.man_exp()
    return Fraction(int(mantissa)) * Fraction(2) ** int(exponent) if abs(int(exponent)) <= MAX_EXPONENT else None


def _box(ends: Ends) -> Box:
    return {v: Interval(exact(a).low, exact(b).high) for v, (a, b) in ends.items()}


class _Cover:
    """Whether every part of a subdivision passes a test."""

    def __init__(self, test: Test) -> None:
        self.test, self.parts, self.own = test, MAX_PARTS, MAX_OWN_PARTS

    def all(self, ends: Ends, tree: Any, depth: int = 0) -> bool:
        self.parts -= 1
        if depth > MAX_DEPTH or self.parts < 0:
            raise Refused("the subdivision is too fine", undecided=True)
        if tree is None:
            return self.test(_box(ends)) or self._finer(ends, depth)
        if not isinstance(tree, (tuple, list)) or len(tree) != 4 or type(tree[0]) is not int:
            raise Refused("no subdivision in the evidence")
        axis, cut, *halves = tree
        if not 0 <= axis < len(ends):
            raise Refused("no such axis")
        return self._halves(ends, list(ends)[axis], _fraction(cut), halves, depth)

    def _halves(self, ends: Ends, v: Term, cut: Fraction, trees: list[Any], depth: int) -> bool:
        low, high = ends[v]
        if not low <= cut <= high:
            raise Refused("a cut outside of the box")
        pairs = zip(((low, cut), (cut, high)), trees, strict=True)
        return all(self.all({**ends, v: part}, tree, depth + 1) for part, tree in pairs)

    def _finer(self, ends: Ends, depth: int) -> bool:
        """The same for halves of a part, across its longest edge."""
        v = max(ends, key=lambda v: ends[v][1] - ends[v][0])
        low, high = ends[v]
        self.own -= 1
        if low == high or self.own < 0 or depth == MAX_DEPTH:
            return False
        return self._halves(ends, v, _cut(low, high), [None, None], depth)


def _cut(low: Fraction, high: Fraction) -> Fraction:
    """A dyadic number near the middle."""
    scale = 1
    while scale * (high - low) < 4:
        scale *= 2
    return Fraction(round((low + high) / 2 * scale), scale)


# Roots ---------------------------------------------------------------------------------------------------------------


def _has_root(question: Question, evidence: tuple[Any, ...]) -> bool:
    (x,), body = question.goal.opened()
    parts = list(conjuncts(body))
    equations = [p for p in parts if p.op == "eq"]
    if len(equations) != 1 or x.sort.kind != "real" or free_variables(body) != {x}:
        raise Refused("not one equation in one real variable")
    if not all(side.sort.number for side in equations[0].args):
        raise Refused("no equation between numbers")
    precision, (low, high), tree = evidence
    ends = {x: (_fraction(low), _fraction(high))}
    difference = equations[0].args[0] - equations[0].args[1]
    if ends[x][0] > ends[x][1] or not all(t.op in CONTINUOUS for t in difference.walk()):
        return False
    if not all(_throughout(p, x, ends, precision) for p in parts if p.op != "eq"):
        return False

    def has_value(box: Box) -> bool:
        try:
            return bool(enclosure(difference, box, precision))
        except Unknown:
            return False

    if not _Cover(has_value).all(ends, tree):
        return False
    start, end = ({x: exact(e)} for e in ends[x])
    signs = [(relation(a, difference, 0), relation(b, difference, 0)) for a, b in (("ge", "le"), ("le", "ge"))]
    return any(decided(first, start) is True and decided(last, end) is True for first, last in signs)


def _throughout(p: Term, x: Term, ends: Ends, precision: int) -> bool:
    """Whether a condition holds on the interval; a bound of x itself is asked for at the two ends only."""
    if p.op in ("lt", "le", "gt", "ge") and all(a == x or x not in free_variables(a) for a in p.args):
        return all(decided(p, {x: exact(end)}) is True for end in ends[x])
    return truth(p, _box(ends), precision) is True
