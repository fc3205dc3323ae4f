"""Evidence tables: one that searches for what it does not hold yet, and one that only looks up.

The kernel asks an evidence table for what a tactic found for a goal and checks it. Searching and checking are separate:
``search_evidence`` runs a check with a searching table and hands back what was recorded; the check that counts runs with
the recorded table alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.rule import Refusal
from symproof.kernel.rules.linear import directions, linear_facts
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem
from symproof.tactics.farkas import farkas_multipliers

__all__ = ["EvidenceTable", "SearchingEvidence", "evidence_key", "prove_theorem"]


def evidence_key(rule: str, goal: Term, facts: tuple[Term, ...]) -> str:
    """The content hash under which evidence is filed."""
    text = "|".join([rule, goal.digest, *(f.digest for f in facts)])
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class EvidenceTable:
    """Recorded evidence, by content hash of rule, goal and facts."""

    entries: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...]) -> Any | None:
        """The evidence for this rule, goal and facts, or None."""
        return self.entries.get(evidence_key(rule, goal, facts))


@dataclass
class SearchingEvidence:
    """An evidence table that searches on a miss and records what it finds."""

    entries: dict[str, Any] = field(default_factory=dict)
    missed: set[str] = field(default_factory=set)

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...]) -> Any | None:
        """Recorded or newly found evidence, or None."""
        key = evidence_key(rule, goal, facts)
        if key in self.entries:
            return self.entries[key]
        if key in self.missed:
            return None
        search = SEARCHES.get(rule)
        found = search(goal, facts) if search is not None else None
        if found is None:
            self.missed.add(key)
            return None
        self.entries[key] = found
        return found

    def recorded(self) -> EvidenceTable:
        """What was found, as a table that only looks up."""
        return EvidenceTable(MappingProxyType(dict(self.entries)))


def _search_linear(goal: Term, facts: tuple[Term, ...]) -> list[list[str]] | None:
    normalize = Normalizer(Sequent(), lambda _s, _p: False)
    try:
        usable = linear_facts(facts, goal, normalize)
        found = [farkas_multipliers(g, strict, usable) for g, strict in directions(goal, normalize)]
    except Refusal:
        return None
    return [part for part in found if part is not None] if all(part is not None for part in found) else None


SEARCHES = MappingProxyType({"linear": _search_linear})


def prove_theorem(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[CheckResult, EvidenceTable]:
    """Search for the evidence that a proof needs, then check the proof with the recorded evidence alone."""
    searching = SearchingEvidence()
    check_theorem(theorem, library, searching)
    table = searching.recorded()
    return check_theorem(theorem, library, table), table
