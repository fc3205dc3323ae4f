"""Making a report: instances become sections, the document becomes files."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from symproof.errors import InputError
from symproof.graph import dependency_graph
from symproof.graph_drawing import draw_svg
from symproof.instances.deep_linear_gap import GapBound
from symproof.instances.deep_linear_loss_point import LossPoint
from symproof.instances.deep_linear_narrow import NarrowMinimum
from symproof.instances.deep_linear_point import DeepLinearPoint
from symproof.instances.instance_file import load_instance_file
from symproof.instances.instance_run import offer_of, run_instance
from symproof.instances.offer import InstanceReport
from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.library import Library
from symproof.library_check import CheckedTheorem, standing
from symproof.report.atomic_write import write_atomically
from symproof.report.coq_coverage import CoqCoverage
from symproof.report.deep_linear_section import deep_linear_sections, layer_blocks
from symproof.report.document import Block, Document, Section, paragraph
from symproof.report.instance_section import instance_blocks
from symproof.report.library_report import (
    chapter_file,
    chapter_names,
    chapter_title,
    library_document,
    overview_document,
    reading_order,
)
from symproof.report.narrow_section import narrow_sections
from symproof.report.number_format import with_exact_numbers
from symproof.report.relu_like_section import relu_like_blocks
from symproof.report.report_files import write_report
from symproof.report.step_values import StepValues
from symproof.report.theorem_blocks import Numbers, proof_block

__all__ = ["file_count", "instance_sections", "needed_by", "write_files"]

SMALL = 20
"""Up to so many samples the lemmas are shown with numbers too, not the main proof alone."""

Advance = Callable[[str], None]


def needed_by(files: Sequence[Path], library: Library) -> list[str]:
    """The theorems of instances, and the results by which instances decide their hypotheses."""
    requests = [load_instance_file(file) for file in files]
    theorems = library.require([request.theorem for request in requests])
    found = [name for request in requests for name in offer_of(request, library.theorems).rests_on]
    return list(dict.fromkeys((*theorems, *found)))


def instance_sections(
    files: Sequence[Path], library: Library, checked: Mapping[str, CheckedTheorem], advance: Advance
) -> tuple[list[Section], dict[str, str]]:
    """Run instance files; a section for each, and the verdicts by file name.

    Args:
        files: the instance files.
        library: where the theorems are.
        checked: the results that were checked in this run; must hold the theorems that the files name.
        advance: called with the name of each instance that is done.

    Raises:
        InputError: a file is bad, or its theorem is not among the checked results.
    """
    sections, verdicts = [], {}
    detailed = False
    for file in files:
        request = load_instance_file(file)
        library.require([request.theorem])
        offer = offer_of(request, library.theorems)
        names = (request.theorem, *offer.rests_on)
        missing = [name for name in names if name not in checked]
        if missing:
            raise InputError(f"the report does not hold {missing[0]}", str(file), "a result of the report")
        trust, accepted = standing(checked, names)
        results = {name: c.result for name, c in checked.items()}
        report = run_instance(request, offer, results, trust, accepted)
        small = not detailed and _is_small(report) and bool(report.steps)
        sections += _sections(
            report, checked, file.stem, (*(offer.proofs or (report.applied,)), *(offer.lemmas if small else ()))
        )
        detailed = detailed or small
        verdicts[file.stem] = report.verdict
        advance(file.stem)
    return sections, verdicts


def _is_small(report: InstanceReport) -> bool:
    """Whether there are few samples; an instance without samples is small."""
    samples = report.data.get("samples", 0)
    return isinstance(samples, int) and samples <= SMALL


def _sections(
    report: InstanceReport, checked: Mapping[str, CheckedTheorem], name: str, proofs: Sequence[str]
) -> list[Section]:
    """What was put in and what came out, then the proofs with numbers."""
    title = f"Instance: {name.replace('_', ' ')}"
    sections = _first_sections(report, title, name)
    if not report.steps:
        return sections
    counts = report.counts()
    words = paragraph(
        f"Of {counts['steps']} steps (those of applied results included) {counts['true']} were evaluated and are true "
        f"on these numbers. {_about_balls(counts)}"
        f"The other {counts['not_evaluated']} are statements about all parameters or not reached "
        "by these numbers: a case that does not apply, an assumption made for a contradiction."
    )
    notations = {key: c.theorem.notation for key, c in checked.items()}
    values = StepValues(report.steps, notations)
    numbers = Numbers({key: str(k) for k, key in enumerate(reading_order(checked), 1)})
    blocks: list[Block] = [words]
    for theorem_id in proofs:
        c = checked[theorem_id]
        blocks.append(
            paragraph("The proof of ", numbers.reference(theorem_id), " with the numbers beside the symbols:")
        )
        blocks.append(proof_block(c.theorem, c.result.steps, numbers, values, prefix=f"{name}:{theorem_id}"))
    sections.append(Section("The steps on the numbers", tuple(blocks), level=2, anchor=f"steps:{name}"))
    return sections


def _about_balls(counts: Mapping[str, int]) -> str:
    """What is said only of numbers that are not rational."""
    words = ""
    if counts["agrees"]:
        words += (
            f"{counts['agrees']} are equations (or bounds that are attained) between numbers that are not rational: "
            "both sides agree within the radius of the balls that hold them, which is no proof that they are equal. An "
            "inequality holds where the balls are disjoint. "
        )
    if counts["undecided"]:
        words += f"{counts['undecided']} are undecided: their balls overlap at the highest precision. "
    return words


def _first_sections(report: InstanceReport, title: str, name: str) -> list[Section]:
    """The specialised sections where there are some, else the general one."""
    if isinstance(report.numbers, DeepLinearPoint):
        return list(deep_linear_sections(report.numbers, report, title, name))
    if isinstance(report.numbers, NarrowMinimum):
        return list(narrow_sections(report.numbers, report, title, name))
    special = isinstance(report.numbers, ReluLikeInstance)
    blocks = relu_like_blocks(report.numbers, report.verdict) if special else instance_blocks(report)
    sections = [Section(title, blocks, anchor=f"instance:{name}")]
    if isinstance(report.numbers, LossPoint | GapBound):
        left = report.numbers.escape if isinstance(report.numbers, LossPoint) else None
        bound = isinstance(report.numbers, GapBound)
        layers = layer_blocks(report.numbers.network, None if left is None else left.place.layer, bound)
        sections.append(Section("The layers and the ranks of their products", layers, 2, f"ranks:{name}"))
    return sections


def write_files(
    checked: Mapping[str, CheckedTheorem],
    sections: Sequence[Section],
    folder: Path,
    formats: Sequence[str],
    templates: Path | None,
    title: str,
    advance: Advance,
    *,
    chapters: Sequence[str] = (),
    by_chapter: bool = False,
    coverage: CoqCoverage | None = None,
) -> tuple[list[Path], list[str]]:
    """Write the report in each format.

    Args:
        checked: the results, checked in this run.
        sections: the sections of instances.
        folder: where to write; made if it is not there.
        formats: any of tex, pdf, html, svg.
        templates: a folder of templates before symproof's own.
        title: the title of the report.
        advance: called with the name of each file that is done; :func:`file_count` says how many come.
        chapters: set these chapters in full and no others; all if there are none.
        by_chapter: write a file for each chapter, and the report in short.
        coverage: what Coq confirms of the results.

    Returns:
        The files written, and notes for the user (for example which program made the PDF).
    """
    folder.mkdir(parents=True, exist_ok=True)
    files: list[Path] = []
    notes: dict[str, None] = {}
    for stem, document in _documents(checked, sections, title, chapters, by_chapter, coverage):
        for suffix in formats:
            if suffix == "svg":
                continue
            written, note = write_report(document, folder / f"{stem}.{suffix}", templates=templates)
            files += written
            notes |= {note: None} if note else {}
            advance(f"{stem}.{suffix}")
    if "svg" in formats:
        graph = dependency_graph({name: c.result for name, c in checked.items()})
        write_atomically(folder / "graph.svg", draw_svg(graph))
        files.append(folder / "graph.svg")
        advance("graph.svg")
    return files, list(notes)


def file_count(checked: Mapping[str, CheckedTheorem], formats: Sequence[str], by_chapter: bool) -> int:
    """How many files :func:`write_files` writes; pictures of a TeX file do not count."""
    documents = 1 + (len(chapter_names(checked)) if by_chapter else 0)
    return documents * len([suffix for suffix in formats if suffix != "svg"]) + ("svg" in formats)


def _documents(
    checked: Mapping[str, CheckedTheorem],
    sections: Sequence[Section],
    title: str,
    chapters: Sequence[str],
    by_chapter: bool,
    coverage: CoqCoverage | None,
) -> Iterator[tuple[str, Document]]:
    """The documents with the names of their files, without suffixes."""
    if not by_chapter:
        shown = tuple(chapters) or None
        document = library_document(checked, sections, title=title, chapters=shown, coverage=coverage)
        yield "report", with_exact_numbers(document)
        return
    yield "report", with_exact_numbers(overview_document(checked, sections, title=title, coverage=coverage))
    for chapter in chapter_names(checked):
        document = library_document(
            checked, title=title, subtitle=chapter_title(chapter), chapters=(chapter,), coverage=coverage
        )
        yield chapter_file(chapter), document
