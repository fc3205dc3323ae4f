"""Whether a polynomial in real algebraic numbers is zero: by an annihilating polynomial and a ball.

The numbers are roots of rationals and of expressions in such numbers, and sines and cosines of rational multiples of
pi. Each one satisfies a monic relation over the earlier ones (a**q = f, T_n(cos(k pi/n)) = (-1)**k,
sin**2 = 1 - cos**2). Multiplication by the given element in the quotient by these relations is a rational matrix, whose
characteristic polynomial the element satisfies (Cayley, Hamilton), and so does its value. A root of z**k Q(z) with
Q(0) != 0 is zero if it is smaller than every root of Q, which Cauchy's bound for the reciprocal polynomial decides.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import product

from flint import fmpq, fmpq_mat

from symproof.kernel import polynomial as poly
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.logic.rational_value import rational_value
from symproof.logic.term import Term, coerce

__all__ = ["is_algebraic_zero"]

MAX_DIMENSION = 162
MAX_STEPS = 20_000
PRECISION = 8192
PI_MONOMIAL: Monomial = ((Term("pi"), 1),)

Relation = tuple[int, Polynomial]
"""(n, p): the n-th power of the number is p, a polynomial of lower degree in it over earlier numbers."""


def is_algebraic_zero(p: Polynomial) -> bool:
    """Whether the value of ``p`` is zero. False if it is not, if an atom is of another kind, or beyond the limits."""
    try:
        relations: dict[Term, Relation] = {}
        for monomial in p:
            for t, _ in monomial:
                _collect(t, relations)
        dimension = 1
        for degree, _ in relations.values():
            dimension *= degree
        if dimension > MAX_DIMENSION:
            return False
        annihilator = _matrix(_reduced(p, relations), relations).charpoly().coeffs()
    except (_NotAlgebraicError, Refusal):
        return False
    while annihilator and annihilator[0] == 0:
        annihilator = annihilator[1:]
    if len(annihilator) > dimension:  # zero is no root
        return False
    if len(annihilator) == 1:  # a power of the element is zero
        return True
    first, largest = abs(annihilator[0]), max(abs(c) for c in annihilator[1:])
    bound, value = coerce(poly.to_fraction(first / (first + largest))), poly.to_term(p)
    try:
        return all(decide(small, {}, PRECISION) is True for small in (value < bound, -bound < value))
    except (Undefined, EvaluationError):
        return False


class _NotAlgebraicError(Exception):
    """An atom is not one of the algebraic numbers that have relations here."""


def _collect(t: Term, relations: dict[Term, Relation]) -> None:
    """Add the relation of ``t`` after those that it rests on."""
    if t in relations:
        return
    if t.op in ("cos", "sin"):
        angle = normal_form(t.args[0])
        if set(angle) != {PI_MONOMIAL}:
            raise _NotAlgebraicError
        if t.op == "cos":
            relations[t] = _chebyshev(t, angle[PI_MONOMIAL])
            return
        cosine = Term("cos", t.args)
        _collect(cosine, relations)
        relations[t] = 2, poly.add(poly.constant(fmpq(1)), poly.atom(cosine, 2), -1)
        return
    exponent = Fraction(1, 2) if t.op == "sqrt" else rational_value(t.args[1]) if t.op == "pow" else None
    if exponent is None or exponent.numerator != 1 or not 1 < exponent.denominator <= MAX_DIMENSION:
        raise _NotAlgebraicError
    base = normal_form(t.args[0])
    for monomial in base:
        for inner, _ in monomial:
            _collect(inner, relations)
    relations[t] = exponent.denominator, base


def _chebyshev(cosine: Term, turn: fmpq) -> Relation:
    """T_n(cosine) = (-1)**k for cosine = cos(k pi/n), solved for the highest power."""
    n = int(turn.q)
    if not 1 < n <= MAX_DIMENSION:
        raise _NotAlgebraicError
    x2: Polynomial = {((cosine, 1),): fmpq(2)}
    before, now = poly.constant(fmpq(1)), poly.atom(cosine)
    for _ in range(n - 1):
        before, now = now, poly.add(poly.multiply(x2, now), before, -1)
    lead = now[((cosine, n),)]
    rest = poly.add(now, {((cosine, n),): lead}, -1)
    return n, poly.scale(poly.add(poly.constant(fmpq(-1 if turn.p % 2 else 1)), rest, -1), 1 / lead)


def _reduced(p: Polynomial, relations: dict[Term, Relation]) -> Polynomial:
    """P with every exponent below the degree of its relation; later numbers are reduced first."""
    position = {t: k for k, t in enumerate(relations)}
    done: Polynomial = {}
    steps = 0
    while p:
        waiting: Polynomial = {}
        for monomial, coefficient in p.items():
            high = [(position[t], t) for t, e in monomial if e >= relations[t][0]]
            if not high:
                done = poly.add(done, {monomial: coefficient})
                continue
            steps += 1
            if steps > MAX_STEPS:
                raise Refusal("an algebraic number becomes too large")
            t = max(high)[1]
            rest = poly.divide_monomial(monomial, ((t, relations[t][0]),))
            waiting = poly.add(waiting, poly.multiply({rest: coefficient}, relations[t][1]))
        p = waiting
    return done


def _matrix(p: Polynomial, relations: dict[Term, Relation]) -> fmpq_mat:
    """Multiplication by ``p`` in the basis of the monomials with small exponents."""
    exponents = product(*(range(degree) for degree, _ in relations.values()))
    basis = [poly.sort_monomial((t, e) for t, e in zip(relations, es, strict=True) if e) for es in exponents]
    place = {monomial: k for k, monomial in enumerate(basis)}
    matrix = fmpq_mat(len(basis), len(basis))
    for column, monomial in enumerate(basis):
        for image, c in _reduced(poly.multiply({monomial: fmpq(1)}, p), relations).items():
            matrix[place[image], column] = c
    return matrix
