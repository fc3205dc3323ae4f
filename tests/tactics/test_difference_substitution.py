"""Polynomial inequalities on cones, each with a near miss: the constant a little too large, or a sign missing."""

import time

import pytest

from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import real
from symproof.tactics.difference_substitution import by_difference_substitution
from symproof.tactics.prover import Prover

NAMES = {name: real(name) for name in "xyz"}
POSITIVE = ("x >= 0", "y >= 0", "z >= 0")
SCHUR = "x*(x-y)*(x-z) + y*(y-x)*(y-z) + z*(z-x)*(z-y)"


def derived(goal, *hypotheses):
    sequent = Sequent(tuple(NAMES.values()))
    for hypothesis in hypotheses:
        sequent = sequent.with_hypothesis("", parse_proposition(hypothesis, NAMES))
    prover = Prover(time.monotonic() + 60.0)
    return by_difference_substitution(prover, sequent, parse_proposition(goal, NAMES)) is not None


@pytest.mark.parametrize(
    ("goal", "near_miss", "hypotheses"),
    [
        (f"{SCHUR} >= 0", f"{SCHUR} > 0", POSITIVE),
        (f"{SCHUR} >= 0", f"{SCHUR} >= x*y*z/1000", POSITIVE),
        ("x**4*y**2 + x**2*y**4 + z**6 >= 3*x**2*y**2*z**2", "x**4*y**2 + x**2*y**4 + z**6 >= 4*x**2*y**2*z**2", ()),
        (
            "1 + x**2*y**2 + y**2*z**2 + z**2*x**2 >= 4*x*y*z",
            "1 + x**2*y**2 + y**2*z**2 + z**2*x**2 > 4*x*y*z",
            POSITIVE,
        ),
        ("x*y*(1 - x - y) <= 1/27", "x*y*(1 - x - y) < 1/27", ("x >= 0", "y >= 0", "x + y <= 1")),
        ("x + y - x*y <= 1", "x + y - x*y < 1", ("0 <= x", "x <= 1", "0 <= y", "y <= 1")),
        ("x**2 + y**2 + 1 > x + y", "x**2 + y**2 + 1/2 > x + y", ("x >= 0", "y >= 0")),
        ("x**2*y > x*y**2", "x**2*y > x*y**2 + 1/1000000", ("x > y", "y > 0")),
    ],
)
def test_a_sharp_inequality_and_its_near_miss(goal, near_miss, hypotheses):
    assert derived(goal, *hypotheses)
    assert not derived(near_miss, *hypotheses)


@pytest.mark.parametrize("missing", range(3))
def test_every_sign_is_needed(missing):
    """Without one of the signs Schur's inequality fails, for example at (0, 0, -1)."""
    assert not derived(f"{SCHUR} >= 0", *(p for k, p in enumerate(POSITIVE) if k != missing))
