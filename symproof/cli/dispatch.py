"""From the words on the command line to the answer of a command."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from symproof import __version__
from symproof.cli.answer import Answer
from symproof.cli.command_table import Command
from symproof.cli.exit_code import ExitCode
from symproof.cli.overview import overview
from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError

if TYPE_CHECKING:
    import typer

__all__ = ["dispatch", "take_flag"]

_EPILOG = "With --json, one JSON object is printed on standard output and nothing else there."

# A claim may begin with a minus sign ("-x**2 <= 0"); a relation sign tells it from an option such as -p.
_CLAIM_LIKE_AN_OPTION = re.compile(r"-[^-].*([<>]|[=!]=)", re.DOTALL)


def dispatch(words: Sequence[str], commands: Sequence[Command]) -> Answer:
    """Carry out what the user asks for.

    Args:
        words: the command line after the name of the program, without ``--json``.
        commands: the commands there are.

    Returns:
        The answer to print.

    Raises:
        InputError: the command, an option or the input is bad.
    """
    first, rest = (words[0], words[1:]) if words else ("", ())
    if first == "--help":
        text = overview(commands)
        return Answer(ExitCode.YES, {"help": text}, text)
    if first == "--version":
        return Answer(ExitCode.YES, {"version": __version__}, f"symproof {__version__}")
    return _run(_find(first, commands), rest)


def take_flag(flag: str, words: Sequence[str]) -> tuple[bool, list[str]]:
    """Take a flag that every command has off the command line.

    Args:
        flag: the flag, such as ``--json``.
        words: the command line; what follows a ``--`` is left alone.

    Returns:
        Whether the flag is there, and the command line without it.
    """
    end = words.index("--") if "--" in words else len(words)
    left = [word for word in words[:end] if word != flag]
    return len(left) < end, [*left, *words[end:]]


def _find(name: str, commands: Sequence[Command]) -> Command:
    for command in commands:
        if command.name == name:
            return command
    names = [command.name for command in commands]
    if not name:
        raise InputError(what="no command is given", expected=", ".join(names), hint="See symproof --help.")
    kind = "option" if name.startswith("-") else "command"
    known = ["--help", "--json", "--version"] if kind == "option" else names
    hint = did_you_mean(name, known) or "See symproof --help."
    raise InputError(what=f"no such {kind}: {name}", expected=f"one of {', '.join(known)}", hint=hint)


def _run(command: Command, words: Sequence[str]) -> Answer:
    import typer  # 50 ms that `symproof --help` does not need

    program = f"symproof {command.name}"
    parser = _parser(command)
    wants_help, words = take_flag("--help", words)
    if wants_help:
        text = parser.get_help(parser.make_context(program, [], resilient_parsing=True)).rstrip()
        return Answer(ExitCode.YES, {"help": text}, text)
    protected = [f" {word}" if _CLAIM_LIKE_AN_OPTION.match(word) else word for word in words]
    try:
        with parser.make_context(program, protected) as context:
            answer: Answer = parser.invoke(context)
    except typer.TyperException as error:
        raise _usage_error(error, command.name, parser) from None
    return answer


def _parser(command: Command) -> Any:  # typer keeps the type of its commands to itself
    import typer
    import typer.main

    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(command.name, epilog=_EPILOG)(command.function())
    return typer.main.get_command(app)


def _usage_error(error: typer.TyperException, name: str, parser: Any) -> InputError:
    see_help = f"See symproof {name} --help."
    if not hasattr(error, "possibilities"):  # typer's mark of an unknown option, whose class it keeps to itself
        return InputError(what=_as_clause(error.format_message()), where=name, hint=see_help)
    option = str(getattr(error, "option_name", ""))
    known = [opt for parameter in parser.params for opt in parameter.opts if opt.startswith("-")]
    hint = did_you_mean(option, [*known, "--json", "--help"]) or see_help
    return InputError(what=f"no such option: {option}", where=name, hint=hint)


def _as_clause(message: str) -> str:
    """A sentence of typer's, in the form in which our messages begin."""
    message = " ".join(message.split()).rstrip(".")
    return message[:1].lower() + message[1:]
