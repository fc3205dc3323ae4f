"""Evidence tables: one that searches for what it does not hold yet, and one that only looks up.

The kernel asks an evidence table for what a tactic found for a goal and checks it. Searching and checking are separate:
``prove_theorem`` runs a check with a searching table and keeps what was recorded; the check that counts runs with the
recorded table alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.normal_form import never
from symproof.kernel.rule import Request
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem

__all__ = ["Asked", "EvidenceTable", "SearchingEvidence", "evidence_key", "prove_theorem"]


def evidence_key(rule: str, goal: Term, facts: tuple[Term, ...]) -> str:
    """The content hash under which evidence is filed."""
    text = "|".join([rule, goal.digest, *(f.digest for f in facts)])
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Asked:
    """What the kernel asked an evidence table for, and what was found.

    Attributes:
        rule: the rule that asked.
        goal: what it was to show.
        facts: what from.
        found: the evidence.
    """

    rule: str
    goal: Term
    facts: tuple[Term, ...]
    found: Any


@dataclass(frozen=True)
class EvidenceTable:
    """Recorded evidence, by content hash of rule, goal and facts.

    Attributes:
        entries: the evidence.
        asked: the questions of which the hashes were taken, with the same evidence, in the order of asking.
    """

    entries: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    asked: tuple[Asked, ...] = ()

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any | None:
        """The evidence for this rule, goal and facts, or None."""
        return self.entries.get(evidence_key(rule, goal, facts))


@dataclass
class SearchingEvidence:
    """An evidence table that searches on a miss and records what it finds."""

    entries: dict[str, Any] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)
    asked: list[Asked] = field(default_factory=list)

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any | None:
        """Recorded or newly found evidence, or None."""
        key = evidence_key(rule, goal, facts)
        if key in self.entries:
            return self.entries[key]
        if key in self.missed:
            return None
        search = SEARCHES.get(rule)
        found = search(goal, facts, request) if search is not None else None
        if found is None:
            self.missed.add(key)
            return None
        self.entries[key] = found
        self.asked.append(Asked(rule, goal, facts, found))
        return found

    def recorded(self) -> EvidenceTable:
        """What was found, as a table that only looks up."""
        return EvidenceTable(MappingProxyType(dict(self.entries)), tuple(self.asked))


def _context(request: Request | None) -> tuple[Sequent, Callable[[Sequent, Term], bool]]:
    if request is None:
        return Sequent(), never
    return request.sequent, request.discharge


def _search_linear(goal: Term, facts: tuple[Term, ...], request: Request | None) -> Any:
    from symproof.tactics.linear_search import linear_evidence

    return linear_evidence(goal, facts, *_context(request))


def _search_ideal(goal: Term, facts: tuple[Term, ...], request: Request | None) -> Any:
    from symproof.tactics.ideal_search import ideal_evidence

    equations = [f for f in facts if f.op == "eq" and f.args[0].sort.is_number]
    return ideal_evidence(goal, equations, *_context(request))


def _search_sos(goal: Term, facts: tuple[Term, ...], request: Request | None) -> Any:
    from symproof.tactics.sos_search import sos_evidence

    return sos_evidence(goal, facts, *_context(request))


def _search_ball(goal: Term, facts: tuple[Term, ...], _request: Request | None) -> Any:
    from symproof.tactics.ball_search import ball_evidence

    return ball_evidence(goal, facts)


def _search_matrix(goal: Term, facts: tuple[Term, ...], _request: Request | None) -> Any:
    from symproof.tactics.matrix_search import search

    return search(goal, facts)


def _search_linear_algebra(goal: Term, facts: tuple[Term, ...], _request: Request | None) -> Any:
    from symproof.tactics.linear_algebra_search import search

    return search(goal, facts)


def _search_monotone(goal: Term, facts: tuple[Term, ...], request: Request | None) -> Any:
    from symproof.tactics.monotone_search import monotone_evidence

    return monotone_evidence(goal, facts, *_context(request))


def _search_concave(goal: Term, facts: tuple[Term, ...], request: Request | None) -> Any:
    from symproof.tactics.concave_search import concave_evidence

    return concave_evidence(goal, facts, *_context(request))


SEARCHES: Mapping[str, Callable[[Term, tuple[Term, ...], Request | None], Any]] = MappingProxyType(
    {
        "linear": _search_linear,
        "ideal": _search_ideal,
        "sos": _search_sos,
        "ball": _search_ball,
        "matrix": _search_matrix,
        "exact_linear_algebra": _search_linear_algebra,
        "monotone": _search_monotone,
        "concave": _search_concave,
    }
)


def prove_theorem(
    theorem: Theorem, library: Mapping[str, Theorem], watch: Callable[[str, Step], None] | None = None
) -> tuple[CheckResult, EvidenceTable]:
    """Search for the evidence that a proof needs, then check the proof with the recorded evidence alone.

    Tactics in the proof are expanded first: the theorem of the result is the one with the expanded proof. ``watch`` is
    told each step when work on it begins, in the search and in the check.
    """
    from symproof.tactics.expand import expand  # expanding needs the searches of this file

    theorem, found = expand(theorem, library)
    searching = SearchingEvidence()
    check_theorem(theorem, library, searching, watch=watch)
    table = searching.recorded()
    result = check_theorem(theorem, library, table, watch=watch)
    if result.diagnostics:
        from symproof.tactics.author_hints import with_hints

        result = replace(result, diagnostics=with_hints(result.diagnostics, theorem, library, found))
    return result, table
