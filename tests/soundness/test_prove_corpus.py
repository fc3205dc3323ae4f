"""The corpus of ``benchmarks/prove_figures.py``: its truths by numbers, and no wrong answer on a sample of it.

The numbers are those of ``numeric_claim``, which shares nothing with the prover: a false claim fails at the values that
the corpus gives, and a true one holds at points drawn at random. The figures of the whole corpus are written by
``make corpus``.
"""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import Any

import pytest
from mpmath import mpc

from symproof.tactics.claim import read_claim
from symproof.tactics.claims_file import read_claims
from symproof.tactics.prove import prove_claim
from tests.soundness.numeric_claim import admissible_points, has_sort, holds, number

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
CLAIMS, TRUTH = (json.loads((BENCHMARKS / f"prove_corpus{part}.json").read_text()) for part in ("", "_truth"))
CORPUS: list[dict[str, Any]] = [claim | TRUTH[claim["id"]] for claim in CLAIMS]
CONTRADICTORY = {"side_condition.contradictory_bounds", "side_condition.impossible_sine"}
POINTS, TRIES = 3, 60
SAMPLE = CORPUS[7::19]


def ids(entry: dict[str, Any]) -> str:
    return str(entry["id"])


def given_point(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: number(text) for name, text in entry["at"].items()}


def test_the_corpus_is_large_and_repeats_nothing() -> None:
    assert sum(e["truth"] for e in CORPUS) >= 150
    assert sum(not e["truth"] for e in CORPUS) >= 200
    assert {e["id"] for e in CORPUS} == TRUTH.keys()
    assert len(TRUTH) == len(CORPUS)
    assert len({(e["claim"], str(e["vars"]), str(e["hypotheses"])) for e in CORPUS}) == len(CORPUS)


def test_every_claim_is_read() -> None:
    for entry in read_claims(BENCHMARKS / "prove_corpus.json"):
        assert not entry.problem
        read_claim(entry.variables, entry.hypotheses, entry.claim)


def test_false_claims_fail_where_the_corpus_says() -> None:
    for entry in CORPUS:
        if not entry["truth"]:
            point = given_point(entry)
            assert point.keys() == entry["vars"].keys(), entry
            assert all(has_sort(point[n], s) for n, s in entry["vars"].items()), entry
            assert all(holds(h, point) for h in entry["hypotheses"]), entry
            assert not holds(entry["claim"], point), entry


def test_true_claims_hold_at_random_points() -> None:
    for entry in CORPUS:
        if not entry["truth"]:
            continue
        found = [given_point(entry)] if "at" in entry else []
        if entry["id"] not in CONTRADICTORY:
            for point in admissible_points(entry["vars"], entry["hypotheses"], TRIES):
                found.append(point)
                if len(found) >= POINTS or not entry["vars"]:
                    break
            assert found, entry
        for point in found:
            assert all(holds(h, point) for h in entry["hypotheses"]), (entry, point)
            assert holds(entry["claim"], point, touching=True), (entry, point)


def test_the_numbers_see_a_false_claim() -> None:
    """What checks the corpus can fail."""
    half = {"x": number("1/2")}
    assert not holds("x**2 > x", half)
    assert not holds("sqrt(x) == 7/10", half)
    assert not holds("diff(x**3, x) == 3*x", half)
    assert not holds("x > 0 -> x > 1", half)
    assert holds("x == 1/2", half) and not holds("x < 1/2", half) and holds("x < 1/2", half, touching=True)
    assert not has_sort(mpc(0, 1), "real")


@pytest.mark.parametrize("entry", SAMPLE, ids=ids)
def test_no_answer_is_wrong(entry: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "monotonic", time.process_time)
    found = prove_claim(entry["vars"], entry["hypotheses"], entry["claim"], 0.6)
    assert found.status in (("proved", "unknown") if entry["truth"] else ("refuted", "unknown"))
