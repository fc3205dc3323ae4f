"""``symproof axioms``: what results rest on without proof, and the notions that they are about."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from symproof.axiom_ledger import KINDS, Axiom, Ledger, UsedDefinition, ledger, path_to
from symproof.cli.answer import Answer
from symproof.cli.checked_library import PathOption, open_library
from symproof.cli.exit_code import ExitCode
from symproof.library import Library
from symproof.source_place import shown_path

__all__ = ["run"]

WIDTH = 110
HEADS = {"cited": "Cited facts", "oracle": "Answers of a solver that are believed", "open": "Gaps"}


def run(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only what this result rests on.")] = None,
    path: PathOption = None,
) -> Answer:
    """Show what results rest on without proof: cited facts with their reference, gaps, oracles; and all definitions.

    Without ID for the whole library. This is read off the proofs; whether they hold is for symproof check to say.
    Exit code 0; 2 if there is no such result.
    """
    library = open_library(path)
    names = None if id is None else library.require([id])
    found = ledger(library.theorems, names)
    data = {
        "results": list(found.results),
        "axioms": [_axiom(axiom, found, library, id) for axiom in found.axioms],
        "definitions": [_definition(used) for used in found.definitions],
    }
    return Answer(ExitCode.YES, data, "\n".join(_lines(found, library, id)))


def _axiom(axiom: Axiom, found: Ledger, library: Library, id: str | None) -> dict[str, object]:
    return {
        "name": axiom.name,
        "kind": axiom.kind,
        "result": axiom.owner,
        "says": axiom.says,
        "work": axiom.work,
        "place": axiom.place,
        "digest": axiom.digest,
        "file": shown_path(axiom.where.file),
        "line": axiom.where.line,
        "results_that_rest_on_it": found.users[axiom.name],
        "path": list(path_to(library.theorems, id, axiom.owner)) if id is not None else None,
    }


def _definition(used: UsedDefinition) -> dict[str, object]:
    d = used.definition
    return {"name": d.name, "kind": d.kind, "in_statement": used.in_statement, "doc": d.doc}


def _lines(found: Ledger, library: Library, id: str | None) -> list[str]:
    below = _several(len(found.results) - 1, "result")
    title = f"{id} and {below} below it" if id is not None else _several(len(found.results), "result")
    lines = [f"{title}: {_counts(found)}"]
    for kind in KINDS:
        chosen = [axiom for axiom in found.axioms if axiom.kind == kind]
        lines += ["", HEADS[kind]] if chosen else []
        for axiom in chosen:
            lines += _axiom_lines(axiom, found, library, id)
    for head, primitive in (("Primitive notions: no definition says what they are", True), ("Definitions", False)):
        chosen_notions = [u for u in found.definitions if (u.definition.kind == "primitive") == primitive]
        names = [u.definition.name + ("" if u.in_statement else " (in proofs only)") for u in chosen_notions]
        lines += ["", head, *_wrapped(", ".join(names))] if names else []
    return lines


def _counts(found: Ledger) -> str:
    kinds = [axiom.kind for axiom in found.axioms]
    primitive = sum(used.definition.kind == "primitive" for used in found.definitions)
    counts = [_several(kinds.count("cited"), "cited fact"), _several(kinds.count("oracle"), "believed answer")]
    counts += [_several(kinds.count("open"), "gap"), _several(len(found.definitions), "definition")]
    return f"{', '.join(counts)}, {primitive} of them primitive"


def _several(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _axiom_lines(axiom: Axiom, found: Ledger, library: Library, id: str | None) -> list[str]:
    reference = ", ".join(part for part in (axiom.work, axiom.place) if part)
    lines = [f"  {axiom.name}: {reference}" if reference else f"  {axiom.name}"]
    lines += _wrapped(library.theorems[axiom.owner].title if axiom.owner == axiom.name else axiom.says)
    if id is None:
        return [*lines, f"    results that rest on it: {found.users[axiom.name]}"]
    way = path_to(library.theorems, id, axiom.owner)
    return [*lines, *_wrapped(f"by way of {' -> '.join(way)}")] if len(way) > 1 else lines


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="    ", break_on_hyphens=False)
