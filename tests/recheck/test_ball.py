"""Enclosures of the re-checker against the kernel's evaluation, and what its rule ``ball`` accepts and refuses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from flint import arb, fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.kernel.evaluate import Compiled, EvaluationError, Undefined
from symproof.logic.definition import define, define_recursive
from symproof.logic.parser import parse_expression
from symproof.logic.syntax import (
    Abs,
    And,
    Diff,
    Eq,
    Exists,
    Ite,
    Max,
    Min,
    Sum,
    exp,
    function,
    integer,
    num,
    real,
    unary,
)
from symproof.logic.term import Term as KernelTerm
from symproof.recheck.ball import Interval, Unknown, enclosure, truth
from symproof.recheck.question import Answer, Evidence, Question
from symproof.recheck.refused import Refused
from symproof.recheck.rules import ball
from symproof.recheck.sequent import Sequent
from symproof.recheck.term import FUNCTIONS as FUNCTION_NAMES
from symproof.tactics.claim import read_claim
from tests.recheck.from_kernel import Converter

x, y = real("x y")
n = integer("n")
FUNCTIONS = sorted(FUNCTION_NAMES)
SMALL = st.fractions(min_value=-4, max_value=4, max_denominator=4)


def _joined(parts: st.SearchStrategy[KernelTerm]) -> st.SearchStrategy[KernelTerm]:
    pair = st.tuples(parts, parts)
    exponents = st.sampled_from(
        [Fraction(k) for k in (0, 2, 3, -1, -2)] + [Fraction(1, 2), Fraction(1, 3), Fraction(-3, 2)]
    )
    return st.one_of(
        st.builds(unary, st.sampled_from(FUNCTIONS), parts),
        pair.map(lambda p: p[0] + p[1]), pair.map(lambda p: p[0] - p[1]), pair.map(lambda p: p[0] * p[1]),
        pair.map(lambda p: p[0] / p[1]), pair.map(lambda p: Ite(p[0] <= p[1], p[0] * p[0], p[1])),
        pair.map(lambda p: Max(*p)), pair.map(lambda p: Min(*p)),
        st.builds(lambda a, e: a ** num(e), parts, exponents),
    )  # fmt: skip


TERMS = st.recursive(st.one_of(st.sampled_from([x, y, KernelTerm("pi")]), SMALL.map(num)), _joined, max_leaves=8)


@settings(max_examples=60, deadline=None)
@given(TERMS, st.tuples(SMALL, SMALL), st.tuples(SMALL, SMALL), st.tuples(*[st.fractions(0, 1, max_denominator=3)] * 2))
def test_an_enclosure_holds_the_value_at_each_point(term: KernelTerm, xs: Any, ys: Any, part: Any) -> None:
    """At precision 128 the kernel's value at a point of the box, if it has one, is in the box's enclosure."""
    convert = Converter()
    point, box = {}, {}
    for v, (a, b), t in zip((x, y), (xs, ys), part, strict=True):
        a, b = min(a, b), max(a, b)
        point[v] = a + t * (b - a)
        box[convert.term(v)] = Interval(fmpq(a.numerator, a.denominator), fmpq(b.numerator, b.denominator))
    try:
        low, high = enclosure(convert.term(term), box, 64)
    except Unknown:
        return
    try:
        value = Compiled(term)(point, 256)
    except (Undefined, EvaluationError) as problem:
        raise AssertionError(f"{term} is enclosed where it is not defined: {problem}") from None
    assert value is None or not (arb(value) < arb(low) or arb(value) > arb(high))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("sqrt(x)", (0, 1)), ("x**2", (0, 1)), ("acos(x)*0", (0, 0)), ("x*(1 - y)", (0, 3)), ("Abs(x - y)", (0, 3)),
        ("floor(x + 1/2)", (0, 1)), ("sign(x)", (0, 1)), ("cos(y)**2", (0, 1)), ("Max(x, y)", (0, 1)),
        ("1/x", None), ("log(x)", None), ("sqrt(y)", None), ("asin(2*x)", None), ("atanh(x)", None), ("tan(2*x)", None),
        ("y**(-1)", None), ("y**x", None), ("acosh(x)", None),
    ],
)  # fmt: skip
def test_ends_are_exact_where_they_are_rational(text: str, expected: tuple[int, int] | None) -> None:
    """On 0 <= x <= 1, -2 <= y <= 0."""
    convert = Converter().term
    box = {convert(x): Interval(fmpq(0), fmpq(1)), convert(y): Interval(fmpq(-2), fmpq(0))}
    term = convert(parse_expression(text, {"x": x, "y": y}))
    if expected is None:
        with pytest.raises(Unknown):
            enclosure(term, box, 64)
    else:
        found = enclosure(term, box, 64)
        assert found == expected or (found.low >= expected[0] and found.high <= expected[1])


def test_definitions_sums_and_derivatives_are_evaluated() -> None:
    convert = Converter().term
    twice = define("twice", (x,), 2 * x)
    before = integer("before")
    factorial = define_recursive("factorial", (n,), num(1), before, (n + 1) * before)
    for term, value in [
        (twice(twice(num(3))), 12),
        (factorial(num(200)) / factorial(num(199)), 200),
        (Sum(n, 1, 100, n), 5050),
        (Diff(x, x**3, num(2)), 12),
        (Diff(x, Abs(x), num(-2)), -1),
    ]:
        assert enclosure(convert(term), {}, 64).value == value
    for unknown in (
        Diff(x, Abs(x), num(0)),
        factorial(num(-1)),
        function("f")(num(0)),
        Diff(x, function("f")(x), num(0)),
    ):
        with pytest.raises(Unknown):
            enclosure(convert(unknown), {}, 64)


@pytest.mark.parametrize(
    ("text", "expected"), [("x <= 1", True), ("x < 1", None), ("x < 0", False), ("x <= 0", None), ("x != 2", True)]
)
def test_truth_on_a_closed_interval(text: str, expected: bool | None) -> None:
    claim = read_claim({"x": "real"}, [], text)
    convert = Converter().term
    assert truth(convert(claim.conclusion), {convert(claim.variables[0]): Interval(fmpq(0), fmpq(1))}, 64) is expected


def ask(text: str, variables: dict[str, str], given: list[str], evidence: Any = None) -> Answer:
    claim = read_claim(variables, given, text)
    convert = Converter()
    goal = convert.term(claim.conclusion)
    facts = [("", convert.term(p)) for p in claim.premises()]
    found = Evidence(() if evidence is None else (("ball", goal, (), evidence),))
    return ball.check(Question(goal, (), Sequent((), tuple(facts)), None, found))  # type: ignore[arg-type]


ACCEPTED = [
    ("pi < 22/7", ""), ("exp(pi) > pi**E", ""), ("exp(-10**6) > 0", ""), ("sqrt(2) + sqrt(3) != sqrt(10)", ""),
    ("x**2 - x + 1/3 > 0", "0 <= x; x <= 1"), ("sqrt(x) >= 0", "0 <= x; x <= 1"), ("sin(x) <= 1", "0 <= x; x <= 2"),
    ("x*exp(-x) < 1/2", "0 <= x; x <= 5"), ("1/x > 0", "1/100 <= x; x <= 1"),
    ("x*y < 2", "0 <= x; x <= 1; y <= 1; 0 < y"),
    ("x > -1", "0 <= x; x <= pi"), ("x < 2", "-1 <= x; x <= 3; x < 1"),
]  # fmt: skip
REFUSED = [
    ("sqrt(2)*sqrt(3) == sqrt(6)", ""), ("pi > 22/7", ""), ("sqrt(2)*sqrt(3) >= sqrt(6)", ""), ("1/(sin(pi)) > 0", ""),
    ("x**2 - x + 1/4 > 0", "0 <= x; x <= 1"), ("x**2 - x + 1/5 > 0", "0 <= x; x <= 1"), ("x > 0", "0 <= x; x <= 1"),
    ("1/x > 0", "0 <= x; x <= 1"), ("1/x > 0", "0 < x; x <= 1"), ("log(x) < 1", "0 <= x; x <= 1"), ("x < 2", "0 <= x"),
    ("sqrt(x) >= 0", "-1 <= x; x <= 1"), ("x*y < 1", "0 <= x; x <= 1; y <= 1; 0 < y"),
    ("Abs(x) > 0", "-1 <= x; x <= 1"),
    ("x < 1", "0 <= x; x <= y; y <= 2"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given"), ACCEPTED)
def test_true_inequalities(text: str, given: str) -> None:
    assert (
        ask(text, {v: "real" for v in "xy" if v in text + given}, [g for g in given.split("; ") if g]).trust
        == "certified"
    )


@pytest.mark.parametrize(("text", "given"), REFUSED)
def test_what_no_enclosure_shows(text: str, given: str) -> None:
    with pytest.raises(Refused):
        ask(text, {v: "real" for v in "xy" if v in text + given}, [g for g in given.split("; ") if g])


@pytest.mark.parametrize(
    "tree",
    [
        (64, (0, Fraction(3, 2), None, None)), (64, (1, Fraction(1, 2), None, None)), (64, (0, 0.5, None, None)),
        (64, (0, Fraction(1, 2), None)), (64, "halves"), (64.0, None), (-5, None), ("x",),
        (64, (0, Fraction(1, 2), None, 7)),
    ],
)  # fmt: skip
def test_forged_subdivisions_show_nothing_false(tree: Any) -> None:
    with pytest.raises(Refused):
        ask("x**2 - x + 1/4 > 0", {"x": "real"}, ["0 <= x", "x <= 1"], tree)


def root(left: KernelTerm, right: Any, low: Any, high: Any, evidence: Any) -> Answer:
    convert = Converter()
    goal = convert.term(Exists(x, And(num(low) <= x, x <= num(high), Eq(left, right))))
    return ball.check(Question(goal, (), Sequent(), None, Evidence((("ball", goal, (), evidence),))))  # type: ignore[arg-type]


def test_a_change_of_sign_is_a_root_of_a_continuous_function_only() -> None:
    assert root(exp(x), 2, 0, 1, (64, (0, 1), None)).trust == "certified"
    for left, right, low, high, evidence in [
        (exp(x), 3, 0, 1, (64, (0, 1), None)),  # no change of sign
        (exp(x), 2, 0, Fraction(1, 2), (64, (0, 1), None)),  # the root is outside
        (exp(x), 2, 0, 1, (64, (1, 0), None)),  # an empty interval
        (unary("floor", x), Fraction(1, 2), 0, 1, (64, (0, 1), None)),  # a jump
        (1 / x, 0, -1, 1, (64, (-1, 1), None)),  # a pole
        (Ite(x <= 0, num(-1), num(1)), 0, -1, 1, (64, (-1, 1), None)),  # a jump
    ]:
        with pytest.raises(Refused):
            root(left, right, low, high, evidence)
