"""The region around two constant units does not depend on which of them is named first."""

from __future__ import annotations

import flint
import pytest
from flint import fmpq

from symproof.instances.smooth_activation import read_activation
from symproof.instances.smooth_conditions import numbers_of
from symproof.instances.smooth_radius import Unit, largest_radius, region_holds

SIN = (Unit(fmpq(-7, 2), fmpq(14, 5)), Unit(fmpq(-5, 4), fmpq(2, 3)))
TANH = (Unit(fmpq(1, 4), fmpq(2)), Unit(fmpq(1, 2), fmpq(-1, 3)))


@pytest.mark.parametrize(("activation", "units"), [("sin", SIN), ("tanh", TANH)])
def test_either_order_has_the_same_radius(activation: str, units: tuple[Unit, Unit]) -> None:
    jet = numbers_of(read_activation(activation)).jet
    with flint.ctx.workprec(128):
        found = [largest_radius(jet, order, 64) for order in (units, units[::-1])]
        assert found[0] is not None and found[0] == found[1]
        assert region_holds(jet, units, found[0][0], 64) == "second order"
        assert region_holds(jet, units[::-1], found[0][0], 64) == "second order"


def test_an_indefinite_form_has_no_region() -> None:
    """h = t^2 with weights of different sign: det M < 0, whichever is first."""
    jet = numbers_of(read_activation("x**2")).jet
    units = (Unit(fmpq(1), fmpq(1)), Unit(fmpq(1), fmpq(-2, 3)))
    for order in (units, units[::-1]):
        assert largest_radius(jet, order, 16) is None
        assert region_holds(jet, order, fmpq(1, 100), 16) == ""
