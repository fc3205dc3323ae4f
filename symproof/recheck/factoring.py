"""Factors of polynomials and of rational numbers. Flint finds them; multiplying them out says whether they are right.

A polynomial that is too long, or whose factors are not right, has no factor but itself.
"""

from __future__ import annotations

from typing import Any

from flint import Ordering, fmpq, fmpq_mpoly_ctx, fmpz

from symproof.recheck import polynomial as poly
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.term import Term

__all__ = ["Factors", "in_lowest_terms", "polynomial_factors", "prime_powers"]

MAX_SIZE = 400
MAX_PRIME = 10_000

Factors = list[tuple[Polynomial, int]]
"""Polynomials with their exponents."""


def polynomial_factors(p: Polynomial) -> tuple[fmpq, Factors]:
    """(c, factors) with ``p = c`` times the product of the powers, for p other than 0; leading coefficients are 1."""
    common, lead, rest = poly.split_common(p)
    atoms: Factors = [(poly.atom(t), e) for t, e in common]
    if poly.number(rest) is not None:
        return lead, atoms
    if _short(rest):
        names, (whole,) = _to_flint(rest)
        found = [(_monic(_from_flint(f, names)), int(e)) for f, e in whole.factor()[1]]
        product = poly.constant(1)
        for f, e in found:
            product = poly.times(product, poly.power(f, e))
        first = next(iter(rest))
        scale = rest[first] / product[first] if first in product else fmpq(0)
        if poly.scaled(product, scale) == rest:
            return lead * scale, [*atoms, *found]
    return lead, [*atoms, (rest, 1)]


def in_lowest_terms(top: Polynomial, bottom: Polynomial) -> tuple[Polynomial, Polynomial]:
    """Two polynomials, not 0, divided by common factors; the leading coefficient of the second is 1."""
    if _short(top) and _short(bottom) and poly.number(bottom) is None:
        names, (a, b) = _to_flint(top, bottom)
        shared = a.gcd(b)
        common, upper, lower = (_from_flint(f, names) for f in (shared, a / shared, b / shared))
        if poly.times(common, upper) == top and poly.times(common, lower) == bottom:
            top, bottom = upper, lower
    lead = bottom[poly.leading(bottom)]
    return poly.scaled(top, 1 / lead), poly.scaled(bottom, 1 / lead)


def _monic(p: Polynomial) -> Polynomial:
    return poly.scaled(p, 1 / p[poly.leading(p)])


def _short(p: Polynomial) -> bool:
    return len(p) * max(sum(e for _, e in m) for m in p) <= MAX_SIZE


def _to_flint(*polynomials: Polynomial) -> tuple[list[Term], list[Any]]:
    """(atoms, polynomials in variables that stand for them)."""
    atoms = sorted({t for p in polynomials for m in p for t, _ in m}, key=poly.rank)
    context = fmpq_mpoly_ctx.get([f"x{k}" for k in range(len(atoms))], Ordering.lex)
    found = []
    for p in polynomials:
        powers = [dict(m) for m in p]
        found.append(
            context.from_dict(
                {tuple(m.get(t, 0) for t in atoms): p_m for m, p_m in zip(powers, p.values(), strict=True)}
            )
        )
    return atoms, found


def _from_flint(p: Any, atoms: list[Term]) -> Polynomial:
    return {
        poly.monomial((t, int(e)) for t, e in zip(atoms, exponents, strict=True) if e): c
        for exponents, c in p.to_dict().items()
    }


def prime_powers(value: fmpq) -> list[tuple[int, int]]:
    """Small primes with their exponents in a positive rational, and what is left of numerator and denominator."""
    powers: dict[int, int] = {}
    for rest, sign in ((int(value.p), 1), (int(value.q), -1)):
        prime = 2
        while prime <= MAX_PRIME and prime * prime <= rest:
            while rest % prime == 0:
                powers[prime] = powers.get(prime, 0) + sign
                rest //= prime
            prime += 1 if prime == 2 else 2
        if rest > 1:
            base, e = _perfect_power(rest)
            powers[base] = powers.get(base, 0) + sign * e
    return [(p, e) for p, e in powers.items() if e]


def _perfect_power(n: int) -> tuple[int, int]:
    for e in range(min(n.bit_length(), 64), 1, -1):
        root = int(fmpz(n).root(e))
        if root**e == n:
            return root, e
    return n, 1
