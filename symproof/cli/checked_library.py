"""What the commands about the library share: the option for further modules, and a check with progress.

Where an index of the library is kept (see ``library_index``) nothing is loaded; that is why the imports are lazy.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from symproof.cli.check_options import check_options
from symproof.cli.progress import show_progress
from symproof.cli.streams import write_error
from symproof.engine.check_options import CheckOptions
from symproof.engine.library_index import LibraryIndex, find_index, index_of, keep_index
from symproof.engine.source_key import SourceKey, is_loaded, source_key
from symproof.errors import InputError
from symproof.judged_result import TrustSummary, chapter_of, trust_summary
from symproof.source_place import shown_place

if TYPE_CHECKING:
    from symproof.kernel.check import CheckResult
    from symproof.library import Library
    from symproof.library_check import CheckedTheorem

__all__ = [
    "CheckedIndex", "PathOption", "chapter_members", "check_with_evidence", "check_with_progress", "checked_index",
    "open_library", "results_of", "same_statement_dicts", "summary_dict", "summary_of",
]  # fmt: skip

PathOption: TypeAlias = Annotated[
    list[str] | None,
    typer.Option("--path", "-p", metavar="PATH", help="A theorem module (.py) or a folder of them; repeatable."),
]
"""``--path``, which every command about the library has."""


@dataclass(frozen=True)
class CheckedIndex:
    """Checked results.

    Attributes:
        index: what they are, and what they are worth.
        asked: those that were asked for, sorted.
        checked: the checks themselves; empty if the index was kept from an earlier run, in which nothing failed.
        problems: the modules of installed packages that could not be used, as JSON objects.
    """

    index: LibraryIndex
    asked: tuple[str, ...] = ()
    checked: Mapping[str, CheckedTheorem] = field(default_factory=dict)
    problems: tuple[dict[str, object], ...] = ()


def checked_index(
    options: CheckOptions,
    ids: Collection[str] = (),
    changed: Iterable[Path] = (),
    confirm: Callable[[Collection[str]], None] = lambda _: None,
) -> CheckedIndex:
    """The results with all that they rest on and what refutes them, from the index that is kept or by a check.

    Args:
        options: how they are checked, and where the modules and the cache are.
        ids: which; all of them if there is none.
        changed: files; only what a change to them can affect. Nothing is checked if that is nothing.
        confirm: told the ids there are before anything is checked; it may raise InputError.

    Raises:
        InputError: as for ``load_library``; there is no result of that name, or none at all.
    """
    before = source_key(options.paths) if options.cache is not None else None
    if before is not None and options.cache is not None and not changed:
        index = find_index(options.cache.folder, before, options.cache.notice)
        if index is not None and all(name in index.results for name in ids):
            confirm(index.results)
            return CheckedIndex(index.part(ids) if ids else index, tuple(sorted(set(ids or index.results))))
    fresh = before is not None and not is_loaded(before)
    library = open_library(options.paths)
    fresh = fresh and source_key(options.paths) == before
    confirm(library.theorems)
    if changed:
        from symproof.affected_results import affected_results

        affected = affected_results(library, changed)
        ids = [name for name in library.require(ids or library.theorems) if name in affected]
        if not ids:
            return CheckedIndex(LibraryIndex({}))
    checked = check_with_progress(library, ids or None, options)
    index = index_of(library, checked)
    whole = len(checked) == len(library.theorems) and not library.problems
    if whole and fresh and before is not None:
        _keep(before, index, options)
    asked = library.require(ids or library.theorems)
    return CheckedIndex(index, asked, checked, tuple(problem.as_dict() for problem in library.problems))


def _keep(before: SourceKey, index: LibraryIndex, options: CheckOptions) -> None:
    """Keep the index, unless a module was saved since the library was loaded."""
    if options.cache is not None and source_key(options.paths) == before:
        keep_index(options.cache.folder, before, index, options.cache.notice)


def open_library(paths: Iterable[str | Path] | None) -> Library:
    """Load the library with the installed packages and the user's paths, and warn of what is left out.

    Args:
        paths: what ``--path`` says.

    Raises:
        InputError: as for ``load_library``.
    """
    from symproof.library import load_library

    library = load_library(paths or ())
    for problem in library.problems:
        write_error(f"warning: {problem}")
    return library


def chapter_members(known: Collection[str], chapter: str) -> tuple[str, ...]:
    """The results of a chapter and of the chapters inside it.

    Args:
        known: all ids.
        chapter: the beginning of their ids, without the last dot.

    Raises:
        InputError: there is no such chapter.
    """
    found = tuple(name for name in known if name.startswith(f"{chapter}."))
    if not found:
        known = ", ".join(sorted({chapter_of(name) for name in known}))
        raise InputError("no such chapter", "--chapter", f"one of {known}", chapter[:80])
    return found


def same_statement_dicts(index: LibraryIndex, names: Collection[str]) -> list[dict[str, object]]:
    """Results that state the same, as JSON objects with the places of both.

    Args:
        index: where they are.
        names: one of each two is among these.
    """
    pairs = [pair for pair in index.same if pair.first in names or pair.second in names]
    if not pairs:
        return []
    from symproof.same_statement import SameStatement

    return [
        {
            "ids": [pair.first, pair.second],
            "places": [shown_place(*pair.first_where), shown_place(*pair.second_where)],
            "renaming": dict(pair.renaming),
            "message": f"{SameStatement(pair.first, pair.second, dict(pair.renaming))} "
            f"({shown_place(*pair.first_where)}, {shown_place(*pair.second_where)})",
        }
        for pair in pairs
    ]


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
    from symproof.engine.parallel_check import check_with_engine
    from symproof.library_check import all_needed

    wanted = all_needed(library, ids)
    if not wanted:
        raise InputError("there is no result to check", "ID", "at least one result")
    with show_progress("checking", total=len(wanted)) as advance:
        return check_with_engine(library, ids, advance, options or check_options(()))


def check_with_evidence(library: Library, ids: Iterable[str]) -> Mapping[str, CheckedTheorem]:
    """Check results and all that they rest on in this process, without the cache; what tactics found is kept.

    Args:
        library: where they are.
        ids: which.

    Raises:
        InputError: there is no result of that name.
    """
    from symproof.library_check import all_needed, check_library

    wanted = tuple(ids)
    with show_progress("checking", total=len(all_needed(library, wanted))) as advance:
        return check_library(library, wanted, advance)


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
    return summary_of(trust_summary(results_of(checked)))


def summary_of(summary: TrustSummary) -> dict[str, object]:
    """A summary as a JSON object.

    Args:
        summary: how many results have each level, and why.
    """
    sources = {level: [g.id for g in found] for level, found in summary.sources.items() if level != "proved" and found}
    failed, undecided = list(summary.failed), list(summary.undecided)
    counts = {"results": sum(summary.counts.values()), **summary.counts}
    return {
        "summary": {**counts, "failed": failed, "undecided": undecided, "sources": sources},
        "summary_line": summary.line,
    }
