"""The proof of ``relu_like.spurious_minimum`` on the numbers of an instance: values, constructions, samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flint import fmpq

from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.spurious_minimum import SpuriousMinimum
from symproof.instances.step_evaluation import Constructions, EvaluatedStep, evaluate_steps
from symproof.kernel.check import CheckResult

__all__ = ["evaluate_relu_like", "relu_like_constructions", "relu_like_values"]

Value = Any
Values = Mapping[str, Value]
CANDIDATE = "relu_like.spurious_candidate"
MINIMUM = "relu_like.spurious_minimum"


def evaluate_relu_like(instance: ReluLikeInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    The proof of ``relu_like.spurious_minimum`` takes the scale alpha = 1; for another scale the proof of
    ``relu_like.spurious_candidate`` is evaluated, which is about every scale.

    Raises InstanceContradictionError if a claim is false on the numbers.
    """
    found = instance.construction
    if found is None:
        return ()
    values = relu_like_values(instance)
    constructions = relu_like_constructions(instance, found)
    if instance.alpha == 1:
        return evaluate_steps(MINIMUM, results, values, constructions)
    network = found.local_minimum
    more: dict[str, Value] = {
        "w": _vector(instance.fit.weights),
        "c": instance.fit.intercept,
        "alpha": instance.alpha,
        "eta": found.eta,
        "W1": lambda k, j: _at(_at(network.W1, k), j) if 1 <= k <= network.width else fmpq(0),
        "b1": lambda k: _padded(network.b1, k),
        "W2": lambda k: _padded(network.W2, k),
        "b2": network.b2,
    }
    return evaluate_steps(CANDIDATE, results, {**values, **more}, constructions)


def _at(entries: Sequence[Value], index: Value) -> Value:
    return entries[int(index) - 1]


def _vector(entries: Sequence[fmpq]) -> Callable[[Value], fmpq]:
    """A family with 1-based indices."""
    return lambda index: entries[int(index) - 1]


def _padded(entries: Sequence[fmpq], index: Value) -> fmpq:
    return entries[int(index) - 1] if 1 <= int(index) <= len(entries) else fmpq(0)


def relu_like_values(instance: ReluLikeInstance) -> dict[str, Value]:
    """Values for the variables of the statement, by name; families have 1-based indices."""
    data = instance.dataset
    return {
        "m": fmpq(data.sample_count),
        "dx": fmpq(data.feature_count),
        "d1": fmpq(instance.width),
        "x": lambda i, j: data.features[int(i) - 1][int(j) - 1],
        "y": _vector(data.targets),
        "h": instance.activation,
        "s_plus": instance.activation.s_plus,
        "s_minus": instance.activation.s_minus,
    }


def relu_like_constructions(instance: ReluLikeInstance, found: SpuriousMinimum) -> Constructions:
    """What the proofs of the chapter obtain and take, on these numbers."""
    fit = instance.fit
    weights = _vector(fit.weights)
    coefficients = _vector((*fit.weights, fit.intercept))
    direction = _vector([fmpq(k) for k in found.isolation.direction])
    obtained: dict[tuple[str, str], Callable[[Values], Value]] = {
        ("relu_like.best_affine_exists", "q"): lambda _v: coefficients,
        (CANDIDATE, "j"): lambda _v: fmpq(_tightest(instance, found) + 1),
        (CANDIDATE, "p"): lambda _v: _vector(found.unit_weights),
        (CANDIDATE, "b"): lambda _v: found.unit_bias,
        ("relu_like.kink", "o"): lambda _v: fmpq(found.isolation.index + 1),
        ("relu_like.kink", "p"): lambda _v: direction,
        ("relu_like.kink", "t"): _smallest,
        ("relu_like.local_minimum", "v"): _moved_weights,
        ("relu_like.local_minimum", "e"): _moved_offset,
    }
    for name in (MINIMUM, "relu_like.infinitely_many"):
        obtained[name, "w"] = lambda _v: weights
        obtained[name, "c"] = lambda _v: fit.intercept
    return Constructions(obtained, {("relu_like.local_minimum", "V1 c1 V2 c2"): _nearby})


def _tightest(instance: ReluLikeInstance, found: SpuriousMinimum) -> int:
    """The sample (counted from 0) at which the radius is attained."""
    second = -instance.alpha * found.eta
    bounds = [
        min(instance.alpha * (value - found.eta), second) / (sum((abs(entry) for entry in row), fmpq(0)) + 1)
        for value, row in zip(instance.fitted, instance.dataset.features, strict=True)
    ]
    return bounds.index(min(bounds))


def _smallest(values: Values) -> fmpq:
    """The smallest of the numbers a_1, ..., a_m."""
    return min(values["a"](j) for j in range(1, int(values["m"]) + 1))


def _nearby(values: Values) -> list[tuple[Value, ...]]:
    """Parameters closer to W1, b1, W2, b2 than rho: all moved up, and moved up and down in turn."""
    rho = values["rho"]

    def moved(share: fmpq, turn: bool) -> tuple[Value, ...]:
        def step(*index: Value) -> fmpq:
            odd = turn and sum(int(k) for k in index) % 2 == 1
            return -share * rho if odd else share * rho

        return (
            lambda k, j: values["W1"](k, j) + step(k, j),
            lambda k: values["b1"](k) + step(k),
            lambda k: values["W2"](k) + step(k),
            values["b2"] + step(),
        )

    return [moved(fmpq(9, 10), False), moved(fmpq(1, 2), True)]


def _moved_weights(values: Values) -> Callable[[Value], fmpq]:
    """The weights of the affine function that the moved network is on the samples."""
    units = range(1, int(values["d1"]) + 1)
    total: dict[int, fmpq] = {}

    def weight(index: Value) -> fmpq:
        j = int(index)
        if j not in total:
            total[j] = values["s_plus"] * sum((values["V2"](k) * values["V1"](k, j) for k in units), fmpq(0))
        return total[j]

    return weight


def _moved_offset(values: Values) -> fmpq:
    units = range(1, int(values["d1"]) + 1)
    return values["s_plus"] * sum((values["V2"](k) * values["c1"](k) for k in units), fmpq(0)) + values["c2"]
