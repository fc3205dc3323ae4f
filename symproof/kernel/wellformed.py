"""Terms that are what they say: every part has the sort that its operator gives it, every variable is in scope.

The constructors of ``logic`` build nothing else, but a ``Term`` can be built directly, with any sort; and the rules
conclude from sorts (an integer above 0 is at least 1). So the kernel looks at each term that an author hands it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import lru_cache

from symproof.logic.definition import Definition
from symproof.logic.sort import BOOL, INT, REAL, Sort, SortError, accepts, fun_sort, matrix_sort
from symproof.logic.syntax import Max, Min, inverse, trace, transpose, unary
from symproof.logic.term import Term, arithmetic, coerce, free_variables, relation

__all__ = ["definitions_of", "ill_formed", "outside"]

Sorts = tuple[Sort, ...]


def outside(terms: Iterable[Term], scope: Iterable[Term]) -> tuple[Term, ...]:
    """The free variables of ``terms`` that are not in ``scope``, sizes of matrices included, sorted by name."""
    known = frozenset(scope)
    return tuple(sorted({v for t in terms for v in free_variables(t) - known}, key=lambda v: (v.name, v.digest)))


def ill_formed(term: object) -> str:
    """What is wrong with the sorts inside a closed term (it may have free variables), or ""."""
    if not isinstance(term, Term):
        return f"not a term: {term!r}"
    return _problem(term, ())


@lru_cache(maxsize=100_000)
def _problem(t: Term, around: Sorts) -> str:
    """What is wrong with a term that stands under binders of the sorts ``around``, the innermost last."""
    if t.loose > len(around):
        return "a bound variable without its binder"
    binders = tuple(b.sort for b in t.data) if t.op in _BINDERS else ()
    for position, argument in enumerate(t.args):
        inner = (*around, *binders) if position == len(t.args) - 1 else around
        if problem := _problem(argument, inner[len(inner) - argument.loose :] if argument.loose else ()):
            return problem
    try:
        for sort in (t.sort, *binders):
            _check_sort(sort)
        expected = _sort_of(t, around)
    except (SortError, AttributeError, LookupError, TypeError, ValueError) as problem_:
        return f"{t.op}: {problem_}"
    return "" if accepts(t.sort, expected) else f"{t.op} of sort {expected}, said to be of sort {t.sort}"


def _check_sort(sort: Sort) -> None:
    """Raises SortError for a sort that is none, or a size that is no closed integer."""
    if sort.kind == "fun" and len(sort.args) >= 2:
        for part in sort.args:
            _check_sort(part)  # type: ignore[arg-type]
    elif sort.kind == "matrix" and len(sort.args) == 2:
        for size in sort.args:
            if problem := ill_formed(size):
                raise SortError(problem)
            if size.sort != INT:  # type: ignore[union-attr]
                raise SortError(f"the size {size} is no integer")
    elif sort not in (REAL, INT, BOOL):
        raise SortError(f"no sort: {sort.kind}")


def _sort_of(t: Term, around: Sorts) -> Sort:
    """The sort that the operator gives a term whose arguments are well formed. Raises SortError."""
    if t.op in _LEAVES:
        return _LEAVES[t.op](t, around)
    if t.op in ("add", "sub", "mul", "div", "pow"):
        return arithmetic(t.op, *t.args).sort
    if t.op in ("eq", "ne", "le", "lt", "ge", "gt"):
        return relation(t.op, *t.args).sort
    if t.op in _CONNECTIVES:
        return _junction(t)
    if t.op in _BINDERS:
        return _binder(t)
    if t.op in _CONSTRUCTORS:
        return _CONSTRUCTORS[t.op](*t.args).sort
    if t.op in _FUNCTIONS and len(t.args) == 1:
        return unary(t.op, t.args[0]).sort
    if t.op in ("rank", "positive_index", "negative_index"):
        (m,) = t.args
        if m.sort.kind == "matrix":
            return INT
    raise SortError("no such operator")


# Leaves --------------------------------------------------------------------------------------------------------------


def _number(t: Term, _around: Sorts) -> Sort:
    if type(t.data) is not Fraction or t.args:
        raise SortError(f"no literal number: {t.data!r}")
    return coerce(t.data).sort


def _variable(t: Term, _around: Sorts) -> Sort:
    if type(t.data) is not str or not t.data or t.args:
        raise SortError(f"no name of a variable: {t.data!r}")
    return t.sort


def _bound(t: Term, around: Sorts) -> Sort:
    if t.args or type(t.data) is not int or not 0 <= t.data < len(around):
        raise SortError(f"no bound variable: {t.data!r}")
    return around[-1 - t.data]


def _constant(sort: Sort) -> Callable[[Term, Sorts], Sort]:
    def check(t: Term, _around: Sorts) -> Sort:
        if t.args or t.data is not None:
            raise SortError("a constant has no arguments")
        return sort

    return check


def _constant_matrix(t: Term, _around: Sorts) -> Sort:
    if t.args or t.sort.kind != "matrix" or (t.op == "identity" and t.sort.args[0] != t.sort.args[1]):
        raise SortError("no matrix of that size")
    return t.sort


_LEAVES: dict[str, Callable[[Term, Sorts], Sort]] = {
    "num": _number,
    "var": _variable,
    "bound": _bound,
    "true": _constant(BOOL),
    "false": _constant(BOOL),
    "pi": _constant(REAL),
    "e": _constant(REAL),
    "identity": _constant_matrix,
    "zero": _constant_matrix,
}


# Operators with arguments --------------------------------------------------------------------------------------------

_CONNECTIVES = {"not": 1, "implies": 2, "iff": 2, "and": 0, "or": 0}


def _junction(t: Term) -> Sort:
    if any(a.sort != BOOL for a in t.args) or not t.args or len(t.args) != (_CONNECTIVES[t.op] or len(t.args)):
        raise SortError("a connective joins propositions")
    return BOOL


_BINDERS = frozenset({"lam", "forall", "exists", "sum", "minover", "maxover", "diff"})


def _binder(t: Term) -> Sort:
    body, bound = t.args[-1].sort, tuple(b.sort for b in t.data)
    if t.op == "lam" and bound and len(t.args) == 1:
        return fun_sort(*bound, body)
    if t.op in ("forall", "exists") and len(t.args) == len(bound) == 1 and body == BOOL:
        return BOOL
    if t.op in ("sum", "minover", "maxover") and bound == (INT,) and [a.sort for a in t.args[:-1]] == [INT, INT]:
        if not body.is_number:
            raise SortError("only numbers have a sum, a minimum, a maximum")
        return body
    if t.op == "diff" and len(t.args) == 2 and bound == (REAL,) and body.is_number and t.args[0].sort.is_number:
        return REAL
    raise SortError("a binder does not fit its body")


def _application(f: Term, *args: Term) -> Term:
    if f.sort.kind != "fun" or len(f.sort.domain) != len(args):
        raise SortError(f"{f} does not take {len(args)} arguments")
    if not all(accepts(want, a.sort) for want, a in zip(f.sort.domain, args, strict=True)):
        raise SortError(f"an argument of {f} is of the wrong sort")
    return Term("apply", (f, *args), None, f.sort.result)


def _negative(a: Term) -> Term:
    return -a


def _choice(condition: Term, a: Term, b: Term) -> Term:
    sort = a.sort if accepts(a.sort, b.sort) else b.sort
    if condition.sort != BOOL or not accepts(sort, a.sort):
        raise SortError("the branches are of different sorts")
    return Term("ite", (condition, a, b), None, sort)


_CONSTRUCTORS: dict[str, Callable[..., Term]] = {
    "apply": _application,
    "neg": _negative,
    "ite": _choice,
    "min": Min,
    "max": Max,
    "transpose": transpose,
    "inverse": inverse,
    "trace": trace,
}
_FUNCTIONS = frozenset({
    "abs", "sign", "floor", "ceiling", "exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan",
    "sinh", "cosh", "tanh", "asinh", "acosh", "atanh", "erf",
})  # fmt: skip


def _call(t: Term, _around: Sorts) -> Sort:
    if not isinstance(t.data, Definition):
        raise SortError(f"no definition: {t.data!r}")
    if problem := _definition_problem(t.data):
        raise SortError(f"{t.data.name}: {problem}")
    return t.data(*t.args).sort


def _literal_matrix(t: Term, _around: Sorts) -> Sort:
    rows, cols = t.data
    if type(t.data) is not tuple or type(rows) is not int or type(cols) is not int:
        raise SortError(f"no size of a matrix: {t.data!r}")
    if len(t.args) != rows * cols or rows < 1 or cols < 1 or not all(a.sort.is_number for a in t.args):
        raise SortError("a literal matrix has as many numbers as its size says")
    return matrix_sort(coerce(rows), coerce(cols))


_LEAVES["call"] = _call
_LEAVES["matlit"] = _literal_matrix


# Definitions ---------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def _definition_problem(definition: Definition) -> str:
    """What is wrong with a definition: a part of the wrong sort, or one that depends on more than the parameters."""
    params, previous = definition.params, definition.previous
    if any(p.op != "var" for p in params) or len({p.name for p in params}) != len(params) or outside(params, params):
        return "the parameters are not variables of different names"
    _check_sort(definition.sort)
    parts = [(definition.body, params)]
    if definition.body is None and (definition.base is not None or definition.step is not None):
        rest = tuple(p.sort for p in params[1:])
        if not params or params[0].sort != INT:
            return "a recursion runs over its first parameter, an integer"
        if previous is None or previous.op != "var" or previous in params:
            return "a recursion has a variable for the value before"
        if previous.sort != (fun_sort(*rest, definition.sort) if rest else definition.sort):
            return "the value before is of another sort than the value"
        parts = [(definition.base, params[1:]), (definition.step, (*params, previous))]
    for body, scope in parts:
        if body is None:
            if len(parts) == 2:
                return "a recursion needs a base and a step"
            continue
        if problem := ill_formed(body):
            return problem
        if extra := outside((body,), scope):
            return f"it depends on {extra[0].name}, which is no parameter"
        if not accepts(definition.sort, body.sort):
            return f"its body is of sort {body.sort}, not {definition.sort}"
    return ""


@lru_cache(maxsize=100_000)
def definitions_of(term: Term) -> frozenset[Definition]:
    """The definitions that a term uses, those inside other definitions included."""
    found: set[Definition] = set()
    for argument in term.args:
        found |= definitions_of(argument)
    if term.op == "call":
        found.add(term.data)
        for part in (term.data.body, term.data.base, term.data.step):
            if part is not None:
                found |= definitions_of(part)
    return frozenset(found)
