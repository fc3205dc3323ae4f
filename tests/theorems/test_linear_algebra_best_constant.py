"""linear_algebra.best_constant: its instance is certified, and near misses are rejected."""

from dataclasses import replace
from pathlib import Path

from flint import fmpq

from symproof.cli.main import main
from symproof.instances.value_family import kept
from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.logic.term import relation
from symproof.tactics.evidence_search import prove_theorem
from theorems.points.linear_algebra_best_constant import points

MEETING_POINT = points()["linear_algebra.best_constant"].values
LIBRARY = load_library().theorems
THEOREM = LIBRARY["linear_algebra.best_constant"]
INSTANCE = Path(__file__).parents[2] / "examples/linear_algebra_best_constant.toml"


def at(**values: object) -> dict:
    """The meeting point, with some other values."""
    return {v: kept(v, {**MEETING_POINT, **values}[v.name]) for v in THEOREM.variables}


def test_the_instance_is_certified() -> None:
    assert main(["instance", str(INSTANCE)]) == 0


def test_a_near_miss_is_rejected() -> None:
    """The strict inequality is false where the constant is the mean."""
    near_miss = replace(THEOREM, conclusion=relation("lt", *THEOREM.conclusion.args))
    assert decide(near_miss.conclusion, at(c=fmpq(5, 2))) is False
    assert not prove_theorem(near_miss, LIBRARY)[0].accepted


def test_the_mean_is_needed() -> None:
    """Another constant in its place is not the best one, and the proof is not accepted."""
    weaker = replace(THEOREM, hypotheses=tuple(h for h in THEOREM.hypotheses if h[0] != "mean_def"))
    assert decide(THEOREM.conclusion, at(mean=fmpq(9), c=fmpq(5, 2))) is False
    assert not prove_theorem(weaker, LIBRARY)[0].accepted
