"""Losses that the re-checker takes to be convex and differentiable are; others are left undecided or refused."""

from fractions import Fraction

import pytest
from flint import fmpq

from symproof.instances.loss import LOSSES, F, Y, loss_term, parse_loss
from symproof.recheck.instances.convex_loss import TargetLoss
from symproof.recheck.instances.stationary import stationary_near
from symproof.recheck.term import num, substituted
from tests.recheck.from_kernel import Converter


def loss_of(text: str, target: Fraction) -> TargetLoss:
    convert = Converter()
    term, output, y = (convert.term(each) for each in (loss_term(parse_loss(text)), F, Y))
    return TargetLoss(substituted(term, {y: num(target)}), output)


@pytest.mark.parametrize("name", [*LOSSES, "huber(1/3)", "exp(f) - y*f", "f if f <= y else (f - y)**2/2 + f"])
def test_convex_losses_are_seen_to_be(name: str) -> None:
    assert all(loss_of(name, Fraction(y)).convex() for y in (-1, 1, Fraction(5, 2)))


@pytest.mark.parametrize(
    "name",
    [
        "-(f - y)**2", "(f - y)**3", "abs(f - y)", "sqrt((f - y)**2)", "sqrt((f - y)**2 - 1)", "log(1 + (f - y)**2)",
        "(f - y)**2/(-2)", "log(cosh(f - y) - 1/2)", "exp(f) - exp(f - y)", "sin(f - y)", "sqrt(f - y)", "1/(f - y)",
        "f - y if f <= y else 2*(f - y)", "f - y if f <= y else f - y + 1", "log(exp(-y*f))*f", "cosh(f)**(-2)",
        "(f - y)**2 if f <= y else f", "log(exp(f) - 1)", "exp(-f**2)", "(f**2 - 1)**2",
    ],
)  # fmt: skip
def test_others_are_not(name: str) -> None:
    assert not loss_of(name, Fraction(1)).convex()


ROWS = [[fmpq(x), fmpq(1)] for x in (-1, 0, 2)]


def test_a_stationary_point_is_enclosed() -> None:
    """(f - y)**4 on -1 -> 1, 0 -> 0, 2 -> 1: the derivatives at the enclosed outputs sum to about 0."""
    losses = [loss_of("log(cosh(f - y))", Fraction(y)) for y in (1, 0, 1)]
    found = stationary_near(ROWS, losses, [fmpq(1, 14), fmpq(13, 21)])
    assert found is None or found.low <= found.high
    assert stationary_near(ROWS, losses, [fmpq(3), fmpq(0)]) is None


def test_separable_data_have_no_stationary_point() -> None:
    losses = [loss_of("logistic", Fraction(y)) for y in (-1, 1, 1)]
    assert stationary_near(ROWS, losses, [fmpq(60), fmpq(30)]) is None


def test_dependent_columns_do_no_harm() -> None:
    losses = [loss_of("squared", Fraction(y)) for y in (1, 0, 1)]
    rows = [[x, 2 * x, one] for x, one in ROWS]
    found = stationary_near(rows, losses, [fmpq(1, 14), fmpq(0), fmpq(9, 14)])
    assert found is not None
    assert all(reach == 0 for _, reach in found.outputs)
