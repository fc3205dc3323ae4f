"""Worker processes under watch: pieces of work in parallel, with limits that hold from outside the interpreter.

A worker that computes in C code (python-flint) does not return to Python, so no signal or check inside it can be relied
on. The parent looks at the clock and at the memory of each worker, ends one that goes too far, and starts another for
what is left. Pieces of work and answers cross as JSON.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from typing import Any

from symproof.engine.limits import Limits

__all__ = ["Outcome", "Work", "memory_is_watched", "run_all", "start_method"]

Report = Callable[[Any], None]
Work = Callable[[Any, Report], Any]
"""From a piece of work (plain data) to an answer (plain data). What it reports says where it is; the clock restarts."""

_SECONDS_BETWEEN_LOOKS = 0.1
_MEGABYTE = 1 << 20
_PROCESSES = "/proc"
"""Where Linux says what processes do; elsewhere psutil is asked, which takes longer."""
_SPARE = 1 << 30
"""Address space that a worker may have beyond its limit, which counts what is really in memory."""


@dataclass(frozen=True)
class Outcome:
    """What became of a piece of work.

    Attributes:
        kind: ``answer``, ``time``, ``memory`` or ``died``.
        answer: the answer; None unless there is one.
        place: what was reported last.
        detail: how the process ended, if it died.
    """

    kind: str
    answer: Any = None
    place: Any = None
    detail: str = ""


@dataclass(eq=False)
class _Worker:
    process: Any
    connection: Connection
    piece: int
    memory: int = 0
    place: Any = None
    since: float = field(default_factory=time.monotonic)

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.connection.close()


def start_method() -> str:
    """How workers are started: ``fork`` on Linux (they have what the parent has loaded), else ``spawn``."""
    return "fork" if sys.platform == "linux" else "spawn"


def run_all(
    work: Work, pieces: Sequence[Any], jobs: int, limits: Limits, method: str | None = None
) -> Iterator[tuple[int, Outcome]]:
    """Work on all pieces; yields the position of each with its outcome, as they come.

    Args:
        work: the function that workers run; with ``spawn`` it must be importable.
        pieces: plain data for it.
        jobs: how many workers.
        limits: for the time between two reports, and for the memory.
        method: how workers are started; :func:`start_method` by default.
    """
    context = multiprocessing.get_context(method or start_method())
    waiting = list(range(len(pieces)))[::-1]
    running: list[_Worker] = []
    idle: list[_Worker] = []
    try:
        while waiting or running:
            while waiting and len(running) < max(1, jobs):
                worker = idle.pop() if idle else _started(context, work, limits)
                if _given(worker, waiting[-1], pieces[waiting[-1]]):
                    waiting.pop()
                    running.append(worker)
                else:
                    worker.stop()
            for worker, outcome in _ended(running, limits):
                running.remove(worker)
                if outcome.kind == "answer":
                    idle.append(worker)
                else:
                    worker.stop()
                yield worker.piece, outcome
    finally:
        for worker in (*running, *idle):
            worker.stop()


def _started(context: Any, work: Work, limits: Limits) -> _Worker:
    here, there = context.Pipe()
    process = context.Process(target=_serve, args=(there, work, limits), daemon=True)
    process.start()
    there.close()
    return _Worker(process, here, -1, _resident(process.pid) or 0)


def _given(worker: _Worker, position: int, piece: Any) -> bool:
    worker.piece, worker.place, worker.since = position, None, time.monotonic()
    try:
        worker.connection.send_bytes(json.dumps(piece).encode())
    except OSError:
        return False
    return True


def _ended(running: Sequence[_Worker], limits: Limits) -> list[tuple[_Worker, Outcome]]:
    """Wait for news; the workers that are through with their piece, for better or worse."""
    ready = set(wait([worker.connection for worker in running], _SECONDS_BETWEEN_LOOKS))
    ended = []
    for worker in running:
        outcome = _news(worker) if worker.connection in ready else None
        outcome = outcome or _over(worker, limits)
        if outcome is not None:
            ended.append((worker, outcome))
    return ended


def _news(worker: _Worker) -> Outcome | None:
    try:
        while worker.connection.poll():
            kind, value = json.loads(worker.connection.recv_bytes())
            if kind != "at":
                return Outcome(kind, value, worker.place)
            worker.place, worker.since = value, time.monotonic()
    except (EOFError, OSError):
        worker.process.join(1)
        code = worker.process.exitcode
        how = f"signal {signal.Signals(-code).name}" if code is not None and code < 0 else f"exit code {code}"
        return Outcome("died", None, worker.place, how)
    return None


def _over(worker: _Worker, limits: Limits) -> Outcome | None:
    if limits.seconds is not None and time.monotonic() - worker.since > limits.seconds:
        return Outcome("time", None, worker.place)
    resident = _resident(worker.process.pid) if limits.megabytes is not None else None
    grown = None if resident is None else resident - worker.memory
    if limits.megabytes is not None and grown is not None and grown > limits.megabytes * _MEGABYTE:
        return Outcome("memory", None, worker.place)
    return None


def memory_is_watched() -> bool:
    """Whether this system says how much memory a process takes, so that a limit on it can be enforced."""
    return _resident(os.getpid()) is not None


def _resident(pid: int | None) -> int | None:
    """The bytes of a process that are in memory; None where the system does not say."""
    try:
        with open(f"{_PROCESSES}/{pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):  # not Linux, or the process is gone
        return _resident_elsewhere(pid)


def _resident_elsewhere(pid: int | None) -> int | None:
    try:
        import psutil
    except ImportError:
        return None
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except (psutil.Error, OSError):
        return None


# In the worker -------------------------------------------------------------------------------------------------------


def _serve(connection: Connection, work: Work, limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends its workers
    _limit_address_space(limits)

    def report(place: Any) -> None:
        connection.send_bytes(json.dumps(["at", place]).encode())

    with suppress(EOFError, OSError):
        while True:
            piece = json.loads(connection.recv_bytes())
            try:
                answer = json.dumps(["answer", work(piece, report)]).encode()
            except MemoryError:
                answer = json.dumps(["memory", None]).encode()
            connection.send_bytes(answer)


def _limit_address_space(limits: Limits) -> None:
    """A second line of defence: an allocation far beyond the limit fails at once."""
    if limits.megabytes is None:
        return
    try:
        import resource

        with open(f"{_PROCESSES}/self/statm", encoding="ascii") as file:
            now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = now + limits.megabytes * _MEGABYTE + _SPARE
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, OSError, ValueError):  # not on this platform: the parent still looks
        return
