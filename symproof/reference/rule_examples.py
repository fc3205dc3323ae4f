"""Examples for every rule of the kernel: claims that it proves and claims that it must refuse.

They are statements, not results: :mod:`symproof.reference.rule_reference` puts each before the kernel
and shows what the kernel says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from types import MappingProxyType

from symproof.logic.matrix_notions import invertible, positive_definite, rank
from symproof.logic.syntax import (
    Abs,
    And,
    Diff,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    MinOver,
    Not,
    Or,
    Sum,
    exp,
    family,
    forall_in,
    function,
    identity,
    integer,
    inverse,
    literal_matrix,
    matrix,
    num,
    real,
    sqrt,
    trace,
    transpose,
    unary,
)
from symproof.logic.term import Term
from symproof.proof.author import at, by
from symproof.proof.step import By, FactReference

__all__ = ["RuleExample", "RuleExamples", "rule_examples"]

cos, log, sin, tanh = (partial(unary, name) for name in ("cos", "log", "sin", "tanh"))
t = real("t")
NO_FACTS: Mapping[str, Term] = MappingProxyType({})


@dataclass(frozen=True)
class RuleExample:
    """One claim for one rule.

    Attributes:
        claim: the proposition; what is free in it or in the facts is arbitrary.
        by: the justification, as an author writes it.
        facts: the hypotheses, by label.
        remark: for a claim that is to be refused: why it is false, or why the rule does not see it.
    """

    claim: Term
    by: By
    facts: Mapping[str, Term] = field(default_factory=lambda: NO_FACTS)
    remark: str = ""


@dataclass(frozen=True)
class RuleExamples:
    """The examples of one rule, at least two of each kind.

    Attributes:
        good: what it proves.
        bad: what it refuses.
    """

    good: tuple[RuleExample, ...]
    bad: tuple[RuleExample, ...]


def _of(rule: str, claim: Term, facts: Mapping[str, Term] = NO_FACTS, remark: str = "") -> RuleExample:
    """An example in which the rule gets all facts in their order."""
    return RuleExample(claim, by(rule, *facts), facts, remark)


def rule_examples() -> Mapping[str, RuleExamples]:
    """The examples by name of the rule."""
    return {
        **_algebra(),
        **_inequalities(),
        **_functions(),
        **_sums(),
        **_matrices(),
        **_logic(),
        **_oracle(),
    }


def _algebra() -> dict[str, RuleExamples]:
    x, y, z = real("x y z")
    n, i = integer("n i")
    a, b = family("a b")
    return {
        "ring": RuleExamples(
            (
                _of("ring", Eq((x + y) ** 2, x**2 + 2 * x * y + y**2)),
                _of("ring", Eq(Sum(i, 1, n, x * a(i) + b(i)), x * Sum(i, 1, n, a(i)) + Sum(i, 1, n, b(i)))),
                _of("ring", Eq(Ite(x > 0, y, z) + 1, Ite(x > 0, y + 1, z + 1))),
            ),
            (
                _of("ring", Eq((x + y) ** 2, x**2 + y**2), remark="False for x = y = 1."),
                _of(
                    "ring",
                    Eq(Sum(i, 1, n, a(i) * b(i)), Sum(i, 1, n, a(i)) * Sum(i, 1, n, b(i))),
                    remark="A sum of products is not a product of sums.",
                ),
                _of("ring", Eq(x / x, 1), remark="Not defined for x = 0; with a hypothesis x != 0 it is accepted."),
            ),
        ),
        "field": RuleExamples(
            (
                _of("field", Eq(1 / x - 1 / (x + 1), 1 / (x * (x + 1))), {"positive": x > 0}),
                _of("field", Eq((x**2 - 1) / (x - 1), x + 1), {"not_one": Not(Eq(x, 1))}),
            ),
            (
                _of("field", Eq((x**2 - 1) / (x - 1), x + 1), remark="Not defined for x = 1."),
                _of("field", Eq(1 / x + 1 / y, 1 / (x + y)), {"p": x > 0, "q": y > 0}, "False for x = y = 1."),
            ),
        ),
        "ideal": RuleExamples(
            (
                _of("ideal", Eq(x**2, y**2), {"opposite": Eq(x + y, 0)}),
                _of("ideal", Eq(x**2 + y**2, 34), {"sum": Eq(x + y, 8), "product": Eq(x * y, 15)}),
            ),
            (
                _of("ideal", Eq(x, y), {"squares": Eq(x**2, y**2)}, "False for x = 1, y = -1."),
                _of("ideal", Eq(x, 0), {"square": Eq(x**2, 0)}, "True, but x is no multiple of x^2: use sign."),
            ),
        ),
        "rewrite": RuleExamples(
            (
                _of("rewrite", x + 1 > 0, {"same": Eq(x, y), "known": y + 1 > 0}),
                RuleExample(
                    Eq(a(n), a(i)), by("rewrite", "index"), {"index": Eq(n, i)}
                ),
            ),
            (
                _of("rewrite", y > 0, {"same": Eq(x, y), "known": y + 1 > 0}, "False for x = y = 0."),
                _of("rewrite", Eq(a(n), a(n + 1)), {"index": Eq(n, i)}, "Nothing says that n = n + 1."),
            ),
        ),
    }  # fmt: skip


def _inequalities() -> dict[str, RuleExamples]:
    x, y, z = real("x y z")
    sine = {"at_0": num(0) - sin(num(0)) >= 0, "slope": _between(x, 1 - cos(t) >= 0)}
    exponential = {"at_0": exp(num(0)) - (num(1) + 0) >= 0, "slope": _between(x, exp(t) - 1 > 0)}
    return {
        "linear": RuleExamples(
            (
                _of("linear", x < z, {"first": x <= y, "second": y < z}),
                _of("linear", x >= Fraction(1, 2), {"sum": x + y >= 2, "difference": x - y >= -1}),
            ),
            (
                _of("linear", x < z, {"first": x <= y, "second": y <= z}, "False for x = y = z."),
                _of("linear", x * y > 0, {"p": x > 0, "q": y > 0}, "True, but no linear combination: use sign."),
            ),
        ),
        "sos": RuleExamples(
            (
                _of("sos", x**2 + y**2 >= 2 * x * y),
                _of("sos", x**2 + y**2 + z**2 >= x * y + y * z + z * x),
            ),
            (
                _of("sos", x**3 >= 0, remark="False for x = -1."),
                _of("sos", x**2 + y**2 > 2 * x * y, remark="False for x = y."),
            ),
        ),
        "sign": RuleExamples(
            (
                _of("sign", x / (1 + y**2) > 0, {"positive": x > 0}),
                _of("sign", x * y * exp(z) < 0, {"p": x > 0, "q": y < 0}),
            ),
            (
                _of("sign", x - y > 0, {"p": x > 0, "q": y > 0}, "False for x = 1, y = 2."),
                _of("sign", x**2 > 0, remark="False for x = 0."),
            ),
        ),
        "ball": RuleExamples(
            (
                _of("ball", unary("exp", Term("pi")) > Term("pi") ** Term("e")),
                _of("ball", x**2 - x + Fraction(1, 3) > 0, {"low": x >= 0, "high": x <= 1}),
            ),
            (
                _of("ball", Eq(sqrt(num(2)) * sqrt(num(3)), sqrt(num(6))), remark="True, but no ball shows it."),
                _of("ball", x**2 - x > Fraction(-1, 4), {"low": x >= 0, "high": x <= 1}, "Equal for x = 1/2."),
            ),
        ),
        "bound": RuleExamples(
            (
                _of("bound", exp(x) >= 1 + x),
                _of("bound", log(x) <= x - 1, {"positive": x > 0}),
            ),
            (
                _of("bound", exp(x) >= 2 + x, remark="False for x = 0."),
                _of("bound", log(x) <= x - 1, remark="Not defined for x <= 0."),
            ),
        ),
        "monotone": RuleExamples(
            (
                _of("monotone", x >= sin(x), {"right": x >= 0, **sine}),
                _of("monotone", exp(x) > 1 + x, {"right": x > 0, **exponential}),
            ),
            (
                _of("monotone", x >= sin(x), sine, "False for x = -1."),
                _of("monotone", exp(x) > 1 + x, {"right": x >= 0, **exponential}, "Equal for x = 0."),
            ),
        ),
        "concave": RuleExamples(
            (
                _of("concave", x * (1 - x) > 0, {"left": x > 0, "right": x < 1}),
                _of("concave", x**3 <= x, {"left": x >= 0, "right": x <= 1}),
            ),
            (
                _of("concave", x**2 >= x, {"left": x >= 0, "right": x <= 1}, "Convex, and false for x = 1/2."),
                _of("concave", x * (1 - x) >= 0, {"left": x >= 0}, "False for x = 2."),
            ),
        ),
    }  # fmt: skip


def _between(x: Term, claim: Term) -> Term:
    """A claim about every t strictly between 0 and x."""
    return ForAll(t, Implies(And(num(0) < t, t < x), claim))


def _by_definition(square: Term, slope: Term) -> Term:
    """The square has this slope at its root, by the definition of the derivative."""
    a = square.args[0]
    e, d, s = real("epsilon delta s")
    error = Abs((a + s) ** 2 - square - slope * s)
    return ForAll(e, Implies(e > 0, Exists(d, And(d > 0, ForAll(s, Implies(Abs(s) <= d, error <= e * Abs(s)))))))


def _functions() -> dict[str, RuleExamples]:
    x, a, b = real("x a b")
    return {
        "elementary": RuleExamples(
            (
                _of("elementary", Eq(sin(2 * x), 2 * sin(x) * cos(x))),
                _of("elementary", Eq(log(a * b), log(a) + log(b)), {"p": a > 0, "q": b > 0}),
                _of("elementary", Eq(sqrt(x**2), Abs(x))),
            ),
            (
                _of("elementary", Eq(sqrt(x**2), x), remark="False for x = -1."),
                _of("elementary", Eq(log(x**2), 2 * log(x)), {"real": x < 0}, "log x is not defined for x < 0."),
            ),
        ),
        "derivative": RuleExamples(
            (
                _of("derivative", Eq(Diff(x, x**3 * exp(x), x), (x**3 + 3 * x**2) * exp(x))),
                _of("derivative", Eq(Diff(x, tanh(x), x), 1 - tanh(x) ** 2)),
                _of("derivative", _by_definition(a**2, 2 * a)),
            ),
            (
                _of("derivative", _by_definition(a**2, a), remark="False for a = 1."),
                _of("derivative", Eq(Diff(x, x**3, x), x**2), remark="False for x = 1."),
                _of("derivative", Eq(Diff(x, Abs(x), x), 1), remark="False for x < 0, and there is none at 0."),
            ),
        ),
    }


def _sums() -> dict[str, RuleExamples]:
    n, i, j = integer("n i j")
    a, b = family("a b")
    inside = {"low": num(1) <= j, "high": j <= n}
    lowest = MinOver(i, 1, n, a(i))
    smaller = {"smaller": forall_in(i, 1, n, a(i) <= b(i))}
    nonnegative = {"nonnegative": forall_in(i, 1, n, a(i) >= 0)}
    below = forall_in(i, 1, n, a(i) < b(i))
    some = {"each": nonnegative["nonnegative"], "some": n >= 1}
    return {
        "sum": RuleExamples(
            (
                _of("sum", Sum(i, 1, n, a(i)) <= Sum(i, 1, n, b(i)), smaller),
                RuleExample(a(j) <= Sum(i, 1, n, a(i)), by("sum", "nonnegative"), {**nonnegative, **inside}),
            ),
            (
                _of("sum", Sum(i, 1, n, a(i)) < Sum(i, 1, n, b(i)), {"smaller": below}, "False for n = 0."),
                RuleExample(
                    a(j) <= Sum(i, 1, n, a(i)), by("sum", "nonnegative"), nonnegative, "j need not be in the range."
                ),
            ),
        ),
        "extremum": RuleExamples(
            (
                _of("extremum", lowest <= a(j), {**inside}),
                RuleExample(num(0) <= lowest, by("extremum", "each"), some),
            ),
            (
                _of("extremum", lowest <= a(j), {"low": num(1) <= j}, "j may be larger than n."),
                RuleExample(num(0) < lowest, by("extremum", "each"), some, "False if all are 0."),
            ),
        ),
    }  # fmt: skip


def _matrices() -> dict[str, RuleExamples]:
    n = integer("n")
    A, B = matrix("A", n, n), matrix("B", n, n)
    regular, singular = literal_matrix([[2, 1], [1, 2]]), literal_matrix([[1, 2], [2, 4]])
    return {
        "matrix": RuleExamples(
            (
                _of("matrix", Eq(transpose(A * B), transpose(B) * transpose(A))),
                _of("matrix", Eq(trace(A * B), trace(B * A))),
                _of("matrix", Eq(inverse(A) * A * B, B), {"A": invertible(A)}),
            ),
            (
                _of("matrix", Eq(A * B, B * A), remark="Matrices need not commute."),
                _of("matrix", Eq(A * inverse(A), identity(n)), remark="A need not be invertible."),
            ),
        ),
        "exact_linear_algebra": RuleExamples(
            (
                _of("exact_linear_algebra", Eq(rank(singular), 1)),
                _of("exact_linear_algebra", positive_definite(regular)),
            ),
            (
                _of("exact_linear_algebra", Eq(rank(singular), 2), remark="The second row is twice the first."),
                _of("exact_linear_algebra", positive_definite(singular), remark="(2, -1) is in the kernel."),
            ),
        ),
    }


def _logic() -> dict[str, RuleExamples]:
    x, y = real("x y")
    k = integer("k")
    a = family("a")
    h = function("h")
    positive, negative = x > 0, y > 0
    every: tuple[FactReference, ...] = (at("every", 3),)
    return {
        "logic": RuleExamples(
            (
                _of("logic", negative, {"either": Or(positive, negative), "not_first": Not(positive)}),
                RuleExample(h(a(3)) > 0, By("logic", every), {"every": forall_in(k, 1, 5, h(a(k)) > 0)}),
            ),
            (
                _of("logic", positive, {"either": Or(positive, negative)}, "The second may be the one that holds."),
                _of("logic", positive, {"if": Implies(positive, negative), "then": negative}, "The converse."),
            ),
        ),
    }


def _oracle() -> dict[str, RuleExamples]:
    x, y = real("x y")
    n = integer("n")
    h = function("h")
    squares = {"squares": Eq(x**2, y**2)}
    return {
        "smt": RuleExamples(
            (
                _of("smt", Or(Eq(x, y), Eq(x, -y)), squares),
                _of("smt", Eq(h(Abs(x)), h(x)), {"right": x >= 0}),
                _of("smt", Or(n <= 2, n >= 3)),
            ),
            (
                _of("smt", Eq(x, y), squares, "False for x = 1, y = -1."),
                _of("smt", Or(x <= 2, x >= 3), remark="True of integers; false for x = 5/2."),
                _of("smt", exp(x) > 0, remark="True, but Z3 does not know exp: use sign."),
            ),
        ),
    }
