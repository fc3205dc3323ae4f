"""Two sets of parameters of a sigmoid network on three samples, and their risks: exactly, and once more in balls.

Samples (-1, 0), (0, 1), (1, 0). All pre-activations at both points are whole multiples of ln 3, at which the sigmoid
is rational: sigmoid(k ln 3) = 3^k / (3^k + 1). So the network is evaluated with exact rationals; ball arithmetic, with
the sigmoid computed by its formula, has to agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import flint
from flint import arb, fmpq

from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.mismatch import InstanceMismatchError

__all__ = ["INPUTS", "TARGETS", "SigmoidInstance", "SigmoidPoint", "build_sigmoid_instance"]

INPUTS = (-1, 0, 1)
TARGETS = (0, 1, 0)
PRECISION = 256
RADIUS = fmpq(1)
"""min(1, ln 3): no parameters closer than this to the minimum have a smaller risk."""


@dataclass(frozen=True)
class SigmoidPoint:
    """Parameters of a network, and its risk.

    Attributes:
        weights: the incoming weight of each unit, as multiples of ln 3.
        biases: the bias of each unit, as multiples of ln 3.
        outgoing: the outgoing weights.
        constant: the constant added to the output.
        outputs: the network at the three inputs, exact.
        risk: half the sum of the squared errors, exact.
        risk_ball: a ball that holds it, from an evaluation in ball arithmetic alone.
    """

    weights: tuple[int, ...]
    biases: tuple[int, ...]
    outgoing: tuple[fmpq, ...]
    constant: fmpq
    outputs: tuple[fmpq, ...]
    risk: fmpq
    risk_ball: arb


@dataclass(frozen=True)
class SigmoidInstance:
    """The spurious local minimum of a network of sigmoid units.

    Attributes:
        units: the number n of units.
        hypotheses: decided.
        minimum: the local minimum; None unless every hypothesis holds.
        better: parameters with a smaller risk; None unless every hypothesis holds.
    """

    units: int
    hypotheses: tuple[DecidedHypothesis, ...]
    minimum: SigmoidPoint | None
    better: SigmoidPoint | None


def build_sigmoid_instance(units: int) -> SigmoidInstance:
    """Decide the hypothesis, build both points and evaluate the network at them.

    Args:
        units: the number of sigmoid units, at least 1.

    Raises:
        InstanceMismatchError: the risks are not the ones that the theorem says, or ball arithmetic disagrees.
    """
    enough = units >= 2
    reason = f"{units} >= 2" if enough else f"the better point needs two units, and there is {units}"
    width = DecidedHypothesis("width", "n >= 2 sigmoid units", enough, reason, None if enough else {"n": units})
    if not enough:
        return SigmoidInstance(units, (width,), None, None)
    idle = [0] * (units - 2)
    start = fmpq(1, 3) - fmpq(units, 4)
    minimum = _point([0] * units, [-1] * units, [fmpq(1)] * units, start)
    better = _point([1, -1, *idle], [-1] * units, [fmpq(-10), fmpq(-10), *map(fmpq, idle)], fmpq(6))
    with flint.ctx.workprec(PRECISION):
        if not arb(3).log() > 1:
            raise InstanceMismatchError("ball arithmetic does not find ln 3 > 1, so the radius is not 1")
    if (minimum.risk, better.risk) != (fmpq(1, 3), fmpq(0)):
        raise InstanceMismatchError(f"the risks are {minimum.risk} and {better.risk}, not 1/3 and 0")
    return SigmoidInstance(units, (width,), minimum, better)


def _point(weights: Sequence[int], biases: Sequence[int], outgoing: Sequence[fmpq], constant: fmpq) -> SigmoidPoint:
    """A point with the network at the samples and the risk. Raises InstanceMismatchError if the balls disagree."""
    units = list(zip(weights, biases, outgoing, strict=True))
    outputs = [sum((u * _sigmoid(w * x + b) for w, b, u in units), constant) for x in INPUTS]
    risk = sum(((f - y) ** 2 for f, y in zip(outputs, TARGETS, strict=True)), fmpq(0)) / 2
    with flint.ctx.workprec(PRECISION):
        scale = arb(3).log()
        balls = [sum((arb(u) / (1 + (-(w * x + b) * scale).exp()) for w, b, u in units), arb(constant)) for x in INPUTS]
        ball = sum(((f - y) * (f - y) for f, y in zip(balls, TARGETS, strict=True)), arb(0)) / 2
        if not (ball.rad() < arb(2) ** (-PRECISION // 2) and ball.contains(risk)):
            raise InstanceMismatchError(f"the exact risk {risk} is not in a small ball, {ball}")
    return SigmoidPoint(tuple(weights), tuple(biases), tuple(outgoing), constant, tuple(outputs), risk, ball)


def _sigmoid(multiple: int) -> fmpq:
    """The sigmoid at a multiple of ln 3."""
    power = fmpq(3) ** multiple
    return power / (power + 1)
