from fractions import Fraction

import pytest
from flint import fmpq

from symproof.kernel.discharge import Discharger
from symproof.kernel.rule import Request
from symproof.kernel.rules import linear
from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import FALSE, integer, real
from symproof.tactics.derivation import Given
from symproof.tactics.exact_lp import maximize
from symproof.tactics.linear_search import linear_evidence

NAMES = {name: real(name) for name in "abcdwxyz"} | {"n": integer("n")}


def search(goal, *facts):
    propositions = tuple(parse_proposition(f, NAMES) for f in facts)
    wanted = FALSE if goal == "false" else parse_proposition(goal, NAMES)
    evidence = linear_evidence(wanted, propositions, Sequent(), Discharger())
    if evidence is not None:
        linear.RULE.check(Request(wanted, propositions, Sequent(), Discharger(), Given("linear", evidence)))
    return evidence


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("x <= y", ("x <= z", "z <= y")),
        ("x < y", ("x <= z", "z < y")),
        ("x == 3", ("x <= 3", "x >= 3")),
        ("2*x + 3*y <= 12", ("x <= 3", "y <= 2")),
        ("x + y == 5", ("x - y == 1", "y == 2")),
        ("x <= Abs(x)", ()),
        ("n >= 1", ("n > 0",)),
        ("false", ("x > 1", "x < 0")),
        ("false", ("x < y", "y < z", "z < x")),
        ("x*y <= 2*z", ("x*y <= z", "z >= 0")),
        ("x > 100", ("x > 1", "x < 0")),
    ],
)
def test_found_and_accepted(goal, facts):
    assert search(goal, *facts) is not None


@pytest.mark.parametrize(
    ("goal", "facts"),
    [
        ("x < y", ("x <= z", "z <= y")),
        ("x <= y", ("x <= z",)),
        ("x == 3", ("x <= 3",)),
        ("x >= 1", ("x > 0",)),
        ("Abs(x) <= x", ()),
        ("false", ("x > 0", "x < 1")),
        ("x*y >= 0", ("x >= 0", "y >= 0")),
    ],
)
def test_not_found(goal, facts):
    assert search(goal, *facts) is None


def test_the_simplex_method_is_exact_and_does_not_cycle():
    # Beale's example, on which the largest-coefficient rule cycles
    q = fmpq
    rows = [
        [q(1, 4), q(-8), q(-1), q(9), q(1), q(0), q(0)],
        [q(1, 2), q(-12), q(-1, 2), q(3), q(0), q(1), q(0)],
        [q(0), q(0), q(1), q(0), q(0), q(0), q(1)],
    ]
    costs = [q(3, 4), q(-20), q(1, 2), q(-6), q(0), q(0), q(0)]
    point = maximize(rows, [q(0), q(0), q(1)], costs)
    assert sum(c * v for c, v in zip(costs, point, strict=True)) == q(5, 4)
    assert maximize([[q(1), q(1)]], [q(-1)], [q(0), q(0)]) is None
    assert maximize([[q(1), q(-1)]], [q(0)], [q(1), q(0)]) is None
    assert maximize([[q(1)], [q(1)]], [q(1), q(1)], [q(1)]) == [q(1)]
    assert Fraction(1, 2) == Fraction(int(maximize([[q(2)]], [q(1)], [q(1)])[0].p), 2)
