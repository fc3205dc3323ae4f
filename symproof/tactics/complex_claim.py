"""Complex claims: identities of entire functions, and counterexamples at Gaussian rationals.

An identity between entire functions that holds for all real values of its variables holds for all complex ones
(identity theorem), also after division by functions that have no zeros. The imaginary unit is split off first:
exp(a + I b) = exp(a) (cos(b) + I sin(b)) and so on hold for complex a and b. What is not of this kind is undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import isqrt
from operator import add, mul, neg, sub

from flint import acb, arb, fmpq

from symproof.logic.parser import IMAGINARY_UNIT
from symproof.logic.rational_value import rational_value
from symproof.logic.syntax import Eq, Ne, exp, num, unary
from symproof.logic.term import Term, coerce, free_variables

__all__ = ["analytic_inequations", "find_gaussian_counterexample", "real_identities"]

Pair = tuple[Term, Term]
_ZERO = coerce(0)
_ENTIRE = frozenset({"num", "var", "pi", "e", "add", "sub", "neg", "mul", "exp", "sin", "cos", "sinh", "cosh"})


def real_identities(conclusion: Term, hypotheses: tuple[Term, ...]) -> tuple[Term, ...] | None:
    """Equations without the imaginary unit; if they hold for all reals, the conclusion holds for all complex numbers.

    ``hypotheses`` are those of ``analytic_inequations``, which may be used in the proof over the reals. None if the
    claim is not of a kind that this is known for.
    """
    if conclusion.op != "eq":
        return None
    nonzero = {h.args[0] for h in hypotheses}
    left, right = (_split(side, nonzero) for side in conclusion.args)
    if left is None or right is None:
        return None
    return Eq(left[0], right[0]), Eq(left[1], right[1])


def analytic_inequations(hypotheses: tuple[Term, ...]) -> tuple[Term, ...]:
    """The hypotheses f != 0 with an entire f without the imaginary unit: they cut out sets that are dense or empty."""
    found = []
    for h in hypotheses:
        if h.op != "ne":
            continue
        f = h.args[0] if rational_value(h.args[1]) == 0 else h.args[1] if rational_value(h.args[0]) == 0 else None
        split = _split(f, set()) if f is not None else None
        if f is not None and split is not None and split[1] == _ZERO:
            found.append(Ne(f, 0))
    return tuple(found)


def _split(t: Term, nonzero: set[Term]) -> Pair | None:
    """(a, b) with t = a + I b, both built without I from entire functions; None if that is not possible."""
    if t == IMAGINARY_UNIT:
        return _ZERO, coerce(1)
    if t.op in ("num", "var", "pi", "e"):
        return t, _ZERO
    if t.op == "pow":
        return _split_power(t, nonzero)
    parts = [_split(a, nonzero) for a in t.args]
    known = [p for p in parts if p is not None]
    if len(known) != len(parts) or (t.op not in _ENTIRE and t.op != "div"):
        return None
    if t.op == "neg":
        return -known[0][0], -known[0][1]
    if t.op in ("add", "sub"):
        (a, b), (c, d) = known
        return (a + c, b + d) if t.op == "add" else (a - c, b - d)
    if t.op == "mul":
        return _times(known[0], known[1])
    if t.op == "div":
        return _divide(t, known, nonzero)
    return _function(t.op, *known[0])


def _times(p: Pair, q: Pair) -> Pair:
    (a, b), (c, d) = p, q
    return a * c - b * d, a * d + b * c


def _divide(t: Term, known: list[Pair], nonzero: set[Term]) -> Pair | None:
    """Division by a non-zero number, an exponential, or what a hypothesis calls non-zero; all without I."""
    (a, b), (c, d) = known
    real, imaginary = rational_value(c), rational_value(d)
    if real is not None and imaginary is not None and (real, imaginary) != (0, 0):
        size = real**2 + imaginary**2
        return _times((a, b), (num(real / size), num(-imaginary / size)))
    if d != _ZERO or not _never_zero(t.args[1], nonzero):
        return None
    return a / c, b / c


def _never_zero(t: Term, nonzero: set[Term]) -> bool:
    value = rational_value(t)
    if value is not None:
        return value != 0
    if t in nonzero or t.op in ("exp", "pi", "e"):
        return True
    if t.op == "mul":
        return all(_never_zero(a, nonzero) for a in t.args)
    exponent = rational_value(t.args[1]) if t.op == "pow" else None
    return exponent is not None and exponent.denominator == 1 and exponent >= 0 and _never_zero(t.args[0], nonzero)


def _split_power(t: Term, nonzero: set[Term]) -> Pair | None:
    base, exponent = _split(t.args[0], nonzero), rational_value(t.args[1])
    if base is None or exponent is None or exponent.denominator != 1 or abs(exponent) > 64:
        return None
    if base[1] == _ZERO:
        if exponent < 0 and not _never_zero(t.args[0], nonzero):
            return None
        return base[0] ** num(exponent), _ZERO
    if exponent < 0:
        return None
    result: Pair = (coerce(1), _ZERO)
    for _ in range(int(exponent)):
        result = _times(result, base)
    return result


def _function(op: str, a: Term, b: Term) -> Pair | None:
    if b == _ZERO:
        return (exp(a) if op == "exp" else unary(op, a)), _ZERO
    cos, sin = unary("cos", b), unary("sin", b)
    cosh, sinh = unary("cosh", b), unary("sinh", b)
    if op == "exp":
        return exp(a) * cos, exp(a) * sin
    if op == "sin":
        return unary("sin", a) * cosh, unary("cos", a) * sinh
    if op == "cos":
        return unary("cos", a) * cosh, -unary("sin", a) * sinh
    if op == "sinh":
        return unary("sinh", a) * cos, unary("cosh", a) * sin
    return unary("cosh", a) * cos, unary("sinh", a) * sin


# Counterexamples at Gaussian rationals ------------------------------------------------------------------------------

Gaussian = tuple[Fraction, Fraction]
_PAIRS = ((0, 1), (1, 0), (-1, 0), (0, -1), (1, 1), (2, 0), (0, 0), (-1, 1), (0, 2), (2, 1), (3, 4))
_POINTS = tuple((Fraction(a), Fraction(b)) for a, b in _PAIRS)


def find_gaussian_counterexample(
    variables: tuple[Term, ...], complex_names: frozenset[str], premises: tuple[Term, ...], conclusion: Term
) -> dict[str, str] | None:
    """A point of Gaussian rationals (real where the sort asks for it) that refutes a claim, exactly or by balls."""
    used = frozenset[Term]().union(*(free_variables(p) for p in (*premises, conclusion)))
    relevant = [v for v in variables if v in used]
    if len(relevant) > 4:
        return None
    choices = [_POINTS if v.name in complex_names else [p for p in _POINTS if p[1] == 0] for v in relevant]
    for values in product(*choices):
        point = dict(zip(relevant, values, strict=True))
        if all(_holds(p, point) is True for p in premises) and _holds(conclusion, point) is False:
            return {v.name: _text(point.get(v, (Fraction(0), Fraction(0)))) for v in variables}
    return None


def _holds(p: Term, point: dict[Term, Gaussian]) -> bool | None:
    if p.op == "and":
        truths = [_holds(a, point) for a in p.args]
        return False if False in truths and None not in truths else None if None in truths else True
    if p.op not in ("eq", "ne", "le", "lt", "ge", "gt"):
        return None
    a, b = (_value(t, point) for t in p.args)
    if a is None or b is None:
        apart = p.op in ("eq", "ne") and _are_apart(*(_ball(t, point) for t in p.args))
        return p.op == "ne" if apart else None
    if p.op in ("eq", "ne"):
        return (a == b) is (p.op == "eq")
    if a[1] != 0 or b[1] != 0:
        return None
    return {"le": a[0] <= b[0], "lt": a[0] < b[0], "ge": a[0] >= b[0], "gt": a[0] > b[0]}[p.op]


def _are_apart(a: acb | None, b: acb | None) -> bool:
    """Whether two values are certainly different."""
    return a is not None and b is not None and a.is_finite() and b.is_finite() and not a.overlaps(b)


def _ball(t: Term, point: dict[Term, Gaussian]) -> acb | None:
    """A ball that holds the value of an expression of entire functions, which have no branches to choose."""
    value = _value(t, point)
    if value is not None:
        real, imaginary = (arb(fmpq(x.numerator, x.denominator)) for x in value)
        return acb(real, imaginary)
    if t.op in ("pi", "e"):
        return acb(arb.pi() if t.op == "pi" else arb.const_e())
    balls = [_ball(a, point) for a in (t.args[:1] if t.op == "pow" else t.args)]
    known = [b for b in balls if b is not None]
    if len(known) != len(balls) or not known:
        return None
    if t.op == "pow":
        power = rational_value(t.args[1])
        return known[0] ** int(power) if power is not None and power in range(65) else None
    return _BALLS[t.op](*known) if t.op in _BALLS else None


_BALLS: dict[str, Callable[..., acb]] = {
    "add": add, "sub": sub, "neg": neg, "mul": mul, "exp": acb.exp, "sin": acb.sin, "cos": acb.cos, "sinh": acb.sinh,
    "cosh": acb.cosh,
}  # fmt: skip


def _value(t: Term, point: dict[Term, Gaussian]) -> Gaussian | None:
    """The exact value of a rational expression (also with conjugation-free Abs of real or imaginary numbers)."""
    if t.op == "num":
        return Fraction(t.data), Fraction(0)
    if t == IMAGINARY_UNIT:
        return Fraction(0), Fraction(1)
    if t.op == "var":
        return point.get(t)
    values = [_value(a, point) for a in t.args]
    known = [v for v in values if v is not None]
    if len(known) != len(values) or not known:
        return None
    if t.op == "neg":
        return -known[0][0], -known[0][1]
    if t.op == "abs":
        return _modulus(known[0])
    if t.op == "sqrt":
        return _principal_root(known[0])
    if len(known) != 2:
        return None
    return _binary(t.op, known[0], known[1])


def _binary(op: str, p: Gaussian, q: Gaussian) -> Gaussian | None:
    (a, b), (c, d) = p, q
    if op in ("add", "sub"):
        return (a + c, b + d) if op == "add" else (a - c, b - d)
    if op == "mul":
        return a * c - b * d, a * d + b * c
    size = c * c + d * d
    if op == "div" and size != 0:
        return (a * c + b * d) / size, (b * c - a * d) / size
    if op == "pow" and d == 0 and c.denominator == 1 and abs(c) <= 64:
        result: Gaussian = (Fraction(1), Fraction(0))
        for _ in range(abs(int(c))):
            result = (result[0] * a - result[1] * b, result[0] * b + result[1] * a)
        return result if c >= 0 else _binary("div", (Fraction(1), Fraction(0)), result)
    return None


def _square_root(value: Fraction) -> Fraction | None:
    p, q = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(p, q) if p * p == value.numerator and q * q == value.denominator else None


def _modulus(z: Gaussian) -> Gaussian | None:
    root = _square_root(z[0] ** 2 + z[1] ** 2)
    return None if root is None else (root, Fraction(0))


def _principal_root(z: Gaussian) -> Gaussian | None:
    """The principal square root of a Gaussian rational, if it is one."""
    size = _modulus(z)
    if size is None:
        return None
    real, imaginary = _square_root((size[0] + z[0]) / 2), _square_root((size[0] - z[0]) / 2)
    if real is None or imaginary is None:
        return None
    return real, -imaginary if z[1] < 0 else imaginary


def _text(z: Gaussian) -> str:
    if z[1] == 0:
        return str(z[0])
    imaginary = "I" if abs(z[1]) == 1 else f"{abs(z[1])}*I"
    sign = "-" if z[1] < 0 else "+" if z[0] != 0 else ""
    return f"{z[0]} {sign} {imaginary}" if z[0] != 0 else f"{sign}{imaginary}"
