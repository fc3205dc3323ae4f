"""A document as one self-contained HTML file: styles, pictures and mathematics inside, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from xml.dom import minidom
from xml.parsers.expat import ExpatError

from markupsafe import Markup, escape

from symproof.report.control_characters import visible
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
    ProofStep,
    Reference,
    Section,
    Source,
    Statement,
    Strong,
    Table,
    Text,
    TrustSummary,
)
from symproof.report.math_lines import MathLine, break_formula
from symproof.report.math_tree import to_latex
from symproof.report.mathml import inline_mathml, line_mathml
from symproof.report.number_format import with_exact_numbers
from symproof.report.numbering import Anchors, DocumentError, anchor_id, anchors_of, numbered, section_numbers
from symproof.report.step_words import STEP_WORDS
from symproof.report.template_engine import html_engine, render_template
from symproof.report.trust_style import TRUST_ORDER, TRUST_STYLES, VERDICT_STYLES

__all__ = ["render_fragment", "render_html"]

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
DISPLAY_WIDTH = 38.0
"""Widest displayed formula, in em; narrower screens scroll it."""

_STEP_WIDTH = 40.0
_STEP_INDENT = 2.4
_NARROWEST = 14.0

_INLINE_WIDTH = 16.0
_UNWANTED = frozenset({"script", "foreignObject", "iframe", "image", "animate", "set", "metadata", "title"})
_REFERENCES = re.compile(r"url\(#([^)]+)\)")


def render_html(document: Document, *, templates: Path | None = None) -> str:
    """Render a document as one HTML file.

    Args:
        document: the document.
        templates: a folder whose ``html/*.html`` and ``html/style.css`` replace symproof's.

    Returns:
        The text of the file; it refers to nothing outside itself but the web addresses of the bibliography.

    Raises:
        InputError: a template is missing or malformed.
        FormulaError: a formula is malformed.
        DocumentError: anchors or bibliography keys are not unique, or a picture is not well-formed.
    """
    return _HtmlRenderer(numbered(with_exact_numbers(document)), templates).render()


def render_fragment(blocks: Sequence[Block]) -> str:
    """Render blocks as one HTML element with its styles inside, to stand in a page of somebody else's.

    Args:
        blocks: what to show.

    Returns:
        A ``<div class="symproof">``; nothing in it runs or is fetched.

    Raises:
        FormulaError: a formula is malformed.
    """
    document = numbered(with_exact_numbers(Document(title="", sections=(Section("", tuple(blocks)),))))
    renderer = _HtmlRenderer(document, None)
    style = render_template(renderer.engine, "html/style.css", {})
    # Nested in the class of the element, the rules cannot reach the page around it.
    style = re.sub(r"(?m)^(\s*)(?::root|body) \{", r"\1& {", style).replace("padding: 2.5rem 1.25rem 4rem;", "")
    content = "".join(renderer.block(block) for block in document.sections[0].blocks)
    return f'<div class="symproof"><style>.symproof {{\n{style}\n}}</style>\n{content}\n</div>'


class _HtmlRenderer:
    """Walks one document; the only state is the count of pictures met."""

    def __init__(self, document: Document, templates: Path | None) -> None:
        self.document = document
        self.anchors: Anchors = anchors_of(document)
        self.pictures = 0
        self.engine = html_engine(self.names(), templates)

    def render(self) -> str:
        sections = list(zip(self.document.sections, section_numbers(self.document), strict=True))
        values = {"document": self.document, "sections": sections}
        return render_template(self.engine, "html/document.html", values)

    def names(self) -> dict[str, Any]:
        """Filters and globals of the templates."""
        return {
            "filter_inlines": self.inlines,
            "filter_math": _inline_math,
            "display_width": DISPLAY_WIDTH,
            "filter_anchor": anchor_id,
            "block": self.block,
            "display": _display,
            "is_long": lambda text: len(text.splitlines()) > 12 or len(text) > 1500,
            "picture": self.picture,
            "source": self.source,
            "steps": self.steps,
            "step_words": STEP_WORDS,
            "trust": TRUST_STYLES,
            "trust_order": TRUST_ORDER,
            "verdict": VERDICT_STYLES,
            "web_address": _web_address,
        }

    def block(self, block: Block) -> Markup:
        name = f"html/{_TEMPLATES[type(block)]}.html"
        return Markup(render_template(self.engine, name, {"block": block}))

    def steps(self, steps: tuple[ProofStep, ...], depth: int = 0) -> Markup:
        """The steps of one level, with their sub-proofs."""
        room = max(_NARROWEST, _STEP_WIDTH - _STEP_INDENT * depth)
        values = {"steps_of_level": steps, "depth": depth, "room": room}
        return Markup(render_template(self.engine, "html/steps.html", values))

    def inlines(self, content: Inlines) -> Markup:
        return Markup("").join(self.glued(content, at) for at in range(len(content)))

    def glued(self, content: Inlines, at: int) -> Markup:
        """A piece of running text; punctuation stays on the line of the formula before it."""
        piece = content[at]
        before = content[at - 1] if at else None
        if isinstance(piece, Math) and at + 1 < len(content):
            mark = _punctuation(content[at + 1])
            whole = self.inline(piece)
            return Markup('<span class="glue">{}{}</span>').format(whole, mark) if mark else whole
        if isinstance(piece, Text) and isinstance(before, Math):
            return escape(visible(piece.text[len(_punctuation(piece)) :]))
        return self.inline(piece)

    def inline(self, piece: Inline) -> Markup:
        match piece:
            case Math():
                return _inline_math(piece.formula)
            case Reference():
                return self.reference(piece)
            case Citation():
                return self.citation(piece)
            case Code():
                return Markup("<code>{}</code>").format(visible(piece.text))
            case Strong():
                return Markup("<strong>{}</strong>").format(visible(piece.text))
            case Emphasis():
                return Markup("<em>{}</em>").format(visible(piece.text))
            case Text():
                return escape(visible(piece.text))

    def reference(self, piece: Reference) -> Markup:
        text = visible(piece.text or self.anchors.names.get(piece.anchor, piece.anchor))
        if piece.anchor not in self.anchors.names:
            return escape(text)
        return Markup('<a href="#{}">{}</a>').format(anchor_id(piece.anchor), text)

    def citation(self, piece: Citation) -> Markup:
        place = visible(f", {piece.place}" if piece.place else "")
        if piece.key not in self.anchors.works:
            return Markup("[{}{}]").format(visible(piece.key), place)
        number = self.anchors.works[piece.key]
        return Markup('[<a href="#{}">{}</a>{}]').format(anchor_id("work:" + piece.key), number, place)

    def source(self, source: Source) -> Markup:
        remark = Markup(" ({})").format(self.inlines(source.remark)) if source.remark else Markup("")
        return self.citation(Citation(source.key, source.place)) + remark

    def picture(self, figure: Figure) -> Markup:
        """A picture as inline SVG, its identifiers made unique in the page."""
        self.pictures += 1
        return Markup(_inline_svg(figure.picture.svg, f"p{self.pictures}-", figure.alt))


def _punctuation(piece: Inline) -> str:
    """The punctuation at the start of words."""
    if not isinstance(piece, Text):
        return ""
    return piece.text[: len(piece.text) - len(piece.text.lstrip(".,;:!?)"))]


def _display(formula: Formula, width: float = DISPLAY_WIDTH) -> Markup:
    """A displayed formula: one line of mathematics an element."""
    lines = break_formula(formula.latex, width)
    return Markup("").join(Markup(_line(line)) for line in lines)


def _line(line: MathLine) -> str:
    return f'<div class="line" style="padding-left:{line.indent:g}em">{line_mathml(line)}</div>'


def _inline_math(formula: Formula) -> Markup:
    """A formula in running text, in pieces between which the line may break."""
    pieces = break_formula(formula.latex, _INLINE_WIDTH)
    return Markup(" ").join(Markup(inline_mathml(line.nodes, to_latex(line.nodes))) for line in pieces)


def _web_address(url: str) -> bool:
    """Whether an address may be a link: only plain web addresses."""
    return url.startswith(("https://", "http://"))


def _inline_svg(svg: str, prefix: str, alt: str) -> str:
    """SVG to put into a page: no scripts, no outside references, identifiers with a prefix, an accessible name."""
    try:
        tree = minidom.parseString(svg.encode())
    except ExpatError as error:
        raise DocumentError(f"a picture is not well-formed SVG: {error}") from error
    root: Any = tree.documentElement
    _clean(root, prefix)
    for name in ("width", "height"):
        if root.hasAttribute(name) and root.hasAttribute("viewBox"):
            root.removeAttribute(name)
    root.setAttribute("role", "img")
    root.setAttribute("aria-label", alt)
    return _without_blank_lines(str(root.toxml()))


def _clean(element: Any, prefix: str) -> None:
    for child in list(element.childNodes):
        if child.nodeType == child.ELEMENT_NODE and not _is_unwanted(child):
            _clean(child, prefix)
        elif child.nodeType == child.TEXT_NODE:
            if _local(element) == "style":
                child.data = _REFERENCES.sub(rf"url(#{prefix}\1)", child.data).replace("@import", "")
        else:
            element.removeChild(child)
    for name, value in list(element.attributes.items()):
        _clean_attribute(element, name, value, prefix)


def _is_unwanted(element: Any) -> bool:
    """Elements that run something, fetch something or say nothing."""
    name = _local(element)
    return name in _UNWANTED or (name == "use" and not _is_inside(element))


def _clean_attribute(element: Any, name: str, value: str, prefix: str) -> None:
    if name.lower().startswith("on") or (name.endswith("href") and not value.startswith("#")):
        element.removeAttribute(name)
    elif name == "id":
        element.setAttribute(name, prefix + value)
    elif name.endswith("href") and _local(element) != "a":
        element.setAttribute(name, f"#{prefix}{value[1:]}")
    elif "url(" in value:
        element.setAttribute(name, _REFERENCES.sub(rf"url(#{prefix}\1)", value))


def _local(element: Any) -> str:
    return str(element.tagName).rpartition(":")[2]


def _is_inside(element: Any) -> bool:
    """Whether an element refers to another of the same picture."""
    references = [value for name, value in element.attributes.items() if name.endswith("href")]
    return bool(references) and all(value.startswith("#") for value in references)


def _without_blank_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if line.strip())
