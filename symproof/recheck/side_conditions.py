"""What is decided without a step: side conditions of rules, premises of facts, conditions of normal forms.

A proposition holds if it is stated, if the signs of its sides decide it, if parts of it that suffice hold, or if the
certificate has a linear combination of the facts in reach for it. Nothing is searched. An answer of no says nothing.
"""

from __future__ import annotations

from math import gcd
from typing import Any

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.bound_name import fresh_variable
from symproof.recheck.known_facts import Facts, mirrored
from symproof.recheck.linear_arithmetic import as_form, follows
from symproof.recheck.negation import CONTRARY, negation
from symproof.recheck.normal_form import Normalizer, normal_form
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.question import Evidence
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.sign import ALLOWED, sign
from symproof.recheck.term import FALSE, TRUE, Sort, Term, connective, free_variables

__all__ = ["Reach", "Side"]

MAX_DEPTH = 6
"""So deep side conditions of side conditions are asked for."""
MAX_QUESTIONS = 500
"""So many of them are asked for to answer one."""
MAX_REACHES = 4_000
Meaning = tuple[str, frozenset[tuple[poly.Monomial, fmpq]]]


def _meaning(proposition: Term) -> Meaning | None:
    """The same for relations that differ by how they are written, or by a factor; None if there is none."""
    try:
        form = as_form(proposition, normal_form)
    except Refused:
        return None
    lead = form.p.get(poly.leading(form.p), fmpq(1))
    return form.relation, frozenset(poly.scaled(form.p, 1 / (lead if form.relation == "eq" else abs(lead))).items())


class Side:
    """Decides side conditions in sequents, with the linear combinations of a certificate."""

    def __init__(self, evidence: Evidence | None = None) -> None:
        self.evidence = evidence or Evidence()
        self.depth, self.questions, self.cut = 0, 0, False
        self._combinations: dict[Meaning, list[tuple[Term, Any]]] | None = None
        self._reaches: dict[int, tuple[Sequent, Reach]] = {}

    def combinations(self, goal: Term) -> list[tuple[Term, Any]]:
        """(relation, evidence) for the linear combinations for relations that only differ from the goal in writing."""
        if self._combinations is None:
            self._combinations = {}
            for name, same, _, value in self.evidence.entries:
                if name == "linear" and (key := _meaning(same)) is not None:
                    self._combinations.setdefault(key, []).append((same, value))
        key = _meaning(goal)
        return [] if key is None else self._combinations.get(key, [])

    def holds(self, sequent: Sequent, proposition: Term) -> bool:
        """Whether the proposition is shown to hold in the sequent; False says nothing."""
        return self.reach(sequent).holds(proposition)

    def normal_form(self, sequent: Sequent, term: Term) -> Polynomial:
        """The normal form of a number in the sequent. Raises Refused if it is too long."""
        return self.reach(sequent).normalizer(term)

    def normalizer(self, sequent: Sequent) -> Normalizer:
        """Normal forms in the sequent."""
        return self.reach(sequent).normalizer

    def reach(self, sequent: Sequent) -> Reach:
        """What is in reach in the sequent."""
        key = id(sequent.hypotheses)
        found = self._reaches.get(key)
        if found is None or found[0].hypotheses is not sequent.hypotheses or found[0].variables != sequent.variables:
            if len(self._reaches) > MAX_REACHES:
                self._reaches.clear()
            facts = Facts().plus((p for _, p in sequent.hypotheses), sequent.variables)
            found = self._reaches[key] = sequent, Reach(self, facts)
        return found[1]


class Reach:
    """The facts in reach at one place, with what has been found out from them.

    Attributes:
        facts: the facts.
        depth: how many variables and conditions were added to a sequent to come here.
        normalizer: normal forms here.
    """

    def __init__(self, side: Side, facts: Facts, depth: int = 0) -> None:
        self.side, self.facts, self.depth = side, facts, depth
        self.normalizer = Normalizer(self)
        self._answers: dict[Term, bool] = {}
        self._asked: set[Term] = set()
        self._inside: dict[tuple[Term | None, tuple[Term, ...]], Reach] = {}

    def fresh(self, sort: Sort, *apart: Term) -> Term:
        """A variable of which nothing is known here, and that is not free in the terms ``apart``."""
        return fresh_variable(sort, self.facts.names.union(v.name for t in apart for v in free_variables(t)))

    def inside(self, variable: Term | None, *known: Term) -> Reach:
        """What is in reach inside a term: with a fresh variable (None: without one) and further facts."""
        key = variable, known
        if key not in self._inside:
            self._inside[key] = self._with(() if variable is None else (variable,), known, self.depth + 1)
        return self._inside[key]

    def _with(self, variables: tuple[Term, ...], known: tuple[Term, ...], depth: int) -> Reach:
        return Reach(self.side, self.facts.plus(known, variables), depth)

    def holds(self, proposition: Term) -> bool:
        """Whether the proposition is shown to hold; False says nothing."""
        answer = self._answers.get(proposition)
        if answer is not None:
            return answer
        side = self.side
        if proposition in self._asked or side.depth > MAX_DEPTH or side.questions > MAX_QUESTIONS:
            side.cut = True
            return False
        before, side.cut = side.cut, False
        side.depth, side.questions = side.depth + 1, side.questions + 1
        self._asked.add(proposition)
        try:
            answer = self._decide(proposition)
        except Refused:  # a normal form is too long: nothing is shown
            answer = False
        finally:
            self._asked.discard(proposition)
            side.depth -= 1
            if not side.depth:
                side.questions = 0
        if answer or not side.depth or not side.cut:
            self._answers[proposition] = answer
        side.cut = before or side.cut
        return answer

    def _decide(self, p: Term) -> bool:
        stated = self.facts.stated
        if p == TRUE or p in stated or FALSE in stated:
            return True
        if p.op in ("forall", "implies"):
            return self._introduced(p)
        if p.op == "and":
            return all(self.holds(part) for part in p.args)
        if p.op == "or":
            *others, last = p.args
            return any(map(self.holds, p.args)) or self._with((), tuple(map(negation, others)), self.depth).holds(last)
        if p.op == "not":
            return self._fails(p.args[0])
        return p.op in CONTRARY and p.args[0].sort.number and self._related(p)

    def _introduced(self, p: Term) -> bool:
        """Whether a proposition holds for fresh variables, where its premises are stated."""
        variables: list[Term] = []
        known: list[Term] = []
        while p.op in ("forall", "implies"):
            if p.op == "forall":
                variables.append(self.fresh(p.binders[0].sort, p, *variables, *known))
                p = p.at(variables[-1])
            else:
                known.append(p.args[0])
                p = p.args[1]
        return self._with(tuple(variables), tuple(known), self.depth).holds(p)

    def _fails(self, p: Term) -> bool:
        if p.op in CONTRARY or p.op == "not":
            return self.holds(negation(p))
        if p.op == "and":
            return any(self.holds(connective("not", part)) for part in p.args)
        if p.op == "or":
            return all(self.holds(connective("not", part)) for part in p.args)
        return p == FALSE

    def _related(self, goal: Term) -> bool:
        """Whether a relation between numbers holds."""
        a, b = goal.args
        wanted = ALLOWED[goal.op]
        try:
            difference = poly.plus(normal_form(a), normal_form(b), -1)
        except Refused:
            return False
        if not self.facts.sign(difference) & ~wanted:
            return True
        subject = a - b
        if b.op == "num" and b.data == 0:
            subject = a
        elif a.op == "num" and a.data == 0:
            subject, wanted = b, mirrored(wanted)
        if not sign(subject, self) & ~wanted:
            return True
        if goal.op == "ne" and _never_zero(difference):
            return True
        return self._combined(goal)

    def _combined(self, goal: Term) -> bool:
        """Whether the certificate has a linear combination of the facts for a relation."""
        for same, value in self.side.combinations(goal):
            try:
                if follows(same, value, self.facts.stated.__contains__, normal_form):
                    return True
            except Refused:
                continue
        return False


def _never_zero(p: Polynomial) -> bool:
    """Whether p has integer values and its other coefficients a common divisor that does not divide the constant."""
    if not poly.whole(p):
        return False
    divisor = gcd(*(int(c.p) for m, c in p.items() if m))
    return divisor > 1 and int(p.get((), poly.rational(0)).p) % divisor != 0
