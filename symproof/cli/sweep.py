"""``symproof sweep``: many instances of one theorem, resumable after a kill."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import CacheOption, NoCacheOption, check_options, warn_if_not_enforced
from symproof.cli.exit_code import ExitCode
from symproof.cli.progress import show_progress
from symproof.engine.limits import Limits
from symproof.engine.sweep import STATUSES, SweepOptions, run_sweep
from symproof.engine.sweep_file import load_sweep

__all__ = ["run"]


def run(
    file: Annotated[Path, typer.Argument(metavar="FILE.toml", help="theorem, [parameters], [grid], [[instance]].")],
    output: Annotated[
        Path | None, typer.Option(help="The table without its suffix; FILE.results in this folder by default.")
    ] = None,
    jobs: Annotated[int | None, typer.Option(metavar="N", help="Processes; as many as processors by default.")] = None,
    dask: Annotated[str | None, typer.Option(metavar="ADDRESS", help="A Dask scheduler: tcp://HOST:PORT.")] = None,
    row_time: Annotated[float | None, typer.Option(metavar="SECONDS", help="For one row; no limit by default.")] = None,
    row_memory: Annotated[int | None, typer.Option(metavar="MB", help="For one row; no limit by default.")] = None,
    path: Annotated[list[str] | None, typer.Option(help="A theorem module or a folder of them; repeatable.")] = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
) -> Answer:
    """Run many instances of one theorem; write a table (.csv, .json) and a journal from which a killed sweep goes on.

    Exit code 0: every row is certified; 1: a hypothesis of some row does not hold; 2: the file is bad, or some row has
    bad input; 3: some row is undecided, ran into a limit or failed. A row never stops the others.
    """
    sweep = load_sweep(file)
    where = output if output is not None else Path(f"{file.stem}.results")
    if row_memory is not None:
        warn_if_not_enforced("--row-memory")
    kept = check_options((), cache=cache, no_cache=no_cache).cache
    folder = str(kept.folder.resolve()) if kept is not None else ""
    options = SweepOptions(where, jobs, Limits(row_time, row_memory), dask, tuple(path or ()), folder)
    with show_progress("sweep", total=len(sweep.rows)) as advance:
        rows = run_sweep(sweep, options, advance)
    counts = Counter(str(row["status"]) for row in rows)
    lines = [f"row {row['row']}: {row['status']}: {row['reason']}" for row in rows if row["status"] != "certified"]
    lines.append(f"{len(rows)} rows: " + ", ".join(f"{counts[s]} {s}" for s in STATUSES if counts[s]))
    lines.append(f"wrote {where}.csv, {where}.json")
    data = {"rows": rows, "counts": {s: counts[s] for s in STATUSES}, "files": [f"{where}.csv", f"{where}.json"]}
    return Answer(_exit_code(counts), data, "\n".join(lines))


def _exit_code(counts: Counter[str]) -> ExitCode:
    if counts["bad_input"]:
        return ExitCode.BAD_INPUT
    if counts["undecided"] or counts["failed"]:
        return ExitCode.UNDECIDED
    return ExitCode.NO if counts["not_applicable"] else ExitCode.YES
