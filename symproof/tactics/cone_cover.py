"""Orders of the coordinates of a cone after which a polynomial has no negative coefficient."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from itertools import combinations
from math import factorial
from typing import Any

from flint import fmpq

from symproof.logic.term import Term

__all__ = ["NO_MARGIN", "Coordinate", "Cover", "Form", "Split", "exponents"]

MAX_NODES = 150
NO_MARGIN = fmpq(0)


@dataclass(frozen=True)
class Coordinate:
    """A number that is not negative; ``fact`` says so, and is None for the number 1."""

    term: Term
    fact: Term | None
    strict: bool
    group: int
    size: int = 1
    """The sum of the first coordinates at the corner where this one is 1 and the others 0."""


@dataclass(frozen=True)
class Form:
    """In coordinates, the number 1 (None if it has no expression) and ``value``, which is to be shown >= 0.

    The goal is ``margin`` more than that, or the value itself must be > 0 for a strict goal.
    """

    coordinates: tuple[Coordinate, ...]
    value: Any
    one: Any
    margin: fmpq = NO_MARGIN


@dataclass(frozen=True)
class Split:
    """Cases on the order of two coordinates."""

    below: Term
    above: Term
    parts: tuple[Form | Split, Form | Split]


@dataclass
class Cover:
    """The search for cases after which no coefficient is negative."""

    strict: bool
    deadline: float
    evenly: bool
    nodes: int = 0

    def cover(self, form: Form, height: int) -> Form | Split | None:
        """The cases, or None if none were found within the limits."""
        self.nodes += 1
        if _mass(form) == 0 and (not self.strict or form.margin or _strict_part(form)):
            return form
        if height == 0 or self.nodes >= MAX_NODES or time.monotonic() > self.deadline or _fails(form):
            return None
        best: tuple[tuple[float, ...], tuple[int, int], tuple[Form, Form]] | None = None
        for i, j in combinations(range(len(form.coordinates)), 2):
            if form.coordinates[i].group == form.coordinates[j].group:
                halves = (_ordered(form, i, j), _ordered(form, j, i))
                weight: tuple[float, ...] = (sum(_mass(half) for half in halves),)
                if self.evenly:
                    weight = (form.coordinates[i].size + form.coordinates[j].size, *weight)
                if best is None or weight < best[0]:
                    best = weight, (i, j), halves
        if best is None:
            return None
        parts = []
        for half in best[2]:
            part = self.cover(half, height - 1)
            if part is None:
                return None
            parts.append(part)
        i, j = best[1]
        return Split(form.coordinates[i].term, form.coordinates[j].term, (parts[0], parts[1]))


def _ordered(form: Form, i: int, j: int) -> Form:
    """The form where coordinate i is at most coordinate j."""
    low, high = form.coordinates[i], form.coordinates[j]
    coordinates = list(form.coordinates)
    coordinates[i] = replace(low, size=low.size + high.size)
    coordinates[j] = Coordinate(high.term - low.term, low.term <= high.term, False, low.group, high.size)
    u = list(form.value.context().gens())
    u[j] = u[i] + u[j]
    one = None if form.one is None else form.one.compose(*u)
    return Form(tuple(coordinates), form.value.compose(*u), one, form.margin)


def exponents(p: Any) -> list[tuple[tuple[int, ...], fmpq]]:
    """The exponents and coefficients of a polynomial."""
    return [(tuple(map(int, powers)), c) for powers, c in p.to_dict().items()]


def _mass(form: Form) -> float:
    """How negative the coefficients are, as those of Bernstein polynomials on the part of the first simplex."""
    total = 0.0
    for powers, c in exponents(form.value):
        if c < 0:
            weight = float(c.p) / float(c.q)
            counts: dict[int, int] = {}
            for coordinate, e in zip(form.coordinates, powers, strict=True):
                counts[coordinate.group] = counts.get(coordinate.group, 0) + e
                weight *= factorial(e) / coordinate.size**e
            for e in counts.values():
                weight /= factorial(e)
            total -= weight
    return total


def _fails(form: Form) -> bool:
    """Whether the value is negative at a corner of the cone: no cases can help."""
    for powers, c in exponents(form.value):
        groups = [form.coordinates[k].group for k, e in enumerate(powers) if e]
        if c < 0 and len(groups) == len(set(groups)):
            return True
    return False


def _strict_part(form: Form) -> bool:
    return any(
        c > 0 and all(form.coordinates[k].strict for k, e in enumerate(powers) if e)
        for powers, c in exponents(form.value)
    )
