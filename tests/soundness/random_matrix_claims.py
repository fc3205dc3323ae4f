"""Random claims about matrices: products in every order, transposes, inverses, traces, under facts that may not help.

A claim says that an expression is equal to the same expression rewritten by laws, some of which do not hold: factors
that do not commute, inverses of one side, symmetry that nobody assumed. Whether it holds is found by arithmetic with
fractions that shares nothing with the checkers, at sizes 0, 1 and 2 and with many singular, symmetric and nilpotent
matrices. Concrete claims are about literal matrices: their rank, inertia, definiteness and inverse.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

from symproof.logic.matrix_notions import (
    full_column_rank,
    full_row_rank,
    invertible,
    negative_index,
    positive_definite,
    positive_index,
    positive_semidefinite,
    rank,
    symmetric,
)
from symproof.logic.sort import SortError
from symproof.logic.syntax import (
    Eq,
    Ne,
    Not,
    identity,
    integer,
    inverse,
    literal_matrix,
    matrix,
    num,
    real,
    trace,
    transpose,
    zero_matrix,
)
from symproof.logic.term import Term
from tests.soundness.matrix_values import (
    Table,
    UndefinedMatrix,
    Values,
    determinant,
    inertia,
    inverted,
    matrix_product,
    rank_of,
    trace_of,
)
from tests.soundness.random_claims import Claim

__all__ = ["concrete_claims", "counterexample", "matrix_claims"]

n, m = integer("n m")
s, t = real("s t")
A, B, C = (matrix(name, n, n) for name in "ABC")
F, H = matrix("F", m, n), matrix("H", n, m)
I = identity(n)  # noqa: E741
T = transpose
RULES = ("matrix", "matrix", "matrix", "rewrite", "ring", "linear", "logic", "sign", "field")


# Points --------------------------------------------------------------------------------------------------------------

_SQUARES: dict[int, list[Table]] = {
    size: [
        tuple(tuple(Fraction(e) for e in row) for row in rows)
        for rows in {
            0: [()],
            1: [((0,),), ((1,),), ((-1,),), ((2,),)],
            2: [((0, 0), (0, 0)), ((1, 0), (0, 1)), ((0, 1), (0, 0)), ((0, 0), (1, 0)), ((0, 1), (1, 0)),
                ((1, 0), (0, 0)), ((0, 1), (-1, 0)), ((1, 1), (0, 1)), ((1, 0), (0, -1)), ((2, 1), (1, 2)),
                ((1, 2), (3, 4)), ((1, 2), (2, 4)), ((1, 1), (-1, -1)), ((1, 0), (0, 2)), ((-1, 0), (0, -1))],
        }[size]
    ]
    for size in (0, 1, 2)
}  # fmt: skip


def points(random: Random, count: int) -> Iterator[dict[Term, Any]]:
    """Points with small matrices of small sizes, often inverses, transposes or copies of each other."""
    for _ in range(count):
        rows, cols = random.choice(((2, 2), (2, 2), (1, 1), (0, 0), (1, 2), (2, 1), (0, 1), (1, 0), (0, 2)))
        pool = _SQUARES[cols]
        first = random.choice(pool)
        related = [first, tuple(zip(*first, strict=True))]
        if determinant(first):
            related.append(inverted(first))
        others = [random.choice(related) if random.random() < 0.4 else random.choice(pool) for _ in range(2)]

        def table(height: int, width: int) -> Table:
            return tuple(
                tuple(Fraction(random.choice((0, 0, 1, 1, -1, 2))) for _ in range(width)) for _ in range(height)
            )

        f, h = table(rows, cols), table(cols, rows)
        if rows and cols and random.random() < 0.5:  # a right inverse if there is one of this form
            f, h = (
                tuple(tuple(Fraction(i == j) for j in range(w)) for i in range(k))
                for k, w in ((rows, cols), (cols, rows))
            )
        numbers = [Fraction(random.choice((0, 1, 1, -1, 2, Fraction(1, 2)))) for _ in range(2)]
        sizes = (Fraction(cols), Fraction(rows))
        yield dict(zip((A, B, C, F, H, s, t, n, m), (first, *others, f, h, *numbers, *sizes), strict=True))


def _unit(rows: int, cols: int) -> Table:
    return tuple(tuple(Fraction(i == j) for j in range(cols)) for i in range(rows))


def counterexample(claim: Claim, random: Random, count: int = 300) -> tuple[str, dict[Term, Any]] | None:
    """A point where all facts hold and the claim fails (or is not defined), and which of the two it is."""
    for point in points(random, count):
        values = Values(point)
        try:
            if not all(values.truth(h) for h in claim.hypotheses):
                continue
        except UndefinedMatrix:
            continue
        try:
            if not values.truth(claim.goal):
                return "false", point
        except UndefinedMatrix:
            return "undefined", point
    return None


# Claims --------------------------------------------------------------------------------------------------------------


class _Maker:
    def __init__(self, random: Random) -> None:
        self.random = random

    def term(self, depth: int) -> Term:
        """A square matrix of size n."""
        choose = self.random.choice
        if not depth:
            return choose((A, A, A, B, B, C, I, H * F, inverse(A), T(A), zero_matrix(n, n)))
        one, other = self.term(depth - 1), self.term(self.random.randrange(depth))
        return choose((
            lambda: one * other, lambda: one * other, lambda: one * other, lambda: one + other, lambda: one - other,
            lambda: T(one), lambda: inverse(one), lambda: self.number() * one, lambda: -one, lambda: one / s,
            lambda: trace(other) * one, lambda: H * (F * one * H) * F,
        ))()  # fmt: skip

    def number(self) -> Term:
        return self.random.choice((s, s, t, num(2), num(-1), s * t, 1 / s, n))

    def rewritten(self, x: Term, depth: int = 0) -> Term:
        """The term by a few laws; about one in eight of them does not hold."""
        if self.random.random() < 0.35 or depth > 3:
            options = [*self._laws(x)]
            if options:
                x = self.random.choice(options)()
        if depth > 3 or not x.args or x.op == "matlit":
            return x
        parts = tuple(self.rewritten(a, depth + 1) for a in x.args)
        return Term(x.op, parts, x.data, x.sort)

    def _laws(self, x: Term) -> Iterator[Callable[[], Term]]:
        wrong, args = self.random.random() < 0.12, x.args
        if x.sort.kind == "matrix" and x.op == "mul" and args[0].sort.kind == "matrix":
            one, other = args
            if one.sort == other.sort and wrong:
                yield lambda: other * one
            yield lambda: T(T(other) * T(one))
            if other.op in ("add", "sub"):
                yield lambda: Term(other.op, tuple(one * a for a in other.args), None, x.sort)
            if one.op == "mul" and one.args[0].sort.kind == "matrix":
                yield lambda: one.args[0] * (one.args[1] * other)
            if one.sort == other.sort:
                yield lambda: inverse(inverse(other) * inverse(one))
        if x.op == "mul" and args[1].sort.kind == "matrix" and args[0].sort.is_number and args[1].op == "mul":
            yield lambda: args[1].args[0] * (args[0] * args[1].args[1])
        if x.op == "add":
            yield lambda: args[1] + args[0]
        if x.op == "sub":
            yield lambda: (args[1] - args[0]) if wrong else -(args[1] - args[0])
        if x.op == "transpose" and args[0].op == "mul" and args[0].args[0].sort == x.sort:
            one, other = args[0].args
            yield lambda: T(one) * T(other) if wrong else T(other) * T(one)
        if x.op == "transpose":
            yield lambda: args[0] if wrong and args[0].sort == x.sort else x
            if args[0].op == "inverse":
                yield lambda: inverse(T(args[0].args[0]))
        if x.op == "inverse" and args[0].op == "mul" and args[0].args[0].sort == x.sort:
            one, other = args[0].args
            yield lambda: inverse(one) * inverse(other) if wrong else inverse(other) * inverse(one)
        if x.op == "inverse" and args[0].op in ("add", "sub") and wrong:
            yield lambda: Term(args[0].op, tuple(map(inverse, args[0].args)), None, x.sort)
        if x.op == "inverse" and args[0].op == "inverse":
            yield lambda: args[0].args[0]
        if x.op == "trace" and args[0].op == "mul" and args[0].args[0].sort.kind == "matrix":
            one, other = args[0].args
            yield lambda: trace(other * one)
            yield lambda: trace(T(one * other))
            if wrong and one.sort == other.sort:
                yield lambda: trace(one) * trace(other)
        if x.sort == A.sort and x.op != "zero":
            yield lambda: x * I
            if wrong:
                yield lambda: x * A * inverse(A)
                yield lambda: x * B * A if self.random.random() < 0.5 else inverse(inverse(x))
            yield lambda: (H * F) * x if wrong else x

    def fact(self) -> Term:
        choose = self.random.choice
        return choose((
            lambda: invertible(choose((A, A, B, A * B, A + B, T(A), s * A))),
            lambda: symmetric(choose((A, A, B, A * B))),
            lambda: Eq(A * B, choose((I, B * A, A, zero_matrix(n, n), C))),
            lambda: Eq(choose((A, B)), choose((I, T(B), C, zero_matrix(n, n), 2 * C))),
            lambda: Eq(A * A, choose((A, I, zero_matrix(n, n), B))),
            lambda: Eq(F * H, choose((identity(m), identity(m), zero_matrix(m, m)))),
            lambda: choose((full_row_rank, full_column_rank))(choose((F, H))),
            lambda: choose((Ne, Eq))(choose((s, t)), choose((num(0), num(1)))),
            lambda: Eq(trace(A), choose((num(0), s, n))),
            lambda: n >= choose((0, 0, 1)),
            lambda: s > 0,
        ))()  # fmt: skip

    def claim(self) -> Claim:
        choose = self.random.choice
        one = self.term(choose((1, 2, 2, 3)))
        if self.random.random() < 0.3:
            one = trace(one)
        other = self.rewritten(one)
        if other == one and self.random.random() < 0.7:
            other = self.rewritten(self.rewritten(one))
        facts = tuple(self.fact() for _ in range(self.random.randrange(4)))
        goal = choose((Eq, Eq, Eq, Eq, Ne))(one, other) if self.random.random() < 0.8 else self._template()
        return Claim(goal, facts, RULES)

    def _template(self) -> Term:
        choose, x, y = self.random.choice, self.term(1), self.term(0)
        return choose((
            lambda: Eq(x * inverse(x), I), lambda: Eq(inverse(x) * x, I), lambda: Eq(x * y, y * x),
            lambda: Eq(H * F, I), lambda: Eq(F * H, identity(m)), lambda: Eq(B * A, I), lambda: Eq(A * B, I),
            lambda: Eq(trace(I), n), lambda: Eq(trace(H * F), trace(F * H)), lambda: Eq(trace(H * F), m),
            lambda: trace(T(x) * x) >= 0, lambda: trace(T(x) * x) > 0, lambda: trace(I) > 0, lambda: Eq(x, T(x)),
            lambda: Eq(inverse(s * x), inverse(x) / s), lambda: Eq(s * x / s, x), lambda: Eq(x, y),
            lambda: Eq(trace(x), trace(T(x))), lambda: Eq(x - x, zero_matrix(n, n)), lambda: Eq(s / s * x, x),
        ))()  # fmt: skip


def matrix_claims(random: Random) -> Iterator[Claim]:
    """Random claims about matrices of symbolic size without end; those that cannot be written down are left out."""
    make = _Maker(random)
    while True:
        try:
            yield make.claim()
        except SortError:
            continue


def concrete_claims(random: Random) -> Iterator[tuple[Claim, bool]]:
    """Random claims about one or two literal matrices with their truth, without end; sizes 1 to 3, often singular."""
    while True:
        rows, cols = random.choice(((1, 1), (2, 2), (2, 2), (3, 3), (1, 3), (3, 2)))
        table = [[Fraction(random.choice((0, 0, 1, -1, 2, Fraction(1, 2)))) for _ in range(cols)] for _ in range(rows)]
        if rows > 1 and random.random() < 0.4:
            table[-1] = [2 * a for a in table[0]]
        if rows == cols and random.random() < 0.6:
            table = [[table[min(i, j)][max(i, j)] for j in range(cols)] for i in range(rows)]
        yield _concrete(random, tuple(map(tuple, table)))


def _concrete(random: Random, table: Table) -> tuple[Claim, bool]:
    a, guess = literal_matrix(table), random.randrange(3)
    found = rank_of(table)
    square, relation = len(table) == len(table[0]), random.choice(("eq", "eq", "ne", "le", "lt", "ge", "gt"))
    options: list[tuple[Term, bool]] = [
        (Term(relation, (rank(a), num(guess)), None, Eq(s, s).sort),
         {"eq": found == guess, "ne": found != guess, "le": found <= guess, "lt": found < guess, "ge": found >= guess,
          "gt": found > guess}[relation]),
        (full_row_rank(a), found == len(table)),
        (full_column_rank(a), found == len(table[0])),
    ]  # fmt: skip
    if square:
        half = tuple(tuple((table[i][j] + table[j][i]) / 2 for j in range(len(table))) for i in range(len(table)))
        minors = [determinant(tuple(tuple(half[i][j] for j in chosen) for i in chosen))
                  for k in range(1, len(table) + 1) for chosen in combinations(range(len(table)), k)]  # fmt: skip
        leading = [determinant(tuple(row[:k] for row in half[:k])) for k in range(1, len(table) + 1)]
        options += [
            (invertible(a), found == len(table)),
            (positive_semidefinite(a), all(d >= 0 for d in minors)),
            (positive_definite(a), all(d > 0 for d in leading)),
            (Eq(trace(a * a), trace(a) ** 2), trace_of(matrix_product(table, table)) == trace_of(table) ** 2),
            (Eq(inverse(a) * a, identity(len(table))), found == len(table)),
        ]
        if half == table:
            up, down = inertia(table)
            options += [(Eq(positive_index(a), guess), up == guess), (Eq(negative_index(a), guess), down == guess)]
    goal, truth = random.choice(options)
    undefined = goal.op == "eq" and goal.args[0].op == "mul" and found < len(table)
    if random.random() < 0.3 and not undefined:
        goal, truth = Not(goal), not truth
    return Claim(goal, (), ("exact_linear_algebra",)), truth
