"""``symproof list``: results with their trust, all or those that meet some conditions."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import CacheOption, JobsOption, NoCacheOption, check_options
from symproof.cli.checked_library import (
    PathOption,
    check_with_progress,
    open_library,
    same_statement_dicts,
    summary_dict,
)
from symproof.cli.exit_code import ExitCode
from symproof.errors import InputError
from symproof.graph import chapter_of, dependencies
from symproof.kernel.interface import TRUST_LEVELS
from symproof.library import Library
from symproof.library_check import CheckedTheorem
from symproof.result_filter import ResultFilter, select
from symproof.same_statement import same_statements
from symproof.source_place import shown_path

__all__ = ["run"]


def run(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="[WORD]...", help="Each occurs in the id, the title or the prose.")
    ] = None,
    chapter: Annotated[
        list[str] | None, typer.Option(metavar="PREFIX", help="Only this chapter or id; repeatable.")
    ] = None,
    trust: Annotated[
        list[str] | None,
        typer.Option(metavar="LEVEL", help=f"Only this: {', '.join(TRUST_LEVELS)}; repeatable."),
    ] = None,
    uses: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what rests on this result, directly or through others.")
    ] = None,
    used_by: Annotated[
        str | None, typer.Option(metavar="ID", help="Only what this result rests on, directly or through others.")
    ] = None,
    definition: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only what speaks of this notion, in statement or proof.")
    ] = None,
    instance: Annotated[bool, typer.Option("--instance", help="Only what numbers can be put into.")] = False,
    duplicates: Annotated[
        bool, typer.Option("--duplicates", help="Only results that state the same as another one up to names.")
    ] = False,
    path: PathOption = None,
    jobs: JobsOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
) -> Answer:
    """List results with their trust: all of them, or those that meet every condition.

    The trust of a result is the worst level among its own steps and all that it rests on. Exit code 0, also if no
    result meets the conditions.
    """
    for level in trust or ():
        if level not in TRUST_LEVELS:
            raise InputError("no such trust level", "--trust", f"one of {', '.join(TRUST_LEVELS)}", level[:40])
    wanted = ResultFilter(
        tuple(words or ()), tuple(chapter or ()), tuple(trust or ()), uses, used_by, definition, instance
    )
    library = open_library(path)
    checked = check_with_progress(library, None, check_options(path, jobs, cache, no_cache))
    names = select(wanted, library, checked)
    same = same_statements(library.theorems.values())
    if duplicates:
        names = tuple(name for name in names if any(name in (pair.first, pair.second) for pair in same))
    same = tuple(pair for pair in same if pair.first in names or pair.second in names)
    pairs = same_statement_dicts(same, library)
    summary = summary_dict(checked)
    count = len(checked) if len(names) == len(checked) else f"{len(names)} of {len(checked)}"
    lines = [_table([_row(checked[name], library) for name in names]), ""] if names else []
    lines += [str(pair["message"]) for pair in pairs] if duplicates else []
    lines.append(f"{count} results: {summary['summary_line']}" if names else f"none of {len(checked)} results")
    used = dependencies(library.theorems)
    results = [_data(checked[name], library, tuple(sorted(used.predecessors(name)))) for name in names]
    data = {"results": results, "duplicates": pairs, "problems": [p.as_dict() for p in library.problems], **summary}
    return Answer(ExitCode.YES, data, "\n".join(lines))


def _data(checked: CheckedTheorem, library: Library, used_by: tuple[str, ...]) -> dict[str, object]:
    theorem = checked.theorem
    return {
        "id": theorem.id,
        "title": theorem.title,
        "chapter": chapter_of(theorem.id),
        "accepted": checked.accepted,
        "own_accepted": checked.result.accepted,
        "trust": checked.trust,
        "own_trust": checked.own_trust,
        "undecided": checked.undecided or None,
        "refuted_by": checked.refuted_by or None,
        "steps": sum(1 for _ in checked.result.all_steps()),
        "uses": list(theorem.uses()),
        "used_by": list(used_by),
        "instance": "instance" in theorem.extra,
        "origin": str(library.origin(theorem.id)),
        "file": shown_path(library.files[theorem.id]),
        "line": theorem.where.line,
    }


def _row(checked: CheckedTheorem, library: Library) -> tuple[str, ...]:
    theorem, origin = checked.theorem, library.origin(checked.theorem.id)
    remark = "" if checked.result.accepted or checked.refuted_by else " (fails)"
    trust = checked.trust + (" (undecided)" if checked.undecided else remark)
    steps = str(sum(1 for _ in checked.result.all_steps()))
    return theorem.id, trust, steps, theorem.title + (f" [{origin}]" if origin.kind != "library" else "")


def _table(rows: Sequence[tuple[str, ...]]) -> str:
    return _rich_table(rows) if sys.stdout is not None and sys.stdout.isatty() else _plain_table(rows)


_HEAD = ("id", "trust", "steps", "title")


def _plain_table(rows: Sequence[tuple[str, ...]]) -> str:
    widths = [max(len(row[k]) for row in (_HEAD, *rows)) for k in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in (_HEAD, *rows)]
    return "\n".join(line.rstrip() for line in lines)


def _rich_table(rows: Sequence[tuple[str, ...]]) -> str:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, header_style="bold")
    for name in _HEAD:
        table.add_column(name, justify="right" if name == "steps" else "left")
    colours = {"proved": "green", "certified": "cyan", "cited": "magenta", "oracle": "yellow"}
    for ident, trust, steps, title in rows:
        table.add_row(Text(ident), Text(trust, colours.get(trust, "red")), Text(steps), Text(title))
    console = Console(file=io.StringIO(), force_terminal=True, width=shutil.get_terminal_size().columns)
    with console.capture() as captured:
        console.print(table)
    return captured.get().rstrip("\n")
