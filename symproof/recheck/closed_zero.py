"""Whether a closed number is 0: an algebraic one, or a sum of logarithms or arcus functions of such.

An enclosure alone never says so. For an algebraic number it does together with a bound that the number would have to
exceed if it were not 0 (Burnikel, Funke, Mehlhorn, Schirra, Schmitt, "A Separation Bound for Real Algebraic
Expressions", Algorithmica 55, 2009, in its first form): write it as a quotient of algebraic integers of a field of
degree D. If all conjugates of the numerator are at most U, and the denominator is at most L, then the norm of the
numerator is an integer that is not 0, so that the quotient is at least ``U^(1 - D) / L``.
"""

from __future__ import annotations

from collections.abc import Callable
from math import gcd, lcm
from typing import NamedTuple

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.ball import Unknown, decided, enclosure
from symproof.recheck.normal_form import normal_form
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.rational import rational
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, free_variables, num, op, relation

__all__ = ["is_algebraic_zero", "is_closed_zero"]

MAX_PRECISION = 40_000
MAX_DENOMINATOR = 2_000
MAX_MULTIPLE = 2_000
PI = op("pi")


def is_closed_zero(p: Polynomial, vanishes: Callable[[Term], bool]) -> bool:
    """Whether the value of a polynomial in closed terms is known to be 0; ``vanishes`` knows other ways to see that."""
    atoms = {t for m in p for t, _ in m}
    if any(free_variables(t) for t in atoms):
        return False
    kinds = {t.op for t in atoms}
    try:
        if "log" in kinds:
            return kinds == {"log"} and _logarithms_cancel(p)
        if kinds & {"asin", "atan"}:
            return kinds <= {"asin", "atan", "pi"} and _arcs_cancel(p, vanishes)
        return is_algebraic_zero(poly.to_term(p))
    except (Unknown, Refused):
        return False


def _multiples(p: Polynomial) -> list[tuple[Term, int]]:
    """A positive multiple of a linear combination without constant as an integral one. Raises Refused for others."""
    if any(len(m) != 1 or m[0][1] != 1 for m in p):
        raise Refused("no linear combination")
    scale = lcm(*(int(c.q) for c in p.values()))
    found = [(m[0][0], int((c * scale).p)) for m, c in p.items()]
    if any(abs(k) > MAX_MULTIPLE for _, k in found):
        raise Refused("a multiple is too large", undecided=True)
    return found


def _logarithms_cancel(p: Polynomial) -> bool:
    """Whether the product of powers is 1."""
    sides = [num(1), num(1)]
    for t, k in _multiples(p):
        if decided(relation("gt", t.args[0], 0), {}) is not True:
            return False
        sides[k < 0] = sides[k < 0] * op("pow", t.args[0], num(abs(k)))
    return is_algebraic_zero(sides[0] - sides[1])


def _arcs_cancel(p: Polynomial, vanishes: Callable[[Term], bool]) -> bool:
    """Whether the sum is less than pi in size, and the argument of a product of complex numbers that is real."""
    total, product = num(0), (num(1), num(0))
    for t, k in _multiples(p):
        total = total + num(k) * t
        if t.op == "pi":
            continue
        a = t.args[0]
        factor = (num(1) if t.op == "atan" else op("sqrt", num(1) - a * a), a if k > 0 else -a)
        for bit in reversed(bin(abs(k))[2:]):
            product = _complex_product(product, factor) if bit == "1" else product
            factor = _complex_product(factor, factor)
    near = (relation("lt", total, 3), relation("gt", total, num(-3)))
    if not all(decided(n, {}) is True for n in near):
        return False
    return vanishes(product[1]) or is_algebraic_zero(product[1])


def _complex_product(z: tuple[Term, Term], w: tuple[Term, Term]) -> tuple[Term, Term]:
    return z[0] * w[0] - z[1] * w[1], z[0] * w[1] + z[1] * w[0]


# Algebraic numbers ---------------------------------------------------------------------------------------------------


class _Size(NamedTuple):
    """Binary logarithms, rounded up, of bounds of the conjugates of numerator and denominator; none negative."""

    top: int
    bottom: int


def is_algebraic_zero(term: Term) -> bool:
    """Whether a closed term is an algebraic number that is 0; False if nothing is known. Raises Refused, Unknown."""
    field = _Field()
    size = field.size(term)
    gap = size.top * (field.degree() - 1) + size.bottom
    if gap > MAX_PRECISION:
        return False
    small = fmpq(1, 2**gap)
    for precision in (gap + 64, 2 * gap + 256):
        try:
            low, high = enclosure(term, {}, precision)
        except Unknown:
            continue
        if low > 0 or high < 0:
            return False
        if low > -small and high < small:
            return True
    return False


class _Field:
    """A field that holds numerator and denominator of all terms that ``size`` was asked for."""

    def __init__(self) -> None:
        self.roots: dict[Term, int] = {}
        self.order = 1
        self.known: dict[Term, _Size] = {}

    def degree(self) -> int:
        """A bound of its degree: roots of unity of one order, then the other roots one by one."""
        result = sum(gcd(k, self.order) == 1 for k in range(self.order)) if self.order > 1 else 1
        for k in self.roots.values():
            result *= k
            if result > MAX_PRECISION:
                break
        return result

    def size(self, t: Term) -> _Size:
        """Raises Refused unless the term is built from rationals by arithmetic, roots, and waves of rational angles."""
        if t not in self.known:
            self.known[t] = self._fresh(t)
        found = self.known[t]
        if max(found) > MAX_PRECISION:
            raise Refused("an algebraic number is too large", undecided=True)
        return found

    def _fresh(self, t: Term) -> _Size:
        value = rational(t)
        if value is not None:
            return _Size(value.numerator.bit_length(), value.denominator.bit_length())
        if t.op in ("neg", "abs", "min", "max"):  # one of the arguments, or its negative
            sizes = [self.size(a) for a in t.args]
            return _Size(max(s.top for s in sizes), max(s.bottom for s in sizes))
        if t.op in ("add", "sub", "mul", "div"):
            return _joined(t.op, self.size(t.args[0]), self.size(t.args[1]))
        if t.op == "sqrt":
            return self._root(t, t.args[0], 2)
        if t.op == "pow":
            return self._power(t)
        if t.op in ("sin", "cos"):
            return self._wave(t)
        if t.op == "tan":
            return _joined("div", self.size(op("sin", *t.args)), self.size(op("cos", *t.args)))
        raise Refused(f"not known to be algebraic: {t}")

    def _power(self, t: Term) -> _Size:
        exponent = rational(t.args[1])
        if exponent is None:
            raise Refused("an exponent is not rational")
        n, k = abs(exponent.numerator), exponent.denominator
        top, bottom = self.size(t.args[0]) if k == 1 else self._root(t, t.args[0], k)
        return _Size(n * top, n * bottom) if exponent >= 0 else _Size(n * bottom, n * top)

    def _root(self, t: Term, base: Term, k: int) -> _Size:
        """Of a/b the k-th root of ``a b^(k - 1)``, divided by b."""
        inner = self.size(base)
        self.roots[t] = k
        return _Size(-(-(inner.top + (k - 1) * inner.bottom) // k), inner.bottom)

    def _wave(self, t: Term) -> _Size:
        """2 cos(p pi/q) is a sum of two roots of unity of order 2q; a sine is a cosine."""
        angle = normal_form(t.args[0])
        if set(angle) != {((PI, 1),)}:
            raise Refused("an angle is no rational multiple of pi")
        turn = angle[((PI, 1),)]
        if t.op == "sin":
            turn = fmpq(1, 2) - turn
        if turn.q > MAX_DENOMINATOR:
            raise Refused("an angle has too large a denominator", undecided=True)
        self.order = lcm(self.order, 2 * int(turn.q))
        if self.order > MAX_PRECISION:
            raise Refused("angles have no small common denominator", undecided=True)
        return _Size(1, 1)


def _joined(name: str, a: _Size, b: _Size) -> _Size:
    if name == "div":
        return _Size(a.top + b.bottom, a.bottom + b.top)
    if name == "mul":
        return _Size(a.top + b.top, a.bottom + b.bottom)
    return _Size(max(a.top + b.bottom, b.top + a.bottom) + 1, a.bottom + b.bottom)
