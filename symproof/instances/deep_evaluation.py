"""The proof of ``relu_like.any_depth`` on the numbers of an instance: values, constructions, samples."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from flint import fmpq

from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.deep_minimum import DeepInstance, DeepMinimum
from symproof.instances.deep_relu_network import DeepNetwork
from symproof.instances.relu_like_evaluation import relu_like_constructions, relu_like_values
from symproof.instances.spurious_minimum import SpuriousMinimum
from symproof.instances.step_evaluation import EvaluatedStep, evaluate_steps
from symproof.instances.value_family import sampled_family, table, vector
from symproof.kernel.check import CheckResult

__all__ = ["deep_constructions", "deep_values", "evaluate_deep", "layered_constructions"]

THEOREM = "relu_like.any_depth"
CANDIDATE = "relu_like.deep_spurious_candidate"
ROOM = "relu_like.deep_room"
SHARES = (fmpq(9, 10), fmpq(-1, 2))
"""Parameters nearby are moved by so much of the radius, by amounts that look arbitrary for the second."""


def evaluate_deep(instance: DeepInstance, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    """Every step of the proof on the numbers of an instance whose hypotheses all hold; () otherwise.

    For a scale alpha other than 1 the proof of ``relu_like.deep_spurious_candidate`` is evaluated, which is about every
    scale. Raises InstanceContradictionError if a claim is false on the numbers.
    """
    found, own = instance.construction, instance.first.construction
    if found is None or own is None:
        return ()
    values, constructions = deep_values(instance), deep_constructions(instance, found, own)
    first = instance.first
    if first.alpha == 1:
        return evaluate_steps(THEOREM, results, values, constructions)
    weights, biases = _families(found.local_minimum)
    more = {
        "w": vector(first.fit.weights),
        "c": first.fit.intercept,
        "alpha": first.alpha,
        "eta": own.eta,
        "W": weights,
        "b": _every_unit(biases, instance.widths, -first.alpha * own.eta),
    }
    return evaluate_steps(CANDIDATE, results, {**values, **more}, constructions)


def deep_values(instance: DeepInstance) -> dict[str, Value]:
    """Values for the variables of the statement, by name."""
    values = relu_like_values(instance.first)
    sizes = (instance.first.dataset.feature_count, *instance.widths)
    shape = {"L": fmpq(len(instance.widths)), "d": lambda n: fmpq(sizes[n] if 0 <= n < len(sizes) else 0)}
    return {**{name: value for name, value in values.items() if name not in ("dx", "d1")}, **shape}


def deep_constructions(instance: DeepInstance, found: DeepMinimum, own: SpuriousMinimum) -> Constructions:
    """What the proofs of the chapter and of the lemmas below obtain and take, on these numbers."""
    base = relu_like_constructions(instance.first, own)
    lowest = min(range(len(instance.first.fitted)), key=lambda i: instance.first.fitted[i])
    unit = (vector(own.unit_weights), own.unit_bias)
    return layered_constructions(base, (CANDIDATE, "relu_like.deep_local_minimum"), unit, found.radius, lowest)


def layered_constructions(
    base: Constructions, theorems: Sequence[str], unit: tuple[Value, Value], radius: Value, lowest: int
) -> Constructions:
    """What is known of the first layer, and with it what the proofs about further layers obtain and take.

    Args:
        base: what is known of the first layer.
        theorems: that on the candidate, first, and others that compare it with networks nearby.
        unit: weights and bias of the additional unit.
        radius: that of the local minimum.
        lowest: the sample with the smallest output of the fit, counted from 0.
    """
    candidate, *_ = theorems
    fixed: dict[tuple[str, str], Value] = {
        (candidate, "p"): unit[0],
        (candidate, "beta"): unit[1],
        (candidate, "b"): unit[1],
        (candidate, "rho"): radius,
        (ROOM, "rho"): radius,
        (ROOM, "j"): fmpq(lowest + 1),
    }
    computed: dict[tuple[str, str], Callable[[Named], Value]] = {
        ("relu_like.deep_affine", "A"): lambda values: _layer(values)[0],
        ("relu_like.deep_affine", "C"): lambda values: _layer(values)[1],
    }
    for name in (*theorems, "relu_like.deep_affine_nearby", "relu_like.deep_affine"):
        computed[name, "v"] = lambda values: _whole(values)[0]
        computed[name, "e"] = lambda values: _whole(values)[1]
    obtained = {**base.obtained, **{key: _constant(value) for key, value in fixed.items()}, **computed}
    neighbours: Callable[[Named], Sequence[tuple[Value, ...]]] = _Neighbours(radius)
    taken = {**base.taken, ("", "V q"): neighbours}
    return Constructions(obtained, taken, base.indices)


def _constant(value: Value) -> Callable[[Named], Value]:
    return lambda _values: value


def _families(network: DeepNetwork) -> tuple[Value, Value]:
    """The parameters of a network as families over layers, units and inputs; 0 elsewhere."""
    layers = [table(layer) for layer in network.weights]
    biases = [vector(layer) for layer in network.biases]

    def weight(n: int, k: int, j: int) -> fmpq:
        return layers[n - 1](k, j) if 1 <= n <= len(layers) else fmpq(0)

    def bias(n: int, k: int) -> fmpq:
        return biases[n - 1](k) if 1 <= n <= len(biases) else fmpq(0)

    return weight, bias


def _every_unit(biases: Value, widths: Sequence[int], idle: fmpq) -> Value:
    """The biases of the candidate; the proof defines them for all k, and all units but the first are alike."""
    return lambda n, k: idle if k != 1 and n != len(widths) + 1 else biases(n, 1)


class _Neighbours:
    """Parameters closer than the radius to W, b."""

    def __init__(self, radius: Value) -> None:
        self._radius = radius

    def __call__(self, values: Named) -> list[tuple[Value, ...]]:
        if not all(name in values for name in ("W", "b")):
            return []
        rho, weights, biases = values.get("rho", self._radius), values["W"], values["b"]
        anyhow = sampled_family(1)
        up, across = (rho * share for share in SHARES)
        return [
            (lambda *at: weights(*at) + up, lambda *at: biases(*at) + up),
            (lambda *at: weights(*at) + across * anyhow(*at) / 4, lambda *at: biases(*at) + across * anyhow(*at) / 4),
        ]


def _layer(values: Named) -> tuple[Value, Value]:
    """The affine functions that the units of layer n (L if there is no n) are while all units are active."""
    count = int(values["n"]) if "n" in values else int(values["L"])
    rows, offsets = _affine_layer(values, count)
    return table(rows), vector(offsets)


def _whole(values: Named) -> tuple[Value, Value]:
    """The affine function that the network is while all units are active."""
    last = int(values["L"])
    rows, offsets = _affine_layer(values, last)
    outgoing = [values["V"](last + 1, 1, k) for k in range(1, len(rows) + 1)]
    slopes = [_dot(outgoing, column) for column in zip(*rows, strict=True)]
    return vector(slopes), _dot(outgoing, offsets) + values["q"](last + 1, 1)


def _affine_layer(values: Named, count: int) -> tuple[list[list[fmpq]], list[fmpq]]:
    sizes = [int(values["d"](n)) for n in range(count + 1)]
    inputs = range(sizes[0])
    rows = [[fmpq(k == j) for j in inputs] for k in inputs]
    offsets = [fmpq(0)] * sizes[0]
    slope = values["s_plus"]
    for n in range(1, count + 1):
        weights = [[values["V"](n, k, j) for j in range(1, sizes[n - 1] + 1)] for k in range(1, sizes[n] + 1)]
        biases = [values["q"](n, k) for k in range(1, sizes[n] + 1)]
        columns = list(zip(*rows, strict=True))
        moved = [slope * (_dot(row, offsets) + bias) for row, bias in zip(weights, biases, strict=True)]
        rows = [[slope * _dot(row, column) for column in columns] for row in weights]
        offsets = moved
    return rows, offsets


def _dot(left: Sequence[fmpq], right: Sequence[fmpq]) -> fmpq:
    return sum((a * b for a, b in zip(left, right, strict=True)), fmpq(0))
