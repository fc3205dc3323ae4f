"""Spurious local minima of networks with a smooth activation: searched with floats, certified by jets in balls.

Samples (1, 0) -> 0, (0, 1) -> 0, (1/2, 1/2) -> 1. Two forms of the minimum, both with incoming weights 0 and output 1/3:

- *two units*: biases v1, v2, outgoing weights u1, u2, no constant; the paper's conditions, with points p1, ..., p4;
- *bent*: any number of units, all with bias v and outgoing weight sigma, the sign of h''(v), and a constant.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

import flint
from flint import arb, fmpq

from symproof.instances.proved_affine import proved_affine
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import NoNumberError, at_point, closed_form, literal, number_of, recognised
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.paper_witnesses import PAPER_WITNESSES
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_activation import SmoothActivation
from symproof.instances.smooth_conditions import (
    ROOT_PRECISION,
    Numbers,
    decide_bent,
    decide_definite,
    decide_two_units,
    determinant_margin,
    numbers_of,
)
from symproof.instances.smooth_fit import (
    FitPoint,
    Root,
    SmoothPoint,
    difference_fit,
    different,
    proportional,
    proportional_fit,
    risk_ball,
    root_between,
    rounded_fit,
)
from symproof.instances.smooth_radius import Unit, largest_radius, region_holds
from symproof.instances.smooth_witness import (
    FAR,
    GRID,
    Probe,
    bent_candidates,
    fit_candidates,
    probes,
    seeds,
    short_near,
    two_unit_candidates,
)
from symproof.logic.syntax import num
from symproof.logic.term import Term

__all__ = ["Given", "SmoothInstance", "SmoothLimits", "certify_activation", "certify_bent", "certify_two_units"]

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
    """

    cells: int = 48
    final_cells: int = 512
    precision: int = 128
    candidates: int = 3
    fits: int = 16


@dataclass(frozen=True)
class Given:
    """What a user prescribes: the biases, the outgoing weights, the points p1, ..., p4; empty where they are searched."""

    v: tuple[Term, ...] = ()
    u: tuple[Term, ...] = ()
    p: tuple[Term, ...] = ()


@dataclass(frozen=True)
class SmoothInstance:
    """What was certified of one activation.

    Attributes:
        activation: the activation.
        width: the number of units.
        form: ``two units`` or ``bent``, as above.
        verdict: ``certified``, ``not_applicable`` (a condition is proved to fail) or ``undecided``.
        reason: why it is not certified; empty if it is.
        hypotheses: of ``smooth.spurious_minimum`` for the form ``two units``, else of ``smooth.bent_activation``.
        v: the biases, of all units in the form ``bent`` one.
        u: the outgoing weights.
        p: the points of the exact fit, if it comes from them.
        sigma: the sign of h''(v), in the form ``bent``.
        tau: the sign of h'(v), in the form ``bent``.
        step: t of the exact fit by differences; None if it comes from ``p``.
        radius: every parameter may move by so much without a risk below 1/3.
        bounded_by: what bounds the radius, in words.
        risk_minimum: 1/3.
        risk_better: 0, or a bound for the risk at the better point that is below 1/3.
        determinant: the determinant of the quadratic form at the minimum is at least this; None in the form ``bent``.
        method: ``second order`` or ``convex piece``: how the radius is certified.
        constructed: whether u2 is (1/3 - u1 h(v1))/h(v2), or both are 1/(6 h(v1)) and v1 = v2.
        minimum: the parameters of the local minimum.
        better: parameters with a smaller risk.
    """

    activation: SmoothActivation
    width: int
    form: str
    verdict: str
    reason: str = ""
    hypotheses: tuple[DecidedHypothesis, ...] = ()
    v: tuple[Term, ...] = ()
    u: tuple[Term, ...] = ()
    p: tuple[FitPoint, ...] = ()
    sigma: int | None = None
    tau: int | None = None
    step: fmpq | None = None
    radius: fmpq | None = None
    bounded_by: str = ""
    risk_minimum: fmpq = field(default_factory=lambda: THIRD)
    risk_better: fmpq | None = None
    determinant: fmpq | None = None
    method: str = ""
    constructed: bool = False
    minimum: SmoothPoint | None = None
    better: SmoothPoint | None = None


def certify_activation(
    activation: SmoothActivation, *, width: int = 2, limits: SmoothLimits | None = None
) -> SmoothInstance:
    """A spurious local minimum on the three samples, in the paper's form if one is found, else on a bent piece.

    Args:
        activation: the activation.
        width: the number of units; the paper's form has two.
        limits: what it may cost; the usual limits unless given.
    """
    if width == 2:
        found = certify_two_units(activation, limits=limits)
        if found.verdict != "undecided":
            return found
    return certify_bent(activation, width=width, limits=limits)


def certify_two_units(
    activation: SmoothActivation, given: Given | None = None, limits: SmoothLimits | None = None
) -> SmoothInstance:
    """The minimum of the form ``two units``.

    Args:
        activation: the activation.
        given: what is not to be searched.
        limits: what it may cost.
    """
    given, limits = given or Given(), limits or SmoothLimits()
    numbers = numbers_of(activation)
    if proved_affine(activation.term):
        return _affine(activation, 2, "two units")
    found, refused = _probes(numbers)
    v, u, constructed = _units(numbers, found, given, limits)
    p = given.p or _fit_points(numbers, found, limits)
    start = SmoothInstance(activation, 2, "two units", "undecided", v=v, u=u, p=p, constructed=constructed)
    if not v:
        return replace(start, reason=_about("no v1, v2, u1, u2 were found for which all conditions hold", refused))
    located = _with_radius(numbers, start, limits)
    hypotheses = decide_two_units(numbers, v, u, p, located.radius, constructed)
    decided = _judged(replace(located, hypotheses=hypotheses))
    if not p or decided.verdict != "certified":
        return decided
    zero = num(0)
    minimum = SmoothPoint(((zero, zero),) * 2, v, u, zero)
    return _with_better(numbers, replace(decided, minimum=minimum, determinant=determinant_margin(numbers, v, u)))


def certify_bent(
    activation: SmoothActivation, *, width: int = 2, given: Given | None = None, limits: SmoothLimits | None = None
) -> SmoothInstance:
    """The minimum of the form ``bent``.

    Args:
        activation: the activation.
        width: the number of units.
        given: ``v`` may be prescribed.
        limits: what it may cost.
    """
    given, limits = given or Given(), limits or SmoothLimits()
    numbers = numbers_of(activation)
    if proved_affine(activation.term):
        return _affine(activation, width, "bent")
    found, refused = ((), {}) if given.v else _probes(numbers)
    centers = given.v[:1] or tuple(literal(p.point) for p in bent_candidates(found))
    best = None
    for v in centers:
        tried = _bent_at(numbers, v, width, limits)
        if best is None or _rank(tried) > _rank(best):
            best = tried
    if best is None:
        why = _about("no point was found where h' and h'' exist and are not 0", refused)
        return SmoothInstance(activation, width, "bent", "undecided", why)
    return best


def _bent_at(numbers: Numbers, v: Term, width: int, limits: SmoothLimits) -> SmoothInstance:
    """The form ``bent`` at one point."""
    hypotheses, sigma, tau = decide_bent(numbers, v, width, None)
    start = SmoothInstance(
        numbers.activation, width, "bent", "undecided", hypotheses=hypotheses, v=(v,), sigma=sigma, tau=tau
    )
    if _judged(start).verdict != "certified":
        return _judged(start)
    located = _with_radius(numbers, replace(start, u=(num(sigma),)), limits)
    hypotheses, _, _ = decide_bent(numbers, v, width, located.radius)
    value = at_point(numbers.activation.term, T, v)
    constant = recognised(closed_form(literal(THIRD) - width * sigma * value))
    zero = num(0)
    minimum = SmoothPoint(((zero, zero),) * width, (v,) * width, (num(sigma),) * width, constant)
    return _with_better(numbers, _judged(replace(located, hypotheses=hypotheses, minimum=minimum)))


def _rank(instance: SmoothInstance) -> tuple[bool, fmpq]:
    return instance.verdict == "certified", instance.radius or fmpq(0)


def _judged(instance: SmoothInstance) -> SmoothInstance:
    """The instance with the verdict that its hypotheses give."""
    for holds, verdict in ((False, "not_applicable"), (None, "undecided")):
        failing = [h for h in instance.hypotheses if h.holds is holds]
        if failing:
            return replace(instance, verdict=verdict, reason=f"{failing[0].statement}: {failing[0].reason}")
    return replace(instance, verdict="certified", reason="")


def _affine(activation: SmoothActivation, width: int, form: str) -> SmoothInstance:
    reason = "the kernel proves that the activation is affine: h'' is 0 everywhere"
    return SmoothInstance(activation, width, form, "not_applicable", reason)


def _about(what: str, refused: Mapping[str, str]) -> str:
    return what + "".join(f"; {code}: {reason}" for code, reason in refused.items())


# Candidates ----------------------------------------------------------------------------------------------------------


def _probes(numbers: Numbers) -> tuple[tuple[Probe, ...], Mapping[str, str]]:
    found, refused = probes(numbers.jet, (*GRID, *seeds(numbers.activation.term)))
    if sum(p.certain for p in found) < 2:
        found, refused = probes(numbers.jet, (*GRID, *FAR, *seeds(numbers.activation.term)))
    return found, refused


Units = tuple[tuple[Term, ...], tuple[Term, ...], bool]
"""v, u, and whether u2 was computed."""


def _units(numbers: Numbers, found: Sequence[Probe], given: Given, limits: SmoothLimits) -> Units:
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
            radius = largest_radius(numbers.jet, _network_units(v, u), limits.cells)
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
        if not all(abs(number_of(h, 256)) > 0 for h in (h1, h2)):
            return None
    except NoNumberError:
        return None
    if first is None and v[0] == v[1]:
        return (recognised(closed_form(1 / (6 * h1))),) * 2
    u1 = first if first is not None else recognised(closed_form(1 / (6 * h1)))
    return u1, recognised(closed_form((literal(THIRD) - u1 * h1) / h2))


def _network_units(v: Sequence[Term], u: Sequence[Term]) -> tuple[Unit, ...]:
    return tuple(Unit(number_of(a), number_of(b)) for a, b in zip(v, u, strict=True))


def _fit_points(numbers: Numbers, found: Sequence[Probe], limits: SmoothLimits) -> tuple[FitPoint, ...]:
    """The first candidate for p1, ..., p4 that is certified; empty if there is none."""
    term = numbers.activation.term
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
        points = _located(numbers, (literal(one), literal(two), literal(three)), four)
        if points and _fits(numbers, points):
            return points
    return ()


def _located(numbers: Numbers, first: tuple[Term, ...], last: fmpq | tuple[fmpq, fmpq]) -> tuple[FitPoint, ...]:
    """p1, ..., p4, the last one found more exactly if only two numbers around it are known; empty if it is not there."""
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


# Certified data ------------------------------------------------------------------------------------------------------


def _with_radius(numbers: Numbers, instance: SmoothInstance, limits: SmoothLimits) -> SmoothInstance:
    """The instance with a radius, once more certified with smaller cells and more bits; without one if there is none."""
    with flint.ctx.workprec(limits.precision):
        found = largest_radius(numbers.jet, _network_units(instance.v, instance.u), limits.cells)
    if found is None:
        return instance
    radius, by_weights = found
    with flint.ctx.workprec(2 * limits.precision):
        method = region_holds(numbers.jet, _network_units(instance.v, instance.u), radius, limits.final_cells)
    if not method:
        return instance
    bound = "an outgoing weight may change its sign beyond it" if by_weights else "little more is certified"
    return replace(instance, radius=radius, bounded_by=bound, method=method)


def _with_better(numbers: Numbers, instance: SmoothInstance) -> SmoothInstance:
    """The instance with parameters of smaller risk; undecided if none are certified."""
    if instance.verdict != "certified":
        return instance
    term = numbers.activation.term
    if instance.form == "two units":
        terms = [x for x in instance.p if not isinstance(x, Root)]
        if len(terms) == 4:
            return replace(instance, risk_better=fmpq(0), better=proportional_fit(term, terms, instance.width))
        point, exact, step = rounded_fit(instance.p, numbers.value, instance.width), False, None
    else:
        fit = difference_fit(term, numbers.value, instance.v[0], instance.width, 2 * (instance.radius or fmpq(1)))
        if fit is None:
            return replace(instance, verdict="undecided", reason="no exact fit by differences is certain")
        (step, point), exact = fit, True
    with flint.ctx.workprec(256):
        risk = fmpq(0) if exact else arb(risk_ball(numbers.value, point)).upper().fmpq()
    if not risk < THIRD:
        return replace(instance, verdict="undecided", reason="no parameters with a risk below 1/3 are certified")
    return replace(instance, risk_better=risk, better=point, step=step)
