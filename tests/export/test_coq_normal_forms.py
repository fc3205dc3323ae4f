"""Coq confirms normal forms of finite sums and choices by the scripts written for them, and refuses near misses."""

import shutil

import pytest

from symproof.export.coq.coqc import check_folder
from symproof.export.coq.folder import coq_folder
from symproof.export.coq.obligation import Obligation
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Abs, Eq, Ite, Sum, family, integer, real
from symproof.logic.term import Term

pytestmark = pytest.mark.skipif(shutil.which("coqc") is None, reason="no Coq is installed (Debian: coq)")
x, y = real("x y")
i, j, k, n, m = integer("i j k n m")
a, b = family("a"), family("b")
IN_RANGE = (k >= 1, k <= n)
HOLDS = {
    "the last term": (Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n + 1)), (n >= 0,)),
    "selection": (Eq(Sum(i, 1, n, Ite(Eq(i, k), x, 0) * a(i)), x * a(k)), IN_RANGE),
    "exchange": (Eq(Sum(i, 1, n, Sum(j, 1, m, a(i) * b(j))), Sum(j, 1, m, Sum(i, 1, n, b(j) * a(i)))), ()),
    "a product of sums": (Eq(Sum(i, 1, n, a(i)) * Sum(j, 1, m, b(j)), Sum(j, 1, m, b(j) * Sum(i, 1, n, a(i)))), ()),
    "few terms": (Eq(Sum(i, 1, 3, i * a(i)), a(1) + 2 * a(2) + 3 * a(3)), ()),
    "equal indices": (Eq(a(n + 1 - 1) + a(k + 1), a(1 + k) + a(n)), ()),
    "absolute values": (Eq(Abs(x - y) * Abs(y - x), (x - y) ** 2), ()),
}
FAILS = {
    "the last term of what may be empty": (HOLDS["the last term"][0], ()),
    "selection out of range": (HOLDS["selection"][0], (k >= 1,)),
    "another term": (Eq(Sum(i, 1, n, Ite(Eq(i, k), x, 0) * a(i)), x * a(k + 1)), IN_RANGE),
    "a product of sums as a sum of products": (
        Eq(Sum(i, 1, n, a(i)) * Sum(j, 1, n, b(j)), Sum(i, 1, n, a(i) * b(i))),
        (),
    ),
    "other indices": (Eq(a(n + 1), a(n)), ()),
}


def obligation(name: str, goal: Term, facts: tuple[Term, ...]) -> Obligation:
    return Obligation("own.small", name, "ring", goal, (), Sequent(), needed=facts)


def test_coq_confirms_normal_forms_and_refuses_near_misses() -> None:
    stated = {**HOLDS, **FAILS}
    confirmed, refused = check_folder(coq_folder(obligation(name, *stated[name]) for name in stated))
    assert {e.step for e in confirmed} == set(HOLDS)
    assert {r.entry.step for r in refused} == set(FAILS)
