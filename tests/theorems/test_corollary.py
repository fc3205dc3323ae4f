"""The paper's corollary, by evaluation: derivatives are those of the activations, numbers meet the conditions."""

from __future__ import annotations

from collections.abc import Callable
from math import factorial

import pytest
from flint import arb, arb_series, ctx, fmpq

from symproof.kernel.evaluate import decide, evaluate
from symproof.library import load_library
from symproof.library_check import check_library, failures
from symproof.logic.definition import Definition
from symproof.logic.syntax import log, num
from symproof.logic.term import Term, subst
from theorems.smooth.corollary import ACTIVATIONS, parameters
from theorems.smooth.paper_arctan import arctan_derivative
from theorems.smooth.paper_conditions import CONDITIONS
from theorems.smooth.paper_elu import alpha, scale, selu_derivative
from theorems.smooth.paper_quadratic import quadratic_derivative
from theorems.smooth.paper_sigmoid import sigmoid_derivative, tanh_derivative

ORDERS = 9
Series = Callable[[arb_series], arb_series]
SELU = {scale: fmpq(21, 20), alpha: fmpq(5, 3)}
INEQUALITIES = ("different", "corner", "determinant", "radius")
EQUATIONS = ("proportional", "value")


def tanh(t: arb_series) -> arb_series:
    return 1 - 2 / ((2 * t).exp() + 1)


SERIES: tuple[tuple[Definition, Series], ...] = (
    (sigmoid_derivative, lambda t: 1 / (1 + (-t).exp())),
    (tanh_derivative, tanh),
    (arctan_derivative, lambda t: t.atan()),
    (quadratic_derivative, lambda t: t * t),
)


def assert_derivatives(definition: Definition, arguments: tuple[Term, ...], point: fmpq, series: Series) -> None:
    with ctx.workprec(200):
        expected = series(arb_series([arb(point), 1], ORDERS))
        for order in range(ORDERS):
            found = evaluate(definition(*arguments, order, _literal(point)), SELU, 200)
            assert abs(found - expected[order] * factorial(order)) < arb(10) ** -20, (order, found)


def _literal(point: fmpq) -> Term:
    return num(int(point.p)) / num(int(point.q))


@pytest.mark.parametrize("point", [fmpq(-7, 3), fmpq(-1, 5), fmpq(1, 2), fmpq(3)])
@pytest.mark.parametrize(("definition", "series"), SERIES)
def test_the_derivatives_are_those_of_the_activation(definition: Definition, series: Series, point: fmpq) -> None:
    """Against the Taylor series that Arb computes."""
    assert_derivatives(definition, (), point, series)


@pytest.mark.parametrize("point", [fmpq(-7, 3), fmpq(-1, 5), fmpq(1, 2)])
def test_the_derivatives_of_selu(point: fmpq) -> None:
    def series(t: arb_series) -> arb_series:
        return arb(SELU[scale]) * (t if point > 0 else arb(SELU[alpha]) * (t.exp() - 1))

    assert_derivatives(selu_derivative, (scale, alpha), point, series)


@pytest.mark.parametrize("name", [name for name, *_ in ACTIVATIONS])
def test_the_numbers_meet_the_conditions(name: str) -> None:
    """Inequalities by balls; equations are not refuted by them."""
    _, _, result, _, values = next(each for each in ACTIVATIONS if each[0] == name)
    chosen = parameters(result, values)
    for label in INEQUALITIES:
        assert decide(subst(CONDITIONS[label], chosen), SELU) is True, label
    for label in EQUATIONS:
        assert decide(subst(CONDITIONS[label], chosen), SELU) is not False, label


@pytest.mark.parametrize(
    ("name", "change", "label"),
    [
        ("sigmoid", {"p4": -log(7)}, "proportional"),
        ("sigmoid", {"v1": log(3), "u1": num(2) / 9}, "corner"),
        ("tanh", {"u1": num(1) / 3}, "corner"),
        ("tanh", {"u1": num(8) / 15, "u2": num(2) / 15}, "determinant"),
        ("arctan", {"v1": num(1), "v2": num(1)}, "value"),
        ("quadratic", {"p2": num(0), "p3": num(5), "p4": num(0)}, "different"),
        ("elu", {"u2": -1 / (4 * alpha)}, "determinant"),
        ("selu", {"p2": log(2)}, "proportional"),
    ],
)
def test_other_numbers_do_not(name: str, change: dict[str, Term], label: str) -> None:
    _, _, result, _, values = next(each for each in ACTIVATIONS if each[0] == name)
    chosen = {v: change.get(v.name, t) for v, t in parameters(result, values).items()}
    assert decide(subst(CONDITIONS[label], chosen), SELU) is False


def test_the_conditions_are_met_by_kernel_rules_alone() -> None:
    """The conclusion rests on the completeness of the reals, the conditions on nothing."""
    checked = dict(check_library(load_library(), ["smooth.corollary"]))
    assert failures(checked) == ()
    assert {checked[result.id].trust for _, _, result, _, _ in ACTIVATIONS} == {"proved"}
    cited = {ground.id for ground in checked["smooth.corollary"].rests_on if ground.trust == "cited"}
    assert cited == {"calculus.least_upper_bound"}
