"""Using equations and equivalences from left to right, wherever their left side stands.

A fact ``for all x ...: if the guards hold, then left = right`` is matched without opening its quantifiers: in its left
side the quantified variables are bound variables that reach out, and these stand for what is found. What is found is
only a proposal: the fact is then instantiated at it, and used only if its left side is the very term that is replaced.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from symproof.recheck.negation import opposite
from symproof.recheck.sequent import Sequent, conjuncts
from symproof.recheck.term import Term, abstracted, accepts, rebuilt, relation

__all__ = ["Law", "instance", "rewritten"]

Holds = Callable[[Sequent, Term], bool]


def instance(fact: Term, values: tuple[Term, ...]) -> tuple[tuple[Term, ...], Term]:
    """The premises and the conclusion of a fact, its leading quantifiers taken at ``values``, in their order."""
    left, premises = list(values), []
    while fact.op in ("forall", "implies"):
        if fact.op == "forall":
            fact = fact.at(left.pop(0))
        else:
            premises.append(fact.args[0])
            fact = fact.args[1]
    return tuple(premises), fact


@dataclass(frozen=True)
class Law:
    """An equation or equivalence under quantifiers and premises.

    Attributes:
        fact: the whole.
        count: how many quantifiers there are.
        guarded: whether there is a premise.
        left: what is replaced; its bound variables that reach out are those of the quantifiers.
    """

    fact: Term
    count: int
    guarded: bool
    left: Term

    @staticmethod
    def of(fact: Term) -> Law | None:
        """The law that a fact states, or None if it is no equation at its core."""
        core, count, guarded = fact, 0, False
        while core.op in ("forall", "implies"):
            count += core.op == "forall"
            guarded |= core.op == "implies"
            core = core.args[-1]
        return Law(fact, count, guarded, core.args[0]) if core.op in ("eq", "iff") else None

    def right_of(self, term: Term, sequent: Sequent, holds: Holds) -> Term | None:
        """What the law puts in the place of ``term``, or None. Its premises have to hold in the sequent."""
        if self.left.op not in (term.op, "bound"):
            return None
        found: list[Term | None] = [None] * self.count
        if not self._match(self.left, term, 0, found):
            return None
        values = tuple(v for v in found if v is not None)
        if len(values) < self.count:
            return None
        premises, core = instance(self.fact, values)
        if core.args[0] != term or not accepts(term.sort, core.args[1].sort):
            return None
        if not all(holds(sequent, part) for p in premises for part in conjuncts(p)):
            return None
        return core.args[1]

    def _match(self, pattern: Term, term: Term, depth: int, found: list[Term | None]) -> bool:
        """Look for values of the quantified variables; ``depth`` binders of the left side are around the pattern."""
        if pattern.loose <= depth:
            return pattern == term
        if pattern.op == "bound":
            place = self.count - 1 - (pattern.data - depth)
            known = found[place]
            if known is None and not term.loose and accepts(pattern.sort, term.sort):
                found[place] = term
                return True
            return known is not None and known == term
        if pattern.op != term.op or len(pattern.args) != len(term.args):
            return False
        if pattern.binders:
            if [b.sort for b in pattern.binders] != [b.sort for b in term.binders]:
                return False
        elif pattern.data != term.data:
            return False
        last, inner = len(pattern.args) - 1, depth + len(pattern.binders)
        pairs = enumerate(zip(pattern.args, term.args, strict=True))
        return all(self._match(p, t, inner if i == last else depth, found) for i, (p, t) in pairs)


def rewritten(term: Term, equation: Term, sequent: Sequent, holds: Holds) -> Term:
    """``term`` with the right side of an equation or equivalence for its left side: once, from the inside out.

    A premise has to hold where the left side stands: an index of a sum is in its range there, the second part of an
    implication or conjunction stands under the first, a branch of a choice under its condition. A right side is not put
    where its sort does not fit (an integer may be an index, a real that equals it may not).

    Args:
        term: a proposition or a number without loose bound variables.
        equation: what holds in the sequent; if it is no equation at its core, ``term`` comes back.
        sequent: where all of this stands.
        holds: decides the premises.
    """
    law = Law.of(equation)
    return term if law is None else _rewritten(term, law, sequent, holds)


def _rewritten(term: Term, law: Law, sequent: Sequent, holds: Holds) -> Term:
    if term.args:
        last = len(term.args) - 1
        args = []
        for position, arg in enumerate(term.args):
            if term.binders and position == last:
                args.append(_rewritten_body(term, law, sequent, holds))
            else:
                args.append(_rewritten(arg, law, _around(term, position, sequent) if law.guarded else sequent, holds))
        term = rebuilt(term, tuple(args))
    right = law.right_of(term, sequent, holds)
    return term if right is None else right


def _rewritten_body(term: Term, law: Law, sequent: Sequent, holds: Holds) -> Term:
    """The body of a binder, rewritten for arbitrary values of its bound variables (in its range, if it has one)."""
    inside, variables = sequent, []
    for binder in term.binders:
        variables.append(inside.fresh(binder.hint, binder.sort, term, law.fact))
        inside = inside.plus_variable(variables[-1])
    if term.op in ("sum", "minover", "maxover"):
        (index,) = variables
        inside = inside.plus("", relation("le", term.args[0], index)).plus("", relation("le", index, term.args[1]))
    before = term.at(*variables)
    after = _rewritten(before, law, inside, holds)
    return term.args[-1] if after is before or after == before else abstracted(after, tuple(variables))[1]


def _around(term: Term, position: int, sequent: Sequent) -> Sequent:
    """The sequent with what may be assumed where an argument of a connective or a choice matters at all."""
    if term.op == "implies" and position == 1:
        return sequent.plus("", term.args[0])
    if term.op == "and":
        for earlier in term.args[:position]:
            sequent = sequent.plus("", earlier)
    if term.op == "ite" and position:
        return sequent.plus("", term.args[0] if position == 1 else opposite(term.args[0]))
    return sequent
