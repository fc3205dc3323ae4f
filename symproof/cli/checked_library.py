"""What the commands about the library share: the option for further modules, and a check with progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, TypeAlias

import typer

from symproof.cli.progress import show_progress
from symproof.errors import InputError
from symproof.graph import trust_summary
from symproof.kernel.check import CheckResult
from symproof.library import Library
from symproof.library_check import CheckedTheorem, all_needed, check_library

__all__ = ["PathOption", "check_with_progress", "results_of", "summary_dict"]

PathOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--path", "-p", metavar="PATH", help="A theorem module (.py) or a folder of them; repeatable."),
]
"""``--path``, which every command about the library has."""


def check_with_progress(library: Library, ids: Iterable[str] | None = None) -> Mapping[str, CheckedTheorem]:
    """Check results and all that they rest on, and show how far that is on standard error.

    Args:
        library: where they are.
        ids: which; all of them if None.

    Raises:
        InputError: there is no result of that name, or none at all.
    """
    wanted = all_needed(library, ids)
    if not wanted:
        raise InputError("there is no result to check", "ID", "at least one result")
    with show_progress("checking", total=len(wanted)) as advance:
        return check_library(library, ids, advance)


def results_of(checked: Mapping[str, CheckedTheorem]) -> dict[str, CheckResult]:
    """What the kernel said, by id.

    Args:
        checked: the checked theorems.
    """
    return {name: each.result for name, each in checked.items()}


def summary_dict(checked: Mapping[str, CheckedTheorem]) -> dict[str, object]:
    """The summary as a JSON object: the number of results of each trust level, and which ones bring it in.

    Args:
        checked: the checked theorems, with all that they rest on.
    """
    summary = trust_summary(results_of(checked))
    sources = {level: [g.id for g in found] for level, found in summary.sources.items() if level != "proved" and found}
    return {
        "summary": {"results": len(checked), **summary.counts, "failed": list(summary.failed), "sources": sources},
        "summary_line": summary.line,
    }
