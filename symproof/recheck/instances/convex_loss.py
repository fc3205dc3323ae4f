"""A loss in the output for one target: whether it is convex and differentiable, its values and its derivatives.

That it is convex is seen from how its pieces are built, without derivatives. Convex and smooth on all reals are:
affine functions; even powers of affine functions; exp and cosh of affine functions; roots of quadratic polynomials
without zeros; sums, positive multiples; and log of what is log-convex: of sums and products of positive numbers, exp
and cosh of affine functions (by Hoelder's inequality). Pieces make a convex differentiable function if values and
slopes agree where they meet, which is shown exactly.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from flint import arb, fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.differentiate import differentiate
from symproof.recheck.instances.equal import same_number
from symproof.recheck.instances.jet import Jet, jet, value
from symproof.recheck.instances.pieces import Activation, Piece
from symproof.recheck.normal_form import normal_form
from symproof.recheck.term import Term, num, substituted

__all__ = ["TargetLoss", "literal"]


def literal(number: fmpq) -> Term:
    """A number as a term."""
    return num(Fraction(int(number.p), int(number.q)))


class TargetLoss:
    """The loss of one target, as a function of the output."""

    def __init__(self, term: Term, output: Term) -> None:
        self.output = output
        self.own = Activation(term, output)
        self.pieces = self.own.pieces()

    def convex(self) -> bool:
        """Whether it is seen to be convex and differentiable at all reals; no says nothing."""
        return all(self._convex(p.formula) for p in self.pieces) and all(
            left.high == right.low and left.high is not None and self._meet(left.formula, right.formula, left.high)
            for left, right in pairwise(self.pieces)
        )

    def _meet(self, left: Term, right: Term, at: fmpq) -> bool:
        here = {self.output: literal(at)}
        slopes = [differentiate(each, self.output)[0] for each in (left, right)]
        pairs = ((left, right), (slopes[0], slopes[1]))
        return all(same_number(substituted(a, here), substituted(b, here)) for a, b in pairs)

    def _affine(self, t: Term) -> bool:
        return self.own.line(t) is not None

    def _number(self, t: Term) -> fmpq | None:
        return poly.number(normal_form(t))

    def _factor(self, t: Term) -> tuple[fmpq, Term] | None:
        """A number and the other part of a product with it."""
        if t.op == "div":
            below = self._number(t.args[1])
            return (1 / below, t.args[0]) if below is not None and below != 0 else None
        for own, other in (t.args, t.args[::-1]) if t.op == "mul" else ():
            found = self._number(own)
            if found is not None:
                return found, other
        return None

    def _convex(self, t: Term) -> bool:
        if self._affine(t):
            return True
        factor = self._factor(t)
        if factor is not None:
            return bool(factor[0] >= 0) and self._convex(factor[1])
        if t.op == "add":
            return all(map(self._convex, t.args))
        if t.op == "sub":
            return self._convex(t.args[0]) and self._affine(t.args[1])
        if t.op == "pow":
            exponent = self._number(t.args[1])
            even = exponent is not None and exponent > 0 and exponent.q == 1 and exponent.p % 2 == 0
            return even and self._affine(t.args[0])
        if t.op in ("exp", "cosh"):
            return self._affine(t.args[0])
        if t.op == "sqrt":
            return self._definite(t.args[0])
        return t.op == "log" and self._log_convex(t.args[0])

    def _log_convex(self, t: Term) -> bool:
        """Whether a function is positive and its logarithm is convex, as far as it is seen."""
        number = self._number(t)
        if number is not None:
            return bool(number > 0)
        if t.op in ("add", "mul"):
            return all(map(self._log_convex, t.args))
        return t.op in ("exp", "cosh") and self._affine(t.args[0])

    def _definite(self, t: Term) -> bool:
        """Whether a function is a quadratic polynomial that is positive everywhere."""
        form, parts = normal_form(t), [poly.constant(1), poly.atom(self.output)]
        parts.append(poly.times(parts[1], parts[1]))
        if set(form) - {m for each in parts for m in each}:
            return False
        c, b, a = (sum((form.get(m, fmpq(0)) for m in each), fmpq(0)) for each in parts)
        return bool(a > 0 and 4 * a * c > b * b)

    def slope(self, at: fmpq) -> Term:
        """The derivative at an output, as a closed term."""
        formula = next(p.formula for p in self.pieces if _holds(p, at, at))
        return substituted(differentiate(formula, self.output)[0], {self.output: literal(at)})

    def exact(self, at: fmpq) -> tuple[fmpq | arb, fmpq | arb]:
        """Value and slope at an output, exact if they are rational, else balls. Raises Refused without a bound."""
        here = {self.output: literal(at)}
        formula = next(p.formula for p in self.pieces if _holds(p, at, at))
        found: list[fmpq | arb] = []
        for each in (formula, differentiate(formula, self.output)[0]):
            closed = substituted(each, here)
            number = self._number(closed)
            found.append(value(closed) if number is None else number)
        return found[0], found[1]

    def jet(self, middle: fmpq, reach: fmpq) -> Jet:
        """Value, slope and second derivative over an interval, the last on both sides of ends of pieces."""
        ball = arb(middle, reach)
        found = [jet(p.formula, self.output, ball) for p in self.pieces if _holds(p, middle - reach, middle + reach)]
        whole = found[0]
        for each in found[1:]:
            whole = Jet(*(a.union(b) for a, b in zip(whole, each, strict=True)))
        return whole


def _holds(piece: Piece, low: fmpq, high: fmpq) -> bool:
    """Whether a piece with its ends meets a closed interval."""
    return (piece.low is None or bool(piece.low <= high)) and (piece.high is None or bool(low <= piece.high))
