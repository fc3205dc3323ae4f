"""The possible signs of a numeric term: from its parts, from the facts that bound it, from quantified facts.

Signs are sets of NEGATIVE, ZERO and POSITIVE (see ``known_facts``), never smaller than what can occur. Division by 0
gives 0, whose sign is that of a product with 0. Nothing is concluded from where a function is defined: ``sqrt`` has a
sign only where its argument is known not to be negative, a power with another exponent than an integer only for a
positive base, a minimum over a range only if the range is not empty.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.known_facts import (
    ANY,
    NEGATIVE,
    NONE,
    POSITIVE,
    ZERO,
    Facts,
    matched,
    mirrored,
)  # fmt: skip
from symproof.recheck.negation import CONTRARY, opposite
from symproof.recheck.normal_form import normal_form
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, relation, substituted

if TYPE_CHECKING:
    from symproof.recheck.side_conditions import Reach

__all__ = ["ALLOWED", "sign", "sign_of_number"]

ALLOWED = {"eq": ZERO, "ne": NEGATIVE | POSITIVE, "le": NEGATIVE | ZERO, "lt": NEGATIVE, "ge": ZERO | POSITIVE,
           "gt": POSITIVE}  # fmt: skip
"""The signs of a - b for which the relation between a and b holds."""
LIKE_ARGUMENT = frozenset({"sinh", "tanh", "atan", "asin", "asinh", "atanh", "erf", "sign"})
"""The functions that have everywhere the sign of their argument."""
MAX_PATTERN_DEPTH = 3
_VALUES = {NEGATIVE: -1, ZERO: 0, POSITIVE: 1}


def _possible(signs: int) -> list[int]:
    return [value for bit, value in _VALUES.items() if signs & bit]


def sign_of_number(value: int | Fraction | fmpq) -> int:
    """The sign of a number."""
    return POSITIVE if value > 0 else NEGATIVE if value < 0 else ZERO


def _known(signs: int) -> bool:
    return signs in (NONE, NEGATIVE, ZERO, POSITIVE)


def of_sum(a: int, b: int) -> int:
    """The possible signs of a sum."""
    result = NONE
    for x, y in product(_possible(a), _possible(b)):
        result |= ANY if x * y < 0 else sign_of_number(x + y)
    return result


def of_product(a: int, b: int) -> int:
    """The possible signs of a product, and of a quotient."""
    result = NONE
    for x, y in product(_possible(a), _possible(b)):
        result |= sign_of_number(x * y)
    return result


def of_power(a: int, n: int) -> int:
    """The possible signs of ``a^n`` for a literal n >= 0."""
    result = NONE
    for x in _possible(a):
        result |= sign_of_number(x**n)
    return result


def sign(t: Term, reach: Reach) -> int:
    """The possible signs of a numeric term."""
    signs = _of_parts(t, reach)
    if _known(signs):
        return signs
    try:
        p = normal_form(t)
    except Refused:
        return signs
    signs &= reach.facts.sign(p)
    if not _known(signs):
        signs &= _of_polynomial(p, reach)
    return signs if _known(signs) else signs & _of_patterns(t, reach)


def _of_polynomial(p: Polynomial, reach: Reach) -> int:
    total = ZERO
    for m, c in p.items():
        signs = POSITIVE if c > 0 else NEGATIVE
        for t, e in m:
            signs = of_product(signs, of_power(_of_atom(t, reach), e))
        total = of_sum(total, signs)
        if total == ANY:
            break
    return total


def _of_atom(t: Term, reach: Reach) -> int:
    signs = _of_parts(t, reach)
    if not _known(signs):
        signs &= reach.facts.sign(poly.atom(t))
    return signs if _known(signs) else signs & _of_patterns(t, reach)


def _of_parts(t: Term, reach: Reach) -> int:
    """From the signs of the arguments."""
    args = t.args
    if t.op == "num":
        return sign_of_number(t.data)
    if t.op in ("exp", "cosh", "pi", "e"):
        return POSITIVE
    if t.op in LIKE_ARGUMENT:
        return sign(args[0], reach)
    if t.op == "neg":
        return mirrored(sign(args[0], reach))
    if t.op in ("add", "sub"):
        second = sign(args[1], reach)
        return of_sum(sign(args[0], reach), second if t.op == "add" else mirrored(second))
    if t.op in ("mul", "div"):
        if t.op == "mul" and args[0] == args[1]:
            return of_power(sign(args[0], reach), 2)
        return of_product(sign(args[0], reach), sign(args[1], reach))
    if t.op == "pow":
        return _of_power(args[0], args[1], reach)
    if t.op == "abs":
        return of_power(sign(args[0], reach), 2)
    if t.op == "sqrt":
        inside = sign(args[0], reach)
        return ANY if inside & NEGATIVE else inside
    if t.op in ("min", "max"):
        return _of_extremum(t.op, [sign(a, reach) for a in args])
    if t.op == "ite":
        return sign(args[1], reach.inside(None, args[0])) | sign(args[2], reach.inside(None, opposite(args[0])))
    if t.op in ("sum", "minover", "maxover"):
        return _over_range(t, reach)
    return ANY


def _of_power(base: Term, exponent: Term, reach: Reach) -> int:
    signs = sign(base, reach)
    try:
        value = poly.number(normal_form(exponent))
    except Refused:
        return ANY
    if value is not None and value.q == 1 and value >= 0:
        return of_power(signs, int(value.p) if value < 2 else 2 + int(value.p) % 2)
    if value is not None and value.q == 1 and not signs & ZERO:
        return of_power(signs, 2 + int(value.p) % 2)
    return POSITIVE if signs == POSITIVE else ANY


def _of_extremum(name: str, signs: list[int]) -> int:
    """Of a minimum: the signs of the smallest of values of these signs."""
    if name == "max":
        return mirrored(_of_extremum("min", [mirrored(s) for s in signs]))
    result = NONE
    smallest: Iterable[int] = _possible(signs[0])
    for s in signs[1:]:
        smallest = {min(x, y) for x in smallest for y in _possible(s)}
    for value in smallest:
        result |= sign_of_number(value)
    return result


def _over_range(t: Term, reach: Reach) -> int:
    low, high = t.args[:2]
    index = reach.fresh(t.binders[0].sort, t)
    body = sign(t.at(index), reach.inside(index, relation("le", low, index), relation("le", index, high)))
    if body == ANY or (t.op == "sum" and body & NEGATIVE and body & POSITIVE):
        return ANY
    if (t.op != "sum" or not body & ZERO) and reach.holds(relation("le", low, high)):
        return body
    return body | ZERO if t.op == "sum" else ANY


def _of_patterns(t: Term, reach: Reach) -> int:
    """From quantified facts one side of whose conclusion the term is an instance of."""
    signs = ANY
    if t.op not in ("apply", "call") or reach.depth > MAX_PATTERN_DEPTH:
        return signs
    for pattern in reach.facts.patterns:
        if pattern.body.op not in CONTRARY:
            continue
        for subject in pattern.body.args:
            found: dict[Term, Term] = {}
            if subject.op != t.op or not matched(subject, t, frozenset(pattern.variables), found):
                continue
            if len(found) < len(pattern.variables):
                continue
            if all(reach.holds(substituted(g, found)) for g in pattern.guards):
                own = Facts().plus([substituted(pattern.body, found)])
                signs &= own.sign(normal_form(t)) & own.sign(poly.atom(t))
    return signs
