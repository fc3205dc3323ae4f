"""Help for the author of a failing step: rules that do accept the claim, and a point that refutes it.

Nothing here decides anything: the kernel has refused the step already, and a rule that is suggested must still be
written into the proof and be checked there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

from symproof.errors import SymproofError
from symproof.kernel.check import check_theorem
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.interface import rules
from symproof.kernel.rule import Request
from symproof.kernel.sequent import Hypothesis, Sequent, conjuncts
from symproof.logic.term import Term
from symproof.proof.step import By, FactReference, Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import SearchingEvidence
from symproof.tactics.open_goals import HOLE
from symproof.tactics.step_counterexample import search_points
from symproof.tactics.tactic import TACTICS

__all__ = ["disputed_claim", "explain", "nearest_rules"]

MAX_FACTS = 20
_ON_THE_GOAL = frozenset({"SP-RULE-002", "SP-RULE-003", "SP-GOAL-002", "SP-APPLY-002", "SP-CASE-001"})
_ON_AN_OBLIGATION = frozenset({"SP-OBL-001", "SP-DEF-001"})
_WITHOUT_SEARCH = ("ring", "field", "linear", "sign", "logic", "rewrite", "extremum", "sum", "elementary", "derivative")


def explain(diagnostic: Diagnostic) -> Diagnostic:
    """Add the nearest rules and a counterexample to a diagnostic.

    Args:
        diagnostic: what the kernel reports.

    Returns:
        The same with ``nearest`` and ``counterexample`` (a ``PointSearch``), where there is a claim to look at.
    """
    claim = disputed_claim(diagnostic)
    if claim is None:
        return diagnostic
    nearest = nearest_rules(diagnostic.sequent, claim, diagnostic.by)
    search = None if nearest else search_points(diagnostic.sequent, claim)
    return replace(diagnostic, nearest=nearest, counterexample=search)


def disputed_claim(diagnostic: Diagnostic) -> Term | None:
    """The proposition that could not be established; None if the step fails for another reason.

    Args:
        diagnostic: what the kernel reports.
    """
    if diagnostic.code in _ON_AN_OBLIGATION and diagnostic.obligations:
        return diagnostic.obligations[0]
    asks = diagnostic.code == "SP-RULE-001" and diagnostic.by is not None and diagnostic.by.rule in (*TACTICS, HOLE)
    return diagnostic.goal if asks or diagnostic.code in _ON_THE_GOAL else None


def nearest_rules(sequent: Sequent, claim: Term, by: By | None = None) -> tuple[str, ...]:
    """Find rules that accept a claim.

    Args:
        sequent: what is in reach.
        claim: the proposition to establish.
        by: the justification that failed; its facts, rewriting and definitions are tried first, then what is in reach.

    Returns:
        Justifications as an author writes them, such as ``by("linear", "a", "b")``.
    """
    given = by if by is not None else By("")
    accepted = tuple(each for each in _with_rules(given, given.facts) if _accepts(sequent, claim, each))
    if not accepted:
        wider = (each for each in _with_rules(given, _facts_in_reach(sequent)) if _accepts(sequent, claim, each))
        accepted = tuple(_without_idle_facts(sequent, claim, each) for each in islice(wider, 1))
    return tuple(_written(each) for each in accepted)


def _with_rules(by: By, facts: tuple[FactReference, ...]) -> Iterator[By]:
    return (replace(by, rule=name, facts=facts, options=()) for name in _WITHOUT_SEARCH if name in rules())


def _facts_in_reach(sequent: Sequent) -> tuple[FactReference, ...]:
    """The newest facts that are not quantified."""
    labels = dict.fromkeys(h.label for h in reversed(sequent.hypotheses) if _is_plain(h))
    return tuple(FactReference(label) for label in [*labels][:MAX_FACTS][::-1])


def _without_idle_facts(sequent: Sequent, claim: Term, by: By) -> By:
    """The justification with each fact left out that it does not need."""
    for fact in by.facts:
        shorter = replace(by, facts=tuple(f for f in by.facts if f != fact))
        if _accepts(sequent, claim, shorter):
            by = shorter
    return by


def _is_plain(hypothesis: Hypothesis) -> bool:
    return bool(hypothesis.label) and all(p.op not in ("forall", "exists") for p in conjuncts(hypothesis.proposition))


def _written(by: By) -> str:
    words = [f'"{by.rule}"', *(_written_fact(fact) for fact in by.facts)]
    if by.rewrite:
        words.append(f"rewrite=[{', '.join(_written_fact(fact) for fact in by.rewrite)}]")
    if by.unfold:
        words.append(f"unfold=[{', '.join(str(d) for d in by.unfold)}]")
    return f"by({', '.join(words)})"


def _written_fact(fact: FactReference) -> str:
    return f'at("{fact.label}", {", ".join(map(str, fact.args))})' if fact.args else f'"{fact.label}"'


@dataclass
class _LinearSearch:
    """An evidence table that searches for linear combinations alone, so that an attempt is quick."""

    table: SearchingEvidence = field(default_factory=SearchingEvidence)

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any | None:
        """A linear combination for the rule ``linear``, nothing for any other one."""
        return self.table.find(rule, goal, facts, request) if rule == "linear" else None


def _accepts(sequent: Sequent, claim: Term, by: By) -> bool:
    """Whether the kernel accepts the one step that proves the claim in this way."""
    named = tuple((h.label, h.proposition) for h in sequent.hypotheses)
    attempt = Theorem("attempt", "", sequent.variables, named, claim, (Step("qed", by=by),))
    try:
        result = check_theorem(attempt, {}, _LinearSearch())
    except (SymproofError, RecursionError):
        return False
    return bool(result.steps) and all(step.accepted for step in result.all_steps())
