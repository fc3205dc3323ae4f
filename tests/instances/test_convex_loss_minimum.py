"""Instances with a convex loss: what is certified, what is refused, and what stays undecided."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path

import flint
import pytest
from flint import fmpq

from symproof.cli.main import main
from symproof.errors import InputError
from symproof.instances.activation import ReluLike
from symproof.instances.convex_loss_minimum import ConvexLossInstance, build_convex_loss_instance, convex_loss_result
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.loss import Branch, at, branches, parse_loss
from symproof.instances.loss_convexity import ConvexityProof, decide_convexity
from symproof.instances.relu_like_minimum import build_relu_like_instance
from theorems.calculus.convexity_proof import convexity_theorem, results_for_convexity

EXAMPLES = Path(__file__).parents[2] / "examples"
RELU = ReluLike(fmpq(1), fmpq(0))
ROWS = [(0,), (1,), (2,), (3,)]
TARGETS = [0, 0, 2, 4]
PROOF = ConvexityProof(convexity_theorem, results_for_convexity)


def instance(
    loss: str, rows: list[tuple[int, ...]] = ROWS, targets: list[int] = TARGETS, width: int = 2
) -> ConvexLossInstance:
    return build_convex_loss_instance(dataset_from_rows(rows, targets), RELU, width, parse_loss(loss), PROOF)


def answers(found: ConvexLossInstance) -> dict[str, bool | None]:
    return {h.label: h.holds for h in found.hypotheses if h.holds is not True}


def test_the_squared_loss_gives_least_squares_exactly() -> None:
    """Four points, risk 3/5 by hand, fit 7/5 x - 3/5; the same numbers as of the theorem on the squared loss."""
    found = instance("squared")
    assert answers(found) == {}
    assert found.fit is not None
    assert found.better is not None
    exact = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), RELU, 2)
    assert (found.fit.parameters, found.fit.risk) == ((fmpq(7, 5), fmpq(-3, 5)), fmpq(3, 5))
    assert found.fit.derivatives == exact.residuals
    assert found.better.risk < found.fit.risk


def test_the_enclosed_fit_of_the_squared_loss_holds_the_exact_one() -> None:
    """What is not known to be a polynomial goes through Newton and Krawczyk: (f - y)^2/2 in disguise."""
    found = instance("log(exp((f - y)**2/2))")
    assert answers(found) == {}
    assert found.fit is not None
    assert not found.fit.is_exact
    with flint.ctx.workprec(2000):  # so that converting the rationals does not blur them
        assert found.fit.risk.contains(fmpq(3, 5))
        for enclosure, value in zip(found.fit.parameters, (fmpq(7, 5), fmpq(-3, 5)), strict=True):
            assert enclosure.contains(value)


def test_the_huber_loss_is_fitted_exactly() -> None:
    """Targets 0, 10, 2, 3: the second sample is far off, its derivative is -1; the others sum to 1 with moment 1.

    With u = w - 1 that is 3 c + 5 u = 1 and 5 c + 13 u = 1, so c = 4/7 and w = 6/7; the residuals are smaller than 1.
    """
    found = instance("huber", targets=[0, 10, 2, 3])
    assert answers(found) == {}
    assert found.fit is not None
    assert found.better is not None
    assert found.fit.parameters == (fmpq(6, 7), fmpq(4, 7))
    assert found.fit.derivatives == (fmpq(4, 7), fmpq(-1), fmpq(2, 7), fmpq(1, 7))
    assert isinstance(found.better.risk, fmpq)
    assert found.better.risk < found.fit.risk


def test_dependent_features_have_weight_zero() -> None:
    """A feature twice, and a constant one: the risk is that of one feature, exact or enclosed."""
    doubled = [(k, 2 * k, 5) for (k,) in ROWS]
    for loss in ("huber(3)", "log_cosh"):
        once, found = instance(loss), instance(loss, rows=doubled)
        assert answers(found) == {}
        assert once.fit is not None
        assert found.fit is not None
        assert found.fit.dependent == 2
        assert flint.arb(found.fit.risk).overlaps(flint.arb(once.fit.risk))
        assert found.better is not None


@pytest.mark.parametrize("loss", ["quartic", "log_cosh", "exp(f - y) - f"])
def test_other_losses(loss: str) -> None:
    found = instance(loss)
    assert answers(found) == {}
    result = convex_loss_result(found)
    assert set(result) == {
        "risk_local_minimum", "risk_better_point", "radius", "parameters_local_minimum", "parameters_better_point",
    }  # fmt: skip


def test_the_logistic_loss_from_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    """The risk at the better point, worked out again from the printed parameters in floating point."""
    assert main(["instance", str(EXAMPLES / "margins.toml"), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["verdict"], found["trust"]) == ("certified", "cited")
    better = found["result"]["parameters_better_point"]
    W1, b1, W2 = ([float(Fraction(v)) for v in vs] for vs in ([r[0] for r in better["W1"]], better["b1"], better["W2"]))
    data = [(-2, -1), (-1, 1), (0, -1), (1, 1), (2, -1), (3, 1)]
    risk = 0.0
    for x, y in data:
        units = [v * max(0.0, w * x + b) for v, w, b in zip(W2, W1, b1, strict=True)]
        risk += math.log(1 + math.exp(-y * (sum(units) + float(Fraction(better["b2"])))))
    assert math.isclose(risk, float(found["result"]["risk_better_point"].split(" ")[0]), rel_tol=1e-9)
    assert risk < float(found["result"]["risk_local_minimum"].split(" ")[0])


TRUE_PIECES = "y - f - 1/2 if f <= y - 1 else (f - y)**2/2 if f <= y + 1 else f - y - 1/2"
CONVEX = [
    "huber(1/2)", "pseudo_huber(2)", "squared_hinge", "(y - f)**3 if f <= y else (f - y)**3", TRUE_PIECES,
    "(f - y)*atan(f - y) - log(1 + (f - y)**2)/2",
]  # fmt: skip
JUMP = TRUE_PIECES.replace("y - f - 1/2", "y - f - 1/4")
NOT_CONVEX = {
    JUMP: "a jump",
    "f - y if f <= y else y - f": "the slope falls",
    "(f - y)**2/2 - (f - y)**4/1000": "second derivative",
    "sqrt(1 + (f - y)**2) - (f - y)**2/100": "second derivative",
    "log(1 + (f - y)**2)": "second derivative",
    "(f - y)**2/2 if f <= y + 1 else log(f - y) + 1/2": "second derivative",
    "(f - y)**3": "second derivative",
}
"""Wrong constant, kink downwards, concave far out, slightly concave, concave outside of [-1, 1], ..."""


@pytest.mark.parametrize("loss", CONVEX)
def test_losses_that_are_convex_and_differentiable(loss: str) -> None:
    found = decide_convexity(parse_loss(loss), [fmpq(1), fmpq(-1)], PROOF)
    assert (found.holds, found.smooth) == (True, True)
    assert found.trust == "cited"
    assert "calculus.least_upper_bound" in found.reason


@pytest.mark.parametrize("loss", NOT_CONVEX)
def test_losses_that_are_not_convex_are_refused_with_the_place(loss: str) -> None:
    found = decide_convexity(parse_loss(loss), [fmpq(1), fmpq(-1)], PROOF)
    assert (found.holds, found.smooth) == (False, False)
    assert NOT_CONVEX[loss] in found.reason
    assert set(found.witness or {}) >= {"f", "y"}


KINKS = ["Abs(f - y)", "y - f if f <= y else f - y", "Max(0, 1 - y*f)", "sqrt(f)", "log(f - y)"]


@pytest.mark.parametrize("loss", KINKS)
def test_a_loss_with_a_kink_or_undefined_somewhere_is_never_certified(loss: str) -> None:
    """|f - y| is convex, but not differentiable; what is known of its best fits does not help."""
    found = instance(loss)
    assert {"convex", "derivative"} <= set(answers(found))
    assert found.better is None
    assert answers(found)["derivative"] is None


def test_a_kink_is_named_with_its_place() -> None:
    found = decide_convexity(parse_loss("y - f if f <= y else f - y"), [fmpq(3)], PROOF)
    assert (found.holds, found.smooth) == (None, False)
    assert "f = 3, y = 3" in found.reason


def test_a_loss_that_is_convex_for_these_targets_only() -> None:
    """y f^2 is convex for positive targets."""
    assert answers(instance("y*(f - y)**2", targets=[1, 1, 3, 5])) == {}
    assert answers(instance("y*(f - y)**2", targets=[1, 1, 3, -5]))["convex"] is False


def test_the_pieces_of_a_margin_loss_turn_with_the_target() -> None:
    """squared_hinge is quadratic for y f <= 1: to the left for y = 1, to the right for y = -1, everywhere for y = 0."""
    loss = parse_loss("squared_hinge")
    one, zero = fmpq(1), fmpq(0)
    assert branches(loss, one) == (Branch(0, None, one), Branch(1, one, None))
    assert branches(loss, -one) == (Branch(1, None, -one), Branch(0, -one, None))
    assert branches(loss, zero) == (Branch(0, None, None),)


def test_a_ball_across_a_break_gets_the_hull_of_both_pieces() -> None:
    second = at(parse_loss("huber"), "second", flint.arb(1, 0.25), fmpq(0), 64)
    assert second is not None
    assert second.contains(0)
    assert second.contains(1)


@pytest.mark.parametrize("targets", [[-1, -1, 1, 1], [1, 1, 1, 1]])
def test_separable_data_have_no_best_fit_and_are_never_certified(targets: list[int]) -> None:
    """The logistic risk has infimum 0, which no affine function attains."""
    found = instance("logistic", targets=targets)
    assert answers(found)["stationary"] is None
    assert found.better is None


@pytest.mark.parametrize("loss", ["f", "exp(f)"])
def test_a_risk_without_a_minimum_is_undecided(loss: str) -> None:
    assert answers(instance(loss))["stationary"] is None


def test_for_a_constant_loss_every_affine_function_is_best_with_derivatives_zero() -> None:
    assert answers(instance("0*f")) == {"residual": False}


@pytest.mark.parametrize("loss", ["squared", "quartic", "log_cosh"])
def test_affine_data_do_not_apply(loss: str) -> None:
    assert answers(instance(loss, targets=[1, 3, 5, 7])) == {"residual": False}


def test_the_hypotheses_on_data_and_network() -> None:
    assert answers(instance("log_cosh", width=1)) == {"C1.4": False}
    assert answers(instance("log_cosh", rows=[(0,), (0,), (2,), (3,)])) == {"C1.2": False}


@pytest.mark.parametrize(
    "loss",
    [
        "foo(f)",
        "__import__('os')",
        "f - z",
        "",
        "f == y",
        "huber(0)",
        "huber(f)",
        "squared(1)",
        "f if",
        "f else y",
        "f if f**2 <= y else y",
        "f if f == y else y",
        "f" * 5000,
    ],
)
def test_what_is_no_loss_is_bad_input(loss: str) -> None:
    with pytest.raises(InputError):
        parse_loss(loss)
