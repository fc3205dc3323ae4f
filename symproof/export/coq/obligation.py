"""What a check accepted, claim by claim: the obligations that Coq is asked to confirm."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from symproof.export.coq.needed_facts import needed_facts, with_multipliers
from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.definedness import obligations as definedness
from symproof.kernel.discharge import Discharger
from symproof.kernel.rule import UNREADABLE, Accepted, Evidence, Refusal, Request, Rule
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem

__all__ = ["Obligation", "obligations_of"]


@dataclass(frozen=True)
class Obligation:
    """One statement that the kernel accepted: ``facts`` and ``needed`` imply ``goal``.

    Attributes:
        theorem: the id of the result.
        path: the number of the step.
        rule: the rule that accepted it; ``defined`` for the condition that all terms of a claim are defined.
        goal: the proposition.
        facts: what the author cited; empty if nothing was.
        sequent: all that is in reach.
        evidence: what a tactic had found for the rule, if anything.
        given: propositions that the rule left to be shown, which the kernel discharged: the goal may use them.
        needed: what else in reach the goal rests on; None if that is not known.
    """

    theorem: str
    path: str
    rule: str
    goal: Term
    facts: tuple[Term, ...]
    sequent: Sequent
    evidence: Any = None
    given: tuple[Term, ...] = ()
    needed: tuple[Term, ...] | None = None


LOOK_AROUND = ("ring", "field", "ideal", "sign", "sum", "rewrite", "logic")
"""Rules that look at what is in reach beside what is cited."""


@dataclass
class _Recorder:
    """Notes what is accepted, in order."""

    theorem: str
    evidence: Evidence
    found: list[Obligation] = field(default_factory=list)

    def accepted(self, path: str, rule: Rule, request: Request, accepted: Accepted) -> None:
        source = request.facts or tuple(request.sequent.facts())
        given = request.option("cofactors")
        evidence = given or request.evidence.find(rule.name, request.goal, source, request)
        needed = self._needed(rule, request, accepted, evidence)
        self.found.append(
            Obligation(self.theorem, path, rule.name, request.goal, request.facts, request.sequent, evidence,
                       accepted.obligations, needed)
        )  # fmt: skip
        self._discharged(path, "condition", accepted.obligations, request.sequent)

    def defined(self, path: str, claim: Term, sequent: Sequent) -> None:
        self._discharged(path, "defined", definedness(claim), sequent)

    def _discharged(self, path: str, kind: str, parts: Iterable[Term], sequent: Sequent) -> None:
        for part in parts:
            needed = needed_facts(sequent, self.evidence, partial(_holds, part))
            self.found.append(Obligation(self.theorem, path, kind, part, (), sequent, needed=needed))

    def _needed(self, rule: Rule, request: Request, accepted: Accepted, evidence: Any) -> tuple[Term, ...] | None:
        """What a rule used of what is in reach."""
        if rule.name == "linear":
            every = tuple(request.sequent.facts())
            return () if request.facts else with_multipliers(every, request.goal, evidence or ())
        if rule.name not in LOOK_AROUND:
            return None

        def holds(some: Sequent, discharge: Discharger) -> bool:
            try:
                again = rule.check(replace(request, sequent=some, discharge=discharge))
            except (Refusal, *UNREADABLE):
                return False
            return set(again.obligations) <= set(accepted.obligations)

        return needed_facts(request.sequent, self.evidence, holds)


def _holds(part: Term, sequent: Sequent, discharge: Discharger) -> bool:
    return discharge(sequent, part)


def obligations_of(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[CheckResult, tuple[Obligation, ...]]:
    """Check a theorem (without the cache); the outcome, and what was accepted on the way, each statement once."""
    result, table = prove_theorem(theorem, library)
    recorder = _Recorder(theorem.id, table)
    check_theorem(result.theorem, library, table, observer=recorder)
    return result, tuple({(o.path, o.rule, o.goal, o.facts): o for o in recorder.found}.values())
