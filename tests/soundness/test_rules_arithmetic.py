"""The rules ring, field, ideal, linear, sos and sign: claims that they prove, each beside a false one."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symproof.logic.syntax import (
    FALSE,
    Abs,
    Eq,
    Implies,
    Ite,
    Max,
    Min,
    MinOver,
    Ne,
    Not,
    Or,
    Sum,
    exp,
    family,
    forall_in,
    integer,
    num,
    real,
    sqrt,
)
from symproof.proof.author import by
from tests.soundness.checking import FALSE_EQUATION
from tests.soundness.near_miss import NearMiss

x, y, z = real("x y z")
i, j, m, n, k = integer("i j m n k")
a, b = family("a b")
HALF = Fraction(1, 2)
NONNEGATIVE = Sum(i, 1, n, a(i) ** 2)


def values(*numbers):
    """A family of numbers, by index from 0 (and 0 elsewhere)."""
    return lambda index: Fraction(numbers[int(index)]) if 0 <= int(index) < len(numbers) else Fraction(0)


RING = [
    NearMiss("ring", Eq((x + y) ** 2, x**2 + 2 * x * y + y**2), Eq((x + y) ** 2, x**2 + y**2), {x: 1, y: 1}),
    NearMiss("ring", Eq((x - y) * (x + y), x**2 - y**2), Eq((x - y) * (x + y), x**2 + y**2), {x: 1, y: 1}),
    NearMiss("ring", Eq((-x) ** 4, x**4), Eq((-x) ** 3, x**3), {x: 1}),
    NearMiss("ring", Eq(-(x**2), -1 * x**2), Eq((-x) ** 2, -(x**2)), {x: 1}),
    NearMiss("ring", Eq(x**0, 1), Eq(num(0) ** num(0), 0)),
    NearMiss("ring", Eq(0 * x, 0), Eq(0 * x, x), {x: 1}),
    NearMiss("ring", x <= x + 1, x + 1 <= x, {x: 0}),
    NearMiss("ring", Ne(x, x + 1), Ne(x, x), {x: 0}),
    NearMiss("ring", Eq(Abs(x) ** 2, x**2), Eq(Abs(x) ** 3, x**3), {x: -1}),
    NearMiss("ring", Eq(Abs(x * y), Abs(x) * Abs(y)), Eq(Abs(x + y), Abs(x) + Abs(y)), {x: 1, y: -1}),
    NearMiss("ring", Eq(Max(x, y), Max(y, x)), Eq(Max(x, y), Min(y, x)), {x: 0, y: 1}),
    NearMiss(
        "ring",
        Eq(Ite(x > 0, y, z) + 1, Ite(x > 0, y + 1, z + 1)),
        Eq(Ite(x > 0, y, z), Ite(x >= 0, y, z)),
        {x: 0, y: 0, z: 1},
    ),
    NearMiss("ring", Eq(Ite(x > 0, 1, 0), 1 - Ite(x <= 0, 1, 0)), Eq(Ite(x > 0, 1, 0), 1 - Ite(x < 0, 1, 0)), {x: 0}),
    NearMiss(
        "ring", Eq(Ite(x > 0, 2, 0) ** 2, 2 * Ite(x > 0, 2, 0)), Eq(Ite(x > 0, 2, 0) ** 2, Ite(x > 0, 2, 0)), {x: 1}
    ),
    # finite sums
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n, a(i) + b(i)), Sum(i, 1, n, a(i)) + Sum(i, 1, n, b(i))),
        Eq(Sum(i, 1, n, a(i) * b(i)), Sum(i, 1, n, a(i)) * Sum(i, 1, n, b(i))),
        {n: 2, a: values(0, 1, 1), b: values(0, 1, 1)},
    ),
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n, x * a(i)), x * Sum(i, 1, n, a(i))),
        Eq(Sum(i, 1, n, x + a(i)), x + Sum(i, 1, n, a(i))),
        {n: 2, x: 1, a: values()},
    ),
    NearMiss(
        "ring", Eq(Sum(i, 1, 3, a(i)), a(1) + a(2) + a(3)), Eq(Sum(i, 1, 3, a(i)), a(0) + a(1) + a(2)), {a: values(1)}
    ),
    NearMiss("ring", Eq(Sum(i, 1, 0, a(i)), 0), Eq(Sum(i, 0, 0, a(i)), 0), {a: values(1)}),
    NearMiss("ring", Eq(Sum(i, 3, 1, a(i)), 0), Eq(Sum(i, 3, 1, a(i)), -a(2)), {a: values(0, 0, 1)}),
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n + 1)),
        Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n)),
        {n: 1, a: values(0, 0, 1)},
        {"h": n >= 0},
    ),
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n + 1)),
        Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n + 1)),
        {n: -2, a: lambda index: Fraction(1)},
        {"h": n >= 0},
        {},
    ),
    NearMiss("ring", Eq(Sum(i, 1, n, num(1)), n), Eq(Sum(i, 1, n, num(1)), n), {n: -1}, {"h": n >= 0}, {}),
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n, Ite(Eq(i, j), a(i), 0)), a(j)),
        Eq(Sum(i, 1, n, Ite(Eq(i, j), a(i), 0)), a(j)),
        {n: 1, j: 2, a: values(0, 0, 1)},
        {"low": num(1) <= j, "high": j <= n},
        {"low": num(1) <= j},
    ),
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n, Sum(j, 1, i, a(i) * b(j))), Sum(k, 1, n, a(k) * Sum(m, 1, k, b(m)))),
        Eq(Sum(i, 1, n, Sum(j, 1, i, a(i) * b(j))), Sum(j, 1, n, Sum(i, 1, j, a(i) * b(j)))),
        {n: 2, a: values(0, 1), b: values(0, 0, 1)},
    ),
    NearMiss(
        "ring",
        Eq(Sum(i, 1, n, a(i)) ** 2, Sum(i, 1, n, Sum(j, 1, n, a(i) * a(j)))),
        Eq(Sum(i, 1, n, a(i)) ** 2, Sum(i, 1, n, a(i) ** 2)),
        {n: 2, a: values(0, 1, 1)},
    ),
]

FIELD = [
    NearMiss("field", Eq(x / x, 1), Eq(x / x, 1), {x: 0}, {"h": Ne(x, 0)}, {}),
    NearMiss(
        "field",
        Eq(1 / x + 1 / y, (x + y) / (x * y)),
        Eq(1 / x + 1 / y, 2 / (x + y)),
        {x: 1, y: 1},
        {"h": Ne(x, 0), "g": y > 0},
        {"h": Ne(x, 0), "g": y > 0, "s": Ne(x + y, 0)},
    ),
    NearMiss(
        "field",
        Eq((x**2 - y**2) / (x - y), x + y),
        Eq((x**2 - y**2) / (x - y), x + y),
        {x: 1, y: 1},
        {"h": Ne(x, y)},
        {"h": x >= y},
    ),
    NearMiss("field", Eq(1 / (1 / x), x), Eq(1 / (1 / x), x), {x: 0}, {"h": x < 0}, {"h": x <= 0}),
    NearMiss("field", Eq(x ** num(-2), 1 / x**2), Eq(x ** num(-2), -(x**2)), {x: 1}, {"h": x > 0}),
    NearMiss("field", Eq(x / (2 * y), HALF * x / y), Eq(x / (2 * y), 2 * x / y), {x: 1, y: 1}, {"h": y > 0}),
    NearMiss("field", Eq(1 / (x**2 + 1) * (x**2 + 1), 1), Eq(1 / (x**2 - 1) * (x**2 - 1), 1), {x: 1}),
]

IDEAL = [
    NearMiss("ideal", Eq(x**2, y**2), Eq(x, y), {x: 1, y: -1}, {"h": Eq(x + y, 0)}),
    NearMiss("ideal", Eq(x, z), Eq(x, -z), {x: 1, y: 1, z: 1}, {"h": Eq(x, y), "g": Eq(y, z)}),
    NearMiss("ideal", Eq(x * y, 0), Eq(y, 0), {x: 0, y: 1}, {"h": Eq(x, 0)}),
    NearMiss("ideal", Eq(x**3, x), Eq(x, 1), {x: -1}, {"h": Eq(x**2, 1)}),
    NearMiss("ideal", FALSE_EQUATION, FALSE_EQUATION, {x: 1}, {"h": Eq(x, 0), "g": Eq(x, 1)}, {"h": Eq(x, 1)}),
    NearMiss(
        by("ideal", "h", cofactors=[x - y]), Eq(x**2, y**2), Eq(x**2, -(y**2)), {x: 1, y: -1}, {"h": Eq(x + y, 0)}
    ),
]

LINEAR = [
    NearMiss("linear", x <= z, x < z, {x: 0, y: 0, z: 0}, {"h": x <= y, "g": y <= z}),
    NearMiss("linear", x < z, z < x, {x: 0, y: 1, z: 1}, {"h": x < y, "g": y <= z}),
    NearMiss("linear", Eq(x, y), Eq(x, y), {x: 0, y: 1}, {"h": x <= y, "g": y <= x}, {"h": x <= y}),
    NearMiss("linear", 2 * x + 3 * y <= 5, 2 * x + 3 * y < 5, {x: 1, y: 1}, {"h": x <= 1, "g": y <= 1}),
    NearMiss("linear", -x <= 0, -x >= 0, {x: 1}, {"h": x >= 0}),
    NearMiss("linear", n >= 1, n >= 2, {n: 1}, {"h": n > 0}),
    NearMiss("linear", n >= m + 1, x >= y + 1, {n: 1, m: 0, x: HALF, y: 0}, {"h": n > m}, {"h": x > y}),
    NearMiss("linear", x <= Abs(x), Abs(x) <= x, {x: -1}),
    NearMiss("linear", Min(x, y) <= y, y <= Min(x, y), {x: 0, y: 1}),
    NearMiss("linear", y <= Max(x, y), Max(x, y) <= y, {x: 1, y: 0}),
    NearMiss("linear", Not(x > 1), Not(x > 0), {x: 1}, {"h": x <= 1}),
    NearMiss("linear", FALSE, FALSE, {x: 0}, {"h": x < 0, "g": x >= 0}, {"h": x <= 0, "g": x >= 0}),
    NearMiss(
        "linear", x * y <= z, x * y <= x * z, {x: -1, y: 0, z: 1}, {"h": x * y <= 0, "g": num(0) <= z}, {"h": y <= z}
    ),
]

SOS = [
    NearMiss("sos", x**2 + y**2 >= 2 * x * y, x**2 + y**2 >= 3 * x * y, {x: 1, y: 1}),
    NearMiss("sos", x**2 >= 0, x**3 >= 0, {x: -1}),
    NearMiss("sos", x**2 - x + 1 > 0, x**2 - 2 * x + 1 > 0, {x: 1}),
    NearMiss(
        "sos",
        (x + y + z) ** 2 <= 3 * (x**2 + y**2 + z**2),
        (x + y + z) ** 2 <= 2 * (x**2 + y**2 + z**2),
        {x: 1, y: 1, z: 1},
    ),
    NearMiss("sos", x * y >= 0, x * y > 0, {x: 0, y: 0}, {"h": x >= 0, "g": y >= 0}),
    NearMiss("sos", x * y > 0, x * y > 0, {x: 0, y: 1}, {"h": x > 0, "g": y > 0}, {"h": x >= 0, "g": y > 0}),
    NearMiss(by("sos", squares=[(1, x - y, [])]), x**2 + y**2 >= 2 * x * y, x**2 + y**2 >= -3 * x * y, {x: 1, y: -1}),
    NearMiss(by("sos", squares=[(1, x, []), (1, y, [])]), x**2 + y**2 >= 0, x**2 - y**2 >= 0, {x: 0, y: 1}),
]

SIGN = [
    NearMiss("sign", x * y > 0, x * y > 0, {x: 1, y: 0}, {"h": x > 0, "g": y > 0}, {"h": x > 0}),
    NearMiss("sign", x * y <= 0, x * y < 0, {x: 0, y: -1}, {"h": x >= 0, "g": y < 0}),
    NearMiss("sign", x / (1 + y**2) > 0, x / (1 + y) > 0, {x: 1, y: -2}, {"h": x > 0}, {"h": x > 0, "g": Ne(1 + y, 0)}),
    NearMiss("sign", NONNEGATIVE >= 0, NONNEGATIVE > 0, {n: 0, a: values()}),
    NearMiss("sign", NONNEGATIVE + 1 > 0, NONNEGATIVE - 1 > 0, {n: 0, a: values()}),
    NearMiss(
        "sign",
        Sum(i, 1, n, exp(a(i))) > 0,
        Sum(i, 1, n, exp(a(i))) > 0,
        {n: 0, a: values()},
        {"h": n >= 1},
        {"h": n >= 0},
    ),
    NearMiss(
        "sign",
        Sum(i, 1, n, a(i)) >= 0,
        Sum(i, 1, n, a(i)) >= 0,
        {n: 2, a: values(0, 1, -2)},
        {"h": forall_in(i, 1, n, a(i) >= 0)},
        {"h": forall_in(i, 1, n - 1, a(i) >= 0)},
    ),
    NearMiss(
        "sign",
        MinOver(i, 1, n, a(i)) > 0,
        MinOver(i, 1, n, a(i)) > 0,
        {n: 2, a: values(0, 1, 0)},
        {"h": forall_in(i, 1, n, a(i) > 0), "g": n >= 1},
        {"h": forall_in(i, 1, n, a(i) >= 0), "g": n >= 1},
    ),
    NearMiss("sign", exp(x) > 0, exp(x) > 1, {x: 0}),
    NearMiss("sign", sqrt(x) >= 0, sqrt(x) > 0, {x: 0}, {"h": x >= 0}),
    NearMiss("sign", Abs(x) > 0, Abs(x) > 0, {x: 0}, {"h": Ne(x, 0)}, {"h": x >= 0}),
    NearMiss("sign", x**4 >= 0, x**5 >= 0, {x: -1}),
    NearMiss("sign", x ** num(-2) > 0, x ** num(-3) > 0, {x: -1}, {"h": Ne(x, 0)}),
    NearMiss("sign", Min(x, y) > 0, Min(x, y) > 0, {x: 1, y: -1}, {"h": x > 0, "g": y > 0}, {"h": x > 0}),
    NearMiss("sign", Max(x, y) > 0, Max(x, y) > 0, {x: 0, y: 0}, {"h": x > 0}, {"h": x >= 0}),
    NearMiss("sign", Ite(x > 0, x, 1) > 0, Ite(x >= 0, x, 1) > 0, {x: 0}),
    NearMiss("sign", Ne(x, 0), Ne(x, 0), {x: 0}, {"h": x < 0}, {"h": x <= 0}),
    NearMiss("sign", n >= 1, x >= 1, {n: 1, x: HALF}, {"h": n > 0}, {"h": x > 0}),
    NearMiss("sign", Ne(2 * n, 1), Ne(2 * x, 1), {n: 0, x: HALF}),
    NearMiss("sign", Or(x > 0, x <= 0), Or(x > 0, x < 0), {x: 0}),
    NearMiss("sign", Implies(x > 1, x > 0), Implies(x > 0, x > 1), {x: 1}),
]

CASES = [*RING, *FIELD, *IDEAL, *LINEAR, *SOS, *SIGN]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_the_true_claim_is_proved_and_the_false_one_is_not(case: NearMiss) -> None:
    assert case.is_refuted()
    assert not case.false_is_proved()
    assert case.true_is_proved()
