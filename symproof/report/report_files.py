"""A document as files: the suffix says which format, every file appears whole or not at all."""

from __future__ import annotations

import re
from pathlib import Path

from symproof.errors import InputError
from symproof.report.atomic_write import write_atomically
from symproof.report.document import Document
from symproof.report.html_renderer import render_html
from symproof.report.latex_renderer import render_latex
from symproof.report.pdf import PdfEngine, render_pdf

__all__ = ["REPORT_SUFFIXES", "write_report"]

REPORT_SUFFIXES = (".html", ".pdf", ".tex")
"""The formats of :func:`write_report`."""


def write_report(
    document: Document, path: Path, *, templates: Path | None = None, engine: PdfEngine = "auto"
) -> tuple[tuple[Path, ...], str]:
    """Write a document in the format that the suffix of ``path`` names.

    Args:
        document: the document.
        path: the file; ends in ``.tex``, ``.pdf`` or ``.html``.
        templates: a folder of templates before symproof's own.
        engine: which program makes the PDF.

    Returns:
        The files written (a ``.tex`` comes with its pictures) and a note for the user, mostly empty.

    Raises:
        InputError: the suffix is unknown, a file cannot be written or a template is bad.
        MissingPackage: a package of an extra is not installed.
        TypesettingError: no PDF could be made.
    """
    suffix = path.suffix.lower()
    if suffix == ".tex":
        return _write_latex(document, path, templates), ""
    if suffix == ".html":
        write_atomically(path, render_html(document, templates=templates))
        return (path,), ""
    if suffix == ".pdf":
        rendered = render_pdf(document, templates=templates, engine=engine)
        write_atomically(path, rendered.data)
        return (path,), rendered.note
    raise InputError(
        what="the format of the report is not known",
        where=str(path),
        expected=f"a file name that ends in {', '.join(REPORT_SUFFIXES)}",
        found=path.suffix or "no suffix",
    )


def _write_latex(document: Document, path: Path, templates: Path | None) -> tuple[Path, ...]:
    stem = re.sub(r"[^A-Za-z0-9-]+", "-", path.stem).strip("-") or "report"
    rendered = render_latex(document, templates=templates, picture_stem=f"{stem}-figure")
    pictures = {path.with_name(name): data for name, data in rendered.files.items()}
    for picture, data in pictures.items():
        write_atomically(picture, data)
    write_atomically(path, rendered.source)
    return (path, *pictures)
