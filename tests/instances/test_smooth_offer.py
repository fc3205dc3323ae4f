"""The instances of the theorems on smooth activations: verdicts, results, steps, certificates, bad input."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import offer_of, plain_report, run_instance
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceReport
from symproof.instances.smooth_activation import read_activation
from symproof.instances.smooth_recheck import recheck_smooth
from symproof.library import load_library
from symproof.library_check import check_library, standing
from theorems.smooth.this_activation import check_smooth

MAIN = ("smooth.paper_spurious_minimum", "smooth.every_activation")
ALL = ("spurious_minimum", "paper_spurious_minimum", "bent_activation", "every_activation")
EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def checked() -> dict[str, Any]:
    return dict(check_library(load_library(), MAIN))


def run(theorem: str, **parameters: object) -> InstanceReport:
    return run_request(InstanceRequest(f"smooth.{theorem}", parameters, Path(), "test"))


def run_request(request: InstanceRequest) -> InstanceReport:
    offer = offer_of(request, load_library().theorems)
    trust, accepted = standing(checked(), (request.theorem, *offer.rests_on))
    return run_instance(request, offer, {name: c.result for name, c in checked().items()}, trust, accepted)


@pytest.mark.parametrize(
    ("theorem", "parameters", "method"),
    [
        ("spurious_minimum", {"activation": "x/(1 + exp(-x))"}, "convex piece"),
        ("spurious_minimum", {"activation": "tanh"}, "second order"),
        ("spurious_minimum", {"activation": "softplus"}, "convex piece"),
        ("paper_spurious_minimum", {"activation": "arctan"}, "second order"),
        ("bent_activation", {"activation": "gelu", "width": "3", "v": "0"}, "convex piece"),
        ("every_activation", {"activation": "cube"}, "convex piece"),
    ],
)
def test_it_is_certified_and_every_step_is_looked_at(theorem: str, parameters: dict[str, object], method: str) -> None:
    report = run(theorem, **parameters)
    assert report.verdict == "certified" and report.applied == report.theorem
    assert all(h.holds is True for h in report.hypotheses) and report.trust == "cited"
    counts = report.counts()
    assert counts["undecided"] == 0 and counts["true"] > 200
    result = report.result
    assert result["smooth_by_kernel"] is True
    assert result["method"] == method and result["risk_local_minimum"] == "1/3"
    for name in ("parameters_local_minimum", "parameters_better_point"):
        point = result[name]
        assert isinstance(point, dict) and set(point) == {"W1", "b1", "W2", "b2"}
    recheck_smooth(report.data, result)


@pytest.mark.parametrize(
    "text",
    [
        "1/x",
        "log(x)",
        "sqrt(1 - x**2)",
        "x**x",
        "x**2/10**60",
        "exp(exp(exp(x)))",
        "piecewise(0; 5; (t - 5)**2)",
        "erf(2*x*sign(x)/((x - 2)/cosh(1/10)))",
        "Abs(x - 1/10)**3 + Max(x, 1/x)",
    ],
)
def test_no_step_of_the_proof_is_false_on_unusual_activations(text: str) -> None:
    report = run("spurious_minimum", activation=text)
    assert report.verdict == "certified" and report.counts()["true"] > 30 and report.counts()["undecided"] == 0


def test_where_the_conditions_cannot_be_met_the_theorem_on_bent_pieces_is_applied_and_named() -> None:
    report = run("spurious_minimum", activation="exp(x)")
    assert (report.theorem, report.applied) == ("smooth.spurious_minimum", "smooth.bent_activation")
    assert report.verdict == "certified" and "p" not in report.result
    theorems = load_library().theorems
    written = plain_report(report, theorems[report.applied])
    assert written["applied"] == report.applied and written["statement"] == theorems[report.applied].statement_digest


def test_the_other_theorem_is_not_applied_to_numbers_of_ones_own() -> None:
    report = run("spurious_minimum", activation="exp", v="0", u="1/6", p="0,1,1,2")
    assert report.verdict == "not_applicable" and report.applied == "smooth.spurious_minimum"
    assert [h.label for h in report.hypotheses if h.holds is not True] == ["different"]


@pytest.mark.parametrize(
    "theorem", ["spurious_minimum", "paper_spurious_minimum", "bent_activation", "every_activation"]
)
def test_an_affine_activation_is_not_applicable(theorem: str) -> None:
    report = run(theorem, activation="log(exp(x))")
    assert report.verdict == "not_applicable" and report.steps == () and report.result == {}
    assert [h.witness for h in report.hypotheses if h.holds is False] == [{"h''": "0"}]


@pytest.mark.parametrize(
    "theorem", ["spurious_minimum", "paper_spurious_minimum", "bent_activation", "every_activation"]
)
def test_an_activation_that_is_nowhere_bent_and_smooth_is_undecided(theorem: str) -> None:
    report = run(theorem, activation="sqrt(-1 - x**2)")
    assert report.verdict == "undecided" and "not_real" in report.hypotheses[-1].reason


def test_the_kernel_does_not_prove_that_a_function_is_smooth_across_a_kink_or_a_pole() -> None:
    for text, center, radius in (("elu", -1, 2), ("1/x", 1, 2), ("sqrt(x)", 1, 1), ("abs(x)**3", 1, 2)):
        assert not check_smooth(read_activation(text).term, fmpq(center), fmpq(radius)).accepted
    assert check_smooth(read_activation("elu").term, fmpq(-1), fmpq(1, 2)).accepted


def test_one_unit_is_not_enough() -> None:
    report = run("bent_activation", activation="tanh", width=1)
    assert report.verdict == "not_applicable" and report.hypotheses[0].witness == {"n": 1}


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"activation": "no_such"},
        {"activation": "x*y"},
        {"activation": "tanh", "v": "1, 2, 3"},
        {"activation": "tanh", "u": "1, 2"},
        {"activation": "tanh", "p": "1, 2, 3"},
        {"activation": "tanh", "v": "1/0"},
        {"activation": "tanh", "v": "log(-1)"},
        {"activation": "tanh", "v": "x"},
        {"activation": "tanh", "v": ""},
        {"activation": "tanh", "v": ["1", 1.5]},
        {"activation": "tanh", "width": 2},
    ],
)
def test_bad_input_is_refused(parameters: dict[str, object]) -> None:
    with pytest.raises(InputError):
        run("spurious_minimum", **parameters)
    with pytest.raises(InputError):
        run("bent_activation", activation="tanh", width=201)


@cache
def certified() -> InstanceReport:
    return run("spurious_minimum", activation="silu", v="1/4")


def changed(*path: object) -> dict[str, Any]:
    """The result of the certificate with one entry changed; the last element of the path is the new value."""
    *keys, last, value = path
    result = copy.deepcopy(dict(certified().result))
    place: Any = result
    for key in keys:
        place = place[key]
    place[last] = value
    return result


@pytest.mark.parametrize(
    "result",
    [
        lambda: changed("radius", "3"),
        lambda: changed("risk_local_minimum", "1/2"),
        lambda: changed("method", "by inspection"),
        lambda: changed("parameters_local_minimum", "W2", 0, "1"),
        lambda: changed("parameters_local_minimum", "W2", ["-1", "-1"]),
        lambda: changed("parameters_local_minimum", "W1", 0, ["0", "1"]),
        lambda: changed("parameters_local_minimum", "b2", "1/100"),
        lambda: changed("parameters_better_point", "b1", 0, "1/1000"),
        lambda: changed("parameters_better_point", "W2", ["0", "0"]),
        lambda: changed("parameters_better_point", "b1", ["x", "1"]),
        lambda: changed("radius", "-1"),
        dict,
    ],
)
def test_a_certificate_that_was_changed_does_not_pass_the_re_check(result: Any) -> None:
    with pytest.raises(InstanceMismatchError, match="re-check failed"):
        recheck_smooth(certified().data, result())


def test_a_certificate_for_another_activation_does_not_pass_the_re_check() -> None:
    for data in ({**certified().data, "activation": "gelu"}, {**certified().data, "activation_term": "t"}, {}):
        with pytest.raises(InstanceMismatchError):
            recheck_smooth(data, certified().result)


@pytest.mark.parametrize("name", ["smooth_silu", "smooth_tanh"])
def test_the_examples_are_certified(name: str) -> None:
    assert run_request(load_instance_file(EXAMPLES / f"{name}.toml")).verdict == "certified"
