"""Candidates for the numbers of a smooth activation, each tried in balls: v and u, and the points of the fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import flint
from flint import arb, fmpq

from symproof.instances.ball_number import Number
from symproof.instances.closed_form import NoNumberError, at_point, closed_form, literal, number_of, recognised
from symproof.instances.inverse_term import solution
from symproof.instances.paper_witnesses import PAPER_WITNESSES
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_conditions import ROOT_PRECISION, Numbers, decide_definite
from symproof.instances.smooth_fit import FitPoint, different, proportional, root_between
from symproof.instances.smooth_radius import Unit, largest_radius
from symproof.instances.smooth_witness import (
    FAR,
    GRID,
    Probe,
    fit_candidates,
    probes,
    seeds,
    short_near,
    two_unit_candidates,
)
from symproof.logic.term import Term

__all__ = ["Given", "SmoothLimits", "find_fit", "find_units", "network_units", "probed"]

THIRD = fmpq(1, 3)


@dataclass(frozen=True)
class SmoothLimits:
    """What a certification may cost.

    Attributes:
        cells: into so many parts an interval is cut in the search for the radius.
        final_cells: and when the radius that was found is certified.
        precision: bits of the arithmetic on intervals.
        candidates: so many candidates for v and u are compared by their radius.
        fits: so many candidates for p are tried.
        evaluations: so many jets are computed in a search, and ten times as many to certify what it finds.
    """

    cells: int = 48
    final_cells: int = 512
    precision: int = 128
    candidates: int = 3
    fits: int = 16
    evaluations: int = 20_000


@dataclass(frozen=True)
class Given:
    """What a user prescribes: biases, outgoing weights, points p1, ..., p4; empty where they are searched."""

    v: tuple[Term, ...] = ()
    u: tuple[Term, ...] = ()
    p: tuple[Term, ...] = ()


def probed(numbers: Numbers) -> tuple[tuple[Probe, ...], Mapping[str, str]]:
    """The activation on a grid and near its literals, and where it is refused; further out if there is little there."""
    found, refused = probes(numbers.jet, (*GRID, *seeds(numbers.activation.term)))
    if sum(p.certain for p in found) < 2:
        found, refused = probes(numbers.jet, (*GRID, *FAR, *seeds(numbers.activation.term)))
    return found, refused


Units = tuple[tuple[Term, ...], tuple[Term, ...], bool]
"""v, u, and whether u2 was computed."""


def find_units(numbers: Numbers, found: Sequence[Probe], given: Given, limits: SmoothLimits) -> Units:
    """The candidate for v and u with the largest radius; empty if none meets the conditions."""
    if given.v and given.u:
        return _twice(given.v), _twice(given.u), False
    best: tuple[fmpq, Units] | None = None
    tried = 0
    for v, weight in _candidates(numbers, found, given):
        u = _weights(numbers, v, weight)
        if u is None or any(h.holds is not True for h in decide_definite(numbers, v, u)):
            continue
        with flint.ctx.workprec(limits.precision):
            radius = largest_radius(numbers.jet, network_units(v, u), limits.cells)
        tried += 1
        if radius is not None and (best is None or radius[0] > best[0]):
            best = radius[0], (v, u, True)
        if best is not None and tried >= limits.candidates:
            break
    if best is None and given.v:
        v = _twice(given.v)
        u = _weights(numbers, v, None)
        return (v, u, True) if u is not None else ((), (), False)
    return best[1] if best is not None else ((), (), False)


def _twice(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    return terms * 2 if len(terms) == 1 else terms


def _candidates(
    numbers: Numbers, found: Sequence[Probe], given: Given
) -> Iterator[tuple[tuple[Term, ...], Term | None]]:
    """Pairs of biases with the weight of the first unit; None for 1/(6 h(v)) for both."""
    known = PAPER_WITNESSES.get(numbers.activation.name or "")
    if given.v:
        v = _twice(given.v)
        yield v, None
        for share in (fmpq(7, 6), fmpq(3, 2), fmpq(-1, 6), fmpq(-1, 2), fmpq(11, 10), fmpq(5)):
            yield v, closed_form(literal(share / 3) / at_point(numbers.activation.term, T, v[0]))
        return
    if known is not None:
        yield known.v, known.weight
        return
    for v1, v2, weight in two_unit_candidates(found):
        yield (literal(v1), literal(v2)), None if v1 == v2 else literal(short_near(weight))


def _weights(numbers: Numbers, v: tuple[Term, ...], first: Term | None) -> tuple[Term, Term] | None:
    """u1 and u2 with u1 h(v1) + u2 h(v2) = 1/3; None if h(v2) is not known to be other than 0."""
    h1, h2 = (recognised(at_point(numbers.activation.term, T, each)) for each in v)
    try:
        if any(arb(number_of(h, 256)).contains(0) for h in (h1, h2)):
            return None
    except NoNumberError:
        return None
    if first is None and v[0] == v[1]:
        return (recognised(closed_form(1 / (6 * h1))),) * 2
    u1 = first if first is not None else recognised(closed_form(1 / (6 * h1)))
    return u1, recognised(closed_form((literal(THIRD) - u1 * h1) / h2))


def network_units(v: Sequence[Term], u: Sequence[Term]) -> tuple[Unit, ...]:
    """Constant units with these biases and outgoing weights, with the precision of ``flint.ctx``."""
    return tuple(Unit(number_of(a), number_of(b)) for a, b in zip(v, u, strict=True))


def find_fit(numbers: Numbers, found: Sequence[Probe], limits: SmoothLimits) -> tuple[FitPoint, ...]:
    """The first candidate for p1, ..., p4 that is certified; empty if there is none."""
    known = PAPER_WITNESSES.get(numbers.activation.name or "")
    if known is not None and _fits(numbers, known.p):
        return known.p

    def value(at: fmpq) -> Number | None:
        try:
            with flint.ctx.workprec(64):
                return numbers.value(at)
        except NoNumberError:
            return None

    for one, two, three, four in islice(fit_candidates(value, found), limits.fits):
        first = literal(one), literal(two), literal(three)
        for points in (_solved(numbers, first, four), _located(numbers, first, four)):
            if points and _fits(numbers, points):
                return points
    return ()


def _solved(numbers: Numbers, first: tuple[Term, Term, Term], last: fmpq | tuple[fmpq, fmpq]) -> tuple[FitPoint, ...]:
    """p1, ..., p4 with p4 in closed form, if the formula can be solved for it; empty if not, or if p4 is known."""
    if not isinstance(last, tuple):
        return ()
    term = numbers.activation.term
    h1, h2, h3 = (at_point(term, T, x) for x in first)
    found = solution(term, T, closed_form(h2 * h3 / h1))
    return () if found is None else (*first, found)


def _located(numbers: Numbers, first: tuple[Term, ...], last: fmpq | tuple[fmpq, fmpq]) -> tuple[FitPoint, ...]:
    """p1, ..., p4, the last one more exactly if only two numbers around it are known; empty if it is not there."""
    if not isinstance(last, tuple):
        return (*first, literal(last))
    try:
        with flint.ctx.workprec(ROOT_PRECISION):
            h1, h2, h3 = (numbers.value(number_of(x)) for x in first)
            root = root_between(numbers.jet, h1, h2 * h3, *last)
    except NoNumberError:
        return ()
    return () if root is None else (*first, root)


def _fits(numbers: Numbers, p: Sequence[FitPoint]) -> bool:
    if different(numbers.value, p)[0] is not True:
        return False
    try:
        with flint.ctx.workprec(ROOT_PRECISION):
            return proportional(numbers.activation.term, numbers.jet, p)[0] is True
    except NoNumberError:
        return False
