from fractions import Fraction

import pytest

from symproof.kernel.discharge import Discharger
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules import ball
from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import And, Eq, Exists, num, real, unary
from symproof.tactics.ball_search import ball_evidence
from symproof.tactics.derivation import Given

x, y = real("x y")
NAMES = {"x": x, "y": y}


def check(goal, *facts, evidence=None):
    wanted = parse_proposition(goal, NAMES) if isinstance(goal, str) else goal
    given = tuple(parse_proposition(f, NAMES) for f in facts)
    return ball.RULE.check(Request(wanted, given, Sequent((x, y)), Discharger(), Given("ball", evidence)))


@pytest.mark.parametrize(
    "goal",
    ["pi < 22/7", "pi != 22/7", "exp(pi) > pi**E", "exp(pi*sqrt(163)) < 262537412640768744", "sin(10**20) != 0",
     "sqrt(2) <= 1.4142135623730951", "10**(-50) + pi > pi"],
)  # fmt: skip
def test_closed_relations(goal):
    assert check(goal).trust == "certified"


@pytest.mark.parametrize(
    "goal",
    ["pi > 22/7", "sqrt(2)*sqrt(3) == sqrt(6)", "sqrt(2)*sqrt(3) <= sqrt(6)", "sqrt(2)*sqrt(3) != sqrt(6)",
     "sin(pi) >= 0", "log(0) < 1", "1/0 != 1", "sqrt(-1) != 0", "x != x + 1", "1/sin(pi) != 0"],
)  # fmt: skip
def test_closed_relations_that_balls_do_not_prove(goal):
    with pytest.raises(Refusal):
        check(goal)


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("x**2 - x + 1/3 > 0", ("0 <= x", "x <= 1")),
        ("exp(x) <= 3", ("0 < x", "x < 1")),
        ("sin(x) + 1/10 > 0", ("0 <= x", "x <= pi")),
        ("x*y < 2/3", ("0 <= x", "0 <= y", "x <= 1", "y <= 1", "x + y <= 3/2")),
        ("x < 2", ("x == 1",)),
    ],
)
def test_relations_on_boxes(goal, facts):
    given = tuple(parse_proposition(f, NAMES) for f in facts)
    evidence = ball_evidence(parse_proposition(goal, NAMES), given)
    assert evidence is not None
    assert check(goal, *facts, evidence=evidence).trust == "certified"


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("x**2 - x + 1/4 > 0", ("0 <= x", "x <= 1")),
        ("x**2 - x + 6/25 > 0", ("0 <= x", "x <= 1")),
        ("exp(x) <= 2", ("0 < x", "x < 1")),
        ("exp(x) > 0", ("0 < x",)),
        ("1/x > 0", ("0 <= x", "x <= 1")),
        ("log(x) < 1", ("-1 <= x", "x <= 1")),
    ],
)
def test_no_evidence_and_no_proof_for_what_fails_or_is_not_bounded(goal, facts):
    given = tuple(parse_proposition(f, NAMES) for f in facts)
    assert ball_evidence(parse_proposition(goal, NAMES), given, limit=200) is None
    with pytest.raises(Refusal):
        check(goal, *facts)


@pytest.mark.parametrize(
    "tree",
    [(0, Fraction(2), None, None), (0, Fraction(-1), None, None), (0, Fraction(1, 2), None, None)],
)
def test_a_subdivision_must_lie_in_the_box_and_suffice(tree):
    with pytest.raises(Refusal):
        check("x**2 - x + 6/25 > 0", "0 <= x", "x <= 1", evidence=(64, tree))


def root(low, high, equation):
    return Exists(x, And(num(low) <= x, x <= num(high), equation))


def test_roots_by_a_change_of_sign():
    goal = root(1, 2, Eq(x**2, 2))
    assert check(goal, evidence=(64, (1, 2), None)).trust == "certified"
    with pytest.raises(Refusal):
        check(goal, evidence=(64, (0, 1), None))  # outside of the conditions
    with pytest.raises(Refusal):
        check(root(0, 1, Eq(x**2, 2)), evidence=(64, (0, 1), None))  # no change of sign
    with pytest.raises(Refusal):
        check(root(-1, 1, Eq(1 / x, 0)), evidence=(64, (-1, 1), None))  # changes its sign at a pole
    with pytest.raises(Refusal):
        check(root(0, 1, Eq(unary("floor", 2 * x) - Fraction(1, 2), 0)), evidence=(64, (0, 1), None))  # jumps
    with pytest.raises(Refusal):
        check(root(1, 2, Eq(x**2, 2)), evidence=(64, (2, 1), None))
