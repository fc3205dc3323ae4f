"""Long lines of listings, broken for the page."""

from __future__ import annotations

__all__ = ["LISTING_COLUMNS", "listing_lines"]

LISTING_COLUMNS = 92
"""Characters that fit on a line of a listing in a PDF."""

_CONTINUATION = "  "


def listing_lines(text: str, columns: int = LISTING_COLUMNS) -> tuple[str, ...]:
    """The lines of a listing, none longer than ``columns``; continuation lines are indented by two blanks.

    Args:
        text: the listing; tabs count as four blanks.
        columns: the greatest length of a line.
    """
    return tuple(piece for line in text.expandtabs(4).splitlines() for piece in _pieces(line.rstrip(), columns))


def _pieces(line: str, columns: int) -> list[str]:
    if len(line) <= columns:
        return [line]
    cut = _cut(line, columns)
    pieces, rest = [line[:cut].rstrip()], line[cut:].lstrip()
    while len(rest) > columns - len(_CONTINUATION):
        cut = _cut(rest, columns - len(_CONTINUATION))
        pieces.append(_CONTINUATION + rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    return [*pieces, _CONTINUATION + rest] if rest else pieces


def _cut(line: str, columns: int) -> int:
    """Behind the last blank of the second half if there is one, else inside the word or number."""
    blank = line.rfind(" ", columns // 2, columns + 1)
    return columns if blank < 0 else blank + 1
