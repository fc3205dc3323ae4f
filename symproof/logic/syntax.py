"""What authors write: variables, functions, sums, quantifiers. Every constructor checks sorts and evaluates nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symproof.logic.sort import BOOL, INT, REAL, Sort, SortError, accepts, fun_sort, matrix_sort
from symproof.logic.term import Term, abstract, coerce, relation

__all__ = [
    "FALSE",
    "TRUE",
    "Abs",
    "And",
    "Diff",
    "Eq",
    "Exists",
    "ForAll",
    "Iff",
    "Implies",
    "Ite",
    "Lam",
    "Max",
    "MaxOver",
    "Min",
    "MinOver",
    "Ne",
    "Not",
    "Or",
    "Sum",
    "erf",
    "exists_in",
    "exp",
    "family",
    "forall_in",
    "function",
    "identity",
    "integer",
    "inverse",
    "literal_matrix",
    "log",
    "matrix",
    "num",
    "real",
    "sqrt",
    "trace",
    "transpose",
    "unary",
    "variable",
    "zero_matrix",
]  # fmt: skip

TRUE = Term("true", (), None, BOOL)
FALSE = Term("false", (), None, BOOL)


def variable(name: str, sort: Sort) -> Term:
    """The free variable ``name`` of sort ``sort``."""
    return Term("var", (), name, sort)


def real(names: str) -> Any:
    """One real variable, or a tuple of them for names separated by blanks."""
    return _several(names, REAL)


def integer(names: str) -> Any:
    """One integer variable, or a tuple of them for names separated by blanks."""
    return _several(names, INT)


def family(names: str, indices: int = 1, result: Sort = REAL) -> Any:
    """A family of numbers with ``indices`` integer indices: a vector (1) or the entries of a matrix (2)."""
    return _several(names, fun_sort(*[INT] * indices, result))


def function(names: str, arity: int = 1) -> Any:
    """A real function of ``arity`` real arguments, known only by what is assumed of it."""
    return _several(names, fun_sort(*[REAL] * arity, REAL))


def matrix(name: str, rows: Any, cols: Any) -> Term:
    """A real matrix variable of (symbolic or literal) size rows x cols."""
    return variable(name, matrix_sort(coerce(rows), coerce(cols)))


def _several(names: str, sort: Sort) -> Any:
    found = tuple(variable(n, sort) for n in names.split())
    return found[0] if len(found) == 1 else found


def num(value: Any) -> Term:
    """A literal integer or rational (``int`` or ``Fraction``)."""
    return coerce(value)


# Propositions ----------------------------------------------------------------------------------------------------


def Eq(a: Any, b: Any) -> Term:
    """The equation a = b (of numbers or of matrices of one size)."""
    return relation("eq", coerce(a), coerce(b))


def Ne(a: Any, b: Any) -> Term:
    """The inequation a != b."""
    return relation("ne", coerce(a), coerce(b))


def _propositions(parts: Sequence[Any]) -> tuple[Term, ...]:
    terms = tuple(coerce(p) for p in parts)
    for term in terms:
        if term.sort != BOOL:
            raise SortError(f"a proposition is wanted, found {term} of sort {term.sort}")
    return terms


def Not(p: Any) -> Term:
    """Negation."""
    return Term("not", _propositions([p]), None, BOOL)


def And(*parts: Any) -> Term:
    """Conjunction (of one or more propositions)."""
    terms = _propositions(parts)
    return terms[0] if len(terms) == 1 else Term("and", terms, None, BOOL) if terms else TRUE


def Or(*parts: Any) -> Term:
    """Disjunction (of one or more propositions)."""
    terms = _propositions(parts)
    return terms[0] if len(terms) == 1 else Term("or", terms, None, BOOL) if terms else FALSE


def Implies(p: Any, q: Any) -> Term:
    """Implication."""
    return Term("implies", _propositions([p, q]), None, BOOL)


def Iff(p: Any, q: Any) -> Term:
    """Equivalence."""
    return Term("iff", _propositions([p, q]), None, BOOL)


def _bind(op: str, before: tuple[Term, ...], variables: tuple[Term, ...], body: Term, sort: Sort) -> Term:
    for v in variables:
        if v.op != "var":
            raise SortError(f"only a variable can be bound, found {v}")
    binders, inner = abstract(body, variables)
    return Term(op, (*before, inner), binders, sort)


def _variables(variables: Any) -> tuple[Term, ...]:
    return (variables,) if isinstance(variables, Term) else tuple(variables)


def ForAll(variables: Any, body: Any) -> Term:
    """For all values of one variable, or of each of several (one quantifier each, the first outermost)."""
    (term,) = _propositions([body])
    for v in reversed(_variables(variables)):
        term = _bind("forall", (), (v,), term, BOOL)
    return term


def Exists(variables: Any, body: Any) -> Term:
    """For some value of one variable, or of each of several (one quantifier each, the first outermost)."""
    (term,) = _propositions([body])
    for v in reversed(_variables(variables)):
        term = _bind("exists", (), (v,), term, BOOL)
    return term


def forall_in(index: Term, low: Any, high: Any, body: Any) -> Term:
    """For every integer ``index`` from ``low`` to ``high``."""
    return ForAll(index, Implies(And(coerce(low) <= index, index <= coerce(high)), body))


def exists_in(index: Term, low: Any, high: Any, body: Any) -> Term:
    """For some integer ``index`` from ``low`` to ``high``."""
    return Exists(index, And(coerce(low) <= index, index <= coerce(high), body))


# Numbers ---------------------------------------------------------------------------------------------------------


def Lam(variables: Any, body: Any) -> Term:
    """The function that maps ``variables`` to ``body`` (a family given by a formula)."""
    parameters = _variables(variables)
    term = coerce(body)
    return _bind("lam", (), parameters, term, fun_sort(*(v.sort for v in parameters), term.sort))


def _over(op: str, index: Term, low: Any, high: Any, body: Any) -> Term:
    term, lo, hi = coerce(body), coerce(low), coerce(high)
    if index.sort != INT or lo.sort != INT or hi.sort != INT:
        raise SortError(f"{op}: the index and its bounds are integers, found {lo} <= {index} <= {hi}")
    if not term.sort.is_number:
        raise SortError(f"{op}: the terms are numbers, found {term} of sort {term.sort}")
    return _bind(op, (lo, hi), (index,), term, term.sort)


def Sum(index: Term, low: Any, high: Any, body: Any) -> Term:
    """The sum of ``body`` for ``index`` from ``low`` to ``high``; 0 if there is no such index."""
    return _over("sum", index, low, high, body)


def MinOver(index: Term, low: Any, high: Any, body: Any) -> Term:
    """The smallest value of ``body`` for ``index`` from ``low`` to ``high`` (defined if low <= high)."""
    return _over("minover", index, low, high, body)


def MaxOver(index: Term, low: Any, high: Any, body: Any) -> Term:
    """The largest value of ``body`` for ``index`` from ``low`` to ``high`` (defined if low <= high)."""
    return _over("maxover", index, low, high, body)


def Ite(condition: Any, then: Any, otherwise: Any) -> Term:
    """``then`` if ``condition`` holds, else ``otherwise``."""
    (c,) = _propositions([condition])
    a, b = coerce(then), coerce(otherwise)
    sort = a.sort if accepts(a.sort, b.sort) else b.sort
    if not (accepts(sort, a.sort) and accepts(sort, b.sort)):
        raise SortError(f"the branches {a} and {b} are of sorts {a.sort} and {b.sort}")
    return Term("ite", (c, a, b), None, sort)


def unary(op: str, argument: Any) -> Term:
    """A named real function of one real argument (``exp``, ``log``, ``sqrt``, ``sin``, ``abs``, ...)."""
    a = coerce(argument)
    if not a.sort.is_number:
        raise SortError(f"{op} takes a number, found {a} of sort {a.sort}")
    whole = op in ("floor", "ceiling", "sign") or (op == "abs" and a.sort == INT)
    return Term(op, (a,), None, INT if whole else REAL)


def exp(a: Any) -> Term:
    """The exponential function."""
    return unary("exp", a)


def log(a: Any) -> Term:
    """The natural logarithm (of a positive number)."""
    return unary("log", a)


def sqrt(a: Any) -> Term:
    """The square root (of a nonnegative number)."""
    return unary("sqrt", a)


def erf(a: Any) -> Term:
    """The error function."""
    return unary("erf", a)


def Abs(a: Any) -> Term:
    """The absolute value."""
    return unary("abs", a)


def _extremum(op: str, values: Sequence[Any]) -> Term:
    terms = tuple(coerce(v) for v in values)
    if len(terms) < 1 or not all(t.sort.is_number for t in terms):
        raise SortError(f"{op} takes one or more numbers")
    return Term(op, terms, None, INT if all(t.sort == INT for t in terms) else REAL)


def Min(*values: Any) -> Term:
    """The smallest of finitely many numbers."""
    return _extremum("min", values)


def Max(*values: Any) -> Term:
    """The largest of finitely many numbers."""
    return _extremum("max", values)


def Diff(variable_: Term, body: Any, at: Any) -> Term:
    """The derivative of ``body`` with respect to the real variable ``variable_``, at the point ``at``."""
    return _bind("diff", (coerce(at),), (variable_,), coerce(body), REAL)


# Matrices --------------------------------------------------------------------------------------------------------


def _matrix(op: str, m: Term, sort: Sort) -> Term:
    return Term(op, (m,), None, sort)


def _size(m: Term) -> tuple[Term, Term]:
    if m.sort.kind != "matrix":
        raise SortError(f"a matrix is wanted, found {m} of sort {m.sort}")
    return m.sort.args  # type: ignore[return-value]


def transpose(m: Term) -> Term:
    """The transposed matrix."""
    rows, cols = _size(m)
    return _matrix("transpose", m, matrix_sort(cols, rows))


def inverse(m: Term) -> Term:
    """The inverse of a square matrix (defined if it is invertible)."""
    rows, cols = _size(m)
    if rows != cols:
        raise SortError(f"only a square matrix has an inverse, found size {rows} x {cols}")
    return _matrix("inverse", m, m.sort)


def trace(m: Term) -> Term:
    """The trace of a square matrix."""
    rows, cols = _size(m)
    if rows != cols:
        raise SortError(f"only a square matrix has a trace, found size {rows} x {cols}")
    return _matrix("trace", m, REAL)


def identity(size: Any) -> Term:
    """The identity matrix."""
    n = coerce(size)
    return Term("identity", (), None, matrix_sort(n, n))


def zero_matrix(rows: Any, cols: Any) -> Term:
    """The zero matrix."""
    return Term("zero", (), None, matrix_sort(coerce(rows), coerce(cols)))


def literal_matrix(rows: Sequence[Sequence[Any]]) -> Term:
    """A concrete matrix, given by its rows."""
    width = len(rows[0]) if rows else 0
    if not rows or not width or any(len(r) != width for r in rows):
        raise SortError("a literal matrix has at least one row, and rows of one length")
    entries = tuple(coerce(e) for row in rows for e in row)
    return Term("matlit", entries, (len(rows), width), matrix_sort(coerce(len(rows)), coerce(width)))
