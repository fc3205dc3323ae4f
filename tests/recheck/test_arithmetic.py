"""Normal forms, signs, side conditions and the arithmetic rules of the re-checker.

They are held against exact evaluation at random points, against claims that look like true ones and are false, and
against what the kernel accepts of proofs of the library.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from symproof.kernel.discharge import introduce
from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.kernel.sequent import Sequent as KernelSequent
from symproof.logic.syntax import (
    FALSE,
    Abs,
    Eq,
    Implies,
    Ite,
    Max,
    MinOver,
    Ne,
    Sum,
    exp,
    family,
    forall_in,
    integer,
    num,
    real,
    sqrt,
)
from symproof.logic.term import Term as KernelTerm
from symproof.logic.term import free_variables
from symproof.proof.author import by, qed
from symproof.proof.step import By
from symproof.recheck import polynomial as poly
from symproof.recheck.known_facts import NEGATIVE, POSITIVE, ZERO
from symproof.recheck.normal_form import canonical, normal_form
from symproof.recheck.question import Evidence, Question, rule
from symproof.recheck.refused import Refused
from symproof.recheck.sequent import Sequent
from symproof.recheck.side_conditions import Side
from symproof.recheck.sign import sign
from tests.recheck.from_kernel import Converter, back, record, recorded
from tests.soundness.checking import statement
from tests.soundness.near_miss import NearMiss
from tests.soundness.random_terms import VARIABLES, Point, RandomTerms, total
from tests.soundness.test_rules_arithmetic import CASES

x, y, z = real("x y z")
i, n = integer("i n")
a = family("a")
ARITHMETIC = ("ring", "field", "ideal", "linear", "sos", "sign", "bound")
POINTS = 5
random_sources = st.integers(0, 2**32).map(Random)
quick = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


# Random terms --------------------------------------------------------------------------------------------------------


def value(term: KernelTerm, point: Point) -> Any:
    try:
        return evaluate(total(term), point)
    except (Undefined, EvaluationError):
        return None


def truth(proposition: KernelTerm, point: Mapping[KernelTerm, Any]) -> bool | None:
    try:
        return decide(total(proposition), point, limit=64)
    except (Undefined, EvaluationError):
        return None


def situations(random: Random, count: int = 3) -> Iterator[tuple[RandomTerms, Converter, Sequent, list[Point]]]:
    """Random sequents that hold somewhere, and points where they do."""
    for _ in range(count):
        make, convert = RandomTerms(random), Converter()
        hypotheses = [make.hypothesis() for _ in range(random.randint(1, 4))]
        points = [make.point() for _ in range(2 * POINTS)]
        points = [p for p in points if all(truth(h, p) is True for h in hypotheses)]
        if points:
            sequent = Sequent(tuple(map(convert.term, VARIABLES)), tuple(("", convert.term(h)) for h in hypotheses))
            yield make, convert, sequent, points


def same_value(written: KernelTerm, normal: KernelTerm, points: Sequence[Point]) -> bool:
    """Whether two terms have equal values wherever both have one."""
    pairs = [(value(written, p), value(normal, p)) for p in points]
    return all(None in pair or pair[0] == pair[1] for pair in pairs)


@quick
@given(random_sources)
def test_a_normal_form_has_the_value_of_its_term(random: Random) -> None:
    make = RandomTerms(random)
    term = make.number(random.randint(1, 4))
    try:
        result = back(poly.to_term(normal_form(Converter().term(term))))
    except Refused:
        return
    assert same_value(term, result, [make.point() for _ in range(POINTS)])


@quick
@given(random_sources)
def test_a_normal_form_in_a_sequent_has_the_value_of_its_term_where_the_hypotheses_hold(random: Random) -> None:
    for make, convert, sequent, points in situations(random):
        term = make.number(random.randint(1, 3))
        try:
            result = back(poly.to_term(Side().normal_form(sequent, convert.term(term))))
        except Refused:
            continue
        assert same_value(term, result, points)


@quick
@given(random_sources)
def test_a_canonical_proposition_means_the_same(random: Random) -> None:
    make = RandomTerms(random)
    proposition = random.choice([make.hypothesis, lambda: make.proposition(2)])()
    try:
        result = back(canonical(Converter().term(proposition)))
    except Refused:
        return
    for point in (make.point() for _ in range(POINTS)):
        assert None in (truth(proposition, point), truth(result, point)) or truth(proposition, point) == truth(
            result, point
        )


@quick
@given(random_sources)
def test_the_sign_of_a_term_is_among_those_found(random: Random) -> None:
    for make, convert, sequent, points in situations(random):
        term = make.number(random.randint(1, 3))
        signs = sign(convert.term(term), Side().reach(sequent))
        for found in filter(lambda v: v is not None, (value(term, point) for point in points)):
            assert signs & (POSITIVE if found > 0 else NEGATIVE if found < 0 else ZERO)


@quick
@given(random_sources)
def test_side_conditions_that_hold_are_true(random: Random) -> None:
    for make, convert, sequent, points in situations(random):
        side = Side()
        for goal in [make.proposition(2), make.relation(1), make.hypothesis(), make.relation(0)]:
            if side.holds(sequent, convert.term(goal)):
                assert all(truth(goal, point) in (True, None) for point in points)


@settings(quick, max_examples=40)
@given(random_sources)
def test_what_ring_and_linear_accept_is_true(random: Random) -> None:
    """Goals that are nearly right, and random multipliers."""
    for make, convert, sequent, points in situations(random, 2):
        facts = [back(p) for _, p in sequent.hypotheses]
        for goal in (make.goal(facts) for _ in range(6)):
            opened, inner = introduce(KernelSequent(VARIABLES), goal)[::-1]
            if not set(inner.variables) <= set(VARIABLES) or inner.hypotheses:
                continue
            wanted = convert.term(opened)
            multipliers = tuple((p, Fraction(random.randint(-1, 2))) for _, p in sequent.hypotheses)
            evidence = Evidence((("linear", wanted, (), (multipliers, multipliers)),))
            for name in ("ring", "linear"):
                if accepts(name, Question(wanted, (), sequent, Side(), evidence)):
                    assert all(truth(goal, point) in (True, None) for point in points)


def accepts(name: str, question: Question) -> bool:
    """Whether a rule accepts a question and its obligations hold."""
    try:
        answer = rule(name)(question)
    except Refused:
        return False
    return all(question.side.holds(question.sequent, o) for o in answer.obligations)


# Claims next to false ones -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", CASES, ids=str)
def test_a_true_claim_is_accepted_and_a_false_one_next_to_it_is_not(case: NearMiss) -> None:
    """The false claim is given the evidence of the true one."""
    reason = case.reason if isinstance(case.reason, By) else by(case.reason, *case.given)
    convert = Converter()
    free = {v for t in (case.true, *case.given.values()) for v in free_variables(t)}
    theorem = statement(
        case.true, [qed(reason)], variables=sorted(free, key=lambda v: v.name), hypotheses=dict(case.given)
    )
    found = record(theorem, {}, convert)
    assert found.accepted
    side = Side(found.evidence)
    for asked in found.rules:
        assert accepts(asked.rule, asked.question(side))
    assert all(side.holds(*condition) for condition in found.discharged)
    wrong = case.given if case.wrong is None else case.wrong
    options = {k: convert.value(v) for k, v in reason.options}
    values = [e[3] for e in found.evidence.entries]
    if truth(case.false, case.point) is False:  # else it is only not defined there, which no rule looks at
        assert not claimed(reason.rule, case.false, wrong, values, convert, options)


def claimed(
    name: str,
    claim: KernelTerm,
    hypotheses: Any = None,
    values: Sequence[Any] = (),
    convert: Converter | None = None,
    options: Any = None,
) -> bool:
    """Whether a rule accepts a claim from hypotheses, with any of these values as evidence."""
    convert = convert or Converter()
    facts = dict(hypotheses or {})
    free = {v for t in (claim, *facts.values()) for v in free_variables(t)}
    sequent = KernelSequent(tuple(sorted(free, key=lambda v: v.name)))
    for label, fact in facts.items():
        sequent = sequent.with_hypothesis(label, fact)
    inner, goal = introduce(sequent, claim)
    cited = tuple(map(convert.term, facts.values()))
    wanted = convert.term(goal)
    evidence = Evidence(tuple((name, wanted, cited, v) for v in (None, *values)))
    question = Question(wanted, cited, convert.sequent(inner), Side(evidence), evidence, options or {})
    return accepts(name, question)


WRONG_MULTIPLIERS: list[tuple[KernelTerm, dict[str, KernelTerm], Any]] = [
    (x <= y, {"h": y <= x}, [("h", Fraction(-1))]),
    (x <= y, {"h": x <= y}, [("h", 1.0)]),
    (x < y, {"h": x <= y}, [("h", Fraction(1))]),
    (x <= 1, {"h": x <= 2}, [("h", Fraction(1))]),
    (x <= y, {}, [(x <= y, Fraction(1))]),
    (x <= z, {"h": x <= y, "g": y <= z}, [("h", Fraction(1))]),
    (Abs(x) <= x, {}, [(x <= Abs(x), Fraction(1))]),
    (Abs(x) <= y, {}, [(Abs(x) <= y, Fraction(1))]),
    (Max(x, y) <= x, {}, [(x <= Max(x, y), Fraction(1))]),
    (x <= y, {"h": x <= y}, 7),
    (x <= y, {"h": x <= y}, [7]),
    (x <= y, {"h": x <= y}, [("h",)]),
    (x <= y, {"h": x <= y}, None),
]


def _pair(pair: tuple[Any, ...], facts: dict[str, KernelTerm], convert: Converter) -> tuple[Any, ...]:
    relation, *multiplier = pair
    return convert.term(facts[relation] if isinstance(relation, str) else relation), *multiplier


@pytest.mark.parametrize(("claim", "facts", "pairs"), WRONG_MULTIPLIERS)
def test_multipliers_that_show_nothing_are_refused(claim: KernelTerm, facts: dict[str, KernelTerm], pairs: Any) -> None:
    convert = Converter()
    if isinstance(pairs, list):
        pairs = tuple(_pair(p, facts, convert) if isinstance(p, tuple) else p for p in pairs)
    assert not claimed("linear", claim, facts, [(pairs, pairs), pairs], convert)


FALSE_CLAIMS: list[tuple[str, KernelTerm, dict[str, KernelTerm]]] = [
    ("field", Eq(x / x, 1), {}),
    ("field", Eq(x / x * y, y), {"h": x >= 0}),
    ("ring", Eq(Sum(i, 1, n, Ite(x > 0, a(i), a(i))) - Sum(i, 1, n - 1, a(i)), a(n)), {}),
    ("ring", Eq(Sum(i, 1, n, Ite(i <= 2, 1, 0)), Sum(i, 1, n, num(1))), {"h": num(1) <= n}),
    ("ring", Eq(Sum(i, 1, n, num(1)), n), {"h": n >= -2}),
    ("ring", Eq(sqrt(x) ** 2, x), {"h": x <= 0}),
    ("ring", Eq(sqrt(x**2), x), {"h": x >= 0}),
    ("ring", Eq(exp(x) * exp(y), exp(x * y)), {}),
    ("ring", Eq(x ** (n + 1), x**n * x), {"h": n >= -1}),
    ("sign", Sum(i, 1, n, exp(a(i))) > 0, {}),
    ("sign", MinOver(i, 1, n, exp(a(i))) > 0, {}),
    ("sign", sqrt(x) >= 0, {}),
    ("sign", x ** num(Fraction(1, 3)) > 0, {"h": x >= 0}),
    ("sign", x ** num(-1) > 0, {"h": x >= 0}),
    ("sign", x >= 1, {"h": x > 0}),
    ("sign", a(n) >= 0, {"h": forall_in(i, 1, n, a(i) >= 0)}),
    ("sign", Sum(i, 1, n, a(i)) >= 0, {"h": forall_in(i, 1, n - 1, a(i) >= 0)}),
    ("sign", Ne(2 * n, 4), {}),
    ("sign", Implies(x >= 0, x > 0), {}),
    ("bound", exp(x) >= 2 + x, {}),
    ("bound", Eq(sqrt(x) ** 2, x), {}),
]


@pytest.mark.parametrize(("name", "claim", "facts"), FALSE_CLAIMS, ids=lambda part: str(part)[:40])
def test_a_claim_that_fails_somewhere_is_refused(name: str, claim: KernelTerm, facts: dict[str, KernelTerm]) -> None:
    assert not claimed(name, claim, facts)


def test_an_index_of_a_sum_is_not_mixed_up_with_a_variable_of_its_name() -> None:
    """What is known of the outer i says nothing of the index i."""
    assert not claimed("ring", Eq(Sum(i, 1, n, Ite(i <= 0, a(i), 1)), Sum(i, 1, n, a(i))), {"h": i <= 0})
    assert not claimed("sign", Sum(i, -3, 2, i * a(0)) >= 0, {"h": i > 0, "g": a(0) > 0, "k": n > 3})
    assert claimed("ring", Eq(Sum(i, 1, n, Ite(i <= 0, a(i), 1)), Sum(i, 1, n, num(1))), {"h": i <= 0})


CONTRADICTIONS = [
    {"h": x < y, "g": y < z, "k": z < x},
    {"h": Eq(x + y, 1), "g": Eq(x - y, 0), "k": x > Fraction(1, 2)},
    {"h": n > 0, "g": n < 1},
    {"h": Abs(x) < y, "g": x > y},
    {"h": Max(x, y) <= 0, "g": x + y > 0},
]
CONSISTENT = [
    {"h": x < y, "g": y < z, "k": z <= x + 1},
    {"h": x > 0, "g": x < 1},
    {"h": Abs(x) <= y, "g": x >= y},
    {"h": Eq(x, 0), "g": x >= 0},
    {"h": x * x < 0},
]
"""The last one contradicts itself, but not linearly."""


@pytest.mark.parametrize("facts", CONTRADICTIONS, ids=str)
def test_facts_that_contradict_each_other_show_everything_by_linear_arithmetic(facts: dict[str, KernelTerm]) -> None:
    assert claimed("linear", FALSE, facts)
    assert claimed("linear", x >= z**3, facts)
    for label in facts:
        assert not claimed("linear", FALSE, {k: p for k, p in facts.items() if k != label})


@pytest.mark.parametrize("facts", CONSISTENT, ids=str)
def test_facts_that_do_not_contradict_each_other_linearly_show_no_contradiction(facts: dict[str, KernelTerm]) -> None:
    assert not claimed("linear", FALSE, facts)
    assert not claimed("linear", x >= z**3, facts)


# The library ---------------------------------------------------------------------------------------------------------

SAMPLE = (
    "affine_piece.exponential_tail", "calculus.convex_tangent", "deep_linear.full_rank_maximum", "optimization.fermat",
    "jensen.no_direction_on_quadric", "optimization.value_of_entries", "relu_like.split", "smooth.paper_sigmoid",
)  # fmt: skip


@pytest.mark.parametrize("name", SAMPLE)
def test_what_the_kernel_accepts_of_a_proof_is_accepted(name: str) -> None:
    (found,) = recorded([name])
    side = Side(found.evidence)
    assert found.accepted
    assert all(side.holds(*condition) for condition in found.discharged)
    for asked in found.rules:
        if asked.rule in ARITHMETIC:
            assert accepts(asked.rule, asked.question(side)), asked
