"""Relations with square roots, by squaring: a*r + b >= 0 for a root r of f, from a >= 0 and a^2 f >= b^2.

One root is removed at a time; the rest is a goal with fewer roots. Which sides are nonnegative is guessed at sample
points and then derived; that ``u <= v`` follows from ``v >= 0`` and ``u^2 <= v^2`` is an explicit certificate of the
rule ``sos``: with w = u - v > 0, the sum w^2 + 2 v w = u^2 - v^2 would be positive.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules import bound, sos
from symproof.kernel.sequent import Sequent
from symproof.logic.rational_value import rational_value
from symproof.logic.syntax import FALSE, Eq
from symproof.logic.term import Term, coerce, free_variables, relation
from symproof.tactics.derivation import Derivation, GoalSearch, followed
from symproof.tactics.elementary_view import ElementaryView

__all__ = ["by_squares"]

MAX_DEPTH = 5
MAX_TERMS = 40
_ORDER = frozenset({"lt", "le", "gt", "ge"})


def by_squares(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
    """The relation ``goal``, with one of its square roots removed."""
    if goal.op not in (*_ORDER, "eq") or depth > MAX_DEPTH or not any(_has_root(t) for t in goal.walk()):
        return None
    view = ElementaryView(prover, sequent, depth)
    simple = view.goal(goal)
    if simple is None:
        return None
    try:
        form = normal_form(simple.args[0])
    except Refusal:
        return None
    roots = sorted({t for m in form for t, _ in m if _is_root(t)}, key=_rank)
    facts = _root_facts(prover, view.sequent, roots) if roots and len(form) <= MAX_TERMS else None
    if facts is None:
        return None
    inside = view.sequent
    for fact in facts:
        inside = inside.with_hypothesis("", fact.goal)
    if prover.discharge(inside, simple):
        return view.back(goal, Derivation(simple, "sign", parts=tuple(facts)))
    for root in roots:
        slope, rest = _split(form, root)
        if slope is not None:
            found = _removed(prover, view.sequent, inside, simple, (slope, rest, root), depth, splits)
            if found is not None:
                return view.back(goal, Derivation(simple, "sos", found.trust, (found, *facts)))
    return None


def _has_root(t: Term) -> bool:
    return bool(t.op == "sqrt" and free_variables(t)) or _is_root(t)


def _is_root(t: Term) -> bool:
    """A square root of something with variables."""
    return t.op == "pow" and rational_value(t.args[1]) == Fraction(1, 2) and bool(free_variables(t))


def _rank(t: Term) -> tuple[int, str]:
    """Roots around others come first."""
    return -sum(1 for _ in t.walk()), t.digest


def _split(form: Polynomial, root: Term) -> tuple[Term | None, Term]:
    """(a, b) with ``form = a*root + b``; a is None if it is not linear in the root, or if the root is inside others."""
    slope: dict[Monomial, fmpq] = {}
    rest: dict[Monomial, fmpq] = {}
    for m, c in form.items():
        exponent = dict(m).get(root, 0)
        if exponent > 1 or any(root in t.walk() for t, _ in m if t != root):
            return None, coerce(0)
        if exponent:
            slope[poly.divide_monomial(m, ((root, 1),))] = c
        else:
            rest[m] = c
    return poly.to_term(slope), poly.to_term(rest)


def _removed(
    prover: GoalSearch,
    sequent: Sequent,
    inside: Sequent,
    goal: Term,
    parts: tuple[Term, Term, Term],
    depth: int,
    splits: int,
) -> Derivation | None:
    """``a*root + b op 0`` by comparing the squares of its two sides; ``inside`` also has the facts of the roots."""
    (slope, rest, root), op, zero = parts, goal.op, coerce(0)
    if op in ("le", "lt"):
        slope, rest, op = -slope, -rest, "ge" if op == "le" else "gt"
    negative, _, positive = prover.samples.signs(sequent, slope)
    if not negative and not positive:  # nothing is known
        return None
    if negative and positive:
        return prover.cases(sequent, goal, (slope <= zero, slope >= zero), depth, splits) if splits < 2 else None
    below, _, above = prover.samples.signs(sequent, rest)
    inner = root.args[0]
    if op == "eq":
        if (negative and below) or (positive and above):
            return None
        large, small = (slope * root, -rest) if not negative else (-slope * root, rest)
        wanted = [-slope >= zero if negative else slope >= zero, small >= zero, Eq(slope**2 * inner, rest**2)]
    elif negative:
        large, small = rest, -slope * root
        wanted = [rest >= zero, -slope >= zero, relation(op, rest**2, slope**2 * inner)]
    else:
        large, small = slope * root, -rest
        wanted = [slope >= zero, relation(op, slope**2 * inner, rest**2)]
        if above and below and prover.samples.refute(sequent, wanted[-1]):
            return prover.cases(sequent, goal, (rest <= zero, rest >= zero), depth, splits) if splits < 2 else None
    found: list[Derivation] = []
    for proposition in wanted[:-1]:
        if not prover.discharge(inside, proposition):
            part = prover.prove(sequent, proposition, depth + 1, splits)
            if part is None:
                return None
            found.append(part)
        inside = inside.with_hypothesis("", proposition)
    compared = _compared(prover, sequent, inside, wanted[-1], depth, splits)
    if compared is None:
        return None
    found.append(compared)
    inside = inside.with_hypothesis("", compared.goal)
    pairs = [(large, small, op)] if op != "eq" else [(large, small, "ge"), (small, large, "ge")]
    halves = [_from_squares(prover, inside, u, v, how, wanted[-1], root, slope) for u, v, how in pairs]
    if None in halves:
        return None
    last = followed(prover, inside, goal, [h for h in halves if h is not None])
    return None if last is None else Derivation(goal, "sos", last.trust, (last, *found))


def _compared(
    prover: GoalSearch, sequent: Sequent, inside: Sequent, squares: Term, depth: int, splits: int
) -> Derivation | None:
    """The comparison of the squares, after the squares of all roots in it have been replaced."""
    if prover.discharge(inside, squares):
        return Derivation(squares, "sign")
    view = ElementaryView(prover, sequent, depth)
    simple = view.goal(squares)
    found = prover.prove(sequent, simple, depth + 1, splits) if simple is not None else None
    return view.back(squares, found) if found is not None else None


def _root_facts(prover: GoalSearch, sequent: Sequent, roots: Sequence[Term]) -> list[Derivation] | None:
    """That roots are nonnegative and what their squares are."""
    result = []
    for root in roots:
        for proposition in (root >= 0, Eq(root**2, root.args[0])):
            found = prover.by(bound.RULE, sequent, proposition)
            if found is None:
                return None
            result.append(found)
    return result


def _from_squares(
    prover: GoalSearch, sequent: Sequent, large: Term, small: Term, op: str, squares: Term, root: Term, slope: Term
) -> Derivation | None:
    """``large op small`` from ``large >= 0`` and the comparison of the squares, by refuting the opposite."""
    denied = small > large if op == "ge" else small >= large
    nonnegative = large >= 0
    if not prover.discharge(sequent, nonnegative):
        return None
    inside = sequent.with_hypothesis("", denied).with_hypothesis("", nonnegative)
    facts = (denied, nonnegative, squares, Eq(root**2, root.args[0]))
    for sign in (1, -1):
        for turn in (1, -1):
            gap: list[tuple[Fraction, Term, tuple[int, ...]]] = (
                [(Fraction(1), coerce(1), (0, 0))] if op == "ge" else [(Fraction(1), small - large, ())]
            )
            compared = (Fraction(turn if squares.op == "eq" else 1), coerce(1), (2,))
            evidence = [*gap, (Fraction(2), coerce(1), (1, 0)), compared, (Fraction(sign), slope**2, (3,))]
            found = prover.by(sos.RULE, inside, FALSE, facts, evidence)
            if found is not None:
                return Derivation(relation(op, large, small), "sos", parts=(found,))
    return None
