"""Each hypothesis of ``relu_like.spurious_minimum``: an instance without it where the conclusion fails, or why none is.

(C1.1), (C1.2) and the kink are in ``test_library_holds``; here are the width (C1.4) and the hypotheses without such an
instance.
"""

from __future__ import annotations

from itertools import product

import pytest
from flint import fmpq

from symproof.instances.activation import ReluLike
from symproof.instances.dataset import dataset_from_rows
from symproof.instances.integer_table import integer_table
from symproof.instances.least_squares import least_squares
from symproof.instances.relu_like_minimum import build_relu_like_instance
from symproof.kernel.evaluate import decide
from theorems.relu_like.network import dx, m, x
from theorems.relu_like.spurious_minimum import DATA

# Width 1 -------------------------------------------------------------------------------------------------------------

POINTS = [fmpq(k) for k in range(1, 7)]
RESIDUALS = [fmpq(r) for r in (0, 1, -1, -1, 1, 0)]
STEEP = 30
TARGETS = [STEEP * p + r for p, r in zip(POINTS, RESIDUALS, strict=True)]
LEAKY = ReluLike(fmpq(1), fmpq(1, 2))


def two_lines_risk(split: int, left: fmpq, right: fmpq) -> fmpq:
    """The smallest risk of two lines, on the first ``split`` points and on the rest, with slopes left : right."""
    inside = [k < split for k in range(len(POINTS))]
    columns = [
        [fmpq(1) if first else fmpq(0) for first in inside],
        [fmpq(0) if first else fmpq(1) for first in inside],
        [(left if first else right) * p for first, p in zip(inside, POINTS, strict=True)],
    ]
    return least_squares(integer_table([*columns, TARGETS])).risk


def test_without_c14_the_conclusion_fails() -> None:
    """One unit u h(w x + b) + c is a line, or two lines with slopes 1 : 1/2 that meet at a kink.

    If the lines need not meet, they fit only better, and even then none beats the best affine fit: a kink in the
    middle has a wrong slope on one side, a kink next to an end frees a point that the affine fit meets already. So no
    parameters have a smaller risk than the affine fit, and none with this risk is a spurious minimum.
    """
    narrow = build_relu_like_instance(dataset_from_rows([[p] for p in POINTS], TARGETS), LEAKY, 1)
    assert [h.label for h in narrow.hypotheses if h.holds is False] == ["C1.4"]
    assert (narrow.fit.risk, narrow.residuals) == (2, tuple(-r for r in RESIDUALS))
    for split, slopes in product(range(1, 6), [(LEAKY.s_minus, LEAKY.s_plus), (LEAKY.s_plus, LEAKY.s_minus)]):
        assert two_lines_risk(split, *slopes) >= narrow.fit.risk


def test_the_same_data_with_two_units_have_a_better_point() -> None:
    """The width alone makes the difference."""
    wide = build_relu_like_instance(dataset_from_rows([[p] for p in POINTS], TARGETS), LEAKY, 2)
    assert wide.construction is not None
    assert wide.construction.risk_better_point < 2


# Hypotheses that the others imply, or that the proof does not use ----------------------------------------------------


@pytest.mark.parametrize("count", [2, 3])
def test_the_dimension_follows_from_distinct_inputs(count: int) -> None:
    """Without features two samples are never distinct, and one sample (or none) is fitted by a constant."""
    values = {m: count, dx: 0, x: lambda i, j: fmpq(0)}
    assert decide(DATA["C1.2"], values) is False


def test_a_negative_second_slope_is_no_obstacle() -> None:
    """s- >= 0 is the paper's hypothesis; the proof does not use it. For |t| the construction works as well."""
    rows, targets = [[fmpq(k)] for k in (0, 1, 2, 3)], [fmpq(0), fmpq(0), fmpq(2), fmpq(4)]
    found = build_relu_like_instance(dataset_from_rows(rows, targets), ReluLike(fmpq(1), fmpq(-1)), 2)
    (failed,) = [h for h in found.hypotheses if h.holds is False]
    assert (failed.label, failed.witness and failed.witness["violated"]) == ("C1.3", ["s- >= 0"])
    exact = [2 * max(t - 1, fmpq(0)) for (t,) in rows]
    by_abs = [abs(t - 1) + (t - 1) for (t,) in rows]
    assert exact == by_abs == targets, "two units |t - 1| and |t + 9| - 10 fit these targets exactly"
    assert found.fit.risk > 0


def test_a_zero_first_slope_is_the_other_side_of_a_zero_second_one() -> None:
    """With slopes (0, s) a unit u h(w x) is -u g(-w x) for the g with slopes (s, 0): s+ > 0 is no loss."""
    h, g = ReluLike(fmpq(0), fmpq(3)), ReluLike(fmpq(3), fmpq(0))
    assert all(h(fmpq(t, 2)) == -g(fmpq(-t, 2)) for t in range(-6, 7))
