"""Every standard bound holds at many points, up to what balls can tell."""

from fractions import Fraction

import pytest

from symproof.kernel.discharge import Discharger
from symproof.kernel.evaluate import Undefined, decide
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules.bound import RULE, bounds_of
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Max, Min, exp, integer, log, num, real, unary
from symproof.logic.term import Term

x, y = real("x y")
n = integer("n")
FUNCTIONS = (
    "exp", "log", "sqrt", "sin", "cos", "cosh", "sinh", "tanh", "atan", "asin", "acos", "asinh", "acosh",
    "erf", "abs", "sign", "floor", "ceiling",
)  # fmt: skip
POINTS = [Fraction(k, 7) for k in range(-40, 41)] + [Fraction(k, 1000) for k in (-1, 1, 3142, 3141, -3142, 1571, 1570)]
TERMS = [unary(op, x) for op in FUNCTIONS]
TERMS += [Max(x, y), Min(x, y), x ** num(Fraction(1, 3)), x ** num(Fraction(1, 2)), num(-1) ** n, x**y]
TERMS += [Term("pi"), Term("e")]


@pytest.mark.parametrize("term", TERMS, ids=str)
def test_no_bound_fails(term):
    bounds = bounds_of(term)
    assert bounds
    for bound in bounds:
        decided = 0
        for k, value in enumerate(POINTS):
            point = {x: value, y: POINTS[-1 - k], n: k - 20}
            try:
                truth = decide(bound, point, 256)
            except Undefined:
                continue
            assert truth is not False, (bound, value)
            decided += truth is True
        assert decided or bound.op in ("eq", "implies"), bound


def request(goal, *facts):
    sequent = Sequent((x, y))
    for fact in facts:
        sequent = sequent.with_hypothesis("", fact)
    return Request(goal, (), sequent, Discharger())


def test_the_rule_accepts_its_table_only():
    assert RULE.check(request(exp(x) >= 1 + x)).obligations == ()
    assert RULE.check(request(log(x) <= x - 1)).obligations == (x > 0,)
    for goal in (exp(x) >= 2 + x, log(x) <= x - 2, unary("sin", x) <= y, unary("cos", x) >= 1 - x**2 / 3):
        with pytest.raises(Refusal):
            RULE.check(request(goal))
