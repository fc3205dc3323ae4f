"""Normal forms, signs, discharging, rewriting and the rules against exact evaluation, on random terms at random points.

The kernel reads x/0 as 0 (no claim is accepted unless its denominators are known not to be 0); so do these tests.
What has no value at a point, such as a minimum over an empty range, is left out there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symproof.kernel import polynomial as poly
from symproof.kernel.discharge import Discharger, introduce, negation
from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.kernel.interface import rules
from symproof.kernel.matching import rewrite
from symproof.kernel.normal_form import Normalizer, canonical, normal_form
from symproof.kernel.rule import Refusal, Request
from symproof.kernel.rules.linear import discharge_linear
from symproof.kernel.sequent import Sequent
from symproof.logic.sort import SortError
from symproof.logic.syntax import And, Eq, ForAll, Implies, Or, exists_in, forall_in
from symproof.logic.term import Term
from symproof.tactics.evidence_search import SearchingEvidence
from tests.soundness.random_terms import VARIABLES, VECTOR, Point, RandomTerms, total

pytestmark = pytest.mark.slow

POINTS = 6
NEGATIVE, ZERO, POSITIVE = 1, 2, 4
random_sources = st.integers(0, 2**32).map(Random)
"""A seed is all that hypothesis varies: it is shown with a failure, and gives the same terms again."""
quick = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


def value(term: Term, point: Point) -> Any:
    """The value of a number, or None where it has none."""
    try:
        return evaluate(total(term), point)
    except Undefined:
        return None


def truth(proposition: Term, point: Point) -> bool | None:
    """Whether a proposition holds; None where that is not known."""
    try:
        return decide(total(proposition), point, limit=64)
    except (Undefined, EvaluationError):
        return None


def _sequent(make: RandomTerms, hypotheses: Sequence[Term]) -> tuple[Sequent, list[Point]]:
    """A sequent, and points where its hypotheses hold."""
    sequent = Sequent(VARIABLES)
    for hypothesis in hypotheses:
        sequent = sequent.with_hypothesis("", hypothesis)
    points = [make.point() for _ in range(2 * POINTS)]
    return sequent, [p for p in points if all(truth(h, p) is True for h in hypotheses)]


def _situations(random: Random, count: int = 3) -> Iterator[tuple[RandomTerms, Sequent, list[Point]]]:
    """Random sequents that hold somewhere."""
    for _ in range(count):
        make = RandomTerms(random)
        sequent, points = _sequent(make, [make.hypothesis() for _ in range(random.randint(1, 4))])
        if points:
            yield make, sequent, points


def agree(written: object, normal: object) -> bool:
    """Equal, or undefined on one side: a normal form also evaluates the branch that a piecewise term does not take."""
    return written is None or normal is None or written == normal


@quick
@given(random_sources)
def test_a_normal_form_has_the_value_of_its_term(random: Random) -> None:
    """Hence terms of equal normal form are equal."""
    make = RandomTerms(random)
    term = make.number(random.randint(1, 4))
    try:
        result = poly.to_term(normal_form(term))
    except Refusal:
        return
    for point in (make.point() for _ in range(POINTS)):
        assert agree(value(term, point), value(result, point))


@quick
@given(random_sources)
def test_a_normal_form_under_hypotheses_has_the_value_of_its_term_where_they_hold(random: Random) -> None:
    for make, sequent, points in _situations(random):
        term = make.number(random.randint(1, 3))
        try:
            result = poly.to_term(Normalizer(sequent, Discharger())(term))
        except Refusal:
            continue
        for point in points:
            assert agree(value(term, point), value(result, point))


def _quantified(make: RandomTerms, depth: int, bound: tuple[Term, ...]) -> Term:
    kind = make.random.randrange(6) if depth else 6
    if kind < 4:
        index, inner = make._index(bound)
        quantifier = forall_in if kind < 2 else exists_in
        return quantifier(index, make.integer(bound), make.integer(bound), _quantified(make, depth - 1, inner))
    if kind < 6:
        parts = (_quantified(make, depth - 1, bound), _quantified(make, depth - 1, bound))
        return make.random.choice([And, Or, Implies])(*parts)
    return make.proposition(2, bound)


@quick
@given(random_sources)
def test_canonical_propositions_and_negations_mean_what_they_say(random: Random) -> None:
    make = RandomTerms(random)
    proposition = _quantified(make, 3, ())
    try:
        result = canonical(proposition)
    except Refusal:
        return
    for point in (make.point() for _ in range(POINTS)):
        if (expected := truth(proposition, point)) is not None:
            assert truth(result, point) in (expected, None)
            assert truth(negation(proposition), point) in (not expected, None)


@quick
@given(random_sources)
def test_the_sign_of_a_term_is_among_those_found(random: Random) -> None:
    for make, sequent, points in _situations(random):
        term = make.number(random.randint(1, 3))
        mask = Discharger().signs(sequent).sign_of(term)
        for point in points:
            if (found := value(term, point)) is not None:
                assert mask & (POSITIVE if found > 0 else NEGATIVE if found < 0 else ZERO)


@quick
@given(random_sources)
def test_what_is_discharged_holds(random: Random) -> None:
    for make, sequent, points in _situations(random):
        discharge = Discharger()
        goals = [make.proposition(2), make.relation(1), make.hypothesis(), make.relation(0)]
        for goal in goals:
            if discharge(sequent, goal):
                assert all(truth(goal, point) in (True, None) for point in points)


@quick
@given(random_sources)
def test_rewriting_changes_no_truth_value(random: Random) -> None:
    make = RandomTerms(random)
    index, inner = make._index(())
    left = random.choice([VECTOR(index), make.number(0, inner)])
    equation = random.choice(
        [
            ForAll(index, Implies(make.relation(0, inner), Eq(left, make.number(1, inner)))),
            forall_in(index, make.integer(()), make.integer(()), Eq(VECTOR(index), make.number(1, inner))),
            Eq(make.number(0), make.number(1)),
        ]
    )
    sequent, points = _sequent(make, [equation])
    for _ in range(4):
        goal = make.proposition(2)
        try:
            result = rewrite(goal, equation, sequent, Discharger())
        except SortError:
            continue  # an integer was replaced by a number that is only known to be equal to it
        for point in points:
            assert None in (truth(goal, point), truth(result, point)) or truth(goal, point) == truth(result, point)


@pytest.mark.parametrize("name", ["ring", "linear", "sign", "sum", "extremum", "logic", "rewrite"])
@settings(quick, max_examples=40)
@given(source=random_sources)
def test_what_a_rule_accepts_holds(name: str, source: Random) -> None:
    """Random goals, among them many that are nearly right."""
    for make, sequent, points in _situations(source, 2):
        evidence = SearchingEvidence()
        discharge = Discharger(evidence, discharge_linear)
        facts = tuple(h.proposition for h in sequent.hypotheses)
        for goal in (make.goal(facts) for _ in range(6)):
            inner, opened = introduce(sequent, goal)
            try:
                accepted = rules()[name].check(Request(opened, facts, inner, discharge, evidence))
            except (Refusal, SortError):
                continue
            if all(discharge(inner, obligation) for obligation in accepted.obligations):
                assert all(truth(goal, point) in (True, None) for point in points)
