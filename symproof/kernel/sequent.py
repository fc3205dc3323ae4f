"""Sequents: the variables and hypotheses in reach at a point of a proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symproof.logic.sort import Sort
from symproof.logic.term import Term, free_variables

__all__ = ["RESERVED", "Hypothesis", "Sequent"]

RESERVED = "§¤¶?"
"""Signs that only the names of the kernel's own temporary variables start with."""


@dataclass(frozen=True)
class Hypothesis:
    """A labelled proposition that may be used."""

    label: str
    proposition: Term


@dataclass(frozen=True)
class Sequent:
    """What stands left of the turnstile: variables in scope and hypotheses, oldest first."""

    variables: tuple[Term, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()

    def with_variable(self, variable: Term) -> Sequent:
        """The sequent with one more variable in scope."""
        return Sequent((*self.variables, variable), self.hypotheses)

    def with_hypothesis(self, label: str, proposition: Term) -> Sequent:
        """The sequent with one more hypothesis."""
        return Sequent(self.variables, (*self.hypotheses, Hypothesis(label, proposition)))

    def find(self, label: str) -> Term | None:
        """The newest hypothesis of that label, or None."""
        for hypothesis in reversed(self.hypotheses):
            if hypothesis.label == label:
                return hypothesis.proposition
        return None

    def names(self) -> frozenset[str]:
        """The names of the variables in scope."""
        return frozenset(v.name for v in self.variables)

    def fresh(self, hint: str, sort: Sort, *apart: Term) -> Term:
        """A variable whose name is neither in scope nor free in the terms ``apart``."""
        name, taken = hint.lstrip(RESERVED) or "z", self.names() | {v.name for t in apart for v in free_variables(t)}
        while name in taken:
            name += "'"
        return Term("var", (), name, sort)

    def facts(self) -> Iterator[Term]:
        """The hypotheses, newest first, with conjunctions taken apart."""
        for hypothesis in reversed(self.hypotheses):
            yield from conjuncts(hypothesis.proposition)


def conjuncts(proposition: Term) -> Iterator[Term]:
    """The parts of a conjunction, nested ones included; the proposition itself if it is none."""
    if proposition.op == "and":
        for part in proposition.args:
            yield from conjuncts(part)
    else:
        yield proposition
