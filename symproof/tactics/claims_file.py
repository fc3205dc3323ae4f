"""Many claims at once: read a file of claims, and work on them in parallel with a time limit for each.

Every claim runs in a process of its own. A process that overruns its time, or dies, makes its claim ``unknown``; a
malformed entry is ``invalid``; neither stops the others. Results come in the order of the input.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from symproof.errors import InputError
from symproof.tactics.prove import DEFAULT_TIMEOUT, ClaimResult, prove_claim

__all__ = ["Entry", "prove_all", "read_claims"]

MAX_FILE_BYTES = 20_000_000
MAX_CLAIMS = 20_000
GRACE_SECONDS = 1.0
RECURSION_LIMIT = 6_000
MEMORY_BYTES = 3 * 2**30


@dataclass(frozen=True)
class Entry:
    """One claim of a file; ``problem`` says what is wrong with a malformed one."""

    id: str | int
    variables: dict[str, str]
    hypotheses: tuple[str, ...]
    claim: str
    problem: str = ""


def read_claims(path: Path) -> list[Entry]:
    """Read a JSON list of {id, vars, hypotheses, claim}. Raises InputError if the file as a whole is bad."""
    where = str(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError("the file cannot be read", where, "a JSON file", error.strerror or "") from None
    if len(data) > MAX_FILE_BYTES:
        raise InputError("the file is too large", where, f"at most {MAX_FILE_BYTES} bytes", str(len(data)))
    try:
        entries = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise InputError("not JSON", where, "a list of claims", str(error)[:100]) from None
    if not isinstance(entries, list):
        raise InputError("not a list of claims", where, '[{"id": ..., "vars": {...}, "claim": ...}, ...]')
    if not entries or len(entries) > MAX_CLAIMS:
        raise InputError("no claims, or too many", where, f"1 to {MAX_CLAIMS} claims", str(len(entries)))
    return [_entry(k, entry) for k, entry in enumerate(entries)]


def _entry(position: int, entry: Any) -> Entry:
    if not isinstance(entry, dict):
        return Entry(position, {}, (), "", "an entry is an object with the keys id, vars, hypotheses, claim")
    name = entry.get("id", position)
    problem = ""
    if not isinstance(name, str | int) or isinstance(name, bool):
        name, problem = position, "id must be a string or an integer"
    variables, hypotheses, claim = entry.get("vars", {}), entry.get("hypotheses", []), entry.get("claim")
    unknown = sorted(str(k) for k in entry if k not in ("id", "vars", "hypotheses", "claim"))
    if unknown:
        problem = f"unknown key(s): {', '.join(unknown)[:80]}"
    elif not isinstance(variables, dict) or not all(isinstance(s, str) for s in variables.values()):
        problem = "vars must map names to sorts"
    elif not isinstance(hypotheses, list) or not all(isinstance(h, str) for h in hypotheses):
        problem = "hypotheses must be a list of strings"
    elif not isinstance(claim, str):
        problem = "claim must be a string"
    if problem or not isinstance(claim, str):
        return Entry(name, {}, (), "", problem)
    return Entry(name, variables, tuple(hypotheses), claim)


def prove_all(
    entries: Sequence[Entry],
    timeout: float = DEFAULT_TIMEOUT,
    workers: int | None = None,
    advance: Callable[[str], None] = lambda _: None,
) -> list[ClaimResult]:
    """The answers in the order of ``entries``; ``advance`` is called with the id of each finished claim."""
    count = max(1, min(workers or os.cpu_count() or 1, len(entries)))
    results: list[ClaimResult | None] = [None] * len(entries)
    waiting = list(range(len(entries)))[::-1]
    running: list[_Job] = []
    try:
        while waiting or running:
            while waiting and len(running) < count:
                k = waiting.pop()
                if entries[k].problem:
                    results[k] = ClaimResult("invalid", message=entries[k].problem)
                    advance(str(entries[k].id))
                else:
                    running.append(_start(k, entries[k], timeout))
            for job in _finished(running):
                results[job.position] = job.result(timeout)
                running.remove(job)
                advance(str(entries[job.position].id))
    finally:
        for job in running:
            job.stop()
    return [r if r is not None else ClaimResult("unknown", message="The claim was not worked on.") for r in results]


@dataclass(eq=False)
class _Job:
    """A claim that a process works on."""

    position: int
    process: Any
    connection: Connection
    deadline: float

    def result(self, timeout: float) -> ClaimResult:
        """What the process found; it has answered, died or overrun its time."""
        try:
            if self.connection.poll():
                found = self.connection.recv()
                return found if isinstance(found, ClaimResult) else ClaimResult("unknown", message="No answer.")
            late = time.monotonic() >= self.deadline
            message = f"No answer within {timeout:g} s." if late else "The process that worked on the claim died."
            return ClaimResult("unknown", message=message)
        except (EOFError, OSError):
            return ClaimResult("unknown", message="The process that worked on the claim died.")
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process and release what it holds."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def _start(position: int, entry: Entry, timeout: float) -> _Job:
    methods = multiprocessing.get_all_start_methods()
    context: Any = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, entry, timeout), daemon=True)
    process.start()
    there.close()
    return _Job(position, process, here, time.monotonic() + timeout + GRACE_SECONDS)


def _finished(running: Sequence[_Job]) -> list[_Job]:
    """Wait until some job has answered, died or overrun its time."""
    first = min(job.deadline for job in running)
    ready = wait([job.connection for job in running], max(0.0, first - time.monotonic()))
    now = time.monotonic()
    return [job for job in running if job.connection in ready or now >= job.deadline]


def _work(connection: Connection, entry: Entry, timeout: float) -> None:
    _limit_memory()
    sys.setrecursionlimit(RECURSION_LIMIT)
    connection.send(prove_claim(entry.variables, entry.hypotheses, entry.claim, timeout))
    connection.close()


def _limit_memory() -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    except (ImportError, ValueError, OSError):  # not on this platform, or not allowed: the time limit still holds
        return
