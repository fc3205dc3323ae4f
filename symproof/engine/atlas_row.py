"""One row of the atlas: what the theorems say of one activation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

__all__ = ["AtlasPart", "AtlasRow"]


@dataclass(frozen=True)
class AtlasPart:
    """What one theorem says of one activation.

    Attributes:
        verdict: ``certified``, ``not_applicable``, ``undecided`` or ``failed``.
        reason: why; what was decided, and how.
        theorem: its id.
        trust: the worst of the theorem's and the instance's trust; empty unless certified.
        numbers: the instance as exact strings or balls; empty unless certified.
    """

    verdict: str
    reason: str
    theorem: str = ""
    trust: str = ""
    numbers: Mapping[str, Any] = field(default_factory=dict)

    @property
    def decided(self) -> bool:
        """Whether it is certified, or shown not to apply."""
        return self.verdict in ("certified", "not_applicable")


@dataclass(frozen=True)
class AtlasRow:
    """One row.

    Attributes:
        title: the activation's name.
        text: the activation as it was given.
        formula: the activation as a term in t.
        latex: the same as LaTeX.
        smooth: what the theorems on smooth activations say.
        affine_piece: what the theorem on activations with an affine piece says.
        relu_like: what the theorem on ReLU-like activations says.
        seconds: how long it took.
    """

    title: str
    text: str
    formula: str
    latex: str
    smooth: AtlasPart
    affine_piece: AtlasPart
    relu_like: AtlasPart
    seconds: float = field(default=0.0, compare=False)

    @property
    def parts(self) -> tuple[AtlasPart, AtlasPart, AtlasPart]:
        """The three families of theorems."""
        return self.smooth, self.affine_piece, self.relu_like

    @property
    def decided(self) -> bool:
        """Whether every family is decided."""
        return all(part.decided for part in self.parts)

    @property
    def applies(self) -> str:
        """Which families have a certified instance: smooth, affine piece, both, neither; undecided if one is not."""
        smooth = self.smooth.verdict == "certified"
        affine = "certified" in (self.affine_piece.verdict, self.relu_like.verdict)
        if smooth and affine:
            return "both"
        return "smooth" if smooth else "affine piece" if affine else "neither" if self.decided else "undecided"

    @property
    def shown(self) -> AtlasPart:
        """The part whose numbers stand in the table: the first that is certified, else the first."""
        return next((part for part in self.parts if part.verdict == "certified"), self.smooth)
