"""Polynomial inequalities in positive variables by weighted arithmetic and geometric means.

Each term -d x^b with d > 0 is compensated by terms w_i x^(a_i), where the w_i add up to d and the mean of the a_i with
these weights is b; a linear program finds them. With z_i = x^(a_i - b), the inequality w . z >= d follows from
log(z_i) <= z_i - 1, as w . log(z) = 0; the factor x^b is positive. Variables that may vanish are treated apart.

Source: G. H. Hardy, J. E. Littlewood, G. Polya, "Inequalities" (1934), section 2.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import bound, elementary, sos
from symproof.kernel.rules.linear import directions
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Eq, log, num
from symproof.logic.term import Term
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.exact_lp import maximize

__all__ = ["by_arithmetic_geometric"]

MAX_ATOMS = 8
MAX_TERMS = 40


def by_arithmetic_geometric(
    prover: GoalSearch, sequent: Sequent, goal: Term, depth: int, splits: int
) -> Derivation | None:
    """An inequality between polynomials in nonnegative variables, or None."""
    try:
        ((g, _), *more) = directions(goal, normalizer_in(sequent, prover.discharge))
    except Refusal:
        return None
    atoms = sorted({t for m in g for t, _ in m}, key=lambda t: t.digest)
    if more or len(g) > MAX_TERMS or not 1 <= len(atoms) <= MAX_ATOMS:
        return None
    if not all(prover.discharge(sequent, a >= 0) for a in atoms):
        return None
    weights = _weights(g)
    if weights is None:
        return None
    zero = next((a for a in atoms if not prover.discharge(sequent, a > 0)), None)
    if zero is not None:
        if zero.op != "var" or splits >= MAX_ATOMS:
            return None
        positive = by_arithmetic_geometric(prover, sequent.with_hypothesis("", zero > 0), goal, depth, splits + 1)
        if positive is None:
            return None
        vanishing = prover.prove(sequent.with_hypothesis("", Eq(zero, 0)), goal, depth, splits + 1)
        return None if vanishing is None else Derivation(goal, "bound", parts=(positive, vanishing))
    means: list[Derivation] = []
    for m, parts in weights:
        mean = _mean(prover, sequent, m, parts)
        if mean is None:
            return None
        means.append(mean)
    rest = {m: c for m, c in g.items() if c > 0}
    for _, parts in weights:
        for m, w in parts:
            rest = dict(poly.add(rest, {m: w}, -1))
    facts = [*(d.goal for d in means), *(a > 0 for a in atoms)]
    squares: list[tuple[Fraction, Term, tuple[int, ...]]] = [(Fraction(1), num(1), (k,)) for k in range(len(means))]
    for m, c in rest.items():
        factors = tuple(len(means) + atoms.index(t) for t, e in m for _ in range(e))
        squares.append((poly.to_fraction(c), num(1), factors))
    found = prover.by(sos.RULE, sequent, goal, facts, squares)
    return None if found is None else Derivation(goal, "bound", parts=(*means, found))


def _weights(g: Polynomial) -> list[tuple[Monomial, list[tuple[Monomial, fmpq]]]] | None:
    """For each monomial with a negative coefficient those that compensate it, with their weights; None if none do."""
    down, up = [m for m, c in g.items() if c < 0], [m for m, c in g.items() if c > 0]
    atoms = sorted({t for m in g for t, _ in m}, key=lambda t: t.digest)
    if not down or not up:
        return None
    width = len(down) * len(up)
    nothing = fmpq(0)
    matrix, right = [], []
    for j, m in enumerate(down):
        for t in (None, *atoms):
            row = [nothing] * (width + len(up))
            for i, n in enumerate(up):
                row[j * len(up) + i] = fmpq(1 if t is None else dict(n).get(t, 0))
            matrix.append(row)
            right.append(-g[m] * (1 if t is None else dict(m).get(t, 0)))
    for i, n in enumerate(up):
        matrix.append([fmpq(k == width + i or (k < width and k % len(up) == i)) for k in range(width + len(up))])
        right.append(g[n])
    point = maximize(matrix, right, [nothing] * (width + len(up)))
    if point is None:
        return None
    return [(m, [(n, w) for n, w in zip(up, point[j * len(up) :], strict=False) if w != 0]) for j, m in enumerate(down)]


def _mean(
    prover: GoalSearch, sequent: Sequent, m: Monomial, parts: Sequence[tuple[Monomial, fmpq]]
) -> Derivation | None:
    """The sum of the weighted monomials is at least that of the weights times the monomial m."""
    middle = poly.to_term({m: fmpq(1)})
    ratios = [poly.to_term({n: fmpq(1)}) / middle for n, _ in parts]
    fractions = [poly.to_fraction(w) for _, w in parts]
    weights = [num(w) for w in fractions]
    total = num(sum(fractions, start=Fraction(0)))
    known: list[Derivation] = []
    for z in ratios:
        inequality = next((b.args[1] for b in bound.bounds_of(log(z)) if b.op == "implies"), None)
        if inequality is None or not prover.discharge(sequent, z > 0) or inequality != (log(z) <= z - 1):
            return None
        known.append(Derivation(inequality, "bound"))
    logarithms = sum((w * log(z) for w, z in zip(weights, ratios, strict=True)), start=num(0))
    balance = prover.by(elementary.RULE, sequent, Eq(logarithms, 0))
    if balance is None or not prover.discharge(sequent, middle > 0):
        return None
    goal = sum((w * poly.to_term({n: fmpq(1)}) for w, (n, _) in zip(weights, parts, strict=True)), start=num(0))
    facts = [*(d.goal for d in known), middle > 0, balance.goal]
    squares: list[tuple[Fraction, Term, tuple[int, ...]]] = [
        (w, num(1), (k, len(known))) for k, w in enumerate(fractions)
    ]
    squares.append((Fraction(-1), middle, (len(known) + 1,)))
    found = prover.by(sos.RULE, sequent, goal >= total * middle, facts, squares)
    return None if found is None else Derivation(found.goal, "bound", parts=(*known, balance, found))
