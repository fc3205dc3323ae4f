"""How trust levels and verdicts look: words and a sign first, colour only on top."""

from __future__ import annotations

from typing import NamedTuple

from symproof.report.document import Trust, Verdict

__all__ = ["TRUST_ORDER", "TRUST_STYLES", "VERDICT_STYLES", "TrustStyle", "VerdictStyle"]


class TrustStyle(NamedTuple):
    """How a trust level is shown.

    Attributes:
        word: the word on the tag.
        colour: text and border, as RGB hex digits; at least 4.5:1 on white and on its fill.
        fill: background.
        meaning: one sentence for the legend.
    """

    word: str
    colour: str
    fill: str
    meaning: str


class VerdictStyle(NamedTuple):
    """How a verdict is shown."""

    word: str
    sign: str
    colour: str


TRUST_ORDER: tuple[Trust, ...] = ("proved", "certified", "oracle", "cited", "open", "refuted", "undecided")

TRUST_STYLES: dict[Trust, TrustStyle] = {
    "proved": TrustStyle("proved", "1B5E3A", "E6F4EA", "by the kernel's rules alone"),
    "certified": TrustStyle("certified", "0B5563", "E0F2F5", "also by ball arithmetic"),
    "oracle": TrustStyle("oracle", "6A3D00", "FFF1DC", "also by an answer of an SMT solver or computer algebra system"),
    "cited": TrustStyle("cited", "4A3A8C", "ECE9F8", "also by results of the literature, named"),
    "open": TrustStyle("open", "7A1F1F", "FBE9E7", "with a gap, marked as such"),
    "refuted": TrustStyle("refuted", "8B0000", "FADADA", "false: a certified counterexample is known"),
    "undecided": TrustStyle("undecided", "4A4A4A", "EEEEEE", "neither proved nor refuted within the limits"),
}

VERDICT_STYLES: dict[Verdict, VerdictStyle] = {
    "true": VerdictStyle("holds", "✓", "1B5E3A"),
    "false": VerdictStyle("fails", "✗", "8B0000"),
    "undecided": VerdictStyle("undecided", "?", "4A4A4A"),
}
