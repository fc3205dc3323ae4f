"""The tactics by the names that an author writes in place of a rule, and how one is run.

A tactic is a search. What it returns has been tried with the rules of the kernel, but counts for nothing: the steps go
into the proof, are shown on request, and the proof is checked from scratch.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.step import By, Step
from symproof.proof.theorem import LEMMAS, Theorem
from symproof.tactics.apply_search import apply_search
from symproof.tactics.automatic import ORDER, Search, SearchEndsError
from symproof.tactics.linear_tactic import linear_steps
from symproof.tactics.ring_tactic import ring_steps

__all__ = ["APPLY", "TACTICS", "TacticRun", "run_tactic"]

SECONDS = 20.0
"""A search that takes longer ends without an answer; the bound that usually counts is a number of attempts."""
APPLY = "apply?"
"""The tactic that looks through the whole library. Only ``symproof expand`` and a proof state carry it out."""


@dataclass(frozen=True)
class TacticRun:
    """What a tactic found.

    Attributes:
        steps: what proves the goal; None if it found nothing.
        tried: what it tried, in words.
    """

    steps: tuple[Step, ...] | None
    tried: tuple[str, ...] = ()


def _auto(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    return search.prove(sequent, goal)


def _positivity(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    """A sign by structure: first the signs of parts that linear arithmetic or squares decide, then of the whole."""
    if goal.op not in (*ORDER, "ne") or not goal.args[0].sort.is_number:
        return None
    steps: list[Step] = []
    by = search.one_rule(sequent, goal, ("sign",))
    parts = dict.fromkeys(t for t in goal.walk() if t.sort.is_number and not t.loose and t.op in ("add", "sub"))
    for part in [*parts] if by is None else ():
        for claim in (part > 0, part >= 0, part < 0, part <= 0):
            found = search.one_rule(sequent, claim, ("sign", "linear", "sos")) if claim != goal else None
            if found is not None:
                label = search.label("sign")
                steps.append(Step("have", label, claim=claim, by=found))
                sequent = sequent.with_hypothesis(label, claim)
                break
    by = by or search.one_rule(sequent, goal, ("sign",))
    return None if by is None else (*steps, Step("qed", by=by))


def _apply(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    """The best result of the library that applies, if nothing remains or what remains is found."""
    offers = apply_search(sequent, goal, search.library, inside=search.inside, taken=search.taken)
    for offer in offers:
        search.tried.setdefault(str(offer))
        if offer.applies and (steps := search.applied(sequent, offer)) is not None:
            return steps
    return None


Tactic = Callable[[Search, Sequent, Term], "tuple[Step, ...] | None"]
TACTICS: Mapping[str, Tactic] = MappingProxyType(
    {
        "auto": _auto,
        "positivity": _positivity,
        "ring?": ring_steps,
        "linear?": linear_steps,
        APPLY: _apply,
        "calc": _auto,  # for a link of a chain without a reason
    }
)
"""The tactics by name. A name with a question mark asks for what a rule of that name would need."""


def run_tactic(
    by: By | str,
    sequent: Sequent,
    goal: Term,
    taken: set[str] | None = None,
    seconds: float = SECONDS,
    *,
    library: Mapping[str, Theorem] | None = None,
    inside: str = "",
) -> TacticRun:
    """Run a tactic on a goal.

    Args:
        by: one of ``TACTICS``, or a justification by it; instances among its facts are added to what is in reach, and
            the option ``lemmas`` names results that it may apply.
        sequent: what is in reach.
        goal: what is to be shown.
        taken: labels that the steps must not use; those of the steps are added.
        seconds: how long to search at most.
        library: the results that it may apply.
        inside: the id of the theorem whose proof this is.
    """
    by = By(by) if isinstance(by, str) else by
    labels = taken if taken is not None else set()
    labels |= {h.label for h in sequent.hypotheses}
    options = dict(by.options)
    lemmas = options.pop(LEMMAS, ())
    if options or by.rewrite or by.unfold or not isinstance(lemmas, tuple):
        return TacticRun(None, (f"nothing: {by.rule} takes facts and lemmas=[ids], nothing else",))
    missing = [each for each in lemmas if each not in (library or {})]
    if missing:
        return TacticRun(None, (f"nothing: there is no result {missing[0]}",))
    search = Search(time.monotonic() + seconds, labels, library or {}, inside, lemmas)
    first: list[Step] = []
    for fact in by.facts:
        said = search.trial.fact(sequent, fact)
        if isinstance(said, Diagnostic):
            return TacticRun(None, (f"nothing: {said.message}",))
        if fact.args:
            label = search.label(fact.label)
            first.append(Step("have", label, claim=said, by=By("logic", (fact,))))
            sequent = sequent.with_hypothesis(label, said)
    try:
        found = TACTICS[by.rule](search, sequent, goal)
    except SearchEndsError:
        found = None
        search.tried.setdefault("more than a search may")
    return TacticRun(None if found is None else (*first, *found), tuple(search.tried))
