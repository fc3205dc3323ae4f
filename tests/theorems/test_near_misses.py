"""Every hypothesis of every main result: where an instance without it is at which the conclusion fails, or why none is.

Which hypothesis each of them is about is said in ``theorems/points/*.toml``.
"""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from symproof.instances.dataset import dataset_from_rows
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.instances.value_family import vector
from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.term import Term
from symproof.tactics.prove import prove_claim
from tests.theorems.test_convex_loss import EXACT, values
from theorems.points.relu_like import SLOPES


@pytest.mark.parametrize(
    ("targets", "w", "c", "r"),
    [([0, 1, 0], 0, 1, [1, 0, 1]), (EXACT, 2, 1, [1, 0, 0])],
    ids=["not the best", "no derivatives"],
)
def test_derivatives_need_not_be_stationary(targets: list[int], w: int, c: int, r: list[int]) -> None:
    """Not the best affine function with the derivatives of its losses; the best one with numbers that are none."""
    theorem = load_library().theorems["relu_like.best_fit_is_stationary"]
    point = values([fmpq(t) for t in targets], fmpq(w), fmpq(c), [fmpq(k) for k in r])
    assignment: dict[Term, object] = {v: point[v.name] for v in theorem.variables}
    assert decide(theorem.conclusion, assignment) is False
    assert decide(theorem.conclusion, {**assignment, _r(theorem.variables): vector([fmpq(0)] * 3)}) is True


def _r(variables: tuple[Term, ...]) -> Term:
    return next(v for v in variables if v.name == "r")


@pytest.mark.parametrize("inputs", [[0, 1], [0, 5], [-3, 2]])
def test_almost_all_data_of_two_samples_are_fitted(inputs: list[int]) -> None:
    """With m = d_x + 1 the affine fit is exact wherever the two inputs differ, and no risk is below 0."""
    rows = [[fmpq(k)] for k in inputs]
    found = build_relu_like_instance(dataset_from_rows(rows, [fmpq(2), fmpq(-7)]), SLOPES, 2)
    assert "C1.1" in [h.label for h in found.hypotheses if h.holds is False] and found.fit.risk == 0


def test_without_features_or_units_a_network_is_a_constant() -> None:
    """No constant has a smaller risk than the best constant: here for the targets 0, 1, 0, whose risk is 1/3.

    For the sigmoid network without a unit that is all there is to show: its risk 1/3 is the smallest one.
    """
    proved = prove_claim({"c": "real"}, (), "(c**2 + (c - 1)**2 + c**2)/2 >= 1/3", 20.0)
    assert proved.status == "proved"
    assert prove_claim({"c": "real"}, (), "(c**2 + (c - 1)**2 + c**2)/2 >= 1/3 + 1/100", 20.0).status == "refuted"


def test_one_sigmoid_unit_is_enough_for_a_smaller_risk() -> None:
    """Width 1 is no near miss: a steep unit is about 0, 1/2, 1/2 at the inputs, with a risk near 1/4, below 1/3."""
    outputs = [arb(1) / 2 / (1 + (-(20 * arb(x) + 10)).exp()) for x in (-1, 0, 1)]
    assert sum(((f - y) * (f - y) for f, y in zip(outputs, (0, 1, 0), strict=True)), arb(0)) / 2 < arb(1) / 3


@pytest.mark.parametrize(("mean", "holds"), [(0, False), (1, True)])
def test_another_number_than_the_mean_is_not_the_best_constant(mean: int, holds: bool) -> None:
    theorem = load_library().theorems["linear_algebra.best_constant"]
    point = {"m": 2, "y": vector([fmpq(0), fmpq(2)]), "c": fmpq(1), "mean": fmpq(mean)}
    assert decide(theorem.conclusion, {v: point[v.name] for v in theorem.variables}) is holds
