"""Single claims: that they are defined, the facts that they cite, and the rule that decides them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from symproof.recheck.definedness import conditions
from symproof.recheck.matching import rewritten
from symproof.recheck.normal_form import canonical
from symproof.recheck.place import Place
from symproof.recheck.proof import By, FactReference, Theorem
from symproof.recheck.question import BEST, Question, rule, worst
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent, introduced
from symproof.recheck.side_conditions import Side
from symproof.recheck.term import FALSE, INT, Definition, Term, num, rebuilt, relation
from symproof.recheck.wellformed import Wellformed

__all__ = ["Claims"]

UNREADABLE = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What Python raises where options or evidence, which may come from anywhere, are not of the form that is wanted."""
PASSES = 20
"""So often definitions are replaced that come out of each other."""


class Claims:
    """Decides single claims of one theorem."""

    def __init__(self, theorem: Theorem, wellformed: Wellformed) -> None:
        self.theorem, self.wellformed = theorem, wellformed
        self.side = Side(theorem.evidence)

    def statement(self) -> Sequent:
        """What the theorem assumes. Raises Refused unless its parts are well formed and defined under those before."""
        sequent = Sequent()
        for variable in sorted(self.theorem.variables, key=lambda v: v.sort != INT):  # sizes first
            self.wellformed.require_new(variable, sequent)
            sequent = sequent.plus_variable(variable)
        place = Place(Sequent(self.theorem.variables), None)
        for label, hypothesis in self.theorem.hypotheses:
            self.wellformed.statement(hypothesis, self.theorem.variables)
            self.require_defined(hypothesis, place.sequent)
            place.add(label, hypothesis)
        self.wellformed.statement(self.theorem.conclusion, self.theorem.variables)
        self.require_defined(self.theorem.conclusion, place.sequent)
        return place.sequent

    def require_defined(self, claim: Term, sequent: Sequent) -> None:
        """Raises Refused unless all terms of a claim are shown to be defined."""
        for condition in conditions(claim):
            if not self.side.holds(sequent, condition):
                raise Refused(f"not shown to be defined: {condition}")

    def reached(self, goal: Term, sequent: Sequent) -> bool:
        """Whether the goal is a hypothesis or part of one, up to normal forms, or the hypotheses contradict."""
        facts = [*sequent.facts(), *(p for _, p in sequent.hypotheses)]
        if any(fact in (goal, FALSE) for fact in facts):
            return True
        wanted = canonical(goal)
        return any(canonical(p) == wanted for _, p in reversed(sequent.hypotheses))

    def fact(self, reference: FactReference, sequent: Sequent) -> Term:
        """What a reference says. Raises Refused if its label is not in reach or its terms do not fit.

        With terms, its quantifiers are taken at them in turn, and premises that hold are dropped.
        """
        found = sequent.labelled(reference.label)
        if found is None:
            raise Refused(f"no fact {reference.label!r} is in reach")
        if not reference.args:
            return found
        self.wellformed.require(reference.args, sequent.variables)
        for value in reference.args:
            self.require_defined(value, sequent)
        values = list(reference.args)
        while True:
            if found.op == "forall" and values:
                found = found.at(values.pop(0))
            elif found.op == "implies" and self.side.holds(sequent, found.args[0]):
                found = found.args[1]
            elif not values:
                return found
            else:
                raise Refused(f"{reference.label!r} does not take these terms, or a premise of it does not hold")

    def establish(self, claim: Term, by: By, sequent: Sequent) -> str:
        """The level at which a rule accepts a claim. Raises Refused if it does not."""
        check = rule(by.rule)
        if not self._taken_whole(claim, by, sequent):
            sequent, claim = introduced(sequent, claim)
        facts = [self.fact(reference, sequent) for reference in by.facts]
        equations = [self.fact(reference, sequent) for reference in by.rewrite]
        options = dict(by.options)
        self.wellformed.require(_terms_in(options), sequent.variables)
        goal, *facts = (self._prepared(p, by.unfold, equations, sequent) for p in (claim, *facts))
        try:
            answer = check(Question(goal, tuple(facts), sequent, self.side, self.theorem.evidence, options))
        except UNREADABLE as error:
            raise Refused(f"what the step hands to {by.rule} cannot be read: {error!r}") from error
        for obligation in answer.obligations:
            if not self.side.holds(sequent, obligation):
                raise Refused(f"a side condition of {by.rule} is not shown to hold: {obligation}")
        return worst(answer.trust, BEST.get(by.rule, "proved"))

    @staticmethod
    def _taken_whole(claim: Term, by: By, sequent: Sequent) -> bool:
        """Whether ``logic`` is to see a quantified claim as it is, since a cited fact has it as a part."""
        if by.rule != "logic" or claim.op not in ("forall", "implies"):
            return False
        cited = (sequent.labelled(reference.label) for reference in by.facts)
        return any(part == claim for fact in cited if fact is not None for part in fact.walk())

    def _prepared(self, p: Term, notions: tuple[Definition, ...], equations: list[Term], sequent: Sequent) -> Term:
        """A proposition after the equations and definitions of a reason; twice, as the one may bring up the other."""
        for _ in range(2 if notions else 1):
            for equation in equations:
                p = rewritten(p, equation, sequent, self.side.holds)
            p = self.unfolded(p, notions, sequent)
        return p

    def unfolded(self, p: Term, notions: tuple[Definition, ...], sequent: Sequent) -> Term:
        """A proposition with what these notions say for the notions, as long as there are any, within a limit."""
        for _ in range(PASSES if notions else 0):
            after = self._unfolded_once(p, notions, sequent)
            if after == p:
                break
            p = after
        return p

    def _unfolded_once(self, t: Term, notions: tuple[Definition, ...], sequent: Sequent) -> Term:
        t = rebuilt(t, tuple(self._unfolded_once(a, notions, sequent) for a in t.args))
        if t.op != "call" or t.data not in notions:
            return t
        found = self._at_index(t.data, t.args, sequent) if t.data.recursive else t.data.unfolded(t.args)
        return t if found is None else found

    def _at_index(self, notion: Definition, args: tuple[Term, ...], sequent: Sequent) -> Term | None:
        """A recursive notion at 0, or at the next of an index that is not negative; None if neither is clear."""
        index, *rest = args
        if index.loose:
            return None
        if canonical(index) == num(0):
            return notion.at_zero(tuple(rest))
        before = canonical(index - 1)
        if self.side.holds(sequent, relation("le", num(0), before)):
            return notion.at_successor(before, tuple(rest))
        return None


def _terms_in(options: Mapping[str, Any]) -> list[Term]:
    """The terms in the options of a reason, in tuples and tables too."""
    found: list[Term] = []
    left: list[Any] = list(options.values())
    while left:
        value = left.pop()
        if isinstance(value, Term):
            found.append(value)
        elif isinstance(value, Mapping):
            left += [*value.keys(), *value.values()]
        elif isinstance(value, (tuple, list)):
            left += value
    return found
