"""The instances in examples/: their data are intact and their answers are as described there."""

from __future__ import annotations

from pathlib import Path

import pytest

from symproof.instances.instance_file import load_instance_file
from symproof.instances.rational import format_rational
from symproof.instances.relu_like_minimum import ReluLikeInstance
from symproof.instances.relu_like_request import relu_like_instance

EXAMPLES = Path(__file__).parents[2] / "examples"


def instance(name: str) -> ReluLikeInstance:
    return relu_like_instance(load_instance_file(EXAMPLES / f"{name}.toml"))


@pytest.mark.parametrize(
    ("name", "risks"),
    [("teaching", ("2", "3/2")), ("xor", ("1/2", "3/8")), ("rank_deficient", ("8/5", "274/175"))],
)
def test_small_examples(name: str, risks: tuple[str, str]) -> None:
    result = instance(name).construction
    assert result is not None
    assert (format_rational(result.risk_local_minimum), format_rational(result.risk_better_point)) == risks


@pytest.mark.parametrize(("name", "label"), [("affine_data", "C1.1"), ("repeated_rows", "C1.2")])
def test_examples_that_are_not_applicable(name: str, label: str) -> None:
    decided = instance(name).hypotheses
    assert [hypothesis.label for hypothesis in decided if hypothesis.holds is not True] == [label]
    assert all((hypothesis.witness is not None) == (hypothesis.holds is False) for hypothesis in decided)


def test_the_witnesses_of_the_examples() -> None:
    assert instance("affine_data").hypotheses[0].witness == {
        "weights": {"hours": "2", "exams": "-1"},
        "intercept": "3",
    }
    assert instance("repeated_rows").hypotheses[1].witness == {"samples": [2, 4], "lines": [3, 5], "x": ["1", "0"]}


def test_diabetes() -> None:
    diabetes = instance("diabetes")
    result = diabetes.construction
    assert result is not None
    assert (diabetes.dataset.sample_count, diabetes.dataset.feature_count, diabetes.fit.rank) == (442, 10, 11)
    assert diabetes.dataset.features[0][2] * 10 == 321
    assert sum(diabetes.dataset.targets) == 67_243
    assert result.risk_better_point < result.risk_local_minimum == diabetes.fit.risk
    assert (result.local_minimum.width, result.radius > 0) == (3, True)
    assert max(len(format_rational(w)) for w in (*result.unit_weights, result.unit_bias)) <= 8
