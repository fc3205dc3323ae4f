"""Steps of a proof on numbers: what was evaluated, to what values, and why something was not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from symproof.errors import SymproofError
from symproof.instances.ball_number import Number, distance
from symproof.logic.term import Term

__all__ = ["AGREES", "HYPOTHESIS", "OVERLAPS", "EvaluatedStep", "InstanceContradictionError", "Sides"]

HYPOTHESIS = "hypothesis"
"""The kind of the entries that are hypotheses of a result, evaluated where it is applied."""
AGREES = "agrees"
"""Why a claim is not decided: the two sides of =, <= or >= lie in balls that overlap and are small."""
OVERLAPS = "overlaps"
"""Why a claim is not decided: balls overlap where they should be disjoint, or are not known well enough."""


class InstanceContradictionError(SymproofError):
    """A claim of a checked proof is false on numbers that meet its hypotheses: a bug in symproof, never a result."""


@dataclass(frozen=True)
class Sides:
    """A relation with its values at one point.

    Attributes:
        values: the values of both sides, or of all terms of a chain: exact numbers, or balls that hold them.
        relation: the sign between the first and the last.
        at: the point: names of indices and sampled numbers, with their values as text.
    """

    values: tuple[Number, ...]
    relation: str
    at: tuple[tuple[str, str], ...] = ()

    @property
    def gap(self) -> fmpq:
        """The distance between the first and the last value; about that if they are balls."""
        return distance(self.values[0], self.values[-1])


@dataclass(frozen=True)
class EvaluatedStep:
    """One step on the numbers.

    Attributes:
        theorem: the id of the theorem that the step belongs to.
        path: its number; for a hypothesis its label.
        kind: the kind of step, or ``HYPOTHESIS``.
        claim: what it establishes.
        verdict: True, or None if the claim was not decided (never False: that raises).
        reason: why it was not decided, or what was; in words.
        numbers: the values of the sides of a relation, of the terms of a chain, or of a definition, at the first point.
        relation: the relation between the first and the last of them.
        at: that first point: names of indices and sampled numbers, with their values as text.
        samples: at how many points of the proof (values of taken variables) the claim was evaluated.
        checked: at how many values of quantified variables it was evaluated, over all these points.
        tightest: where the two sides of an inequality come closest, if that is not at the first point.
        doubt: why balls do not decide it, ``AGREES`` or ``OVERLAPS``; empty if it is decided, or not for that reason.
        children: the steps of sub-proofs.
        applied: hypotheses and steps of the applied result, on the same numbers.
    """

    theorem: str
    path: str
    kind: str
    claim: Term | None
    verdict: bool | None
    reason: str = ""
    numbers: tuple[Number, ...] = ()
    relation: str = ""
    at: tuple[tuple[str, str], ...] = ()
    samples: int = 1
    checked: int = 0
    tightest: Sides | None = None
    doubt: str = ""
    children: tuple[EvaluatedStep, ...] = ()
    applied: tuple[EvaluatedStep, ...] = ()

    @property
    def status(self) -> str:
        """``true``, ``defined``, ``general`` (not decided by these numbers), ``taken`` or ``not_reached``.

        With balls also ``agrees`` (the sides of =, <= or >= are the same within the radius, which proves nothing) and
        ``undecided`` (the balls overlap at the highest precision).
        """
        if self.samples == 0:
            return "not_reached"
        if self.kind == "take":
            return "taken"
        if self.verdict is True:
            return "defined" if self.kind == "let" else "true"
        return {AGREES: "agrees", OVERLAPS: "undecided"}.get(self.doubt, "general")

    def walk(self) -> Iterator[EvaluatedStep]:
        """The step and all steps inside it, those of applied results included."""
        yield self
        for step in (*self.children, *self.applied):
            yield from step.walk()
