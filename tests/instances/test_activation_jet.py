"""Jets against exact derivatives and high-precision numerics; every refusal; knots, poles, near-equal constants."""

import pickle
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
from symproof.logic.syntax import Abs, And, Eq, Iff, Implies, Ite, Max, Min, Ne, Not, Or, exp, log, num, real, unary
from symproof.logic.term import Term


def term(text: str) -> Term:
    return read_activation(text).term


def ball(low: Fraction | int, high: Fraction | int) -> arb:
    """A ball that holds the interval, and is exactly that if the ends are dyadic with few digits."""
    low, high = Fraction(low), Fraction(high)
    return arb(exact((low + high) / 2), arb(exact((high - low) / 2)))


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


# Refusals --------------------------------------------------------------------------------------------------------


REFUSED = [
    ("1/x", fmpq(0), "undefined"),
    ("0/x", fmpq(0), "undefined"),
    ("(1/x)*0", fmpq(0), "undefined"),
    ("sin(x)/x", fmpq(0), "undefined"),
    ("x/x", fmpq(0), "undefined"),
    ("(1/x)**0", fmpq(0), "undefined"),
    ("1/(1-1)", fmpq(5), "undefined"),
    ("1/(sqrt(2)**2-2)", fmpq(5), "undefined"),
    ("x**-2", fmpq(0), "undefined"),
    ("x**(-1/2)", fmpq(0), "undefined"),
    ("x**x", fmpq(0), "undefined"),
    ("0**x", fmpq(1), "undefined"),
    ("tan(x)", arb("1.5").union(arb("1.6")), "undefined"),
    ("log(x)", fmpq(0), "undefined"),
    ("log(x)", fmpq(-1), "not_real"),
    ("sqrt(x)", fmpq(-1), "not_real"),
    ("x**Rational(1, 3)", fmpq(-8), "not_real"),
    ("(-1)**x", fmpq(2), "not_real"),
    ("asin(x)", fmpq(2), "not_real"),
    ("acosh(x)", fmpq(0), "not_real"),
    ("atanh(x)", fmpq(-2), "not_real"),
    ("log(log(x))", fmpq(1, 2), "not_real"),
    ("sqrt(x)", fmpq(0), "not_smooth"),
    ("asin(x)", fmpq(1), "not_smooth"),
    ("acosh(x)", fmpq(1), "not_smooth"),
    ("Abs(x)", fmpq(0), "not_smooth"),
    ("sign(x)", fmpq(0), "not_smooth"),
    ("floor(x)", fmpq(3), "not_smooth"),
    ("ceiling(x)", fmpq(-3), "not_smooth"),
    ("Max(x, 0)", fmpq(0), "not_smooth"),
    ("relu", fmpq(0), "not_smooth"),
    ("relu_squared", fmpq(0), "not_smooth"),
    ("hard_swish", fmpq(-3), "not_smooth"),
    ("Max(x - Rational(1, 3), 0)", fmpq(1, 3), "not_smooth"),
    ("exp(exp(exp(exp(x))))", fmpq(10), "not_evaluable"),
    ("exp(x)", fmpq(10) ** 40, "not_evaluable"),
    ("sin(x)", fmpq(10) ** 40, "not_evaluable"),
    ("floor(exp(x))", fmpq(10) ** 9, "not_evaluable"),
]


@pytest.mark.parametrize(("text", "at", "code"), REFUSED)
def test_what_is_not_smooth_there_is_refused(text: str, at: fmpq | arb, code: str) -> None:
    with pytest.raises(JetRefusal) as refused:
        jet(term(text), at)
    assert refused.value.code == code
    assert str(refused.value) == refused.value.reason


def test_a_piece_counts_only_where_it_is_taken() -> None:
    h = term("piecewise(log(-x); -1; x**2)")
    assert jet(h, fmpq(2))[1] == 4
    assert jet(h, fmpq(-2))[1].overlaps(arb(fmpq(-1, 2)))
    with pytest.raises(JetRefusal):
        jet(h, fmpq(-1))
    assert str(piece_at(term("elu"), fmpq(-1))) == "exp(t) - 1"
    assert str(piece_at(term("hard_swish"), fmpq(1))) == "t * (t + 3) / 6"
    assert str(piece_at(term("softsign"), fmpq(-1))) == "t / (1 + (-t))"


def test_order_and_length() -> None:
    assert [len(jet(term("3"), fmpq(1), n)) for n in range(4)] == [1, 2, 3, 4]
    assert [int(d.unique_fmpz()) for d in jet(term("x**20"), fmpq(1), 12)][:4] == [1, 20, 380, 6840]
    for order in (-1, True, 65):
        with pytest.raises(ValueError, match="the order"):
            jet(term("x"), fmpq(1), order)


def test_a_refusal_comes_back_from_a_worker_process() -> None:
    with pytest.raises(JetRefusal) as refused:
        jet(term("Abs(x)"), arb(0, 1))
    back = pickle.loads(pickle.dumps(refused.value))
    assert (back.code, back.reason) == (refused.value.code, refused.value.reason)


def test_the_settings_of_flint_stay() -> None:
    compiled = compile_jet(term("Max(x, x + 10**-60)"))
    with flint.ctx.workprec(53):
        flint.ctx.cap = 7
        compiled(fmpq(1, 3))
        assert (flint.ctx.prec, flint.ctx.cap) == (53, 7)
        flint.ctx.cap = 10


@pytest.mark.parametrize(
    ("text", "low", "high", "value"),
    [
        ("Max(x, 0)", 0, 1, None),
        ("Max(x, 0)", -1, 0, None),
        ("Max(x, 0)", Fraction(1, 2**20), 1, 1),
        ("Abs(x)", -1, 1, None),
        ("x*Abs(x)", -1, 1, None),
        ("hard_swish", 3, 4, None),
        ("hard_swish", Fraction(25, 8), 4, 1),
        ("floor(x)", Fraction(1, 2), 1, None),
        ("floor(x)", 0, Fraction(1, 2), None),
        ("floor(x)", Fraction(1, 8), Fraction(7, 8), 0),
        ("piecewise(x**2; 0; x**2)", -1, 1, None),
        ("sign(x)", Fraction(1, 4), 1, 0),
        ("1/x", -1, 1, None),
        ("1/x", 0, 1, None),
        ("log(x)", 0, 1, None),
        ("sqrt(x)", 0, 1, None),
        ("asin(x)", 0, 1, None),
        ("tan(x)", 1, 2, None),
    ],
)
def test_a_ball_that_touches_a_knot_or_a_pole_is_refused(
    text: str, low: Fraction | int, high: Fraction | int, value: int | None
) -> None:
    if value is not None:
        assert jet(term(text), ball(low, high))[1].contains(value)
        return
    with pytest.raises(JetRefusal) as refused:
        jet(term(text), ball(low, high))
    assert refused.value.code in ("undefined", "not_smooth")


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("Max(x, x + 10**-60)", "t + 1/1" + "0" * 60),
        ("Min(x, x + 10**-300)", "t"),
        ("Max(1/(1 + x**2), 1/(1 + x**2) - 10**-60)", "1 / (1 + t**2)"),
        ("Max(sqrt(2)*sqrt(3)*x, (sqrt(6) + 10**-80)*x)", None),
        ("Max(x, x)", "t"),
        ("Max(Abs(x), x)", "t"),
        ("Max(x, 10**-400 + x - 10**-400)", None),
    ],
)
def test_near_equal_numbers_are_told_apart_or_refused(text: str, piece: str | None) -> None:
    with flint.ctx.workprec(53):
        if text.endswith("10**-400)"):
            with pytest.raises(JetRefusal) as refused:
                jet(term(text), fmpq(1, 3))
            assert refused.value.code == "not_smooth"
            return
        assert jet(term(text), fmpq(1, 3))[1].is_finite()
        if piece is not None:
            assert str(piece_at(term(text), fmpq(1, 3))).replace("(", "").replace(")", "") == piece.replace(
                "(", ""
            ).replace(")", "")
    with pytest.raises(JetRefusal):
        jet(term("Max(x, x + 10**-60)"), arb(1, "1e-30"))


def test_constant_conditions_are_decided_whatever_the_ball() -> None:
    a, b = unary("sqrt", num(2)) * unary("sqrt", num(3)), unary("sqrt", num(6)) + num(Fraction(1, 10**60))
    h = Ite(a < b, T**2, T)
    with flint.ctx.workprec(53):
        assert jet(h, ball(0, 1), 2)[2].contains(2)
        with pytest.raises(JetRefusal):
            jet(Ite(a < unary("sqrt", num(6)), T**2, T), ball(0, 1))


@pytest.mark.parametrize(
    ("condition", "below", "at_one", "above"),
    [
        (T < 1, 1, None, 0),
        (T <= 1, 1, None, 0),
        (T > 1, 0, None, 1),
        (T >= 1, 0, None, 1),
        (Eq(T, 1), 0, None, 0),
        (Ne(T, 1), 1, None, 1),
        (Not(T < 1), 0, None, 1),
        (And(T < 1, T < 2), 1, None, 0),
        (And(T < 1, T > 2), 0, 0, 0),
        (Or(T < 1, T < 2), 1, 1, 0),
        (Implies(T < 1, T > 2), 0, None, 1),
        (Implies(T > 4, T < 1), 1, 1, 1),
        (Iff(T < 1, T < 2), 1, None, 1),
        (T <= T, 1, 1, 1),
        (T < T, 0, 0, 0),
        (Eq(Abs(T), T), 1, 1, 1),
        (Or(T < 1, log(T - 2) > 0), None, None, 0),
    ],
    ids=str,
)
def test_a_condition_counts_where_it_holds_around_the_point(
    condition: Term, below: int | None, at_one: int | None, above: int | None
) -> None:
    h = compile_jet(Ite(condition, T**2, num(7)))
    for at, truth in ((fmpq(1, 2), below), (fmpq(1), at_one), (fmpq(5, 2), above)):
        if truth is None:
            with pytest.raises(JetRefusal):
                h(at)
        else:
            assert h(at)[0] == (at**2 if truth else 7)


def test_the_largest_of_several_numbers() -> None:
    h = compile_jet(Max(T, 3 - T, num(5), T - 10))
    assert [int(h(fmpq(at))[0].fmpq().p) for at in (-4, 0, 6)] == [7, 5, 6]
    with pytest.raises(JetRefusal):
        h(fmpq(5))
    assert jet(Min(T, 3 - T, num(-5), T - 10), fmpq(0))[0] == -10


def test_tiny_numbers_have_a_sign() -> None:
    for text, sign in (("exp(-10**6 + x)", 1), ("-exp(-10**6*x)", -1), ("gaussian", 1)):
        with flint.ctx.workprec(64):
            value = jet(term(text), fmpq(1000))[0]
        assert (value > 0, value < 0, value == 0) == (sign > 0, sign < 0, False)
    assert jet(term("log(exp(-10**6))*x"), fmpq(1))[1].contains(-(10**6))
    assert jet(term("sign(exp(-x**2))"), fmpq(1000))[0] == 1


def test_powers_follow_the_kernel() -> None:
    assert jet(term("(-2)**floor(x)"), fmpq(7, 2))[0] == -8
    assert jet(term("x**(4/2)"), fmpq(-3))[:2] == (9, -6)
    assert jet(term("x**0"), fmpq(0)) == (1, 0, 0)
    assert jet(term("(-x)**Max(2, 3)"), fmpq(1))[1] == -3
    assert jet(term("x**Max(2, 1/3)"), fmpq(3))[1].contains(6)
    for text in (
        "(-2)**(floor(x)/1)", "(-2)**(floor(x) + 1/2)", "(0 - x**2)**sqrt(4)", "(-x)**Max(2, 1/3)", "(-2)**Max(2, 1/3)",
        "(-x)**Max(1, 1/3)", "(-x)**(2*Max(1, 1/3))", "(-x)**Max(4/2)",
    ):  # fmt: skip
        with pytest.raises(JetRefusal) as refused:
            jet(term(text), fmpq(7, 2))
        assert refused.value.code == "not_real", text


def test_large_formulas_are_refused_not_computed() -> None:
    deep, shared, sines, tower = T, T, T, T
    for _ in range(5000):
        deep = deep + 1
    for _ in range(190):
        shared, sines = shared * shared, unary("sin", sines)
    for _ in range(50):
        tower = tower**10_000
    wide = Max(*[T + k for k in range(5000)])
    for h in (deep, wide, tower, exp(real("y")), Eq(T, 0), T ** num(10**400)):
        with pytest.raises(JetRefusal) as refused:
            jet(h, fmpq(3, 2))
        assert refused.value.code == "not_evaluable"
    assert jet(shared, fmpq(1))[0] == 1
    assert jet(sines, fmpq(1))[0] < 1


@pytest.mark.parametrize("at", [arb("nan"), arb("inf"), arb(0, "inf")])
def test_only_finite_balls(at: arb) -> None:
    with pytest.raises(JetRefusal) as refused:
        jet(term("atan(x)"), at)
    assert refused.value.code == "not_evaluable"
