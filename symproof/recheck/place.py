"""A place in a proof: what is in reach there, and the goal that is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import Term, op, quantified, relation

__all__ = ["Place", "defining", "only"]

T = TypeVar("T")


@dataclass
class Place:
    """What is in reach, and the goal that is left; None once it is reached."""

    sequent: Sequent
    goal: Term | None

    @property
    def wanted(self) -> Term:
        """The goal that is left."""
        if self.goal is None:
            raise Refused("the goal is reached already; there is nothing left for this step to do")
        return self.goal

    def introduce(self, variable: Term) -> None:
        """Put a variable in scope."""
        self.sequent = self.sequent.plus_variable(variable)

    def add(self, label: str, proposition: Term) -> None:
        """Put a proposition in reach. Raises Refused if the label is taken."""
        if label and self.sequent.labelled(label) is not None:
            raise Refused(f"the label {label!r} is taken")
        self.sequent = self.sequent.plus(label, proposition)

    def add_parts(self, labels: tuple[str, ...], proposition: Term) -> None:
        """Put a proposition in reach under a label, or the parts of a conjunction under one label each."""
        if len(labels) < 2:
            self.add(labels[0] if labels else "", proposition)
            return
        parts = proposition.args if proposition.op == "and" else (proposition,)
        if len(parts) != len(labels):
            raise Refused(f"{len(labels)} labels for {len(parts)} parts")
        for label, part in zip(labels, parts, strict=True):
            self.add(label, part)


def defining(variable: Term, value: Term) -> Term:
    """What makes a new variable the name of a value: that they are equal, of functions at all arguments."""
    if variable.sort.kind != "fun":
        return relation("eq", variable, value)
    domain = variable.sort.parts[:-1]
    hints = [b.hint for b in value.binders] or [f"t{k}" for k in range(len(domain))]
    scope, arguments = Sequent((variable,)), []
    for hint, sort in zip(hints, domain, strict=True):
        arguments.append(scope.fresh(hint, sort, value))
        scope = scope.plus_variable(arguments[-1])
    equal = relation("eq", op("apply", variable, *arguments), op("apply", value, *arguments))
    return quantified("forall", arguments, equal)


def only(parts: tuple[T, ...]) -> T:
    """The one part that there is to be. Raises Refused if there are none or several."""
    if len(parts) != 1:
        raise Refused(f"one part is wanted where the step has {len(parts)}")
    return parts[0]
