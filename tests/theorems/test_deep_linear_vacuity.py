"""Each hypothesis of the main results on deep linear networks and on extrema: where it is needed, or why it is not.

The instances are exact; most are networks of two layers with one weight each, with the loss (R - 1)^2/2 of the product.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from flint import fmpq

from symproof.instances.value_family import table, vector
from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.syntax import Eq
from symproof.logic.term import Term
from theorems.deep_linear.objective import F, G, layer_gradient, objective
from theorems.deep_linear.product import L, V, W, a, b, d, j, product
from theorems.optimization import linear_forms, squared_loss, squared_loss_gap
from theorems.optimization.gradient import Q, p, q
from theorems.points.deep_linear import FULL_RANK, MINIMUM, ORIGIN, constant, one_each, second_only


def holds(claim: Term, point: dict[str, object]) -> bool | None:
    """Whether a claim about L, d, F, W, G holds at a point."""
    return decide(claim, {v: point[v.name] for v in (L, d, F, W, G, V, j, a, b) if v.name in point})


def value(weights: Sequence[fmpq], loss: Callable[..., fmpq] = ORIGIN["F"]) -> fmpq:  # type: ignore[assignment]
    """The objective of a network with one weight in each layer; shown to be what the definition says."""
    found = fmpq(1)
    for weight in weights:
        found *= weight
    worth = loss(lambda row, column: found)
    point = {**ORIGIN, "L": len(weights), "F": loss, "W": lambda layer, row, column: weights[int(layer) - 1]}
    assert holds(Eq(objective(L, d, F, W), Fraction(int(worth.p), int(worth.q))), point) is True
    return worth


def loss_of_form(entry: Fraction, worth: Fraction, sign: int) -> None:
    """Assert the loss of one form that is the only entry of the table, a square or (with sign -1) minus a square."""
    point = {
        **dict.fromkeys((linear_forms.m, p, q), 1),
        Q: constant(fmpq(entry.numerator, entry.denominator)), linear_forms.B: constant(1),
        linear_forms.K: lambda index, number: sign * number**2,
    }  # fmt: skip
    loss = linear_forms.forms_loss(linear_forms.m, p, q, linear_forms.K, linear_forms.B, Q)
    assert decide(Eq(loss, worth), point) is True


def test_another_number_than_the_derivative_of_a_loss_gives_no_gradient() -> None:
    """The square with D = 1 at the entry 1, where its derivative is 2: a step s changes it by 2 s + s^2."""
    for step in (Fraction(1, 10), Fraction(1, 1000)):
        loss_of_form(Fraction(1), Fraction(1), 1)
        loss_of_form(1 + step, 1 + 2 * step + step**2, 1)


def test_minus_a_square_is_above_its_chord() -> None:
    """At the entries 0, 1, 2: in the middle it is -1, the chord -2."""
    for entry in range(3):
        loss_of_form(Fraction(entry), Fraction(-(entry**2)), -1)


STEPS = (fmpq(1, 2), fmpq(1, 1000))


@pytest.mark.parametrize("step", STEPS)
def test_the_origin_is_a_saddle_and_the_minimum_is_none(step: fmpq) -> None:
    """As ``saddle`` says of G = -1 at the origin; at the global minimum, where G = 0, nothing is smaller."""
    assert value([step, step]) < value([fmpq(0), fmpq(0)]) < value([step, -step])
    assert value([1 + step, 1 - step]) >= value([fmpq(1), fmpq(1)]) == 0


def test_another_number_than_the_gradient_says_nothing() -> None:
    """The global minimum with G = 1: all that is said about G != 0 is false there. With G = 0 at the origin as well."""
    assert value([fmpq(1), fmpq(1)]) == 0 < value([fmpq(0), fmpq(0)])


def test_a_loss_that_is_not_convex() -> None:
    """The loss -R^2 has the gradient 0 at R = 0, where the objective is not smallest; 1 times 0 is of full rank."""

    def bent(entries: Callable[..., fmpq]) -> fmpq:
        return -(entries(1, 1) ** 2)

    assert value([fmpq(1), fmpq(1)], bent) < value([fmpq(1), fmpq(0)], bent) == 0


def test_without_full_rank_a_critical_point_need_not_have_gradient_0() -> None:
    """The origin is critical, with G = -1; its value is 1/2, and 0 is smaller."""
    for layer in (1, 2):
        assert holds(Eq(layer_gradient(L, d, W, G, j, 1, 1), 0), {**ORIGIN, "j": layer}) is True
    assert value([fmpq(0), fmpq(0)]) > value([fmpq(1), fmpq(1)])


def test_full_ranks_at_a_point_that_is_not_critical() -> None:
    point = {**FULL_RANK, "W": second_only(1), "G": constant(-1)}
    assert holds(Eq(layer_gradient(L, d, W, G, j, 1, 1), 0), point) is False


@pytest.mark.parametrize(("zero", "stationary"), [("S", True), ("P", True), ("", False)])
def test_full_rank_stationarity_needs_its_hypotheses(zero: str, stationary: bool) -> None:
    theorem = load_library().theorems["deep_linear.full_rank_stationarity"]
    point = {**dict.fromkeys("pqrs", 1), **dict.fromkeys("STPQG", constant(1))}
    point |= {zero: constant(0)} if zero else {}
    assignment: dict[Term, object] = {v: point[v.name] for v in theorem.variables}
    hypotheses = dict(theorem.hypotheses)
    assert decide(hypotheses["stationary"], assignment) is stationary
    inverses = [decide(hypotheses[label], assignment) for label in ("right_inverse", "left_inverse")]
    assert inverses == [zero != "S", zero != "P"] and decide(theorem.conclusion, assignment) is False


@pytest.mark.parametrize(
    ("weights", "changed", "u"),
    [
        ([0, 1], [1, 2], lambda layer, unit: fmpq(1)),
        ([1, 1], [1, 2], lambda layer, unit: fmpq(layer)),
        ([0, 1], [5, 1], lambda layer, unit: fmpq(layer)),
    ],
    ids=["a change of the first layer", "no kernel", "another change"],
)
def test_product_invariance_needs_its_hypotheses(weights: list[int], changed: list[int], u: object) -> None:
    """One hypothesis fails at each of the points, and the product is another one."""
    theorem = load_library().theorems["deep_linear.product_invariance"]
    point = {"L": 2, "d": one_each, "u": u, "w": constant(1)}
    for name, entries in (("W", weights), ("V", changed)):
        point[name] = lambda layer, row, column, entries=entries: fmpq(entries[int(layer) - 1])
    assignment: dict[Term, object] = {v: point[v.name] for v in theorem.variables}
    assert [decide(h, assignment) for _, h in theorem.hypotheses].count(False) == 1
    whole = Eq(product(L, 0, d, V, 1, 1), product(L, 0, d, W, 1, 1))
    assert decide(whole, assignment) is False


@pytest.mark.parametrize("layer", [1, 2])
def test_the_gradient_in_a_layer_is_no_bound_where_the_other_weight_is_zero(layer: int) -> None:
    """The origin has the loss 1/2 and the gradient 0; the square of the other weight is not above any number > 0."""
    assert holds(Eq(layer_gradient(L, d, W, G, j, 1, 1), 0), {**ORIGIN, "j": layer}) is True
    assert value([fmpq(0), fmpq(0)]) - value([fmpq(1), fmpq(1)]) == fmpq(1, 2)


@pytest.mark.parametrize(
    ("mu", "kept", "missing"), [(1, 1, None), (-1, 1, "positive"), (2, 0, "kept"), (2, 1, "curved")]
)
def test_the_gap_needs_its_hypotheses(mu: int, kept: int, missing: str | None) -> None:
    """R = 0 on the sample 1 with target 1: the gap to Q = 1 is 1/2, the gradient -1; curved: mu (v T)^2 <= v^2."""
    point = {
        **dict.fromkeys((squared_loss.m, squared_loss.p, squared_loss.q), 1),
        **dict.fromkeys((squared_loss.x, squared_loss.y, squared_loss.Q), constant(1)),
        squared_loss.R: constant(0), squared_loss_gap.T: constant(kept), squared_loss_gap.mu: fmpq(mu),
    }  # fmt: skip
    failing = {"positive": mu <= 0, "kept": kept != 1, "curved": mu * kept > 1}
    assert [label for label, fails in failing.items() if fails] == ([missing] if missing else [])
    hypotheses = dict(squared_loss_gap.SQUARED_LOSS_GAP.hypotheses)
    assert [decide(hypotheses[label], point) for label in ("positive", "kept")] == [mu > 0, kept == 1]
    assert decide(squared_loss_gap.bounded, point) is (missing is None)


def cubic(t: fmpq) -> fmpq:
    """t^3 - 3 t, with a local minimum at 1 and the same value at -2."""
    return t**3 - 3 * t


@pytest.mark.parametrize("step", STEPS)
def test_far_points_of_equal_value_and_near_points_of_another_are_no_minima(step: fmpq) -> None:
    """With maxima in the same way: -t^3 + 3 t."""
    assert cubic(fmpq(-2)) == cubic(fmpq(1)) > cubic(-2 - step)
    beside = fmpq(101, 100)
    assert cubic(beside) > cubic(beside - step / 100)
    assert cubic(1 + step) > cubic(fmpq(1)) < cubic(1 - step)


@pytest.mark.parametrize("step", STEPS)
def test_a_slope_is_no_extremum(step: fmpq) -> None:
    """At the origin (R - 1)^2/2 has the derivative -1: it is smaller on the right, larger on the left."""
    at = [ORIGIN["F"](constant(0)), ORIGIN["F"](lambda *_: step), ORIGIN["F"](lambda *_: -step)]  # type: ignore[operator]
    assert at[1] < at[0] < at[2]


@pytest.mark.parametrize(
    ("rows", "v", "missing"),
    [
        ([[fmpq(1), fmpq(0)]], [fmpq(0), fmpq(1)], "tall"),
        ([[fmpq(1)]], [fmpq(0)], "nonzero"),
        ([[fmpq(1)]], [fmpq(1)], "kernel"),
    ],
)
def test_a_left_kernel_needs_its_hypotheses(rows: list[list[fmpq]], v: list[fmpq], missing: str) -> None:
    """In each case the first row times u is 0 for u = 0 only."""
    theorem = load_library().theorems["linear_algebra.left_kernel"]
    point = {"m": len(rows), "n": len(rows[0]), "M": table(rows), "v": vector(v)}
    assignment: dict[Term, object] = {x: point[x.name] for x in theorem.variables}
    assert [label for label, h in theorem.hypotheses if decide(h, assignment) is False] == [missing]
    assert len(rows) == 1 and rows[0][0] == 1


def test_the_minimum_meets_what_is_said_of_it() -> None:
    """At the global minimum G = 0, and the layer gradients are 0."""
    for layer in (1, 2):
        assert holds(Eq(layer_gradient(L, d, W, G, j, 1, 1), 0), {**MINIMUM, "j": layer}) is True
