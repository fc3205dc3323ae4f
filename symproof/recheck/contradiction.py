"""Multipliers that show facts to contradict each other, where a certificate has none that fit.

In facts that contradict each other an absolute value may be known to be both ``a`` and ``-a``; which of them a normal
form has is then a matter of writing, and so is what multipliers fit it. The search is exact (the simplex method over Q,
by the rule of Bland, so that it ends), and what it finds is checked like what a certificate says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from flint import fmpq

from symproof.recheck.linear_arithmetic import Form, Normalize, as_form
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, op, relation

__all__ = ["contradiction"]

MOST_ENTRIES = 10_000
"""Larger tableaus are not tried."""


def contradiction(facts: Iterable[Term], normalize: Normalize) -> tuple[tuple[Term, Fraction], ...] | None:
    """(relation, multiplier) pairs whose sum says that something negative is not, or None."""
    known: list[tuple[Term, Form]] = []
    for fact in dict.fromkeys(p for f in facts for p in (f, *_bounds(f))):
        try:
            known.append((fact, as_form(fact, normalize)))
        except Refused:
            continue
    columns = [(position, 1) for position in range(len(known))]
    columns += [(position, -1) for position, (_, form) in enumerate(known) if form.relation == "eq"]
    monomials = list(dict.fromkeys(m for _, form in known for m in form.p if m))
    if not columns or (len(monomials) + 2) * len(columns) > MOST_ENTRIES:
        return None
    nothing = fmpq(0)
    rows = [[known[k][1].p.get(m, nothing) * s for k, s in columns] + [nothing] for m in monomials]
    rows.append([known[k][1].p.get((), nothing) * s for k, s in columns] + [fmpq(1)])
    rows.append([fmpq(known[k][1].relation == "gt") for k, _ in columns] + [fmpq(1)])
    found = _nonnegative_solution(rows, [nothing] * (len(rows) - 1) + [fmpq(1)])
    if found is None:
        return None
    multipliers = [nothing] * len(known)
    for (k, s), value in zip(columns, found, strict=False):
        multipliers[k] += s * value
    pairs = zip(known, multipliers, strict=True)
    return tuple((fact, Fraction(int(v.p), int(v.q))) for (fact, _), v in pairs if v != 0)


def _bounds(fact: Term) -> Iterator[Term]:
    """What holds for the absolute values, minima and maxima in a fact."""
    for t in fact.walk():
        if t.loose:
            continue
        if t.op == "abs":
            yield relation("le", t.args[0], t)
            yield relation("le", op("neg", t.args[0]), t)
        elif t.op in ("min", "max"):
            yield from (relation("le", t, a) if t.op == "min" else relation("le", a, t) for a in t.args)


def _nonnegative_solution(rows: list[list[fmpq]], right: list[fmpq]) -> list[fmpq] | None:
    """Numbers x >= 0 with ``rows x = right`` (right >= 0), or None if there are none."""
    count, width = len(rows), len(rows[0])
    table = [[*row, value] for row, value in zip(rows, right, strict=True)]
    basis = [-1] * count  # -1: the row's own variable, which has to become 0
    while True:
        open_rows = [i for i in range(count) if basis[i] < 0]
        gain = next((j for j in range(width) if sum((table[i][j] for i in open_rows), fmpq(0)) > 0), None)
        if gain is None:
            break
        ratios = [(table[i][-1] / table[i][gain], basis[i], i) for i in range(count) if table[i][gain] > 0]
        _, _, pivot = min(ratios)
        scale = 1 / table[pivot][gain]
        table[pivot] = [v * scale for v in table[pivot]]
        for i in range(count):
            factor = table[i][gain]
            if i != pivot and factor != 0:
                table[i] = [v - factor * p if p != 0 else v for v, p in zip(table[i], table[pivot], strict=True)]
        basis[pivot] = gain
    if any(basis[i] < 0 and table[i][-1] != 0 for i in range(count)):
        return None
    solution = [fmpq(0)] * width
    for i, j in enumerate(basis):
        if j >= 0:
            solution[j] = table[i][-1]
    return solution
