"""Activations in pieces: a term that tells by comparisons of its variable with numbers which formula is used."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from flint import arb, fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.instances.jet import value
from symproof.recheck.normal_form import normal_form
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term, num, op, substituted

__all__ = ["Activation", "Piece"]

_TURNED = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le"}


@dataclass(frozen=True)
class Piece:
    """A formula, and the open interval on which it is used (None: no end)."""

    low: fmpq | None
    high: fmpq | None
    formula: Term

    def meets(self, low: fmpq, high: fmpq) -> bool:
        """Whether an open interval has a part in common with it."""
        left = low if self.low is None else max(low, self.low)
        right = high if self.high is None else min(high, self.high)
        return bool(left < right)


@dataclass(frozen=True)
class Activation:
    """A term in a variable."""

    term: Term
    variable: Term

    def __call__(self, t: fmpq) -> fmpq | arb:
        """The value: exact if it is rational, else a ball. Raises Refused if it has no bound."""
        at = self.term
        while at.op == "ite":
            point, relation = self._side(at.args[0])
            holds = {"lt": t < point, "le": t <= point, "gt": t > point, "ge": t >= point}[relation]
            at = at.args[1 if holds else 2]
        closed = substituted(at, {self.variable: num(Fraction(int(t.p), int(t.q)))})
        exact = poly.number(normal_form(closed))
        return value(closed) if exact is None else exact

    def pieces(self) -> list[Piece]:
        """The pieces from left to right; the numbers at which they meet are left out."""
        found = self._pieces(self.term, None, None)
        return sorted(found, key=lambda p: (p.low is not None, p.low if p.low is not None else fmpq(0)))

    def _pieces(self, at: Term, low: fmpq | None, high: fmpq | None) -> list[Piece]:
        if low is not None and high is not None and low >= high:
            return []
        if at.op != "ite":
            return [Piece(low, high, at)]
        point, relation = self._side(at.args[0])
        below, above = (at.args[1], at.args[2]) if relation in ("lt", "le") else (at.args[2], at.args[1])
        left = self._pieces(below, low, point if high is None else min(point, high))
        return [*left, *self._pieces(above, point if low is None else max(point, low), high)]

    def _side(self, condition: Term) -> tuple[fmpq, str]:
        """A condition on the variable, as its relation to a number."""
        if condition.op in _TURNED and condition.args[0].sort.number:
            line = self.line(op("sub", *condition.args))
            if line is not None and line[0] != 0:
                return -line[1] / line[0], condition.op if line[0] > 0 else _TURNED[condition.op]
        raise Refused(
            f"the condition {condition} does not say on which side of a number the variable is", undecided=True
        )

    def line(self, formula: Term) -> tuple[fmpq, fmpq] | None:
        """Slope and offset of a formula that is affine in the variable; None if that is not seen."""
        form, own = self._form(formula), poly.atom(self.variable)
        if set(form) - {*own, *poly.constant(1)}:
            return None
        slope, offset = (sum((form.get(m, fmpq(0)) for m in each), fmpq(0)) for each in (own, poly.constant(1)))
        return slope, offset

    def rising_exponential(self, formula: Term) -> bool:
        """Whether a formula is c exp(k t) + a with c other than 0 and k > 0."""
        moving = [m for m in self._form(formula) if m not in poly.constant(1)]
        if len(moving) != 1 or len(moving[0]) != 1:
            return False
        ((atom, exponent),) = moving[0]
        line = self.line(atom.args[0]) if atom.op == "exp" and exponent == 1 else None
        return line is not None and line[0] > 0 and line[1] == 0

    def _form(self, formula: Term) -> Polynomial:
        return normal_form(formula)
