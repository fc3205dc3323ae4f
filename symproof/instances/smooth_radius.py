"""How far the parameters of constant units may move before a risk below 1/3 is possible: certified in balls.

Every parameter moves by at most rho. A pre-activation is a sum w + b, or half a sum of two such: it stays within 2 rho
of the unit's bias v. With u the outgoing weights, h', h'' anywhere in [v - 2 rho, v + 2 rho] (mean value forms), the
risk exceeds 1/3 by at least t^T M t, where M has the entries u_j h''/3 + (u_j h')^2 on the diagonal and
u_1 h' u_2 h' beside it (the half differences of the pre-activations are t). It is nowhere negative if

- every u_j h'' >= 0 there (the *convex piece*, any number of units), or
- for two units, M is positive definite: u_1 h''/3 + (u_1 h')^2 > 0 and det M >= 0 (the *second order*).

With z = h'^2 and k = h'' the first entry is u_1 (u_1 z_1 + k_1/3), and
det M = u_1 u_2 (u_1 z_1 k_2 + u_2 z_2 k_1 + k_1 k_2/3)/3. What stands in parentheses is affine in each of u, z, k
alone, so its smallest value over a box of these is at one of the corners; the weights keep their signs. (Where a weight
is 0 the risk is at least 1/3 by continuity.)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.closed_form import NoNumberError, rational_bounds
from symproof.instances.simple_rational import simplest_between

__all__ = [
    "Interval",
    "Jet",
    "Unit",
    "ball_of",
    "convex_on",
    "definite_on",
    "derivative_ranges",
    "largest_radius",
    "region_holds",
]

Jet = Callable[[Number], Sequence[Number]]
"""h, h', h'' at a number, or enclosures of them on a ball on all of which h is twice continuously differentiable."""
Interval = tuple[fmpq, fmpq]

WIDER = fmpq(1, 1 << 20)
"""Balls are wider than their intervals by this factor: what is smooth on the ball is smooth around the interval."""
CELLS = 64
MOST_STEPS = 80
"""A radius is doubled, or halved, so often at most."""
BISECTIONS = 6


@dataclass(frozen=True)
class Unit:
    """A constant unit: the bias v and the outgoing weight u, exact or as balls."""

    center: Number
    weight: Number

    @property
    def sign(self) -> int:
        """The sign of the weight; 0 if it is not known."""
        return 1 if self.weight > 0 else -1 if self.weight < 0 else 0

    def reach(self, radius: fmpq) -> Interval:
        """An interval that holds every number within 2 rho of v."""
        low, high = rational_bounds(self.center)
        return low - 2 * radius, high + 2 * radius

    def weights(self, radius: fmpq) -> Interval:
        """An interval that holds every number within rho of u."""
        low, high = rational_bounds(self.weight)
        return low - radius, high + radius


def ball_of(interval: Interval) -> arb:
    """A ball that holds an interval and a little more on either side."""
    low, high = interval
    return arb((low + high) / 2, (high - low) / 2 * (1 + WIDER))


def convex_on(jet: Jet, interval: Interval, sign: int, cells: int = CELLS) -> bool:
    """Whether sign * h'' >= 0 is certain on an interval, and h twice continuously differentiable around it.

    Args:
        jet: of h.
        interval: it is cut in halves where one ball does not tell.
        sign: 1 or -1.
        cells: so many balls are tried.
    """
    if not all(sign * _bend_at(jet, end) >= 0 for end in interval):
        return False
    waiting = [interval]
    for _ in range(cells):
        low, high = waiting.pop()
        try:
            if sign * jet(ball_of((low, high)))[2] >= 0:
                if not waiting:
                    return True
                continue
        except JetRefusal:
            pass
        middle = (low + high) / 2
        if not sign * _bend_at(jet, middle) >= 0:
            return False
        waiting += [(middle, high), (low, middle)]
    return False


def _bend_at(jet: Jet, point: fmpq) -> Number:
    """The second derivative at a point; a ball of all numbers if there is none."""
    try:
        return jet(point)[2]
    except JetRefusal:
        return arb(0, arb("inf"))


def derivative_ranges(jet: Jet, interval: Interval, cells: int) -> tuple[arb, arb]:
    """Balls that hold h' and h'' on an interval. Raises JetRefusal if h is not seen to be smooth on it."""
    low, high = interval
    step = (high - low) / cells
    found = [jet(ball_of((low + i * step, low + (i + 1) * step))) for i in range(cells)]
    slope, bend = arb(found[0][1]), arb(found[0][2])
    for _, one, other in found[1:]:
        slope, bend = slope.union(arb(one)), bend.union(arb(other))
    return slope, bend


def definite_on(jet: Jet, units: Sequence[Unit], radius: fmpq, cells: int) -> bool:
    """Whether M is positive definite, for two units, wherever the parameters are within the radius."""
    if len(units) != 2:
        return False
    signs = [unit.sign for unit in units]
    weights = [unit.weights(radius) for unit in units]
    try:
        # Where points of the intervals show that it is not, no balls are needed.
        seen = [[_square_and_bend(*jet(x)[1:]) for x in _points(unit.reach(radius))] for unit in units]
        if not all(_definite(signs, weights, boxes) for boxes in product(*seen)):
            return False
        for parts in (4, cells):
            boxes = [_square_and_bend(*derivative_ranges(jet, unit.reach(radius), parts)) for unit in units]
            if _definite(signs, weights, boxes):
                return True
    except JetRefusal:
        pass
    return False


Box = tuple[tuple[arb, arb], tuple[arb, arb]]
"""The least and the largest h'^2, and those of h''."""


def _points(interval: Interval) -> tuple[fmpq, fmpq, fmpq]:
    low, high = interval
    return low, (low + high) / 2, high


def _square_and_bend(slope: Number, bend: Number) -> Box:
    z, k = arb(slope), arb(bend)
    square = z * z
    least = arb(0) if z.contains(0) else arb(square.lower())
    return (least, arb(square.upper())), (arb(k.lower()), arb(k.upper()))


def _definite(signs: Sequence[int], weights: Sequence[Interval], boxes: Sequence[Box]) -> bool:
    """Whether the determinant is at least 0 and one of the diagonal entries positive at all corners of a box.

    Then they are so in it, and M is nowhere indefinite there. The answer does not depend on the order of the units.
    """
    (s1, s2), corners = signs, [(w, *box) for w, box in zip(weights, boxes, strict=True)]
    diagonal = (
        all(s * (u * z + k / 3) > 0 for u, z, k in product(*corner)) for s, corner in zip(signs, corners, strict=True)
    )
    return any(diagonal) and all(
        s1 * s2 * (u1 * z1 * k2 + u2 * z2 * k1 + k1 * k2 / 3) >= 0
        for u1, z1, k1, u2, z2, k2 in product(*corners[0], *corners[1])
    )


def largest_radius(jet: Jet, units: Sequence[Unit], cells: int = CELLS) -> tuple[fmpq, bool] | None:
    """A radius within which no risk below 1/3 is possible, and whether only the signs of the weights bound it.

    The radius is a short rational, at most a few percent below the largest one that is certified in this way; None if
    not even a very small one is.

    Args:
        jet: of h.
        units: the constant units.
        cells: how finely intervals may be cut.
    """

    def check(radius: fmpq) -> bool:
        return region_holds(jet, units, radius, cells) != ""

    if any(unit.sign == 0 for unit in units):
        return None
    try:
        most = min(min(map(abs, rational_bounds(unit.weight))) for unit in units)
    except NoNumberError:
        return None
    if most == 0:
        return None
    if check(most):
        return _short_below(most, check), True
    found = _between(min(most, fmpq(1)), most, check)
    if found is None:
        return None
    low, high = found
    for _ in range(BISECTIONS):
        middle = (low + high) / 2
        low, high = (middle, high) if check(middle) else (low, middle)
    return _short_below(low, check), False


def _between(start: fmpq, most: fmpq, check: Callable[[fmpq], bool]) -> Interval | None:
    """Two radii, the second at most twice the first, of which the first will do and the second will not."""
    for factor, wanted in ((2, False), (fmpq(1, 2), True)):
        if check(start) is wanted:
            continue
        radius = start
        for _ in range(MOST_STEPS):
            before, radius = radius, radius * factor
            if factor == 2 and radius >= most:
                return before, most
            if check(radius) is wanted:
                return (before, radius) if factor == 2 else (radius, before)
    return None


def _short_below(radius: fmpq, check: Callable[[fmpq], bool]) -> fmpq:
    """The rational of smallest height close below a radius that will do, or that radius."""
    short = simplest_between(radius * fmpq(31, 32), radius)
    return short if check(short) else radius


def region_holds(jet: Jet, units: Sequence[Unit], radius: fmpq, cells: int = CELLS) -> str:
    """How it is certain that no risk is below 1/3 within a radius: by what was said above, or "" if it is not."""
    signs = [unit.sign for unit in units]
    weights = [sign * end for unit, sign in zip(units, signs, strict=True) for end in unit.weights(radius)]
    if 0 in signs or any(end < 0 for end in weights):
        return ""
    if all(convex_on(jet, unit.reach(radius), sign, cells) for unit, sign in zip(units, signs, strict=True)):
        return "convex piece"
    return "second order" if definite_on(jet, units, radius, cells) else ""
