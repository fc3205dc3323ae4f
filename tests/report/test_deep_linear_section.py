"""The chapter on an instance of deep linear networks: what it says of points is what they are."""

from __future__ import annotations

from functools import cache

from flint import fmpq, fmpq_mat

from symproof.instances.deep_linear_network import DeepLinearNetwork
from symproof.instances.deep_linear_offer import DEEP_LINEAR_OFFER
from symproof.instances.deep_linear_point import DeepLinearPoint, classify
from symproof.instances.offer import InstanceReport
from symproof.report.deep_linear_section import deep_linear_sections
from symproof.report.document import DisplayMath, Document, Figure, ListBlock, Paragraph, Section, Table, plain_text
from symproof.report.escape_plot import Curve, escape_curve, escape_plot
from symproof.report.html_renderer import render_html
from symproof.report.latex_renderer import render_latex
from symproof.report.layer_drawing import Layers, layer_drawing
from symproof.report.matrix_formula import matrix_latex, matrix_lines

UNIT = fmpq_mat(2, 2, [1, 0, 0, 1])
TEACHER = fmpq_mat(2, 2, [1, 0, 0, 2])
ZERO = fmpq_mat(2, 2)


def point(*weights: fmpq_mat, inputs: fmpq_mat = UNIT, targets: fmpq_mat = TEACHER) -> DeepLinearPoint:
    return classify(DeepLinearNetwork(inputs, targets, weights), fmpq(1, 100))


def sections(found: DeepLinearPoint) -> tuple[Section, ...]:
    hypotheses = DEEP_LINEAR_OFFER.hypotheses(found)
    verdict = "certified" if all(h.holds for h in hypotheses) else "not_applicable"
    name = "deep_linear.critical_points"
    report = InstanceReport(name, name, verdict, "proved", True, hypotheses, {}, (), {}, (), found)
    return deep_linear_sections(found, report, "Instance", "it")


@cache
def saddle() -> tuple[Section, ...]:
    """The sections of the origin."""
    return sections(point(ZERO, ZERO))


def words(found: DeepLinearPoint | None = None) -> str:
    """All words and formulas of the sections of a point, of the origin if none is given."""
    pieces = []
    for section in saddle() if found is None else sections(found):
        for block in section.blocks:
            if isinstance(block, Paragraph):
                pieces.append(plain_text(block.inlines))
            elif isinstance(block, DisplayMath):
                pieces.append(block.formula.latex)
            elif isinstance(block, Table):
                pieces += [plain_text(cell) for row in block.rows for cell in row] + [plain_text(block.caption)]
            elif isinstance(block, ListBlock):
                pieces += map(plain_text, block.items)
            elif isinstance(block, Figure):
                pieces += [plain_text(block.caption), block.alt]
    return "\n".join(pieces)


def test_a_saddle_is_shown_with_its_escape_and_all_matrices() -> None:
    found = point(ZERO, ZERO)
    assert [s.title for s in saddle()] == [
        "Instance", "The layers and the ranks of their products", "The escape", "All matrices",
    ]  # fmt: skip
    text = words()
    assert "Saddle. " in text and "by part (1)" in text and "2, full column rank" in text and "0 < 2" in text
    assert found.escape is not None
    assert f"W'_{{2}} = {matrix_latex(found.escape.weights[1])}" in text
    assert f"W^-_{{1}} = {matrix_latex(found.escape.lower[0])}" in text
    assert r"G = \begin{pmatrix} -1 & 0 \\ 0 & -2 \end{pmatrix}" in text
    assert "Around no layer" in text and "4 positive, 4 negative, 0 zero: a strict saddle" in text


def test_the_escape_of_a_narrow_output_goes_by_kernels_of_the_last_layers() -> None:
    found = point(fmpq_mat(3, 3), fmpq_mat(2, 3), inputs=fmpq_mat(3, 2, [1, 0, 0, 1, 1, 1]))
    assert found.escape is not None and found.escape.layer == 2
    text = words(found)
    assert r"W_L \cdots W_j v_j = 0" in text and "u_j" not in text and "So W_{1} moves" in text


def test_a_global_minimum_has_no_escape_and_a_layer_with_full_ranks() -> None:
    text = words(point(UNIT, TEACHER))
    assert "Global minimum. " in text and "Part (3) of the theorem applies for j = 1, 2" in text
    assert "kernel" not in text and "dashed" not in text


def test_points_to_which_the_theorem_does_not_apply() -> None:
    narrow = point(fmpq_mat(1, 2, [1, 0]), fmpq_mat(2, 1, [1, 0]), targets=UNIT)
    assert "too narrow for the theorem: here G \\ne 0." in words(narrow)
    other = words(point(UNIT, UNIT))
    assert "Not critical. " in other and "too narrow" not in other


def test_the_curve_is_level_then_leads_to_the_two_points() -> None:
    found = point(ZERO, ZERO)
    assert found.escape is not None
    curve = escape_curve(found.network, found.escape)
    assert set(curve.level) == {fmpq(0)} and curve.down[0] == curve.up[0] == 0
    assert curve.down[-1] == found.network.at(found.escape.lower).loss - found.network.loss < 0
    assert curve.up[-1] == found.network.at(found.escape.higher).loss - found.network.loss > 0
    assert escape_plot(curve) == escape_plot(curve), "the same bytes"


def test_very_small_changes_can_be_drawn() -> None:
    tiny = tuple(fmpq(k, 10**400) for k in range(3))
    assert escape_plot(Curve(tiny, tuple(-t for t in tiny), tiny)).svg.count("<path") > 3


def test_every_format_takes_the_sections_with_the_same_bytes() -> None:
    html, latex = (render(Document("It", saddle())) for render in (render_html, render_latex))
    again = Document("It", sections(point(ZERO, ZERO)))
    assert html == render_html(again) and latex == render_latex(again)
    assert html.count("<svg") == len(latex.files) == 2
    assert "pmatrix" in latex.source and "<mtable" in html


def test_layers_in_the_middle_of_a_deep_network_are_left_out() -> None:
    few, many = (
        layer_drawing(Layers([2] * n, [2] * (n - 1) + [1], [1] * (n - 1) + [2], n - 2, False)).svg for n in (6, 40)
    )
    assert len(many) < 2 * len(few)


def test_matrices_share_a_line_while_there_is_room() -> None:
    small = [("A", UNIT)] * 3
    assert len(matrix_lines(small)) == 1
    wide = fmpq_mat(1, 8, [fmpq(1, 10**9 + k) for k in range(8)])
    assert len(matrix_lines([("A", wide), ("B", wide)])) == 2
    assert matrix_latex(fmpq_mat(1, 2, [fmpq(-1, 2), 3])) == r"\begin{pmatrix} -\frac{1}{2} & 3 \end{pmatrix}"
