"""Polynomial inequalities that are tight in several variables, by searches that cost little where they fail."""

from __future__ import annotations

from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term, free_variables
from symproof.tactics.arithmetic_geometric import by_arithmetic_geometric
from symproof.tactics.binomial_squares import by_binomial_squares
from symproof.tactics.derivation import Derivation, GoalSearch
from symproof.tactics.difference_substitution import by_difference_substitution
from symproof.tactics.homogeneous_goal import by_homogeneous_goal

__all__ = ["by_sharp_inequality", "is_plain_polynomial"]

ARITHMETIC = frozenset({"add", "sub", "mul", "neg", "pow", "num", "var", "le", "lt", "ge", "gt"})


def is_plain_polynomial(goal: Term) -> bool:
    """Whether an inequality between polynomials of degree at least 2 or of sides in several variables is written."""
    closed = all(t.op in ARITHMETIC or not free_variables(t) for t in goal.walk())
    return closed and len(free_variables(goal)) > 1 and goal.op in ("le", "lt", "ge", "gt")


def by_sharp_inequality(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
    """The inequality by means, by squares of binomials, by orders of the variables, or made homogeneous; or None."""
    if not free_variables(goal):
        return None
    return (
        by_arithmetic_geometric(prover, sequent, goal, depth, splits)
        or by_binomial_squares(prover, sequent, goal)
        or by_difference_substitution(prover, sequent, goal)
        or by_homogeneous_goal(prover, sequent, goal, depth)
    )
