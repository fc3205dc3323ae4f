"""Identities between matrices of symbolic size, and between scalars with traces, modulo cited equations.

Cited equations of matrices rewrite words, scalar ones replace an atom. Where the certificate gives ``cofactors``, the
difference of the sides must be the sum of c_k L_k (h_k.left - h_k.right) R_k for cited equations h_k (transposed if it
says so; their traces where the goal is scalar), in the ring without these rules. An inverse cancels only if that its
argument is invertible is cited or in reach: the proposition that there is B with A B = 1 and B A = 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from symproof.recheck import polynomial as poly
from symproof.recheck.denominators import without_denominators
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.question import Answer, Question
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import conjuncts
from symproof.recheck.term import Term, build, fits, op
from symproof.recheck.word_ring import WordRing

__all__ = ["check"]

MAX_ROUNDS = 20


def check(question: Question) -> Answer:
    """Accept an equation whose sides have the same normal form, or whose cofactors are right."""
    goal = question.goal
    if goal.op != "eq":
        raise Refused("the rule matrix decides equations")
    facts = [part for fact in question.facts for part in conjuncts(fact)]
    equations = [f for f in facts if f.op == "eq"]
    given = question.options.get("cofactors")
    if given is None:
        ring = _ring(question, facts)
        for fact in equations:
            if fact.args[0].sort.kind == "matrix":
                ring.add_equation(*fact.args)
        if _vanishes(ring, op("sub", *goal.args), _replacements(ring, equations)):
            return Answer(tuple(ring.obligations))
    for cofactors in [given] if given is not None else [v for _, v in question.evidence.found("matrix", goal)]:
        ring = _ring(question, facts)
        if _vanishes(ring, _remainder(goal, facts, cofactors), []):
            return Answer(tuple(ring.obligations))
    raise Refused("the two sides do not have the same normal form")


def _ring(question: Question, facts: Sequence[Term]) -> WordRing:
    """The ring in which the matrices that are known to be invertible are."""
    ring = WordRing(question.side.normalizer(question.sequent))
    for fact in dict.fromkeys((*facts, *question.sequent.facts())):
        argument = _invertible_argument(fact)
        if argument is not None:
            ring.add_invertible(argument)
    return ring


def _invertible_argument(fact: Term) -> Term | None:
    """A, if the fact says: there is B with A B = 1 and B A = 1."""
    if fact.op != "exists" or fact.binders[0].sort.kind != "matrix":
        return None
    (b,), body = fact.opened()
    if body.op != "and" or body.args[0].op != "eq" or body.args[0].args[0].op != "mul" or len(body.args) != 2:
        return None
    a = body.args[0].args[0].args[0]
    if a.sort != b.sort or b in set(a.walk()):
        return None
    one = build("identity", (), None, a.sort)
    wanted = (op("eq", op("mul", a, b), one), op("eq", op("mul", b, a), one))
    return a if body.args == wanted else None


def _vanishes(ring: WordRing, difference: Term, replacements: list[tuple[Term, Polynomial]]) -> bool:
    """Whether the normal form of a matrix or scalar is 0 after the replacements."""
    matrix = difference.sort.kind == "matrix"
    forms = ring.matrix(difference).values() if matrix else [ring.scalar(difference)]
    return not any(_settled(ring, p, replacements) for p in forms)


def _settled(ring: WordRing, p: Polynomial, replacements: list[tuple[Term, Polynomial]]) -> Polynomial:
    for _ in range(MAX_ROUNDS):
        before = p
        for atom, value in replacements:
            p = _replaced(p, atom, value)
        if p == before:
            break
    rest, conditions = without_denominators(ring.scalar_form(poly.to_term(p)), ring.scalar_form)
    if not rest:
        ring.obligations.update(dict.fromkeys(conditions))
    return rest


def _replaced(p: Polynomial, atom: Term, value: Polynomial) -> Polynomial:
    """The polynomial with ``value`` for an atom; the same atom within others stays."""
    result: Polynomial = {}
    for m, c in p.items():
        rest = {tuple(pair for pair in m if pair[0] != atom): c}
        result = poly.plus(result, poly.times(rest, poly.power(value, dict(m).get(atom, 0))))
    return result


def _replacements(ring: WordRing, equations: Sequence[Term]) -> list[tuple[Term, Polynomial]]:
    """(atom, value) of the scalar equations one side of which is a multiple of an atom that is not in the other."""
    found = []
    for fact in equations:
        if not fact.args[0].sort.number:
            continue
        sides = [ring.scalar(side) for side in fact.args]
        for p, q in (sides, sides[::-1]):
            monomial = next(iter(p), ())
            if len(p) == len(monomial) == 1 and monomial[0][1] == 1:
                atom = monomial[0][0]
                if not any(atom in a.walk() for m in q for a, _ in m):
                    found.append((atom, poly.scaled(q, 1 / p[monomial])))
                    break
    return found


def _remainder(goal: Term, facts: Sequence[Term], cofactors: Any) -> Term:
    """Left - right - sum_k c_k L_k (h_k.left - h_k.right) R_k. Raises Refused if the cofactors do not fit."""
    rest = op("sub", *goal.args)
    for entry in cofactors if isinstance(cofactors, list | tuple) else [None]:
        if not isinstance(entry, list | tuple) or len(entry) != 5:
            raise Refused("the cofactors are no list of (fact, transposed, c, L, R)")
        index, turned, factor, before, after = entry
        if type(index) is not int or not 0 <= index < len(facts) or facts[index].op != "eq":
            raise Refused("a cofactor names a fact that is no equation")
        if any(
            x is not None and not (isinstance(x, Term) and not x.loose and fits(x)) for x in (factor, before, after)
        ):
            raise Refused("a cofactor is no term")
        part = op("sub", *facts[index].args)
        part = op("transpose", part) if turned else part
        part = part if before is None else op("mul", before, part)
        part = part if after is None else op("mul", part, after)
        if part.sort.kind == "matrix" and rest.sort.kind != "matrix":
            part = op("trace", part)
        rest = op("sub", rest, op("mul", factor, part))
    return rest
