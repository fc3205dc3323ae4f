"""Rational combinations of closed numbers, such as derivatives of a loss at rational points: their signs, certified.

A sign is read off a ball that excludes 0, with rising precision. That a combination is 0 is never read off a ball: its
coefficients cancel, all of its numbers are rational, or the kernel accepts the equation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, reduce

import flint
from flint import arb, arb_mat, fmpq, fmpq_mat

from symproof.kernel.evaluate import Compiled, EvaluationError, compile_term
from symproof.kernel.polynomial import to_fraction
from symproof.logic.syntax import Eq, num
from symproof.logic.term import Term, subst
from symproof.tactics.nonnegative_term import accepted_reason

__all__ = ["ClosedMatrix", "ClosedNumber", "ClosedSum", "closed_sum", "linear_image"]

FIRST = (64, 256)
LATER = (1024, 4096)
"""Precisions in bits, before and after the kernel is asked for a proof that the sum is 0."""
MOST_NUMBERS = 24
"""Sums of more numbers are not put before the kernel."""
MOST_BITS = 2_000
"""Longer rationals are kept as formulas and evaluated in balls, so that sums of them stay short."""
ZERO_RULES = ("ring", "field", "elementary")


@dataclass(frozen=True)
class ClosedNumber:
    """The value of a formula at a rational point.

    Attributes:
        formula: a term.
        point: a number for each of its variables.
    """

    formula: Term
    point: tuple[tuple[Term, fmpq], ...]

    def value(self, precision: int) -> fmpq | arb | None:
        """The exact value, or a ball; None if the precision does not tell.

        Raises Undefined if the formula has no value at the point.
        """
        return _value(self, precision)

    @property
    def term(self) -> Term:
        """The formula with the numbers in it."""
        return subst(self.formula, {v: num(to_fraction(x)) for v, x in self.point})


@lru_cache(maxsize=4096)
def _compiled(formula: Term) -> Compiled:
    return compile_term(formula)


@lru_cache(maxsize=65536)
def _value(number: ClosedNumber, precision: int) -> fmpq | arb | None:
    try:
        value = _compiled(number.formula)(dict(number.point), precision)
    except EvaluationError:
        return None
    if isinstance(value, fmpq) and value.height_bits() > MOST_BITS:
        with flint.ctx.workprec(precision):
            value = arb(value)
    if isinstance(value, arb):
        return value if value.is_finite() else None
    return value if isinstance(value, fmpq) else None


@dataclass(frozen=True)
class ClosedSum:
    """constant + sum of coefficient * number, over different numbers that are not known to be rational."""

    constant: fmpq
    parts: tuple[tuple[ClosedNumber, fmpq], ...]

    @property
    def is_rational(self) -> bool:
        """Whether the sum is the constant alone."""
        return not self.parts

    def value(self, precision: int) -> fmpq | arb | None:
        """The exact value, or a ball; None if the precision does not tell."""
        if not self.parts:
            return self.constant
        with flint.ctx.workprec(precision):
            total = arb(self.constant)
            for number, coefficient in self.parts:
                value = number.value(precision)
                if value is None:
                    return None
                total += arb(coefficient) * arb(value)
        return total if total.is_finite() else None

    def sign(self) -> int | None:
        """-1, 0 or 1, certified; None if it is not decided."""
        if not self.parts:
            return (self.constant > 0) - (self.constant < 0)
        found = self._sign_of_ball(FIRST)
        if found is None:
            found = 0 if self._is_zero() else self._sign_of_ball(LATER)
        return found

    def nonzero_sign(self) -> int | None:
        """-1 or 1, certified; None if the sum is 0 or that is not decided. The kernel is not asked."""
        return (self.sign() or None) if not self.parts else self._sign_of_ball((*FIRST, *LATER))

    def _sign_of_ball(self, precisions: Sequence[int]) -> int | None:
        for precision in precisions:
            found = self.value(precision)
            if found is not None and (found > 0 or found < 0):
                return 1 if found > 0 else -1
        return None

    def _is_zero(self) -> bool:
        """Whether the kernel accepts that the sum is 0."""
        if len(self.parts) > MOST_NUMBERS:
            return False
        first = self.parts[0][1]
        scaled = tuple((number, coefficient / first) for number, coefficient in self.parts)
        return _kernel_zero(ClosedSum(self.constant / first, scaled))

    @property
    def term(self) -> Term:
        """The sum as a closed term."""
        shares = [num(to_fraction(c)) * number.term for number, c in self.parts]
        return reduce(lambda a, b: a + b, shares, num(to_fraction(self.constant)))


@lru_cache(maxsize=4096)
def _kernel_zero(total: ClosedSum) -> bool:
    return accepted_reason(Eq(total.term, num(0)), {}, ZERO_RULES) is not None


def closed_sum(parts: Iterable[tuple[fmpq, ClosedNumber]]) -> ClosedSum:
    """The sum of coefficients times numbers; equal numbers are collected first, then rational ones are added up.

    Raises Undefined if one of the numbers that do not cancel has no value.
    """
    collected: dict[ClosedNumber, fmpq] = {}
    for coefficient, number in parts:
        collected[number] = collected.get(number, fmpq(0)) + coefficient
    return _without_rationals(collected)


def _without_rationals(collected: Mapping[ClosedNumber, fmpq]) -> ClosedSum:
    constant, kept = fmpq(0), []
    for number, coefficient in collected.items():
        if coefficient == 0:
            continue
        value = number.value(FIRST[0])
        if isinstance(value, fmpq):
            constant += coefficient * value
        else:
            kept.append((number, coefficient))
    return ClosedSum(constant, tuple(kept))


@dataclass(frozen=True)
class ClosedMatrix:
    """A matrix of such sums: constant + sum of number * matrix."""

    constant: fmpq_mat
    parts: tuple[tuple[ClosedNumber, fmpq_mat], ...]

    @property
    def is_rational(self) -> bool:
        """Whether it is the constant alone."""
        return not self.parts

    def between(self, left: fmpq_mat, right: fmpq_mat) -> ClosedMatrix:
        """The product left * self * right; numbers whose matrices become 0 are left out."""
        parts = [(number, left * matrix * right) for number, matrix in self.parts]
        kept = tuple((number, m) for number, m in parts if any(x != 0 for x in m.entries()))
        return ClosedMatrix(left * self.constant * right, kept)

    def entry(self, row: int, column: int) -> ClosedSum:
        """An entry."""
        found = ((number, m[row, column]) for number, m in self.parts)
        return ClosedSum(self.constant[row, column], tuple((n, c) for n, c in found if c != 0))

    def signs(self) -> list[list[int | None]]:
        """The sign of every entry, as of ``ClosedSum``; balls for all entries at once first."""
        places = range(self.constant.nrows()), range(self.constant.ncols())
        balls = self.balls(FIRST[0])
        found: list[list[int | None]] = []
        for i in places[0]:
            signs: list[int | None] = []
            for j in places[1]:
                ball = None if balls is None else balls[i, j]
                clear = ball is not None and (ball > 0 or ball < 0)
                signs.append((1 if ball > 0 else -1) if clear and ball is not None else self.entry(i, j).sign())
            found.append(signs)
        return found

    def balls(self, precision: int) -> arb_mat | None:
        """Enclosures of all entries; None if the precision does not tell."""
        with flint.ctx.workprec(precision):
            total = arb_mat(self.constant)
            for number, matrix in self.parts:
                value = number.value(precision)
                if value is None:
                    return None
                total += arb_mat(matrix) * arb(value)
        return total

    def approximation(self) -> fmpq_mat:
        """Rational entries near those of this matrix, 0 where the sign is not known to be another. Not certified."""
        if not self.parts:
            return self.constant
        balls, signs = self.balls(FIRST[0]), self.signs()
        if balls is None:
            balls = self.balls(LATER[-1])
        rows = [
            [balls[i, j].mid().fmpq() if balls is not None and sign else fmpq(0) for j, sign in enumerate(row)]
            for i, row in enumerate(signs)
        ]
        return fmpq_mat(rows)


def linear_image(numbers: Sequence[Sequence[ClosedNumber]], right: fmpq_mat) -> ClosedMatrix:
    """The product of a matrix of numbers, row by row, with a rational one. Raises Undefined if one has no value."""
    height, width = len(numbers), right.nrows()
    constant, places = fmpq_mat(height, width), dict[ClosedNumber, fmpq_mat]()
    for i, row in enumerate(numbers):
        for j, number in enumerate(row):
            value = number.value(FIRST[0])
            if isinstance(value, fmpq):
                constant[i, j] = value
            else:
                places.setdefault(number, fmpq_mat(height, width))[i, j] = fmpq(1)
    parts = [(number, where * right) for number, where in places.items()]
    kept = tuple((number, m) for number, m in parts if any(x != 0 for x in m.entries()))
    return ClosedMatrix(constant * right, kept)
