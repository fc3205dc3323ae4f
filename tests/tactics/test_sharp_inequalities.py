"""Sharp inequalities in several variables that one search each proves, and near misses that none may prove."""

import time

import pytest

from symproof.kernel.sequent import Sequent
from symproof.logic.parser import parse_proposition
from symproof.logic.syntax import real
from symproof.tactics.arithmetic_geometric import by_arithmetic_geometric
from symproof.tactics.binomial_squares import by_binomial_squares
from symproof.tactics.homogeneous_goal import by_homogeneous_goal
from symproof.tactics.multiplied_squares import by_multiplied_squares
from symproof.tactics.prover import OutOfTimeError, Prover
from symproof.tactics.sign_cases import by_sign_cases

NAMES = {name: real(name) for name in "abcdefhxyz"}
SIGNS = tuple(f"{v} >= 0" for v in "abcdef")
FORM = "a*x**2 + 2*h*x*y + b*y**2"
ABSOLUTES = "Abs(a) + Abs(b) + Abs(c) + Abs(a + b + c)"
SEARCHES = {
    "means": lambda prover, sequent, goal: by_arithmetic_geometric(prover, sequent, goal, 0, 0),
    "binomials": by_binomial_squares,
    "multiples": lambda prover, sequent, goal: by_multiplied_squares(prover, sequent, goal, 0),
    "homogeneous": lambda prover, sequent, goal: by_homogeneous_goal(prover, sequent, goal, 0),
    "signs": lambda prover, sequent, goal: by_sign_cases(prover, sequent, goal, 0),
}


def derived(search, goal, hypotheses, seconds=60.0):
    sequent = Sequent(tuple(NAMES.values()))
    for hypothesis in hypotheses:
        sequent = sequent.with_hypothesis("", parse_proposition(hypothesis, NAMES))
    prover = Prover(time.monotonic() + seconds)
    try:
        return SEARCHES[search](prover, sequent, parse_proposition(goal, NAMES)) is not None
    except OutOfTimeError:
        return False


@pytest.mark.parametrize(
    ("search", "goal", "near_miss", "hypotheses"),
    [
        ("means", "a**5 + b**5 + c**5 + d**5 + e**5 >= 5*a*b*c*d*e",
         "a**5 + b**5 + c**5 + d**5 + e**5 >= 501/100*a*b*c*d*e", SIGNS),
        ("means", "2*a**5 + 3*b**5 >= 5*a**2*b**3", "2*a**5 + 3*b**5 >= 5*a**3*b**2 + a**2*b**3", SIGNS),
        ("means", "(a**3 + b**3)*(c**3 + d**3)*(e**3 + f**3) >= (a*c*e + b*d*f)**3",
         "(a**3 + b**3)*(c**3 + d**3)*(e**3 + f**3) >= (a*c*e + b*d*f)**3 + a*b*c*d*e*f*(a*c*e + b*d*f)", SIGNS),
        ("binomials", "(a**2 + b**2 + c**2)*(x**2 + y**2 + z**2) >= (a*x + b*y + c*z)**2",
         "(a**2 + b**2 + c**2)*(x**2 + y**2 + z**2) > (a*x + b*y + c*z)**2", ()),
        ("binomials", "a**3*b + b**3*c + c**3*a >= a*b*c*(a + b + c)",
         "a**3*b + b**3*c + c**3*a >= a*b*c*(a + b + c) + a**2*b*c/100", SIGNS[:3]),
        ("multiples", f"{FORM} >= 0", f"{FORM} >= y**2/1000", ("a > 0", "a*b >= h**2")),
        ("multiples", f"{FORM} > 0", f"{FORM} > x**2/1000", ("a > 0", "a*b > h**2", "x > 0")),
        ("homogeneous", "a + b + c >= 3", "a + b + c >= 301/100", ("a > 0", "b > 0", "c > 0", "a*b*c == 1")),
        ("homogeneous", "x**2*y <= 2*sqrt(3)/9", "x**2*y <= sqrt(3)/5", ("x**2 + y**2 == 1",)),
        ("homogeneous", "x*y <= 1/2", "x*y <= 49/100", ("x**2 + y**2 == 1",)),
        ("signs", f"{ABSOLUTES} >= Abs(a + b) + Abs(b + c) + Abs(c + a)",
         f"{ABSOLUTES} > Abs(a + b) + Abs(b + c) + Abs(c + a)", ()),
        ("signs", "Abs(Max(a, b) - Max(c, d)) <= Max(Abs(a - c), Abs(b - d))",
         "Abs(Max(a, b) - Max(c, d)) <= Abs(a - c)", ()),
    ],
)  # fmt: skip
def test_a_sharp_inequality_and_its_near_miss(search, goal, near_miss, hypotheses):
    assert derived(search, goal, hypotheses)
    assert not derived(search, near_miss, hypotheses, 1.0)


@pytest.mark.parametrize("missing", range(3))
def test_every_sign_is_needed(missing):
    """With a < 0 and b = c = 0 the sum of cubes is less than three times the product."""
    signs = [p for k, p in enumerate(SIGNS[:3]) if k != missing]
    for search in ("means", "binomials", "multiples"):
        assert not derived(search, "a**3 + b**3 + c**3 >= 3*a*b*c", signs, 1.0)
