"""The tactic ``ring?``: an identity; the equations, definitions and cofactors that it needs are looked for."""

from __future__ import annotations

from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.step import By, Step
from symproof.tactics.automatic import Search, identity_ways

__all__ = ["ring_steps"]

_RULES = ("ring", "field")


def ring_steps(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    """One step that proves an equation between numbers or matrices, or None.

    Tried are, in this order: expanding both sides; with the equations in reach used from left to right; with the
    explicit definitions that occur replaced by what they say; cofactors for the equations in reach; identities among
    elementary functions.
    """
    if goal.op != "eq":
        return None
    rules = _RULES if goal.args[0].sort.is_number else ("matrix",)
    for by in (by for rule in rules for by in identity_ways(sequent, goal, rule)):
        search.tried.setdefault(_words(by))
        if search.accepts(sequent, goal, by):
            return (Step("qed", by=search.slim(sequent, goal, by)),)
    by_search = search.one_rule(sequent, goal, ("ideal", "elementary") if rules == _RULES else ("linear",))
    return None if by_search is None else (Step("qed", by=by_search),)


def _words(by: By) -> str:
    with_equations = f" with the equations {', '.join(f.label for f in by.rewrite)}" if by.rewrite else ""
    unfolding = f" unfolding {', '.join(d.name for d in by.unfold)}" if by.unfold else ""
    return f"rule {by.rule}{with_equations}{unfolding}"
