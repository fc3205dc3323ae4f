"""The command ``symproof``: run a command, print its answer or one message, exit with a code of the contract."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence

from symproof.cli.answer import Answer
from symproof.cli.command_table import COMMANDS, Command
from symproof.cli.dispatch import dispatch, take_flag
from symproof.cli.exit_code import ExitCode
from symproof.cli.json_output import json_text
from symproof.cli.streams import write_error, write_output
from symproof.errors import InputError

__all__ = ["main", "run"]


def run() -> None:
    """Entry point of the installed script."""
    sys.exit(main(sys.argv[1:]))


def main(words: Sequence[str], *, commands: Sequence[Command] = COMMANDS) -> int:
    """Carry out a command line.

    Args:
        words: the command line after the name of the program.
        commands: the commands there are.

    Returns:
        The exit code.
    """
    as_json, words = take_flag("--json", words)
    try:
        answer = _quiet_dispatch(words, commands) if as_json else dispatch(words, commands)
        output = json_text(answer.data) if as_json else answer.text
    except InputError as error:
        answer = Answer(ExitCode.BAD_INPUT, {"error": error.as_dict()}, str(error))
    except KeyboardInterrupt:
        answer = _failure(ExitCode.INTERRUPTED, "interrupted")
    except (Exception, SystemExit) as error:  # the last resort: whatever it is, it is not the user's fault
        answer = _bug(error)
    else:
        if as_json or answer.exit_code != ExitCode.BAD_INPUT:
            return write_output(output) or answer.exit_code
    return _print_failure(answer, as_json=as_json)


def _quiet_dispatch(words: Sequence[str], commands: Sequence[Command]) -> Answer:
    """Standard output is for the JSON object alone: what a library prints on the way goes to standard error."""
    with contextlib.redirect_stdout(sys.stderr):
        return dispatch(words, commands)


def _print_failure(answer: Answer, *, as_json: bool) -> int:
    if as_json:
        return write_output(json_text(answer.data)) or answer.exit_code
    write_error(answer.text)
    return answer.exit_code


def _failure(code: ExitCode, message: str) -> Answer:
    return Answer(code, {"error": InputError(message).as_dict()}, message)


def _bug(error: BaseException) -> Answer:
    if os.environ.get("SYMPROOF_DEBUG") == "1":
        import traceback

        traceback.print_exception(error)
    return _failure(
        ExitCode.INTERNAL,
        f"this is a bug in symproof, not in your input ({type(error).__name__}: {error}). "
        "Nothing was decided. Run it again with SYMPROOF_DEBUG=1 for the traceback and report it",
    )
