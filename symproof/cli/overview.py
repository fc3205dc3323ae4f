"""The text of ``symproof --help``, made from the table alone so that it appears at once."""

from __future__ import annotations

from collections.abc import Sequence

from symproof.cli.command_table import Command

__all__ = ["overview"]

_HEAD = """\
Usage: symproof COMMAND [ARGUMENTS] [OPTIONS]

A proof assistant for the theory of neural-network training.

Commands:
"""

_FOOT = """\

Options:
  --json     Print one JSON object on standard output (with every command).
  --help     Explain symproof, or the command it follows.
  --version  Print the version.

Exit codes:
  0  yes: checked, proved, certified or valid
  1  no: a step fails, refuted, a hypothesis does not hold, invalid certificate
  2  the input is bad
  3  undecided within the limits
  4  symproof itself failed (set SYMPROOF_DEBUG=1 for the traceback)
"""


def overview(commands: Sequence[Command]) -> str:
    """Describe the command line.

    Args:
        commands: the commands, in the order of the table.

    Returns:
        The help text, without the last line break.
    """
    width = max((len(command.name) for command in commands), default=0)
    rows = "".join(f"  {command.name:<{width}}  {command.summary}\n" for command in commands)
    return (_HEAD + rows + _FOOT).rstrip("\n")
