"""Combinations of relations: what is to be shown as a polynomial that is >= 0 or > 0, and what facts give.

Evidence: for each direction of the goal a sequence of (proposition, multiplier) pairs. A proposition must be among the
facts, or be one of the inequalities that hold for every absolute value, minimum and maximum (``always``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from symproof.recheck import polynomial as poly
from symproof.recheck.negation import CONTRARY
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, op, relation

__all__ = ["Form", "always", "as_form", "combines", "directions", "follows", "positive"]

Normalize = Callable[[Term], Polynomial]


class Form(NamedTuple):
    """``p = 0``, ``p >= 0`` or ``p > 0``; the relation is ``eq``, ``ge`` or ``gt``."""

    p: Polynomial
    relation: str


def positive(proposition: Term) -> Term:
    """The contrary relation for a negated one between numbers; every other proposition as it is."""
    if proposition.op == "not" and proposition.args[0].op in CONTRARY and proposition.args[0].args[0].sort.number:
        return relation(CONTRARY[proposition.args[0].op], *proposition.args[0].args)
    return proposition


def _numbers(proposition: Term) -> Term:
    wanted = positive(proposition)
    if wanted.op not in ("eq", "le", "lt", "ge", "gt") or not wanted.args[0].sort.number:
        raise Refused(f"no equation or inequality between numbers: {proposition}")
    return wanted


def as_form(proposition: Term, normalize: Normalize) -> Form:
    """A relation as a form. Of integers, ``p > 0`` says ``p - 1 >= 0``. Raises Refused if it is none."""
    wanted = _numbers(proposition)
    a, b = (normalize(t) for t in wanted.args)
    p = poly.plus(b, a, -1) if wanted.op in ("le", "lt", "eq") else poly.plus(a, b, -1)
    kind = {"eq": "eq", "le": "ge", "ge": "ge", "lt": "gt", "gt": "gt"}[wanted.op]
    if kind == "gt" and poly.whole(p):
        return Form(poly.plus(p, poly.constant(-1)), "ge")
    return Form(p, kind)


def directions(goal: Term, normalize: Normalize) -> list[tuple[Polynomial, bool]]:
    """What is to be shown: (p, strict) means p > 0 if strict, else p >= 0; all of them together are the goal."""
    if goal.op == "false":
        return [({}, True)]
    wanted = _numbers(goal)
    a, b = (normalize(t) for t in wanted.args)
    p = poly.plus(b, a, -1) if wanted.op in ("le", "lt", "eq") else poly.plus(a, b, -1)
    if wanted.op == "eq":
        return [(p, False), (poly.scaled(p, -1), False)]
    return [(p, wanted.op in ("lt", "gt"))]


def always(proposition: Term) -> bool:
    """Whether it is ``a <= |a|``, ``-a <= |a|``, ``a <= max(..., a, ...)`` or ``min(..., a, ...) <= a``."""
    if proposition.op != "le":
        return False
    low, high = proposition.args
    if high.op == "abs" and low in (high.args[0], op("neg", high.args[0])):
        return True
    return (high.op == "max" and low in high.args) or (low.op == "min" and high in low.args)


def combines(p: Polynomial, strict: bool, pairs: Any, given: Callable[[Term], bool], normalize: Normalize) -> bool:
    """Whether p is a sum of facts times multipliers and a constant that is not negative, and so p >= 0 (p > 0)."""
    rest, positive = p, False
    if not isinstance(pairs, (tuple, list)):
        raise Refused("the multipliers are no list of pairs")
    for pair in pairs:
        if not isinstance(pair, (tuple, list)) or len(pair) != 2 or not isinstance(pair[0], Term):
            raise Refused("a multiplier stands beside the relation that it is for")
        proposition, value = pair[0], poly.rational(pair[1])
        if value == 0:
            continue
        if not (given(proposition) or always(proposition)):
            raise Refused(f"the combination uses what is not among the facts: {proposition}")
        form = as_form(proposition, normalize)
        if value < 0 and form.relation != "eq":
            raise Refused("an inequality has a negative multiplier")
        rest = poly.plus(rest, form.p, -value)
        positive = positive or form.relation == "gt"
    constant = poly.number(rest)
    return constant is not None and (constant > 0 or (constant == 0 and (positive or not strict)))


def follows(goal: Term, evidence: Any, given: Callable[[Term], bool], normalize: Normalize) -> bool:
    """Whether the evidence shows the goal. Raises Refused if it cannot be read."""
    wanted = directions(goal, normalize)
    if not isinstance(evidence, (tuple, list)):
        raise Refused("the multipliers are no lists of pairs")
    if len(evidence) < len(wanted):
        return False
    return all(
        combines(p, strict, pairs, given, normalize) for (p, strict), pairs in zip(wanted, evidence, strict=False)
    )
