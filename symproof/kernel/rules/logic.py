"""Propositional steps: the goal follows from the cited facts by a truth table over their atomic parts.

Relations that negate each other (a < b and b <= a, a = b and a != b) are one atom and its negation; quantified parts
are atoms. Good: from ``P or Q`` and ``not P`` to ``Q``. Bad: from ``P or Q`` to ``P``.
"""

from __future__ import annotations

from itertools import product

from symproof.kernel.normal_form import canonical
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.logic.sort import BOOL
from symproof.logic.term import Term, relation

__all__ = ["RULE", "atomic"]

MAX_ATOMS = 14
CONNECTIVES = frozenset({"and", "or", "not", "implies", "iff", "true", "false"})


def atomic(p: Term) -> tuple[Term, bool]:
    """(atom, sign) of a proposition that is no connective: relations are reduced to = and <=."""
    if p.op in ("ne", "eq"):
        a, b = sorted(p.args, key=lambda t: t.digest)
        return relation("eq", a, b), p.op == "eq"
    if p.op in ("le", "ge"):
        low, high = p.args if p.op == "le" else p.args[::-1]
        return relation("le", low, high), True
    if p.op in ("lt", "gt"):
        low, high = p.args if p.op == "lt" else p.args[::-1]
        return relation("le", high, low), False
    return p, True


def _atoms(p: Term, found: dict[Term, int]) -> None:
    if p.op in CONNECTIVES:
        for part in p.args:
            _atoms(part, found)
    else:
        found.setdefault(atomic(p)[0], len(found))


def _value(p: Term, row: tuple[bool, ...], atoms: dict[Term, int]) -> bool:
    if p.op in ("true", "false"):
        return p.op == "true"
    if p.op not in CONNECTIVES:
        a, sign = atomic(p)
        return row[atoms[a]] == sign
    values = [_value(part, row, atoms) for part in p.args]
    if p.op == "not":
        return not values[0]
    if p.op == "and":
        return all(values)
    if p.op == "or":
        return any(values)
    return values[0] == values[1] if p.op == "iff" else not values[0] or values[1]


def _check(request: Request) -> Accepted:
    goal = request.goal
    facts = [*request.facts, *(h.proposition for h in request.sequent.hypotheses if not h.label)]
    if goal in facts:
        return Accepted()
    goal, facts = canonical(goal), [canonical(f) for f in facts]
    atoms: dict[Term, int] = {}
    for p in (*facts, goal):
        _atoms(p, atoms)
    if len(atoms) > MAX_ATOMS:
        raise Refusal(f"{len(atoms)} atomic parts are more than the {MAX_ATOMS} of a truth table")
    for row in product((False, True), repeat=len(atoms)):
        if all(_value(f, row, atoms) for f in facts) and not _value(goal, row, atoms):
            true = [str(a) for a, k in atoms.items() if row[k]]
            raise Refusal(
                "the goal does not follow by propositional logic",
                got="it fails when exactly these parts are true: " + ("; ".join(true) or "none"),
                expected=str(Term("implies", (facts[0], goal), None, BOOL)) if len(facts) == 1 else str(goal),
            )
    return Accepted()


RULE = Rule(
    name="logic",
    decides="propositional consequences of the cited facts",
    refuses="what needs arithmetic or the inside of a quantifier",
    sentence="by logic",
    check=_check,
)
