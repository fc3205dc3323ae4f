"""One claim, decided, as an object that shows itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from symproof.report.latex_words import latex_rows, latex_words
from symproof.tactics.prove import ClaimResult, prove_claim

__all__ = ["ClaimVerdict", "prove"]


@dataclass(frozen=True)
class ClaimVerdict:
    """What became of a claim.

    Attributes:
        claim: the claim as it was written.
        result: the answer: ``status`` is proved, refuted, unknown or invalid.
    """

    claim: str
    result: ClaimResult

    @property
    def status(self) -> str:
        """``proved``, ``refuted``, ``unknown`` or ``invalid``."""
        return self.result.status

    def __bool__(self) -> bool:
        raise TypeError("a verdict has no truth value, there are more than two answers; read .status")

    def __repr__(self) -> str:
        trust = f" (trust: {self.result.trust})" if self.status == "proved" else ""
        return f"{self.claim}: {self.status}{trust}" + (f"\n{self.result.message}" if self.result.message else "")

    def _repr_html_(self) -> str:
        trust = f" (trust: {escape(self.result.trust)})" if self.status == "proved" else ""
        head = f"<code>{escape(self.claim)}</code>: <strong>{escape(self.status)}</strong>{trust}"
        return f"<div><p>{head}</p><p>{escape(self.result.message)}</p></div>"

    def _repr_latex_(self) -> str:
        return latex_rows([(latex_words(line),) for line in repr(self).splitlines()], "l")


def prove(claim: str, *, given: Sequence[str] = (), timeout: float = 10.0, **sorts: str) -> ClaimVerdict:
    """Prove or refute a claim, as ``symproof prove`` does.

    Args:
        claim: in the claim grammar, for example ``"sqrt(x**2) == x"``.
        given: hypotheses.
        timeout: seconds, about.
        **sorts: the sort of each variable, for example ``x="real"``.
    """
    return ClaimVerdict(claim, prove_claim(sorts, tuple(given), claim, timeout))
