"""The extra hidden unit: weights w and bias b with phi(w, b) = sum_i r_i h(w . x_i + b) != 0, and a large gain."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset
from symproof.instances.isolating_direction import Isolation
from symproof.instances.kink_directions import Direction, tried_directions
from symproof.instances.kink_profile import KinkProfile, Peak, kink_profile
from symproof.instances.least_squares import AffineFit, fit_affine
from symproof.instances.projections import project
from symproof.instances.simple_rational import simplest_between

__all__ = ["Kink", "find_kink"]

WORK_LIMIT = 200_000
"""Most samples times directions looked at; a few directions are tried in any case."""

SEARCHED_ROWS = 20_000
"""Of more samples so many are searched, evenly spread."""
FEWEST_DIRECTIONS = 3
FINEST_ROUNDING = 16
KEPT_PERCENT = 99


@dataclass(frozen=True)
class Kink:
    """The incoming weights and the bias of the extra unit."""

    weights: Direction
    bias: fmpq


def find_kink(dataset: Dataset, fit: AffineFit, activation: ReluLike, isolation: Isolation) -> Iterator[Kink]:
    """Units to try, the best one found first: short directions, then the isolating direction of the proof.

    ``fit`` is the exact affine fit of ``dataset``. Of many samples only some are searched, as a problem of their own.
    One of the three units along the isolating direction has phi != 0 under (C1.1) to (C1.3); the search is untrusted
    all the same, callers evaluate phi themselves.
    """
    if dataset.sample_count > SEARCHED_ROWS:
        count = dataset.sample_count
        dataset = dataset.selected([k * count // SEARCHED_ROWS for k in range(SEARCHED_ROWS)])
        fit = fit_affine(dataset)
    found = None if fit.is_exact else _searched(dataset, fit, activation)
    if found is not None:
        yield found
    centre, distance = isolation.centre, isolation.distance
    for bias in (distance - centre, -distance - centre, -centre):
        yield Kink(isolation.direction, bias)


def _searched(dataset: Dataset, fit: AffineFit, activation: ReluLike) -> Kink | None:
    """The best unit along short directions."""
    table = dataset.table
    residuals = [int(value) for value in fit.residual_column.numerators()]
    limit = max(FEWEST_DIRECTIONS, WORK_LIMIT // dataset.sample_count)
    best: _Best | None = None
    for direction in tried_directions(dataset, fit.weights, limit):
        best = _better(best, direction, kink_profile(*project(table, direction), residuals, activation))
    return best.kink() if best is not None else None


@dataclass(frozen=True)
class _Best:
    direction: Direction
    profile: KinkProfile
    peak: Peak

    def kink(self) -> Kink:
        threshold = _short_threshold(self.profile, self.peak)
        if self.profile.reversed:
            return Kink(tuple(-entry for entry in self.direction), threshold)
        return Kink(self.direction, -threshold)


def _better(best: _Best | None, direction: Direction, profile: KinkProfile) -> _Best | None:
    """Compare the best so far with a direction and its opposite."""
    for oriented in (profile, profile.reverse()):
        peak = oriented.peak()
        if peak is not None and peak.beats(best.peak if best is not None else None):
            best = _Best(direction, oriented, peak)
    return best


def _short_threshold(profile: KinkProfile, peak: Peak) -> fmpq:
    """Return the shortest threshold near the peak that keeps ``KEPT_PERCENT`` of its gain."""
    spread = fmpq(profile.ordered[-1] - profile.ordered[0], profile.scale)
    for halvings in range(1, FINEST_ROUNDING):
        distance = spread / 2**halvings
        threshold = simplest_between(peak.threshold - distance, peak.threshold + distance)
        gain = profile.at(threshold)
        if 100 * gain.numerator * peak.denominator >= KEPT_PERCENT * peak.numerator * gain.denominator:
            return threshold
    return peak.threshold
