"""Jets on random formulas: exact derivatives, high-precision differences, balls and their points, the kernel."""

from collections.abc import Callable
from fractions import Fraction
from math import factorial
from typing import Any

import flint
import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from symproof.instances.activation_jet import JetRefusal, compile_jet, jet, piece_at
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_activation import NAMED_ACTIVATIONS, read_activation
from symproof.kernel.definedness import obligations
from symproof.kernel.evaluate import evaluate
from symproof.logic.syntax import Eq
from symproof.logic.term import Term


def term(text: str) -> Term:
    return read_activation(text).term


def exact(value: Fraction) -> fmpq:
    return fmpq(value.numerator, value.denominator)


# Exact references ------------------------------------------------------------------------------------------------

Series = list[Fraction]
ORDER = 4


def product(a: Series, b: Series) -> Series:
    return [sum((a[i] * b[k - i] for i in range(k + 1)), Fraction(0)) for k in range(ORDER + 1)]


def quotient(a: Series, b: Series) -> Series:
    found: Series = []
    for k in range(ORDER + 1):
        found.append((a[k] - sum((found[i] * b[k - i] for i in range(k)), Fraction(0))) / b[0])
    return found


def power(a: Series, n: int) -> Series:
    found = [Fraction(1)] + [Fraction(0)] * ORDER
    for _ in range(abs(n)):
        found = product(found, a)
    return quotient([Fraction(1)] + [Fraction(0)] * ORDER, found) if n < 0 else found


Reference = Callable[[Fraction], Series]


def constant(value: Fraction) -> tuple[str, Reference]:
    return f"Rational({value.numerator}, {value.denominator})", lambda x: [value] + [Fraction(0)] * ORDER


def combined(parts: tuple[tuple[str, Reference], str, tuple[str, Reference]]) -> tuple[str, Reference]:
    (a, f), sign, (b, g) = parts
    works: dict[str, Callable[[Series, Series], Series]] = {
        "+": lambda p, q: [s + t for s, t in zip(p, q, strict=True)],
        "-": lambda p, q: [s - t for s, t in zip(p, q, strict=True)],
        "*": product,
        "/": quotient,
    }
    return f"({a} {sign} {b})", lambda x: works[sign](f(x), g(x))


def raised(parts: tuple[tuple[str, Reference], int]) -> tuple[str, Reference]:
    (a, f), n = parts
    return f"({a})**({n})", lambda x: power(f(x), n)


RATIONALS = st.fractions(min_value=-4, max_value=4, max_denominator=6)
RATIONAL_FUNCTIONS = st.recursive(
    st.one_of(st.just(("x", lambda x: [x, Fraction(1)] + [Fraction(0)] * (ORDER - 1))), RATIONALS.map(constant)),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(combined), st.tuples(inner, st.integers(-3, 4)).map(raised)
    ),
    max_leaves=8,
)


@settings(max_examples=100, deadline=None)
@given(RATIONAL_FUNCTIONS, RATIONALS)
def test_rational_functions_have_their_exact_derivatives(function: tuple[str, Reference], at: Fraction) -> None:
    text, reference = function
    try:
        expected = reference(at)
    except ZeroDivisionError:
        with pytest.raises(JetRefusal) as refused:
            jet(term(text), exact(at), ORDER)
        assert refused.value.code == "undefined"
        return
    found = jet(term(text), exact(at), ORDER)
    for n, (value, coefficient) in enumerate(zip(found, expected, strict=True)):
        with flint.ctx.workprec(2000):
            assert value.overlaps(arb(exact(coefficient * factorial(n))))


def mp_relu(x: Any) -> Any:
    return x if x > 0 else mp.mpf(0)


MP: dict[str, Callable[[Any], Any]] = {
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "tanh": mp.tanh,
    "arctan": mp.atan,
    "quadratic": lambda x: x * x,
    "elu": lambda x: x if x > 0 else mp.expm1(x),
    "celu(2)": lambda x: x if x > 0 else 2 * mp.expm1(x / 2),
    "softplus": lambda x: mp.log1p(mp.exp(x)),
    "silu": lambda x: x / (1 + mp.exp(-x)),
    "gelu": lambda x: x * mp.ncdf(x),
    "gelu_tanh": lambda x: x * (1 + mp.tanh(mp.sqrt(2 / mp.pi) * (x + mp.mpf("0.044715") * x**3))) / 2,
    "mish": lambda x: x * mp.tanh(mp.log1p(mp.exp(x))),
    "softsign": lambda x: x / (1 + abs(x)),
    "gaussian": lambda x: mp.exp(-x * x),
    "log_cosh": lambda x: mp.log(mp.cosh(x)),
    "log_sigmoid": lambda x: -mp.log1p(mp.exp(-x)),
    "bent_identity": lambda x: (mp.sqrt(x * x + 1) - 1) / 2 + x,
    "isru": lambda x: x / mp.sqrt(1 + x * x),
    "hard_swish": lambda x: x * min(max(x + 3, 0), 6) / 6,
    "relu_squared": lambda x: mp_relu(x) ** 2,
    "leaky_relu(1/3)": lambda x: x if x > 0 else x / 3,
    "soft_shrink": lambda x: mp.sign(x) * mp_relu(abs(x) - mp.mpf(1) / 2),
    "asinh(x) + acosh(2 + x**2)": lambda x: mp.asinh(x) + mp.acosh(2 + x**2),
    "atanh(x/9) - asin(x/9)*acos(x/9)": lambda x: mp.atanh(x / 9) - mp.asin(x / 9) * mp.acos(x / 9),
    "tan(x/3) + sinh(x)/cosh(2*x)": lambda x: mp.tan(x / 3) + mp.sinh(x) / mp.cosh(2 * x),
    "(x**2 + 1)**x + 2**x": lambda x: (x**2 + 1) ** x + 2**x,
    "(9 + x)**Rational(-5, 3)*erf(x)": lambda x: (9 + x) ** (mp.mpf(-5) / 3) * mp.erf(x),
    "cos(E*x + pi)*sqrt(x**2 + 3)": lambda x: mp.cos(mp.e * x + mp.pi) * mp.sqrt(x**2 + 3),
}


@pytest.mark.parametrize("text", MP)
@pytest.mark.parametrize("at", [Fraction(-29, 8), Fraction(-5, 4), Fraction(-3, 16), Fraction(7, 4), Fraction(19, 5)])
def test_derivatives_agree_with_high_precision_differences(text: str, at: Fraction) -> None:
    found = compile_jet(term(text))
    with flint.ctx.workprec(250), mp.workdps(120):
        for n, value in enumerate(found(exact(at), 3)):
            # an error of h**8 and of 10**-120/h**3, for h = 10**-12
            expected = arb(
                mp.nstr(mp.diff(MP[text], mp.mpf(at.numerator) / at.denominator, n, h=mp.mpf(10) ** -12), 60)
            )
            assert value.overlaps(expected + arb(0, "1e-9")), (n, value, expected)
            assert value.rad() < 1e-60


# Random formulas -------------------------------------------------------------------------------------------------

FORMULAS = st.recursive(
    st.sampled_from(["x", "x", "x", "2", "(-1)", "Rational(1, 3)", "pi"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda p: f"({p[0]} {p[1]} {p[2]})"),
        st.tuples(
            inner,
            st.sampled_from(
                ["2", "3", "(-1)", "0", "(1/2)", "(-2/3)", "(4/2)", "x", "floor(x)", "Max(2, 1/3)", "(floor(x)/1)",
                 "pi", "(1*Max(x, 1))", "sign(x)"]
            ),
        ).map(lambda p: f"({p[0]}**{p[1]})"),
        st.tuples(
            st.sampled_from(
                ["exp", "log", "sqrt", "sin", "tan", "asin", "atan", "cosh", "tanh", "asinh", "acosh", "atanh", "erf",
                 "Abs", "sign", "floor", "ceiling"]
            ), inner,
        ).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(st.sampled_from(["Max", "Min"]), inner, inner).map(lambda p: f"{p[0]}({p[1]}, {p[2]})"),
    ),
    max_leaves=7,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(FORMULAS, RATIONALS, st.integers(0, 12), st.fractions(-1, 1, max_denominator=8))
def test_a_jet_on_a_ball_holds_at_its_points(text: str, middle: Fraction, shrink: int, place: Fraction) -> None:
    h = term(text)
    radius = Fraction(1, 4**shrink)
    point = middle + place * radius
    wide = arb(exact(middle), arb(exact(radius)))
    try:
        found = jet(h, wide)
    except JetRefusal:
        return
    with flint.ctx.workprec(300):
        inside = jet(h, exact(point))
        smooth = jet(piece_at(h, wide), exact(point))
    assert all(a.overlaps(b) and a.overlaps(c) for a, b, c in zip(found, inside, smooth, strict=True))


@settings(max_examples=200, deadline=None)
@given(FORMULAS, st.one_of(st.integers(-3, 3).map(Fraction), RATIONALS))
def test_what_has_a_jet_is_defined_for_the_kernel(text: str, at: Fraction) -> None:
    h = term(text)
    try:
        value, *_ = jet(h, exact(at), 1)
    except JetRefusal:
        return
    known = evaluate(h, {T: exact(at)}, 400)
    assert known is None or value.overlaps(arb(known))
    assert all(evaluate(p, {T: exact(at)}, 400) is not False for p in obligations(Eq(h, h)))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(NAMED_ACTIVATIONS)), RATIONALS)
def test_orders_agree_with_each_other(name: str, at: Fraction) -> None:
    compiled = compile_jet(term(name + "(1/3)" * (name == "leaky_relu")))
    try:
        longest = compiled(exact(at), 7)
    except JetRefusal:
        return
    for order in range(7):
        assert all(a.overlaps(b) for a, b in zip(compiled(exact(at), order), longest, strict=False))
