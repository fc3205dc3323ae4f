"""The chapter on the atlas: its table, figures and words, in all formats, whatever an activation is called."""

from __future__ import annotations

import math
from dataclasses import replace
from xml.dom import minidom

import pytest

from symproof.engine.atlas_row import AtlasPart, AtlasRow
from symproof.instances.smooth_activation import read_activation
from symproof.report.activation_curves import activation_in_floats, float_network, on_segment, risk_of
from symproof.report.atlas_files import write_atlas
from symproof.report.atlas_section import PLANE, atlas_pictures, atlas_sections
from symproof.report.document import Document, Figure, Table
from symproof.report.html_renderer import render_html
from symproof.report.latex_renderer import render_latex
from symproof.report.numbering import numbered

MINIMUM = {"W1": [["0", "0"], ["0", "0"]], "b1": ["-log(3)"] * 2, "W2": ["2/3", "2/3"], "b2": "0"}
K = "(1/(4*(1 + sqrt(3))) - 1/(2*(1 + sqrt(21))))"
BETTER = {
    "W1": [["0", "-log(3)"], ["-log(3)", "-log(7)"]],
    "b1": ["0", "0"],
    "W2": [f"1/(4*{K})", f"-1/(2*{K})"],
    "b2": "0",
}
NUMBERS = {
    "form": "two units", "method": "convex piece", "margin_of": "det M", "v": ["-log(3)"] * 2, "u": ["2/3"] * 2,
    "p": ["0", "-log(3)", "-log(3)", "-log(7)"], "radius": "3/7", "margin": "3/2765", "risk_local_minimum": "1/3",
    "risk_better_point": "0", "parameters_local_minimum": MINIMUM, "parameters_better_point": BETTER,
}  # fmt: skip
NO = AtlasPart("not_applicable", "h(2) is not 2 h(1)", "relu_like.spurious_minimum")
SIGMOID = AtlasRow(
    "sigmoid", "sigmoid", "1/(1 + exp(-t))", r"\frac{1}{1 + \exp(-t)}",
    AtlasPart("certified", "all hold", "smooth.spurious_minimum", "cited", NUMBERS), NO, NO, 1.5,
)  # fmt: skip
HOSTILE = "<script>alert(1)</script> \\input{x} $%&_#^~{}"
FAILED = AtlasRow(HOSTILE, "t", "t", "t", AtlasPart("failed", f"ValueError: {HOSTILE}"), NO, NO)


@pytest.fixture(scope="module")
def pictures():
    found, notes = atlas_pictures([SIGMOID, FAILED], 1)
    assert not notes
    return found


def test_rows_have_a_line_in_the_table_and_figures_if_certified(pictures):
    sections = atlas_sections([SIGMOID, FAILED], pictures)
    (table,) = [block for block in sections[0].blocks if isinstance(block, Table)]
    assert len(table.rows) == 2 and all(len(row) == len(table.header) for row in table.rows)
    figures = [block for section in sections for block in section.blocks if isinstance(block, Figure)]
    assert len(figures) == 2 and set(pictures) == {PLANE, "sigmoid"}
    assert all("Drawn in floating point, no evidence." in str(figure.caption) for figure in figures)
    assert not any(isinstance(b, Figure) for s in atlas_sections([SIGMOID, FAILED], {}) for b in s.blocks)


def test_times_are_in_no_document(pictures):
    documents = [Document("Atlas", atlas_sections([replace(SIGMOID, seconds=t)], pictures)) for t in (1.5, 99.0)]
    quick, slow = (render_html(numbered(document)) for document in documents)
    assert quick == slow


def test_hostile_words_are_escaped(pictures):
    document = Document("Atlas", atlas_sections([SIGMOID, FAILED], pictures))
    assert "<script>" not in render_html(numbered(document))
    assert "\\input{x}" not in render_latex(numbered(document)).source


def test_pictures_are_the_same_each_time(pictures):
    again, _ = atlas_pictures([SIGMOID], 2)
    assert again[PLANE] == pictures[PLANE] and again["sigmoid"] == pictures["sigmoid"]
    for picture in again.values():
        assert minidom.parseString(picture.svg).documentElement.tagName == "svg"
        assert b"CreationDate" not in picture.pdf and "<dc:date>" not in picture.svg


def test_a_figure_that_cannot_be_drawn_is_missing_and_named(pictures):
    """Whatever is wrong with one of them, the others are there."""
    broken = {**NUMBERS, "parameters_better_point": {**BETTER, "b2": "log(-1)"}}
    part = AtlasPart("certified", "all hold", "smooth.spurious_minimum", "cited", broken)
    found, notes = atlas_pictures([SIGMOID, replace(SIGMOID, title="broken", text="tanh", smooth=part)], 1)
    assert set(found) == {"sigmoid"} and found["sigmoid"] == pictures["sigmoid"]
    assert [note.partition(":")[0] for note in notes] == ["no figure of broken", "no figure of the plane"]


def test_numbers_beyond_floats_are_left_out_of_a_figure():
    huge = float_network({**MINIMUM, "W2": ["10**200", "10**200"]})
    h = activation_in_floats(read_activation("10**200*x**2").term)
    assert risk_of(huge, h) == math.inf and math.isnan(h(math.inf))


def test_what_is_drawn_are_the_points_of_the_instance():
    h = activation_in_floats(read_activation("sigmoid").term)
    minimum, better = float_network(MINIMUM), float_network(BETTER)
    assert math.isclose(risk_of(minimum, h), 1 / 3) and risk_of(better, h) < 1e-20
    assert on_segment(minimum, better, 0.0) == minimum
    assert math.isclose(risk_of(on_segment(minimum, better, 1.0), h), risk_of(better, h), abs_tol=1e-20)


def test_a_missing_tex_costs_the_pdf_alone(monkeypatch, tmp_path):
    from symproof.report import report_files
    from symproof.report.missing_package import MissingPackage

    def refuse(*_args, **_more):
        raise MissingPackage(what="no TeX")

    monkeypatch.setattr(report_files, "render_pdf", refuse)
    files, notes = write_atlas([FAILED], {}, tmp_path)
    assert {file.name for file in files} == {"atlas.html", "atlas.tex"}
    assert len(notes) == 1 and "no atlas.pdf" in notes[0]
