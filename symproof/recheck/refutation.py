"""Whether one statement is the negation of the whole of another one."""

from __future__ import annotations

from collections.abc import Mapping

from symproof.recheck.negation import negation
from symproof.recheck.proof import Theorem
from symproof.recheck.refused import Refused
from symproof.recheck.term import connective, quantified

__all__ = ["denies", "require_denied"]


def denies(refutation: Theorem, claim: Theorem) -> bool:
    """Whether a statement without variables and hypotheses says that the claim fails for some values.

    A claim says: for all values of its variables, its hypotheses imply its conclusion. The negation of that may be
    written with ``not`` in front, as the existence of values for which the hypotheses hold and the conclusion fails,
    or with the negation as far inside as it goes. The negation of the conclusion alone is another statement.

    Raises:
        Refused: the size of a matrix depends on a variable, so that the claim is no single proposition.
    """
    if refutation.variables or refutation.hypotheses:
        return False
    hypotheses, conclusion = [p for _, p in claim.hypotheses], claim.conclusion
    body = connective("implies", connective("and", *hypotheses), conclusion) if hypotheses else conclusion
    whole = quantified("forall", claim.variables, body)
    fails = (connective("not", conclusion), negation(conclusion))
    found = [quantified("exists", claim.variables, connective("and", *hypotheses, each)) for each in fails]
    return refutation.conclusion in (connective("not", whole), negation(whole), *found)


def require_denied(claim: Theorem, library: Mapping[str, Theorem]) -> None:
    """Raises Refused unless the result that a claim names says its negation and is no such claim itself."""
    other = library.get(claim.refuted_by)
    if claim.proof or other is None or other.id != claim.refuted_by or other.refuted_by or other.id == claim.id:
        raise Refused(f"{claim.refuted_by} is no result that could refute this claim")
    if not denies(other, claim):
        raise Refused(f"{other.id} does not say the negation of this claim")
