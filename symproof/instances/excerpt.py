"""A short printable excerpt of untrusted text, for error messages."""

from __future__ import annotations

__all__ = ["describe", "excerpt"]


def excerpt(text: str, limit: int = 40) -> str:
    """Quote ``text``, cut after ``limit`` characters, with every character that does not print escaped.

    >>> excerpt("1.5x")
    "'1.5x'"
    """
    shown = ascii(text[:limit]) if not text[:limit].isprintable() else repr(text[:limit])
    return shown if len(text) <= limit else f"{shown}... ({len(text)} characters)"


def describe(value: object) -> str:
    """Show an untrusted value: text and small numbers as they are, anything else by its type.

    >>> describe([1, 2])
    'a list'
    """
    if isinstance(value, str):
        return excerpt(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value) if value.bit_length() <= 128 else "an integer of many digits"
    if isinstance(value, list):
        return "a list"
    return "a table" if isinstance(value, dict) else f"a {type(value).__name__}"
