"""Which propositions say that all terms of a proposition are defined.

A proposition is read from left to right: in ``A and B`` and ``A -> B`` the part B need only be defined where A holds,
in ``A or B`` where A fails, and in ``ite(c, a, b)`` each branch where it is taken.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from symproof.kernel.differentiate import differentiate, opened, opposite
from symproof.logic.definition import Definition
from symproof.logic.matrix_notions import invertible
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT
from symproof.logic.syntax import ForAll, Implies, Ne, Or, forall_in, num, unary
from symproof.logic.term import Term, subst

__all__ = ["obligations"]

Parts = Iterable[Term]


def obligations(proposition: Term) -> tuple[Term, ...]:
    """The propositions which together say that every term in ``proposition`` is defined; () if that is clear.

    They have the free variables of ``proposition``; what stands under a binder is generalised. They need not be
    defined themselves one by one, but they are if read in order. A literal condition that holds, like 2 != 0, is left
    out; one that fails, like 0 != 0, is not.
    """
    return tuple(dict.fromkeys(p for p in _parts(proposition) if not _holds(p)))


_COMPARE = {
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}


def _holds(p: Term) -> bool:
    """Whether ``p`` is a true relation between literal numbers, possibly under binders and guards."""
    if p.op in ("forall", "implies"):
        return _holds(p.args[-1])
    if p.op == "or":
        return any(_holds(a) for a in p.args)
    if p.op not in _COMPARE or not p.args[0].sort.is_number:
        return False
    a, b = rational_value(p.args[0]), rational_value(p.args[1])
    return a is not None and b is not None and bool(_COMPARE[p.op](a, b))


def _guarded(guard: Term, parts: Parts) -> Parts:
    return (Implies(guard, p) for p in parts)


def _parts(t: Term) -> Parts:
    if t.op in ("and", "or", "implies"):
        yield from _junction(t)
    elif t.op == "ite":
        yield from _parts(t.args[0])
        yield from _guarded(t.args[0], _parts(t.args[1]))
        yield from _guarded(opposite(t.args[0]), _parts(t.args[2]))
    elif t.op in ("forall", "exists", "lam"):
        variables, body = opened(t)
        yield from (ForAll(variables, p) for p in _parts(body))
    elif t.op in ("sum", "minover", "maxover"):
        yield from _ranged(t)
    elif t.op == "diff":
        yield from _differentiated(t)
    elif t.op == "call":
        for a in t.args:
            yield from _parts(a)
        for p in _of_definition(t.data):
            yield subst(p, dict(zip(t.data.params, t.args, strict=True)))
    else:
        for a in t.args:
            yield from _parts(a)
        yield from _of_operator(t)


def _junction(t: Term) -> Parts:
    """The parts of a conjunction, disjunction or implication, each one guarded by those before it."""
    guards: list[Term] = []
    for a in t.args:
        for p in _parts(a):
            for guard in reversed(guards):
                p = Implies(guard, p)
            yield p
        guards.append(opposite(a) if t.op == "or" else a)


def _ranged(t: Term) -> Parts:
    low, high, _ = t.args
    yield from _parts(low)
    yield from _parts(high)
    if t.op != "sum":
        yield low <= high
    (index,), body = opened(t)
    yield from (forall_in(index, low, high, p) for p in _parts(body))


def _differentiated(t: Term) -> Parts:
    at = t.args[0]
    (x,), body = opened(t)
    yield from _parts(at)
    _, conditions = differentiate(body, x)
    for c in conditions:
        for p in (*_parts(c), c):
            yield subst(p, {x: at})
    yield from (subst(p, {x: at}) for p in _parts(body))


def _of_operator(t: Term) -> Parts:
    """What the operator at the top of ``t`` asks of its arguments."""
    if t.op == "div":
        yield Ne(t.args[1], 0)
    elif t.op == "pow":
        yield from _of_power(t.args[0], t.args[1])
    elif t.op == "log":
        yield t.args[0] > 0
    elif t.op == "sqrt":
        yield t.args[0] >= 0
    elif t.op in ("asin", "acos"):
        yield from (num(-1) <= t.args[0], t.args[0] <= 1)
    elif t.op == "atanh":
        yield from (num(-1) < t.args[0], t.args[0] < 1)
    elif t.op == "acosh":
        yield t.args[0] >= 1
    elif t.op == "tan":
        yield Ne(unary("cos", t.args[0]), 0)
    elif t.op == "inverse":
        yield invertible(t.args[0])


def _of_power(base: Term, exponent: Term) -> Parts:
    """Integer powers (0**0 is 1), roots of nonnegative numbers, real powers of positive numbers."""
    value = rational_value(exponent)
    if value is not None and value.denominator == 1:
        if value < 0:
            yield Ne(base, 0)
    elif value is not None:
        yield base >= 0 if value > 0 else base > 0
    elif exponent.sort == INT:
        yield Or(Ne(base, 0), exponent >= 0)
    else:
        yield base > 0


@lru_cache(maxsize=4096)
def _of_definition(definition: Definition) -> tuple[Term, ...]:
    """What a definition asks of its parameters."""
    if definition.body is not None:
        return obligations(definition.body)
    if definition.step is None or definition.base is None or definition.previous is None:
        return ()
    n, *rest = definition.params
    everywhere = [ForAll(rest, p) if rest else p for p in obligations(definition.base)]
    for p in obligations(definition.step):
        p = ForAll((definition.previous, *rest), p)
        everywhere.append(ForAll(n, Implies(n >= 0, p)))
    return (n >= 0, *everywhere)
