"""``symproof report``: check results, run instances, write the report as LaTeX, PDF and HTML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import (
    JobsOption,
    StepMemoryOption,
    StepTimeOption,
    check_options,
)
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress
from symproof.errors import InputError

__all__ = ["run"]

FORMATS = ("tex", "pdf", "html", "svg")


def run(
    ids: Annotated[list[str] | None, typer.Argument(help="Results to report on (default: all).")] = None,
    output: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("build"),
    formats: Annotated[str, typer.Option("--format", help="Any of tex,pdf,html,svg.")] = ",".join(FORMATS),
    instance: Annotated[list[Path] | None, typer.Option(help="An instance file to include; repeatable.")] = None,
    path: Annotated[list[Path] | None, typer.Option(help="Further theorem modules; repeatable.")] = None,
    templates: Annotated[Path | None, typer.Option(help="A folder of templates before symproof's own.")] = None,
    title: Annotated[str, typer.Option(help="The title.")] = "Checked derivations",
    jobs: JobsOption = None,
    step_time: StepTimeOption = None,
    step_memory: StepMemoryOption = None,
) -> Answer:
    """Write a report on checked results: report.tex, report.pdf, report.html and graph.svg.

    All results are checked anew, without the cache: a report says that its steps were checked when it was written.
    Exit code 0 if every result on the report is accepted, or a claim that is shown as refuted, and every instance is
    certified; 1 if one is not (the report is written all the same and says so), 3 if an instance is undecided.
    """
    wanted = _formats(formats)
    from symproof.cli.checked_library import check_with_progress, open_library
    from symproof.library_check import failures
    from symproof.report.report_run import instance_sections, needed_by, write_files

    options = check_options(path, jobs, None, True, step_time, step_memory)
    library = open_library(path)
    names = [*ids, *needed_by(instance or (), library)] if ids else None
    checked = check_with_progress(library, names, options)
    with show_progress("instances", total=len(instance or ())) as advance:
        sections, verdicts = instance_sections(instance or (), library, checked, advance)
    with show_progress("writing", total=len(wanted)) as advance:
        files, notes = write_files(checked, sections, output, wanted, templates, title, advance)
    failed = sorted(failures(checked))
    refuted = sorted(name for name, c in checked.items() if c.refuted_by)
    return _answer(files, notes, failed, refuted, verdicts, len(checked))


def _formats(text: str) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise InputError("no such format", "--format", "any of " + ",".join(FORMATS), ",".join(unknown) or "nothing")
    return wanted


def _answer(
    files: list[Path], notes: list[str], failed: list[str], refuted: list[str], verdicts: dict[str, str], count: int
) -> Answer:
    code = ExitCode.YES
    if "undecided" in verdicts.values():
        code = ExitCode.UNDECIDED
    if failed or "not_applicable" in verdicts.values():
        code = ExitCode.NO
    standing = count - len(failed) - len(refuted)
    lines = [f"{count} results, {standing} accepted" + (f", refuted: {', '.join(refuted)}" if refuted else "")]
    lines += [f"not accepted: {name}" for name in failed]
    lines += [f"{name}: {verdict}" for name, verdict in verdicts.items()]
    lines += [f"wrote {file}" for file in files] + notes
    data = {
        "files": [str(file) for file in files],
        "results": count,
        "not_accepted": failed,
        "refuted": refuted,
        "instances": verdicts,
        "notes": notes,
    }
    return Answer(code, data, "\n".join(lines))
