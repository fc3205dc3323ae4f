"""Parameters that fit the three samples exactly, or with a certified risk below 1/3.

Samples (1, 0) -> 0, (0, 1) -> 0, (1/2, 1/2) -> 1. Two ways:

- *proportional*: h(p1) h(p4) = h(p2) h(p3) and h(p1) h((p3 + p4)/2) != h(p3) h((p1 + p2)/2): two units with these
  pre-activations, no biases, no constant.
- *differences*: two units around v with steps 2 t and t, biases v and a constant; for small t if h' and h'' are not 0.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number, short_text
from symproof.instances.closed_form import (
    MOST_BITS,
    NoNumberError,
    at_point,
    claim_text,
    closed_form,
    equal,
    literal,
    number_of,
    rational_bounds,
    recognised,
)
from symproof.instances.piecewise_activation import T
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_radius import Jet, ball_of
from symproof.logic.syntax import num
from symproof.logic.term import Term

__all__ = [
    "INPUTS",
    "PRECISIONS",
    "TARGETS",
    "FitPoint",
    "Root",
    "SmoothPoint",
    "difference_fit",
    "different",
    "point_number",
    "proportional",
    "proportional_fit",
    "risk_ball",
    "root_between",
    "rounded_fit",
    "same_product",
]

INPUTS = ((fmpq(1), fmpq(0)), (fmpq(0), fmpq(1)), (fmpq(1, 2), fmpq(1, 2)))
TARGETS = (fmpq(0), fmpq(0), fmpq(1))
STEPS = (fmpq(1, 2), fmpq(1), fmpq(1, 4), *(fmpq(1, 2**k) for k in range(3, 40)))
PRECISIONS = (64, 256, 1024, MOST_BITS)


@dataclass(frozen=True)
class Root:
    """A number p4 between low and high with h(p1) h(p4) = h(p2) h(p3): the difference changes its sign between them."""

    low: fmpq
    high: fmpq

    def __str__(self) -> str:
        return f"a number between {self.low} and {self.high}"


FitPoint = Term | Root
"""One of p1, ..., p4: a closed term, or for p4 a number that is known to be there."""


def point_number(point: FitPoint) -> Number:
    """The number, or a ball that holds it, with the precision of ``flint.ctx``. Raises NoNumberError."""
    return ball_of((point.low, point.high)) if isinstance(point, Root) else number_of(point)


@dataclass(frozen=True)
class SmoothPoint:
    """Parameters of a network with two inputs, as closed terms.

    Attributes:
        W1: the incoming weights, a row for each unit.
        b1: the biases.
        W2: the outgoing weights.
        b2: the constant.
    """

    W1: tuple[tuple[Term, Term], ...]
    b1: tuple[Term, ...]
    W2: tuple[Term, ...]
    b2: Term

    @property
    def width(self) -> int:
        """The number of units."""
        return len(self.b1)

    def as_text(self) -> dict[str, object]:
        """The parameters as texts in the claim grammar."""
        return {
            "W1": [[claim_text(w) for w in row] for row in self.W1],
            "b1": [claim_text(b) for b in self.b1],
            "W2": [claim_text(u) for u in self.W2],
            "b2": claim_text(self.b2),
        }


def risk_ball(value: Callable[[Number], Number], point: SmoothPoint) -> Number:
    """The risk of a network on the samples, with the precision of ``flint.ctx``; ``value`` is the activation."""
    rows = [tuple(number_of(w) for w in row) for row in point.W1]
    biases, outgoing, constant = [number_of(b) for b in point.b1], [number_of(u) for u in point.W2], number_of(point.b2)
    total: Number = fmpq(0)
    for (x1, x2), y in zip(INPUTS, TARGETS, strict=True):
        output = constant
        for (w1, w2), b, u in zip(rows, biases, outgoing, strict=True):
            if not (isinstance(u, fmpq) and u == 0):
                output = output + u * value(w1 * x1 + w2 * x2 + b)
        total = total + (output - y) * (output - y) / 2
    return total


def proportional_fit(term: Term, p: Sequence[Term], width: int = 2) -> SmoothPoint:
    """The parameters of the first way, for points at which its conditions hold."""
    h1, h3 = (at_point(term, T, x) for x in (p[0], p[2]))
    scale = h3 * at_point(term, T, (p[0] + p[1]) / 2) - h1 * at_point(term, T, (p[2] + p[3]) / 2)
    idle = width - 2
    zero = num(0)
    return SmoothPoint(
        ((p[0], p[1]), (p[2], p[3]), *[(zero, zero)] * idle),
        (zero,) * width,
        (recognised(closed_form(h3 / scale)), recognised(closed_form(-h1 / scale)), *[zero] * idle),
        zero,
    )


def difference_fit(
    term: Term, value: Callable[[Number], Number], v: Term, width: int, most: fmpq
) -> tuple[fmpq, SmoothPoint] | None:
    """A step t and the parameters of the second way, if it is certain that they exist; else None.

    Args:
        term: the activation.
        value: the same as a function.
        v: the point.
        width: the number of units, at least 2.
        most: v + 2 t and v - 2 t stay within this distance of v.
    """
    for t in STEPS:
        if 2 * t <= most and _independent(value, v, t):
            return t, _difference_point(term, v, literal(t), width)
    return None


def _independent(value: Callable[[Number], Number], v: Term, t: fmpq) -> bool:
    """Whether e(2t) o(t) != o(2t) e(t) is certain."""
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            try:
                at = number_of(v)
                left2, left1, middle, right1, right2 = (value(at + k * t) for k in (-2, -1, 0, 1, 2))
            except NoNumberError:
                continue
            long = (right2 + left2 - 2 * middle) * (right1 - left1)
            short = (right2 - left2) * (right1 + left1 - 2 * middle)
            if isinstance(long, fmpq) and isinstance(short, fmpq):
                return long != short
            if not arb(long).overlaps(arb(short)):
                return True
    return False


def _difference_point(term: Term, v: Term, t: Term, width: int) -> SmoothPoint:
    left2, left1, middle, right1, right2 = (at_point(term, T, closed_form(v + k * t)) for k in (-2, -1, 0, 1, 2))
    long_rise, short_rise = closed_form(right2 - left2), closed_form(right1 - left1)
    long_bend, short_bend = closed_form(right2 + left2 - 2 * middle), closed_form(right1 + left1 - 2 * middle)
    determinant = closed_form(long_bend * short_rise - long_rise * short_bend)
    first, second = closed_form(-2 * short_rise / determinant), closed_form(2 * long_rise / determinant)
    idle, zero = width - 2, num(0)
    step = closed_form(2 * t)
    return SmoothPoint(
        ((step, closed_form(-step)), (t, closed_form(-t)), *[(zero, zero)] * idle),
        (v,) * width,
        (first, second, *[zero] * idle),
        closed_form(1 - first * middle - second * middle),
    )


def proportional(term: Term, jet: Jet, p: Sequence[FitPoint]) -> tuple[bool | None, str]:
    """Whether h(p1) h(p4) = h(p2) h(p3), and how that is known."""
    one, two, three, four = p
    if isinstance(one, Root) or isinstance(two, Root) or isinstance(three, Root):
        return None, "only p4 may be given by a change of sign"
    h1, h2, h3 = (at_point(term, T, x) for x in (one, two, three))
    if not isinstance(four, Root):
        return equal(closed_form(h1 * at_point(term, T, four)), closed_form(h2 * h3))
    return changes_sign(jet, number_of(h1), number_of(h2) * number_of(h3), four)


def changes_sign(jet: Jet, factor: Number, wanted: Number, root: Root) -> tuple[bool | None, str]:
    """Whether factor * h - wanted certainly changes its sign between two points, h being continuous between them."""
    try:
        jet(ball_of((root.low, root.high)))
        ends = [factor * jet(end)[0] - wanted for end in (root.low, root.high)]
    except JetRefusal as refusal:
        return None, refusal.reason
    if ends[0] * ends[1] < 0:
        return True, (
            f"h(p1) h - h(p2) h(p3) has different signs at {_short(root.low)} and {_short(root.high)}, and h is "
            "continuous between them: p4 is there by the intermediate value theorem"
        )
    return None, "no change of sign is certain"


def _short(value: fmpq) -> str:
    return str(value) if value.height_bits() < 40 else str(arb(value).str(12, radius=False)) + "..."


def root_between(jet: Jet, factor: Number, wanted: Number, low: fmpq, high: fmpq, bits: int = 100) -> Root | None:
    """A root of factor * h - wanted to within 2 to the minus ``bits``; None if no change of sign is certain."""

    def sign(x: fmpq) -> int:
        gap = factor * jet(x)[0] - wanted
        return 1 if gap > 0 else -1 if gap < 0 else 0

    try:
        with flint.ctx.workprec(2 * bits):
            left, right = sign(low), sign(high)
            if left * right >= 0:
                return None
            while high - low > fmpq(1, 1 << bits):
                middle = (low + high) / 2
                here = sign(middle)
                if here == 0:
                    break
                low, high = (middle, high) if here == left else (low, middle)
    except JetRefusal:
        return None
    return Root(low, high)


def different(value: Callable[[Number], Number], p: Sequence[FitPoint]) -> tuple[bool | None, str]:
    """Whether h(p1) h((p3 + p4)/2) != h(p3) h((p1 + p2)/2), and how that is known."""
    problem = ""
    for precision in PRECISIONS:
        with flint.ctx.workprec(precision):
            try:
                one, two, three, four = (point_number(x) for x in p)
                left = value(one) * value((three + four) / 2)
                right = value(three) * value((one + two) / 2)
            except NoNumberError as found:
                problem = str(found)
                continue
            if isinstance(left, fmpq) and isinstance(right, fmpq):
                return left != right, f"{left} and {right}"
            if not arb(left).overlaps(arb(right)):
                return True, f"disjoint balls: {short_text(left)} and {short_text(right)}"
    return None, problem or "the sides lie in balls that overlap"


def same_product(term: Term, p: Sequence[Term]) -> bool:
    """Whether the two products of the second condition are proved to be equal, so that it fails."""
    h1, h3, middle, other = (at_point(term, T, x) for x in (p[0], p[2], (p[2] + p[3]) / 2, (p[0] + p[1]) / 2))
    return equal(closed_form(h1 * middle), closed_form(h3 * other))[0] is True


def rounded_fit(p: Sequence[FitPoint], value: Callable[[Number], Number], width: int = 2) -> SmoothPoint:
    """Rational parameters near the fit by points of which p4 is only known to be between two numbers."""
    points = [literal((x.low + x.high) / 2) if isinstance(x, Root) else x for x in p]
    with flint.ctx.workprec(256):
        one, two, three, four = (number_of(x) for x in points)
        h1, h3 = value(one), value(three)
        scale = h3 * value((one + two) / 2) - h1 * value((three + four) / 2)
        weights = [literal(_rational(arb(u), 100)) for u in (h3 / scale, -h1 / scale)]
    zero = num(0)
    idle = width - 2
    rows = ((points[0], points[1]), (points[2], points[3]), *[(zero, zero)] * idle)
    return SmoothPoint(rows, (zero,) * width, (*weights, *[zero] * idle), zero)


def _rational(ball: arb, bits: int) -> fmpq:
    """A rational close to the middle of a ball, with a denominator of about so many bits."""
    middle, step = rational_bounds(arb(ball.mid()))[0], fmpq(1, 1 << bits)
    return simplest_between(middle - step, middle + step)
