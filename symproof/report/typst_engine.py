"""PDF without TeX: LaTeX through pandoc to Typst, both installed by pip."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from symproof.report.document import Document
from symproof.report.latex_renderer import RenderedLatex, render_latex
from symproof.report.missing_package import MissingPackage, optional_import
from symproof.report.template_engine import LatexSource, latex_engine, render_template
from symproof.report.tex_engine import TypesettingError, run_limited
from symproof.report.trust_style import TRUST_ORDER, TRUST_STYLES, VERDICT_STYLES
from symproof.report.typst_text import typst_string
from symproof.resources import templates_dir

__all__ = ["render_typst", "typst_pdf"]

_FILTER = "typst/blocks.lua"
_PURPOSE = "PDF without an installed TeX"


def render_typst(document: Document, *, templates: Path | None = None, time_limit: float = 60.0) -> RenderedLatex:
    """Render a document as Typst source with its pictures.

    Args:
        document: the document.
        templates: a folder whose ``latex/*.tex`` and ``typst/document.typ`` replace symproof's.
        time_limit: seconds for pandoc.

    Raises:
        MissingPackage: pandoc is not installed.
        TypesettingError: pandoc failed or took too long.
        InputError: a template is missing or malformed.
    """
    rendered = render_latex(document, templates=templates, pandoc=True)
    body = _through_pandoc(rendered.source, time_limit)
    names = {
        "filter_typst_string": lambda text: LatexSource(typst_string(text)),
        "trust": TRUST_STYLES,
        "trust_order": TRUST_ORDER,
        "verdict": VERDICT_STYLES,
    }
    engine = latex_engine(str, names, templates)
    source = render_template(engine, "typst/document.typ", {"document": document, "body": LatexSource(body)})
    return RenderedLatex(source, rendered.files)


def typst_pdf(document: Document, *, templates: Path | None = None, time_limit: float = 60.0) -> bytes:
    """Set a document through pandoc and Typst.

    Args:
        document: the document.
        templates: a folder of templates before symproof's own.
        time_limit: seconds for pandoc.

    Returns:
        The PDF; the same document gives the same bytes.

    Raises:
        MissingPackage: pandoc or Typst is not installed.
        TypesettingError: pandoc or Typst failed.
        InputError: a template is missing or malformed.
    """
    typst = optional_import("typst", extra="pdf", purpose=_PURPOSE)
    rendered = render_typst(document, templates=templates, time_limit=time_limit)
    with tempfile.TemporaryDirectory(prefix="symproof-typst-") as folder:
        source = Path(folder) / "document.typ"
        source.write_text(rendered.source, encoding="utf-8", newline="\n")
        for name, data in rendered.files.items():
            (Path(folder) / name).write_bytes(data)
        try:
            result = typst.compile(str(source), root=folder, ignore_system_fonts=True, timestamp=0)
        except typst.TypstError as error:
            raise TypesettingError(f"Typst failed: {error}") from error
    return bytes(result)


def _through_pandoc(source: str, time_limit: float) -> str:
    command = [
        _pandoc(),
        "--from=latex",
        "--to=typst",
        "--wrap=none",
        "--sandbox",
        f"--lua-filter={templates_dir() / _FILTER}",
    ]
    with tempfile.TemporaryDirectory(prefix="symproof-pandoc-") as folder:
        code, output, errors = run_limited(
            command, directory=Path(folder), time_limit=time_limit, stdin=source.encode()
        )
    if code != 0:
        raise TypesettingError(f"pandoc failed: {errors.strip()[:500]}")
    return output


def _pandoc() -> str:
    """The pandoc that pip installed, else the one on the path."""
    try:
        return str(optional_import("pypandoc", extra="pdf", purpose=_PURPOSE).get_pandoc_path())
    except (MissingPackage, OSError):
        found = shutil.which("pandoc")
        if found is None:
            raise
        return found
