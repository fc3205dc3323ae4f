"""The figures of the atlas: an activation with its witness, the risk up to a better point, the plane of E and O.

Everything is drawn in floating point and is no evidence.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from symproof.report.activation_curves import Activation, FloatNetwork, curvatures, on_segment, risk_of
from symproof.report.document import Picture
from symproof.report.plots import BETTER, INK, LOSS, MINIMUM, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Drawn", "activation_plot", "plane_plot"]

_CURVE_POINTS = 241
_SEGMENT_POINTS = 221
_FARTHEST = 12.0
_SHADE = "#F1E3C2"
_LINEAR = 0.5
"""Up to here the axis of the risk is linear, beyond it logarithmic where the risk is larger than ``_HIGH``."""
_HIGH = 2.0
_PATHS = ("#1F4E79", "#B23A48", "#2E7D5B", "#8A5A00", "#6A4C93", "#4A4A4A")


@dataclass(frozen=True)
class Drawn:
    """What is drawn of one activation.

    Attributes:
        title: its name.
        h: the activation.
        minimum: the local minimum.
        better: the better point.
        intervals: where pre-activations stay in the certified neighbourhood, one interval for each bias.
        interval_name: what these intervals are, for the legend.
    """

    title: str
    h: Activation
    minimum: FloatNetwork
    better: FloatNetwork
    intervals: tuple[tuple[float, float], ...]
    interval_name: str


def activation_plot(drawn: Drawn) -> Picture:
    """The activation with the witness on the left, the risk on the straight way to the better point on the right.

    Args:
        drawn: the activation and the two points.

    Raises:
        MissingPackage: matplotlib is not installed.
    """

    def draw(left: Axes, right: Axes) -> None:
        _draw_activation(left, drawn)
        _draw_risk(right, drawn)

    return picture_of(draw, (5.6, 1.75), panels=2, png=False)


def _draw_activation(axes: Axes, drawn: Drawn) -> None:
    centers = sorted({unit[-1] for unit in drawn.minimum.inner})
    others = sorted({t for x in ((1.0, 0.0), (0.0, 1.0), (0.5, 0.5)) for t in drawn.better.pre_activations(x)})
    near = [t for t in (*centers, *others, *(end for pair in drawn.intervals for end in pair)) if abs(t) <= _FARTHEST]
    low, high = min([*near, *centers, -1.0]), max([*near, *centers, 1.0])
    room = 0.15 * (high - low) + 0.5
    low, high = low - room, high + room
    ts = [low + (high - low) * k / (_CURVE_POINTS - 1) for k in range(_CURVE_POINTS)]
    axes.axhline(0, color=INK, linewidth=0.4, zorder=1)
    for k, (a, b) in enumerate(drawn.intervals):
        axes.axvspan(a, b, color=_SHADE, linewidth=0, zorder=0, label=drawn.interval_name if k == 0 else None)
    axes.plot(ts, [drawn.h(t) for t in ts], color=LOSS, linewidth=1.5, zorder=2)
    inside = [t for t in others if low <= t <= high]
    axes.plot(inside, [drawn.h(t) for t in inside], "D", color=BETTER, markersize=4, fillstyle="none", zorder=3,
              label="better point")  # fmt: skip
    axes.plot(centers, [drawn.h(t) for t in centers], "o", color=MINIMUM, markersize=5, zorder=4,
              label="local minimum")  # fmt: skip
    axes.set_xlabel("$t$")
    axes.set_ylabel("$h(t)$")
    axes.margins(x=0, y=0.1)
    axes.tick_params(labelsize=8)
    _legend(axes)


def _draw_risk(axes: Axes, drawn: Drawn) -> None:
    ts = [-0.1 + 1.2 * k / (_SEGMENT_POINTS - 1) for k in range(_SEGMENT_POINTS)]
    values = [risk_of(on_segment(drawn.minimum, drawn.better, t), drawn.h) for t in ts]
    start, end = (risk_of(point, drawn.h) for point in (drawn.minimum, drawn.better))
    axes.axhline(start, color=MINIMUM, linewidth=0.7, linestyle=(0, (4, 3)), zorder=1)
    axes.plot(ts, values, color=LOSS, linewidth=1.5, zorder=2)
    axes.plot(0, start, "o", color=MINIMUM, markersize=5, zorder=3)
    axes.plot(1, end, "D", color=BETTER, markersize=5, fillstyle="none", zorder=3)
    highest = max((value for value in values if math.isfinite(value)), default=_LINEAR)
    if highest > _HIGH:
        axes.set_yscale("symlog", linthresh=_LINEAR, linscale=1.5)
        powers = range(0, math.ceil(math.log10(highest)) + 1)
        ticks = [10.0**power for power in powers][:: 1 + len(powers) // 4]
        axes.set_yticks([0, start, *ticks], ["0", "1/3", *(f"$10^{{{round(math.log10(tick))}}}$" for tick in ticks)])
        axes.minorticks_off()
    else:
        axes.set_yticks([0, start, *([1.0] if highest > 0.8 else [])], ["0", "1/3", *(["1"] if highest > 0.8 else [])])
    axes.set_ylim(-0.04, 1.15 * max(highest, _LINEAR))
    axes.set_xlabel("position on the segment")
    axes.set_ylabel("risk")
    axes.margins(x=0.02)
    axes.tick_params(labelsize=8)


def _legend(axes: Axes) -> None:
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.03, 1.0), ncols=3, borderaxespad=0.1, handletextpad=0.3, columnspacing=0.8,
        handlelength=1.2, fontsize=8,
    )  # fmt: skip


def plane_plot(rows: Sequence[Drawn]) -> Picture:
    """The least risk for given E and O, with the straight ways from the local minima to the better points.

    Args:
        rows: the activations; the first few are drawn.

    Raises:
        MissingPackage: matplotlib is not installed.
    """
    es = [-2.0 + 3.2 * k / 80 for k in range(81)]
    os = [-1.2 + 2.4 * k / 60 for k in range(61)]
    values = [[(1 + e) ** 2 / 3 + o**2 for e in es] for o in os]

    def draw(axes: Axes) -> None:
        levels = [0.02, 0.1, 0.2, 1 / 3, 0.6, 1.0, 1.5]
        axes.contourf(es, os, values, levels=[0, *levels, 9], cmap="Blues", alpha=0.6)
        axes.contour(es, os, values, levels=levels, colors=INK, linewidths=[1.2 if v == 1 / 3 else 0.3 for v in levels])
        for colour, row in zip(_PATHS, rows, strict=False):
            way = [curvatures(on_segment(row.minimum, row.better, k / 120), row.h) for k in range(121)]
            axes.plot([e for e, _ in way], [o for _, o in way], color=colour, linewidth=1.2, label=row.title)
        axes.plot(0, 0, "o", color=MINIMUM, markeredgecolor="white", markersize=7, zorder=4)
        axes.plot(-1, 0, "D", color=BETTER, markeredgecolor="white", markersize=7, zorder=4)
        axes.set_xlim(es[0], es[-1])
        axes.set_ylim(os[0], os[-1])
        axes.set_xlabel("$E$")
        axes.set_ylabel("$O$")
        axes.legend(loc="center left", bbox_to_anchor=(1.0, 0.5), fontsize=8)

    return picture_of(draw, (5.6, 3.2), png=False)
