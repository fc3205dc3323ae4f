"""How much one extra unit h(w . x + b) lowers the risk, as a function of the bias b, for one direction w.

With phi(b) = sum_i r_i h(w . x_i + b), adding the unit with the best outgoing weight lowers the risk by
phi^2 / (2 sum_i h(w . x_i + b)^2). Between two neighbouring values of -w . x_i, phi is affine in b and the sum is
quadratic; so one sort, prefix sums and a closed form for each piece give the exact maximum over b.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from flint import fmpq

from symproof.instances.activation import ReluLike

__all__ = ["KinkProfile", "Peak", "kink_profile"]


@dataclass(frozen=True)
class Peak:
    """A threshold t (the bias is -t) with its gain phi^2 / sum h^2 as ``numerator / denominator``, unreduced.

    All gains of one search carry the same positive factor, so they compare, across directions too.
    """

    threshold: fmpq
    numerator: int
    denominator: int

    def beats(self, other: Peak | None) -> bool:
        """Whether the gain is non-zero and strictly larger than that of ``other``."""
        if other is None:
            return self.numerator > 0
        return self.numerator * other.denominator > other.numerator * self.denominator


@dataclass(frozen=True)
class KinkProfile:
    """The projections w . x_i in ascending order, with prefix sums.

    Entry k of ``moment_r``, ``moment_rz``, ``moment_z`` and ``moment_zz`` is the sum of r, r z, z and z^2 over the
    first k samples; z counts in units of 1 / ``scale``. ``slope_squares`` are those for z >= t and for z < t, and
    ``reversed`` says that the unit is h(t - w . x) instead of h(w . x - t).
    """

    scale: int
    ordered: tuple[int, ...]
    moment_r: tuple[int, ...]
    moment_rz: tuple[int, ...]
    moment_z: tuple[int, ...]
    moment_zz: tuple[int, ...]
    slope_squares: tuple[int, int]
    reversed: bool = False

    def reverse(self) -> KinkProfile:
        """Return the profile of the opposite direction; phi is the same up to sign, the squares are not."""
        return replace(self, slope_squares=self.slope_squares[::-1], reversed=not self.reversed)

    def peak(self) -> Peak | None:
        """Return the largest gain over all thresholds, or None when phi vanishes identically."""
        best: Peak | None = None
        for start in range(1, len(self.ordered)):
            if self.ordered[start - 1] == self.ordered[start]:
                continue
            for candidate in self._piece_candidates(start):
                if candidate.beats(best):
                    best = candidate
        return best

    def at(self, threshold: fmpq) -> Peak:
        """Return the gain at one threshold."""
        scaled = threshold * self.scale
        start = bisect_left(self.ordered, scaled)
        return self._gain(start, int(scaled.p), int(scaled.q))

    def _piece_candidates(self, start: int) -> list[Peak]:
        """Return the gains at the left end of the piece and at its stationary point, if that lies inside."""
        low, high = self.ordered[start - 1], self.ordered[start]
        candidates = [self._gain(start, low, 1)]
        p0, p1 = self._phi(start)
        q0, q1, q2 = self._squares(start)
        top, bottom = p1 * q0 - p0 * q1, p0 * q2 - p1 * q1
        if bottom < 0:
            top, bottom = -top, -bottom
        if bottom and low * bottom < top < high * bottom:
            divisor = math.gcd(top, bottom)
            candidates.append(self._gain(start, top // divisor, bottom // divisor))
        return candidates

    def _gain(self, start: int, top: int, bottom: int) -> Peak:
        """Return the gain at t = top / bottom, where the samples from ``start`` on are those with z >= t."""
        p0, p1 = self._phi(start)
        q0, q1, q2 = self._squares(start)
        phi = p0 * bottom + p1 * top
        squares = q0 * bottom * bottom + 2 * q1 * bottom * top + q2 * top * top
        threshold = fmpq(top, bottom * self.scale)
        return Peak(threshold, phi * phi, squares) if squares else Peak(threshold, 0, 1)

    def _phi(self, start: int) -> tuple[int, int]:
        """Return p0, p1 with phi = p0 + p1 t up to a constant factor: sum r = 0 and sum r z = 0 remove one side."""
        return -self.moment_rz[start], self.moment_r[start]

    def _squares(self, start: int) -> tuple[int, int, int]:
        """Return q0, q1, q2 with sum h^2 = q0 + 2 q1 t + q2 t^2 up to a constant factor."""
        above, below = self.slope_squares
        z, zz = self.moment_z[start], self.moment_zz[start]
        q0 = above * (self.moment_zz[-1] - zz) + below * zz
        q1 = -above * (self.moment_z[-1] - z) - below * z
        q2 = above * (len(self.ordered) - start) + below * start
        return q0, q1, q2


def kink_profile(projections: Sequence[int], scale: int, residuals: Sequence[int], activation: ReluLike) -> KinkProfile:
    """Prepare the profile of one direction w.

    ``projections`` are the numbers w . x_i times ``scale``, ``residuals`` the r_i times any fixed positive integer. It
    is used that the r_i are orthogonal to every affine function of the x_i.
    """
    order = sorted(range(len(projections)), key=projections.__getitem__)
    ordered = tuple(projections[index] for index in order)
    sorted_residuals = [residuals[index] for index in order]
    common = activation.s_plus.q * activation.s_minus.q
    slopes = (int(activation.s_plus * common), int(activation.s_minus * common))
    return KinkProfile(
        scale=scale,
        ordered=ordered,
        moment_r=tuple(accumulate(sorted_residuals, initial=0)),
        moment_rz=tuple(accumulate((r * z for r, z in zip(sorted_residuals, ordered, strict=True)), initial=0)),
        moment_z=tuple(accumulate(ordered, initial=0)),
        moment_zz=tuple(accumulate((z * z for z in ordered), initial=0)),
        slope_squares=(slopes[0] ** 2, slopes[1] ** 2),
    )
