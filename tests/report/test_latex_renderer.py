import re

import pytest

from symproof.report.document import Citation, Document, Figure, Picture, Reference, Section, inlines, paragraph
from symproof.report.latex_renderer import render_latex

from .hostile_document import hostile_document
from .sample_document import sample_document

ARGUMENTS = {  # macros of the body with the number of their arguments
    "spanchor": 1, "spref": 2, "sptag": 2, "spmark": 2, "spline": 2, "spinline": 1, "sphead": 2, "spvalue": 1,
}  # fmt: skip


@pytest.fixture(scope="module", params=[False, True], ids=["tex", "pandoc"])
def rendered(request):
    return render_latex(sample_document(), pandoc=request.param)


def test_everything_is_there_in_order(rendered):
    places = [
        rendered.source.index(words)
        for words in (
            "Spurious local minima of ReLU-like networks",
            r"\begin{spabstract}",
            r"\begin{sptrust}{cited}",
            r"\begin{spstatement}",
            r"\begin{sphypotheses}",
            r"\begin{spproof}",
            r"\begin{spstep}",
            r"\toprule",
            r"\sppicture{figure-2",
            "\\spappendix\n",
            r"\begin{splisting}",
            r"\begin{spbibliography}",
        )
    ]
    body = rendered.source.index(r"\begin{document}")
    assert all(place > 0 for place in places)
    assert rendered.source.count(r"\end{document}") == 1 and body < rendered.source.index(r"\begin{spproof}")


def test_steps_carry_number_reason_rule_and_numbers(rendered):
    step = rendered.source.split(r"\begin{spstep}")[-2].split(r"\end{spstep}")[0]
    assert (
        "{6}" in step and r"\sprule{field}" in step and r"\spmark{true}{holds}" in step and r"{\ldots}_{\text{N" in step
    )


def test_groups_are_balanced(rendered):
    body = rendered.source.partition(r"\begin{document}")[2].rpartition(r"\end{document}")[0]
    opened = re.findall(r"\\begin\{([^}]*)\}", body)
    closed = re.findall(r"\\end\{([^}]*)\}", body)
    assert sorted(opened) == sorted(closed)


def test_references_lead_somewhere(rendered):
    targets = set(re.findall(r"\\sp(?:section)?anchor\{([^}]*)\}", rendered.source))
    links = set(re.findall(r"\\spref\{([^}#]*)\}", rendered.source.partition(r"\begin{document}")[2]))
    assert links and links <= targets


def test_pictures_go_along(rendered):
    named = re.findall(r"\\sppicture\{([^}#]*)\}", rendered.source.partition(r"\begin{document}")[2])
    assert sorted(rendered.files) == sorted(named) and len(named) == 3
    suffixes = {name.rpartition(".")[2] for name in named}
    assert suffixes in ({"png", "pdf"}, {"svg"})


def test_no_path_or_date_gets_in(rendered):
    assert not re.search(r"/work|/tmp|/home|\d\d:\d\d", rendered.source)


def test_unknown_anchors_and_works_stay_words():
    document = Document("t", (Section("s", (paragraph(Reference("nowhere", "there"), Citation("nobody", "p. 1")),)),))
    source = render_latex(document).source
    assert "there[nobody, p. 1]" in source


def test_a_figure_without_a_picture_shows_its_words():
    figure = Figure(Picture("<svg/>"), inlines("caption"), "what it shows")
    source = render_latex(Document("t", (Section("s", (figure,)),))).source
    assert "what it shows" in source and r"\sppicture{" not in source.partition(r"\begin{document}")[2]


def test_an_empty_document_renders():
    assert r"\begin{document}" in render_latex(Document("")).source


@pytest.mark.parametrize("pandoc", [False, True])
def test_hostile_text_is_text(pandoc):
    source = render_latex(hostile_document(), pandoc=pandoc).source.partition(r"\begin{document}")[2]
    commands = set(re.findall(r"\\([A-Za-z]+)", source.replace(r"\textbackslash{}", "")))
    assert not commands & {"input", "write", "csname", "endcsname", "def", "href", "include", "openin", "catcode"}
    assert source.count(r"\end{document}") == 1
