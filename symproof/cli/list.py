"""``symproof list``: all results with their trust."""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Sequence

from symproof.cli.answer import Answer
from symproof.cli.checked_library import PathOption, check_with_progress, summary_dict
from symproof.cli.exit_code import ExitCode
from symproof.library import load_library
from symproof.source_place import shown_path

__all__ = ["run"]


def run(path: PathOption = None) -> Answer:
    """List all results with their trust.

    The trust of a result is the worst level among its own steps and all that it rests on. Exit code 0.
    """
    library = load_library(path or ())
    checked = check_with_progress(library)
    results: list[dict[str, object]] = []
    for name in library.theorems:
        each = checked[name]
        results.append(
            {
                "id": name,
                "title": each.theorem.title,
                "accepted": each.accepted,
                "own_accepted": each.result.accepted,
                "trust": each.trust,
                "own_trust": each.own_trust,
                "steps": sum(1 for _ in each.result.all_steps()),
                "file": shown_path(library.files[name]),
                "line": each.theorem.where.line,
            }
        )
    rows = [(str(r["id"]), _trust_word(r), str(r["steps"]), str(r["title"])) for r in results]
    summary = summary_dict(checked)
    table = _rich_table(rows) if sys.stdout is not None and sys.stdout.isatty() else _plain_table(rows)
    text = f"{table}\n\n{len(results)} results: {summary['summary_line']}"
    return Answer(ExitCode.YES, {"results": results, **summary}, text)


def _trust_word(result: dict[str, object]) -> str:
    return str(result["trust"]) if result["own_accepted"] else f"{result['trust']} (fails)"


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
