"""Where jets are refused: knots, poles, ends of domains, near-equal numbers, conditions, powers, sizes."""

import pickle
from fractions import Fraction

import flint
import pytest
from flint import arb, fmpq

from symproof.instances.activation_jet import JetRefusal, compile_jet, jet, piece_at
from symproof.instances.piecewise_activation import T
from symproof.instances.smooth_activation import read_activation
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
