"""The section of a report on one instance of ``relu_like.spurious_minimum``: data, hypotheses, numbers, pictures."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.relu_network import ReluNetwork
from symproof.instances.spurious_minimum import SpuriousMinimum
from symproof.report.document import (
    Block,
    Code,
    Figure,
    Inline,
    Inlines,
    Table,
    Text,
    inlines,
    math,
    paragraph,
)
from symproof.report.instance_section import hypothesis_table, number
from symproof.report.plots import segment_plot, slice_plot
from symproof.report.risk_landscape import risk_on_plane, risk_on_segment

__all__ = ["relu_like_blocks"]

_STATEMENTS = {
    "C1.1": "no affine function of $x$ fits all $y_i$ exactly",
    "C1.2": "the inputs $x_i$ are distinct",
    "C1.3": r"$h(t) = s_+ t$ for $t \ge 0$ and $s_- t$ for $t < 0$, with $s_+ > 0$, $s_- \ge 0$, $s_+ \ne s_-$",
    "C1.4": r"the hidden layer has width $d_1 \ge 2$",
}
_SEGMENT_POINTS = 81
_PLANE_STEPS = 12
_MAX_SHOWN_UNITS = 4


def relu_like_blocks(instance: ReluLikeInstance, verdict: str) -> tuple[Block, ...]:
    """Everything about one instance but the steps of the proof."""
    blocks: list[Block] = [_setting(instance, verdict), hypothesis_table(instance.hypotheses, _STATEMENTS)]
    if instance.construction is not None and verdict == "certified":
        blocks += [_numbers_table(instance.construction), *_parameter_tables(instance.construction)]
        blocks += _figures(instance, instance.construction)
    return tuple(blocks)


def _setting(instance: ReluLikeInstance, verdict: str) -> Block:
    data = instance.dataset
    return paragraph(
        "Data: ",
        Code(data.name),
        f" with {data.sample_count} samples and {data.feature_count} features, target ",
        Code(data.target_name),
        f" (SHA-256 {data.sha256[:16]}\u2026). Activation: ",
        Code(str(instance.activation)),
        f". Width: {instance.width}. Verdict: ",
        Code(verdict),
        ".",
    )


def _numbers_table(found: SpuriousMinimum) -> Table:
    gap = found.risk_local_minimum - found.risk_better_point
    named: list[tuple[str, str, fmpq]] = [
        (r"R_0", "risk at the local minimum", found.risk_local_minimum),
        (r"R_1", "risk at the better point", found.risk_better_point),
        (r"R_0 - R_1", "what the additional unit gains", gap),
        (r"\rho", "certified radius", found.radius),
        (r"\eta", "offset", found.eta),
        (r"\varphi", "inner product of the residual and the additional unit", found.phi),
        (r"H", "sum of the squares of the additional unit", found.square_sum),
        (r"u", "its outgoing weight", found.outgoing),
    ]
    rows = tuple(
        (inlines(math(symbol)), inlines(words), inlines(number(value)), inlines(_decimal(value)))
        for symbol, words, value in named
    )
    header = (inlines("Symbol"), inlines("Meaning"), inlines("Exact value"), inlines("Decimal"))
    caption = inlines("The numbers of the construction. The network itself was evaluated at both points.")
    return Table(header, rows, caption, "lllr")


def _decimal(value: fmpq) -> str:
    from flint import arb

    return f"{float(arb(value)):.8g}"


def _parameter_tables(found: SpuriousMinimum) -> tuple[Table, ...]:
    return (
        _parameters(found.local_minimum, "The local minimum."),
        _parameters(found.better_point, "The better point."),
    )


def _parameters(network: ReluNetwork, caption: str) -> Table:
    shown = min(network.width, _MAX_SHOWN_UNITS)
    rows = []
    for unit in range(shown):
        weights: list[Inline] = []
        for entry in network.W1[unit]:
            weights += [Text(", ") if weights else Text(""), number(entry)]
        cells: tuple[Inlines, ...] = (
            inlines(str(unit + 1)),
            tuple(weights),
            inlines(number(network.b1[unit])),
            inlines(number(network.W2[unit])),
        )
        rows.append(cells)
    more = f" Units {shown + 1} to {network.width} are like unit {shown}." if network.width > shown else ""
    header = (inlines("Unit"), inlines("Incoming weights"), inlines("Bias"), inlines("Outgoing weight"))
    words = inlines(caption, " Output bias ", number(network.b2), ".", more)
    return Table(header, tuple(rows), words, "llll")


def _figures(instance: ReluLikeInstance, found: SpuriousMinimum) -> tuple[Figure, ...]:
    data, slopes = instance.dataset, instance.activation
    ts = [float(Fraction(k - 10, _SEGMENT_POINTS - 21)) for k in range(_SEGMENT_POINTS)]
    along = risk_on_segment(data, slopes, found.local_minimum, found.better_point, ts)
    radius = float(Fraction(int(found.radius.p), int(found.radius.q)))
    offsets = [2.5 * radius * k / _PLANE_STEPS for k in range(-_PLANE_STEPS, _PLANE_STEPS + 1)]
    plane = risk_on_plane(data, slopes, found.local_minimum, offsets)
    segment = Figure(
        segment_plot(ts, along),
        inlines("The risk along the segment from the local minimum (0) to the better point (1). Drawn with floats."),
        f"The risk starts at {along[10]:.6g} at the local minimum and ends at {along[-11]:.6g} at the better point.",
        width=0.72,
    )
    picture = slice_plot(
        offsets, offsets, plane, radius=radius, x_label="change of the first bias", y_label="change of the first weight"
    )
    around = Figure(
        picture,
        inlines(
            "The risk around the local minimum when the first unit's bias and first weight move; inside the dashed "
            "square, of half side ",
            math(r"\rho"),
            ", it is proved not to fall below ",
            math("R_0"),
            ". Drawn with floats.",
        ),
        "Contours of the risk around the local minimum, with the certified square.",
        width=0.66,
    )
    return segment, around
