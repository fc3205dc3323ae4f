"""The atlas as files: the chapter on its own in HTML, TeX and PDF, and each figure as SVG."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from symproof.engine.atlas_row import AtlasRow
from symproof.report.atlas_section import PLANE, TITLE, atlas_sections
from symproof.report.atomic_write import write_atomically
from symproof.report.document import Document, Picture
from symproof.report.missing_package import MissingPackage
from symproof.report.number_format import with_exact_numbers
from symproof.report.report_files import write_report
from symproof.report.tex_engine import TypesettingError

__all__ = ["write_atlas"]


def write_atlas(
    rows: Sequence[AtlasRow], pictures: Mapping[str, Picture], folder: Path
) -> tuple[list[Path], list[str]]:
    """Write atlas.html, atlas.tex with its figures, atlas.pdf and a folder ``figures``, the same bytes each time.

    Args:
        rows: the rows.
        pictures: see ``atlas_pictures``; empty for no figures.
        folder: where to write; made if it is not there.

    Returns:
        The files, and notes for the user: why there is no PDF, for example.

    Raises:
        InputError: a file cannot be written.
    """
    document = with_exact_numbers(Document(TITLE, atlas_sections(rows, pictures)))
    files: list[Path] = []
    notes: list[str] = []
    for suffix in (".html", ".tex", ".pdf"):
        try:
            written, note = write_report(document, folder / f"atlas{suffix}")
        except (MissingPackage, TypesettingError) as problem:
            if suffix != ".pdf":
                raise
            notes.append(f"no atlas.pdf: {problem}")
            continue
        files += written
        notes += [note] if note else []
    for name, key in _figure_names(rows, pictures).items():
        path = folder / "figures" / f"{name}.svg"
        write_atomically(path, pictures[key].svg)
        files.append(path)
    return files, notes


def _figure_names(rows: Sequence[AtlasRow], pictures: Mapping[str, Picture]) -> dict[str, str]:
    """File names without their suffix, with the keys of the pictures; an expression becomes a short name of its own."""
    found = {"plane": PLANE} if PLANE in pictures else {}
    for row in rows:
        plain = re.sub(r"[^a-z0-9]+", "-", row.title.casefold()).strip("-")[:40] or "activation"
        names = (plain, *(f"{plain}-{count}" for count in range(2, len(rows) + 3)))
        if row.text in pictures:
            found[next(name for name in names if name not in found)] = row.text
    return found
