"""Discharging simple propositions: side conditions, guards, obligations. Deterministic and without search.

A proposition is discharged if it is a hypothesis (up to the direction of a relation and the normal form of its sides),
if signs decide it, if a part of it that suffices is discharged, or if the evidence table holds Farkas multipliers for
it. Not discharged never means false.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import Decide, Normalizer, Undecided, never, normal_form
from symproof.kernel.rule import Evidence, NoEvidence, Refusal
from symproof.kernel.sequent import Sequent
from symproof.kernel.sign import COMPLEMENT, Signs, allowed_by
from symproof.logic.sort import BOOL
from symproof.logic.term import Term, instantiate, relation

__all__ = ["Discharger", "introduce", "negation", "normalizer_in"]

FALSE = Term("false", (), None, BOOL)
MAX_DEPTH = 6
RECENT = 12
"""Among so many latest sequents one is looked for that the next one extends."""
MAX_QUESTIONS = 500
"""So many questions may come up in answering one; further ones have the answer "not discharged"."""


def introduce(sequent: Sequent, goal: Term) -> tuple[Sequent, Term]:
    """The sequent and goal after introducing the leading quantifiers and implications of the goal."""
    while goal.op in ("forall", "implies"):
        if goal.op == "forall":
            variable = sequent.fresh(goal.data[0].hint, goal.data[0].sort, goal)
            sequent, goal = sequent.with_variable(variable), instantiate(goal, (variable,))
        else:
            sequent, goal = sequent.with_hypothesis("", goal.args[0]), goal.args[1]
    return sequent, goal


def normalizer_in(sequent: Sequent, decide: Decide) -> Normalizer:
    """A normalizer of a sequent; the one that a ``Discharger`` keeps, if that decides."""
    if isinstance(decide, Discharger):
        return decide.normalizer(sequent)
    return Undecided() if decide is never else Normalizer(sequent, decide)


@dataclass
class Discharger:
    """Discharges propositions, with an evidence table for linear arithmetic."""

    evidence: Evidence = field(default_factory=NoEvidence)
    linear: Callable[[Sequent, Term, Evidence], bool] | None = None
    _depth: int = 0
    _questions: int = 0
    _cut: bool = False
    _open: set[tuple[int, Term]] = field(default_factory=set)
    _memory: dict[tuple[int, Term], tuple[Sequent, bool]] = field(default_factory=dict)
    _signs: dict[int, tuple[Sequent, Signs]] = field(default_factory=dict)
    _recent: deque[Signs] = field(default_factory=lambda: deque(maxlen=RECENT))
    _normalizer: Normalizer | None = None

    def __call__(self, sequent: Sequent, proposition: Term) -> bool:
        """Whether the proposition is discharged in the sequent."""
        key = (id(sequent.hypotheses), proposition)
        found = self._memory.get(key)
        if found is not None and found[0].hypotheses is sequent.hypotheses:
            return found[1]
        if self._depth > MAX_DEPTH or self._questions > MAX_QUESTIONS or key in self._open:
            self._cut = True
            return False
        cut_before, self._cut = self._cut, False
        self._depth, self._questions = self._depth + 1, self._questions + 1
        self._open.add(key)
        try:
            answer = self._discharge(sequent, proposition)
        finally:
            self._open.discard(key)
            self._depth -= 1
            self._questions = self._questions if self._depth else 0
        if self._depth == 0 or answer or not self._cut:
            self._memory[key] = (sequent, answer)
        self._cut = cut_before or self._cut
        return answer

    def signs(self, sequent: Sequent) -> Signs:
        """The sign procedure of a sequent."""
        key = id(sequent.hypotheses)
        found = self._signs.get(key)
        if found is None or found[0].hypotheses is not sequent.hypotheses:
            smaller = max(
                (s for s in self._recent if s.is_part_of(sequent)),
                key=lambda s: len(s.sequent.hypotheses),
                default=None,
            )
            found = (sequent, Signs(sequent, self, smaller=smaller))
            self._signs[key] = found
            self._recent.append(found[1])
        return found[1]

    def normalizer(self, sequent: Sequent) -> Normalizer:
        """The normalizer of a sequent; asked again for the same one, the same normalizer with what it has computed."""
        last = self._normalizer
        same = last is not None and last.sequent.hypotheses is sequent.hypotheses
        if last is None or not same or last.sequent.variables != sequent.variables:
            last = self._normalizer = Normalizer(sequent, self)
        return last

    def _discharge(self, sequent: Sequent, goal: Term) -> bool:
        if goal.op in ("forall", "implies"):
            if goal in self.signs(sequent).facts.stated:
                return True
            sequent, goal = introduce(sequent, goal)
        stated = self.signs(sequent).facts.stated
        if goal.op == "true" or goal in stated or FALSE in stated:
            return True
        if goal.op == "and":
            return all(self(sequent, part) for part in goal.args)
        if goal.op == "or":
            return any(self(sequent, part) for part in goal.args) or self._last_resort(sequent, goal)
        if goal.op == "not":
            return self._negation(sequent, goal.args[0])
        if goal.op in COMPLEMENT and goal.args[0].sort.is_number:
            return self._relation(sequent, goal)
        return False

    def _last_resort(self, sequent: Sequent, goal: Term) -> bool:
        """The last part of a disjunction, where the others fail."""
        *others, last = goal.args
        for other in others:
            sequent = sequent.with_hypothesis("", negation(other))
        return self(sequent, last)

    def _negation(self, sequent: Sequent, inner: Term) -> bool:
        if inner.op == "false":
            return True
        if inner.op == "not":
            return self(sequent, inner.args[0])
        if inner.op in COMPLEMENT and inner.args[0].sort.is_number:
            return self(sequent, relation(COMPLEMENT[inner.op], *inner.args))
        if inner.op in ("and", "or"):
            parts = (self(sequent, Term("not", (p,), None, BOOL)) for p in inner.args)
            return any(parts) if inner.op == "and" else all(parts)
        return False

    def _relation(self, sequent: Sequent, goal: Term) -> bool:
        a, b = goal.args
        wanted = allowed_by(goal.op)
        try:
            difference = poly.add(normal_form(a), normal_form(b), -1)
        except Refusal:
            return False
        signs = self.signs(sequent)
        if not signs.facts.sign(difference) & ~wanted:
            return True
        subject = a - b
        if b.op == "num" and b.data == 0:
            subject = a
        elif a.op == "num" and a.data == 0:
            subject, wanted = b, _mirror(wanted)
        if not signs.sign_of(subject) & ~wanted:
            return True
        if goal.op == "ne" and _whole_and_apart(difference):
            return True
        return self.linear is not None and self.linear(sequent, goal, self.evidence)


def negation(p: Term) -> Term:
    """A proposition equivalent to "not p", with the negation moved inwards as far as it goes."""
    if p.op in ("true", "false"):
        return Term("false" if p.op == "true" else "true", (), None, BOOL)
    if p.op == "not":
        return p.args[0]
    if p.op in COMPLEMENT and (p.args[0].sort.is_number or p.op in ("eq", "ne")):
        return relation(COMPLEMENT[p.op], *p.args)
    if p.op in ("and", "or"):
        return Term("or" if p.op == "and" else "and", tuple(negation(a) for a in p.args), None, BOOL)
    if p.op == "implies":
        premise = p.args[0].args if p.args[0].op == "and" else (p.args[0],)
        return Term("and", (*premise, negation(p.args[1])), None, BOOL)
    if p.op in ("forall", "exists"):
        return Term("exists" if p.op == "forall" else "forall", (negation(p.args[0]),), p.data, BOOL)
    return Term("not", (p,), None, BOOL)


def _whole_and_apart(difference: poly.Polynomial) -> bool:
    """Whether an integer-valued difference has a constant term that its other coefficients' divisor does not divide."""
    from math import gcd

    if not difference or not poly.is_integral(difference):
        return False
    divisor = 0
    for monomial, coefficient in difference.items():
        if monomial:
            divisor = gcd(divisor, int(coefficient.p))
    shift = difference.get((), None)
    return shift is not None and divisor > 1 and int(shift.p) % divisor != 0


def _mirror(mask: int) -> int:
    from symproof.kernel.sign import negate

    return negate(mask)
