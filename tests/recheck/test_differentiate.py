"""Derivatives of the re-checker: the kernel's table, and what must not be differentiated."""

from __future__ import annotations

import pytest

from symproof.kernel import differentiate as kernel
from symproof.logic.parser import parse_expression
from symproof.logic.syntax import Diff, Eq, Ite, Ne, Sum, exp, function, integer, real, unary
from symproof.logic.term import Term
from symproof.recheck.differentiate import differentiable_at, differentiate
from symproof.recheck.term import FALSE
from tests.recheck.from_kernel import Converter

x, a = real("x a")
n, f = integer("n"), function("f")
TEXTS = (
    "x**3 + 2*x; log(1 + exp(x))/x; sqrt(x**2 + 1)*sin(a*x); x**x; x**a; x**n; a**x; tan(x)**(-2); asin(x) + acos(x);"
    "Abs(x)*sign(x) + floor(x) - ceiling(2*x); Max(x, a, x**2); Min(x, 1); acosh(x) + asinh(x) + atanh(x);"
    "sinh(x)*cosh(x)/tanh(x); erf(x)*x**(1/3); -x - atan(x**2); x**0; diff(x**2*sin(x), x); diff(a*exp(a*x), a)"
)
TERMS = [*(parse_expression(text, {"x": x, "a": a, "n": n}) for text in TEXTS.split(";")), f(x**2) * x,
         Diff(x, f(x), x), Diff(a, f(a) * a, x**2), Ite(x >= a, x, exp(x) - 1)]  # fmt: skip


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_the_same_derivative_as_the_kernel(term: Term) -> None:
    convert = Converter().term
    slope, conditions = kernel.differentiate(term, x)
    own, needed = differentiate(convert(term), convert(x))
    assert own == convert(slope) and set(needed) == set(map(convert, conditions))


def test_the_same_notion_of_differentiability_as_the_kernel() -> None:
    assert Converter().definition(kernel.differentiable_at()) == differentiable_at()


@pytest.mark.parametrize(
    "term",
    [
        Ite(Eq(x, a), x, a),
        Sum(n, 0, unary("floor", x), x),
        Diff(a, f(a * x), a),
    ],
    ids=str,
)
def test_what_no_rule_differentiates(term: Term) -> None:
    convert = Converter().term
    assert FALSE in differentiate(convert(term), convert(x))[1]


def test_a_derivative_at_a_point_that_jumps_is_not_taken_for_constant() -> None:
    """The inner derivative is 0 for 0 <= x < 1; left of x = 0 there is none."""
    jumping = Diff(a, unary("floor", a), (1 + unary("floor", x)) / 2)
    convert = Converter().term
    _, conditions = differentiate(convert(jumping), convert(x))
    assert convert(Ne(x, unary("floor", x))) in conditions
