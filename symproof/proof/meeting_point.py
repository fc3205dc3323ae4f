"""That a statement is not vacuous, as data: values that meet all hypotheses, and for each of them a near miss."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["MeetingPoint", "NearMiss"]


@dataclass(frozen=True)
class NearMiss:
    """Changes of a meeting point after which one hypothesis fails, all others hold, and the conclusion fails.

    Attributes:
        changes: what to value: a variable ``"t"``, one entry of a family ``"W(1, 2)"``, or a function as a formula
            ``"h(t)"``; values as in a meeting point, formulas as text in the grammar of claims.
        at: values, by name and in the same way, for variables that the conclusion binds: what it says of all is false
            of these. Also for those that a hypothesis says to exist. ``"V": "W"`` gives V the value of the family W.
        general: label of another hypothesis about infinitely many things to the reason why it holds after the changes.
            One that speaks of nothing changed holds as at the meeting point.
    """

    changes: Mapping[str, object]
    at: Mapping[str, object] = field(default_factory=dict)
    general: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MeetingPoint:
    """Values for the variables of one result at which all its hypotheses hold.

    Attributes:
        values: variable to value: an int, an exact rational, a function of indices from 1 on, a function of reals.
            A function may be given as a formula: ``"h(t)": "t**2"``. Further names do no harm.
        general: label of a hypothesis about infinitely many things to the reason why it holds for these values.
        abstract: for a result about primitive notions, which have no values: why its hypotheses can be met.
        misses: label of a hypothesis to the near miss without it, or to the reason why none is given.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    general: Mapping[str, str] = field(default_factory=dict)
    abstract: str = ""
    misses: Mapping[str, NearMiss | str] = field(default_factory=dict)
