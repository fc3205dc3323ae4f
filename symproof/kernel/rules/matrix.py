"""The rule ``matrix``: identities between matrices of symbolic size, and between scalars that contain traces.

Both sides are expanded to linear combinations of words (see ``symproof.kernel.matrix_ring``) and compared. Cited facts
are used in one of two ways:

* as rewrite rules, without evidence: an equation whose left side is one word (a product of atoms) is applied from left
  to right, in the order of the facts; if only its right side is a word, from right to left. Its transpose is applied
  too, unless that would undo it (as for A^T = A). Scalar equations replace an atom, for example a trace.
* where that fails, or if the author gives ``cofactors``, as hypotheses: goal.lhs - goal.rhs must be the sum of products
  c_k L_k (h_k.lhs - h_k.rhs) R_k (h_k perhaps transposed; for scalar goals, its trace), which is checked without
  the rewrite rules.

``inverse(A)`` cancels against A only if ``invertible(A)`` is cited or a hypothesis in reach.

Accepted::

    transpose(A*B) = transpose(B)*transpose(A)
    trace(A*B*C) = trace(C*A*B)
    (V + t*w*transpose(u))*A = V*A        from transpose(u)*A = 0
    inverse(A*B) = inverse(B)*inverse(A)  from invertible(A), invertible(B)

Refused::

    A*B = B*A                             (not an identity)
    trace(A*B*C) = trace(A*C*B)           (not a rotation)
    A*inverse(A) = I                      (without invertible(A))
    A = 0 from A*B = 0                    (B need not be invertible)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import normalizer_in
from symproof.kernel.matrix_ring import Combination, MatrixRing, Rewrite, render, scaled, transposed
from symproof.kernel.normal_form import clear_denominators
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Accepted, Refusal, Request, Rule
from symproof.kernel.sequent import conjuncts
from symproof.kernel.wellformed import ill_formed
from symproof.logic.matrix_notions import invertible_argument
from symproof.logic.sort import SortError
from symproof.logic.syntax import trace, transpose
from symproof.logic.term import Term

__all__ = ["RULE", "Cofactor", "check"]

Cofactor = tuple[int, bool, Term, Term | None, Term | None]
"""Evidence for one summand: index of the fact (conjunctions taken apart), whether it is transposed, c, L and R (None
for the identity)."""

MAX_ROUNDS = 50
"""How often the replacements of scalars are repeated before they are given up."""

Replacement = tuple[Term, Polynomial, str]


def check(request: Request) -> Accepted:
    """Accept an equation of matrices or scalars that holds in the ring of matrices modulo the facts."""
    if request.goal.op != "eq":
        raise Refusal("the rule matrix decides equations only", got=request.goal.op, expected="an equation")
    facts = tuple(p for fact in request.facts for p in conjuncts(fact))
    cofactors = request.option("cofactors")
    if cofactors is None:
        try:
            return _by_rewriting(request, facts)
        except Refusal:
            cofactors = request.evidence.find("matrix", request.goal, request.facts)
            if cofactors is None:
                raise
    return _accept_zero(request, _ring(request, facts), _with_cofactors(request.goal, facts, cofactors), [])


def _ring(request: Request, facts: tuple[Term, ...]) -> MatrixRing:
    """The ring in which the matrices known to be invertible are."""
    ring = MatrixRing(normalizer_in(request.sequent, request.discharge))
    for fact in dict.fromkeys((*facts, *request.sequent.facts())):
        argument = invertible_argument(fact)
        if argument is not None:
            ring.add_invertible(argument)
    return ring


def _by_rewriting(request: Request, facts: tuple[Term, ...]) -> Accepted:
    ring = _ring(request, facts)
    equations = [f for f in facts if f.op == "eq"]
    ring.add_rules(list(_rewrites(ring, (f for f in equations if f.args[0].sort.kind == "matrix"))))
    replacements = list(_replacements(ring, (f for f in equations if f.args[0].sort.is_number)))
    return _accept_zero(request, ring, _difference(request.goal), replacements)


def _accept_zero(request: Request, ring: MatrixRing, difference: Term, replacements: list[Replacement]) -> Accepted:
    left_over = _left_over(request, ring, difference, replacements)
    if left_over is not None:
        raise Refusal("the two sides do not have the same normal form", got=f"left - right = {left_over}", expected="0")
    detail = "; ".join(f"{label} ({count}x)" for label, count in ring.used.items())
    return Accepted(tuple(ring.obligations), detail=detail)


def _difference(equation: Term) -> Term:
    return equation.args[0] - equation.args[1]


def _left_over(request: Request, ring: MatrixRing, difference: Term, replacements: list[Replacement]) -> Term | None:
    """The normal form of ``difference`` as a term, None if it is zero."""
    if difference.sort.kind != "matrix":
        p = _settled(request, ring, ring.scalar(difference), replacements)
        return poly.to_term(p) if p else None
    settled = {word: _settled(request, ring, p, replacements) for word, p in ring.matrix(difference).items()}
    left_over = {word: p for word, p in settled.items() if p}
    return render(left_over, difference.sort) if left_over else None


def _settled(request: Request, ring: MatrixRing, p: Polynomial, replacements: list[Replacement]) -> Polynomial:
    """``p`` after the replacements; zero if it is so once its denominators, then obligations, are cleared."""
    p = _replaced(ring, p, replacements)
    cleared, nonzero = clear_denominators(p, request.sequent, request.discharge)
    if p and not cleared:
        ring.obligations.update(dict.fromkeys(nonzero))
        return cleared
    return p


# Facts as rewrite rules ------------------------------------------------------------------------------------------


def _rewrites(ring: MatrixRing, facts: Iterable[Term]) -> Iterator[Rewrite]:
    for fact in facts:
        left, right = (ring.matrix(side) for side in fact.args)
        rule = _word_rule(left, right, str(fact)) or _word_rule(right, left, str(fact))
        if rule is None:
            continue
        yield rule
        (turned,) = transposed({rule.left: {}})
        if turned != rule.left and turned not in rule.right:
            yield Rewrite(turned, transposed(rule.right), rule.label)


def _word_rule(left: Combination, right: Combination, label: str) -> Rewrite | None:
    """``left -> right`` if ``left`` is a rational multiple of one word that does not come back in ``right``."""
    if len(left) != 1:
        return None
    ((word, p),) = left.items()
    c = poly.constant_value(p)
    if not word or c is None or word in right:
        return None
    return Rewrite(word, scaled(right, poly.constant(1 / c)), label)


def _replacements(ring: MatrixRing, facts: Iterable[Term]) -> Iterator[Replacement]:
    for fact in facts:
        left, right = (ring.scalar(side) for side in fact.args)
        for p, q in ((left, right), (right, left)):
            monomial = next(iter(p), ())
            if len(p) == len(monomial) == 1 and monomial[0][1] == 1:
                atom = monomial[0][0]
                if not any(a == atom for m in q for a, _ in m):
                    yield atom, poly.scale(q, 1 / p[monomial]), str(fact)
                    break


def _replaced(ring: MatrixRing, p: Polynomial, replacements: list[Replacement]) -> Polynomial:
    for _ in range(MAX_ROUNDS):
        before = p
        for atom, value, label in replacements:
            q: Polynomial = {}
            for monomial, c in p.items():
                rest = tuple(x for x in monomial if x[0] != atom)
                power = poly.power(value, dict(monomial).get(atom, 0))
                q = poly.add(q, poly.multiply({rest: c}, power))
            ring.used[label] += p != q
            p = q
        if p == before:
            return p
    raise Refusal(f"replacing scalars by the facts did not end within {MAX_ROUNDS} rounds")


# Facts with cofactors --------------------------------------------------------------------------------------------


def _with_cofactors(goal: Term, facts: tuple[Term, ...], cofactors: Any) -> Term:
    """The term left - right - sum_k c_k L_k (h_k.lhs - h_k.rhs) R_k, of which the evidence claims that it is zero."""
    difference = _difference(goal)
    try:
        for index, is_transposed, factor, before, after in cofactors:
            if not 0 <= index < len(facts) or facts[index].op != "eq":
                raise Refusal("a cofactor names a fact that is no equation", got=str(index))
            term = _difference(facts[index])
            term = transpose(term) if is_transposed else term
            term = term if before is None else before * term
            term = term if after is None else term * after
            if term.sort.kind == "matrix" and difference.sort.kind != "matrix":
                term = trace(term)
            difference = difference - factor * term
    except (SortError, TypeError, ValueError) as error:
        raise Refusal("the cofactors do not fit the facts", got=str(error)) from error
    if problem := ill_formed(difference):
        raise Refusal("a cofactor is not what it says", got=problem)
    return difference


RULE = Rule(
    name="matrix",
    decides=(
        "Equations in the ring of real matrices of symbolic size (sums, products, transposes, inverses of matrices that"
        " are known to be invertible, traces), modulo cited equations as rewrite rules or with cofactors."
    ),
    refuses=(
        "When the normal forms differ, when an inverse would have to cancel without an invertibility fact, when"
        " rewriting does not end within its limit, or when the goal is no equation."
    ),
    sentence="by computing with matrices",
    check=check,
)
