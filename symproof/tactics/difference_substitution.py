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
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, islice, product
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
from symproof.tactics.cone_cover import Coordinate, Cover, Form, Split, exponents
from symproof.tactics.derivation import Derivation, GoalSearch

__all__ = ["by_difference_substitution"]

MAX_ATOMS = 6
MAX_MONOMIALS = 400
MAX_HEIGHT = 14
MAX_CONES = 6
MAX_SIGN_CASES = 3
MARGINS = (fmpq(1), fmpq(1, 10), fmpq(1, 1000))
MAX_FORMS = 24


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
            tree = Cover(self.strict, self.deadline, evenly).cover(form, MAX_HEIGHT)
            if tree is not None:
                return self._derived(sequent, tree)
            if time.monotonic() > self.deadline:
                return None
        return None

    def _margins(self, form: Form) -> Iterator[Form]:
        """The form and, for a strict goal, with something subtracted that is positive."""
        if self.strict and form.one is not None:
            for c in MARGINS:
                yield replace(form, value=form.value - c * form.one, margin=c)
        yield form

    def _sign(self, sequent: Sequent, a: Term) -> Coordinate | None:
        """What is not negative: the atom, its opposite or, if only its even powers occur, its square."""
        for term, fact, strict in ((a, a > 0, True), (-a, a < 0, True), (a, a >= 0, False), (-a, a <= 0, False)):
            if self.prover.discharge(sequent, fact):
                return Coordinate(term, fact, strict, 0)
        even = all(e % 2 == 0 for m in self.g for t, e in m if t == a)
        if even and self.prover.discharge(sequent, a**2 >= 0):
            return Coordinate(a**2, a**2 >= 0, False, 0)
        return None

    def _groups(self, atoms: Sequence[Term]) -> list[list[tuple[LinearFact, Term]]]:
        """The linear facts, those with common variables together."""
        groups: list[list[tuple[LinearFact, Term]]] = []
        for fact in self.linear:
            touching = [g for g in groups if any(_atoms(fact[0]) & _atoms(f) for f, _ in g)]
            groups = [g for g in groups if g not in touching] + [[*(f for g in touching for f in g), fact]]
        return groups

    def _forms(
        self, atoms: Sequence[Term], signs: dict[Term, Coordinate | None], wide: Sequence[Sequence[Any]]
    ) -> Iterator[Form]:
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
        self, group: Sequence[tuple[LinearFact, Term]], signs: dict[Term, Coordinate | None]
    ) -> Iterator[tuple[list[Term], list[Coordinate], fmpq_mat]]:
        """(variables, coordinates, matrix): 1 and the variables are the matrix times the coordinates."""
        inside = sorted(frozenset[Term]().union(*(_atoms(f) for f, _ in group)), key=lambda t: t.digest)
        rows: dict[tuple[fmpq, ...], Coordinate] = {}
        for f, fact in group:
            row = tuple(f.form.get(m, fmpq(0)) for m in [(), *(((a, 1),) for a in inside)])
            rows.setdefault(row, Coordinate(poly.to_term(f.form), fact, f.relation == "gt", 0))
        for k, a in enumerate(inside):
            sign = signs[a]
            if sign is not None and sign.term in (a, -a):
                row = tuple(fmpq((1 if sign.term == a else -1) if n == k + 1 else 0) for n in range(len(inside) + 1))
                rows.setdefault(row, sign)
        one = tuple(fmpq(n == 0) for n in range(len(inside) + 1))
        rows[one] = Coordinate(num(1), None, True, 0)
        for chosen in combinations(list(rows)[:10], len(inside) + 1):
            matrix = fmpq_mat(len(chosen), len(chosen), [x for row in chosen for x in row])
            if matrix.det() != 0:
                yield inside, [rows[row] for row in chosen], matrix.inv()

    def _form(
        self, chosen: Sequence[tuple[list[Term], list[Coordinate], fmpq_mat]], rest: list[Term], signs: dict[Term, Any]
    ) -> Iterator[Form]:
        groups = [inside for inside, _, _ in chosen] + ([rest] if rest else [])
        coordinates = [replace(c, group=k) for k, (_, found, _) in enumerate(chosen) for c in found]
        first = len(coordinates)
        coordinates += [replace(signs[a], group=len(chosen)) for a in rest]
        halved = {a for a in rest if signs[a].term.op == "pow"}
        degree = [[_degree_in(m, group, halved) for m in self.g] for group in groups]
        plain = bool(rest) and len(set(degree[-1])) > 1
        if plain:
            coordinates.append(Coordinate(num(1), None, True, len(chosen)))
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
        yield Form(tuple(coordinates), value, one)

    def _derived(self, sequent: Sequent, tree: Form | Split) -> Derivation | None:
        if isinstance(tree, Split):
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
        for powers, coefficient in exponents(tree.value):
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


def _atoms(fact: LinearFact) -> frozenset[Term]:
    return frozenset(t for m in fact.form for t, _ in m)


def _degree_in(m: poly.Monomial, group: Sequence[Term], halved: set[Term]) -> int:
    return sum(e // 2 if t in halved else e for t, e in m if t in group)
