"""The value of a term at a point: exact where it is rational, else an Arb ball; truth is True, False or None (unknown).

A term is compiled once into closures and may then be evaluated at many points. If a variable is given as a ball, the
answer is meant for every point of the ball: an enclosure, or a truth value that holds throughout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any

import flint
from flint import arb, arb_mat, fmpq, fmpq_mat, fmpz

from symproof.errors import SymproofError
from symproof.kernel.differentiate import differentiate, opened
from symproof.logic.definition import Definition
from symproof.logic.rational_value import rational_value
from symproof.logic.sort import INT, Sort
from symproof.logic.syntax import And
from symproof.logic.term import BINDERS, Term
from symproof.logic.text import range_of

__all__ = ["Compiled", "EvaluationError", "ExactFunction", "Undefined", "compile_term", "decide", "evaluate"]

Value = Any
"""fmpq | arb for numbers, bool | None for propositions, fmpq_mat | arb_mat for matrices, a callable for functions."""

MAX_RANGE = 1_000_000
MAX_POWER_BITS = 4_000_000
MAX_EXPONENT_BITS = 256


class EvaluationError(SymproofError):
    """A point does not fit a term: a variable has no value, or a value of the wrong kind."""


@dataclass(eq=False)
class Undefined(SymproofError):
    """A part of the term is certainly not defined at the point."""

    term: Term
    reason: str

    def __str__(self) -> str:
        return f"{self.term} is not defined here: {self.reason}"


class _Undecided(Exception):
    """The precision does not tell."""


@dataclass
class _Frame:
    """One activation: values of the free variables, of the bound ones (innermost last), and what is known already."""

    free: dict[Term, Value]
    bound: list[Value]
    calls: dict[Any, Value]
    known: dict[int, Value] = field(default_factory=dict)

    def inside(self, *values: Value) -> _Frame:
        """The frame under a binder whose variables have ``values``."""
        return _Frame(self.free, [*self.bound, *values], self.calls, self.known)


Code = Callable[[_Frame], Value]


def evaluate(term: Term, assignment: Mapping[Term, Value], precision: int = 64) -> Value:
    """The value of ``term``: fmpq or arb, a truth value, a matrix or a function; None if ``precision`` does not tell.

    Values may be given as int, Fraction, fmpq, arb, closed terms, matrices; functions as callables or, with integer
    arguments, as mappings (keyed by the integer, or by the tuple of integers).

    Raises Undefined if a needed part has no value, EvaluationError if the assignment does not fit.
    """
    return compile_term(term)(assignment, precision)


def decide(proposition: Term, assignment: Mapping[Term, Value], limit: int = 2048) -> bool | None:
    """The truth of ``proposition`` with precision rising to ``limit`` bits; None if that does not tell."""
    compiled, precision = compile_term(proposition), 64
    while precision <= limit:
        truth = compiled(assignment, precision)
        if truth is not None:
            return bool(truth)
        precision *= 4
    return None


class Compiled:
    """A term that can be evaluated at many points."""

    def __init__(self, term: Term) -> None:
        self._code = _Compiler().code(term)

    def __call__(
        self, assignment: Mapping[Term, Value], precision: int = 64, calls: dict[Any, Value] | None = None
    ) -> Value:
        """The value at a point; as ``evaluate``.

        ``calls`` may be one dictionary for several evaluations at one precision: what definitions yield is kept in it.
        """
        with flint.ctx.workprec(precision):
            try:
                free = {v: _given(v, value, precision) for v, value in assignment.items()}
                return self._code(_Frame(free, [], {} if calls is None else calls))
            except _Undecided:
                return None


def compile_term(term: Term) -> Compiled:
    """``term``, ready to be evaluated at many points."""
    return Compiled(term)


# Values from outside ---------------------------------------------------------------------------------------


def _given(variable: Term, value: Value, precision: int) -> Value:
    if isinstance(value, Term):
        value = evaluate(value, {}, precision)
        if value is None:
            raise _Undecided
        if variable.sort.kind == "fun":
            return value
    if variable.sort.kind == "fun":
        return _function(variable.sort, value)
    if variable.sort.kind == "matrix":
        return value
    number = _number(value)
    if variable.sort == INT and not (isinstance(number, fmpq) and number.denominator == 1):
        raise EvaluationError(f"{variable} is an integer, found {value}")
    return number


def _number(value: Value) -> fmpq | arb:
    if isinstance(value, fmpq | arb):
        return value
    if isinstance(value, Fraction):
        return fmpq(value.numerator, value.denominator)
    if isinstance(value, int | fmpz) and not isinstance(value, bool):
        return fmpq(value)
    raise EvaluationError(f"not an exact number or a ball: {value!r}")


class ExactFunction:
    """A function given from outside: its values are checked to be exact numbers or balls.

    With integer arguments each value is computed once; passing the same object to several evaluations keeps them.
    """

    def __init__(self, sort: Sort, value: Value) -> None:
        self._whole = [s == INT for s in sort.domain]
        self._number = sort.result.is_number
        self._value = value
        self._known: dict[tuple[Value, ...], Value] | None = {} if all(self._whole) else None

    def __call__(self, *args: Value) -> Value:
        """The value at ``args``."""
        if self._known is None:
            return self._computed(args)
        found = self._known.get(args)
        if found is None:
            found = self._known[args] = self._computed(args)
        return found

    def _computed(self, args: tuple[Value, ...]) -> Value:
        keys = [int(a.numerator) if w else a for w, a in zip(self._whole, args, strict=True)]
        if isinstance(self._value, Mapping):
            key = keys[0] if len(keys) == 1 else tuple(keys)
            if key not in self._value:
                raise EvaluationError(f"no value is given at {key}")
            found = self._value[key]
        else:
            found = self._value(*keys)
        return _number(found) if self._number else found


def _function(sort: Sort, value: Value) -> Callable[..., Value]:
    return value if isinstance(value, ExactFunction) else ExactFunction(sort, value)


# Compilation ---------------------------------------------------------------------------------------


class _Compiler:
    """Turns a term into closures; equal subterms without loose bound variables are evaluated once."""

    def __init__(self) -> None:
        self._codes: dict[Term, Code] = {}

    def code(self, t: Term) -> Code:
        found = self._codes.get(t)
        if found is None:
            found = self._codes[t] = self._remembered(t, self._fresh(t))
        return found

    def _remembered(self, t: Term, code: Code) -> Code:
        if t.loose or not t.args or t.sort.kind in ("fun", "bool"):
            return code
        slot = len(self._codes)

        def remembered(frame: _Frame) -> Value:
            if slot not in frame.known:
                frame.known[slot] = code(frame)
            return frame.known[slot]

        return remembered

    def _fresh(self, t: Term) -> Code:
        special = getattr(self, f"_{t.op}", None)
        if special is not None:
            return special(t)  # type: ignore[no-any-return]
        codes = [self.code(a) for a in t.args]
        if t.op in _RELATIONS:
            return _relation(t, codes)
        operation = _OPERATIONS.get(t.op)
        if operation is None:
            raise EvaluationError(f"cannot evaluate {t.op}")

        def apply(frame: _Frame) -> Value:
            return operation(t, *[c(frame) for c in codes])

        return apply

    # Leaves

    def _num(self, t: Term) -> Code:
        value = fmpq(t.data.numerator, t.data.denominator)
        return lambda frame: value

    def _var(self, t: Term) -> Code:
        def variable(frame: _Frame) -> Value:
            if t not in frame.free:
                raise EvaluationError(f"no value is given for {t}")
            return frame.free[t]

        return variable

    def _bound(self, t: Term) -> Code:
        position = -1 - t.data
        return lambda frame: frame.bound[position]

    def _pi(self, t: Term) -> Code:
        return lambda frame: arb.pi()

    def _e(self, t: Term) -> Code:
        return lambda frame: arb.const_e()

    def _true(self, t: Term) -> Code:
        return lambda frame: True

    def _false(self, t: Term) -> Code:
        return lambda frame: False

    def _zero(self, t: Term) -> Code:
        rows, cols = (self.code(s) for s in t.sort.args)  # type: ignore[arg-type]
        return lambda frame: fmpq_mat(int(rows(frame).numerator), int(cols(frame).numerator))

    def _identity(self, t: Term) -> Code:
        zero = self._zero(t)

        def identity(frame: _Frame) -> Value:
            m = zero(frame)
            for i in range(m.nrows()):
                m[i, i] = 1
            return m

        return identity

    def _pow(self, t: Term) -> Code:
        base, exponent = (self.code(a) for a in t.args)
        literal = rational_value(t.args[1])
        if literal is not None and literal.denominator == 1:
            n = int(literal)
            return lambda frame: _whole_power(t, base(frame), n)
        if literal is not None:
            return lambda frame: _root_power(t, base(frame), literal)
        if t.args[1].sort == INT:
            return lambda frame: _whole_power(t, base(frame), _integer(exponent(frame)))
        return lambda frame: _real_power(t, base(frame), exponent(frame))

    # Propositions

    def _and(self, t: Term) -> Code:
        return _junction([self.code(a) for a in t.args], False)

    def _or(self, t: Term) -> Code:
        return _junction([self.code(a) for a in t.args], True)

    def _not(self, t: Term) -> Code:
        code = self.code(t.args[0])

        def negation(frame: _Frame) -> bool | None:
            truth = _truth(code, frame)
            return None if truth is None else not truth

        return negation

    def _implies(self, t: Term) -> Code:
        premise, conclusion = (self.code(a) for a in t.args)

        def negated(frame: _Frame) -> bool | None:
            truth = _truth(premise, frame)
            return None if truth is None else not truth

        return _junction([negated, conclusion], True)

    def _iff(self, t: Term) -> Code:
        codes = [self.code(a) for a in t.args]

        def equivalent(frame: _Frame) -> bool | None:
            a, b = (_truth(c, frame) for c in codes)
            return None if a is None or b is None else a == b

        return equivalent

    def _forall(self, t: Term) -> Code:
        return self._quantifier(t, "implies", False)

    def _exists(self, t: Term) -> Code:
        return self._quantifier(t, "and", True)

    def _quantifier(self, t: Term, joint: str, stop: bool) -> Code:
        """Enumeration of a bounded integer variable; any other quantifier is unknown."""
        body = t.args[-1]
        if body.op != joint or t.data[0].sort != INT:
            return lambda frame: None
        guard, rest = (body.args[0], body.args[1]) if joint == "implies" else _split(body)
        span = range_of(Term("bound", (), 0, INT), guard)
        if span is None or _uses(span[0], 0) or _uses(span[1], 0):
            return lambda frame: None
        low, high, inner = (self.code(s) for s in (*span, rest))

        def enumerated(frame: _Frame) -> bool | None:
            outside = frame.inside(fmpq(0))
            return _first((_late(inner, f) for f in _indices(frame, low(outside), high(outside))), stop)

        return enumerated

    # Numbers

    def _ite(self, t: Term) -> Code:
        condition, then, otherwise = (self.code(a) for a in t.args)

        def choose(frame: _Frame) -> Value:
            truth = _truth(condition, frame)
            if truth is not None:
                return then(frame) if truth else otherwise(frame)
            try:
                a, b = then(frame), otherwise(frame)
            except Undefined:
                raise _Undecided from None
            if not isinstance(a, fmpq | arb) or not isinstance(b, fmpq | arb):
                raise _Undecided
            return arb(a).union(arb(b))

        return choose

    def _sum(self, t: Term) -> Code:
        low, high, body = (self.code(a) for a in t.args)

        def total(frame: _Frame) -> Value:
            result: Value = fmpq(0)
            for inner in _indices(frame, low(frame), high(frame)):
                result = result + body(inner)
            return result

        return total

    def _minover(self, t: Term) -> Code:
        return self._extremum(t, _OPERATIONS["min"])

    def _maxover(self, t: Term) -> Code:
        return self._extremum(t, _OPERATIONS["max"])

    def _extremum(self, t: Term, pick: Callable[..., Value]) -> Code:
        low, high, body = (self.code(a) for a in t.args)

        def extreme(frame: _Frame) -> Value:
            values = [body(inner) for inner in _indices(frame, low(frame), high(frame))]
            if not values:
                raise Undefined(t, "there is no index to choose from")
            return pick(t, *values)

        return extreme

    def _lam(self, t: Term) -> Code:
        body = self.code(t.args[-1])

        def function(frame: _Frame) -> Value:
            kept = frame.inside()
            return lambda *args: body(kept.inside(*args))

        return function

    def _apply(self, t: Term) -> Code:
        function, *args = (self.code(a) for a in t.args)
        return lambda frame: function(frame)(*[a(frame) for a in args])

    def _call(self, t: Term) -> Code:
        args, definition = [self.code(a) for a in t.args], t.data
        return lambda frame: _call(frame, definition, tuple([a(frame) for a in args]))

    def _diff(self, t: Term) -> Code:
        (x,), body = opened(t)
        derivative, conditions = differentiate(body, x)
        if any(s.op == "diff" and s.args[-1] == t.args[-1] for s in derivative.walk()):
            return _undecided  # the derivative of a function of which no table knows it
        at, value, defined = self.code(t.args[0]), self.code(derivative), self.code(And(*conditions))

        def slope(frame: _Frame) -> Value:
            inner = _Frame({**frame.free, x: at(frame)}, frame.bound, frame.calls)
            if _late(defined, inner)() is not True:
                raise _Undecided
            return value(inner)

        return slope


# Propositions and ranges ---------------------------------------------------------------------------------------


def _undecided(_frame: _Frame) -> Value:
    raise _Undecided


def _truth(code: Code, frame: _Frame) -> bool | None:
    try:
        return code(frame)  # type: ignore[no-any-return]
    except _Undecided:
        return None


def _late(code: Code, frame: _Frame) -> Callable[[], bool | None]:
    return lambda: _truth(code, frame)


def _junction(codes: list[Code], stop: bool) -> Code:
    return lambda frame: _first((_late(c, frame) for c in codes), stop)


def _first(parts: Iterable[Callable[[], bool | None]], stop: bool) -> bool | None:
    """``stop`` if a part has that truth, unknown if some part is unknown, else the opposite of ``stop``.

    An undefined part counts as an error only if all parts before it are known.
    """
    result: bool | None = not stop
    for part in parts:
        try:
            truth = part()
        except Undefined:
            if result is None:
                return None
            raise
        if truth is None:
            result = None
        elif truth is stop:
            return stop
    return result


def _split(conjunction: Term) -> tuple[Term, Term]:
    """The guard and the rest of ``low <= i and i <= high and ...``, flat or nested."""
    if conjunction.args[0].op == "and":
        return conjunction.args[0], And(*conjunction.args[1:])
    return And(*conjunction.args[:2]), And(*conjunction.args[2:])


def _uses(t: Term, index: int) -> bool:
    """Whether the loose bound variable ``index`` occurs in ``t``."""
    if t.op == "bound":
        return bool(t.data == index)
    inner = len(t.data) if t.op in BINDERS else 0
    return any(_uses(a, index + (inner if a is t.args[-1] else 0)) for a in t.args)


def _integer(value: Value) -> int:
    if isinstance(value, fmpq) and value.denominator == 1:
        return int(value.numerator)
    raise _Undecided


def _indices(frame: _Frame, low: Value, high: Value) -> Iterator[_Frame]:
    first, last = _integer(low), _integer(high)
    if last - first >= MAX_RANGE:
        raise _Undecided
    for i in range(first, last + 1):
        yield frame.inside(fmpq(i))


_NEGATED = {"ne": "eq", "gt": "le", "ge": "lt"}


def _relation(t: Term, codes: list[Code]) -> Code:
    op, positive = _NEGATED.get(t.op, t.op), t.op not in _NEGATED
    left, right = codes
    compare = _COMPARE[op] if t.args[0].sort.is_number else _equal_matrices

    def related(frame: _Frame) -> bool | None:
        truth = compare(left(frame), right(frame))
        return truth if positive or truth is None else not truth

    return related


def _equal(a: Value, b: Value) -> bool | None:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a == b)
    a, b = arb(a), arb(b)
    if not a.overlaps(b):
        return False
    return True if a.is_exact() and b.is_exact() and a.is_finite() and b.is_finite() else None


def _less(a: Value, b: Value) -> bool | None:
    if isinstance(a, fmpq) and isinstance(b, fmpq):
        return bool(a < b)
    a, b = arb(a), arb(b)
    return True if a < b else False if a >= b else None


def _at_most(a: Value, b: Value) -> bool | None:
    truth = _less(b, a)
    return None if truth is None else not truth


def _equal_matrices(a: Value, b: Value) -> bool | None:
    if isinstance(a, fmpq_mat) and isinstance(b, fmpq_mat):
        return bool(a == b)
    return None if _balls(a).overlaps(_balls(b)) else False


_COMPARE: dict[str, Callable[[Value, Value], bool | None]] = {"eq": _equal, "lt": _less, "le": _at_most}
_RELATIONS = frozenset({"eq", "ne", "lt", "le", "gt", "ge"})


def _require(t: Term, truth: bool | None, reason: str) -> None:
    if truth is None:
        raise _Undecided
    if not truth:
        raise Undefined(t, reason)


# Definitions ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1024)
def _compiled_body(definition: Definition) -> tuple[Code, Code]:
    """The code of an explicit definition (twice), or the codes of base and step of a recursive one."""
    if definition.body is not None:
        code = _Compiler().code(definition.body)
        return code, code
    if definition.base is None or definition.step is None:
        raise _Undecided
    return _Compiler().code(definition.base), _Compiler().code(definition.step)


def _call(frame: _Frame, definition: Definition, args: tuple[Value, ...]) -> Value:
    base, step = _compiled_body(definition)
    if definition.body is not None:
        return _once(frame, (definition, *args), lambda: base(_Frame(_bind(definition, args), [], frame.calls)))
    n, previous = _integer(args[0]), definition.previous
    if n < 0 or previous is None:
        raise Undefined(definition(*definition.params), "the index is negative")

    def value_at(k: int, rest: tuple[Value, ...]) -> Value:
        if k == 0:
            return base(_Frame(_bind(definition, (fmpq(0), *rest)), [], frame.calls))
        free = _bind(definition, (fmpq(k - 1), *rest))
        free[previous] = (lambda *r: known(k - 1, r)) if rest else known(k - 1, ())
        return step(_Frame(free, [], frame.calls))

    def known(k: int, rest: tuple[Value, ...]) -> Value:
        return _once(frame, (definition, k, *rest), lambda: value_at(k, rest))

    for k in range(n):
        known(k, args[1:])  # in this order, so that the recursion stays shallow
    return known(n, args[1:])


def _bind(definition: Definition, args: tuple[Value, ...]) -> dict[Term, Value]:
    return dict(zip(definition.params, args, strict=True))


def _once(frame: _Frame, key: tuple[Any, ...], compute: Callable[[], Value]) -> Value:
    try:
        if key in frame.calls:
            return frame.calls[key]
    except (TypeError, ValueError):  # balls and matrices have no hash
        return compute()
    value = frame.calls[key] = compute()
    return value


# Operations ---------------------------------------------------------------------------------------


def _balls(m: Value) -> arb_mat:
    return m if isinstance(m, arb_mat) else arb_mat(m)


def _alike(a: Value, b: Value) -> tuple[Value, Value]:
    """Two operands brought to a common kind if one of them is a matrix."""
    exact = not isinstance(a, arb | arb_mat) and not isinstance(b, arb | arb_mat)
    if exact or not (isinstance(a, arb_mat | fmpq_mat) or isinstance(b, arb_mat | fmpq_mat)):
        return a, b
    return (_balls(a) if isinstance(a, fmpq_mat) else a), (_balls(b) if isinstance(b, fmpq_mat) else b)


def _add(t: Term, a: Value, b: Value) -> Value:
    a, b = _alike(a, b)
    return a + b


def _sub(t: Term, a: Value, b: Value) -> Value:
    a, b = _alike(a, b)
    return a - b


def _mul(t: Term, a: Value, b: Value) -> Value:
    a, b = _alike(a, b)
    if isinstance(b, arb_mat | fmpq_mat) and not isinstance(a, arb_mat | fmpq_mat):
        return b * a
    return a * b


def _div(t: Term, a: Value, b: Value) -> Value:
    _require(t, _different(b, fmpq(0)), "the denominator is 0")
    a, b = _alike(a, b)
    return a * (1 / b) if isinstance(a, arb_mat | fmpq_mat) else a / b


def _inv(t: Term, a: Value) -> Value:
    """The total inverse of normal forms: inv(0) = 0."""
    zero = _equal(a, fmpq(0))
    if zero is None:
        raise _Undecided
    return fmpq(0) if zero else 1 / a


def _different(a: Value, b: Value) -> bool | None:
    truth = _equal(a, b)
    return None if truth is None else not truth


def _whole_power(t: Term, base: Value, n: int) -> Value:
    if n == 0:
        return fmpq(1)
    if n < 0:
        _require(t, _different(base, fmpq(0)), "a negative power of 0")
    if isinstance(base, fmpq) and base == 0:
        return fmpq(0)
    if isinstance(base, arb) and n.bit_length() > MAX_EXPONENT_BITS:
        raise _Undecided
    if isinstance(base, fmpq) and base.height_bits() * abs(n) > MAX_POWER_BITS and abs(base) != 1:
        base = arb(base)
    if isinstance(base, arb):
        return _repeated_product(base, n) if base.mid() == 0 else base ** fmpz(n)
    return base**n


def _repeated_product(base: arb, n: int) -> arb:
    """base^n for n > 0 by squaring: of a ball whose midpoint is 0 flint's own power is not a number."""
    power = arb(1)
    while n:
        if n % 2:
            power = power * base
        base, n = base * base, n // 2
    return power


def _root_power(t: Term, base: Value, exponent: Fraction) -> Value:
    """A power with a literal exponent that is not an integer."""
    positive = _less(fmpq(0), base) if exponent < 0 else _at_most(fmpq(0), base)
    _require(t, positive, "a root of a negative number, or a negative power of 0")
    if isinstance(base, fmpq):
        root = _exact_root(base, exponent.denominator)
        return arb(base) ** arb(_number(exponent)) if root is None else _whole_power(t, root, exponent.numerator)
    if exponent > 0 and not base > 0:
        return arb(0).union(base.upper() ** arb(_number(exponent)))
    return base ** arb(_number(exponent))


def _exact_root(value: fmpq, k: int) -> fmpq | None:
    if k > 1024:
        return fmpq(value) if value in (0, 1) else None
    top, bottom = fmpz(value.numerator).root(k), fmpz(value.denominator).root(k)
    return fmpq(top, bottom) if top**k == value.numerator and bottom**k == value.denominator else None


def _real_power(t: Term, base: Value, exponent: Value) -> Value:
    _require(t, _less(fmpq(0), base), "a real power of a number that is not positive")
    if isinstance(exponent, fmpq):
        if exponent.denominator == 1:
            return _whole_power(t, base, int(exponent.numerator))
        return _root_power(t, base, Fraction(int(exponent.numerator), int(exponent.denominator)))
    return arb(base) ** arb(exponent)


def _sqrt(t: Term, a: Value) -> Value:
    return _root_power(t, a, Fraction(1, 2)) if isinstance(a, fmpq) else _checked(t, a).sqrt()


def _checked(t: Term, a: arb) -> arb:
    """``a``, after the domain of the function ``t.op`` was checked."""
    one, zero = fmpq(1), fmpq(0)
    if t.op == "log":
        _require(t, _less(zero, a), "the logarithm of a number that is not positive")
    elif t.op == "sqrt":
        _require(t, _at_most(zero, a), "the square root of a negative number")
    elif t.op in ("asin", "acos"):
        _require(t, _at_most(abs(a), one), "the argument is not in [-1, 1]")
    elif t.op == "atanh":
        _require(t, _less(abs(a), one), "the argument is not in (-1, 1)")
    elif t.op == "acosh":
        _require(t, _at_most(one, a), "the argument is less than 1")
    elif t.op == "tan":
        _require(t, _different(a.cos(), zero), "a pole of the tangent")
    return a


_SPECIAL: dict[str, tuple[int, int]] = {
    "exp": (0, 1), "log": (1, 0), "sin": (0, 0), "cos": (0, 1), "tan": (0, 0), "asin": (0, 0), "acos": (1, 0),
    "atan": (0, 0), "sinh": (0, 0), "cosh": (0, 1), "tanh": (0, 0), "asinh": (0, 0), "acosh": (1, 0), "atanh": (0, 0),
    "erf": (0, 0),
}  # fmt: skip
"""Where a function has a rational value at a rational point."""


def _smooth(t: Term, a: Value) -> Value:
    argument, value = _SPECIAL[t.op]
    if isinstance(a, fmpq) and a == argument:
        return fmpq(value)
    return getattr(_checked(t, arb(a)), t.op)()


def _sign(t: Term, a: Value) -> Value:
    if isinstance(a, fmpq) or a > 0 or a < 0:
        return fmpq(1) if a > 0 else fmpq(-1) if a < 0 else fmpq(0)
    return a.sgn()


def _rounded(t: Term, a: Value) -> Value:
    if isinstance(a, fmpq):
        return fmpq(a.floor() if t.op == "floor" else a.ceil())
    ball = a.floor() if t.op == "floor" else a.ceil()
    whole = ball.unique_fmpz()
    return ball if whole is None else fmpq(whole)


def _min(t: Term, *values: Value) -> Value:
    if all(isinstance(v, fmpq) for v in values):
        return min(values)
    return reduce(lambda a, b: a.min(b), map(arb, values))


def _max(t: Term, *values: Value) -> Value:
    if all(isinstance(v, fmpq) for v in values):
        return max(values)
    return reduce(lambda a, b: a.max(b), map(arb, values))


def _literal(t: Term, *values: Value) -> Value:
    rows, cols = t.data
    kind = fmpq_mat if all(isinstance(v, fmpq) for v in values) else arb_mat
    return kind(rows, cols, list(values))


def _inverse(t: Term, m: Value) -> Value:
    try:
        return m.inv()
    except ZeroDivisionError:
        if isinstance(m, fmpq_mat):
            raise Undefined(t, "the matrix is singular") from None
        raise _Undecided from None


def _trace(t: Term, m: Value) -> Value:
    return sum((m[i, i] for i in range(m.nrows())), start=fmpq(0))


_OPERATIONS: dict[str, Callable[..., Value]] = {
    "add": _add, "sub": _sub, "mul": _mul, "div": _div, "inv": _inv, "neg": lambda t, a: -a, "abs": lambda t, a: abs(a),
    "sign": _sign, "floor": _rounded, "ceiling": _rounded, "min": _min, "max": _max, "sqrt": _sqrt,
    "matlit": _literal, "inverse": _inverse, "trace": _trace, "transpose": lambda t, m: m.transpose(),
    **dict.fromkeys(_SPECIAL, _smooth),
}  # fmt: skip
