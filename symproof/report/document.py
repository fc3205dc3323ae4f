r"""The document model: what a report says, independent of how any format sets it.

A document is an immutable tree: sections hold *blocks* (paragraphs, statements, proofs, tables, figures, ...), blocks
hold *inline* pieces (text, mathematics, references, ...).  Renderers walk the tree and decide nothing: every verdict,
number and word is in the tree already.  Mathematics is a LaTeX string; the layout of long formulas is the business of
:mod:`symproof.report.math_lines`.

A minimal document::

    Document(
        title="A small theorem",
        sections=(
            Section(
                title="Statement",
                anchor="statement",
                blocks=(paragraph("For all ", math("x"), " we have ", math(r"x^2 \ge 0"), "."),),
            ),
        ),
    )
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

__all__ = [
    "Author",
    "BibliographyEntry",
    "Block",
    "Citation",
    "Code",
    "CodeBlock",
    "Confirmation",
    "DisplayMath",
    "Document",
    "Emphasis",
    "Evidence",
    "Figure",
    "Formula",
    "Graph",
    "Hypothesis",
    "Inline",
    "Inlines",
    "ListBlock",
    "Math",
    "Paragraph",
    "Picture",
    "Proof",
    "ProofStep",
    "Reference",
    "Section",
    "Source",
    "Statement",
    "StepValue",
    "Strong",
    "Table",
    "Text",
    "Trust",
    "TrustEntry",
    "TrustSummary",
    "Verdict",
    "inlines",
    "math",
    "paragraph",
    "plain_text",
    "walk_blocks",
    "walk_steps",
]

Trust: TypeAlias = Literal["proved", "certified", "oracle", "cited", "open", "refuted", "undecided"]
"""The trust levels, best first; ``undecided`` is for results of instances and claims."""

Verdict: TypeAlias = Literal["true", "agrees", "false", "undecided"]
"""Three answers, never two."""


@dataclass(frozen=True)
class Formula:
    r"""Mathematics as a LaTeX string without delimiters (no ``$``, no ``\[``).

    The string is plain data: renderers parse it, let through only commands of an allow-list, break it across lines
    where it is too long, and set it.  Print ``\left( ... \right)`` or ``( ... )`` freely.

    Attributes:
        latex: the formula.
        note: a short remark set in words behind a displayed formula; may be empty.
    """

    latex: str
    note: str = ""


@dataclass(frozen=True)
class Text:
    """Plain words; any character is allowed, renderers escape it."""

    text: str


@dataclass(frozen=True)
class Strong:
    """Words in bold."""

    text: str


@dataclass(frozen=True)
class Emphasis:
    """Words in italics."""

    text: str


@dataclass(frozen=True)
class Code:
    """Words in typewriter type, such as an id or an exact number."""

    text: str


@dataclass(frozen=True)
class Math:
    """A formula inside a line of text."""

    formula: Formula


@dataclass(frozen=True)
class Reference:
    """A link to the block, section or step with that anchor.

    Attributes:
        anchor: where it leads.
        text: the words to show, such as ``"Lemma 2"`` or ``"1.2"``.
    """

    anchor: str
    text: str


@dataclass(frozen=True)
class Citation:
    """A citation of the bibliography entry with that key.

    Attributes:
        key: the key of a :class:`BibliographyEntry` of the document.
        place: page, section or theorem number in the cited work; may be empty.
    """

    key: str
    place: str = ""


Inline: TypeAlias = Text | Strong | Emphasis | Code | Math | Reference | Citation
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    inlines: Inlines


@dataclass(frozen=True)
class ListBlock:
    """A list.

    Attributes:
        items: one line of text an item.
        ordered: numbered rather than bulleted.
    """

    items: tuple[Inlines, ...]
    ordered: bool = False


@dataclass(frozen=True)
class DisplayMath:
    """A displayed formula.

    Attributes:
        formula: the formula; broken across lines where it is too wide.
        label: a number or name set in parentheses at the margin; may be empty.
        anchor: target of references; may be empty.
    """

    formula: Formula
    label: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class Source:
    """Where in the literature a statement comes from.

    Attributes:
        key: the bibliography key.
        place: theorem, page or section number.
        remark: how the version here differs ("sharper: needs only C^2"); may be empty.
    """

    key: str
    place: str = ""
    remark: Inlines = ()


@dataclass(frozen=True)
class Hypothesis:
    """A named hypothesis of a statement.

    Attributes:
        label: its name, such as ``"C1.1"``.
        text: in words; may be empty.
        formulas: in symbols; may be empty.
    """

    label: str
    text: Inlines = ()
    formulas: tuple[Formula, ...] = ()


@dataclass(frozen=True)
class Statement:
    """A theorem, lemma, definition, ... with its hypotheses and conclusion.

    Attributes:
        kind: the word in front: ``"Theorem"``, ``"Lemma"``, ``"Definition"``, ``"Corollary"``, ...
        name: its name in words; may be empty.
        id: the id of the module, such as ``"relu_like.spurious_minimum"``.
        number: its number in the document; may be empty.
        trust: the computed trust level, or ``None`` where none applies (a definition).
        variables: the declared variables with their sorts.
        hypotheses: the named hypotheses.
        prose: an account in words, set before the formal part.
        conclusion: the words that lead in the conclusion ("Then", "The following are equivalent").
        conclusions: the formulas of the conclusion.
        source: where it comes from.
        anchor: target of references.
        uses: references to the results it rests on.
    """

    kind: str
    id: str
    conclusions: tuple[Formula, ...]
    name: str = ""
    number: str = ""
    trust: Trust | None = None
    variables: tuple[Inlines, ...] = ()
    hypotheses: tuple[Hypothesis, ...] = ()
    prose: Inlines = ()
    conclusion: Inlines = (Text("Then"),)
    source: Source | None = None
    anchor: str = ""
    uses: tuple[Reference, ...] = ()


@dataclass(frozen=True)
class StepValue:
    r"""The numeric counterpart of a step's claim on an instance.

    Attributes:
        formula: the claim with the numbers put in, such as ``\frac{3}{8} < \frac{1}{2}``.
        verdict: whether it holds; undecided is never true, and neither is an equation that agrees within a radius.
        label: which instance or index it belongs to; may be empty.
    """

    formula: Formula
    verdict: Verdict
    label: str = ""


@dataclass(frozen=True)
class Confirmation:
    """How many of the statements that the kernel accepted at a step another system confirmed.

    Attributes:
        system: its name.
        confirmed: how many it confirmed.
        stated: how many there are.
    """

    system: str
    confirmed: int
    stated: int

    @property
    def share(self) -> str:
        """Such as ``2 of 3``."""
        return f"{self.confirmed} of {self.stated}"

    @property
    def words(self) -> str:
        """Such as ``Coq: 2 of 3``."""
        return f"{self.system}: {self.share}"

    @property
    def is_whole(self) -> bool:
        """Whether it confirmed all of them."""
        return self.confirmed == self.stated


@dataclass(frozen=True)
class ProofStep:
    """One step of a structured proof.

    Attributes:
        number: its number in the hierarchy, such as ``"1.2"``.
        kind: ``"have"``, ``"assume"``, ``"let"``, ``"cases"``, ``"case"``, ``"calc"``, ``"apply"``, ``"induction"``,
            ``"contradiction"``, ``"qed"``, ...; renderers set the word of :data:`symproof.report.step_words.STEP_WORDS`
            in front of the claim.
        lead: further words before the formulas; may be empty.
        formulas: what is claimed, in symbols; may be empty.
        reason: why, in words and symbols.
        rule: the name of the kernel rule; may be empty.
        status: the step's own trust level.
        values: the numeric counterparts.
        children: the sub-proof.
        anchor: target of references; may be empty.
        confirmation: what another system confirmed of it; None if that was not asked, or there is nothing to ask.
    """

    number: str
    kind: str = "have"
    lead: Inlines = ()
    formulas: tuple[Formula, ...] = ()
    reason: Inlines = ()
    rule: str = ""
    status: Trust = "proved"
    values: tuple[StepValue, ...] = ()
    children: tuple[ProofStep, ...] = ()
    anchor: str = ""
    confirmation: Confirmation | None = None


@dataclass(frozen=True)
class Proof:
    """A structured proof.

    Attributes:
        steps: the steps of the outermost level.
        of: what is proved, such as a reference to the theorem; may be empty.
        summary: the idea in words before the steps; may be empty.
        folded: whether formats that can show the steps on request only.
    """

    steps: tuple[ProofStep, ...]
    of: Inlines = ()
    summary: Inlines = ()
    folded: bool = False


@dataclass(frozen=True)
class Table:
    """A table.

    Attributes:
        header: one cell a column.
        rows: the cells, each as wide as the header.
        caption: may be empty.
        alignment: ``l``, ``c`` or ``r`` for each column; all ``l`` when empty.
        anchor: target of references; may be empty.
        number: its number in the document; may be empty.
    """

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: Inlines = ()
    alignment: str = ""
    anchor: str = ""
    number: str = ""


@dataclass(frozen=True)
class Picture:
    """A drawing in the formats that renderers embed.

    Attributes:
        svg: for HTML and Typst.
        pdf: for TeX; empty when absent.
        png: for notebooks and as TeX's fall-back; empty when absent.
    """

    svg: str
    pdf: bytes = field(default=b"", repr=False)
    png: bytes = field(default=b"", repr=False)


@dataclass(frozen=True)
class Figure:
    """A picture with its caption.

    Attributes:
        picture: the drawing.
        caption: the words below it.
        alt: what a reader who cannot see it needs to know.
        number: its number in the document; may be empty.
        anchor: target of references; may be empty.
        width: share of the text width, from 0 to 1.
    """

    picture: Picture
    caption: Inlines
    alt: str
    number: str = ""
    anchor: str = ""
    width: float = 0.8


@dataclass(frozen=True)
class Graph(Figure):
    """The dependency graph: a figure that formats may set full width and link."""


@dataclass(frozen=True)
class Evidence:
    """A piece of checked evidence, set verbatim in an appendix.

    Attributes:
        label: its name, such as ``"N3"`` or ``"E 1.2"``.
        text: what it is, in words.
        listing: the evidence itself; long lines are broken.
        anchor: target of references; may be empty.
    """

    label: str
    listing: str
    text: Inlines = ()
    anchor: str = ""


@dataclass(frozen=True)
class CodeBlock:
    """Verbatim code, such as a command line or an instance file.

    Attributes:
        code: the lines.
        language: a name such as ``"toml"``; may be empty.
        caption: may be empty.
    """

    code: str
    language: str = ""
    caption: Inlines = ()


@dataclass(frozen=True)
class TrustEntry:
    """One line of the trust summary's table.

    Attributes:
        level: the trust level.
        count: how many results have it.
        names: the results to name (all of those that are not proved or certified).
    """

    level: Trust
    count: int
    names: tuple[Inlines, ...] = ()


@dataclass(frozen=True)
class TrustSummary:
    """How far the document's results can be trusted.

    Attributes:
        line: the one-line summary in full ("12 proved, 3 certified, 1 cited: implicit function theorem, 0 open").
        level: the worst level of all.
        entries: a count for each level, best first.
        remarks: further paragraphs, such as which versions checked it.
    """

    line: str
    level: Trust
    entries: tuple[TrustEntry, ...] = ()
    remarks: tuple[Inlines, ...] = ()


Block: TypeAlias = (
    Paragraph
    | ListBlock
    | DisplayMath
    | Statement
    | Proof
    | Table
    | Figure
    | Graph
    | Evidence
    | CodeBlock
    | TrustSummary
)


@dataclass(frozen=True)
class Section:
    """A section.

    Attributes:
        title: its heading.
        blocks: its content.
        level: 1 for a section, 2 for a subsection, 3 for a paragraph heading.
        anchor: target of references; unique in the document.
        appendix: whether it is numbered as an appendix (A, B, ...).
        new_page: whether it begins on a page of its own, where there are pages.
    """

    title: str
    blocks: tuple[Block, ...] = ()
    level: int = 1
    anchor: str = ""
    appendix: bool = False
    new_page: bool = False


@dataclass(frozen=True)
class Author:
    """An author.

    Attributes:
        name: the name.
        affiliation: may be empty.
    """

    name: str
    affiliation: str = ""


@dataclass(frozen=True)
class BibliographyEntry:
    """One cited work.

    Attributes:
        key: what citations name.
        authors: as printed.
        title: as printed.
        venue: journal, conference or publisher.
        year: as printed.
        url: a web address; may be empty.
    """

    key: str
    authors: str
    title: str
    venue: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True)
class Document:
    """A whole report.

    Attributes:
        title: the title.
        sections: the body, in order.
        subtitle: may be empty.
        authors: may be empty.
        abstract: blocks set before the first section.
        bibliography: the works, in the order of their numbers.
        date: as printed; never filled in by a renderer, so that output is reproducible.
    """

    title: str
    sections: tuple[Section, ...] = ()
    subtitle: str = ""
    authors: tuple[Author, ...] = ()
    abstract: tuple[Block, ...] = ()
    bibliography: tuple[BibliographyEntry, ...] = ()
    date: str = ""


def math(latex: str) -> Math:
    """An inline formula from its LaTeX string."""
    return Math(Formula(latex))


def inlines(*pieces: Inline | Formula | str) -> Inlines:
    """Inline content from strings (plain text), formulas and inline pieces."""
    return tuple(_inline(piece) for piece in pieces)


def paragraph(*pieces: Inline | Formula | str) -> Paragraph:
    """A paragraph from strings (plain text), formulas and inline pieces."""
    return Paragraph(inlines(*pieces))


def _inline(piece: Inline | Formula | str) -> Inline:
    if isinstance(piece, str):
        return Text(piece)
    return Math(piece) if isinstance(piece, Formula) else piece


def plain_text(content: Inlines) -> str:
    """The words of inline content, with formulas as their LaTeX source: for titles, alternatives and searching."""
    return "".join(_plain(piece) for piece in content)


def _plain(piece: Inline) -> str:
    if isinstance(piece, Math):
        return piece.formula.latex
    if isinstance(piece, Citation):
        return f"[{piece.key}, {piece.place}]" if piece.place else f"[{piece.key}]"
    return piece.text


def walk_blocks(document: Document) -> Iterator[Block]:
    """All blocks of a document in reading order."""
    yield from document.abstract
    for section in document.sections:
        yield from section.blocks


def walk_steps(steps: tuple[ProofStep, ...]) -> Iterator[ProofStep]:
    """All steps of a proof in reading order."""
    for step in steps:
        yield step
        yield from walk_steps(step.children)
