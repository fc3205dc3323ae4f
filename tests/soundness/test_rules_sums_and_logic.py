"""The rules sum, extremum, logic and rewrite: claims that they prove, each beside a false one that they refuse."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Iff,
    Implies,
    Ite,
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
    function,
    integer,
    num,
    real,
)
from symproof.proof.author import by
from tests.soundness.checking import proves
from tests.soundness.near_miss import NearMiss

x, y, z, t = real("x y z t")
i, j, k, m, n = integer("i j k m n")
a, b = family("a b")
c = family("c", 2)
f = function("f")


def values(*numbers):
    """A family of numbers, by index from 0 (and 0 elsewhere)."""
    return lambda index: Fraction(numbers[int(index)]) if 0 <= int(index) < len(numbers) else Fraction(0)


ORDERED = {"h": forall_in(i, 1, n, a(i) <= b(i))}
STRICT = {"h": forall_in(i, 1, n, a(i) < b(i)), "g": n >= 1}
POSITIVE = {"h": forall_in(i, 1, n, a(i) >= 0), "low": num(1) <= j, "high": j <= n}

SUM = [
    NearMiss(
        "sum",
        Sum(i, 1, n, a(i)) <= Sum(i, 1, n, b(i)),
        Sum(i, 1, n, b(i)) <= Sum(i, 1, n, a(i)),
        {n: 1, a: values(), b: values(0, 1)},
        ORDERED,
    ),
    NearMiss(
        "sum",
        Sum(i, 1, n, a(i)) < Sum(i, 1, n, b(i)),
        Sum(i, 1, n, a(i)) < Sum(i, 1, n, b(i)),
        {n: 0, a: values(), b: values()},
        STRICT,
        {"h": STRICT["h"]},
    ),
    NearMiss(
        "sum",
        Sum(i, 1, n, a(i)) < Sum(i, 1, n, b(i)),
        Sum(i, 1, n, a(i)) < Sum(i, 1, n, b(i)),
        {n: 1, a: values(), b: values()},
        STRICT,
        {**ORDERED, "g": n >= 1},
    ),
    NearMiss(
        "sum",
        Sum(i, 1, n, a(i)) <= Sum(i, 1, n, b(i)),
        Sum(i, 1, n, a(i)) <= Sum(i, 1, n - 1, b(i)),
        {n: 1, a: values(0, 1), b: values(0, 1)},
        ORDERED,
    ),
    NearMiss(
        "sum",
        a(j) <= Sum(i, 1, n, a(i)),
        a(j) <= Sum(i, 1, n, a(i)),
        {n: 1, j: 2, a: values(0, 0, 1)},
        POSITIVE,
        {"h": POSITIVE["h"], "low": POSITIVE["low"]},
    ),
    NearMiss(
        "sum",
        a(j) <= Sum(i, 1, n, a(i)),
        a(j) <= Sum(i, 1, n, a(i)),
        {n: 2, j: 1, a: values(0, 1, -1)},
        POSITIVE,
        {"h": forall_in(i, 1, n - 1, a(i) >= 0), "low": POSITIVE["low"], "high": POSITIVE["high"]},
    ),
    NearMiss("sum", num(0) <= Sum(i, 1, n, a(i) ** 2), num(0) <= Sum(i, 1, n, a(i) ** 3), {n: 1, a: values(0, -1)}),
    NearMiss(
        "sum",
        Eq(Sum(i, 1, n, a(i)), Sum(i, 2, n + 1, a(i - 1))),
        Eq(Sum(i, 1, n, a(i)), Sum(i, 2, n + 1, a(i + 1))),
        {n: 1, a: values(0, 1)},
    ),
    NearMiss(
        "sum",
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, m, a(i)) + Sum(i, m + 1, n, a(i))),
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, m, a(i)) + Sum(i, m + 1, n, a(i))),
        {n: 1, m: 2, a: values(0, 0, 1)},
        {"low": num(0) <= m, "high": m <= n},
        {"low": num(0) <= m},
    ),
    NearMiss(
        "sum",
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, m, a(i)) + Sum(i, m + 1, n, a(i))),
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, m, a(i)) + Sum(i, m, n, a(i))),
        {n: 1, m: 1, a: values(0, 1)},
        {"low": num(0) <= m, "high": m <= n},
    ),
    NearMiss(
        "sum",
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, n, b(i))),
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, n, b(i))),
        {n: 2, a: values(0, 0, 1), b: values()},
        {"h": forall_in(i, 1, n, Eq(a(i), b(i)))},
        {"h": forall_in(i, 1, n - 1, Eq(a(i), b(i)))},
    ),
]

lowest, highest = MinOver(i, 1, n, a(i)), MaxOver(i, 1, n, a(i))
INSIDE = {"low": num(1) <= j, "high": j <= n}

EXTREMUM = [
    NearMiss("extremum", lowest <= a(j), a(j) <= lowest, {n: 2, j: 1, a: values(0, 1, 0)}, INSIDE),
    NearMiss(
        "extremum", lowest <= a(j), lowest <= a(j), {n: 1, j: 0, a: values(0, 1)}, INSIDE, {"high": j <= n, "g": n >= 1}
    ),
    NearMiss("extremum", a(j) <= highest, a(j) < highest, {n: 1, j: 1, a: values()}, INSIDE),
    NearMiss(
        "extremum",
        x <= lowest,
        x < lowest,
        {n: 1, x: 0, a: values()},
        {"h": forall_in(i, 1, n, x <= a(i)), "g": n >= 1},
    ),
    NearMiss(
        "extremum",
        x < lowest,
        x < lowest,
        {n: 2, x: 0, a: values(0, 1, 0)},
        {"h": forall_in(i, 1, n, x < a(i)), "g": n >= 1},
        {"h": forall_in(i, 1, n - 1, x < a(i)), "g": n >= 1},
    ),
    NearMiss(
        "extremum",
        x <= lowest,
        x <= lowest,
        {n: 0, x: 0, a: values()},
        {"h": forall_in(i, 1, n, x <= a(i)), "g": n >= 1},
        {"h": forall_in(i, 1, n, x <= a(i))},
    ),
    NearMiss(
        "extremum",
        highest < x,
        highest < x,
        {n: 1, x: 0, a: values()},
        {"h": forall_in(i, 1, n, a(i) < x), "g": n >= 1},
        {"h": forall_in(i, 1, n, a(i) <= x), "g": n >= 1},
    ),
    NearMiss(
        "extremum",
        exists_in(i, 1, n, Eq(lowest, a(i))),
        exists_in(i, 2, n, Eq(lowest, a(i))),
        {n: 1, a: values()},
        {"g": n >= 1},
    ),
    NearMiss(
        "extremum",
        exists_in(j, 1, n, Eq(a(j), highest)),
        exists_in(j, 1, n, Eq(a(j), highest)),
        {n: 0, a: values()},
        {"g": n >= 1},
        {},
    ),
    NearMiss(
        "extremum",
        exists_in(i, 1, n, Eq(lowest, a(i))),
        exists_in(i, 1, n, And(Eq(lowest, a(i)), a(i) > 0)),
        {n: 1, a: values()},
        {"g": n >= 1},
    ),
    NearMiss("extremum", Min(x, y) <= y, y <= Min(x, y), {x: 0, y: 1}),
    NearMiss("extremum", x <= Max(x, y, z), x < Max(x, y, z), {x: 0, y: 0, z: 0}),
    NearMiss("extremum", z <= Min(x, y), z <= Min(x, y), {x: 1, y: 0, z: 1}, {"h": z <= x, "g": z <= y}, {"h": z <= x}),
]

P, Q, R = x > 0, y > 0, z > 0

LOGIC = [
    NearMiss("logic", Q, P, {x: 0, y: 1}, {"h": Or(P, Q), "g": Not(P)}, {"h": Or(P, Q), "g": Q}),
    NearMiss("logic", R, P, {x: 0, y: 0, z: 1}, {"h": Implies(P, R), "g": P}, {"h": Implies(P, R), "g": R}),
    NearMiss(
        "logic", Not(P), Not(Q), {x: 0, y: 1}, {"h": Implies(P, Q), "g": Not(Q)}, {"h": Implies(P, Q), "g": Not(P)}
    ),
    NearMiss("logic", And(P, Q), And(P, R), {x: 1, y: 1, z: 0}, {"h": P, "g": Q}),
    NearMiss("logic", Or(P, R), And(P, R), {x: 1, z: 0}, {"h": P}),
    NearMiss("logic", Implies(P, R), Implies(R, P), {x: 0, y: 0, z: 1}, {"h": Implies(P, Q), "g": Implies(Q, R)}),
    NearMiss(
        "logic", Iff(P, Q), Iff(P, Q), {x: 0, y: 1}, {"h": Implies(P, Q), "g": Implies(Q, P)}, {"h": Implies(P, Q)}
    ),
    NearMiss("logic", Or(P, x <= 0), Or(P, x < 0), {x: 0}),
    NearMiss("logic", Eq(x, y), Ne(x, y), {x: 0, y: 0}, {"h": Eq(y, x)}),
    NearMiss("logic", Not(And(x < y, y <= x)), Not(And(x <= y, y <= x)), {x: 0, y: 0}),
    NearMiss("logic", x < y, x < y, {x: 0, y: 0}, {"h": Not(y <= x)}, {"h": Not(y < x)}),
]

PATTERN = {"h": forall_in(i, 1, n, Eq(a(i), b(i))), "low": num(1) <= j, "high": j <= n}

REWRITE = [
    NearMiss("rewrite", x + 1 > 0, y > 0, {x: 0, y: 0}, {"h": Eq(x, y), "g": y + 1 > 0}),
    NearMiss(
        "rewrite",
        Eq(a(j), b(j)),
        Eq(a(j), b(j)),
        {n: 1, j: 2, a: values(0, 0, 1), b: values()},
        PATTERN,
        {"h": PATTERN["h"], "low": PATTERN["low"]},
    ),
    NearMiss(
        "rewrite",
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, n, b(i))),
        Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n + 1, b(i))),
        {n: 0, a: values(0, 1), b: values()},
        {"h": PATTERN["h"]},
    ),
    NearMiss(
        "rewrite",
        Eq(Sum(i, 1, n, a(i)), Sum(i, 1, n, b(i))),
        Eq(Sum(i, 0, n, a(i)), Sum(i, 0, n, b(i))),
        {n: 0, a: values(1), b: values()},
        {"h": PATTERN["h"]},
    ),
    NearMiss(
        "rewrite",
        Eq(Ite(x > 0, a(1), 0), Ite(x > 0, a(2), 0)),
        Eq(Ite(x >= 0, a(1), 0), Ite(x >= 0, a(2), 0)),
        {x: 0, a: values(0, 1, 2)},
        {"h": Implies(x > 0, Eq(a(1), a(2)))},
    ),
    NearMiss(
        "rewrite",
        Implies(x > 0, Eq(a(1), a(2))),
        Implies(x < 0, Eq(a(1), a(2))),
        {x: -1, a: values(0, 1, 2)},
        {"h": Implies(x > 0, Eq(a(1), a(2)))},
    ),
    NearMiss(
        "rewrite",
        Eq(Sum(i, 1, n, Sum(j, 1, i, a(j))), Sum(i, 1, n, Sum(j, 1, i, b(j)))),
        Eq(Sum(i, 1, n, Sum(j, 0, i, a(j))), Sum(i, 1, n, Sum(j, 0, i, b(j)))),
        {n: 1, a: values(1), b: values()},
        {"h": ForAll(i, Implies(i >= 1, Eq(a(i), b(i))))},
        {"h": forall_in(i, 1, n, Eq(a(i), b(i)))},
    ),
]


@pytest.mark.parametrize("case", [*SUM, *EXTREMUM, *LOGIC, *REWRITE], ids=str)
def test_the_true_claim_is_proved_and_the_false_one_is_not(case: NearMiss) -> None:
    assert case.is_refuted()
    assert not case.false_is_proved()
    assert case.true_is_proved()


def test_a_bound_variable_is_not_captured_by_an_instance() -> None:
    """From f(t) = c(k, k) for all t nothing follows for the k that is bound in the goal."""
    known = ForAll(t, Eq(f(t), c(k, k)))
    captured = ForAll(x, ForAll(k, Eq(f(x), c(k, k))))
    assert not proves(by("rewrite", "h"), captured, h=known)
    assert proves(by("rewrite", "h"), ForAll(x, Eq(f(x), c(k, k))), h=known)


def test_a_quantifier_is_not_exchanged() -> None:
    some, every = Exists(y, ForAll(x, f(x) <= y)), ForAll(x, Exists(y, f(x) <= y))
    assert not proves(by("logic", "h"), some, h=every)
    assert not proves(by("rewrite", "h"), some, h=every)
    assert proves(by("logic", "h"), every, h=every)


def test_an_index_is_not_replaced_by_a_real_that_is_equal_to_it() -> None:
    """There would be no such term: a family takes integers. A real may be replaced by an integer."""
    assert proves(by("rewrite", "h"), Eq(a(n), a(m)), h=Eq(n, m))
    assert not proves(by("rewrite", "h"), Eq(a(n), a(n + 1)), h=Eq(n, x))
    assert proves(by("rewrite", "h", "g"), x + 1 > 0, h=Eq(x, n), g=n + 1 > 0)
