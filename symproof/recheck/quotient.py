"""Quotients of polynomials in generators of elementary terms, with the laws that some generators obey.

``cos^2 = 1 - sin^2``, ``|f|^2 = f^2``, the square of ``(-1)**n`` is 1, and the n-th power of ``f**(1/n)`` is f, which
is therefore not negative. Quotients are in lowest terms, but generators need not be independent: two that differ may
have the same value.
"""

from __future__ import annotations

from collections.abc import Callable
from math import lcm
from typing import NamedTuple

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.factoring import Factors, in_lowest_terms, polynomial_factors
from symproof.recheck.polynomial import Monomial, Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, op, relation

__all__ = ["NOUGHT", "ONE", "UNIT", "Quotient", "Quotients", "root_degree", "scaled", "single"]

MAX_STEPS = 3_000
MAX_TERMS = 250
MAX_MULTIPLE = 40
ONE: Polynomial = poly.constant(1)


class Quotient(NamedTuple):
    """``top / bottom``; the bottom is not 0 at any point where the term in question is defined."""

    top: Polynomial
    bottom: Polynomial = ONE


NOUGHT, UNIT = Quotient({}), Quotient(ONE)


def scaled(q: Quotient, factor: int | fmpq) -> Quotient:
    """A rational multiple."""
    return Quotient(poly.scaled(q.top, factor), q.bottom)


def single(p: Polynomial) -> Term | None:
    """The atom that a polynomial is, or None."""
    if len(p) != 1:
        return None
    ((m, c),) = p.items()
    return m[0][0] if c == 1 and len(m) == 1 and m[0][1] == 1 else None


def root_degree(t: Term) -> int:
    """The n of a generator ``f**(1/n)``, else 0."""
    return int(t.args[1].data.denominator) if t.op == "pow" and t.args[1].op == "num" else 0


def _without(m: Monomial, *powers: tuple[Term, int]) -> Monomial:
    less = dict(powers)
    return tuple((t, e - less.get(t, 0)) for t, e in m if e != less.get(t, 0))


def _odd_size(factors: Factors) -> int:
    return sum(len(f) for f, e in factors if e % 2)


class Quotients:
    """Arithmetic with quotients; ``holds`` decides signs.

    Attributes:
        inside: each generator with what it is a function of.
        again: whether a unit has changed, so that earlier results do not go with later ones.
    """

    def __init__(self, holds: Callable[[Term], bool]) -> None:
        self._holds = holds
        self._units: dict[tuple[str, object], int] = {}
        self.inside: dict[Term, Polynomial] = {}
        self.again = False

    def sign_is(self, name: str, p: Polynomial) -> bool:
        """Whether ``p name 0`` is known."""
        return self._holds(relation(name, poly.to_term(p), 0))

    def unit(self, kind: str, key: object, denominator: int) -> int:
        """The common denominator for a generator; with a new one the computation starts again."""
        old = self._units.get((kind, key), 1)
        new = self._units[kind, key] = lcm(old, denominator)
        self.again |= new != old
        return new

    def generator(self, t: Term, inside: Polynomial, exponent: int = 1) -> Quotient:
        """A power of a generator that is a function of ``inside``."""
        self.inside[t] = inside
        return Quotient(poly.atom(t, exponent)) if exponent else UNIT

    # Arithmetic ------------------------------------------------------------------------------------------------------

    def plus(self, a: Quotient, b: Quotient, factor: int = 1) -> Quotient:
        """``a + factor b``."""
        if a.bottom == b.bottom:
            return self.quotient(poly.plus(a.top, b.top, factor), a.bottom)
        top = poly.plus(poly.times(a.top, b.bottom), poly.times(b.top, a.bottom), factor)
        return self.quotient(top, poly.times(a.bottom, b.bottom))

    def times(self, a: Quotient, b: Quotient) -> Quotient:
        """``a b``."""
        return self.quotient(poly.times(a.top, b.top), poly.times(a.bottom, b.bottom))

    def inverse(self, q: Quotient) -> Quotient:
        """``1/q``. Raises Refused if q is 0."""
        return self.quotient(q.bottom, q.top)

    def power(self, q: Quotient, n: int) -> Quotient:
        """``q**n``. Raises Refused if it is too large."""
        q = self.inverse(q) if n < 0 else q
        if abs(n) > MAX_MULTIPLE and len(q.top) + len(q.bottom) > 2:
            raise Refused("an exponent is too large to expand", undecided=True)
        result = UNIT
        for bit in bin(abs(n))[2:]:
            result = self.times(result, result)
            result = self.times(result, q) if bit == "1" else result
        return result

    def quotient(self, top: Polynomial, bottom: Polynomial) -> Quotient:
        """A quotient in lowest terms. Raises Refused if the bottom is 0."""
        top, bottom = self._reduced(top), self._reduced(bottom)
        if not bottom:
            raise Refused("a divisor is 0")
        return Quotient(*in_lowest_terms(top, bottom)) if top else NOUGHT

    def flat(self, q: Quotient) -> Polynomial:
        """The quotient as a polynomial in which inverses are atoms."""
        if poly.number(q.bottom) is not None:
            return q.top
        common, lead, rest = poly.split_common(q.bottom)
        result = poly.scaled(q.top, 1 / lead)
        for t, e in common:
            result = poly.times(result, poly.atom(poly.inverse(t), e))
        if rest != ONE:
            result = poly.times(result, poly.atom(poly.inverse(poly.to_term(rest))))
        return self._reduced(result)

    def _reduced(self, p: Polynomial) -> Polynomial:
        """Without cos^2, |f|^2, n-th powers of n-th roots, and products a (1/a)."""
        done: Polynomial = {}
        steps = 0
        while p:
            waiting: Polynomial = {}
            for m, c in p.items():
                found = self._rewritten(m)
                if found is None:
                    done = poly.plus(done, {m: c})
                else:
                    waiting = poly.plus(waiting, poly.times({found[0]: c}, found[1]))
                    steps += 1
            if steps > MAX_STEPS or len(done) > MAX_TERMS:
                raise Refused("an expression becomes too large", undecided=True)
            p = waiting
        return done

    def _rewritten(self, m: Monomial) -> tuple[Monomial, Polynomial] | None:
        powers = dict(m)
        for t, e in m:
            if poly.is_inverse(t) and t.args[1] in powers:
                return _without(m, (t, 1), (t.args[1], 1)), ONE
            if e < 2 or t not in self.inside:
                continue
            if t.op == "cos":
                return _without(m, (t, 2)), poly.plus(ONE, poly.atom(op("sin", *t.args), 2), -1)
            if t.op == "abs":
                return _without(m, (t, 2)), poly.power(self.inside[t], 2)
            n = root_degree(t)
            if t.op == "pow" and not n:  # (-1)**n
                return _without(m, (t, 2)), ONE
            if n and e >= n:
                return _without(m, (t, n)), self.inside[t]
        return None

    # Factors and signs -----------------------------------------------------------------------------------------------

    def signed(self, q: Quotient) -> tuple[fmpq, Factors, Factors]:
        """(content, factors that are not negative, factors of unknown sign), for q other than 0."""
        content, factors = min(map(polynomial_factors, self._written(q.top)), key=lambda f: _odd_size(f[1]))
        divisor, others = polynomial_factors(q.bottom)
        content /= divisor
        known: Factors = []
        unknown: Factors = []
        for f, e in [*factors, *((f, -e) for f, e in others)]:
            if self.sign_is("ge", f):
                known.append((f, e))
            elif self.sign_is("le", f):
                known.append((poly.scaled(f, -1), e))
                content = -content if e % 2 else content
            else:
                unknown.append((f, e))
        return content, known, unknown

    def _written(self, p: Polynomial) -> list[Polynomial]:
        """A polynomial, and what it is with 1 - cos^2 for the square of one sine."""
        sines = sorted({t for m in p for t, e in m if t.op == "sin" and e > 1}, key=poly.rank)
        found = [p]
        for s in sines:
            square = poly.plus(ONE, poly.atom(op("cos", *s.args), 2), -1)
            total: Polynomial = {}
            for m, c in p.items():
                e = dict(m).get(s, 0)
                total = poly.plus(total, poly.times({_without(m, (s, e - e % 2)): c}, poly.power(square, e // 2)))
            found.append(total)
        return found

    def absolute(self, q: Quotient) -> Quotient:
        """``|q|``."""
        if not q.top:
            return q
        content, known, unknown = self.signed(q)
        result = Quotient(poly.constant(abs(content)))
        for f, e in known:
            result = self.times(result, self.power(Quotient(f), e))
        for f, e in unknown:
            base = Quotient(f) if e % 2 == 0 else self.generator(op("abs", poly.to_term(f)), f)
            result = self.times(result, self.power(base, e))
        return result
