"""The report on the library: every result and every definition can be set."""

from __future__ import annotations

from symproof.library import load_library
from symproof.library_check import check_library
from symproof.logic.definition import define_recursive
from symproof.logic.syntax import integer, num
from symproof.report.document import Document, Statement, walk_blocks
from symproof.report.html_renderer import render_html
from symproof.report.latex_renderer import render_latex
from symproof.report.library_report import chapter_names, library_document, overview_document
from symproof.report.theorem_blocks import definition_statement
from tests.checked_library import checked_library


def test_a_recursive_definition_is_set_as_two_equations() -> None:
    n, previous = integer("n previous")
    factorial = define_recursive("own.factorial", (n,), base=num(1), previous=previous, step=(n + 1) * previous)
    first, second = definition_statement(factorial, {}).conclusions
    assert (first.latex.count("= 1"), second.latex.count("factorial")) == (1, 2)


def test_the_whole_library_is_set_in_both_languages() -> None:
    document = library_document(checked_library())
    for text in (render_html(document), render_latex(document).source):
        assert all(name in text.replace(r"\_", "_") for name in ("relu_like.any_depth", "yu_chen.claim"))


def test_chapters_as_files_of_their_own_keep_the_numbers_of_the_whole() -> None:
    """The report in short states nothing; each chapter states its own results, under the numbers of the whole."""
    checked = check_library(load_library(), ["yu_chen.claim", "linear_algebra.nonzero_inner_product"])
    chapters = chapter_names(checked)
    assert set(chapters) == {"yu_chen", "linear_algebra"}
    whole = numbers_of(library_document(checked))
    assert numbers_of(overview_document(checked)) == {}
    parts = [numbers_of(library_document(checked, chapters=(chapter,))) for chapter in chapters]
    assert {**parts[0], **parts[1]} == whole and not set(parts[0]) & set(parts[1]) and len(whole) == len(checked)


def numbers_of(document: Document) -> dict[str, str]:
    blocks = [block for block in walk_blocks(document) if isinstance(block, Statement) and block.trust]
    return {block.id: block.number for block in blocks}
