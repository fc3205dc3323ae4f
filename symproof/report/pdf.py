"""A document as PDF: by an installed TeX, else by pandoc and Typst."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from symproof.report.document import Document
from symproof.report.latex_renderer import render_latex
from symproof.report.missing_package import MissingPackage
from symproof.report.tex_engine import TypesettingError, find_tex, tex_pdf
from symproof.report.typst_engine import typst_pdf

__all__ = ["PdfEngine", "RenderedPdf", "render_pdf"]

PdfEngine: TypeAlias = Literal["auto", "latexmk", "tectonic", "pdflatex", "typst"]


@dataclass(frozen=True)
class RenderedPdf:
    """A PDF and how it was made.

    Attributes:
        data: the file.
        engine: the program that set it.
        note: why it was not the first choice; empty when it was.
    """

    data: bytes = field(repr=False)
    engine: str
    note: str = ""


def render_pdf(
    document: Document, *, templates: Path | None = None, engine: PdfEngine = "auto", time_limit: float = 180.0
) -> RenderedPdf:
    """Render a document as PDF.

    Args:
        document: the document.
        templates: a folder of templates before symproof's own.
        engine: which program to use; ``auto`` takes an installed TeX, else pandoc with Typst, which also steps in where
            the installed TeX fails (a missing package, say).
        time_limit: seconds for the typesetting program.

    Raises:
        MissingPackage: there is no TeX and the Python packages of the extra ``pdf`` are not installed.
        TypesettingError: the program failed; the message holds its first error.
        InputError: a template is missing or malformed.
    """
    tex = find_tex() if engine == "auto" else None if engine == "typst" else engine
    if tex is None:
        return RenderedPdf(typst_pdf(document, templates=templates, time_limit=time_limit), "typst")
    rendered = render_latex(document, templates=templates)
    try:
        return RenderedPdf(tex_pdf(rendered, engine=tex, time_limit=time_limit), tex)
    except TypesettingError as error:
        if engine != "auto":
            raise
        failure = error
    try:
        data = typst_pdf(document, templates=templates, time_limit=time_limit)
    except (MissingPackage, TypesettingError) as second:
        raise failure from second
    return RenderedPdf(data, "typst", f"set by Typst because TeX failed: {failure}")
