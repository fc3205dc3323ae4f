"""Sums of polynomials times exponentials in one variable, read off a term: which are affine, which are exponentials.

``t**j * exp(k*t)`` for different pairs (j, k) are linearly independent, also on an interval, so that a sum is affine
there if and only if only the pairs (0, 0) and (1, 0) have coefficients other than 0.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from symproof.logic.rational_value import rational_value
from symproof.logic.term import Term

__all__ = ["ExponentialSum", "exponential_sum"]

MAX_TERMS = 200
MAX_POWER = 20

Coefficients = Mapping[tuple[int, Fraction], Fraction]


@dataclass(frozen=True)
class ExponentialSum:
    """``sum c_jk t^j exp(k t)``; ``coefficients`` holds the c_jk that are not 0, by (j, k)."""

    coefficients: Coefficients

    def line(self) -> tuple[Fraction, Fraction] | None:
        """(slope, offset) if it is affine in t."""
        if any(key not in ((0, Fraction(0)), (1, Fraction(0))) for key in self.coefficients):
            return None
        return self.coefficients.get((1, Fraction(0)), Fraction(0)), self.coefficients.get(
            (0, Fraction(0)), Fraction(0)
        )

    def exponential(self) -> tuple[Fraction, Fraction, Fraction] | None:
        """(factor, rate, level) if it is factor * exp(rate * t) + level with factor and rate not 0."""
        rest = {key: c for key, c in self.coefficients.items() if key != (0, Fraction(0))}
        if len(rest) != 1:
            return None
        ((power, rate), factor) = next(iter(rest.items()))
        return None if power or not rate else (factor, rate, self.coefficients.get((0, Fraction(0)), Fraction(0)))


def exponential_sum(term: Term, variable: Term) -> ExponentialSum | None:
    """The sum that a term is, or None if it is not seen to be one with rational coefficients."""
    found = _read(term, variable)
    return None if found is None or len(found) > MAX_TERMS else ExponentialSum(found)


def _read(term: Term, t: Term) -> Coefficients | None:
    value = rational_value(term)
    if value is not None:
        return _constant(value)
    if term == t:
        return {(1, Fraction(0)): Fraction(1)}
    if term.op == "exp":
        return _exponential(term, t)
    if term.op == "pow":
        return _power(term, t)
    if term.op not in ("add", "sub", "mul", "div", "neg"):
        return None
    parts = [_read(a, t) for a in term.args]
    known = [p for p in parts if p is not None]
    if len(known) != len(parts):
        return None
    if term.op == "neg":
        return _scaled(known[0], Fraction(-1))
    a, b = known
    if term.op == "div":
        divisor = b.get((0, Fraction(0)))
        return _scaled(a, 1 / divisor) if divisor and len(b) == 1 else None
    if term.op == "mul":
        return _product(a, b)
    return _sum(a, b if term.op == "add" else _scaled(b, Fraction(-1)))


def _exponential(term: Term, t: Term) -> Coefficients | None:
    """exp(k t) without a constant in the exponent: exp(c) is not rational."""
    inner = _read(term.args[0], t)
    if inner is None or any(key != (1, Fraction(0)) for key in inner):
        return None
    return {(0, inner.get((1, Fraction(0)), Fraction(0))): Fraction(1)}


def _power(term: Term, t: Term) -> Coefficients | None:
    exponent = rational_value(term.args[1])
    base = _read(term.args[0], t)
    if base is None or exponent is None or exponent.denominator != 1 or not 0 <= exponent <= MAX_POWER:
        return None
    found: Coefficients | None = _constant(Fraction(1))
    for _ in range(int(exponent)):
        found = None if found is None else _product(found, base)
    return found


def _constant(value: Fraction) -> Coefficients:
    return {(0, Fraction(0)): value} if value else {}


def _scaled(a: Coefficients, factor: Fraction) -> Coefficients:
    return {key: factor * c for key, c in a.items()}


def _sum(a: Coefficients, b: Coefficients) -> Coefficients:
    found = {key: a.get(key, Fraction(0)) + b.get(key, Fraction(0)) for key in {**a, **b}}
    return {key: c for key, c in found.items() if c}


def _product(a: Coefficients, b: Coefficients) -> Coefficients | None:
    if len(a) * len(b) > MAX_TERMS:
        return None
    found: dict[tuple[int, Fraction], Fraction] = {}
    for (j, k), c in a.items():
        for (power, rate), d in b.items():
            key = (j + power, k + rate)
            found[key] = found.get(key, Fraction(0)) + c * d
    return {key: c for key, c in found.items() if c}
