"""What numbers say of claims: never more than plain evaluation, and with the reason where it is less."""

from __future__ import annotations

from random import Random
from typing import Any

from flint import fmpq
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.instances.claim_judgement import Judge, Judgement, Scope, index_choices
from symproof.instances.constructions import Constructions
from symproof.instances.value_family import kept, vector
from symproof.kernel.evaluate import EvaluationError, Undefined, decide
from symproof.logic.definition import define
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ne,
    Not,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)
from symproof.logic.term import Term
from tests.soundness.random_terms import RandomTerms

m, n, i, j, k = integer("m n i j k")
x, t, s = real("x t s")
a, w = family("a w")
ENTRIES = [3, 1, 4, 1, 5]
VALUES = {m: 5, x: fmpq(1, 2), a: vector(ENTRIES)}


def judged(claim: Term, values: dict[Term, Any] | None = None, constructions: Constructions | None = None) -> Judgement:
    point = {v: kept(v, value) for v, value in (values or VALUES).items()}
    return Judge(constructions or Constructions())(claim, Scope("own", point))


@settings(max_examples=300, deadline=None)
@given(random=st.integers(0, 2**32).map(Random))
def test_a_decided_answer_is_that_of_plain_evaluation(random: Random) -> None:
    """Random claims with and without quantifiers over ranges: the judge may know less, never otherwise."""
    terms = RandomTerms(random)
    claim = random.choice([terms.hypothesis, lambda: terms.proposition(2)])()
    if random.random() < 0.5:
        index = integer("q")
        bind = random.choice([forall_in, exists_in])
        claim = bind(index, 0, random.randint(0, 3), Implies(terms.relation(1, (index,)), claim))
    point = terms.point()
    try:
        truth = decide(claim, point, limit=256)
    except (Undefined, EvaluationError):
        return
    found = judged(claim, point)
    assert found.truth in (truth, None)
    if truth is not None and found.truth is None:
        assert found.reason


def test_a_relation_shows_both_sides() -> None:
    found = judged(x + 1 > num(1))
    assert found.truth is True
    assert found.first is not None
    assert (found.first.values, found.first.relation) == ((fmpq(3, 2), fmpq(1)), ">")


def test_a_range_is_enumerated_and_shows_the_first_and_the_tightest_index() -> None:
    found = judged(forall_in(i, 1, m, a(i) > 0))
    assert (found.truth, found.checked) == (True, 5)
    assert found.first is not None
    assert found.tightest is not None
    assert (found.first.at, found.first.values[0]) == ((("i", "1"),), 3)
    assert (found.tightest.at, found.tightest.values[0]) == ((("i", "2"),), 1)


def test_a_false_claim_names_the_index() -> None:
    found = judged(forall_in(i, 1, m, a(i) > 1))
    assert (found.truth, found.failing) == (False, (("i", "2"),))
    many = judged(forall_in(i, 1, m, Ne(i, 777)), {m: 1000})
    assert (many.truth, many.failing) == (False, (("i", "777"),))


def test_long_ranges_are_enumerated_at_once() -> None:
    found = judged(forall_in(i, 1, m, forall_in(j, 1, m, i + j >= 2)), {m: 200})
    assert (found.truth, found.checked) == (True, 40_000)


def test_too_many_indices_are_tried_in_part_and_never_called_true() -> None:
    found = judged(forall_in(i, 1, m, forall_in(j, 1, m, i + j >= 2)), {m: 3000})
    assert found.truth is None
    assert "that were tried, of 3,000" in found.reason


def test_a_sum_that_is_too_long_is_not_evaluated() -> None:
    found = judged(Sum(i, 1, m, Sum(j, 1, m, Abs(i - j))) >= 0, {m: 3000})
    assert found.truth is None
    assert "not evaluated" in found.reason


def test_a_claim_about_all_numbers_is_tried_and_stays_general() -> None:
    found = judged(ForAll(t, t**2 >= 0))
    assert found.truth is None
    assert found.reason.endswith("it holds at 3 sampled points")
    assert judged(ForAll(t, t > 0)).truth is False, "one counterexample is enough"


def test_samples_that_do_not_meet_the_premise_do_not_count() -> None:
    found = judged(ForAll(t, Implies(t > 2, t > 1)))
    assert found.reason.endswith("it holds at 1 sampled point")
    assert judged(ForAll(t, Implies(t > 9, t > 100))).reason == "a statement about all values: proved, not enumerable"


def test_given_samples_are_used_for_quantifiers_that_stand_together() -> None:
    points = Constructions(taken={("own", "t s"): lambda _v: [(fmpq(7), fmpq(-7))]})
    assert judged(ForAll((t, s), Eq(t + s, 0)), constructions=points).first is not None
    assert judged(ForAll((t, s), Eq(t + s, 1)), constructions=points).truth is False


def test_what_exists_is_looked_up() -> None:
    half = Constructions({("own", "t"): lambda values: values["x"]})
    found = judged(Exists(t, Eq(2 * t, 1)), constructions=half)
    assert (found.truth, found.first and found.first.values) == (True, (1, 1))
    assert judged(Exists(t, Eq(2 * t, 1))).reason == "no construction of t is given for these numbers"
    wrong = judged(Exists(t, Eq(2 * t, 3)), constructions=half)
    assert wrong.truth is None, "a construction that fails does not refute existence"
    assert judged(Exists(x, Eq(2 * x, 1))).truth is True, "the value in reach under the same name"


def test_an_index_is_searched_for() -> None:
    assert judged(exists_in(i, 1, m, Eq(a(i), 4))).truth is True
    assert judged(exists_in(i, 1, m, Eq(a(i), 9))).truth is False
    assert judged(Not(exists_in(i, 1, m, Eq(a(i), 9)))).truth is True
    assert judged(Exists(i, Eq(a(i), 9))).truth is None, "not in a range"


def test_a_notion_is_unfolded() -> None:
    bounded = define("own.bounded", (m, a, x), And(x > 0, forall_in(i, 1, m, a(i) >= x)))
    assert judged(bounded(m, a, x)).truth is True
    assert judged(bounded(m, a, num(2))).truth is False


def test_what_is_undefined_is_false_with_the_reason() -> None:
    found = judged(Eq(1 / (x - x), 1))
    assert found.truth is False
    assert "not defined" in found.reason


def test_a_missing_value_is_named() -> None:
    assert judged(Eq(s, 1)).reason == "no value of s is known on these numbers"


def test_conjunctions_show_what_is_not_about_indices() -> None:
    found = judged(And(num(1) <= m, x > 0))
    assert found.first is not None
    assert found.first.values == (fmpq(1, 2), 0)


def test_chosen_indices_hold_the_ends_and_the_preferred_ones() -> None:
    chosen = index_choices(1, 1000, 6, (17, 2000), "i")
    assert len(chosen) == 6
    assert {1, 17, 1000} <= set(chosen)
    assert index_choices(1, 3, 6, (), "i") == [1, 2, 3]
    assert chosen == index_choices(1, 1000, 6, (17, 2000), "i")


def test_the_names_of_quantified_variables_count_for_constructions() -> None:
    """Claims that differ in these names only are equal as terms."""
    two = Constructions({("own", "t"): lambda _v: fmpq(2), ("own", "s"): lambda _v: fmpq(3)})
    judge, scope = Judge(two), Scope("own", {})
    first, second = (Exists((x, v), Eq(x + v, 3)) for v in (t, s))
    assert first == second
    given = Scope("own", {x: fmpq(1)})
    assert judge(first, given).truth is True
    assert judge(second, given).truth is None
    assert judge(Exists(t, Eq(t, 2)), scope).truth is True
    assert judge(Exists(s, Eq(s, 2)), scope).truth is None
