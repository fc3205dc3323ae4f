"""Search for cofactors: an equation as a combination of equations, by linear algebra in bounded degree."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations_with_replacement

from flint import fmpq, fmpq_mat

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.normal_form import clear_denominators
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term

__all__ = ["ideal_evidence", "solve_linear"]

MAX_UNKNOWNS = 400
MAX_DEGREE = 4


def ideal_evidence(
    goal: Term, equations: Sequence[Term], sequent: Sequent, discharge: Callable[[Sequent, Term], bool]
) -> list[Term] | None:
    """The cofactors that the rule ``ideal`` wants for an equation from ``equations``, or None if none were found."""
    normalize = normalizer_in(sequent, discharge)
    try:
        target = poly.add(normalize(goal.args[0]), normalize(goal.args[1]), -1)
        known = [poly.add(normalize(e.args[0]), normalize(e.args[1]), -1) for e in equations]
        cleared, _ = clear_denominators(target, sequent, discharge)
    except Refusal:
        return None
    for g in (target,) if cleared == target else (target, cleared):
        for degree in range(MAX_DEGREE + 1):
            cofactors = _cofactors(g, known, degree)
            if cofactors is not None and g == target:
                return [poly.to_term(c) for c in cofactors]
    return None


def _cofactors(g: Polynomial, known: Sequence[Polynomial], degree: int) -> list[Polynomial] | None:
    atoms = sorted({t for p in (g, *known) for m in p for t, _ in m}, key=lambda t: t.digest)
    monomials = [_monomial(c) for d in range(degree + 1) for c in combinations_with_replacement(atoms, d)]
    if len(monomials) * len(known) > MAX_UNKNOWNS:
        return None
    columns = [(k, m, poly.multiply(p, {m: fmpq(1)})) for k, p in enumerate(known) for m in monomials]
    rows = sorted({m for _, _, p in columns for m in p} | set(g), key=poly.monomial_key)
    solution = solve_linear(
        [[p.get(m, fmpq(0)) for _, _, p in columns] for m in rows], [g.get(m, fmpq(0)) for m in rows]
    )
    if solution is None:
        return None
    result: list[Polynomial] = [{} for _ in known]
    for (k, m, _), value in zip(columns, solution, strict=True):
        if value != 0:
            result[k] = poly.add(result[k], {m: value})
    return result


def _monomial(atoms: Sequence[Term]) -> Monomial:
    powers: dict[Term, int] = {}
    for t in atoms:
        powers[t] = powers.get(t, 0) + 1
    return poly.sort_monomial(powers.items())


def solve_linear(matrix: Sequence[Sequence[fmpq]], right: Sequence[fmpq]) -> list[fmpq] | None:
    """One solution of a linear system over the rationals, or None."""
    if not matrix or not matrix[0]:
        return None if any(b != 0 for b in right) else []
    width = len(matrix[0])
    augmented = fmpq_mat(len(matrix), width + 1, [x for row, b in zip(matrix, right, strict=True) for x in (*row, b)])
    reduced, rank = augmented.rref()
    solution = [fmpq(0)] * width
    for i in range(rank):
        pivot = next(j for j in range(width + 1) if reduced[i, j] != 0)
        if pivot == width:
            return None
        solution[pivot] = reduced[i, width]
    return solution
