"""What a rule is: a checker that accepts a goal, with obligations of its own, or refuses with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from symproof.errors import SymproofError
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term

__all__ = ["UNREADABLE", "Accepted", "Evidence", "NoEvidence", "Refusal", "Request", "Rule"]

UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What Python raises when evidence or a step, which may come from anywhere, is not of the form that is asked for."""


@dataclass(eq=False)
class Refusal(SymproofError):
    """A rule does not accept a goal. This says nothing about whether the goal is true.

    Attributes:
        reason: one sentence.
        got: what the rule found, for example the normal form that is left over.
        expected: what it would have needed.
        obligations: side conditions that could not be discharged.
        undecided: whether the rule would decide the goal but for a limit, or a package that is not installed.
    """

    reason: str
    got: str = ""
    expected: str = ""
    obligations: tuple[Term, ...] = ()
    undecided: bool = False

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True)
class Accepted:
    """A rule accepts a goal, provided that the ``obligations`` (propositions in the same sequent) hold.

    ``trust`` is ``proved``, ``certified`` if ball arithmetic was used, or ``oracle`` if a solver was believed.
    """

    obligations: tuple[Term, ...] = ()
    trust: str = "proved"
    detail: str = ""


class Evidence(Protocol):
    """Where a rule finds what a tactic handed over for a goal; what it finds is checked, never believed."""

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any | None:
        """The evidence for this rule, goal and facts, or None; a table that searches may look at the request."""


class NoEvidence:
    """An empty evidence table."""

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any | None:
        """Nothing."""
        return None


@dataclass(frozen=True)
class Request:
    """One application of a rule.

    Attributes:
        goal: the proposition to establish; quantifiers and implications in front are already introduced.
        facts: the propositions that the author cited, instantiated; empty if none were.
        sequent: everything in reach.
        discharge: decides simple side conditions in a sequent.
        evidence: the evidence table.
        options: what else the author gave, rule-specific (plain data and terms).
    """

    goal: Term
    facts: tuple[Term, ...]
    sequent: Sequent
    discharge: Callable[[Sequent, Term], bool]
    evidence: Evidence = field(default_factory=NoEvidence)
    options: tuple[tuple[str, Any], ...] = ()

    def option(self, name: str, default: Any = None) -> Any:
        """The option ``name`` or ``default``."""
        return dict(self.options).get(name, default)


@dataclass(frozen=True)
class Rule:
    """A rule of the kernel with what its documentation page says.

    Attributes:
        name: how authors call it.
        decides: one sentence: what it decides.
        refuses: one sentence: when it refuses.
        sentence: the reason in words, for reports, for example "by expanding both sides".
        check: the checker; raises Refusal.
    """

    name: str
    decides: str
    refuses: str
    sentence: str
    check: Callable[[Request], Accepted]
