"""Points of deep linear networks: what they are called holds when it is evaluated; other points are refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from symproof.errors import InputError
from symproof.instances.deep_linear_offer import DEEP_LINEAR_OFFER
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import run_instance
from symproof.instances.offer import InstanceReport
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
THEOREM = "deep_linear.critical_points"
UNIT = [[1, 0], [0, 1]]
TEACHER = [[1, 0], [0, 2]]
ZERO = [[0, 0], [0, 0]]


@cache
def results() -> dict[str, CheckResult]:
    names = [THEOREM, *DEEP_LINEAR_OFFER.rests_on]
    return {name: each.result for name, each in check_library(load_library(), names).items()}


def run(parameters: Mapping[str, object], base: Path = EXAMPLES) -> InstanceReport:
    return run_instance(InstanceRequest(THEOREM, parameters, base), DEEP_LINEAR_OFFER, results(), "proved", True)


def given(weights: object, inputs: object = UNIT, targets: object = TEACHER, **others: object) -> dict[str, object]:
    return {"inputs": inputs, "targets": targets, "weights": weights, **others}


def loss(weights: Any, inputs: Any, targets: Any) -> Fraction:
    """By plain fractions, sample by sample."""
    total = Fraction(0)
    for x, y in zip(zip(*inputs, strict=True), zip(*targets, strict=True), strict=True):
        signal = [Fraction(entry) for entry in x]
        for layer in weights:
            signal = [sum((Fraction(w) * s for w, s in zip(row, signal, strict=True)), Fraction(0)) for row in layer]
        total += sum(((f - Fraction(t)) ** 2 for f, t in zip(signal, y, strict=True)), Fraction(0)) / 2
    return total


def distance(one: Any, other: Any) -> Fraction:
    return max(
        abs(Fraction(a) - Fraction(b))
        for left, right in zip(one, other, strict=True)
        for p, q in zip(left, right, strict=True)
        for a, b in zip(p, q, strict=True)
    )


def demand_saddle(report: InstanceReport, parameters: Mapping[str, Any], radius: Fraction = Fraction(1, 100)) -> None:
    """What is handed back for a saddle, by plain fractions."""
    assert report.verdict == "certified"
    found: Any = report.result
    assert found["classification"] == "saddle"
    weights, data = parameters["weights"], (parameters["inputs"], parameters["targets"])
    here = loss(weights, *data)
    assert Fraction(found["loss"]) == here and Fraction(found["gap"]) > 0
    lower, higher, same = found["lower_point"], found["higher_point"], found["escape"]["weights"]
    assert Fraction(lower["loss"]) == loss(lower["weights"], *data) < here
    assert Fraction(higher["loss"]) == loss(higher["weights"], *data) > here
    assert loss(same, *data) == here
    assert any(Fraction(x) != 0 for row in found["escape"]["gradient"] for x in row)
    assert all(distance(each, weights) < radius for each in (lower["weights"], higher["weights"], same))


def test_the_example() -> None:
    request = load_instance_file(EXAMPLES / "deep_linear_saddle.toml")
    report = run_instance(request, DEEP_LINEAR_OFFER, results(), "proved", True)
    demand_saddle(report, given([ZERO, ZERO]))
    assert report.result["gap"] == "5/2"
    assert report.result["hessian_inertia"] == {"positive": 4, "negative": 4, "zero": 0}
    steps = [step for top in report.steps for step in top.walk()]
    assert sum(step.status == "true" for step in steps) > 50
    assert not any(step.status in ("undecided", "agrees") for step in steps)


@pytest.mark.parametrize("depth", [2, 3, 5])
def test_zero_weights(depth: int) -> None:
    """A strict saddle for two layers; for more of them the Hessian is 0."""
    parameters = given([ZERO] * depth)
    report = run(parameters)
    demand_saddle(report, parameters)
    strict = {"positive": 4, "negative": 4, "zero": 0}
    flat = {"positive": 0, "negative": 0, "zero": 4 * depth}
    assert report.result["hessian_inertia"] == (strict if depth == 2 else flat)
    assert report.result["saddle_type"] == ("strict" if depth == 2 else "degenerate")
    assert any(("degenerate saddle" if depth > 2 else "a strict saddle") in line for line in report.lines)


def test_a_degenerate_saddle_whose_hessian_is_not_zero() -> None:
    """The products of three neighbouring layers are 0 or do not meet the residual."""
    first, second = [[1, 0], [0, 0]], [[0, 0], [0, 1]]
    parameters = given([first, ZERO, first, first], targets=second)
    report = run(parameters)
    demand_saddle(report, parameters)
    assert report.result["hessian_inertia"] == {"positive": 1, "negative": 0, "zero": 15}
    assert report.result["saddle_type"] == "degenerate"
    assert any("none is negative" in line for line in report.lines)


@pytest.mark.parametrize(("small", "zeros"), [("1e-20", 0), ("0", 2)])
def test_a_hessian_with_tiny_eigenvalues(small: str, zeros: int) -> None:
    """One layer: the eigenvalues are 1 and the square of the second input, each twice."""
    report = run(given([TEACHER], inputs=[[1, 0], [0, small]], targets=[[1, 0], [0, f"{2 * int(small[0])}e-20"]]))
    assert report.result["classification"] == "global_minimum" and report.result["saddle_type"] is None
    assert report.result["hessian_inertia"] == {"positive": 4 - zeros, "negative": 0, "zero": zeros}


@pytest.mark.parametrize("kept", [0, 1])
def test_critical_points_of_rank_one(kept: int) -> None:
    """One singular value of the teacher is learnt."""
    value = TEACHER[kept][kept]
    first = [[int(i == j == kept) for j in range(2)] for i in range(2)]
    parameters = given([first, [[value * x for x in row] for row in first]])
    report = run(parameters)
    demand_saddle(report, parameters)
    assert report.result["prefix_ranks"] == [1, 1] and report.result["suffix_ranks"] == [1, 1]
    assert report.result["gap"] == ("2" if kept == 0 else "1/2")


def test_a_global_minimum() -> None:
    report = run(given([UNIT, TEACHER]))
    assert report.verdict == "certified" and report.result["classification"] == "global_minimum"
    assert report.result["gap"] == "0" and report.result["lower_point"] is report.result["escape"] is None
    assert report.result["hessian_inertia"] == {"positive": 4, "negative": 0, "zero": 4}
    assert report.result["full_rank_layers"] == [1, 2]


def test_a_global_minimum_without_full_rank() -> None:
    """Statement (2) of the theorem alone: the best product is 0, and no layer has full ranks around it."""
    report = run(given([ZERO, ZERO, ZERO], targets=ZERO))
    assert report.verdict == "certified" and report.result["classification"] == "global_minimum"
    assert report.result["full_rank_layers"] == []


@pytest.mark.parametrize("layer", [0, 1])
def test_a_point_that_is_almost_critical(layer: int) -> None:
    weights: Any = [[[1, 0], [0, 1]], [[1, 0], [0, 2]]]
    weights[layer][1][0] = "1e-30"
    report = run(given(weights))
    assert report.verdict == "not_applicable" and report.steps == ()
    assert report.result["classification"] == "not_critical" and Fraction(str(report.result["gap"])) > 0
    failing = [h for h in report.hypotheses if h.holds is not True]
    assert [h.label for h in failing] == ["critical"] and failing[0].witness is not None
    witness: Any = failing[0].witness
    assert Fraction(witness["gradient"][witness["row"] - 1][witness["column"] - 1]) == Fraction(witness["entry"]) != 0


def test_a_layer_that_is_too_narrow_by_one() -> None:
    """Widths 2, 1, 2: the critical point of smaller singular value is a saddle, but the theorem does not say so."""
    report = run(given([[[1, 0]], [[1], [0]]]))
    assert report.verdict == "not_applicable"
    failing = [h for h in report.hypotheses if h.holds is not True]
    assert [(h.label, h.witness) for h in failing] == [("widths", {"layer": 1, "width": 1, "at_least": 2})]
    assert report.result == {"classification": None, "gap": None}


def test_one_layer() -> None:
    """A critical point of one layer is a global minimum."""
    assert run(given([TEACHER])).result["classification"] == "global_minimum"
    assert run(given([ZERO])).result["classification"] == "not_critical"
    best: Any = run(given([[["3/2"]]], inputs=[[1, 1]], targets=[[1, 2]])).result
    assert (best["classification"], best["loss"], best["gap"]) == ("global_minimum", "1/4", "0")


def test_layers_of_size_one() -> None:
    """x -> w3 w2 w1 x: two zeros make a saddle, one zero does not make a critical point."""
    saddle = given([[[0]], [[5]], [[0]]], inputs=[[1]], targets=[[1]])
    demand_saddle(run(saddle), saddle)
    assert run(given([[[0]], [[5]], [[1]]], inputs=[[1]], targets=[[1]])).result["classification"] == "not_critical"


@pytest.mark.parametrize("sizes", [(1, 3, 2), (3, 2, 1), (3, 1, 4, 1), (1, 1, 1, 4), (4, 2, 5, 2), (2, 6, 2, 3)])
def test_chains_that_are_not_square(sizes: Sequence[int]) -> None:
    """Both orientations: the input or the output is the smaller one."""
    weights = [[[0] * before for _ in range(after)] for before, after in pairwise(sizes)]
    inputs = [[i + 1, (-1) ** i] for i in range(sizes[0])]
    targets = [[i + 1, 3] for i in range(sizes[-1])]
    parameters = given(weights, inputs, targets, radius="1e-9")
    demand_saddle(run(parameters), parameters, Fraction(1, 10**9))


def test_data_of_low_rank() -> None:
    """The second input is twice the first, so that many products are best; the saddle is one of the first direction."""
    data = {"inputs": [[1, 2], [2, 4]], "targets": [[5, 10], [1, 1]]}
    parameters = {"weights": [ZERO, ZERO, ZERO], **data}
    report = run(parameters)
    demand_saddle(report, parameters)
    best: Any = report.result["best_product"]
    assert Fraction(str(report.result["minimum"])) == loss([best], data["inputs"], data["targets"]) == Fraction(1, 10)


def test_no_data_but_zeros() -> None:
    """All inputs are 0: every point is a global minimum."""
    report = run(given([TEACHER, TEACHER], inputs=ZERO))
    assert report.result["classification"] == "global_minimum" and report.result["loss"] == "5/2"


def test_numbers_of_fifty_digits() -> None:
    small, large = "1/" + "7" * 50, "9" * 50 + "/" + "1" * 49
    weights: Any = [[[0, 0], [0, 1]], [[0, 0], [0, large]], [[0, 0], [0, 1]]]
    parameters = given(weights, targets=[[small, 0], [0, large]], radius="1e-60")
    report = run(parameters)
    demand_saddle(report, parameters, Fraction(1, 10**60))
    assert Fraction(str(report.result["gap"])) == Fraction(small) ** 2 / 2
    weights[2][1][1] = f"1{'0' * 49}1/1{'0' * 50}"
    assert run(given(weights, targets=[[small, 0], [0, large]])).result["classification"] == "not_critical"


def test_no_hessian_of_many_parameters() -> None:
    zero = [[0] * 15 for _ in range(15)]
    report = run(given([zero, zero], inputs=[[1]] * 15, targets=[[1]] * 15))
    assert report.verdict == "certified" and report.steps == ()
    assert report.result["hessian_inertia"] is report.result["saddle_type"] is None
    assert "400" in str(report.result["hessian_note"])
    assert any("too large" in line for line in report.lines) and any("not evaluated" in line for line in report.lines)


def test_samples_from_a_file(tmp_path: Path) -> None:
    """One row a sample below a header."""
    (tmp_path / "x.csv").write_text("a,b\n1,0\n0,1\n2,0.5\n", encoding="utf-8")
    (tmp_path / "y.csv").write_text("c\n1\n2\n3\n", encoding="utf-8")
    report = run(given([[[1, 2]]], inputs="x.csv", targets="y.csv"), tmp_path)
    assert report.data["inputs"] == [["1", "0", "2"], ["0", "1", "1/2"]]
    assert report.result["classification"] == "global_minimum" and report.result["gap"] == "0"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"weights": [[[1, 0]], [[1, 0], [0, 1]]]}, "sizes do not fit"),
        ({"weights": [[[1], [0]], [[1, 0], [0, 1]]]}, "sizes do not fit"),
        ({"weights": [[[1, 0], [0, 1]], [[1, 0]]]}, "sizes do not fit"),
        ({"targets": [[1], [2]]}, "another number of samples"),
        ({"weights": []}, "not a list of layers"),
        ({"weights": "w.npz"}, "no such file"),
        ({"weights": "w.txt"}, "not a list of layers"),
        ({"weights": [[[1, 0], [0]]]}, "no common length"),
        ({"weights": [[[]]]}, "no common length"),
        ({"weights": [[1, 0], [0, 1]]}, "not a matrix"),
        ({"weights": [[["nan", 0], [0, 1]]]}, "not an exact number"),
        ({"inputs": "data.npz"}, "no such file"),
        ({"inputs": "data.xlsx"}, "not a matrix"),
        ({"inputs": "nowhere.csv"}, "no such file"),
        ({"radius": "0"}, "not positive"),
        ({"loss": "no_such_loss"}, "not a loss"),
        ({"depth": 2}, "unknown parameter"),
        ({"weights": [[[1] * 150] * 150]}, "too large"),
    ],
)
def test_bad_input(changed: dict[str, object], words: str) -> None:
    with pytest.raises(InputError, match=words):
        DEEP_LINEAR_OFFER.build(InstanceRequest(THEOREM, given([UNIT, UNIT]) | changed, EXAMPLES))
