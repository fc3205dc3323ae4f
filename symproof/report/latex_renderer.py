"""A document as LaTeX.

The body uses a small set of macros of its own whose meaning is in a preamble: one for TeX, one that pandoc understands.
Both describe the same document with the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from symproof.report.document import (
    Block,
    Citation,
    Code,
    CodeBlock,
    DisplayMath,
    Document,
    Emphasis,
    Evidence,
    Figure,
    Formula,
    Graph,
    Inline,
    Inlines,
    ListBlock,
    Math,
    Paragraph,
    Proof,
    Reference,
    Source,
    Statement,
    Strong,
    Table,
    Text,
    TrustSummary,
)
from symproof.report.latex_text import escape_text, escape_typewriter
from symproof.report.listing_lines import listing_lines
from symproof.report.math_lines import MathLine, break_formula, line_latex
from symproof.report.number_format import with_exact_numbers
from symproof.report.numbering import Anchors, anchor_id, anchors_of, numbered, section_numbers
from symproof.report.page_layout import (
    TEXT_WIDTH,
    claim_height,
    claim_layout,
    column_widths,
    head_fits,
    hypothesis_room,
    inlines_width,
    placed_steps,
    statement_height,
    step_height,
)
from symproof.report.step_words import STEP_WORDS
from symproof.report.template_engine import LatexSource, latex_engine, render_template
from symproof.report.trust_style import TRUST_ORDER, TRUST_STYLES, VERDICT_STYLES

__all__ = ["RenderedLatex", "render_latex"]

_TEMPLATES: dict[type, str] = {
    Paragraph: "paragraph",
    ListBlock: "list",
    DisplayMath: "display_math",
    Statement: "statement",
    Proof: "proof",
    Table: "table",
    Figure: "figure",
    Graph: "figure",
    Evidence: "evidence",
    CodeBlock: "code_block",
    TrustSummary: "trust_summary",
}
_INLINE_MATH_WIDTH = 26.0


@dataclass(frozen=True)
class RenderedLatex:
    """A LaTeX document and the files it includes.

    Attributes:
        source: the text of the ``.tex`` file.
        files: the pictures by file name, without folders.
    """

    source: str
    files: Mapping[str, bytes] = field(default_factory=dict)


def render_latex(
    document: Document, *, templates: Path | None = None, pandoc: bool = False, picture_stem: str = "figure"
) -> RenderedLatex:
    """Render a document as LaTeX.

    Args:
        document: the document.
        templates: a folder whose ``latex/*.tex`` replace symproof's templates of the same name.
        pandoc: write what pandoc reads well (pictures as SVG, macros it can expand) instead of what TeX sets well.
        picture_stem: how the names of the picture files begin; letters, digits and hyphens.

    Returns:
        The source and its pictures.

    Raises:
        InputError: a template is missing or malformed.
        FormulaError: a formula is malformed.
        DocumentError: anchors or bibliography keys are not unique.
    """
    prepared = numbered(with_exact_numbers(document))
    return _LatexRenderer(prepared, templates, pandoc, picture_stem).render()


class _LatexRenderer:
    """Walks one document; the only state is the list of pictures met."""

    def __init__(self, document: Document, templates: Path | None, pandoc: bool, picture_stem: str) -> None:
        self.document = document
        self.picture_stem = picture_stem
        self.pandoc = pandoc
        self.anchors: Anchors = anchors_of(document)
        self.pictures: dict[str, bytes] = {}
        self.engine = latex_engine(escape_text, self.names(), templates)

    def render(self) -> RenderedLatex:
        numbers = section_numbers(self.document)
        sections = list(zip(self.document.sections, numbers, strict=True))
        first_appendix = next((at for at, (section, _) in enumerate(sections) if section.appendix), len(sections))
        values = {"document": self.document, "sections": sections, "first_appendix": first_appendix}
        source = render_template(self.engine, "latex/document.tex", values)
        return RenderedLatex(source, dict(self.pictures))

    def names(self) -> dict[str, Any]:
        """Filters and globals of the templates."""
        return {
            "filter_text": lambda text: LatexSource(escape_text(str(text))),
            "filter_inlines": self.inlines,
            "filter_typewriter": lambda text: LatexSource(escape_typewriter(text)),
            "filter_listing": _listing_line,
            "filter_math": lambda formula: LatexSource(_whole(formula)),
            "filter_verbatim": LatexSource,
            "filter_line": lambda line: LatexSource(line_latex(line)),
            "filter_anchor": lambda anchor: LatexSource(anchor_id(anchor)),
            "filter_em": lambda length: LatexSource(f"{length:.2f}"),
            "block": self.block,
            "claim": claim_layout,
            "claim_height": claim_height,
            "columns": self.columns,
            "column_widths": column_widths,
            "display": lambda formula, room: break_formula(formula.latex, room),
            "head_fits": head_fits,
            "hypothesis_room": hypothesis_room,
            "listing_lines": listing_lines,
            "pandoc": self.pandoc,
            "picture": self.picture,
            "placed_steps": placed_steps,
            "text_width": TEXT_WIDTH,
            "source": self.source,
            "statement_height": statement_height,
            "step_height": step_height,
            "step_words": STEP_WORDS,
            "trust": TRUST_STYLES,
            "trust_order": TRUST_ORDER,
            "verdict": VERDICT_STYLES,
            "width_of": inlines_width,
        }

    def block(self, block: Block) -> LatexSource:
        name = f"latex/{_TEMPLATES[type(block)]}.tex"
        return LatexSource(render_template(self.engine, name, {"block": block}))

    def inlines(self, content: Inlines, width: float = _INLINE_MATH_WIDTH) -> LatexSource:
        return LatexSource("".join(self.inline(piece, width) for piece in content))

    def inline(self, piece: Inline, width: float) -> str:
        match piece:
            case Math():
                return _inline_math(piece.formula, width)
            case Reference():
                return self.reference(piece)
            case Citation():
                return self.citation(piece)
            case Code():
                return rf"\texttt{{{escape_typewriter(piece.text)}}}"
            case Strong():
                return rf"\textbf{{{escape_text(piece.text)}}}"
            case Emphasis():
                return rf"\emph{{{escape_text(piece.text)}}}"
            case Text():
                return escape_text(piece.text)

    def reference(self, piece: Reference) -> str:
        text = escape_text(piece.text or self.anchors.names.get(piece.anchor, piece.anchor))
        if piece.anchor not in self.anchors.names:
            return text
        return rf"\spref{{{anchor_id(piece.anchor)}}}{{{text}}}"

    def citation(self, piece: Citation) -> str:
        place = f", {escape_text(piece.place)}" if piece.place else ""
        if piece.key not in self.anchors.works:
            return rf"[{escape_text(piece.key)}{place}]"
        number = self.anchors.works[piece.key]
        return rf"[\spref{{{anchor_id('work:' + piece.key)}}}{{{number}}}{place}]"

    def source(self, source: Source) -> LatexSource:
        remark = f" ({self.inlines(source.remark)})" if source.remark else ""
        return LatexSource(self.citation(Citation(source.key, source.place)) + remark)

    def picture(self, figure: Figure) -> LatexSource:
        """The file name of a figure's picture; the file goes along with the source."""
        stem = f"{self.picture_stem}-{len(self.pictures) + 1}"
        picture = figure.picture
        if self.pandoc and picture.svg:
            name, data = f"{stem}.svg", picture.svg.encode()
        elif picture.pdf and not self.pandoc:
            name, data = f"{stem}.pdf", picture.pdf
        else:
            name, data = f"{stem}.png", picture.png
        if not data:
            return LatexSource("")
        self.pictures[name] = data
        return LatexSource(name)

    def columns(self, table: Table) -> LatexSource:
        """The column specification of a table."""
        alignment = table.alignment or "l" * len(table.header)
        return LatexSource("".join(map(_column, alignment, column_widths(table))))


def _column(alignment: str, width: float | None) -> str:
    if width is None:
        return alignment
    ragged = {"l": r"\raggedright", "r": r"\raggedleft", "c": r"\centering"}[alignment]
    return rf">{{{ragged}\arraybackslash}}p{{{width / TEXT_WIDTH:.3f}\linewidth}}"


def _whole(formula: Formula) -> str:
    """A formula on one line."""
    return "".join(line_latex(line) for line in break_formula(formula.latex, float("inf")))


def _inline_math(formula: Formula, width: float) -> str:
    """A formula in running text, in pieces between which the line may break."""
    pieces = break_formula(formula.latex, width)
    return " ".join(f"${_without_phantom(line)}$" for line in pieces)


def _without_phantom(line: MathLine) -> str:
    return line_latex(MathLine(line.nodes))


def _listing_line(text: str) -> LatexSource:
    """A line of a listing: blanks kept, no ligatures, no commands."""
    return LatexSource(escape_typewriter(text).replace(r"\allowbreak{}", "").replace(" ", "~"))
