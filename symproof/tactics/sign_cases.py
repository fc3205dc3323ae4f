"""Goals with many absolute values, minima and maxima: all cases of signs that do not contradict each other."""

from __future__ import annotations

from symproof.kernel.rules import linear
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import FALSE
from symproof.logic.term import Term, coerce
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.linear_search import linear_evidence

__all__ = ["CHOICES", "by_sign_cases"]

CHOICES = frozenset({"abs", "min", "max"})
MIN_CHOICES, MAX_CHOICES = 3, 12
MAX_CASES = 250


def by_sign_cases(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """The goal, which has some absolute values, minima or maxima, in all cases of the signs that matter; or None."""
    choices = {t for t in goal.walk() if t.op in CHOICES and not t.loose}
    if not MIN_CHOICES <= len(choices) <= MAX_CHOICES:
        return None
    return _Cases(prover, goal, depth).run(sequent, len(choices) + 2)


class _Cases:
    def __init__(self, prover: GoalSearch, goal: Term, depth: int) -> None:
        self.prover, self.goal, self.depth, self.count = prover, goal, depth, 0

    def run(self, sequent: Sequent, height: int) -> Derivation | None:
        self.count += 1
        if self.count > MAX_CASES:
            return None
        pair = _undecided(self.prover.resolved(sequent, self.goal))
        if pair is None:
            return self.prover.decided_choices(sequent, self.goal, self.depth + 1, 9)
        if height == 0:
            return None
        parts = []
        for case in (pair[0] >= pair[1], pair[0] <= pair[1]):
            inside = sequent.with_hypothesis("", case)
            part = self._impossible(inside) or self.run(inside, height - 1)
            if part is None:
                return None
            parts.append(part)
        return Derivation(self.goal, parts[0].rule, parts=tuple(parts))

    def _impossible(self, sequent: Sequent) -> Derivation | None:
        facts = [f for f in sequent.facts() if f.op in ("eq", "le", "lt", "ge", "gt") and f.args[0].sort.is_number]
        evidence = linear_evidence(FALSE, facts, sequent, self.prover.discharge)
        return self.prover.by(linear.RULE, sequent, FALSE, facts, evidence) if evidence is not None else None


def _undecided(t: Term) -> tuple[Term, Term] | None:
    """What is compared in an innermost absolute value, minimum or maximum."""
    for s in t.walk():
        if s.op in CHOICES and not s.loose and not any(u.op in CHOICES for a in s.args for u in a.walk()):
            return (s.args[0], coerce(0)) if s.op == "abs" else (s.args[0], s.args[1])
    return None
