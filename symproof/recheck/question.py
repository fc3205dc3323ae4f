"""What a rule is asked, and what it may answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Protocol

from symproof.recheck.normal_form import Normalizer
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import Term

__all__ = ["BEST", "LEVELS", "RULES", "Answer", "Evidence", "Question", "SideConditions", "rule", "worst"]

LEVELS = ("proved", "certified", "oracle", "cited", "open")
"""Trust levels, best first."""

RULES = (
    "ring", "field", "ideal", "linear", "sos", "sign", "elementary", "matrix", "finite_sum", "extremum",
    "exact_linear_algebra", "derivative", "ball", "bound", "monotone", "concave", "logic", "rewriting",
)  # fmt: skip
"""The rules that are decided again: ``rules/NAME.py`` has a function ``check(question) -> Answer``.

The rule ``smt`` is an oracle without evidence: a step that uses it is listed as not re-checked.
"""
FILES = {"sum": "finite_sum", "rewrite": "rewriting"}
"""The files of the rules that have another name in proofs."""
BEST = {"ball": "certified"}
"""The best level of what these rules establish."""


class SideConditions(Protocol):
    """Decides simple propositions without a step: see ``symproof.recheck.side_conditions``."""

    def holds(self, sequent: Sequent, proposition: Term) -> bool:
        """Whether the proposition is shown to hold in the sequent; False says nothing."""

    def normal_form(self, sequent: Sequent, term: Term) -> Polynomial:
        """The normal form of a number in the sequent. Raises Refused if it is too long."""

    def normalizer(self, sequent: Sequent) -> Normalizer:
        """Normal forms in the sequent."""


@dataclass(frozen=True)
class Evidence:
    """What a certificate hands over for the rules of one theorem: (rule, goal, facts, value)."""

    entries: tuple[tuple[str, Term, tuple[Term, ...], Any], ...] = ()
    _index: dict[tuple[str, Term], list[tuple[tuple[Term, ...], Any]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, goal, facts, value in self.entries:
            self._index.setdefault((name, goal), []).append((facts, value))

    def found(self, name: str, goal: Term) -> list[tuple[tuple[Term, ...], Any]]:
        """(facts, value) of every entry for this rule and goal."""
        return self._index.get((name, goal), [])


@dataclass(frozen=True)
class Question:
    """One use of a rule.

    Attributes:
        goal: what is to be shown; leading quantifiers and premises are already in ``sequent``.
        facts: the cited propositions, instantiated; empty if none were cited.
        sequent: all that is in reach.
        side: decides side conditions.
        evidence: what the certificate hands over.
        options: what else the step says, by name.
    """

    goal: Term
    facts: tuple[Term, ...]
    sequent: Sequent
    side: SideConditions
    evidence: Evidence = field(default_factory=Evidence)
    options: Mapping[str, Any] = field(default_factory=dict)

    def source(self) -> tuple[Term, ...]:
        """The cited facts, or all facts in reach if none were cited."""
        return self.facts or tuple(self.sequent.facts())


@dataclass(frozen=True)
class Answer:
    """A goal is accepted, provided that the ``obligations`` hold in the same sequent."""

    obligations: tuple[Term, ...] = ()
    trust: str = "proved"


def rule(name: str) -> Callable[[Question], Answer]:
    """The checker of a rule. Raises Refused if there is none."""
    file = FILES.get(name, name)
    if file not in RULES:
        raise Refused(f"the rule {name!r} is not re-checked", undecided=True)
    try:
        found: Callable[[Question], Answer] = import_module(f"symproof.recheck.rules.{file}").check
    except ModuleNotFoundError:
        raise Refused(f"the rule {name!r} is not re-checked", undecided=True) from None
    return found


def worst(*levels: str) -> str:
    """The worst of some levels; an unknown one counts as open."""
    known = [level if level in LEVELS else "open" for level in levels]
    return max(known, key=LEVELS.index, default="proved")
