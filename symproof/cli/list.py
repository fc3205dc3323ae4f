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
from symproof.cli.checked_library import PathOption, checked_index, same_statement_dicts, summary_of
from symproof.cli.exit_code import ExitCode
from symproof.engine.library_index import LibraryIndex
from symproof.errors import InputError
from symproof.judged_result import chapter_of
from symproof.kernel.interface import TRUST_LEVELS
from symproof.result_filter import ResultFilter, select
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
    found = checked_index(check_options(path, jobs, cache, no_cache))
    index = found.index
    names = select(wanted, index)
    if duplicates:
        names = tuple(name for name in names if any(name in (pair.first, pair.second) for pair in index.same))
    pairs = same_statement_dicts(index, names)
    summary = summary_of(index.summary)
    all_of_them = len(index.results)
    count = all_of_them if len(names) == all_of_them else f"{len(names)} of {all_of_them}"
    lines = [_table([_row(index, name) for name in names]), ""] if names else []
    lines += [str(pair["message"]) for pair in pairs] if duplicates else []
    lines.append(f"{count} results: {summary['summary_line']}" if names else f"none of {all_of_them} results")
    results = [_data(index, name) for name in names]
    data = {"results": results, "duplicates": pairs, "problems": list(found.problems), **summary}
    return Answer(ExitCode.YES, data, "\n".join(lines))


def _data(index: LibraryIndex, name: str) -> dict[str, object]:
    result, judged = index.results[name], index.judged[name]
    return {
        "id": name,
        "title": judged.node.title,
        "chapter": chapter_of(name),
        "accepted": judged.accepted,
        "own_accepted": judged.node.accepted,
        "trust": judged.trust,
        "own_trust": judged.own_trust,
        "undecided": judged.undecided or None,
        "refuted_by": judged.refuted_by or None,
        "steps": result.steps,
        "uses": list(judged.node.uses),
        "used_by": list(index.used_by[name]),
        "instance": result.has_instance,
        "origin": " ".join(part for part in result.origin if part),
        "file": shown_path(result.file),
        "line": result.line,
    }


def _row(index: LibraryIndex, name: str) -> tuple[str, ...]:
    result, judged = index.results[name], index.judged[name]
    kind, _ = result.origin
    remark = "" if judged.node.accepted or judged.refuted_by else " (fails)"
    trust = judged.trust + (" (undecided)" if judged.undecided else remark)
    origin = " ".join(part for part in result.origin if part)
    return name, trust, str(result.steps), judged.node.title + (f" [{origin}]" if kind != "library" else "")


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
