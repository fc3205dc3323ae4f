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
    "proved": TrustStyle("proved", "1B6E2E", "DFF0DF", "by the kernel's rules alone"),
    "certified": TrustStyle("certified", "1F5A96", "DCE9F7", "also by ball arithmetic"),
    "oracle": TrustStyle("oracle", "7A5600", "FDF1CF", "also by an answer of an SMT solver or a CAS"),
    "cited": TrustStyle("cited", "5E3A87", "ECE4F5", "also by named results of the literature"),
    "open": TrustStyle("open", "444444", "FFFFFF", "with a gap, marked as such"),
    "refuted": TrustStyle("refuted", "A01818", "F9D9D9", "false: the negation is proved, or it rests on such a claim"),
    "undecided": TrustStyle("undecided", "444444", "EEEEEE", "neither proved nor refuted within the limits"),
}

VERDICT_STYLES: dict[Verdict, VerdictStyle] = {
    "true": VerdictStyle("holds", "✓", "1B6E2E"),
    "agrees": VerdictStyle("agrees, not proved equal", "≈", "1F5A96"),
    "false": VerdictStyle("fails", "✗", "A01818"),
    "undecided": VerdictStyle("undecided", "?", "444444"),
}
