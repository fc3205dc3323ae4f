"""Text as Typst string literals."""

from __future__ import annotations

__all__ = ["typst_string"]


def typst_string(text: str) -> str:
    """The text as a quoted Typst string: nothing in it is code."""
    escaped = "".join(_escape(character) for character in text)
    return f'"{escaped}"'


def _escape(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else rf"\u{{{ord(character):x}}}"
