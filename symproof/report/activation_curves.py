"""An activation and the risk of small networks as plain floats, for pictures: no verdict rests on these numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import flint
from flint import arb, fmpq

from symproof.instances.piecewise_activation import T
from symproof.kernel.evaluate import EvaluationError, Undefined, compile_term, evaluate
from symproof.logic.parser import parse_expression
from symproof.logic.term import Term

__all__ = ["FloatNetwork", "activation_in_floats", "curvatures", "float_network", "float_of", "on_segment", "risk_of"]

SAMPLES = (((1.0, 0.0), 0.0), ((0.0, 1.0), 0.0), ((0.5, 0.5), 1.0))
"""The three samples: inputs and target."""
_BITS = 64

Activation = Callable[[float], float]


@dataclass(frozen=True)
class FloatNetwork:
    """Parameters of a network with one output in floats.

    Attributes:
        inner: for each unit its weights and, last, its bias.
        outer: the outgoing weights.
        offset: the output bias.
    """

    inner: tuple[tuple[float, ...], ...]
    outer: tuple[float, ...]
    offset: float

    def pre_activations(self, x: Sequence[float]) -> list[float]:
        """What goes into each unit at an input."""
        return [sum(w * c for w, c in zip(unit, (*x, 1.0), strict=True)) for unit in self.inner]

    def output(self, h: Activation, x: Sequence[float]) -> float:
        """The output at an input."""
        return self.offset + sum(u * h(t) for u, t in zip(self.outer, self.pre_activations(x), strict=True))


def activation_in_floats(term: Term) -> Activation:
    """The activation as a function of floats; not a number where it has no value."""
    compiled = compile_term(term)

    def h(t: float) -> float:
        if not math.isfinite(t):
            return math.nan
        numerator, denominator = t.as_integer_ratio()
        try:
            value = compiled({T: fmpq(numerator, denominator)}, _BITS)
        except (Undefined, EvaluationError):
            return math.nan
        return _float(value)

    return h


def float_of(text: str) -> float:
    """The float near a number: a closed expression, a rational, or a ball ``a +/- r``."""
    middle = text.partition(" +/- ")[0]
    return _float(evaluate(parse_expression(middle, {}, "number"), {}, _BITS))


def float_network(parameters: Mapping[str, Any]) -> FloatNetwork:
    """The network with the parameters ``W1``, ``b1``, ``W2``, ``b2`` of an instance's result, which has one output."""
    rows = [[float_of(str(w)) for w in row] for row in parameters["W1"]]
    biases = [float_of(str(b)) for b in parameters["b1"]]
    outer, offset = parameters["W2"], parameters["b2"]
    if isinstance(outer[0], list | tuple):
        outer, offset = outer[0], offset[0]
    inner = tuple((*row, bias) for row, bias in zip(rows, biases, strict=True))
    return FloatNetwork(inner, tuple(float_of(str(u)) for u in outer), float_of(str(offset)))


def on_segment(start: FloatNetwork, end: FloatNetwork, t: float) -> FloatNetwork:
    """The point (1 - t) start + t end."""

    def mix(a: float, b: float) -> float:
        return (1 - t) * a + t * b

    inner = tuple(tuple(map(mix, a, b)) for a, b in zip(start.inner, end.inner, strict=True))
    return FloatNetwork(inner, tuple(map(mix, start.outer, end.outer)), mix(start.offset, end.offset))


def risk_of(network: FloatNetwork, h: Activation) -> float:
    """Half the sum of the squared errors on the three samples."""
    errors = [network.output(h, x) - y for x, y in SAMPLES]
    return sum(error * error for error in errors) / 2


def curvatures(network: FloatNetwork, h: Activation) -> tuple[float, float]:
    """E and O: the mean output at the first two samples minus that at the third, and half the difference of the two."""
    first, second, third = (network.output(h, x) for x, _ in SAMPLES)
    return (first + second) / 2 - third, (first - second) / 2


def _float(value: Any) -> float:
    if not isinstance(value, fmpq | arb):
        return math.nan
    with flint.ctx.workprec(_BITS):
        return float(arb(value).mid())
