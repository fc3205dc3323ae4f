"""Prose with LaTeX formulas between dollar signs, as plain text for the terminal."""

from __future__ import annotations

import re

__all__ = ["plain_prose"]

_WORDS = {
    r"\le": "<=", r"\ge": ">=", r"\ne": "!=", r"\cdot": ".", r"\dots": "...", r"\infty": "oo", r"\lvert": "|",
    r"\rvert": "|", r"\times": "x", r"\,": " ", r"\{": "{", r"\}": "}", r"\varphi": "phi", r"\bar": "", r"\mathbb": "",
}  # fmt: skip
_FRACTION = re.compile(r"\\t?frac(?:\{([^{}]*)\}\{([^{}]*)\}|(\d)(\d))")
_COMMAND = re.compile(r"\\(?:[A-Za-z]+|.)")


def plain_prose(text: str) -> str:
    """The text without dollar signs, its LaTeX commands replaced by words and signs."""
    pieces = text.split("$")
    return "".join(_plain(piece) if position % 2 else piece for position, piece in enumerate(pieces))


def _plain(formula: str) -> str:
    formula = _FRACTION.sub(_fraction, formula)
    words = _COMMAND.sub(lambda found: _WORDS.get(found[0], found[0][1:]), formula)
    return re.sub(r"(?<!\\)[{}](?![^{}]*\\)", "", words) if r"\{" not in formula else words


def _fraction(found: re.Match[str]) -> str:
    """A fraction with a stroke; sums get parentheses."""
    parts = found[1] or found[3], found[2] or found[4]
    top, bottom = (f"({part})" if " " in part.strip() else part for part in parts)
    factor = re.match(r"[\w(]|\\[A-Za-z]", found.string[found.end() :])
    return f"{top}/{bottom} " if factor else f"{top}/{bottom}"
