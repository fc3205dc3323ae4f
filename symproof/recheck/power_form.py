"""Roots, real powers, exponentials and logarithms of quotients: products and sums over factors.

Generators are roots ``f**(1/n)`` and logarithms of factors, and ``exp(m)`` for monomials m. They have the value that is
meant wherever that is defined: roots of what is not negative, logarithms of what is positive. Signs of factors that are
not known are not used.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from fractions import Fraction

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.factoring import prime_powers
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.quotient import NOUGHT, ONE, UNIT, Quotient, Quotients, root_degree, scaled, single
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, num, op

__all__ = ["Powers"]


class Powers(Quotients, ABC):
    """Functions of quotients; what is in an exponential is formed again by ``form``."""

    @abstractmethod
    def form(self, t: Term) -> Quotient:
        """The quotient that a term is."""

    def root(self, q: Quotient, exponent: Fraction) -> Quotient:
        """q**exponent, for q >= 0, or q > 0 if the exponent is negative."""
        content, known, unknown = self.signed(q) if q.top else (fmpq(-1), [], [])
        if content < 0 and not unknown:  # then q <= 0, hence q = 0
            if exponent < 0:
                raise Refused("a power that is defined nowhere")
            return NOUGHT
        result = UNIT
        for prime, e in prime_powers(abs(content)):
            result = self.times(result, self._root_of(poly.constant(prime), e * exponent))
        for f, e in known:
            result = self.times(result, self._root_of(f, e * exponent))
        p, n = exponent.numerator, exponent.denominator
        even = n if n % 2 == 0 else 2 * n
        inside = poly.constant(-1 if content < 0 and p % 2 else 1)
        for f, e in unknown:  # f^even = |f|^even; where what is left is negative, some |f| is 0
            outside, rest = divmod(e * p, even)
            inside = poly.times(inside, poly.power(f, rest))
            result = self.times(result, self.power(self.absolute(Quotient(f)), outside * even // n))
        return self.times(result, self._root_of(inside, Fraction(1, n)))

    def _root_of(self, f: Polynomial, exponent: Fraction) -> Quotient:
        """f**exponent, for f >= 0."""
        t = single(f)
        if f == ONE or not exponent:
            return UNIT
        if t is not None and t in self.inside and t.op == "exp":
            return self.exp(poly.scaled(self.inside[t], poly.rational(exponent)))
        if t is not None and t in self.inside and root_degree(t):
            return self._root_of(self.inside[t], exponent * t.args[1].data)
        outside, rest = divmod(exponent, 1)
        result = self.power(Quotient(f), int(outside))
        if rest:
            base = poly.to_term(f)
            unit = self.unit("root", base, rest.denominator)
            root = op("pow", base, num(Fraction(1, unit)))
            result = self.times(result, self.generator(root, f, int(rest * unit)))
        return result

    def exp(self, p: Polynomial) -> Quotient:
        """A product over the monomials; from r log(f) it has the factor f**r."""
        result = UNIT
        for m, c in p.items():
            t = single({m: fmpq(1)})
            if t is not None and t.op == "log" and t in self.inside:
                factor = self._root_of(self.inside[t], Fraction(int(c.p), int(c.q)))
            else:
                unit = self.unit("exp", m, int(c.q))
                inside = {m: fmpq(1, unit)}
                factor = self.power(
                    self.generator(op("exp", poly.to_term(inside)), inside), int(c.p) * (unit // int(c.q))
                )
            result = self.times(result, factor)
        return result

    def log(self, q: Quotient) -> Quotient:
        """For q > 0."""
        content, known, unknown = self.signed(q) if q.top else (fmpq(-1), [], [])
        if content < 0 and not unknown:
            raise Refused("a logarithm that is defined nowhere")
        result = NOUGHT
        for prime, e in prime_powers(abs(content)):
            result = self.plus(result, self._log_of(poly.constant(prime)), e)
        for f, e in known:
            result = self.plus(result, self._log_of(f), e)
        inside = poly.constant(-1 if content < 0 else 1)
        for f, e in unknown:
            result = self.plus(result, self._log_of(self.absolute(Quotient(f)).top), e - e % 2)
            inside = poly.times(inside, f) if e % 2 else inside
        return self.plus(result, self._log_of(inside))

    def _log_of(self, f: Polynomial) -> Quotient:
        """For f > 0."""
        t = single(f)
        if f == ONE:
            return NOUGHT
        if t is not None and t in self.inside and t.op == "exp":
            return self.form(poly.to_term(self.inside[t]))
        if t is not None and t in self.inside and root_degree(t):
            return scaled(self._log_of(self.inside[t]), poly.rational(t.args[1].data))
        return self.generator(op("log", poly.to_term(f)), f)
