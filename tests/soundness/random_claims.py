"""Random claims with elementary functions, matrices and quantifiers: of the forms that the rules decide, often false.

Each is a template for which some side condition matters, at random parts, sometimes changed at one place, under random
hypotheses. So many are true, many are false only at special points, and all of them may be put before every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

from symproof.logic.sort import SortError
from symproof.logic.syntax import (
    Abs,
    And,
    Diff,
    Eq,
    Implies,
    Ite,
    Max,
    MaxOver,
    Min,
    MinOver,
    Ne,
    Or,
    Sum,
    exists_in,
    exp,
    forall_in,
    log,
    num,
    sqrt,
    unary,
)
from symproof.logic.term import Term, relation
from tests.soundness.mutation import OPERATORS, changes
from tests.soundness.random_terms import INTEGERS, REALS, VECTOR, RandomTerms

__all__ = ["Claim", "claims", "special_points"]

x, y = REALS
n, m = INTEGERS
ONE, TWO, pi = num(1), num(2), Term("pi")
sin, cos, tan, asin, acos, atan = (partial(unary, f) for f in ("sin", "cos", "tan", "asin", "acos", "atan"))
sinh, cosh, tanh, asinh, acosh, atanh = (partial(unary, f) for f in ("sinh", "cosh", "tanh", "asinh", "acosh", "atanh"))
erf, sign, floor, ceiling = (partial(unary, f) for f in ("erf", "sign", "floor", "ceiling"))
FUNCTIONS = (exp, log, sqrt, sin, cos, tan, asin, acos, atan, sinh, cosh, tanh, asinh, acosh, atanh, erf, sign, floor,
             ceiling, Abs)  # fmt: skip

IDENTITY_RULES = ("elementary", "elementary", "elementary", "derivative", "field", "ring", "sign", "linear")
BOUND_RULES = ("bound", "sign", "linear", "sos", "ball", "monotone", "concave", "elementary", "logic")
ARITHMETIC_RULES = ("ring", "linear", "sign", "sum", "extremum", "logic", "rewrite")
RANGE_RULES = ("sum", "extremum", "ring", "sign", "linear", "logic")


@dataclass(frozen=True)
class Claim:
    """A claim with what is assumed.

    Attributes:
        goal: the claim.
        hypotheses: what is assumed of ``x``, ``y``, ``n``, ``m`` and the vector.
        rules: the rules that are for goals of this form.
    """

    goal: Term
    hypotheses: tuple[Term, ...]
    rules: tuple[str, ...]


def _identities(u: Term, v: Term) -> list[Callable[[], Term]]:
    return [
        lambda: Eq(exp(u + v), exp(u) * exp(v)),
        lambda: Eq(log(u * v), log(u) + log(v)),
        lambda: Eq(log(u / v), log(u) - log(v)),
        lambda: Eq(log(u**2), 2 * log(u)),
        lambda: Eq(log(u**2), 2 * log(Abs(u))),
        lambda: Eq(exp(log(u)), u),
        lambda: Eq(log(exp(u)), u),
        lambda: Eq(sqrt(u**2), Abs(u)),
        lambda: Eq(sqrt(u**2), u),
        lambda: Eq(sqrt(u) ** 2, u),
        lambda: Eq(sqrt(u * v), sqrt(u) * sqrt(v)),
        lambda: Eq(sqrt(u / v), sqrt(u) / sqrt(v)),
        lambda: Eq(sqrt(u**2 * v), Abs(u) * sqrt(v)),
        lambda: Eq((u**3) ** num(Fraction(1, 3)), u),
        lambda: Eq((u**2) ** num(Fraction(1, 4)), sqrt(Abs(u))),
        lambda: Eq(u ** num(Fraction(3, 2)), u * sqrt(u)),
        lambda: Eq(u**n * u, u ** (n + 1)),
        lambda: Eq((u * v) ** n, u**n * v**n),
        lambda: Eq((u**n) ** 2, u ** (2 * n)),
        lambda: Eq(u**x, exp(x * log(u))),
        lambda: Eq((num(-1)) ** (n * m) * (num(-1)) ** n, (num(-1)) ** (n * m + n)),
        lambda: Eq(sin(u) ** 2 + cos(u) ** 2, 1),
        lambda: Eq(sin(2 * u), 2 * sin(u) * cos(u)),
        lambda: Eq(tan(u) * cos(u), sin(u)),
        lambda: Eq(cos(pi * n), num(-1) ** n),
        lambda: Eq(asin(sin(u)), u),
        lambda: Eq(acos(cos(u)), u),
        lambda: Eq(atan(tan(u)), u),
        lambda: Eq(sin(asin(u)), u),
        lambda: Eq(cos(asin(u)), sqrt(1 - u**2)),
        lambda: Eq(asin(u) + acos(u), pi / 2),
        lambda: Eq(atan(u) + atan(1 / u), pi / 2),
        lambda: Eq(sin(u + pi), -sin(u)),
        lambda: Eq(cosh(u) ** 2 - sinh(u) ** 2, 1),
        lambda: Eq(asinh(sinh(u)), u),
        lambda: Eq(acosh(cosh(u)), u),
        lambda: Eq(cosh(acosh(u)), u),
        lambda: Eq(tanh(atanh(u)), u),
        lambda: Eq(atanh(u), log((1 + u) / (1 - u)) / 2),
        lambda: Eq(sign(u) * Abs(u), u),
        lambda: Eq(sign(u * v), sign(u) * sign(v)),
        lambda: Eq(sign(u) ** 2, 1),
        lambda: Eq(u / Abs(u), sign(u)),
        lambda: Eq(erf(-u), -erf(u)),
        lambda: Eq(floor(u + n), floor(u) + n),
        lambda: Eq(floor(-u), -ceiling(u)),
        lambda: Eq(floor(2 * u), 2 * floor(u)),
        lambda: Eq(Max(u, v), (u + v + Abs(u - v)) / 2),
        lambda: Eq(Min(u, v) + Max(u, v), u + v),
        lambda: Eq(u / u, 1),
        lambda: Eq((u / v) * v, u),
        lambda: Eq(1 / (1 / u), u),
        lambda: Eq(u**0, 1),
        lambda: Eq(Ite(u > 0, u, -u), Abs(u)),
        lambda: Eq(Ite(Ne(u, 0), u / u, 0) * v, v),
        lambda: Ne(exp(u), 0),
        lambda: Eq(Diff(x, Abs(x), u), sign(u)),
        lambda: Eq(Diff(x, x * Abs(x), u), 2 * Abs(u)),
        lambda: Eq(Diff(x, log(x), u), 1 / u),
        lambda: Eq(Diff(x, sqrt(x), u), 1 / (2 * sqrt(u))),
        lambda: Eq(Diff(x, x**n, u), n * u ** (n - 1)),
        lambda: Eq(Diff(x, Ite(x > 0, x**2, num(0)), u), 2 * Max(u, 0)),
        lambda: Eq(Diff(x, Max(x, v), u), Ite(u > v, num(1), num(0))),
        lambda: Eq(Diff(x, x ** num(Fraction(4, 3)), u), u ** num(Fraction(1, 3)) * Fraction(4, 3)),
        lambda: Eq(Diff(x, floor(x), u), 0),
        lambda: Eq(Diff(x, asin(x), u), 1 / sqrt(1 - u**2)),
        lambda: Eq(Diff(x, Diff(x, x**2 * Abs(x), x), u), 6 * Abs(u)),
    ]  # fmt: skip


def _bounds(u: Term, v: Term) -> list[Callable[[], Term]]:
    return [
        lambda: exp(u) >= 1 + u,
        lambda: exp(u) * (1 - u) <= 1,
        lambda: log(u) <= u - 1,
        lambda: 1 - 1 / u <= log(u),
        lambda: sqrt(u) >= 0,
        lambda: sqrt(u) > 0,
        lambda: sin(u) <= u,
        lambda: sin(u) >= 0,
        lambda: cos(u) > 0,
        lambda: cos(u) >= 1 - u**2 / 2,
        lambda: tanh(u) < u,
        lambda: tanh(u) < 1,
        lambda: atan(u) < pi / 2,
        lambda: asin(u) <= pi / 2,
        lambda: acosh(u) >= 0,
        lambda: sinh(u) >= u,
        lambda: floor(u) <= u,
        lambda: u < floor(u) + 1,
        lambda: ceiling(u) <= u + 1,
        lambda: u**n > 0,
        lambda: u**n >= 0,
        lambda: u**2 >= 0,
        lambda: Abs(u) >= u,
        lambda: Abs(u) > 0,
        lambda: Abs(u + v) <= Abs(u) + Abs(v),
        lambda: Max(u, v) >= u,
        lambda: u * v <= (u**2 + v**2) / 2,
        lambda: u * v > 0,
        lambda: u / v >= 0,
        lambda: exp(u) - 1 >= 0,
        lambda: log(1 + u**2) >= 0,
        lambda: u - sin(u) >= 0,
        lambda: x * log(x) - x + 1 >= 0,
        lambda: x - x**2 >= 0,
        lambda: sqrt(x) - x >= 0,
        lambda: sin(x) - x / 2 >= 0,
        lambda: Abs(x) - x**2 >= 0,
        lambda: exp(x) - 1 - x > 0,
        lambda: 1 / x - 1 >= 0,
        lambda: x ** num(Fraction(1, 2)) * (2 - x) >= 0,
        lambda: log(1 + x) - x / (1 + x) > 0,
        lambda: Ne(u, v),
        lambda: Implies(u > v, Ne(u, v)),
        lambda: Or(u <= v, u > v),
        lambda: Implies(And(u <= v, v <= u), Eq(u, v)),
    ]


SMALL = tuple(num(Fraction(p, q)) for p, q in ((0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1), (3, 1)))


class RandomClaims(RandomTerms):
    """Random claims in ``x``, ``y``, ``n``, ``m`` and a vector."""

    def part(self, depth: int = 1) -> Term:
        """A part of a claim: mostly a variable, sometimes a function of one."""
        choose, kind = self.random.choice, self.random.randrange(10)
        if kind <= 3 or not depth:
            return choose((x, x, y))
        if kind == 4:
            return choose((n, n + 1, num(-1), num(0), ONE, x / 2, pi, pi / choose((2, 3, 4, 6, 12)), num(2)))
        if kind == 5:
            return choose(FUNCTIONS)(self.part(0))
        a, b = self.part(depth - 1), self.part(depth - 1)
        return choose((lambda: a + b, lambda: a - b, lambda: a * b, lambda: a / b, lambda: a**2, lambda: -a,
                       lambda: Ite(a > b, a, b), lambda: Min(a, b), lambda: a - num(1)))()  # fmt: skip

    def assumption(self) -> Term:
        """Something that bounds a variable or a part."""
        choose = self.random.choice
        t = choose((x, x, y, n, m, self.part()))
        other = choose((num(0), num(0), ONE, num(-1), num(Fraction(1, 2)), TWO, pi / 2, -pi / 2, y, pi))
        return choose((t > other, t >= other, Ne(t, other), t < other, t <= other, Eq(t, other)))

    def _over_ranges(self) -> Term:
        index, inner = self._index(())
        low, high, body = self.integer(()), self.integer(()), self.number(1, inner)
        choose = self.random.choice
        return choose((
            lambda: Sum(index, low, high, body) + Sum(index, high + 1, m, body) - Sum(index, low, m, body) <= 0,
            lambda: Eq(Sum(index, low, high, body) + Sum(index, high + 1, m, body), Sum(index, low, m, body)),
            lambda: MinOver(index, low, high, body) <= MaxOver(index, low, high, body),
            lambda: Sum(index, low, high, exp(VECTOR(index))) > 0,
            lambda: Eq(Sum(index, low, high, x), x * (high - low + 1)),
            lambda: exists_in(index, low, high, Eq(VECTOR(index), MinOver(index, low, high, VECTOR(index)))),
            lambda: Implies(exists_in(index, low, high, body > 0), low <= high),
            lambda: forall_in(index, low, high, Sum(index, low, index, VECTOR(index) ** 2) >= 0),
            lambda: Sum(index, low, high, VECTOR(index) ** 2) >= VECTOR(low) ** 2,
            lambda: Eq(Sum(index, low, high, Ite(Eq(index, n), body, num(0))), VECTOR(n)),
        ))()  # fmt: skip

    def claim(self) -> Claim:
        """A claim with its hypotheses."""
        choose = self.random.choice
        if self.random.random() < 0.25:
            given = tuple(self.hypothesis() for _ in range(self.random.randrange(4)))
            return Claim(self.goal(given), given, ARITHMETIC_RULES)
        u, v = self.part(2), self.part()
        kind = self.random.randrange(10)
        rules = IDENTITY_RULES if kind <= 4 else RANGE_RULES if kind == 8 else BOUND_RULES
        if kind <= 4:
            goal = choose(_identities(u, v))()
        elif kind <= 7:
            goal = choose(_bounds(u, v))()
        elif kind == 8:
            goal = self._over_ranges()
        else:
            a, b = choose(FUNCTIONS)(u), choose((u, v, *SMALL, choose(FUNCTIONS)(v)))
            goal = relation(choose(("eq", "ne", "le", "lt", "ge", "gt")), a, b)
        if self.random.random() < 0.3:
            mutants = [*changes(goal, choose([*OPERATORS.values()]), limit=6)]
            goal = choose(mutants) if mutants else goal
        hypotheses = [self.assumption() for _ in range(self.random.randrange(4))]
        return Claim(goal, (*hypotheses, *self._between(x), *self._between(y)), rules)

    def _between(self, variable: Term) -> tuple[Term, ...]:
        """Bounds of a variable, or of one side, or none."""
        low = self.random.choice((num(0), num(0), ONE, num(-1), num(Fraction(1, 2))))
        high = low + self.random.choice((ONE, num(Fraction(1, 2)), pi, TWO))
        return self.random.choice(
            ((), (), (low <= variable,), (low < variable,), (variable <= low,), (low <= variable, variable <= high),
             (low < variable, variable < high))
        )  # fmt: skip


def claims(random: Random) -> Iterator[Claim]:
    """Random claims without end; those that cannot be written down are left out."""
    make = RandomClaims(random)
    while True:
        try:
            yield make.claim()
        except (SortError, ZeroDivisionError):
            continue


def special_points(random: Random, count: int) -> Iterator[dict[Term, Any]]:
    """Points with many zeros, ones, halves and fractions of pi."""
    make = RandomTerms(random)
    for _ in range(count):
        point = make.point()
        for v in REALS:
            kind = random.randrange(4)
            if kind == 0:
                point[v] = random.choice(SMALL)
            elif kind == 1:
                point[v] = pi * num(Fraction(random.randint(-6, 6), random.choice((1, 2, 4))))
            elif kind == 2:
                point[v] = num(Fraction(random.randint(-40, 40), random.choice((7, 16, 100))))
        yield point
