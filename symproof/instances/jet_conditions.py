"""Conditions under which an operation is smooth, each open and checked on a whole ball; a refusal where it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, arb_series

from symproof.instances.straight_line import JetRefusal, Node

__all__ = [
    "HUGE", "ONE", "ZERO", "Step", "Undecided", "Values", "away_from_zero", "constant_series", "inside", "moderate",
    "positive", "undecided",
]  # fmt: skip

Values = list[Any]
"""Of the lines before: an ``arb_series``, or True, False, None (not known) for a proposition."""
Step = Callable[[Values], Any]

HUGE = arb(2) ** 40
"""Arguments of exponential and trigonometric functions beyond this are refused: the work grows with their size."""
LOW = -HUGE
ZERO, ONE = arb(0), arb(1)


class Undecided(JetRefusal):
    """A refusal because the ball is too wide to tell: a smaller ball, or more precision, may have an answer.

    ``constant`` says that no variable occurs in what is to be told.
    """

    def __init__(self, code: str, reason: str, constant: bool = False) -> None:
        super().__init__(code, reason)
        self.constant = constant


def undecided(code: str, node: Node, what: str, constant: bool | None = None) -> Undecided:
    """The refusal because something fails in a line, or is not known to hold."""
    reason = f"in {node.text}: {what}, or not known with this ball and precision"
    return Undecided(code, reason, node.closed if constant is None else constant)


def constant_series(value: Any) -> arb_series:
    """The power series of a constant."""
    return arb_series([value])


def away_from_zero(u: arb, node: Node, what: str) -> None:
    """Refuse unless u > 0 or u < 0 throughout."""
    if not (u > ZERO or u < ZERO):
        if u.is_zero():
            raise JetRefusal("undefined", f"in {node.text}: {what} is 0")
        raise undecided("undefined", node, f"{what} is 0 somewhere")


def positive(u: arb, node: Node, at_zero: str, what: str) -> None:
    """Refuse unless u > 0 throughout, with the code ``at_zero`` where it may be 0."""
    if not u > ZERO:
        if u < ZERO:
            raise JetRefusal("not_real", f"in {node.text}: {what} is negative")
        if u.is_zero():
            raise JetRefusal(at_zero, f"in {node.text}: {what} is 0")
        raise undecided(at_zero, node, f"{what} is 0 or negative somewhere")


def moderate(u: arb, node: Node) -> None:
    """Refuse arguments that are too large."""
    if not (u < HUGE and u > LOW):
        raise JetRefusal("not_evaluable", f"in {node.text}: the argument is too large")


def inside(u: arb_series, node: Node) -> None:
    """Refuse unless -1 < u < 1 throughout."""
    for end in (ONE - u[0], ONE + u[0]):
        if not end > ZERO:
            if end < ZERO:
                raise JetRefusal("not_real", f"in {node.text}: the argument is outside [-1, 1]")
            code = "undefined" if node.op == "atanh" else "not_smooth"
            raise undecided(code, node, "the argument is not inside (-1, 1)")
