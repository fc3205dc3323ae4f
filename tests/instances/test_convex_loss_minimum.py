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
from symproof.instances.loss import parse_loss
from symproof.instances.relu_like_minimum import build_relu_like_instance

EXAMPLES = Path(__file__).parents[2] / "examples"
RELU = ReluLike(fmpq(1), fmpq(0))
ROWS = [(0,), (1,), (2,), (3,)]
TARGETS = [0, 0, 2, 4]


def instance(
    loss: str, rows: list[tuple[int, ...]] = ROWS, targets: list[int] = TARGETS, width: int = 2
) -> ConvexLossInstance:
    return build_convex_loss_instance(dataset_from_rows(rows, targets), RELU, width, parse_loss(loss))


def answers(found: ConvexLossInstance) -> dict[str, bool | None]:
    return {h.label: h.holds for h in found.hypotheses if h.holds is not True}


def test_the_squared_loss_gives_the_exact_risks_of_least_squares() -> None:
    """Four points, risk 3/5 by hand; the fit 7/5 x - 3/5 lies in the box."""
    found = instance("squared")
    assert answers(found) == {}
    assert found.fit is not None
    assert found.better is not None
    exact = build_relu_like_instance(dataset_from_rows(ROWS, TARGETS), RELU, 2)
    with flint.ctx.workprec(2000):  # so that converting the rationals does not blur them
        assert found.fit.risk.contains(exact.fit.risk)
        assert found.fit.risk.contains(fmpq(3, 5))
        assert [p.contains(v) for p, v in zip(found.fit.parameters, (fmpq(7, 5), fmpq(-3, 5)), strict=True)] == [
            True
        ] * 2
        assert all(r.contains(v) for r, v in zip(found.fit.derivatives, exact.residuals, strict=True))
    assert found.better.risk < found.fit.risk


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
    assert (found["verdict"], found["trust"]) == ("certified", "proved")
    better = found["result"]["parameters_better_point"]
    W1, b1, W2 = ([float(Fraction(v)) for v in vs] for vs in ([r[0] for r in better["W1"]], better["b1"], better["W2"]))
    data = [(-2, -1), (-1, 1), (0, -1), (1, 1), (2, -1), (3, 1)]
    risk = 0.0
    for x, y in data:
        units = [v * max(0.0, w * x + b) for v, w, b in zip(W2, W1, b1, strict=True)]
        risk += math.log(1 + math.exp(-y * (sum(units) + float(Fraction(better["b2"])))))
    assert math.isclose(risk, float(found["result"]["risk_better_point"].split(" ")[0]), rel_tol=1e-9)
    assert risk < float(found["result"]["risk_local_minimum"].split(" ")[0])


def test_a_loss_that_is_not_convex_does_not_apply() -> None:
    for loss in ("(f - y)**3", "-(f - y)**2", "sin(f - y)"):
        found = instance(loss)
        assert answers(found)["convex"] is False
        assert found.better is None


def test_a_loss_that_is_convex_for_these_targets_only() -> None:
    """y f^2 is convex for positive targets."""
    assert answers(instance("y*(f - y)**2", targets=[1, 1, 3, 5])) == {}
    assert answers(instance("y*(f - y)**2", targets=[1, 1, 3, -5]))["convex"] is False


def test_a_loss_with_a_kink_is_undecided() -> None:
    found = instance("Abs(f - y)")
    assert answers(found) == dict.fromkeys(("convex", "derivative", "stationary", "residual"))
    assert found.better is None


@pytest.mark.parametrize("targets", [[-1, -1, 1, 1], [1, 1, 1, 1]])
def test_separable_data_have_no_best_fit_and_are_never_certified(targets: list[int]) -> None:
    """The logistic risk has infimum 0, which no affine function attains."""
    found = instance("logistic", targets=targets)
    assert answers(found)["stationary"] is None
    assert found.better is None


@pytest.mark.parametrize("loss", ["f", "exp(f)", "0*f"])
def test_a_risk_without_an_isolated_minimum_is_undecided(loss: str) -> None:
    """f and exp(f) have no minimum; for 0 f every affine function is one, with all derivatives 0."""
    assert answers(instance(loss))["stationary"] is None


@pytest.mark.parametrize("loss", ["squared", "quartic", "log_cosh"])
def test_affine_data_do_not_apply(loss: str) -> None:
    assert answers(instance(loss, targets=[1, 3, 5, 7])) == {"residual": False}


def test_the_hypotheses_on_data_and_network() -> None:
    assert answers(instance("log_cosh", width=1)) == {"C1.4": False}
    assert answers(instance("log_cosh", rows=[(0,), (0,), (2,), (3,)])) == {"C1.2": False}


@pytest.mark.parametrize("loss", ["foo(f)", "__import__('os')", "f - z", "", "f == y", "huber(1)", "f" * 5000])
def test_what_is_no_loss_is_bad_input(loss: str) -> None:
    with pytest.raises(InputError):
        parse_loss(loss)
