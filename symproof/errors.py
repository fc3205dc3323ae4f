"""The typed errors of symproof that a user may see.

Every error carries what was wrong, where, what was expected, what was found and what to do next, so that the command
line can print one message and exit with the code of the contract.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["InputError", "SymproofError"]


class SymproofError(Exception):
    """Root of every error that symproof raises on purpose."""


# Not frozen: Python itself writes to an exception (`__traceback__` in contextlib, `__notes__`).
@dataclass(eq=False)
class InputError(SymproofError):
    """The user's input is bad (exit code 2).

    Attributes:
        what: one sentence: what is wrong.
        where: file and line, key, argument or character position, as the user can find it.
        expected: what would have been accepted.
        found: what was found, shortened to a printable excerpt.
        hint: what to do next; may be empty.
    """

    what: str
    where: str = ""
    expected: str = ""
    found: str = ""
    hint: str = ""

    def __str__(self) -> str:
        parts = [f"{self.where}: {self.what}" if self.where else self.what]
        if self.expected:
            parts.append(f"expected {self.expected}")
        if self.found:
            parts.append(f"found {self.found}")
        message = "; ".join(parts)
        return f"{message}. {self.hint}" if self.hint else message

    def __reduce__(self) -> tuple[type[InputError], tuple[str, ...]]:
        # The default would call the class without its fields when an error comes back from a worker process.
        return type(self), (self.what, self.where, self.expected, self.found, self.hint)

    def as_dict(self) -> dict[str, str]:
        """The error as the JSON object that ``--json`` prints under ``error``."""
        return {
            "what": self.what,
            "where": self.where,
            "expected": self.expected,
            "found": self.found,
            "hint": self.hint,
        }
