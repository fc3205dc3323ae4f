"""Search for g = sum of nonnegative monomials times squares of differences or sums of two monomials.

In exponents: x^p + x^q - 2 x^((p + q)/2) is never negative if p and q are congruent modulo 2 and even in the variables
without a sign. All such columns with p and q in the Newton polytope of g are offered to a linear program, first those
whose ends are monomials of g. The inequalities of Cauchy-Schwarz, Hoelder and Muirhead and many cases of that between
the arithmetic and the geometric mean are of this kind.

Source: B. Reznick, "Forms derived from the arithmetic-geometric inequality" (Math. Ann. 283, 1989).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations, product

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import sos
from symproof.kernel.rules.linear import LinearFact, directions
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.linear_search import combination
from symproof.tactics.semidefinite import affine_solutions

__all__ = ["binomial_squares", "by_binomial_squares"]

MAX_ATOMS = 10
MAX_CANDIDATES = 30_000
MAX_POINTS = 90
MAX_COLUMNS = 240

Point = tuple[int, ...]
Column = tuple[Point, Point, int]


def by_binomial_squares(prover: GoalSearch, sequent: Sequent, goal: Term) -> Derivation | None:
    """A polynomial inequality by such a sum, or None."""
    try:
        (g, strict), *more = directions(goal, normalizer_in(sequent, prover.discharge))
    except Refusal:
        return None
    atoms = sorted({t for m in g for t, _ in m}, key=lambda t: t.digest)
    if more or not 2 <= len(atoms) <= MAX_ATOMS or len(g) > MAX_POINTS:
        return None
    signed = [a for a in atoms if prover.discharge(sequent, a >= 0)]
    found = binomial_squares(g, strict, signed, prover.deadline)
    if found is None:
        return None
    squares = [(w, poly.to_term(base), tuple(signed.index(t) for t in factors)) for w, base, factors in found]
    return prover.by(sos.RULE, sequent, goal, [a >= 0 for a in signed], squares)


def binomial_squares(
    g: Polynomial, strict: bool, signed: Sequence[Term], deadline: float = math.inf
) -> list[tuple[Fraction, Polynomial, tuple[Term, ...]]] | None:
    """Triples (weight, base, factors) with g = sum weight base^2 prod factors, or None if none were found.

    Args:
        g: a polynomial.
        strict: whether one of the terms must be a positive constant.
        signed: atoms that are not negative; they may be factors.
        deadline: in seconds of ``time.monotonic``.
    """
    atoms = sorted({t for m in g for t, _ in m}, key=lambda t: t.digest)
    free = [k for k, t in enumerate(atoms) if t not in signed]
    support = {tuple(dict(m).get(t, 0) for t in atoms): c for m, c in g.items()}
    even = {p for p in support if all(p[k] % 2 == 0 for k in free)}
    ends = {p for p in even if support[p] > 0}
    wanted = set(support) - ends
    tiers: list[Iterable[Point]] = [ends | (wanted & even)]
    inside = [p for p in _lattice(list(support)) if all(p[k] % 2 == 0 for k in free)]
    if len(ends) < len(inside) <= MAX_POINTS:
        tiers.append(inside)
    for points in tiers:
        found = _combined(g, strict, atoms, free, sorted(points), deadline)
        if found is not None:
            return found
    return None


def _combined(
    g: Polynomial, strict: bool, atoms: Sequence[Term], free: Sequence[int], points: Sequence[Point], deadline: float
) -> list[tuple[Fraction, Polynomial, tuple[Term, ...]]] | None:
    columns: list[Column] = [(p, p, 0) for p in points if any(p)]
    for p, q in combinations(points, 2):
        if all((a - b) % 2 == 0 for a, b in zip(p, q, strict=True)):
            odd = any((p[k] + q[k]) // 2 % 2 for k in free)
            columns += [(p, q, sign) for sign in ((-1, 1) if odd else (-1,))]
    if len(columns) > MAX_COLUMNS:
        return None
    forms = [_form(c, atoms) for c in columns]
    values = combination(g, strict, [LinearFact(f, "ge") for f in forms], len(forms), deadline)
    if values is None:
        return None
    result: list[tuple[Fraction, Polynomial, tuple[Term, ...]]] = []
    rest = g
    for (p, q, sign), form, value in zip(columns, forms, values, strict=True):
        if value != 0:
            rest = poly.add(rest, form, -value)
            base = {_monomial(p, atoms, 2): fmpq(1)}
            if sign:
                base[_monomial(q, atoms, 2)] = fmpq(sign)
            result.append((poly.to_fraction(value), base, tuple(t for t, e in zip(atoms, p, strict=True) if e % 2)))
    constant = poly.constant_value(rest)
    if constant is None or constant < 0 or (strict and constant == 0):
        return None
    if constant:
        result.append((poly.to_fraction(constant), poly.constant(fmpq(1)), ()))
    return result


def _form(column: Column, atoms: Sequence[Term]) -> Polynomial:
    p, q, sign = column
    if not sign:
        return {_monomial(p, atoms): fmpq(1)}
    middle = tuple((a + b) // 2 for a, b in zip(p, q, strict=True))
    return {_monomial(p, atoms): fmpq(1), _monomial(q, atoms): fmpq(1), _monomial(middle, atoms): fmpq(2 * sign)}


def _monomial(p: Point, atoms: Sequence[Term], root: int = 1) -> poly.Monomial:
    return poly.sort_monomial([(t, e // root) for t, e in zip(atoms, p, strict=True) if e // root])


def _lattice(support: Sequence[Point]) -> list[Point]:
    """Points with whole coordinates in the affine hull of the support, between its bounds in some directions."""
    size = len(support[0])
    rows = [[fmpq(a - b) for a, b in zip(p, support[0], strict=True)] for p in support[1:]]
    _, normals = affine_solutions(rows, [fmpq(0)] * len(rows), size) or ([], [])
    levels = [sum((a * b for a, b in zip(n, support[0], strict=True)), start=fmpq(0)) for n in normals]
    boxes = [range(min(c), max(c) + 1) for c in zip(*support, strict=True)]
    if math.prod(map(len, boxes)) > MAX_CANDIDATES:
        return []
    pairs = list(combinations(range(size), 2))
    sums = [[p[i] + p[j] for p in support] for i, j in pairs]
    gaps = [[p[i] - p[j] for p in support] for i, j in pairs]
    totals = [sum(p) for p in support]
    limits = [(min(s), max(s), min(d), max(d)) for s, d in zip(sums, gaps, strict=True)]
    found = []
    for p in product(*boxes):
        if (
            min(totals) <= sum(p) <= max(totals)
            and all(
                a <= p[i] + p[j] <= b and c <= p[i] - p[j] <= d
                for (i, j), (a, b, c, d) in zip(pairs, limits, strict=True)
            )
            and all(
                sum((a * b for a, b in zip(n, p, strict=True)), start=fmpq(0)) == level
                for n, level in zip(normals, levels, strict=True)
            )
        ):
            found.append(p)
            if len(found) > 4 * MAX_POINTS:
                return []
    return found
