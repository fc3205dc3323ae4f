import pytest

from symproof.errors import InputError
from symproof.report.document import Document, Section, paragraph
from symproof.report.html_renderer import render_html
from symproof.report.latex_renderer import render_latex
from symproof.report.typst_engine import render_typst

DOCUMENT = Document("Title", (Section("Section", (paragraph("words <b> & \\x"),)),))


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_one_template_of_the_user_replaces_ours(tmp_path):
    write(tmp_path, "latex/paragraph.tex", "\\mine{\\VAR{ block.inlines|inlines }}\n")
    write(tmp_path, "html/paragraph.html", '<p class="mine">{{ block.inlines|inlines }}</p>\n')
    latex = render_latex(DOCUMENT, templates=tmp_path).source
    assert r"\mine{words \textless{}b\textgreater{} \& \textbackslash{}x}" in latex and r"\section{" in latex
    assert '<p class="mine">words &lt;b&gt; &amp; \\x</p>' in render_html(DOCUMENT, templates=tmp_path)


def test_the_look_of_typst_can_be_replaced(tmp_path):
    write(tmp_path, "typst/document.typ", "// mine \\VAR{ document.title|typst_string }\n\\VAR{ body }")
    assert render_typst(DOCUMENT, templates=tmp_path).source.startswith('// mine "Title"\n')


def test_values_are_escaped_even_without_a_filter(tmp_path):
    write(tmp_path, "latex/title.tex", "\\VAR{ '\\\\input{x}' }\n")
    assert r"\textbackslash{}input\{x\}" in render_latex(DOCUMENT, templates=tmp_path).source


CASES = {
    "unknown name": ("text\n\\VAR{ block.no_such_field }\n", 2, "no_such_field"),
    "unknown global": ("\n\n\\VAR{ nothing }\n", 3, "nothing"),
    "syntax": ("text\n\\BLOCK{ if }\n", 2, "malformed"),
    "unknown filter": ("\\VAR{ block|no_such_filter }\n", 1, "no_such_filter"),
    "wrong type": ("\n\\VAR{ block + 1 }\n", 2, "unsupported"),
    "division": ("\n\\VAR{ 1 / 0 }\n", 2, "division"),
    "sandbox": ("\\VAR{ block.__class__.__mro__ }\n", 1, "unsafe|__class__|undefined"),
}


@pytest.mark.parametrize("name", CASES)
def test_errors_name_the_file_and_the_line(tmp_path, name):
    text, line, words = CASES[name]
    path = write(tmp_path, "latex/paragraph.tex", text)
    with pytest.raises(InputError, match=words) as caught:
        render_latex(DOCUMENT, templates=tmp_path)
    assert caught.value.where == f"{path}:{line}"


def test_html_errors_name_the_file_and_the_line(tmp_path):
    path = write(tmp_path, "html/paragraph.html", "<p>\n{{ block.wrong }}</p>")
    with pytest.raises(InputError) as caught:
        render_html(DOCUMENT, templates=tmp_path)
    assert caught.value.where == f"{path}:2"


def test_a_missing_template_is_named(tmp_path):
    write(tmp_path, "latex/paragraph.tex", '\\BLOCK{ include "latex/absent.tex" }\n')
    with pytest.raises(InputError, match="absent"):
        render_latex(DOCUMENT, templates=tmp_path)


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(InputError, match="does not exist") as caught:
        render_html(DOCUMENT, templates=tmp_path / "none")
    assert caught.value.where == str(tmp_path / "none")
