"""Inequalities between polynomials as sums of squares, each times a weight >= 0 and a product of inequalities.

Evidence: (weight, square, relations) triples; ``square`` is squared. A single equation among the relations may be
multiplied by any ``square`` as it stands. A strict goal needs a part that is > 0: the square of a number that is not 0,
times relations that are strict.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symproof.recheck import polynomial as poly
from symproof.recheck.linear_arithmetic import always, as_form, directions, positive
from symproof.recheck.normal_form import Normalizer
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts
from symproof.recheck.term import Term

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accept an inequality that some decomposition shows."""
    refused = Refused("no sum of squares is at hand")
    for value in _decompositions(question):
        try:
            _add_up(question, value)
            return Answer()
        except Refused as found:
            refused = found
    raise refused


def _decompositions(question: Question) -> Iterator[Any]:
    goal = question.goal
    given = question.options.get("squares")
    if given is not None:
        yield given
    for _, value in question.evidence.found("sos", positive(goal)):
        yield value


def _add_up(question: Question, decomposition: Any) -> None:
    normalize = question.side.normalizer(question.sequent)
    given = frozenset(part for fact in question.source() for part in conjuncts(fact))
    wanted = directions(question.goal, normalize)
    if len(wanted) != 1 or not isinstance(decomposition, (tuple, list)):
        raise Refused("a sum of squares shows an inequality")
    ((rest, strict),) = wanted
    positive = False
    for part in decomposition:
        if not isinstance(part, (tuple, list)) or len(part) != 3 or not isinstance(part[2], (tuple, list)):
            raise Refused("a part is (weight, square, relations)")
        if not all(isinstance(f, Term) and (f in given or always(f)) for f in part[2]):
            raise Refused("the product uses what is not among the facts")
        p, more = _part(part[0], part[1], part[2], normalize)
        rest = poly.plus(rest, p, -1)
        positive = positive or more
    if rest or (strict and not positive):
        raise Refused(f"the sum of squares leaves {poly.to_term(rest)}, or is not strict")


def _part(weight: Any, square: Any, relations: Any, normalize: Normalizer) -> tuple[Polynomial, bool]:
    """The value of a part, and whether it is > 0."""
    value = poly.rational(weight)
    base = normalize(square) if isinstance(square, Term) else poly.constant(poly.rational(square))
    forms = [as_form(f, normalize) for f in relations]
    if len(forms) == 1 and forms[0].relation == "eq":
        return normalize.product(poly.scaled(base, value), forms[0].p), False
    if value < 0 or any(f.relation == "eq" for f in forms):
        raise Refused("a weight is negative, or an equation stands in a product of inequalities")
    p = poly.scaled(normalize.product(base, base), value)
    for f in forms:
        p = normalize.product(p, f.p)
    number = poly.number(base)
    strict = value > 0 and number is not None and number != 0
    return p, strict and all(f.relation == "gt" for f in forms)
