"""Where to start for the mean value theorem: bounds of a variable among the facts, and simple numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import lru_cache

from flint import arb, fmpq

from symproof.errors import SymproofError
from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import differentiate
from symproof.kernel.evaluate import Compiled, evaluate
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.syntax import exp, log, num, sqrt
from symproof.logic.term import Term, free_variables

__all__ = ["SIMPLE_NUMBERS", "bounds_of_variable", "solved_for_variables", "special_points"]

PRECISION = 80
MAX_SIZE = 100
_ORDER = frozenset({"lt", "le", "gt", "ge"})
_E, _PI = Term("e"), Term("pi")
_RATIONALS = "0 1 -1 1/2 -1/2 2 -2 3 -3 4 -4 1/3 -1/3 1/4 -1/4 3/2 -3/2 2/3 -2/3 3/4 1/5 2/5 1/8 5 6 8 10"
SIMPLE_NUMBERS: tuple[Term, ...] = (
    *(num(Fraction(text)) for text in _RATIONALS.split()),
    *(f * _PI for f in map(num, map(Fraction, ("1", "-1", "1/2", "-1/2", "1/4", "-1/4", "1/3", "1/6", "2", "3/4")))),
    _E, 1 / _E, _E**2, sqrt(_E), *(exp(num(Fraction(text))) for text in ("-1", "-2", "-1/2", "1/3", "-1/3")),
    *(log(num(k)) for k in (2, 3)), -log(num(2)), *(sqrt(num(k)) for k in (2, 3)), 1 / sqrt(num(2)), -1 / sqrt(num(2)),
)  # fmt: skip
"""Numbers at which inequalities between elementary functions are often tight, or their sides parallel."""


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


def solved_for_variables(fact: Term) -> Iterator[tuple[Term, Term]]:
    """Pairs (x, value) for the real variables that an equation determines linearly, such as c from a + b + c = pi."""
    if fact.op != "eq" or not fact.args[0].sort.is_number:
        return
    try:
        form = poly.add(normal_form(fact.args[0]), normal_form(fact.args[1]), -1)
    except Refusal:
        return
    for x in sorted((v for v in free_variables(fact) if v.sort == REAL), key=lambda v: v.name, reverse=True):
        yield from ((x, value) for value, _ in _solved(x, form))


def special_points(goal: Term, x: Term, others: Mapping[Term, Fraction]) -> Iterator[Term]:
    """Simple numbers at which the sides of ``goal`` seem to agree, or the slope of their difference to vanish.

    What is looked at are balls, with ``others`` as the values of the other variables.
    """
    difference = goal.args[0] - goal.args[1]
    slope, _ = differentiate(difference, x)
    if len(set(slope.walk())) > MAX_SIZE:
        return
    try:
        compiled = Compiled(difference), Compiled(slope)
    except SymproofError:
        return
    for number, value in zip(SIMPLE_NUMBERS, _values(), strict=True):
        for code in compiled:
            if _small(code, {**others, x: value}):
                yield number
                break


@lru_cache(maxsize=1)
def _values() -> tuple[fmpq | arb, ...]:
    return tuple(evaluate(t, {}, PRECISION) for t in SIMPLE_NUMBERS)


def _small(code: Compiled, point: Mapping[Term, fmpq | arb | Fraction]) -> bool:
    try:
        value = arb(code(point, PRECISION))
    except (SymproofError, ArithmeticError, TypeError, ValueError):
        return False
    return bool(value.is_finite() and value.contains(0) and value.rad() < 1e-9)
