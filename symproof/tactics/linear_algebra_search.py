"""Evidence for the rule ``exact_linear_algebra``: minors, kernel bases, congruences, witnesses (untrusted).

Everything is found by exact elimination over Q. The evidence is plain data: ints, and strings such as "-3/4".
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flint import fmpq, fmpq_mat

from symproof.kernel.discharge import introduce
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.kernel.sequent import Sequent, conjuncts
from symproof.logic.term import Term
from symproof.logic.text import open_binder

__all__ = ["congruence", "definiteness_witness", "kernel_basis", "rank_evidence", "search", "solve", "unsolvable_row"]

Evidence = dict[str, Any]


# Elimination -----------------------------------------------------------------------------------------------------


def _identity(n: int) -> fmpq_mat:
    return fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)])


def _pivots(reduced: fmpq_mat, rank: int) -> list[int]:
    return [next(j for j in range(reduced.ncols()) if reduced[i, j] != 0) for i in range(rank)]


def kernel_basis(a: fmpq_mat) -> fmpq_mat:
    """A matrix whose columns are a basis of the kernel."""
    reduced, rank = a.rref()
    pivots = _pivots(reduced, rank)
    free = [j for j in range(a.ncols()) if j not in pivots]
    basis = fmpq_mat(a.ncols(), len(free))
    for position, j in enumerate(free):
        basis[j, position] = 1
        for i, pivot in enumerate(pivots):
            basis[pivot, position] = -reduced[i, j]
    return basis


def solve(a: fmpq_mat, b: fmpq_mat) -> fmpq_mat | None:
    """Some X with A X = B, or None if there is none."""
    n, width = a.ncols(), b.ncols()
    joint = fmpq_mat(a.nrows(), n + width)
    for i in range(a.nrows()):
        for j in range(n + width):
            joint[i, j] = a[i, j] if j < n else b[i, j - n]
    reduced, rank = joint.rref()
    pivots = _pivots(reduced, rank)
    if any(p >= n for p in pivots):
        return None
    x = fmpq_mat(n, width)
    for i, pivot in enumerate(pivots):
        for j in range(width):
            x[pivot, j] = reduced[i, n + j]
    return x


def unsolvable_row(a: fmpq_mat, b: fmpq_mat) -> fmpq_mat | None:
    """A row y with y A = 0 and y B != 0, or None if A X = B has a solution."""
    rows = kernel_basis(a.transpose()).transpose()
    for i in range(rows.nrows()):
        y = fmpq_mat(1, rows.ncols(), [rows[i, j] for j in range(rows.ncols())])
        if any(e != 0 for e in (y * b).entries()):
            return y
    return None


def congruence(a: fmpq_mat) -> tuple[fmpq_mat, list[fmpq]]:
    """(L, D) with A = L diag(D) L^T and det L != 0, for a symmetric A; L is unit lower triangular where that can be."""
    n = a.nrows()
    work, lower = fmpq_mat(a), _identity(n)
    # Invariant: A = L work L^T, and work is diagonal in the rows and columns before k.
    for k in range(n):
        if work[k, k] == 0:
            other = next((i for i in range(k + 1, n) if work[i, i] != 0), None)
            if other is not None:
                swap = _identity(n)
                swap[k, k] = swap[other, other] = 0
                swap[k, other] = swap[other, k] = 1
                work, lower = swap * work * swap, lower * swap
            else:
                other = next((i for i in range(k + 1, n) if work[i, k] != 0), None)
                if other is None:
                    continue
                shear = _identity(n)
                shear[k, other] = 1  # adds row ``other`` to row k: the new diagonal entry is 2 work[k, other]
                back = _identity(n)
                back[k, other] = -1
                work, lower = shear * work * shear.transpose(), lower * back
        step, back = _identity(n), _identity(n)
        for i in range(k + 1, n):
            back[i, k] = work[i, k] / work[k, k]
            step[i, k] = -back[i, k]
        work, lower = step * work * step.transpose(), lower * back
    return lower, [work[i, i] for i in range(n)]


def definiteness_witness(a: fmpq_mat, *, strict: bool, sign: int = 1) -> fmpq_mat | None:
    """A column v with sign * v^T A v < 0 (or, if ``strict``, <= 0 and v != 0), or None if there is none."""
    lower, diagonal = congruence((a + a.transpose()) * fmpq(sign, 2))
    bad = next((i for i, d in enumerate(diagonal) if d < 0 or (strict and d == 0)), None)
    if bad is None:
        return None
    unit = fmpq_mat(a.nrows(), 1)
    unit[bad, 0] = 1
    return lower.transpose().solve(unit)


def rank_evidence(a: fmpq_mat) -> Evidence:
    """A minor that is not zero and a kernel basis of complementary size."""
    reduced, rank = a.rref()
    turned, _ = a.transpose().rref()
    basis = kernel_basis(a).transpose()
    return {"rows": tuple(_pivots(turned, rank)), "columns": tuple(_pivots(reduced, rank)), "kernel": _rows(basis)}


def _plain(value: fmpq) -> int | str:
    return int(value.p) if value.q == 1 and value.p.bit_length() < 64 else f"{value.p}/{value.q}"


def _rows(m: fmpq_mat) -> tuple[tuple[int | str, ...], ...]:
    return tuple(tuple(_plain(m[i, j]) for j in range(m.ncols())) for i in range(m.nrows()))


# Goals -----------------------------------------------------------------------------------------------------------


def search(goal: Term, facts: tuple[Term, ...] = (), sequent: Sequent | None = None) -> Evidence | None:
    """Evidence for ``goal``, or None: no evidence was found, or the goal is not of a known form."""
    evidence: Evidence = {}
    parts = list(_parts(sequent or Sequent(), goal))
    for reach, part in parts:
        found = _search(part, (*facts, *reach.facts()))
        if found is None:
            return None
        if evidence.keys() & found.keys():
            return None
        evidence |= found
    return evidence


def _parts(sequent: Sequent, goal: Term) -> Iterator[tuple[Sequent, Term]]:
    sequent, goal = introduce(sequent, goal)
    if goal.op == "and":
        for part in goal.args:
            yield from _parts(sequent, part)
    else:
        yield sequent, goal


def _value(t: Term) -> Any:
    """The exact value of a closed term, or None."""
    try:
        value = evaluate(t, {})
    except (Undefined, EvaluationError):
        return None
    return value if isinstance(value, fmpq | fmpq_mat) else None


def _search(goal: Term, facts: tuple[Term, ...]) -> Evidence | None:
    if goal.op == "exists":
        return _spanning(goal, facts) or _witness(goal)
    if goal.op == "not" and goal.args[0].op == "exists":
        _, body = open_binder(goal.args[0])
        return next((e for p in conjuncts(body) if (e := _excluded(p)) is not None), None)
    if goal.op == "not" and goal.args[0].op == "forall":
        return _counterexample(goal.args[0])
    if goal.op == "ne" and goal.args[0].op == "mul" and _value(goal.args[0]) is None:
        return _excluded(goal)
    form = _form(goal)
    if form is not None:
        a, sign = form
        return _congruence_evidence((a + a.transpose()) * fmpq(sign, 2))
    return _index_evidence(goal)


def _congruence_evidence(a: fmpq_mat) -> Evidence:
    lower, diagonal = congruence(a)
    return {"L": _rows(lower), "D": tuple(_plain(d) for d in diagonal)}


def _index_evidence(goal: Term) -> Evidence | None:
    for side in goal.args:
        if side.op in ("rank", "positive_index", "negative_index"):
            a = _value(side.args[0])
            if a is None or (side.op != "rank" and a != a.transpose()):
                return None
            return rank_evidence(a) if side.op == "rank" else _congruence_evidence(a)
    return {}


def _form(goal: Term) -> tuple[fmpq_mat, int] | None:
    """(A, sign) for a goal sign * v^T A v >= 0 or > 0."""
    if goal.op not in ("le", "lt", "ge", "gt"):
        return None
    form, sign = goal.args[0], 1 if goal.op in ("ge", "gt") else -1
    if form.op == "num":
        form, sign = goal.args[1], -sign
    if form.op != "trace" or form.args[0].op != "mul" or form.args[0].args[0].op != "mul":
        return None
    a = _value(form.args[0].args[0].args[1])
    return (a, sign) if isinstance(a, fmpq_mat) and _value(form) is None else None


def _equation(p: Term) -> tuple[fmpq_mat, fmpq_mat, bool] | None:
    """(A, b, False) for A x = b (or !=), (A, b, True) for x A = b, with A and b closed."""
    if p.op not in ("eq", "ne") or p.args[0].op != "mul":
        return None
    b, (first, second) = _value(p.args[1]), p.args[0].args
    for a, turned in ((_value(first), False), (_value(second), True)):
        if isinstance(a, fmpq_mat) and isinstance(b, fmpq_mat):
            return a, b, turned
    return None


def _excluded(p: Term) -> Evidence | None:
    equation = _equation(p)
    if equation is None:
        return None
    a, b, turned = equation
    y = unsolvable_row(a.transpose(), b.transpose()) if turned else unsolvable_row(a, b)
    return None if y is None else {"left": _rows(y)}


def _witness(goal: Term) -> Evidence | None:
    """A matrix for one existential quantifier over an equation or a quadratic form."""
    _, body = open_binder(goal)
    for p in conjuncts(body):
        equation = _equation(p)
        if equation is not None:
            a, b, turned = equation
            x = solve(a.transpose(), b.transpose()) if turned else solve(a, b)
            return None if x is None else {"witness": (_rows(x.transpose() if turned else x),)}
        form = _form(p)
        if form is not None:
            v = definiteness_witness(form[0], strict=p.op in ("le", "ge"), sign=-form[1])
            return None if v is None else {"witness": (_rows(v),)}
    return None


def _counterexample(universal: Term) -> Evidence | None:
    _, goal = introduce(Sequent(), universal)
    form = _form(goal)
    if form is None:
        return None
    v = definiteness_witness(form[0], strict=goal.op in ("lt", "gt"), sign=form[1])
    return None if v is None else {"witness": (_rows(v),)}


def _spanning(goal: Term, facts: tuple[Term, ...]) -> Evidence | None:
    """C, D with I = N C + D A, for a goal "there is c with v = N c" and a fact A v = 0."""
    _, p = open_binder(goal)
    if p.op != "eq" or p.args[1].op != "mul":
        return None
    basis = _value(p.args[1].args[0])
    for fact in facts:
        if basis is None or fact.op != "eq" or fact.args[0].op != "mul" or fact.args[0].args[1] != p.args[0]:
            continue
        a = _value(fact.args[0].args[0])
        if a is None:
            continue
        found = _split_identity(basis, a)
        if found is not None:
            return found
    return None


def _split_identity(basis: fmpq_mat, a: fmpq_mat) -> Evidence | None:
    """C and D with I = N C + D A: C inverts N from the left on the kernel and vanishes on a complement."""
    n, count = basis.nrows(), basis.ncols()
    reduced, rank = a.rref()
    pivots = _pivots(reduced, rank)
    free = [j for j in range(n) if j not in pivots]
    if len(free) > count:
        return None
    # On the free coordinates, N is to be inverted from the right: N[free] T = I; then C v = T v[free].
    inner = fmpq_mat(len(free), count, [basis[j, k] for j in free for k in range(count)])
    right = solve(inner, _identity(len(free)))
    if right is None:
        return None
    c = fmpq_mat(count, n)
    for position, j in enumerate(free):
        for k in range(count):
            c[k, j] = right[k, position]
    d = solve(a.transpose(), (_identity(n) - basis * c).transpose())
    return None if d is None else {"C": _rows(c), "D": _rows(d.transpose())}
