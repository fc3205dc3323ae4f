"""The instance of ``deep_linear.narrow_minimum``, a local minimum that is not global. It takes no parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flint import fmpq, fmpq_mat

from symproof.instances.constructions import Constructions, Named, Value
from symproof.instances.deep_linear_narrow import (
    RADIUS,
    SIZES,
    TARGET,
    WEIGHTS,
    NarrowMinimum,
    narrow_minimum,
    neighbours,
)
from symproof.instances.deep_linear_network import Weights
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.offer import InstanceOffer
from symproof.instances.parameters import read_parameters
from symproof.instances.rational import format_rational
from symproof.instances.step_evaluation import evaluate_steps
from symproof.instances.value_family import table
from symproof.kernel.check import CheckResult

__all__ = ["NARROW_OFFER"]

THEOREM = "deep_linear.narrow_minimum"


def _build(request: InstanceRequest) -> NarrowMinimum:
    read_parameters(request, ())
    return narrow_minimum()


def _hypotheses(_found: NarrowMinimum) -> tuple[DecidedHypothesis, ...]:
    what = {"input": "there are two inputs", "hidden": "there is one hidden unit", "output": "there are two outputs"}
    return tuple(
        DecidedHypothesis(label, words, True, f"d_{j} = {SIZES[j]}") for j, (label, words) in enumerate(what.items())
    )


def _evaluate(found: NarrowMinimum, results: Mapping[str, CheckResult]) -> tuple[EvaluatedStep, ...]:
    def near(_named: Named) -> Sequence[tuple[Value, ...]]:
        return [(_family(weights),) for weights in neighbours(found)[::5]]

    sizes = {"d": lambda j: fmpq(SIZES[j]) if 0 <= j <= 2 else fmpq(0)}
    return evaluate_steps(THEOREM, results, sizes, Constructions(taken={("", "V"): near}))


def _family(weights: Weights) -> Value:
    layers = [table(w.tolist()) for w in weights]
    return lambda j, a, b: layers[int(j) - 1](a, b) if 1 <= j <= 2 else fmpq(0)


def _result(found: NarrowMinimum) -> dict[str, object]:
    return {
        "weights": _layers(found.weights),
        "loss": format_rational(found.loss),
        "product_gradient": _texts(found.product_gradient),
        "layer_gradients": _layers(found.gradients),
        "radius": format_rational(RADIUS),
        "better_point": {"weights": _layers(found.better), "loss": format_rational(found.better_loss)},
    }


def _numbers(found: NarrowMinimum) -> dict[str, object]:
    """Everything from which both points can be decided again."""
    layers = {"weights": found.weights, "better_point": found.better}
    return {
        "widths": SIZES,
        **{name: [w.tolist() for w in each] for name, each in layers.items()},
        "loss": found.loss,
        "better_loss": found.better_loss,
        "radius": RADIUS,
    }


def _data(_found: NarrowMinimum) -> dict[str, object]:
    return {"widths": list(SIZES), "target": _texts(TARGET), "error_weights": _texts(WEIGHTS), "samples": 0}


def _layers(weights: Weights) -> list[object]:
    return [_texts(w) for w in weights]


def _texts(matrix: fmpq_mat) -> list[list[str]]:
    return [[format_rational(x) for x in row] for row in matrix.tolist()]


def _summary(found: NarrowMinimum) -> list[str]:
    first, second = (_shown(layers) for layers in (found.weights, found.better))
    return [
        f"network: widths {', '.join(map(str, SIZES))}, too narrow for deep_linear.critical_points",
        "loss of the product R: ((R11 - 2)^2 + (R22 - 1)^2)/2 + 2 (R12^2 + R21^2), which is convex",
        f"local minimum: {first}: loss {format_rational(found.loss)}",
        f"both layer gradients are 0 there, the gradient in R is not: {_matrix(found.product_gradient)}",
        f"no weights that differ by less than {RADIUS} in every entry have a smaller loss",
        f"better point: {second}: loss {format_rational(found.better_loss)}",
    ]


def _shown(weights: Weights) -> str:
    return ", ".join(f"W{j} = {_matrix(w)}" for j, w in enumerate(weights, 1))


def _matrix(matrix: fmpq_mat) -> str:
    return "[" + "; ".join(" ".join(row) for row in _texts(matrix)) + "]"


NARROW_OFFER = InstanceOffer(
    build=_build,
    hypotheses=_hypotheses,
    evaluate=_evaluate,
    result=_result,
    data=_data,
    summary=_summary,
    numbers=_numbers,
    rests_on=("deep_linear.narrow_loss_gradient", "deep_linear.narrow_loss_convex"),
)
