"""Normal forms of numeric terms: polynomials over Q in atoms, such that terms with the same one are equal.

They are equal for all values of their variables, in every structure where x/0 is 0. What is used beside the ring laws:

* ``a/b = a (1/b)``, and ``1/(ab) = (1/a)(1/b)``;
* ``ite(c, a, b) = [c] (a - b) + b`` with the indicator [c], 1 where c holds and 0 elsewhere;
* a sum is linear, factors without the index leave it, sums in a product under it join it, an indicator [i = t] under a
  sum over i leaves the value at t; a short literal range is written out, and so are the last terms of a range of
  ``N + 1``, ``N + 2``, ... terms;
* ``|ab| = |a| |b|``, ``|a|^2 = a^2``;
* powers with literal natural exponents are written out (``a^0 = 1``), ``a^-n = (1/a)^n`` if a is not 0, and
  ``a^(N + 1) = a^N a`` for an integer N >= 0.

Where such a law has a condition (a sign; t within the range; N >= 0), the scope is asked. The scope of
``normal_form`` says no to everything.
"""

from __future__ import annotations

from functools import lru_cache
from math import gcd
from typing import Protocol

from flint import fmpq

from symproof.recheck import polynomial as poly
from symproof.recheck.bound_name import bound_names, fresh_variable, height
from symproof.recheck.indicator import choice
from symproof.recheck.polynomial import ZERO, Monomial, Polynomial
from symproof.recheck.range_sum import closed_sum
from symproof.recheck.refused import Refused
from symproof.recheck.term import (
    BINDING,
    INT,
    Sort,
    Term,
    abstracted,
    build,
    connective,
    free_variables,
    num,
    op,
    rebuilt,
    relation,
    substituted,
)  # fmt: skip

__all__ = ["Normalizer", "Scope", "canonical", "normal_form"]

MAX_WRITTEN_OUT = 64
MAX_SPLIT = 3


class Scope(Protocol):
    """What is known where a term stands."""

    def holds(self, proposition: Term) -> bool:
        """Whether the proposition is shown to hold; False says nothing."""

    def inside(self, variable: Term, *known: Term) -> Scope:
        """The scope with a fresh variable, of which these propositions are known."""

    def fresh(self, sort: Sort, *apart: Term) -> Term:
        """A variable of which nothing is known here, and that is not free in the terms ``apart``."""


def normal_form(term: Term) -> Polynomial:
    """The normal form where nothing is known. Raises Refused if it is too long."""
    found, _ = _plain(term)
    if isinstance(found, str):
        raise Refused(found, undecided=True)
    return found


@lru_cache(maxsize=100_000)
def canonical(term: Term) -> Term:
    """An equal (or equivalent) term of any sort, its numeric parts in normal form; the same for equal normal forms."""
    return Normalizer(_Nothing()).canonical(term)


class _Nothing:
    """The scope where nothing is known; it notes whether it was asked."""

    def __init__(self) -> None:
        self.asked = False

    def holds(self, proposition: Term) -> bool:
        self.asked = True
        return False

    def inside(self, variable: Term, *known: Term) -> _Nothing:
        return self

    def fresh(self, sort: Sort, *apart: Term) -> Term:
        return fresh_variable(sort, {v.name for t in apart for v in free_variables(t)})


@lru_cache(maxsize=100_000)
def _plain(term: Term) -> tuple[Polynomial | str, bool]:
    """(the normal form where nothing is known, or why there is none; whether something known could change it)."""
    scope = _Nothing()
    try:
        return Normalizer(scope).compute(term), scope.asked
    except Refused as refused:
        return refused.reason, True


class Normalizer:
    """Normal forms in one scope."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._known: dict[Term, Polynomial] = {}

    def __call__(self, term: Term) -> Polynomial:
        """The normal form of a numeric term. Raises Refused if it is too long."""
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._of(term)
        return found

    def _of(self, term: Term) -> Polynomial:
        if not term.sort.number:
            raise Refused(f"no number: {term}")
        plain, asked = _plain(term)
        if isinstance(self.scope, _Nothing):
            self.scope.asked |= asked
            asked = False
        if asked:
            return self.compute(term)
        if isinstance(plain, str):
            raise Refused(plain, undecided=True)
        return plain

    def compute(self, t: Term) -> Polynomial:
        """The normal form from those of the parts."""
        args = t.args
        if t.op == "num":
            return poly.constant(poly.rational(t.data))
        if t.op in ("add", "sub"):
            return poly.plus(self(args[0]), self(args[1]), 1 if t.op == "add" else -1)
        if t.op == "neg":
            return poly.scaled(self(args[0]), -1)
        if t.op == "mul":
            return self.product(self(args[0]), self(args[1]))
        if t.op == "div":
            return self.product(self(args[0]), self.inverse(self(args[1])))
        if t.op == "pow":
            return self._power(*args)
        if t.op == "abs":
            return self._absolute(self(args[0]))
        if t.op in ("min", "max"):
            return self._extremum(t)
        if t.op == "ite":
            return choice(args[0], args[1], args[2], self)
        if t.op == "sum":
            return self._sum(t)
        return poly.atom(self.canonical(t))

    # Products, inverses, powers ----------------------------------------------------------------------------------

    def product(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """``p q``; squares of absolute values are squares, and ``a (1/a)`` is 1 where a is known not to be 0."""
        result = poly.times(p, q)
        total: Polynomial = {}
        for m, c in result.items():
            if any((t.op == "abs" and e > 1) or poly.is_inverse(t) for t, e in m):
                total = poly.plus(total, self._reduced(m), c)
            else:
                total = poly.plus(total, {m: c})
        return total

    def _reduced(self, m: Monomial) -> Polynomial:
        powers, squares = dict(m), poly.constant(1)
        for t, e in m:
            if t.op == "abs" and e > 1:
                squares = poly.times(squares, poly.power(self(t.args[0]), e - e % 2))
                powers[t] = e % 2
            elif poly.is_inverse(t) and t.args[1] in powers and self._nonzero(t.args[1]):
                powers[t] = powers[t.args[1]] = 0
        return poly.times({poly.monomial((t, e) for t, e in powers.items() if e): fmpq(1)}, squares)

    def _nonzero(self, t: Term) -> bool:
        return self.scope.holds(relation("ne", t, ZERO))

    def _nonnegative(self, t: Term) -> bool:
        return self.scope.holds(relation("le", ZERO, t))

    def inverse(self, p: Polynomial) -> Polynomial:
        """``1/p``, 0 where p is 0."""
        value = poly.number(p)
        if value is not None:
            return poly.constant(1 / value) if value != 0 else {}
        common, lead, rest = poly.split_common(p)
        result = poly.constant(1 / lead)
        for t, e in common:
            if poly.is_inverse(t):
                inverted = self(t.args[1])
            else:
                inverted = poly.atom(t if poly.is_indicator(t) else poly.inverse(t))
            result = self.product(result, poly.power(inverted, e))
        if poly.number(rest) is None:
            result = self.product(result, poly.atom(poly.inverse(poly.to_term(rest))))
        return result

    def _power(self, base_term: Term, exponent_term: Term) -> Polynomial:
        base, exponent = self(base_term), self(exponent_term)
        value = poly.number(exponent)
        if value is not None and value.q == 1:
            n = int(value.p)
            if n >= 0:
                return self.product(poly.power(base, n), poly.constant(1))
            if self.scope.holds(relation("ne", base_term, ZERO)):
                return self.product(poly.power(self.inverse(base), -n), poly.constant(1))
            return poly.atom(op("pow", poly.to_term(base), num(n)))
        more = exponent.get((), fmpq(0))
        if poly.whole(exponent) and 0 < more <= MAX_SPLIT:
            rest = poly.to_term(poly.plus(exponent, poly.constant(more), -1))
            if self._nonnegative(rest):
                return self.product(poly.atom(op("pow", poly.to_term(base), rest)), poly.power(base, int(more.p)))
        return poly.atom(op("pow", poly.to_term(base), poly.to_term(exponent)))

    # Absolute values, minima, maxima -------------------------------------------------------------------------------

    def _absolute(self, p: Polynomial) -> Polynomial:
        value = poly.number(p)
        if value is not None:
            return poly.constant(abs(value))
        common, lead, rest = poly.split_common(p)
        if poly.whole(poly.scaled(rest, lead)):
            divisor = gcd(*(int((c * lead).p) for c in rest.values()))
            rest, lead = poly.scaled(rest, abs(lead) / divisor), fmpq(divisor)
        result = poly.constant(abs(lead))
        for t, e in common:
            size = poly.atom(t) if e % 2 == 0 else self._size(t)
            result = self.product(result, poly.times(size, poly.atom(t, e - 1)) if e > 1 else size)
        if poly.number(rest) is None:
            inner = poly.to_term(rest)
            result = self.product(result, self._by_sign(inner, rest))
        return result

    def _size(self, t: Term) -> Polynomial:
        """``|t|`` for an atom t."""
        if t.op == "abs" or poly.is_indicator(t):
            return poly.atom(t)
        if poly.is_inverse(t):
            return self.inverse(self._absolute(self(t.args[1])))
        return self._by_sign(t, poly.atom(t))

    def _by_sign(self, t: Term, p: Polynomial) -> Polynomial:
        if self._nonnegative(t):
            return p
        if self.scope.holds(relation("le", t, ZERO)):
            return poly.scaled(p, -1)
        return poly.atom(op("abs", t))

    def _extremum(self, t: Term) -> Polynomial:
        parts: set[Term] = set()
        for a in t.args:
            a = self.canonical(a)
            parts |= set(a.args) if a.op == t.op else {a}
        literals = [p.data for p in parts if p.op == "num"]
        rest = sorted((p for p in parts if p.op != "num"), key=poly.rank)
        if literals:
            rest.append(num(min(literals) if t.op == "min" else max(literals)))
        return self(rest[0]) if len(rest) == 1 else poly.atom(op(t.op, *rest))

    # Sums ------------------------------------------------------------------------------------------------------------

    def _sum(self, t: Term) -> Polynomial:
        low, high = self(t.args[0]), self(t.args[1])
        count = poly.plus(poly.plus(high, low, -1), poly.constant(1))
        length = poly.number(count)
        if length is not None and length <= MAX_WRITTEN_OUT:
            return self._written_out(t, low, int(length.p))
        extra = count.get((), fmpq(0))
        if 0 < extra <= MAX_SPLIT and extra.q == 1 and length is None:
            rest = poly.plus(high, poly.constant(extra), -1)
            if self._nonnegative(poly.to_term(poly.plus(count, poly.constant(extra), -1))):
                last = self._written_out(t, poly.plus(rest, poly.constant(1)), int(extra.p))
                return poly.plus(self._over_range(t, poly.to_term(low), poly.to_term(rest)), last)
        return self._over_range(t, poly.to_term(low), poly.to_term(high))

    def _written_out(self, t: Term, first: Polynomial, count: int) -> Polynomial:
        total: Polynomial = {}
        for k in range(count):
            total = poly.plus(total, self(t.at(poly.to_term(poly.plus(first, poly.constant(k))))))
        return total

    def _over_range(self, t: Term, low: Term, high: Term) -> Polynomial:
        index = self.scope.fresh(INT, t)
        inner = Normalizer(self.scope.inside(index, relation("le", low, index), relation("le", index, high)))
        total: Polynomial = {}
        for m, c in inner(t.at(index)).items():
            total = poly.plus(total, self._of_product(m, index, low, high), c)
        return total

    def _of_product(self, m: Monomial, index: Term, low: Term, high: Term) -> Polynomial:
        """The sum of a product of atoms over an index."""
        outside: Polynomial = {tuple(power for power in m if index not in free_variables(power[0])): fmpq(1)}
        inside = tuple(power for power in m if index in free_variables(power[0]))
        for k, (t, _) in enumerate(inside):
            place = _selected(t, index)
            if place is None:
                continue
            within = relation("le", low, place), relation("le", place, high)
            if all(self.scope.holds(p) for p in within):
                rest = poly.to_term({inside[:k] + inside[k + 1 :]: fmpq(1)})
                return self.product(outside, self(substituted(rest, {index: place})))
            if any(self.scope.holds(connective("not", p)) for p in within):
                return {}
        if not inside:
            count = self(high - low + 1)
            if self._nonnegative(poly.to_term(count)):
                return self.product(outside, count)
        return self.product(outside, closed_sum(inside, index, low, high, normal_form, canonical))

    # Terms of any sort -----------------------------------------------------------------------------------------------

    def canonical(self, t: Term) -> Term:
        """An equal (or equivalent) term with its numeric parts in normal form."""
        if not t.args:
            return t
        if t.op in _POLYNOMIAL and t.sort.number:
            return poly.to_term(self(t))
        if t.op in ("ge", "gt"):
            t = relation("le" if t.op == "ge" else "lt", t.args[1], t.args[0])
        if t.op not in BINDING:
            return rebuilt(t, tuple(self.canonical(a) for a in t.args))
        before = tuple(self.canonical(a) for a in t.args[:-1])
        variables: list[Term] = []
        scope = self.scope
        for binder in t.binders:
            variables.append(scope.fresh(binder.sort, t, *variables))
            scope = scope.inside(variables[-1])
        body = Normalizer(scope).canonical(t.at(*variables))
        body, names = _renamed(body, variables)
        if t.op == "lam" and body.op == "apply" and body.args[1:] == names:
            function = body.args[0]
            if not free_variables(function) & set(names) and function.sort == t.sort:
                return function
        binders, inner = abstracted(body, names)
        hinted = tuple(b._replace(hint=old.hint) for b, old in zip(binders, t.binders, strict=True))
        return build(t.op, (*before, inner), hinted)


_POLYNOMIAL = frozenset({"add", "sub", "neg", "mul", "div", "pow", "ite", "sum", "abs", "min", "max"})


def _selected(t: Term, index: Term) -> Term | None:
    """The integer s, if the atom is the indicator [index = s] with s free of the index."""
    if not poly.is_indicator(t) or t.args[0].op != "eq":
        return None
    difference = poly.plus(normal_form(t.args[0].args[1]), normal_form(t.args[0].args[0]), -1)
    own = difference.get(((index, 1),))
    rest = {m: c for m, c in difference.items() if m != ((index, 1),)}
    if own is None or abs(own) != 1 or not poly.whole(rest):
        return None
    if any(index in free_variables(a) for m in rest for a, _ in m):
        return None
    return poly.to_term(poly.scaled(rest, -own))


def _renamed(body: Term, variables: list[Term]) -> tuple[Term, tuple[Term, ...]]:
    """The body in normal form with other names for its variables, which depend only on what it says.

    So the order of factors, which depends on names, does not depend on those that happened to be free.
    """
    outer = sorted(free_variables(body) - set(variables), key=poly.rank)
    names = bound_names([v.sort for v in variables], outer, height(body))
    return canonical(substituted(body, dict(zip(variables, names, strict=True)))), names
