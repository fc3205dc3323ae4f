"""Identities among exp, log, trigonometric, hyperbolic and arcus functions, roots, real powers and absolute values.

Both sides are brought to elementary forms (``elementary_form``), whose difference must be a constant of the right sign;
of closed numbers it may also be 0 by an argument of its own (``closed_zero``). What is left to show is that every term
of the goal is defined.
"""

from __future__ import annotations

from symproof.recheck import polynomial as poly
from symproof.recheck.closed_zero import is_closed_zero
from symproof.recheck.definedness import conditions
from symproof.recheck.elementary_form import ElementaryForm
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused

__all__ = ["check"]


def check(question: Question) -> Answer:
    """Accepts a relation between numbers. Raises Refused."""
    goal = question.goal
    if goal.op not in ("eq", "ne", "le", "lt", "ge", "gt") or not goal.args[0].sort.number:
        raise Refused("no relation between numbers")
    form = ElementaryForm(
        question.side.normalizer(question.sequent), lambda p: question.side.holds(question.sequent, p)
    )
    difference = form(goal.args[0] - goal.args[1])
    top, bottom = poly.number(difference.top), poly.number(difference.bottom)
    if top is not None and bottom is not None:
        gap = top / bottom
        true = {"eq": gap == 0, "ne": gap != 0, "le": gap <= 0, "lt": gap < 0, "ge": gap >= 0, "gt": gap > 0}
        if true[goal.op]:
            return Answer(conditions(goal))
    elif goal.op in ("eq", "le", "ge") and is_closed_zero(difference.top, lambda t: not form(t).top):
        return Answer(conditions(goal), "certified")
    raise Refused(f"the sides have different elementary forms: {poly.to_term(difference.top)}")
