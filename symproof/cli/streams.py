"""Writing to standard output and standard error, whatever became of them."""

from __future__ import annotations

import os
import sys
from typing import TextIO

from symproof.cli.exit_code import ExitCode

__all__ = ["write_error", "write_output"]

_PIECE = 1024


def write_output(text: str) -> ExitCode | None:
    """Print an answer on standard output.

    Args:
        text: the answer, without the last line break.

    Returns:
        None, or the exit code that says why it could not be delivered.
    """
    if not text or sys.stdout is None:
        return None
    try:
        _write(sys.stdout, text)
    except BrokenPipeError:
        _silence(sys.stdout)
        return ExitCode.BROKEN_PIPE
    except OSError as error:
        _silence(sys.stdout)
        write_error(f"the answer could not be written to standard output: {error.strerror}")
        return ExitCode.INTERNAL
    return None


def write_error(message: str) -> None:
    """Print one message on standard error; if nobody can read it there, go on.

    Args:
        message: the message, without the name of the program and the last line break.
    """
    if sys.stderr is None:
        return
    try:
        _write(sys.stderr, f"symproof: {message}")
    except OSError:
        _silence(sys.stderr)


def _write(stream: TextIO, text: str) -> None:
    encoding = getattr(stream, "encoding", None) or "utf-8"
    printable = text.encode(encoding, "backslashreplace").decode(encoding)
    # With PYTHONUNBUFFERED a long write that is cut short raises nothing; a short one is written whole or fails.
    for start in range(0, len(printable), _PIECE):
        stream.write(printable[start : start + _PIECE])
    stream.write("\n")
    stream.flush()


def _silence(stream: TextIO) -> None:
    """Let Python flush what is left to nowhere when it exits, instead of complaining."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
