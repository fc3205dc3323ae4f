"""What an instance knows of the variables that a proof introduces on its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from symproof.instances.term_values import TermValues
from symproof.logic.term import Term, free_variables

__all__ = ["Constructions", "Named", "NamedValues", "Value"]

Value = Any
"""fmpq for numbers, a callable for functions and families (integer indices come as int)."""

Named = Mapping[str, Value]
"""The values so far, by name."""


class NamedValues(dict[str, Value]):
    """The values so far, by name, with the means to evaluate terms in them as the claims of the proof are."""

    def __init__(self, values: Mapping[str, Value], terms: TermValues) -> None:
        super().__init__(values)
        self._terms = terms

    def value(self, term: Term) -> Any:
        """The value of a term whose variables are called as the values are; sums over many samples by passes."""
        return self._terms(term, {v: self[v.name] for v in free_variables(term)})

    @property
    def long(self) -> int:
        """The number of indices from which on a range is evaluated by passes."""
        return self._terms.long


@dataclass(frozen=True)
class Constructions:
    """Values for what is obtained, samples for what is taken.

    Keys are pairs of a theorem and a name; the theorem ``""`` stands for every theorem that has no key of its own.

    Attributes:
        obtained: the value of a variable that is said to exist, from the values so far.
        taken: by names joined by blanks, tuples of sample values for variables that are arbitrary.
        indices: by the name of an index, the values that must be among those tried when not all are.
    """

    obtained: Mapping[tuple[str, str], Callable[[NamedValues], Value]] = field(default_factory=dict)
    taken: Mapping[tuple[str, str], Callable[[Named], Sequence[tuple[Value, ...]]]] = field(default_factory=dict)
    indices: Mapping[tuple[str, str], Callable[[Named], Sequence[int]]] = field(default_factory=dict)

    def obtain(self, theorem: str, name: str) -> Callable[[NamedValues], Value] | None:
        """The construction of a variable, if there is one."""
        return self.obtained.get((theorem, name)) or self.obtained.get(("", name))

    def samples(self, theorem: str, names: str) -> Callable[[Named], Sequence[tuple[Value, ...]]] | None:
        """The samples for variables that are taken together, if there are any."""
        return self.taken.get((theorem, names)) or self.taken.get(("", names))

    def preferred(self, theorem: str, name: str, named: Named) -> Sequence[int]:
        """The index values that must be tried."""
        found = self.indices.get((theorem, name)) or self.indices.get(("", name))
        return found(named) if found is not None else ()
