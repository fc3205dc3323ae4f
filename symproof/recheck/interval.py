"""Arithmetic with intervals, rounded outwards.

The ends are exact numbers: rationals as long as they stay short, else dyadic numbers that Arb's balls yield. So closed
ends stay closed: the square roots of the numbers in [0, 1] are in [0, 1], and not below 0. What has no value for
certain (a quotient whose divisor may be 0, a root of what may be negative) is unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import Any, NamedTuple

import flint
from flint import arb, fmpq, fmpz

__all__ = [
    "OPERATIONS", "Interval", "Number", "Unknown", "add", "at_most", "between", "exact", "fraction_power", "less",
    "maximum", "minimum", "need", "power", "unknown", "whole_power",
]  # fmt: skip

MAX_BITS = 200_000
"""Longer rationals become dyadic numbers; between different ends, those longer than some words do."""

Number = Any
"""An fmpq, or an arb without radius; in passing, any arb."""


class Unknown(Exception):
    """The precision, the domain of a function or a limit does not tell."""


class Interval(NamedTuple):
    """All numbers from ``low`` to ``high``."""

    low: Number
    high: Number

    @property
    def value(self) -> fmpq | None:
        """The rational number that it holds alone, or None."""
        same = isinstance(self.low, fmpq) and isinstance(self.high, fmpq) and self.low == self.high
        return self.low if same else None


def exact(value: Fraction | int) -> Interval:
    """A rational number."""
    q = fmpq(Fraction(value).numerator, Fraction(value).denominator)
    return Interval(q, q)


def less(a: Number, b: Number) -> bool:
    """Whether a < b for certain."""
    return bool(a < b) if isinstance(a, fmpq) and isinstance(b, fmpq) else bool(arb(a) < arb(b))


def at_most(a: Number, b: Number) -> bool:
    """Whether a <= b for certain."""
    return bool(a <= b) if isinstance(a, fmpq) and isinstance(b, fmpq) else bool(arb(a) <= arb(b))


def between(lows: Iterable[Number], highs: Iterable[Number]) -> Interval:
    """From the least of ``lows`` to the greatest of ``highs``, rounded outwards. Raises Unknown if one is infinite."""
    low, high = _chosen(min, lows, down=True), _chosen(max, highs, down=False)
    limit = MAX_BITS if isinstance(low, fmpq) and isinstance(high, fmpq) and low == high else 4 * flint.ctx.prec
    return Interval(_short(low, limit, down=True), _short(high, limit, down=False))


def _chosen(choice: Callable[[list[Number]], Number], numbers: Iterable[Number], down: bool) -> Number:
    """The least or the greatest (``choice``) of some numbers, rounded ``down`` or up."""
    found = list(numbers)
    if all(isinstance(n, fmpq) for n in found):
        return choice(found)
    return choice([_short(n, 0, down) for n in found])


def _short(n: Number, limit: int, down: bool) -> Number:
    """An exact number of bounded length in place of a ball or a long rational number."""
    if isinstance(n, fmpq) and n.height_bits() <= limit:
        return n
    ball = arb(n)
    if not ball.is_finite():
        raise Unknown
    return ball.lower() if down else ball.upper()


def _positive(a: Interval) -> bool:
    return less(fmpq(0), a.low)


def _nonzero(a: Interval) -> bool:
    return _positive(a) or less(a.high, fmpq(0))


def need(condition: bool) -> None:
    """Raises Unknown unless the condition holds."""
    if not condition:
        raise Unknown


# Arithmetic ----------------------------------------------------------------------------------------------------------


def add(a: Interval, b: Interval) -> Interval:
    """A sum."""
    return between([a.low + b.low], [a.high + b.high])


def _neg(a: Interval) -> Interval:
    return Interval(-a.high, -a.low)


def _mul(a: Interval, b: Interval) -> Interval:
    ends = [x * y for x in a for y in b] if a.value is None or b.value is None else [a.low * b.low]
    return between(ends, ends)


def _inverse(a: Interval) -> Interval:
    need(_nonzero(a))
    return between([1 / a.high], [1 / a.low])


def whole_power(a: Interval, n: int) -> Interval:
    """A power with an integer as exponent; 0**0 is 1."""
    if n == 0:
        return exact(1)
    if n < 0:
        return _inverse(whole_power(a, -n)) if _nonzero(a) else unknown()
    need(n.bit_length() <= 256)
    a = _abs(a) if n % 2 == 0 else a
    return between([_raised(a.low, n)], [_raised(a.high, n)])


def _raised(x: Number, n: int) -> Number:
    """The n-th power, n > 0."""
    if x in (0, 1, -1):
        return fmpq(abs(x) if n % 2 == 0 else x) if isinstance(x, fmpq) else x * x if n % 2 == 0 else x
    short = isinstance(x, fmpq) and x.height_bits() * n <= MAX_BITS
    return x**n if short else arb(x) ** fmpz(n)


def unknown(*_: Any) -> Interval:
    """What nothing is known of."""
    raise Unknown


def fraction_power(a: Interval, exponent: Fraction) -> Interval:
    """A power with an exponent that is no integer; of 0 if the exponent is positive."""
    if exponent < 0:
        return _inverse(fraction_power(a, -exponent))
    need(at_most(fmpq(0), a.low))
    return between([_root(a.low, exponent)], [_root(a.high, exponent)])


def _root(x: Number, exponent: Fraction) -> Number:
    if x == 0:
        return fmpq(0)
    k = exponent.denominator
    if isinstance(x, fmpq) and k <= 1024:
        top, bottom = fmpz(x.p).root(k), fmpz(x.q).root(k)
        if top**k == x.p and bottom**k == x.q:
            return _raised(fmpq(top, bottom), exponent.numerator)
    return arb(x) ** arb(fmpq(exponent.numerator, k))


def power(base: Interval, exponent: Interval) -> Interval:
    """A real power of a positive number."""
    need(_positive(base))
    value = exponent.value
    if value is not None and value.q == 1:
        return whole_power(base, int(value.p))
    if value is not None:
        return fraction_power(base, Fraction(int(value.p), int(value.q)))
    return _monotone("exp", _mul(exponent, _monotone("log", base)))


# Functions -----------------------------------------------------------------------------------------------------------

_INCREASING = frozenset({"exp", "log", "asin", "atan", "sinh", "tanh", "asinh", "acosh", "atanh", "erf"})
_RATIONAL_VALUES = {
    "exp": (0, 1), "log": (1, 0), "sin": (0, 0), "cos": (0, 1), "tan": (0, 0), "asin": (0, 0), "acos": (1, 0),
    "atan": (0, 0), "sinh": (0, 0), "cosh": (0, 1), "tanh": (0, 0), "asinh": (0, 0), "acosh": (1, 0), "atanh": (0, 0),
    "erf": (0, 0),
}  # fmt: skip
"""Where a function has a rational value at a rational number: (argument, value)."""
_DOMAIN = {
    "log": lambda a: _positive(a),
    "asin": lambda a: at_most(fmpq(-1), a.low) and at_most(a.high, fmpq(1)),
    "acos": lambda a: at_most(fmpq(-1), a.low) and at_most(a.high, fmpq(1)),
    "acosh": lambda a: at_most(fmpq(1), a.low),
    "atanh": lambda a: less(fmpq(-1), a.low) and less(a.high, fmpq(1)),
}


def _at(name: str, x: Number) -> Number:
    argument, value = _RATIONAL_VALUES[name]
    if isinstance(x, fmpq) and x == argument:
        return fmpq(value)
    return getattr(arb(x), name)()


def _monotone(name: str, a: Interval) -> Interval:
    need(name not in _DOMAIN or _DOMAIN[name](a))
    low, high = (a.low, a.high) if name in _INCREASING else (a.high, a.low)
    return between([_at(name, low)], [_at(name, high)])


def _wave(name: str, a: Interval) -> Interval:
    """Sine and cosine: by the ends where the slope has one sign, else by Arb."""
    if a.value == 0:
        return exact(_RATIONAL_VALUES[name][1])
    ball = arb(a.low).union(arb(a.high))
    slope = ball.cos() if name == "sin" else -ball.sin()
    if slope > 0:
        return between([_at(name, a.low)], [_at(name, a.high)])
    if slope < 0:
        return between([_at(name, a.high)], [_at(name, a.low)])
    found = _at(name, ball)
    need(found.is_finite())
    low, high = found.lower(), found.upper()
    return Interval(low if low > -1 else fmpq(-1), high if high < 1 else fmpq(1))


def _tan(a: Interval) -> Interval:
    cosine = (arb(a.low).union(arb(a.high))).cos()
    need(bool(cosine > 0) or bool(cosine < 0))
    return between([_at("tan", a.low)], [_at("tan", a.high)])


def _abs(a: Interval) -> Interval:
    if at_most(fmpq(0), a.low):
        return a
    return _neg(a) if at_most(a.high, fmpq(0)) else between([fmpq(0)], [-a.low, a.high])


def _cosh(a: Interval) -> Interval:
    a = _abs(a)
    return between([_at("cosh", a.low)], [_at("cosh", a.high)])


def _sign(a: Interval) -> Interval:
    low, high = (fmpq(1 if x > 0 else -1 if x < 0 else 0) for x in a)
    return Interval(low, high)


def _whole(name: str, a: Interval) -> Interval:
    """Floor and ceiling."""
    return Interval(*(fmpq(_rounded(name, x)) for x in a))


def _rounded(name: str, x: Number) -> fmpz:
    if isinstance(x, fmpq):
        return x.floor() if name == "floor" else x.ceil()
    found = (x.floor() if name == "floor" else x.ceil()).unique_fmpz()
    if found is None:
        raise Unknown
    return found


def minimum(*values: Interval) -> Interval:
    """The least of some numbers."""
    return Interval(_chosen(min, [v.low for v in values], True), _chosen(min, [v.high for v in values], False))


def maximum(*values: Interval) -> Interval:
    """The greatest of some numbers."""
    return Interval(_chosen(max, [v.low for v in values], True), _chosen(max, [v.high for v in values], False))


OPERATIONS: dict[str, Callable[..., Interval]] = {
    "add": add, "sub": lambda a, b: add(a, _neg(b)), "neg": _neg, "mul": _mul, "abs": _abs, "cosh": _cosh,
    "div": lambda a, b: _mul(a, _inverse(b)), "sqrt": lambda a: fraction_power(a, Fraction(1, 2)), "tan": _tan,
    "sin": lambda a: _wave("sin", a), "cos": lambda a: _wave("cos", a), "sign": _sign, "min": minimum,
    "max": maximum, "floor": lambda a: _whole("floor", a), "ceiling": lambda a: _whole("ceiling", a),
    **{name: (lambda a, n=name: _monotone(n, a)) for name in (*_INCREASING, "acos")},
}  # fmt: skip
