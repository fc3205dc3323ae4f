"""Clearing the denominators of a polynomial."""

from __future__ import annotations

from symproof.recheck import polynomial as poly
from symproof.recheck.normal_form import Normalizer
from symproof.recheck.polynomial import ZERO, Polynomial
from symproof.recheck.term import Term, relation

__all__ = ["without_denominators"]

MAX_DENOMINATORS = 8


def without_denominators(p: Polynomial, normalize: Normalizer) -> tuple[Polynomial, tuple[Term, ...]]:
    """(q, conditions): if the conditions hold, p is q divided by something that is not 0, so both are 0 or none is."""
    conditions: list[Term] = []
    for _ in range(MAX_DENOMINATORS):
        inverses = {t for m in p for t, _ in m if poly.is_inverse(t)}
        if not inverses:
            break
        target = min(inverses, key=poly.rank)
        highest = max(dict(m).get(target, 0) for m in p)
        base = normalize(target.args[1])
        total: Polynomial = {}
        for m, c in p.items():
            rest = tuple(power for power in m if power[0] != target)
            missing = poly.power(base, highest - dict(m).get(target, 0))
            total = poly.plus(total, normalize.product({rest: c}, missing))
        conditions.append(relation("ne", target.args[1], ZERO))
        p = total
    return p, tuple(conditions)
