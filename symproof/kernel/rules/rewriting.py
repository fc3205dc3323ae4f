"""Rewriting: the goal becomes one of the cited facts (or trivial) when equations are used from left to right.

The facts before the last that are equations (possibly quantified and guarded) rewrite the goal and the remaining facts.
Good: from ``a = b`` and ``P(b)`` to ``P(a)``. Bad: from ``a = b if c > 0`` without ``c > 0``.
"""

from __future__ import annotations

from symproof.kernel.discharge import normalizer_in
from symproof.kernel.matching import pattern_of, rewrite
from symproof.kernel.normal_form import Normalizer
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.logic.term import Term

__all__ = ["RULE"]


def _check(request: Request) -> Accepted:
    equations = [f for f in request.facts if pattern_of(f).body.op in ("eq", "iff")]
    goal = _rewritten(request, request.goal, equations)
    normalize = normalizer_in(request.sequent, request.discharge)
    targets = [_rewritten(request, f, equations) for f in request.facts]
    wanted = normalize.canonical(goal)
    if goal.op in ("eq", "iff") and _same(normalize, *goal.args):
        return Accepted()
    if any(t == goal or normalize.canonical(t) == wanted for t in targets):
        return Accepted()
    if request.discharge(request.sequent, goal):
        return Accepted()
    raise Refusal("the rewritten goal is none of the cited facts", got=str(goal), expected="; ".join(map(str, targets)))


def _same(normalize: Normalizer, a: Term, b: Term) -> bool:
    return a == b or normalize.canonical(a) == normalize.canonical(b)


def _rewritten(request: Request, term: Term, equations: list[Term]) -> Term:
    for equation in equations:
        term = rewrite(term, equation, request.sequent, request.discharge)
    return term


RULE = Rule(
    name="rewrite",
    decides="goals that equations turn into a cited fact or into an identity",
    refuses="an equation whose guard does not hold where it is used",
    sentence="by substituting equals",
    check=_check,
)
