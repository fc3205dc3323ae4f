"""Polynomials over Q whose indeterminates ("atoms") are numeric terms.

A polynomial maps monomials to coefficients that are not 0; a monomial is a tuple of (atom, exponent) pairs with
exponents > 0, each atom once, in the order of ``rank``. Two kinds of atoms obey laws, whatever their variables are:

* an indicator ``ite(c, 1, 0)`` is its own square;
* the inverse ``1/a``, which is 0 for a = 0: ``a^i (1/a)^j`` is ``a^(i-j)`` for i > j, ``(1/a)^(j-i)`` for i < j, and
  ``a (1/a)`` for i = j >= 1 (1 or, for a = 0, 0).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b

from flint import fmpq

from symproof.recheck.refused import Refused
from symproof.recheck.term import INT, Term, num, op

__all__ = [
    "Monomial", "Polynomial", "atom", "constant", "is_indicator", "is_inverse", "leading", "number", "plus", "power",
    "rank", "scaled", "split_common", "times", "to_term", "whole",
]  # fmt: skip

Monomial = tuple[tuple[Term, int], ...]
Polynomial = Mapping[Monomial, fmpq]

MAX_MONOMIALS = 20_000
MAX_EXPONENT = 64
MAX_BITS = 200_000
ZERO, ONE = num(0), num(1)


@lru_cache(maxsize=200_000)
def rank(term: Term) -> bytes:
    """What terms are sorted by: from their content alone, the same in every run. Equal ranks would only cost order."""
    data = term.data
    if isinstance(data, Fraction):
        data = f"{data.numerator:x}/{data.denominator:x}"
    elif term.binders:
        data = [b.sort.kind for b in term.binders]
    elif term.op == "call":
        data = data.name
    digest = blake2b(f"{term.op} {data!r} {term.sort.kind} {len(term.args)} ".encode(), digest_size=16)
    for a in term.args:
        digest.update(rank(a))
    return digest.digest()


def constant(value: fmpq | int) -> Polynomial:
    """A number."""
    return {(): fmpq(value)} if value != 0 else {}


def rational(value: Fraction | int) -> fmpq:
    """A ``Fraction`` or ``int`` as an ``fmpq``; nothing else is read, least of all a float."""
    if type(value) not in (Fraction, int):
        raise Refused(f"no rational number: {value!r}")
    return fmpq(value.numerator, value.denominator)


def atom(term: Term, exponent: int = 1) -> Polynomial:
    """A power of one atom, the exponent being > 0."""
    return {((term, exponent),): fmpq(1)}


def number(p: Polynomial) -> fmpq | None:
    """The value of a polynomial without atoms, else None."""
    if not p:
        return fmpq(0)
    return p.get(()) if len(p) == 1 else None


def plus(p: Polynomial, q: Polynomial, factor: fmpq | int = 1) -> Polynomial:
    """``p + factor q``."""
    result = dict(p)
    for monomial, c in q.items():
        c = c * factor
        old = result.get(monomial)
        value = c if old is None else old + c
        if value == 0:
            result.pop(monomial, None)
        else:
            result[monomial] = value
    return result


def scaled(p: Polynomial, factor: fmpq | int) -> Polynomial:
    """``factor p``."""
    return {m: c * factor for m, c in p.items()} if factor != 0 else {}


def is_indicator(term: Term) -> bool:
    """Whether the term is ``ite(c, 1, 0)``."""
    return term.op == "ite" and term.args[1] == ONE and term.args[2] == ZERO


def is_inverse(term: Term) -> bool:
    """Whether the term is ``1/a`` for an a that is no number."""
    return term.op == "div" and term.args[0] == ONE and term.args[1].op != "num"


def inverse(base: Term) -> Term:
    """The atom ``1/base``."""
    return op("div", ONE, base)


def monomial(powers: Iterable[tuple[Term, int]]) -> Monomial:
    """The monomial with these powers, each atom once."""
    return tuple(sorted(powers, key=lambda power: rank(power[0])))


def join(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials."""
    if not a or not b:
        return a or b
    powers = dict(a)
    for t, exponent in b:
        powers[t] = 1 if is_indicator(t) else powers.get(t, 0) + exponent
    for t in [t for t in powers if is_inverse(t) and t.args[1] in powers]:
        base = t.args[1]
        surplus = powers[base] - powers[t]
        if surplus == 0:
            powers[base] = powers[t] = 1
        elif surplus > 0:
            powers[base] = surplus
            del powers[t]
        else:
            powers[t] = -surplus
            del powers[base]
    return monomial(powers.items())


def times(p: Polynomial, q: Polynomial) -> Polynomial:
    """``p q``. Raises Refused if it is too long."""
    if len(p) * len(q) > MAX_MONOMIALS * 50:
        raise Refused("a product is too long to be expanded", undecided=True)
    result: dict[Monomial, fmpq] = {}
    for a, x in p.items():
        for b, y in q.items():
            m = join(a, b)
            old = result.get(m)
            result[m] = x * y if old is None else old + x * y
    if len(result) > MAX_MONOMIALS:
        raise Refused("a product is too long to be expanded", undecided=True)
    return {m: c for m, c in result.items() if c != 0}


def power(p: Polynomial, n: int) -> Polynomial:
    """``p^n`` for n >= 0; ``0^0`` is 1. Raises Refused if it is too long."""
    value = number(p)
    if value is not None:
        if n * max(int(value.p).bit_length(), int(value.q).bit_length()) > MAX_BITS:
            raise Refused("a power of a number has too many digits", undecided=True)
        return constant(value**n)
    if n > MAX_EXPONENT:
        raise Refused("a power is too long to be expanded", undecided=True)
    result = constant(1)
    for _ in range(n):
        result = times(result, p)
    return result


def whole(p: Polynomial) -> bool:
    """Whether its values are integers: so are its coefficients and atoms."""
    return all(c.q == 1 and all(t.sort == INT for t, _ in m) for m, c in p.items())


def _order(m: Monomial) -> tuple[int, tuple[tuple[bytes, int], ...]]:
    return len(m), tuple((rank(t), e) for t, e in m)


def leading(p: Polynomial) -> Monomial:
    """The first monomial with atoms in a fixed order, or the empty one if there is none."""
    found = [m for m in p if m]
    return found[0] if len(found) == 1 else min(found, key=_order, default=())


def split_common(p: Polynomial) -> tuple[Monomial, fmpq, Polynomial]:
    """(m, c, q) with ``p = m c q``, for p != 0: m divides all monomials of p, q is 1 at ``leading(q)``."""
    first, *others = p
    shared = dict(first)
    for m in others:
        powers = dict(m)
        shared = {t: min(e, powers[t]) for t, e in shared.items() if t in powers}
    if shared:
        p = {tuple((t, e - shared.get(t, 0)) for t, e in m if e != shared.get(t, 0)): c for m, c in p.items()}
    lead = p[leading(p)]
    return monomial(shared.items()), lead, scaled(p, 1 / lead)


def to_term(p: Polynomial) -> Term:
    """A term that means the polynomial, the same for equal ones."""
    total: Term | None = None
    for m in sorted(p, key=_order):
        part = _product(m, p[m])
        total = part if total is None else total + part
    return ZERO if total is None else total


def _product(m: Monomial, c: fmpq) -> Term:
    factors = [t if e == 1 else op("pow", t, num(e)) for t, e in m]
    if c != 1 or not factors:
        factors.insert(0, num(Fraction(int(c.p), int(c.q))))
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result
