"""Values by passes over the samples are those of plain evaluation, chunk by chunk, and refuse what they cannot tell."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import pytest
from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances import integer_table, sample_passes
from symproof.instances.activation import ReluLike
from symproof.instances.claim_judgement import Judge, Scope
from symproof.instances.constructions import Constructions
from symproof.instances.dataset import Dataset, dataset_from_rows
from symproof.instances.effort import Effort
from symproof.instances.term_values import TermValues
from symproof.instances.value_family import TableFamily, kept, sampled_family, vector
from symproof.kernel.evaluate import EvaluationError, Undefined, evaluate
from symproof.logic.definition import define, define_recursive
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Iff,
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
    function,
    integer,
    real,
)
from symproof.logic.term import Term
from tests.soundness.random_terms import RandomTerms

CHUNK = 8
m, d, i, j, k, o, n = integer("m d i j k o n")
x, a = family("x a", 2)
y, w, r, g = family("y w r g")
h = function("h")
b = real("b")

fit = Sum(k, 1, d, w(k) * x(i, k)) + b
square = define("square_of", (b,), b**2)
power = define_recursive("power_of", (n, b), b, function("p"), function("p")(b) * b)


@pytest.fixture(autouse=True)
def short_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(integer_table, "CHUNK_ROWS", CHUNK)
    monkeypatch.setattr(sample_passes, "CHUNK_ROWS", CHUNK)


def data(rows: int) -> Dataset:
    source = Random(rows)
    features = [[fmpq(source.randint(-9, 9), source.choice([1, 2, 5])) for _ in range(2)] for _ in range(rows)]
    return dataset_from_rows(features, [fmpq(source.randint(-9, 9), 10) for _ in range(rows)])


def values_of(dataset: Dataset, terms: TermValues) -> dict[Term, Any]:
    size = dataset.feature_count
    given_values = {
        m: dataset.sample_count,
        d: size,
        o: 3,
        x: TableFamily(dataset.table, 1, size),
        y: TableFamily(dataset.table, size + 1),
        w: vector([fmpq(2, 3), fmpq(-5, 7)]),
        b: Fraction(1, 4),
        h: ReluLike(fmpq(2), fmpq(-1, 3)),
        g: sampled_family(5),
    }
    found = {v: kept(v, value) for v, value in given_values.items()}
    found[r] = kept(r, terms(Lam(i, fit - y(i)), found))
    found[a] = kept(a, terms(Lam((i, k), Ite(k <= d, x(i, k), 1)), found))
    return found


TERMS = [
    Sum(i, 1, m, x(i, 1) * x(i, 2)),
    Sum(i, 1, m, r(i) ** 2) - Sum(i, 2, m - 1, r(i) * a(i, 3)),
    Sum(i, 1, m, (Sum(k, 1, d, w(k) * h(x(i, k) + b)) - y(i)) ** 2),
    Sum(i, 1, m, r(i) ** 3 - square(r(i)) * power(2, y(i))),
    Sum(i, 1, m, g(i) * x(i, 1) + g(i) ** 2 - Abs(r(i)) * Abs(y(i))),
    Sum(i, 1, m, Ite(i <= o, x(i, 1), Ite(Eq(i, o + 1), 7, y(i))) * r(i)),
    Sum(i, 1, m, Ite(Ne(i, o), x(i, 1) - x(o, 1), 1) ** 2),
    Sum(i, 1, m, r(i) * Sum(j, 1, m, y(j))),
    Sum(k, 1, d, Sum(i, 1, m, x(i, k) * y(i)) ** 2),
    Sum(i, 1, m, Sum(j, 1, m, Abs(x(i, 1) - x(j, 2)))),
    Sum(i, 1, m, Sum(j, 2, m, (r(i) * y(j) - r(j) * y(i) + o) ** 2 * h(x(j, 1)))),
    Sum(i, 1, m, h(y(i)) * Sum(j, 1, m, (x(i, 1) - h(x(j, 2)) * (i - 2 * j)) ** 2)),
    Sum(i, 1, m, Sum(j, 1, m, Sum(k, 1, d, x(i, k) * x(j, k)) ** 2)),
    Sum(i, 1, m, Ite(Eq(i, o), Sum(j, 1, m, x(i, 1) * y(j)), 2)),
    Sum(i, 1, m + 2, x(i, 1) + y(i)),
    MinOver(i, 1, m, Max(r(i), y(i)) - Min(x(i, 1), x(i, 2), 1)),
    MaxOver(i, 2, m, (r(i) + 50) / (Abs(x(i, 1)) + 1) - 3),
    MinOver(i, 1, m, r(i) / (Abs(x(i, 1)) + 1) + y(i) / (Abs(x(i, 2)) + 2)),
    MinOver(i, 1, m, 1 / (i - o)),
    MinOver(i, 5, 4, y(i)),
    forall_in(i, 1, m, r(i) < 100),
    forall_in(i, 1, m, r(i) < 4),
    forall_in(i, 1, m, Implies(Ne(i, o), r(i) ** 2 > 0)),
    forall_in(i, 1, m, r(i) / (Abs(x(i, 1)) + 1) >= MinOver(j, 1, m, r(j) / (Abs(x(j, 1)) + 1))),
    forall_in(i, 1, m, Iff(x(i, 1) <= 0, Not(x(i, 1) > 0))),
    forall_in(i, 1, m - 1, forall_in(k, 1, d, Or(x(i, k) < 5, x(i, k) >= y(i)))),
    exists_in(i, 1, m, And(Eq(i, m), y(i) < 1)),
    exists_in(i, 1, m, r(i) > 100),
    forall_in(i, 1, m, Or(Eq(i, o), exists_in(k, 1, d, Ne(x(i, k), x(o, k))))),
]


def outcome(term: Term, values: dict[Term, Any], terms: TermValues) -> Any:
    try:
        return terms(term, values)
    except Undefined:
        return "undefined"


@pytest.mark.parametrize("rows", [CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_passes_and_plain_evaluation_agree_at_the_borders_of_chunks(rows: int) -> None:
    dataset = data(rows)
    by_passes, plain = TermValues(long=5), TermValues(long=10**9)
    values, plain_values = values_of(dataset, by_passes), values_of(dataset, plain)
    for term in TERMS:
        assert outcome(term, values, by_passes) == outcome(term, plain_values, plain), str(term)
    refused = [term for term in TERMS if isinstance(by_passes.streamed(term, values), str)]
    assert [str(term) for term in refused] == [str(TERMS[k]) for k in (9, 14, 18)], "two indices; outside; 1/0"


@settings(max_examples=150, deadline=None)
@given(random=st.integers(0, 2**32).map(Random))
def test_random_terms_have_the_values_of_plain_evaluation(random: Random) -> None:
    terms = RandomTerms(random)
    point = terms.point()
    by_passes, values = TermValues(long=2), {v: kept(v, value) for v, value in point.items()}
    for term in [terms.number(random.choice([2, 3])) for _ in range(3)]:
        try:
            plain = evaluate(term, point, 256)
        except (Undefined, EvaluationError):
            continue
        found = by_passes.streamed(term, values)
        assert found is None or isinstance(found, str) or found == plain, str(term)


def judged(claim: Term, effort: Effort, rows: int = 3 * CHUNK) -> Any:
    terms = TermValues(effort=effort, long=5)
    values = values_of(data(rows), terms)
    return Judge(Constructions(), 20, 20, 20, terms)(claim, Scope("", values))


def test_a_claim_that_fails_at_the_last_sample_only_is_false_there() -> None:
    last = 3 * CHUNK
    assert judged(forall_in(i, 1, m, i < last + 1), Effort()).truth is True
    found = judged(forall_in(i, 1, m, Or(i < last, x(i, 1) > 1000)), Effort())
    assert found.truth is False
    assert found.failing == (("i", str(last)),)


def test_more_work_than_allowed_is_refused_in_words_and_named() -> None:
    claim = Sum(i, 1, m, Abs(r(i))) >= 0
    assert judged(claim, Effort()).truth is True
    refused = judged(claim, Effort(max_work=10))
    assert refused.truth is None
    assert "--max-work" in refused.reason
