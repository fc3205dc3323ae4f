"""Choices on power series over balls: absolute values, integer parts, extrema and case distinctions.

A choice is made only if one and the same piece is active on a neighbourhood of every point of the ball.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flint import arb

from symproof.instances.jet_conditions import ZERO, Step, Values, constant_series, moderate, undecided
from symproof.instances.straight_line import Node

__all__ = ["CHOICES", "case_distinction", "connective", "relation"]


def _abs(node: Node) -> Step:
    (a,) = node.args

    def absolute(v: Values) -> Any:
        return v[a] if _side(v[a][0], node) > 0 else -v[a]

    return absolute


def _sign(node: Node) -> Step:
    (a,) = node.args
    return lambda v: constant_series(arb(_side(v[a][0], node)))


def _side(u: arb, node: Node) -> int:
    if u > ZERO:
        return 1
    if u < ZERO:
        return -1
    raise undecided("not_smooth", node, "the argument is 0 somewhere")


def _floor(node: Node) -> Step:
    (a,) = node.args

    def floor(v: Values) -> Any:
        u = v[a][0]
        moderate(u, node)
        below = u.lower().floor()
        if not (below < u and u < below + 1):
            raise undecided("not_smooth", node, "the argument is an integer somewhere")
        return constant_series(below if node.op == "floor" else below + 1)

    return floor


def _extremum(node: Node) -> Step:
    args = node.args

    def extremum(v: Values) -> Any:
        for a in args:
            u = v[a][0]
            others = [v[b][0] for b in args if v[b] is not v[a]]  # lines that are one series are equal
            if all(u > w for w in others) if node.op == "max" else all(u < w for w in others):
                return v[a]
        raise undecided("not_smooth", node, "two of the numbers are equal somewhere")

    return extremum


def case_distinction(node: Node, nodes: Sequence[Node]) -> Step:
    """The branch that the condition chooses."""
    condition, yes, no = node.args
    constant = nodes[condition].closed

    def choose(v: Values) -> Any:
        truth = v[condition]
        if truth is None:
            raise undecided("not_smooth", node, "the ball meets a point where two pieces meet", constant)
        return v[yes] if truth else v[no]

    return choose


CHOICES: dict[str, Callable[[Node], Step]] = {
    "abs": _abs, "sign": _sign, "floor": _floor, "ceiling": _floor, "min": _extremum, "max": _extremum,
}  # fmt: skip


# Conditions: a truth value only if it holds on a neighbourhood of every point of the ball --------------------------


def relation(node: Node) -> Step:
    """A relation between two numbers: decided where they differ throughout, or are one and the same series."""
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


def connective(node: Node) -> Step:
    """Not, and, or, implies, iff, with three truth values."""
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
