"""Whether a closed elementary form is zero: algebraic numbers, sums of logarithms or of arcus functions of them.

A ball alone never says so. What says so is an identity that is checked exactly; the ball only excludes finitely many
other possibilities.
"""

from __future__ import annotations

from fractions import Fraction
from math import lcm

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.algebraic_zero import is_algebraic_zero
from symproof.kernel.elementary_form import ElementaryForm
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.logic.syntax import unary
from symproof.logic.term import Term, coerce, free_variables

__all__ = ["is_closed_zero", "is_written_zero"]

MAX_MULTIPLE = 2_000
MAX_POWER = 24


def is_closed_zero(p: Polynomial, form: ElementaryForm) -> bool:
    """Whether the value of ``p``, a polynomial in closed generators of ``form``, is known to be zero."""
    atoms = {t for monomial in p for t, _ in monomial}
    if any(free_variables(t) for t in atoms):
        return False
    try:
        if any(t.op in ("asin", "atan") for t in atoms):
            return _gaussian_zero(p) or _arc_zero(p, form)
        return _logarithm_zero(p) if any(t.op == "log" for t in atoms) else is_algebraic_zero(p)
    except (Refusal, Undefined, EvaluationError):
        return False


def is_written_zero(left: Term, right: Term) -> bool:
    """Whether two closed algebraic numbers are equal, with their roots as written.

    The generators of elementary forms are roots of irreducible factors, which may be many more.
    """
    if free_variables(left) | free_variables(right):
        return False
    try:
        return is_algebraic_zero(normal_form(left - right))
    except Refusal:
        return False


def _multiples(p: Polynomial) -> list[tuple[Term, int]] | None:
    """A positive multiple of ``p`` as an integral combination of atoms; None if it is not linear without constant."""
    scale = lcm(*(int(c.q) for c in p.values()))
    if any(len(m) != 1 or m[0][1] != 1 for m in p):
        return None
    return [(monomial[0][0], int((c * scale).p)) for monomial, c in p.items()]


def _logarithm_zero(p: Polynomial) -> bool:
    """Whether a combination of logarithms of algebraic numbers is zero: whether a product of powers is 1."""
    parts = _multiples(p)
    if parts is None or any(t.op != "log" or abs(k) > MAX_POWER for t, k in parts):
        return False
    sides = [poly.constant(fmpq(1)), poly.constant(fmpq(1))]
    for t, k in parts:
        sides[k < 0] = poly.multiply(sides[k < 0], poly.power(normal_form(t.args[0]), abs(k)))
    return is_algebraic_zero(poly.add(sides[0], sides[1], -1))


def _total(parts: list[tuple[Term, int]]) -> Term:
    total = coerce(0)
    for t, k in parts:
        total = total + coerce(k) * t
    return total


def _below_pi(parts: list[tuple[Term, int]]) -> bool:
    """Whether a ball says that the combination lies between -3 and 3."""
    total = _total(parts)
    return decide(total < 3, {}) is True and decide(coerce(-3) < total, {}) is True


def _arc_zero(p: Polynomial, form: ElementaryForm) -> bool:
    """Whether a combination of pi and arcus functions of algebraic numbers is zero: its sine is, and it is below pi."""
    parts = _multiples(p)
    if parts is None or any(t.op not in ("pi", "asin", "atan") for t, _ in parts) or not _below_pi(parts):
        return False
    return is_algebraic_zero(form(unary("sin", _total(parts))).top)


def _gaussian_zero(p: Polynomial) -> bool:
    """The same for arcus tangents of rationals: their combination is the argument of a product of Gaussian integers.

    If that product is real, the combination is a multiple of pi, and a ball of radius less than 3 around zero says
    which.
    """
    parts = _multiples(p)
    if parts is None:
        return False
    re, im = 1, 0
    for t, k in parts:
        if abs(k) > MAX_MULTIPLE:
            return False
        if t.op == "atan" and t.args[0].op == "num":
            a, b = _gaussian_power(t.args[0].data, k)
            re, im = re * a - im * b, re * b + im * a
        elif t.op != "pi":
            return False
    return im == 0 and _below_pi(parts)


def _gaussian_power(slope: Fraction, k: int) -> tuple[int, int]:
    """(q + i p)**k for slope p/q (its conjugate for negative k), a number with argument k atan(p/q)."""
    x, y = slope.denominator, slope.numerator if k > 0 else -slope.numerator
    re, im = 1, 0
    for _ in range(abs(k)):
        re, im = re * x - im * y, re * y + im * x
    return re, im
