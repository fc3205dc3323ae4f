"""The value of a term and its first two derivatives in a variable, enclosed in balls.

Over a ball of values of the variable the answer encloses all of them, and the term is analytic around each of
these values, so twice continuously differentiable: wherever that is not certain, or a bound is not finite, Refused is
raised.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from flint import arb, fmpq

from symproof.recheck.refused import Refused
from symproof.recheck.term import Term

__all__ = ["Jet", "jet", "value"]


class Jet(NamedTuple):
    """Enclosures of a value and of the first two derivatives."""

    value: arb
    slope: arb
    bend: arb


_ZERO = arb(0)


def value(term: Term) -> arb:
    """An enclosure of a closed term."""
    return jet(term, None, _ZERO).value


def jet(term: Term, variable: Term | None, at: arb) -> Jet:
    """The jet of a term in a variable over a ball."""
    found = _jet(term, variable, at)
    if not all(part.is_finite() for part in found):
        raise Refused(f"{term} has no bound here", undecided=True)
    return found


def _jet(t: Term, variable: Term | None, at: arb) -> Jet:
    if variable is not None and t == variable:
        return Jet(at, arb(1), _ZERO)
    if t.op == "num":
        return _constant(arb(fmpq(t.data.numerator, t.data.denominator)))
    if t.op in ("pi", "e"):
        return _constant(arb.pi() if t.op == "pi" else arb.const_e())
    if t.op == "ite":
        return _jet(t.args[1] if _holds(t.args[0], variable, at) else t.args[2], variable, at)
    parts = [_jet(a, variable, at) for a in t.args] if t.op in _ALGEBRA or t.op in _FUNCTIONS else []
    if variable is None and t.op in ("abs", "sqrt"):  # of a number that does not move no derivative is asked for
        found = _constant(abs(parts[0].value) if t.op == "abs" else parts[0].value.sqrt())
    elif t.op in _ALGEBRA:
        found = _ALGEBRA[t.op](*parts)
    elif t.op in _FUNCTIONS:
        found = _chain(parts[0], *_FUNCTIONS[t.op](parts[0].value))
    elif t.op == "pow":
        found = _power(t, variable, at)
    elif t.op in ("max", "min"):
        found = _extremum(t, variable, at)
    else:
        raise Refused(f"{t.op} is not evaluated", undecided=True)
    if not found.value.is_finite():
        raise Refused(f"{t} has no bound here", undecided=True)
    return found


def _constant(ball: arb) -> Jet:
    return Jet(ball, _ZERO, _ZERO)


def _add(a: Jet, b: Jet) -> Jet:
    return Jet(*(x + y for x, y in zip(a, b, strict=True)))


def _negative(a: Jet) -> Jet:
    return Jet(*(-x for x in a))


def _times(a: Jet, b: Jet) -> Jet:
    return Jet(
        a.value * b.value,
        a.value * b.slope + a.slope * b.value,
        a.value * b.bend + 2 * a.slope * b.slope + a.bend * b.value,
    )


def _quotient(a: Jet, b: Jet) -> Jet:
    return _times(a, _chain(b, *_reciprocal(b.value)))


def _chain(inner: Jet, outer: arb, slope: arb, bend: arb) -> Jet:
    """The jet of a function of a jet, from its value and derivatives at the value of the latter."""
    return Jet(outer, slope * inner.slope, bend * inner.slope * inner.slope + slope * inner.bend)


_ALGEBRA: dict[str, Callable[..., Jet]] = {
    "add": _add,
    "sub": lambda a, b: _add(a, _negative(b)),
    "neg": _negative,
    "mul": _times,
    "div": _quotient,
}


def _require(certain: bool, what: str) -> None:
    if not certain:
        raise Refused(f"{what} is not certain", undecided=True)


def _reciprocal(x: arb) -> tuple[arb, arb, arb]:
    _require(x != 0, "a denominator other than 0")
    inverse = 1 / x
    return inverse, -inverse * inverse, 2 * inverse * inverse * inverse


def _log(x: arb) -> tuple[arb, arb, arb]:
    _require(x > 0, "the logarithm of a positive number")
    return x.log(), 1 / x, -1 / (x * x)


def _sqrt(x: arb) -> tuple[arb, arb, arb]:
    _require(x > 0, "the root of a positive number")
    root = x.sqrt()
    return root, 1 / (2 * root), -1 / (4 * root * x)


def _tan(x: arb) -> tuple[arb, arb, arb]:
    tangent = x.tan()
    return tangent, 1 + tangent * tangent, 2 * tangent * (1 + tangent * tangent)


def _asin(x: arb) -> tuple[arb, arb, arb]:
    _require(abs(x) < 1, "an argument between -1 and 1")
    square = 1 - x * x
    return x.asin(), 1 / square.sqrt(), x / (square * square.sqrt())


def _acos(x: arb) -> tuple[arb, arb, arb]:
    _, slope, bend = _asin(x)
    return x.acos(), -slope, -bend


def _atan(x: arb) -> tuple[arb, arb, arb]:
    square = 1 + x * x
    return x.atan(), 1 / square, -2 * x / (square * square)


def _tanh(x: arb) -> tuple[arb, arb, arb]:
    tangent = x.tanh()
    return tangent, 1 - tangent * tangent, -2 * tangent * (1 - tangent * tangent)


def _asinh(x: arb) -> tuple[arb, arb, arb]:
    square = 1 + x * x
    return x.asinh(), 1 / square.sqrt(), -x / (square * square.sqrt())


def _acosh(x: arb) -> tuple[arb, arb, arb]:
    _require(x > 1, "an argument above 1")
    square = x * x - 1
    return x.acosh(), 1 / square.sqrt(), -x / (square * square.sqrt())


def _atanh(x: arb) -> tuple[arb, arb, arb]:
    _require(abs(x) < 1, "an argument between -1 and 1")
    square = 1 - x * x
    return x.atanh(), 1 / square, 2 * x / (square * square)


def _erf(x: arb) -> tuple[arb, arb, arb]:
    slope = 2 * (-x * x).exp() / arb.pi().sqrt()
    return x.erf(), slope, -2 * x * slope


def _abs(x: arb) -> tuple[arb, arb, arb]:
    _require(x != 0, "an absolute value of a number other than 0")
    return abs(x), arb(1) if x > 0 else arb(-1), _ZERO


def _sign(x: arb) -> tuple[arb, arb, arb]:
    _require(x != 0, "a sign of a number other than 0")
    return arb(1) if x > 0 else arb(-1), _ZERO, _ZERO


_FUNCTIONS: dict[str, Callable[[arb], tuple[arb, arb, arb]]] = {
    "exp": lambda x: (x.exp(), x.exp(), x.exp()),
    "log": _log, "sqrt": _sqrt, "tan": _tan, "asin": _asin, "acos": _acos, "atan": _atan,
    "sin": lambda x: (x.sin(), x.cos(), -x.sin()),
    "cos": lambda x: (x.cos(), -x.sin(), -x.cos()),
    "sinh": lambda x: (x.sinh(), x.cosh(), x.sinh()),
    "cosh": lambda x: (x.cosh(), x.sinh(), x.cosh()),
    "tanh": _tanh, "asinh": _asinh, "acosh": _acosh, "atanh": _atanh, "erf": _erf, "abs": _abs, "sign": _sign,
}  # fmt: skip
"""Of each function the value and the first two derivatives at a number."""


def _power(t: Term, variable: Term | None, at: arb) -> Jet:
    base, exponent = t.args
    inner = _jet(base, variable, at)
    if exponent.op == "num" and exponent.data.denominator == 1 and abs(exponent.data) <= 1000:
        n, x = int(exponent.data), inner.value
        _require(n >= 0 or x != 0, "a power of a number other than 0")
        slope = n * _raised(x, n - 1) if n else _ZERO
        bend = n * (n - 1) * _raised(x, n - 2) if n not in (0, 1) else _ZERO
        return _chain(inner, _raised(x, n), slope, bend)
    _require(inner.value > 0, "a power of a positive number")
    exponential = _times(_jet(exponent, variable, at), _chain(inner, *_log(inner.value)))
    return _chain(exponential, *[exponential.value.exp()] * 3)


def _raised(x: arb, n: int) -> arb:
    """An integer power; python-flint's own has no bound for a ball around 0."""
    if n < 0:
        return 1 / _raised(x, -n)
    half = _raised(x, n // 2) if n > 1 else arb(1)
    return half * half * (x if n % 2 else 1)


def _extremum(t: Term, variable: Term | None, at: arb) -> Jet:
    """The largest or smallest of some numbers, of which one certainly is."""
    parts = [_jet(a, variable, at) for a in t.args]
    for one in parts:
        others = [each.value for each in parts if each is not one]
        if all(one.value > x if t.op == "max" else one.value < x for x in others):
            return one
    raise Refused(f"which one is the {t.op} is not certain", undecided=True)


def _holds(condition: Term, variable: Term | None, at: arb) -> bool:
    """Whether a condition holds, and goes on to hold around every number in the ball."""
    if condition.op == "not":
        return not _holds(condition.args[0], variable, at)
    if condition.op in ("and", "or"):
        answers = [_holds(each, variable, at) for each in condition.args]
        return all(answers) if condition.op == "and" else any(answers)
    if condition.op not in ("le", "lt", "ge", "gt") or not condition.args[0].sort.number:
        raise Refused(f"the condition {condition} is not decided", undecided=True)
    left, right = (_jet(each, variable, at).value for each in condition.args)
    _require(left != right, "on which side of a break a number is")
    return bool(left < right) == (condition.op in ("le", "lt"))
