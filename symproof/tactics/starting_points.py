"""Where to start for the mean value theorem: bounds of a variable among the facts, and simple numbers."""

from __future__ import annotations

from collections.abc import Iterator

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import exp, log, num
from symproof.logic.term import Term, free_variables

__all__ = ["bounds_of_variable", "candidate_centres"]

_ORDER = frozenset({"lt", "le", "gt", "ge"})


def bounds_of_variable(x: Term, sequent: Sequent) -> Iterator[tuple[Term, bool]]:
    """Pairs (bound, whether it is a lower one) from facts that are linear in x, such as ``x - y <= 0``."""
    for fact in sequent.facts():
        if fact.op not in _ORDER or x not in free_variables(fact):
            continue
        small, large = fact.args if fact.op in ("le", "lt") else fact.args[::-1]
        if large == x or small == x:
            other = small if large == x else large
            if x not in free_variables(other):
                yield other, large == x
            continue
        try:
            form = poly.add(normal_form(large), normal_form(small), -1)
        except Refusal:
            continue
        yield from _solved(x, form)


def _solved(x: Term, form: Polynomial) -> Iterator[tuple[Term, bool]]:
    """The bound that form >= 0 gives, if x occurs in it linearly with a number as its coefficient."""
    own = ((x, 1),)
    slope = form.get(own)
    rest = {m: c for m, c in form.items() if m != own}
    if slope is not None and not any(x in free_variables(t) for m in rest for t, _ in m):
        yield poly.to_term(poly.scale(rest, -1 / slope)), slope > 0


def candidate_centres() -> tuple[Term, ...]:
    """Simple numbers at which inequalities between elementary functions are often tight."""
    e = Term("e")
    return (*(num(v) for v in (0, 1, -1, 2, 4)), num(1) / 2, e, 1 / e, exp(num(-1)), log(num(2)), Term("pi") / 4)
