"""Spurious local minima of networks with a smooth activation: searched with floats, certified by jets in balls.

Samples (1, 0) -> 0, (0, 1) -> 0, (1/2, 1/2) -> 1. Two forms of the minimum, with incoming weights 0 and output 1/3:

- *two units*: biases v1, v2, outgoing weights u1, u2, no constant; the paper's conditions, with points p1, ..., p4;
- *bent*: any number of units, all with bias v and outgoing weight sigma, the sign of h''(v), and a constant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import flint
from flint import arb, fmpq

from symproof.instances.closed_form import (
    at_point,
    closed_form,
    literal,
    rational_bounds,
    recognised,
)
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.piecewise_activation import T
from symproof.instances.proved_affine import proved_affine
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_activation import SmoothActivation
from symproof.instances.smooth_candidates import Given, SmoothLimits, find_fit, find_units, network_units, probed
from symproof.instances.smooth_conditions import (
    Numbers,
    decide_bent,
    decide_two_units,
    determinant_margin,
    numbers_of,
    smooth_within,
)
from symproof.instances.smooth_fit import (
    FitPoint,
    Root,
    SmoothPoint,
    difference_fit,
    proportional_fit,
    risk_ball,
    rounded_fit,
)
from symproof.instances.smooth_radius import largest_radius, region_holds
from symproof.instances.smooth_witness import Probe, bent_candidates
from symproof.logic.syntax import num
from symproof.logic.term import Term

__all__ = ["Given", "SmoothInstance", "SmoothLimits", "certify_activation", "certify_bent", "certify_two_units"]

THIRD = fmpq(1, 3)


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
        radius: every parameter may move by so much without a risk below 1/3; None if only the theorem says that there
            is such a radius.
        smooth_within: r of the hypotheses: h is twice continuously differentiable from v - r to v + r.
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
    smooth_within: fmpq | None = None
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
    search, numbers = _searching(activation, limits)
    found, refused = probed(search)
    if _affine(activation, found):
        return _never_bent(activation, 2, "two units")
    v, u, constructed = find_units(search, found, given, limits)
    p = given.p or find_fit(search, found, limits)
    start = SmoothInstance(activation, 2, "two units", "undecided", v=v, u=u, p=p, constructed=constructed)
    if not v:
        return replace(start, reason=_about("no v1, v2, u1, u2 were found for which all conditions hold", refused))
    located = _with_radius(numbers, start, limits)
    hypotheses = decide_two_units(numbers, v, u, p, located.radius, constructed)
    r, _ = smooth_within(numbers, v, located.radius)
    decided = _judged(replace(located, hypotheses=hypotheses, smooth_within=r))
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
    search, numbers = _searching(activation, limits)
    found, refused = probed(search)
    if _affine(activation, found):
        return _never_bent(activation, width, "bent")
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


def _searching(activation: SmoothActivation, limits: SmoothLimits) -> tuple[Numbers, Numbers]:
    """The activation for the search, and for what certifies: each may be evaluated only so often."""
    return numbers_of(activation, limits.evaluations), numbers_of(activation, 10 * limits.evaluations)


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
    r, _ = smooth_within(numbers, (v,), located.radius)
    return _with_better(numbers, _judged(replace(located, hypotheses=hypotheses, minimum=minimum, smooth_within=r)))


def _rank(instance: SmoothInstance) -> tuple[bool, fmpq]:
    return instance.verdict == "certified", instance.radius or fmpq(0)


def _judged(instance: SmoothInstance) -> SmoothInstance:
    """The instance with the verdict that its hypotheses give."""
    for holds, verdict in ((False, "not_applicable"), (None, "undecided")):
        failing = [h for h in instance.hypotheses if h.holds is holds]
        if failing:
            return replace(instance, verdict=verdict, reason=f"{failing[0].statement}: {failing[0].reason}")
    return replace(instance, verdict="certified", reason="")


def _affine(activation: SmoothActivation, found: Sequence[Probe]) -> bool:
    """Whether the kernel proves that h'' is 0; it is asked only if balls do not show the opposite at some probe."""
    return bool(found) and not any(probe.certain for probe in found) and proved_affine(activation.term)


def _never_bent(activation: SmoothActivation, width: int, form: str) -> SmoothInstance:
    reason = "the kernel proves that h'' is 0 wherever it exists: the activation is affine"
    return SmoothInstance(activation, width, form, "not_applicable", reason)


def _about(what: str, refused: Mapping[str, str]) -> str:
    return what + "".join(f"; {code}: {reason}" for code, reason in refused.items())


# Certified data ------------------------------------------------------------------------------------------------------


def _with_radius(numbers: Numbers, instance: SmoothInstance, limits: SmoothLimits) -> SmoothInstance:
    """The instance with a radius, certified once more with smaller cells and more bits; without one if none is."""
    with flint.ctx.workprec(limits.precision):
        found = largest_radius(numbers.jet, network_units(instance.v, instance.u), limits.cells)
    if found is None:
        return instance
    radius, by_weights = found
    with flint.ctx.workprec(2 * limits.precision):
        method = region_holds(numbers.jet, network_units(instance.v, instance.u), radius, limits.final_cells)
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
        most = instance.smooth_within or fmpq(1)
        fit = difference_fit(term, numbers.value, instance.v[0], instance.width, most)
        if fit is None:
            return replace(instance, verdict="undecided", reason="no exact fit by differences is certain")
        (step, point), exact = fit, True
    with flint.ctx.workprec(256):
        risk = fmpq(0) if exact else _short_above(arb(risk_ball(numbers.value, point)))
    if not risk < THIRD:
        return replace(instance, verdict="undecided", reason="no parameters with a risk below 1/3 are certified")
    return replace(instance, risk_better=risk, better=point, step=step)


def _short_above(risk: arb) -> fmpq:
    """A short rational that a risk is at most."""
    bound = rational_bounds(risk)[1]
    return simplest_between(bound, 2 * bound)
