"""Candidates for a counterexample from Z3, if it is installed. They are guesses: whoever asks verifies each exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from symproof.kernel.rule import Refusal
from symproof.kernel.rules.smt import answer_of, points
from symproof.kernel.smt_problem import smt_problem
from symproof.logic.term import Term

__all__ = ["SolverPoints", "solver_points"]

STEPS = 3_000_000
"""How many of its own steps Z3 may take: about half a second."""


@dataclass(frozen=True)
class SolverPoints:
    """What Z3 suggests.

    Attributes:
        points: values for the free variables; none is verified.
        remark: what Z3 says if it has no point, or that it has one; empty if it is not installed.
    """

    points: tuple[dict[Term, Any], ...] = ()
    remark: str = ""


def solver_points(hypotheses: Sequence[Term], goal: Term) -> SolverPoints:
    """Ask Z3 for points where the hypotheses hold and the goal fails. The same question has the same answer.

    Args:
        hypotheses: propositions; Z3 does not look inside quantifiers, sums and functions.
        goal: the proposition that is to fail.
    """
    try:
        problem = smt_problem(hypotheses, goal)
    except Refusal:
        return SolverPoints()
    answer = answer_of(problem, STEPS)
    remarks = {"unsat": "Z3 says that there is none", "sat": "Z3 has one, but it is not verified", "unknown": ""}
    return SolverPoints(points(problem, answer), remarks.get(answer.verdict, ""))
