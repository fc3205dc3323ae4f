"""Inequalities u >= 0 (or >, <=, <) by the signs of the factors of u, guessed at sample points."""

from __future__ import annotations

from symproof.kernel import polynomial as poly
from symproof.kernel.differentiate import opposite
from symproof.kernel.elementary_form import irreducible_factors
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import num
from symproof.logic.term import Term, coerce, free_variables, relation
from symproof.tactics.derivation import Derivation, GoalSearch, followed

__all__ = ["by_factor_signs", "by_known_factors"]

MAX_FACTORS = 5


def by_known_factors(prover: GoalSearch, sequent: Sequent, goal: Term) -> Derivation | None:
    """The relation ``goal``, if the signs of the factors of the difference of its sides are decided."""
    product = _factored(goal)
    if product is None:
        return None
    inside, zero = sequent, coerce(0)
    for factor in product[1]:
        signs = (relation(op, factor, zero) for op in ("gt", "lt", "ge", "le", "ne"))
        held = next((p for p in signs if prover.discharge(inside, p)), None)
        if held is not None:
            inside = inside.with_hypothesis("", held)
    signed = relation(goal.op, product[0], zero)
    if not prover.discharge(inside, signed):
        return None
    if goal.op != "ne":
        return followed(prover, inside, goal, (Derivation(signed, "sign"),))
    equal = opposite(goal)  # then the product would be 0
    found = followed(prover, inside.with_hypothesis("", equal), opposite(signed), (Derivation(equal, "logic"),))
    return None if found is None else Derivation(goal, "sign", parts=(found,))


def by_factor_signs(prover: GoalSearch, sequent: Sequent, goal: Term, depth: int, splits: int) -> Derivation | None:
    """The inequality, from signs of the factors of the difference of its sides; cases where a factor has both signs."""
    product = _factored(goal)
    if product is None:
        return None
    parts: list[Derivation] = []
    inside, zero = sequent, coerce(0)
    known = [(factor, prover.samples.signs(sequent, factor)) for factor in product[1]]
    mixed = [factor for factor, (negative, _, positive) in known if negative and positive]
    if mixed:
        return _by_cases(prover, sequent, goal, min(mixed, key=_size), depth, splits)
    for factor, (negative, nought, positive) in known:
        op = ("ge" if nought else "gt") if positive else ("le" if nought else "lt") if negative else "eq"
        signs = [relation(op, factor, zero)]
        if not nought and goal.op in ("le", "ge"):
            signs.append(relation("ge" if positive else "le", factor, zero))
        found = None
        for sign in signs:
            if prover.discharge(inside, sign):
                found = Derivation(sign, "sign")
            else:
                found = prover.prove(inside, sign, depth + 1, splits)
            if found is not None:
                break
        if found is None:
            return None
        parts.append(found)
        inside = inside.with_hypothesis("", found.goal)
    signed = relation(goal.op, product[0], zero)
    if not prover.discharge(inside, signed):
        return None
    return followed(prover, inside, goal, (Derivation(signed, "sign", parts=tuple(parts)),))


def _by_cases(
    prover: GoalSearch, sequent: Sequent, goal: Term, factor: Term, depth: int, splits: int
) -> Derivation | None:
    """Cases on the sign of a factor, which must be simpler than the goal."""
    if splits >= 2 or any(f.op in ("le", "ge") and factor in f.args for f in sequent.facts()):
        return None
    if factor.op != "var" and _size(factor)[0] > 8:
        return None
    return prover.cases(sequent, goal, (factor <= 0, factor >= 0), depth, splits)


def _size(t: Term) -> tuple[int, str]:
    return sum(1 for _ in t.walk()), t.digest


def _factored(goal: Term) -> tuple[Term, list[Term]] | None:
    """(product, factors): the difference of the sides as a product, and the factors whose signs are wanted.

    A factor with an even exponent has none to derive, unless the goal is strict. None if nothing can be factored out.
    """
    try:
        form = normal_form(goal.args[0] - goal.args[1])
    except Refusal:
        return None
    if not form:
        return None
    content, powers = irreducible_factors(form)
    factors = [(poly.to_term(f), e) for f, e in powers if poly.constant_value(f) is None]
    if not factors or len(factors) > MAX_FACTORS or any(not free_variables(f) for f, _ in factors):
        return None
    strict = goal.op in ("lt", "gt", "ne")
    wanted = [f for f, e in factors if strict or e % 2]
    if len(factors) == 1 and factors[0][1] == 1:
        return None
    product: Term = num(poly.to_fraction(content))
    for f, e in powers:
        t = poly.to_term(f)
        product = product * (t if e == 1 else t**e)
    return product, wanted
