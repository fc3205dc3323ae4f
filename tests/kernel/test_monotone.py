import pytest

from symproof.kernel.discharge import Discharger
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules import monotone
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import And, ForAll, Implies, exp, integer, log, num, real, unary
from symproof.tactics.derivation import Given

x, y, t = real("x y t")
n = integer("n")


def check(goal, evidence):
    return monotone.RULE.check(Request(goal, (), Sequent((x, y, n)), Discharger(), Given("monotone", evidence)))


def test_the_obligations_upwards():
    found = check(exp(x) >= 1 + x, (x, num(0), True)).obligations
    assert found == (
        num(0) <= x,
        exp(num(0)) - (1 + num(0)) >= 0,
        ForAll(t, Implies(And(num(0) < t, t < x), exp(t) - 1 >= 0)),
    )


def test_the_obligations_downwards_and_strict():
    found = check(log(x) < y, (x, num(1), False)).obligations
    assert found[0] == (x < 1)
    assert ForAll(t, Implies(And(x <= t, t <= 1), t > 0)) in found
    assert found[-1].args[-1].args[-1].op == "lt"


def test_a_function_must_be_differentiable_in_between():
    found = check(unary("abs", x) >= 0, (x, num(-1), True)).obligations
    assert any("!=" in str(p) for p in found)


@pytest.mark.parametrize(
    ("goal", "evidence"),
    [
        (exp(x) >= 1 + x, None),
        (exp(x) >= 1 + x, (x, x - 1, True)),
        (exp(x) >= 1 + x, (num(1), num(0), True)),
        (exp(n) >= 1 + n, (n, num(0), True)),
    ],
)
def test_refusals(goal, evidence):
    with pytest.raises(Refusal):
        check(goal, evidence)
