"""How much work the evaluation of a term is: the product of nested ranges, counted before anything is computed."""

from __future__ import annotations

from collections.abc import Mapping

from symproof.logic.sort import INT
from symproof.logic.term import Term, free_variables
from symproof.logic.text import range_of

__all__ = ["WorkEstimate", "integer_value"]

UNKNOWN_RANGE = 10

Integers = Mapping[Term, int]


def integer_value(term: Term, integers: Integers) -> int | None:
    """The value of simple integer arithmetic, or None."""
    if term.op == "num":
        return int(term.data) if term.data.denominator == 1 else None
    if term.op == "var":
        return integers.get(term)
    if term.op not in ("add", "sub", "mul", "neg"):
        return None
    values = [integer_value(a, integers) for a in term.args]
    known = [v for v in values if v is not None]
    if len(known) != len(values):
        return None
    if term.op == "neg":
        return -known[0]
    a, b = known
    return a + b if term.op == "add" else a - b if term.op == "sub" else a * b


class WorkEstimate:
    """Counts the leaves that an evaluation visits."""

    def __init__(self) -> None:
        self._known: dict[object, int] = {}

    def __call__(self, term: Term, integers: Integers) -> int:
        """The number of leaves, given the values of the integer variables."""
        used = tuple((v.name, integers[v]) for v in _sizes(term) if v in integers)
        key = (term, used)
        if key not in self._known:
            self._known[key] = self._count(term, integers)
        return self._known[key]

    def _count(self, term: Term, integers: Integers) -> int:
        if not term.args:
            return 1
        if term.op in ("sum", "minover", "maxover"):
            return self._span(term.args[0], term.args[1], integers) * self(term.args[2], integers)
        if term.op in ("forall", "exists"):
            return self._quantified(term, integers)
        inside = sum(self(a, integers) for a in term.args if a.op != "lam") or 1
        return inside + self._definition(term, integers) if term.op == "call" else inside

    def _quantified(self, term: Term, integers: Integers) -> int:
        body = term.args[-1]
        guarded = body.op in ("implies", "and") and term.data[0].sort == INT
        span = range_of(Term("bound", (), 0, INT), body.args[0]) if guarded and body.op == "implies" else None
        return (self._span(*span, integers) if span is not None else 1) * self(body, integers)

    def _span(self, low: Term, high: Term, integers: Integers) -> int:
        first, last = integer_value(low, integers), integer_value(high, integers)
        return max(last - first + 1, 1) if first is not None and last is not None else UNKNOWN_RANGE

    def _definition(self, call: Term, integers: Integers) -> int:
        definition = call.data
        inner: dict[Term, int] = {}
        for parameter, arg in zip(definition.params, call.args, strict=True):
            found = integer_value(arg, integers) if parameter.sort == INT else None
            if found is not None:
                inner[parameter] = found
        own = [self(t, inner) for t in (definition.body, definition.base, definition.step) if t is not None]
        steps = max(integer_value(call.args[0], integers) or 1, 1) if definition.kind == "recursive" else 1
        lambdas = max((self(a.args[-1], integers) for a in call.args if a.op == "lam"), default=1)
        return sum(own) * steps * lambdas


def _sizes(term: Term) -> list[Term]:
    return sorted((v for v in free_variables(term) if v.sort == INT), key=lambda v: v.name)
