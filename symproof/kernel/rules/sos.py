"""Polynomial inequalities by sums of squares (Positivstellensatz certificates).

Evidence: a list of (weight, square, factors): a rational weight >= 0, a term to be squared, and the positions of the
facts whose product multiplies the square. The goal g >= 0 is accepted if g = sum weight * square^2 * product of facts
(facts f >= 0 or f > 0; equations may take any term as ``square`` with the mark ``"eq"``). A goal g > 0 needs a positive
constant among the terms, or a product of strict facts alone. Good: ``x**2 + y**2 >= 2*x*y``. Bad: ``x**3 >= 0``.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.rules.linear import LinearFact, LinearFacts, directions
from symproof.logic.term import coerce

__all__ = ["RULE"]


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op not in ("eq", "le", "lt", "ge", "gt", "false") or (goal.args and not goal.args[0].sort.is_number):
        raise Refusal("sos proves inequalities between numbers", got=str(goal), expected="<=, <, >=, >")
    source = request.facts or tuple(request.sequent.facts())
    normalize = normalizer_in(request.sequent, request.discharge)
    facts = LinearFacts(source, goal, normalize)
    certificate = request.option("squares") or request.evidence.find("sos", goal, source, request)
    if certificate is None:
        raise Refusal("no sum-of-squares decomposition is at hand", expected="[(weight, square, factors), ...]")
    needed = directions(goal, normalize)
    if len(needed) != 1:
        raise Refusal("sos proves inequalities, not equations", got=str(goal))
    g, strict = needed[0]
    rest, positive = g, False
    for weight, square, factors in certificate:
        part, part_positive = _part(weight, square, factors, facts, normalize)
        rest = poly.add(rest, part, -1)
        positive = positive or part_positive
    if rest:
        raise Refusal("the decomposition is not the goal", got=f"left over: {poly.to_term(rest)}", expected="0")
    if strict and not positive:
        raise Refusal("the decomposition shows >= 0 only, the goal is strict")
    return Accepted(detail=f"{len(certificate)} squares")


def _part(
    weight: Any, square: Any, factors: Any, facts: Sequence[LinearFact], normalize: Normalizer
) -> tuple[Polynomial, bool]:
    value = poly.rational(Fraction(weight))
    base = normalize(coerce(square))
    chosen = [facts[k] for k in factors]
    if len(chosen) == 1 and chosen[0].relation == "eq":
        return normalize.product(poly.scale(base, value), chosen[0].form), False
    if value < 0 or any(f.relation == "eq" for f in chosen):
        raise Refusal("a negative weight, or an equation in a product of inequalities")
    part = poly.scale(normalize.product(base, base), value)
    for fact in chosen:
        part = normalize.product(part, fact.form)
    constant = poly.constant_value(base)
    nonzero = value > 0 and constant is not None and constant != fmpq(0)
    return part, nonzero and all(f.relation == "gt" for f in chosen)


RULE = Rule(
    name="sos",
    decides="polynomial inequalities with a decomposition into weighted squares times products of cited inequalities",
    refuses="a decomposition that does not add up; a strict goal without a strict part",
    sentence="as a sum of squares",
    check=_check,
)
