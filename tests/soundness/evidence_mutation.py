"""Evidence as both checkers are asked about it, changes of it, and whether changed evidence still shows its claim.

Whether it does is found by exact evaluation, which shares nothing with the checkers' normal forms: the difference
between the goal and the combination that the evidence names must have the same value at random points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from flint import arb, fmpq

from symproof.errors import SymproofError
from symproof.kernel.check import check_theorem
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.kernel.interface import rules
from symproof.kernel.rule import UNREADABLE, Request
from symproof.kernel.rules.linear import LinearFacts, as_fact
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import num
from symproof.logic.term import Term, free_variables
from symproof.proof.theorem import Theorem
from symproof.recheck import term as rechecked
from symproof.recheck.question import Evidence, Question, rule
from symproof.recheck.refused import Refused
from symproof.recheck.side_conditions import Side
from symproof.tactics.evidence_search import SearchingEvidence
from tests.recheck.from_kernel import Converter, _relation
from tests.soundness.random_points import random_point, truth

__all__ = ["Asked", "asked_in", "changed", "changes_nothing", "combination_holds"]


class _Fixed:
    """An evidence table that answers every question in one way."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def find(self, *_question: Any) -> Any:
        return self.answer


@dataclass(frozen=True)
class Asked:
    """A question of the kernel to an evidence table with the answer that the rule accepted.

    Attributes:
        theorem: whose proof it is in.
        rule: which rule asked.
        request: all that the rule was asked.
        value: the evidence.
        own: the same for the re-checker, which names relations where the kernel counts.
        named: these relations, and the goal, as the kernel has them.
    """

    theorem: str
    rule: str
    request: Request
    value: Any
    own: Any
    named: Mapping[rechecked.Term, Term]

    def kernel_accepts(self, value: Any, goal: Term | None = None) -> bool:
        """Whether the rule of the kernel accepts the goal (or another one), and what it owes holds."""
        request = replace(self.request, evidence=_Fixed(value), goal=self.request.goal if goal is None else goal)
        try:
            accepted = rules()[self.rule].check(request)
        except (SymproofError, *UNREADABLE):
            return False
        return all(request.discharge(request.sequent, p) for p in accepted.obligations)

    def recheck_accepts(self, own: Any, convert: Converter, goal: Term | None = None) -> bool:
        """Whether the re-checker accepts it, with the evidence filed under this goal."""
        facts, sequent = tuple(map(convert.term, self.request.facts)), convert.sequent(self.request.sequent)
        wanted, side = convert.term(self.request.goal if goal is None else goal), Side()
        evidence = Evidence(((self.rule, wanted, facts, own),) if own is not None else ())
        options = {name: convert.value(value) for name, value in self.request.options}
        try:
            answer = rule(self.rule)(Question(wanted, facts, sequent, side, evidence, options))
        except Refused:
            return False
        return all(side.holds(sequent, p) for p in answer.obligations)


def asked_in(theorem: Theorem, library: Mapping[str, Theorem], convert: Converter) -> Iterator[Asked]:
    """The questions in a proof whose answers matter: without an answer the kernel refuses the goal."""
    found: list[tuple[str, Request, Any]] = []

    class Watching(SearchingEvidence):
        def find(self, name: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any:
            value = super().find(name, goal, facts, request)
            if value is not None and request is not None:
                found.append((name, request, value))
            return value

    check_theorem(theorem, library, Watching())
    for name, request, value in found:
        facts = request.facts or tuple(request.sequent.facts())
        own = convert.evidence(name, request.goal, facts, value)
        named = {convert.term(p): p for p in (*_relations(request.goal, facts), request.goal)}
        asked = Asked(theorem.id, name, request, value, own, named)
        if asked.kernel_accepts(value) and not asked.kernel_accepts(None):
            yield asked


def _relations(goal: Term, facts: tuple[Term, ...]) -> list[Term]:
    return [_relation(*source) for source in LinearFacts(facts, goal, lambda _: {}).sources]


# Changes -------------------------------------------------------------------------------------------------------------


def changed(value: Any, others: Sequence[Any] = ()) -> Iterator[Any]:
    """The value with one thing in it changed: a number, a sign, a term, an entry dropped, doubled or moved.

    Args:
        value: evidence of the kernel or of the re-checker.
        others: terms to put where there is another one of their sort.
    """
    if isinstance(value, (list, tuple)):
        for k, part in enumerate(value):
            for new in changed(part, others):
                yield type(value)((*value[:k], new, *value[k + 1 :]))
            yield type(value)((*value[:k], *value[k + 1 :]))
        for k in range(len(value) - 1):
            if value[k] != value[k + 1]:
                yield type(value)((*value[:k], value[k + 1], value[k], *value[k + 2 :]))
        if value:
            yield type(value)((*value, value[0]))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from ({**value, key: new} for new in changed(part, others))
            yield {k: v for k, v in value.items() if k != key}
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, (Term, rechecked.Term)):
        yield from (other for other in others if type(other) is type(value) and _fits(other, value))
        if value.sort.kind in ("real", "int"):
            yield from (-value, value + 1) if isinstance(value, Term) else (rechecked.op("neg", value),)
    elif isinstance(value, str):
        yield from ("", "x")
        if value.lstrip("-").replace("/", "", 1).isdigit():
            yield from (str(new) for new in _numbers(Fraction(value)))
    elif value is not None:
        yield from (type(value)(new) if type(value) is not int else int(new) for new in _numbers(Fraction(str(value))))


def _fits(other: Any, value: Any) -> bool:
    return other.sort == value.sort and other != value


def _numbers(value: Fraction) -> Iterator[Fraction]:
    yield from dict.fromkeys(new for new in (-value, value + 1, value * 2, Fraction(0), value - 1) if new != value)


# Independent checks --------------------------------------------------------------------------------------------------


def combination_holds(asked: Asked, own: Any, count: int = 6) -> bool:
    """Whether changed multipliers of ``linear`` still show the goal, as exact evaluation says.

    The order of a sum means nothing, nor does any multiple of an equation that is a fact, and what is left over beyond
    what the goal asks for is not read. Else the rest, goal minus combination, must have one value of the right sign at
    all points, or at all where the cited facts hold; a strict relation of whole numbers gives 1 more.
    """
    goal = asked.request.goal
    if goal.op == "false":
        goal = num(0) < num(0)
    if asked.rule != "linear" or goal.op not in ("le", "lt", "ge", "gt", "eq"):
        return False
    sides = goal.args if goal.op in ("le", "lt", "eq") else goal.args[::-1]
    ways = [(sides[1], sides[0]), sides][: 2 if goal.op == "eq" else 1]
    own = own[: len(ways)]
    if len(own) < len(ways):
        return False
    if _totals(own) == _totals(asked.own[: len(ways)]):
        return True
    parts = [[(asked.named[p], m) for p, m in part] for part in own]
    return any(
        all(_way(high, low, goal.op in ("lt", "gt"), parts[k], where, count) for k, (high, low) in enumerate(ways))
        for where in ((), asked.request.facts)
    )


def changes_nothing(asked: Asked, own: Any) -> bool:
    """Whether all relations with another multiplier are equations in reach, as -a <= |a| is where a is not positive."""
    normalize = normalizer_in(asked.request.sequent, asked.request.discharge)
    for before, after in zip(_totals(asked.own), _totals(own), strict=False):
        for p in before.keys() | after.keys():
            if before.get(p) != after.get(p) and as_fact(asked.named[p], normalize).form:
                return False
    return True


def _totals(own: Any) -> list[dict[Any, Fraction]]:
    """The multiplier of each inequality, for each direction."""
    found = []
    for part in own:
        total: dict[Any, Fraction] = {}
        for p, m in part:
            total[p] = total.get(p, Fraction(0)) + m
        found.append({p: m for p, m in total.items() if m and p.op != "eq"})
    return found


def _way(high: Term, low: Term, strict: bool, pairs: Any, where: Sequence[Term], count: int) -> bool:
    combined: Term = high - low
    slack, positive = Fraction(0), False
    for fact, m in pairs:
        if fact.op == "not" or fact.op not in ("le", "lt", "ge", "gt", "eq") or (m < 0 and fact.op != "eq"):
            return False
        a, b = fact.args if fact.op in ("ge", "gt") else fact.args[::-1]
        combined = combined - m * (a - b)
        whole = fact.op in ("lt", "gt") and a.sort.kind == b.sort.kind == "int"
        slack, positive = slack + (m if whole else 0), positive or (m > 0 and fact.op in ("lt", "gt"))
    values: list[Any] = []
    random, variables = Random(1), tuple({v for t in (combined, *where) for v in free_variables(t)})
    for _ in range(40 * count):
        point = random_point(Sequent(variables), random)
        try:
            if False in (truth(p, point) for p in where):
                continue
            value = evaluate(combined, point)
        except (Undefined, EvaluationError):
            continue
        if value is not None:
            values.append(arb(value) + arb(fmpq(slack.numerator, slack.denominator)))
        if len(values) == count:
            break
    return len(values) == count and all(
        value.overlaps(values[0]) and not value < 0 and (positive or not strict or value > 0) for value in values
    )
