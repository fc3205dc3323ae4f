"""What the denial of a proposition says."""

from __future__ import annotations

from symproof.recheck.term import FALSE, TRUE, Term, build, connective, relation

__all__ = ["CONTRARY", "negation", "opposite"]

CONTRARY = {"eq": "ne", "ne": "eq", "lt": "ge", "ge": "lt", "le": "gt", "gt": "le"}
"""The relation that holds of two numbers exactly if the other one fails."""


def opposite(p: Term) -> Term:
    """``not p``; of a relation the contrary one, of a negation what it negates."""
    if p.op in CONTRARY:
        return relation(CONTRARY[p.op], *p.args)
    return p.args[0] if p.op == "not" else connective("not", p)


def negation(p: Term) -> Term:
    """A proposition that holds exactly if ``p`` fails, with the negation as far inside as it goes.

    ``and`` and ``or`` change places, ``forall`` and ``exists`` too; an implication fails if its premise (whose parts
    are kept as parts) holds and its conclusion fails.
    """
    if p.op in ("true", "false"):
        return FALSE if p.op == "true" else TRUE
    if p.op in ("and", "or"):
        return connective("or" if p.op == "and" else "and", *map(negation, p.args))
    if p.op == "implies":
        premise, conclusion = p.args
        return connective("and", *(premise.args if premise.op == "and" else (premise,)), negation(conclusion))
    if p.op in ("forall", "exists"):
        return build("exists" if p.op == "forall" else "forall", (negation(p.args[0]),), p.binders)
    return opposite(p)
