"""Cauchy's bound on all derivatives: against the derivatives themselves; poles, branch cuts and knots near the disc."""

from fractions import Fraction
from math import factorial

import flint
import pytest
from flint import acb, arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.activation_jet import JetRefusal, jet, piece_at
from symproof.instances.cauchy_bound import cauchy_constant
from symproof.instances.smooth_activation import NAMED_ACTIVATIONS, read_activation
from symproof.logic.term import Term

ORDER = 24


def term(text: str) -> Term:
    return read_activation(text).term


def exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


def holds(h: Term, v: fmpq, bound: arb) -> bool:
    """Whether no derivative up to the order is certainly larger than the bound allows."""
    return not any(abs(d) > bound**n * factorial(n) for n, d in enumerate(jet(h, v, ORDER)) if n)


@settings(max_examples=80, deadline=None)
@given(
    st.sampled_from(sorted(NAMED_ACTIVATIONS)),
    st.fractions(-4, 4, max_denominator=8),
    st.fractions(Fraction(1, 8), 3, max_denominator=8),
)
def test_every_derivative_is_within_the_bound(name: str, at: Fraction, radius: Fraction) -> None:
    h, v = term(name + "(1/3)" * (name == "leaky_relu")), exact(at)
    try:
        bound = cauchy_constant(h, v, exact(radius))
    except JetRefusal:
        return
    assert bound.is_exact()
    assert not bound < 1 / arb(exact(radius))
    assert holds(piece_at(h, v), v, bound)


def test_the_bound_is_that_of_the_maximum() -> None:
    with flint.ctx.workprec(100):
        found = cauchy_constant(term("10*exp(x)"), fmpq(0), fmpq(1, 2))
        least = 10 * arb("0.5").exp() * 2
        assert least < found < 2 * least
        # |h| <= 1 on the disc: 1/r, and the inequality for n = 1 still holds
        assert cauchy_constant(term("x/100"), fmpq(0), fmpq(1, 2)) == 2
        assert cauchy_constant(term("3"), fmpq(0), fmpq(1, 4)) == 12


def test_the_bound_holds_at_every_point_of_a_ball() -> None:
    h, centre = term("1/(2 - x)"), arb(0, "0.5")
    bound = cauchy_constant(h, centre, fmpq(1))
    for v in (fmpq(-1, 2), fmpq(0), fmpq(1, 2)):
        assert holds(h, v, bound)
    with pytest.raises(JetRefusal):
        cauchy_constant(h, centre, fmpq(3, 2))


@pytest.mark.parametrize(
    ("text", "at", "radius", "accepted"),
    [
        ("1/x", 1, Fraction(99, 100), True),
        ("1/x", 1, 1, False),
        ("1/x", 1, 2, False),
        ("1/(x**2 + 1)", 0, Fraction(99, 100), True),
        ("1/(x**2 + 1)", 0, 1, False),
        ("1/(x**2 + 1)", 0, 3, False),
        ("sigmoid", 0, 3, True),
        ("sigmoid", 0, Fraction(22, 7), False),
        ("tanh", 0, Fraction(3, 2), True),
        ("tanh", 0, Fraction(8, 5), False),
        ("tan(x)", 0, Fraction(3, 2), True),
        ("tan(x)", 0, Fraction(8, 5), False),
        ("arctan", 0, Fraction(99, 100), True),
        ("arctan", 0, 1, False),
        ("arctan", 5, 5, True),
        ("arctan", 5, 6, False),
        ("log(x)", 1, Fraction(99, 100), True),
        ("log(x)", 1, 1, False),
        ("log(log(x))", 2, Fraction(9, 10), True),
        ("log(log(x))", 2, 1, False),
        ("sqrt(x**2 + 1)", 0, Fraction(99, 100), True),
        ("sqrt(x**2 + 1)", 0, Fraction(101, 100), False),
        ("x**Rational(1, 3)", 1, Fraction(99, 100), True),
        ("x**Rational(1, 3)", 1, Fraction(101, 100), False),
        ("x**x", 1, Fraction(101, 100), False),
        ("asin(x)", 0, Fraction(99, 100), True),
        ("asin(x)", 0, 1, False),
        ("acos(x)", Fraction(1, 2), Fraction(51, 100), False),
        ("atanh(x)", 0, Fraction(99, 100), True),
        ("atanh(x)", 0, 1, False),
        ("acosh(x)", 2, Fraction(99, 100), True),
        ("acosh(x)", 2, 1, False),
        ("asinh(x)", 0, Fraction(99, 100), True),
        ("asinh(x)", 0, 1, False),
        ("log_cosh", 0, Fraction(3, 2), True),
        ("log_cosh", 0, Fraction(8, 5), False),
        ("softplus", 0, 3, True),
        ("softplus", 0, Fraction(22, 7), False),
        ("gelu", 0, 20, True),
        ("x**-3", 1, 1, False),
        ("x**5 + exp(x)*erf(x)", 0, 10, True),
        ("exp(exp(exp(x)))", 0, 5, False),
    ],
)
def test_the_disc_keeps_away_from_poles_and_cuts(
    text: str, at: Fraction | int, radius: Fraction | int, accepted: bool
) -> None:
    h, v, r = term(text), exact(Fraction(at)), exact(Fraction(radius))
    if accepted:
        bound = cauchy_constant(h, v, r)
        assert bound.is_finite()
        assert holds(h, v, bound)
    else:
        with pytest.raises(JetRefusal) as refused:
            cauchy_constant(h, v, r)
        assert refused.value.code in ("undefined", "not_smooth", "not_evaluable")


def test_of_an_activation_in_pieces_it_bounds_the_piece_around_the_centre() -> None:
    # The disc may be wider than the piece: the formula of the piece is bounded there, and its derivatives are meant.
    found = cauchy_constant(term("elu"), fmpq(-1), fmpq(2))
    assert found == cauchy_constant(term("exp(x) - 1"), fmpq(-1), fmpq(2))
    for text, at in (("relu", 0), ("floor(x)", 1), ("Abs(x)", 0)):
        with pytest.raises(JetRefusal) as refused:
            cauchy_constant(term(text), fmpq(at), fmpq(1, 2))
        assert refused.value.code == "not_smooth"


@pytest.mark.parametrize("radius", [fmpq(0), fmpq(-1)])
def test_the_radius_is_positive(radius: fmpq) -> None:
    with pytest.raises(ValueError, match="radius"):
        cauchy_constant(term("x"), fmpq(0), radius)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(["gelu", "mish", "silu", "gelu_tanh", "isru"]), st.fractions(-1, 1), st.fractions(0, 1))
def test_no_point_of_the_disc_is_above_the_bound(name: str, angle: Fraction, part: Fraction) -> None:
    v, r = fmpq(1, 3), fmpq(1, 2)
    bound = cauchy_constant(term(name), v, r)
    z = acb(arb(v)) + arb(r) * arb(exact(part)) * acb(0, arb.pi() * arb(exact(angle))).exp()
    values = {
        "gelu": lambda: z * (1 + (z / arb(2).sqrt()).erf()) / 2,
        "mish": lambda: z * (1 + z.exp()).log().tanh(),
        "silu": lambda: z / (1 + (-z).exp()),
        "gelu_tanh": lambda: z * (1 + ((2 / arb.pi()).sqrt() * (z + arb(fmpq(44715, 10**6)) * z**3)).tanh()) / 2,
        "isru": lambda: z / (1 + z * z).sqrt(),
    }
    assert not abs(values[name]()) > bound * arb(r)
