"""Random instances of every theorem of the library: no claim of any step is false where the hypotheses hold.

Values are small random numbers; a variable that a hypothesis defines gets the value that it says. A theorem with a
hypothesis that cannot be decided on numbers (the best affine fit, say) is left to the tests of its instances, which
construct what it asks for (``tests/instances/test_step_evaluation.py``).
"""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symproof.instances.step_evaluation import Constructions, InstanceContradictionError, evaluate_steps
from symproof.kernel.check import CheckResult
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.library import load_library
from symproof.logic.syntax import real
from symproof.logic.term import Term
from symproof.proof.author import have, open_step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem
from tests.soundness.checking import statement
from tests.soundness.random_points import meets, random_point, truth

pytestmark = pytest.mark.slow

LIBRARY = load_library().theorems
PROVED = sorted(name for name, t in LIBRARY.items() if t.proof)
NOTHING = Constructions({}, {})
TRIES = 60
REACHED = {
    "calculus.positive_lower_bound",
    "linear_algebra.least_squares",
    "linear_algebra.nonzero_inner_product",
    "linear_algebra.separating_direction",
    "relu_like.affine_region",
    "relu_like.best_affine_exists",
    "relu_like.candidate",
    "relu_like.eta_below_fit",
    "relu_like.exceptional_data",
    "relu_like.kink",
    "relu_like.local_minimum",
    "relu_like.pythagoras",
}
"""Theorems of which random instances are found: if one drops out, the test of it has become empty."""


class Results(dict[str, CheckResult]):
    """Check results, each made when it is asked for."""

    def __missing__(self, name: str) -> CheckResult:
        self[name] = prove_theorem(LIBRARY[name], LIBRARY)[0]
        return self[name]


RESULTS = Results()


def instance(theorem: Theorem, random: Random) -> dict[Term, Any] | None:
    """Random values that meet the hypotheses, or None if none were found."""
    hypotheses = tuple(Hypothesis(label, p) for label, p in theorem.hypotheses)
    sequent = Sequent(theorem.variables, hypotheses)
    for _ in range(TRIES):
        point = random_point(sequent, random)
        if meets(point, (h.proposition for h in hypotheses)):
            return point
    return None


@pytest.mark.parametrize("name", PROVED)
def test_no_claim_is_false_on_random_instances(name: str) -> None:
    theorem, random = LIBRARY[name], Random(name)
    points = [p for _ in range(4) if (p := instance(theorem, random)) is not None]
    for point in points:
        assert truth(theorem.conclusion, point) in (True, None)
        steps = evaluate_steps(name, RESULTS, {v.name: value for v, value in point.items()}, NOTHING)
        assert not any(step.verdict is False for top in steps for step in top.walk())
    assert points or name not in REACHED


@pytest.mark.parametrize("name", sorted(REACHED))
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(random=st.integers(0, 2**32).map(Random))
def test_no_claim_is_false_on_more_random_instances(name: str, random: Random) -> None:
    point = instance(LIBRARY[name], random)
    if point is not None:
        assert truth(LIBRARY[name].conclusion, point) in (True, None)
        evaluate_steps(name, RESULTS, {v.name: value for v, value in point.items()}, NOTHING)


def test_a_false_claim_would_be_noticed() -> None:
    """The control: an admitted falsehood is contradicted by an instance."""
    x = real("x")
    wrong = statement(
        x**2 >= 1, [have("gap", x**2 >= 1, proof=[open_step("hole", x**2 >= 1)])], variables=[x], name="wrong"
    )
    checked = {"wrong": prove_theorem(wrong, {})[0]}
    assert checked["wrong"].accepted
    with pytest.raises(InstanceContradictionError):
        evaluate_steps("wrong", checked, {"x": 0}, NOTHING)
