"""Signs of products, sums, powers, exp, squares, absolute values, minima and maxima, from the hypotheses in reach.

Good: ``a/(1 + c**2) > 0`` with ``a > 0``; ``sum(r_i**2) >= 0``. Bad: ``a*b > 0`` with ``a > 0``
only; ``sum(r_i) > 0`` for an empty sum.
"""

from __future__ import annotations

from symproof.kernel.rule import Accepted, Refusal, Request, Rule

__all__ = ["RULE"]


def _check(request: Request) -> Accepted:
    sequent = request.sequent
    for fact in reversed(request.facts):
        sequent = sequent.with_hypothesis("", fact)
    if not request.discharge(sequent, request.goal):
        raise Refusal("the signs of the parts do not decide the goal", got=str(request.goal))
    return Accepted()


RULE = Rule(
    name="sign",
    decides="signs of expressions built from parts of known sign, and relations that a hypothesis bounds directly",
    refuses="sums of parts of opposite sign",
    sentence="by the signs of the parts",
    check=_check,
)
