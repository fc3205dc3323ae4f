"""A table of commands that exist for the tests of the frame only; run it as a script for tests of the process."""

import os
import sys
from typing import Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.command_table import Command
from symproof.cli.exit_code import ExitCode
from symproof.cli.main import main
from symproof.errors import InputError


def run(
    claim: Annotated[str, typer.Argument(help="what to do")] = "yes",
    width: Annotated[int, typer.Option(help="a number")] = 1,
    given: Annotated[list[str] | None, typer.Option(help="a hypothesis")] = None,
) -> Answer:
    """Do what the argument says."""
    if claim == "bad":
        raise InputError(what="unknown sort", where="--var x:reall", expected="real", found="reall")
    if claim == "crash":
        raise ZeroDivisionError("division by zero")
    if claim == "exit":
        sys.exit(1)
    if claim == "interrupt":
        raise KeyboardInterrupt
    if claim == "broken pipe":
        raise BrokenPipeError(32, "Broken pipe")
    if claim == "end of file":
        raise EOFError
    if claim == "float":
        return Answer(ExitCode.YES, {"x": float("nan")}, "x")
    if claim == "stray":
        print("a library prints this")
    if claim == "long":
        return Answer(ExitCode.YES, {"x": "x"}, "line\n" * 100_000)
    if claim == "invalid":
        return Answer(ExitCode.BAD_INPUT, {"status": "invalid"}, "the claim is invalid")
    code = {"no": ExitCode.NO, "undecided": ExitCode.UNDECIDED}.get(claim, ExitCode.YES)
    return Answer(code, {"claim": claim, "width": width, "given": given}, f"claim ∀ {claim}")


TABLE = (
    Command("sample", "Do what the argument says.", __name__),
    Command("second", "Another one.", __name__),
)

if __name__ == "__main__":
    os.environ.pop("SYMPROOF_DEBUG", None)
    sys.exit(main(sys.argv[1:], commands=TABLE))
