"""Which member of a family over a range a term is: the index j at which a sum, minimum or maximum has the member t."""

from __future__ import annotations

from symproof.recheck.sequent import Sequent
from symproof.recheck.term import INT, Term, connective, quantified, relation

__all__ = ["everywhere", "index_of", "nonempty", "within"]


def index_of(family: Term, value: Term) -> Term | None:
    """An index j with ``family.at(j) == value``, None if none is found (or the members are all the same).

    Args:
        family: a ``sum``, ``minover`` or ``maxover``.
        value: what is looked for among the members; equality is that of terms.
    """
    found = _at_bound_variable(family.args[-1], value, 0)
    if found is None or found.loose or found.sort != INT or family.at(found) != value:
        return None
    return found


def _at_bound_variable(body: Term, value: Term, depth: int) -> Term | None:
    """What stands in ``value`` where ``body`` has the variable bound ``depth`` binders further out."""
    if body.op == "bound" and body.data == depth:
        return value
    if body.loose <= depth or body.op != value.op or len(body.args) != len(value.args):
        return None
    last = len(body.args) - 1
    for i, (b, v) in enumerate(zip(body.args, value.args, strict=True)):
        found = _at_bound_variable(b, v, depth + (len(body.binders) if i == last else 0))
        if found is not None:
            return found
    return None


def within(family: Term, index: Term) -> Term:
    """The proposition that the index is in the range of a sum, minimum or maximum."""
    return connective("and", relation("le", family.args[0], index), relation("le", index, family.args[1]))


def everywhere(family: Term, sequent: Sequent, name: str, left: Term | None, right: Term | None) -> Term:
    """For all indices in the range of ``family``: left ``name`` right; None stands for the member there."""
    apart = [t for t in (left, right) if t is not None]
    index = sequent.fresh(family.binders[0].hint, INT, family, *apart)
    sides = [family.at(index) if side is None else side for side in (left, right)]
    return quantified("forall", (index,), connective("implies", within(family, index), relation(name, *sides)))


def nonempty(family: Term) -> Term:
    """The proposition that the range is not empty."""
    return relation("le", *family.args[:2])
