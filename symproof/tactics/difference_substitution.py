"""Polynomial inequalities on a cone by successive difference substitution.

The variables are written in coordinates u_0, ..., u_n that are known to be nonnegative, each monomial filled up to one
degree with an expression of 1 in them. If a coefficient is negative, cases u_i <= u_j and u_j <= u_i give the
coordinates (u_i, u_j - u_i) and (u_j, u_i - u_j), and so on until all coefficients are nonnegative. Then the polynomial
is a sum of products of nonnegative numbers, which the rule ``sos`` accepts.

Source: L. Yang, "Solving harder problems with lesser mathematics" (ATCM 2005), with one pair of coordinates at a time.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, islice, product
from math import factorial
from typing import Any

from flint import Ordering, fmpq, fmpq_mat, fmpq_mpoly_ctx

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import sos
from symproof.kernel.rules.linear import LinearFact, LinearFacts, directions
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import num
from symproof.logic.term import Term
from symproof.tactics.derivation import Derivation, GoalSearch

__all__ = ["by_difference_substitution"]

MAX_ATOMS = 6
MAX_MONOMIALS = 400
MAX_NODES = 150
MAX_HEIGHT = 14
MAX_CONES = 6
MAX_SIGN_CASES = 3
NO_MARGIN = fmpq(0)
MARGINS = (fmpq(1), fmpq(1, 10), fmpq(1, 1000))
MAX_FORMS = 24


@dataclass(frozen=True)
class _Coordinate:
    """A number that is not negative; ``fact`` says so, and is None for the number 1."""

    term: Term
    fact: Term | None
    strict: bool
    group: int
    size: int = 1
    """The sum of the first coordinates at the corner where this one is 1 and the others 0."""


@dataclass(frozen=True)
class _Form:
    """In coordinates, the number 1 (None if it has no expression) and ``value``, which is to be shown >= 0.

    The goal is ``margin`` more than that, or the value itself must be > 0 for a strict goal.
    """

    coordinates: tuple[_Coordinate, ...]
    value: Any
    one: Any
    margin: fmpq = NO_MARGIN


@dataclass(frozen=True)
class _Split:
    """Cases on the order of two coordinates."""

    below: Term
    above: Term
    parts: tuple[_Form | _Split, _Form | _Split]


def by_difference_substitution(prover: GoalSearch, sequent: Sequent, goal: Term) -> Derivation | None:
    """A polynomial inequality whose variables are bounded by signs and linear facts, or None."""
    try:
        normalize = normalizer_in(sequent, prover.discharge)
        (g, strict), *more = directions(goal, normalize)
        known = list(LinearFacts([f for f in sequent.facts() if f.op in ("le", "lt", "ge", "gt")], goal, normalize))
        sources = LinearFacts([f for f in sequent.facts() if f.op in ("le", "lt", "ge", "gt")], goal, normalize).sources
    except Refusal:
        return None
    atoms = sorted({t for m in g for t, _ in m}, key=lambda t: t.digest)
    if more or not 1 <= len(atoms) <= MAX_ATOMS or len(g) > MAX_MONOMIALS:
        return None
    linear = [(f, s[0]) for f, s in zip(known, sources, strict=True) if s[1] is None and _is_linear(f, atoms)]
    return _Cones(prover, goal, g, strict, linear).run(sequent, atoms)


def _is_linear(fact: LinearFact, atoms: Sequence[Term]) -> bool:
    used = [t for m in fact.form for t, _ in m]
    return bool(used) and all(sum(e for _, e in m) <= 1 for m in fact.form) and set(used) <= set(atoms)


class _Cones:
    """The cones in whose coordinates the goal is written, one after the other."""

    def __init__(
        self, prover: GoalSearch, goal: Term, g: Polynomial, strict: bool, linear: Sequence[tuple[LinearFact, Term]]
    ) -> None:
        self.prover, self.goal, self.g, self.strict, self.linear = prover, goal, g, strict, linear
        self.deadline = prover.deadline

    def run(self, sequent: Sequent, atoms: Sequence[Term], cases: int = 0) -> Derivation | None:
        """The goal, after cases on the signs of variables that have none."""
        signs = {a: self._sign(sequent, a) for a in atoms}
        wide = [group for group in self._groups(atoms) if any(len(_atoms(f)) > 1 for f, _ in group)]
        bound = {a for f, _ in self.linear for a in _atoms(f)}
        loose = [a for a in atoms if signs[a] is None and a not in bound]
        if loose:
            if cases >= MAX_SIGN_CASES or len(loose) > MAX_SIGN_CASES - cases:
                return None
            parts = []
            for case in (loose[0] <= 0, loose[0] >= 0):
                part = self.run(sequent.with_hypothesis("", case), atoms, cases + 1)
                if part is None:
                    return None
                parts.append(part)
            return Derivation(self.goal, "sos", parts=tuple(parts))
        forms = list(islice((m for form in self._forms(atoms, signs, wide) for m in self._margins(form)), MAX_FORMS))
        for evenly, form in product((False, True), forms):
            tree = _Cover(self.strict, self.deadline, evenly).cover(form, MAX_HEIGHT)
            if tree is not None:
                return self._derived(sequent, tree)
            if time.monotonic() > self.deadline:
                return None
        return None

    def _margins(self, form: _Form) -> Iterator[_Form]:
        """The form and, for a strict goal, with something subtracted that is positive."""
        if self.strict and form.one is not None:
            for c in MARGINS:
                yield replace(form, value=form.value - c * form.one, margin=c)
        yield form

    def _sign(self, sequent: Sequent, a: Term) -> _Coordinate | None:
        """What is not negative: the atom, its opposite or, if only its even powers occur, its square."""
        for term, fact, strict in ((a, a > 0, True), (-a, a < 0, True), (a, a >= 0, False), (-a, a <= 0, False)):
            if self.prover.discharge(sequent, fact):
                return _Coordinate(term, fact, strict, 0)
        even = all(e % 2 == 0 for m in self.g for t, e in m if t == a)
        if even and self.prover.discharge(sequent, a**2 >= 0):
            return _Coordinate(a**2, a**2 >= 0, False, 0)
        return None

    def _groups(self, atoms: Sequence[Term]) -> list[list[tuple[LinearFact, Term]]]:
        """The linear facts, those with common variables together."""
        groups: list[list[tuple[LinearFact, Term]]] = []
        for fact in self.linear:
            touching = [g for g in groups if any(_atoms(fact[0]) & _atoms(f) for f, _ in g)]
            groups = [g for g in groups if g not in touching] + [[*(f for g in touching for f in g), fact]]
        return groups

    def _forms(
        self, atoms: Sequence[Term], signs: dict[Term, _Coordinate | None], wide: Sequence[Sequence[Any]]
    ) -> Iterator[_Form]:
        """The goal in the coordinates of several cones: of signs alone, and of linear facts."""
        if None not in signs.values():
            yield from self._form([], list(atoms), signs)
        groups = [g for g in self._groups(atoms) if g in wide or any(() in f.form for f, _ in g)]
        if not groups:
            return
        for chosen in self._choices([list(self._simplices(g, signs)) for g in groups]):
            rest = [a for a in atoms if not any(a in inside for inside, _, _ in chosen)]
            if all(signs[a] is not None for a in rest):
                yield from self._form(chosen, rest, signs)

    @staticmethod
    def _choices(lists: Sequence[Sequence[Any]]) -> Iterator[list[Any]]:
        for k in range(MAX_CONES):
            if all(lists) and any(k < len(found) for found in lists):
                yield [found[min(k, len(found) - 1)] for found in lists]

    def _simplices(
        self, group: Sequence[tuple[LinearFact, Term]], signs: dict[Term, _Coordinate | None]
    ) -> Iterator[tuple[list[Term], list[_Coordinate], fmpq_mat]]:
        """(variables, coordinates, matrix): 1 and the variables are the matrix times the coordinates."""
        inside = sorted(frozenset[Term]().union(*(_atoms(f) for f, _ in group)), key=lambda t: t.digest)
        rows: dict[tuple[fmpq, ...], _Coordinate] = {}
        for f, fact in group:
            row = tuple(f.form.get(m, fmpq(0)) for m in [(), *(((a, 1),) for a in inside)])
            rows.setdefault(row, _Coordinate(poly.to_term(f.form), fact, f.relation == "gt", 0))
        for k, a in enumerate(inside):
            sign = signs[a]
            if sign is not None and sign.term in (a, -a):
                row = tuple(fmpq((1 if sign.term == a else -1) if n == k + 1 else 0) for n in range(len(inside) + 1))
                rows.setdefault(row, sign)
        one = tuple(fmpq(n == 0) for n in range(len(inside) + 1))
        rows[one] = _Coordinate(num(1), None, True, 0)
        for chosen in combinations(list(rows)[:10], len(inside) + 1):
            matrix = fmpq_mat(len(chosen), len(chosen), [x for row in chosen for x in row])
            if matrix.det() != 0:
                yield inside, [rows[row] for row in chosen], matrix.inv()

    def _form(
        self, chosen: Sequence[tuple[list[Term], list[_Coordinate], fmpq_mat]], rest: list[Term], signs: dict[Term, Any]
    ) -> Iterator[_Form]:
        groups = [inside for inside, _, _ in chosen] + ([rest] if rest else [])
        coordinates = [replace(c, group=k) for k, (_, found, _) in enumerate(chosen) for c in found]
        first = len(coordinates)
        coordinates += [replace(signs[a], group=len(chosen)) for a in rest]
        halved = {a for a in rest if signs[a].term.op == "pow"}
        degree = [[_degree_in(m, group, halved) for m in self.g] for group in groups]
        plain = bool(rest) and len(set(degree[-1])) > 1
        if plain:
            coordinates.append(_Coordinate(num(1), None, True, len(chosen)))
        ring = fmpq_mpoly_ctx.get([f"u{k}" for k in range(len(coordinates))], Ordering.lex)
        u = ring.gens()
        values: dict[Term, Any] = {}
        ones: list[Any] = []
        place = 0
        for inside, found, matrix in chosen:
            combined = [
                sum((matrix[i, j] * u[place + j] for j in range(len(found))), start=ring.constant(0))
                for i in range(len(found))
            ]
            ones.append(combined[0])
            values.update(zip(inside, combined[1:], strict=True))
            place += len(found)
        for k, a in enumerate(rest):
            values[a] = -u[first + k] if signs[a].term == -a else u[first + k]
        if rest:
            ones.append(u[-1] if plain else None)
        value: Any = ring.constant(0)
        one: Any = ring.constant(1)
        for n, (m, c) in enumerate(self.g.items()):
            part = ring.constant(c)
            for t, e in m:
                part *= values[t] ** (e // 2 if t in halved else e)
            for k, unit in enumerate(ones):
                if unit is not None:
                    part *= unit ** (max(degree[k]) - degree[k][n])
            value += part
        for k, unit in enumerate(ones):
            one = None if unit is None or one is None else one * unit ** max(degree[k])
        yield _Form(tuple(coordinates), value, one)

    def _derived(self, sequent: Sequent, tree: _Form | _Split) -> Derivation | None:
        if isinstance(tree, _Split):
            parts = []
            for case, part in zip((tree.below <= tree.above, tree.above <= tree.below), tree.parts, strict=True):
                found = self._derived(sequent.with_hypothesis("", case), part)
                if found is None:
                    return None
                parts.append(found)
            return Derivation(self.goal, "sos", parts=tuple(parts))
        facts = [c.fact for c in tree.coordinates if c.fact is not None]
        places: dict[int, int] = {}
        for k, c in enumerate(tree.coordinates):
            if c.fact is not None:
                places[k] = len(places)
        squares: list[tuple[Fraction, Term, tuple[int, ...]]] = []
        if tree.margin:
            squares.append((poly.to_fraction(tree.margin), num(1), ()))
        for powers, coefficient in _terms(tree.value):
            strict = self.strict and all(tree.coordinates[k].strict for k, e in enumerate(powers) if e)
            base: Term = num(1)
            factors: list[int] = []
            for k, e in enumerate(powers):
                if k in places:
                    factors += [places[k]] * (e if strict else e % 2)
                    if not strict and e > 1:
                        base = base * (tree.coordinates[k].term if e < 4 else tree.coordinates[k].term ** (e // 2))
            squares.append((poly.to_fraction(coefficient), base, tuple(factors)))
        return self.prover.by(sos.RULE, sequent, self.goal, facts, squares)


@dataclass
class _Cover:
    """The search for cases after which no coefficient is negative."""

    strict: bool
    deadline: float
    evenly: bool
    nodes: int = 0

    def cover(self, form: _Form, height: int) -> _Form | _Split | None:
        """The cases, or None if none were found within the limits."""
        self.nodes += 1
        if _mass(form) == 0 and (not self.strict or form.margin or _strict_part(form)):
            return form
        if height == 0 or self.nodes >= MAX_NODES or time.monotonic() > self.deadline or _fails(form):
            return None
        best: tuple[tuple[float, ...], tuple[int, int], tuple[_Form, _Form]] | None = None
        for i, j in combinations(range(len(form.coordinates)), 2):
            if form.coordinates[i].group == form.coordinates[j].group:
                halves = (_ordered(form, i, j), _ordered(form, j, i))
                weight: tuple[float, ...] = (sum(_mass(half) for half in halves),)
                if self.evenly:
                    weight = (form.coordinates[i].size + form.coordinates[j].size, *weight)
                if best is None or weight < best[0]:
                    best = weight, (i, j), halves
        if best is None:
            return None
        parts = []
        for half in best[2]:
            part = self.cover(half, height - 1)
            if part is None:
                return None
            parts.append(part)
        i, j = best[1]
        return _Split(form.coordinates[i].term, form.coordinates[j].term, (parts[0], parts[1]))


def _ordered(form: _Form, i: int, j: int) -> _Form:
    """The form where coordinate i is at most coordinate j."""
    low, high = form.coordinates[i], form.coordinates[j]
    coordinates = list(form.coordinates)
    coordinates[i] = replace(low, size=low.size + high.size)
    coordinates[j] = _Coordinate(high.term - low.term, low.term <= high.term, False, low.group, high.size)
    u = list(form.value.context().gens())
    u[j] = u[i] + u[j]
    one = None if form.one is None else form.one.compose(*u)
    return _Form(tuple(coordinates), form.value.compose(*u), one, form.margin)


def _terms(p: Any) -> list[tuple[tuple[int, ...], fmpq]]:
    """The exponents and coefficients of a polynomial."""
    return [(tuple(map(int, powers)), c) for powers, c in p.to_dict().items()]


def _mass(form: _Form) -> float:
    """How negative the coefficients are, as those of Bernstein polynomials on the part of the first simplex."""
    total = 0.0
    for powers, c in _terms(form.value):
        if c < 0:
            weight = float(c.p) / float(c.q)
            counts: dict[int, int] = {}
            for coordinate, e in zip(form.coordinates, powers, strict=True):
                counts[coordinate.group] = counts.get(coordinate.group, 0) + e
                weight *= factorial(e) / coordinate.size**e
            for e in counts.values():
                weight /= factorial(e)
            total -= weight
    return total


def _fails(form: _Form) -> bool:
    """Whether the value is negative at a corner of the cone: no cases can help."""
    for powers, c in _terms(form.value):
        groups = [form.coordinates[k].group for k, e in enumerate(powers) if e]
        if c < 0 and len(groups) == len(set(groups)):
            return True
    return False


def _strict_part(form: _Form) -> bool:
    return any(
        c > 0 and all(form.coordinates[k].strict for k, e in enumerate(powers) if e) for powers, c in _terms(form.value)
    )


def _atoms(fact: LinearFact) -> frozenset[Term]:
    return frozenset(t for m in fact.form for t, _ in m)


def _degree_in(m: poly.Monomial, group: Sequence[Term], halved: set[Term]) -> int:
    return sum(e // 2 if t in halved else e for t, e in m if t in group)
