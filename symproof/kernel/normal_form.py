"""The normal form of numeric terms: a polynomial over Q in atoms, with finite sums, piecewise terms and inverses.

Two terms with the same normal form are equal (in every interpretation of their variables). The rewriting used:

* ring laws; division by ``b`` is multiplication by ``inv(b)``, and ``inv`` distributes over products;
* ``ite(c, a, b) = [c] (a - b) + b`` with the indicator ``[c]``; connectives become polynomials in indicators;
* sums are linear; what does not depend on the index moves out; nested sums become one sum over several indices, whose
  order is canonical; an indicator ``[i = t]`` under a sum over i selects the term at t; the last terms of a sum up to
  n + 1, n + 2, ... are split off; sums over few literal indices are expanded;
* the absolute value is multiplicative, even, and its square is the square of its argument.

Where a law needs a side condition (t within the range of the sum, n + 1 not before its start, a condition of a
piecewise term decided), the normal form asks ``decide``, and leaves the term as an atom when the answer is not yes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import permutations

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.polynomial import Monomial, Polynomial
from symproof.kernel.rule import Refusal
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import BOOL, INT, Sort
from symproof.logic.term import BINDERS, Term, abstract, apply, coerce, free_variables, instantiate, relation, subst

__all__ = ["Decide", "Normalizer", "Undecided", "canonical", "clear_denominators", "never", "normal_form"]

Decide = Callable[[Sequent, Term], bool]

MAX_EXPANDED_TERMS = 64
MAX_SPLIT_TERMS = 3
MAX_PERMUTED_INDICES = 4

ONE = coerce(1)
NOUGHT = coerce(0)
SYMMETRIC_RELATIONS = {"ge": "le", "gt": "lt"}


def never(_sequent: Sequent, _proposition: Term) -> bool:
    """The decision procedure that decides nothing."""
    return False


def normal_form(term: Term, sequent: Sequent | None = None, decide: Decide | None = None) -> Polynomial:
    """The normal form of a numeric term. Raises Refusal if it becomes too large."""
    if decide is None or sequent is None:
        return Undecided()(term)
    return Normalizer(sequent, decide)(term)


@lru_cache(maxsize=50_000)
def canonical(term: Term) -> Term:
    """A term in normal form, equal to ``term``; the same for terms of equal normal form. Any sort."""
    return Undecided().canonical(term)


class Normalizer:
    """Computes normal forms in one sequent with one decision procedure."""

    def __init__(self, sequent: Sequent, decide: Decide) -> None:
        self.sequent, self.decide = sequent, decide
        self._cache: dict[Term, Polynomial] = {}

    def _under(self, sequent: Sequent) -> Normalizer:
        return Normalizer(sequent, self.decide)

    def __call__(self, term: Term) -> Polynomial:
        """The normal form of a numeric term. Raises Refusal if it becomes too large."""
        found = self._cache.get(term)
        if found is None:
            found = self._cache[term] = self._decided(term)
        return found

    def _decided(self, term: Term) -> Polynomial:
        """The normal form; the one of all sequents if nothing had to be decided for it."""
        if term.args:
            form, asked = _undecided(term)
            if not asked and not isinstance(form, Refusal):
                return form
        return self._normalize(term)

    # Ring operations ---------------------------------------------------------------------------------------------

    def _normalize(self, t: Term) -> Polynomial:
        op, args = t.op, t.args
        if op == "num":
            return poly.constant(poly.rational(t.data))
        if op in ("add", "sub"):
            return poly.add(self(args[0]), self(args[1]), 1 if op == "add" else -1)
        if op == "neg":
            return poly.scale(self(args[0]), fmpq(-1))
        if op == "mul":
            return self.product(self(args[0]), self(args[1]))
        if op == "div":
            return self.product(self(args[0]), self.reciprocal(self(args[1])))
        if op == "inv":
            return self.reciprocal(self(args[0]))
        if op == "pow":
            return self._power(t)
        if op == "ite":
            chosen = self.indicator(args[0])
            if (value := poly.constant_value(chosen)) is not None:
                return self(args[1]) if value == 1 else self(args[2])
            otherwise = self(args[2])
            return poly.add(self.product(chosen, poly.add(self(args[1]), otherwise, -1)), otherwise)
        if op == "sum":
            return self._sum(t)
        if op == "abs":
            return self._absolute(self(args[0]))
        if op in ("min", "max"):
            return self._extremum(t)
        return poly.atom(self.canonical(t))

    def product(self, p: Polynomial, q: Polynomial) -> Polynomial:
        """P q, with the laws of absolute values and, where an atom is decided to be non-zero, of inverses."""
        result = poly.multiply(p, q)
        if not any(t.op in ("abs", "inv") for m in result for t, _ in m):
            return result
        total: Polynomial = {}
        for monomial, coefficient in result.items():
            total = poly.add(total, self._reduce(monomial), coefficient)
        return total

    def _reduce(self, monomial: Monomial) -> Polynomial:
        kept: list[tuple[Term, int]] = []
        squares: Polynomial = poly.constant(fmpq(1))
        powers = dict(monomial)
        for term, exponent in monomial:
            if term.op == "abs" and exponent > 1:
                squares = poly.multiply(squares, poly.power(self(term.args[0]), exponent - exponent % 2))
                exponent %= 2
            elif self._cancels(term, powers) or self._cancels(poly.inverse_atom(term), powers):
                continue
            if exponent:
                kept.append((term, exponent))
        return poly.multiply({poly.sort_monomial(kept): fmpq(1)}, squares)

    def _cancels(self, term: Term, powers: dict[Term, int]) -> bool:
        """Whether ``term`` is inv(a) beside an atom a that is decided to be non-zero."""
        if term.op != "inv" or term not in powers or term.args[0] not in powers:
            return False
        return self.decide(self.sequent, relation("ne", term.args[0], NOUGHT))

    def reciprocal(self, p: Polynomial) -> Polynomial:
        """1/p (with 1/0 = 0)."""
        value = poly.constant_value(p)
        if value is not None:
            return poly.constant(1 / value) if value != 0 else {}
        shared = poly.common_monomial(p)
        lead, rest = poly.primitive_part({poly.divide_monomial(m, shared): c for m, c in p.items()})
        result = poly.constant(1 / lead)
        for term, exponent in shared:
            if term.op == "inv":
                inverted = self(term.args[0])
            else:
                inverted = poly.atom(term if poly.is_indicator(term) else poly.inverse_atom(term))
            result = self.product(result, poly.power(inverted, exponent))
        if poly.constant_value(rest) is None:
            result = self.product(result, poly.atom(poly.inverse_atom(poly.to_term(rest))))
        return result

    def _power(self, t: Term) -> Polynomial:
        base, exponent = self(t.args[0]), self(t.args[1])
        value = poly.constant_value(exponent)
        if value is not None and value.q == 1:
            n = int(value.p)
            if n >= 0:
                result = poly.power(base, n)
                return self.product(result, poly.constant(fmpq(1)))
            return self.product(poly.power(self.reciprocal(base), -n), poly.constant(fmpq(1)))
        whole = exponent.get((), fmpq(0))
        if whole.q == 1 and 0 < whole.p <= MAX_SPLIT_TERMS and poly.is_integral(exponent):
            rest = poly.add(exponent, poly.constant(whole), -1)
            rest_term = poly.to_term(rest)
            if self.decide(self.sequent, relation("le", NOUGHT, rest_term)):
                inner = poly.atom(poly.to_term(base) ** rest_term)
                return self.product(inner, poly.power(base, int(whole.p)))
        return poly.atom(poly.to_term(base) ** poly.to_term(exponent))

    # Absolute values, minima, maxima --------------------------------------------------------------------------------

    def _absolute(self, p: Polynomial) -> Polynomial:
        value = poly.constant_value(p)
        if value is not None:
            return poly.constant(abs(value))
        shared = poly.common_monomial(p)
        lead, rest = poly.primitive_part({poly.divide_monomial(m, shared): c for m, c in p.items()})
        result = poly.constant(abs(lead))
        for term, exponent in shared:
            if term.op == "abs" or poly.is_indicator(term) or exponent % 2 == 0 or self._nonnegative(term):
                factor = poly.atom(term, exponent)
            else:
                factor = poly.multiply(
                    poly.atom(term, exponent - 1) if exponent > 1 else poly.constant(fmpq(1)), self._absolute_atom(term)
                )
            result = self.product(result, factor)
        if poly.constant_value(rest) is None:
            whole = poly.to_term(rest)
            if self._nonnegative(whole):
                return self.product(result, rest)
            if self.decide(self.sequent, relation("le", whole, NOUGHT)):
                return self.product(result, poly.scale(rest, fmpq(-1)))
            result = self.product(result, poly.atom(Term("abs", (whole,), None, whole.sort)))
        return result

    def _absolute_atom(self, term: Term) -> Polynomial:
        if term.op == "inv":
            return self.reciprocal(self._absolute(self(term.args[0])))
        if self.decide(self.sequent, relation("le", term, NOUGHT)):
            return poly.scale(poly.atom(term), fmpq(-1))
        return poly.atom(Term("abs", (term,), None, term.sort))

    def _nonnegative(self, term: Term) -> bool:
        return self.decide(self.sequent, relation("le", NOUGHT, term))

    def _extremum(self, t: Term) -> Polynomial:
        parts: list[Term] = []
        for arg in t.args:
            inner = self.canonical(arg)
            parts += inner.args if inner.op == t.op else (inner,)
        literals = [p.data for p in parts if p.op == "num"]
        rest = sorted({p for p in parts if p.op != "num"}, key=lambda p: p.digest)
        if literals:
            rest.insert(0, coerce(min(literals) if t.op == "min" else max(literals)))
        if len(rest) == 1:
            return self(rest[0])
        sort = INT if all(r.sort == INT for r in rest) else t.sort
        return poly.atom(Term(t.op, tuple(rest), None, sort))

    # Indicators ------------------------------------------------------------------------------------------------------

    def indicator(self, c: Term) -> Polynomial:
        """The polynomial that is 1 where the proposition ``c`` holds and 0 where it does not."""
        one = poly.constant(fmpq(1))
        if c.op in ("true", "false"):
            return one if c.op == "true" else {}
        if self.decide(self.sequent, c):
            return one
        if self.decide(self.sequent, Term("not", (c,), None, BOOL)):
            return {}
        if c.op == "not":
            return poly.add(one, self.indicator(c.args[0]), -1)
        if c.op == "and":
            result = one
            for part in c.args:
                result = poly.multiply(result, self.indicator(part))
            return result
        if c.op in ("or", "implies"):
            parts = c.args if c.op == "or" else (Term("not", (c.args[0],), None, BOOL), c.args[1])
            none = one
            for part in parts:
                none = poly.multiply(none, poly.add(one, self.indicator(part), -1))
            return poly.add(one, none, -1)
        if c.op in ("eq", "ne", "le", "lt", "ge", "gt") and c.args[0].sort.is_number:
            return self._indicator_of_relation(c)
        return poly.atom(Term("ite", (self.canonical(c), ONE, NOUGHT), None, INT))

    def _indicator_of_relation(self, c: Term) -> Polynomial:
        one = poly.constant(fmpq(1))
        a, b = c.args
        if c.op in ("ne", "lt", "gt"):
            flipped = {"ne": ("eq", a, b), "lt": ("le", b, a), "gt": ("le", a, b)}[c.op]
            return poly.add(one, self.indicator(relation(*flipped)), -1)
        low, high = (b, a) if c.op == "ge" else (a, b)
        difference = poly.add(self(high), self(low), -1)
        value = poly.constant_value(difference)
        if value is not None:
            return one if value == 0 or (c.op != "eq" and value > 0) else {}
        lead, monic = poly.primitive_part(difference)
        if c.op != "eq" and lead < 0:
            monic = poly.scale(monic, fmpq(-1))
        condition = relation("eq" if c.op == "eq" else "le", NOUGHT, poly.to_term(monic))
        return poly.atom(Term("ite", (condition, ONE, NOUGHT), None, INT))

    # Sums ------------------------------------------------------------------------------------------------------------

    def _sum(self, t: Term) -> Polynomial:
        low, high = self(t.args[0]), self(t.args[1])
        span = poly.constant_value(poly.add(high, low, -1))
        low_term, high_term = poly.to_term(low), poly.to_term(high)
        if span is not None and poly.is_integral(low) and span < MAX_EXPANDED_TERMS:
            return self._literal_terms(t, low, int(span.p) + 1)
        tail = high.get((), fmpq(0)) - low.get((), fmpq(0)) + 1
        if tail > 0 and tail <= MAX_SPLIT_TERMS and tail.q == 1 and poly.is_integral(high):
            start = poly.add(high, poly.constant(tail), -1)
            if self.decide(self.sequent, relation("le", low_term, poly.to_term(start) + 1)):
                head = Term("sum", (t.args[0], poly.to_term(start), t.args[2]), t.data, t.sort)
                after = poly.add(start, poly.constant(fmpq(1)))
                return poly.add(
                    self._general_sum(head, low_term, poly.to_term(start)), self._literal_terms(t, after, int(tail.p))
                )
        return self._general_sum(t, low_term, high_term)

    def _literal_terms(self, t: Term, first: Polynomial, count: int) -> Polynomial:
        total: Polynomial = {}
        for offset in range(count):
            index = poly.to_term(poly.add(first, poly.constant(fmpq(offset))))
            total = poly.add(total, self(instantiate(t, (index,))))
        return total

    def _temporary(self, binder: Term) -> tuple[Term, ...]:
        """Variables for the binders of a term, of names that are not free in it: no outer index is captured."""
        used = {v.data for v in free_variables(binder)} | self.sequent.names()
        number = 1
        while True:
            names = [f"¤{number}.{position}" for position in range(len(binder.data))]
            if not used.intersection(names):
                return tuple(Term("var", (), n, b.sort) for n, b in zip(names, binder.data, strict=True))
            number += 1

    def _open(self, binder: Term) -> tuple[Term, Term]:
        (index,) = self._temporary(binder)
        return index, instantiate(binder, (index,))

    def _general_sum(self, t: Term, low: Term, high: Term) -> Polynomial:
        index, body = self._open(t)
        inside = self.sequent.with_variable(index)
        inside = inside.with_hypothesis("", low <= index).with_hypothesis("", index <= high)
        total: Polynomial = {}
        for monomial, coefficient in self._under(inside)(body).items():
            total = poly.add(total, self._sum_of_monomial(monomial, index, low, high), coefficient)
        return total

    def _sum_of_monomial(self, monomial: Monomial, index: Term, low: Term, high: Term) -> Polynomial:
        outside = tuple((a, e) for a, e in monomial if index not in free_variables(a))
        inside = tuple((a, e) for a, e in monomial if index in free_variables(a))
        factor: Polynomial = {outside: fmpq(1)}
        for position, (a, _) in enumerate(inside):
            target = _selected(a, index)
            if target is None:
                continue
            within = (relation("le", low, target), relation("le", target, high))
            others = inside[:position] + inside[position + 1 :]
            if all(self.decide(self.sequent, p) for p in within):
                chosen = subst(poly.product_term(others, fmpq(1)), {index: target})
                return self.product(factor, self(chosen))
            if any(self.decide(self.sequent, Term("not", (p,), None, BOOL)) for p in within):
                return {}
        if not inside and self.decide(self.sequent, relation("le", low, high + 1)):
            return self.product(factor, self(high - low + 1))
        return self.product(factor, poly.atom(_sum_atom(inside, index, low, high)))

    # Canonical terms of any sort -----------------------------------------------------------------------------------

    def canonical(self, t: Term) -> Term:
        """A term equal to ``t`` whose numeric parts are in normal form."""
        if t.op in ("var", "bound", "num") or not t.args:
            return t
        if t.sort.is_number and t.op in _POLYNOMIAL_OPS:
            return poly.to_term(self(t))
        if t.op in ("le", "lt", "ge", "gt", "eq", "ne") and t.args[0].sort.is_number:
            a, b = (self.canonical(x) for x in t.args)
            return relation(SYMMETRIC_RELATIONS[t.op], b, a) if t.op in SYMMETRIC_RELATIONS else relation(t.op, a, b)
        if t.op in BINDERS:
            return self._canonical_binder(t)
        if t.op == "apply":
            return apply(self.canonical(t.args[0]), tuple(self.canonical(a) for a in t.args[1:]))
        return Term(t.op, tuple(self.canonical(a) for a in t.args), t.data, t.sort)

    def _canonical_binder(self, t: Term) -> Term:
        names = self._temporary(t)
        before = tuple(self.canonical(a) for a in t.args[:-1])
        scope = self.sequent
        if t.op in ("minover", "maxover"):
            scope = scope.with_variable(names[0])
            scope = scope.with_hypothesis("", before[0] <= names[0]).with_hypothesis("", names[0] <= before[1])
        body = self._under(scope).canonical(instantiate(t, names))
        final = _final_names([v.sort for v in names], _height(body), free_variables(body) - set(names))
        body = canonical(subst(body, dict(zip(names, final, strict=True))))
        if (
            t.op == "lam"
            and body.op == "apply"
            and body.args[1:] == final
            and not free_variables(body.args[0]) & set(final)
        ):
            return body.args[0]
        binders, inner = abstract(body, final)
        hinted = tuple(b._replace(hint=old.hint) for b, old in zip(binders, t.data, strict=True))
        sort = Sort("fun", (*(b.sort for b in binders), inner.sort)) if t.op == "lam" else t.sort
        return Term(t.op, (*before, inner), hinted, sort)


class Undecided(Normalizer):
    """The normalizer that decides nothing; it notes whether it had to ask.

    What it computes without asking is the normal form in every sequent.
    """

    def __init__(self) -> None:
        super().__init__(Sequent(), self._no)
        self.asked = False

    def _no(self, _sequent: Sequent, _proposition: Term) -> bool:
        self.asked = True
        return False

    def _under(self, sequent: Sequent) -> Normalizer:
        return self

    def __call__(self, term: Term) -> Polynomial:
        """The normal form of a numeric term where nothing is known. Raises Refusal if it becomes too large."""
        form, asked = _undecided(term)
        self.asked = self.asked or asked
        if isinstance(form, Refusal):
            raise Refusal(form.reason)
        return form


@lru_cache(maxsize=100_000)
def _undecided(term: Term) -> tuple[Polynomial | Refusal, bool]:
    """(the normal form where nothing is known, or why there is none; whether something known could change it)."""
    normalizer = Undecided()
    try:
        return normalizer._normalize(term), normalizer.asked
    except Refusal as refusal:
        return refusal.with_traceback(None), normalizer.asked


_POLYNOMIAL_OPS = frozenset({"add", "sub", "neg", "mul", "div", "inv", "pow", "ite", "sum", "abs", "min", "max"})


def _final_names(sorts: Sequence[Sort], height: int, outer: frozenset[Term]) -> tuple[Term, ...]:
    """Variables named by the height of what they will bind, so that the order of factors under binders is canonical.

    Inner binders get smaller numbers than outer ones; a number that is free in the scope is skipped.
    """
    taken = {v.data for v in outer}
    while taken.intersection(f"§{height + k}" for k in range(len(sorts))):
        height += 1
    last = height + len(sorts) - 1
    return tuple(Term("var", (), f"§{last - position}", sort) for position, sort in enumerate(sorts))


def _height(term: Term) -> int:
    """How many binders are nested in a term."""
    inner = max((_height(a) for a in term.args), default=0)
    return inner + len(term.data) if term.op in BINDERS else inner


def _selected(a: Term, index: Term) -> Term | None:
    """t, if the atom ``a`` is an indicator [index = t] with t free of the index."""
    if not poly.is_indicator(a) or a.args[0].op != "eq":
        return None
    difference = normal_form(a.args[0].args[1])
    own = ((index, 1),)
    coefficient = difference.get(own)
    if coefficient is None or abs(coefficient) != 1:
        return None
    rest = {m: c for m, c in difference.items() if m != own}
    if any(index in free_variables(t) for m in rest for t, _ in m) or not poly.is_integral(rest):
        return None
    return poly.to_term(poly.scale(rest, -coefficient))


def _factors(term: Term) -> Iterator[tuple[Term, int]]:
    """The factors of a product term built by ``product_term`` with coefficient 1."""
    if term.op == "mul":
        yield from _factors(term.args[0])
        yield from _factors(term.args[1])
    elif term.op == "pow" and term.args[1].op == "num" and term.args[1].data.denominator == 1:
        yield term.args[0], int(term.args[1].data)
    elif term != ONE:
        yield term, 1


def _open_sum(
    a: Term, exponent: int, counter: list[int]
) -> tuple[list[tuple[Term, Term, Term]], list[tuple[Term, int]]]:
    """Indices (with bounds) and factors of a power of a canonical sum."""
    indices: list[tuple[Term, Term, Term]] = []
    factors: list[tuple[Term, int]] = []
    for _ in range(exponent):
        t = a
        while t.op == "sum":
            counter[0] += 1
            index = Term("var", (), f"¶{counter[0]}", INT)
            indices.append((index, t.args[0], t.args[1]))
            t = instantiate(t, (index,))
        factors += _factors(t)
    return indices, factors


def _number(variable: Term) -> int:
    """N for a variable ¶n, else 0."""
    name = str(variable.data)
    return int(name[1:]) if name[:1] == "¶" else 0


def _sum_atom(inside: Monomial, index: Term, low: Term, high: Term) -> Term:
    """The canonical sum over ``index`` of a product of atoms that all depend on it."""
    indices = [(index, low, high)]
    factors: list[tuple[Term, int]] = []
    counter = [max([0, *(_number(v) for a, _ in inside for v in free_variables(a))])]
    for a, exponent in inside:
        if a.op == "sum":
            more, parts = _open_sum(a, exponent, counter)
            indices += more
            factors += parts
        else:
            factors.append((a, exponent))
    orders = permutations(indices) if len(indices) <= MAX_PERMUTED_INDICES else iter([tuple(indices)])
    candidates = [_nest(order, factors) for order in orders if _well_ordered(order)]
    return min(candidates, key=lambda t: t.digest)


def _well_ordered(order: tuple[tuple[Term, Term, Term], ...]) -> bool:
    """Whether the bounds of each index mention only earlier ones."""
    later = {index for index, _, _ in order}
    for index, low, high in order:
        if (free_variables(low) | free_variables(high)) & later:
            return False
        later.discard(index)
    return True


def _nest(order: tuple[tuple[Term, Term, Term], ...], factors: list[tuple[Term, int]]) -> Term:
    height = max((_height(a) for a, _ in factors), default=0)
    parts = [a for a, _ in factors] + [bound for _, low, high in order for bound in (low, high)]
    outer = frozenset().union(*(free_variables(part) for part in parts)) - {index for index, _, _ in order}
    names = _final_names([INT] * len(order), height, outer)
    final = {index: name for (index, _, _), name in zip(order, names, strict=True)}
    powers: dict[Term, int] = {}
    for a, exponent in factors:
        renamed = canonical(subst(a, final))
        powers[renamed] = 1 if poly.is_indicator(renamed) else powers.get(renamed, 0) + exponent
    body = poly.product_term(poly.sort_monomial(powers.items()), fmpq(1))
    for index, low, high in reversed(order):
        bounds = (canonical(subst(low, final)), canonical(subst(high, final)))
        binders, inner = abstract(body, (final[index],))
        body = Term("sum", (*bounds, inner), binders, inner.sort if inner.sort.is_number else body.sort)
    return body


def clear_denominators(p: Polynomial, sequent: Sequent, decide: Decide) -> tuple[Polynomial, tuple[Term, ...]]:
    """(q, obligations): q is p times its denominators; zero exactly where p is if they are not zero."""
    normalizer = Normalizer(sequent, decide)
    obligations: list[Term] = []
    for _ in range(8):
        inverses = sorted({t for m in p for t, _ in m if t.op == "inv"}, key=lambda t: t.digest)
        if not inverses or not p:
            break
        target = inverses[0]
        base = normalizer(target.args[0])
        highest = max(dict(m).get(target, 0) for m in p)
        total: Polynomial = {}
        for monomial, coefficient in p.items():
            exponent = dict(monomial).get(target, 0)
            rest = tuple((t, e) for t, e in monomial if t != target)
            part = normalizer.product({rest: coefficient}, poly.power(base, highest - exponent))
            total = poly.add(total, part)
        obligations.append(relation("ne", target.args[0], NOUGHT))
        p = total
    return p, tuple(obligations)
