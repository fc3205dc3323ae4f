"""Linear arithmetic: a relation from linear combinations of relations, by Farkas multipliers.

Evidence: one rational per fact (and for an equation two lists, one per direction). Each fact is read as f >= 0, f > 0
or f = 0 with f in normal form; the goal g >= 0 (g > 0) is accepted if g = c + sum of multiplier * fact as polynomials
in the atoms, where multipliers of inequalities are >= 0, c >= 0, and for a strict goal c > 0 or a strict fact has a
multiplier > 0. Absolute values, minima and maxima that occur bring their defining inequalities as further facts.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any, overload

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import UNREADABLE, Accepted, Evidence, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent, conjuncts
from symproof.kernel.sign import COMPLEMENT
from symproof.logic.term import Term, relation

__all__ = ["RULE", "LinearFact", "LinearFacts", "directions", "discharge_linear"]


@dataclass(frozen=True)
class LinearFact:
    """A fact ``form`` = 0, >= 0 or > 0; ``relation`` is ``eq``, ``ge`` or ``gt``."""

    form: Polynomial
    relation: str


def _is_relation(proposition: Term) -> bool:
    """Whether a proposition can be read as a linear fact."""
    if proposition.op == "not" and proposition.args[0].op in COMPLEMENT:
        proposition = _complement(proposition)
    return proposition.op in ("eq", "le", "lt", "ge", "gt") and proposition.args[0].sort.is_number


def _complement(proposition: Term) -> Term:
    inner = proposition.args[0]
    return Term(COMPLEMENT[inner.op], inner.args, None, inner.sort)


def as_fact(proposition: Term, normalize: Callable[[Term], Polynomial]) -> LinearFact:
    """A numeric relation as a linear fact."""
    if proposition.op == "not":
        proposition = _complement(proposition)
    a, b = (normalize(t) for t in proposition.args)
    low, high = (a, b) if proposition.op in ("le", "lt", "eq") else (b, a)
    form = poly.add(high, low, -1)
    kind = {"eq": "eq", "le": "ge", "ge": "ge", "lt": "gt", "gt": "gt"}[proposition.op]
    if kind == "gt" and poly.is_integral(form):
        return LinearFact(poly.add(form, poly.constant(fmpq(-1))), "ge")
    return LinearFact(form, kind)


class LinearFacts(Sequence[LinearFact]):
    """The facts that linear arithmetic may combine: relations, then what bounds the abs, min and max that occur.

    A fact is brought to normal form when it is looked at: most have the multiplier 0, and are not.

    Args:
        facts: the propositions, of which the relations between numbers count, also as parts of a conjunction.
        goal: what is to follow.
        normalize: the normal form of a number.
    """

    def __init__(self, facts: Sequence[Term], goal: Term, normalize: Callable[[Term], Polynomial]) -> None:
        self._normalize = normalize
        parts = [part for fact in facts for part in conjuncts(fact) if _is_relation(part)]
        bounded = sorted(frozenset().union(*map(_bounded_terms, (*facts, goal))), key=lambda t: t.digest)
        self._sources: list[tuple[Term, Term | None, int]] = [(part, None, 0) for part in parts]
        for t in bounded:
            for argument in t.args:
                self._sources += [(t, argument, sign) for sign in _BOUNDS[t.op]]
        self._known: dict[int, LinearFact] = {}

    @property
    def sources(self) -> Sequence[tuple[Term, Term | None, int]]:
        """What the facts say: (relation, None, 0), or (t, a, s): ``t + s a >= 0`` (``s a - t >= 0`` if t is a min)."""
        return self._sources

    def __len__(self) -> int:
        return len(self._sources)

    @overload
    def __getitem__(self, position: int) -> LinearFact: ...

    @overload
    def __getitem__(self, position: slice) -> Sequence[LinearFact]: ...

    def __getitem__(self, position: int | slice) -> LinearFact | Sequence[LinearFact]:
        if isinstance(position, slice):
            return [self[k] for k in range(*position.indices(len(self)))]
        source, argument, sign = self._sources[position]
        position %= len(self._sources)
        if position not in self._known:
            if argument is None:
                self._known[position] = as_fact(source, self._normalize)
            else:
                value, inner = self._normalize(source), self._normalize(argument)
                signed = value if source.op != "min" else poly.scale(value, fmpq(-1))
                self._known[position] = LinearFact(poly.add(signed, inner, sign), "ge")
        return self._known[position]


_BOUNDS = {"abs": (-1, 1), "max": (-1,), "min": (1,)}
"""Of each operator the signs s for which |a| + s a, max(a, b) + s a, -min(a, b) + s a are never negative."""


@lru_cache(maxsize=50_000)
def _bounded_terms(term: Term) -> frozenset[Term]:
    """The absolute values, minima and maxima in a term that stand under no binder of it."""
    return frozenset(t for t in term.walk() if t.op in _BOUNDS and not t.loose)


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
    for position, multiplier in enumerate(multipliers):
        value = poly.rational(Fraction(multiplier))
        if value == 0:
            continue
        fact = facts[position]
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
    normalize = normalizer_in(request.sequent, request.discharge)
    facts = LinearFacts(source, goal, normalize)
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
        normalize = normal_form
        facts = LinearFacts(source, goal, normalize)
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
