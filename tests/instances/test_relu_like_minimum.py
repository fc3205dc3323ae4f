"""Spurious minima of ReLU-like networks: known answers, and everything re-evaluated with plain Python fractions."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from plain_fractions import fraction, network_risk

from symproof.errors import InputError
from symproof.instances.activation import ReluLike, parse_activation
from symproof.instances.dataset import Dataset, dataset_from_rows
from symproof.instances.kink_sum import kink_sum, second_difference
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.relu_like_minimum import ReluLikeInstance, build_relu_like_instance, result_dict
from symproof.instances.relu_like_recheck import recheck_construction, recheck_fit
from symproof.instances.relu_network import ReluNetwork
from symproof.instances.spurious_minimum import SpuriousMinimum

RELU = parse_activation("relu")
XOR = dataset_from_rows([[0, 0], [0, 1], [1, 0], [1, 1]], [0, 1, 1, 0])
Parameters = tuple[list[list[Fraction]], list[Fraction], list[Fraction], Fraction]


def found(instance: ReluLikeInstance) -> SpuriousMinimum:
    if instance.construction is None:
        raise ValueError("not applicable")
    return instance.construction


def failing(instance: ReluLikeInstance) -> list[str]:
    return [hypothesis.label for hypothesis in instance.hypotheses if hypothesis.holds is not True]


def plain(network: ReluNetwork) -> Parameters:
    first = [[fraction(entry) for entry in row] for row in network.W1]
    return first, [fraction(b) for b in network.b1], [fraction(w) for w in network.W2], fraction(network.b2)


def plain_risk(instance: ReluLikeInstance, parameters: Parameters) -> Fraction:
    slopes = (fraction(instance.activation.s_plus), fraction(instance.activation.s_minus))
    inputs = [[fraction(entry) for entry in x] for x in instance.dataset.features]
    return network_risk(parameters, slopes, inputs, [fraction(y) for y in instance.dataset.targets])


@st.composite
def small_datasets(draw: st.DrawFn) -> Dataset:
    m, dx = draw(st.integers(1, 6)), draw(st.integers(1, 3))
    entry = st.integers(-3, 3)
    rows = draw(st.lists(st.lists(entry, min_size=dx, max_size=dx), min_size=m, max_size=m))
    return dataset_from_rows(rows, draw(st.lists(entry, min_size=m, max_size=m)))


activations = st.builds(
    ReluLike, st.builds(fmpq, st.integers(1, 3), st.integers(1, 3)), st.sampled_from([0, fmpq(1, 10), 2]).map(fmpq)
)
alphas = st.builds(fmpq, st.integers(1, 5), st.integers(1, 5))


@given(small_datasets(), activations, st.integers(1, 4), alphas, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_every_claim_holds_for_an_independent_evaluation(
    dataset: Dataset, activation: ReluLike, width: int, alpha: fmpq, source: random.Random
) -> None:
    instance = build_relu_like_instance(dataset, activation, width, alpha)
    distinct = len(set(dataset.features)) == dataset.sample_count
    expected = [instance.fit.risk != 0, distinct, activation.s_plus != activation.s_minus, width >= 2]
    assert [hypothesis.holds for hypothesis in instance.hypotheses] == expected
    assert (instance.construction is not None) == all(expected)
    if instance.construction is None:
        return
    result = instance.construction
    base = plain_risk(instance, plain(result.local_minimum))
    better = plain_risk(instance, plain(result.better_point))
    assert base == fraction(instance.fit.risk) == fraction(result.risk_local_minimum)
    assert better == fraction(result.risk_better_point) < base
    rho = fraction(result.radius)
    for _ in range(3):
        assert plain_risk(instance, perturbed(plain(result.local_minimum), rho, source)) >= base


def perturbed(parameters: Parameters, rho: Fraction, source: random.Random) -> Parameters:
    """Move every parameter by less than rho, those of the first layer often by nearly rho."""

    def move(value: Fraction) -> Fraction:
        return value + rho * Fraction(source.choice([-999, 999, source.randint(-999, 999)]), 1000)

    first, biases, second, last = parameters
    return (
        [[move(entry) for entry in row] for row in first],
        list(map(move, biases)),
        list(map(move, second)),
        move(last),
    )


def test_the_radius_is_the_largest_that_keeps_the_units_active() -> None:
    result = found(build_relu_like_instance(XOR, RELU, 2))
    assert (result.eta, result.radius) == (-1, fmpq(1, 3))


def test_exclusive_or() -> None:
    instance = build_relu_like_instance(XOR, RELU, 2)
    result = found(instance)
    assert instance.fitted == (fmpq(1, 2),) * 4
    assert kink_sum(XOR.features, instance.residuals, RELU, (1, 1), fmpq(-1)) == fmpq(1, 2)
    assert result.risk_local_minimum == fmpq(1, 2)
    assert result.risk_better_point <= fmpq(3, 8)


def test_result_dict_is_exact_and_serialisable() -> None:
    result = json.loads(json.dumps(result_dict(build_relu_like_instance(XOR, RELU, 3))))
    assert result == {
        "risk_local_minimum": "1/2",
        "risk_better_point": "3/8",
        "radius": "1/3",
        "parameters_local_minimum": {
            "W1": [["0", "0"], ["0", "0"], ["0", "0"]],
            "b1": ["3/2", "1", "1"],
            "W2": ["1", "0", "0"],
            "b2": "-1",
        },
        "parameters_better_point": {
            "W1": [["0", "0"], ["1", "1"], ["0", "0"]],
            "b1": ["3/2", "-1", "0"],
            "W2": ["1", "-1/2", "0"],
            "b2": "-1",
        },
    }


def test_all_hypotheses_are_decided_even_when_each_fails() -> None:
    dataset = dataset_from_rows([[1, 2], [3, 4], [1, 2]], [5, 5, 5])
    instance = build_relu_like_instance(dataset, parse_activation("relu_like(-1, -1)"), 1)
    assert failing(instance) == ["C1.1", "C1.2", "C1.3", "C1.4"]
    fit, rows, slopes, width = (hypothesis.witness for hypothesis in instance.hypotheses)
    assert fit == {"weights": {"x1": "0", "x2": "0"}, "intercept": "5"}
    assert rows == {"samples": [1, 3], "lines": [1, 3], "x": ["1", "2"]}
    assert slopes == {"s_plus": "-1", "s_minus": "-1", "violated": ["s+ > 0", "s- >= 0", "s+ != s-"]}
    assert width == {"width": 1}
    assert not instance.applicable
    assert result_dict(instance) == {}
    json.dumps([hypothesis.as_dict() for hypothesis in instance.hypotheses])


@pytest.mark.parametrize("text", ["abs", "linear", "relu_like(0, 1)"])
def test_slopes_outside_the_hypothesis(text: str) -> None:
    assert failing(build_relu_like_instance(XOR, parse_activation(text), 2)) == ["C1.3"]


def test_one_sample_is_always_fitted() -> None:
    assert failing(build_relu_like_instance(dataset_from_rows([[2, 3]], [4]), RELU, 2)) == ["C1.1"]


@pytest.mark.parametrize(
    ("rows", "targets"),
    [
        ([[-2], [-1], [0], [1], [2]], [2, 1, 0, 1, 2]),
        ([[1, 2, 7], [2, 4, 7], [3, 6, 7], [5, 10, 7]], [0, 0, 1, 0]),
        ([[fmpq(10**30)], [fmpq(1, 10**30)], [0], [-1]], [fmpq(1, 10**30), 10**30, 0, 1]),
        ([[0, 0], [1, 1], [2, 4], [3, 9], [4, 16], [5, 26]], [-5, 3, 3, -8, 0, 1]),
    ],
)
@pytest.mark.parametrize("activation", ["relu", "leaky_relu(1/10)", "relu_like(1/3, 5)"])
def test_special_data(rows: list[list[int]], targets: list[int], activation: str) -> None:
    instance = build_relu_like_instance(dataset_from_rows(rows, targets), parse_activation(activation), 2)
    assert plain_risk(instance, plain(found(instance).better_point)) < fraction(instance.fit.risk)


def test_a_wide_network() -> None:
    result = result_dict(build_relu_like_instance(XOR, RELU, 5_000))
    parameters = result["parameters_better_point"]
    assert isinstance(parameters, dict)
    assert [len(parameters[name]) for name in ("W1", "b1", "W2")] == [5_000] * 3


@pytest.mark.parametrize(
    ("width", "alpha", "key"),
    [(0, 1, "width"), (-1, 1, "width"), (10**9, 1, "width"), (2, 0, "alpha"), (2, -1, "alpha")],
)
def test_refuses_widths_and_alphas_out_of_range(width: int, alpha: int, key: str) -> None:
    with pytest.raises(InputError) as caught:
        build_relu_like_instance(XOR, RELU, width, fmpq(alpha))
    assert caught.value.where == key


def test_the_second_difference_of_the_proof() -> None:
    activation = parse_activation("leaky_relu(1/10)")
    instance = build_relu_like_instance(XOR, activation, 2)
    points = second_difference(XOR.features, instance.residuals, activation, found(instance).isolation)
    assert points.above + points.below - 2 * points.middle == points.expected != 0


def test_the_direction_of_the_proof_serves_when_all_short_ones_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symproof.instances.kink_search.tried_directions", lambda *_: ())
    result = found(build_relu_like_instance(XOR, RELU, 2))
    assert result.unit_weights in {result.isolation.direction, tuple(-w for w in result.isolation.direction)}
    assert result.risk_better_point < result.risk_local_minimum


def test_inputs_that_no_small_base_separates_are_isolated_all_the_same() -> None:
    from symproof.instances.isolating_direction import SMALL_BASES, isolate

    others = [[-base, 1] for base in range(SMALL_BASES)]
    dataset = dataset_from_rows([[0, 0], *others], [1] + [0] * SMALL_BASES)
    isolation = isolate(dataset.table, 0)
    assert isolation is not None
    w = isolation.direction
    assert min(abs(w[0] * x + w[1] * y) for x, y in others) > isolation.distance > 0


def tampered(result: SpuriousMinimum) -> list[SpuriousMinimum]:
    good = result.better_point
    return [
        replace(result, radius=fmpq(0)),
        replace(result, radius=result.radius + fmpq(1, 10**9)),
        replace(result, risk_local_minimum=result.risk_local_minimum + 1),
        replace(result, risk_better_point=result.risk_better_point - 1),
        replace(result, phi=-result.phi),
        replace(result, phi=fmpq(0)),
        replace(result, outgoing=result.outgoing / 2),
        replace(result, square_sum=result.square_sum + 1),
        replace(result, unit_bias=result.unit_bias + 1),
        replace(result, better_point=result.local_minimum),
        replace(result, local_minimum=good),
        replace(result, better_point=replace(good, b2=good.b2 + 1)),
        replace(result, isolation=replace(result.isolation, distance=fmpq(0))),
        replace(result, isolation=replace(result.isolation, distance=fmpq(10))),
        replace(result, isolation=replace(result.isolation, direction=(0, 0))),
    ]


@pytest.mark.parametrize("position", range(15))
def test_a_tampered_construction_fails_its_recheck(position: int) -> None:
    instance = build_relu_like_instance(XOR, RELU, 2)
    wrong = tampered(found(instance))[position]
    with pytest.raises(InstanceMismatchError, match="re-check failed"):
        recheck_construction(XOR, RELU, instance.fit, wrong)


def test_a_wrong_fit_fails_its_recheck() -> None:
    fit = build_relu_like_instance(XOR, RELU, 2).fit
    for wrong in (
        replace(fit, intercept=fit.intercept + 1),
        replace(fit, weights=(fmpq(1), fmpq(0))),
        replace(fit, risk=fmpq(0)),
    ):
        with pytest.raises(InstanceMismatchError):
            recheck_fit(XOR, wrong)


def test_a_search_that_returns_nothing_is_never_reported_as_certified(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("symproof.instances.relu_like_minimum.find_kink", lambda *_: iter(()))
    with pytest.raises(InstanceMismatchError):
        build_relu_like_instance(XOR, RELU, 2)


def test_the_result_is_the_same_every_time() -> None:
    results = [json.dumps(result_dict(build_relu_like_instance(XOR, RELU, 2))) for _ in range(3)]
    assert len(set(results)) == 1
