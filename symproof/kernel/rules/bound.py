"""Standard bounds of functions at an argument: ``exp(u) >= 1 + u``, ``sin(u) <= 1``, ``sqrt(u)**2 = u`` and the like.

``bounds_of`` lists what is known of one term, as propositions with their side condition as a premise. The rule accepts
a goal that is in the list of one of its own subterms, or the conclusion of such a proposition, whose premise becomes an
obligation.
Good: ``log(t) <= t - 1`` for t > 0. Bad: ``exp(u) >= 2 + u``.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT
from symproof.logic.syntax import And, Eq, Implies, num, unary
from symproof.logic.term import Term

__all__ = ["RULE", "bounds_of"]

Bounds = tuple[Term, ...]
PI = Term("pi")


def bounds_of(t: Term) -> Bounds:
    """What is known of ``t`` by its outermost operator alone."""
    if t.op in _CONSTANTS:
        low, high = _CONSTANTS[t.op]
        return num(Fraction(*low)) < t, t < num(Fraction(*high))
    if t.op == "pow":
        return _power(t)
    if t.op in ("min", "max"):
        return tuple(t <= a if t.op == "min" else a <= t for a in t.args)
    rule = _TABLE.get(t.op)
    return rule(t, t.args[0]) if rule is not None else ()


_CONSTANTS = {"pi": ((333, 106), (355, 113)), "e": ((1264, 465), (1457, 536))}


def _power(t: Term) -> Bounds:
    base, exponent = t.args
    value = rational_value(exponent)
    if value is not None and value.numerator == 1 and value.denominator > 1:
        return Implies(base >= 0, t >= 0), Implies(base > 0, t > 0), Implies(base >= 0, Eq(t**value.denominator, base))
    if value is None and rational_value(base) == -1 and exponent.sort == INT:
        return (Eq(t**2, 1),)
    return (Implies(base > 0, t > 0),) if value is None else ()


def _sine(t: Term, u: Term) -> Bounds:
    circle = Eq(t**2 + unary("cos", u) ** 2, 1)
    above = Implies(And(u >= 0, u <= PI), t >= 0), Implies(And(u > 0, u < PI), t > 0)
    below = Implies(And(u >= -PI, u <= 0), t <= 0), Implies(And(u > -PI, u < 0), t < 0)
    return (
        num(-1) <= t,
        t <= 1,
        circle,
        Implies(u >= 0, t <= u),
        Implies(u <= 0, t >= u),
        *_beside(t, u),
        *above,
        *below,
    )


def _cosine(t: Term, u: Term) -> Bounds:
    arch = Implies(And(u >= -PI / 2, u <= PI / 2), t >= 0), Implies(And(u > -PI / 2, u < PI / 2), t > 0)
    return num(-1) <= t, t <= 1, Eq(unary("sin", u) ** 2 + t**2, 1), t >= 1 - u**2 / 2, *arch


def _root(t: Term, u: Term) -> Bounds:
    return Implies(u >= 0, t >= 0), Implies(u > 0, t > 0), Implies(u >= 0, Eq(t**2, u))


def _beside(t: Term, u: Term) -> Bounds:
    """On which side of its argument a function lies, strictly, that is 0 at 0 with a slope of 1 there and below."""
    return Implies(u > 0, t < u), Implies(u < 0, t > u)


def _odd(t: Term, u: Term) -> Bounds:
    """An odd function between 0 and its argument."""
    return Implies(u >= 0, And(t >= 0, t <= u)), Implies(u <= 0, And(t <= 0, t >= u)), *_beside(t, u)


def _arc(t: Term, u: Term) -> Bounds:
    inside = And(num(-1) <= u, u <= 1)
    low, high = (num(0), PI) if t.op == "acos" else (-PI / 2, PI / 2)
    return Implies(inside, low <= t), Implies(inside, t <= high)


_TABLE: dict[str, Callable[[Term, Term], Bounds]] = {
    "exp": lambda t, u: (t > 0, t >= 1 + u, t * (1 - u) <= 1),
    "log": lambda t, u: (Implies(u > 0, t <= u - 1), Implies(u > 0, t >= 1 - 1 / u)),
    "sqrt": _root,
    "sin": _sine,
    "cos": _cosine,
    "cosh": lambda t, u: (t >= 1 + u**2 / 2,),
    "sinh": lambda t, u: (Implies(u >= 0, t >= u), Implies(u <= 0, t <= u)),
    "tanh": lambda t, u: (num(-1) < t, t < 1, *_odd(t, u)),
    "atan": lambda t, u: (t > -PI / 2, t < PI / 2, *_odd(t, u)),
    "asin": _arc,
    "acos": _arc,
    "asinh": _odd,
    "acosh": lambda t, u: (Implies(u >= 1, t >= 0),),
    "erf": lambda t, u: (num(-1) < t, t < 1),
    "abs": lambda t, u: (t >= 0, u <= t, -u <= t, Eq(t**2, u**2)),
    "sign": lambda t, u: (num(-1) <= t, t <= 1, Eq(t * u, unary("abs", u))),
    "floor": lambda t, u: (t <= u, u < t + 1),
    "ceiling": lambda t, u: (u <= t, t < u + 1),
}


def _check(request: Request) -> Accepted:
    for t in request.goal.walk():
        if t.loose or not t.sort.is_number:
            continue
        for bound in bounds_of(t):
            if bound == request.goal:
                return Accepted()
            if bound.op == "implies" and bound.args[1] == request.goal:
                return Accepted((bound.args[0],))
    raise Refusal("not one of the standard bounds", got=str(request.goal), expected="for example exp(u) >= 1 + u")


RULE = Rule(
    name="bound",
    decides="standard bounds of one function at one argument",
    refuses="anything else",
    sentence="by a standard bound",
    check=_check,
)
