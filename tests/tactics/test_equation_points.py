"""False claims about the points of a curve, refuted at points with square roots; true ones are not."""

import pytest

from symproof.tactics.claim import read_claim
from symproof.tactics.counterexample import find_counterexample

CIRCLE = "x**2 + y**2 == 1"


@pytest.mark.parametrize(
    ("hypotheses", "true", "false"),
    [
        (["x**2 == x + 1"], "x**5 == 5*x + 3", "x**5 == 5*x + 2"),
        (["x != 0", "x + 1/x == 3"], "x**3 + 1/x**3 == 18", "x**3 + 1/x**3 == 27"),
        ([CIRCLE, "(x - 1)**2 + y**2 == 1"], "x == 1/2", "y == 0"),
        (["x**2/9 + y**2/16 == 1"], "x + y <= 5", "x + y <= 49/10"),
        ([CIRCLE, "y == x"], "x**2 == 1/2", "x >= 0"),
        (["x + y == pi/2"], "sin(x) == cos(y)", "sin(x) == cos(x)"),
        ([CIRCLE], "x**2*y <= 2*sqrt(3)/9", "x**2*y <= 3/8"),
    ],
)
def test_a_false_claim_about_a_curve_and_the_true_one_beside_it(hypotheses, true, false):
    sorts = {"x": "real", "y": "real"}
    claim = read_claim(sorts, hypotheses, false)
    assert find_counterexample(claim, 60.0, most=2000) is not None
    assert find_counterexample(read_claim(sorts, hypotheses, true), 60.0, most=300) is None
