"""The table of differentiation rules: the derivative of a term, and the conditions under which it is that.

Every condition but ``differentiable_at`` is *open*: built from strict relations between functions that are continuous
where the conditions hold, so that it holds around a point as soon as it holds there. That is why derivatives nest.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symproof.logic.definition import Definition, define
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import REAL
from symproof.logic.syntax import (
    FALSE,
    Abs,
    And,
    Diff,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Ne,
    Or,
    Sum,
    exp,
    forall_in,
    function,
    log,
    num,
    real,
    sqrt,
    unary,
)  # fmt: skip
from symproof.logic.term import Term, free_variables, subst
from symproof.logic.text import open_binder

__all__ = ["differentiable_at", "differentiate", "opened", "opposite"]

Conditions = list[Term]


@lru_cache(maxsize=1)
def differentiable_at() -> Definition:
    """The notion "f is differentiable at x", for function variables; it can be unfolded."""
    f, (x, d, e, r, h) = function("f"), real("x slope eps delta h")
    error = Abs(f(x + h) - f(x) - d * h) <= e * Abs(h)
    near = ForAll(h, Implies(Abs(h) < r, error))
    body = Exists(d, ForAll(e, Implies(e > 0, Exists(r, And(r > 0, near)))))
    return define("calculus.differentiable_at", (f, x), body, doc="The function f has a derivative at x.")


def opened(binder: Term) -> tuple[tuple[Term, ...], Term]:
    """The bound variables of ``binder``, renamed away from all its free variables, and the opened body."""
    return open_binder(binder, frozenset(v.name for v in free_variables(binder)))


_FLIP = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}


def opposite(proposition: Term) -> Term:
    """The negation of a proposition; of a relation between numbers it is a relation again."""
    if proposition.op in _FLIP and proposition.args[0].sort.is_number:
        return Term(_FLIP[proposition.op], proposition.args, None, proposition.sort)
    return proposition.args[0] if proposition.op == "not" else Term("not", (proposition,), None, proposition.sort)


def differentiate(term: Term, x: Term) -> tuple[Term, tuple[Term, ...]]:
    """The derivative of ``term`` with respect to the real variable ``x``, at ``x``, and its conditions.

    Where the conditions hold and the parts of ``term`` without ``x`` are defined, ``term`` is defined and
    differentiable around ``x``, with the derivative returned.
    A term that the table does not know comes with the condition ``false``.
    """
    conditions: Conditions = []
    derivative = _derivative(term, x, conditions)
    return derivative, tuple(dict.fromkeys(conditions))


def _derivative(t: Term, x: Term, out: Conditions) -> Term:
    if t == x:
        return num(1)
    if x not in free_variables(t):
        return num(0)
    if t.op in _UNARY:
        return _times(_UNARY[t.op](t.args[0], out), _derivative(t.args[0], x, out))
    rule = _RULES.get(t.op)
    if rule is None:
        out.append(FALSE)
        return num(0)
    return rule(t, x, out)


# Sums and products, simplified only where a factor is a literal 0 or 1 ----------------------------------------------


def _is(t: Term, value: int) -> bool:
    return t.op == "num" and t.data == value


def _plus(a: Term, b: Term) -> Term:
    return b if _is(a, 0) else a if _is(b, 0) else a + b


def _times(a: Term, b: Term) -> Term:
    if _is(a, 0) or _is(b, 0):
        return num(0)
    return b if _is(a, 1) else a if _is(b, 1) else a * b


def _add(t: Term, x: Term, out: Conditions) -> Term:
    return _plus(_derivative(t.args[0], x, out), _derivative(t.args[1], x, out))


def _sub(t: Term, x: Term, out: Conditions) -> Term:
    a, b = (_derivative(s, x, out) for s in t.args)
    return a if _is(b, 0) else a - b


def _neg(t: Term, x: Term, out: Conditions) -> Term:
    return -_derivative(t.args[0], x, out)


def _mul(t: Term, x: Term, out: Conditions) -> Term:
    a, b = t.args
    return _plus(_times(_derivative(a, x, out), b), _times(a, _derivative(b, x, out)))


def _div(t: Term, x: Term, out: Conditions) -> Term:
    a, b = t.args
    out.append(Ne(b, 0))
    da, db = _derivative(a, x, out), _derivative(b, x, out)
    return da / b if _is(db, 0) else (_times(da, b) - _times(a, db)) / b**2


def _pow(t: Term, x: Term, out: Conditions) -> Term:
    base, exponent = t.args
    value = rational_value(exponent)
    if value is not None:
        if value < 0 or value.denominator != 1:
            out.append(Ne(base, 0) if value.denominator == 1 else base > 0)
        inner = _derivative(base, x, out)
        return num(0) if value == 0 else _times(_times(num(value), base ** num(value - 1)), inner)
    if x not in free_variables(exponent):
        out.append(Or(Ne(base, 0), exponent >= 1) if exponent.sort.kind == "int" else base > 0)
        return _times(exponent * base ** (exponent - 1), _derivative(base, x, out))
    out.append(base > 0)
    inner, outer = _derivative(base, x, out), _derivative(exponent, x, out)
    return t * _plus(_times(outer, log(base)), _times(exponent, inner / base))


# Functions of one argument --------------------------------------------------------------------------------------------


def _sqrt(u: Term, out: Conditions) -> Term:
    out.append(u > 0)
    return 1 / (2 * sqrt(u))


def _log(u: Term, out: Conditions) -> Term:
    out.append(u > 0)
    return 1 / u


def _tan(u: Term, out: Conditions) -> Term:
    out.append(Ne(unary("cos", u), 0))
    return 1 + unary("tan", u) ** 2


def _inside(u: Term, out: Conditions) -> Term:
    out.extend((num(-1) < u, u < 1))
    return 1 - u**2


def _acosh(u: Term, out: Conditions) -> Term:
    out.append(u > 1)
    return 1 / sqrt(u**2 - 1)


def _abs(u: Term, out: Conditions) -> Term:
    out.append(Ne(u, 0))
    return unary("sign", u)


def _step(op: str, u: Term, out: Conditions) -> Term:
    out.append(Ne(u, 0) if op == "sign" else Ne(u, unary(op, u)))
    return num(0)


_UNARY: dict[str, Callable[[Term, Conditions], Term]] = {
    "exp": lambda u, out: exp(u),
    "log": _log,
    "sqrt": _sqrt,
    "sin": lambda u, out: unary("cos", u),
    "cos": lambda u, out: -unary("sin", u),
    "tan": _tan,
    "asin": lambda u, out: 1 / sqrt(_inside(u, out)),
    "acos": lambda u, out: -1 / sqrt(_inside(u, out)),
    "atan": lambda u, out: 1 / (1 + u**2),
    "sinh": lambda u, out: unary("cosh", u),
    "cosh": lambda u, out: unary("sinh", u),
    "tanh": lambda u, out: 1 - unary("tanh", u) ** 2,
    "asinh": lambda u, out: 1 / sqrt(u**2 + 1),
    "acosh": _acosh,
    "atanh": lambda u, out: 1 / _inside(u, out),
    "erf": lambda u, out: 2 / sqrt(Term("pi")) * exp(-(u**2)),
    "abs": _abs,
    "sign": lambda u, out: _step("sign", u, out),
    "floor": lambda u, out: _step("floor", u, out),
    "ceiling": lambda u, out: _step("ceiling", u, out),
}


# Choices, sums, unknown functions, nested derivatives ----------------------------------------------------------------


def _ite(t: Term, x: Term, out: Conditions) -> Term:
    condition, yes, no = t.args
    if x in free_variables(condition):
        if condition.op not in ("lt", "le", "gt", "ge"):
            out.append(FALSE)
            return num(0)
        for side in condition.args:
            _derivative(side, x, out)  # both sides are continuous
        out.append(Ne(*condition.args))
    branches = []
    for guard, branch in ((condition, yes), (opposite(condition), no)):
        derivative, inner = differentiate(branch, x)
        branches.append(derivative)
        out.extend(Implies(guard, c) for c in inner)
    return Ite(condition, branches[0], branches[1])


def _min_max(t: Term, x: Term, out: Conditions) -> Term:
    first, *rest = t.args
    if not rest:
        return _derivative(first, x, out)
    other = rest[0] if len(rest) == 1 else Term(t.op, tuple(rest), None, t.sort)
    condition = first <= other if t.op == "min" else first >= other
    return _ite(Ite(condition, first, other), x, out)


def _sum(t: Term, x: Term, out: Conditions) -> Term:
    low, high, _ = t.args
    if x in free_variables(low) | free_variables(high):
        out.append(FALSE)
        return num(0)
    (index,), body = opened(t)
    derivative, inner = differentiate(body, x)
    out.extend(forall_in(index, low, high, c) for c in inner)
    return Sum(index, low, high, derivative)


def _apply(t: Term, x: Term, out: Conditions) -> Term:
    f, *args = t.args
    if len(args) != 1 or f.sort.domain != (REAL,) or f.sort.result != REAL or x in free_variables(f):
        out.append(FALSE)
        return num(0)
    out.append(differentiable_at()(f, args[0]))
    return _times(_slope(f, args[0]), _derivative(args[0], x, out))


def _slope(f: Term, at: Term) -> Term:
    name, taken = "s", {v.name for v in free_variables(f)}
    while name in taken:
        name += "'"
    s = Term("var", (), name, REAL)
    return Diff(s, f(s), at)


def _diff(t: Term, x: Term, out: Conditions) -> Term:
    (y,), body = opened(t)
    at = t.args[0]
    inner, conditions = differentiate(body, y)
    if any(c.op == "call" for s in conditions for c in s.walk()):
        return _diff_of_unknown(y, body, at, x, out)
    if any(s.op == "forall" for s in conditions):
        out.append(FALSE)  # kept simple: a derivative of a sum is not differentiated again before it is expanded
    for c in conditions:
        here = subst(c, {y: at})
        out.append(here)
        _lasts(here, x, out)
    return _derivative(subst(inner, {y: at}), x, out)


def _lasts(condition: Term, x: Term, out: Conditions) -> None:
    """Ask for what makes a condition that holds at ``x`` hold around it, and a guard keep its truth."""
    if x not in free_variables(condition):
        return
    if condition.op in ("and", "or", "implies", "not"):
        for part in condition.args:
            _lasts(part, x, out)
    elif condition.op in ("lt", "gt", "le", "ge", "ne"):
        for side in condition.args:
            _derivative(side, x, out)  # both sides are continuous
        if condition.op != "ne":
            out.append(Ne(*condition.args))
    else:
        out.append(FALSE)


def _diff_of_unknown(y: Term, body: Term, at: Term, x: Term, out: Conditions) -> Term:
    if x in free_variables(body):
        out.append(FALSE)
        return num(0)
    derivative = Lam(y, Diff(y, body, y))
    out.append(ForAll(y, differentiable_at()(Lam(y, body), y)))
    out.append(differentiable_at()(derivative, at))
    return _times(_slope(derivative, at), _derivative(at, x, out))


_RULES: dict[str, Callable[[Term, Term, Conditions], Term]] = {
    "add": _add,
    "sub": _sub,
    "neg": _neg,
    "mul": _mul,
    "div": _div,
    "pow": _pow,
    "ite": _ite,
    "min": _min_max,
    "max": _min_max,
    "sum": _sum,
    "apply": _apply,
    "diff": _diff,
}
