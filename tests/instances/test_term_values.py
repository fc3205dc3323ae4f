"""Values that claims share are those of plain evaluation."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Any

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.term_values import NoValueError, TermValues
from symproof.instances.value_family import kept, sampled_family, table, vector
from symproof.instances.work_estimate import WorkEstimate
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.logic.definition import define
from symproof.logic.syntax import Ite, MinOver, Sum, family, integer, real
from symproof.logic.term import Term
from tests.soundness.random_terms import RandomTerms

m, n, i, j = integer("m n i j")
x, c = real("x c")
a = family("a")
b = family("b", 2)


def values_of(point: dict[Term, Any]) -> dict[Term, Any]:
    return {v: kept(v, value) for v, value in point.items()}


def outcome(compute: Any) -> Any:
    try:
        return compute()
    except Undefined:
        return "undefined"
    except EvaluationError:
        return "not evaluated"


@settings(max_examples=300, deadline=None)
@given(random=st.integers(0, 2**32).map(Random))
def test_shared_values_are_those_of_plain_evaluation(random: Random) -> None:
    """Random terms with nested sums, extrema, powers and case distinctions, several of them on the same numbers."""
    terms = RandomTerms(random)
    point = terms.point()
    shared, values = TermValues(), values_of(point)
    for term in [terms.number(random.choice([2, 3])) for _ in range(3)]:
        plain = outcome(lambda term=term: evaluate(term, point, 256))
        assert outcome(lambda term=term: shared(term, values)) == plain
        assert outcome(lambda term=term: shared(term, values)) == plain, "and again, from memory"


def test_a_sum_is_computed_once_for_all_claims_that_hold_it() -> None:
    """However the index is called, and also inside a definition that is unfolded."""
    asked: Counter[int] = Counter()

    def entry(k: int) -> fmpq:
        asked[k] += 1
        return fmpq(k)

    row = define("own.row", (n, b, a, i), Sum(j, 1, n, b(i, j) * a(j)) + 1)
    values = {n: fmpq(3), m: fmpq(2), a: kept(a, entry), b: kept(b, sampled_family(1)), i: fmpq(2), x: fmpq(5)}
    shared = TermValues()
    other = integer("k")
    first = shared(Sum(i, 1, m, row(n, b, a, i) ** 2), values)
    second = shared(Sum(other, 1, m, x * row(n, b, a, other)), values)
    assert first == sum((evaluate(row(n, b, a, i), {**values, i: k}) ** 2 for k in (1, 2)), fmpq(0))
    assert second == 5 * sum((evaluate(row(n, b, a, i), {**values, i: k}) for k in (1, 2)), fmpq(0))
    assert shared(row(n, b, a, i), values) == evaluate(row(n, b, a, i), values)
    assert set(asked.values()) == {1}


def test_other_numbers_are_other_values() -> None:
    shared = TermValues()
    values = {n: fmpq(3), a: kept(a, vector([1, 2, 3])), c: fmpq(1)}
    total = Sum(i, 1, n, a(i) * c)
    assert shared(total, values) == 6
    assert shared(total, {**values, c: fmpq(2)}) == 12
    assert shared(total, {**values, a: kept(a, vector([1, 1, 1]))}) == 3
    assert shared(total, {**values, n: fmpq(2)}) == 3


def test_a_part_that_a_case_distinction_guards_is_not_needed() -> None:
    term = Ite(n >= 1, MinOver(i, 1, n, a(i)), 7)
    assert TermValues()(term, {n: fmpq(0), a: kept(a, vector([]))}) == 7


def test_a_variable_without_a_value_is_named() -> None:
    with pytest.raises(NoValueError, match="c"):
        TermValues()(Sum(i, 1, 3, c), {})
    with pytest.raises(NoValueError, match="x"):
        TermValues()(x + 1, {})


def test_families_are_zero_outside_their_tables() -> None:
    assert [vector([5, 6])(k) for k in (-1, 0, 1, 2, 3)] == [0, 0, 5, 6, 0]
    assert [table([[5, 6]])(*k) for k in ((0, 1), (1, 0), (1, 2), (1, 3), (2, 1))] == [0, 0, 6, 0, 0]


def test_sampled_families_are_the_same_in_every_run() -> None:
    assert [sampled_family(3)(k, 1) for k in range(5)] == [sampled_family(3)(k, 1) for k in range(5)]
    assert len({sampled_family(3)(k) for k in range(50)}) > 5


def test_the_work_is_the_product_of_nested_ranges() -> None:
    count = WorkEstimate()
    double = Sum(i, 1, m, Sum(j, 1, n, b(i, j)))
    assert count(double, {m: 100, n: 20}) == 100 * 20 * count(b(i, j), {})
    unfolded = define("own.double", (m, n, b), double)
    assert count(unfolded(m, n, b), {m: 100, n: 20}) >= count(double, {m: 100, n: 20})
