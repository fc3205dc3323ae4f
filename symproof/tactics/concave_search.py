"""Search for the evidence of the rule ``concave``: a variable of the goal between two bounds of it."""

from __future__ import annotations

from collections.abc import Callable

from symproof.kernel.rule import Refusal
from symproof.kernel.rules.concave import chord_obligations
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term, free_variables
from symproof.tactics.monotone_search import starts

__all__ = ["concave_evidence"]


def concave_evidence(
    goal: Term, facts: tuple[Term, ...], sequent: Sequent, discharge: Callable[[Sequent, Term], bool]
) -> tuple[Term, Term, Term] | None:
    """A variable with a lower and an upper bound for it, or None; bounds with nothing left to show are preferred.

    Args:
        goal: the inequality.
        facts: the cited facts; bounds of the variable are read off them first, then off what is in reach.
        sequent: what is in reach.
        discharge: decides side conditions.
    """
    known = (*facts, *(h.proposition for h in sequent.hypotheses))
    found = list(dict.fromkeys(s for fact in known for s in starts(fact, free_variables(goal))))
    pairs = [(x, low, high) for x, low, up in found if up for y, high, other in found if y == x and not other]
    for pair in pairs:
        try:
            if all(discharge(sequent, p) for p in chord_obligations(goal, *pair, sequent)):
                return pair
        except Refusal:
            continue
    return pairs[0] if pairs else None
