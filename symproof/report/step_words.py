"""The word that stands in front of a step's claim, by the kind of the step."""

from __future__ import annotations

__all__ = ["STEP_WORDS"]

STEP_WORDS: dict[str, str] = {
    "assume": "Assume",
    "let": "Let",
    "obtain": "Take",
    "witness": "Choose",
    "suffices": "It suffices to show",
    "show": "Show",
    "cases": "Cases",
    "case": "Case",
    "contradiction": "Suppose not",
    "induction": "Induction",
    "base": "Base case",
    "qed": "Hence",
}
"""Kinds that are not listed (``have``, ``calc``, ``apply``, ``unfold``, ...) have no word."""
