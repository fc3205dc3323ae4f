"""Bounds of the gap of trained deep linear networks: they hold, and wrong ones are found out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import fmpq, fmpq_mat
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.deep_linear_gap import GapBound, bound_gap, recheck_gap
from symproof.instances.deep_linear_gap_offer import GAP_OFFER
from symproof.instances.deep_linear_network import DeepLinearNetwork, identity
from symproof.instances.form_bound import FormBound, demand_form_bound, form_bound
from symproof.instances.instance_file import InstanceRequest, load_instance_file
from symproof.instances.instance_run import run_instance
from symproof.instances.mismatch import InstanceMismatchError
from symproof.instances.offer import InstanceReport
from symproof.kernel.check import CheckResult
from symproof.library import load_library
from symproof.library_check import check_library

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
THEOREM = "deep_linear.gradient_bound"
UNIT = [[1, 0], [0, 1]]
ZERO = [[0, 0], [0, 0]]
TEACHER = [[1, 0], [0, 2]]


@cache
def results() -> dict[str, CheckResult]:
    return {name: each.result for name, each in check_library(load_library(), [THEOREM]).items()}


def run(parameters: Mapping[str, object]) -> InstanceReport:
    return run_instance(InstanceRequest(THEOREM, parameters, EXAMPLES), GAP_OFFER, results(), "proved", True)


def given_(weights: object, inputs: object = UNIT, targets: object = TEACHER) -> dict[str, object]:
    return {"inputs": inputs, "targets": targets, "weights": weights}


def floats(matrix: fmpq_mat) -> np.ndarray:
    return np.array([[int(x.p) / int(x.q) for x in row] for row in matrix.tolist()])


def matrix(values: Any) -> fmpq_mat:
    """The exact numbers that floats are."""
    return fmpq_mat([[fmpq(*float(x).as_integer_ratio()) for x in row] for row in values])


def test_the_example() -> None:
    """Weights of a training run in floating point, evaluated in floating point once more."""
    report = run_instance(
        load_instance_file(EXAMPLES / "trained_deep_linear.toml"), GAP_OFFER, results(), "proved", True
    )
    found: Any = report.result
    assert (report.verdict, report.trust, found["critical"]) == ("certified", "proved", False)
    gap, bound = Fraction(found["gap"]), Fraction(found["bound"])
    assert 0 < gap <= bound < 10**-6
    file = np.load(EXAMPLES / "trained_deep_linear.npz")
    product = file["W3"] @ file["W2"] @ file["W1"]
    error = product @ file["inputs"] - file["targets"]
    best = np.linalg.lstsq(file["inputs"].T, file["targets"].T, rcond=None)[1].sum() / 2
    assert float(Fraction(found["loss"])) == pytest.approx((error**2).sum() / 2, rel=1e-12)
    assert float(Fraction(found["loss"]) - gap) == pytest.approx(best, rel=1e-12)
    steps = [step for top in report.steps for step in top.walk()]
    assert sum(step.status == "true" for step in steps) > 50
    assert not any(step.status in ("undecided", "agrees") for step in steps)
    assert any("not exactly critical" in line for line in report.lines)


@st.composite
def networks(draw: st.DrawFn) -> DeepLinearNetwork:
    """Any sizes, depths from 1, and data whose rank may be low."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=2, max_size=5))
    samples = draw(st.integers(1, 4))
    random = draw(st.randoms(use_true_random=False))
    numbers = [fmpq(random.randint(-4, 4), random.randint(1, 3)) for _ in range(60)]
    shapes = [(sizes[0], samples), (sizes[-1], samples), *((b, a) for a, b in pairwise(sizes))]
    found, place = [], 0
    for rows, columns in shapes:
        found.append(fmpq_mat(rows, columns, numbers[place : place + rows * columns]))
        place += rows * columns
    return DeepLinearNetwork(found[0], found[1], tuple(found[2:]))


@settings(max_examples=50, deadline=None)
@given(networks())
def test_random_networks(network: DeepLinearNetwork) -> None:
    """Bounds are there where the ranks are full, and hold; numbers mu, sigma and tau are what they are called."""
    found = bound_gap(network)
    recheck_gap(found)
    x, y = floats(network.inputs), floats(network.targets)
    best = np.linalg.lstsq(x.T, y.T, rcond=1e-9)[0].T
    least = ((best @ x - y) ** 2).sum() / 2
    assert float(network.loss - found.gap) == pytest.approx(least, abs=1e-8)
    singular = [s for s in np.linalg.svd(x, compute_uv=False) if s > 1e-9]
    assert len(singular) == found.span.nrows()
    if singular:
        assert 0.9 * min(singular) ** 2 <= float(found.least_curvature) <= (1 + 1e-9) * min(singular) ** 2
    for j in range(1, len(network.weights) + 1):
        full = (network.suffixes[j].rank(), network.prefixes[j - 1].rank()) == (network.sizes[-1], network.sizes[0])
        assert (j in found.bounds) == full
        if full:
            least_of = [
                min(np.linalg.svd(floats(p), compute_uv=False)) for p in (network.suffixes[j], network.prefixes[j - 1])
            ]
            for bound, value in zip((found.sigma[j - 1], found.tau[j - 1]), least_of, strict=True):
                assert bound is not None and 0.9 * value**2 <= float(bound.factor) <= (1 + 1e-9) * value**2
            assert found.gap <= found.bounds[j]


def test_exactly_critical() -> None:
    report = run(given_([UNIT, TEACHER]))
    assert report.verdict == "certified" and report.result["critical"] is True
    assert report.result["bound"] == report.result["gap"] == "0"


@pytest.mark.parametrize(
    "weights",
    [[ZERO, ZERO], [[[1, 0], [0, 0]], [[1, 0], [0, 0]], UNIT], [[[1, 0]], [[1], [0]]]],
    ids=["zero", "rank drops by one", "a layer too narrow by one"],
)
def test_no_bound_without_full_ranks(weights: Sequence[object]) -> None:
    """Saddles have the gradient 0, and are not at the minimum: the gradient bounds nothing."""
    report = run(given_(weights))
    assert report.verdict == "not_applicable"
    assert report.result["bound"] is None and Fraction(str(report.result["gap"])) > 0
    failing = [h for h in report.hypotheses if h.holds is not True]
    assert failing and all(h.witness is not None and h.witness["rank"] < h.witness["needed"] for h in failing)  # type: ignore[operator]
    narrow = len(weights[0]) == 1  # type: ignore[arg-type]
    assert report.result["gap_to"] == ("the_best_linear_map" if narrow else "the_global_minimum")


def test_a_rank_that_almost_drops() -> None:
    """The second singular value of the first layer is 10^-30, and certified not to be 0."""
    report = run(given_([[[1, 0], [0, "1e-30"]], [[1, 0], [0, 1]]]))
    layers: Any = report.result["layers"]
    assert report.verdict == "certified" and report.result["layer"] == 1
    assert 0 < Fraction(layers[1]["tau"]) <= Fraction(1, 10**60) and layers[1]["bound"] is not None


def test_no_data_but_zeros() -> None:
    report = run(given_([TEACHER], inputs=ZERO))
    assert report.verdict == "certified" and report.result["bound"] == report.result["gap"] == "0"


def test_samples_of_low_rank() -> None:
    """The second input is twice the first."""
    report = run(given_([TEACHER, UNIT], inputs=[[1, 2], [2, 4]], targets=[[5, 10], [1, 1]]))
    assert report.verdict == "certified" and report.result["rank_of_samples"] == 1
    assert Fraction(24) < Fraction(str(report.result["mu"])) <= 25
    assert any("1 of 2 dimensions" in h.reason for h in report.hypotheses)


def example() -> GapBound:
    inputs = fmpq_mat([[1, 0, 1], [0, 1, 1]])
    return bound_gap(DeepLinearNetwork(inputs, fmpq_mat([[1, 2, 4]]), (fmpq_mat([[1, 2], [0, 1]]), fmpq_mat([[3, 1]]))))


def test_the_second_evaluation_finds_what_is_wrong() -> None:
    found = example()
    recheck_gap(found)
    mu, sigma, tau = found.mu, found.sigma, found.tau
    assert mu is not None and sigma[0] is not None and tau[0] is not None and tau[1] is not None
    high = replace(tau[1], factor=tau[1].factor * 2)
    wrong = [
        replace(found, gradients=found.gradients[::-1]),
        replace(found, best=found.best * 2),
        replace(found, mu=replace(mu, factor=mu.factor * 2)),
        replace(found, mu=None),
        replace(found, span=fmpq_mat([[1, 0]])),
        replace(found, sigma=(sigma[1], sigma[1])),
        replace(found, tau=(tau[0], high)),
        replace(found, tau=(tau[0], replace(tau[1], factor=fmpq(0)))),
    ]
    for each in wrong:
        with pytest.raises(InstanceMismatchError):
            recheck_gap(each)


def test_forms() -> None:
    """The least eigenvalue of the one is 1 - 10^-40; 1 is too much, and so is anything for a form that has a kernel."""
    almost = fmpq_mat([[1, 0], [0, 1 - fmpq(1, 10**40)]])
    found = form_bound(almost, identity(2))
    assert found is not None and fmpq(9, 10) < found.factor <= almost[1, 1]
    with pytest.raises(InstanceMismatchError):
        demand_form_bound(FormBound(almost, identity(2), fmpq(1), found.certificate))
    assert form_bound(fmpq_mat([[1, 2], [2, 4]]), identity(2)) is None
    assert form_bound(fmpq_mat([[1, 2], [2, 1]]), identity(2)) is None
    exact = form_bound(identity(3) * 7, identity(3))
    assert exact is not None and exact.factor == 7
