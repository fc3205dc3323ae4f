"""Every hypothesis of every main result: where an instance without it is at which the conclusion fails, or why none is.

The results on affine pieces, smooth activations and deep linear networks have tables of their own beside this one.
"""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from symproof.graph_analysis import is_main
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.term import Term
from symproof.tactics.prove import prove_claim
from tests.theorems.meeting_point import vector
from tests.theorems.points.relu_like import SLOPES
from tests.theorems.test_convex_loss import EXACT, values

CHAPTERS = ("linear_algebra", "relu_like", "yu_chen")
ACTIVATION = "the identity is another activation; it is the case without a kink"
RELU_LIKE = {
    "dimension": "test_vacuity: follows from C1.2 and C1.1",
    "C1.1": "test_library_holds: exact data",
    "C1.2": "test_library_holds: one input with two targets",
    "C1.3 activation": ACTIVATION,
    "C1.3 slopes": "test_library_holds: equal slopes; test_vacuity: why the signs of the slopes are no obstacle",
    "C1.4": "test_vacuity: width 1",
}
DEEP = {**RELU_LIKE, "depth": "test_any_depth: no hidden layer", "widths": "test_any_depth: an empty later layer"}
WHERE = {
    "relu_like.spurious_minimum": RELU_LIKE,
    "relu_like.infinitely_many": RELU_LIKE,
    "relu_like.any_depth": DEEP,
    "relu_like.any_depth_infinitely_many": DEEP,
    "relu_like.paper_descent": {
        **{label: RELU_LIKE[label] for label in ("dimension", "C1.1", "C1.2", "C1.3 activation", "C1.3 slopes")},
        "C1.4": "the better point is one of two units; whether one unit can do the same is not asked here",
        "best": "no instance was looked for: a worse affine function leaves more room, at another point",
    },
    "relu_like.convex_loss": {
        **{label: RELU_LIKE[label] for label in ("dimension", "C1.2", "C1.3 activation", "C1.3 slopes", "C1.4")},
        "convex": "test_convex_loss: a concave loss",
        "derivative": "test_convex_loss: numbers that are no derivatives, and a kink",
        "stationary": "test_convex_loss: the fit shifted",
        "residual": "test_convex_loss: exact data",
    },
    "relu_like.any_depth_convex_loss": {
        **{label: DEEP[label] for label in ("dimension", "C1.2", "C1.3 activation", "C1.3 slopes", "C1.4")},
        **{label: f"with the squared loss: {DEEP[label]}" for label in ("depth", "widths")},
        "convex": "about affine functions, as in test_convex_loss: a concave loss",
        "derivative": "with one hidden layer as in test_convex_loss: numbers that are no derivatives, and a kink",
        "stationary": "about affine functions, as in test_convex_loss: the fit shifted",
        "residual": "test_convex_loss: exact data, where no risk is below 0",
    },
    "relu_like.best_fit_is_stationary": {
        "samples": "not needed: without samples all sums are 0",
        "best": "below",
        "derivative": "below",
    },
    "relu_like.almost_all_datasets": {
        "dimension": "below: no features",
        "enough": "below: two samples, one feature",
        "C1.3 activation": ACTIVATION,
        "C1.3 slopes": "equal slopes: the network is affine on all data",
        "C1.4": "no instance is known: the data of test_vacuity are single ones, and it takes more than a null set",
    },
    "linear_algebra.best_constant": {
        "samples": "not needed: without samples both sums are 0",
        "mean_def": "below: another number than the mean",
    },
    "linear_algebra.left_kernel": dict.fromkeys(("tall", "nonzero", "kernel"), "test_deep_linear_vacuity"),
    "yu_chen.spurious_minimum": {"width": "below: no unit; one unit is enough, but not for this better point"},
    "yu_chen.claim": dict.fromkeys(("patterns", "dimension", "distinct", "local"), "the claim is false"),
}


def test_no_hypothesis_is_forgotten() -> None:
    theorems = load_library().theorems
    main = [t for n, t in theorems.items() if n.startswith(CHAPTERS) and is_main(t) and t.hypotheses]
    assert [(t.id, label) for t in main for label, _ in t.hypotheses if not WHERE.get(t.id, {}).get(label)] == []
    labels = {n: {label for label, _ in theorems[n].hypotheses} for n in WHERE}
    assert [(n, label) for n, where in WHERE.items() for label in where if label not in labels[n]] == []


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
