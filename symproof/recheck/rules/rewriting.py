"""``rewrite``: cited equations, used from left to right, turn the goal into another cited fact or into an identity.

Facts and goal are rewritten with each equation once, in the order in which they are cited.
"""

from __future__ import annotations

from symproof.recheck.matching import Law, rewritten
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.term import Term

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accepts a goal that becomes ``a = a``, a rewritten fact, or something that holds without a step."""
    equations = [fact for fact in question.facts if Law.of(fact) is not None]

    def after(p: Term) -> Term:
        for equation in equations:
            p = rewritten(p, equation, question.sequent, question.side.holds)
        return p

    def same(a: Term, b: Term) -> bool:
        return a == b or normal(a) == normal(b)

    normal = question.side.normalizer(question.sequent).canonical
    goal = after(question.goal)
    if goal.op in ("eq", "iff") and same(*goal.args):
        return Answer()
    if any(same(after(fact), goal) for fact in question.facts) or question.side.holds(question.sequent, goal):
        return Answer()
    raise Refused("the goal is rewritten to none of the cited facts")
