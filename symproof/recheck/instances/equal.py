"""Whether two closed terms are the same number, exactly: by normal forms, never by balls that agree."""

from __future__ import annotations

from functools import lru_cache

from symproof.recheck.instances.jet import value
from symproof.recheck.normal_form import canonical
from symproof.recheck.question import Evidence, Question, rule
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.side_conditions import Side
from symproof.recheck.term import Term, rebuilt, relation

__all__ = ["same_number"]

_RULES = ("ring", "field", "elementary")


class _Closed(Side):
    """Side conditions on closed terms: what is not decided otherwise, balls may decide."""

    def holds(self, sequent: Sequent, proposition: Term) -> bool:
        """Whether it holds; equations of closed terms are never decided by balls."""
        if super().holds(sequent, proposition):
            return True
        if proposition.op not in ("ne", "lt", "gt", "le", "ge"):
            return False
        try:
            left, right = (value(each) for each in proposition.args)
        except Refused:
            return False
        compared = {"ne": left != right, "lt": left < right, "gt": left > right, "le": left <= right,
                    "ge": left >= right}  # fmt: skip
        return bool(compared[proposition.op])


def _cancelled(t: Term) -> Term:
    """A closed term with exp(log(s)) = s, where s is certainly positive, and log(exp(s)) = s used from inside out."""
    args = tuple(_cancelled(a) for a in t.args)
    if t.op in ("exp", "log"):
        inner = canonical(args[0])
        if t.op == "log" and inner.op == "exp":
            return inner.args[0]
        if t.op == "exp" and inner.op == "log" and value(inner.args[0]) > 0:
            return inner.args[0]
    return rebuilt(t, args)


@lru_cache(maxsize=256)
def same_number(a: Term, b: Term) -> bool:
    """Whether a rule shows that two closed terms are equal; an answer of no says nothing."""
    try:
        return _shown(a, b) or _shown(_cancelled(a), _cancelled(b))
    except Refused:
        return False


def _shown(a: Term, b: Term) -> bool:
    side, goal = _Closed(Evidence()), relation("eq", a, b)
    for name in _RULES:
        try:
            answer = rule(name)(Question(goal, (), Sequent(), side))
        except Refused:
            continue
        if all(side.holds(Sequent(), each) for each in answer.obligations):
            return True
    return False
