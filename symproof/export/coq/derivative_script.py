"""Proof scripts for derivatives: the rules of differentiation by the form of the function, then identities."""

from __future__ import annotations

from symproof.export.coq.elementary_script import exponentials
from symproof.export.coq.obligation import Obligation
from symproof.export.coq.statement import Statement
from symproof.logic.term import Term

__all__ = ["derivative_script"]


def derivative_script(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    """For the definition of the derivative, and for equations with the operator."""
    final = f"first [equal | plain; {exponentials((o.goal,), statement)}]"
    tactic = "differentiated" if any(t.op == "diff" for t in o.goal.walk()) else "by_definition"
    return f"{tactic} ltac:({final})"
