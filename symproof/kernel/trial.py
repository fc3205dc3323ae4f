"""Single rules and facts, tried outside of a proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from symproof.kernel.claim_checker import ClaimChecker, Stopped
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.rule import UNREADABLE, Accepted, Evidence, NoEvidence, Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import SortError
from symproof.logic.term import Term, coerce
from symproof.proof.step import By, FactReference, Step
from symproof.proof.theorem import Theorem

__all__ = ["Trial"]

_T = TypeVar("_T")


class Trial:
    """Tries single rules, for tactics and exploration. Nothing that it says makes a theorem accepted."""

    def __init__(self, evidence: Evidence | None = None) -> None:
        self._checker = ClaimChecker(Theorem("trial", "", (), (), coerce(True)), {}, evidence or NoEvidence(), False)

    def rule(self, sequent: Sequent, claim: Term, by: By) -> Accepted | Diagnostic:
        """What a rule says of a claim: accepted with its detail, or why not."""
        step = Step("have", claim=claim, by=by)
        return self._ask(lambda: self._checker.establish(claim, by, sequent, "", step))

    def fact(self, sequent: Sequent, reference: FactReference) -> Term | Diagnostic:
        """What a fact reference says in a sequent, or why it says nothing."""
        return self._ask(lambda: self._checker.fact(reference, sequent, "", Step("have")))

    def discharges(self, sequent: Sequent, proposition: Term) -> bool:
        """Whether a side condition is discharged without a step of its own."""
        return self._checker.discharge(sequent, proposition)

    def _ask(self, question: Callable[[], _T | None]) -> _T | Diagnostic:
        checker = self._checker
        checker.diagnostics.clear()
        try:
            found = question()
        except Stopped:
            found = None
        except (SortError, Refusal, *UNREADABLE) as problem:
            checker.diagnostics.append(Diagnostic("SP-SORT-001", "trial", "", str(problem)))
            found = None
        if found is None or checker.diagnostics:
            return checker.diagnostics[0]
        return found
