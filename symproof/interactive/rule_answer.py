"""What each rule of the kernel says of a goal."""

from __future__ import annotations

import time
from dataclasses import dataclass

from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.interface import rules
from symproof.kernel.rule import Accepted
from symproof.kernel.sequent import Sequent
from symproof.kernel.trial import Trial
from symproof.logic.term import Term
from symproof.proof.python_source import by_source
from symproof.proof.step import By
from symproof.tactics.automatic import Search
from symproof.tactics.evidence_search import SearchingEvidence

__all__ = ["RuleAnswer", "rule_answer", "rule_answers"]

SECONDS_A_RULE = 3.0


@dataclass(frozen=True)
class RuleAnswer:
    """What one rule says.

    Attributes:
        rule: its name.
        accepts: whether it accepts the goal.
        reason: how an author writes it if it accepts; why not if it refuses.
        detail: what it says of its evidence, or what it got instead.
    """

    rule: str
    accepts: bool
    reason: str
    detail: str = ""

    def __str__(self) -> str:
        sign = "accepts" if self.accepts else "refuses"
        return f"{self.rule}: {sign}: {self.reason}" + (f" ({self.detail})" if self.detail else "")


def rule_answers(sequent: Sequent, goal: Term, by: By | None = None) -> tuple[RuleAnswer, ...]:
    """What each rule says of a goal, those that accept it first.

    Args:
        sequent: what is in reach.
        goal: what is to be shown.
        by: a justification whose facts, rewriting and definitions are tried first.
    """
    answers = [rule_answer(name, sequent, goal, by) for name in rules()]
    return tuple(sorted(answers, key=lambda a: not a.accepts))


def rule_answer(rule: str, sequent: Sequent, goal: Term, given: By | None = None) -> RuleAnswer:
    """What one rule says of a goal.

    Args:
        rule: its name.
        sequent: what is in reach.
        goal: what is to be shown.
        given: a justification whose facts, rewriting and definitions are tried first.
    """
    trial = Trial(SearchingEvidence())
    candidates = [By(rule, given.facts, given.rewrite, given.unfold)] if given is not None else []
    candidates.append(By(rule))
    refusal: Diagnostic | None = None
    for by in candidates:
        said = trial.rule(sequent, goal, by)
        if not isinstance(said, Diagnostic):
            return RuleAnswer(rule, True, by_source(by), _detail(said))
        refusal = refusal or said
    found = Search.until(time.monotonic() + SECONDS_A_RULE).one_rule_in_time(sequent, goal, rule)
    if found is not None:
        said = trial.rule(sequent, goal, found)
        if not isinstance(said, Diagnostic):
            return RuleAnswer(rule, True, by_source(found), _detail(said))
    got = refusal.got if refusal is not None and refusal.got != str(goal) else ""
    return RuleAnswer(rule, False, refusal.message if refusal is not None else "", got)


def _detail(accepted: Accepted) -> str:
    """What the rule says of its evidence, and the level of the step if that is not the best one."""
    level = f"level {accepted.trust}" if accepted.trust != "proved" else ""
    return "; ".join(part for part in (accepted.detail, level) if part)
