"""``symproof state``: what is to be shown at a step of a proof, what is in reach, and what each rule says."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.checked_library import PathOption
from symproof.cli.exit_code import ExitCode
from symproof.interactive.proof_state import state_at, state_dict, state_text
from symproof.library import load_library

__all__ = ["run"]


def run(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a result.")],
    step: Annotated[str, typer.Argument(metavar="[STEP]", help="The number of a step, such as 2.1.")] = "",
    path: PathOption = None,
    rules: Annotated[bool, typer.Option(help="Ask every rule what it says of the goal.")] = True,
    apply: Annotated[bool, typer.Option("--apply", help="Look for results that apply, instead of rules.")] = False,
) -> Answer:
    """Show the goal just before a step, what is in reach with its origin, and what each rule says.

    With --apply: the results of the library whose conclusion is the goal, up to values for their variables, with what
    is in reach of their hypotheses, what remains, and the step as Python to be pasted. The steps before are taken for
    granted here: symproof check checks them. Exit code 0; 2 if there is no such step.
    """
    library = load_library(path or ())
    library.require([id])
    state = state_at(library.theorems[id], step, library.theorems)
    answers = state.rules() if rules and not apply else ()
    offers = state.apply_search() if apply else None
    lines = [state_text(state)]
    if answers:
        about = "the claim" if state.claim is not None else "the goal"
        lines += ["", f"What each rule says of {about}:", *(f"  {answer}" for answer in answers)]
    if offers is not None:
        lines += ["", f"What applies to {'the claim' if state.claim is not None else 'the goal'}:", str(offers)]
    data: dict[str, object] = {**state_dict(state), "rules": [asdict(answer) for answer in answers]}
    if offers is not None:
        data["applications"] = [offer.as_dict() for offer in offers]
    return Answer(ExitCode.YES, data, "\n".join(lines))
