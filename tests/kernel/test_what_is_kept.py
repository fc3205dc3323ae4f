"""What the kernel keeps between questions (normal forms, indexed hypotheses) never passes into another sequent."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

import pytest

from symproof.kernel.discharge import Discharger, normalizer_in
from symproof.kernel.normal_form import normal_form
from symproof.kernel.rule import Refusal
from symproof.kernel.rules.linear import LinearFacts
from symproof.kernel.sequent import Sequent
from symproof.logic.syntax import Abs, And, Eq, Ite, Max, Min, Sum, family, integer, real
from symproof.logic.term import Term

x, y = real("x y")
n, i = integer("n i")
a = family("a")
EMPTY = Sequent((x, y, n, a))


def known(*hypotheses: Term) -> Sequent:
    sequent = EMPTY
    for hypothesis in hypotheses:
        sequent = sequent.with_hypothesis("", hypothesis)
    return sequent


def equal(discharge: Discharger, sequent: Sequent, left: Term, right: Term) -> bool:
    normalize = normalizer_in(sequent, discharge)
    return normalize(left) == normalize(right)


CASES = {
    "absolute value": (known(x >= 0), Abs(x), x),
    "its negative": (known(x <= 0), Abs(x), -x),
    "nothing known of x": (known(y >= 0), Abs(x), Abs(x)),
    "piecewise": (known(x > 0), Ite(x > 0, 2 * x, x), 2 * x),
    "piecewise, other branch": (known(x < 0), Ite(x > 0, 2 * x, x), x),
    "length of a sum": (known(n >= 0), Sum(i, 1, n, x), n * x),
    "last term of a sum": (known(n >= 0), Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n + 1)),
    "cancelled": (known(Eq(y, y), x > 0), x * (1 / x), x**0),
}


@pytest.mark.parametrize("order", list(permutations(CASES, 2)), ids=" then ".join)
def test_a_sequent_decides_for_itself_whatever_was_asked_before(order: Iterable[str]) -> None:
    discharge = Discharger()
    for name in order:
        sequent, left, right = CASES[name]
        assert equal(discharge, sequent, left, right)
        for other, (elsewhere, _, _) in CASES.items():
            alone = equal(Discharger(), elsewhere, left, right)
            assert equal(discharge, elsewhere, left, right) == alone, f"{name} in the sequent of {other}"
        if left != right:
            assert normal_form(left) != normal_form(right), "with no hypotheses they are not equal"


def test_what_is_too_large_where_nothing_is_known_may_be_small_elsewhere() -> None:
    large = Ite(x > 0, y, (sum((a(k) for k in range(40)), x)) ** 40)
    with pytest.raises(Refusal):
        normal_form(large)
    assert equal(Discharger(), known(x > 0), large, y)
    with pytest.raises(Refusal):
        normalizer_in(known(x < 0), Discharger())(large)
    with pytest.raises(Refusal):
        normal_form(large)


def test_a_hypothesis_is_in_reach_where_it_stands_and_beyond_and_nowhere_else() -> None:
    """Sequents that share their first hypotheses, and some that have as many others."""
    discharge, start = Discharger(), known(x >= 0)
    left, right = start.with_hypothesis("", y > 0), start.with_hypothesis("", y < 0)
    deeper = left.with_hypothesis("", And(n >= 1, n <= 3))
    for _ in range(2):
        assert discharge(left, x + y > 0) and discharge(deeper, x + y > 0) and discharge(deeper, n > 0)
        assert not discharge(right, x + y > 0) and not discharge(start, x + y > 0)
        assert not discharge(left, n > 0) and not discharge(known(y > 0), x + y > 0)
        assert not discharge(known(x >= 1, n >= 1), y > 0), "as many hypotheses, but other ones"


def test_each_fact_of_linear_arithmetic_is_what_it_is_looked_at_in_any_order() -> None:
    """Facts are brought to normal form when they are looked at; a number beyond the last is an error, as in a list."""
    facts, goal = [And(x <= y, Eq(x, 2)), x < n, Abs(x) <= 1], Max(x, y) >= Min(x, y)
    whole = list(LinearFacts(facts, goal, normal_form))
    late = LinearFacts(facts, goal, normal_form)
    assert len(late) == len(whole) == 4 + 2 + 2 + 2
    assert [late[k] for k in reversed(range(len(whole)))] == whole[::-1]
    assert late[-1] == whole[-1] and list(late[1:3]) == whole[1:3]
    with pytest.raises(IndexError):
        late[len(whole)]
