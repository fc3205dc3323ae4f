"""Whether an activation is affine on an interval, and whether it is ReLU-like: decided, and never guessed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.activation_jet import JetRefusal
from symproof.instances.analytic_pieces import affine_intervals, analytic_pieces
from symproof.instances.piecewise_activation import T, parse_piecewise
from symproof.instances.piecewise_form import piecewise_text, relu_like_form
from symproof.instances.smooth_activation import read_activation
from symproof.kernel.evaluate import evaluate

AFFINE = [
    "relu",
    "elu",
    "hard_swish",
    "abs(x)",
    "3*x + 1",
    "Max(x/100, x)",
    "x*Max(0, Min(6, x + 3))/6",
    "soft_shrink",
    "sign(x)*x",
]
NOWHERE = ["sigmoid", "tanh", "gelu", "mish", "softsign", "relu_squared", "x**3", "exp(x)", "sign(x)", "Max(0, x)**2",
           "7", "sqrt(1 + x**2)", "piecewise(exp(t); 0; 1; 2; t**2)"]  # fmt: skip
OPEN = [
    "sqrt(x**2)",
    "1/x",
    "tan(x)",
    "abs(sin(x))",
    "x + 0*sin(x)",
    "sin(x)**2 + cos(x)**2 + x",
    "exp(log(x))",
    "floor(x)",
    "x*floor(x + 1/2)",
    "x*ceiling(x)",
]


@pytest.mark.parametrize("text", AFFINE)
def test_an_affine_piece_is_found(text: str) -> None:
    assert affine_intervals(read_activation(text).term).holds is True


@pytest.mark.parametrize("text", NOWHERE)
def test_no_affine_piece_is_shown(text: str) -> None:
    assert affine_intervals(read_activation(text).term).holds is False


@pytest.mark.parametrize("text", OPEN)
def test_what_is_not_shown_is_undecided(text: str) -> None:
    """Some of these are affine, some are not, some have no value everywhere: none of it is seen, so none is said."""
    found = affine_intervals(read_activation(text).term)
    assert found.holds is None and found.reason


def test_a_function_whose_bend_hides_between_breakpoints_is_not_called_affine() -> None:
    """The formula is resolved between all points at which some part may change, nested ones too."""
    pieces = analytic_pieces(read_activation("Max(0, Min(1, abs(x) - 2))").term)
    assert [piece.high for piece in pieces] == [-3, -2, 2, 3, None]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("relu", "relu_like(1, 0)"),
        ("leaky_relu(1/100)", "relu_like(1, 1/100)"),
        ("abs(x)", "relu_like(1, -1)"),
        ("2*x", "relu_like(2, 2)"),
        ("Max(0, 3*x)", "relu_like(3, 0)"),
    ],
)
def test_relu_like_activations_are_recognised(text: str, form: str) -> None:
    term = read_activation(text).term
    assert relu_like_form(term, analytic_pieces(term)).text == form


@pytest.mark.parametrize("text", ["elu", "sigmoid", "relu6", "x + 1", "hard_swish", "x**2", "Max(0, x - 1)"])
def test_others_are_refuted_by_values(text: str) -> None:
    found = relu_like_form(read_activation(text).term, ())
    assert found.holds is False and "is not 2 h(" in found.reason


def test_a_value_of_its_own_at_the_kink_is_not_relu_like() -> None:
    """The pieces agree with ReLU; the value at 0 does not."""
    term = parse_piecewise("piecewise(0; 0; t + 1; 1/1000000; t)").term
    assert relu_like_form(term, analytic_pieces(term)).holds is not True


numbers = st.fractions(min_value=-3, max_value=3, max_denominator=4)


@settings(max_examples=60, deadline=None)
@given(st.lists(numbers, min_size=1, max_size=3, unique=True), st.data())
def test_the_pieces_are_the_activation(points: list[Fraction], data: st.DataObject) -> None:
    """On numbers, the formula of the piece is the activation; and the written form is, at the breakpoints too."""
    points.sort()
    parts = [f"({data.draw(numbers)})*t + ({data.draw(numbers)})" for _ in range(len(points) + 1)]
    inside = parts[0] + "".join(f"; {p}; {part}" for p, part in zip(points, parts[1:], strict=True))
    term = read_activation(f"piecewise({inside})").term
    pieces = analytic_pieces(term)
    written = parse_piecewise(piecewise_text(term, pieces)).term if piecewise_text(term, pieces) else None
    for value in (*points, data.draw(numbers)):
        at = {T: fmpq(value.numerator, value.denominator)}
        if written is not None:
            assert evaluate(written, at) == evaluate(term, at)
        for piece in pieces:
            if (piece.low is None or piece.low < at[T]) and (piece.high is None or at[T] < piece.high):
                assert evaluate(piece.formula, at) == evaluate(term, at)


def test_too_many_pieces_are_refused() -> None:
    with pytest.raises(JetRefusal):
        analytic_pieces(read_activation(" + ".join(f"abs(x - {k})" for k in range(20))).term)
