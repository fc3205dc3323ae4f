"""The automatic prover: finds a derivation of a proposition; every step of it is accepted by a rule of the kernel.

The search may try anything. A proposition counts as derived only if a kernel rule accepts it with the evidence found,
and all obligations of the rule are derived in turn, or if it follows from derived ones by introduction, by a case
distinction or by contradiction.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from symproof.kernel.differentiate import differentiate, opposite
from symproof.kernel.discharge import Discharger, introduce
from symproof.kernel.rule import Refusal, Request, Rule
from symproof.kernel.rules import ball, bound, elementary, ideal, linear, ring, sos
from symproof.kernel.rules.linear import discharge_linear
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import INT, REAL
from symproof.logic.syntax import FALSE, Eq, num, unary
from symproof.logic.term import BINDERS, Term, coerce, free_variables, relation, subst
from symproof.tactics.asked_signs import by_asked_signs
from symproof.tactics.ball_search import ball_evidence
from symproof.tactics.constant_difference import by_constant_difference
from symproof.tactics.derivation import Derivation, Given, followed
from symproof.tactics.elementary_view import ElementaryView
from symproof.tactics.evidence_search import SearchingEvidence
from symproof.tactics.exp_log import increasing, joined_logarithms, turned_fact, turned_goal
from symproof.tactics.factor_signs import by_factor_signs, by_known_factors
from symproof.tactics.generator_variables import by_generator_variables
from symproof.tactics.ideal_search import ideal_evidence
from symproof.tactics.interval_pieces import by_concavity, by_pieces, by_slope_from
from symproof.tactics.linear_search import linear_evidence
from symproof.tactics.multiplied_squares import by_multiplied_squares
from symproof.tactics.same_function import by_same_function
from symproof.tactics.sample_points import SamplePoints
from symproof.tactics.sharp_inequality import by_sharp_inequality, is_plain_polynomial
from symproof.tactics.sign_cases import CHOICES, by_sign_cases
from symproof.tactics.slope_chain import by_slope_chain
from symproof.tactics.sos_search import sos_evidence
from symproof.tactics.squared_roots import by_squares
from symproof.tactics.starting_points import bounds_of_variable, solved_for_variables, special_points
from symproof.tactics.unique_root import by_unique_root

__all__ = ["Derivation", "OutOfTimeError", "Prover"]

MAX_DEPTH = 7
MAX_SPLITS = 4
RELATIONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})
ORDER = frozenset({"lt", "le", "gt", "ge"})
ANALYTIC = frozenset({
    "exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh", "asinh", "acosh",
    "atanh", "erf", "pow",
})  # fmt: skip
TRANSCENDENTAL = ANALYTIC - {"sqrt", "pow"}


class OutOfTimeError(Exception):
    """The time limit of the search is reached."""


@dataclass
class Prover:
    """Searches for derivations until ``deadline`` (in seconds of ``time.monotonic``).

    ``effort``: 0 for what is cheap, 1 also for Gram matrices and refutations, 2 for higher degrees.
    """

    deadline: float
    discharge: Discharger = field(default_factory=lambda: Discharger(SearchingEvidence(), discharge_linear))
    effort: int = 1
    samples: SamplePoints = field(default_factory=SamplePoints)
    lemmas: dict[Term, Derivation | None] = field(default_factory=dict)
    _failed: dict[tuple[Any, Term], int] = field(default_factory=dict)
    _active: set[tuple[Any, Term]] = field(default_factory=set)

    def prove(self, sequent: Sequent, goal: Term, depth: int = 0, splits: int = 0) -> Derivation | None:
        """A derivation of ``goal`` in ``sequent``, or None if none was found. Raises OutOfTimeError."""
        if time.monotonic() > self.deadline:
            raise OutOfTimeError
        sequent, goal = introduce(sequent, goal)
        sequent = self._enriched(sequent, goal)
        key = (frozenset(sequent.facts()), goal)
        cost = depth + splits
        if depth > MAX_DEPTH or key in self._active or self._failed.get(key, 99) <= cost:
            return None
        if not self.discharge(sequent, goal) and self.samples.refute(sequent, goal):
            return None
        self._active.add(key)
        try:
            found = self._prove(sequent, goal, depth, splits)
        except Refusal:
            found = None
        finally:
            self._active.discard(key)
        if found is None:
            self._failed[key] = cost
        return found

    def _enriched(self, sequent: Sequent, goal: Term) -> Sequent:
        """The sequent with the signs of the goal's variables that are discharged, for example t > 0 from 0 < x < t."""
        facts = set(sequent.facts())
        numbers = {a for f in facts if f.op in ORDER for a in f.args if a.op not in ("num", "var") and _is_closed(a)}
        for c in sorted(numbers, key=lambda t: t.digest):
            known = next((p for p in (c > 0, c < 0) if p not in facts and self.discharge(sequent, p)), None)
            if known is not None:
                sequent = sequent.with_hypothesis("", known)
        for v in sorted(free_variables(goal), key=lambda v: v.name)[:6]:
            if not v.sort.is_number or any(f.op in ORDER and v in f.args and num(0) in f.args for f in facts):
                continue
            signs = (v > 0, v < 0, v >= 0, v <= 0)
            known = next((p for p in signs if self.discharge(sequent, p)), None)
            if known is not None:
                sequent = sequent.with_hypothesis("", known)
        return sequent

    def _prove(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        if goal in set(sequent.facts()) or goal.op == "true":
            return Derivation(goal, "logic")
        if goal.op == "and":
            return self._all(sequent, goal, goal.args, depth, splits)
        if goal.op == "or":
            return self._either(sequent, goal, depth, splits)
        if goal.op == "iff":
            a, b = goal.args
            both = (Term("implies", (a, b), None, goal.sort), Term("implies", (b, a), None, goal.sort))
            return self._all(sequent, goal, both, depth, splits)
        if goal.op == "not":
            if opposite(goal.args[0]).op != "not":
                return self.prove(sequent, opposite(goal.args[0]), depth, splits)
            return self._wrap(goal, self.prove(sequent.with_hypothesis("", goal.args[0]), FALSE, depth, splits))
        if goal.op == "false":
            return self._contradiction(sequent, depth) or self._split_facts(sequent, goal, depth, splits)
        if goal.op in RELATIONS and goal.args[0].sort.is_number:
            return self._relation(sequent, goal, depth, splits)
        return None

    # Propositional steps

    def _all(self, sequent: Sequent, goal: Term, parts: Sequence[Term], depth: int, splits: int) -> Derivation | None:
        """All parts, each one from those before it."""
        found: list[Derivation] = []
        for part in parts:
            derivation = self.prove(sequent, part, depth, splits)
            if derivation is None:
                return None
            found.append(derivation)
            sequent = sequent.with_hypothesis("", part)
        return Derivation(goal, max(found, key=lambda d: len(d.parts)).rule, parts=tuple(found))

    def _either(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        for chosen in goal.args:
            inside = sequent
            for other in goal.args:
                if other is not chosen:
                    inside = inside.with_hypothesis("", opposite(other))
            found = self.prove(inside, chosen, depth, splits)
            if found is not None:
                return self._wrap(goal, found)
        return None

    @staticmethod
    def _wrap(goal: Term, found: Derivation | None) -> Derivation | None:
        return None if found is None else Derivation(goal, found.rule, parts=(found,))

    # Rules

    def by(
        self, rule: Rule, sequent: Sequent, goal: Term, facts: Sequence[Term] = (), evidence: Any = None, depth: int = 0
    ) -> Derivation | None:
        """The goal by one rule, with its obligations derived."""
        request = Request(goal, tuple(facts), sequent, self.discharge, Given(rule.name, evidence))
        try:
            accepted = rule.check(request)
        except Refusal:
            return None
        parts: list[Derivation] = []
        if any(self.samples.refute(*introduce(sequent, obligation)) for obligation in accepted.obligations):
            return None
        for obligation in accepted.obligations:
            part = self.prove(sequent, obligation, depth + 1, MAX_SPLITS - 1)
            if part is None:
                return None
            parts.append(part)
        return Derivation(goal, rule.name, accepted.trust, tuple(parts))

    def _relation(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        if self.discharge(sequent, goal):
            return Derivation(goal, "sign")
        for rule in (ring.RULE, elementary.RULE):
            found = self.by(rule, sequent, goal, depth=depth)
            if found is not None:
                name = "derivative" if any(t.op == "diff" for t in goal.walk()) else found.rule
                return Derivation(goal, name, found.trust, found.parts)
        if (found := self._nonzero_root(sequent, goal, depth, splits)) is not None:
            return found
        if goal.op != "eq" and (found := by_known_factors(self, sequent, goal)) is not None:
            return found
        closed = not free_variables(goal)
        single = len(free_variables(goal)) == 1 and any(t.op in TRANSCENDENTAL for t in goal.walk())
        if not single and (found := by_squares(self, sequent, goal, depth, splits)) is not None:
            return found
        if closed and goal.op != "eq" and (found := self.by(ball.RULE, sequent, goal)) is not None:
            return found
        chain = not closed and depth < 2 and any(t.op in ANALYTIC for t in goal.walk())
        choices = any(t.op in CHOICES for t in goal.walk())
        facts = [f for f in sequent.facts() if f.op in RELATIONS and f.args[0].sort.is_number]
        if chain and goal.op in ORDER and (found := self._with_bounds(sequent, goal, facts)) is not None:
            return found  # a standard bound is a shorter proof than a chain of slopes
        if chain and not choices and (found := self._by_chain(sequent, goal, depth, splits)) is not None:
            return found
        if single and (found := by_squares(self, sequent, goal, depth, splits)) is not None:
            return found
        first = [self._arithmetic, self._sharp]
        plain = [
            *(reversed(first) if is_plain_polynomial(goal) else first),
            self._multiplied, self._by_generators, self._turned_early, self._asked, self._substituted,
            self._absolute_bound, self.decided_choices,
        ]  # fmt: skip
        other = [
            self._split_facts, self._sign_cases, self._split_terms, self._on_a_box, self._by_factors, self._by_slope,
            self._by_constant_difference, self._turned,
        ]  # fmt: skip
        other += [self._by_chain] if chain and choices else []
        if goal.op == "eq" and depth < 2 and (found := by_unique_root(self, sequent, goal)) is not None:
            return found
        if goal.op == "eq":
            other.insert(0, other.pop(other.index(self._by_constant_difference)))
        for attempt in (self._asked, *plain) if closed else (*plain, *other):
            found = attempt(sequent, goal, depth, splits)
            if found is not None:
                return found
        return None

    def _asked(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        return by_asked_signs(self, sequent, goal, depth) if depth < 3 else None

    def _by_factors(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        return by_factor_signs(self, sequent, goal, depth, splits) if goal.op in ORDER else None

    def _sharp(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        return by_sharp_inequality(self, sequent, goal, depth, splits) if depth < 3 and goal.op in ORDER else None

    def _multiplied(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        wanted = self.effort and depth < 3 and goal.op in ORDER
        return by_multiplied_squares(self, sequent, goal, depth) if wanted else None

    def _by_generators(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        usable = depth < 2 and goal.op in ORDER
        return by_generator_variables(self, sequent, goal, depth, splits) if usable else None

    def _turned_early(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """Several variables leave no chain of slopes to wait for."""
        if depth or len(free_variables(goal)) < 2 or goal.op not in ORDER:
            return None
        return self._turned(sequent, goal, depth, splits) or self._by_joined_logarithms(sequent, goal, depth, splits)

    def _by_joined_logarithms(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """A combination of logarithms as the difference of two, whose arguments are compared."""
        joined = joined_logarithms(goal)
        if joined is None:
            return None
        u, v, k = joined
        found = self.prove(sequent, relation(goal.op, u, v), depth + 1, splits)
        lemma = self._lemma(increasing("lt" if goal.op in ("lt", "gt") else "le", "log"))
        equation = Eq(k * (goal.args[0] - goal.args[1]), unary("log", u) - unary("log", v))
        same = self.by(elementary.RULE, sequent, equation, depth=depth)
        if found is None or lemma is None or same is None:
            return None
        if not all(self.discharge(sequent, t > 0) for t in (u, v)):
            return None
        logs = Derivation(relation(goal.op, unary("log", u), unary("log", v)), "monotone", parts=(lemma, found))
        return followed(self, sequent, goal, (logs, Derivation(equation, "elementary", parts=(same,))))

    def _nonzero_root(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """``sqrt(u) != 0`` or ``sqrt(u) > 0`` from ``u > 0``."""
        if goal.op not in ("ne", "gt") or goal.args[0].op != "sqrt" or goal.args[1] != num(0):
            return None
        found = self.prove(sequent, goal.args[0].args[0] > 0, depth + 1, splits)
        held = found is not None and self.discharge(sequent.with_hypothesis("", found.goal), goal)
        return self._wrap(goal, found) if held else None

    def _by_chain(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """The goal, or that of the logarithms of its sides, by a chain of slopes."""
        if goal.op not in (*ORDER, "ne") or not any(t.op in ANALYTIC for t in goal.walk()):
            return None
        found = self._by_logarithms(sequent, goal, depth, splits) if goal.op != "ne" else None
        return found or by_slope_chain(self, sequent, goal, splits=splits)

    def _by_logarithms(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """The goal from that of the logarithms, if both sides are products of powers and one exponent varies."""
        if not all(_is_power_product(a) for a in goal.args) or not any(
            t.op == "pow" and free_variables(t.args[1]) for t in goal.walk()
        ):
            return None
        if not all(self.discharge(sequent, a > 0) for a in goal.args):
            return None
        wanted = relation(goal.op, *(unary("log", a) for a in goal.args))
        found = self.prove(sequent, wanted, depth + 1, splits)
        for turned in self._turned_facts(sequent.with_hypothesis("", wanted), (wanted,)) if found is not None else ():
            if turned.goal == goal and found is not None:
                return Derivation(goal, "monotone", parts=(found, turned))
        return None

    def _by_constant_difference(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        return by_constant_difference(self, sequent, goal, depth) if depth < 2 else None

    # Arithmetic on elementary forms

    def _arithmetic(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """Linear arithmetic, cofactors and sums of squares, first as written, then on elementary forms."""
        facts = [f for f in sequent.facts() if f.op in RELATIONS and f.args[0].sort.is_number]
        turned = list(self._turned_facts(sequent, facts))
        facts += [d.goal for d in turned]
        sequent = _assuming(sequent, [d.goal for d in turned])
        found = self._polynomial(sequent, goal, facts, depth, quick=True) or self._with_bounds(sequent, goal, facts)
        if found is not None:
            return found
        view = ElementaryView(self, sequent, depth)
        simple = view.goal(goal)
        if simple is None:
            return None
        derived = [d for f in facts if (d := view.fact(f)) is not None]
        known = list(dict.fromkeys(d.goal for d in derived))
        bounds = list(self._bounds(sequent, [simple, *known]))
        bounds += [d for b in list(bounds) if _has_quotient(b.goal) and (d := view.fact(b.goal)) is not None]
        known += [d.goal for d in bounds if d.goal not in known]
        inside = _assuming(sequent, known)
        if simple != goal and self.discharge(inside, simple):
            found = Derivation(simple, "sign")
        else:
            found = self._polynomial(inside, simple, known, depth, quick=depth > 2)
        if found is None and goal.op in ORDER and depth < 3 and _has_quotient(goal):  # without denominators
            found = self.prove(view.sequent, simple, depth + 1, splits)
        if found is None:
            return None
        return view.back(goal, Derivation(simple, found.rule, parts=(found, *derived, *bounds)))

    def _with_bounds(self, sequent: Sequent, goal: Term, facts: Sequence[Term]) -> Derivation | None:
        """Linear arithmetic with the standard bounds of the functions as they are written."""
        bounds = list(self._bounds(sequent, [goal, *facts]))
        known = [*facts, *(b.goal for b in bounds)]
        inside = _assuming(sequent, known)
        if bounds and self.discharge(inside, goal):
            return Derivation(goal, "bound", parts=tuple(bounds))
        evidence = linear_evidence(goal, known, inside, self.discharge) if bounds and goal.op != "ne" else None
        found = self.by(linear.RULE, inside, goal, known, evidence) if evidence is not None else None
        return None if found is None else Derivation(goal, "bound", parts=(found, *bounds))

    def _bounds(self, sequent: Sequent, terms: Sequence[Term]) -> Iterator[Derivation]:
        """Standard bounds of the functions that occur, as far as their side conditions are discharged."""
        seen: set[Term] = set()
        for term in terms:
            for t in term.walk():
                if t in seen or t.loose or not t.sort.is_number:
                    continue
                seen.add(t)
                for b in bound.bounds_of(t):
                    if b.op != "implies":
                        yield Derivation(b, "bound")
                    elif self.discharge(sequent, b.args[0]):
                        for part in b.args[1].args if b.args[1].op == "and" else (b.args[1],):
                            yield Derivation(part, "bound")

    def _polynomial(
        self, sequent: Sequent, goal: Term, facts: Sequence[Term], depth: int, quick: bool
    ) -> Derivation | None:
        facts = [f for f in facts if f.op != "ne"]
        if goal.op == "ne":
            return self._polynomial_contradiction(sequent, goal, facts, quick)
        evidence = linear_evidence(goal, facts, sequent, self.discharge)
        if evidence is not None and (found := self.by(linear.RULE, sequent, goal, facts, evidence)) is not None:
            return found
        if goal.op == "eq":
            equations = [f for f in facts if f.op == "eq"]
            if equations:
                cofactors = ideal_evidence(goal, equations, sequent, self.discharge)
                if cofactors is not None:
                    return self.by(ideal.RULE, sequent, goal, equations, cofactors, depth)
            if quick or self.effort == 0:
                return None
            both = (relation("le", *goal.args), relation("ge", *goal.args))
            found_both = [self._polynomial_contradiction(sequent, g, facts, quick) for g in both]
            if None in found_both:
                return None
            return Derivation(goal, "sos", parts=tuple(d for d in found_both if d is not None))
        if not free_variables(goal) or (self.effort == 0 and any(t.op in TRANSCENDENTAL for t in goal.walk())):
            return None  # the search for squares is slow
        squares = sos_evidence(goal, facts, sequent, self.discharge, 0, self.deadline, self._gram(goal))
        if squares is not None and (found := self.by(sos.RULE, sequent, goal, facts, squares)) is not None:
            return found
        if quick or (self.effort == 0 and len(set(facts)) > 12):
            return None
        return self._polynomial_contradiction(sequent, goal, facts, quick)

    def _gram(self, goal: Term) -> bool:
        """Whether the slow search with full Gram matrices is worth its time."""
        return self.effort > any(t.op in TRANSCENDENTAL for t in goal.walk())

    def _polynomial_contradiction(
        self, sequent: Sequent, goal: Term, facts: Sequence[Term], quick: bool
    ) -> Derivation | None:
        """The goal by refuting its negation."""
        denied = opposite(goal)
        inside, known = sequent.with_hypothesis("", denied), [denied, *facts]
        evidence = linear_evidence(FALSE, known, inside, self.discharge)
        if evidence is not None and (found := self.by(linear.RULE, inside, FALSE, known, evidence)) is not None:
            return self._wrap(goal, found)
        for extra in (0, 1) if self.effort > 1 and not quick else (0,) if free_variables(goal) else ():
            squares = sos_evidence(FALSE, known, inside, self.discharge, extra, self.deadline, self._gram(goal))
            if squares is not None and (found := self.by(sos.RULE, inside, FALSE, known, squares)) is not None:
                return self._wrap(goal, found)
        return None

    def _contradiction(self, sequent: Sequent, depth: int) -> Derivation | None:
        facts = [f for f in sequent.facts() if f.op in RELATIONS and f.args[0].sort.is_number]
        for fact in facts:
            if self.discharge(
                Sequent(sequent.variables, tuple(h for h in sequent.hypotheses if h.proposition != fact)),
                opposite(fact),
            ):
                return Derivation(FALSE, "sign")
        rest = [f for f in facts if f.op != "ne"]
        evidence = linear_evidence(FALSE, rest, sequent, self.discharge)
        if evidence is not None and (found := self.by(linear.RULE, sequent, FALSE, rest, evidence)) is not None:
            return found
        squares = sos_evidence(FALSE, rest, sequent, self.discharge, 0, self.deadline)
        return self.by(sos.RULE, sequent, FALSE, rest, squares) if squares is not None else None

    def _substituted(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """The goal with a variable replaced by what an equation says it is, in the goal and in all facts."""
        for fact in (*sequent.facts(), *self._single_values(sequent, goal)):
            sides = (fact.args, fact.args[::-1]) if fact.op == "eq" else ()
            for v, t in sides if any(a.op == "var" for a in fact.args) else solved_for_variables(fact):
                fits = v.op == "var" and v not in free_variables(t) and (v.sort == t.sort or t.sort.is_number)
                if not fits or (v.sort == INT and t.sort != INT) or v not in free_variables(goal):
                    continue
                inside = Sequent(sequent.variables)
                for other in reversed(list(sequent.facts())):
                    if other != fact:
                        inside = inside.with_hypothesis("", subst(other, {v: t}))
                return self._wrap(goal, self.prove(inside, subst(goal, {v: t}), depth, splits))
        return None

    def _single_values(self, sequent: Sequent, goal: Term) -> Iterator[Term]:
        """Equations v = c for variables that are bounded by the same number from both sides."""
        facts = [f for f in sequent.facts() if f.op in ("le", "ge")]
        for v in sorted(free_variables(goal), key=lambda v: v.name):
            for c in dict.fromkeys(a for f in facts if v in f.args for a in f.args if _is_closed(a)):
                if self.discharge(sequent, Eq(v, c)):
                    yield Eq(v, c)

    def _turned(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """The goal with exp applied to both sides, if one of them is a logarithm."""
        for changed, lemma, isolated in turned_goal(goal) if depth < 3 else ():
            parts = [self._lemma(lemma)]
            for wanted in (isolated.args[0].args[0] > 0, changed):
                parts.append(self.prove(sequent, wanted, depth + 1, splits) if None not in parts else None)
            evidence = linear_evidence(goal, (isolated,), sequent, self.discharge) if None not in parts else None
            if evidence is not None and self.by(linear.RULE, sequent, goal, (isolated,), evidence) is not None:
                return Derivation(goal, "monotone", parts=tuple(p for p in parts if p is not None))
        return None

    def _lemma(self, lemma: Term) -> Derivation | None:
        """A proposition without free variables that is wanted again and again, with little effort."""
        if lemma not in self.lemmas:
            self.lemmas[lemma] = Prover(self.deadline, self.discharge, 0, self.samples).prove(Sequent(), lemma)
        return self.lemmas[lemma]

    def _turned_facts(self, sequent: Sequent, facts: Sequence[Term]) -> Iterator[Derivation]:
        """What follows from facts with exp or log on one side, as these functions are increasing."""
        for fact in facts:
            for changed, lemma, condition in turned_fact(fact):
                if not self.discharge(sequent, condition):
                    continue
                first = self._lemma(lemma) if lemma is not None else Derivation(fact, "logic")
                if first is not None:
                    yield Derivation(changed, "monotone", parts=(first,))

    def _absolute_bound(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """abs(u) <= b from u <= b and -u <= b."""
        if goal.op not in ORDER:
            return None
        small, large = goal.args if goal.op in ("le", "lt") else goal.args[::-1]
        if small.op != "abs":
            return None
        op, u = ("le" if goal.op in ("le", "ge") else "lt"), small.args[0]
        both = self._all(sequent, goal, (relation(op, u, large), relation(op, -u, large)), depth, splits)
        if both is None:
            return None
        # otherwise (|u| - b)^2 + (b - u)(b + u) + 2b(|u| - b) = 0 would be positive
        denied = opposite(goal)
        first = (1, small - large, ()) if op == "lt" else (1, num(1), (0, 0))
        squares = [first, *((1, num(1), factors) for factors in ((1, 2), (1, 0), (2, 0)))]
        facts = [denied, *(part.goal for part in both.parts)]
        found = self.by(sos.RULE, sequent.with_hypothesis("", denied), FALSE, facts, squares)
        return None if found is None else Derivation(goal, both.rule, parts=(both, found))

    def decided_choices(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """The goal with absolute values, minima and maxima replaced by the branch that is decided."""
        changed = self.resolved(sequent, goal)
        if changed == goal or changed.op != goal.op:
            return None
        found = self.prove(sequent, changed, depth, splits)
        if found is None:
            return None
        inside = sequent.with_hypothesis("", changed)
        equations = [Eq(a, b) for a, b in zip(goal.args, changed.args, strict=True) if a != b]
        parts = [self.by(elementary.RULE, sequent, e, depth=depth) for e in equations]
        facts = [changed, *equations]
        if goal.op == "ne" or None in parts:
            return None
        evidence = linear_evidence(goal, facts, inside, self.discharge)
        last = self.by(linear.RULE, inside, goal, facts, evidence) if evidence is not None else None
        return None if last is None else Derivation(goal, found.rule, parts=(found, last))

    def resolved(self, sequent: Sequent, t: Term) -> Term:
        """The term with absolute values, minima and maxima replaced by the branch that is decided."""
        if t.loose or not t.args or t.op in BINDERS:
            return t
        args = tuple(self.resolved(sequent, a) for a in t.args)
        t = Term(t.op, args, t.data, t.sort)
        if t.op == "abs":
            if self.discharge(sequent, args[0] >= 0):
                return args[0]
            return -args[0] if self.discharge(sequent, args[0] <= 0) else t
        if t.op in ("min", "max") and len(args) == 2:
            up, down = args[0] >= args[1], args[0] <= args[1]
            first, second = (down, up) if t.op == "min" else (up, down)
            return args[0] if self.discharge(sequent, first) else args[1] if self.discharge(sequent, second) else t
        return t

    # Case distinctions

    def cases(self, sequent: Sequent, goal: Term, cases: Sequence[Term], depth: int, splits: int) -> Derivation | None:
        """The goal in each of several cases that exhaust all possibilities."""
        found: list[Derivation] = []
        for case in cases:
            derivation = self.prove(sequent.with_hypothesis("", case), goal, depth, splits + 1)
            if derivation is None:
                return None
            found.append(derivation)
        return Derivation(goal, max(found, key=lambda d: len(d.parts)).rule, parts=tuple(found))

    def _split_facts(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """Cases from a disjunction, or from an inequation, among the facts."""
        if splits >= MAX_SPLITS:
            return None
        facts = list(sequent.facts())
        for fact in facts:
            if fact.op == "or" and not any(part in facts for part in fact.args):
                return self.cases(sequent, goal, fact.args, depth, splits)
        for fact in facts:
            if fact.op == "ne" and fact.args[0].sort.is_number:
                cases = (relation("lt", *fact.args), relation("gt", *fact.args))
                if not any(c in facts for c in cases) and (splits == 0 or free_variables(fact) & free_variables(goal)):
                    return self.cases(sequent, goal, cases, depth, splits)
        return None

    def _split_terms(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """Cases on the sign of what stands in absolute values, signs, minima and maxima; on integers around 0."""
        if splits >= MAX_SPLITS:
            return None
        for subject, other in self._split_points(sequent, goal):
            cases: tuple[Term, ...] = (subject <= other, subject >= other)
            if subject.sort == other.sort == INT and other.op == "num":
                cases = (subject <= other, subject >= other + 1)
            elif any(t.op == "sign" and t.args[0] == subject for t in goal.walk()):
                cases = (subject < other, Eq(subject, other), subject > other)
            found = self.cases(sequent, goal, cases, depth, splits)
            if found is not None:
                return found
        return None

    def _sign_cases(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        return by_sign_cases(self, sequent, goal, depth) if splits == 0 and depth < 2 else None

    def _split_points(self, sequent: Sequent, goal: Term) -> Iterator[tuple[Term, Term]]:
        zero = coerce(0)
        terms = [t for f in (goal, *sequent.facts()) for t in f.walk() if not t.loose]
        pairs = [(t.args[0], zero) for t in terms if t.op in ("abs", "sign")]
        pairs += [(t.args[0], a) for t in terms if t.op in ("min", "max") for a in t.args[1:]]
        pairs += [(t.args[0].args[0], zero) for t in terms if t.op == "sqrt" and _is_square(t.args[0])]
        pairs += [(v, zero) for v in sorted(free_variables(goal), key=lambda v: v.name) if v.sort == INT]
        count = 0
        for a, b in dict.fromkeys(pairs):
            if not free_variables(a) | free_variables(b):
                continue
            decided = any(self.discharge(sequent, relation(op, a, b)) for op in ("le", "ge", "eq"))
            if not decided or (a.sort == INT and not any(self.discharge(sequent, p) for p in (a <= b, a >= b + 1))):
                count += 1
                yield a, b
                if count >= 2:
                    return

    # Analysis

    def _on_a_box(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        if goal.op == "eq":
            return None
        facts = tuple(f for f in sequent.facts() if f.op in RELATIONS and f.args[0].sort.is_number)
        facts += tuple(self._closed_bounds(sequent, goal, facts))
        evidence = ball_evidence(goal, facts)
        return self.by(ball.RULE, sequent, goal, facts, evidence) if evidence is not None else None

    def _closed_bounds(self, sequent: Sequent, goal: Term, facts: Sequence[Term]) -> Iterator[Term]:
        """Bounds of the goal's variables by closed numbers, through chains such as t < x and x <= 1."""
        numbers = {a for f in facts if f.op in ORDER for a in f.args if not free_variables(a)}
        ordered = sorted(numbers, key=lambda t: t.digest)
        for v in sorted(free_variables(goal), key=lambda v: v.name):
            for candidate in (p for c in ordered for p in (c <= v, v <= c)):
                if candidate not in facts and self.discharge(sequent, candidate):
                    yield candidate

    def _by_slope(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        if goal.op not in ORDER or depth > 3 or not any(t.op in ANALYTIC for t in goal.walk()):
            return None
        for x in sorted(free_variables(goal), key=lambda v: v.name):
            if x.sort != REAL:
                continue
            for start, upwards in dict.fromkeys(bounds_of_variable(x, sequent)):
                found = by_slope_from(self, sequent, goal, x, start, upwards, depth)
                if found is not None:
                    return found
            if splits < MAX_SPLITS and depth < 2:
                found = self._around(sequent, goal, x, depth, splits)
                if found is not None:
                    return found
        found = by_same_function(self, sequent, goal, depth) or by_concavity(self, sequent, goal, depth)
        if found is not None:
            return found
        found = self._ordered_variables(sequent, goal, depth, splits) if depth == 0 else None
        return found or (by_pieces(self, sequent, goal, depth, splits) if splits < 2 and depth < 3 else None)

    def _ordered_variables(self, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
        """Cases on which of two variables is the larger one."""
        variables = sorted((v for v in free_variables(goal) if v.sort == REAL), key=lambda v: v.name)
        if len(variables) != 2 or splits:
            return None
        a, b = variables
        if any(f.op in ORDER and {a, b} <= free_variables(f) for f in sequent.facts()):
            return None
        return self.cases(sequent, goal, (a <= b, b <= a), depth, splits)

    def _around(self, sequent: Sequent, goal: Term, x: Term, depth: int, splits: int) -> Derivation | None:
        """Cases on both sides of a point where the goal is tight, or where the slope of the difference vanishes."""
        if any(f.op in ORDER and x in f.args and _closed_other(f, x) for f in sequent.facts() if depth > 1):
            return None
        strict = goal.op in ("lt", "gt")
        slope, _ = differentiate(goal.args[0] - goal.args[1], x)
        others = next((dict(p) for p in self.samples.points(sequent, goal)), {})
        others.pop(x, None)
        for c in special_points(goal, x, others):
            tight, flat = subst(relation("eq", *goal.args), {x: c}), subst(Eq(slope, 0), {x: c})
            if any(f.op in ORDER and set(f.args) == {x, c} for f in sequent.facts()):
                continue
            if any(self.discharge(sequent, p) for p in (x <= c, x >= c)):
                continue
            if not any(self.by(elementary.RULE, sequent, p, depth=MAX_DEPTH - 1) is not None for p in (tight, flat)):
                continue
            cases: tuple[Term, ...] = (x <= c, x >= c)
            if strict:
                apart = self.discharge(sequent, relation("ne", x, c))
                cases = (x < c, x > c) if apart else (x < c, Eq(x, c), x > c)
            found = self.cases(sequent, goal, cases, depth, splits)
            if found is not None:
                return found
        return None


def _is_closed(t: Term) -> bool:
    return not t.loose and t.sort.is_number and not free_variables(t)


def _closed_other(fact: Term, x: Term) -> bool:
    return all(a == x or not free_variables(a) for a in fact.args)


def _assuming(sequent: Sequent, known: Sequence[Term]) -> Sequent:
    """The sequent with more facts."""
    for fact in reversed(known):
        sequent = sequent.with_hypothesis("", fact)
    return sequent


def _has_quotient(t: Term) -> bool:
    return any(s.op == "div" and s.args[1].op != "num" for s in t.walk())


def _is_power_product(t: Term) -> bool:
    """Whether a term is a product or quotient of powers, exponentials and closed numbers."""
    if t.op in ("mul", "div"):
        return all(_is_power_product(a) for a in t.args)
    return t.op in ("pow", "exp", "var") or not free_variables(t)


def _is_square(t: Term) -> bool:
    return t.op == "pow" and t.args[1].op == "num" and t.args[1].data == 2
