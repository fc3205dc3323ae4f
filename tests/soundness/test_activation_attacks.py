"""Attacks on the certificates of smooth activations: each tempts to a false answer, and has a control that passes."""

from __future__ import annotations

import pytest
from flint import fmpq

from symproof.errors import InputError
from symproof.instances.closed_form import read_number
from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.smooth_activation import read_activation
from symproof.instances.smooth_minimum import Given, SmoothInstance, certify_activation, certify_bent, certify_two_units

pytestmark = pytest.mark.slow

SIGMOID = {"v": "-log(3)", "u": "2/3", "p": "0; -log(3); -log(3); -log(7)"}
"""The numbers of the paper's corollary, separated by ``;``."""


def given(**texts: str) -> Given:
    read = {key: tuple(read_number(part.strip(), key) for part in text.split(";")) for key, text in texts.items()}
    return Given(**read)


def two_units(activation: str, **texts: str) -> SmoothInstance:
    return certify_two_units(read_activation(activation), given(**texts))


def bent_at(activation: str, v: str) -> SmoothInstance:
    return certify_bent(read_activation(activation), given=given(v=v))


def hypothesis(found: SmoothInstance, label: str) -> DecidedHypothesis:
    return next(h for h in found.hypotheses if h.label == label)


@pytest.mark.parametrize("digits", [20, 50, 100, 200])
@pytest.mark.parametrize(
    ("key", "text", "label"),
    [
        ("p", "0; -log(3); -log(3); -log(7) + {}", "proportional"),
        ("p", "{}; -log(3); -log(3); -log(7)", "proportional"),
        ("u", "2/3 + {}", "value"),
    ],
)
def test_numbers_that_differ_late_are_not_equal(key: str, text: str, label: str, digits: int) -> None:
    found = two_units("sigmoid", **(SIGMOID | {key: text.format(f"1/10**{digits}")}))
    assert found.verdict != "certified" and hypothesis(found, label).holds is not True


@pytest.mark.parametrize(
    ("key", "text", "label"),
    [
        ("p", "0; log(1/3); -log(9)/2; -log(49)/2", "proportional"),
        ("p", "log(1); -log(3); -log(sqrt(9)); log(2) - log(14)", "proportional"),
        ("u", "1/(6*(1/(1 + exp(log(3)))))", "value"),
        ("v", "log(sqrt(3)/sqrt(27))", "value"),
    ],
)
def test_equal_numbers_written_differently_are_not_unequal(key: str, text: str, label: str) -> None:
    found = two_units("sigmoid", **(SIGMOID | {key: text}))
    assert hypothesis(found, label).holds is not False and found.verdict in ("certified", "undecided")


def test_the_control_of_the_numbers() -> None:
    assert two_units("sigmoid", **SIGMOID).verdict == "certified"


@pytest.mark.parametrize(
    ("activation", "v"),
    [
        ("sin(x)/x", "0"),  # removable singularities at the witness
        ("(exp(x) - 1)/x", "0"),
        ("(x**3 - x**2)/(x - 1)", "1"),
        ("x*Abs(x) + x", "0"),  # kinks of a derivative exactly there
        ("x/(1 + Abs(x))", "0"),
        ("elu", "0"),
        ("hard_swish", "3"),
        ("Max(x**2, 2*x - 1)", "1"),  # both sides touch: equal slopes
        ("Abs(x)**(5/2)", "0"),
        ("x**(7/3)", "0"),  # the end of the domain
        ("log(x**2)", "0"),  # branch cuts and points
        ("sqrt(x**2)*x", "0"),
        ("asin(x)", "1"),
        ("acosh(x)", "1"),
        ("tan(x)", "pi/2"),
        ("x**2*floor(x)", "1"),
    ],
)
def test_a_point_where_the_activation_is_not_smooth_is_no_witness(activation: str, v: str) -> None:
    found = bent_at(activation, v)
    assert found.verdict != "certified" and found.minimum is None
    assert any(h.holds is not True for h in found.hypotheses)


@pytest.mark.parametrize(
    ("activation", "v", "distance"),
    [
        ("1/(x**2 - 1)", "1/2", fmpq(1, 2)),  # poles
        ("1/(x - 1/10**6)", "1/10**5", fmpq(9, 10**6)),
        ("tan(x)", "1", fmpq(571, 1000)),
        ("log(1 - x)", "0", fmpq(1)),
        ("sqrt(1 - x**2)", "1/2", fmpq(1, 2)),
        ("x/(1 + Abs(x))", "-1/2", fmpq(1, 2)),
        ("asin(x)", "1/2", fmpq(1, 2)),
        ("x**2/(1 + 10**40*(x - 1)**2)", "1/2", fmpq(1, 2)),  # a needle, between the points of any grid
    ],
)
def test_the_box_ends_before_what_is_in_its_way(activation: str, v: str, distance: fmpq) -> None:
    found = bent_at(activation, v)
    assert found.verdict == "certified" and found.radius is not None
    assert 0 < 2 * found.radius < distance


def test_where_nothing_is_in_the_way_the_box_is_large() -> None:
    found = bent_at("exp(x)", "0")
    assert found.verdict == "certified" and found.radius is not None and found.radius > fmpq(9, 10)


@pytest.mark.parametrize(
    "activation",
    [
        "log(exp(2*x))",
        "x*(cosh(x)**2 - sinh(x)**2)",
        "sinh(x)/cosh(x) - tanh(x) + x",
        "exp(x + log(x)) - x*exp(x) + x",
        "(x + 1)**3 - x**3 - 3*x**2",
        "Max(x, x)",
        "x + 0*exp(x)",
        "sqrt(2)*sqrt(3)*x - sqrt(6)*x + x",
        "x**2*(sqrt(2)*sqrt(3) - sqrt(6)) + x",
        "1/(1/x)",
        "tanh(atanh(x))",
    ],
)
def test_an_affine_activation_is_never_certified(activation: str) -> None:
    found = certify_activation(read_activation(activation))
    assert found.verdict in ("not_applicable", "undecided") and found.minimum is None


@pytest.mark.parametrize(
    "activation", ["x + x**2/10**50", "x + exp(x)/10**80", "(1 + 1/10**40)*x**2 - x**2 + x", "x + 1/10**60*sin(x)"]
)
def test_a_slightly_bent_activation_is_not_affine(activation: str) -> None:
    found = certify_activation(read_activation(activation))
    assert found.verdict != "not_applicable"


@pytest.mark.parametrize(
    ("activation", "v"),
    [("exp(-x)", "10**9"), ("exp(-x**2)", "10**6"), ("1 + exp(-exp(x))", "30"), ("erf(x)", "10**5")],
)
def test_numbers_that_underflow_keep_their_sign(activation: str, v: str) -> None:
    found = bent_at(activation, v)
    for label in ("bend", "slope"):
        assert hypothesis(found, label).holds is not False


@pytest.mark.parametrize(
    "activation", ["sqrt(-1 - x**2)", "log(-exp(x))", "asin(2 + x**2)", "1/(x - x)", "acosh(-Abs(x))"]
)
def test_what_has_no_real_value_anywhere_is_not_certified(activation: str) -> None:
    found = certify_activation(read_activation(activation))
    assert found.verdict != "certified" and found.reason


@pytest.mark.parametrize(
    "activation",
    [
        "exp(exp(exp(exp(exp(x)))))",
        "x**x**x**x**x",
        "10**10**10**10*x**2",
        "exp(" * 300 + "x" + ")" * 300,
        "(" * 900 + "x" + ")" * 900,
        "sin(" * 90 + "x" + ")" * 90,
        "(" * 25 + "x" + "**2 + 1)" * 25,
        "x**(10**9)",
        "floor(" * 50 + "x" + ")" * 50,
        "+".join(f"sin({k}*x)" for k in range(1, 150)),
    ],
)
def test_what_hangs_a_naive_evaluator_ends(activation: str) -> None:
    try:
        found = certify_activation(read_activation(activation))
    except InputError as refused:
        assert refused.what
        return
    assert found.verdict in ("certified", "undecided", "not_applicable")
