"""The tactic ``linear?``: an inequality from what is in reach, the facts chosen and products of facts added."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, combinations_with_replacement, islice

from symproof.kernel.sequent import Sequent, conjuncts
from symproof.logic.term import Term
from symproof.proof.step import By, FactReference, Step
from symproof.tactics.automatic import ORDER, Search

__all__ = ["linear_steps"]

MAX_PRODUCTS = 24
MAX_SQUARES = 10


def linear_steps(search: Search, sequent: Sequent, goal: Term) -> tuple[Step, ...] | None:
    """Steps that prove a relation between numbers, or that the facts contradict each other; None if none are found.

    Tried are: the facts in reach and instances of those that are universally quantified; the same with products of two
    facts and squares of differences as further facts; sums of squares.
    """
    if goal.op != "false" and (goal.op not in (*ORDER, "eq") or not goal.args[0].sort.is_number):
        return None
    if (by := search.one_rule(sequent, goal, ("linear",))) is not None:
        return (Step("qed", by=by),)
    search.tried.setdefault("rule linear with products of facts and squares")
    steps, inside = _more_facts(search, sequent, goal)
    if steps and (by := search.one_rule(inside, goal, ("linear",))) is not None:
        used = {f.label for f in by.facts}
        return (*(s for s in steps if s.label in used), Step("qed", by=by))
    by = search.one_rule(sequent, goal, ("sos",)) if goal.op != "eq" else None
    return None if by is None else (Step("qed", by=by),)


def _more_facts(search: Search, sequent: Sequent, goal: Term) -> tuple[list[Step], Sequent]:
    """Products of facts and squares, each with its proof, and what is in reach with them."""
    steps: list[Step] = []
    inside = sequent
    for claim, by in (*islice(_products(sequent), MAX_PRODUCTS), *islice(_squares(goal), MAX_SQUARES)):
        if search.accepts(sequent, claim, by):
            label = search.label("product")
            steps.append(Step("have", label, claim=claim, by=by))
            inside = inside.with_hypothesis(label, claim)
    return steps, inside


def _products(sequent: Sequent) -> Iterator[tuple[Term, By]]:
    """The product of the differences of two inequalities is not negative."""
    known: list[tuple[str, Term, bool]] = []
    for h in reversed(sequent.hypotheses):
        parts = tuple(conjuncts(h.proposition))
        if h.label and len(parts) == 1 and parts[0].op in ORDER:
            a, b = parts[0].args
            low, high = (a, b) if parts[0].op in ("le", "lt") else (b, a)
            known.append((h.label, _difference(high, low), parts[0].op in ("lt", "gt")))
    for (label, p, strict), (other, q, other_strict) in combinations_with_replacement(known[:8], 2):
        product = p * q
        claim = product > 0 if strict and other_strict else product >= 0
        labels = dict.fromkeys((label, other))
        yield claim, By("sign", tuple(FactReference(each) for each in labels))


def _difference(high: Term, low: Term) -> Term:
    zero = low.op == "num" and low.data == 0
    return high if zero else high - low


def _squares(goal: Term) -> Iterator[tuple[Term, By]]:
    """Squares of the atoms of the goal and of their differences and sums."""
    atoms = dict.fromkeys(
        t for t in goal.walk() if t.sort.is_number and not t.loose and t.op in ("var", "apply", "call")
    )
    for atom in atoms:
        yield atom**2 >= 0, By("sign")
    for a, b in combinations(atoms, 2):
        yield (a - b) ** 2 >= 0, By("sign")
        yield (a + b) ** 2 >= 0, By("sign")
