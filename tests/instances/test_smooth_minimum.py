"""Spurious local minima of smooth activations: what is certified holds when it is evaluated; the rest is refused."""

from __future__ import annotations

from functools import cache

import flint
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.closed_form import read_number
from symproof.instances.smooth_activation import read_activation
from symproof.instances.smooth_candidates import Given, SmoothLimits
from symproof.instances.smooth_conditions import numbers_of
from symproof.instances.smooth_fit import Root, SmoothPoint, risk_ball
from symproof.instances.smooth_minimum import SmoothInstance, certify_activation, certify_bent, certify_two_units
from symproof.instances.smooth_recheck import neighbours

THIRD = fmpq(1, 3)
IN_THE_PAPER = ("sigmoid", "tanh", "arctan", "quadratic", "elu", "selu")
OTHERS = ("softplus", "silu", "gelu", "mish", "softsign", "sin", "gaussian", "exp", "cube")
UNUSUAL = (
    "1/x", "sqrt(x)", "abs(x)**3", "floor(x) + x**2", "sin(x)/x", "x**2/10**60", "x**2 + 10**100",
    "exp(exp(exp(x)))", "exp(-1000*x**2)", "piecewise(0; 100; (t - 100)**2)", "x + x**2/10**40",
)  # fmt: skip


@cache
def certified(text: str) -> SmoothInstance:
    found = certify_activation(read_activation(text))
    assert found.verdict == "certified" and found.reason == "", found.reason
    return found


def risk(instance: SmoothInstance, point: SmoothPoint, less: fmpq | int = 0) -> arb:
    """The risk less a number, as a ball."""
    with flint.ctx.workprec(400):
        return arb(risk_ball(numbers_of(instance.activation).value, point) - less)


@pytest.mark.parametrize("text", [*IN_THE_PAPER, *OTHERS, *UNUSUAL])
def test_the_minimum_the_better_point_and_the_radius(text: str) -> None:
    """Evaluated from the parameters alone: 1/3, a smaller risk, and no smaller one at points within the radius."""
    found = certified(text)
    assert found.minimum is not None and found.better is not None and found.radius is not None
    assert found.risk_better is not None and found.risk_better < found.risk_minimum == THIRD and found.radius > 0
    assert abs(risk(found, found.minimum, THIRD)) < fmpq(1, 10**20)
    assert risk(found, found.better, found.risk_better) < fmpq(1, 10**20)
    for point in neighbours(found.minimum, found.radius, 12):
        assert not risk(found, point) < THIRD


@pytest.mark.parametrize("text", IN_THE_PAPER)
def test_the_activations_of_the_paper_meet_its_conditions_exactly(text: str) -> None:
    found = certified(text)
    assert found.form == "two units" and found.risk_better == 0 and not any(isinstance(x, Root) for x in found.p)
    assert found.determinant is not None and found.determinant > 0


def test_the_exponential_function_and_the_cube_have_no_points_of_an_exact_fit_without_a_constant() -> None:
    """h(p1) h(p4) = h(p2) h(p3) makes the two products of the other condition equal too."""
    for text in ("exp", "cube"):
        found = certified(text)
        assert found.form == "bent" and found.p == () and found.risk_better == 0


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["tanh", "silu", "softsign", "exp", "elu"]), st.integers(0, 10**6), st.sampled_from([2, 3, 5]))
def test_at_random_parameters_within_the_radius_no_risk_is_below_a_third(text: str, seed: int, width: int) -> None:
    found = certified(text) if width == 2 else certify_wide(text, width)
    assert found.minimum is not None and found.radius is not None
    for point in neighbours(found.minimum, found.radius, 3, seed):
        assert not risk(found, point) < THIRD


@cache
def certify_wide(text: str, width: int) -> SmoothInstance:
    found = certify_bent(read_activation(text), width=width)
    assert found.verdict == "certified" and found.width == width
    return found


def numbers(*texts: str):  # type: ignore[no-untyped-def]
    return tuple(read_number(text, "test") for text in texts)


GOOD = {"v": ("-log(3)",), "u": ("2/3",), "p": ("0", "-log(3)", "-log(3)", "-log(7)")}


def test_own_numbers_are_taken() -> None:
    found = certify_two_units(read_activation("sigmoid"), Given(**{key: numbers(*x) for key, x in GOOD.items()}))
    assert found.verdict == "certified" and found.risk_better == 0


@pytest.mark.parametrize(
    ("changed", "failing", "verdict"),
    [
        ({"p": ("0", "-log(3)", "-log(3)", "-log(7) + 1/10**9")}, "proportional", "not_applicable"),
        ({"p": ("0", "0", "1", "1")}, "different", "not_applicable"),
        ({"u": ("2/3 + 1/10**12",)}, "value", "not_applicable"),
        ({"v": ("log(3)",), "u": ("2/9",)}, "corner", "not_applicable"),
        ({"v": ("0",), "u": ("1/3",)}, "determinant", "not_applicable"),
    ],
)
def test_wrong_numbers_are_refused_with_the_hypothesis_that_fails(
    changed: dict[str, tuple[str, ...]], failing: str, verdict: str
) -> None:
    given_numbers = Given(**{key: numbers(*x) for key, x in (GOOD | changed).items()})
    found = certify_two_units(read_activation("sigmoid"), given_numbers)
    assert found.verdict == verdict and found.minimum is None
    first = next(h for h in found.hypotheses if h.holds is not True)
    broken = {h.label for h in found.hypotheses if h.holds is not True}
    assert failing in broken and (first.holds is not False or first.witness)


@pytest.mark.parametrize(
    "text",
    ["x", "3*x - 1", "2", "log(exp(x))", "x*(sin(x)**2 + cos(x)**2)", "(x + 1)**2 - (x - 1)**2", "(x**2 - x)/(x - 1)"],
)
def test_affine_activations_in_disguise_are_not_applicable(text: str) -> None:
    for found in (certify_two_units(read_activation(text)), certify_bent(read_activation(text))):
        assert found.verdict == "not_applicable" and "h''" in found.reason


@pytest.mark.parametrize("text", ["sqrt(-1 - x**2)", "log(-1 - x**2)", "floor(x)", "sqrt(x**2)"])
def test_activations_without_a_bent_point_are_undecided_with_the_reason(text: str) -> None:
    found = certify_activation(read_activation(text))
    assert found.verdict in ("undecided", "not_applicable") and found.reason


def test_a_derivative_that_is_exactly_0_is_a_failure() -> None:
    found = certify_bent(read_activation("cube"), given=Given(v=numbers("0")))
    assert found.verdict == "not_applicable" and found.minimum is None
    assert {h.label for h in found.hypotheses if h.holds is False} == {"bend", "slope"}


def test_a_kink_exactly_at_the_witness_is_refused() -> None:
    found = certify_bent(read_activation("elu"), given=Given(v=numbers("0")))
    assert found.verdict == "undecided"
    assert {h.label for h in found.hypotheses if h.holds is None} >= {"radius", "derivative", "second", "continuous"}


@pytest.mark.parametrize(
    ("text", "v", "distance"), [("1/(x - 1)", "0", 1), ("log(x)", "1/8", fmpq(1, 8)), ("elu", "-1/4", fmpq(1, 4))]
)
def test_the_region_ends_before_a_pole_the_end_of_the_domain_or_a_kink(text: str, v: str, distance: fmpq) -> None:
    found = certify_bent(read_activation(text), given=Given(v=numbers(v)))
    assert found.verdict == "certified" and found.radius is not None
    assert fmpq(9, 10) * distance < 2 * found.radius < distance


def test_a_search_that_may_not_evaluate_anything_finds_nothing() -> None:
    found = certify_activation(read_activation("silu"), limits=SmoothLimits(evaluations=0))
    assert found.verdict == "undecided" and "the limit of 0 evaluations" in found.reason


def test_a_formula_of_which_every_value_is_long_ends() -> None:
    nested = "(" * 30 + "x" + ")**2" * 30
    assert certify_activation(read_activation(nested)).verdict in ("certified", "undecided")
