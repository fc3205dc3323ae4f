"""Identities and comparisons of elementary forms, after what the form asks about has been derived as facts.

The form of ``sqrt((cos(x) - 1)**2)`` asks whether ``cos(x) - 1`` has a sign, that of ``asin(sin(2))`` in which interval
2 lies. The kernel's own side conditions answer the simple ones; here the prover derives the others first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import suppress

from symproof.kernel.elementary_form import ElementaryForm
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import elementary
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import num
from symproof.logic.term import Term, free_variables
from symproof.tactics.derivation import Derivation, GoalSearch

__all__ = ["by_asked_signs"]

MAX_ROUNDS = 4
MAX_QUESTIONS = 10


def by_asked_signs(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """The goal by the rule ``elementary``, with facts that its form asks for."""
    parts: list[Derivation] = []
    tried: set[Term] = set()
    for fact in _whole_parts(goal):
        if not prover.discharge(sequent, fact) and (found := prover.prove(sequent, fact, depth + 1)) is not None:
            parts.append(found)
            sequent = sequent.with_hypothesis("", fact)
    if parts:
        rest = prover.prove(sequent, goal, depth + 1)
        return None if rest is None else Derivation(goal, rest.rule, parts=(rest, *parts))
    for _ in range(MAX_ROUNDS):
        news = 0
        for question in _questions(prover, sequent, goal):
            if question in tried or len(tried) >= MAX_QUESTIONS or prover.samples.refute(sequent, question):
                continue
            tried.add(question)
            found = prover.prove(sequent, question, depth + 2)
            if found is not None:
                parts.append(found)
                sequent = sequent.with_hypothesis("", question)
                news += 1
        if not news and not parts:
            return None
        last = prover.by(elementary.RULE, sequent, goal, depth=depth)
        if last is not None:
            return Derivation(goal, last.rule, last.trust, (last, *parts))
        if not news:
            return None
    return None


def _questions(prover: GoalSearch, sequent: Sequent, goal: Term) -> tuple[Term, ...]:
    """What the elementary form of the difference of the sides asks in vain."""
    asked: dict[Term, None] = {}

    def decide(here: Sequent, proposition: Term) -> bool:
        if prover.discharge(here, proposition):
            return True
        asked.setdefault(proposition)
        return False

    with suppress(Refusal):  # what was asked before may help all the same
        ElementaryForm(sequent, decide)(goal.args[0] - goal.args[1])
    return tuple(asked)


def _whole_parts(goal: Term) -> Iterator[Term]:
    """For floor(u) and ceiling(u) of a closed u, between which integers u seems to lie."""
    for t in dict.fromkeys(goal.walk()):
        if t.op not in ("floor", "ceiling") or free_variables(t) or t.loose:
            continue
        try:
            value = evaluate(t.args[0], {}, 256)
            middle = float(value.mid()) if hasattr(value, "mid") else math.nan
        except (Undefined, EvaluationError):
            continue
        if math.isfinite(middle) and abs(middle) < 2**50:
            below = num(math.floor(middle))
            yield from (below <= t.args[0], t.args[0] < below + 1, below < t.args[0])
