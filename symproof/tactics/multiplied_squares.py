"""Inequalities g >= 0 by a sum of squares for f g, where f is a positive number among the facts or 1 + |x|^2.

If g were negative, the strict product f (-g) and the sum for f g would add up to 0, which the rule ``sos`` refutes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from fractions import Fraction

from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import opposite
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import sos
from symproof.kernel.rules.linear import LinearFact, LinearFacts, directions
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import FALSE, num
from symproof.logic.term import Term, free_variables
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.sos_search import multiple_evidence

__all__ = ["by_multiplied_squares"]

MAX_FACTS = 8
MAX_FACTORS = 6
MAX_ATOMS = 6
MAX_DEGREE = 10
SHARE = 0.1
"""Which part of the time that is left one factor may take."""


def by_multiplied_squares(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int) -> Derivation | None:
    """The inequality, or None."""
    found = _by_facts(prover, sequent, goal)
    if found is not None or depth > 1 or not any(f.op in ("lt", "gt") for f in sequent.facts()):
        return found
    signs: list[Derivation] = []
    for v in sorted(free_variables(goal), key=lambda v: v.name):
        if prover.samples.signs(sequent, v) == (False, False, True) and not prover.discharge(sequent, v > 0):
            sign = prover.prove(sequent, v > 0, depth + 2, 9)
            if sign is not None:
                signs.append(sign)
                sequent = sequent.with_hypothesis("", sign.goal)
    found = _by_facts(prover, sequent, goal) if signs else None
    return None if found is None else Derivation(goal, "sos", parts=(*signs, found))


def _by_facts(prover: GoalSearch, sequent: Sequent, goal: Term) -> Derivation | None:
    facts = [f for f in sequent.facts() if f.op in ("eq", "le", "lt", "ge", "gt") and f.args[0].sort.is_number]
    try:
        normalize = normalizer_in(sequent, prover.discharge)
        (g, strict), *more = directions(goal, normalize)
        atoms = sorted({t for m in g for t, _ in m}, key=lambda t: t.digest)
        if more or not 2 <= len(atoms) <= MAX_ATOMS or len(facts) > MAX_FACTS:
            return None
        norm = sum((a**2 for a in atoms), start=num(1)) > 0
        if prover.discharge(sequent, norm):
            facts.append(norm)
        known = list(LinearFacts(facts, goal, normalize))
        if len(known) != len(facts):
            return None
        given = [f for f, fact in zip(known, facts, strict=True) if fact != norm]
        for chosen in _factors(known, g):
            multiple = g
            for k in chosen:
                multiple = normalize.product(multiple, known[k].form)
            if max(sum(e for _, e in m) for m in multiple) > MAX_DEGREE:
                continue
            now = time.monotonic()
            deadline = now + SHARE * (prover.deadline - now)
            squares = multiple_evidence(multiple, strict, given, normalize, deadline)
            if squares is None:
                continue
            denied = opposite(goal)
            evidence = [(w, square, tuple(k + 1 for k in factors)) for w, square, factors in squares]
            evidence.append((Fraction(1), num(1), (0, *(k + 1 for k in chosen))))
            inside = sequent.with_hypothesis("", denied)
            found = prover.by(sos.RULE, inside, FALSE, [denied, *facts], evidence)
            if found is not None:
                return Derivation(goal, "sos", parts=(found,))
    except Refusal:
        return None
    return None


def _factors(known: Sequence[LinearFact], g: poly.Polynomial) -> Iterator[tuple[int, ...]]:
    """Positions of strict facts whose product is tried as a factor."""
    atoms = {t for m in g for t, _ in m}
    strict = [
        k
        for k, f in enumerate(known)
        if f.relation == "gt" and any(f.form) and {t for m in f.form for t, _ in m} <= atoms
    ][:MAX_FACTORS]
    yield from ((k,) for k in strict)
