"""Limits on time and memory for one step of a proof, or for one row of a sweep."""

from __future__ import annotations

from dataclasses import dataclass

from symproof.errors import InputError

__all__ = ["DEFAULT_LIMITS", "NO_LIMITS", "Limits"]


@dataclass(frozen=True)
class Limits:
    """What a piece of work may take; None is no limit.

    Attributes:
        seconds: wall-clock seconds.
        megabytes: memory of the process that works on it, beyond what it had at the start.
    """

    seconds: float | None = None
    megabytes: int | None = None

    def __post_init__(self) -> None:
        if self.seconds is not None and not 0 < self.seconds < 1e9:
            raise InputError("not a time limit", "--step-time", "a positive number of seconds", f"{self.seconds:g}")
        if self.megabytes is not None and self.megabytes < 1:
            raise InputError("not a memory limit", "--step-memory", "a number of megabytes", str(self.megabytes))


NO_LIMITS = Limits()
DEFAULT_LIMITS = Limits(seconds=120.0, megabytes=4096)
"""More than any step of the library takes by a factor of a hundred."""
