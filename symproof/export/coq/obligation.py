"""What a check accepted, claim by claim: the obligations that Coq is asked to confirm."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.definedness import obligations as definedness
from symproof.kernel.rule import Accepted, Request, Rule
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem

__all__ = ["Obligation", "obligations_of"]


@dataclass(frozen=True)
class Obligation:
    """One statement that the kernel accepted: ``facts`` (or what is in reach) imply ``goal``.

    Attributes:
        theorem: the id of the result.
        path: the number of the step.
        rule: the rule that accepted it; ``defined`` for the condition that all terms of a claim are defined.
        goal: the proposition.
        facts: what the author cited; empty if nothing was.
        sequent: all that is in reach.
        evidence: what a tactic had found for the rule, if anything.
        given: propositions that the rule left to be shown, which the kernel discharged: the goal may use them.
    """

    theorem: str
    path: str
    rule: str
    goal: Term
    facts: tuple[Term, ...]
    sequent: Sequent
    evidence: Any = None
    given: tuple[Term, ...] = ()


@dataclass
class _Recorder:
    """Notes what is accepted, in order."""

    theorem: str
    found: list[Obligation] = field(default_factory=list)

    def accepted(self, path: str, rule: Rule, request: Request, accepted: Accepted) -> None:
        source = request.facts or tuple(request.sequent.facts())
        evidence = request.evidence.find(rule.name, request.goal, source, request)
        self.found.append(
            Obligation(self.theorem, path, rule.name, request.goal, request.facts, request.sequent, evidence,
                       accepted.obligations)
        )  # fmt: skip
        rest = replace(self.found[-1], rule="condition", facts=(), evidence=None, given=())
        self.found += [replace(rest, goal=each) for each in accepted.obligations]

    def defined(self, path: str, claim: Term, sequent: Sequent) -> None:
        self.found += [Obligation(self.theorem, path, "defined", each, (), sequent) for each in definedness(claim)]


def obligations_of(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[CheckResult, tuple[Obligation, ...]]:
    """Check a theorem (without the cache); the outcome, and what was accepted on the way, each statement once."""
    result, table = prove_theorem(theorem, library)
    recorder = _Recorder(theorem.id)
    check_theorem(result.theorem, library, table, observer=recorder)
    return result, tuple({(o.path, o.rule, o.goal, o.facts): o for o in recorder.found}.values())
