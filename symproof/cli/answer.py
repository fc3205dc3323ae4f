"""What a command returns: the frame prints it, as JSON or as text, and exits with its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from symproof.cli.exit_code import ExitCode

__all__ = ["Answer"]


@dataclass(frozen=True)
class Answer:
    """The answer of a command, in both of its forms.

    Attributes:
        exit_code: what the process exits with.
        data: the one object that ``--json`` prints. Exact numbers are strings.
        text: what a person reads, without the last line break.
    """

    exit_code: ExitCode
    data: Mapping[str, object]
    text: str
