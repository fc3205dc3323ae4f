"""Search for sums of squares: g = sum weight * square^2 * product of facts (Positivstellensatz certificates).

First by exact linear programming over squares of monomials and of sums and differences of two, which also covers
products of facts; then with full Gram matrices, whose basis is reduced at rational zeros of g, rounded exactly.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, combinations_with_replacement, product

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules.linear import LinearFact, LinearFacts, directions
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.tactics.linear_search import combination
from symproof.tactics.semidefinite import affine_solutions, positive_point, weighted_squares

__all__ = ["multiple_evidence", "sos_evidence"]

Certificate = list[tuple[Fraction, Term, tuple[int, ...]]]
MAX_COLUMNS = 260
MAX_PRODUCTS = 28
MAX_BASIS = 15
MAX_ZEROS = 12
MAX_CANDIDATES = 1_500
GRID = tuple(fmpq(*v) for v in ((0, 1), (1, 1), (-1, 1), (2, 1), (1, 2), (-2, 1), (-1, 2), (3, 1), (1, 3)))


@dataclass(frozen=True)
class _Product:
    """A product of facts: their positions, the polynomial, and whether all of them are strict."""

    factors: tuple[int, ...]
    form: Polynomial
    strict: bool


def sos_evidence(
    goal: Term,
    facts: Sequence[Term],
    sequent: Sequent,
    discharge: Callable[[Sequent, Term], bool],
    extra_degree: int = 0,
    deadline: float = math.inf,
    gram: bool = True,
) -> Certificate | None:
    """The decomposition that the rule ``sos`` wants for ``goal`` from ``facts``, or None if none was found."""
    try:
        normalize = normalizer_in(sequent, discharge)
        known = list(LinearFacts(facts, goal, normalize))
        needed = directions(goal, normalize)
        if len(needed) != 1:
            return None
        search = _Search(needed[0][0], needed[0][1], known, normalize, extra_degree)
        search.deadline = deadline
        return search.run(gram)
    except Refusal:
        return None


def multiple_evidence(
    g: Polynomial, strict: bool, known: list[LinearFact], normalize: Normalizer, deadline: float
) -> Certificate | None:
    """The decomposition of a polynomial g >= 0 (> 0 if ``strict``) with the known facts, or None."""
    search = _Search(g, strict, known, normalize, 0)
    search.deadline = deadline
    return search.run(True)


class _Search:
    def __init__(self, g: Polynomial, strict: bool, known: list[LinearFact], normalize: Normalizer, extra: int) -> None:
        self.g, self.strict, self.known, self.normalize = g, strict, known, normalize
        self.used = _relevant(g, known)
        forms = [g, *(known[k].form for k in self.used)]
        self.atoms = sorted({t for p in forms for m in p for t, _ in m}, key=lambda t: t.digest)
        top = _degree(g) if g else max((_degree(p) for p in forms), default=0)
        self.degree = max(top + top % 2, 2) + 2 * extra
        self.deadline = math.inf
        self.normals = self._normals()
        self.products = list(self._products())

    def run(self, gram: bool) -> Certificate | None:
        """A certificate, or None."""
        found = self._by_lines()
        for scalar in (False, True) if gram else ():
            if found is None and time.monotonic() < self.deadline:
                found = self._by_gram(scalar)
        return found

    def _products(self) -> Iterator[_Product]:
        yield _Product((), poly.constant(fmpq(1)), True)
        inequalities = [k for k in self.used if self.known[k].relation != "eq"]
        count = 1
        for size in (1, 2, 3):
            for chosen in combinations_with_replacement(inequalities, size):
                repeated = len(set(chosen)) < size
                if repeated and not all(self.known[k].relation == "gt" for k in chosen):
                    continue
                if size == 3 and len(inequalities) > 4:
                    return
                form = poly.constant(fmpq(1))
                for k in chosen:
                    form = self.normalize.product(form, self.known[k].form)
                if form and _degree(form) <= self.degree:
                    yield _Product(chosen, form, all(self.known[k].relation == "gt" for k in chosen))
                    count += 1
                    if count >= MAX_PRODUCTS:
                        return

    def _normals(self) -> list[dict[Term, fmpq]]:
        """Weights of the atoms for which g and the facts that are used are homogeneous."""
        forms = [p for p in (self.g, *(self.known[k].form for k in self.used)) if p]
        if not self.g or len(self.atoms) > MAX_BASIS:
            return []
        rows = []
        for form in forms:
            first, *others = (dict(m) for m in form)
            rows += [[fmpq(m.get(t, 0) - first.get(t, 0)) for t in self.atoms] for m in others]
        _, basis = affine_solutions(rows, [fmpq(0)] * len(rows), len(self.atoms)) or ([], [])
        return [dict(zip(self.atoms, normal, strict=True)) for normal in basis]

    def _level(self, m: Monomial, times: int = 1) -> list[fmpq]:
        return [sum((normal[t] * e * times for t, e in m), start=fmpq(0)) for normal in self.normals]

    def _monomials(self, degree: int, form: Polynomial | None = None, times: int = 2) -> list[Monomial]:
        """Monomials up to a degree; with a form, those that lead to the weights of g in their power times the form."""
        found: list[Monomial] = []
        wanted: list[fmpq] | None = None
        if form and self.g and self.normals:
            pairs = zip(self._level(next(iter(self.g))), self._level(next(iter(form))), strict=True)
            wanted = [a - b for a, b in pairs]
        for d in range(degree, -1, -1):
            if math.comb(len(self.atoms) + d - 1, d) > MAX_CANDIDATES:
                continue
            for chosen in combinations_with_replacement(self.atoms, d):
                powers: dict[Term, int] = {}
                for t in chosen:
                    powers[t] = powers.get(t, 0) + 1
                monomial = poly.sort_monomial(powers.items())
                if wanted is not None and self._level(monomial, times) != wanted:
                    continue
                found.append(monomial)
                if len(found) > 4 * MAX_BASIS:
                    return found
        return found

    # Squares of monomials and binomials, by linear programming

    def _by_lines(self) -> Certificate | None:
        columns: list[tuple[Polynomial, tuple[int, ...], LinearFact]] = []
        for p in self.products:
            basis = self._monomials((self.degree - _degree(p.form)) // 2, p.form)
            if len(columns) + len(basis) ** 2 > MAX_COLUMNS:
                basis = basis[-1:]
            bases: list[Polynomial] = [{m: fmpq(1)} for m in basis]
            bases += [{m: fmpq(1), n: fmpq(s)} for m, n in combinations(basis, 2) for s in (1, -1)]
            for base in bases:
                if base == {(): fmpq(1)} and not p.factors:
                    continue  # the constant of the combination plays that part
                form = self.normalize.product(self.normalize.product(base, base), p.form)
                kind = "gt" if p.strict and set(base) == {()} else "ge"
                columns.append((base, p.factors, LinearFact(form, kind)))
        for k, base in self._equation_multiples():
            columns.append((base, (k,), LinearFact(self.normalize.product(base, self.known[k].form), "eq")))
        facts = [c[2] for c in columns]
        multipliers = combination(self.g, self.strict, facts, 2 * MAX_COLUMNS, self.deadline)
        if multipliers is None:
            return None
        rest = self.g
        result: Certificate = []
        for value, (base, factors, fact) in zip(multipliers, columns, strict=True):
            if value != 0:
                rest = poly.add(rest, fact.form, -value)
                result.append((poly.to_fraction(value), poly.to_term(base), factors))
        constant = poly.constant_value(rest)
        if constant is None or constant < 0:
            return None
        if constant > 0 or (not result and not self.strict):
            result.append((poly.to_fraction(constant), poly.to_term(poly.constant(fmpq(1))), ()))
        return result

    def _equation_multiples(self) -> Iterator[tuple[int, Polynomial]]:
        for k in self.used:
            if self.known[k].relation == "eq":
                form = self.known[k].form
                for m in self._monomials(max(self.degree - _degree(form), 0), form, 1)[: 2 * MAX_BASIS]:
                    yield k, {m: fmpq(1)}

    # Gram matrices

    def _by_gram(self, scalar: bool) -> Certificate | None:
        """With full Gram matrices; if ``scalar``, products of facts get constant multipliers only."""
        blocks = [(p, basis) for p in self.products if (basis := self._basis(p, scalar))]
        if not blocks or sum(len(b) * (len(b) + 1) // 2 for _, b in blocks) > MAX_COLUMNS:
            blocks = blocks[:1]
        if not blocks or any(len(b) > MAX_BASIS for _, b in blocks):
            return None
        entries = [(k, i, j) for k, (_, b) in enumerate(blocks) for i in range(len(b)) for j in range(i + 1)]
        columns = [self._entry(blocks[k], i, j) for k, i, j in entries]
        multiples = list(self._equation_multiples())
        columns += [self.normalize.product(base, self.known[k].form) for k, base in multiples]
        rows = sorted({m for c in columns for m in c} | set(self.g), key=poly.monomial_key)
        zero = fmpq(0)
        solved = affine_solutions(
            [[c.get(m, zero) for c in columns] for m in rows], [self.g.get(m, zero) for m in rows], len(columns)
        )
        if solved is None:
            return None
        base, free = solved
        sizes = [len(b) for _, b in blocks]
        point = positive_point(
            _matrices(base, entries, sizes), [_matrices(d, entries, sizes) for d in free], self.deadline
        )
        if point is None:
            return None
        values = [b + sum((y * d[n] for y, d in zip(point, free, strict=True)), start=zero) for n, b in enumerate(base)]
        return self._certificate(blocks, _matrices(values, entries, sizes), values[len(entries) :], multiples)

    def _certificate(self, blocks, matrices, coefficients, multiples) -> Certificate | None:  # type: ignore[no-untyped-def]
        result: Certificate = []
        for (p, basis), q in zip(blocks, matrices, strict=True):
            squares = weighted_squares(q)
            if squares is None:
                return None
            for weight, form in squares:
                base: Polynomial = {}
                for x, b in zip(form, basis, strict=True):
                    base = poly.add(base, b, x)
                result.append((poly.to_fraction(weight), poly.to_term(base), p.factors))
        positive = any(square.op == "num" and all(self.known[k].relation == "gt" for k in f) for _, square, f in result)
        for value, (k, base) in zip(coefficients, multiples, strict=True):
            if value != 0:
                result.append((poly.to_fraction(value), poly.to_term(base), (k,)))
        return result if positive or not self.strict else None

    def _entry(self, block: tuple[_Product, list[Polynomial]], i: int, j: int) -> Polynomial:
        p, basis = block
        entry = self.normalize.product(self.normalize.product(basis[i], basis[j]), p.form)
        return entry if i == j else poly.scale(entry, fmpq(2))

    def _basis(self, p: _Product, scalar: bool) -> list[Polynomial]:
        """Polynomials whose squares may stand before the product: they vanish where g does and the product does not."""
        if scalar and p.factors:
            return [{(): fmpq(1)}]
        monomials = self._monomials((self.degree - _degree(p.form)) // 2, p.form)
        if len(monomials) > 2 * MAX_BASIS:
            return []
        if not self.used and len(self.products) == 1:
            monomials = _pruned(monomials, self.g)
        conditions = [[_value({m: fmpq(1)}, z) for m in monomials] for z in self._zeros() if _value(p.form, z) > 0]
        if not conditions:
            return [{m: fmpq(1)} for m in monomials]
        _, kernel = affine_solutions(conditions, [fmpq(0)] * len(conditions), len(monomials)) or ([], [])
        return [{m: c for m, c in zip(monomials, vector, strict=True) if c != 0} for vector in kernel]

    def _zeros(self) -> list[dict[Term, fmpq]]:
        """Points of a small grid where g vanishes and the facts hold (as polynomials in independent atoms)."""
        if not hasattr(self, "_found_zeros"):
            self._found_zeros: list[dict[Term, fmpq]] = []
            values = GRID if len(self.atoms) <= 3 else GRID[:3]
            if not self.g or len(values) ** len(self.atoms) > 2_500:
                return self._found_zeros
            for chosen in product(values, repeat=len(self.atoms)):
                point = dict(zip(self.atoms, chosen, strict=True))
                if _value(self.g, point) == 0 and all(self._admits(self.known[k], point) for k in self.used):
                    self._found_zeros.append(point)
                    if len(self._found_zeros) >= MAX_ZEROS:
                        break
        return self._found_zeros

    def _admits(self, fact: LinearFact, point: dict[Term, fmpq]) -> bool:
        value = _value(fact.form, point)
        return bool(value == 0 if fact.relation == "eq" else value >= 0)


def _degree(p: Polynomial) -> int:
    return max((sum(e for _, e in m) for m in p), default=0)


def _relevant(g: Polynomial, known: Sequence[LinearFact]) -> list[int]:
    """The facts that share atoms with g, directly or through other facts; all of them if g is constant."""
    wanted = {t for m in g for t, _ in m}
    support = [{t for m in f.form for t, _ in m} for f in known]
    if not wanted:
        return [k for k, s in enumerate(support) if s]
    chosen: list[int] = []
    changed = True
    while changed:
        changed = False
        for k, atoms in enumerate(support):
            if k not in chosen and atoms & wanted:
                chosen.append(k)
                wanted |= atoms
                changed = True
    return sorted(chosen)


def _value(p: Polynomial, point: dict[Term, fmpq]) -> fmpq:
    total = fmpq(0)
    for m, c in p.items():
        for t, e in m:
            c = c * point[t] ** e
        total += c
    return total


def _pruned(monomials: list[Monomial], g: Polynomial) -> list[Monomial]:
    """Without monomials whose square can be cancelled neither by g nor by products of two others."""
    while True:
        products = {poly.multiply_monomials(m, n) for m, n in combinations(monomials, 2)}
        kept = [m for m in monomials if (s := poly.multiply_monomials(m, m)) in g or s in products]
        if len(kept) == len(monomials):
            return kept
        monomials = kept


def _matrices(
    values: Sequence[fmpq], entries: Sequence[tuple[int, int, int]], sizes: Sequence[int]
) -> list[list[list[fmpq]]]:
    result = [[[fmpq(0)] * n for _ in range(n)] for n in sizes]
    for (k, i, j), value in zip(entries, values, strict=False):
        result[k][i][j] = result[k][j][i] = value
    return result
