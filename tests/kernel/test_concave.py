"""The rule ``concave``, and what ``monotone`` and ``concave`` ask for at the ends of an interval."""

import pytest

from symproof.kernel.discharge import Discharger, introduce
from symproof.kernel.evaluate import decide
from symproof.kernel.interval_smoothness import continuous, smoothness
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules import concave, monotone
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import And, ForAll, Implies, Ite, function, integer, num, real, sqrt, unary
from symproof.tactics.derivation import Given

x, y, t = real("x y t")
n = integer("n")
f = function("f")
PI = unary("acos", num(-1))


def check(rule, goal, evidence, sequent=None):
    request = Request(goal, (), sequent or Sequent((x, y, n)), Discharger(), Given(rule.name, evidence))
    return rule.check(request).obligations


def discharged(rule, goal, evidence, *facts):
    sequent = Sequent((x, y, n))
    for fact in facts:
        sequent = sequent.with_hypothesis("", fact)
    return all(Discharger()(sequent, p) for p in check(rule, goal, evidence, sequent))


def test_the_obligations():
    assert check(concave.RULE, x**3 <= x, (x, num(0), num(1))) == (
        num(0) <= x,
        x <= 1,
        num(0) - num(0) ** 3 >= 0,
        num(1) - num(1) ** 3 >= 0,
        ForAll(t, Implies(And(num(0) < t, t < 1), 0 - 3 * (2 * t**1) <= 0)),
    )


@pytest.mark.parametrize(
    ("goal", "evidence", "facts", "accepted"),
    [
        (x * (1 - x) >= 0, (x, num(0), num(1)), (x >= 0, x <= 1), True),
        (x * (1 - x) > 0, (x, num(0), num(1)), (x > 0, x < 1), True),
        (x * (1 - x) > 0, (x, num(0), num(1)), (x >= 0, x < 1), False),  # equal at 0
        (x * (1 - x) >= 0, (x, num(0), num(1)), (x >= 0,), False),
        (x * (1 - x) >= 0, (x, num(0), num(2)), (x >= 0, x <= 2), False),  # wrong at 2
        (x**2 >= x, (x, num(0), num(1)), (x >= 0, x <= 1), False),  # convex
        (x - x >= 0, (x, num(0), num(1)), (x >= 0, x <= 1), True),
        (x - x > 0, (x, num(0), num(1)), (x > 0, x < 1), False),  # not strictly concave
        (x**3 <= x, (x, num(-1), num(1)), (x >= -1, x <= 1), False),  # convex on one half
        (unary("abs", x) <= 1, (x, num(-1), num(1)), (x >= -1, x <= 1), False),  # true, but not differentiable
        (1 / x >= 1, (x, num(0), num(1)), (x > 0, x <= 1), False),  # not defined at one end
        (y >= x, (x, num(0), y), (x >= 0, x <= y, y >= 0), True),
    ],
)
def test_what_is_discharged(goal, evidence, facts, accepted):
    assert discharged(concave.RULE, goal, evidence, *facts) == accepted


@pytest.mark.parametrize("evidence", [None, (num(1), num(0), num(1)), (x, x, num(1)), (x, num(0), x + 1), (n, 0, 1)])
def test_refusals(evidence):
    with pytest.raises((Refusal, TypeError, AttributeError)):
        check(concave.RULE, x * (1 - x) >= 0, evidence)


def test_a_root_may_start_where_it_has_no_slope():
    assert discharged(monotone.RULE, sqrt(x) >= 0, (x, num(0), True), x >= 0)
    assert discharged(monotone.RULE, sqrt(x) > 0, (x, num(0), True), x > 0)
    assert not discharged(monotone.RULE, sqrt(x) >= 0, (x, num(-1), True), x >= -1)


def test_a_jump_at_the_start_is_seen():
    """Constant strictly inside and right at the start, but below 0 for x > 0: the slope at the start is asked for."""
    jump = Ite(x <= 0, num(1), num(-1))
    assert not continuous(jump, x)
    assert not discharged(monotone.RULE, jump >= 0, (x, num(0), True), x >= 0)
    assert not discharged(concave.RULE, jump >= 0, (x, num(0), num(1)), x >= 0, x <= 1)


@pytest.mark.parametrize("op", ["floor", "ceiling", "sign"])
def test_steps_are_not_continuous(op):
    assert not continuous(unary(op, x), x)
    assert continuous(unary(op, y), x)


def test_an_unknown_function_must_be_differentiable_up_to_the_ends():
    found = smoothness(f(x), x, num(0), num(1), 1, Sequent((x, f))).obligations
    assert found
    assert all(
        p.args[0].args[0] == And(found[0].args[0].args[0].args[0], found[0].args[0].args[0].args[1]) for p in found
    )
    assert all("<=" in str(p) or ".." in str(p) for p in found)


def test_a_strict_start_asks_for_a_strict_value_and_a_weak_slope():
    *_, value, slope = check(monotone.RULE, x**2 > -1, (x, num(0), True, True))
    assert value.op == "gt"
    assert introduce(Sequent(), slope)[1].op == "ge"
    assert decide(value, {}) is True
    assert discharged(monotone.RULE, x**2 > -1, (x, num(0), True, True), x >= 0)
    assert not discharged(monotone.RULE, x**2 > 0, (x, num(0), True, True), x >= 0)
    assert not discharged(monotone.RULE, x**2 > -1, (x, num(0), True), x >= 0)
