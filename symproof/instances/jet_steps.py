"""The lines of a program on power series over balls: each operation with the condition under which it is smooth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import factorial
from typing import Any

from flint import arb, arb_series, fmpq

from symproof.instances.straight_line import CONNECTIVES, RELATIONS, JetRefusal, Node
from symproof.logic.sort import INT

__all__ = ["Step", "Undecided", "step"]

Values = list[Any]
"""Of the lines before: an ``arb_series``, or True, False, None (not known) for a proposition."""
Step = Callable[[Values], Any]

HUGE = arb(2) ** 40
LOW = -HUGE
ZERO, ONE = arb(0), arb(1)
"""Arguments of exponential and trigonometric functions beyond this are refused: the work grows with their size."""


class Undecided(JetRefusal):
    """A refusal because the ball is too wide to tell: a smaller ball, or more precision, may have an answer.

    ``constant`` says that no variable occurs in what is to be told.
    """

    def __init__(self, code: str, reason: str, constant: bool = False) -> None:
        super().__init__(code, reason)
        self.constant = constant


def step(node: Node, nodes: Sequence[Node]) -> Step:
    """The operation of a line of the program ``nodes``; it raises JetRefusal where its condition does not hold."""
    if not node.args:
        return _leaf(node)
    if node.op in RELATIONS:
        return _relation(node)
    if node.op in CONNECTIVES:
        return _connective(node)
    if node.op == "pow":
        return _power(node, nodes)
    if node.op == "ite":
        return _ite(node, nodes)
    if node.op in _FUNCTIONS:
        return _function(node)
    return _OPERATIONS[node.op](node)


def _constant(value: Any) -> arb_series:
    return arb_series([value])


_LEAVES: dict[str, Callable[[], Any]] = {
    "pi": lambda: _constant(arb.pi()),
    "e": lambda: _constant(arb.const_e()),
    "true": lambda: True,
    "false": lambda: False,
}


def _leaf(node: Node) -> Step:
    if node.rational is not None:
        exact = fmpq(node.rational.numerator, node.rational.denominator)
        return lambda v: _constant(arb(exact))
    made = _LEAVES.get(node.op, lambda: None)  # the variable gets its value elsewhere
    return lambda v: made()


def _undecided(code: str, node: Node, what: str, constant: bool | None = None) -> Undecided:
    reason = f"in {node.text}: {what}, or not known with this ball and precision"
    return Undecided(code, reason, node.closed if constant is None else constant)


# Arithmetic ------------------------------------------------------------------------------------------------------


def _add(node: Node) -> Step:
    a, b = node.args
    return lambda v: v[a] + v[b]


def _sub(node: Node) -> Step:
    a, b = node.args
    return lambda v: v[a] - v[b]


def _mul(node: Node) -> Step:
    a, b = node.args
    return lambda v: v[a] * v[b]


def _neg(node: Node) -> Step:
    (a,) = node.args
    return lambda v: -v[a]


def _div(node: Node) -> Step:
    a, b = node.args

    def quotient(v: Values) -> Any:
        _away_from_zero(v[b][0], node, "the denominator")
        return v[a] / v[b]

    return quotient


def _away_from_zero(u: arb, node: Node, what: str) -> None:
    if not (u > ZERO or u < ZERO):
        if u.is_zero():
            raise JetRefusal("undefined", f"in {node.text}: {what} is 0")
        raise _undecided("undefined", node, f"{what} is 0 somewhere")


def _power(node: Node, nodes: Sequence[Node]) -> Step:
    a, b = node.args
    literal = nodes[b].rational if nodes[b].literal else None
    if literal is not None and literal.denominator == 1:
        whole = int(literal)
        return lambda v: _whole_power(v[a], whole, node)
    if literal is not None:
        exponent = fmpq(literal.numerator, literal.denominator)
        return lambda v: _real_power(v[a], _constant(arb(exponent)), node, literal > 0)
    if nodes[b].term.sort == INT:

        def locally_constant(v: Values) -> Any:
            _moderate(v[b][0], node)
            whole = v[b][0].unique_fmpz()  # an integer-valued function that is smooth here is constant here
            if whole is None:
                raise _undecided("not_smooth", node, "the exponent jumps")
            return _whole_power(v[a], int(whole), node)

        return locally_constant
    return lambda v: _real_power(v[a], v[b], node, False)


def _whole_power(u: arb_series, n: int, node: Node) -> arb_series:
    if n == 2:
        return u * u
    if n == 0:
        return _constant(arb(1))
    if abs(n) > 4 and not _at_most(u[0], n):
        raise JetRefusal("not_evaluable", f"in {node.text}: the power is too large")
    if n < 0:
        _away_from_zero(u[0], node, "the base of a negative power")
        return _product(1 / u, -n)
    return _product(u, n)


def _at_most(u: arb, n: int) -> bool:
    """Whether |u|^n has an exponent of moderate size."""
    size = arb(u.abs_upper())
    return bool(size.is_zero() or (abs(size.log() * n) < HUGE and abs(arb(1).max(size).log() * n) < HUGE))


def _product(u: arb_series, n: int) -> arb_series:
    while n % 2 == 0:
        u, n = u * u, n // 2
    power, n = u, n // 2
    while n:
        u = u * u
        if n % 2:
            power = power * u
        n //= 2
    return power


def _real_power(u: arb_series, exponent: arb_series, node: Node, root: bool) -> arb_series:
    _positive(u[0], node, "not_smooth" if root else "undefined", "the base of a real power")
    return _exponential(exponent * u.log(), node)


def _positive(u: arb, node: Node, at_zero: str, what: str) -> None:
    if not u > ZERO:
        if u < ZERO:
            raise JetRefusal("not_real", f"in {node.text}: {what} is negative")
        if u.is_zero():
            raise JetRefusal(at_zero, f"in {node.text}: {what} is 0")
        raise _undecided(at_zero, node, f"{what} is 0 or negative somewhere")


# Functions -------------------------------------------------------------------------------------------------------


def _function(node: Node) -> Step:
    (a,) = node.args
    apply = _FUNCTIONS[node.op]
    return lambda v: apply(v[a], node)


def _moderate(u: arb, node: Node) -> None:
    if not (u < HUGE and u > LOW):
        raise JetRefusal("not_evaluable", f"in {node.text}: the argument is too large")


def _exponential(u: arb_series, node: Node) -> arb_series:
    _moderate(u[0], node)
    return u.exp()


def _log(u: arb_series, node: Node) -> arb_series:
    _positive(u[0], node, "undefined", "the argument")
    return u.log()


def _sqrt(u: arb_series, node: Node) -> arb_series:
    _positive(u[0], node, "not_smooth", "the argument")
    return u.sqrt()


def _sin(u: arb_series, node: Node) -> arb_series:
    _moderate(u[0], node)
    return u.sin()


def _cos(u: arb_series, node: Node) -> arb_series:
    _moderate(u[0], node)
    return u.cos()


def _tan(u: arb_series, node: Node) -> arb_series:
    _moderate(u[0], node)
    _away_from_zero(u[0].cos(), node, "the cosine")
    return u.tan()


def _sinh(u: arb_series, node: Node) -> arb_series:
    return _hyperbolic(u, node, 0)


def _cosh(u: arb_series, node: Node) -> arb_series:
    return _hyperbolic(u, node, 1)


def _hyperbolic(u: arb_series, node: Node, first: int) -> arb_series:
    """The hyperbolic sine (0) or cosine (1), by the Taylor coefficients, which are the two in turn over factorials."""
    start = u[0]
    _moderate(start, node)
    both = start.sinh_cosh()
    return _at_inner([both[(first + k) % 2] / factorial(k) for k in range(u.prec)], u)


def _tanh(u: arb_series, node: Node) -> arb_series:
    """By the coefficients of the solution of T' = 1 - T^2."""
    start = u[0]
    _moderate(start, node)
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
        if length > ONE:
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
        return _constant(value)
    return (slope() * u.derivative()).integral() + _constant(value)


def _inside(u: arb_series, node: Node) -> None:
    """-1 < u < 1."""
    for end in (ONE - u[0], ONE + u[0]):
        if not end > ZERO:
            if end < ZERO:
                raise JetRefusal("not_real", f"in {node.text}: the argument is outside [-1, 1]")
            code = "undefined" if node.op == "atanh" else "not_smooth"
            raise _undecided(code, node, "the argument is not inside (-1, 1)")


def _asin(u: arb_series, node: Node) -> arb_series:
    _inside(u, node)
    return u.asin()


def _acos(u: arb_series, node: Node) -> arb_series:
    _inside(u, node)
    return u.acos()


def _atan(u: arb_series, node: Node) -> arb_series:
    return u.atan()


def _asinh(u: arb_series, node: Node) -> arb_series:
    return _composed(u, u[0].asinh(), lambda: (1 + u * u).rsqrt())


def _acosh(u: arb_series, node: Node) -> arb_series:
    if not u[0] > ONE:
        if u[0] < ONE:
            raise JetRefusal("not_real", f"in {node.text}: the argument is less than 1")
        raise _undecided("not_smooth", node, "the argument is 1 or less somewhere")
    return _composed(u, u[0].acosh(), lambda: (u - 1).rsqrt() * (u + 1).rsqrt())


def _atanh(u: arb_series, node: Node) -> arb_series:
    _inside(u, node)
    return _composed(u, u[0].atanh(), lambda: 1 / (1 - u) / (1 + u))


def _erf(u: arb_series, node: Node) -> arb_series:
    _moderate(u[0], node)
    return _composed(u, u[0].erf(), lambda: (-(u * u)).exp() * _constant(2 / arb.const_sqrt_pi()))


_FUNCTIONS: dict[str, Callable[[arb_series, Node], arb_series]] = {
    "exp": _exponential, "log": _log, "sqrt": _sqrt, "sin": _sin, "cos": _cos, "tan": _tan, "asin": _asin,
    "acos": _acos, "atan": _atan, "sinh": _sinh, "cosh": _cosh, "tanh": _tanh, "asinh": _asinh, "acosh": _acosh,
    "atanh": _atanh, "erf": _erf,
}  # fmt: skip


# Choices ---------------------------------------------------------------------------------------------------------


def _abs(node: Node) -> Step:
    (a,) = node.args

    def absolute(v: Values) -> Any:
        return v[a] if _side(v[a][0], node) > 0 else -v[a]

    return absolute


def _sign(node: Node) -> Step:
    (a,) = node.args
    return lambda v: _constant(arb(_side(v[a][0], node)))


def _side(u: arb, node: Node) -> int:
    if u > ZERO:
        return 1
    if u < ZERO:
        return -1
    raise _undecided("not_smooth", node, "the argument is 0 somewhere")


def _floor(node: Node) -> Step:
    (a,) = node.args

    def floor(v: Values) -> Any:
        u = v[a][0]
        _moderate(u, node)
        below = u.lower().floor()
        if not (below < u and u < below + 1):
            raise _undecided("not_smooth", node, "the argument is an integer somewhere")
        return _constant(below if node.op == "floor" else below + 1)

    return floor


def _extremum(node: Node) -> Step:
    args = node.args

    def extremum(v: Values) -> Any:
        for a in args:
            u = v[a][0]
            others = [v[b][0] for b in args if v[b] is not v[a]]  # lines that are one series are equal
            if all(u > w for w in others) if node.op == "max" else all(u < w for w in others):
                return v[a]
        raise _undecided("not_smooth", node, "two of the numbers are equal somewhere")

    return extremum


def _ite(node: Node, nodes: Sequence[Node]) -> Step:
    condition, yes, no = node.args
    constant = nodes[condition].closed

    def choose(v: Values) -> Any:
        truth = v[condition]
        if truth is None:
            raise _undecided("not_smooth", node, "the ball meets a point where two pieces meet", constant)
        return v[yes] if truth else v[no]

    return choose


_OPERATIONS: dict[str, Callable[[Node], Step]] = {
    "add": _add, "sub": _sub, "mul": _mul, "neg": _neg, "div": _div, "abs": _abs, "sign": _sign, "floor": _floor,
    "ceiling": _floor, "min": _extremum, "max": _extremum,
}  # fmt: skip


# Conditions: a truth value only if it holds on a neighbourhood of every point of the ball --------------------------


def _relation(node: Node) -> Step:
    a, b = node.args
    same = node.op in ("eq", "le", "ge")
    less, greater = {"lt": (True, False), "le": (True, False), "gt": (False, True), "ge": (False, True),
                     "eq": (False, False), "ne": (True, True)}[node.op]  # fmt: skip

    def related(v: Values) -> bool | None:
        if v[a] is v[b]:
            return same
        x, y = v[a][0], v[b][0]
        return less if x < y else greater if x > y else None

    return related


def _connective(node: Node) -> Step:
    args = node.args
    if node.op == "not":
        return lambda v: None if v[args[0]] is None else not v[args[0]]
    if node.op == "iff":
        return lambda v: None if v[args[0]] is None or v[args[1]] is None else v[args[0]] is v[args[1]]
    stop = node.op != "and"

    def junction(v: Values) -> bool | None:
        parts = [v[a] for a in args]
        if node.op == "implies" and parts[0] is not None:
            parts[0] = not parts[0]
        return stop if any(p is stop for p in parts) else None if None in parts else not stop

    return junction
