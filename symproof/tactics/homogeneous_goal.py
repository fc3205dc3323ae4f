"""Polynomial inequalities under an equation h = c between a form h and a positive number c, made homogeneous by it.

If the degrees in the goal differ by multiples of the degree of h, factors h/c fill them up. Else a goal L >= S of two
degrees, where L is not negative, follows from that between powers of its sides for which they do. The homogeneous
inequality is then proved without the equation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb, gcd

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import opposite
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import sos
from symproof.kernel.rules.linear import directions
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import FALSE, num
from symproof.logic.term import Term, free_variables
from symproof.tactics.derivation import Derivation, GoalSearch

__all__ = ["by_homogeneous_goal"]

MAX_POWER = 4
MAX_DEGREE = 12


@dataclass(frozen=True)
class _Level:
    """The equation ``form`` = ``value`` > 0 of degree ``degree``, as a fact."""

    fact: Term
    form: Term
    value: fmpq
    degree: int


def by_homogeneous_goal(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """A polynomial inequality that is not strict, or None."""
    if goal.op not in ("le", "ge"):
        return None
    normalize = normalizer_in(sequent, prover.discharge)
    try:
        ((g, _),) = directions(goal, normalize)
        levels = list(_levels(sequent, normalize))
    except Refusal:
        return None
    parts = _by_degree(g)
    if not levels or len(parts) < 2:
        return None
    for level in levels:
        search = _Search(prover, sequent, goal, depth, level)
        if all((d - min(parts)) % level.degree == 0 for d in parts):
            found = search.filled_up(parts)
        else:
            found = search.powers(parts) if len(parts) == 2 else None
        if found is not None:
            return found
    return None


def _levels(sequent: Sequent, normalize) -> Iterator[_Level]:  # type: ignore[no-untyped-def]
    for fact in sequent.facts():
        if fact.op == "eq" and fact.args[0].sort.is_number and free_variables(fact):
            form = normalize(fact.args[0] - fact.args[1])
            parts = _by_degree(form)
            if len(parts) == 2 and 0 in parts:
                value, degree = poly.constant_value(parts[0]), max(parts)
                if value is not None:
                    sign = fmpq(-1 if value > 0 else 1)
                    yield _Level(fact, poly.to_term(poly.scale(parts[degree], sign)), abs(value), degree)


def _by_degree(p: Polynomial) -> dict[int, Polynomial]:
    """The homogeneous parts; closed numbers have degree 0."""
    parts: dict[int, dict[Monomial, fmpq]] = {}
    for m, c in p.items():
        parts.setdefault(sum(e for t, e in m if free_variables(t)), {})[m] = c
    return dict(parts)


@dataclass
class _Search:
    prover: GoalSearch
    sequent: Sequent
    goal: Term
    depth: int
    level: _Level

    def _homogeneous(self, goal: Term) -> Derivation | None:
        """A goal without the equation."""
        inside = Sequent(self.sequent.variables)
        for fact in reversed(list(self.sequent.facts())):
            if fact != self.level.fact:
                inside = inside.with_hypothesis("", fact)
        return self.prover.prove(inside, goal, self.depth + 1, 9)

    def filled_up(self, parts: dict[int, Polynomial]) -> Derivation | None:
        """The goal by factors h/c for the parts of low degree."""
        top, ratio = max(parts), self.level.form / num(poly.to_fraction(self.level.value))
        fills = [(poly.to_term(part), (top - d) // self.level.degree) for d, part in parts.items()]
        found = (
            self._homogeneous(sum((p * ratio**n for p, n in fills), start=num(0)) >= 0) if top <= MAX_DEGREE else None
        )
        return None if found is None else self._reduced(self.goal, found, fills)

    def _reduced(self, goal: Term, found: Derivation, parts: list[tuple[Term, int]]) -> Derivation | None:
        """The goal ``sum p >= 0`` from ``sum p (h/c)^n >= 0`` for the pairs (p, n), by the equation h = c."""
        inside = self.sequent.with_hypothesis("", found.goal)
        ratio = self.level.form / num(poly.to_fraction(self.level.value))
        value = num(poly.to_fraction(self.level.value))
        low, high = self.level.fact.args
        same = not normalizer_in(inside, self.prover.discharge)((high - low) - (value - self.level.form))
        # p - p r^n is the sum of the p r^k (1 - r), and 1 - r = (c - h)/c
        squares: list[tuple[int, Term, tuple[int, ...]]] = [(1, num(1), (0,))]
        squares += [(1 if same else -1, p * ratio**k / value, (1,)) for p, n in parts for k in range(n)]
        last = self.prover.by(sos.RULE, inside, goal, [found.goal, self.level.fact], squares)
        return None if last is None else Derivation(goal, found.rule, parts=(found, last))

    def powers(self, parts: dict[int, Polynomial]) -> Derivation | None:
        """The goal L >= S from L^k >= S^k."""
        (d, p), (e, q) = parts.items()
        k = self.level.degree // gcd(self.level.degree, abs(d - e))
        if k > MAX_POWER or k * max(d, e) > MAX_DEGREE:
            return None
        for (l_degree, large), (s_degree, small) in (((d, p), (e, q)), ((e, q), (d, p))):
            left, right = poly.to_term(large), poly.to_term(poly.scale(small, fmpq(-1)))
            sign = self.prover.prove(self.sequent, left >= 0, self.depth + 2, 9)
            if sign is None:
                continue
            top = max(l_degree, s_degree)
            gaps = [k * (top - degree) // self.level.degree for degree in (l_degree, s_degree)]
            fills = [(left**k, gaps[0]), (-(right**k), gaps[1])]
            ratio = self.level.form / num(poly.to_fraction(self.level.value))
            found = self._homogeneous(sum((t * ratio**n for t, n in fills), start=num(0)) >= 0)
            power = self._reduced(left**k >= right**k, found, fills) if found is not None else None
            if power is None:
                continue
            denied = opposite(self.goal)
            # with d = S - L > 0, S^k - L^k is the sum of the C(k, a) d^a L^(k - a) for a > 0
            squares: list[tuple[int, Term, tuple[int, ...]]] = [(1, num(1), (0,))]
            squares += [(comb(k, a), num(1), (1,) * a + (2,) * (k - a)) for a in range(1, k + 1)]
            inside = self.sequent.with_hypothesis("", denied)
            last = self.prover.by(sos.RULE, inside, FALSE, [power.goal, denied, sign.goal], squares)
            if last is not None:
                return Derivation(self.goal, power.rule, parts=(sign, power, last))
        return None
