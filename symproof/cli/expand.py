"""``symproof expand``: the steps that the tactics of a proof stand for, as Python."""

from __future__ import annotations

from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.checked_library import PathOption
from symproof.cli.exit_code import ExitCode
from symproof.errors import InputError
from symproof.library import load_library
from symproof.proof.python_source import by_source, steps_source
from symproof.source_place import shown_place
from symproof.tactics.expand import Expansion, expand

__all__ = ["run"]


def run(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a result.")],
    step: Annotated[str, typer.Argument(metavar="[STEP]", help="Only the tactic at the step of that number.")] = "",
    path: PathOption = None,
) -> Answer:
    """Print what the tactics of a proof stand for, as Python to be pasted into the module.

    Tactics are auto, positivity, ring?, linear?, apply? and calc (a link of a chain without a reason).

    Exit code 0: each tactic finds something (or there is none); 1: one of them finds nothing.
    """
    library = load_library(path or ())
    library.require([id])
    _, found = expand(library.theorems[id], library.theorems, anywhere=True)
    if step:
        known = ", ".join(e.place.path for e in found) or "none: the proof has no tactics"
        found = tuple(e for e in found if e.place.path == step)
        if not found:
            raise InputError("no tactic at that step", "STEP", f"one of {known}", step[:40])
    lines = [line for each in found for line in _lines(each)] or [f"{id} leaves nothing to a tactic."]
    code = ExitCode.YES if all(each.steps is not None for each in found) else ExitCode.NO
    return Answer(code, {"id": id, "expansions": [_data(each) for each in found]}, "\n".join(lines))


def _lines(each: Expansion) -> list[str]:
    place = shown_place(each.place.source.file, each.place.source.line)
    head = f"# step {each.place.path} ({place}): {each.tactic}: {each.place.goal}"
    if each.steps is not None and len(each.steps) == 1 and (by := each.steps[0].by) is not None:
        head += f"\n# one rule; as the reason of a have or of a link: {by_source(by)}"
    nothing = f"# finds nothing; tried: {', '.join(each.tried) or 'nothing'}"
    return [head, steps_source(each.steps) if each.steps is not None else nothing]


def _data(each: Expansion) -> dict[str, object]:
    return {
        "path": each.place.path,
        "tactic": each.tactic,
        "goal": str(each.place.goal),
        "line": each.place.source.line,
        "python": steps_source(each.steps) if each.steps is not None else None,
        "tried": list(each.tried),
    }
