"""Spurious local minima of constant units: what is certified holds when it is evaluated; the rest is refused."""

from __future__ import annotations

import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import run_instance
from symproof.instances.quadric_minimum import QuadricInstance
from symproof.instances.quadric_offer import QUADRIC_OFFER
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TRIANGLE = [[0, 0], [1, 0], [0, 1], ["1/3", "1/3"]]
CORNERS = [[0, 0], [0, 1], [1, 0], [1, 1]]


@cache
def results() -> dict[str, CheckResult]:
    names = ["jensen.quadric", *QUADRIC_OFFER.rests_on]
    return {name: each.result for name, each in check_library(load_library(), names).items()}


def built(parameters: Mapping[str, object]) -> QuadricInstance:
    found = QUADRIC_OFFER.build(InstanceRequest("jensen.quadric", parameters, EXAMPLES))
    assert isinstance(found, QuadricInstance)
    return found


def holds(parameters: Mapping[str, object]) -> dict[str, bool | None]:
    return {h.label: h.holds for h in QUADRIC_OFFER.hypotheses(built(parameters))}


def failing(parameters: Mapping[str, object]) -> list[str]:
    return [label for label, truth in holds(parameters).items() if truth is False]


def undecided(parameters: Mapping[str, object]) -> list[str]:
    return [label for label, truth in holds(parameters).items() if truth is None]


@pytest.mark.parametrize(("activation", "exact"), [("tanh", False), ("x**2 + x", True)])
def test_every_step_is_evaluated(activation: str, exact: bool) -> None:
    """In balls for tanh; for a polynomial all values of it are rational, those of its derivatives balls."""
    parameters = {"inputs": TRIANGLE, "activation": activation, "width": 2}
    request = InstanceRequest("jensen.quadric", parameters, EXAMPLES)
    report = run_instance(request, QUADRIC_OFFER, results(), "cited", True)
    assert report.verdict == "certified"
    steps = [step for top in report.steps for step in top.walk()]
    assert not any(step.status == "undecided" for step in steps)
    assert sum(step.status == "true" for step in steps) > 300
    assert report.result["r"] == ["1/3", "1/3", "1/3", "-1"] and report.result["mu"] == "1/11"
    assert report.result["S"] == [["2/9", "-1/9"], ["-1/9", "2/9"]] and report.result["risk_local_minimum"] == "2/3"
    assert (" +/- " not in str(report.result["risk_better_point"])) == exact


@pytest.mark.parametrize(("name", "verdict"), [("centroid", "certified"), ("square_corners", "not_applicable")])
def test_the_examples(name: str, verdict: str) -> None:
    request = load_instance_file(EXAMPLES / f"{name}.toml")
    report = run_instance(request, QUADRIC_OFFER, results(), "cited", True)
    assert report.verdict == verdict
    direction = next(h for h in report.hypotheses if h.label == "direction")
    assert direction.holds is (verdict == "certified")
    if verdict == "not_applicable":
        assert direction.witness is not None and direction.witness["Q"] == [["1", "0"], ["0", "1"]]


@pytest.mark.parametrize("activation", ["tanh", "sigmoid", "gelu", "elu", "sin", "exp", "relu_squared", "softsign"])
@pytest.mark.parametrize("inputs", [TRIANGLE, [[0], [1], [3]]], ids=["triangle", "line"])
def test_activations_with_a_bend(activation: str, inputs: list[list[object]]) -> None:
    parameters = {"inputs": inputs, "activation": activation, "width": 3}
    assert set(holds(parameters).values()) == {True}
    found = built(parameters)
    assert found.better is not None and found.better.risk < found.risk and found.radius is not None and found.radius > 0


@pytest.mark.parametrize("width", [1, 2, 4])
def test_no_risk_within_the_radius_is_smaller(width: int) -> None:
    """A cubic activation: all risks are rational. The corners of the box, and points in it."""
    parameters = {"inputs": TRIANGLE, "activation": "x**3/6 + x", "width": width, "v": "1"}
    found = built(parameters)
    assert found.radius is not None and not isinstance(found.bend, str)
    chosen, rng = found.bend, random.Random(width)
    rows, sigma = found.inputs.rows, chosen.sigma
    value = chosen.v**3 / 6 + chosen.v
    for trial in range(200):
        steps = (-1, 1) if trial % 2 else range(-9, 10)
        size = found.radius if trial % 2 else found.radius / 10

        def moved() -> fmpq:
            return size * rng.choice(steps) * fmpq(999, 1000)  # noqa: B023

        units = [([moved() for _ in rows[0]], chosen.v + moved(), sigma + moved()) for _ in range(width)]
        constant = -width * sigma * value + moved()
        outputs = []
        for row in rows:
            at = [sum((a * x for a, x in zip(w, row, strict=True)), b) for w, b, _ in units]
            outputs.append(
                constant + sum((u * (z**3 / 6 + z) for z, (_, _, u) in zip(at, units, strict=True)), fmpq(0))
            )
        risk = sum(((f - y) ** 2 for f, y in zip(outputs, found.targets, strict=True)), fmpq(0)) / 2
        assert risk >= found.risk


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({"inputs": CORNERS}, "direction"),
        ({"inputs": [[0, 0]]}, "different"),
        ({"inputs": [[1, 2]] * 3}, "different"),
        ({"inputs": [[1, 2]] * 4, "r": [1, 1, 1, -3]}, "different"),
        ({"inputs": [[0, 0], [1, 1]]}, "direction"),
        ({"r": [1, 1, 1, -2]}, "direction"),
        ({"r": [-1, -1, -1, 3]}, "direction"),
        ({"activation": "2*x + 1"}, "bend"),
        ({"v": "0"}, "bend"),
    ],
    ids=["corners", "one sample", "equal", "equal with weights", "two", "sum", "sign", "affine", "v"],
)
def test_near_misses(changed: dict[str, object], label: str) -> None:
    parameters = {"inputs": TRIANGLE, "activation": "tanh", **changed}
    assert failing(parameters) == [label]
    witness = next(h.witness for h in QUADRIC_OFFER.hypotheses(built(parameters)) if h.label == label)
    assert witness


def test_what_is_not_known_is_undecided() -> None:
    """ReLU has no bend where it is smooth, and a kink in between."""
    parameters = {"inputs": TRIANGLE, "activation": "relu"}
    assert failing(parameters) == [] and "bend" in undecided(parameters)


def test_repeated_inputs() -> None:
    assert set(holds({"inputs": [*TRIANGLE, *TRIANGLE], "activation": "gelu"}).values()) == {True}


def test_targets_of_a_file(tmp_path: Path) -> None:
    """The residuals of the mean are the weights; one target changed, and they are not orthogonal to the inputs."""
    file = tmp_path / "data.csv"
    file.write_text("a,b,y\n0,0,1\n3,0,1\n0,3,1\n1,1,5\n")
    parameters = {"data": str(file), "target": "y", "activation": "tanh"}
    assert set(holds(parameters).values()) == {True}
    found = built(parameters)
    assert found.targets == (1, 1, 1, 5) and found.inputs.constant == 2 and found.risk == 6
    file.write_text("a,b,y\n0,0,1\n3,0,1\n0,3,2\n1,1,5\n")
    assert failing(parameters) == ["direction"]
    file.write_text("a,b\n0,0\n3,0\n0,3\n1,1\n")
    assert set(holds({"data": str(file), "activation": "tanh"}).values()) == {True}


@pytest.mark.parametrize(
    "parameters",
    [
        {"activation": "tanh"},
        {"inputs": TRIANGLE, "data": "xor.csv", "activation": "tanh"},
        {"inputs": TRIANGLE, "target": "y", "activation": "tanh"},
        {"inputs": TRIANGLE, "r": [1, -1], "activation": "tanh"},
        {"inputs": [[0, 0], [1]], "activation": "tanh"},
        {"inputs": [], "activation": "tanh"},
        {"inputs": TRIANGLE, "activation": "tanhh"},
        {"inputs": TRIANGLE, "activation": "tanh", "width": 0},
        {"inputs": TRIANGLE, "activation": "tanh", "width": 10**6},
        {"inputs": TRIANGLE, "activation": "tanh", "v": "log(2)"},
        {"data": "no such file.csv", "activation": "tanh"},
    ],
)
def test_bad_input(parameters: dict[str, object]) -> None:
    with pytest.raises(InputError):
        built(parameters)
