"""Matrices of symbolic size as linear combinations of words in letters that do not commute.

A letter is a matrix term that is not built by ring operations, perhaps transposed; the empty word is the identity.
Coefficients are polynomials in scalar terms. Equations that are known to hold rewrite words; every rule is used in one
direction, so equal normal forms mean equal matrices, and different ones mean nothing.

``inverse(X)`` is a letter of its own, of which nothing is known. Only where X is known to be invertible are there rules
X X^-1 = 1 = X^-1 X. All this holds for matrices without rows or columns too; tr(1) = n needs n >= 0.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from symproof.recheck import polynomial as poly
from symproof.recheck.normal_form import Normalizer
from symproof.recheck.polynomial import Polynomial
from symproof.recheck.refused import Refused
from symproof.recheck.term import Sort, Term, build, num, op, relation

__all__ = ["Combination", "Letter", "Rewrite", "Word", "WordRing", "added", "scaled", "transposed"]

MAX_STEPS, MAX_WORDS, MAX_LENGTH = 2_000, 5_000, 200
ONE = poly.constant(1)


class Letter(NamedTuple):
    """A matrix term, transposed if ``turned``."""

    base: Term
    turned: bool = False

    @property
    def flipped(self) -> Letter:
        """The transposed letter."""
        return Letter(self.base, not self.turned)

    @property
    def rows(self) -> Term:
        """The number of rows."""
        size: Term = self.base.sort.parts[1 if self.turned else 0]
        return size

    @property
    def term(self) -> Term:
        """The letter as a term."""
        return op("transpose", self.base) if self.turned else self.base


Word = tuple[Letter, ...]
Combination = dict[Word, Polynomial]


class Rewrite(NamedTuple):
    """An equation that is used from left to right."""

    left: Word
    right: Combination


def _order(word: Word) -> tuple[int, list[tuple[str, bool]]]:
    return len(word), [(str(x.base), x.turned) for x in word]


def _flip(word: Word) -> Word:
    return tuple(x.flipped for x in reversed(word))


def _rotations(word: Word) -> list[Word]:
    return [word[k:] + word[:k] for k in range(len(word))]


def added(c: Combination, d: Combination, factor: int = 1) -> Combination:
    """C + factor * d."""
    result = dict(c)
    for word, p in d.items():
        total = poly.plus(result.pop(word, {}), p, factor)
        if total:
            result[word] = total
    return result


def scaled(c: Combination, factor: Polynomial) -> Combination:
    """Factor * c."""
    return {word: q for word, p in c.items() if (q := poly.times(factor, p))}


def transposed(c: Combination) -> Combination:
    """The transposed matrix: every word is reversed and its letters are flipped."""
    return {_flip(word): p for word, p in c.items()}


def _product(c: Combination, d: Combination) -> Combination:
    if len(c) * len(d) > MAX_WORDS:
        raise Refused("a product of matrices has too many words", undecided=True)
    result: Combination = {}
    for v, p in c.items():
        for w, q in d.items():
            if len(v) + len(w) > MAX_LENGTH:
                raise Refused("a product of matrices has too many factors", undecided=True)
            result = added(result, {v + w: poly.times(p, q)})
    return result


def rendered(c: Combination, sort: Sort) -> Term:
    """A term with this normal form."""
    total: Term | None = None
    for word in sorted(c, key=_order):
        part: Term | None = None
        for letter in word:
            part = letter.term if part is None else op("mul", part, letter.term)
        if part is None:
            part = build("identity", (), None, sort)
        if c[word] != ONE:
            part = op("mul", poly.to_term(c[word]), part)
        total = part if total is None else op("add", total, part)
    return build("zero", (), None, sort) if total is None else total


class WordRing:
    """Normal forms modulo rewrite rules.

    Attributes:
        rules: the equations that are used; the caller sees to it that each one holds.
        obligations: what the normal forms need: sizes that are not negative, scalars that are not 0.
    """

    def __init__(self, scalar_form: Normalizer) -> None:
        """``scalar_form`` gives the normal form of a scalar term."""
        self.scalar_form = scalar_form
        self.rules: list[Rewrite] = []
        self.obligations: dict[Term, None] = {}
        self._inverse: dict[Letter, Letter] = {}
        self._known: set[Term] = set()
        self._steps = 0

    # What is known ---------------------------------------------------------------------------------------------------

    def add_invertible(self, x: Term) -> None:
        """Use that a matrix is invertible; before any equation is added."""
        c = self._expanded(x)
        if not any(c):  # 0, or a multiple of 1
            return
        word, p = next(iter(c.items()))
        if len(c) == 1 and len(word) == 1 and poly.number(p) is not None:
            a = Letter(word[0].base)
            c, b = {(a,): ONE}, self._inverse.get(a, Letter(op("inverse", a.base)))
            self._inverse.update({a: b, b: a, a.flipped: b.flipped, b.flipped: a.flipped})
        else:
            b = Letter(op("inverse", rendered(c, x.sort)))
            self._known.add(b.base)
        for product in (_product(c, {(b,): ONE}), _product({(b,): ONE}, c)):
            difference = added(product, {(): ONE}, -1)
            self.rules += [*_oriented(difference), *_oriented(transposed(difference))]

    def add_equation(self, left: Term, right: Term) -> None:
        """Use that two matrices are equal, if one side is a rational multiple of a word that is not in the other."""
        sides = self.matrix(left), self.matrix(right)
        for c, d in (sides, sides[::-1]):
            word, p = next(iter(c.items()), ((), {}))
            factor = poly.number(p)
            if len(c) == 1 and word and factor and word not in d:
                rule = Rewrite(word, scaled(d, poly.constant(1 / factor)))
                self.rules.append(rule)
                turned = Rewrite(_flip(word), transposed(rule.right))
                if turned.left != rule.left and turned.left not in rule.right:
                    self.rules.append(turned)
                return

    # Normal forms ----------------------------------------------------------------------------------------------------

    def matrix(self, t: Term) -> Combination:
        """The normal form of a matrix term."""
        return self._reduced(self._expanded(t))

    def scalar(self, t: Term) -> Polynomial:
        """The normal form of a scalar term, the traces in its sums and products included."""
        if not any(part.op == "trace" for part in t.walk()):
            return self.scalar_form(t)
        if t.op == "trace":
            return self._trace(self.matrix(t.args[0]), t.args[0].sort.parts[0])
        if t.op in ("add", "sub"):
            return poly.plus(self.scalar(t.args[0]), self.scalar(t.args[1]), 1 if t.op == "add" else -1)
        if t.op == "neg":
            return poly.scaled(self.scalar(t.args[0]), -1)
        if t.op == "mul":
            return poly.times(self.scalar(t.args[0]), self.scalar(t.args[1]))
        if t.op == "div":
            return poly.times(self.scalar(t.args[0]), self.scalar_form(op("div", num(1), t.args[1])))
        if t.op == "pow" and t.args[1].op == "num" and t.args[1].sort.kind == "int" and 0 <= t.args[1].data <= 20:
            return poly.power(self.scalar(t.args[0]), int(t.args[1].data))
        return self.scalar_form(t)

    def _expanded(self, t: Term) -> Combination:
        if t.op == "zero":
            return {}
        if t.op == "identity":
            return {(): ONE}
        if t.op in ("add", "sub"):
            return added(self._expanded(t.args[0]), self._expanded(t.args[1]), 1 if t.op == "add" else -1)
        if t.op == "neg":
            return added({}, self._expanded(t.args[0]), -1)
        if t.op == "mul" and t.args[0].sort.kind == "matrix":
            return _product(self._expanded(t.args[0]), self._expanded(t.args[1]))
        if t.op == "mul":
            return scaled(self._expanded(t.args[1]), self.scalar(t.args[0]))
        if t.op == "div":
            return scaled(self._expanded(t.args[0]), self.scalar(op("div", num(1), t.args[1])))
        if t.op == "transpose":
            return transposed(self._expanded(t.args[0]))
        if t.op == "inverse":
            return self._inverted(t)
        return {(Letter(t),): ONE}

    def _inverted(self, t: Term) -> Combination:
        raw = self._expanded(t.args[0])
        reduced = self._reduced(raw)
        for c in (raw, reduced):
            word, p = next(iter(c.items()), ((), {}))
            if len(c) == 1 and all(x in self._inverse for x in word):
                factor = poly.to_term(p)
                if poly.number(p) is None:
                    self.obligations[relation("ne", factor, 0)] = None
                inverse = tuple(self._inverse[x] for x in reversed(word))
                return {inverse: self.scalar_form(op("div", num(1), factor))}
            base = op("inverse", rendered(c, t.sort))
            if base in self._known:
                return {(Letter(base),): ONE}
        return {(Letter(op("inverse", rendered(reduced, t.sort))),): ONE}

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise Refused("rewriting with the facts does not end", undecided=True)

    def _reduced(self, c: Combination) -> Combination:
        """No rule applies to what comes out."""
        done: Combination = {}
        work = dict(c)
        while work:
            word, p = work.popitem()
            found = next(self._matches(word), None)
            if found is None:
                done = added(done, {word: p})
                continue
            self._step()
            start, rule = found
            after = _product(scaled(rule.right, p), {word[start + len(rule.left) :]: ONE})
            work = added(work, {word[:start] + w: q for w, q in after.items()})
        return done

    def _matches(self, word: Word) -> Iterator[tuple[int, Rewrite]]:
        for start in range(len(word)):
            for rule in self.rules:
                if word[start : start + len(rule.left)] == rule.left:
                    yield start, rule

    # Traces ----------------------------------------------------------------------------------------------------------

    def _trace(self, c: Combination, size: Term) -> Polynomial:
        total: Polynomial = {}
        for word, p in self._cyclic(c, size).items():
            total = poly.plus(total, poly.times(p, self._trace_atom(word)) if word else p)
        return total

    def _cyclic(self, c: Combination, size: Term) -> Combination:
        """Words with the same trace, no rotation of which has a rule; the empty one stands for the number 1.

        The size of a square product may change with a rotation, so it goes along with every word.
        """
        done: Combination = {}
        work = [(word, p, size) for word, p in c.items()]
        while work:
            word, p, side = work.pop()
            if not word:
                if not (side.op == "num" and side.data >= 0):
                    self.obligations[relation("ge", side, 0)] = None
                done = added(done, {(): poly.times(p, self.scalar_form(side))})
                continue
            found = next(self._at_the_front(_rotations(word)), None)
            if found is None:
                done = added(done, {word: p})
                continue
            self._step()
            rotated, rule = found
            after = _product(scaled(rule.right, p), {rotated[len(rule.left) :]: ONE})
            work += [(w, q, rotated[0].rows) for w, q in after.items()]
        return done

    def _at_the_front(self, words: Iterable[Word]) -> Iterator[tuple[Word, Rewrite]]:
        for word in words:
            for rule in self.rules:
                if word[: len(rule.left)] == rule.left:
                    yield word, rule

    def _trace_atom(self, word: Word) -> Polynomial:
        """The trace of a word as an atom: the same for its rotations and for what is transposed."""
        candidates = _rotations(word)
        turned = self._cyclic({_flip(word): ONE}, word[0].rows)
        if len(turned) == 1 and () not in turned and ONE in turned.values():
            candidates += _rotations(*turned)
        least = min(candidates, key=_order)
        size = least[0].rows
        return poly.atom(op("trace", rendered({least: ONE}, Sort("matrix", (size, size)))))


def _oriented(c: Combination) -> list[Rewrite]:
    """The equation c = 0 as a rule for its longest word, if that has a rational coefficient."""
    lead = max(c, key=_order)
    factor = poly.number(c[lead])
    if factor is None or not lead:
        return []
    return [Rewrite(lead, scaled({w: p for w, p in c.items() if w != lead}, poly.constant(-1 / factor)))]
