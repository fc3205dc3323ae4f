"""Jets: enclosures of h, h', h'', ... at every point of a ball, by power series over balls.

A formula is compiled to a straight-line program whose lines are power series with one more coefficient than the
order. Every line demands an open condition (an argument away from 0, from a branch point, on one side of a knot) that
holds throughout the ball; so h is analytic on a neighbourhood of every point of the ball, on one and the same piece.
"""

from __future__ import annotations

from fractions import Fraction
from math import factorial
from typing import Any

import flint
from flint import arb, arb_series, fmpq

from symproof.instances.jet_conditions import Step, Undecided
from symproof.instances.jet_steps import step
from symproof.instances.piecewise_activation import T
from symproof.instances.straight_line import JetRefusal, Node, straight_line
from symproof.logic.term import Term

__all__ = ["CompiledJet", "JetRefusal", "compile_jet", "jet", "piece_at"]

MAX_ORDER = 64
MAX_PRECISION = 100_000
MAX_RAISED = 8_192
"""The precision is raised up to so many bits where it does not tell, at a point."""
MAX_KEPT = 8


def jet(term: Term, at: arb | fmpq, order: int = 2) -> tuple[arb, ...]:
    """Enclosures of h, h', ..., h^(order) that hold at every point of the ball ``at``; h is ``term`` in ``T``.

    They are returned only if h is defined, real and smooth on a neighbourhood of every point of the ball.

    Raises JetRefusal if that is not so, or cannot be told.
    """
    return compile_jet(term)(at, order)


def compile_jet(term: Term) -> CompiledJet:
    """``term``, ready for jets at many points.

    Raises JetRefusal (``not_evaluable``) if it is too large, or no function of the variable ``T`` alone.
    """
    return CompiledJet(straight_line(term, T))


def piece_at(term: Term, at: arb | fmpq) -> Term:
    """The formula without case distinctions that ``term`` is on a neighbourhood of the ball ``at``.

    Raises JetRefusal like ``jet``.
    """
    return compile_jet(term).piece(at)


class CompiledJet:
    """A formula as a program on power series; calling it gives the jet at a ball."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        self._nodes = nodes
        self._constants = [k for k, n in enumerate(nodes) if n.closed]
        self._moving = [k for k, n in enumerate(nodes) if not n.closed]
        self._steps: list[Step] = [step(n, nodes) for n in nodes]
        self._lines = [(k, self._steps[k]) for k in self._moving if nodes[k].op != "var"]
        self._variable = next((k for k in self._moving if nodes[k].op == "var"), 0)
        self._branches = any(n.op == "ite" for n in nodes)
        self._closed: dict[tuple[int, int], tuple[list[Any], JetRefusal | None]] = {}

    def __call__(self, at: arb | fmpq, order: int = 2) -> tuple[arb, ...]:
        """h, h', ..., h^(order) at every point of ``at``, with the precision of ``flint.ctx``; see ``jet``."""
        series = self._values(at, order)[-1]
        if order == 2:
            half = series[2]
            found = (series[0], series[1], half + half)
        else:
            found = tuple([series[n] * factorial(n) for n in range(order + 1)])
        for value in found:
            if not value.is_finite():
                raise JetRefusal("not_evaluable", "the ball is too wide, or the numbers are too large, for a bound")
        return found

    def piece(self, at: arb | fmpq) -> Term:
        """The formula of the piece on which the ball lies; see ``piece_at``."""
        values = self._values(at, 0)
        made: list[Term] = []
        for k, node in enumerate(self._nodes):
            made.append(_chosen(node, values, k, made))
        return made[-1]

    def _values(self, at: arb | fmpq, order: int) -> list[Any]:
        """The values of all lines; of the branches that are not taken some may be refusals or missing."""
        if type(order) is not int or not 0 <= order <= MAX_ORDER:
            raise ValueError(f"the order is an integer from 0 to {MAX_ORDER}, found {order!r}")
        length, context = order + 1, flint.ctx
        cap = context.cap
        # Power series of python-flint are cut at the shortest of their own lengths and this one.
        context.cap = length
        try:
            values = self._run(at, length)
        except Undecided as refusal:
            values = self._with_more_precision(at, length, refusal)
        finally:
            context.cap = cap
        if values[-1].prec < length:
            raise AssertionError("a power series lost a coefficient")
        return values

    def _with_more_precision(self, at: arb | fmpq, length: int, refusal: Undecided) -> list[Any]:
        """At a point, what the precision does not tell may be told by a higher one."""
        precision = flint.ctx.prec
        exact = not isinstance(at, arb) or at.is_exact()
        while (exact or refusal.constant) and 4 * precision <= MAX_RAISED:
            precision *= 4
            try:
                with flint.ctx.workprec(precision):
                    return self._run(at, length)
            except Undecided as again:
                refusal = again
        raise refusal

    def _run(self, at: arb | fmpq, length: int) -> list[Any]:
        ball = at if isinstance(at, arb) else arb(fmpq(at))
        if not ball.is_finite():
            raise JetRefusal("not_evaluable", "the point is not a finite number")
        closed, refused = self._closed_values(length)
        values = closed.copy()
        if self._moving:
            values[self._variable] = arb_series([ball, 1], length)
        try:
            if refused is not None:
                raise refused
            for k, line in self._lines:
                values[k] = line(values)
        except JetRefusal:
            # Where there are branches a refusal counts only if the line that is refused is needed.
            if not self._branches:
                raise
            self._carefully(values, self._moving)
        if isinstance(values[-1], JetRefusal):
            raise values[-1]
        return values

    def _carefully(self, values: list[Any], lines: list[int]) -> None:
        """Fill in ``values``; a line that is refused, or needs a refused one, gets the refusal as its value."""
        for k in lines:
            node = self._nodes[k]
            if node.op == "var":
                continue
            needed = node.args[:1] if node.op == "ite" else node.args
            refused = next((values[a] for a in needed if isinstance(values[a], JetRefusal)), None)
            if refused is None:
                try:
                    values[k] = self._steps[k](values)
                except JetRefusal as refusal:
                    values[k] = refusal
            else:
                values[k] = refused

    def _closed_values(self, length: int) -> tuple[list[Any], JetRefusal | None]:
        """The values of the lines without the variable (None for the others), and a refusal among them if any.

        They are kept for the precisions that were used last.
        """
        key = (flint.ctx.prec, length)
        found = self._closed.get(key)
        if found is None:
            if key[0] > MAX_PRECISION:
                raise JetRefusal("not_evaluable", f"the precision is above {MAX_PRECISION} bits")
            values: list[Any] = [None] * len(self._nodes)
            self._carefully(values, self._constants)
            if len(self._closed) >= MAX_KEPT:
                self._closed.clear()
            found = values, next((v for v in values if isinstance(v, JetRefusal)), None)
            self._closed[key] = found
        return found


def _chosen(node: Node, values: list[Any], k: int, made: list[Term]) -> Term:
    """The line ``k`` in terms of the smooth formulas ``made`` of the lines before it."""
    args = [made[a] for a in node.args]
    value = values[k]
    if not node.args or isinstance(value, JetRefusal) or not isinstance(value, arb_series):
        return node.term
    if node.op == "ite":
        return args[1] if values[node.args[0]] else args[2]
    if node.op in ("min", "max"):
        return made[next(a for a in node.args if values[a] is value)]
    if node.op == "abs":
        return args[0] if value is values[node.args[0]] else -args[0]
    if node.op in ("sign", "floor", "ceiling"):
        return Term("num", (), Fraction(int(value[0].fmpq().p)), node.term.sort)
    return Term(node.op, tuple(args), node.term.data, node.term.sort)
