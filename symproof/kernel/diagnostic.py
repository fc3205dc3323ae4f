"""Diagnostics: why a step fails, as data. Renderers turn them into text, HTML or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.step import By, Source

__all__ = ["CODES", "Diagnostic"]

CODES = {
    "SP-RULE-001": "no rule of that name",
    "SP-RULE-002": "the rule refuses the claim",
    "SP-RULE-003": "the rule does not decide the claim, for a limit of its own or an extra that is not installed",
    "SP-FACT-001": "no fact of that label is in reach",
    "SP-FACT-002": "a fact cannot be instantiated as written",
    "SP-OBL-001": "a side condition of the rule is not discharged",
    "SP-DEF-001": "a term of the claim is not known to be defined",
    "SP-DEF-002": "two different definitions have one name",
    "SP-GOAL-001": "the step does not fit the form of the goal",
    "SP-GOAL-002": "the proof ends without reaching its goal",
    "SP-VAR-001": "a new variable has a name that is taken, or a wrong sort",
    "SP-VAR-002": "a variable is not in scope",
    "SP-APPLY-001": "no result of that name, or the theorem itself",
    "SP-APPLY-002": "a hypothesis of the applied result is not discharged",
    "SP-APPLY-003": "the substitution does not fit the applied result",
    "SP-CASE-001": "the cases are not known to exhaust all possibilities",
    "SP-CITE-001": "a citation without a reference",
    "SP-CYCLE-001": "a result rests on itself",
    "SP-AVOID-001": "a result rests on what it is declared to avoid",
    "SP-REFUTE-001": "what should refute a claim does not say its negation",
    "SP-CRASH-001": "the checker could not read a proof",
    "SP-LIMIT-001": "a step ran into the limit on time; it is undecided",
    "SP-LIMIT-002": "a step ran into the limit on memory; it is undecided",
    "SP-LIMIT-003": "the process that checked a step died; it is undecided",
    "SP-SORT-001": "the terms of the step do not fit together",
}
"""The stable codes, each with its meaning."""


@dataclass(frozen=True)
class Diagnostic:
    """Why a step fails.

    Attributes:
        code: a stable code, see ``CODES``.
        theorem: the id of the theorem.
        path: the number of the step, for example ``2.1``.
        message: one sentence.
        source: the author's file and line.
        goal: the proposition that was to be established, if there is one.
        sequent: what was in reach.
        by: the justification that was given.
        got: what was found.
        expected: what was needed.
        obligations: side conditions that are not discharged.
        hint: what to do next.
        nearest: rules that do accept the claim, filled in outside the kernel.
        counterexample: an exactly verified point where the hypotheses hold and the claim fails, or a note.
    """

    code: str
    theorem: str
    path: str
    message: str
    source: Source = field(default_factory=Source)
    goal: Term | None = None
    sequent: Sequent = field(default_factory=Sequent)
    by: By | None = None
    got: str = ""
    expected: str = ""
    obligations: tuple[Term, ...] = ()
    hint: str = ""
    nearest: tuple[str, ...] = ()
    counterexample: Any = None
