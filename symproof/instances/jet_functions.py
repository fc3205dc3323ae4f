"""The elementary functions on power series over balls, each with the condition under which it is smooth."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

from flint import arb, arb_series

from symproof.instances.jet_conditions import (
    ONE,
    away_from_zero,
    constant_series,
    inside,
    moderate,
    positive,
    undecided,
)  # fmt: skip
from symproof.instances.straight_line import JetRefusal, Node

__all__ = ["ELEMENTARY", "exponential"]


def exponential(u: arb_series, node: Node) -> arb_series:
    """The exponential function."""
    moderate(u[0], node)
    return u.exp()


def _log(u: arb_series, node: Node) -> arb_series:
    positive(u[0], node, "undefined", "the argument")
    return u.log()


def _sqrt(u: arb_series, node: Node) -> arb_series:
    positive(u[0], node, "not_smooth", "the argument")
    return u.sqrt()


def _sin(u: arb_series, node: Node) -> arb_series:
    moderate(u[0], node)
    return u.sin()


def _cos(u: arb_series, node: Node) -> arb_series:
    moderate(u[0], node)
    return u.cos()


def _tan(u: arb_series, node: Node) -> arb_series:
    moderate(u[0], node)
    away_from_zero(u[0].cos(), node, "the cosine")
    return u.tan()


def _sinh(u: arb_series, node: Node) -> arb_series:
    return _hyperbolic(u, node, 0)


def _cosh(u: arb_series, node: Node) -> arb_series:
    return _hyperbolic(u, node, 1)


def _hyperbolic(u: arb_series, node: Node, first: int) -> arb_series:
    """The hyperbolic sine (0) or cosine (1), by the Taylor coefficients, which are the two in turn over factorials."""
    start = u[0]
    moderate(start, node)
    both = start.sinh_cosh()
    return _at_inner([both[(first + k) % 2] / factorial(k) for k in range(u.prec)], u)


def _tanh(u: arb_series, node: Node) -> arb_series:
    """By the coefficients of the solution of T' = 1 - T^2."""
    start = u[0]
    moderate(start, node)
    found = [start.tanh()]
    for k in range(u.prec - 1):
        if k == 0:
            found.append(ONE - found[0] * found[0])
        elif k == 1:
            found.append(-(found[0] * found[1]))
        else:
            square = sum((found[i] * found[k - i] for i in range(k + 1)), arb(0))
            found.append(-square / (k + 1))
    return _at_inner(found, u)


def _at_inner(outer: list[arb], u: arb_series) -> arb_series:
    """The series with the Taylor coefficients ``outer`` at u's constant term, at u."""
    length = len(outer)
    if length <= 3:
        slope, bend = u[1], u[2]
        if length == 3:
            outer[2] = outer[2] * slope * slope + outer[1] * bend
        if length > 1:
            outer[1] = outer[1] * slope
        return arb_series(outer, length)
    inner = u.coeffs()
    inner[:1] = [arb(0)]
    if all(c.is_zero() for c in inner):
        return arb_series(outer[:1])  # python-flint refuses to compose with the series 0
    return arb_series(outer, length)(arb_series(inner, length))


def _composed(u: arb_series, value: arb, slope: Callable[[], arb_series]) -> arb_series:
    """The function with this value at u's constant term whose derivative at u is ``slope``: by integration."""
    if u.prec == 1:
        return constant_series(value)
    return (slope() * u.derivative()).integral() + constant_series(value)


def _asin(u: arb_series, node: Node) -> arb_series:
    inside(u, node)
    return u.asin()


def _acos(u: arb_series, node: Node) -> arb_series:
    inside(u, node)
    return u.acos()


def _atan(u: arb_series, node: Node) -> arb_series:
    return u.atan()


def _asinh(u: arb_series, node: Node) -> arb_series:
    return _composed(u, u[0].asinh(), lambda: (1 + u * u).rsqrt())


def _acosh(u: arb_series, node: Node) -> arb_series:
    if not u[0] > ONE:
        if u[0] < ONE:
            raise JetRefusal("not_real", f"in {node.text}: the argument is less than 1")
        raise undecided("not_smooth", node, "the argument is 1 or less somewhere")
    return _composed(u, u[0].acosh(), lambda: (u - 1).rsqrt() * (u + 1).rsqrt())


def _atanh(u: arb_series, node: Node) -> arb_series:
    inside(u, node)
    return _composed(u, u[0].atanh(), lambda: 1 / (1 - u) / (1 + u))


def _erf(u: arb_series, node: Node) -> arb_series:
    moderate(u[0], node)
    return _composed(u, u[0].erf(), lambda: (-(u * u)).exp() * constant_series(2 / arb.const_sqrt_pi()))


ELEMENTARY: dict[str, Callable[[arb_series, Node], arb_series]] = {
    "exp": exponential, "log": _log, "sqrt": _sqrt, "sin": _sin, "cos": _cos, "tan": _tan, "asin": _asin,
    "acos": _acos, "atan": _atan, "sinh": _sinh, "cosh": _cosh, "tanh": _tanh, "asinh": _asinh, "acosh": _acosh,
    "atanh": _atanh, "erf": _erf,
}  # fmt: skip
