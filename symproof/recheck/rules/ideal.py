"""An equation as a combination of cited equations: left - right = sum of cofactor * (left - right of an equation).

The cofactors, one number for each cited equation, come with the step or with the certificate.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symproof.recheck import polynomial as poly
from symproof.recheck.denominators import without_denominators
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accept an equation that some cofactors show."""
    goal = question.goal
    if goal.op != "eq" or not goal.args[0].sort.number:
        raise Refused("no equation between numbers")
    refused = Refused("no cofactors are at hand")
    for cofactors in _cofactors(question):
        try:
            return _combined(question, cofactors)
        except Refused as found:
            refused = found
    raise refused


def _cofactors(question: Question) -> Iterator[Any]:
    given = question.options.get("cofactors")
    if given is not None:
        yield given
    for facts, value in question.evidence.found("ideal", question.goal):
        if facts == question.facts:
            yield value


def _combined(question: Question, cofactors: Any) -> Answer:
    equations = [f for f in question.facts if f.op == "eq" and f.args[0].sort.number]
    if not isinstance(cofactors, (tuple, list)) or len(cofactors) != len(equations):
        raise Refused(f"{len(equations)} cofactors are wanted")
    normalize = question.side.normalizer(question.sequent)

    def difference(equation: Term) -> poly.Polynomial:
        return poly.plus(normalize(equation.args[0]), normalize(equation.args[1]), -1)

    rest = difference(question.goal)
    for cofactor, equation in zip(cofactors, equations, strict=True):
        factor = normalize(cofactor) if isinstance(cofactor, Term) else poly.constant(poly.rational(cofactor))
        rest = poly.plus(rest, normalize.product(factor, difference(equation)), -1)
    rest, conditions = without_denominators(rest, normalize)
    if rest:
        raise Refused(f"the cofactors leave {poly.to_term(rest)}")
    return Answer(conditions)
