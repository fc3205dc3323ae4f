"""A drawing of the layers of a deep linear network, with the ranks of the products before and after each layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from symproof.report.document import Picture
from symproof.report.missing_package import optional_import
from symproof.report.plots import BETTER, INK, LOSS, MINIMUM, picture_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Layers", "layer_drawing"]

MOST_BOXES = 9
"""Of more layers the first, the last and those around the split are drawn."""
_TALLEST = 1.15
_LEAST = 0.34
_HALF = 0.19  # half the width of a box
_ROWS = (-1.15, -1.6)


@dataclass(frozen=True)
class Layers:
    """What is drawn.

    Attributes:
        sizes: the widths of layers 0 to L.
        prefix_ranks: of the products of the layers 1 to j, for j = 0, ..., L.
        suffix_ranks: of the products of the layers j + 1 to L, for j = 0, ..., L.
        split: the layer in which the gradient is made to appear; None if there is none.
        turned: whether it is the product of the layers from the split to the output that loses rank, not the one from
            the input to the split.
    """

    sizes: Sequence[int]
    prefix_ranks: Sequence[int]
    suffix_ranks: Sequence[int]
    split: int | None
    turned: bool


def layer_drawing(layers: Layers) -> Picture:
    """Draw the layers as boxes as high as they are wide, with two rows of ranks below and the split.

    The same layers give the same bytes.

    Raises:
        MissingPackage: matplotlib is not installed.
    """
    shown = _shown(len(layers.sizes), layers.split)
    top = 0.75 if layers.split is None else 1.75

    def draw(axes: Axes) -> None:
        axes.set_axis_off()
        axes.set_xlim(-1.35, len(shown) - 0.55)
        axes.set_ylim(-1.85, top)
        for x, j in enumerate(shown):
            _box(axes, x, j, layers)
            if x:
                _arrow(axes, x, j, shown[x - 1] == j - 1)
            _ranks(axes, x, j, layers)
        for row, words in zip(_ROWS, (r"rank $W_j \cdots W_1$", r"rank $W_L \cdots W_{j+1}$"), strict=True):
            axes.text(-1.33, row, words, ha="left", va="center", fontsize=9)
        if layers.split is not None:
            _split(axes, shown, layers.split, layers.turned)

    return picture_of(draw, (1.6 + 0.78 * len(shown), 0.76 * (top + 1.85)), png=False)


def _shown(count: int, split: int | None) -> list[int]:
    """The layers that are drawn."""
    if count <= MOST_BOXES:
        return list(range(count))
    ends = {0, 1, 2, count - 3, count - 2, count - 1}
    return sorted(ends | ({split - 1, split, min(split + 1, count - 1)} if split is not None else set()))


def _box(axes: Axes, x: int, j: int, layers: Layers) -> None:
    patches: Any = optional_import("matplotlib.patches", extra="plots", purpose="plots")
    size, end = layers.sizes[j], j in (0, len(layers.sizes) - 1)
    height = max(_LEAST, _TALLEST * size / max(layers.sizes))
    box = patches.FancyBboxPatch(
        (x - _HALF, -height / 2), 2 * _HALF, height, boxstyle="round,pad=0,rounding_size=0.06", linewidth=0.9,
        edgecolor=INK, facecolor="#E8EEF5" if end else "#FFFFFF",
    )  # fmt: skip
    axes.add_patch(box)
    axes.text(x, 0, str(size), ha="center", va="center", fontsize=10)
    name = "input" if j == 0 else "output" if j == len(layers.sizes) - 1 else f"layer {j}"
    axes.text(x, -0.78, name, ha="center", va="center", fontsize=8, color=INK)


def _arrow(axes: Axes, x: int, j: int, next_to_it: bool) -> None:
    look = {"arrowstyle": "-|>", "color": LOSS, "linewidth": 1.0, "shrinkA": 0, "shrinkB": 0}
    if not next_to_it:
        axes.text(x - 0.5, 0, r"$\cdots$", ha="center", va="center")
        return
    axes.annotate("", (x - _HALF - 0.02, 0), (x - 1 + _HALF + 0.02, 0), arrowprops=look)
    axes.text(x - 0.5, 0.1, f"$W_{{{j}}}$", ha="center", va="bottom", fontsize=9, color=LOSS)


def _ranks(axes: Axes, x: int, j: int, layers: Layers) -> None:
    """The ranks of the products up to a layer and from it on; full ones are marked by a word, not by colour alone."""
    for row, ranks, full in (
        (_ROWS[0], layers.prefix_ranks, layers.sizes[0]),
        (_ROWS[1], layers.suffix_ranks, layers.sizes[-1]),
    ):
        is_full = ranks[j] == full
        words = f"{ranks[j]} full" if is_full else f"{ranks[j]} < {full}"
        axes.text(x, row, words, ha="center", va="center", fontsize=9, color=BETTER if is_full else MINIMUM)


def _split(axes: Axes, shown: Sequence[int], split: int, turned: bool) -> None:
    """The layer at which the product loses its full rank, and what is on both sides."""
    place = shown.index(split) - 0.5
    top, last = 1.05, len(shown) - 1
    for ends in ((0.34, top + 0.45), (-0.08, -1.85)):
        axes.plot([place, place], ends, color=MINIMUM, linewidth=1.0, linestyle=(0, (4, 3)))
    left, right = r"$W_{k-1} \cdots W_1$", r"$W_L \cdots W_{k+1}$"
    kept = "full column rank" if not turned else "full row rank"
    changed = "changed along the kernels"
    sides = (f"{left}\n{kept if not turned else changed}", f"{right}\n{changed if not turned else kept}")
    bar = {"arrowstyle": "|-|, widthA=0.25, widthB=0.25", "color": INK, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0}
    axes.text(place + 0.08, top + 0.45, f"$k = {split}$", ha="left", va="center", fontsize=9, color=MINIMUM)
    spans = ((-_HALF, place - 0.5 + _HALF), (place + 0.5 - _HALF, last + _HALF))
    for (low, high), words in zip(spans, sides, strict=True):
        axes.annotate("", (high, top - 0.28), (low, top - 0.28), arrowprops=bar)
        axes.text((low + high) / 2, top - 0.2, words, ha="center", va="bottom", fontsize=8)
