"""Standard inequalities and equations of one function at one argument, such as ``exp(u) >= 1 + u``.

A goal (each part of a conjunction) is compared with what is known of each of its own subterms, in normal form. The
condition of what is known becomes an obligation.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from symproof.recheck.linear_arithmetic import as_form
from symproof.recheck.normal_form import normal_form
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts
from symproof.recheck.term import INT, REAL, TRUE, Term, connective, num, op, relation

__all__ = ["check"]

Known = tuple[Term, Term]
"""A condition, and a relation that holds if the condition does."""
PI = Term("pi", (), None, REAL)
HALF_PI = op("div", PI, num(2))


def check(question: Question) -> Answer:
    """Accept a conjunction of known relations."""
    conditions: list[Term] = []
    for part in conjuncts(question.goal):
        condition = _condition(part)
        if condition != TRUE:
            conditions.append(condition)
    return Answer(tuple(conditions))


def _condition(goal: Term) -> Term:
    """A condition under which it is known that the goal holds."""
    wanted = as_form(goal, normal_form)
    for t in dict.fromkeys(goal.walk()):
        if t.loose or not t.sort.number:
            continue
        for condition, known in _known(t):
            swapped = relation("eq", known.args[1], known.args[0]) if known.op == "eq" else known
            if wanted in (as_form(known, normal_form), as_form(swapped, normal_form)):
                return condition
    raise Refused(f"not one of the standard bounds: {goal}")


def _le(a: Term | int, b: Term | int) -> Term:
    return relation("le", a if isinstance(a, Term) else num(a), b)


def _lt(a: Term | int, b: Term | int) -> Term:
    return relation("lt", a if isinstance(a, Term) else num(a), b)


def _eq(a: Term, b: Term | int) -> Term:
    return relation("eq", a, b)


def _square(t: Term) -> Term:
    return op("pow", t, num(2))


def _half(t: Term) -> Term:
    return op("div", t, num(2))


def _known(t: Term) -> Iterator[Known]:
    """What is known of a term from its outermost operator."""
    if t.op in _BETWEEN:
        low, high = _BETWEEN[t.op]
        yield from ((TRUE, _lt(num(low), t)), (TRUE, _lt(t, num(high))))
    elif t.op == "pow":
        yield from _of_power(t, *t.args)
    elif t.op in ("min", "max"):
        yield from ((TRUE, _le(t, a) if t.op == "min" else _le(a, t)) for a in t.args)
    elif len(t.args) == 1:
        (u,) = t.args
        yield from ((TRUE, p) for p in _always(t, u))
        yield from _under_condition(t, u)
        if t.op in _NEAR_ARGUMENT:
            yield from _near_argument(t, u)


_BETWEEN = {
    "pi": (Fraction(333, 106), Fraction(355, 113)),
    "e": (Fraction(1264, 465), Fraction(1457, 536)),
}
"""Continued fractions of pi and e: the first is below, the second above."""
_NEAR_ARGUMENT = frozenset({"sin", "tanh", "atan", "asinh"})
"""The functions that are 0 at 0, with slope 1 there and a smaller one elsewhere: below u for u > 0, above for u < 0."""


def _of_power(t: Term, base: Term, exponent: Term) -> Iterator[Known]:
    value = _literal(exponent)
    if value is None:
        yield _lt(0, base), _lt(0, t)
        if _literal(base) == -1 and exponent.sort == INT:
            yield TRUE, _eq(_square(t), 1)
    elif value.numerator == 1 and value.denominator > 1:
        yield _lt(0, base), _lt(0, t)
        yield _le(0, base), _le(0, t)
        yield _le(0, base), _eq(op("pow", t, num(value.denominator)), base)


def _literal(t: Term) -> Fraction | None:
    """The value of ``p``, ``-p`` or ``p/q`` for literal numbers."""
    if t.op == "num":
        return Fraction(t.data)
    parts = [_literal(a) for a in t.args] if t.op in ("neg", "div") else []
    if not parts or None in parts:
        return None
    values = [Fraction(p) for p in parts if p is not None]
    if t.op == "neg":
        return -values[0]
    return values[0] / values[1] if values[1] else None


def _always(t: Term, u: Term) -> tuple[Term, ...]:
    """What holds for every real argument."""
    if t.op == "exp":
        return _lt(0, t), _le(num(1) + u, t), _le(t * (num(1) - u), 1)
    if t.op in ("sin", "cos"):
        other = op("cos" if t.op == "sin" else "sin", u)
        circle = _eq(_square(t) + _square(other), 1)
        more = (_le(num(1) - _half(_square(u)), t),) if t.op == "cos" else ()
        return _le(-1, t), _le(t, 1), circle, *more
    if t.op == "cosh":
        return (_le(num(1) + _half(_square(u)), t),)
    if t.op in ("tanh", "erf"):
        return _lt(-1, t), _lt(t, 1)
    if t.op == "atan":
        return _lt(-HALF_PI, t), _lt(t, HALF_PI)
    if t.op == "abs":
        return _le(0, t), _le(u, t), _le(-u, t), _eq(_square(t), _square(u))
    if t.op == "sign":
        return _le(-1, t), _le(t, 1), _eq(t * u, op("abs", u))
    if t.op == "floor":
        return _le(t, u), _lt(u, t + 1)
    if t.op == "ceiling":
        return _le(u, t), _lt(t, u + 1)
    return ()


def _under_condition(t: Term, u: Term) -> Iterator[Known]:
    inside = connective("and", _le(-1, u), _le(u, 1))
    if t.op == "log":
        yield _lt(0, u), _le(t, u - 1)
        yield _lt(0, u), _le(num(1) - op("div", num(1), u), t)
    elif t.op == "sqrt":
        yield _lt(0, u), _lt(0, t)
        yield _le(0, u), _le(0, t)
        yield _le(0, u), _eq(_square(t), u)
    elif t.op == "sin":
        yield from _on_arch(t, u, num(0), PI)
        for half, p in ((-PI, _le(t, 0)), (-PI, _lt(t, 0))):
            compare = _le if p.op == "le" else _lt
            yield connective("and", compare(half, u), compare(u, 0)), p
    elif t.op == "cos":
        yield from _on_arch(t, u, -HALF_PI, HALF_PI)
    elif t.op == "sinh":
        yield _le(0, u), _le(u, t)
        yield _le(u, 0), _le(t, u)
    elif t.op in ("asin", "acos"):
        low, high = (num(0), PI) if t.op == "acos" else (-HALF_PI, HALF_PI)
        yield from ((inside, _le(low, t)), (inside, _le(t, high)))
    elif t.op == "acosh":
        yield _le(1, u), _le(0, t)


def _on_arch(t: Term, u: Term, low: Term, high: Term) -> Iterator[Known]:
    """A function that is positive between low and high, and 0 there."""
    yield connective("and", _lt(low, u), _lt(u, high)), _lt(0, t)
    yield connective("and", _le(low, u), _le(u, high)), _le(0, t)


def _near_argument(t: Term, u: Term) -> Iterator[Known]:
    yield _lt(0, u), _lt(t, u)
    yield _lt(u, 0), _lt(u, t)
    yield _le(0, u), _le(t, u)
    yield _le(u, 0), _le(u, t)
    if t.op != "sin":
        yield _le(0, u), _le(0, t)
        yield _le(u, 0), _le(t, 0)
