"""The theorem on convex losses: each hypothesis about the loss is needed, and the squared loss is a special case.

That distinct inputs, different slopes and the width are needed is shown in ``test_library_holds.py`` and
``test_vacuity.py``; "derivative" is shown by numbers that are no derivatives.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.syntax import Eq
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem
from theorems.points.relu_like import SLOPES, chapter_values

Loss = Callable[[fmpq, fmpq], fmpq]
CONVEX = load_library().theorems["relu_like.convex_loss"]
ABOUT_ALL_REALS = {"C1.3 activation", "convex", "derivative"}
POINTS = [fmpq(0), fmpq(1), fmpq(2)]
EXACT = [fmpq(1), fmpq(3), fmpq(5)]
"""Targets on the line 2 x + 1."""


def squared(f: fmpq, y: fmpq) -> fmpq:
    return (f - y) ** 2 / 2


def values(targets: list[fmpq], w: fmpq, c: fmpq, r: list[fmpq], loss: Loss = squared) -> dict[str, object]:
    return {
        "m": 3, "dx": 1, "d1": 2, "x": table([(p,) for p in POINTS]), "y": vector(targets), "h": SLOPES,
        "s_plus": fmpq(1), "s_minus": fmpq(0), "loss": loss, "w": vector([w]), "c": c, "r": vector(r),
    }  # fmt: skip


def decided(theorem: Theorem, point: dict[str, object]) -> dict[str, bool | None]:
    """Each hypothesis at a point, but for those about all reals."""
    assignment: dict[Term, object] = {v: point[v.name] for v in theorem.variables}
    return {label: decide(p, assignment) for label, p in theorem.hypotheses if label not in ABOUT_ALL_REALS}


def affine_risk(targets: list[fmpq], w: fmpq, c: fmpq, loss: Loss = squared) -> fmpq:
    return sum((loss(w * p + c, t) for p, t in zip(POINTS, targets, strict=True)), fmpq(0))


def test_without_convexity_a_stationary_fit_need_not_be_the_best() -> None:
    """For -(f - y)^2/2 the least squares fit is stationary, and every other affine function has a smaller risk."""
    targets, r = [fmpq(0), fmpq(1), fmpq(0)], [fmpq(-1, 3), fmpq(2, 3), fmpq(-1, 3)]

    def concave(f: fmpq, y: fmpq) -> fmpq:
        return -squared(f, y)

    assert set(decided(CONVEX, values(targets, fmpq(0), fmpq(1, 3), r, concave)).values()) == {True}
    assert affine_risk(targets, fmpq(0), fmpq(1), concave) < affine_risk(targets, fmpq(0), fmpq(1, 3), concave)


def test_without_stationarity_the_affine_function_is_not_the_best() -> None:
    """The fit shifted by 1: its derivatives do not sum to 0, and the fit has a smaller risk."""
    targets, r = [fmpq(0), fmpq(1), fmpq(0)], [fmpq(4, 3), fmpq(1, 3), fmpq(4, 3)]
    found = decided(CONVEX, values(targets, fmpq(0), fmpq(4, 3), r))
    assert {label for label, holds in found.items() if holds is not True} == {"stationary"}
    assert affine_risk(targets, fmpq(0), fmpq(1, 3)) < affine_risk(targets, fmpq(0), fmpq(4, 3))


def test_without_a_derivative_that_is_not_zero_nothing_is_better() -> None:
    """Exact affine data: the risk of the fit is 0, and no risk is negative."""
    found = decided(CONVEX, values(EXACT, fmpq(2), fmpq(1), [fmpq(0)] * 3))
    assert {label for label, holds in found.items() if holds is not True} == {"residual"}
    assert affine_risk(EXACT, fmpq(2), fmpq(1)) == 0


def test_numbers_that_are_no_derivatives_prove_nothing() -> None:
    """Exact affine data with r = (1, -2, 1): all that is decided holds, but r is not the derivative of the loss."""
    assert set(decided(CONVEX, values(EXACT, fmpq(2), fmpq(1), [fmpq(1), fmpq(-2), fmpq(1)])).values()) == {True}
    assert affine_risk(EXACT, fmpq(2), fmpq(1)) == 0


def test_a_kink_of_the_loss_at_the_fit_is_no_derivative() -> None:
    """|f - y| on exact data: the subgradients (1, -2, 1)/2 are stationary, but no risk is below 0."""

    def absolute(f: fmpq, y: fmpq) -> fmpq:
        return abs(f - y)

    point = values(EXACT, fmpq(2), fmpq(1), [fmpq(1, 2), fmpq(-1), fmpq(1, 2)], absolute)
    assert set(decided(CONVEX, point).values()) == {True}
    assert affine_risk(EXACT, fmpq(2), fmpq(1), absolute) == 0


def test_the_squared_loss_gives_the_notions_of_the_chapter() -> None:
    """The risks for the loss (f - y)^2/2 are the risks of the chapter, at its numbers too."""
    point = chapter_values()
    theorem = load_library().theorems["relu_like.squared_loss"]
    assignment: dict[Term, object] = {v: point[v.name] for v in theorem.variables}
    equations = [part for part in theorem.conclusion.args if part.op == "eq"]
    assert [decide(part, assignment) for part in equations] == [True, True]
    network, affine = (part.args[0] for part in equations)
    assert decide(Eq(network, affine), assignment) is True
