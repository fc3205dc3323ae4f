"""Short texts of exact numbers: bounds that are rounded still hold."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symproof.instances.shown_number import bound_text, short_form, short_latex


@given(st.fractions(min_value=Fraction(-(10**9)), max_value=Fraction(10**9)), st.booleans())
def test_a_rounded_bound_still_holds(value: Fraction, up: bool) -> None:
    shown = Fraction(bound_text(str(value), up=up))
    assert shown >= value if up else shown <= value
    assert abs(shown - value) <= abs(value) / 100


def test_the_radius_of_a_ball_counts() -> None:
    assert bound_text("0.5 +/- 0.1") == "0.4" and bound_text("0.5 +/- 0.1", up=True) == "0.6"
    assert bound_text("1/3") == "1/3" and bound_text("0") == "0"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-log(3)", "-log(3)"),
        ("1 / (6 * ((1/4) * (1 / (1 + exp(-1/4)))))", "~1.18587"),
        ("a number between 1/2 and 3/4", "~0.625"),
    ],
)
def test_long_closed_forms_are_shown_as_decimals(text: str, shown: str) -> None:
    assert short_form(text) == shown
    assert short_latex(text).startswith(r"\approx") == shown.startswith("~")
