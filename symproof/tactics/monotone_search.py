"""Search for the evidence of the rule ``monotone``: a variable of the goal and a bound of it from which to start."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from symproof.kernel.rule import Refusal
from symproof.kernel.rules.monotone import slope_obligations
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.term import Term, free_variables

__all__ = ["monotone_evidence", "starts"]

LOWER = {"ge": (0, 1), "gt": (0, 1), "le": (1, 0), "lt": (1, 0)}
"""Relation to the positions of the larger and the smaller side."""


def monotone_evidence(
    goal: Term, facts: tuple[Term, ...], sequent: Sequent, discharge: Callable[[Sequent, Term], bool]
) -> tuple[Term, Term, bool] | tuple[Term, Term, bool, bool] | None:
    """A variable, a starting point, whether the way goes upwards, and True if the value there is strict; or None.

    Args:
        goal: the inequality.
        facts: the cited facts; bounds of the variable are read off them first, then off what is in reach.
        sequent: what is in reach.
        discharge: decides side conditions; a start with nothing left to show is preferred.
    """
    known = (*facts, *(h.proposition for h in sequent.hypotheses))
    found = list(dict.fromkeys(start for fact in known for start in starts(fact, free_variables(goal))))
    for start in found:
        if _complete(goal, start, False, sequent, discharge):
            return start
        if goal.op in ("gt", "lt") and _complete(goal, start, True, sequent, discharge):
            return (*start, True)
    return found[0] if found else None


def starts(fact: Term, variables: frozenset[Term] | set[Term]) -> Iterator[tuple[Term, Term, bool]]:
    """``x >= c`` and ``x > c``: from c upwards; ``x <= c`` and ``x < c``: from c downwards."""
    if fact.op not in LOWER:
        return
    large, small = (fact.args[k] for k in LOWER[fact.op])
    for x, start, upwards in ((large, small, True), (small, large, False)):
        if x.op == "var" and x.sort == REAL and x in variables and x not in free_variables(start):
            yield x, start, upwards


def _complete(
    goal: Term,
    start: tuple[Term, Term, bool],
    strict: bool,
    sequent: Sequent,
    discharge: Callable[[Sequent, Term], bool],
) -> bool:
    try:
        return all(discharge(sequent, p) for p in slope_obligations(goal, *start, sequent, strict))
    except Refusal:
        return False
