"""``logic``: the goal follows from the cited facts by propositional logic; what stands under a quantifier is an atom.

Decided by cases: an atom is taken to be true, then false, and what is left of facts and goal is simplified, until in
every case a fact is false or the goal true. Premises that a goal brought along (without a label) count as facts.
"""

from __future__ import annotations

from symproof.recheck.normal_form import canonical
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.term import FALSE, TRUE, Term, connective, relation

__all__ = ["check"]

JOINING = frozenset({"and", "or", "not", "implies", "iff"})
MAX_CASES = 20_000


def check(question: Question) -> Answer:
    """Accepts what follows from the cited facts."""
    facts = [*question.facts, *(p for label, p in question.sequent.hypotheses if not label)]
    if question.goal in facts:
        return Answer()
    parts = [_in_atoms(canonical(p)) for p in (*facts, connective("not", question.goal))]
    if not _contradictory([p for p in map(_simplified, parts) if p != TRUE], [MAX_CASES]):
        raise Refused("the goal does not follow from the cited facts by propositional logic")
    return Answer()


def _in_atoms(p: Term) -> Term:
    """The proposition with all relations written with ``=`` and ``<=``, so that contrary ones share an atom."""
    if p.op in JOINING:
        return connective(p.op, *map(_in_atoms, p.args))
    if p.op in ("ne", "eq"):
        a, b = p.args
        equal = relation("eq", a, b) if hash(a) <= hash(b) else relation("eq", b, a)
        return equal if p.op == "eq" else connective("not", equal)
    if p.op in ("le", "ge"):
        return p if p.op == "le" else relation("le", *reversed(p.args))
    if p.op in ("lt", "gt"):
        return connective("not", relation("le", *(reversed(p.args) if p.op == "lt" else p.args)))
    return p


def _simplified(p: Term, atom: Term | None = None, value: Term = TRUE) -> Term:
    """The proposition where an atom has a value; ``true`` or ``false`` only if it is that as a whole."""
    if p == atom:
        return value
    if p.op not in JOINING:
        return p
    parts = [_simplified(a, atom, value) for a in p.args]
    if p.op == "not":
        return _denied(parts[0])
    if p.op == "implies":
        parts = [_denied(parts[0]), parts[1]]
    if p.op == "iff":
        a, b = parts
        if a == b:
            return TRUE
        for one, other in ((a, b), (b, a)):
            if one in (TRUE, FALSE):
                return other if one == TRUE else _denied(other)
        return connective("iff", a, b)
    least, most = (FALSE, TRUE) if p.op != "and" else (TRUE, FALSE)
    left = [part for part in parts if part != least]
    return most if most in left else connective("and" if p.op == "and" else "or", *left)


def _denied(p: Term) -> Term:
    if p in (TRUE, FALSE):
        return FALSE if p == TRUE else TRUE
    return p.args[0] if p.op == "not" else connective("not", p)


def _contradictory(parts: list[Term], left: list[int]) -> bool:
    """Whether simplified propositions cannot all hold. ``left`` counts the cases that may still be looked at."""
    while True:
        if FALSE in parts:
            return True
        if not parts:
            return False
        left[0] -= 1
        if left[0] < 0:
            raise Refused("too many cases for propositional logic", undecided=True)
        known = next((p for p in parts if p.op not in JOINING or (p.op == "not" and p.args[0].op not in JOINING)), None)
        if known is None:
            break
        atom, value = (known.args[0], FALSE) if known.op == "not" else (known, TRUE)
        parts = [p for p in (_simplified(p, atom, value) for p in parts) if p != TRUE]
    atom = parts[0]
    while atom.op in JOINING:
        atom = atom.args[0]
    for value in (TRUE, FALSE):
        if not _contradictory([p for p in (_simplified(p, atom, value) for p in parts) if p != TRUE], left):
            return False
    return True
