"""The exit codes of the command line. Scripts rely on them."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["ExitCode"]


class ExitCode(IntEnum):
    """What the exit code of ``symproof`` says."""

    YES = 0
    """Checked, proved, certified or valid, and there was something to check."""
    NO = 1
    """A step fails, the claim is refuted, a hypothesis does not hold, or the certificate is invalid."""
    BAD_INPUT = 2
    """The input is bad; one message says what, where, what was expected and what was found."""
    UNDECIDED = 3
    """Neither proved nor refuted within the limits."""
    INTERNAL = 4
    """symproof itself failed: a bug, or an output that could not be written. Nothing is said about the claim."""
    INTERRUPTED = 130
    """Stopped by the user (Ctrl-C)."""
    BROKEN_PIPE = 141
    """The reader of the output went away before the answer was written."""
