"""Prose with LaTeX formulas between dollar signs, as plain text for the terminal."""

from __future__ import annotations

import re

__all__ = ["plain_prose"]

_WORDS = {
    r"\le": "<=", r"\ge": ">=", r"\ne": "!=", r"\cdot": ".", r"\dots": "...", r"\infty": "oo", r"\lvert": "|",
    r"\rvert": "|", r"\times": "x", r"\,": " ", r"\{": "{", r"\}": "}", r"\varphi": "phi", r"\bar": "", r"\mathbb": "",
}  # fmt: skip
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")


def plain_prose(text: str) -> str:
    """The text without dollar signs, its LaTeX commands replaced by words and signs."""
    pieces = text.split("$")
    return "".join(_plain(piece) if position % 2 else piece for position, piece in enumerate(pieces))


def _plain(formula: str) -> str:
    words = _COMMAND.sub(lambda found: _WORDS.get(found[0], found[0][1:]), formula)
    return re.sub(r"(?<!\\)[{}](?![^{}]*\\)", "", words) if r"\{" not in formula else words
