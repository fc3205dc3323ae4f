"""Losses rho(f, y): named ones and expressions, their derivatives, and whether they are convex in f."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.rational import format_rational
from symproof.kernel.differentiate import differentiate
from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined, compile_term
from symproof.logic.parser import parse_expression
from symproof.logic.syntax import real
from symproof.tactics.prove import prove_claim

__all__ = ["LOSSES", "Convexity", "Loss", "at", "decide_convexity", "parse_loss"]

LOSSES = {
    "squared": "(f - y)**2/2",
    "quartic": "(f - y)**4",
    "log_cosh": "log(cosh(f - y))",
    "logistic": "log(1 + exp(-y*f))",
}
"""The named losses, in the output f and the target y; logistic is the margin loss for targets 1 and -1."""

MOST_TARGETS = 8
"""With more different targets convexity is tried for all targets at once only."""
SECONDS = 5.0
MAX_LENGTH = 400

F, Y = real("f y")


@dataclass(frozen=True)
class Loss:
    """A loss as a term in f and y, with its first two derivatives in f (valid where ``Convexity`` says so)."""

    text: str
    expression: str
    value: Compiled
    first: Compiled
    second: Compiled


@dataclass(frozen=True)
class Convexity:
    """What was derived about f -> rho(f, y_i): ``smooth`` means twice differentiable at every real f.

    ``holds`` is True (proved), False (the second derivative is negative at ``witness``) or None.
    """

    holds: bool | None
    smooth: bool
    reason: str
    witness: dict[str, str] | None = None


def parse_loss(text: str, where: str = "loss") -> Loss:
    """Read the name of a loss or an expression in f and y. Raises InputError for what the grammar does not know."""
    stripped = text.strip()
    if len(stripped) > MAX_LENGTH:
        raise InputError("the loss is too long", where, f"at most {MAX_LENGTH} characters", str(len(stripped)))
    expression = LOSSES.get(stripped, stripped)
    try:
        term = parse_expression(expression, {"f": F, "y": Y}, where)
    except InputError as error:
        names = ", ".join(sorted(LOSSES))
        raise InputError("not a loss", where, f"one of {names}, or an expression in f and y", str(error)) from error
    if not term.sort.is_number:
        raise InputError("not a loss", where, "an expression with a number as its value", excerpt(stripped))
    first, _ = differentiate(term, F)
    second, _ = differentiate(first, F)
    return Loss(stripped, expression, *map(compile_term, (term, first, second)))


def decide_convexity(loss: Loss, targets: Sequence[fmpq]) -> Convexity:
    """Whether f -> rho(f, y) is convex and twice differentiable on all reals, for every target y.

    The prover derives that the second derivative is defined and nonnegative at every f; by the mean value theorem the
    function is convex then.
    """
    claim = f"diff(diff({loss.expression}, f), f) >= 0"
    sorts = {"f": "real", "y": "real"}
    found = prove_claim(sorts, [], claim, SECONDS)
    if found.status == "proved":
        return Convexity(True, True, f"the second derivative is nonnegative for all f and y ({found.rule})")
    different = sorted(set(targets))
    if len(different) > MOST_TARGETS:
        return Convexity(None, False, f"not derived for all targets: {found.message}")
    for target in different:
        found = prove_claim(sorts, [f"y == {format_rational(target)}"], claim, SECONDS)
        if found.status == "refuted" and found.counterexample is not None:
            where = ", ".join(f"{name} = {value}" for name, value in found.counterexample.items())
            witness = dict(found.counterexample)
            return Convexity(False, False, f"the second derivative is negative at {where}", witness)
        if found.status != "proved":
            return Convexity(None, False, f"not derived for y = {format_rational(target)}: {found.message}")
    return Convexity(True, True, "the second derivative is nonnegative for all f and every target")


def at(compiled: Compiled, f: fmpq | arb, y: fmpq, precision: int) -> arb | None:
    """The value at a point as a ball; None if it is not known to be defined there, or not within the precision."""
    try:
        value = compiled({F: f, Y: y}, precision)
    except (Undefined, EvaluationError):
        return None
    if value is None:
        return None
    with flint.ctx.workprec(precision):
        ball = arb(value)
    return ball if ball.is_finite() else None
