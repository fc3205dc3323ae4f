"""The sections of a report on the instance of ``deep_linear.narrow_minimum``: a local minimum that is not global."""

from __future__ import annotations

from fractions import Fraction

from flint import fmpq

from symproof.instances.deep_linear_narrow import RADIUS, TARGET, NarrowMinimum, narrow_loss
from symproof.instances.deep_linear_network import DeepLinearNetwork, identity
from symproof.instances.offer import InstanceReport
from symproof.report.deep_linear_section import layer_blocks
from symproof.report.document import Block, Code, Figure, Paragraph, Section, paragraph
from symproof.report.instance_section import hypothesis_table
from symproof.report.matrix_formula import matrix_lines
from symproof.report.plots import segment_plot
from symproof.report.theorem_blocks import prose_inlines

__all__ = ["narrow_sections"]

_STEPS = 60
_WORDS = (
    "A deep linear network with two inputs, one hidden unit and two outputs, and the convex loss $\\tfrac12 "
    "((r_{1,1} - 2)^2 + (r_{2,2} - 1)^2) + 2 (r_{1,2}^2 + r_{2,1}^2)$ of the product $R = W_2 W_1$, whose rank is at "
    "most 1. The better point keeps the larger entry 2 of the target and gives up the smaller one. The local minimum "
    "does it the other way round, and no small change leads out of it: errors off the diagonal cost too much."
)


def narrow_sections(found: NarrowMinimum, report: InstanceReport, title: str, name: str) -> tuple[Section, ...]:
    """Everything about the instance but the steps of the proof.

    Args:
        found: the instance.
        report: its report.
        title: of the first section.
        name: of the instance, for anchors.
    """
    network = DeepLinearNetwork(identity(2), TARGET, found.weights)
    values = (
        f"The loss is ${found.loss}$ at the local minimum and ${_tex(found.better_loss)}$ at the better point. Weights "
        f"that differ from the local minimum by less than ${_tex(RADIUS)}$ in every entry have no smaller loss. The "
        "gradient $G$ of the loss in the product is not 0 there, though the gradients in both layers are."
    )
    first: tuple[Block, ...] = (
        paragraph("Theorem: ", Code(report.theorem), ". Verdict: ", Code(report.verdict), "."),
        Paragraph(prose_inlines(_WORDS)),
        hypothesis_table(report.hypotheses),
        Paragraph(prose_inlines(values)),
        _figure(found),
        *_matrices(found),
    )
    layers = Section("The layers and the ranks of their products", layer_blocks(network, None), 2, f"ranks:{name}")
    return Section(title, first, anchor=f"instance:{name}"), layers


def _matrices(found: NarrowMinimum) -> tuple[Block, ...]:
    (v, u), (p, q) = found.weights, found.better
    first, second = found.gradients
    at_minimum = [("W_1", v), ("W_2", u), ("W_2 W_1", u * v), ("G", found.product_gradient)]
    gradients = [(r"W_2^\top G", first), (r"G W_1^\top", second)]
    return (
        paragraph("The local minimum, its product, and the gradients in the product and in both layers:"),
        *matrix_lines([*at_minimum, *gradients]),
        paragraph("The better point and its product:"),
        *matrix_lines([("W_1", p), ("W_2", q), ("W_2 W_1", q * p)]),
    )


def _figure(found: NarrowMinimum) -> Figure:
    ts = [fmpq(k - 10, _STEPS - 20) for k in range(_STEPS + 1)]
    pairs = list(zip(found.weights, found.better, strict=True))
    values = [narrow_loss(tuple(a + (b - a) * t for a, b in pairs)) for t in ts]
    plot = segment_plot([_float(t) for t in ts], [_float(value) for value in values], quantity="loss")
    words = "The loss along the segment from the local minimum (0) to the better point (1). Computed exactly, drawn in "
    alt = f"The loss is {found.loss} at the local minimum and {found.better_loss} at the better point."
    return Figure(plot, prose_inlines(words + "floats."), alt, width=0.72)


def _float(value: fmpq) -> float:
    return float(Fraction(int(value.p), int(value.q)))


def _tex(value: fmpq) -> str:
    return rf"\tfrac{{{value.p}}}{{{value.q}}}"
