"""The rule ``exact_linear_algebra``: rank, kernel, solutions, definiteness, inertia of concrete rational matrices.

A matrix is concrete if it evaluates exactly to rational entries. What a tactic found is checked by multiplication,
comparison and determinants over Q; nothing is searched for. Evidence is a dict of ints and strings such as "-3/4":

===============================  ==================================================================================
goal                             evidence
===============================  ==================================================================================
relations of closed terms        none: both sides are evaluated
rank(A) = r (or <=, >= ...)      ``rows``, ``columns`` of a minor that is not 0; ``kernel``: n - r vectors with A v = 0,
                                 independent because of their minor at the other columns
positive_index(A) = p, also      ``L`` (det L != 0) and ``D`` with A = L diag(D) L^T; A symmetric (Sylvester)
negative_index
v^T A v >= 0 for all v           ``L``, ``D`` with (A + A^T)/2 = L diag(D) L^T and D >= 0
v^T A v > 0 for all v != 0       the same with D > 0 and det L != 0
there is X with ...              ``witness``: one matrix per quantifier; what remains is evaluated
not for all X: ...               ``witness``, for which what remains is false
A x != b, no x with A x = b      ``left``: a row y with y A = 0 and y b != 0 (a column on the right for x A = b)
kernel_spanned_by(A, N)          ``C``, ``D`` with I = N C + D A
===============================  ==================================================================================

Accepted, with evidence::

    rank([[1, 2], [2, 4]]) = 1                      the entry 1 and the kernel vector (-2, 1)
    positive_definite([[2, 1], [1, 2]])             L = [[1, 0], [1/2, 1]], D = (2, 3/2)

Refused::

    rank([[1, 2], [2, 4]]) = 2                      no minor of size 2 is non-zero
    positive_definite([[1, 2], [2, 1]])             D has a negative entry for every L
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat, fmpz

from symproof.kernel.discharge import introduce
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.kernel.polynomial import to_fraction
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent, conjuncts
from symproof.logic.matrix_notions import quadratic_form
from symproof.logic.syntax import Ne, literal_matrix, num, zero_matrix
from symproof.logic.term import Term, instantiate
from symproof.logic.text import open_binder

__all__ = ["RULE", "check"]

MAX_SIZE = 2_000
"""Larger identity and zero matrices are not evaluated."""
MAX_DIGITS = 100_000
"""Longer numbers of the evidence are not read."""

ARITHMETIC = frozenset(
    {"num", "add", "sub", "neg", "mul", "div", "pow", "matlit", "identity", "zero", "transpose", "inverse", "trace"}
)
"""What a closed term may be built from: others could bring balls into the evaluation."""

RELATIONS = frozenset({"eq", "ne", "le", "lt", "ge", "gt"})
FRACTION = re.compile(r"(-?[0-9]+)(?:/(0*[1-9][0-9]*))?")


def check(request: Request) -> Accepted:
    """Accept a claim about concrete rational matrices whose evidence passes."""
    evidence = request.option("evidence") or request.evidence.find("exact_linear_algebra", request.goal, request.facts)
    try:
        _prove(request, request.sequent, request.goal, evidence if isinstance(evidence, dict) else {})
    except KeyError as missing:
        raise Refusal("the evidence is not complete", expected=str(missing.args[0])) from missing
    return Accepted()


def _prove(request: Request, sequent: Sequent, goal: Term, evidence: dict[str, Any]) -> None:
    sequent, goal = introduce(sequent, goal)
    form = _quadratic(goal)
    if goal.op == "and":
        for part in goal.args:
            _prove(request, sequent, part, evidence)
    elif goal.op == "exists" and goal.args[0].op == "eq" and "C" in evidence:
        _spanned(request, sequent, goal, evidence)
    elif goal.op == "exists":
        _require(_truth(_at_witness(goal, evidence)), "the witness does not have the property", goal)
    elif goal.op == "not" and goal.args[0].op == "exists":
        _, body = open_binder(goal.args[0], sequent.names())
        _require(any(_unsolvable(p, evidence) for p in conjuncts(body)), "a solution is not excluded", goal)
    elif goal.op == "not" and goal.args[0].op == "forall":
        _require(not _truth(_at_witness(goal.args[0], evidence)), "the witness is no counterexample", goal)
    elif goal.op == "ne" and "left" in evidence:
        _require(_unsolvable(Term("eq", goal.args, None, goal.sort), evidence), "equality is not excluded", goal)
    elif form is not None:
        _definite(request, sequent, *form, evidence)
    else:
        _require(_truth(_with_indices_counted(goal, evidence)), "the claim is false", goal)


def _require(holds: bool, reason: str, goal: Term) -> None:
    if not holds:
        raise Refusal(reason, got=str(goal))


# Values ----------------------------------------------------------------------------------------------------------


def _value(t: Term) -> Any:
    """The exact value of a closed term: ``fmpq`` or ``fmpq_mat``."""
    for part in t.walk():
        if part.op not in ARITHMETIC:
            raise Refusal("a closed term with a rational value is wanted", got=str(part))
        if part.sort.kind == "matrix" and any(n.op != "num" or n.data > MAX_SIZE for n in _sizes(part)):
            raise Refusal("a matrix of this size is not evaluated", got=str(part), expected=f"at most {MAX_SIZE}")
    try:
        value = evaluate(t, {})
    except (Undefined, EvaluationError) as error:
        raise Refusal("a closed term with an exact value is wanted", got=str(error)) from error
    if not isinstance(value, fmpq | fmpq_mat):
        raise Refusal("a term with an exact rational value is wanted", got=str(t))
    return value


def _sizes(matrix: Term) -> tuple[Term, Term]:
    return matrix.sort.args  # type: ignore[return-value]


def _truth(p: Term) -> bool:
    """The truth of a closed proposition without quantifiers."""
    if p.op in ("and", "or"):
        parts = [_truth(a) for a in p.args]
        return all(parts) if p.op == "and" else any(parts)
    if p.op == "not":
        return not _truth(p.args[0])
    if p.op == "implies":
        return not _truth(p.args[0]) or _truth(p.args[1])
    if p.op not in RELATIONS:
        raise Refusal("this proposition is not decided by evaluation", got=str(p))
    a, b = (_value(x) for x in p.args)
    if p.op in ("eq", "ne"):
        return bool((a == b) == (p.op == "eq"))
    return bool({"le": a <= b, "lt": a < b, "ge": a >= b, "gt": a > b}[p.op])


def _rational(entry: Any) -> fmpq:
    if isinstance(entry, str) and len(entry) <= MAX_DIGITS and (parts := FRACTION.fullmatch(entry)):
        return fmpq(fmpz(parts[1]), fmpz(parts[2] or "1"))
    if isinstance(entry, bool) or not isinstance(entry, int | Fraction):
        raise Refusal("the evidence has an entry that is no rational number", got=repr(entry)[:80])
    return fmpq(entry.numerator, entry.denominator)


def _matrix(rows: Any, height: int, width: int) -> fmpq_mat:
    """A matrix of the evidence, given by its rows."""
    good = isinstance(rows, tuple | list) and len(rows) == height
    if not good or not all(isinstance(r, tuple | list) and len(r) == width for r in rows):
        raise Refusal("a matrix of the evidence has the wrong size", expected=f"{height} x {width}")
    return fmpq_mat(height, width, [_rational(e) for row in rows for e in row])


def _minor(m: fmpq_mat, rows: Any, columns: Any) -> fmpq:
    for indices, count in ((rows, m.nrows()), (columns, m.ncols())):
        if not isinstance(indices, tuple | list) or not all(type(i) is int and 0 <= i < count for i in indices):
            raise Refusal("the rows or columns of a minor are not in the matrix", got=repr(indices)[:80])
    if len(rows) != len(columns):
        raise Refusal("a minor has as many rows as columns", got=f"{len(rows)} and {len(columns)}")
    return fmpq_mat(len(rows), len(rows), [m[i, j] for i in rows for j in columns]).det()


def _is_zero(m: fmpq_mat) -> bool:
    return all(e == 0 for e in m.entries())


# Claims ----------------------------------------------------------------------------------------------------------


def _at_witness(quantified: Term, evidence: dict[str, Any]) -> Term:
    """The body of the leading quantifiers of one kind at the matrices of the evidence."""
    body, kind = quantified, quantified.op
    for rows in evidence["witness"] if isinstance(evidence["witness"], tuple | list) else ():
        if body.op != kind:
            break
        sort = body.data[0].sort
        if sort.kind != "matrix" or any(n.op != "num" or n.data < 1 for n in sort.args):
            raise Refusal("a witness is a matrix of literal size", got=str(sort))
        table = _matrix(rows, int(sort.args[0].data), int(sort.args[1].data)).table()
        body = instantiate(body, (literal_matrix([[to_fraction(e) for e in row] for row in table]),))
    return body


def _unsolvable(equation: Term, evidence: dict[str, Any]) -> bool:
    """Whether y A = 0 and y b != 0 for an equation A x = b, whatever x is; or the same on the right for x A = b."""
    if equation.op != "eq" or equation.args[0].op != "mul" or equation.args[0].args[0].sort.kind != "matrix":
        return False
    first, second = equation.args[0].args
    for a, turned in ((first, False), (second, True)):
        try:
            known, b = _value(a), _value(equation.args[1])
        except Refusal:
            continue
        if turned:
            known, b = known.transpose(), b.transpose()
        y = _matrix(evidence["left"], 1, known.nrows())
        if _is_zero(y * known) and not _is_zero(y * b):
            return True
    return False


def _with_indices_counted(goal: Term, evidence: dict[str, Any]) -> Term:
    """The relation ``goal`` with the value for a rank or inertia that is one of its sides."""
    if goal.op not in RELATIONS:
        return goal
    sides = []
    for side in goal.args:
        if side.op == "rank":
            side = num(_rank(_value(side.args[0]), evidence))
        elif side.op in ("positive_index", "negative_index"):
            a = _value(side.args[0])
            _require(a == a.transpose(), "the inertia is that of a symmetric matrix", side)
            regular, diagonal = _congruence(a, evidence)
            _require(regular, "L is singular", side)
            side = num(sum(d > 0 if side.op == "positive_index" else d < 0 for d in diagonal))
        sides.append(side)
    return Term(goal.op, tuple(sides), None, goal.sort)


def _rank(a: fmpq_mat, evidence: dict[str, Any]) -> int:
    rows, columns = evidence["rows"], evidence["columns"]
    if _minor(a, rows, columns) == 0:
        raise Refusal("the minor is zero", got=f"rows {rows}, columns {columns}", expected="a minor that is not zero")
    n, r = a.ncols(), len(rows)
    kernel = _matrix(evidence["kernel"], n - r, n).transpose()
    if not _is_zero(a * kernel):
        raise Refusal("a vector of the kernel basis is not in the kernel")
    others = [j for j in range(n) if j not in columns]
    if _minor(kernel, others, list(range(n - r))) == 0:
        raise Refusal("the vectors of the kernel basis are not independent")
    return r


def _congruence(a: fmpq_mat, evidence: dict[str, Any]) -> tuple[bool, list[fmpq]]:
    """(whether det L != 0, D) after a check of a = L diag(D) L^T."""
    if not isinstance(evidence["D"], tuple | list):
        raise Refusal("D is the list of diagonal entries")
    diagonal, n = [_rational(d) for d in evidence["D"]], a.nrows()
    lower = _matrix(evidence["L"], n, len(diagonal))
    scaled = fmpq_mat(n, len(diagonal), [lower[i, j] * d for i in range(n) for j, d in enumerate(diagonal)])
    if scaled * lower.transpose() != a:
        raise Refusal("L diag(D) L^T is not the matrix")
    return len(diagonal) == n and lower.det() != 0, diagonal


def _quadratic(goal: Term) -> tuple[Term, Term, int, bool] | None:
    """(A, v, sign, strict) if ``goal`` says that sign * v^T A v is >= 0, or > 0, for a v that has no value."""
    if goal.op not in ("le", "lt", "ge", "gt"):
        return None
    (form, bound), sign = goal.args, 1 if goal.op in ("ge", "gt") else -1
    if form.op == "num":
        form, bound, sign = bound, form, -sign
    if bound.op != "num" or bound.data != 0 or form.op != "trace" or form.args[0].op != "mul":
        return None
    left, v = form.args[0].args
    if left.op != "mul" or left.sort.kind != "matrix" or v.op != "var" or quadratic_form(left.args[1], v) != form:
        return None
    return left.args[1], v, sign, goal.op in ("lt", "gt")


def _definite(
    request: Request, sequent: Sequent, a: Term, v: Term, sign: int, strict: bool, evidence: dict[str, Any]
) -> None:
    value = _value(a)
    regular, diagonal = _congruence((value + value.transpose()) * fmpq(sign, 2), evidence)
    if not strict and all(d >= 0 for d in diagonal):
        return
    if not (regular and all(d > 0 for d in diagonal)):
        raise Refusal("the matrix is not definite by this evidence", got=f"D = {diagonal}", expected="positive entries")
    nonzero = Ne(v, zero_matrix(*v.sort.args))
    if nonzero not in sequent.facts() and not request.discharge(sequent, nonzero):
        raise Refusal("a strict inequality needs a vector that is not zero", obligations=(nonzero,))


def _spanned(request: Request, sequent: Sequent, goal: Term, evidence: dict[str, Any]) -> None:
    """There is c with v = N c, because A v = 0 and I = N C + D A: take c = C v."""
    (c,), equation = open_binder(goal, sequent.names())
    v, product = equation.args
    if product.op != "mul" or product.args[1] != c or c in set(v.walk()):
        raise Refusal("a claim v = N c is wanted", got=str(equation))
    basis = _value(product.args[0])
    for fact in (*request.facts, *sequent.facts()):
        if fact.op != "eq" or fact.args[0].op != "mul" or fact.args[1].op != "zero" or fact.args[0].args[1] != v:
            continue
        try:
            a = _value(fact.args[0].args[0])
        except Refusal:
            continue
        n = a.ncols()
        left, right = _matrix(evidence["C"], basis.ncols(), n), _matrix(evidence["D"], n, a.nrows())
        if basis * left + right * a == fmpq_mat(n, n, [int(i == j) for i in range(n) for j in range(n)]):
            return
    raise Refusal("the vectors do not span the kernel by this evidence", expected="I = N C + D A for a fact A v = 0")


RULE = Rule(
    name="exact_linear_algebra",
    decides=(
        "Rank, kernel, solvability, invertibility, definiteness and inertia of concrete rational matrices, and"
        " relations between closed matrix expressions."
    ),
    refuses="When the evidence fails a check or is missing, or when a matrix has no exact rational value.",
    sentence="by exact linear algebra over the rationals",
    check=check,
)
