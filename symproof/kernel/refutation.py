"""Refuting a claim: a theorem refutes it if its statement is the negation of the whole claim.

A *claim* is a theorem that names its refutation instead of a proof. Closed, it says: for all values of its variables
the hypotheses imply the conclusion. Nothing less than the negation of that counts: not the negation of its conclusion
under hypotheses, not the negation of a stronger or a differently quantified statement.
"""

from __future__ import annotations

from symproof.kernel.discharge import negation
from symproof.logic.syntax import And, Exists, ForAll, Implies, Not
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem

__all__ = ["closed_statement", "negations", "refutes"]


def closed_statement(theorem: Theorem) -> Term:
    """The whole of a statement as one proposition without free variables.

    Args:
        theorem: what is stated.

    Returns:
        ``for all variables: (hypotheses imply conclusion)``, the variables and hypotheses in their order.

    Raises:
        SortError: the size of a matrix depends on a variable, which no quantifier can bind.
    """
    hypotheses = tuple(p for _, p in theorem.hypotheses)
    body = Implies(And(*hypotheses), theorem.conclusion) if hypotheses else theorem.conclusion
    return ForAll(theorem.variables, body)


def negations(theorem: Theorem) -> tuple[Term, ...]:
    """The forms in which the negation of a whole statement is recognised, up to the names of bound variables.

    Args:
        theorem: what is stated.

    Returns:
        ``not (for all variables: ...)``; ``for some variables: hypotheses and not conclusion``; the same with the
        negation moved into the conclusion; the negation moved inwards as far as it goes.

    Raises:
        SortError: the size of a matrix depends on a variable.
    """
    closed = closed_statement(theorem)
    hypotheses = tuple(p for _, p in theorem.hypotheses)
    failing = (Not(theorem.conclusion), negation(theorem.conclusion))
    existing = (Exists(theorem.variables, And(*hypotheses, fails)) for fails in failing)
    return (Not(closed), *existing, negation(closed))


def refutes(refutation: Theorem, claim: Theorem) -> bool:
    """Whether one statement is the negation of another one. That it is proved is not looked at here.

    Args:
        refutation: the statement that denies; it has neither variables nor hypotheses of its own.
        claim: the statement that is denied.

    Raises:
        SortError: the size of a matrix in the claim depends on a variable.
    """
    closed = not refutation.variables and not refutation.hypotheses
    return closed and refutation.conclusion in negations(claim)
