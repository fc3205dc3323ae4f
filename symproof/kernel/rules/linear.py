"""Linear arithmetic: a relation from linear combinations of relations, by Farkas multipliers.

Evidence: one rational per fact (and for an equation two lists, one per direction). Each fact is read as f >= 0, f > 0
or f = 0 with f in normal form; the goal g >= 0 (g > 0) is accepted if g = c + sum of multiplier * fact as polynomials
in the atoms, where multipliers of inequalities are >= 0, c >= 0, and for a strict goal c > 0 or a strict fact has a
multiplier > 0. Absolute values, minima and maxima that occur bring their defining inequalities as further facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import UNREADABLE, Accepted, Evidence, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent, conjuncts
from symproof.kernel.sign import COMPLEMENT
from symproof.logic.term import Term, relation

__all__ = ["RULE", "LinearFact", "directions", "discharge_linear", "linear_facts"]


@dataclass(frozen=True)
class LinearFact:
    """A fact ``form`` = 0, >= 0 or > 0; ``relation`` is ``eq``, ``ge`` or ``gt``."""

    form: Polynomial
    relation: str


def as_fact(proposition: Term, normalize: Callable[[Term], Polynomial]) -> LinearFact | None:
    """A numeric relation as a linear fact, or None."""
    if proposition.op == "not" and proposition.args[0].op in COMPLEMENT:
        inner = proposition.args[0]
        proposition = Term(COMPLEMENT[inner.op], inner.args, None, inner.sort)
    if proposition.op not in ("eq", "le", "lt", "ge", "gt") or not proposition.args[0].sort.is_number:
        return None
    a, b = (normalize(t) for t in proposition.args)
    low, high = (a, b) if proposition.op in ("le", "lt", "eq") else (b, a)
    form = poly.add(high, low, -1)
    kind = {"eq": "eq", "le": "ge", "ge": "ge", "lt": "gt", "gt": "gt"}[proposition.op]
    if kind == "gt" and poly.is_integral(form):
        return LinearFact(poly.add(form, poly.constant(fmpq(-1))), "ge")
    return LinearFact(form, kind)


def linear_facts(facts: Sequence[Term], goal: Term, normalize: Callable[[Term], Polynomial]) -> list[LinearFact]:
    """The facts that linear arithmetic may combine: the relations among ``facts``, then those of abs, min and max."""
    found = [as_fact(part, normalize) for fact in facts for part in conjuncts(fact)]
    result = [f for f in found if f is not None]
    for t in sorted(_bounded_terms([*facts, goal]), key=lambda t: t.digest):
        value = normalize(t)
        for arg in t.args:
            inner = normalize(arg)
            if t.op == "abs":
                result.append(LinearFact(poly.add(value, inner, -1), "ge"))
                result.append(LinearFact(poly.add(value, inner), "ge"))
            elif t.op == "max":
                result.append(LinearFact(poly.add(value, inner, -1), "ge"))
            else:
                result.append(LinearFact(poly.add(inner, value, -1), "ge"))
    return result


def _bounded_terms(terms: Iterable[Term]) -> set[Term]:
    return {t for term in terms for t in term.walk() if t.op in ("abs", "min", "max") and not t.loose}


def directions(goal: Term, normalize: Callable[[Term], Polynomial]) -> list[tuple[Polynomial, bool]]:
    """What must be shown: pairs (g, strict), each meaning g >= 0 or g > 0; all of them together are the goal."""
    if goal.op == "false":
        return [({}, True)]
    a, b = (normalize(t) for t in goal.args)
    difference = poly.add(b, a, -1)
    opposite = poly.scale(difference, fmpq(-1))
    if goal.op == "eq":
        return [(difference, False), (opposite, False)]
    return [(difference if goal.op in ("le", "lt") else opposite, goal.op in ("lt", "gt"))]


def verify(g: Polynomial, strict: bool, facts: Sequence[LinearFact], multipliers: Sequence[Any]) -> str:
    """Empty if the multipliers prove g >= 0 (g > 0), else what is wrong with them."""
    if len(multipliers) != len(facts):
        return f"{len(multipliers)} multipliers for {len(facts)} facts"
    rest, positive = g, False
    for fact, multiplier in zip(facts, multipliers, strict=True):
        value = poly.rational(Fraction(multiplier))
        if value == 0:
            continue
        if value < 0 and fact.relation != "eq":
            return "a negative multiplier of an inequality"
        rest = poly.add(rest, fact.form, -value)
        positive = positive or fact.relation == "gt"
    constant = poly.constant_value(rest)
    if constant is None:
        return f"the combination leaves {poly.to_term(rest)}"
    if constant < 0 or (strict and constant == 0 and not positive):
        return f"the combination leaves the constant {constant}"
    return ""


def _check(request: Request) -> Accepted:
    goal = request.goal
    if goal.op == "not" and goal.args[0].op in COMPLEMENT and goal.args[0].args[0].sort.is_number:
        goal = relation(COMPLEMENT[goal.args[0].op], *goal.args[0].args)
    if goal.op not in ("eq", "le", "lt", "ge", "gt", "false") or (goal.args and not goal.args[0].sort.is_number):
        raise Refusal(
            "linear proves relations between numbers", got=str(goal), expected="=, <=, <, >=, > or a contradiction"
        )
    source = request.facts or tuple(request.sequent.facts())
    normalize = Normalizer(request.sequent, request.discharge)
    facts = linear_facts(source, goal, normalize)
    evidence = request.evidence.find("linear", goal, source, request)
    for position, (g, strict) in enumerate(directions(goal, normalize)):
        multipliers = _multipliers(evidence, position, len(facts), g)
        if multipliers is None:
            raise Refusal(
                "no Farkas multipliers are at hand: the goal does not follow linearly, or nobody searched",
                got=str(poly.to_term(g)),
                expected="a nonnegative combination of the facts",
            )
        problem = verify(g, strict, facts, multipliers)
        if problem:
            raise Refusal(f"the Farkas multipliers do not prove the goal: {problem}")
    return Accepted(detail=_detail(evidence))


def _multipliers(evidence: Any, position: int, count: int, g: Polynomial) -> Sequence[Any] | None:
    if evidence is None:
        return [0] * count if poly.constant_value(g) is not None else None
    return evidence[position] if position < len(evidence) else None


def _detail(evidence: Any) -> str:
    if not evidence:
        return ""
    shown = ["(" + ", ".join(str(Fraction(m)) for m in part) + ")" for part in evidence]
    return "multipliers " + " and ".join(shown)


def discharge_linear(sequent: Sequent, goal: Term, evidence: Evidence) -> bool:
    """Whether recorded multipliers prove a relation from the hypotheses in reach (used for side conditions)."""
    if goal.op not in ("le", "lt", "ge", "gt", "eq"):
        return False
    source = tuple(sequent.facts())
    found = evidence.find("linear", goal, source)
    if found is None:
        return False
    try:
        normalize = Normalizer(Sequent(), lambda _s, _p: False)
        facts = linear_facts(source, goal, normalize)
        return all(
            position < len(found) and not verify(g, strict, facts, found[position])
            for position, (g, strict) in enumerate(directions(goal, normalize))
        )
    except (Refusal, *UNREADABLE):
        return False


RULE = Rule(
    name="linear",
    decides="relations that follow from the cited relations (or all in reach) by a linear combination",
    refuses="products of unknowns that no fact contains; a strict goal from non-strict facts alone",
    sentence="by linear arithmetic",
    check=_check,
)
