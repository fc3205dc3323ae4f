"""What makes a function continuous on a closed interval and differentiable strictly inside, as propositions to show."""

from __future__ import annotations

from dataclasses import dataclass

from symproof.kernel.definedness import obligations
from symproof.kernel.differentiate import differentiate
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import REAL
from symproof.logic.syntax import And, ForAll, Implies
from symproof.logic.term import Term, free_variables, subst

__all__ = ["CONTINUOUS", "Smoothness", "continuous", "smoothness"]

CONTINUOUS = frozenset({
    "add", "sub", "mul", "neg", "div", "pow", "exp", "log", "sqrt", "sin", "cos", "tan", "asin", "acos", "atan", "sinh",
    "cosh", "tanh", "asinh", "acosh", "atanh", "erf", "abs", "min", "max", "num", "var", "pi", "e",
})  # fmt: skip
"""Operators that are continuous wherever they are defined, at the ends of their domain from inside."""


def continuous(f: Term, x: Term) -> bool:
    """Whether ``f``, as a function of ``x``, is built from operators that are continuous where they are defined.

    On an interval on which such a term is defined throughout it is continuous, also at the ends.
    """
    return all(t.op in CONTINUOUS for t in f.walk() if x in free_variables(t))


@dataclass(frozen=True)
class Smoothness:
    """A function on an interval.

    Attributes:
        t: a new variable for the points of the interval.
        derivatives: the first derivatives at ``t``, up to the order asked for.
        inside: the proposition that t lies strictly between the ends.
        obligations: what is left to show for the function to be continuous on the closed interval and to have these
            derivatives strictly inside.
    """

    t: Term
    derivatives: tuple[Term, ...]
    inside: Term
    obligations: tuple[Term, ...]

    def throughout(self, proposition: Term) -> Term:
        """The proposition, strictly inside the interval."""
        return ForAll(self.t, Implies(self.inside, proposition))


def smoothness(f: Term, x: Term, low: Term, high: Term, order: int, sequent: Sequent) -> Smoothness:
    """What is left to show of ``f``, a function of ``x``, between ``low`` and ``high``.

    Differentiability is asked for strictly inside only, if ``f`` is continuous wherever it is defined; else up to the
    ends.
    """
    variables = free_variables(f) | free_variables(low) | free_variables(high) | {x}
    taken = sequent.names() | {v.name for v in variables}
    t = Term("var", (), next(n for k in range(len(taken) + 1) if (n := f"t{k or ''}") not in taken), REAL)
    derivatives: list[Term] = []
    conditions: list[Term] = []
    for _ in range(order):
        slope, needed = differentiate(derivatives[-1] if derivatives else f, x)
        derivatives.append(slope)
        conditions += needed
    defined = obligations(f >= 0)
    conditions = [*conditions, *obligations(And(*conditions))]
    closed, inside = And(low <= t, t <= high), And(low < t, t < high)
    if not continuous(f, x):
        defined, conditions = (*defined, *conditions), []
    everywhere = dict.fromkeys(defined)
    points = [(closed, p) for p in everywhere]
    points += [(inside, p) for p in dict.fromkeys(conditions) if p not in everywhere]
    left = tuple(ForAll(t, Implies(guard, subst(p, {x: t}))) for guard, p in points)  # an end may be x itself
    return Smoothness(t, tuple(subst(d, {x: t}) for d in derivatives), inside, left)
