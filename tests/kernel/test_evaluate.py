from fractions import Fraction

import pytest
from flint import arb, fmpq, fmpq_mat

from symproof.kernel.evaluate import EvaluationError, Undefined, compile_term, decide, evaluate
from symproof.logic.definition import define, define_recursive
from symproof.logic.syntax import (
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
    MaxOver,
    MinOver,
    Ne,
    Not,
    Or,
    Sum,
    exists_in,
    exp,
    family,
    forall_in,
    function,
    identity,
    integer,
    inverse,
    log,
    matrix,
    num,
    real,
    sqrt,
    trace,
    unary,
)  # fmt: skip
from symproof.logic.term import Term

x, y = real("x y")
n, i, j = integer("n i j")
h = function("h")
v, w = family("v w")
m = family("m", 2)
PI = Term("pi")


@pytest.mark.parametrize(
    ("term", "point", "expected"),
    [
        (x**2 + y / 3, {x: 2, y: 1}, fmpq(13, 3)),
        (x**-2, {x: Fraction(2, 3)}, fmpq(9, 4)),
        (x**0, {x: 0}, fmpq(1)),
        (x**n, {x: 0, n: 0}, fmpq(1)),
        (x ** (num(2) / 3), {x: 8}, fmpq(4)),
        (x**y, {x: 4, y: Fraction(-1, 2)}, fmpq(1, 2)),
        (sqrt(x), {x: Fraction(9, 4)}, fmpq(3, 2)),
        (exp(x) + log(y), {x: 0, y: 1}, fmpq(1)),
        (Ite(x >= 0, x, 1 / x), {x: 0}, fmpq(0)),
        (Max(x, y, 2) - unary("floor", x), {x: Fraction(5, 2), y: 7}, fmpq(5)),
        (unary("floor", PI) + unary("ceiling", PI) + unary("sign", -PI), {}, fmpq(6)),
        (Sum(i, 1, n, v(i) * i), {n: 3, v: {1: 5, 2: 7, 3: 1}}, fmpq(22)),
        (Sum(i, 1, 0, v(i)), {v: {}}, fmpq(0)),
        (Sum(i, 1, 2, Sum(j, 1, i, m(i, j))), {m: lambda a, b: a * 10 + b}, fmpq(11 + 21 + 22)),
        (MinOver(i, 1, 3, v(i)), {v: {1: 5, 2: -7, 3: 1}}, fmpq(-7)),
        (MaxOver(i, 1, 3, Sum(j, i, 3, v(j))), {v: {1: 5, 2: -7, 3: 1}}, fmpq(1)),
        (Diff(y, y**3 - x * y, x), {x: 2}, fmpq(10)),
        (Sum(i, 1, 2, Diff(y, y**2 * i, i + x)), {x: 1}, fmpq(4 + 12)),
        (
            trace(inverse(matrix("A", 2, 2)) @ identity(2)),
            {matrix("A", 2, 2): fmpq_mat(2, 2, [2, 0, 0, 4])},
            fmpq(3, 4),
        ),
    ],
)
def test_exact_values(term, point, expected):
    value = evaluate(term, point)
    assert isinstance(value, fmpq)
    assert value == expected


@pytest.mark.parametrize(
    ("term", "point"),
    [
        (1 / x, {x: 0}),
        (log(x), {x: 0}),
        (sqrt(x - PI), {x: 3}),
        (unary("asin", x), {x: 2}),
        (unary("acosh", x), {x: 0}),
        (unary("atanh", x), {x: -1}),
        (x**-1, {x: 0}),
        (x ** (num(1) / 3), {x: -8}),
        (x**y, {x: 0, y: 1}),
        (x**y, {x: -1, y: 2}),
        (MinOver(i, 1, n, v(i)), {n: 0, v: {}}),
        (Eq(1 / x, 1), {x: 0}),
        (And(Eq(x, 0), Eq(1 / x, 1)), {x: 0}),
    ],
)
def test_undefined(term, point):
    with pytest.raises(Undefined):
        evaluate(term, point)


@pytest.mark.parametrize(
    ("proposition", "point", "expected"),
    [
        (And(Ne(x, 0), Eq(1 / x, 1)), {x: 0}, False),
        (Implies(Ne(x, 0), Eq(1 / x, 1)), {x: 0}, True),
        (Or(Eq(x, 0), Eq(1 / x, 1)), {x: 0}, True),
        (x > PI, {x: Fraction(22, 7)}, True),
        (Eq(PI, x), {x: Fraction(22, 7)}, False),
        (Eq(sqrt(num(2)) * sqrt(num(3)), sqrt(num(6))), {}, None),
        (Ne(sqrt(num(2)) * sqrt(num(3)), sqrt(num(6))), {}, None),
        (exp(PI * sqrt(num(163))) < num(262537412640768744), {}, True),
        (forall_in(i, 1, n, v(i) <= n), {n: 2, v: {1: 1, 2: 2}}, True),
        (exists_in(i, 1, n, Eq(v(i), n)), {n: 2, v: {1: 1, 2: 2}}, True),
        (exists_in(i, 1, n, Eq(v(i), 7)), {n: 2, v: {1: 1, 2: 2}}, False),
        (forall_in(i, 1, n, exists_in(j, i, n, Eq(v(j), 2))), {n: 2, v: {1: 1, 2: 2}}, True),
        (ForAll(x, x**2 >= 0), {}, None),
        (Exists(i, Eq(i, 3)), {}, None),
        (Not(ForAll(x, x**2 >= 0)), {}, None),
        (Eq(log(x), y), {x: 0 * fmpq(1) + 1, y: 0}, True),
        (unary("sin", PI) < num(1) / 10**30, {}, True),
        (Abs(unary("sin", PI)) <= 0, {}, None),
        (Eq(Diff(y, Abs(y), x), 0), {x: 0}, None),
    ],
)
def test_truth(proposition, point, expected):
    assert decide(proposition, point) is expected


def test_powers_of_a_ball_around_zero_are_known():
    """The ball of a number minus itself has the midpoint 0; its powers enclose those of all its points."""
    around = arb(0, 1)
    assert evaluate(x**2 <= 2, {x: around}) is True
    assert evaluate(x**2 <= Fraction(1, 2), {x: around}) is None
    assert evaluate(x**3 >= -1, {x: around / 2}) is True
    assert evaluate(x**2, {x: around}).contains(arb(1)) and evaluate(x**3, {x: around}).contains(arb(-1))


def test_a_ball_stands_for_all_its_points():
    around = arb(0).union(arb(1))
    assert evaluate(x**2 - x <= 2, {x: around}) is True
    assert evaluate(x <= fmpq_half(), {x: around}) is None
    with pytest.raises(Undefined):
        evaluate(log(x - 2), {x: around})
    assert evaluate(log(x), {x: around}) is None
    hull = evaluate(Ite(x > fmpq_half(), x, -x), {x: around})
    assert hull.contains(arb(1)) and hull.contains(arb("-0.4"))


def fmpq_half():
    return num(Fraction(1, 2))


def test_functions_and_definitions():
    f = function("f")
    assert evaluate(f(x) + 1, {f: lambda t: t * t, x: 3}) == 10
    assert evaluate(f(x), {f: Lam(y, y**2 + 1), x: 3}) == 10
    square = define("square", (x,), x**2)
    assert evaluate(square(y + 1) * square(y), {y: 2}) == 36
    previous = integer("p")
    factorial = define_recursive("factorial", (n,), num(1), previous, previous * (n + 1))
    assert evaluate(factorial(n), {n: 500}).numerator % 499 == 0
    q = function("q")
    power = define_recursive("power", (n, x), x - x + 1, q, q(x) * x)
    assert evaluate(power(n, y), {n: 5, y: 2}) == 32


def test_the_assignment_must_fit():
    with pytest.raises(EvaluationError):
        evaluate(x + y, {x: 1})
    with pytest.raises(EvaluationError):
        evaluate(n + 1, {n: Fraction(1, 2)})
    with pytest.raises(EvaluationError):
        evaluate(x, {x: 0.5})
    with pytest.raises(EvaluationError):
        evaluate(v(1), {v: {2: 1}})


def test_closed_terms_as_values_gain_precision():
    assert decide(Eq(x, PI), {x: PI + num(Fraction(1, 10**40))}) is False


def test_one_compilation_serves_many_points():
    compiled = compile_term(Sum(i, 1, 3, x * i))
    assert [compiled({x: k}) for k in range(3)] == [0, 6, 12]


def test_shared_parts_under_a_binder_keep_their_index():
    term = Sum(i, 1, 3, Sum(j, 1, 2, (x + i) * j) * Sum(j, 1, 2, (x + i) * j))
    assert evaluate(term, {x: 0}) == 9 * (1 + 4 + 9)


# Balls as arguments of definitions: they have no hash, so nothing is kept for them ----------------------------------

SQUARE = define("own.square", (x,), x * x)
POWER = define_recursive("own.power", (n, x), base=x**0, previous=function("p"), step=x * function("p")(x))


@pytest.mark.parametrize("notion", [SQUARE(x), POWER(2, x)], ids=["explicit", "recursive"])
def test_a_definition_at_two_balls_is_evaluated_at_each(notion: Term) -> None:
    """In one evaluation, and in two that share what definitions yield."""
    calls: dict[object, object] = {}
    at_two = compile_term(notion)({x: arb(2)}, 64, calls)
    at_three = compile_term(notion)({x: arb(3)}, 64, calls)
    assert (at_two.overlaps(arb(4)), at_three.overlaps(arb(9)), at_three.overlaps(arb(4))) == (True, True, False)
    two, three = SQUARE(sqrt(num(2))), POWER(2, sqrt(num(3)))
    assert decide(And(two < three, three < 2 * two), {}) is True
    assert decide(three <= two, {}) is False


def test_a_definition_at_a_wide_ball_stays_undecided() -> None:
    """A ball around 0 of radius 1 is neither at most nor beyond 1/2; its value at one point decides nothing."""
    wide = arb(0, 1)
    assert decide(SQUARE(x) <= num(1) / 2, {x: wide}) is None
    assert decide(Eq(SQUARE(x), SQUARE(y)), {x: wide, y: wide}) is None, "two balls may hold two numbers"
    assert decide(SQUARE(x) <= 2, {x: wide}) is True


# Derivatives ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("term", [Diff(x, h(x), x), Diff(x, h(-x) * x, x), Diff(y, Diff(x, h(x) ** 2, y), x)])
def test_the_derivative_of_a_function_without_a_formula_is_undecided(term: Term) -> None:
    """A function given by its values has none; its derivative is no number, and looking for it comes to an end."""
    assert evaluate(term, {x: 1, y: 2, h: lambda t: t * t}) is None
    assert decide(Eq(term, term + 1), {x: 1, y: 2, h: lambda t: t * t}) is None
