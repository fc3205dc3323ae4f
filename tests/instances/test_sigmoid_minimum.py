"""The counterexample to the claim of Yu and Chen on numbers: exact risks, balls that must agree, one unit refused."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances import sigmoid_minimum
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.instance_run import offer_of, run_instance
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceReport
from symproof.instances.sigmoid_minimum import build_sigmoid_instance
from symproof.library import load_library
from symproof.library_check import check_library


@cache
def checked() -> dict[str, Any]:
    return dict(check_library(load_library(), ["yu_chen.refutation"]))


def run(theorem: str, **parameters: object) -> InstanceReport:
    request = InstanceRequest(theorem, parameters, "test", Path())
    offer = offer_of(request, load_library().theorems)
    results = {name: each.result for name, each in checked().items()}
    return run_instance(request, offer, results, checked()[theorem].trust, checked()[theorem].accepted)


@pytest.mark.parametrize(("theorem", "parameters"), [("refutation", {}), ("spurious_minimum", {"units": 3})])
def test_it_is_certified_and_every_step_is_looked_at(theorem: str, parameters: dict[str, object]) -> None:
    report = run(f"yu_chen.{theorem}", **parameters)
    assert report.verdict == "certified" and all(h.holds is True for h in report.hypotheses)
    assert report.counts()["undecided"] == 0 and report.counts()["agrees"] > 0 and report.counts()["true"] > 40
    minimum, better = report.result["local_minimum"], report.result["better_point"]
    assert (minimum["risk"], better["risk"], report.result["radius"]) == ("1/3", "0", "1")  # type: ignore[index]
    assert minimum["outputs"] == ["1/3"] * 3 and better["outputs"] == ["0", "1", "0"]  # type: ignore[index]
    assert minimum["ball"].startswith("0.3333333333") and better["ball"].startswith("0 +/- ")  # type: ignore[index]


def test_the_supposition_that_the_minimum_is_global_is_seen_to_fail() -> None:
    steps = {
        step.path: step for top in run("yu_chen.refutation").steps for step in top.walk() if step.theorem[8] == "r"
    }
    assert steps["6.5.3"].status == "not_reached"


def test_one_unit_is_not_enough() -> None:
    report = run("yu_chen.spurious_minimum", units=1)
    assert report.verdict == "not_applicable" and report.hypotheses[0].witness == {"n": 1}
    assert report.steps == () and report.result == {}


@pytest.mark.parametrize("units", [0, "two", 201, None])
def test_other_parameters_are_refused(units: object) -> None:
    with pytest.raises(InputError):
        run("yu_chen.spurious_minimum", **({} if units is None else {"units": units}))
    with pytest.raises(InputError, match="unknown parameter"):
        run("yu_chen.refutation", units=2)


def test_a_wrong_evaluation_certifies_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The exact sigmoid a little off: the ball arithmetic does not know of it, and disagrees."""
    monkeypatch.setattr(sigmoid_minimum, "_sigmoid", lambda k: fmpq(3) ** k / (fmpq(3) ** k + 1) + fmpq(1, 10**30))
    with pytest.raises(InstanceMismatchError, match="not in a small ball"):
        build_sigmoid_instance(2)
    monkeypatch.undo()
    monkeypatch.setattr(sigmoid_minimum, "TARGETS", (0, 1, 1))
    with pytest.raises(InstanceMismatchError, match="not 1/3 and 0"):
        build_sigmoid_instance(2)
