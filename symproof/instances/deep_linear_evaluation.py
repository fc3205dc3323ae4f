"""The proof of ``deep_linear.critical_points`` on the numbers of a small instance."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flint import fmpq

from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.deep_linear_network import DeepLinearNetwork, bits
from symproof.instances.deep_linear_point import DeepLinearPoint
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.value_family import table
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_deep_linear", "is_small"]

THEOREM = "deep_linear.critical_points"
MOST_PARAMETERS = 60
MOST_LAYERS = 6
MOST_SAMPLES = 50
MOST_BITS = 50_000
"""Of the largest entries of all matrices together."""


def is_small(point: DeepLinearPoint) -> bool:
    """Whether the steps are evaluated; the products inside them are computed entry by entry."""
    network = point.network
    small = sum(len(w.entries()) for w in network.weights) <= MOST_PARAMETERS
    few = len(network.weights) <= MOST_LAYERS and network.inputs.ncols() <= MOST_SAMPLES
    return small and few and sum(map(bits, (network.inputs, network.targets, *network.weights))) <= MOST_BITS


def evaluate_deep_linear(point: DeepLinearPoint, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """The steps of the proof on the numbers; () for networks that are not small.

    Many of them are about all weights nearby: these stay general. Raises InstanceContradictionError if one is false.
    """
    if not is_small(point):
        return ()
    return evaluate_steps(THEOREM, results, _values(point.network), _constructions(point))


def _values(network: DeepLinearNetwork) -> dict[str, Value]:
    sizes, count = network.sizes, len(network.weights)
    layers = [table(w.tolist()) for w in network.weights]
    return {
        "L": fmpq(count),
        "d": lambda j: fmpq(sizes[j]) if 0 <= j <= count else fmpq(0),
        "W": lambda j, a, b: layers[j - 1](a, b) if 1 <= j <= count else fmpq(0),
        "F": _squared_loss(network),
        "G": table(network.product_gradient.tolist()),
    }


def _squared_loss(network: DeepLinearNetwork) -> Callable[[Any], Any]:
    """The loss as a function of a table of any numbers."""
    inputs, targets = network.inputs.tolist(), network.targets.tolist()
    samples = range(network.inputs.ncols())

    def loss(product: Any) -> Any:
        total = fmpq(0)
        for a, row in enumerate(targets, 1):
            factors = [product(a, b) for b in range(1, len(inputs) + 1)]
            for i in samples:
                output = sum((f * x[i] for f, x in zip(factors, inputs, strict=True)), fmpq(0))
                total = total + (output - row[i]) ** 2
        return total / 2

    return loss


def _constructions(point: DeepLinearPoint) -> Constructions:
    """A layer with full ranks around it, if there is one, with its inverses."""
    network = point.network
    dy, dx = network.sizes[-1], network.sizes[0]
    found: list[tuple[Value, ...]] = []
    for j in range(1, len(network.weights) + 1):
        after, before = network.suffixes[j], network.prefixes[j - 1]
        if after.rank() == dy and before.rank() == dx:
            right = after.transpose() * (after * after.transpose()).inv()
            left = (before.transpose() * before).inv() * before.transpose()
            found.append((fmpq(j), table(right.tolist()), table(left.tolist())))
    if not found:
        return Constructions()
    samples: Callable[[Named], list[tuple[Value, ...]]] = lambda _named: found[:1]  # noqa: E731
    return Constructions(taken={("", "j T P"): samples})
