"""Proof scripts for minima and maxima, by what ``Calculus.v`` says of them."""

from __future__ import annotations

from symproof.export.coq.obligation import Obligation
from symproof.export.coq.statement import Statement
from symproof.logic.term import Term

__all__ = ["extremum_script"]


def extremum_script(o: Obligation, facts: tuple[Term, ...], statement: Statement) -> str:
    """That an extremum bounds its members, is bounded as all of them are, or is attained."""
    return "extremal"
