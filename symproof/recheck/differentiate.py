"""The derivative of a term in a real variable, and propositions under which it is the derivative.

Of the conditions, all but ``differentiable_at`` are strict relations between functions that are differentiable where
the conditions hold; so if they hold at a point, they hold around it, and the derivative may be differentiated again.
Parts without the variable are constants, whatever their value is.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from symproof.recheck.negation import opposite
from symproof.recheck.rational import rational
from symproof.recheck.refused import Refused
from symproof.recheck.term import (
    BOOL,
    FALSE,
    INT,
    REAL,
    Definition,
    Term,
    call,
    connective,
    free_variables,
    fun,
    num,
    op,
    quantified,
    relation,
    substituted,
    var,
)

__all__ = ["CONTINUOUS", "differentiable_at", "differentiate"]

CONTINUOUS = frozenset({
    "add", "sub", "mul", "neg", "div", "pow", "exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
    "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "abs", "min", "max", "num", "var", "pi", "e",
})  # fmt: skip
"""Operators that are continuous where they are defined; at the ends of their domain, from inside."""


@lru_cache(maxsize=1)
def differentiable_at() -> Definition:
    """The notion "f has a derivative at x", spelled out with epsilon and delta."""
    f, x, slope, epsilon, delta, h = var("f", fun(REAL, REAL)), *(var(n, REAL) for n in ("x", "d", "e", "r", "h"))
    error = op("abs", op("apply", f, x + h) - op("apply", f, x) - slope * h)
    small = relation("le", error, epsilon * op("abs", h))
    near = quantified("forall", [h], connective("implies", relation("lt", op("abs", h), delta), small))
    some = quantified("exists", [delta], connective("and", relation("gt", delta, 0), near))
    every = quantified("forall", [epsilon], connective("implies", relation("gt", epsilon, 0), some))
    return Definition("calculus.differentiable_at", (f, x), BOOL, quantified("exists", [slope], every))


def differentiate(term: Term, x: Term) -> tuple[Term, tuple[Term, ...]]:
    """The derivative of ``term`` in the variable ``x``, at ``x``, and its conditions.

    Where the conditions hold, ``term`` is differentiable at ``x`` with this derivative, and defined around ``x`` but
    for parts without ``x``. Where no rule applies, a condition is ``false``.
    """
    if x.op != "var" or x.sort != REAL:
        raise Refused(f"no real variable: {x}")
    rules = _Rules(x)
    slope = rules.slope(term)
    return slope, tuple(dict.fromkeys(rules.conditions))


class _Rules:
    """The rules of differentiation in one variable; ``conditions`` grows."""

    def __init__(self, x: Term) -> None:
        self.x, self.conditions = x, list[Term]()

    def has_x(self, *terms: Term) -> bool:
        return any(self.x in free_variables(t) for t in terms)

    def need(self, name: str, a: Term, b: Term | int) -> None:
        self.conditions.append(relation(name, a, b))

    def unknown(self) -> Term:
        self.conditions.append(FALSE)
        return num(0)

    def slope(self, t: Term) -> Term:
        if t == self.x:
            return num(1)
        if not self.has_x(t):
            return num(0)
        if t.op in _OUTER:
            return _times(_OUTER[t.op](self, t.args[0]), self.slope(t.args[0]))
        rule = getattr(self, f"_{t.op}", None)
        return self.unknown() if rule is None else rule(t)

    # Arithmetic

    def _add(self, t: Term) -> Term:
        return _plus(*map(self.slope, t.args))

    def _sub(self, t: Term) -> Term:
        a, b = map(self.slope, t.args)
        return a if _is(b, 0) else a - b

    def _neg(self, t: Term) -> Term:
        return -self.slope(t.args[0])

    def _mul(self, t: Term) -> Term:
        (a, b), (da, db) = t.args, map(self.slope, t.args)
        return _plus(_times(da, b), _times(a, db))

    def _div(self, t: Term) -> Term:
        (a, b), (da, db) = t.args, map(self.slope, t.args)
        self.need("ne", b, 0)
        if _is(db, 0):
            return op("div", da, b)
        return op("div", _times(da, b) - _times(a, db), op("pow", b, num(2)))

    def _pow(self, t: Term) -> Term:
        base, exponent = t.args
        value, inner = rational(exponent), self.slope(base)
        if value is not None:
            if value.denominator != 1:
                self.need("gt", base, 0)
            elif value < 0:
                self.need("ne", base, 0)
            return _times(_times(num(value), op("pow", base, num(value - 1))), inner) if value else num(0)
        if not self.has_x(exponent):
            if exponent.sort == INT:
                nonzero, natural = relation("ne", base, 0), relation("ge", exponent, 1)
                self.conditions.append(connective("or", nonzero, natural))
            else:
                self.need("gt", base, 0)
            return _times(exponent * op("pow", base, exponent - 1), inner)
        self.need("gt", base, 0)
        return t * _plus(_times(self.slope(exponent), op("log", base)), _times(exponent, op("div", inner, base)))

    # Choices, sums

    def _ite(self, t: Term) -> Term:
        condition, *branches = t.args
        if self.has_x(condition):
            if condition.op not in ("lt", "le", "gt", "ge"):
                return self.unknown()
            for side in condition.args:
                self.slope(side)  # so that it is continuous, and the same branch is taken around
            self.need("ne", *condition.args)
        slopes = []
        for guard, branch in zip((condition, opposite(condition)), branches, strict=True):
            slope, inner = differentiate(branch, self.x)
            slopes.append(slope)
            self.conditions += [connective("implies", guard, c) for c in inner]
        return op("ite", condition, *slopes)

    def _min(self, t: Term) -> Term:
        first, *rest = t.args
        if not rest:
            return self.slope(first)
        other = rest[0] if len(rest) == 1 else op(t.op, *rest)
        condition = relation("le" if t.op == "min" else "ge", first, other)
        return self._ite(op("ite", condition, first, other))

    _max = _min

    def _sum(self, t: Term) -> Term:
        low, high, _ = t.args
        if self.has_x(low, high):
            return self.unknown()
        (index,), body = t.opened(self.x)
        slope, inner = differentiate(body, self.x)
        reach = connective("and", relation("le", low, index), relation("le", index, high))
        self.conditions += [quantified("forall", [index], connective("implies", reach, c)) for c in inner]
        return quantified("sum", [index], slope, low, high)

    # Unknown functions, derivatives

    def _apply(self, t: Term) -> Term:
        f, *args = t.args
        if f.sort != fun(REAL, REAL) or self.has_x(f):
            return self.unknown()
        self.conditions.append(call(differentiable_at(), f, args[0]))
        return _times(_slope_of(f, args[0]), self.slope(args[0]))

    def _diff(self, t: Term) -> Term:
        at = t.args[0]
        (y,), body = t.opened(self.x)
        inner, conditions = differentiate(body, y)
        parts = [p.op for c in conditions for p in c.walk()]
        if "call" in parts:
            return self._diff_of_unknown(y, body, at)
        if "forall" in parts:
            return self.unknown()
        for c in conditions:
            c = substituted(c, {y: at})
            self.conditions.append(c)
            self._lasts(c)
        return self.slope(substituted(inner, {y: at}))

    def _lasts(self, condition: Term) -> None:
        """See to it that a condition that holds, and a guard that is decided, holds and is decided around ``x``."""
        if not self.has_x(condition):
            return
        if condition.op in ("and", "or", "implies", "not"):
            for part in condition.args:
                self._lasts(part)
        elif condition.op in ("lt", "gt", "ne", "le", "ge"):
            for side in condition.args:
                self.slope(side)
            if condition.op != "ne":
                self.need("ne", *condition.args)
        else:
            self.unknown()

    def _diff_of_unknown(self, y: Term, body: Term, at: Term) -> Term:
        if self.has_x(body):
            return self.unknown()
        slope = quantified("lam", [y], quantified("diff", [y], body, y))
        everywhere = call(differentiable_at(), quantified("lam", [y], body), y)
        self.conditions.append(quantified("forall", [y], everywhere))
        self.conditions.append(call(differentiable_at(), slope, at))
        return _times(_slope_of(slope, at), self.slope(at))


def _is(t: Term, value: int) -> bool:
    return t.op == "num" and t.data == value


def _plus(a: Term, b: Term) -> Term:
    return b if _is(a, 0) else a if _is(b, 0) else a + b


def _times(a: Term, b: Term) -> Term:
    if _is(a, 0) or _is(b, 0):
        return num(0)
    return b if _is(a, 1) else a if _is(b, 1) else a * b


def _slope_of(f: Term, at: Term) -> Term:
    name = "s"
    while name in {v.name for v in free_variables(f)}:
        name += "'"
    s = var(name, REAL)
    return quantified("diff", [s], op("apply", f, s), at)


def _over(top: Term | int, bottom: Term) -> Term:
    return op("div", num(top) if isinstance(top, int) else top, bottom)


def _square(u: Term) -> Term:
    return op("pow", u, num(2))


def _where(rules: _Rules, value: Term, *needs: tuple[str, Term, Term | int]) -> Term:
    for each in needs:
        rules.need(*each)
    return value


def _within(rules: _Rules, u: Term) -> Term:
    return _where(rules, num(1) - _square(u), ("lt", num(-1), u), ("lt", u, 1))


_OUTER: dict[str, Callable[[_Rules, Term], Term]] = {
    "exp": lambda r, u: op("exp", u),
    "log": lambda r, u: _where(r, _over(1, u), ("gt", u, 0)),
    "sqrt": lambda r, u: _where(r, _over(1, num(2) * op("sqrt", u)), ("gt", u, 0)),
    "sin": lambda r, u: op("cos", u),
    "cos": lambda r, u: -op("sin", u),
    "tan": lambda r, u: _where(r, num(1) + _square(op("tan", u)), ("ne", op("cos", u), 0)),
    "asin": lambda r, u: _over(1, op("sqrt", _within(r, u))),
    "acos": lambda r, u: _over(-1, op("sqrt", _within(r, u))),
    "atan": lambda r, u: _over(1, num(1) + _square(u)),
    "sinh": lambda r, u: op("cosh", u),
    "cosh": lambda r, u: op("sinh", u),
    "tanh": lambda r, u: num(1) - _square(op("tanh", u)),
    "asinh": lambda r, u: _over(1, op("sqrt", _square(u) + 1)),
    "acosh": lambda r, u: _where(r, _over(1, op("sqrt", _square(u) - 1)), ("gt", u, 1)),
    "atanh": lambda r, u: _over(1, _within(r, u)),
    "erf": lambda r, u: _over(2, op("sqrt", op("pi"))) * op("exp", -_square(u)),
    "abs": lambda r, u: _where(r, op("sign", u), ("ne", u, 0)),
    "sign": lambda r, u: _where(r, num(0), ("ne", u, 0)),
    "floor": lambda r, u: _where(r, num(0), ("ne", u, op("floor", u))),
    "ceiling": lambda r, u: _where(r, num(0), ("ne", u, op("ceiling", u))),
}
"""The derivatives of the named functions; each asks for what it needs of its argument."""
