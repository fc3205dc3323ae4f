"""What a search derived, evidence for one application of a rule, and what tactics ask of the prover."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from symproof.kernel.rule import Request, Rule
from symproof.kernel.rules import linear
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.tactics.linear_search import linear_evidence
from symproof.tactics.sample_points import SamplePoints

__all__ = ["Derivation", "Given", "GoalSearch", "followed"]


@dataclass(frozen=True)
class Derivation:
    """What was derived, by which rule, from which other derivations."""

    goal: Term
    rule: str
    trust: str = "proved"
    parts: tuple[Derivation, ...] = ()

    def walk(self) -> Iterator[Derivation]:
        """The derivation and all that it uses."""
        yield self
        for part in self.parts:
            yield from part.walk()

    @property
    def worst_trust(self) -> str:
        """``certified`` if some step used balls, else ``proved``."""
        return "certified" if any(d.trust == "certified" for d in self.walk()) else "proved"


@dataclass(frozen=True)
class Given:
    """Evidence for one rule."""

    rule: str
    evidence: Any

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...], request: Request | None = None) -> Any | None:
        """The evidence, if the rule asks for it."""
        return self.evidence if rule == self.rule else None


class GoalSearch(Protocol):
    """What a tactic may ask of the prover that runs it."""

    @property
    def discharge(self) -> Callable[[Sequent, Term], bool]:
        """What decides simple side conditions."""

    @property
    def samples(self) -> SamplePoints:
        """Where false goals are seen at once."""

    @property
    def deadline(self) -> float:
        """When the search ends, in seconds of ``time.monotonic``."""

    def prove(self, sequent: Sequent, goal: Term, depth: int = 0, splits: int = 0) -> Derivation | None:
        """A derivation of the goal, or None."""

    def by(
        self, rule: Rule, sequent: Sequent, goal: Term, facts: Sequence[Term] = (), evidence: Any = None, depth: int = 0
    ) -> Derivation | None:
        """The goal by one rule, with its obligations derived, or None."""

    def cases(self, sequent: Sequent, goal: Term, cases: Sequence[Term], depth: int, splits: int) -> Derivation | None:
        """The goal in each of several cases that exhaust all possibilities, or None."""

    def resolved(self, sequent: Sequent, t: Term) -> Term:
        """The term with absolute values, minima and maxima replaced by the branch that is decided."""

    def decided_choices(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """The goal by its ``resolved`` form, or None."""


def followed(prover: GoalSearch, sequent: Sequent, goal: Term, parts: Sequence[Derivation]) -> Derivation | None:
    """The goal by linear arithmetic from derived propositions alone, or None."""
    facts = tuple(p.goal for p in parts)
    inside = sequent
    for fact in reversed(facts):
        inside = inside.with_hypothesis("", fact)
    evidence = linear_evidence(goal, facts, inside, prover.discharge)
    if evidence is None:
        return None
    last = prover.by(linear.RULE, inside, goal, facts, evidence)
    return None if last is None else Derivation(goal, parts[0].rule, parts=(*parts, last))
