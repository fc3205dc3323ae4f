"""``symproof report``: check results, run instances, write the report as LaTeX, PDF and HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import (
    JobsOption,
    StepMemoryOption,
    StepTimeOption,
    check_options,
)
from symproof.cli.coq_options import CoqFolderOption, CoqOption
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress
from symproof.errors import InputError

if TYPE_CHECKING:
    from symproof.report.coq_coverage import CoqCoverage

__all__ = ["run"]

FORMATS = ("tex", "pdf", "html", "svg")


def run(
    ids: Annotated[list[str] | None, typer.Argument(help="Results to report on (default: all).")] = None,
    output: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("build"),
    formats: Annotated[str, typer.Option("--format", help="Any of tex,pdf,html,svg.")] = ",".join(FORMATS),
    chapter: Annotated[
        list[str] | None, typer.Option(metavar="NAME", help="Set this chapter in full, no other; repeatable.")
    ] = None,
    by_chapter: Annotated[
        bool, typer.Option("--by-chapter", help="A file for each chapter, and the report in short in report.*.")
    ] = False,
    instance: Annotated[
        list[Path] | None, typer.Option(help="An instance file to include, with its theorem; repeatable.")
    ] = None,
    atlas: Annotated[bool, typer.Option("--atlas", help="Add the atlas of activations, see symproof atlas.")] = False,
    coq: CoqOption = False,
    coq_folder: CoqFolderOption = None,
    path: Annotated[list[Path] | None, typer.Option(help="Further theorem modules; repeatable.")] = None,
    templates: Annotated[Path | None, typer.Option(help="A folder of templates before symproof's own.")] = None,
    title: Annotated[str, typer.Option(help="The title.")] = "Checked derivations",
    jobs: JobsOption = None,
    step_time: StepTimeOption = None,
    step_memory: StepMemoryOption = None,
) -> Answer:
    """Write a report on checked results: report.tex, report.pdf, report.html and graph.svg.

    With --atlas a chapter shows which activations have spurious local minima, by which theorem, with numbers.
    By default everything stands in one report, in short first and then chapter by chapter. With --chapter only those
    chapters are set in full; of other chapters what they rest on is checked and listed. With --by-chapter report.* has
    the short part, and each chapter a file of its own such as chapter-relu_like.pdf, with the same numbers.

    With --coq each statement that a rule accepted is put to Coq as a lemma (see symproof export coq): beside each step
    stands how many Coq confirms, and a section has the numbers by rule and what is left by name. For the whole library
    that takes some ten minutes; --coq-folder takes the outcome of an earlier run instead, of the lemmas that are still
    the same, and the report says so. No verdict and no exit code depends on it.

    All results are checked anew, without the cache: a report says that its steps were checked when it was written.
    Exit code 0 if every result on the report is accepted, or a claim that is shown as refuted, and every instance is
    certified; 1 if one is not, 3 if all that is missing is undecided: a result that ran into --step-time or
    --step-memory, what rests on it, an instance. The report is written all the same and says so.
    """
    wanted = _formats(formats)
    if bool(ids) + bool(chapter) + by_chapter > 1:
        raise InputError(
            "one choice at a time", "report", "results by ID, --chapter or --by-chapter", "several of them"
        )
    from symproof.cli.atlas import atlas_with_progress
    from symproof.cli.checked_library import chapter_members, check_with_progress, open_library
    from symproof.cli.export_coq import coq_coverage, coq_outcome
    from symproof.engine.atlas import ROW_LIMITS
    from symproof.engine.atlas_part import theorems_of_the_atlas
    from symproof.graph import chapter_of
    from symproof.instances.atlas_activations import chosen_activations
    from symproof.library_check import failures
    from symproof.report.atlas_section import atlas_sections
    from symproof.report.report_run import file_count, instance_sections, needed_by, write_files

    outcome = coq_outcome(coq, coq_folder)
    options = check_options(path, jobs, None, True, step_time, step_memory)
    library = open_library(path)
    named = ids or [name for each in chapter or () for name in chapter_members(library.theorems, each)]
    of_atlas = theorems_of_the_atlas(library) if atlas else ()
    wanted_results = [*named, *needed_by(instance or (), library), *of_atlas] if named else None
    checked = check_with_progress(library, wanted_results, options)
    coverage = coq_coverage(library, checked, coq, outcome)
    with show_progress("instances", total=len(instance or ())) as advance:
        sections, verdicts = instance_sections(instance or (), library, checked, advance)
    missing: list[str] = []
    if atlas:
        chosen = chosen_activations()
        rows, pictures, missing = atlas_with_progress(chosen, library, checked, jobs, ROW_LIMITS, plots=True)
        sections += atlas_sections(rows, pictures)
        verdicts |= {f"atlas: {row.title}": row.applies if row.decided else "undecided" for row in rows}
    with show_progress("writing", total=file_count(checked, wanted, by_chapter)) as advance:
        parts = sorted({chapter_of(name) for name in named}) if chapter else ()
        files, notes = write_files(
            checked, sections, output, wanted, templates, title, advance,
            chapters=parts, by_chapter=by_chapter, coverage=coverage,
        )  # fmt: skip
    notes += missing
    failing = sorted(failures(checked))
    failed = [name for name in failing if not checked[name].undecided]
    undecided = [name for name in failing if checked[name].undecided]
    refuted = sorted(name for name, c in checked.items() if c.refuted_by)
    return _answer(files, notes, failed, undecided, refuted, verdicts, len(checked), coverage)


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise InputError("no such format", "--format", "any of " + ",".join(FORMATS), ",".join(unknown) or "nothing")
    return wanted


def _answer(
    files: list[Path],
    notes: list[str],
    failed: list[str],
    undecided: list[str],
    refuted: list[str],
    verdicts: dict[str, str],
    count: int,
    coverage: CoqCoverage | None,
) -> Answer:
    code = ExitCode.YES
    if undecided or "undecided" in verdicts.values():
        code = ExitCode.UNDECIDED
    if failed or "not_applicable" in verdicts.values():
        code = ExitCode.NO
    standing = count - len(failed) - len(undecided) - len(refuted)
    lines = [f"{count} results, {standing} accepted" + (f", refuted: {', '.join(refuted)}" if refuted else "")]
    lines += [f"not accepted: {name}" for name in failed] + [f"undecided: {name}" for name in undecided]
    lines += [f"{name}: {verdict}" for name, verdict in verdicts.items()]
    lines += coverage.lines() if coverage is not None else []
    lines += [f"wrote {file}" for file in files] + notes
    data = {
        "files": [str(file) for file in files],
        "results": count,
        "not_accepted": failed,
        "undecided": undecided,
        "refuted": refuted,
        "instances": verdicts,
        "notes": notes,
        "coq": coverage.as_dict() if coverage is not None else None,
    }
    return Answer(code, data, "\n".join(lines))
