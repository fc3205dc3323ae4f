"""The loss along the way from a critical point of a deep linear network to points of smaller and of larger loss.

The values are computed exactly; only then are they turned into floats, for drawing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from symproof.instances.deep_linear_escape import Escape
from symproof.instances.deep_linear_network import DeepLinearNetwork, Weights
from symproof.report.document import Picture
from symproof.report.plots import BETTER, INK, LOSS, MINIMUM, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Curve", "escape_curve", "escape_plot"]

FINE, COARSE = 24, 4
"""Points on each part of the way; fewer for networks of many weights."""
MOST_WORK = 50_000
"""Weights times samples up to which there are many points."""


@dataclass(frozen=True)
class Curve:
    """The change of the loss along W(t), exactly; every part has its points at the same distances.

    Attributes:
        level: for t from 0 to 1, from the critical point W to W' with the same product: all 0.
        down: for t from 1 to 2, from W' to the point of smaller loss.
        up: for t from 1 to 2, from W' to the point of larger loss.
    """

    level: tuple[fmpq, ...]
    down: tuple[fmpq, ...]
    up: tuple[fmpq, ...]


def escape_curve(network: DeepLinearNetwork, left: Escape) -> Curve:
    """Evaluate the loss along the segments from W to W', and on to both points nearby."""
    work = network.inputs.ncols() * sum(len(w.entries()) for w in network.weights)
    steps = FINE if work <= MOST_WORK else COARSE
    ways = ((network.weights, left.weights), (left.weights, left.lower), (left.weights, left.higher))
    return Curve(*(_changes(network, start, end, steps) for start, end in ways))


def _changes(network: DeepLinearNetwork, start: Weights, end: Weights, steps: int) -> tuple[fmpq, ...]:
    here = network.loss
    ts = [fmpq(k, steps) for k in range(steps + 1)]
    ways = ([a + (b - a) * t for a, b in zip(start, end, strict=True)] for t in ts)
    return tuple(network.at(way).loss - here for way in ways)


def escape_plot(curve: Curve) -> Picture:
    """Draw the change of the loss: level from W to W', then down and up. The same curve gives the same bytes.

    Raises:
        MissingPackage: matplotlib is not installed.
    """
    power = _power(max(abs(curve.down[-1]), abs(curve.up[-1])))

    def part(values: Sequence[fmpq], start: float) -> tuple[list[float], list[float]]:
        steps = len(values) - 1
        return [start + k / steps for k in range(steps + 1)], [_float(v * fmpq(10) ** -power) for v in values]

    level, down, up = part(curve.level, 0), part(curve.down, 1), part(curve.up, 1)

    def draw(axes: Axes) -> None:
        axes.axhline(0, color=INK, linewidth=0.5, linestyle=(0, (1, 3)), zorder=1)
        for xs, ys in (level, down, up):
            axes.plot(xs, ys, color=LOSS, linewidth=1.6, zorder=2)
        axes.plot(0, 0, "o", color=MINIMUM, markersize=7, zorder=3, label=r"critical point $W$")
        axes.plot(1, 0, "s", color=MINIMUM, markersize=6.5, zorder=3, label=r"$W'$: same product, not critical")
        axes.plot(2, up[1][-1], "^", color=LOSS, markersize=7.5, zorder=3, label="larger loss")
        axes.plot(2, down[1][-1], "v", color=BETTER, markersize=7.5, zorder=3, label="smaller loss")
        axes.set_xticks([0, 1, 2])
        axes.set_xlabel("$t$")
        unit = "" if power == 0 else f" in units of $10^{{{power}}}$"
        axes.set_ylabel(rf"$\ell(W(t)) - \ell(W)${unit}")
        axes.margins(x=0.05, y=0.12)
        axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), borderaxespad=0.2, handletextpad=0.4)

    return picture_of(draw, (5.9, 2.7), png=False)


def _power(size: fmpq) -> int:
    """The power of ten of a positive number that is exactly 0 for numbers of ordinary size, about."""
    digits = round((int(size.p).bit_length() - int(size.q).bit_length()) * 0.30103)
    return 0 if -2 <= digits <= 3 else digits


def _float(value: fmpq) -> float:
    return float(Fraction(int(value.p), int(value.q)))
