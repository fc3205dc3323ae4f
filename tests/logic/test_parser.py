from fractions import Fraction

import pytest

from symproof.errors import InputError
from symproof.logic.parser import IMAGINARY_UNIT, ClaimError, parse_expression, parse_proposition
from symproof.logic.syntax import (
    Abs,
    And,
    Diff,
    Eq,
    Implies,
    Max,
    Ne,
    Not,
    Or,
    exp,
    integer,
    log,
    num,
    real,
    sqrt,
    unary,
)  # fmt: skip
from symproof.logic.term import Term

x, y = real("x y")
n = integer("n")
NAMES = {"x": x, "y": y, "n": n}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x + y*2", x + y * 2),
        ("x - y - 1", x - y - 1),
        ("x/y/2", x / y / 2),
        ("-x**2", -(x**2)),
        ("(-x)**2", (-x) ** 2),
        ("2**3**x", num(2) ** (num(3) ** x)),
        ("x**-y", x ** (-y)),
        ("-x*y", (-x) * y),
        ("--x", (-x).__neg__()),
        ("+x", x),
        ("0.1", num(Fraction(1, 10))),
        ("1.5e-2", num(Fraction(3, 200))),
        ("Rational(-2, 6)", num(Fraction(-1, 3))),
        ("ln(x)", log(x)),
        ("Abs(abs(x))", Abs(Abs(x))),
        ("Max(x, y, 1)", Max(x, y, 1)),
        ("asinh(pi*E)", unary("asinh", Term("pi") * Term("e"))),
        ("diff(exp(x), x)", Diff(x, exp(x), x)),
        ("diff(x**2, x, 2)", Diff(x, Diff(x, x**2, x), x)),
        ("I*x", IMAGINARY_UNIT * x),
        (" sqrt ( x ) ", sqrt(x)),
    ],
)
def test_expressions(text, expected):
    assert parse_expression(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x == y", Eq(x, y)),
        ("x != y", Ne(x, y)),
        ("0 < x <= y", And(num(0) < x, x <= y)),
        ("x >= 1 and y > 2", And(x >= 1, y > 2)),
        ("x > 0 or not y < 0", Or(x > 0, Not(y < 0))),
        ("x > 0 -> y > 0 -> x > y", Implies(x > 0, Implies(y > 0, x > y))),
        ("x > 0 and y > 0 or x < y", Or(And(x > 0, y > 0), x < y)),
        ("(x > 0)", x > 0),
        ("not x == 1", Not(Eq(x, 1))),
    ],
)
def test_propositions(text, expected):
    assert parse_proposition(text, NAMES) == expected


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ("x^2 == 1", 2, "**"),
        ("x = 1", 3, "=="),
        ("x + == 1", 5, "'=='"),
        ("z == 1", 1, "--var"),
        ("f(x) == 1", 1, "unknown function"),
        ("x(1) == 1", 2, "Write *"),
        ("2x == 1", 2, "Write *"),
        ("sin(x, y) == 0", 1, "2 arguments"),
        ("sin() == 0", 5, "')'"),
        ("x == 1)", 7, "')'"),
        ("(x == 1", 8, "end of the text"),
        ("x == 1; y == 2", 7, "';'"),
        ("Rational(1, 0) == 1", 1, "not 0"),
        ("Rational(x, 2) == 1", 1, "two integers"),
        ("diff(x, n) == 1", 9, "real variable"),
        ("diff(x, x, 99) == 1", 12, "order"),
        ("2**99999 == 1", 2, "exponent"),
        ("9**9**9**9 == 1", 5, "exponent"),
        ("1e99999 == 1", 1, "too large"),
        ("(x < 1) + 1 == 2", 9, "takes a number"),
        ("not x + 1", 1, "takes a proposition"),
        ("x.y == 1", 2, "'.'"),
        ("x ≤ 1", 3, "Write <="),
        ("x // 2 == 1", 3, "floor"),
        ("__import__('os') == 1", 12, "know"),
        ("lambda: 0", 7, "':'"),
        ("x == True", 6, "not declared"),
        ("x\x00 == 1", 2, "know"),
    ],
)
def test_errors_say_where(text, position, word):
    with pytest.raises(ClaimError) as caught:
        parse_proposition(text, NAMES)
    assert isinstance(caught.value, InputError)
    assert f"character {position}" in caught.value.where
    assert word in str(caught.value)


@pytest.mark.parametrize("text", ["", "   ", "x", "x + 1", "sin(x)"])
def test_a_proposition_is_wanted(text):
    with pytest.raises(ClaimError):
        parse_proposition(text, NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 5000 + "x" + ")" * 5000 + " == 1",
        "-" * 9000 + "x == 1",
        "+".join(["x"] * 2000) + " == 1",
        "x == " + "9" * 5000,
        "x" * 20000,
        "sin(" * 100 + "x" + ")" * 100 + " == 0",
        "not " * 500 + "x == 1",
        "x**" * 500 + "x == 1",
        "x == 1 and " * 2000 + "x == 1",
    ],
)
def test_hostile_sizes_are_refused_quickly(text):
    with pytest.raises(ClaimError):
        parse_proposition(text, NAMES)


def test_only_text_is_read():
    with pytest.raises(ClaimError):
        parse_proposition(7, NAMES)  # type: ignore[arg-type]
