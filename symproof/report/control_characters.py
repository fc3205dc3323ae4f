"""Characters that are not seen but change what is seen: shown as their code point."""

from __future__ import annotations

import unicodedata

__all__ = ["visible"]

_KEPT = "\n\t"
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co"}


def visible(text: str) -> str:
    """The text with control and direction-changing characters written out, such as ``[U+202E]``."""
    if text.isprintable():
        return text
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN_CATEGORIES:
        return character
    return f"[U+{ord(character):04X}]"
