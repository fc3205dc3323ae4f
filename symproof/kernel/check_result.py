"""What comes out of a check: the checked steps and the outcome of the theorem."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symproof.kernel.diagnostic import Diagnostic
from symproof.logic.term import Term
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem

__all__ = ["CheckResult", "CheckedStep"]


@dataclass(frozen=True)
class CheckedStep:
    """A step with what the kernel made of it.

    Attributes:
        path: its number, for example ``2.1``.
        step: the author's step.
        claim: what it establishes (or introduces), if anything.
        goal: the goal before the step.
        trust: the trust level of this step alone.
        accepted: whether it was accepted.
        detail: what the rule says of its evidence.
        obligations: the side conditions that were discharged.
        children: the steps of sub-proofs; for branches the titles are in ``titles``.
        titles: (path, title, assumption) of each branch.
    """

    path: str
    step: Step
    claim: Term | None
    goal: Term
    trust: str = "proved"
    accepted: bool = True
    detail: str = ""
    obligations: tuple[Term, ...] = ()
    children: tuple[CheckedStep, ...] = ()
    titles: tuple[tuple[str, str, Term | None], ...] = ()

    def walk(self) -> Iterator[CheckedStep]:
        """The step and all steps inside it."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class CheckResult:
    """The outcome of checking one theorem.

    Attributes:
        theorem: the theorem.
        accepted: whether every step was accepted (a cited or open result is accepted as what it is).
        trust: the worst trust level of its own steps; what it rests on counts in the graph.
        steps: the checked steps.
        diagnostics: why it is not accepted.
        uses: the results that it applies.
        citations: the references that its own steps rest on.
    """

    theorem: Theorem
    accepted: bool
    trust: str
    steps: tuple[CheckedStep, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
    uses: tuple[str, ...] = ()
    citations: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        raise TypeError("a check result has no truth value; read .accepted and .trust")

    def all_steps(self) -> Iterator[CheckedStep]:
        """All checked steps, outer before inner."""
        for step in self.steps:
            yield from step.walk()
