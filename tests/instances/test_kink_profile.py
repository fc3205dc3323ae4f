"""The gain profile along one direction: the peak is the maximum over the bias, compared with direct evaluation."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_fractions import fraction, solve_normal_equations

from symproof.instances.activation import ReluLike
from symproof.instances.kink_profile import KinkProfile, Peak, kink_profile
from symproof.instances.simple_rational import simplest_between

SLOPES = [(fmpq(1), fmpq(0)), (fmpq(1), fmpq(1, 10)), (fmpq(1, 3), fmpq(5, 2))]


def direct_gain(values: list[int], residuals: list[int], slopes: tuple[fmpq, fmpq], t: Fraction, sign: int) -> Fraction:
    up, down = map(fraction, slopes)
    heights = [(z - t) * sign * (up if (z - t) * sign >= 0 else down) for z in values]
    phi = sum(r * h for r, h in zip(residuals, heights, strict=True))
    squares = sum(h * h for h in heights)
    return phi * phi / squares if squares else Fraction(0)


def gain(peak: Peak) -> Fraction:
    return Fraction(peak.numerator, peak.denominator)


@given(
    st.lists(st.tuples(st.integers(-6, 6), st.integers(-6, 6)), min_size=2, max_size=8),
    st.sampled_from(SLOPES),
    st.lists(st.fractions(-7, 7, max_denominator=20), max_size=20),
    st.booleans(),
)
@settings(max_examples=150, deadline=None)
def test_the_peak_is_the_maximum(
    points: list[tuple[int, int]], slopes: tuple[fmpq, fmpq], thresholds: list[Fraction], turned: bool
) -> None:
    values = [z for z, _ in points]
    targets = [Fraction(y) for _, y in points]
    (slope, intercept), _ = solve_normal_equations([[Fraction(z), Fraction(1)] for z in values], targets)
    exact = [slope * z + intercept - y for z, y in zip(values, targets, strict=True)]
    scale = 1
    for r in exact:
        scale *= r.denominator
    residuals = [int(r * scale) for r in exact]
    profile = kink_profile(values, 1, residuals, ReluLike(*slopes))
    sign = -1 if turned else 1
    profile = profile.reverse() if turned else profile
    peak = profile.peak()
    everywhere = [direct_gain(values, residuals, slopes, t, sign) for t in [*map(Fraction, values), *thresholds]]
    factor = constant_factor(slopes)
    for t, expected in zip(map(Fraction, [*values, *thresholds]), everywhere, strict=True):
        assert gain(profile.at(fmpq(t.numerator, t.denominator))) * factor == expected
    if peak is None:
        assert max(everywhere) == 0
    else:
        assert gain(peak) * factor >= max(everywhere)
        assert gain(peak) * factor == direct_gain(values, residuals, slopes, fraction(peak.threshold), sign)


def constant_factor(slopes: tuple[fmpq, fmpq]) -> Fraction:
    up, down = map(fraction, slopes)
    return ((up - down) * up.denominator * down.denominator) ** 2


def test_a_direction_without_a_kink_has_no_peak() -> None:
    profile: KinkProfile = kink_profile([0, 0, 1, 1], 1, [1, -1, -1, 1], ReluLike(fmpq(1), fmpq(0)))
    assert profile.peak() is None


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        ("31/100", "34/100", "1/3"),
        ("-2", "5", "0"),
        ("-34/100", "-31/100", "-1/3"),
        ("5/2", "5/2", "5/2"),
        ("7/3", "9", "3"),
    ],
)
def test_simplest_between(low: str, high: str, expected: str) -> None:
    assert simplest_between(fmpq(low), fmpq(high)) == fmpq(expected)


@given(st.fractions(-5, 5, max_denominator=200), st.fractions(-5, 5, max_denominator=200))
def test_nothing_between_is_simpler(one: Fraction, other: Fraction) -> None:
    low, high = sorted([one, other])
    best = fraction(simplest_between(*(fmpq(x.numerator, x.denominator) for x in (low, high))))
    assert low <= best <= high
    for denominator in range(1, best.denominator):
        assert -(-low.numerator * denominator // low.denominator) > high * denominator
