"""Making a report: instances become sections, the document becomes files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from symproof.graph import dependency_graph
from symproof.graph_drawing import draw_svg
from symproof.library_check import CheckedTheorem
from symproof.report.atomic_write import write_atomically
from symproof.report.document import Section
from symproof.report.library_report import library_document
from symproof.report.number_format import with_exact_numbers
from symproof.report.report_files import write_report

__all__ = ["write_files"]

Advance = Callable[[str], None]


def write_files(
    checked: Mapping[str, CheckedTheorem],
    sections: Sequence[Section],
    folder: Path,
    formats: Sequence[str],
    templates: Path | None,
    title: str,
    advance: Advance,
) -> tuple[list[Path], list[str]]:
    """Write the report in each format.

    Args:
        checked: the results, checked in this run.
        sections: the sections of instances.
        folder: where to write; made if it is not there.
        formats: any of tex, pdf, html, svg.
        templates: a folder of templates before symproof's own.
        title: the title of the report.
        advance: called with the name of each file that is done.

    Returns:
        The files written, and notes for the user (for example which program made the PDF).
    """
    folder.mkdir(parents=True, exist_ok=True)
    document = with_exact_numbers(library_document(checked, sections, title=title))
    files: list[Path] = []
    notes: list[str] = []
    for suffix in formats:
        if suffix == "svg":
            graph = dependency_graph({name: c.result for name, c in checked.items()})
            target = folder / "graph.svg"
            write_atomically(target, draw_svg(graph))
            files.append(target)
        else:
            written, note = write_report(document, folder / f"report.{suffix}", templates=templates)
            files += written
            notes += [note] if note else []
        advance(suffix)
    return files, notes
