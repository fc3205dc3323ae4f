import re
import shutil
import subprocess
from dataclasses import replace

import pytest

from symproof.report import pdf, tex_engine
from symproof.report.document import Document, Section, paragraph
from symproof.report.latex_renderer import RenderedLatex, render_latex
from symproof.report.math_lines import break_formula, line_latex
from symproof.report.math_width import formula_width
from symproof.report.missing_package import MissingPackage
from symproof.report.pdf import render_pdf
from symproof.report.tex_engine import TypesettingError, find_tex, run_limited, tex_pdf

from .hostile_document import hostile_document
from .sample_document import sample_document
from .test_math_lines import LONG
from .test_math_tree import GOOD

SMALL = Document("Title", (Section("Section", (paragraph("words"),)),))
NO_TEX = pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX is installed")
ENGINES = [
    pytest.param("typst"),
    pytest.param("pdflatex", marks=[pytest.mark.latex, NO_TEX]),
    pytest.param(
        "latexmk", marks=[pytest.mark.latex, pytest.mark.skipif(shutil.which("latexmk") is None, reason="no latexmk")]
    ),
]


def words_of(data: bytes, tmp_path) -> str:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed (Debian: poppler-utils), so the words in a PDF cannot be read")
    (tmp_path / "x.pdf").write_bytes(data)
    done = subprocess.run(["pdftotext", "-layout", "x.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


@pytest.mark.parametrize("engine", ENGINES)
def test_the_sample_becomes_a_pdf_the_same_each_time(engine, tmp_path):
    first, second = (render_pdf(sample_document(), engine=engine) for _ in range(2))
    assert first.engine == engine and first.data.startswith(b"%PDF-") and first.data == second.data
    assert not re.search(rb"/tmp/|symproof-t|D:20\d\d", first.data)
    words = words_of(first.data, tmp_path)
    for expected in ("Theorem 3", "4.2.1", "References", "relu_like.spurious_minimum", "Exact numbers"):
        assert expected in words.replace("\u00a0", " ")


@pytest.mark.parametrize("engine", ENGINES)
def test_hostile_text_is_set_as_text(engine, tmp_path):
    words = words_of(render_pdf(hostile_document(), engine=engine).data, tmp_path)
    assert "root:" not in words
    assert "\\input{/etc/passwd}" in words.replace("\n", "")


@pytest.mark.parametrize("engine", ENGINES)
def test_an_empty_document_has_a_page(engine):
    assert render_pdf(Document(""), engine=engine).data.startswith(b"%PDF-")


@pytest.mark.latex
@NO_TEX
def test_lines_fit_the_page(tmp_path):
    rendered = render_latex(sample_document())
    (tmp_path / "d.tex").write_text(rendered.source)
    for name, data in rendered.files.items():
        (tmp_path / name).write_bytes(data)
    code, output, _ = run_limited(
        ["pdflatex", "-interaction=nonstopmode", "-no-shell-escape", "d.tex"], directory=tmp_path, time_limit=60
    )
    overfull = [float(points) for points in re.findall(r"Overfull \\hbox \(([\d.]+)pt", output)]
    assert code == 0 and all(points < 2 for points in overfull), overfull


@pytest.mark.latex
@NO_TEX
def test_estimated_widths_are_not_below_those_of_tex(tmp_path):
    lines_of_long = (line for latex in LONG.values() for line in break_formula(latex, 30.0))
    formulas = [*GOOD, *(line_latex(replace(line, phantom=())) for line in lines_of_long)]
    lines = [
        r"\documentclass[11pt]{article}\usepackage[T1]{fontenc}\usepackage{lmodern,amsmath,amssymb}\begin{document}",
        r"\newlength{\size}\newwrite\file\immediate\openout\file=widths.txt",
        *(rf"\settowidth{{\size}}{{$\displaystyle {x}$}}\immediate\write\file{{\the\size}}" for x in formulas),
        r"\end{document}",
    ]
    (tmp_path / "w.tex").write_text("\n".join(lines))
    run_limited(["pdflatex", "-interaction=batchmode", "w.tex"], directory=tmp_path, time_limit=60)
    real = [float(size.removesuffix("pt")) / 10.95 for size in (tmp_path / "widths.txt").read_text().split()]
    assert len(real) == len(formulas)
    for latex, width in zip(formulas, real, strict=True):
        estimate = formula_width(latex)
        assert 0.95 * width - 0.3 <= estimate <= 1.45 * width + 1.5, (latex, width, estimate)


@pytest.mark.latex
@NO_TEX
def test_tex_reads_and_writes_nothing_outside_and_runs_nothing(tmp_path):
    outside = tmp_path / "pwned"
    bad = rf"\documentclass{{article}}\begin{{document}}x\immediate\write18{{touch {outside}}}" "\n"
    with pytest.raises(TypesettingError):
        tex_pdf(RenderedLatex(bad + "\\input{/etc/passwd}\\end{document}"), engine="pdflatex", time_limit=30)
    bad_write = rf"\newwrite\w\immediate\openout\w={outside}.tex \immediate\write\w{{x}}\end{{document}}"
    with pytest.raises(TypesettingError):
        tex_pdf(RenderedLatex(bad + bad_write), engine="pdflatex", time_limit=30)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.latex
@NO_TEX
def test_the_first_error_of_tex_is_shown():
    source = "\\documentclass{article}\n\\begin{document}\n\\nosuchcommand\n\\end{document}\n"
    with pytest.raises(TypesettingError, match=r"Undefined control sequence.*l\.3"):
        tex_pdf(RenderedLatex(source), engine="pdflatex", time_limit=30)


def test_time_is_limited(tmp_path):
    with pytest.raises(TypesettingError, match=r"longer than 0\.2 s"):
        run_limited(["sleep", "30"], directory=tmp_path, time_limit=0.2)


def test_a_program_that_does_not_exist_is_an_error(tmp_path):
    with pytest.raises(TypesettingError, match="did not start"):
        run_limited(["no-such-program"], directory=tmp_path, time_limit=1)


def test_typst_is_taken_without_tex(monkeypatch):
    monkeypatch.setattr(tex_engine.shutil, "which", lambda name: None)
    assert find_tex() is None
    rendered = render_pdf(SMALL)
    assert rendered.engine == "typst" and rendered.note == ""


def test_typst_steps_in_for_a_broken_tex(monkeypatch):
    monkeypatch.setattr(pdf, "find_tex", lambda: "pdflatex")
    monkeypatch.setattr(pdf, "tex_pdf", fail)
    rendered = render_pdf(SMALL)
    assert rendered.engine == "typst" and "lmodern.sty" in rendered.note


def fail(*_arguments, **_options):
    raise TypesettingError("pdflatex failed: File `lmodern.sty' not found.")


def test_missing_packages_name_the_extra(monkeypatch):
    monkeypatch.setattr(pdf, "find_tex", lambda: None)
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(MissingPackage, match=r"symproof\[pdf\]"):
        render_pdf(SMALL)
