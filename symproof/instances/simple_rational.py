"""The rational of smallest height in an interval, so that readers see short numbers."""

from __future__ import annotations

from flint import fmpq

__all__ = ["simplest_between"]


def simplest_between(low: fmpq, high: fmpq) -> fmpq:
    """Return the rational of smallest denominator (then smallest absolute value) with low <= it <= high.

    >>> simplest_between(fmpq(31, 100), fmpq(34, 100))
    1/3
    """
    if low > 0:
        return _simplest_positive(low, high)
    if high < 0:
        return -_simplest_positive(-high, -low)
    return fmpq(0)


def _simplest_positive(low: fmpq, high: fmpq) -> fmpq:
    """Follow the common part of the continued fractions of the two ends."""
    quotients = []
    while True:
        whole = low.ceil()
        if whole <= high:
            break
        quotients.append(low.floor())
        low, high = 1 / (high - quotients[-1]), 1 / (low - quotients[-1])
    value = fmpq(whole)
    for quotient in reversed(quotients):
        value = quotient + 1 / value
    return value
