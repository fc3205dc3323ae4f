import time

import pytest

from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import integer, real
from symproof.tactics.prover import OutOfTimeError, Prover

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
        ("x**2 + 1 >= 2*x", (), "sos"),
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
