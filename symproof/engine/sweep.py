"""Sweeps: many instances, in processes here or on a Dask cluster, with a journal from which a killed sweep goes on.

A row is done once it stands in the journal: one line with a checksum, under the hash of all that the row depends on
(theorem and proof with all below, the modules beside it, parameters, bytes of the files they name, limits, code and
versions). A sweep that is started again takes what is done from there. The journal is a record on this machine: it is
believed like a table of results, no more.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from symproof.engine.content_hash import hash_of
from symproof.engine.content_key import content_keys, instance_code
from symproof.engine.limits import NO_LIMITS, Limits
from symproof.engine.sweep_file import Sweep
from symproof.engine.sweep_row import checked_once, row_answer
from symproof.engine.whole_file import write_whole
from symproof.engine.worker_pool import Outcome, run_all
from symproof.errors import InputError
from symproof.library import load_library

__all__ = ["STATUSES", "SweepOptions", "run_sweep", "table_csv"]

STATUSES = ("certified", "not_applicable", "undecided", "bad_input", "failed")
"""What a row may be; a row that ran into a limit is undecided, one whose process died failed."""
_KEPT = frozenset({"certified", "not_applicable", "undecided"})
_SECONDS_BETWEEN_TABLES = 2.0

Row = dict[str, Any]


@dataclass(frozen=True)
class SweepOptions:
    """How a sweep runs.

    Attributes:
        output: the table without its suffix; ``.csv``, ``.json`` and ``.journal`` are added.
        jobs: processes here; as many as processors if None.
        limits: for each row; only for processes here.
        dask: the address of a Dask scheduler; None for processes here.
        paths: modules of the user's.
        cache: the folder where accepted checks of theorems are kept; empty for no cache.
    """

    output: Path
    jobs: int | None = None
    limits: Limits = NO_LIMITS
    dask: str | None = None
    paths: tuple[str, ...] = ()
    cache: str = ""

    def __post_init__(self) -> None:
        if self.jobs is not None and self.jobs < 1:
            raise InputError("not a number of processes", "--jobs", "1 or more", str(self.jobs))
        if self.dask is not None and (self.jobs is not None or self.limits != NO_LIMITS):
            hint = "Set them where the cluster is started."
            raise InputError(
                "a Dask cluster has its own processes and limits", "--dask", "no --jobs, no limits", hint=hint
            )


def run_sweep(sweep: Sweep, options: SweepOptions, progress: Callable[[str], None] = lambda _: None) -> list[Row]:
    """Run all rows that are not done yet, and write the table as it grows.

    Args:
        sweep: the rows.
        options: where and how.
        progress: called with the name of each row once it is done.

    Returns:
        One row for each of the sweep, in its order: ``row``, ``theorem``, ``parameters``, ``status``, ``trust``,
        ``reason``, ``result``.

    Raises:
        InputError: there is no such theorem, the output cannot be written, another sweep writes it, or Dask is missing.
    """
    library = load_library(options.paths)
    library.require([sweep.theorem])
    theorem_key = content_keys(library.theorems).get(sweep.theorem)
    if theorem_key is None:
        raise InputError("the theorem rests on itself or on what is missing", sweep.theorem, "a theorem that is whole")
    about = hash_of([theorem_key, instance_code(), _module_hashes(library.files[sweep.theorem])])
    checked_once(sweep.theorem, options.paths, about, options.cache)  # what workers inherit, they need not check again
    keys = [_row_key(about, parameters, sweep.base_dir, options.limits) for parameters in sweep.rows]
    with _journal(options.output.with_name(options.output.name + ".journal")) as (done, add):
        first = {key: k for k, key in reversed(list(enumerate(keys)))}
        left = [k for key, k in first.items() if key not in done]
        left.sort()
        times = Counter(keys)
        for key in keys:
            if key in done:
                progress("from the journal")
        written = time.monotonic()
        answers: dict[str, Row] = dict(done)
        tasks = [_task(sweep, options, about, k) for k in left]
        for position, answer in _answers(tasks, options):
            k = left[position]
            answers[keys[k]] = answer
            if answer["status"] in _KEPT:
                add(keys[k], answer)
            for _ in range(times[keys[k]]):
                progress(f"row {k + 1}")
            if time.monotonic() - written > _SECONDS_BETWEEN_TABLES:
                _write_tables(_rows(sweep, keys, answers), options.output)
                written = time.monotonic()
        rows = _rows(sweep, keys, answers)
        _write_tables(rows, options.output)
    return rows


def _task(sweep: Sweep, options: SweepOptions, about: str, k: int) -> list[Any]:
    base = str(sweep.base_dir.resolve())
    return [sweep.theorem, list(options.paths), about, options.cache, _plain(sweep.rows[k]), base, f"row {k + 1}"]


def _plain(value: Any) -> Any:
    """Parameters as JSON has them; dates of TOML become text."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if isinstance(value, str | int | bool) else str(value)


def _module_hashes(module: Path) -> list[list[str]]:
    """The modules beside the theorem's own, which may hold the code of its instances."""
    files = sorted({module, *module.parent.glob("*.py")})
    return [[file.name, hashlib.sha256(file.read_bytes()).hexdigest()] for file in files if file.is_file()]


def _row_key(about: str, parameters: Mapping[str, Any], base_dir: Path, limits: Limits) -> str:
    files = sorted({path for path in map(str, _texts(parameters)) if _is_file(base_dir, path)})
    hashes = [[path, hashlib.sha256((base_dir / path).read_bytes()).hexdigest()] for path in files]
    within = [repr(limits.seconds), repr(limits.megabytes)]  # a row that ran into a limit is done only for this limit
    return hash_of(["symproof.row/1", about, _plain(dict(parameters)), hashes, within])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for inside in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(inside)


def _is_file(base_dir: Path, path: str) -> bool:
    try:
        return len(path) < 4096 and (base_dir / path).is_file()
    except (OSError, ValueError):
        return False


# Executors -----------------------------------------------------------------------------------------------------------


def _answers(tasks: list[Any], options: SweepOptions) -> Iterator[tuple[int, Row]]:
    if options.dask is not None:
        yield from _on_dask(tasks, options.dask)
        return
    jobs = min(options.jobs or os.cpu_count() or 1, max(1, len(tasks)))
    for position, outcome in run_all(row_answer, tasks, jobs, options.limits):
        yield position, _of_outcome(outcome, options.limits)


def _of_outcome(outcome: Outcome, limits: Limits) -> Row:
    if outcome.kind == "answer":
        answer: Row = outcome.answer
        return answer
    reason = {
        "time": f"it was not decided within {limits.seconds or 0:g} s (--row-time)",
        "memory": f"it took more than {limits.megabytes} MB of memory (--row-memory)",
        "died": f"its process died ({outcome.detail})",
    }[outcome.kind]
    return {"status": "failed" if outcome.kind == "died" else "undecided", "trust": "", "reason": reason, "result": {}}


def _on_dask(tasks: list[Any], address: str) -> Iterator[tuple[int, Row]]:
    try:
        from distributed import Client, as_completed
    except ImportError:
        hint = "Install it with: pip install 'symproof[dask]'"
        raise InputError("Dask is not installed", "--dask", "the extra dask", hint=hint) from None
    try:
        client = Client(address, timeout=30)
    except (OSError, ValueError) as error:
        raise InputError(
            "no Dask scheduler answers", f"--dask {address}", "tcp://HOST:PORT", str(error)[:200]
        ) from None
    with client:
        futures = {client.submit(row_answer, task, pure=False): k for k, task in enumerate(tasks)}
        for future in as_completed(list(futures)):
            problem = future.exception()
            if problem is None:
                yield futures[future], future.result()
            else:
                reason = " ".join(f"{type(problem).__name__}: {problem}".split())[:1000]
                yield futures[future], {"status": "failed", "trust": "", "reason": reason, "result": {}}
            future.release()


# Files ---------------------------------------------------------------------------------------------------------------


@contextmanager
def _journal(path: Path) -> Iterator[tuple[dict[str, Row], Callable[[str, Row], None]]]:
    """What is done by key, and how to add to it; no other sweep can write it meanwhile."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise InputError(f"cannot write the journal: {error.strerror}", str(path)) from None
    with file:
        _lock(file, path)
        file.seek(0)
        text = file.read()
        done = dict(filter(None, map(_entry, text.splitlines())))
        if text and not text.endswith(b"\n"):
            file.write(b"\n")  # a line that a kill cut short

        def add(key: str, row: Row) -> None:
            line = json.dumps({"key": key, "checksum": hash_of([key, row]), "row": row})
            file.write(line.encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

        yield done, add


def _lock(file: IO[bytes], path: Path) -> None:
    try:
        import fcntl
    except ImportError:  # not on this platform
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        raise InputError("another sweep writes this table", str(path), "an --output of its own") from None


def _entry(line: bytes) -> tuple[str, Row] | None:
    """A line of the journal; None if it is cut short or damaged, so that its row is run again."""
    try:
        content = json.loads(line)
        key, row = content["key"], content["row"]
        fits = content["checksum"] == hash_of([key, row]) and row["status"] in _KEPT
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    return (key, row) if fits else None


def _rows(sweep: Sweep, keys: list[str], answers: Mapping[str, Row]) -> list[Row]:
    return [
        {"row": k + 1, "theorem": sweep.theorem, "parameters": _plain(sweep.rows[k]), **answers[key]}
        for k, key in enumerate(keys)
        if key in answers
    ]


def _write_tables(rows: list[Row], output: Path) -> None:
    try:
        write_whole(output.with_name(output.name + ".json"), (json.dumps({"rows": rows}, indent=1) + "\n").encode())
        write_whole(output.with_name(output.name + ".csv"), table_csv(rows).encode())
    except OSError as error:
        raise InputError(f"cannot write the table: {error.strerror}", str(output)) from None


def table_csv(rows: list[Row]) -> str:
    """The rows as CSV: one column for each parameter and each short result.

    Args:
        rows: from :func:`run_sweep`.
    """
    parameters = sorted({key for row in rows for key in row["parameters"]})
    results = sorted({key for row in rows for key in row["result"]})
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["row", "theorem", *parameters, "status", "trust", "reason", *results])
    for row in rows:
        given = [_cell(row["parameters"].get(key, "")) for key in parameters]
        found = [row["result"].get(key, "") for key in results]
        writer.writerow([row["row"], row["theorem"], *given, row["status"], row["trust"], row["reason"], *found])
    return text.getvalue()


def _cell(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
