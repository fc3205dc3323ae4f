"""The values of terms with sums, extrema and quantifiers over many samples: by passes, not sample by sample.

A term is read with its index standing for all samples at once: what it says of sample i becomes a column (see
``sample_column``), and the sum, extremum or quantifier asks ``SamplePasses`` for it. Everything else is as in
``symproof.kernel.evaluate``; whatever does not fit is refused with NotStreamedError and left to that evaluator.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.sample_column import (
    ZERO,
    Column,
    Comparison,
    Condition,
    Here,
    Index,
    Junction,
    Negation,
    NotStreamedError,
    Number,
    Outer,
    Where,
    atom,
    column_of,
    compared,
    given,
    greater,
    minus,
    plus,
    positive_part,
    quotient,
    separated,
    table_entry,
    times,
)
from symproof.instances.sample_passes import SamplePasses, Span
from symproof.instances.value_family import GivenFunction, TableFamily
from symproof.logic.definition import Definition
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT
from symproof.logic.syntax import And
from symproof.logic.term import Term, free_variables
from symproof.logic.text import range_of

__all__ = ["LambdaFamily", "first_failing_index", "streamed_value"]

MAX_READ = 300_000
"""Most subterms that are read for one term: ranges that are not long are written out."""
MAX_EXPONENT = 8

Truth = bool | Condition
Value = Any
"""A number or column, a truth value or condition, or a function of such values."""


class LambdaFamily(Protocol):
    """A function that is given by a term.

    Attributes:
        term: the ``lam`` term.
        values: the values of its free variables.
    """

    term: Term
    values: Mapping[Term, Any]


def streamed_value(term: Term, values: Mapping[Term, Any], passes: SamplePasses, long: int) -> fmpq | bool:
    """The value of a term at a point; ranges of at least ``long`` indices are not written out.

    Raises NotStreamedError where the term is not of a kind that passes can evaluate.
    """
    found = _Reader(passes, long).value(term, _Frame(dict(values)))
    if isinstance(found, fmpq | bool):
        return found
    raise NotStreamedError("not a number or a truth value")


def first_failing_index(term: Term, values: Mapping[Term, Any], passes: SamplePasses, long: int) -> int | None:
    """The first index at which a claim about all indices of a long range is false; None if it is true.

    Raises NotStreamedError as :func:`streamed_value`.
    """
    return _Reader(passes, long).first_failing(term, _Frame(dict(values)))


@dataclass
class _Frame:
    """The values of free and of bound variables, and what is known of terms without loose bound variables."""

    free: Mapping[Term, Value]
    bound: tuple[Value, ...] = ()
    known: dict[Term, Value] = field(default_factory=dict)

    def inside(self, *values: Value) -> _Frame:
        return _Frame(self.free, (*self.bound, *values), self.known)


class _Reader:
    """Reads one term."""

    def __init__(self, passes: SamplePasses, long: int) -> None:
        self.passes, self.long = passes, long
        self._read = 0
        self._open = False
        """Whether an index stands for all samples."""
        self._inner = False
        """Whether it does so inside of a sum over all samples."""
        self._calls: dict[Any, Value] = {}

    def value(self, t: Term, frame: _Frame) -> Value:
        """The value of a term."""
        if not t.loose and t in frame.known:
            return frame.known[t]
        self._read += 1
        if self._read > MAX_READ:
            raise NotStreamedError("too many parts")
        handler = getattr(self, f"_{t.op}", None)
        if handler is None:
            raise NotStreamedError(f"{t.op} is not evaluated by passes")
        found = handler(t, frame)
        if not t.loose:
            frame.known[t] = found
        return found

    def number(self, t: Term, frame: _Frame) -> Number:
        """The value of a number."""
        found = self.value(t, frame)
        if not isinstance(found, Number):
            raise NotStreamedError("not a rational number")
        return found

    def integer(self, t: Term, frame: _Frame) -> int:
        """The value of an integer that is the same for all samples."""
        found = self.value(t, frame)
        if not isinstance(found, fmpq) or found.q != 1:
            raise NotStreamedError("a bound that is no integer")
        return int(found.p)

    # Leaves and functions --------------------------------------------------------------------------------------------

    def _num(self, t: Term, frame: _Frame) -> Value:
        return fmpq(t.data.numerator, t.data.denominator)

    def _var(self, t: Term, frame: _Frame) -> Value:
        if t not in frame.free:
            raise NotStreamedError(f"no value is given for {t}")
        found = frame.free[t]
        return fmpq(found.numerator, found.denominator) if isinstance(found, int | Fraction) else found

    def _bound(self, t: Term, frame: _Frame) -> Value:
        return frame.bound[-1 - t.data]

    def _true(self, t: Term, frame: _Frame) -> Value:
        return True

    def _false(self, t: Term, frame: _Frame) -> Value:
        return False

    def _lam(self, t: Term, frame: _Frame) -> Value:
        return lambda *args: self.value(t.args[-1], frame.inside(*args))

    def _apply(self, t: Term, frame: _Frame) -> Value:
        function, *args = (self.value(a, frame) for a in t.args)
        if isinstance(function, GivenFunction):
            return self.given(function, args)
        if not callable(function):
            raise NotStreamedError("not a function")
        return function(*args)

    def given(self, function: GivenFunction, args: list[Value]) -> Value:
        """A function of the instance at some arguments."""
        if self._inner and not all(isinstance(a, fmpq) for a in args):
            before = [_unwrapped(a) for a in args]
            if all(a is not None for a in before):
                return _outer(self._outside(function, before))
        source = function.source
        if isinstance(getattr(source, "term", None), Term):
            frame = self._frame_of(source)
            return self.value(source.term.args[-1], frame.inside(*args))
        if all(isinstance(a, fmpq) for a in args):
            found = function(*args)
            if not isinstance(found, fmpq):
                raise NotStreamedError("a value that is not rational")
            return found
        if isinstance(source, TableFamily) and _is_index(args[0]) and all(isinstance(a, fmpq) for a in args[1:]):
            position = source.position([int(a.p) for a in args[1:]])
            return table_entry(source.table, position) if position is not None else ZERO
        if isinstance(source, ReluLike) and isinstance(args[0], Column):
            return plus(times(source.s_minus, args[0]), times(source.s_plus - source.s_minus, positive_part(args[0])))
        places = [k for k, a in enumerate(args) if not isinstance(a, fmpq)]
        if len(places) == 1 and _is_index(args[places[0]]) and callable(source):
            return given(function, tuple(args[: places[0]]), tuple(args[places[0] + 1 :]))
        raise NotStreamedError("a function of the sample that is not evaluated by passes")

    def _outside(self, function: GivenFunction, args: list[Value]) -> Value:
        """A function at arguments of the outer sum."""
        self._inner = False
        found = self.given(function, args)
        self._inner = True
        return found

    def _frame_of(self, source: LambdaFamily) -> _Frame:
        key = ("frame", id(source))
        if key not in self._calls:
            self._calls[key] = _Frame(dict(source.values))
        found: _Frame = self._calls[key]
        return found

    def _call(self, t: Term, frame: _Frame) -> Value:
        args = tuple(self.value(a, frame) for a in t.args)
        return self.call(t.data, args)

    def call(self, definition: Definition, args: tuple[Value, ...]) -> Value:
        """A defined notion."""
        key = (definition, *args)
        if key not in self._calls:
            self._calls[key] = self._called(definition, args)
        return self._calls[key]

    def _called(self, definition: Definition, args: tuple[Value, ...]) -> Value:
        if definition.body is not None:
            return self.value(definition.body, _Frame(dict(zip(definition.params, args, strict=True))))
        first, *rest = args
        if definition.base is None or definition.step is None or definition.previous is None:
            raise NotStreamedError(f"{definition.name} is a notion that is not computed")
        if not isinstance(first, fmpq) or first.q != 1 or first < 0:
            raise NotStreamedError("a recursion that depends on the sample")
        free = dict(zip(definition.params, (first, *rest), strict=True))
        if first == 0:
            return self.value(definition.base, _Frame(free))
        before = first - 1
        free[definition.params[0]] = before
        free[definition.previous] = (
            (lambda *others: self.call(definition, (before, *others))) if rest else self.call(definition, (before,))
        )
        return self.value(definition.step, _Frame(free))

    # Arithmetic ------------------------------------------------------------------------------------------------------

    def _add(self, t: Term, frame: _Frame) -> Value:
        return self._folded(t, frame, plus)

    def _mul(self, t: Term, frame: _Frame) -> Value:
        return self._folded(t, frame, times)

    def _folded(self, t: Term, frame: _Frame, operation: Callable[[Number, Number], Number]) -> Number:
        first, *others = (self.number(a, frame) for a in t.args)
        for other in others:
            first = operation(first, other)
        return first

    def _sub(self, t: Term, frame: _Frame) -> Value:
        a, b = (self.number(s, frame) for s in t.args)
        return minus(a, b)

    def _neg(self, t: Term, frame: _Frame) -> Value:
        return times(fmpq(-1), self.number(t.args[0], frame))

    def _div(self, t: Term, frame: _Frame) -> Value:
        a, b = (self.number(s, frame) for s in t.args)
        return quotient(a, b)

    def _pow(self, t: Term, frame: _Frame) -> Value:
        base, exponent = self.number(t.args[0], frame), rational_value(t.args[1])
        if exponent is None or exponent.denominator != 1 or not 0 <= exponent <= MAX_EXPONENT:
            raise NotStreamedError("a power that is not evaluated by passes")
        found: Number = fmpq(1)
        for _ in range(int(exponent)):
            found = times(found, base)
        return found

    def _abs(self, t: Term, frame: _Frame) -> Value:
        a = self.number(t.args[0], frame)
        return minus(times(fmpq(2), positive_part(a)), a)

    def _max(self, t: Term, frame: _Frame) -> Value:
        return self._folded(t, frame, greater)

    def _min(self, t: Term, frame: _Frame) -> Value:
        return self._folded(t, frame, lambda a, b: minus(plus(a, b), greater(a, b)))

    def _ite(self, t: Term, frame: _Frame) -> Value:
        condition = self.truth(t.args[0], frame)
        if isinstance(condition, bool):
            return self.value(t.args[1 if condition else 2], frame)
        a, b = (self.number(s, frame) for s in t.args[1:])
        if isinstance(condition, Negation):
            condition, a, b = condition.part, b, a
        difference = minus(a, b)
        if difference == ZERO:
            return b
        where = _single(condition)
        if where is not None:
            return plus(b, times(self.passes.at(column_of(difference), where), atom(Here(where))))
        return plus(b, atom(Where(condition, column_of(difference))))

    # Propositions ----------------------------------------------------------------------------------------------------

    def truth(self, t: Term, frame: _Frame) -> Truth:
        """A truth value, or a condition on the sample."""
        found = self.value(t, frame)
        if not isinstance(found, bool | Condition):
            raise NotStreamedError("not a truth value")
        return found

    def _eq(self, t: Term, frame: _Frame) -> Value:
        return compared(self._difference(t, frame), "eq")

    def _ne(self, t: Term, frame: _Frame) -> Value:
        return _not(self._eq(t, frame))

    def _ge(self, t: Term, frame: _Frame) -> Value:
        return compared(self._difference(t, frame), "ge")

    def _gt(self, t: Term, frame: _Frame) -> Value:
        return compared(self._difference(t, frame), "gt")

    def _le(self, t: Term, frame: _Frame) -> Value:
        return _not(self._gt(t, frame))

    def _lt(self, t: Term, frame: _Frame) -> Value:
        return _not(self._ge(t, frame))

    def _difference(self, t: Term, frame: _Frame) -> Number:
        a, b = (self.number(s, frame) for s in t.args)
        return minus(a, b)

    def _not(self, t: Term, frame: _Frame) -> Value:
        return _not(self.truth(t.args[0], frame))

    def _and(self, t: Term, frame: _Frame) -> Value:
        return _joined([self.truth(a, frame) for a in t.args], True)

    def _or(self, t: Term, frame: _Frame) -> Value:
        return _joined([self.truth(a, frame) for a in t.args], False)

    def _implies(self, t: Term, frame: _Frame) -> Value:
        premise = self.truth(t.args[0], frame)
        return True if premise is False else _joined([_not(premise), self.truth(t.args[1], frame)], False)

    def _iff(self, t: Term, frame: _Frame) -> Value:
        a, b = (self.truth(s, frame) for s in t.args)
        return _joined([_joined([_not(a), b], False), _joined([_not(b), a], False)], True)

    # Ranges ----------------------------------------------------------------------------------------------------------

    def _sum(self, t: Term, frame: _Frame) -> Value:
        low, high, body = t.args
        span, long = self._span((low, high), frame)
        if not long:
            total: Number = fmpq(0)
            for i in range(span[0], span[1] + 1):
                total = plus(total, self.number(body, frame.inside(fmpq(i))))
            return total
        if self._open and not _is_closed(t, frame):
            return self._inner_sum(t, frame, span)
        return self.passes.total(column_of(self._at_all(t, body, frame, self.number)), span)

    def _inner_sum(self, t: Term, frame: _Frame, span: Span) -> Number:
        """A sum over all samples inside of another one: a polynomial in what belongs to the one and to the other."""
        if self._inner:
            raise NotStreamedError("three sums over the samples inside of each other")
        free = {v: _outer(self._var(v, frame)) for v in free_variables(t)}
        inside = _Frame(free, (*map(_outer, frame.bound), atom(Index())))
        self._inner = True
        column = column_of(self.number(t.args[2], inside))
        self._inner = False
        total: Number = fmpq(0)
        for outer, inner in separated(column):
            total = plus(total, times(outer, self.passes.total(inner, span)))
        return total

    def _minover(self, t: Term, frame: _Frame) -> Value:
        return self._extremum(t, frame, fmpq(1))

    def _maxover(self, t: Term, frame: _Frame) -> Value:
        return self._extremum(t, frame, fmpq(-1))

    def _extremum(self, t: Term, frame: _Frame, sign: fmpq) -> Value:
        low, high, body = t.args
        span, long = self._span((low, high), frame)
        if span[1] < span[0]:
            raise NotStreamedError("there is no index to choose from")
        if not long:
            values = [times(sign, self.number(body, frame.inside(fmpq(i)))) for i in range(span[0], span[1] + 1)]
            least = values[0]
            for value in values[1:]:
                least = minus(plus(least, value), greater(least, value))
            return times(sign, least)
        return sign * self.passes.least(times(sign, self._at_all(t, body, frame, self.number)), span)

    def _forall(self, t: Term, frame: _Frame) -> Value:
        return self._quantified(t, frame, True)

    def _exists(self, t: Term, frame: _Frame) -> Value:
        return self._quantified(t, frame, False)

    def first_failing(self, t: Term, frame: _Frame) -> int | None:
        """The first index of a long range at which a claim about all of them is false."""
        bounds, rest = _range_and_rest(t)
        span, long = self._span(bounds, frame.inside(None))
        found = self._at_all(t, rest, frame, self.truth) if long else True
        if isinstance(found, bool):
            return None if found else span[0]
        return self.passes.failing(found, span)

    def _quantified(self, t: Term, frame: _Frame, every: bool) -> Truth:
        bounds, rest = _range_and_rest(t)
        span, long = self._span(bounds, frame.inside(None))
        if not long:
            parts: list[Truth] = []
            for i in range(span[0], span[1] + 1):
                parts.append(self.truth(rest, frame.inside(fmpq(i))))
                if parts[-1] is (not every):
                    return not every
            return _joined(parts, every)
        found = self._at_all(t, rest, frame, self.truth)
        if isinstance(found, bool):
            return found
        return (self.passes.failing(found if every else Negation(found), span) is None) is every

    def _span(self, bounds: tuple[Term, Term], frame: _Frame) -> tuple[Span, bool]:
        low, high = (self.integer(b, frame) for b in bounds)
        return (low, high), high - low + 1 >= self.long

    def _at_all(self, t: Term, body: Term, frame: _Frame, read: Callable[[Term, _Frame], Any]) -> Any:
        """The body of a long range, its index standing for all samples."""
        outside = self._open
        if outside and not _is_closed(t, frame):
            raise NotStreamedError("a range over the samples inside another one")
        self._open = True
        found = read(body, frame.inside(atom(Index())))
        self._open = outside
        return found


def _not(a: Truth) -> Truth:
    return (not a) if isinstance(a, bool) else a.part if isinstance(a, Negation) else Negation(a)


def _joined(parts: list[Truth], every: bool) -> Truth:
    """The conjunction of some propositions, or their disjunction."""
    if any(part is (not every) for part in parts):
        return not every
    open_parts = tuple(part for part in parts if not isinstance(part, bool))
    if not open_parts:
        return every
    return open_parts[0] if len(open_parts) == 1 else Junction(open_parts, every)


def _single(condition: Condition) -> int | None:
    """The one sample at which a condition holds that says which sample it is."""
    if not isinstance(condition, Comparison) or condition.sign != "eq" or condition.column.products:
        return None
    factor = condition.column.terms.get(Index())
    if factor is None or len(condition.column.terms) != 1:
        return None
    where = -condition.column.constant / factor
    return int(where.p) if where.q == 1 else None


def _is_index(value: Value) -> bool:
    return isinstance(value, Column) and value == atom(Index())


def _is_closed(t: Term, frame: _Frame) -> bool:
    """Whether the value of a term certainly is the same for all samples."""
    return not t.loose and all(_is_fixed(frame.free.get(v)) for v in free_variables(t))


def _outer(value: Value) -> Value:
    """A value of an outer sum, inside of an inner one."""
    if isinstance(value, Column):
        return atom(Outer(value))
    if value is None or isinstance(value, bool) or _is_fixed(value):
        return value
    raise NotStreamedError("a double sum over the samples that does not separate")


def _unwrapped(value: Value) -> Value | None:
    """What ``_outer`` made a value of; None for what belongs to the inner sum."""
    if isinstance(value, fmpq):
        return value
    if isinstance(value, Column) and value.constant == 0 and len(value.terms) == 1 and not value.products:
        ((one, coefficient),) = value.terms.items()
        return one.column if isinstance(one, Outer) and coefficient == 1 else None
    return None


def _is_fixed(value: Value) -> bool:
    """Whether a value certainly is the same for all samples."""
    return isinstance(value, fmpq | GivenFunction | int | Fraction)


def _range_and_rest(t: Term) -> tuple[tuple[Term, Term], Term]:
    """The ends of the range of a quantifier, and what it says of each index."""
    body, every = t.args[-1], t.op == "forall"
    if body.op == ("implies" if every else "and") and t.data[0].sort == INT:
        guard, rest = body.args if every else _split(body)
        bounds = range_of(Term("bound", (), 0, INT), guard)
        if bounds is not None:
            return bounds, rest
    raise NotStreamedError("a quantifier that is not over a range")


def _split(conjunction: Term) -> tuple[Term, Term]:
    """The guard and the rest of ``low <= i and i <= high and ...``, flat or nested."""
    if conjunction.args[0].op == "and":
        return conjunction.args[0], And(*conjunction.args[1:])
    return And(*conjunction.args[:2]), And(*conjunction.args[2:])
