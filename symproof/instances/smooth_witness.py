"""The search for points where an activation makes a spurious local minimum. Nothing it returns is trusted.

Floats decide what is tried first; whoever uses a candidate certifies it.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import flint
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.ball_number import Number
from symproof.instances.simple_rational import simplest_between
from symproof.instances.smooth_radius import Jet
from symproof.logic.term import Term

__all__ = ["Probe", "bent_candidates", "fit_candidates", "probes", "seeds", "two_unit_candidates"]

SEARCH_BITS = 64
GRID = tuple(sorted({fmpq(k, 4) for k in range(-24, 25)} | {fmpq(k) for k in range(-12, 13)}))
FAR = tuple(
    fmpq(s * m, n) for m, n in ((20, 1), (50, 1), (100, 1), (1000, 1), (1, 10), (1, 100), (1, 10**4)) for s in (1, -1)
)
SPLITS = (1 / 30, 1 / 6, 2 / 3, 3.0)
LEAST_SCORE = 1e-3
SMALL = tuple(fmpq(k, 2) for k in (2, -2, 4, -4, 1, -1, 6, -6, 3, -3, 8, -8))


@dataclass(frozen=True)
class Probe:
    """An activation at a point: h, h', h'' as floats, and whether neither derivative is 0 for certain."""

    point: fmpq
    value: float
    slope: float
    bend: float
    certain: bool

    @property
    def cost(self) -> float:
        """How far the derivatives are from 1, in powers of ten, and how long the point is to write."""
        spread = abs(math.log10(abs(self.slope))) + abs(math.log10(abs(self.bend)))
        return spread + self.point.height_bits() / 5


def seeds(term: Term) -> tuple[fmpq, ...]:
    """Short numbers near the literals of an activation, where it may change its form, and numbers between them."""
    literals = {fmpq(t.data.numerator, t.data.denominator) for t in term.walk() if t.op == "num"}
    near = sorted(literals, key=lambda c: (c.height_bits(), abs(c)))[:12]
    places = sorted({sign * c for c in near for sign in (1, -1)})
    around = (c + step for c in places for step in (fmpq(-1), fmpq(-1, 8), fmpq(1, 8), fmpq(1)))
    between = ((3 * low + high) / 4 for low, high in pairwise(places))
    return (*(fmpq((8 * x + fmpq(1, 2)).floor(), 8) for x in around), *between)


def probes(jet: Jet, points: Sequence[fmpq]) -> tuple[tuple[Probe, ...], dict[str, str]]:
    """The activation at points where it is smooth; and one refusal of each kind at the others."""
    found: list[Probe] = []
    refused: dict[str, str] = {}
    with flint.ctx.workprec(SEARCH_BITS):
        for point in sorted(set(points)):
            try:
                h, d, e = jet(point)
            except JetRefusal as refusal:
                refused.setdefault(refusal.code, f"at {point}: {refusal.reason}")
                continue
            certain = all(bool(v > 0) or bool(v < 0) for v in (d, e))
            found.append(Probe(point, _float(h), _float(d), _float(e), certain))
    return tuple(found), refused


def _float(value: Number) -> float:
    ball = arb(value)
    found = float(ball.mid()) if ball.is_finite() else math.nan
    return found if math.isfinite(found) else math.nan


def _usable(probe: Probe) -> bool:
    """Whether floats can hold what is known of it."""
    return probe.certain and all(0 < abs(x) < 1e150 for x in (probe.slope, probe.bend)) and not math.isnan(probe.value)


def reach(found: Sequence[Probe], probe: Probe) -> float:
    """How far around a probe h'' seems to keep its sign: the smaller of both sides, by the other probes."""
    near = sorted(found, key=lambda other: other.point)
    place = near.index(probe)
    sides = []
    for walk in (near[place:], near[place::-1]):
        end, gap = walk[0].point, fmpq(1, 4)
        for before, other in pairwise(walk):
            gap = abs(other.point - before.point)
            if not other.bend * probe.bend > 0:
                break
            end = other.point
        sides.append(abs(end - probe.point) + gap / 2)
    return float(min(sides))


def bent_candidates(found: Sequence[Probe], most: int = 4) -> tuple[Probe, ...]:
    """The most promising points with h' != 0 and h'' != 0: those with long reach and derivatives near 1 first."""
    usable = [p for p in found if _usable(p)]
    usable.sort(key=lambda p: (p.cost - 3 * math.log10(min(1.0, reach(found, p) / 2)), abs(p.point)))
    return tuple(usable[:most]) or tuple(p for p in found if p.certain)[:most]


def two_unit_candidates(found: Sequence[Probe], most: int = 6) -> Iterator[tuple[fmpq, fmpq, float]]:
    """Biases v1, v2 and the weight of the first unit, the output being 1/3 without a constant.

    First v1 = v2 where h h'' > 0 (then both weights are 1/(6 h)), then pairs with weights of different signs for which
    floats find the quadratic form positive definite.
    """
    usable = [p for p in found if _usable(p) and 1e-150 < abs(p.value) < 1e150]
    same = [p for p in usable if p.value * p.bend > 0]
    same.sort(key=lambda p: p.cost - 6 * math.log10(min(1 / (6 * abs(p.value)), reach(found, p) / 2, 1.0)))
    yield from ((p.point, p.point, 1 / (6 * p.value)) for p in same[:most])
    pairs = sorted(usable, key=lambda p: p.cost)[:24]
    ranked = []
    for one, other, part in product(pairs, pairs, SPLITS):
        u1, u2 = (1 / 3 + part) / one.value, -part / other.value
        margin = _margin(one, u1, other, u2)
        if margin > 0:
            ranked.append((-margin, one.point, other.point, u1))
    ranked.sort()
    yield from (entry[1:] for entry in ranked[:most])


def _margin(one: Probe, u1: float, other: Probe, u2: float) -> float:
    """How definite M is by floats, from 0 to 1: its determinant over the product of the diagonal, less for small u."""
    a, b = (u1 * one.slope) ** 2 + u1 * one.bend / 3, (u2 * other.slope) ** 2 + u2 * other.bend / 3
    if not (a > 0 and b > 0 and math.isfinite(a * b)):
        return 0.0
    determinant = a * b - (u1 * one.slope * u2 * other.slope) ** 2
    return determinant / (a * b) * min(1.0, abs(u1), abs(u2)) ** 0.5


def fit_candidates(
    value: Callable[[fmpq], Number | None], found: Sequence[Probe]
) -> Iterator[tuple[fmpq, fmpq, fmpq, fmpq | tuple[fmpq, fmpq]]]:
    """Points p1, p2, p3 and p4, or ends between which p4 lies, for h(p1) h(p4) = h(p2) h(p3), the best ones first.

    Args:
        value: h at a rational, exact where it is rational; None where it has no value.
        found: probes of h.
    """
    yield from _by_zeros(value)
    yield from _by_equal_values(value)
    yield from _by_change_of_sign(found)


def _by_zeros(value: Callable[[fmpq], Number | None]) -> Iterator[tuple[fmpq, fmpq, fmpq, fmpq]]:
    """p2 = p4 with h = 0 there."""
    for zero in (fmpq(0), *SMALL):
        if value(zero) == 0:
            ranked = []
            for a, b in product(SMALL, SMALL):
                known = [value(x) for x in (a, b, (a + zero) / 2, (b + zero) / 2)]
                if a == b or any(v is None for v in known):
                    continue
                ha, hb, ma, mb = (_float(v) for v in known if v is not None)
                whole = abs(ha * mb) + abs(hb * ma)
                if whole > 0 and abs(ha * mb - hb * ma) > 1e-9 * whole:
                    ranked.append((-_score(ha * mb, hb * ma), a, b))
            for _, a, b in sorted(ranked)[:2]:
                yield a, zero, b, zero


def _by_equal_values(value: Callable[[fmpq], Number | None]) -> Iterator[tuple[fmpq, fmpq, fmpq, fmpq]]:
    """h(p1) = h(p2) and h(p3) = h(p4), or both with the sign changed: even and odd functions."""
    for a, b in ((fmpq(1), fmpq(2)), (fmpq(1, 2), fmpq(1)), (fmpq(1), fmpq(3))):
        yield a, -a, b, -b
        yield a, b, b, -b * b / a


def _by_change_of_sign(found: Sequence[Probe]) -> Iterator[tuple[fmpq, fmpq, fmpq, tuple[fmpq, fmpq]]]:
    """p4 between two probes at which h(p1) h - h(p2) h(p3) has different signs, best separated first."""
    usable = [p for p in found if math.isfinite(p.value) and p.value != 0 and abs(p.point) <= 6]
    few = usable[:: max(1, len(usable) // 10)]
    ranked = []
    for one, two, three in product(few, few, few):
        if one is two or one is three or two is three:
            continue
        wanted = two.value * three.value / one.value
        for before, after in pairwise(usable):
            if after.point - before.point <= 1 and (before.value - wanted) * (after.value - wanted) < 0:
                share = (wanted - before.value) / (after.value - before.value)
                four = float(before.point) + share * float(after.point - before.point)
                left = one.value * _between(usable, (float(three.point) + four) / 2)
                right = three.value * _between(usable, float(one.point + two.point) / 2)
                score = _score(left, right)
                if score > LEAST_SCORE and four not in (float(one.point), float(three.point)):
                    bits = sum(x.point.height_bits() for x in (one, two, three))
                    ranked.append((bits / 40 - score, one.point, two.point, three.point, before.point, after.point))
    for _, first, second, third, low, high in sorted(ranked)[:6]:
        yield first, second, third, (low, high)


def _between(found: Sequence[Probe], point: float) -> float:
    """The value of h at a point, linear between probes."""
    for before, after in pairwise(found):
        if float(before.point) <= point <= float(after.point):
            share = (point - float(before.point)) / float(after.point - before.point)
            return before.value + share * (after.value - before.value)
    return found[0].value


def _score(left: float, right: float) -> float:
    """How different two numbers are, relative to their size, from 0 to 1."""
    return abs(left - right) / (abs(left) + abs(right)) if left or right else 0.0


def short_near(value: float, tolerance: float = 0.02) -> fmpq:
    """A short rational near a float."""
    low, high = sorted((value * (1 - tolerance), value * (1 + tolerance)))
    return simplest_between(*(fmpq(*x.as_integer_ratio()) for x in (low, high)))
