"""Concrete rational matrices: rank, kernel, solutions, definiteness, inertia.

What a search found is evidence (a mapping with rows of ints and of strings such as "-3/4"); it is checked by
multiplication, comparison and determinants over the rationals:

* a rank by a minor that is not 0 (``rows``, ``columns``) and independent vectors in the ``kernel``;
* an inertia, or a quadratic form that is >= 0 or > 0, by A = L diag(D) L^T (``L``, ``D``; Sylvester);
* that a matrix exists, or that a property fails somewhere, by a ``witness``;
* that A x = b has no solution by a row y with y A = 0 and y b != 0 (``left``);
* that the columns of N span the kernel of A by I = N C + E A (``C``; E is called ``D``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from flint import fmpq, fmpq_mat, fmpz

from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent, conjuncts, introduced
from symproof.recheck.term import Sort, Term, build, num, op, relation

__all__ = ["check"]

MAX_SIDE, MAX_BITS, MAX_EXPONENT = 300, 100_000, 10_000
FRACTION = re.compile(r"(-?[0-9]{1,30000})(?:/(0*[1-9][0-9]{0,30000}))?")


def check(question: Question) -> Answer:
    """Accept a claim about concrete rational matrices if some evidence for it passes."""
    given = question.options.get("evidence")
    found = [value for _, value in question.evidence.found("exact_linear_algebra", question.goal)]
    reason: Refused | None = None
    for evidence in [given] if given is not None else found or [{}]:
        try:
            _prove(question, question.sequent, question.goal, evidence if isinstance(evidence, Mapping) else {})
            return Answer()
        except KeyError as missing:
            reason = Refused(f"the evidence lacks {missing}")
        except Refused as refused:
            reason = refused
    raise reason or Refused("no evidence")


def _prove(question: Question, sequent: Sequent, goal: Term, evidence: Mapping[str, Any]) -> None:
    sequent, goal = introduced(sequent, goal)
    inner = goal.args[0] if goal.op == "not" else goal
    form = _quadratic(goal)
    if goal.op == "and":
        for part in goal.args:
            _prove(question, sequent, part, evidence)
        return
    if goal.op == "exists" and "C" in evidence:
        holds = _spanned(question, sequent, goal, evidence)
    elif goal.op == "exists" or inner.op == "forall":
        holds = _truth(_at_witness(inner, evidence)) == (goal.op == "exists")
    elif inner.op == "exists":
        holds = any(_unsolvable(p, evidence) for p in conjuncts(inner.opened(*sequent.variables)[1]))
    elif goal.op == "ne" and "left" in evidence:
        holds = _unsolvable(relation("eq", *goal.args), evidence)
    elif form is not None:
        holds = _definite(question, sequent, *form, evidence)
    else:
        holds = _truth(_indices_counted(goal, evidence))
    if not holds:
        raise Refused("the evidence does not show this")


# Values --------------------------------------------------------------------------------------------------------------


def _value(t: Term) -> Any:
    """The value of a closed rational term, ``fmpq`` or ``fmpq_mat``. Raises Refused if it has none or is too large."""
    rows, cols = _size(t.sort) if t.sort.kind == "matrix" else (1, 1)
    value = _exact(t, [_value(a) for a in t.args], rows, cols)
    entries = value.entries() if isinstance(value, fmpq_mat) else [value]
    if any(_bits(e) > MAX_BITS for e in entries):
        raise Refused("a number is too long", undecided=True)
    return value


def _bits(value: fmpq) -> int:
    return int(value.p).bit_length() + int(value.q).bit_length()


def _size(sort: Sort) -> tuple[int, int]:
    if any(n.op != "num" or not 0 <= n.data <= MAX_SIDE for n in sort.parts):
        raise Refused("a matrix has no literal size, or is too large")
    rows, cols = sort.parts
    return int(rows.data), int(cols.data)


def _exact(t: Term, args: list[Any], rows: int, cols: int) -> Any:
    if t.op == "num":
        return fmpq(t.data.numerator, t.data.denominator)
    if t.op in ("matlit", "zero", "identity"):
        return fmpq_mat(rows, cols, args) if args else _diagonal(rows, cols, t.op == "identity")
    if t.op == "add":
        return args[0] + args[1]
    if t.op == "sub":
        return args[0] - args[1]
    if t.op == "neg":
        return args[0] * fmpq(-1)
    if t.op == "mul":
        return args[0] * args[1]
    if t.op == "div" and args[1] != 0:
        return args[0] * (1 / args[1])
    if (
        t.op == "pow"
        and args[1].q == 1
        and 0 <= args[1] <= MAX_EXPONENT
        and int(args[1].p) * _bits(args[0]) <= MAX_BITS
    ):
        return args[0] ** int(args[1].p)
    if t.op == "transpose":
        return args[0].transpose()
    if t.op == "trace":
        return sum((args[0][i, i] for i in range(args[0].nrows())), fmpq(0))
    if t.op == "inverse" and args[0].det() != 0:
        return args[0].inv()
    raise Refused(f"{t.op}: no exact rational value")


def _diagonal(rows: int, cols: int, value: bool) -> fmpq_mat:
    return fmpq_mat(rows, cols, [int(value and i == j) for i in range(rows) for j in range(cols)])


def _truth(p: Term) -> bool:
    """The truth of a closed proposition without quantifiers."""
    if p.op == "not":
        return not _truth(p.args[0])
    if p.op in ("and", "or", "implies"):
        parts = [_truth(a) for a in p.args]
        if p.op == "implies":
            return not parts[0] or parts[1]
        return all(parts) if p.op == "and" else any(parts)
    if p.op not in ("eq", "ne", "le", "lt", "ge", "gt"):
        raise Refused(f"{p.op}: not decided by evaluation")
    a, b = (_value(x) for x in p.args)
    if p.op in ("eq", "ne"):
        return bool((a == b) == (p.op == "eq"))
    return bool({"le": a <= b, "lt": a < b, "ge": a >= b, "gt": a > b}[p.op])


# Evidence ------------------------------------------------------------------------------------------------------------


def _list(entry: Any) -> list[Any]:
    if not isinstance(entry, list | tuple):
        raise Refused("a list is wanted in the evidence")
    return list(entry)


def _rational(entry: Any) -> fmpq:
    if type(entry) is int:
        return fmpq(entry)
    parts = FRACTION.fullmatch(entry) if isinstance(entry, str) else None
    if parts is None:
        raise Refused("an entry of the evidence is no rational number")
    return fmpq(fmpz(parts[1]), fmpz(parts[2] or "1"))


def _matrix(entry: Any, rows: int, cols: int) -> fmpq_mat:
    table = [_list(row) for row in _list(entry)]
    if len(table) != rows or any(len(row) != cols for row in table):
        raise Refused(f"a matrix of the evidence is not of size {rows} x {cols}")
    return fmpq_mat(rows, cols, [_rational(e) for row in table for e in row])


def _minor(m: fmpq_mat, rows: list[Any], columns: list[Any]) -> fmpq:
    for chosen, count in ((rows, m.nrows()), (columns, m.ncols())):
        if not all(type(i) is int and 0 <= i < count for i in chosen):
            raise Refused("a minor outside of the matrix")
    if len(rows) != len(columns):
        raise Refused("a minor has as many rows as columns")
    return fmpq_mat(len(rows), len(rows), [m[i, j] for i in rows for j in columns]).det()


def _zero(m: fmpq_mat) -> bool:
    return all(e == 0 for e in m.entries())


# Claims --------------------------------------------------------------------------------------------------------------


def _at_witness(quantified: Term, evidence: Mapping[str, Any]) -> Term:
    """The body of the leading quantifiers (all of one kind) at the matrices of the evidence."""
    body, kind = quantified, quantified.op
    for entry in _list(evidence["witness"]):
        if body.op != kind or body.binders[0].sort.kind != "matrix":
            raise Refused("a witness for something that is no matrix")
        rows, cols = _size(body.binders[0].sort)
        entries = [num(Fraction(int(e.p), int(e.q))) for e in _matrix(entry, rows, cols).entries()]
        body = body.at(build("matlit", tuple(entries), (rows, cols)))
    return body


def _unsolvable(equation: Term, evidence: Mapping[str, Any]) -> bool:
    """Whether y A = 0 and y b != 0 for an equation A x = b, whatever x is; or the same on the right for x A = b."""
    product = equation.args[0] if equation.op == "eq" else equation
    if product.op != "mul" or product.args[0].sort.kind != "matrix":
        return False
    for a, turned in ((product.args[0], False), (product.args[1], True)):
        try:
            known, b = _value(a), _value(equation.args[1])
        except Refused:
            continue
        if turned:
            known, b = known.transpose(), b.transpose()
        y = _matrix(evidence["left"], 1, known.nrows())
        if _zero(y * known) and not _zero(y * b):
            return True
    return False


def _indices_counted(goal: Term, evidence: Mapping[str, Any]) -> Term:
    """A relation with numbers for the ranks and inertias that are its sides; anything else as it is."""
    if goal.op not in ("eq", "ne", "le", "lt", "ge", "gt") or not goal.args[0].sort.number:
        return goal
    return relation(goal.op, *(_index_counted(side, evidence) for side in goal.args))


def _index_counted(side: Term, evidence: Mapping[str, Any]) -> Term:
    if side.op == "rank":
        return num(_rank(_value(side.args[0]), evidence))
    if side.op not in ("positive_index", "negative_index"):
        return side
    a = _value(side.args[0])
    regular, diagonal = _congruence(a, evidence)
    if not regular:
        raise Refused("L is singular")
    return num(sum(d > 0 if side.op == "positive_index" else d < 0 for d in diagonal))


def _rank(a: fmpq_mat, evidence: Mapping[str, Any]) -> int:
    rows, columns, n = _list(evidence["rows"]), _list(evidence["columns"]), a.ncols()
    if _minor(a, rows, columns) == 0:
        raise Refused("the minor is 0")
    kernel = _matrix(evidence["kernel"], n - len(rows), n)
    others = [j for j in range(n) if j not in columns]
    if not _zero(a * kernel.transpose()) or _minor(kernel, list(range(n - len(rows))), others) == 0:
        raise Refused("no independent vectors of the kernel")
    return len(rows)


def _congruence(a: fmpq_mat, evidence: Mapping[str, Any]) -> tuple[bool, list[fmpq]]:
    """(whether L is regular, D), where L diag(D) L^T is the matrix, which is therefore symmetric."""
    diagonal, n = [_rational(d) for d in _list(evidence["D"])], a.nrows()
    lower = _matrix(evidence["L"], n, len(diagonal))
    scaled = fmpq_mat(n, len(diagonal), [lower[i, j] * d for i in range(n) for j, d in enumerate(diagonal)])
    if scaled * lower.transpose() != a:
        raise Refused("L diag(D) L^T is not the matrix")
    return len(diagonal) == n and lower.det() != 0, diagonal


def _quadratic(goal: Term) -> tuple[Term, Term, int, bool] | None:
    """(A, V, sign, strict) for the goal sign * tr(V^T A V) >= 0, or > 0."""
    if goal.op not in ("le", "lt", "ge", "gt"):
        return None
    form, bound = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
    sign = 1
    if form == num(0):
        form, bound, sign = bound, form, -1
    if bound != num(0) or form.op != "trace" or form.args[0].op != "mul":
        return None
    left, v = form.args[0].args
    if left.op != "mul" or left.args[0] != op("transpose", v):
        return None
    return left.args[1], v, sign, goal.op in ("lt", "gt")


def _definite(
    question: Question, sequent: Sequent, a: Term, v: Term, sign: int, strict: bool, evidence: Mapping[str, Any]
) -> bool:
    value = _value(a)
    regular, diagonal = _congruence((value + value.transpose()) * fmpq(sign, 2), evidence)
    if not strict:
        return all(d >= 0 for d in diagonal)
    nonzero = relation("ne", v, build("zero", (), None, v.sort))
    known = nonzero in sequent.facts() or question.side.holds(sequent, nonzero)
    return regular and all(d > 0 for d in diagonal) and known


def _spanned(question: Question, sequent: Sequent, goal: Term, evidence: Mapping[str, Any]) -> bool:
    """There is c with v = N c: from a fact A v = 0 and I = N C + E A one has v = N (C v)."""
    (c,), equation = goal.opened(*sequent.variables, *(p for _, p in sequent.hypotheses), *question.facts)
    if equation.op != "eq" or equation.args[1].op != "mul" or equation.args[1].args[1] != c:
        return False
    v, basis = equation.args[0], _value(equation.args[1].args[0])
    return any(_covers(a, basis, evidence) for a in _annihilators(question, sequent, v))


def _annihilators(question: Question, sequent: Sequent, v: Term) -> Iterator[fmpq_mat]:
    """The values of the matrices A for which A v = 0 is known."""
    for fact in (*question.facts, *sequent.facts()):
        if fact.op == "eq" and fact.args[0].op == "mul" and fact.args[1].op == "zero" and fact.args[0].args[1] == v:
            try:
                yield _value(fact.args[0].args[0])
            except Refused:
                continue


def _covers(a: Any, basis: fmpq_mat, evidence: Mapping[str, Any]) -> bool:
    n = basis.nrows()
    if not isinstance(a, fmpq_mat) or a.ncols() != n:
        return False
    left, right = _matrix(evidence["C"], basis.ncols(), n), _matrix(evidence["D"], n, a.nrows())
    return bool(basis * left + right * a == _diagonal(n, n, True))
