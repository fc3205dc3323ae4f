"""Discharging is not a search: it ends soon, whatever the hypotheses in reach ask of each other."""

from __future__ import annotations

from time import monotonic

from symproof.kernel.discharge import Discharger
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import INT
from symproof.logic.syntax import Abs, Eq, Sum, family, forall_in, integer, num, real

i, j, m, n = integer("i j m n")
w = family("w", result=INT)
y = real("y")


def test_guards_that_need_themselves_are_not_discharged() -> None:
    """Whether w(n) is in w(n)..w(n) was asked again and again, in all orders, for many minutes."""
    sequent = Sequent((m, n, w, y))
    for bounds in ((w(n), w(n)), (w(m), w(w(n))), (n, w(m))):
        sequent = sequent.with_hypothesis("", forall_in(i, *bounds, Eq(w(i), w(i) * w(i))))
    claim = Sum(j, n, w(m), num(1) / 2 - w(n)) <= Sum(j, n, w(m), Abs(y))
    start = monotonic()
    assert not Discharger()(sequent, claim)
    assert monotonic() - start < 20


def test_guards_that_hold_are_discharged() -> None:
    """The control: a chain of hypotheses, each with a guard that another one discharges."""
    sequent = Sequent((n, w)).with_hypothesis("", n >= 1)
    sequent = sequent.with_hypothesis("", forall_in(i, 1, n, w(i) > 0))
    sequent = sequent.with_hypothesis("", forall_in(i, 0, w(n), w(w(i)) < 0))
    assert Discharger()(sequent, w(n) > 0)
    assert Discharger()(sequent, w(w(0)) < 0)
    assert not Discharger()(sequent, w(w(2)) < 0)
