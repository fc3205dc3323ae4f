"""Numbers of sections, statements, figures and tables, and what each anchor is called.

Every format shows the same numbers because they are put into the document here, not by the format.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from symproof.errors import SymproofError
from symproof.report.document import (
    Block,
    DisplayMath,
    Document,
    Evidence,
    Figure,
    Graph,
    Proof,
    Section,
    Statement,
    Table,
    walk_steps,
)

__all__ = ["Anchors", "DocumentError", "anchor_id", "anchors_of", "numbered", "section_numbers"]


class DocumentError(SymproofError):
    """The document contradicts itself, such as two blocks with one anchor (a mistake of the program that built it)."""


@dataclass(frozen=True)
class Anchors:
    """What each anchor of a document is called (``"Theorem 1"``, ``"step 1.2"``), and the numbers of its works."""

    names: dict[str, str]
    works: dict[str, str]


def numbered(document: Document) -> Document:
    """Number statements, figures and tables that have no number yet, each kind in reading order."""
    counters = {"statement": 0, "figure": 0, "table": 0}
    sections = tuple(
        replace(section, blocks=tuple(_numbered(block, counters) for block in section.blocks))
        for section in document.sections
    )
    return replace(document, sections=sections)


def _numbered(block: Block, counters: dict[str, int]) -> Block:
    family = _family(block)
    if family is None or not isinstance(block, Statement | Figure | Table):
        return block
    counters[family] += 1
    return block if block.number else replace(block, number=str(counters[family]))


def _family(block: Block) -> str | None:
    if isinstance(block, Statement):
        return "statement"
    if isinstance(block, Figure):
        return "figure"
    return "table" if isinstance(block, Table) and block.caption else None


def section_numbers(document: Document) -> tuple[str, ...]:
    """The number of each section: ``1``, ``1.1``, ... and ``A``, ``A.1`` in the appendix."""
    counts = [0, 0, 0]
    numbers = []
    in_appendix = False
    for section in document.sections:
        if section.appendix and not in_appendix:
            in_appendix, counts = True, [0, 0, 0]
        level = max(1, min(3, section.level))
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        numbers.append(_section_number(counts[:level], in_appendix))
    return tuple(numbers)


def _section_number(counts: list[int], in_appendix: bool) -> str:
    first = chr(ord("A") + (counts[0] - 1) % 26) if in_appendix and counts[0] else str(counts[0])
    return ".".join([first, *(str(count) for count in counts[1:])])


def anchors_of(document: Document) -> Anchors:
    """What each anchor is called.

    Raises:
        DocumentError: two parts of the document have the same anchor, or two works the same key.
    """
    names: dict[str, str] = {}
    for anchor, name in _named(document):
        if anchor in names:
            raise DocumentError(f"two parts of the document have the anchor {anchor!r}")
        if anchor:
            names[anchor] = name
    works: dict[str, str] = {}
    for position, entry in enumerate(document.bibliography, start=1):
        if entry.key in works:
            raise DocumentError(f"two works of the bibliography have the key {entry.key!r}")
        works[entry.key] = str(position)
    return Anchors(names, works)


def _named(document: Document) -> Iterator[tuple[str, str]]:
    for block in document.abstract:
        yield from _named_block(block)
    for section, number in zip(document.sections, section_numbers(document), strict=True):
        yield from _named_section(section, number)


def _named_section(section: Section, number: str) -> Iterator[tuple[str, str]]:
    yield section.anchor, f"{'Appendix' if section.appendix else 'Section'}\u00a0{number}"
    for block in section.blocks:
        yield from _named_block(block)


def _named_block(block: Block) -> Iterator[tuple[str, str]]:
    if isinstance(block, Proof):
        for step in walk_steps(block.steps):
            yield step.anchor, f"step\u00a0{step.number}"
    elif isinstance(block, Statement):
        yield block.anchor, f"{block.kind}\u00a0{block.number}".strip()
    elif isinstance(block, Graph | Figure):
        yield block.anchor, f"Figure\u00a0{block.number}".strip()
    elif isinstance(block, Table):
        yield block.anchor, f"Table\u00a0{block.number}".strip()
    elif isinstance(block, DisplayMath):
        yield block.anchor, f"({block.label})"
    elif isinstance(block, Evidence):
        yield block.anchor, block.label


def anchor_id(anchor: str) -> str:
    """An anchor as an identifier that LaTeX, Typst and HTML all accept; different anchors stay different."""
    plain = re.sub(r"[^A-Za-z0-9.-]", "-", anchor)
    if plain == anchor and plain[:1].isalpha() and plain[-1] not in ".-":
        return plain
    return f"a-{plain.strip('.-')}-{hashlib.sha256(anchor.encode()).hexdigest()[:8]}"
