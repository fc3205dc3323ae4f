"""A meeting point: values of a result's variables at which all its hypotheses hold, so that it is not vacuous."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path

from flint import fmpq


@dataclass(frozen=True)
class MeetingPoint:
    """Values for the variables of one result.

    Attributes:
        values: variable name to value: an int, an exact rational, a function of indices from 1 on, a function of reals.
        general: label of a hypothesis about infinitely many things to the reason why it holds for these values.
        abstract: for a result about primitive notions, which have no values: why its hypotheses can be met.
    """

    values: Mapping[str, object] = field(default_factory=dict)
    general: Mapping[str, str] = field(default_factory=dict)
    abstract: str = ""


def all_points() -> dict[str, MeetingPoint]:
    """The points of all chapters, by id. Raises LookupError if two files have a point for the same result."""
    found: dict[str, MeetingPoint] = {}
    for path in sorted((Path(__file__).parent / "points").glob("*.py")):
        if path.stem == "__init__":
            continue
        points = import_module(f"tests.theorems.points.{path.stem}").points()
        if twice := sorted(points.keys() & found.keys()):
            raise LookupError(f"{path.name}: there are points for {', '.join(twice)} already")
        found |= points
    return found


def vector(entries: Sequence[fmpq]) -> Callable[..., fmpq]:
    """A family with one index; 0 outside."""
    return lambda k: entries[int(k) - 1] if 1 <= k <= len(entries) else fmpq(0)


def table(rows: Sequence[Sequence[fmpq]]) -> Callable[..., fmpq]:
    """A family with two indices, by rows; 0 outside."""

    def entry(k: int, j: int) -> fmpq:
        return rows[int(k) - 1][int(j) - 1] if 1 <= k <= len(rows) and 1 <= j <= len(rows[int(k) - 1]) else fmpq(0)

    return entry
