"""The rules elementary, derivative, monotone and concave of the re-checker: plain uses, and their near misses."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symproof.kernel.differentiate import differentiable_at
from symproof.logic.syntax import Abs, And, Diff, Eq, Exists, ForAll, Implies, exp, function, num, real, unary
from symproof.logic.term import Term as KernelTerm
from symproof.recheck.ball import decided
from symproof.recheck.closed_zero import is_algebraic_zero
from symproof.recheck.question import Evidence, Question, rule
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.side_conditions import Side
from symproof.recheck.term import free_variables
from symproof.tactics.claim import read_claim
from tests.recheck.from_kernel import Converter, recorded

ELEMENTARY = """
yes|sin(2*x) == 2*sin(x)*cos(x)
yes|cos(x - y) == cos(x)*cos(y) + sin(x)*sin(y)
yes|sin(x + pi/3) == sin(x)/2 + sqrt(3)/2*cos(x)
no|sin(x + pi/3) == sin(x)/2 - sqrt(3)/2*cos(x)
no|sin(x)*cos(y) == sin(x*y)
yes|sqrt(x**2) == Abs(x)
no|sqrt(x**2) == x
yes|sqrt(x**2) == x|x >= 0
yes|sqrt(x**2) == -x|x <= 0
no|sqrt(x)**2 == x
yes|sqrt(x)**2 == x|x >= 0
yes|sqrt(x**2*y) == Abs(x)*sqrt(y)|y >= 0
no|sqrt(x*y) == sqrt(x)*sqrt(y)|x*y >= 0
yes|sqrt(x*y) == sqrt(x)*sqrt(y)|x >= 0 & y >= 0
yes|sqrt(1 - sin(x)**2) == Abs(cos(x))|sin(x)**2 <= 1
no|sqrt(1 - sin(x)**2) == cos(x)|sin(x)**2 <= 1
yes|x**(1/3)*x**(2/3) == x|x >= 0
no|x**(1/3)*x**(2/3) == x
yes|log(x*y) == log(x) + log(y)|x > 0 & y > 0
no|log(x*y) == log(x) + log(y)|x*y > 0
yes|log(x**2) == 2*log(Abs(x))|x != 0
no|log(x**2) == 2*log(Abs(x))
no|log(x**2) == 2*log(x)|x != 0
yes|exp(x + y) == exp(x)*exp(y)
yes|exp(x)**2 == exp(2*x)
yes|log(exp(x)) == x
yes|exp(log(x)) == x|x > 0
no|exp(log(x)) == x
yes|exp(x/2)*exp(x/3) == exp(5*x/6)
yes|x**y*x**(1 - y) == x|x > 0
no|x**y*x**(1 - y) == x
yes|tanh(x) == (exp(x) - exp(-x))/(exp(x) + exp(-x))
yes|1/(1 + exp(-x)) + 1/(1 + exp(x)) == 1
no|1/(1 + exp(-x)) - 1/(1 + exp(x)) == 1
yes|cosh(x)**2 - sinh(x)**2 == 1
no|cosh(x)**2 + sinh(x)**2 == 1
yes|tan(x)*cos(x) == sin(x)|cos(x) != 0
no|tan(x)*cos(x) == sin(x)
yes|asinh(sinh(x)) == x
yes|sqrt(cosh(x)**2 - 1) == Abs(sinh(x))|cosh(x)**2 >= 1
no|acosh(cosh(x)) == x
yes|sin(asin(x)) == x|x >= -1 & x <= 1
no|sin(asin(x)) == x
yes|asin(sin(x)) == x|x >= -pi/2 & x <= pi/2 & sin(x) >= -1 & sin(x) <= 1
no|asin(sin(x)) == x|x >= 0 & x <= 2 & sin(x) >= -1 & sin(x) <= 1
yes|asin(sin(x)) == pi - x|x >= pi/2 & x <= 3*pi/2 & sin(x) >= -1 & sin(x) <= 1
no|asin(sin(x)) == x - pi|x >= pi/2 & x <= 3*pi/2 & sin(x) >= -1 & sin(x) <= 1
yes|atan(tan(x)) == x|x > -pi/2 & x < pi/2 & cos(x) != 0
no|atan(tan(x)) == x|x > 0 & x < pi & cos(x) != 0
yes|atan(x) + atan(1/x) == pi/2|x > 0
no|atan(x) + atan(1/x) == pi/2|x != 0
yes|acos(-x) == pi - acos(x)|x >= -1 & x <= 1
no|acos(-x) == acos(x)|x >= -1 & x <= 1
yes|Max(x, y) + Min(x, y) == x + y
yes|Max(x, y) == (x + y + Abs(x - y))/2
no|Max(x, y) == (x + y - Abs(x - y))/2
yes|Abs(x*y) == Abs(x)*Abs(y)
no|Abs(x + y) == Abs(x) + Abs(y)
yes|sign(x)*Abs(x) == x|x != 0
yes|x/Abs(x) == sign(x)|x != 0
no|sign(x) == 1|x >= 0
yes|sign(x) == 1|x > 0
no|1/x - 1/x == 0
yes|1/x - 1/x == 0|x != 0
no|x/x == 1
yes|x < x + 1
no|x <= x - 1
yes|x - 1 != x
yes|diff(Abs(x), x) == 1|x > 0
no|diff(Abs(x), x) == 1|x >= 0
yes|diff(x**3*sin(x), x) == 3*x**2*sin(x) + x**3*cos(x)
no|diff(x**3*sin(x), x) == 3*x**2*cos(x)
yes|diff(sqrt(x), x) == 1/(2*sqrt(x))|x > 0
no|diff(sqrt(x), x) == 1/(2*sqrt(x))|x >= 0
no|diff(floor(x), x) == 0
yes|diff(Max(x, 0), x) == 0|x < 0
no|diff(Max(x, 0), x) == 0|x <= 0
yes|diff(log(x), x, 2) == -1/x**2|x > 0
"""
CLOSED = """
yes|sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)
no|sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3) + 1/10**200
no|sqrt(5 - 2*sqrt(6)) == sqrt(2) - sqrt(3)
yes|cos(pi/7) - cos(2*pi/7) + cos(3*pi/7) == 1/2
no|cos(pi/7) - cos(2*pi/7) + cos(3*pi/7) == -1/2
yes|8*sin(pi/18)**3 - 6*sin(pi/18) + 1 == 0
no|8*sin(pi/18)**3 - 6*sin(pi/18) + 1 + 1/10**500 == 0
no|cos(pi/17) == cos(3*pi/17)
yes|(2 + sqrt(5))**(1/3) - (sqrt(5) - 2)**(1/3) == 1
yes|1/(2**(1/3) - 1) == 1 + 2**(1/3) + 2**(2/3)
yes|2*log(sqrt(2) - 1) == log(3 - 2*sqrt(2))
no|2*log(1 - sqrt(2)) == log(3 - 2*sqrt(2))
yes|4*atan(1/5) - atan(1/239) == pi/4
no|4*atan(1/5) - atan(1/240) == pi/4
yes|atan(1) + atan(2) + atan(3) == pi
no|atan(1) + atan(2) + atan(3) == 0
yes|asin(4/5) + asin(12/13) == pi - asin(56/65)
no|asin(4/5) + asin(12/13) == asin(56/65)
yes|asin(tanh(1)) == atan(sinh(1))
yes|atan(1)*atan(sqrt(3)) == pi**2/12
no|atan(-1)*atan(sqrt(3)) == pi**2/4
yes|asin(-1/2)*acos(sqrt(2)/2) == -pi**2/24
no|asin(1/2)*acos(1/2) == pi**2/9
no|1/(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)) == 0
no|(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3))/(sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)) == 1
no|sqrt(1 - sqrt(2))**2 == 1 - sqrt(2)
no|exp(pi*sqrt(163)) == 262537412640768744
yes|2**(log(3)/log(2)) == 3
yes|4**log(3) == 9**log(2)
no|sqrt(2)*sqrt(3) > sqrt(6)
yes|sqrt(2)*sqrt(3) >= sqrt(6)
yes|asin(1) <= pi/2
no|asin(1) < pi/2
"""


CLAIMS = [(*line.split("|"), "")[:3] for line in (ELEMENTARY + CLOSED).split("\n") if line]


INTEGERS = """
yes|sin(n*pi) == 0
yes|cos(n*pi) == (-1)**n
no|cos(n*pi/2) == (-1)**n
yes|(-1)**(2*n) == 1
no|(-1)**(3*n) == -1
yes|(-1)**(n**2) == (-1)**n
yes|floor(x + n) == floor(x) + n
no|floor(2*x) == 2*floor(x)
yes|ceiling(x) == -floor(-x)
yes|floor(n + 1/2) == n
no|floor(n/2) == n/2
yes|2**n*2**(-n) == 1
"""


def accepted(name: str, text: str, given: str, find: Any = None, **sorts: str) -> bool:
    """Whether a rule accepts a claim, and all that it leaves over is a side condition or a closed inequality."""
    hypotheses = [h for h in given.split(" & ") if h]
    claim = read_claim({v: "real" for v in "xy" if v in text + given} | sorts, hypotheses, text)
    convert = Converter()
    goal = convert.term(claim.conclusion)
    sequent = Sequent(tuple(map(convert.term, claim.variables)), tuple(("", convert.term(p)) for p in claim.premises()))
    entries = () if find is None else ((name, goal, (), convert.value(find(*claim.variables))),)
    return holds(name, goal, sequent, Evidence(entries))


def holds(name: str, goal: Any, sequent: Sequent, evidence: Evidence) -> bool:
    side = Side(evidence)
    try:
        answer = rule(name)(Question(goal, (), sequent, side, evidence))
    except Refused:
        return False
    return all(side.holds(sequent, p) or (not free_variables(p) and decided(p, {})) for p in answer.obligations)


@pytest.mark.parametrize(("answer", "text", "given"), CLAIMS)
def test_elementary(answer: str, text: str, given: str) -> None:
    assert accepted("elementary", text, given) is (answer == "yes")


@pytest.mark.parametrize(("answer", "text"), [line.split("|") for line in INTEGERS.split("\n") if line])
def test_integers(answer: str, text: str) -> None:
    assert accepted("elementary", text, "", n="integer") is (answer == "yes")


def test_what_an_enclosure_alone_shows_is_certified() -> None:
    convert = Converter().term
    claim = read_claim({}, [], "sqrt(5 + 2*sqrt(6)) == sqrt(2) + sqrt(3)")
    answer = rule("elementary")(Question(convert(claim.conclusion), (), Sequent(), Side()))
    assert answer.trust == "certified"


def test_a_refusal_with_long_numbers_is_a_refusal() -> None:
    convert = Converter().term
    goal = convert(Eq(num(Fraction(7, 3)) ** num(9000), num(2)))
    with pytest.raises(Refused):
        rule("elementary")(Question(goal, (), Sequent(), Side()))


def test_an_algebraic_number_is_told_from_zero_below_every_fixed_precision() -> None:
    convert = Converter().term
    root, close = num(2) ** num(Fraction(1, 2)), num(Fraction(1, 2**3000))
    assert is_algebraic_zero(convert(root * root - 2))
    assert not is_algebraic_zero(convert(root * root - 2 + close))
    assert not is_algebraic_zero(convert((root - 1) ** 3000))


x, y, s, d, e = real("x y s d e")
f = function("f")


def definition(moved: KernelTerm, value: Any, slope: Any) -> KernelTerm:
    """That F(s) - value - slope*s is small compared to s."""
    near = Implies(Abs(s) <= d, Abs(moved - value - slope * s) <= e * Abs(s))
    return ForAll(e, Implies(e > 0, Exists(d, And(d > 0, ForAll(s, near)))))


@pytest.mark.parametrize(
    ("goal", "hypotheses", "answer"),
    [
        (definition(exp(x + s), exp(x), exp(x)), [], True),
        (definition((x + s) ** 2, x**2, 2 * x), [], True),
        (definition((x + s) ** 2, x**2, x), [], False),
        (definition((x + s) ** 2, x**2 + 1, 2 * x), [], False),
        (definition(Abs(x + s), Abs(x), num(1)), [x > 0], True),
        (definition(Abs(x + s), Abs(x), num(1)), [x >= 0], False),
        (definition(Abs(s), num(0), num(0)), [], False),
        (definition(s**2, num(0), s), [], False),
        (definition(e * s, num(0), e), [], False),
        (definition(unary("sqrt", s), num(0), num(0)), [], False),
        (definition(1 / (x + s), 1 / x, -1 / x**2), [Eq(x, 1)], True),
        (definition(1 / (x + s), 1 / x, -1 / x**2), [], False),
    ],
    ids=str,
)
def test_the_definition_of_a_derivative(goal: KernelTerm, hypotheses: list[KernelTerm], answer: bool) -> None:
    convert = Converter().term
    sequent = Sequent((convert(x),), tuple(("", convert(h)) for h in hypotheses))
    assert holds("derivative", convert(goal), sequent, Evidence()) is answer


def test_the_chain_rule_for_an_unknown_function_asks_for_its_derivative() -> None:
    convert = Converter().term
    goal = convert(Eq(Diff(x, f(x**2), y), 2 * y * Diff(x, f(x), y**2)))
    known = Sequent((convert(y),), (("", convert(differentiable_at()(f, y**2))),))
    elsewhere = Sequent((convert(y),), (("", convert(differentiable_at()(f, y))),))
    assert holds("derivative", goal, known, Evidence()) and not holds("derivative", goal, elsewhere, Evidence())


MONOTONE = [
    ("exp(x) >= exp(y)", "x >= y", lambda x, y: (x, y, True), True),
    ("exp(x) > exp(y)", "x >= y", lambda x, y: (x, y, True), False),
    ("exp(x) > exp(y)", "x > y", lambda x, y: (x, y, True), True),
    ("exp(x) >= exp(y)", "x <= y", lambda x, y: (x, y, True), False),
    ("exp(x) >= exp(y)", "x >= y", lambda x, y: (x, y, False), False),
    ("exp(x) >= exp(y)", "", lambda x, y: (x, y, True), False),
    ("sqrt(x) >= 0", "x >= 0", lambda x: (x, num(0), True), True),
    ("sqrt(x) >= 0", "x >= -1", lambda x: (x, num(-1), True), False),
    ("exp(x) > 1/2", "x >= 0", lambda x: (x, num(0), True, True), True),
    ("exp(x) > 1", "x >= 0", lambda x: (x, num(0), True, True), False),
    ("exp(x) >= 1", "x >= 0", lambda x: (x, x, True), False),
    ("exp(x) >= 1", "x >= 0", lambda x: (x, y, True), False),
    ("exp(x) >= 1", "x >= 0", lambda x: (num(0), x, True), False),
    ("exp(x) >= 1", "x >= 0", lambda x: (x, num(0), 1), False),
    ("-1/x >= 1", "x >= -1", lambda x: (x, num(-1), True), False),  # the pole at 0
    ("log(x) >= 0", "x >= 1", lambda x: (x, num(1), True), True),
    ("log(x) >= -9", "x > 0", lambda x: (x, num(0), True), False),
    ("tan(x) >= x", "x >= 0 & cos(x) != 0", lambda x: (x, num(0), True), False),
    ("floor(x) >= 0", "x >= 0", lambda x: (x, num(0), True), False),
]


@pytest.mark.parametrize(("text", "given", "find", "answer"), MONOTONE)
def test_monotone(text: str, given: str, find: Any, answer: bool) -> None:
    assert accepted("monotone", text, given, find) is answer


CONCAVE = [
    ("x*(1 - x) >= 0", "x >= 0 & x <= 1", lambda x: (x, num(0), num(1)), True),
    ("x*(1 - x) > 0", "x >= 0 & x <= 1", lambda x: (x, num(0), num(1)), False),
    ("x*(1 - x) > 0", "x > 0 & x < 1", lambda x: (x, num(0), num(1)), True),
    ("x*(1 - x) >= 0", "x >= 0", lambda x: (x, num(0), num(1)), False),
    ("x*(x - 1) >= 0", "x >= 0 & x <= 1", lambda x: (x, num(0), num(1)), False),
    ("x*(1 - x) >= 0", "x >= 0 & x <= 1", lambda x: (x, num(-1), num(1)), False),
    ("exp(x) <= 1 + 2*x", "x >= 0 & x <= 1", lambda x: (x, num(0), num(1)), True),
    ("exp(x) >= 1 + 2*x", "x >= 0 & x <= 1", lambda x: (x, num(0), num(1)), False),
    ("x*(1 - x) >= 0", "x >= 0 & x <= 1", lambda x: (x, num(0), x), False),
]


@pytest.mark.parametrize(("text", "given", "find", "answer"), CONCAVE)
def test_concave(text: str, given: str, find: Any, answer: bool) -> None:
    assert accepted("concave", text, given, find) is answer


def test_what_the_kernel_accepts_of_some_proofs_is_accepted() -> None:
    rules = set()
    for proof in recorded(["smooth.gelu", "smooth.softsign", "smooth.sigmoid_derivatives", "smooth.paper_tanh"]):
        side = Side(proof.evidence)
        for asked in proof.rules:
            if asked.rule in ("elementary", "derivative"):
                rules.add(asked.rule)
                answer = rule(asked.rule)(asked.question(side))
                missing = set(answer.obligations) - set(asked.obligations)
                assert all(side.holds(asked.sequent, p) for p in missing)
    assert rules == {"elementary", "derivative"}
