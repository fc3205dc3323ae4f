"""Enclosures of terms at points and on boxes, and truth values that hold throughout."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import flint
from flint import arb

from symproof.recheck.differentiate import differentiate
from symproof.recheck.interval import (
    OPERATIONS,
    Interval,
    Unknown,
    add,
    at_most,
    between,
    exact,
    fraction_power,
    less,
    maximum,
    minimum,
    need,
    power,
    unknown,
    whole_power,
)
from symproof.recheck.rational import rational
from symproof.recheck.refused import Refused
from symproof.recheck.term import INT, Term, call, num

__all__ = ["MAX_PRECISION", "Box", "Interval", "Unknown", "decided", "enclosure", "exact", "truth"]

MAX_PRECISION = 16_384
MAX_STEPS = 200_000
MAX_RANGE = 20_000
MAX_DEPTH = 150

Box = Mapping[Term, Interval]


def enclosure(term: Term, box: Box, precision: int) -> Interval:
    """An interval that holds the value of ``term`` at each point of the box. Raises Unknown if there is none."""
    with flint.ctx.workprec(precision):
        return _Evaluation(box).of(term)


def truth(proposition: Term, box: Box, precision: int) -> bool | None:
    """The truth value that a proposition has at each point of the box; None if that is not known."""
    with flint.ctx.workprec(precision):
        return _Evaluation(box).truth(proposition)


def decided(proposition: Term, box: Box, limit: int = MAX_PRECISION) -> bool | None:
    """As ``truth``, with precision rising to ``limit`` bits."""
    precision = 64
    while precision <= limit:
        found = truth(proposition, box, precision)
        if found is not None:
            return found
        precision *= 4
    return None


class _Evaluation:
    """The values of terms on one box, each computed once."""

    def __init__(self, box: Box, outer: _Evaluation | None = None) -> None:
        self.box, self.known = box, dict[Term, Interval]()
        self.depth: int = outer.depth if outer else 0
        self.steps: list[int] = outer.steps if outer else [0]

    def of(self, t: Term) -> Interval:
        found = self.known.get(t)
        if found is not None:
            return found
        self.steps[0] += 1
        self.depth += 1
        if self.steps[0] > MAX_STEPS or self.depth > MAX_DEPTH:
            raise Refused("an evaluation takes too long", undecided=True)
        try:
            found = self.known[t] = self._fresh(t)
        finally:
            self.depth -= 1
        return found

    def _fresh(self, t: Term) -> Interval:
        if t.op in OPERATIONS and t.sort.number:
            return OPERATIONS[t.op](*map(self.of, t.args))
        if t.op == "num":
            return exact(t.data)
        if t.op in ("pi", "e"):
            constant = arb.pi() if t.op == "pi" else arb.const_e()
            return Interval(constant.lower(), constant.upper())
        if t.op == "var" and t in self.box:
            return self.box[t]
        rule: Callable[[Term], Interval] = getattr(self, f"_{t.op}", unknown)
        return rule(t)

    def _pow(self, t: Term) -> Interval:
        base, exponent = t.args
        literal = rational(exponent)
        if literal is not None and literal.denominator > 1:
            return fraction_power(self.of(base), literal)
        if literal is None and exponent.sort != INT:
            return power(self.of(base), self.of(exponent))
        return whole_power(self.of(base), self.integer(exponent))

    def integer(self, t: Term) -> int:
        value = self.of(t).value
        if value is None or value.q != 1:
            raise Unknown
        return int(value.p)

    def _ite(self, t: Term) -> Interval:
        condition, *branches = t.args
        which = self.truth(condition)
        if which is not None:
            return self.of(branches[0 if which else 1])
        a, b = map(self.of, branches)
        return between([a.low, b.low], [a.high, b.high])

    def _terms(self, t: Term) -> Iterator[Interval]:
        low, high = self.integer(t.args[0]), self.integer(t.args[1])
        need(high - low < MAX_RANGE)
        return (self.of(t.at(num(i))) for i in range(low, high + 1))

    def _sum(self, t: Term) -> Interval:
        total = exact(0)
        for value in self._terms(t):
            total = add(total, value)
        return total

    def _minover(self, t: Term) -> Interval:
        values = list(self._terms(t))
        need(bool(values))
        return minimum(*values) if t.op == "minover" else maximum(*values)

    _maxover = _minover

    def _call(self, t: Term) -> Interval:
        definition, args = t.data, t.args
        if not definition.recursive:
            body = definition.unfolded(args)
            return self.of(body) if body is not None else unknown()
        n, rest = self.integer(args[0]), args[1:]
        need(0 <= n <= MAX_RANGE)
        if n and call(definition, num(n - 1), *rest) not in self.known:
            for k in range(n):  # in this order, so that the recursion stays shallow
                self.of(call(definition, num(k), *rest))
        body = definition.at_successor(num(n - 1), rest) if n else definition.at_zero(rest)
        return self.of(body) if body is not None else unknown()

    def _diff(self, t: Term) -> Interval:
        (y,), body = t.opened(*self.box)
        slope, conditions = differentiate(body, y)
        inner = _Evaluation({**self.box, y: self.of(t.args[0])}, self)
        need(all(inner.truth(c) is True for c in conditions))
        return inner.of(slope)

    # Propositions

    def truth(self, p: Term) -> bool | None:
        """The truth value throughout the box, or None."""
        try:
            return self._truth(p)
        except Unknown:
            return None

    def _truth(self, p: Term) -> bool | None:
        if p.op in ("true", "false"):
            return p.op == "true"
        if p.op in ("ne", "gt", "ge"):
            opposite = self._compared({"ne": "eq", "gt": "le", "ge": "lt"}[p.op], p)
            return None if opposite is None else not opposite
        if p.op in ("eq", "lt", "le"):
            return self._compared(p.op, p)
        if p.op not in ("not", "and", "or", "implies", "iff"):
            return None
        parts = [self.truth(a) for a in p.args]
        if p.op in ("not", "iff"):
            return None if None in parts else (not parts[0] if p.op == "not" else parts[0] == parts[1])
        if p.op == "implies":
            parts[0] = None if parts[0] is None else not parts[0]
        decisive = p.op != "and"
        return decisive if decisive in parts else None if None in parts else not decisive

    def _compared(self, name: str, p: Term) -> bool | None:
        need(all(side.sort.number for side in p.args))
        a, b = map(self.of, p.args)
        if name == "lt":
            return True if less(a.high, b.low) else False if at_most(b.high, a.low) else None
        if name == "le":
            return True if at_most(a.high, b.low) else False if less(b.high, a.low) else None
        if less(a.high, b.low) or less(b.high, a.low):
            return False
        return True if a.value is not None and a.value == b.value else None
