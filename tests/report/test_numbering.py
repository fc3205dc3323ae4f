import re

import pytest

from symproof.report.document import (
    BibliographyEntry,
    Document,
    Figure,
    Formula,
    Picture,
    Section,
    Statement,
    Table,
    inlines,
)
from symproof.report.numbering import DocumentError, anchor_id, anchors_of, numbered, section_numbers


def test_sections_and_appendices_count_apart():
    sections = (
        Section("a"),
        Section("b", level=2),
        Section("c", level=2),
        Section("d"),
        Section("e", appendix=True),
        Section("f", appendix=True, level=2),
        Section("g", appendix=True),
    )
    assert section_numbers(Document("t", sections)) == ("1", "1.1", "1.2", "2", "A", "A.1", "B")


def test_blocks_are_numbered_by_kind_and_given_numbers_are_kept():
    statement = Statement("Lemma", "x", (Formula("x"),), anchor="l")
    blocks = (
        statement,
        Figure(Picture("<svg/>"), inlines("f"), "f", anchor="f"),
        Statement("Theorem", "y", (Formula("x"),), number="7", anchor="t"),
        Table((inlines("h"),), (), caption=inlines("c"), anchor="c"),
        Table((inlines("h"),), (), anchor="no caption"),
    )
    document = numbered(Document("t", (Section("s", blocks, anchor="s"),)))
    names = {anchor: name.replace("\u00a0", " ") for anchor, name in anchors_of(document).names.items()}
    assert names == {
        "s": "Section 1", "l": "Lemma 1", "f": "Figure 1", "t": "Theorem 7", "c": "Table 1", "no caption": "Table",
    }  # fmt: skip


def test_anchors_must_be_unique():
    with pytest.raises(DocumentError, match="two parts"):
        anchors_of(Document("t", (Section("a", anchor="x"), Section("b", anchor="x"))))


def test_keys_must_be_unique():
    works = (BibliographyEntry("k", "", ""), BibliographyEntry("k", "", ""))
    with pytest.raises(DocumentError):
        anchors_of(Document("t", bibliography=works))


def test_identifiers_are_safe_and_different():
    anchors = ["a", "a b", "a_b", "a}b", "1", "", "a.", "-a", '"><script>', "é"]
    identifiers = [anchor_id(anchor) for anchor in anchors]
    assert len(set(identifiers)) == len(anchors)
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9.-]*", identifier) for identifier in identifiers)
