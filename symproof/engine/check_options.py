"""How results are checked: how many workers, which limits, which cache."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from symproof.engine.limits import DEFAULT_LIMITS, Limits
from symproof.errors import InputError

if TYPE_CHECKING:
    from symproof.engine.check_cache import CheckCache

__all__ = ["CheckOptions", "default_folder"]


@dataclass(frozen=True)
class CheckOptions:
    """How results are checked.

    Attributes:
        jobs: the number of workers; as many as processors if None.
        limits: for each step.
        cache: where accepted results are kept; None for no cache.
        paths: what ``load_library`` was given; workers that do not inherit the library load it again.
        method: how workers are started: ``fork`` or ``spawn``; what suits the system if None.
    """

    jobs: int | None = None
    limits: Limits = DEFAULT_LIMITS
    cache: CheckCache | None = None
    paths: tuple[str, ...] = ()
    method: str | None = None

    def __post_init__(self) -> None:
        if self.jobs is not None and self.jobs < 1:
            raise InputError("not a number of processes", "--jobs", "1 or more", str(self.jobs))


def default_folder() -> Path:
    """Where the cache is: ``SYMPROOF_CACHE``, else ``symproof`` in ``XDG_CACHE_HOME`` or in ``~/.cache``."""
    own, shared = os.environ.get("SYMPROOF_CACHE"), os.environ.get("XDG_CACHE_HOME")
    if own:
        return Path(own)
    return (Path(shared) if shared else Path("~/.cache").expanduser()) / "symproof"
