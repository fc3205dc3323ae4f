"""Progress on standard error: a bar on a terminal, otherwise a plain line every few seconds."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import TextIO, TypeAlias

__all__ = ["Advance", "show_progress", "show_stages"]

Advance: TypeAlias = Callable[[str], None]
"""Call it after each piece of work, with the piece's name."""

_SECONDS_BETWEEN_LINES = 5.0


@contextlib.contextmanager
def show_progress(title: str, *, total: int, clock: Callable[[], float] = time.monotonic) -> Iterator[Advance]:
    """Show how far a long task is.

    Args:
        title: what is being done, such as ``checking``.
        total: how many pieces of work there are.
        clock: the seconds that have passed since some moment.

    Yields:
        The function to call after each piece.
    """
    stream = sys.stderr
    if stream is None or total == 0:
        yield lambda _: None
    elif stream.isatty():
        with _bar(title, total, stream) as advance:
            yield advance
    else:
        yield _lines(title, total, stream, clock)


@contextlib.contextmanager
def show_stages(title: str, *, clock: Callable[[], float] = time.monotonic) -> Iterator[Advance]:
    """Say what is being done, every few seconds, where nobody knows how much there is to do.

    Args:
        title: what it is part of.
        clock: the seconds that have passed since some moment.

    Yields:
        The function to call with each stage.
    """
    stream = sys.stderr
    last = clock()

    def stage(name: str) -> None:
        nonlocal last
        if stream is not None and clock() - last >= _SECONDS_BETWEEN_LINES:
            last = clock()
            with contextlib.suppress(OSError):
                print(f"symproof: {title}: {name}", file=stream, flush=True)

    yield stage


@contextlib.contextmanager
def _bar(title: str, total: int, stream: TextIO) -> Iterator[Advance]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(file=stream), transient=True) as progress:
        task = progress.add_task(title, total=total)
        yield lambda name: progress.update(task, advance=1, description=f"{title} {name}")


def _lines(title: str, total: int, stream: TextIO, clock: Callable[[], float]) -> Advance:
    done = 0
    last = clock()

    def advance(name: str) -> None:
        nonlocal done, last
        done += 1
        if clock() - last >= _SECONDS_BETWEEN_LINES:
            last = clock()
            with contextlib.suppress(OSError):  # nobody reads it: no reason to stop the work
                print(f"symproof: {title} {done}/{total} ({name})", file=stream, flush=True)

    return advance
