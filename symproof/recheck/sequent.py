"""What is in reach at one place of a proof: variables, and propositions that hold, some with a label."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from symproof.recheck.term import Sort, Term, free_variables, var

__all__ = ["Sequent", "conjuncts", "introduced"]


@dataclass(frozen=True)
class Sequent:
    """Variables in scope and (label, proposition) pairs that may be used, oldest first; a label may be empty."""

    variables: tuple[Term, ...] = ()
    hypotheses: tuple[tuple[str, Term], ...] = ()

    def plus_variable(self, variable: Term) -> Sequent:
        """With one more variable in scope."""
        return Sequent((*self.variables, variable), self.hypotheses)

    def plus(self, label: str, proposition: Term) -> Sequent:
        """With one more hypothesis."""
        return Sequent(self.variables, (*self.hypotheses, (label, proposition)))

    def labelled(self, label: str) -> Term | None:
        """The newest hypothesis of that label, or None."""
        return next((p for name, p in reversed(self.hypotheses) if name == label), None)

    def facts(self) -> Iterator[Term]:
        """All hypotheses, newest first, conjunctions taken apart."""
        for _, proposition in reversed(self.hypotheses):
            yield from conjuncts(proposition)

    def fresh(self, hint: str, sort: Sort, *apart: Term) -> Term:
        """A variable whose name is neither in scope nor free in the hypotheses or in the terms ``apart``."""
        taken = {v.name for t in apart for v in free_variables(t)} | {v.name for v in self.variables}
        taken |= {v.name for _, p in self.hypotheses for v in free_variables(p)}
        name = hint or "z"
        while name in taken:
            name += "'"
        return var(name, sort)


def conjuncts(proposition: Term) -> Iterator[Term]:
    """The parts of a conjunction, nested ones included; the proposition itself if it is none."""
    if proposition.op == "and":
        for part in proposition.args:
            yield from conjuncts(part)
    else:
        yield proposition


def introduced(sequent: Sequent, goal: Term) -> tuple[Sequent, Term]:
    """The sequent and the goal after its leading quantifiers (fresh variables) and premises are taken over."""
    while goal.op in ("forall", "implies"):
        if goal.op == "forall":
            variable = sequent.fresh(goal.binders[0].hint, goal.binders[0].sort, goal)
            sequent, goal = sequent.plus_variable(variable), goal.at(variable)
        else:
            sequent, goal = sequent.plus("", goal.args[0]), goal.args[1]
    return sequent, goal
