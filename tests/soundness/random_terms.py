"""Random terms, propositions and points: small, but with everything that the normal form has a law for."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from symproof.kernel.normal_form import normal_form
from symproof.kernel.polynomial import to_term
from symproof.kernel.rule import Refusal
from symproof.logic.sort import INT
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Implies,
    Ite,
    Lam,
    Max,
    MaxOver,
    Min,
    MinOver,
    Ne,
    Not,
    Or,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)
from symproof.logic.term import Term, _rebuild

REALS = real("x y")
INTEGERS = integer("n m")
VECTOR = family("a")
WHOLE_VECTOR = family("w", result=INT)
MATRIX = family("b", 2)
VARIABLES = (*REALS, *INTEGERS, VECTOR, WHOLE_VECTOR, MATRIX)

Point = dict[Term, object]


class RandomTerms:
    """Makes terms in ``VARIABLES``; ``indices`` counts the bound variables, so that nested ones differ."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.indices = 0

    def point(self) -> Point:
        """Small values for all variables; zero, negative and repeated ones are frequent."""
        draw = self.random.randint
        table = [[Fraction(draw(-2, 2)) for _ in range(9)] for _ in range(9)]
        whole = [draw(-2, 2) for _ in range(9)]
        scale = Fraction(1, draw(1, 2))
        values: Point = {v: Fraction(draw(-3, 3)) * scale for v in REALS}
        values |= {v: draw(-2, 4) for v in INTEGERS}
        values[VECTOR] = lambda i: table[0][int(i.numerator) % 9] * scale
        values[WHOLE_VECTOR] = lambda i: whole[int(i.numerator) % 9]
        values[MATRIX] = lambda i, j: table[int(i.numerator) % 9][int(j.numerator) % 9]
        return values

    def integer(self, bound: tuple[Term, ...], depth: int = 1) -> Term:
        """A whole number, such as n + 1 or an index."""
        kind = self.random.randrange(8 if depth else 4)
        if kind == 0:
            return num(self.random.randint(-1, 3))
        if kind <= 3:
            return self.random.choice((*INTEGERS, *bound))
        if kind == 7:
            return WHOLE_VECTOR(self.integer(bound, 0))
        return self.integer(bound, 0) + self.random.randint(-1, 2)

    def number(self, depth: int, bound: tuple[Term, ...] = ()) -> Term:
        """A number built with at most ``depth`` operations above each other."""
        if depth == 0:
            return self._leaf(bound)
        make = self.random.choice(
            [
                self._leaf,
                self._sum,
                self._product,
                self._quotient,
                self._power,
                self._choice,
                self._extremum,
                self._over,
            ]
        )
        return make(bound) if make == self._leaf else make(depth - 1, bound)  # type: ignore[call-arg, operator]

    def _leaf(self, bound: tuple[Term, ...]) -> Term:
        kind = self.random.randrange(6)
        if kind == 0:
            return num(Fraction(self.random.randint(-2, 2), self.random.randint(1, 2)))
        if kind == 1:
            return self.integer(bound)
        if kind <= 3:
            return VECTOR(self.integer(bound)) if kind == 2 else MATRIX(self.integer(bound), self.integer(bound))
        return self.random.choice(REALS)

    def _sum(self, depth: int, bound: tuple[Term, ...]) -> Term:
        a, b = self.number(depth, bound), self.number(depth, bound)
        return a + b if self.random.random() < 0.5 else a - b

    def _product(self, depth: int, bound: tuple[Term, ...]) -> Term:
        return self.number(depth, bound) * self.number(depth, bound)

    def _quotient(self, depth: int, bound: tuple[Term, ...]) -> Term:
        return self.number(depth, bound) / self.number(depth, bound)

    def _power(self, depth: int, bound: tuple[Term, ...]) -> Term:
        if self.random.random() < 0.3:
            return self._leaf(bound) ** Abs(self.integer(bound))
        return self.number(depth, bound) ** num(self.random.choice([-2, -1, 0, 1, 2, 3]))

    def _choice(self, depth: int, bound: tuple[Term, ...]) -> Term:
        return Ite(self.proposition(1, bound), self.number(depth, bound), self.number(depth, bound))

    def _extremum(self, depth: int, bound: tuple[Term, ...]) -> Term:
        kind = self.random.randrange(4)
        if kind <= 1:
            return Abs(self.number(depth, bound))
        parts = [self.number(depth, bound) for _ in range(self.random.randint(1, 3))]
        return Min(*parts) if kind == 2 else Max(*parts)

    def _over(self, depth: int, bound: tuple[Term, ...]) -> Term:
        index, inner = self._index(bound)
        low, high = self.integer(bound), self.integer(bound)
        kind = self.random.randrange(8)
        if kind == 0:
            low = self.random.choice([num(1), high])
            return (MinOver if self.random.random() < 0.5 else MaxOver)(index, low, high, self.number(depth, inner))
        return Sum(index, low, high, self.number(depth, inner))

    def _index(self, bound: tuple[Term, ...]) -> tuple[Term, tuple[Term, ...]]:
        self.indices += 1
        index = integer(f"i{self.indices}")
        return index, (*bound, index)

    def relation(self, depth: int, bound: tuple[Term, ...] = ()) -> Term:
        """A relation between two numbers."""
        a, b = self.number(depth, bound), self.number(depth, bound)
        if self.random.random() < 0.4:
            a, b = self.integer(bound), self.integer(bound)
        if self.random.random() < 0.3:
            b = num(self.random.randint(-1, 1))
        return self.random.choice([Eq(a, b), Ne(a, b), a <= b, a < b, a >= b, a > b])

    def proposition(self, depth: int, bound: tuple[Term, ...] = ()) -> Term:
        """A proposition without quantifiers."""
        if depth == 0 or self.random.random() < 0.6:
            return self.relation(max(depth - 1, 0), bound)
        p, q = self.proposition(depth - 1, bound), self.proposition(depth - 1, bound)
        return self.random.choice([And(p, q), Or(p, q), Not(p), Implies(p, q)])

    def hypothesis(self) -> Term:
        """What may stand in a sequent; sometimes for all indices in a range."""
        kind = self.random.randrange(5)
        if kind == 0:
            index, _ = self._index(())
            term = self.random.choice([VECTOR(index), WHOLE_VECTOR(index), MATRIX(index, index)])
            other = num(self.random.randint(-1, 1))
            p = self.random.choice([term > other, term >= other, Ne(term, other), Eq(term, other)])
            return forall_in(index, self.integer(()), self.integer(()), p)
        if kind <= 2:
            term = self.random.choice((*REALS, *INTEGERS, self.integer(()), VECTOR(self.integer(()))))
            other = num(self.random.randint(-2, 2))
            return self.random.choice([term > other, term >= other, Ne(term, other), Eq(term, other), term < other])
        return self.relation(1) if kind == 3 else self.proposition(2)

    def goal(self, facts: Sequence[Term]) -> Term:
        """A claim of a form that some rule decides, often nearly right."""
        index, inner = self._index(())
        low, high, body = self.integer(()), self.integer(()), self.number(1, inner)
        term = Lam(index, body)
        makers = [
            lambda: self._near(self.number(2)),
            lambda: self._combination(facts),
            lambda: self._compared(index, low, high, body, inner),
            lambda: self._bounded(index, low, high, term),
            lambda: self._moved(index, low, high, term),
            lambda: And(self.proposition(1), self.random.choice([*facts, Eq(low, low)])),
            lambda: forall_in(index, low, high, self.relation(1, inner)),
            lambda: self.proposition(2),
        ]
        return self.random.choice(makers)()

    def _related(self, a: Term, b: Term) -> Term:
        return self.random.choice([Eq(a, b), Ne(a, b), a <= b, a < b, a >= b, a > b])

    def _near(self, term: Term) -> Term:
        try:
            return self._related(term, to_term(normal_form(term)) + self.random.choice([0, 0, 1, -1]))
        except Refusal:
            return self._related(term, term)

    def _combination(self, facts: Sequence[Term]) -> Term:
        total_: Term = num(self.random.randint(-1, 1))
        for fact in facts:
            if fact.op in ("eq", "le", "lt", "ge", "gt"):
                a, b = fact.args if fact.op in ("ge", "gt", "eq") else fact.args[::-1]
                total_ = total_ + (a - b) * self.random.choice([0, 1, 1, 2, Fraction(1, 2), -1])
        return self.random.choice([total_ >= 0, total_ > 0, Eq(total_, 0)])

    def _compared(self, index: Term, low: Term, high: Term, body: Term, inner: tuple[Term, ...]) -> Term:
        larger = body + Abs(self.number(1, inner)) + self.random.choice([0, 0, 1])
        sides = Sum(index, low, high, body), Sum(index, low, high, larger)
        return self.random.choice([sides[0] <= sides[1], sides[0] < sides[1], Eq(*sides)])

    def _bounded(self, index: Term, low: Term, high: Term, term: Term) -> Term:
        if self.random.random() < 0.5:
            high = low + self.random.randint(-1, 3)
        extremum = self.random.choice([MinOver, MaxOver])(index, low, high, term(index))
        at = term(self.random.choice([low, high, self.integer(())]))
        attained = exists_in(index, low, high, Eq(extremum, term(index)))
        bounds = [extremum <= at, at <= extremum, extremum < at, self.number(1) <= extremum, extremum < self.number(1)]
        return self.random.choice([attained, *bounds])

    def _moved(self, index: Term, low: Term, high: Term, term: Term) -> Term:
        shift, middle = self.random.randint(-2, 2), self.integer(())
        whole = Sum(index, low, high, term(index))
        return self.random.choice(
            [
                Eq(whole, Sum(index, low + shift, high + shift, term(index - shift))),
                Eq(whole, Sum(index, low + shift, high + shift, term(index))),
                Eq(whole, Sum(index, low, middle, term(index)) + Sum(index, middle + 1, high, term(index))),
                Abs(term(middle)) <= Sum(index, low, high, Abs(term(index))),
            ]
        )


def total(term: Term) -> Term:
    """The term with x/0 = 0, as the kernel reads it, written so that it can be evaluated everywhere."""
    args = tuple(total(a) for a in term.args)
    if term.op == "inv":
        return _guarded(num(1), args[0])
    if term.op == "div":
        return _guarded(args[0], args[1])
    if term.op == "pow" and term.args[1].op == "num" and term.args[1].data < 0:
        return Ite(Eq(args[0], 0), 0, args[0] ** args[1])
    return _rebuild(term, args)


def _guarded(a: Term, b: Term) -> Term:
    return Ite(Eq(b, 0), 0, a / b)
