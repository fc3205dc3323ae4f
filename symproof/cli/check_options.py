"""The options about how results are checked: how many processes, which cache, which limits for a step."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from symproof.cli.streams import write_error
from symproof.engine.check_cache import CheckCache
from symproof.engine.check_options import CheckOptions, default_folder
from symproof.engine.limits import DEFAULT_LIMITS, Limits

__all__ = [
    "CacheOption", "JobsOption", "NoCacheOption", "StepMemoryOption", "StepTimeOption", "check_options",
    "warn_if_not_enforced",
]  # fmt: skip

JobsOption: TypeAlias = Annotated[
    int | None, typer.Option(metavar="N", help="Processes that check; as many as processors by default.")
]
CacheOption: TypeAlias = Annotated[
    Path | None,
    typer.Option(metavar="DIR", help="Where accepted results are kept (SYMPROOF_CACHE, ~/.cache/symproof)."),
]
NoCacheOption: TypeAlias = Annotated[bool, typer.Option("--no-cache", help="Check everything anew, keep nothing.")]
StepTimeOption: TypeAlias = Annotated[
    float | None, typer.Option(metavar="SECONDS", help=f"For one step; {DEFAULT_LIMITS.seconds:g} by default.")
]
StepMemoryOption: TypeAlias = Annotated[
    int | None, typer.Option(metavar="MB", help=f"For one step; {DEFAULT_LIMITS.megabytes} by default.")
]

OFF = "off"
"""What SYMPROOF_CACHE says for no cache."""


def check_options(
    paths: Iterable[str | Path] | None,
    jobs: int | None = None,
    cache: Path | None = None,
    no_cache: bool = False,
    step_time: float | None = None,
    step_memory: int | None = None,
) -> CheckOptions:
    """What the options of a command say.

    Args:
        paths: what ``--path`` says.
        jobs: the number of processes.
        cache: the folder of the cache.
        no_cache: whether there is none; it outweighs the folder.
        step_time: seconds for a step.
        step_memory: megabytes for a step.

    Raises:
        InputError: a number is out of range.
    """
    if step_memory is not None:
        warn_if_not_enforced("--step-memory")
    off = no_cache or (cache is None and os.environ.get("SYMPROOF_CACHE") == OFF)
    kept = None if off else CheckCache(cache or default_folder(), _warn)
    seconds = DEFAULT_LIMITS.seconds if step_time is None else step_time
    megabytes = DEFAULT_LIMITS.megabytes if step_memory is None else step_memory
    return CheckOptions(jobs, Limits(seconds, megabytes), kept, tuple(map(str, paths or ())))


def warn_if_not_enforced(option: str) -> None:
    """Say so if this system has no way to enforce a limit on memory.

    Args:
        option: the option that sets one.
    """
    from symproof.engine.worker_pool import memory_is_watched

    if not memory_is_watched():
        _warn(f"{option} is not enforced: this system does not say how much memory a process takes (psutil may help)")


def _warn(message: str) -> None:
    write_error(f"warning: {message}")
