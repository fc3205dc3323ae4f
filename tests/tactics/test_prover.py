import time

import pytest

from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import Sum, integer, num, real
from symproof.tactics.derivation import Derivation
from symproof.tactics.elementary_view import ElementaryView
from symproof.tactics.prover import OutOfTimeError, Prover
from symproof.tactics.same_function import by_same_function

NAMES = {name: real(name) for name in "xyab"} | {"n": integer("n")}


def derive(goal, *hypotheses, effort=1, seconds=20.0):
    sequent = Sequent(tuple(NAMES.values()))
    for hypothesis in hypotheses:
        sequent = sequent.with_hypothesis("", parse_proposition(hypothesis, NAMES))
    return Prover(time.monotonic() + seconds, effort=effort).prove(sequent, parse_proposition(goal, NAMES))


@pytest.mark.parametrize(
    ("goal", "hypotheses", "rule"),
    [
        ("x*y > 0", ("x > 0", "y > 0"), "sign"),
        ("(x + 1)**2 == x**2 + 2*x + 1", (), "sign"),
        ("sin(2*x) == 2*sin(x)*cos(x)", (), "elementary"),
        ("x < 3", ("x < y", "y < 3"), "sign"),
        ("x**2 == y**2", ("x + y == 0",), "ideal"),
        ("x**2 + 1 >= 2*x", (), "sign"),
        ("x**2 + x*y + y**2 >= 0", (), "sos"),
        ("pi > 3", (), "ball"),
        ("exp(x) >= 1 + x", (), "bound"),
        ("exp(x) >= 1 + x + x**2/2", ("x >= 0",), "monotone"),
        ("diff(x**3, x) == 3*x**2", (), "derivative"),
    ],
)
def test_the_rule_that_does_it(goal, hypotheses, rule):
    found = derive(goal, *hypotheses, effort=0)
    assert found is not None
    assert rule in {d.rule for d in found.walk()}


@pytest.mark.parametrize(
    ("goal", "hypotheses"),
    [
        ("Max(n, 1/2) != 1", ()),
        ("Max(n, 1/2) != 1", ("n >= 0",)),
        ("Abs(x) == x", ()),
        ("sign(x) != 0", ()),
        ("x > 0 or x < 0", ()),
        ("x**2 > 0", ()),
        ("x < y", ("x <= y",)),
        ("exp(x) > 1 + x", ()),
        ("tan(x) >= x", ("0 <= x",)),
        ("1/x > 0", ("x >= 0",)),
    ],
)
def test_false_goals_are_not_derived(goal, hypotheses):
    for effort in (0, 1):
        try:
            assert derive(goal, *hypotheses, effort=effort, seconds=2.0) is None
        except OutOfTimeError:
            continue


def test_the_deadline_is_kept():
    with pytest.raises(OutOfTimeError):
        derive("x > 0", seconds=-1.0)


def test_a_sign_that_balls_gave_counts_for_the_trust():
    """What was found under a sign rests on it, also if the goal is as simple as it was."""
    goal = parse_proposition("x >= 0", NAMES)
    view = ElementaryView(Prover(time.monotonic() + 20), Sequent(tuple(NAMES.values())), 0)
    assert view.back(goal, Derivation(goal, "linear")).worst_trust == "proved"
    view.signs.append(Derivation(parse_proposition("pi > 3", NAMES), "ball", "certified"))
    assert view.back(goal, Derivation(goal, "linear")).worst_trust == "certified"


def test_the_summation_index_is_no_argument_of_a_function():
    """Of a sum of 2 and a sum of the index neither 2 nor the index is one of two values to compare."""
    k, prover = NAMES["n"], Prover(time.monotonic() + 20)
    for goal in (Sum(k, 1, 3, num(2)) >= Sum(k, 1, 3, k), Sum(k, 1, 3, k) >= Sum(k, 1, 3, num(2))):
        assert by_same_function(prover, Sequent(), goal, 0) is None
