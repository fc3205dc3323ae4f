"""Which results a change to some files can affect."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path

import networkx

from symproof.graph import dependencies, with_refutations
from symproof.library import Library

__all__ = ["affected_results"]


def affected_results(library: Library, changed: Iterable[Path]) -> tuple[str, ...]:
    """The results in some files, in files that import them, all results that rest on those, and what they refute.

    Too many rather than too few: a file counts as imported if its name is.

    Args:
        library: all results.
        changed: the files.
    """
    files = {path.resolve() for path in library.files.values()}
    imports = {path: frozenset(_imported(path)) for path in files}
    touched = {path.resolve() for path in changed}
    while more := {p for p in files - touched if imports[p] & {_name(t) for t in touched}}:
        touched |= more
    graph = with_refutations(dependencies(library.theorems), library.theorems)
    found = {name for name, path in library.files.items() if path.resolve() in touched}
    for name in tuple(found):
        found |= networkx.ancestors(graph, name) if name in graph else set()
    return tuple(sorted(found & set(library.theorems)))


def _name(path: Path) -> str:
    return path.parent.name if path.stem == "__init__" else path.stem


def _imported(path: Path) -> Iterator[str]:
    """The last parts of the names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.rpartition(".")[2] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").rpartition(".")[2]
            yield from (alias.name for alias in node.names)
