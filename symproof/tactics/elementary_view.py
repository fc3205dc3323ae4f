"""Relations as relations between polynomials in the generators of elementary forms, and the way back."""

from __future__ import annotations

from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import opposite
from symproof.kernel.elementary_form import ElementaryForm, irreducible_factors
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import elementary, linear
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Eq, num
from symproof.logic.term import Term, coerce, relation
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.linear_search import linear_evidence

__all__ = ["ElementaryView"]


class ElementaryView:
    """Relations as relations between polynomials in the generators of elementary forms, and the way back."""

    def __init__(self, prover: GoalSearch, sequent: Sequent, depth: int) -> None:
        self.prover, self.sequent, self.depth = prover, sequent, depth
        self.form = ElementaryForm(sequent, prover.discharge)
        self.signs: list[Derivation] = []

    def _parts(self, proposition: Term) -> tuple[Term, Term, str] | None:
        """(top, factor, op) with ``top op 0`` equivalent to the proposition and factor > 0 in top = (l - r) factor."""
        left, right = proposition.args
        try:
            q = self.form(left - right)
        except Refusal:
            return None
        top, zero = poly.to_term(q.top), coerce(0)
        if q.bottom == {(): 1}:
            return top, num(1), proposition.op
        bottom = self._bottom(q.bottom)
        for sign in (bottom > zero, bottom < zero, relation("ne", bottom, zero)):
            if self.prover.discharge(self.sequent, sign):
                self.sequent = self.sequent.with_hypothesis("", sign)
                if sign.op == "ne":
                    return top * bottom, bottom**2, proposition.op
                return (top, bottom, proposition.op) if sign.op == "gt" else (-top, -bottom, proposition.op)
        return None

    def _bottom(self, p: Polynomial) -> Term:
        """A denominator as a product of factors, after signs of the factors that are not clear have been derived."""
        content, powers = irreducible_factors(p)
        product: Term = num(poly.to_fraction(content))
        for f, e in powers:
            t = poly.to_term(f)
            product = product * (t if e == 1 else t**e)
            signs = (t > 0, t < 0)
            if self.depth > 1 or any(self.prover.discharge(self.sequent, sign) for sign in signs):
                continue
            negative, nought, positive = self.prover.samples.signs(self.sequent, t)
            if not nought and negative != positive:
                found = self.prover.prove(self.sequent, signs[negative], self.depth + 2, 9)
                if found is not None:
                    self.signs.append(found)
                    self.sequent = self.sequent.with_hypothesis("", found.goal)
        return product

    def goal(self, goal: Term) -> Term | None:
        """A relation from which the goal follows."""
        parts = self._parts(goal)
        return None if parts is None else relation(parts[2], parts[0], coerce(0))

    def fact(self, fact: Term) -> Derivation | None:
        """A relation that follows from the fact."""
        parts = self._parts(fact)
        if parts is None:
            return None
        top, factor, op = parts
        result = relation(op, top, coerce(0))
        if result == fact:
            return Derivation(fact, "logic")
        scaled = (fact.args[0] - fact.args[1]) * factor
        inside = self.sequent.with_hypothesis("", fact)
        return self._transfer(inside, result, Eq(top, scaled), relation(op, scaled, coerce(0)))

    def back(self, goal: Term, found: Derivation) -> Derivation | None:
        """The goal from what was found for ``self.goal(goal)``."""
        parts = self._parts(goal)
        if parts is None or relation(parts[2], parts[0], coerce(0)) != found.goal:
            return None
        if found.goal == goal:
            return Derivation(goal, found.rule, found.trust, (found, *self.signs)) if self.signs else found
        top, factor, op = parts
        inside = self.sequent.with_hypothesis("", found.goal)
        quotient = top / factor if factor != num(1) else top
        back = self._transfer(
            inside, goal, Eq(goal.args[0] - goal.args[1], quotient), relation(op, quotient, coerce(0))
        )
        return None if back is None else Derivation(goal, found.rule, parts=(found, back, *self.signs))

    def _transfer(self, sequent: Sequent, goal: Term, equation: Term, signed: Term) -> Derivation | None:
        """The goal by linear arithmetic from an elementary equation and a relation that signs decide."""
        prover = self.prover
        first = prover.by(elementary.RULE, sequent, equation, depth=self.depth)
        if first is None or not prover.discharge(sequent, signed):
            return None
        parts = (first, Derivation(signed, "sign"))
        facts = (equation, signed)
        if goal.op == "ne":  # l - r = w and w != 0: if l = r, then w = 0
            facts, goal_ = (equation, opposite(goal)), opposite(signed)
            evidence = linear_evidence(goal_, facts, sequent, prover.discharge)
            found = prover.by(linear.RULE, sequent, goal_, facts, evidence) if evidence else None
        else:
            evidence = linear_evidence(goal, facts, sequent, prover.discharge)
            found = prover.by(linear.RULE, sequent, goal, facts, evidence) if evidence else None
        return None if found is None else Derivation(goal, "elementary", parts=(*parts, found, *self.signs))
