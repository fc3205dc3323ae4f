"""Steps that show that a term is nonnegative: one rule, or numerator and denominator one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from symproof.kernel.check import check_theorem
from symproof.logic.term import Term, free_variables
from symproof.proof.author import by, have, qed
from symproof.proof.step import By, Step
from symproof.proof.theorem import theorem
from symproof.tactics.evidence_search import SearchingEvidence

__all__ = ["accepted_reason", "nonnegativity_steps"]

RULES = ("sign", "linear", "sos")


def nonnegativity_steps(term: Term, facts: Mapping[str, Term]) -> tuple[Step, ...] | None:
    """Steps whose goal is ``term >= 0``, which the kernel accepts with these facts in reach; None if none are found.

    Args:
        term: a real term.
        facts: what may be used, by label.
    """
    whole = accepted_reason(term >= 0, facts, RULES)
    if whole is not None:
        return (qed(whole),)
    if term.op != "div":
        return None
    top, bottom = accepted_reason(term.args[0] >= 0, facts, RULES), accepted_reason(term.args[1] > 0, facts, RULES)
    if top is None or bottom is None:
        return None
    return (
        have("top", term.args[0] >= 0, top),
        have("bottom", term.args[1] > 0, bottom),
        qed(by("sign", "top", "bottom")),
    )


def accepted_reason(claim: Term, facts: Mapping[str, Term], rules: Sequence[str]) -> By | None:
    """The first of some rules by which the kernel accepts a claim from the facts; None if there is none."""
    names = sorted(frozenset().union(*map(free_variables, (claim, *facts.values()))), key=lambda v: v.name)
    for rule in rules:
        why = by(rule, *facts)
        tried = theorem("search.step", "", variables=names, hypotheses=facts, conclusion=claim, proof=[qed(why)])
        if check_theorem(tried, {}, SearchingEvidence(), first_only=True).accepted:
            return why
    return None
