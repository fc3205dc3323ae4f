"""Inequalities between polynomials in exponentials, sines and cosines, as polynomial ones in new variables.

Each exponential becomes a variable e > 0, the sine and the cosine of an angle variables with s^2 + c^2 = 1. What else
is known of the arguments is forgotten, so that little is left to search with.
"""

from __future__ import annotations

from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import elementary
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.syntax import Eq, unary
from symproof.logic.term import Term, free_variables, subst
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.elementary_view import ElementaryView

__all__ = ["by_generator_variables"]

MAX_ATOMS = 6
MAX_TERMS = 40
_KINDS = frozenset({"exp", "sin", "cos"})


def by_generator_variables(
    prover: GoalSearch, sequent: Sequent, goal: Term, depth: int, splits: int
) -> Derivation | None:
    """The inequality ``goal``, if it is one between polynomials in exponentials, sines, cosines and variables."""
    if not any(t.op in ("exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "pow") for t in goal.walk()):
        return None
    view = ElementaryView(prover, sequent, 2)
    simple = view.goal(goal)
    try:
        form = normal_form(simple.args[0]) if simple is not None else {}
    except Refusal:
        return None
    atoms = sorted({t for m in form for t, _ in m if free_variables(t)}, key=lambda t: t.digest)
    parts = [t for t in atoms if t.op != "var"]
    if simple is None or not parts or len(atoms) > MAX_ATOMS or len(form) > MAX_TERMS:
        return None
    if any(t.op not in _KINDS for t in parts):
        return None
    angles = dict.fromkeys(t.args[0] for t in parts if t.op in ("sin", "cos"))
    facts = [t > 0 for t in parts if t.op == "exp"]
    for u in angles:
        sine, cosine = unary("sin", u), unary("cos", u)
        parts += [t for t in (sine, cosine) if t not in parts]
        facts.append(Eq(sine**2 + cosine**2, 1))
    known: list[Derivation] = []
    for fact in facts:
        if fact.op == "eq":
            found = prover.by(elementary.RULE, sequent, fact)
            if found is None:
                return None
            known.append(found)
        elif prover.discharge(sequent, fact):
            known.append(Derivation(fact, "sign"))
        else:
            return None
    plain = {t for t in atoms if t.op == "var"}
    taken = sequent.names() | {v.name for t in atoms for v in free_variables(t)}
    names = [n for k in range(99) if (n := f"g{k}") not in taken]
    new = {t: Term("var", (), name, REAL) for t, name in zip(parts, names, strict=False)}
    inside = Sequent((*plain, *new.values()))
    for fact in sequent.facts():
        if free_variables(fact) and free_variables(fact) <= plain and not any(t.op in _KINDS for t in fact.walk()):
            inside = inside.with_hypothesis("", fact)
    for fact in facts:
        inside = inside.with_hypothesis("", subst(fact, new))
    general = prover.prove(inside, subst(simple, new), depth + 1, splits)
    if general is None or general.goal != subst(simple, new):
        return None
    return view.back(goal, Derivation(simple, general.rule, parts=(general, *known)))
