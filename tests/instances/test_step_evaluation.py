"""Every step of a proof on numbers: true claims evaluate to true, a false one is never let through."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from flint import fmpq
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.relu_like_evaluation import evaluate_relu_like
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.instances.step_evaluation import Constructions, InstanceContradictionError, evaluate_steps
from symproof.kernel.check import CheckResult, check_theorem
from symproof.library import load_library
from symproof.library_check import check_library
from symproof.logic.syntax import Eq, Sum, family, forall_in, integer, real
from symproof.proof.author import assume as assumed
from symproof.proof.author import at, by, calc, case, cases, contradiction, have, let, qed, take
from symproof.proof.theorem import theorem

NOTHING = Constructions({}, {})


@cache
def results() -> dict[str, CheckResult]:
    checked = check_library(load_library(), ["relu_like.spurious_minimum"])
    return {name: each.result for name, each in checked.items()}


def rationals(low: int = -4, high: int = 4) -> st.SearchStrategy[fmpq]:
    return st.builds(fmpq, st.integers(low, high), st.integers(1, 3))


@st.composite
def instances(draw: st.DrawFn) -> tuple[list[tuple[fmpq, ...]], list[fmpq], ReluLike, int, fmpq]:
    """Small data sets, slopes, a width and a scale; nothing is assumed of them."""
    count, features = draw(st.integers(2, 5)), draw(st.integers(1, 2))
    rows = [tuple(draw(rationals()) for _ in range(features)) for _ in range(count)]
    targets = [draw(rationals()) for _ in range(count)]
    slopes = ReluLike(draw(rationals(1, 3)), draw(rationals(0, 3)))
    return rows, targets, slopes, draw(st.integers(2, 3)), draw(st.sampled_from([fmpq(1), fmpq(1), fmpq(2, 3)]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(instances())
def test_every_claim_of_the_proof_is_true_on_random_data(numbers) -> None:  # type: ignore[no-untyped-def]
    """The proof is tested by each instance that meets its hypotheses: a false claim would raise."""
    rows, targets, slopes, width, alpha = numbers
    instance = build_relu_like_instance(dataset_from_rows(rows, targets), slopes, width, alpha)
    assume(instance.applicable)
    steps = [step for top in evaluate_relu_like(instance, results()) for step in top.walk()]
    assert sum(step.verdict is True for step in steps) > 150
    assert not any(step.verdict is False for step in steps)
    reached = {step.theorem for step in steps if step.verdict is True}
    assert {"relu_like.candidate", "relu_like.kink", "relu_like.descent", "relu_like.local_minimum"} <= reached


def test_an_instance_that_does_not_meet_the_hypotheses_is_not_evaluated() -> None:
    rows = [(fmpq(k),) for k in range(4)]
    exact = build_relu_like_instance(
        dataset_from_rows(rows, [2 * r[0] + 1 for r in rows]), ReluLike(fmpq(1), fmpq(0)), 2
    )
    assert evaluate_relu_like(exact, results()) == ()


# Small proofs ------------------------------------------------------------------------------------------

m, i = integer("m i")
x, y = real("x y")
a = family("a")
total = Sum(i, 1, m, a(i))
SMALL = theorem(
    "own.small",
    "A small proof",
    variables=[m, a, x],
    hypotheses={"size": m >= 1, "positive": forall_in(i, 1, m, a(i) > 0), "value": Eq(x, total)},
    conclusion=x > 0,
    proof=[
        let("y_def", y, 2 * x),
        have("each", forall_in(i, 1, m, a(i) + 1 > 1), proof=[
            take(i), assumed("low", "high"), qed(by("linear", at("positive", i)))]),
        calc("double", y, ("=", x + x, by("ring", rewrite=["y_def"])), ("=", 2 * total, by("ring", rewrite=["value"]))),
        have("total", total > 0, by("sign")),
        cases(
            case("large", x > 1, qed(by("linear", "large"))),
            case("small", x <= 1, contradiction("no", qed(by("linear", "no", "value", "total"))))),
    ],
)  # fmt: skip
VALUES = {"m": fmpq(3), "a": lambda k: fmpq(1, int(k)), "x": fmpq(11, 6)}


def evaluated(values: dict) -> dict[str, object]:
    result = check_theorem(SMALL, {}, _Searched())
    assert result.accepted
    steps = evaluate_steps("own.small", {"own.small": result}, values, NOTHING)
    return {step.path: step for top in steps for step in top.walk()}


class _Searched:
    """Evidence by search, as the command line does it."""

    def __new__(cls):  # type: ignore[no-untyped-def]
        from symproof.tactics.evidence_search import SearchingEvidence

        return SearchingEvidence()


def test_each_kind_of_step_says_what_it_is_on_the_numbers() -> None:
    """Definitions, chains with the value of each term, samples of indices, the case that applies."""
    steps = evaluated(VALUES)
    assert steps["1"].numbers == (fmpq(11, 3),)  # type: ignore[attr-defined]
    assert steps["3"].numbers == (fmpq(11, 3),) * 3  # type: ignore[attr-defined]
    assert steps["2.3"].samples == 3  # type: ignore[attr-defined]
    assert steps["5.1.1"].verdict is True  # type: ignore[attr-defined]
    assert steps["5.2.1"].verdict is None  # type: ignore[attr-defined]
    assert "does not apply" in steps["5.2.1"].reason  # type: ignore[attr-defined]


def test_numbers_against_the_hypotheses_contradict_the_proof() -> None:
    """With x other than the sum the chain is false on the numbers, and that is never reported as evaluated."""
    with pytest.raises(InstanceContradictionError):
        evaluated({**VALUES, "x": fmpq(5)})


def test_a_forged_false_claim_is_found_on_the_numbers() -> None:
    """A step that the kernel never accepted does not slip through an instance either."""
    result = check_theorem(SMALL, {}, _Searched())
    false = replace(result.steps[3], claim=total < 0)
    forged = replace(result, steps=(*result.steps[:3], false, *result.steps[4:]))
    with pytest.raises(InstanceContradictionError):
        evaluate_steps("own.small", {"own.small": forged}, VALUES, NOTHING)
