"""Proofs as they are read from a certificate: theorems, steps, and the reasons of steps.

Nothing here says whether a step holds, and there is no place for a level of trust: ``steps`` finds both anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from symproof.recheck.question import Evidence
from symproof.recheck.term import Definition, Term

__all__ = ["KINDS", "Branch", "By", "FactReference", "Link", "Step", "Theorem"]

KINDS = (
    "have", "calc", "suffices", "assume", "take", "let", "obtain", "witness", "cases", "conjunction", "contradiction",
    "induction", "apply", "unfold", "cite", "open", "qed",
)  # fmt: skip
"""The kinds of steps."""


@dataclass(frozen=True)
class FactReference:
    """A proposition in reach by its label, at ``args`` if it is universally quantified."""

    label: str
    args: tuple[Term, ...] = ()


@dataclass(frozen=True)
class By:
    """A rule with what it may use.

    Attributes:
        rule: the name of the rule.
        facts: the cited facts.
        rewrite: equations that are used from left to right in the goal and the facts first.
        unfold: definitions that are replaced by what they say first.
        options: more that the rule wants, by name. Of an ``apply`` step: FactReferences, by the hypothesis they are.
    """

    rule: str
    facts: tuple[FactReference, ...] = ()
    rewrite: tuple[FactReference, ...] = ()
    unfold: tuple[Definition, ...] = ()
    options: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Link:
    """One link of a chain: how its term compares with the one before (``=``, ``<=``, ``eq``, ``le``, ...), and why."""

    relation: str
    term: Term
    by: By


@dataclass(frozen=True)
class Branch:
    """A proof inside a step: a case, a part of a conjunction, the base or the step of an induction."""

    steps: tuple[Step, ...]
    label: str = ""
    assumption: Term | None = None


@dataclass(frozen=True)
class Step:
    """One step; its ``kind`` says which of the other parts it has."""

    kind: str
    label: str = ""
    labels: tuple[str, ...] = ()
    claim: Term | None = None
    by: By | None = None
    steps: tuple[Step, ...] = ()
    branches: tuple[Branch, ...] = ()
    links: tuple[Link, ...] = ()
    variables: tuple[Term, ...] = ()
    terms: tuple[Term, ...] = ()
    target: str = ""
    substitution: tuple[tuple[str, Term], ...] = ()
    facts: tuple[FactReference, ...] = ()
    definitions: tuple[Definition, ...] = ()
    reference: str = ""


@dataclass(frozen=True)
class Theorem:
    """A result: a statement, and at most one of a proof, a citation, and the name of the result that refutes it.

    Attributes:
        id: its name.
        variables: what the statement is about; it holds for all values of them.
        hypotheses: labels and propositions.
        conclusion: what holds under the hypotheses.
        proof: the steps.
        citation: work and place of a result that is taken from the literature, else empty.
        refuted_by: for a statement that is held to be false, the result that says its negation, else empty.
        evidence: what was found for the rules of its steps; whether it is any good is for the rules to see.
    """

    id: str
    variables: tuple[Term, ...]
    hypotheses: tuple[tuple[str, Term], ...]
    conclusion: Term
    proof: tuple[Step, ...] = ()
    citation: str = ""
    refuted_by: str = ""
    evidence: Evidence = field(default_factory=Evidence)
