"""The sign of a function of a real variable on an interval, by a chain of slopes.

Of a function h the search takes the irreducible factors, multiplies each by something positive so that one
transcendental part of it loses its coefficient (``x*log(x) - x + 1`` becomes ``log(x) - 1 + 1/x``), and asks for the
value at an end of the interval and for the sign of the slope, a simpler function, of which the same is done. Where the
end in question is infinity, x = 1/t is put first. Numbers at sample points steer the search; each step is one of the
rules ``monotone``, ``concave``, ``ball``, ``elementary``, ``linear``.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from flint import arb, fmpq

from symproof.errors import SymproofError
from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import differentiate
from symproof.kernel.discharge import introduce
from symproof.kernel.elementary_form import ElementaryForm, exchanged, irreducible_factors
from symproof.kernel.evaluate import Compiled
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal, Request, Rule
from symproof.kernel.rules import ball, bound, concave, elementary, monotone
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.syntax import Eq, num
from symproof.logic.term import Term, coerce, free_variables, relation, subst
from symproof.tactics.ball_search import ball_evidence
from symproof.tactics.derivation import Derivation, Given, GoalSearch, followed
from symproof.tactics.elementary_view import ElementaryView
from symproof.tactics.interval_pieces import cuts_of_range
from symproof.tactics.starting_points import special_points

__all__ = ["Range", "SlopeSearch"]

MAX_LEVEL = 9
MAX_STEPS = 120
MAX_TERMS = 40
MAX_WAYS = 4
MAX_PARTS = 150
PRECISION = 128
_FLIPPED = {"le": "ge", "lt": "gt"}
_SIGNED = frozenset({"sin", "cos", "log", "tanh", "atan", "asin", "asinh", "sinh", "erf"})
_PLACE = Term("var", (), "§x", REAL)


@dataclass(frozen=True)
class Range:
    """A variable strictly between two ends (None: infinity), and what else is known."""

    x: Term
    low: Term | None
    high: Term | None
    sequent: Sequent


@dataclass
class SlopeSearch:
    """One search in one variable."""

    prover: GoalSearch
    deadline: float
    steps: int = 0
    turned: bool = False
    _codes: dict[Term, Compiled] = field(default_factory=dict)
    _active: set[tuple[Term, Term | None, Term | None]] = field(default_factory=set)

    # Numbers

    def _signs(self, where: Sequent, t: Term) -> tuple[bool, bool, bool]:
        return self.prover.samples.signs(where, t)

    def _negative(self, where: Sequent, t: Term) -> bool:
        return self._signs(where, t)[0]

    def _at(self, t: Term, x: Term, end: Term) -> float | None:
        """The value at an end, as far as it has one; other variables are put to sample values by the caller."""
        try:
            code = self._codes.setdefault(t, Compiled(t))
            value = code({x: Compiled(end)({}, PRECISION)}, PRECISION)
            number = arb(value) if isinstance(value, fmpq) else value
            return float(number.mid()) if number.is_finite() and number.rad() < 1e-6 else None
        except (SymproofError, ArithmeticError, TypeError, ValueError, KeyError, AttributeError):
            return None

    # Relations

    def relation(self, where: Range, goal: Term, level: int) -> Derivation | None:
        """An inequality in the range."""
        large, small = goal.args if goal.op in ("ge", "gt") else goal.args[::-1]
        op = _FLIPPED.get(goal.op, goal.op)
        term = large if small == num(0) else large - small
        found = self._shown(where, term, op, level)
        if found is None or found.goal == goal:
            return found
        return followed(self.prover, where.sequent, goal, (found,))

    def _shown(self, where: Range, term: Term, op: str, level: int) -> Derivation | None:
        """``term op 0`` for op ge or gt, by its factors."""
        goal, prover, sequent = relation(op, term, coerce(0)), self.prover, where.sequent
        if prover.discharge(sequent, goal):
            return Derivation(goal, "sign")
        self.steps += 1
        late = time.monotonic() > self.deadline
        if late or level > MAX_LEVEL or self.steps > MAX_STEPS or self._negative(sequent, term):
            return None
        signs = self._part_signs(where, term, level)
        where = Range(where.x, where.low, where.high, _assuming(sequent, [d.goal for d in signs]))
        try:
            bottoms = self._bottoms(where, term, level)
        except Refusal:
            return None
        if bottoms is None:
            return None
        sequent = _assuming(where.sequent, [d.goal for d in bottoms])
        bottoms = [*signs, *bottoms]
        view = ElementaryView(prover, sequent, 2)
        simple = view.goal(goal)
        if simple is None:
            return None
        inner = Range(where.x, where.low, where.high, view.sequent)
        found = self._product(inner, simple, level)
        back = view.back(goal, found) if found is not None else None
        return back if back is None or not bottoms else Derivation(goal, back.rule, parts=(back, *bottoms))

    def _part_signs(self, where: Range, term: Term, level: int) -> list[Derivation]:
        """Signs of the functions that occur, as far as they are not discharged: by standard bounds, or by a chain."""
        found: list[Derivation] = []
        sequent = where.sequent
        try:
            q = ElementaryForm(sequent, self.prover.discharge)(term)
        except Refusal:
            return found
        atoms = dict.fromkeys(t for p in (q.top, q.bottom) for m in p for t, _ in m)
        for part in sorted(atoms, key=lambda t: t.digest):
            known = any(self.prover.discharge(sequent, p) for p in (part > 0, part < 0))
            if part.op not in _SIGNED or where.x not in free_variables(part) or known:
                continue
            negative, nought, positive = self._signs(sequent, part)
            if nought or negative == positive:
                continue
            d = self.prover.by(bound.RULE, sequent, part < 0 if negative else part > 0, depth=4)
            if d is None and part.op not in ("sin", "cos") and level < 3:
                goal = relation("gt", -part if negative else part, coerce(0))
                inner = Range(where.x, where.low, where.high, sequent)
                d = self._by_slopes(inner, goal, normal_form(goal.args[0]), level + 1)
            if d is not None:
                found.append(d)
                sequent = sequent.with_hypothesis("", d.goal)
        return found

    def _bottoms(self, where: Range, term: Term, level: int) -> list[Derivation] | None:
        """Signs of the factors of the denominator that are not discharged."""
        q = ElementaryForm(where.sequent, self.prover.discharge)(term)
        found: list[Derivation] = []
        for f, _ in irreducible_factors(q.bottom)[1] if q.bottom != {(): 1} else ():
            t = poly.to_term(f)
            held = next((p for p in (t > 0, t < 0) if self.prover.discharge(where.sequent, p)), None)
            if held is not None:
                found.append(Derivation(held, "sign"))
                continue
            negative, nought, positive = self._signs(where.sequent, t)
            if nought or negative == positive:
                return None
            d = self._core(where, -t if negative else t, "gt", level + 1)
            if d is None:
                return None
            found.append(d)
        return found

    def _product(self, where: Range, goal: Term, level: int) -> Derivation | None:
        """``top op 0`` by the signs of the irreducible factors of ``top``."""
        op, prover = goal.op, self.prover
        try:
            form = normal_form(goal.args[0])
        except Refusal:
            return None
        if not form:
            return followed(prover, where.sequent, goal, ()) if op == "ge" else None
        content, powers = irreducible_factors(form)
        inside, zero = where.sequent, coerce(0)
        product: Term = num(poly.to_fraction(content))
        parts: list[Derivation] = []
        for f, e in powers:
            t = poly.to_term(f)
            product = product * (t if e == 1 else t**e)
            if poly.constant_value(f) is not None or (e % 2 == 0 and op == "ge"):
                continue
            signs = (t > zero, t < zero) if op == "gt" else (t > zero, t < zero, t >= zero, t <= zero)
            held = next((p for p in signs if prover.discharge(inside, p)), None)
            if held is not None:
                inside = inside.with_hypothesis("", held)
                continue
            negative, nought, positive = self._signs(inside, t)
            if (negative and positive) or (nought and op == "gt"):
                return None
            core = self._core(where, -t if negative else t, op, level)
            if core is None:
                return None
            parts.append(core)
            inside = inside.with_hypothesis("", core.goal)
        signed = relation(op, product, zero)
        if not prover.discharge(inside, signed):
            return None
        return followed(prover, inside, goal, (Derivation(signed, "sign", parts=tuple(parts)),))

    # One irreducible function

    def _core(self, where: Range, h: Term, op: str, level: int) -> Derivation | None:
        goal, prover = relation(op, h, coerce(0)), self.prover
        if prover.discharge(where.sequent, goal):
            return Derivation(goal, "sign")
        self.steps += 1
        key = subst(goal, {where.x: _PLACE}), where.low, where.high
        late = time.monotonic() > self.deadline or self.steps > MAX_STEPS
        if late or key in self._active or self._negative(where.sequent, h):
            return None
        try:
            form = normal_form(h)
        except Refusal:
            return None
        if len(form) > MAX_TERMS:
            return None
        if level and not any(t.op not in ("var", "pow") for m in form for t, _ in m if free_variables(t)):
            found = prover.prove(where.sequent, goal, 4, 3)  # algebraic functions
            if found is not None:
                return found
        other = self._without_sines(form)
        if other is not None:
            found = self._product(where, relation(op, poly.to_term(other), coerce(0)), level + 1)
            return self._scaled(where, goal, found, num(1)) if found is not None else None
        self._active.add(key)
        try:
            for attempt in (
                self._by_balls, self._generator, self._by_slopes, self._concave, self._reciprocal, self._pieces,
            ):  # fmt: skip
                found = attempt(where, goal, form, level)
                if found is not None:
                    return found
        finally:
            self._active.discard(key)
        return self._plain(where, goal, level)

    @staticmethod
    def _without_sines(form: Polynomial) -> Polynomial | None:
        """The polynomial with 1 - cos^2 for sin^2, if that leaves fewer functions."""
        for s in sorted({t for m in form for t, _ in m if t.op == "sin"}, key=lambda t: t.digest):
            cosine = Term("cos", s.args)
            if all(dict(m).get(s, 0) % 2 == 0 for m in form) and any(cosine in dict(m) for m in form):
                return exchanged(form, s)
        return None

    def _pieces(self, where: Range, goal: Term, form: Polynomial, level: int) -> Derivation | None:
        """On both sides of a point where the function or its slope is 0, or beside an end."""
        x, sequent = where.x, where.sequent
        if level > 2 or free_variables(goal) != {x}:
            return None
        cuts = [*islice(special_points(goal, x, {}), 3), *(c for c, _ in islice(cuts_of_range(sequent, x), 6))]
        for c in dict.fromkeys(cuts):
            sides = (x <= c, x >= c)
            if any(self.prover.discharge(sequent, p) or self._outside(sequent, p) for p in sides):
                continue
            ranges = (
                Range(x, where.low, c, sequent.with_hypothesis("", sides[0])),
                Range(x, c, where.high, sequent.with_hypothesis("", sides[1])),
            )
            parts: list[Derivation] = []
            for part in ranges:
                found = self._core(part, goal.args[0], goal.op, level + 1)
                if found is None:
                    break
                parts.append(found)
            if len(parts) == 2:
                return Derivation(goal, "monotone", parts=tuple(parts))
        return None

    def _outside(self, sequent: Sequent, side: Term) -> bool:
        """Whether no sample point lies on a side."""
        return not self.prover.samples.points(sequent.with_hypothesis("", side), side)

    def _by_balls(self, where: Range, goal: Term, form: Polynomial, level: int) -> Derivation | None:
        """On a bounded interval, if the function is positive at both ends."""
        if where.low is None or where.high is None or free_variables(goal) != {where.x}:
            return None
        ends = [self._at(goal.args[0], where.x, end) for end in (where.low, where.high)]
        if any(value is None or value < 1e-9 for value in ends):
            return None
        facts = (where.low <= where.x, where.x <= where.high)
        evidence = ball_evidence(goal, facts, MAX_PARTS)
        if evidence is None or not all(self.prover.discharge(where.sequent, f) for f in facts):
            return None
        inside = _assuming(where.sequent, facts)
        return self.prover.by(ball.RULE, inside, goal, facts, evidence)

    def _plain(self, where: Range, goal: Term, level: int) -> Derivation | None:
        """What the prover does without slopes."""
        if level == 0:
            return None
        return self.prover.prove(where.sequent, goal, 4, 3)

    def _generator(self, where: Range, goal: Term, form: Polynomial, level: int) -> Derivation | None:
        """A function of one transcendental part, such as a polynomial in exp(x): that part as a variable."""
        atoms = {t for m in form for t, _ in m if free_variables(t)}
        if len(atoms) != 1 or (u := next(iter(atoms))).op == "var" or free_variables(u) != {where.x}:
            return None
        v = _fresh(where.sequent, u)
        bounds = (*(p for c in (1, 0, -1) for p in (coerce(c) < u, coerce(c) <= u)), u < 0, u <= 0, u < 1, u <= 1)
        held = [Derivation(p, "sign") for p in bounds if self.prover.discharge(where.sequent, p)]
        if not held:
            shown = (self.prover.by(bound.RULE, where.sequent, p, depth=4) for p in bounds)
            held = [d for d in shown if d is not None]
        lower = next((d.goal for d in held if d.goal.args[1] == u), None)
        upper = next((d.goal for d in held if d.goal.args[0] == u), None)
        facts = [subst(p, {u: v}) for p in (lower, upper) if p is not None]
        if not facts:
            return None
        low, high = lower.args[0] if lower is not None else None, upper.args[1] if upper is not None else None
        inside = _assuming(Sequent((v,)), facts)
        general = self._core(Range(v, low, high, inside), subst(goal, {u: v}).args[0], goal.op, level + 1)
        if general is None or subst(general.goal, {v: u}) != goal:
            return None
        return Derivation(goal, general.rule, parts=(general, *(d for d in held if d.goal in (lower, upper))))

    def _by_slopes(self, where: Range, goal: Term, form: Polynomial, level: int) -> Derivation | None:
        """The best of the multiples of the function whose slope has the right sign."""
        ways = []
        for k, factor in self._multiples(where, goal.args[0], form):
            slope = self._slope(where, k)
            if slope is None:
                continue
            ways += [(self._weight(where, slope), n, k, factor, slope, up) for n, up in enumerate((True, False))]
        ways.sort(key=lambda way: way[:2])
        for _, _, k, factor, slope, upwards in ways[:MAX_WAYS]:
            start = where.low if upwards else where.high
            if start is None or self._signs(where.sequent, slope)[0 if upwards else 2]:
                continue
            if not free_variables(goal) - {where.x}:
                value = self._at(k, where.x, start)
                if value is None or value < -1e-9:
                    continue
            claim = relation(goal.op, k, coerce(0))
            found = self._monotone(where, claim, start, upwards, level)
            if found is None:
                continue
            if factor is None:
                return found
            back = self._scaled(where, goal, found, factor)
            if back is not None:
                return back
        return None

    def _slope(self, where: Range, k: Term) -> Term | None:
        try:
            return differentiate(k, where.x)[0]
        except Refusal:
            return None

    def _weight(self, where: Range, slope: Term) -> tuple[int, int]:
        """How hard the sign of a slope is: how many transcendental parts it has, then its size."""
        try:
            top = ElementaryForm(where.sequent, self.prover.discharge)(slope).top
        except Refusal:
            return 99, 0
        atoms: set[Term] = set()
        size = 0
        for f, _ in irreducible_factors(top)[1] if top else ():
            t = poly.to_term(f)
            if not any(self.prover.discharge(where.sequent, p) for p in (t > 0, t < 0)):
                atoms |= {a for m in f for a, _ in m}
                size += len(f)
        return len({a for a in atoms if free_variables(a)}), size

    def _multiples(self, where: Range, h: Term, form: Polynomial) -> Iterator[tuple[Term, Term | None]]:
        """Pairs (k, factor) with h = k * factor and factor > 0; None stands for 1."""
        yield h, None
        atoms = {t for m in form for t, _ in m if where.x in free_variables(t)}
        for u in sorted(atoms, key=lambda t: t.digest):
            slope = {poly.divide_monomial(m, ((u, 1),)): c for m, c in form.items() if dict(m).get(u) == 1}
            if any(dict(m).get(u, 0) > 1 for m in form) or not any(m for m in slope):
                continue
            rest = {m: c for m, c in form.items() if u not in dict(m)}
            a, b = poly.to_term(slope), poly.to_term(rest)
            for sign in (1, -1):
                factor = a if sign == 1 else -a
                if self._positive(where, factor):
                    yield (u + b / factor if sign == 1 else b / factor - u), factor
        for u in sorted((t for t in atoms if t.op == "exp"), key=lambda t: t.digest):
            exponents = sorted({dict(m).get(u, 0) for m in form})
            for e in exponents[:3] if len(exponents) < 4 else ():
                if e:
                    yield sum((self._lowered(m, c, u, e) for m, c in form.items()), start=coerce(0)), u**e

    @staticmethod
    def _lowered(m: poly.Monomial, c: fmpq, u: Term, e: int) -> Term:
        """The monomial divided by u**e, for u = exp(v)."""
        left = dict(m).get(u, 0) - e
        rest = poly.to_term({poly.sort_monomial((t, k) for t, k in m if t != u): c})
        return rest * Term("exp", (coerce(left) * u.args[0],), None, REAL) if left else rest

    def _positive(self, where: Range, t: Term) -> bool:
        return bool(free_variables(t)) and self.prover.discharge(where.sequent, t > 0)

    def _scaled(self, where: Range, goal: Term, found: Derivation, factor: Term) -> Derivation | None:
        """``h op 0`` from ``k op 0`` and h = k * factor."""
        k = found.goal.args[0]
        equation, signed = Eq(goal.args[0], k * factor), relation(goal.op, k * factor, coerce(0))
        first = self.prover.by(elementary.RULE, where.sequent, equation, depth=2)
        inside = where.sequent.with_hypothesis("", found.goal)
        if first is None or not self.prover.discharge(inside, signed):
            return None
        return followed(
            self.prover,
            inside,
            goal,
            (Derivation(equation, "elementary", parts=(first,)), Derivation(signed, "sign", parts=(found,))),
        )

    def _monotone(self, where: Range, claim: Term, start: Term, upwards: bool, level: int) -> Derivation | None:
        for strict_start in (False, True) if claim.op == "gt" else (False,):
            evidence = (where.x, start, upwards, strict_start)
            found = self._by(monotone.RULE, where, claim, evidence, level)
            if found is not None:
                return found
        return None

    def _concave(self, where: Range, goal: Term, form: Polynomial, level: int) -> Derivation | None:
        """Between two ends where the function is not negative."""
        if where.low is None or where.high is None or free_variables(goal) != {where.x}:
            return None
        ends = [self._at(goal.args[0], where.x, end) for end in (where.low, where.high)]
        slope = self._slope(where, goal.args[0])
        second = self._slope(where, slope) if slope is not None else None
        if any(v is None or v < -1e-9 for v in ends) or second is None or self._signs(where.sequent, second)[2]:
            return None
        return self._by(concave.RULE, where, goal, (where.x, where.low, where.high), level)

    def _by(self, rule: Rule, where: Range, goal: Term, evidence: object, level: int) -> Derivation | None:
        """The goal by a rule whose last obligation is a sign of a slope, which the chain goes on with."""
        prover, sequent = self.prover, where.sequent
        request = Request(goal, (), sequent, prover.discharge, Given(rule.name, evidence))
        try:
            *others, last = rule.check(request).obligations
        except Refusal:
            return None
        if any(prover.samples.refute(*introduce(sequent, p)) for p in others):
            return None
        parts: list[Derivation] = []
        for p in others:
            part = prover.prove(sequent, p, 3, 3)
            if part is None:
                return None
            parts.append(part)
        inside, wanted = introduce(sequent, last)
        new = [v for v in free_variables(wanted) if v not in free_variables(goal)]
        if len(new) > 1:
            return None
        t = new[0] if new else where.x
        inner = self._range(where, inside, t)
        found = self.relation(inner, wanted, level + 1)
        return None if found is None else Derivation(goal, rule.name, parts=(found, *parts))

    def _range(self, where: Range, inside: Sequent, t: Term) -> Range:
        """The range of the new variable, with little else, if that is decided; else with all that is known."""
        facts = [f for f in where.sequent.facts() if where.x not in free_variables(f)]
        own = [
            *([where.low < t] if where.low is not None else []),
            *([t < where.high] if where.high is not None else []),
        ]
        if not all(self.prover.discharge(inside, f) for f in own):
            return Range(t, where.low, where.high, inside)
        variables = tuple(v for v in where.sequent.variables if v != where.x)
        clean = Sequent((*variables, t))
        for fact in (*own, *facts):
            clean = clean.with_hypothesis("", fact)
        return Range(t, where.low, where.high, clean)

    def _reciprocal(self, where: Range, goal: Term, form: Polynomial, level: int) -> Derivation | None:
        """From infinity, with x = 1/t."""
        if self.turned or where.high is not None or where.low is None or free_variables(goal) != {where.x}:
            return None
        if not self.prover.discharge(where.sequent, where.x > 0):
            return None
        low = self._at(where.low, where.x, coerce(0))
        if low is None or low < 0:
            return None
        t = _fresh(where.sequent, goal)
        high = None if low <= 0 else num(1 / where.low.data) if where.low.op == "num" else 1 / where.low
        inside = Sequent((t,)).with_hypothesis("", t > 0)
        parts: list[Derivation] = []
        if high is not None:
            below = self.prover.prove(where.sequent, 1 / where.x < high, 3, 3)
            if below is None:  # the range may contain its end
                return None
            parts.append(below)
            inside = inside.with_hypothesis("", t < high)
        other = subst(goal, {where.x: 1 / t})
        self.turned = True
        try:
            found = self._shown(Range(t, coerce(0), high, inside), other.args[0], goal.op, level + 1)
        finally:
            self.turned = False
        if found is None or found.goal != relation(goal.op, other.args[0], coerce(0)):
            return None
        instance = subst(found.goal, {t: 1 / where.x})
        equation = Eq(goal.args[0], instance.args[0])
        first = self.prover.by(elementary.RULE, where.sequent, equation, depth=2)
        if first is None:
            return None
        last = Derivation(instance, found.rule, parts=(found, *parts))
        return followed(self.prover, where.sequent, goal, (first, last))


def _assuming(sequent: Sequent, facts: Sequence[Term]) -> Sequent:
    for fact in facts:
        sequent = sequent.with_hypothesis("", fact)
    return sequent


def _fresh(sequent: Sequent, *terms: Term) -> Term:
    taken = sequent.names() | {v.name for t in terms for v in free_variables(t)}
    return Term("var", (), next(n for k in range(99) if (n := f"u{k or ''}") not in taken), REAL)
