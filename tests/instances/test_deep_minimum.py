"""Spurious local minima of networks of any depth on exact data, compared with plain fractions."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.deep_evaluation import evaluate_deep
from symproof.instances.deep_minimum import DeepInstance, DeepMinimum, build_deep_instance, deep_result_dict
from symproof.instances.deep_relu_network import DeepNetwork, active_within, deep_outputs
from symproof.instances.deep_request import deep_instance
from symproof.instances.evaluated_step import EvaluatedStep
from symproof.instances.instance_file import InstanceRequest
from symproof.library import load_library
from symproof.library_check import check_library
from tests.instances.plain_fractions import fraction

EXAMPLES = Path(__file__).parents[2] / "examples"
XOR = dataset_from_rows([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0])
LINE = dataset_from_rows([(-2,), (-1,), (1,), (3,)], [0, 1, 0, 5])
LEAKY = ReluLike(fmpq(2), fmpq(1, 3))
WIDTHS = [(2,), (2, 1), (3, 2), (2, 1, 3), (4, 1, 1, 2)]


def built(data=XOR, widths=(2, 1, 3), activation=LEAKY, alpha=None) -> tuple[DeepInstance, DeepMinimum]:  # type: ignore[no-untyped-def]
    instance = build_deep_instance(data, activation, widths, alpha)
    assert instance.construction is not None
    return instance, instance.construction


def plain_risk(network: DeepNetwork, instance: DeepInstance) -> Fraction:
    """Half the sum of the squared errors, layer by layer over Python's fractions."""
    up, down = fraction(instance.first.activation.s_plus), fraction(instance.first.activation.s_minus)
    total = Fraction(0)
    for x, y in zip(instance.first.dataset.features, instance.first.dataset.targets, strict=True):
        values = [fraction(entry) for entry in x]
        for number, (rows, biases) in enumerate(zip(network.weights, network.biases, strict=True), 1):
            sums = [
                fraction(bias) + sum(fraction(a) * b for a, b in zip(row, values, strict=True))
                for row, bias in zip(rows, biases, strict=True)
            ]
            last = number == len(network.weights)
            values = sums if last else [t * (up if t >= 0 else down) for t in sums]
        total += (values[0] - fraction(y)) ** 2
    return total / 2


@pytest.mark.parametrize("data", [XOR, LINE], ids=["xor", "line"])
@pytest.mark.parametrize("widths", WIDTHS)
def test_risks_by_plain_fractions(data, widths) -> None:  # type: ignore[no-untyped-def]
    instance, found = built(data, widths)
    own = instance.first.construction
    assert own is not None
    assert found.local_minimum.widths == found.better_point.widths == widths
    assert plain_risk(found.local_minimum, instance) == fraction(instance.first.fit.risk)
    assert (
        plain_risk(found.better_point, instance) == fraction(own.risk_better_point) < fraction(instance.first.fit.risk)
    )


@pytest.mark.parametrize("widths", WIDTHS)
def test_no_parameters_within_the_radius_have_a_smaller_risk(widths: tuple[int, ...]) -> None:
    instance, found = built(LINE, widths)
    source, least = random.Random(1), plain_risk(found.local_minimum, instance)

    def step() -> fmpq:
        return found.radius * fmpq(source.choice((-999, source.randint(-999, 999), 999)), 1000)

    for _ in range(40):
        assert plain_risk(moved_by(found.local_minimum, step), instance) >= least


def moved_by(network: DeepNetwork, step) -> DeepNetwork:  # type: ignore[no-untyped-def]
    weights = tuple(tuple(tuple(a + step() for a in row) for row in layer) for layer in network.weights)
    return DeepNetwork(weights, tuple(tuple(a + step() for a in layer) for layer in network.biases))


def test_the_radius_is_as_large_as_the_argument_gives() -> None:
    """One layer: exactly that of the theorem on one layer. More: twelve binary digits of the largest one."""
    for widths in WIDTHS:
        instance, found = built(LINE, widths)
        inputs = instance.first.dataset.features
        assert active_within(found.local_minimum, LEAKY, found.radius, inputs)
        assert not active_within(found.local_minimum, LEAKY, found.radius * fmpq(2049, 2048), inputs)
    instance, found = built(LINE, (3,))
    assert instance.first.construction is not None
    assert found.radius == instance.first.construction.radius


def test_beyond_the_radius_of_the_argument_units_can_leave_their_piece() -> None:
    """The control: with one layer the bound is sharp, a slightly larger move makes a pre-activation negative."""
    instance, found = built(LINE, (2,))
    step = found.radius * fmpq(101, 100)
    smallest = min(
        sum((w - step if x > 0 else w + step) * x for w, x in zip(row, sample, strict=True)) + bias - step
        for sample in instance.first.dataset.features
        for row, bias in zip(found.local_minimum.weights[0], found.local_minimum.biases[0], strict=True)
    )
    assert smallest < 0


def test_another_scale_is_another_minimum() -> None:
    instance, found = built(widths=(2, 2), alpha=fmpq(3))
    assert found.local_minimum != built(widths=(2, 2))[1].local_minimum
    assert plain_risk(found.local_minimum, instance) == fraction(instance.first.fit.risk)


@pytest.mark.parametrize(
    ("data", "widths", "activation", "failed"),
    [
        (XOR, (1, 3), LEAKY, "C1.4"),
        (XOR, (2, 2), ReluLike(fmpq(1), fmpq(1)), "C1.3"),
        (dataset_from_rows([(0,), (1,), (2,)], [1, 3, 5]), (2, 2), LEAKY, "C1.1"),
        (dataset_from_rows([(1,), (1,)], [0, 1]), (2, 2), LEAKY, "C1.2"),
    ],
)
def test_a_failed_hypothesis_gives_no_result(data, widths, activation, failed: str) -> None:  # type: ignore[no-untyped-def]
    instance = build_deep_instance(data, activation, widths)
    assert [h.label for h in instance.hypotheses if h.holds is not True] == [failed]
    assert instance.construction is None
    assert deep_result_dict(instance) == {}


def request(**parameters: object) -> InstanceRequest:
    given = {"data": "xor.csv", "target": "y", "activation": "relu", **parameters}
    return InstanceRequest("relu_like.any_depth", given, EXAMPLES)


@pytest.mark.parametrize(
    ("parameters", "widths"),
    [({"widths": [2, 1]}, (2, 1)), ({"widths": "2, 1"}, (2, 1)), ({"width": 3, "depth": 4}, (3, 3, 3, 3))],
)
def test_two_ways_to_give_the_layers(parameters: dict[str, object], widths: tuple[int, ...]) -> None:
    assert deep_instance(request(**parameters)).widths == widths


@pytest.mark.parametrize(
    "parameters",
    [
        {}, {"width": 2}, {"depth": 2}, {"widths": [2], "width": 2}, {"widths": []}, {"widths": [2, 0]},
        {"widths": "2,x"}, {"widths": 2}, {"width": 2, "depth": 0}, {"width": 2, "depth": 1000},
        {"width": 100_000, "depth": 3},
    ],
)  # fmt: skip
def test_bad_layers_are_bad_input(parameters: dict[str, object]) -> None:
    with pytest.raises(InputError):
        deep_instance(request(**parameters))


@pytest.mark.parametrize(("alpha", "theorem"), [(1, "any_depth"), (2, "deep_spurious_candidate")])
def test_the_steps_of_the_proof_on_the_numbers(alpha: int, theorem: str) -> None:
    results = {name: each.result for name, each in check_library(load_library(), ["relu_like.any_depth"]).items()}
    instance, _ = built(LINE, (2, 1), alpha=fmpq(alpha))
    steps = [step for top in evaluate_deep(instance, results) for step in top.walk()]
    assert {f"relu_like.{theorem}", "relu_like.deep_stable_region", "relu_like.deep_descent"} <= {
        s.theorem for s in steps
    }
    assert said(steps, "relu_like.deep_candidate", "4") is True
    assert said(steps, "relu_like.deep_descent", "2") is not False
    assert sum(step.verdict is True for step in steps) > 300


def said(steps: list[EvaluatedStep], theorem: str, path: str) -> bool | None:
    return next(step.verdict for step in steps if (step.theorem, step.path) == (theorem, path))


def test_a_changed_network_has_other_outputs() -> None:
    """The control for the layer by layer evaluation: each parameter that is read matters."""
    instance, found = built(widths=(2, 2, 1))
    inputs = instance.first.dataset.features
    usual = deep_outputs(found.better_point, LEAKY, inputs)
    for layer in range(4):
        biases = [list(b) for b in found.better_point.biases]
        biases[layer][0] += 1
        moved = replace(found.better_point, biases=tuple(map(tuple, biases)))
        assert deep_outputs(moved, LEAKY, inputs) != usual
