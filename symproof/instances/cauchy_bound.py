"""A bound on all derivatives at a point: Cauchy's estimate, with the maximum on a disc by complex balls.

If h is holomorphic on the closed disc |z - v| <= r and |h| <= K there, then |h^(n)(v)| <= n! K / r^n. With
C = max(1, K)/r this is at most C^n n! for every n >= 1: if K <= 1 then K <= 1 = (r C)^n, and if K > 1 then
K <= K^n = (r C)^n. Source: Cauchy's estimate; the constant is derived here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flint import acb, arb, fmpq

from symproof.instances.activation_jet import piece_at
from symproof.instances.jet_conditions import HUGE
from symproof.instances.piecewise_activation import T
from symproof.instances.straight_line import JetRefusal, Node, straight_line
from symproof.logic.sort import INT
from symproof.logic.term import Term

__all__ = ["cauchy_constant"]

FIRST_LEVEL = 3
LAST_LEVEL = 9
MAX_BOXES = 4_000

Box = tuple[int, int, int]
"""(level, a, b): the square [a, a + 1] x [b, b + 1] in the grid of 2^level squares a side around the disc."""


def cauchy_constant(term: Term, centre: fmpq | arb, radius: fmpq) -> arb:
    """A number C with |h^(n)(v)| <= C^n n! for every n >= 1 and every point v of ``centre``; h is ``term`` in ``T``.

    h around v is continued to the discs of ``radius`` around all v; that it is holomorphic there is certified by
    covering them with boxes on which every part of the formula stays away from its poles and branch cuts.

    Raises JetRefusal if that cannot be certified, ValueError if the radius is not positive.
    """
    if not radius > 0:
        raise ValueError(f"the radius is positive, found {radius}")
    ball = centre if isinstance(centre, arb) else arb(fmpq(centre))
    program = _Program(straight_line(piece_at(term, ball), T))
    reach = arb((arb(radius) + ball.rad()).upper())
    largest = _largest(program, arb(ball.mid()), reach)
    return arb((arb(1).max(largest) / arb(radius)).upper())


def _largest(program: _Program, middle: arb, reach: arb) -> arb:
    """An upper bound of the modulus on the disc of radius ``reach`` around ``middle``."""
    side = 2**FIRST_LEVEL
    waiting: list[Box] = [(FIRST_LEVEL, a, b) for a in range(side) for b in range(side)]
    largest, seen = arb(0), 0
    while waiting:
        box = waiting.pop()
        if not _meets_disc(box):
            continue
        seen += 1
        try:
            bound = program.bound(_square(box, middle, reach))
        except JetRefusal as refusal:
            if box[0] == LAST_LEVEL or seen > MAX_BOXES:
                raise JetRefusal(refusal.code, f"no bound on a disc of radius {float(reach):.3g}: {refusal}") from None
            level, a, b = box
            waiting += [(level + 1, 2 * a + i, 2 * b + j) for i in (0, 1) for j in (0, 1)]
            continue
        largest = arb(largest.max(bound).upper())
    return largest


def _meets_disc(box: Box) -> bool:
    """Whether a square meets the closed disc that touches the sides of the grid; exactly."""
    level, *corner = box
    half = 2 ** (level - 1)
    distances = (max(0, c - half, half - c - 1) for c in corner)
    return sum(d * d for d in distances) <= half * half


def _square(box: Box, middle: arb, reach: arb) -> acb:
    level, a, b = box
    half = 2 ** (level - 1)
    re, im = ((reach * fmpq(c - half, half)).union(reach * fmpq(c + 1 - half, half)) for c in (a, b))
    return acb(middle + re, im)


class _Program:
    """A formula without case distinctions on boxes of complex numbers."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self._nodes = nodes

    def bound(self, z: acb) -> arb:
        """An upper bound of the modulus on the box ``z``; JetRefusal if it is not certified to be holomorphic there."""
        values: list[acb] = []
        for node in self._nodes:
            values.append(_value(node, [values[a] for a in node.args], z, self._nodes))
        found = values[-1].abs_upper()
        if not values[-1].is_finite():
            raise JetRefusal("not_evaluable", "the numbers are too large for a bound")
        return arb(found)


def _value(node: Node, args: list[acb], z: acb, nodes: Sequence[Node]) -> acb:
    if node.op == "var":
        return z
    if node.rational is not None:
        return acb(arb(fmpq(node.rational.numerator, node.rational.denominator)))
    if node.op == "pow":
        return _power(node, args, nodes)
    operation = _OPERATIONS.get(node.op)
    if operation is None:
        raise JetRefusal("not_evaluable", f"{node.op} has no continuation to complex numbers")
    return operation(node, *args)


def _cut(node: Node, what: str) -> JetRefusal:
    return JetRefusal("not_smooth", f"in {node.text}: {what} is not known to stay away from the branch cut")


def _nonzero(u: acb, node: Node) -> acb:
    if not (u.is_finite() and u.abs_lower() > 0):
        raise JetRefusal("undefined", f"in {node.text}: a pole inside, or not known to be outside")
    return u


def _moderate(u: acb, node: Node) -> acb:
    if not abs(u) < HUGE:
        raise JetRefusal("not_evaluable", f"in {node.text}: the argument is too large")
    return u


def _off_negative(u: acb, node: Node, what: str = "the argument") -> acb:
    """u, away from the half line (-oo, 0]."""
    if not (u.is_finite() and (u.real > 0 or u.imag > 0 or u.imag < 0)):
        raise _cut(node, what)
    return u


def _off_ends(u: acb, node: Node) -> acb:
    """u, away from (-oo, -1] and [1, oo)."""
    if not (u.is_finite() and (abs(u.real) < 1 or u.imag > 0 or u.imag < 0)):
        raise _cut(node, "the argument")
    return u


def _off_vertical_ends(u: acb, node: Node) -> acb:
    """u, away from i (-oo, -1] and i [1, oo)."""
    if not (u.is_finite() and (abs(u.imag) < 1 or u.real > 0 or u.real < 0)):
        raise _cut(node, "the argument")
    return u


def _power(node: Node, args: list[acb], nodes: Sequence[Node]) -> acb:
    base, exponent = args
    literal = nodes[node.args[1]].rational if nodes[node.args[1]].literal else None
    if literal is not None and literal.denominator == 1:
        return _whole_power(base, int(literal), node)
    if nodes[node.args[1]].term.sort == INT:
        raise JetRefusal("not_evaluable", f"in {node.text}: the exponent is no literal number")
    return _moderate(exponent * _off_negative(base, node, "the base").log(), node).exp()


def _whole_power(base: acb, n: int, node: Node) -> acb:
    size = abs(_moderate(base, node)).upper()
    if n < 0:
        return 1 / _nonzero(_whole_power(base, -n, node), node)
    if n > 4 and size > 1 and not arb(size).log() * n < HUGE:
        raise JetRefusal("not_evaluable", f"in {node.text}: the power is too large")
    power = acb(1)
    while n:
        if n % 2:
            power = power * base
        base, n = base * base, n // 2
    return power


def _acosh(node: Node, u: acb) -> acb:
    if not (u.is_finite() and (u.real > 1 or u.imag > 0 or u.imag < 0)):
        raise _cut(node, "the argument")
    return u.acosh()


_OPERATIONS: dict[str, Callable[..., acb]] = {
    "pi": lambda node: acb(arb.pi()),
    "e": lambda node: acb(arb.const_e()),
    "add": lambda node, a, b: a + b,
    "sub": lambda node, a, b: a - b,
    "mul": lambda node, a, b: a * b,
    "neg": lambda node, a: -a,
    "div": lambda node, a, b: a / _nonzero(b, node),
    "exp": lambda node, u: _moderate(u, node).exp(),
    "log": lambda node, u: _off_negative(u, node).log(),
    "sqrt": lambda node, u: _off_negative(u, node).sqrt(),
    "sin": lambda node, u: _moderate(u, node).sin(),
    "cos": lambda node, u: _moderate(u, node).cos(),
    "sinh": lambda node, u: _moderate(u, node).sinh(),
    "cosh": lambda node, u: _moderate(u, node).cosh(),
    "tan": lambda node, u: u.sin() / _nonzero(_moderate(u, node).cos(), node),
    "tanh": lambda node, u: u.sinh() / _nonzero(_moderate(u, node).cosh(), node),
    "asin": lambda node, u: _off_ends(u, node).asin(),
    "acos": lambda node, u: _off_ends(u, node).acos(),
    "atanh": lambda node, u: _off_ends(u, node).atanh(),
    "atan": lambda node, u: _off_vertical_ends(u, node).atan(),
    "asinh": lambda node, u: _off_vertical_ends(u, node).asinh(),
    "acosh": _acosh,
    "erf": lambda node, u: _moderate(u, node).erf(),
}
