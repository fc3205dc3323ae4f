"""One hypothesis of a theorem, decided on the numbers of an instance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["DecidedHypothesis"]


@dataclass(frozen=True)
class DecidedHypothesis:
    """A hypothesis with the answer for one instance.

    Attributes:
        label: the number of the hypothesis, such as ``C1.1``.
        statement: what it says, in words.
        holds: True, False, or None when it could not be decided; None never counts as True.
        reason: one sentence saying why.
        witness: when it fails, the data that show it (strings, numbers and lists only); None otherwise.
        covers: the labels of the theorem's hypotheses that it decides, if they are not this one label.
        trust: the trust level of the results that the decision rests on; a computation on the numbers rests on none.
    """

    label: str
    statement: str
    holds: bool | None
    reason: str
    witness: Mapping[str, object] | None = None
    covers: tuple[str, ...] = ()
    trust: str = "proved"

    @property
    def covered(self) -> tuple[str, ...]:
        """The labels of the theorem's hypotheses that it decides."""
        return self.covers or (self.label,)

    def as_dict(self) -> dict[str, object]:
        """Return the entry of the ``hypotheses`` list that ``--json`` prints."""
        return {
            "label": self.label,
            "statement": self.statement,
            "holds": self.holds,
            "reason": self.reason,
            "witness": dict(self.witness) if self.witness is not None else None,
            "covers": list(self.covered),
            "trust": self.trust,
        }
