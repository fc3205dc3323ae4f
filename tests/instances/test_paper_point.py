"""The paper's better point on exact data: both cases, compared with plain fractions."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.dataset import Dataset, dataset_from_rows
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.paper_evaluation import evaluate_paper
from symproof.instances.paper_offer import PAPER_OFFER
from symproof.instances.paper_point import PaperPoint, paper_point, paper_result_dict
from symproof.instances.relu_like_minimum import ReluLikeInstance, build_relu_like_instance
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library
from tests.instances.plain_fractions import fraction, network_risk

EXAMPLES = Path(__file__).parents[2] / "examples"
LEAKY = ReluLike(fmpq(2), fmpq(1, 3))
STEEP = ReluLike(fmpq(1), fmpq(5))
"""More slope on the left than on the right: the ratio is negative."""
DATA = {
    "line": (dataset_from_rows([(-2,), (-1,), (1,), (3,)], [0, 1, 0, 5]), 1),
    "two features": (dataset_from_rows([(0, 1), (1, 0), (2, 2), (3, 1), (1, 4)], [1, 0, 3, -1, 2]), 1),
    "xor": (dataset_from_rows([(0, 0), (0, 1), (1, 0), (1, 1)], [0, 1, 1, 0]), 2),
    "three equal values of the fit": (dataset_from_rows([(0, 0), (0, 1), (0, -1), (1, 0)], [0, 1, 1, 2]), 2),
    "sum below is 0": (dataset_from_rows([(0,), (1,), (2,), (3,)], [0, 0, 0, 0]), 0),
}
CASES = [(data, case) for data, case in DATA.values() if case]


def built(data: Dataset, activation: ReluLike = LEAKY, width: int = 2) -> tuple[ReluLikeInstance, PaperPoint]:
    instance = build_relu_like_instance(data, activation, width)
    found = paper_point(instance)
    assert found is not None
    return instance, found


def plain_risk(found: PaperPoint, instance: ReluLikeInstance) -> Fraction:
    network, data, h = found.better_point, instance.dataset, instance.activation
    rows = [[fraction(a) for a in row] for row in network.W1]
    parameters = (rows, [*map(fraction, network.b1)], [*map(fraction, network.W2)], fraction(network.b2))
    inputs = [[fraction(a) for a in x] for x in data.features]
    return network_risk(parameters, (fraction(h.s_plus), fraction(h.s_minus)), inputs, [*map(fraction, data.targets)])


@pytest.mark.parametrize("activation", [LEAKY, STEEP], ids=["leaky", "steep"])
@pytest.mark.parametrize(("data", "case"), CASES)
@pytest.mark.parametrize("width", [2, 4])
def test_the_risk_by_plain_fractions(data: Dataset, case: int, activation: ReluLike, width: int) -> None:
    instance, found = built(data, activation, width)
    assert (found.case, found.shift > 0, found.better_point.width) == (case, case == 2, width)
    assert plain_risk(found, instance) == fraction(found.risk) < fraction(instance.fit.risk)


def test_case_2_is_there_because_no_threshold_between_values_works() -> None:
    """All partial sums of the residuals, in the order of the fit, vanish between different values of the fit."""
    for data, case in CASES:
        instance, _ = built(data)
        values = sorted(set(instance.fitted))
        sums = [
            sum((r for f, r in zip(instance.fitted, instance.residuals, strict=True) if f <= value), fmpq(0))
            for value in values[:-1]
        ]
        assert all(total == 0 for total in sums) == (case == 2)


@pytest.mark.parametrize(("data", "case"), CASES)
def test_the_other_sign_of_the_bias_is_worse(data: Dataset, case: int) -> None:
    """The control: with -g the linear term raises the risk, in case 1 above that of least squares."""
    instance, found = built(data)
    rows = found.better_point
    other = replace(rows, b1=(rows.b1[0] - 2 * found.bias, rows.b1[1] - 2 * found.bias, *rows.b1[2:]))
    risk = plain_risk(replace(found, better_point=other), instance)
    assert risk > fraction(found.risk)
    assert risk > fraction(instance.fit.risk) or case == 2


def test_exact_data_give_nothing() -> None:
    data, _ = DATA["sum below is 0"]
    instance = build_relu_like_instance(data, LEAKY, 2)
    assert paper_point(instance) is None
    assert paper_result_dict(instance, None) == {}


@cache
def results() -> dict[str, CheckResult]:
    return {name: each.result for name, each in check_library(load_library(), ["relu_like.paper_descent"]).items()}


@pytest.mark.parametrize(("data", "case"), CASES)
def test_the_steps_of_the_proof_on_the_numbers(data: Dataset, case: int) -> None:
    instance, found = built(data)
    steps = [step for top in evaluate_paper(instance, found, results()) for step in top.walk()]
    reached = {s.theorem for s in steps if s.verdict is True}
    assert {"relu_like.paper_network", "relu_like.two_units", "calculus.small_step"} <= reached
    assert ("relu_like.split" in reached) == (case == 2)
    assert sum(s.verdict is True for s in steps) > 120


def request(**parameters: object) -> InstanceRequest:
    given = {"data": "xor.csv", "target": "y", "activation": "relu", "width": 2, **parameters}
    return InstanceRequest("relu_like.paper_descent", given, EXAMPLES)


def test_the_offer_decides_every_hypothesis() -> None:
    theorem = load_library().theorems["relu_like.paper_descent"]
    covered = {label for h in PAPER_OFFER.hypotheses(PAPER_OFFER.build(request())) for label in h.covered}
    assert {label for label, _ in theorem.hypotheses} <= covered


def test_alpha_is_refused() -> None:
    with pytest.raises(InputError, match="alpha"):
        PAPER_OFFER.build(request(alpha="2"))
