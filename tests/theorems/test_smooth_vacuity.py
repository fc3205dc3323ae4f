"""Each hypothesis of the main results on smooth activations: where the conclusion fails without it, or why none is.

All instances are exact: the risk at the point of the theorem, and a smaller one as near as one likes.
"""

from __future__ import annotations

import pytest
from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide
from symproof.logic.syntax import num
from symproof.tactics.prove import prove_claim
from theorems.relu_like.network import other_theta, risk, theta
from theorems.smooth.samples import data, h


def smaller(
    activation: object, biases: list[fmpq], outgoing: list[fmpq], constant: fmpq, move: tuple[list[list[fmpq]], fmpq]
) -> bool:
    """Whether a move of the incoming weights and of the output bias away from constant units makes the risk smaller."""
    weights, shift = move
    zero = [[fmpq(0)] * 2] * 2
    values = {h: activation}
    for variables, matrix, offset in ((theta, zero, fmpq(0)), (other_theta, weights, shift)):
        values |= dict(
            zip(variables, (table(matrix), vector(biases), vector(outgoing), constant + offset), strict=True)
        )
    two = data(num(2))
    return decide(risk(*two, *other_theta) < risk(*two, *theta), values) is True


def square(t: fmpq) -> fmpq:
    return t * t


STEPS = (fmpq(1, 10), fmpq(1, 1000), fmpq(1, 10**6))


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(("sigma", "found"), [(1, False), (-1, True)])
def test_the_sign_of_the_bend_matters(step: fmpq, sigma: int, found: bool) -> None:
    """The square at v = 1: with weights of the other sign the third output rises above the mean of the others."""
    move = ([[step, -step], [-step, step]], fmpq(0))
    assert smaller(square, [fmpq(1)] * 2, [fmpq(sigma)] * 2, fmpq(1, 3) - 2 * sigma, move) is found


@pytest.mark.parametrize("step", STEPS)
def test_the_determinant_matters(step: fmpq) -> None:
    """The square at 1 and 2 with weights -1 and 1/3: corners 10/3 and 2, but 64/9 > 20/3. The direction is (4, 5)."""
    move = ([[4 * step, -4 * step], [5 * step, -5 * step]], fmpq(0))
    assert smaller(square, [fmpq(1), fmpq(2)], [fmpq(-1), fmpq(1, 3)], fmpq(0), _compensated(move))


def _compensated(move: tuple[list[list[fmpq]], fmpq]) -> tuple[list[list[fmpq]], fmpq]:
    """The output bias that makes the constant best, (1 - 2E)/3 instead of 1/3, where E = -u_1 t_1^2 ... is known."""
    (first, second), _ = move
    bend = -(first[0] ** 2) + second[0] ** 2 / 3
    return [first, second], -2 * bend / 3


@pytest.mark.parametrize("step", STEPS)
def test_the_corner_matters(step: fmpq) -> None:
    """t^2 - 1 at 1/2 with weights -2/9: the determinant is positive, but the matrix is negative definite."""
    move = ([[step, -step], [fmpq(0), fmpq(0)]], 2 * (2 * step**2 / 9) / 3)
    assert smaller(lambda t: t * t - 1, [fmpq(1, 2)] * 2, [fmpq(-2, 9)] * 2, fmpq(0), move)


@pytest.mark.parametrize("step", STEPS)
def test_the_value_matters(step: fmpq) -> None:
    """The square with another sum than 1/3: the output bias alone makes the risk smaller."""
    still = [[fmpq(0)] * 2] * 2
    assert smaller(square, [fmpq(1)] * 2, [fmpq(1, 6), fmpq(1, 5)], fmpq(0), (still, -step / 10))


def test_affine_functions_do_not_fit_better() -> None:
    """For an affine activation the third output is the mean of the others; 1/3 is its global minimum."""
    claim = "((p**2 + q**2) + ((p + q)/2 - 1)**2)/2"
    assert prove_claim({"p": "real", "q": "real"}, (), f"{claim} >= 1/3", 20.0).status == "proved"
    assert prove_claim({"p": "real", "q": "real"}, (), f"{claim} > 1/3", 20.0).status == "refuted"


def test_a_constant_network_has_no_smaller_risk() -> None:
    """SELU with the scale 0: every risk is at least 1/3, that of the local minimum."""
    assert prove_claim({"c": "real"}, (), "(2*c**2 + (c - 1)**2)/2 >= 1/3", 20.0).status == "proved"


@pytest.mark.parametrize("weights", [(fmpq(1, 2), fmpq(-3, 2)), (fmpq(1000), fmpq(1000))])
@pytest.mark.parametrize("step", STEPS)
def test_elu_without_alpha_has_no_such_minimum(weights: tuple[fmpq, fmpq], step: fmpq) -> None:
    """With alpha = 0 both units are 0 near v = ln(2/3) < -2/5, and the output bias makes the risk smaller."""
    still = [[fmpq(0)] * 2] * 2
    assert smaller(lambda t: max(t, fmpq(0)), [fmpq(-2, 5)] * 2, list(weights), fmpq(0), (still, step))
