"""Steps: the immutable tree that a proof is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from symproof.logic.definition import Definition
from symproof.logic.term import Term

__all__ = ["KINDS", "Branch", "By", "FactReference", "Link", "Source", "Step"]

KINDS = {
    "have": "a claim, with a rule or a sub-proof",
    "calc": "a chain of =, <=, <, >=, > between consecutive terms",
    "suffices": "a claim from which the goal follows becomes the new goal",
    "assume": "the premise of an implication (or what a negation denies) becomes a hypothesis",
    "take": "an arbitrary value for a universally quantified variable of the goal",
    "let": "a new variable that is defined by a term",
    "obtain": "names for what a proved existential says to exist",
    "witness": "terms for the existentially quantified variables of the goal",
    "cases": "the goal in each of several cases that exhaust all possibilities",
    "conjunction": "each part of a conjunction in turn",
    "contradiction": "the negation of the goal leads to a contradiction",
    "induction": "the goal for the first integer, and from each integer to the next",
    "apply": "another result, under a substitution; its hypotheses become obligations",
    "unfold": "a hypothesis or the goal with definitions replaced by what they say",
    "cite": "a claim taken from the literature",
    "open": "a claim that nobody has proved yet: a gap, marked as such",
    "qed": "the goal itself, with a rule",
}
"""Every kind of step, with what it does."""


@dataclass(frozen=True)
class Source:
    """Where the author wrote something."""

    file: str = ""
    line: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.file else ""


@dataclass(frozen=True)
class FactReference:
    """A hypothesis or earlier claim by its label, instantiated at ``args`` if it is universally quantified."""

    label: str
    args: tuple[Term, ...] = ()

    def __str__(self) -> str:
        return f"{self.label}({', '.join(map(str, self.args))})" if self.args else self.label


@dataclass(frozen=True)
class By:
    """A justification.

    Attributes:
        rule: the name of a kernel rule.
        facts: what it may use; how much else it sees depends on the rule.
        rewrite: equations that are used from left to right in the goal and the facts first.
        unfold: definitions that are replaced by what they say first.
        options: rule-specific plain data, for example cofactors.
    """

    rule: str
    facts: tuple[FactReference, ...] = ()
    rewrite: tuple[FactReference, ...] = ()
    unfold: tuple[Definition, ...] = ()
    options: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True)
class Link:
    """One link of a chain: the relation to the term before, the term, and why."""

    relation: str
    term: Term
    by: By


@dataclass(frozen=True)
class Branch:
    """A sub-proof under assumptions: a case, one part of a conjunction, the base or the step of an induction."""

    steps: tuple[Step, ...]
    label: str = ""
    assumption: Term | None = None
    title: str = ""


@dataclass(frozen=True)
class Step:
    """One step; which fields matter depends on ``kind`` (see ``KINDS``)."""

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
    note: str = ""
    source: Source = field(default=Source(), compare=False)
