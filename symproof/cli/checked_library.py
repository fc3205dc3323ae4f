"""What the commands about the library share: the option for further modules, and a check with progress."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from symproof.cli.check_options import check_options
from symproof.cli.progress import show_progress
from symproof.cli.streams import write_error
from symproof.engine.parallel_check import CheckOptions, check_with_engine
from symproof.errors import InputError
from symproof.graph import chapter_of, trust_summary
from symproof.kernel.check import CheckResult
from symproof.library import Library, load_library
from symproof.library_check import CheckedTheorem, all_needed
from symproof.same_statement import SameStatement
from symproof.source_place import shown_path

__all__ = [
    "PathOption", "chapter_members", "check_with_progress", "open_library", "results_of", "same_statement_dicts",
    "summary_dict",
]  # fmt: skip

PathOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--path", "-p", metavar="PATH", help="A theorem module (.py) or a folder of them; repeatable."),
]
"""``--path``, which every command about the library has."""


def open_library(paths: Iterable[str | Path] | None) -> Library:
    """Load the library with the installed packages and the user's paths, and warn of what is left out.

    Args:
        paths: what ``--path`` says.

    Raises:
        InputError: as for ``load_library``.
    """
    library = load_library(paths or ())
    for problem in library.problems:
        write_error(f"warning: {problem}")
    return library


def chapter_members(library: Library, chapter: str) -> tuple[str, ...]:
    """The results of a chapter and of the chapters inside it.

    Args:
        library: where they are.
        chapter: the beginning of their ids, without the last dot.

    Raises:
        InputError: there is no such chapter.
    """
    found = tuple(name for name in library.theorems if name.startswith(f"{chapter}."))
    if not found:
        known = ", ".join(sorted({chapter_of(name) for name in library.theorems}))
        raise InputError("no such chapter", "--chapter", f"one of {known}", chapter[:80])
    return found


def same_statement_dicts(pairs: Iterable[SameStatement], library: Library) -> list[dict[str, object]]:
    """Results that state the same, as JSON objects with the places of both.

    Args:
        pairs: the results.
        library: where they are.
    """
    return [
        {
            "ids": [pair.first, pair.second],
            "places": [_place(library, pair.first), _place(library, pair.second)],
            "renaming": dict(pair.renaming),
            "message": f"{pair} ({_place(library, pair.first)}, {_place(library, pair.second)})",
        }
        for pair in pairs
    ]


def _place(library: Library, name: str) -> str:
    return f"{shown_path(library.files[name])}:{library.theorems[name].where.line}"


def check_with_progress(
    library: Library, ids: Iterable[str] | None = None, options: CheckOptions | None = None
) -> Mapping[str, CheckedTheorem]:
    """Check results and all that they rest on, and show how far that is on standard error.

    Args:
        library: where they are.
        ids: which; all of them if None.
        options: how: processes, cache, limits; as ``check_options`` says by default.

    Raises:
        InputError: there is no result of that name, or none at all.
    """
    wanted = all_needed(library, ids)
    if not wanted:
        raise InputError("there is no result to check", "ID", "at least one result")
    with show_progress("checking", total=len(wanted)) as advance:
        return check_with_engine(library, ids, advance, options or check_options(()))


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
    failed, undecided = list(summary.failed), list(summary.undecided)
    counts = {"results": len(checked), **summary.counts}
    return {
        "summary": {**counts, "failed": failed, "undecided": undecided, "sources": sources},
        "summary_line": summary.line,
    }
