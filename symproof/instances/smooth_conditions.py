"""The conditions of the theorems on smooth activations at given numbers, decided by jets in balls or by the kernel."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal, compile_jet
from symproof.instances.ball_number import Number, short_text
from symproof.instances.closed_form import (
    MOST_GROWTH,
    NoNumberError,
    at_point,
    closed_form,
    equal,
    growth,
    literal,
    number_of,
    rational_bounds,
)
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_activation import SmoothActivation
from symproof.instances.smooth_fit import PRECISIONS, FitPoint, Root, different, proportional, same_product
from symproof.instances.smooth_radius import derivative_ranges
from symproof.kernel.evaluate import EvaluationError, Undefined, compile_term
from symproof.logic.term import Term

__all__ = [
    "ROOT_PRECISION",
    "Numbers",
    "decide_bent",
    "decide_definite",
    "decide_smooth",
    "decide_two_units",
    "determinant_margin",
    "numbers_of",
    "smooth_within",
]

SMALLEST_HALF_WIDTH = 60
CERTIFIED = "certified"
ROOT_PRECISION = 512
"""Bits for the change of sign at p4, whose two ends are very close."""


@dataclass(frozen=True)
class Numbers:
    """An activation with what evaluates it, at the precision of ``flint.ctx``.

    Attributes:
        activation: the activation.
        jet: h, h', h'' on balls, or so many derivatives as a second argument says.
        value: h alone, wherever it has a value; raises NoNumberError elsewhere.
    """

    activation: SmoothActivation
    jet: Callable[..., tuple[arb, ...]]
    value: Callable[[Number], Number]


def numbers_of(activation: SmoothActivation, most: int = 1_000_000) -> Numbers:
    """The activation, ready to be evaluated; jets at most ``most`` times, after which all are refused."""
    compiled, jets, count = compile_term(activation.term), compile_jet(activation.term), itertools.count()

    def jet(at: Number, order: int = 2) -> tuple[arb, ...]:
        if next(count) >= most:
            raise JetRefusal("not_evaluable", f"the limit of {most} evaluations is reached")
        return jets(at, order)

    exact = growth(activation.term) <= MOST_GROWTH

    def value(at: Number) -> Number:
        try:
            found = compiled({T: at if exact else arb(at)}, flint.ctx.prec)
        except (Undefined, EvaluationError) as problem:
            raise NoNumberError(f"the activation has no value at {short_text(at)}: {problem}") from problem
        if isinstance(found, fmpq) or (isinstance(found, arb) and found.is_finite()):
            return found
        raise NoNumberError(f"no value of the activation at {short_text(at)} is found with {flint.ctx.prec} bits")

    return Numbers(activation, jet, value)


def _decided(label: str, statement: str, holds: bool | None, reason: str, witness: object = None) -> DecidedHypothesis:
    shown = {"found": witness if witness is not None else reason} if holds is False else None
    return DecidedHypothesis(label, statement, holds, reason, shown, trust=CERTIFIED)


def signed(quantity: Callable[[], Number]) -> tuple[bool | None, str, Number | None]:
    """Whether a number is > 0, with rising precision: the answer, the number in words, and the number."""
    problem, found = "", None
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            try:
                found = quantity()
            except JetRefusal as refusal:
                problem = refusal.reason
                continue
            except NoNumberError as refusal:
                problem = str(refusal)
                continue
            if found > 0:
                return True, short_text(found), found
            if found <= 0:
                return False, short_text(found), found
    return None, problem if found is None else f"the ball {short_text(found)} holds 0", found


def _half_width(numbers: Numbers, v: Term) -> tuple[fmpq | None, str]:
    """A half-width r so that h is twice continuously differentiable from v - r to v + r; or None, and why not."""
    reason, interval = "", fmpq(1)
    for _ in range(SMALLEST_HALF_WIDTH):
        try:
            low, high = rational_bounds(number_of(v))
            derivative_ranges(numbers.jet, (low - interval, high + interval), 8)
            return interval, ""
        except (JetRefusal, NoNumberError) as refusal:
            reason = getattr(refusal, "reason", str(refusal))
        interval = interval / 2
    return None, reason


def decide_smooth(numbers: Numbers, v: Term, r: fmpq | None, tag: str = "", why: str = "") -> list[DecidedHypothesis]:
    """Whether h has two continuous derivatives from v - r to v + r; ``tag`` is the number of the unit in the labels."""
    where = f"from v{tag} - r to v{tag} + r"
    holds = None if r is None else True
    reason = why or f"seen by jets in balls that cover the interval and a little more, r = {r}"
    return [
        _decided(f"derivative{tag}", f"h has a derivative h' {where}", holds, reason),
        _decided(f"second{tag}", f"h' has a derivative h'' {where}", holds, reason),
        _decided(f"continuous{tag}", f"h'' is continuous at v{tag}", holds, reason),
    ]


def decide_two_units(
    numbers: Numbers,
    v: Sequence[Term],
    u: Sequence[Term],
    p: Sequence[FitPoint],
    radius: fmpq | None,
    constructed: bool,
) -> tuple[DecidedHypothesis, ...]:
    """The hypotheses of ``smooth.spurious_minimum``.

    Args:
        numbers: the activation.
        v: the biases.
        u: the outgoing weights.
        p: the four points; none if none were found.
        radius: how far the parameters may move; the activation is smooth within twice that.
        constructed: whether u2 was computed as (1/3 - u1 h(v1))/h(v2).
    """
    r, why = smooth_within(numbers, v, radius)
    positive = "r > 0", True if r is not None else None, f"r = {r}" if r is not None else why
    return (
        *_decide_fit(numbers, p),
        _decided("radius", *positive),
        *(h for j in (0, 1) for h in decide_smooth(numbers, v[j], r, str(j + 1), why)),
        _decide_value(numbers, v, u, constructed),
        *decide_definite(numbers, v, u),
    )


def smooth_within(numbers: Numbers, v: Sequence[Term], radius: fmpq | None) -> tuple[fmpq | None, str]:
    """The r of the hypotheses, twice the certified radius if there is one; or None, and why there is none."""
    if radius is not None:
        return 2 * radius, ""
    found = []
    for each in v:
        width, why = _half_width(numbers, each)
        if width is None:
            return None, why
        found.append(width)
    return min(found), ""


def _decide_fit(numbers: Numbers, p: Sequence[FitPoint]) -> list[DecidedHypothesis]:
    first, second = "h(p1) h(p4) = h(p2) h(p3)", "h(p1) h((p3 + p4)/2) != h(p3) h((p1 + p2)/2)"
    if not p:
        found = "no such points were found"
        return [_decided("proportional", first, None, found), _decided("different", second, None, found)]
    try:
        with flint.ctx.workprec(ROOT_PRECISION):
            same, how = proportional(numbers.activation.term, numbers.jet, p)
    except NoNumberError as problem:
        same, how = None, str(problem)
    apart, shown = different(numbers.value, p)
    known = [x for x in p if not isinstance(x, Root)]
    if apart is None and len(known) == len(p) and same_product(numbers.activation.term, known):
        apart, shown = False, "both sides are the same number"
    witness = {f"p{j}": str(x) for j, x in enumerate(p, 1)}
    return [_decided("proportional", first, same, how, witness), _decided("different", second, apart, shown, witness)]


def _decide_value(numbers: Numbers, v: Sequence[Term], u: Sequence[Term], constructed: bool) -> DecidedHypothesis:
    statement = "u1 h(v1) + u2 h(v2) = 1/3"
    values = [at_point(numbers.activation.term, T, each) for each in v]
    if constructed:
        apart, shown, _ = signed(lambda: _size(number_of(values[1])))
        how = "both weights are 1/(6 h(v1))" if v[0] == v[1] and u[0] == u[1] else "u2 is (1/3 - u1 h(v1))/h(v2)"
        holds, reason = (True, f"{how}, and |h(v2)| = {shown}") if apart else (None, shown)
        return _decided("value", statement, holds, reason)
    holds, reason = equal(closed_form(u[0] * values[0] + u[1] * values[1]), literal(fmpq(1, 3)))
    return _decided("value", statement, holds, reason)


def decide_definite(
    numbers: Numbers, v: Sequence[Term], u: Sequence[Term]
) -> tuple[DecidedHypothesis, DecidedHypothesis]:
    """Conditions (C2.6) and (C2.7)."""
    corner = signed(lambda: _quantities(numbers, v, u)[0])
    determinant = signed(lambda: _quantities(numbers, v, u)[1])
    return (
        _decided("corner", "(u1 h'(v1))^2 + u1 h''(v1)/3 > 0", *corner[:2]),
        _decided("determinant", "the determinant of the quadratic form is > 0", *determinant[:2]),
    )


def _size(value: Number) -> Number:
    """The absolute value."""
    return value if value >= 0 else -value if value <= 0 else arb(abs(arb(value)))


def determinant_margin(numbers: Numbers, v: Sequence[Term], u: Sequence[Term]) -> fmpq | None:
    """A positive rational that the determinant of M is at least; None if none is found."""
    holds, _, found = signed(lambda: _quantities(numbers, v, u)[1])
    return rational_bounds(found)[0] if holds and found is not None else None


def _quantities(numbers: Numbers, v: Sequence[Term], u: Sequence[Term]) -> tuple[Number, Number]:
    """The first diagonal entry of M, and its determinant without the terms that cancel."""
    rows = []
    for center, weight in zip(v, u, strict=True):
        _, slope, bend = numbers.jet(number_of(center))
        outgoing = number_of(weight)
        rows.append(((outgoing * slope) * (outgoing * slope), outgoing * bend / 3))
    (a1, b1), (a2, b2) = rows
    return a1 + b1, a1 * b2 + a2 * b1 + b1 * b2


def decide_bent(
    numbers: Numbers, v: Term, width: int, radius: fmpq | None
) -> tuple[tuple[DecidedHypothesis, ...], int, int]:
    """The hypotheses of ``smooth.bent_activation`` but for the width; the signs of h'' and h' at v, 0 if not known."""
    r, why = smooth_within(numbers, (v,), radius)
    signs, found = [], []
    for label, order, sign_label, name in (("bend", 2, "sign", "sigma"), ("slope", 1, "direction", "tau")):
        sign, shown, zero = _sign(numbers, v, order)
        signs.append(sign)
        holds, derivative = (True if sign else False if zero else None), "h" + "'" * order
        found.append(_decided(sign_label, f"{name}^2 = 1", True, f"{name} = {sign}" if sign else f"{name} is 1 or -1"))
        found.append(_decided(label, f"{name} {derivative}(v) > 0", holds, f"{derivative}(v) = {shown}"))
    hypotheses = (
        DecidedHypothesis("width", "n >= 2", width >= 2, f"n = {width}", None if width >= 2 else {"n": width}),
        _decided("radius", "r > 0", None if r is None else True, why or f"r = {r}"),
        *decide_smooth(numbers, v, r, "", why),
        *found,
    )
    return hypotheses, signs[0], signs[1]


def _sign(numbers: Numbers, v: Term, order: int) -> tuple[int, str, bool]:
    """The sign of a derivative of h at v, 0 if it is not known; the number in words; whether it is exactly 0."""
    positive, shown, found = signed(lambda: numbers.jet(number_of(v))[order])
    if positive:
        return 1, shown, False
    if found is not None and found < 0:
        return -1, shown, False
    return 0, shown, found is not None and arb(found).is_zero()
