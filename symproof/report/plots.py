"""Plots of the loss: along the segment to a better point, and on a plane through the local minimum.

The numbers come in as plain floats and are only looked at; nothing is decided from a plot.  The same input gives the
same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from symproof.report.document import Picture
from symproof.report.missing_package import optional_import

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["BETTER", "INK", "LOSS", "MINIMUM", "picture_of", "segment_plot", "slice_plot"]

INK = "#222222"
LOSS = "#1F4E79"
MINIMUM = "#7A5600"
BETTER = "#1B6E2E"
_STYLE: Mapping[str, Any] = {
    "font.family": "serif",
    "font.serif": ["STIXGeneral", "DejaVu Serif"],
    "mathtext.fontset": "stix",
    "font.size": 10,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "text.color": INK,
    "legend.frameon": False,
    "legend.fontsize": 9,
    "svg.hashsalt": "symproof",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "figure.dpi": 100,
}
_LOG_RANGE = 1e3
_LEVELS = 14


def segment_plot(
    ts: Sequence[float],
    values: Sequence[float],
    *,
    quantity: str = "risk",
    minimum_label: str = "local minimum",
    better_label: str = "better point",
) -> Picture:
    """The loss along the segment from the local minimum (t = 0) to the better point (t = 1).

    Args:
        ts: the parameters, increasing.
        values: the loss at each.
        quantity: the name of the loss, for the axis.
        minimum_label: what stands at t = 0.
        better_label: what stands at t = 1.

    Raises:
        MissingPackage: matplotlib is not installed.
        ValueError: the sequences are empty, of different lengths or hold no finite value.
    """
    points = _finite_points(ts, values)
    xs, ys = [x for x, _ in points], [y for _, y in points]
    start, end = _nearest(points, 0.0), _nearest(points, 1.0)

    def draw(axes: Axes) -> None:
        axes.axhline(start[1], color=MINIMUM, linewidth=0.7, linestyle=(0, (4, 3)), zorder=1)
        axes.plot(xs, ys, color=LOSS, linewidth=1.5, zorder=2)
        axes.plot(*start, "o", color=MINIMUM, markersize=6, zorder=3, label=f"{minimum_label}: {start[1]:.6g}")
        axes.plot(*end, "D", color=BETTER, markersize=6, zorder=3, label=f"{better_label}: {end[1]:.6g}")
        _scale(axes, ys)
        axes.set_xlabel("$t$ (position on the segment)")
        axes.set_ylabel(quantity)
        axes.margins(x=0.03)
        _legend_above(axes)

    return picture_of(draw, (4.9, 2.9))


def slice_plot(
    xs: Sequence[float],
    ys: Sequence[float],
    values: Sequence[Sequence[float]],
    *,
    radius: float | None = None,
    points: Mapping[str, tuple[float, float]] | None = None,
    x_label: str = "first direction",
    y_label: str = "second direction",
    quantity: str = "risk",
) -> Picture:
    """The loss on a plane through the local minimum, which lies at the origin.

    Args:
        xs: coordinates along the first direction, increasing.
        ys: coordinates along the second direction, increasing.
        values: the loss: one row for each ``y``.
        radius: half the side of the square in which the minimum is certified; drawn when given.
        points: further points to mark, by name.
        x_label: name of the first direction.
        y_label: name of the second direction.
        quantity: the name of the loss, for the colour scale.

    Raises:
        MissingPackage: matplotlib is not installed.
        ValueError: the rows do not fit the coordinates, or hold no finite value.
    """
    finite = [value for row in values for value in row if math.isfinite(value)]
    if len(values) != len(ys) or any(len(row) != len(xs) for row in values):
        raise ValueError("one row of values is needed for each y, with one value for each x")
    if not finite:
        raise ValueError("there is no finite value to plot")
    levels = _levels(finite)

    def draw(axes: Axes) -> None:
        shades = axes.contourf(xs, ys, values, levels=levels, cmap="Blues", extend="both")
        axes.contour(xs, ys, values, levels=levels, colors=INK, linewidths=0.35, alpha=0.6)
        bar = axes.figure.colorbar(shades, ax=axes, pad=0.03, format="%.4g", ticks=levels[:: max(1, len(levels) // 6)])
        bar.set_label(quantity)
        bar.outline.set_linewidth(0.6)
        if radius is not None:
            _draw_square(axes, radius)
        axes.plot(0, 0, "o", color=MINIMUM, markeredgecolor="white", markersize=7, label="local minimum", zorder=4)
        for (name, place), marker in zip(sorted((points or {}).items()), "DsP^vX*" * 9, strict=False):
            axes.plot(*place, marker, color=BETTER, markeredgecolor="white", markersize=7, label=name, zorder=4)
        axes.set_xlabel(x_label)
        axes.set_ylabel(y_label)
        _legend_above(axes)

    return picture_of(draw, (4.9, 4.0))


def _draw_square(axes: Axes, radius: float) -> None:
    patches = optional_import("matplotlib.patches", extra="plots", purpose="plots")
    square = patches.Rectangle(
        (-radius, -radius), 2 * radius, 2 * radius, fill=False, edgecolor=MINIMUM, linewidth=1.3, linestyle="--",
        label="certified neighbourhood", zorder=3,
    )  # fmt: skip
    axes.add_patch(square)


def _legend_above(axes: Axes) -> None:
    """A legend above the axes, where it hides nothing."""
    axes.legend(
        loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=2, borderaxespad=0.2, handletextpad=0.4, columnspacing=1.2
    )


def _finite_points(ts: Sequence[float], values: Sequence[float]) -> list[tuple[float, float]]:
    if len(ts) != len(values):
        raise ValueError("as many values as parameters are needed")
    points = [(float(t), float(value)) for t, value in zip(ts, values, strict=True) if math.isfinite(value)]
    if not points:
        raise ValueError("there is no finite value to plot")
    return points


def _nearest(points: list[tuple[float, float]], t: float) -> tuple[float, float]:
    return min(points, key=lambda point: abs(point[0] - t))


def _scale(axes: Axes, values: Sequence[float]) -> None:
    """A logarithmic axis where positive values span several powers of ten, plain numbers elsewhere."""
    lowest, highest = min(values), max(values)
    if lowest > 0 and highest / lowest > _LOG_RANGE:
        axes.set_yscale("log")
    else:
        axes.ticklabel_format(axis="y", useOffset=False)
        axes.margins(y=0.08)


def _levels(finite: list[float]) -> list[float]:
    """Levels of the contours: dense near the minimum, where the interest is."""
    lowest = min(finite)
    highest = sorted(finite)[int(0.97 * (len(finite) - 1))]
    if not highest > lowest:
        return [lowest, lowest + max(1e-9, abs(lowest) * 1e-9)]
    return [lowest + (highest - lowest) * (step / _LEVELS) ** 1.6 for step in range(_LEVELS + 1)]


def picture_of(draw: Callable[..., None], size: tuple[float, float], panels: int = 1, png: bool = True) -> Picture:
    """A drawing in all formats, the same bytes each time.

    Args:
        draw: draws on as many axes as there are panels.
        size: width and height in inches.
        panels: axes side by side.
        png: whether there is a PNG too.

    Raises:
        MissingPackage: matplotlib is not installed.
    """
    matplotlib = optional_import("matplotlib", extra="plots", purpose="plots")
    figures = optional_import("matplotlib.figure", extra="plots", purpose="plots")
    optional_import("matplotlib.backends.backend_agg", extra="plots", purpose="plots")
    with matplotlib.rc_context(dict(_STYLE)):
        figure: Figure = figures.Figure(figsize=size, layout="constrained")
        draw(*(figure.add_subplot(1, panels, k) for k in range(1, panels + 1)))
        svg = _saved(figure, "svg", {"Date": None, "Creator": None}).decode()
        figure.set_layout_engine("none")  # the layout is found; another search for it takes as long as the drawing
        pdf = _saved(figure, "pdf", {"CreationDate": None, "Creator": None, "Producer": None})
        raster = _saved(figure, "png", {"Software": None}) if png else b""
    return Picture(svg, pdf, raster)


def _saved(figure: Figure, form: str, metadata: Mapping[str, Any]) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format=form, metadata=dict(metadata), dpi=200)
    return buffer.getvalue()
