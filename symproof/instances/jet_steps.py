"""The lines of a program on power series over balls: each operation with the condition under which it is smooth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb, arb_series, fmpq

from symproof.instances.jet_choices import CHOICES, case_distinction, connective, relation
from symproof.instances.jet_conditions import (
    HUGE,
    Step,
    Values,
    away_from_zero,
    constant_series,
    moderate,
    positive,
    undecided,
)  # fmt: skip
from symproof.instances.jet_functions import ELEMENTARY, exponential
from symproof.instances.straight_line import CONNECTIVES, RELATIONS, JetRefusal, Node
from symproof.logic.sort import INT

__all__ = ["step"]


def step(node: Node, nodes: Sequence[Node]) -> Step:
    """The operation of a line of the program ``nodes``; it raises JetRefusal where its condition does not hold."""
    if not node.args:
        return _leaf(node)
    if node.op in RELATIONS:
        return relation(node)
    if node.op in CONNECTIVES:
        return connective(node)
    if node.op == "pow":
        return _power(node, nodes)
    if node.op == "ite":
        return case_distinction(node, nodes)
    if node.op in ELEMENTARY:
        return _function(node)
    return (CHOICES.get(node.op) or _ARITHMETIC[node.op])(node)


_LEAVES: dict[str, Callable[[], Any]] = {
    "pi": lambda: constant_series(arb.pi()),
    "e": lambda: constant_series(arb.const_e()),
    "true": lambda: True,
    "false": lambda: False,
}


def _leaf(node: Node) -> Step:
    if node.rational is not None:
        exact = fmpq(node.rational.numerator, node.rational.denominator)
        return lambda v: constant_series(arb(exact))
    made = _LEAVES.get(node.op, lambda: None)  # the variable gets its value elsewhere
    return lambda v: made()


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
        away_from_zero(v[b][0], node, "the denominator")
        return v[a] / v[b]

    return quotient


def _function(node: Node) -> Step:
    (a,) = node.args
    apply = ELEMENTARY[node.op]
    return lambda v: apply(v[a], node)


_ARITHMETIC: dict[str, Callable[[Node], Step]] = {"add": _add, "sub": _sub, "mul": _mul, "neg": _neg, "div": _div}


# Powers ----------------------------------------------------------------------------------------------------------


def _power(node: Node, nodes: Sequence[Node]) -> Step:
    a, b = node.args
    literal = nodes[b].rational if nodes[b].literal else None
    if literal is not None and literal.denominator == 1:
        whole = int(literal)
        return lambda v: _whole_power(v[a], whole, node)
    if literal is not None:
        exponent = fmpq(literal.numerator, literal.denominator)
        return lambda v: _real_power(v[a], constant_series(arb(exponent)), node, literal > 0)
    if nodes[b].term.sort == INT:

        def locally_constant(v: Values) -> Any:
            moderate(v[b][0], node)
            whole = v[b][0].unique_fmpz()  # an integer-valued function that is smooth here is constant here
            if whole is None:
                raise undecided("not_smooth", node, "the exponent jumps")
            return _whole_power(v[a], int(whole), node)

        return locally_constant
    return lambda v: _real_power(v[a], v[b], node, False)


def _whole_power(u: arb_series, n: int, node: Node) -> arb_series:
    if n == 2:
        return u * u
    if n == 0:
        return constant_series(arb(1))
    if abs(n) > 4 and not _at_most(u[0], n):
        raise JetRefusal("not_evaluable", f"in {node.text}: the power is too large")
    if n < 0:
        away_from_zero(u[0], node, "the base of a negative power")
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
    positive(u[0], node, "not_smooth" if root else "undefined", "the base of a real power")
    return exponential(exponent * u.log(), node)
