import pytest

from symproof.kernel.definedness import obligations
from symproof.kernel.differentiate import differentiable_at, differentiate
from symproof.logic.definition import define
from symproof.logic.syntax import (
    FALSE,
    Abs,
    And,
    Diff,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Max,
    MinOver,
    Ne,
    Or,
    Sum,
    exp,
    family,
    forall_in,
    function,
    integer,
    log,
    num,
    real,
    sqrt,
    unary,
)  # fmt: skip

x, y = real("x y")
i, n = integer("i n")
v = family("v")
f = function("f")
THIRD = num(1) / 3


@pytest.mark.parametrize(
    ("proposition", "expected"),
    [
        (Eq(x + y, 1), ()),
        (Eq(x / y, 1), (Ne(y, 0),)),
        (Eq(x / 2, 1), ()),
        (Eq(num(2) / 0, 1), (Ne(num(0), 0),)),
        (log(x) > 0, (x > 0,)),
        (log(num(2)) > 0, ()),
        (sqrt(x) > 0, (x >= 0,)),
        (Eq(x**-1, 1), (Ne(x, 0),)),
        (Eq(x**0, 1), ()),
        (Eq(x**THIRD, 1), (x >= 0,)),
        (Eq(x ** (-THIRD), 1), (x > 0,)),
        (Eq(x**y, 1), (x > 0,)),
        (Eq(x**n, 1), (Or(Ne(x, 0), n >= 0),)),
        (Eq(unary("asin", x), 1), (num(-1) <= x, x <= 1)),
        (Eq(unary("atanh", x), 1), (num(-1) < x, x < 1)),
        (Eq(unary("acosh", x), 1), (x >= 1,)),
        (Eq(unary("tan", x), 1), (Ne(unary("cos", x), 0),)),
        (Implies(Ne(x, 0), Eq(1 / x, 1)), (Implies(Ne(x, 0), Ne(x, 0)),)),
        (And(x > 0, log(x) > 0), (Implies(x > 0, x > 0),)),
        (Or(Eq(x, 0), Eq(1 / x, 1)), (Implies(Ne(x, 0), Ne(x, 0)),)),
        (Eq(Ite(x > 0, log(x), 1 / x), 0), (Implies(x > 0, x > 0), Implies(x <= 0, Ne(x, 0)))),
        (ForAll(x, log(x) > 0), (ForAll(x, x > 0),)),
        (Exists(x, Eq(1 / x, y)), (ForAll(x, Ne(x, 0)),)),
        (Eq(Sum(i, 1, n, 1 / v(i)), 0), (forall_in(i, 1, n, Ne(v(i), 0)),)),
        (MinOver(i, 1, n, v(i)) > 0, (num(1) <= n,)),
        (MinOver(i, 1, 3, v(i)) > 0, ()),
        (Eq(Diff(x, sqrt(x), y), 0), (y > 0, y >= 0)),
        (Eq(Diff(x, Abs(x), y), 0), (Ne(y, 0),)),
        (Eq(Diff(x, f(x), y), 0), (differentiable_at()(f, y),)),
    ],
)
def test_obligations(proposition, expected):
    assert obligations(proposition) == expected


def test_a_definition_passes_its_conditions_on():
    root = define("root", (x,), sqrt(x - 1))
    assert obligations(Eq(root(y), 0)) == (y - 1 >= 0,)


def test_bound_names_do_not_capture():
    inner = Sum(i, 1, i, 1 / (v(i) - i))
    assert obligations(Eq(inner, 0)) == (forall_in(integer("k"), 1, i, Ne(v(integer("k")) - integer("k"), 0)),)


@pytest.mark.parametrize("term", [unary("gamma", x), Diff(y, Abs(x * y), x), Sum(i, 1, unary("floor", x), x)])
def test_what_the_table_does_not_know_is_not_differentiable(term):
    _, conditions = differentiate(term, x)
    assert any(c == FALSE or c.op == "ne" for c in conditions)


def test_a_derivative_at_a_point_that_jumps_is_not_constant_around_the_jump():
    """The inner derivative is 0 at x = 0 and to the right; to the left it is that of floor at 0, which is none."""
    _, conditions = differentiate(Diff(y, unary("floor", y), (1 + unary("floor", x)) / 2), x)
    assert Ne(x, unary("floor", x)) in conditions


def test_a_maximum_needs_distinct_arguments():
    assert Ne(x, 1) in differentiate(Max(x, 1), x)[1]
    assert Ne(x, 1) not in differentiate(Max(x, y), x)[1]


def test_an_unknown_function_may_be_differentiated_twice_where_it_is_differentiable():
    twice = Diff(y, Diff(x, f(x), y), x)
    needed = obligations(Eq(twice, 0))
    assert ForAll(x, differentiable_at()(f, x)) in needed
    assert any(p == differentiable_at()(Lam(y, Diff(x, f(x), y)), x) for p in needed)


def test_the_derivative_of_a_power_with_variable_exponent():
    _, conditions = differentiate(x**x, x)
    assert conditions == (x > 0,)
    _, conditions = differentiate(exp(x) ** 2, x)
    assert conditions == ()


def test_the_derivative_of_an_unknown_function_keeps_its_parameters_apart():
    s = real("s")
    first = Diff(y, f(s * y), y)
    derivative, _ = differentiate(Diff(y, f(s * y), x), x)
    assert derivative == Diff(real("r"), Diff(y, f(s * y), real("r")), x)
    assert derivative != Diff(s, Diff(y, f(s * y), s), x)
    assert first != derivative
