"""The rule smt: what Z3 is told means what the terms mean, what it says lowers trust, and it is never needed."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from types import MappingProxyType
from typing import Any

import pytest
from flint import fmpq

pytest.importorskip("z3", reason="needs the extra smt: pip install 'symproof[smt]'")

from symproof.kernel.check import CheckResult
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.evaluate import EvaluationError, Undefined, decide, evaluate
from symproof.kernel.rules import smt
from symproof.kernel.sequent import Sequent
from symproof.kernel.smt_problem import smt_problem
from symproof.kernel.trial import Trial
from symproof.library import Library
from symproof.library_check import check_library
from symproof.logic.definition import define, primitive
from symproof.logic.sort import BOOL, INT, REAL, fun_sort
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Max,
    Min,
    Ne,
    Not,
    Or,
    Sum,
    exp,
    family,
    forall_in,
    function,
    integer,
    matrix,
    num,
    real,
    sqrt,
    unary,
    variable,
)
from symproof.logic.term import Term
from symproof.proof.author import apply, at, by, calc, case, cases, have, induction, qed, witness
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem, theorem
from tests.soundness.checking import result_of
from tests.soundness.near_miss import NearMiss
from tests.soundness.random_terms import INTEGERS, REALS, RandomTerms

x, y, z = real("x y z")
n, m, i, k = integer("n m i k")
a, w = family("a"), family("w", result=INT)
h = function("h")
P = variable("P", fun_sort(REAL, BOOL))
A, B = matrix("A", 2, 2), matrix("B", 2, 2)
half = define("own.half", (x,), x / 2)
notion = primitive("own.notion", (x,), BOOL)
total = Sum(i, 1, n, a(i))

NEAR = [
    NearMiss("smt", Or(Eq(x, y), Eq(x, -y)), Eq(x, y), {x: 1, y: -1}, {"s": Eq(x**2, y**2)}),
    NearMiss("smt", x / y * y >= x, x / y * y >= x, {x: 1, y: 0}, {"y": Ne(y, 0)}, {}),
    NearMiss("smt", Eq(x * x ** (-1), 1), Eq(x * x ** (-2), 1), {x: 2}, {"x": x > 0}),
    NearMiss("smt", Eq(x**0, 1), Eq(num(0) ** num(0), 0)),
    NearMiss("smt", Or(n <= 2, n >= 3), Or(x <= 2, x >= 3), {x: Fraction(5, 2)}),
    NearMiss("smt", w(n) + 1 <= w(m), a(n) + 1 <= a(m), {n: 0, m: 1, a: lambda j: Fraction(j, 2)},
             {"less": w(n) < w(m)}, {"less": a(n) < a(m)}),
    NearMiss("smt", x * z <= y * z, x * z <= y * z, {x: 0, y: 1, z: -1}, {"x": x <= y, "z": z >= 0}, {"x": x <= y}),
    NearMiss("smt", x < z, x < z, {x: 0, y: 0, z: 0}, {"a": x <= y, "b": y < z}, {"a": x <= y, "b": y <= z}),
    NearMiss("smt", Eq(h(x + 1), h(y)), Eq(h(x + 1), h(x) + 1), {x: 0, y: 1, h: lambda t: 0}, {"e": Eq(y, x + 1)}),
    NearMiss("smt", Eq(h(x), h(y)), Eq(x, y), {x: 0, y: 1, h: lambda t: 0}, {"e": Eq(x, y)}, {"e": Eq(h(x), h(y))}),
    NearMiss("smt", Eq(a(n), a(m)), Eq(n, m), {n: 0, m: 1, a: lambda j: 0}, {"e": Eq(n, m)}, {"e": Eq(a(n), a(m))}),
    NearMiss("smt", Ite(x > 0, x, 0) <= Max(x, 0), Eq(Ite(x > 0, 1, 0), Ite(x >= 0, 1, 0)), {x: 0}),
    NearMiss("smt", Eq(Ite(x > y, x, y), Max(x, y)), Eq(Ite(x > y, x, y), Min(x, y)), {x: 0, y: 1}),
    NearMiss("smt", Eq(Max(x, y, z), Max(z, Max(y, x))), Eq(Max(x, y, z), Max(x, z)), {x: 0, y: 1, z: 0}),
    NearMiss("smt", Eq(Abs(x * y), Abs(x) * Abs(y)), Eq(Abs(x + y), Abs(x) + Abs(y)), {x: 1, y: -1}),
    NearMiss("smt", unary("floor", x) > x - 1, unary("floor", x) < x, {x: 0}),
    NearMiss("smt", unary("ceiling", x) < x + 1, unary("ceiling", x) <= unary("floor", x), {x: Fraction(1, 2)}),
    NearMiss("smt", Eq(unary("sign", x) * x, Abs(x)), unary("sign", x) ** 2 >= 1, {x: 0}),
    NearMiss("smt", Eq(sqrt(x) ** 2, x), Eq(sqrt(x**2), x), {x: -1}, {"x": x >= 0}, {}),
    NearMiss("smt", Eq(exp(x), exp(y)), exp(x) <= exp(y), {x: 1, y: 0}, {"e": Eq(x, y)}, {}),
    NearMiss("smt", total < total + 1, total >= 0, {n: 1, a: lambda j: -1}),
    NearMiss("smt", Eq(x**n, y**n), Eq(x**n, x**m), {x: -1, n: 1, m: 2}, {"e": Eq(x, y), "n": n >= 0},
             {"n": n >= 0, "m": m >= 0}),
    NearMiss("smt", Eq(half(x), half(y)), Eq(half(x), x), {x: 1}, {"e": Eq(x, y)}, {}),
    NearMiss("smt", x < 1, x < 1, {x: 1}, {"c": Not(x >= 1)}, {"c": Implies(x >= 1, x <= 1)}),
]  # fmt: skip


@pytest.mark.parametrize("pair", NEAR, ids=str)
def test_a_true_claim_is_accepted_and_the_one_next_to_it_is_not(pair: NearMiss) -> None:
    assert pair.true_is_proved()
    assert not pair.false_is_proved()
    assert pair.is_refuted()


def proved(claim: Term, *facts: Term) -> bool:
    """Whether Z3 finds that the claim follows, whatever is defined."""
    return smt.answer_of(smt_problem(facts, claim), smt.STEPS).verdict == "unsat"


def test_terms_without_a_value_have_those_of_the_total_semantics_and_no_other_ones() -> None:
    zero = Eq(y, 0)
    assert proved(Eq(x / y, 0), zero) and proved(Eq(y ** (-3), 0), zero) and proved(Eq(y**0, 1), zero)
    assert not proved(Eq(x / y * y, x))
    assert not proved(sqrt(x) >= 0) and not proved(Eq(sqrt(x) ** 2, x)), "a root of a negative number is any number"
    assert not proved(Eq(x ** Fraction(1, 2), x**z), Eq(z, Fraction(1, 2))), "nor need these powers agree at x = -1"
    assert not proved(Eq(x**n, x**z), Eq(n, z))


def test_what_z3_does_not_understand_is_an_unknown() -> None:
    every, some = ForAll(x, h(x) > 0), Exists(x, h(x) > 0)
    assert proved(every, every) and proved(Or(every, Not(every))) and not proved(some, every)
    assert not proved(every, some) and not proved(h(0) > 0, every)
    assert proved(Eq(B, A), Eq(A, B)) and not proved(Eq(A, B))
    assert proved(Not(Ne(B, A)), Eq(A, B))
    assert proved(notion(y), notion(x), Eq(x, y)) and not proved(notion(y), notion(x))
    assert proved(P(y), P(x), Eq(x, y)) and not proved(P(y), P(x))
    assert not proved(Eq(Sum(i, 1, n, a(i)), Sum(i, 1, m, a(i)))), "sums over two ranges are two unknowns"


def test_names_of_variables_are_no_part_of_the_problem() -> None:
    evil, other = variable("x) (assert false", REAL), variable("true", REAL)
    assert not proved(evil > 0, other > 0)
    assert "assert false" not in smt_problem([], evil > 0).text
    whole = variable("x", INT)
    assert not proved(Or(x <= 2, x >= 3), Or(whole <= 2, whole >= 3)), "one name, two sorts, two variables"


@pytest.mark.parametrize("seed", range(25))
def test_the_problem_has_the_model_that_the_evaluator_knows(seed: int) -> None:
    """At a random point no proposition is found false that is true there; given the values of unknowns, it is found."""
    terms = RandomTerms(Random(seed))
    for _ in range(6):
        claim, point = terms.proposition(2, ()), terms.point()
        try:
            truth = decide(claim, point, 256)
        except (Undefined, EvaluationError):
            truth = None
        if truth is None:
            continue
        facts = [Eq(v, num(point[v])) for v in (*REALS, *INTEGERS)]
        right, wrong = (claim, Not(claim)) if truth else (Not(claim), claim)
        assert not proved(wrong, *facts), claim
        known = [value_of(t, point) for t in smt_problem(facts, claim).opaque]
        facts += [fact for fact in known if fact is not None]
        assert not proved(wrong, *facts), claim
        assert proved(right, *facts) or None in known, claim


def value_of(t: Term, point: dict[Term, Any]) -> Term | None:
    """The proposition that says what a term is at a point, if it is known exactly."""
    try:
        value = evaluate(t, point)
    except (Undefined, EvaluationError):
        return None
    if isinstance(value, bool):
        return t if value else Not(t)
    return Eq(t, num(Fraction(int(value.p), int(value.q)))) if isinstance(value, fmpq) else None


# What a model is worth ----------------------------------------------------------------------------------------------


def said(claim: Term, *facts: Term, variables: tuple[Term, ...] = (x, y, n, h)) -> Diagnostic:
    sequent = Sequent(variables)
    for number, fact in enumerate(facts):
        sequent = sequent.with_hypothesis(f"f{number}", fact)
    found = Trial().rule(sequent, claim, by("smt"))
    assert isinstance(found, Diagnostic)
    return found


def test_a_model_counts_as_a_counterexample_only_where_the_evaluator_agrees() -> None:
    found = said(x <= 99, Eq(h(x), 5), x * y >= 100)
    assert found.code == "SP-RULE-002" and "x = " in found.got
    undecided = {
        "irrational": said(x > 2, Eq(x**3, 2)),
        "not understood": said(exp(x) > 0),
        "not evaluated": said(h(1) > 1, ForAll(x, h(x) > 0)),
        "undefined there": said(Eq(x / y * y, x)),
    }
    assert {name: each.code for name, each in undecided.items()} == dict.fromkeys(undecided, "SP-RULE-003")
    assert all("no such point is verified" in each.message for each in undecided.values())


def test_a_rational_number_near_an_irrational_one_is_tried() -> None:
    problem = smt_problem([Eq(x**2, 2), y > x], x > 2)
    points = smt.points(problem, smt.answer_of(problem, smt.STEPS))
    assert len(points) > 1 and all(isinstance(point[x], Fraction) for point in points)
    assert min(abs(point[x] ** 2 - 2) for point in points) < Fraction(1, 10**8)


def test_a_limit_leaves_the_step_undecided_and_the_answer_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    cubes = Ne(n**3 + m**3, k**3)
    positive = [n > 0, m > 0, k > 0]
    answers = []
    for _ in range(2):
        smt._answer.cache_clear()
        answers.append([smt.answer_of(smt_problem(positive, goal), 200_000) for goal in (cubes, n + m > k)])
    assert answers[0] == answers[1]
    assert [each.verdict for each in answers[0]] == ["unknown", "sat"] and answers[0][0].reason
    monkeypatch.setattr(smt, "STEPS", 200_000)
    found = said(cubes, *positive, variables=(n, m, k))
    assert found.code == "SP-RULE-003" and "200000 steps" in found.message


# Trust ---------------------------------------------------------------------------------------------------------------

SQUARE = x**2 + y**2 >= 2 * x * y
ORACLE = by("smt")
PROOFS: dict[str, list[Step]] = {
    "qed": [qed(ORACLE)],
    "have": [have("c", SQUARE, ORACLE), qed(by("logic", "c"))],
    "inside": [have("c", SQUARE, proof=[qed(ORACLE)]), qed(by("logic", "c"))],
    "unused": [have("c", x < x + 1, ORACLE), qed("sos")],
    "link": [calc("c", x**2 + y**2, (">=", 2 * x * y, ORACLE)), qed(by("logic", "c"))],
    "exhaustive": [cases(case("p", x >= 0, qed("sos")), case("q", x < 0, qed("sos")), exhaustive=ORACLE)],
    "case": [cases(case("p", x >= 0, qed("sos")), case("q", x < 0, qed(ORACLE)))],
}


def check(proof: list[Step], claim: Term = SQUARE, **more: Any) -> CheckResult:
    return result_of(claim, proof, variables=more.pop("variables", (x, y)), **more)


@pytest.mark.parametrize("proof", PROOFS.values(), ids=PROOFS.keys())
def test_wherever_the_oracle_is_asked_the_level_is_oracle(proof: list[Step]) -> None:
    result = check(proof)
    assert result.accepted and result.trust == "oracle"
    assert any(step.trust == "oracle" for step in result.all_steps())


def test_the_oracle_inside_an_induction_counts() -> None:
    claim = ForAll(n, Implies(num(0) <= n, num(0) <= n**2))
    proof = [induction(n, base=[qed("ring")], hypothesis="ih", bound="low", step=[qed(ORACLE)])]
    assert (result := check(proof, claim, variables=())).accepted and result.trust == "oracle"


def library(*theorems: Theorem) -> dict[str, Any]:
    return dict(check_library(Library(MappingProxyType({t.id: t for t in theorems}), MappingProxyType({}))))


def test_what_rests_on_an_oracle_is_no_better_and_names_it() -> None:
    below = theorem("own.below", "", variables=[x, y], conclusion=SQUARE, proof=[qed(ORACLE)])
    top = theorem("own.top", "", variables=[x, y], conclusion=SQUARE, proof=[apply("q", "own.below"), qed("sos")])
    checked = library(below, top)
    assert (checked["own.top"].own_trust, checked["own.top"].trust) == ("proved", "oracle")
    assert checked["own.top"].why == "rests on oracle: own.below"


@pytest.mark.parametrize(("rule", "level"), [("smt", "open"), ("linear", "refuted")])
def test_an_oracle_refutes_nothing(rule: str, level: str) -> None:
    claim = theorem("own.claim", "", variables=[x], conclusion=x**2 >= x, refuted_by="own.refutation")
    denial = theorem(
        "own.refutation", "", conclusion=Exists(x, x**2 < x), proof=[witness(Fraction(1, 2)), qed(by(rule))]
    )
    assert library(claim, denial)["own.claim"].trust == level


def test_premises_of_the_claim_are_used_and_facts_that_are_not_cited_are_not() -> None:
    implication = Implies(x > 1, x**2 > 1)
    assert check([qed(by("smt"))], implication, variables=(x,)).accepted
    known = {"used": x > 1, "idle": y > 0}
    assert check([qed(by("smt", "used"))], x**2 > 1, hypotheses=known).accepted
    assert not check([qed(by("smt", "idle"))], x**2 > 1, hypotheses=known).accepted
    assert check([qed(by("smt"))], x**2 > 1, hypotheses=known).accepted, "all in reach, if none is cited"
    every = {"every": forall_in(i, 1, n, a(i) > 0), "some": n >= 1}
    assert check([qed(by("smt", at("every", 1)))], a(1) >= 0, variables=(n, a), hypotheses=every).accepted


def test_a_claim_must_be_defined_whatever_z3_says() -> None:
    assert proved(Or(x / y <= 0, x / y > 0))
    assert not check([qed(ORACLE)], Or(x / y <= 0, x / y > 0)).accepted
    assert check([qed(ORACLE)], And(x / y * y <= x), hypotheses={"y": y > 0}).accepted


def test_the_value_of_a_table_is_that_of_its_entry() -> None:
    table = smt.Table((((Fraction(1),), Fraction(5)),), Fraction(7))
    values = [evaluate(h(num(t)), {h: table}) for t in (1, 2)]
    assert [int(v) for v in values] == [5, 7]
