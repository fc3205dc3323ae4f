"""Search for cofactors: goal.lhs - goal.rhs as a combination of products c L h R of the facts h (untrusted).

Starting with the words of the goal, products of facts are collected in which such a word occurs, then the words of
these products are treated in the same way; the empty word, of an equation like A B = I, occurs everywhere. Linear
algebra over Q then decides whether the goal is a combination of the products found. The search is bounded in the
length of words and the number of products, so finding nothing says nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from flint import fmpq, fmpq_mat

from symproof.kernel import polynomial as poly
from symproof.kernel.matrix_ring import Combination, Letter, MatrixRing, Word, render, transposed
from symproof.kernel.polynomial import Monomial
from symproof.kernel.rule import Refusal
from symproof.kernel.rules.matrix import Cofactor
from symproof.kernel.sequent import conjuncts
from symproof.logic.matrix_notions import invertible_argument
from symproof.logic.sort import matrix_sort
from symproof.logic.syntax import inverse, trace
from symproof.logic.term import Term

__all__ = ["search"]

MAX_PRODUCTS = 400
MAX_ROUNDS = 4


class _Hypothesis(NamedTuple):
    """An equation ``terms = 0``; ``fact`` is None for the built-in equations X X^-1 = I."""

    fact: int | None
    is_transposed: bool
    terms: Combination
    rows: Term
    cols: Term


class _Product(NamedTuple):
    hypothesis: _Hypothesis
    factor: Monomial
    before: Word
    after: Word


Place = tuple[Word, Monomial]


def search(goal: Term, facts: tuple[Term, ...], max_length: int = 0) -> tuple[Cofactor, ...] | None:
    """Cofactors for the rule ``matrix``, or None if none were found.

    ``max_length`` bounds the length of words; 0 means six letters more than the longest word of the goal.
    """
    parts = tuple(p for fact in facts for p in conjuncts(fact))
    if goal.op != "eq":
        return None
    try:
        return _Search(goal, parts).run(max_length)
    except Refusal:
        return None


class _Search:
    def __init__(self, goal: Term, facts: tuple[Term, ...]) -> None:
        self.facts, self.free = facts, MatrixRing()
        self.traced = goal.args[0].sort.is_number
        difference = goal.args[0] - goal.args[1]
        self.target = self._traced_words(self.free.scalar(difference)) if self.traced else self.free.matrix(difference)
        self.rows: Term | None = None if self.traced else difference.sort.args[0]  # type: ignore[assignment]
        self.cols: Term | None = None if self.traced else difference.sort.args[1]  # type: ignore[assignment]
        self.hypotheses = list(self._hypotheses())

    def _traced_words(self, p: Any) -> Combination:
        """A polynomial that is linear in traces, as a combination of cyclic words; () stands for numbers."""
        result: Combination = {}
        for monomial, c in p.items():
            traces = [a for a, e in monomial if a.op == "trace" and e == 1]
            rest = tuple(x for x in monomial if x[0] not in traces[:1])
            word = next(iter(self.free.matrix(traces[0].args[0]))) if traces else ()
            result[word] = poly.add(result.get(word, {}), {rest: c})
        return result

    def _hypotheses(self) -> Iterator[_Hypothesis]:
        for index, fact in enumerate(self.facts):
            inverted = invertible_argument(fact)
            if inverted is not None:
                other, one = inverse(inverted), Term("identity", (), None, inverted.sort)
                yield from self._both(None, inverted * other - one)
                yield from self._both(None, other * inverted - one)
            elif fact.op == "eq" and fact.args[0].sort.kind == "matrix":
                yield from self._both(index, fact.args[0] - fact.args[1])

    def _both(self, index: int | None, difference: Term) -> Iterator[_Hypothesis]:
        terms, (rows, cols) = self.free.matrix(difference), difference.sort.args
        yield _Hypothesis(index, False, terms, rows, cols)  # type: ignore[arg-type]
        if transposed(terms) != terms:
            yield _Hypothesis(index, True, transposed(terms), cols, rows)  # type: ignore[arg-type]

    def run(self, max_length: int) -> tuple[Cofactor, ...] | None:
        longest = max((len(w) for w in self.target), default=0)
        limit = max_length or longest + 6
        products: dict[_ProductKey, _Product] = {}
        frontier: list[Place] = [(w, m) for w, p in self.target.items() for m in p]
        seen = set(frontier)
        for _ in range(MAX_ROUNDS):
            fresh: list[Place] = []
            for place in frontier:
                for product in self._products_at(place):
                    key = _key(product)
                    values = self._value(product)
                    if key in products or any(len(w) > limit for w, _ in values):
                        continue
                    products[key] = product
                    fresh += [v for v in values if v not in seen]
                    seen.update(values)
                    if len(products) >= MAX_PRODUCTS:
                        return self._solve(list(products.values()))
            solution = self._solve(list(products.values()))
            if solution is not None or not fresh:
                return solution
            frontier = fresh
        return None

    def _products_at(self, place: Place) -> Iterator[_Product]:
        word, factor = place
        rotations = [word[k:] + word[:k] for k in range(len(word))] if self.traced and word else [word]
        for hypothesis in self.hypotheses:
            for inside in hypothesis.terms:
                for turned in rotations:
                    for start in range(len(turned) - len(inside) + 1):
                        before, after = turned[:start], turned[start + len(inside) :]
                        fits = turned[start : start + len(inside)] == inside
                        if fits and self._fits(hypothesis, before, after):
                            yield _Product(hypothesis, factor, before, after)

    def _fits(self, hypothesis: _Hypothesis, before: Word, after: Word) -> bool:
        rows, cols = hypothesis.rows, hypothesis.cols
        if self.traced:  # the word is a cycle: the neighbours are the last of ``before`` and the first of ``after``
            around = after + before
            return (around[0].rows, around[-1].flipped.rows) == (cols, rows) if around else rows == cols
        left = before[-1].flipped.rows if before else self.rows
        right = after[0].rows if after else self.cols
        return (left, right) == (rows, cols)

    def _value(self, product: _Product) -> dict[Place, fmpq]:
        """The product, multiplied out: coefficients at words and monomials."""
        result: dict[Place, fmpq] = {}
        for inside, p in product.hypothesis.terms.items():
            word = product.before + inside + product.after
            for monomial, c in p.items():
                place = (self._cycle(word), poly.multiply_monomials(monomial, product.factor))
                result[place] = result.get(place, fmpq(0)) + c
        return {place: c for place, c in result.items() if c != 0}

    def _cycle(self, word: Word) -> Word:
        if not self.traced or not word:
            return word
        p = self.free.scalar(trace(render({word: poly.constant(fmpq(1))}, matrix_sort(word[0].rows, word[0].rows))))
        return next(iter(self._traced_words(p)))

    def _solve(self, products: list[_Product]) -> tuple[Cofactor, ...] | None:
        columns = [self._value(p) for p in products]
        goal = {(w, m): c for w, p in self.target.items() for m, c in p.items()}
        places = list(dict.fromkeys([*goal, *(place for column in columns for place in column)]))
        if not goal:
            return ()
        table = fmpq_mat(len(places), len(columns) + 1)
        row = {place: i for i, place in enumerate(places)}
        for j, column in enumerate([*columns, goal]):
            for place, c in column.items():
                table[row[place], j] = c
        reduced, rank = table.rref()
        weights: dict[int, fmpq] = {}
        for i in range(rank):
            lead = next(j for j in range(len(columns) + 1) if reduced[i, j] != 0)
            if lead == len(columns):
                return None
            weights[lead] = reduced[i, len(columns)]
        found = [(products[j], c) for j, c in weights.items() if c != 0]
        return tuple(self._cofactor(p, c) for p, c in found if p.hypothesis.fact is not None)

    def _cofactor(self, product: _Product, weight: fmpq) -> Cofactor:
        factor = poly.product_term(product.factor, weight)
        index, is_transposed = product.hypothesis[:2]
        before, after = product.before, product.after
        if self.traced:  # the cycle is closed behind the fact
            before, after = (), after + before
        return (index or 0, is_transposed, factor, _word_term(before), _word_term(after))


_ProductKey = tuple[int | None, bool, int, Monomial, Word, Word]


def _key(p: _Product) -> _ProductKey:
    h = p.hypothesis
    return h.fact, h.is_transposed, hash(frozenset(h.terms)), p.factor, p.before, p.after


def _word_term(word: Word) -> Term | None:
    if not word:
        return None
    last: Letter = word[-1]
    return render({word: poly.constant(fmpq(1))}, matrix_sort(word[0].rows, last.flipped.rows))
