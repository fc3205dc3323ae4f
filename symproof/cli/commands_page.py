"""The generated page of the documentation on the commands, as Markdown: help, and examples that are run."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator, Sequence

from symproof.cli.command_table import COMMANDS, Command
from symproof.cli.exit_code import ExitCode
from symproof.cli.main import main
from symproof.reference.command_examples import COMMAND_EXAMPLES, CommandExample

__all__ = ["commands_page"]

MAX_LINES = 60
"""Longer output of an example is cut, which is said."""


def commands_page(commands: Sequence[Command] = COMMANDS) -> str:
    """Every command with its help and its examples, whose output is what they print now.

    The examples run in the current folder, which must be one that has ``examples/``.
    """
    head = (
        "# Commands\n\nAll commands take `--json`. Exit codes: 0 yes, 1 no, 2 the input is bad, 3 undecided. "
        "The examples were run when this page was made.\n"
    )
    return "\n".join([head, *(_command(command) for command in commands)])


def _command(command: Command) -> str:
    parts = [
        f"## symproof {command.name}",
        "",
        f"{command.summary[:1].upper()}{command.summary[1:]}.",
        "",
        _block(_output_of([command.name, "--help"])),
        "",
    ]
    for example in COMMAND_EXAMPLES[command.name]:
        parts += _example(example)
    return "\n".join(parts)


def _example(example: CommandExample) -> Iterator[str]:
    code = f" Exit code {example.exit_code}." if example.exit_code else ""
    yield f"{example.says}{code}"
    yield ""
    yield _block(f"$ symproof {example.line}\n{_output_of(example.words)}")
    yield ""


def _output_of(words: Sequence[str]) -> str:
    """What a command prints, on both channels, without progress bars; cut after MAX_LINES lines."""
    with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(io.StringIO()) as err:
        code = main(words)
    lines = (
        (out.getvalue() if code not in (ExitCode.BAD_INPUT, ExitCode.INTERNAL) else err.getvalue())
        .rstrip()
        .splitlines()
    )
    if len(lines) > MAX_LINES:
        lines = [*lines[:MAX_LINES], f"... ({len(lines) - MAX_LINES} more lines)"]
    return "\n".join(lines)


def _block(text: str) -> str:
    return f"```text\n{text}\n```"
