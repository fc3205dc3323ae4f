"""A bias around which an activation bends to one side, with bounds of its second derivative: certified in balls."""

from __future__ import annotations

from dataclasses import dataclass

import flint
from flint import fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.closed_form import NoNumberError, rational_bounds
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_conditions import Numbers, signed
from symproof.instances.smooth_radius import derivative_ranges

__all__ = ["Bend", "bend_at", "find_bend", "second_derivative_bounds"]

BIASES = (0, 1, -1, fmpq(1, 2), fmpq(-1, 2), 2, -2, fmpq(1, 4), fmpq(-1, 4), fmpq(3, 2), fmpq(-3, 2), 3, -3)
"""The biases that are tried if none is given."""
PRECISION = 128
CELLS = 16
LARGEST = fmpq(2) ** 20
MOST_HALVINGS = 40
BISECTIONS = 4
SHARE = fmpq(15, 16)


@dataclass(frozen=True)
class Bend:
    """Bounds A <= sigma h'' <= B from v - q to v + q, where h is twice continuously differentiable.

    Attributes:
        v: the bias.
        sigma: the sign of h''(v), 1 or -1.
        shown: h''(v) in words.
        reach: q.
        low: A.
        high: B.
    """

    v: fmpq
    sigma: int
    shown: str
    reach: fmpq
    low: fmpq
    high: fmpq


def find_bend(numbers: Numbers, ratio: fmpq) -> Bend | None:
    """The bias, of a few, with the largest reach for which ``bend_at`` finds one; None if it finds none."""
    found: Bend | None = None
    for v in BIASES:
        each = bend_at(numbers, fmpq(v), ratio)
        if isinstance(each, Bend) and (found is None or each.reach > found.reach):
            found = each
    return found


def bend_at(numbers: Numbers, v: fmpq, ratio: fmpq) -> Bend | str:
    """Bounds with B - A <= (A + B) ratio around v, as far as a search finds them; or why there are none.

    The answer ``"0"`` says that h''(v) is exactly 0.

    Args:
        numbers: the activation.
        v: the bias.
        ratio: positive.
    """
    positive, shown, value = signed(lambda: numbers.jet(v)[2])
    if positive is None or value is None:
        return shown
    if not positive and not value < 0:
        return "0"
    sigma = 1 if positive else -1

    def tried(reach: fmpq) -> Bend | None:
        bounds = second_derivative_bounds(numbers, v, reach)
        if bounds is None:
            return None
        low, high = bounds if sigma > 0 else (-bounds[1], -bounds[0])
        close = low + high >= 0 and high - low <= (low + high) * ratio
        return Bend(v, sigma, shown, reach, low, high) if close else None

    found = tried(fmpq(1))
    if found is None:
        halves = (fmpq(1, 2**k) for k in range(1, MOST_HALVINGS))
        found = next((each for each in map(tried, halves) if each is not None), None)
        if found is None:
            return f"no bounds of h'' around {v} that are close enough are certified"
        beyond = 2 * found.reach
    else:
        beyond = fmpq(2)
        while beyond <= LARGEST and (next_ := tried(beyond)) is not None:
            found, beyond = next_, 2 * beyond
        if beyond > LARGEST:
            return found
    for _ in range(BISECTIONS):
        middle = (found.reach + beyond) / 2
        wider = tried(middle)
        found, beyond = (wider, beyond) if wider is not None else (found, middle)
    short = tried(simplest_between(found.reach * SHARE, found.reach))
    return short or found


def second_derivative_bounds(numbers: Numbers, v: fmpq, reach: fmpq) -> tuple[fmpq, fmpq] | None:
    """Rational bounds of h'' from v - reach to v + reach; None if h is not seen to be smooth there."""
    with flint.ctx.workprec(PRECISION):
        try:
            low, high = rational_bounds(derivative_ranges(numbers.jet, (v - reach, v + reach), CELLS)[1])
        except (JetRefusal, NoNumberError):
            return None
    return _outward(low, -1), _outward(high, 1)


def _outward(bound: fmpq, side: int) -> fmpq:
    """A short rational at most a millionth beyond a bound."""
    if bound == 0:
        return bound
    beyond = bound + side * abs(bound) / 1_000_000
    return simplest_between(*sorted((bound, beyond)))
