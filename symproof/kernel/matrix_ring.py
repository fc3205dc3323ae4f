"""The ring of matrices of symbolic size: normal forms of matrix terms, with equations as rewrite rules.

A matrix term becomes a linear combination of *words*. A letter of a word is an atom (a matrix term that is not built by
ring operations), possibly transposed; the empty word is the identity. Coefficients are polynomials in scalar atoms,
``trace(w)`` for a word ``w`` (up to rotation and transposition) being one of them.

``inverse(X)`` is an atom about which nothing is known, unless a fact ``invertible(X)`` was given: then, and only then,
the rewrite rules X X^-1 -> I and X^-1 X -> I are there, and inverses of products of invertible letters are taken apart.

Nothing here depends on sizes being positive: all identities used hold for matrices without rows or columns too, except
tr(I) = n, which has the obligation n >= 0.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from flint import fmpq

from symproof.kernel import polynomial as poly
from symproof.kernel.normal_form import canonical, normal_form
from symproof.kernel.polynomial import Polynomial
from symproof.kernel.rule import Refusal
from symproof.logic.sort import Sort
from symproof.logic.syntax import Ne, identity, trace, transpose
from symproof.logic.term import BINDERS, Term

__all__ = ["Combination", "Letter", "MatrixRing", "Rewrite", "Word", "oriented", "render", "scaled", "transposed"]

MAX_STEPS = 2_000
"""Rewriting steps after which a normal form is given up."""
MAX_WORDS = 20_000
"""Products with more words are not expanded."""
MAX_LENGTH = 400
"""Longer words are given up."""


class Letter(NamedTuple):
    """An atom, possibly transposed."""

    base: Term
    transposed: bool = False

    @property
    def flipped(self) -> Letter:
        """The transposed letter."""
        return Letter(self.base, not self.transposed)

    @property
    def rows(self) -> Term:
        """The number of rows."""
        return self.base.sort.args[1 if self.transposed else 0]  # type: ignore[return-value]


Word = tuple[Letter, ...]
Combination = dict[Word, Polynomial]
"""A linear combination of words; no coefficient is zero."""


class Rewrite(NamedTuple):
    """The rule ``left -> right``; ``label`` says where it comes from."""

    left: Word
    right: Combination
    label: str


ONE = poly.constant(fmpq(1))


def _key(word: Word) -> tuple[Any, ...]:
    return len(word), tuple((x.base.digest, x.transposed) for x in word)


def _flip(word: Word) -> Word:
    return tuple(x.flipped for x in reversed(word))


def _rotations(word: Word) -> list[Word]:
    return [word[k:] + word[:k] for k in range(len(word))]


def _add(into: Combination, word: Word, p: Polynomial) -> None:
    total = poly.add(into.pop(word, {}), p)
    if total:
        into[word] = total


def transposed(c: Combination) -> Combination:
    """The normal form of the transposed matrix."""
    return {_flip(w): p for w, p in c.items()}


def scaled(c: Combination, factor: Polynomial) -> Combination:
    """The normal form of a scalar multiple."""
    return {w: q for w, p in c.items() if (q := poly.multiply(factor, p))}


def _product(c: Combination, d: Combination) -> Combination:
    if len(c) * len(d) > MAX_WORDS:
        raise Refusal(f"a matrix product expands to more than {MAX_WORDS} words")
    result: Combination = {}
    for v, p in c.items():
        for w, q in d.items():
            if len(v) + len(w) > MAX_LENGTH:
                raise Refusal(f"a matrix product has more than {MAX_LENGTH} factors")
            _add(result, v + w, poly.multiply(p, q))
    return result


def _frozen(c: Combination) -> frozenset[Any]:
    return frozenset((w, frozenset(p.items())) for w, p in c.items())


def render(c: Combination, sort: Sort) -> Term:
    """A term of this sort with this normal form."""
    total: Term | None = None
    for word in sorted(c, key=_key):
        product: Term | None = None
        for x in word:
            factor = transpose(x.base) if x.transposed else x.base
            product = factor if product is None else product * factor
        part = identity(sort.args[0]) if product is None else product
        part = part if c[word] == ONE else poly.to_term(c[word]) * part
        total = part if total is None else total + part
    return total if total is not None else Term("zero", (), None, sort)


def oriented(c: Combination, label: str) -> list[Rewrite]:
    """The equation ``c = 0`` as a rule that replaces its longest word; none if that has no rational coefficient."""
    lead = max(c, key=_key)
    value = poly.constant_value(c[lead])
    if value is None or not lead:
        return []
    return [Rewrite(lead, scaled({w: p for w, p in c.items() if w != lead}, poly.constant(-1 / value)), label)]


def _inverse_atom(base: Term) -> Term:
    return Term("inverse", (base,), None, base.sort)


class MatrixRing:
    """Normal forms modulo the rules given so far; ``normalize`` gives those of scalar terms.

    Attributes:
        obligations: what must hold for the normal forms to be right: sizes not negative, factors not zero.
        used: how often each rewrite rule was applied, by label.
    """

    def __init__(self, normalize: Callable[[Term], Polynomial] = normal_form) -> None:
        self._normalize = normalize
        self.obligations: dict[Term, None] = {}
        self.used: Counter[str] = Counter()
        self._rules: list[Rewrite] = []
        self._inverse_letter: dict[Letter, Letter] = {}
        self._inverse_of: dict[frozenset[Any], Letter] = {}

    def add_rules(self, rules: Iterable[Rewrite]) -> None:
        """Add rewrite rules; the caller knows that each is an equation that holds."""
        self._rules.extend(rules)

    def add_invertible(self, a: Term) -> None:
        """Use that ``a`` is invertible; to be called before other rules are added."""
        c = self._expand(a)
        if not any(c):  # zero or a multiple of the identity
            return
        word = next(iter(c))
        if len(c) == 1 and len(word) == 1 and poly.constant_value(c[word]) is not None:
            x = Letter(word[0].base)
            y = self._inverse_letter.get(x, Letter(_inverse_atom(x.base)))
            c = {(x,): ONE}
            for left, right in ((x, y), (y, x)):
                self._inverse_letter[left] = right
                self._inverse_letter[left.flipped] = right.flipped
        else:
            y = Letter(_inverse_atom(render(c, a.sort)))
            self._inverse_of[_frozen(c)] = y
            self._inverse_of[_frozen(transposed(c))] = y.flipped
        for product in (_product(c, {(y,): ONE}), _product({(y,): ONE}, c)):
            _add(product, (), poly.constant(fmpq(-1)))
            self._rules += [*oriented(product, f"inverse({a})"), *oriented(transposed(product), f"inverse({a})")]

    def scalar(self, t: Term) -> Polynomial:
        """The normal form of a scalar term; traces within the bodies of binders stay as they are."""
        return self._normalize(self._with_traces_expanded(t))

    def matrix(self, t: Term) -> Combination:
        """The normal form of a matrix term."""
        return self._reduced(self._expand(t))

    def _with_traces_expanded(self, t: Term) -> Term:
        if t.op == "trace":
            return poly.to_term(self._trace(self.matrix(t.args[0]), t.args[0].sort.args[0]))  # type: ignore[arg-type]
        if not t.args or t.op in BINDERS or t.op not in ("add", "sub", "neg", "mul", "div", "pow"):
            return t
        return Term(t.op, tuple(self._with_traces_expanded(a) for a in t.args), t.data, t.sort)

    def _expand(self, t: Term) -> Combination:
        if t.op == "zero":
            return {}
        if t.op == "identity":
            return {(): ONE}
        if t.op in ("add", "sub", "neg"):
            result = dict(self._expand(t.args[0])) if t.op != "neg" else {}
            for w, p in self._expand(t.args[-1]).items():
                _add(result, w, p if t.op == "add" else poly.scale(p, fmpq(-1)))
            return result
        if t.op == "mul" and t.args[0].sort.kind == "matrix":
            return _product(self._expand(t.args[0]), self._expand(t.args[1]))
        if t.op == "mul":
            return scaled(self._expand(t.args[1]), self.scalar(t.args[0]))
        if t.op == "div":
            return scaled(self._expand(t.args[0]), self.scalar(1 / t.args[1]))
        if t.op == "transpose":
            return transposed(self._expand(t.args[0]))
        if t.op == "inverse":
            return self._inverse(t)
        return {(Letter(canonical(t)),): ONE}

    def _inverse(self, t: Term) -> Combination:
        raw = self._expand(t.args[0])
        reduced = self._reduced(raw)
        for c in (raw, reduced):
            if len(c) == 1:
                ((word, p),) = c.items()
                if all(x in self._inverse_letter for x in word):
                    factor = poly.to_term(p)
                    if poly.constant_value(p) is None:
                        self.obligations[Ne(factor, 0)] = None
                    return {tuple(self._inverse_letter[x] for x in reversed(word)): self.scalar(1 / factor)}
            if (known := self._inverse_of.get(_frozen(c))) is not None:
                return {(known,): ONE}
        return {(Letter(_inverse_atom(render(reduced, t.sort))),): ONE}

    def _count(self, rule: Rewrite) -> None:
        self.used[rule.label] += 1
        if self.used.total() > MAX_STEPS:
            raise Refusal(f"rewriting with the facts did not end within {MAX_STEPS} steps", got=f"last: {rule.label}")

    def _reduced(self, c: Combination) -> Combination:
        done: Combination = {}
        work = dict(c)
        while work:
            word, p = work.popitem()
            match = self._match(word)
            if match is None:
                _add(done, word, p)
                continue
            position, rule = match
            self._count(rule)
            for w, q in _product(rule.right, {word[position + len(rule.left) :]: p}).items():
                _add(work, word[:position] + w, q)
        return done

    def _match(self, word: Word) -> tuple[int, Rewrite] | None:
        for position in range(len(word)):
            for rule in self._rules:
                if word[position : position + len(rule.left)] == rule.left:
                    return position, rule
        return None

    def _trace(self, c: Combination, size: Term) -> Polynomial:
        total: Polynomial = {}
        for word, p in self._cyclic(c, size).items():
            total = poly.add(total, poly.multiply(p, self._trace_of_word(word)) if word else p)
        return total

    def _cyclic(self, c: Combination, size: Term) -> Combination:
        """The trace of ``c`` as a combination of cyclic words to which no rule applies; () stands for a number.

        A rotation may change the size of a square product, so the size goes along with each word.
        """
        done: Combination = {}
        work = [(word, p, size) for word, p in c.items()]
        while work:
            word, p, side = work.pop()
            if not word:
                if not (side.op == "num" and side.data >= 0):
                    self.obligations[side >= 0] = None
                _add(done, (), poly.multiply(p, self.scalar(side)))
                continue
            matches = ((r, rule) for r in _rotations(word) for rule in self._rules if r[: len(rule.left)] == rule.left)
            match = next(matches, None)
            if match is None:
                _add(done, word, p)
                continue
            rotated, rule = match
            self._count(rule)
            rest = _product(rule.right, {rotated[len(rule.left) :]: p})
            work += [(w, q, rotated[0].rows) for w, q in rest.items()]
        return done

    def _trace_of_word(self, word: Word) -> Polynomial:
        """The trace of an irreducible word, equal for rotations and the transpose; 0 if tr(w) = c tr(w) with c != 1."""
        candidates = _rotations(word)
        turned = self._cyclic({_flip(word): ONE}, word[0].rows)
        if not turned:
            return {}
        if len(turned) == 1:
            ((other, p),) = turned.items()
            if other in candidates and poly.constant_value(p) not in (None, 1):
                return {}
            if other and p == ONE:
                candidates += _rotations(other)
        least = min(candidates, key=_key)
        return poly.atom(trace(render({least: ONE}, least[0].base.sort)))
