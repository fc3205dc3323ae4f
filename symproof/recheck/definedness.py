"""What says that all terms of a proposition are defined: no division by zero, no logarithm of a negative number, ...

Whether a proposition is true does not hang on this, as every function has some value everywhere. But a reader takes
``1/x > 0`` to say that x is not 0, so a claim has to see to it. A proposition is read from left to right: the second
part of a conjunction or implication need only be defined where the first holds, that of a disjunction where it fails,
a branch of a choice where it is taken.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from symproof.recheck.differentiate import differentiate
from symproof.recheck.negation import opposite
from symproof.recheck.rational import rational
from symproof.recheck.term import (
    INT,
    Definition,
    Term,
    connective,
    free_variables,
    num,
    op,
    quantified,
    relation,
    substituted,
    var,
)  # fmt: skip

__all__ = ["conditions"]

ZERO, ONE, MINUS_ONE = num(0), num(1), num(-1)


@lru_cache(maxsize=20_000)
def conditions(proposition: Term) -> tuple[Term, ...]:
    """Propositions which together say that every term in this one (or in this term) is defined.

    They are about the free variables of ``proposition``; what they say of bound ones is said for all their values.
    Relations between literal numbers that hold are left out.
    """
    return tuple(dict.fromkeys(c for c in _conditions(proposition) if not _clear(c)))


def _conditions(t: Term) -> Iterator[Term]:
    if not t.args and t.op != "call":
        return
    if t.op in ("and", "or", "implies"):
        yield from _in_turn(t)
    elif t.op == "ite":
        condition, yes, no = t.args
        yield from _conditions(condition)
        yield from (connective("implies", condition, c) for c in _conditions(yes))
        yield from (connective("implies", opposite(condition), c) for c in _conditions(no))
    elif t.op in ("forall", "exists", "lam"):
        variables, body = t.opened()
        yield from (quantified("forall", variables, c) for c in _conditions(body))
    elif t.op in ("sum", "minover", "maxover"):
        yield from _over_a_range(t)
    elif t.op == "diff":
        yield from _derivative(t)
    else:
        for a in t.args:
            yield from _conditions(a)
        if t.op == "call":
            yield from (substituted(c, dict(zip(t.data.params, t.args, strict=True))) for c in _of_notion(t.data))
        else:
            yield from _domain(t)


def _in_turn(t: Term) -> Iterator[Term]:
    before: list[Term] = []
    for part in t.args:
        for c in _conditions(part):
            for guard in reversed(before):
                c = connective("implies", guard, c)
            yield c
        before.append(opposite(part) if t.op == "or" else part)


def _over_a_range(t: Term) -> Iterator[Term]:
    low, high, _ = t.args
    yield from _conditions(low)
    yield from _conditions(high)
    if t.op != "sum":
        yield relation("le", low, high)
    (index,), body = t.opened()
    within = connective("and", relation("le", low, index), relation("le", index, high))
    for c in _conditions(body):
        yield quantified("forall", (index,), connective("implies", within, c))


def _derivative(t: Term) -> Iterator[Term]:
    """The body and what its derivative asks for are defined and hold at the point."""
    at = t.args[0]
    yield from _conditions(at)
    (x,), body = t.opened()
    _, wanted = differentiate(body, x)
    for w in wanted:
        yield from (substituted(c, {x: at}) for c in (*_conditions(w), w))
    yield from (substituted(c, {x: at}) for c in _conditions(body))


def _domain(t: Term) -> Iterator[Term]:
    """What the operator at the top asks of its arguments."""
    if t.op == "pow":
        yield from _power(*t.args)
        return
    a = t.args[0]
    if t.op == "div":
        yield relation("ne", t.args[1], ZERO)
    elif t.op == "log":
        yield relation("gt", a, ZERO)
    elif t.op == "sqrt":
        yield relation("ge", a, ZERO)
    elif t.op in ("asin", "acos", "atanh"):
        compared = "lt" if t.op == "atanh" else "le"
        yield relation(compared, MINUS_ONE, a)
        yield relation(compared, a, ONE)
    elif t.op == "acosh":
        yield relation("ge", a, ONE)
    elif t.op == "tan":
        yield relation("ne", op("cos", a), ZERO)
    elif t.op == "inverse":
        yield _invertible(a)


def _power(base: Term, exponent: Term) -> Iterator[Term]:
    """Whole exponents (0**0 is 1), roots of what is not negative, real exponents of what is positive."""
    value = rational(exponent)
    if value is not None and value.denominator == 1:
        if value < 0:
            yield relation("ne", base, ZERO)
    elif value is not None:
        yield relation("ge" if value > 0 else "gt", base, ZERO)
    elif exponent.sort == INT:
        yield connective("or", relation("ne", base, ZERO), relation("ge", exponent, ZERO))
    else:
        yield relation("gt", base, ZERO)


def _invertible(a: Term) -> Term:
    """There is B with A B = I and B A = I."""
    name, taken = "B", {v.name for v in free_variables(a)}
    while name in taken:
        name += "'"
    b, one = var(name, a.sort), Term("identity", (), None, a.sort)
    return quantified("exists", (b,), connective("and", relation("eq", a * b, one), relation("eq", b * a, one)))


@lru_cache(maxsize=4096)
def _of_notion(notion: Definition) -> tuple[Term, ...]:
    """What a notion asks of its parameters."""
    if notion.body is not None:
        return conditions(notion.body)
    if notion.base is None or notion.step is None or notion.previous is None:
        return ()
    n, *rest = notion.params
    from_zero = relation("ge", n, ZERO)
    base = [quantified("forall", rest, c) for c in conditions(notion.base)]
    step = [quantified("forall", (notion.previous, *rest), c) for c in conditions(notion.step)]
    return (from_zero, *base, *(quantified("forall", (n,), connective("implies", from_zero, c)) for c in step))


def _clear(c: Term) -> bool:
    """Whether a condition comes down to a relation between literal numbers that holds."""
    if c.op in ("forall", "implies"):
        return _clear(c.args[-1])
    if c.op == "or":
        return any(map(_clear, c.args))
    if c.op not in ("ne", "lt", "le", "gt", "ge"):
        return False
    a, b = map(rational, c.args)
    if a is None or b is None:
        return False
    return {"ne": a != b, "lt": a < b, "le": a <= b, "gt": a > b, "ge": a >= b}[c.op]
