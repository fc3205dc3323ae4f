"""First-order matching and rewriting with equations, also under binders."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from symproof.kernel.sequent import Sequent, conjuncts
from symproof.logic.sort import accepts
from symproof.logic.term import BINDERS, Term, abstract, free_variables, instantiate, subst
from symproof.logic.term import _rebuild as rebuild

__all__ = ["Pattern", "instantiate_pattern", "match", "pattern_of", "rewrite", "under"]

Discharge = Callable[[Sequent, Term], bool]


@dataclass(frozen=True)
class Pattern:
    """A universally quantified fact, opened: for all ``variables``, if the ``guards`` hold, then ``body``."""

    variables: tuple[Term, ...]
    guards: tuple[Term, ...]
    body: Term


@lru_cache(maxsize=20_000)
def pattern_of(fact: Term) -> Pattern:
    """The fact with its leading quantifiers and implications taken apart; pattern variables get reserved names."""
    variables: list[Term] = []
    guards: list[Term] = []
    body = fact
    taken = {v.name for v in free_variables(fact)}
    while body.op in ("forall", "implies"):
        if body.op == "forall":
            number = len(variables)
            while f"?{number}" in taken:
                number += 1
            variable = Term("var", (), f"?{number}", body.data[0].sort)
            taken.add(variable.name)
            variables.append(variable)
            body = instantiate(body, (variable,))
        else:
            guards += conjuncts(body.args[0])
            body = body.args[1]
    return Pattern(tuple(variables), tuple(guards), body)


def match(pattern: Term, term: Term, variables: frozenset[Term], found: dict[Term, Term]) -> bool:
    """Extend ``found`` so that ``pattern`` under it is ``term``; pattern variables match terms of number sorts."""
    if pattern in variables:
        if pattern in found:
            return found[pattern] == term
        fits = pattern.sort == term.sort or (pattern.sort.kind == "real" and term.sort.kind == "int")
        if not fits or term.loose:
            return False
        found[pattern] = term
        return True
    if not pattern.args:
        return pattern == term
    if pattern.op != term.op or len(pattern.args) != len(term.args):
        return False
    if pattern.op in BINDERS:
        if [b.sort for b in pattern.data] != [b.sort for b in term.data]:
            return False
    elif pattern.data != term.data:
        return False
    return all(match(p, t, variables, found) for p, t in zip(pattern.args, term.args, strict=True))


def instantiate_pattern(
    pattern: Pattern, found: dict[Term, Term], sequent: Sequent, discharge: Discharge
) -> Term | None:
    """The body of the pattern at the values found, if all variables have one and all guards are discharged."""
    if any(v not in found for v in pattern.variables):
        return None
    if all(discharge(sequent, subst(g, found)) for g in pattern.guards):
        return subst(pattern.body, found)
    return None


def under(term: Term, position: int, sequent: Sequent) -> Sequent:
    """The sequent for argument ``position`` of a connective or piecewise term: what may be assumed there."""
    if term.op == "implies" and position == 1:
        return sequent.with_hypothesis("", term.args[0])
    if term.op == "and" and position > 0:
        for earlier in term.args[:position]:
            sequent = sequent.with_hypothesis("", earlier)
    if term.op == "ite" and position > 0:
        condition = term.args[0] if position == 1 else Term("not", (term.args[0],), None, term.args[0].sort)
        return sequent.with_hypothesis("", condition)
    return sequent


def open_scope(binder: Term, sequent: Sequent) -> tuple[tuple[Term, ...], Term, Sequent]:
    """Fresh variables for a binder, its opened body, and the sequent with the range of a sum, minimum or maximum."""
    used = {v.data for v in free_variables(binder)} | sequent.names()
    number = 0
    while any(f"¤{number}:{position}" in used for position in range(len(binder.data))):
        number += 1
    variables = tuple(Term("var", (), f"¤{number}:{position}", b.sort) for position, b in enumerate(binder.data))
    inside = sequent
    for v in variables:
        inside = inside.with_variable(v)
    if binder.op in ("sum", "minover", "maxover"):
        inside = inside.with_hypothesis("", binder.args[0] <= variables[0])
        inside = inside.with_hypothesis("", variables[0] <= binder.args[1])
    return variables, instantiate(binder, variables), inside


def rewrite(term: Term, equation: Term, sequent: Sequent, discharge: Discharge) -> Term:
    """``term`` with every instance of the left side of a (quantified, guarded) equation replaced by the right side.

    One pass, innermost first; a guard that is not discharged where the instance stands leaves it as it is, and so does
    a right side of another sort (an integer may be an index, a real that is equal to it may not).
    """
    return _rewrite(term, pattern_of(equation), sequent, discharge)


def _rewrite(term: Term, pattern: Pattern, sequent: Sequent, discharge: Discharge) -> Term:
    if pattern.body.op not in ("eq", "iff"):
        return term
    if term.args:
        term = rebuild(term, tuple(_rewritten_args(term, pattern, sequent, discharge)))
    left = pattern.body.args[0]
    found: dict[Term, Term] = {}
    if match(left, term, frozenset(pattern.variables), found):
        instance = instantiate_pattern(pattern, found, sequent, discharge)
        if instance is not None and accepts(term.sort, instance.args[1].sort):
            return instance.args[1]
    return term


def _rewritten_args(term: Term, pattern: Pattern, sequent: Sequent, discharge: Discharge) -> Iterator[Term]:
    last = len(term.args) - 1
    for position, arg in enumerate(term.args):
        if term.op in BINDERS and position == last:
            variables, body, inside = open_scope(term, sequent)
            yield abstract(_rewrite(body, pattern, inside, discharge), variables)[1]
        else:
            yield _rewrite(arg, pattern, under(term, position, sequent), discharge)
