"""A claim that a rule must prove, and one next to it that is false, with the point that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from symproof.kernel.evaluate import Undefined, decide
from symproof.logic.term import Term
from symproof.proof.author import Reason, by
from tests.soundness.checking import proves

__all__ = ["NearMiss"]


@dataclass(frozen=True)
class NearMiss:
    """A pair of claims for one rule.

    Attributes:
        reason: the rule (as authors write it).
        true: a claim that the rule proves from ``given``.
        given: the hypotheses of the true claim, by label; the rule is given all of them as facts.
        false: a claim that looks like it and is false for some values.
        wrong: the hypotheses of the false claim; those of the true one if None.
        point: values of the variables where the hypotheses of the false claim hold and it does not.
    """

    reason: Reason
    true: Term
    false: Term
    point: Mapping[Term, Any] = field(default_factory=dict)
    given: Mapping[str, Term] = field(default_factory=dict)
    wrong: Mapping[str, Term] | None = None

    def __str__(self) -> str:
        return f"{self._rule}: {self.false}"

    @property
    def _rule(self) -> str:
        return self.reason if isinstance(self.reason, str) else self.reason.rule

    @property
    def hypotheses(self) -> Mapping[str, Term]:
        """The hypotheses of the false claim."""
        return self.given if self.wrong is None else self.wrong

    def _proves(self, claim: Term, hypotheses: Mapping[str, Term]) -> bool:
        reason = by(self.reason, *hypotheses) if isinstance(self.reason, str) else self.reason
        return proves(reason, claim, **hypotheses)

    def true_is_proved(self) -> bool:
        """Whether the rule proves the true claim."""
        return self._proves(self.true, self.given)

    def false_is_proved(self) -> bool:
        """Whether the rule proves the false claim."""
        return self._proves(self.false, self.hypotheses)

    def is_refuted(self) -> bool:
        """Whether the false claim fails, or is not defined, at the point, and its hypotheses hold there."""
        if any(decide(h, self.point) is not True for h in self.hypotheses.values()):
            return False
        try:
            return decide(self.false, self.point) is False
        except Undefined:
            return True
