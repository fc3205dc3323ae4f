"""What an instance may be called, given the trust of its theorem."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from symproof.instances.evaluated_step import AGREES, OVERLAPS, EvaluatedStep
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.instance_file import InstanceRequest
from symproof.instances.instance_run import run_instance
from symproof.instances.offer import InstanceOffer
from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.interface import TRUST_LEVELS
from symproof.logic.syntax import real
from symproof.proof.author import by, open_step, qed
from symproof.proof.theorem import theorem

x = real("x")
GAP = theorem(
    "own.gap",
    "A claim that nobody has proved",
    variables=[x],
    conclusion=x**2 >= 1,
    proof=[open_step("gap", x**2 >= 1), qed(by("logic", "gap"))],
)
OFFER = InstanceOffer(
    build=lambda _request: "numbers",
    hypotheses=lambda _numbers: (DecidedHypothesis("given", "it is given", True, "it is"),),
    evaluate=lambda _numbers, _results: (),
    result=lambda _numbers: {"value": "1"},
    data=lambda _numbers: {},
    summary=lambda _numbers: [],
)
REQUEST = InstanceRequest("own.gap", {}, Path())


def run(trust: str, *, accepted: bool = True):  # type: ignore[no-untyped-def]
    results: dict[str, CheckResult] = {"own.gap": check_theorem(GAP, {})}
    return run_instance(REQUEST, OFFER, results, trust, accepted)


def test_a_gap_is_accepted_as_a_gap() -> None:
    """So that acceptance alone must not certify anything."""
    result = check_theorem(GAP, {})
    assert (result.accepted, result.trust) == (True, "open")


@pytest.mark.parametrize("trust", TRUST_LEVELS)
def test_nothing_is_certified_by_a_gap_or_a_refuted_statement(trust: str) -> None:
    """What rests on an open or refuted result is undecided, and no result is handed out."""
    report = run(trust)
    certified = trust not in ("open", "refuted")
    assert report.verdict == ("certified" if certified else "undecided")
    assert bool(report.result) == certified


def test_nothing_is_certified_by_a_proof_that_fails() -> None:
    assert run("proved", accepted=False).verdict == "undecided"


@pytest.mark.parametrize(("doubt", "verdict"), [("", "certified"), (AGREES, "certified"), (OVERLAPS, "undecided")])
def test_a_step_whose_balls_overlap_leaves_the_instance_undecided(doubt: str, verdict: str) -> None:
    """Also deep inside of an applied result; sides that agree, as far as the balls tell, are no obstacle."""
    step = EvaluatedStep("own.gap", "1", "have", x**2 >= 1, None, "because", doubt=doubt)
    offer = replace(OFFER, evaluate=lambda _numbers, _results: (replace(step, doubt="", applied=(step,)),))
    report = run_instance(REQUEST, offer, {"own.gap": check_theorem(GAP, {})}, "proved", True)
    assert (report.verdict, bool(report.result)) == (verdict, verdict == "certified")
    assert report.counts()["undecided"] == (verdict == "undecided")
