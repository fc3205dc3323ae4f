"""Polynomials over Q in arbitrary terms as indeterminates ("atoms"): plain data and ring operations.

A polynomial is a dict from monomials to non-zero ``fmpq`` coefficients; a monomial is a tuple of (atom, exponent) pairs
sorted by the atoms' digests. Two kinds of atoms obey laws of their own, which hold in the total semantics of the kernel
(x/0 = 0; no claim is accepted unless its denominators are proved non-zero): an indicator ``ite(c, 1, 0)`` is
idempotent, and ``a^i inv(a)^j`` reduces to ``a^(i-j)`` or ``inv(a)^(j-i)`` for i != j and to ``a inv(a)`` for i = j.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction

from flint import fmpq

from symproof.kernel.rule import Refusal
from symproof.logic.sort import INT, REAL
from symproof.logic.term import Term, coerce

__all__ = ["MAX_MONOMIALS", "Monomial", "Polynomial", "add", "atom", "constant", "constant_value", "multiply", "power"]

Monomial = tuple[tuple[Term, int], ...]
Polynomial = Mapping[Monomial, fmpq]

MAX_MONOMIALS = 20_000
ZERO: Polynomial = {}


def rational(value: Fraction | int) -> fmpq:
    """A ``Fraction`` or ``int`` as an ``fmpq``."""
    fraction = Fraction(value)
    return fmpq(fraction.numerator, fraction.denominator)


def to_fraction(value: fmpq) -> Fraction:
    """An ``fmpq`` as a ``Fraction``."""
    return Fraction(int(value.p), int(value.q))


def constant(value: fmpq) -> Polynomial:
    """A constant polynomial."""
    return {(): value} if value != 0 else {}


def atom(term: Term, exponent: int = 1) -> Polynomial:
    """The polynomial that is one atom."""
    return {((term, exponent),): fmpq(1)}


def constant_value(p: Polynomial) -> fmpq | None:
    """The value of a constant polynomial, or None."""
    if not p:
        return fmpq(0)
    return p[()] if len(p) == 1 and () in p else None


def add(p: Polynomial, q: Polynomial, factor: fmpq | int = 1) -> Polynomial:
    """P + factor * q."""
    result = dict(p)
    for monomial, coefficient in q.items():
        value = result.get(monomial, fmpq(0)) + coefficient * factor
        if value == 0:
            result.pop(monomial, None)
        else:
            result[monomial] = value
    return result


def scale(p: Polynomial, factor: fmpq) -> Polynomial:
    """Factor * p."""
    return {m: c * factor for m, c in p.items()} if factor != 0 else {}


def sort_monomial(powers: Iterable[tuple[Term, int]]) -> Monomial:
    """The monomial with these powers (each atom once)."""
    return tuple(sorted(powers, key=lambda power_: power_[0].digest))


ONE, NOUGHT = coerce(1), coerce(0)


def is_indicator(term: Term) -> bool:
    """Whether an atom is an indicator ``ite(c, 1, 0)``, so that its square is itself."""
    return term.op == "ite" and term.args[1] == ONE and term.args[2] == NOUGHT


def multiply_monomials(a: Monomial, b: Monomial) -> Monomial:
    """The product of two monomials, with the laws of indicators and inverses."""
    if not a or not b:
        return a or b
    powers = dict(a)
    for term, exponent in b:
        powers[term] = 1 if is_indicator(term) else powers.get(term, 0) + exponent
    for term in [t for t in powers if t.op == "inv" and t.args[0] in powers]:
        base = term.args[0]
        surplus = powers[base] - powers[term]
        if surplus == 0:
            powers[base] = powers[term] = 1
        elif surplus > 0:
            powers[base] = surplus
            del powers[term]
        else:
            powers[term] = -surplus
            del powers[base]
    return sort_monomial(powers.items())


def multiply(p: Polynomial, q: Polynomial) -> Polynomial:
    """P * q. Raises Refusal if the product has too many monomials."""
    result: dict[Monomial, fmpq] = {}
    for a, x in p.items():
        for b, y in q.items():
            monomial = multiply_monomials(a, b)
            value = result.get(monomial, fmpq(0)) + x * y
            if value == 0:
                result.pop(monomial, None)
            else:
                result[monomial] = value
        if len(result) > MAX_MONOMIALS:
            raise Refusal(f"an expression expands to more than {MAX_MONOMIALS} monomials")
    return result


def power(p: Polynomial, n: int) -> Polynomial:
    """P to the n-th power, n >= 0. Raises Refusal if it becomes too large."""
    value = constant_value(p)
    if value is not None:
        if n * max(value.p.bit_length(), value.q.bit_length()) > 200_000:
            raise Refusal("a power of a number has more than 200,000 binary digits")
        return constant(value**n)
    if n > 64:
        raise Refusal("an exponent is too large to expand")
    result = constant(fmpq(1))
    for _ in range(n):
        result = multiply(result, p)
    return result


def primitive_part(p: Polynomial) -> tuple[fmpq, Polynomial]:
    """(c, q) with p = c q, c != 0, where q's first coefficient in monomial order is 1 (p is not zero)."""
    lead = p[leading_monomial(p)]
    return lead, scale(p, 1 / lead)


def leading_monomial(p: Polynomial) -> Monomial:
    """The first non-constant monomial in a fixed order of contents, or the empty one for a constant."""
    return min((m for m in p if m), key=monomial_key, default=())


def monomial_key(m: Monomial) -> tuple[int, tuple[tuple[str, int], ...]]:
    """A key that orders monomials by content."""
    return len(m), tuple((t.digest, e) for t, e in m)


def common_monomial(p: Polynomial) -> Monomial:
    """The largest monomial that divides every monomial of p."""
    shared: dict[Term, int] | None = None
    for monomial in p:
        powers = dict(monomial)
        common = powers if shared is None else shared
        shared = {t: min(e, powers[t]) for t, e in common.items() if t in powers}
        if not shared:
            return ()
    return sort_monomial((shared or {}).items())


def divide_monomial(m: Monomial, by: Monomial) -> Monomial:
    """M / by, for a divisor of m."""
    powers = dict(m)
    for term, exponent in by:
        powers[term] -= exponent
    return sort_monomial((t, e) for t, e in powers.items() if e)


def to_term(p: Polynomial) -> Term:
    """A term with this normal form, the same for equal polynomials."""
    total: Term | None = None
    for monomial in sorted(p, key=monomial_key):
        part = product_term(monomial, p[monomial])
        total = part if total is None else total + part
    return total if total is not None else coerce(0)


def product_term(monomial: Monomial, coefficient: fmpq) -> Term:
    """Coefficient * monomial as a term."""
    factors = [t if e == 1 else t ** coerce(e) for t, e in monomial]
    if coefficient != 1 or not factors:
        factors.insert(0, coerce(to_fraction(coefficient)))
    result = factors[0]
    for factor in factors[1:]:
        result = result * factor
    return result


def is_integral(p: Polynomial) -> bool:
    """Whether p takes integer values: integer coefficients and integer atoms."""
    return all(c.q == 1 and all(t.sort == INT for t, _ in m) for m, c in p.items())


def inverse_atom(base: Term) -> Term:
    """The atom 1/base."""
    return Term("inv", (base,), None, REAL)
