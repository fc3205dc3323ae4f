"""Steps of the re-checker: what the tests of the kernel's steps accept and refuse, and what only it could get wrong."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from types import ModuleType
from typing import Any

import pytest

from symproof.kernel.check import CheckResult
from symproof.logic.definition import define
from symproof.logic.syntax import (
    And,
    Diff,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Ne,
    Or,
    Sum,
    function,
    integer,
    log,
    num,
    real,
    unary,
)
from symproof.logic.term import Term as Written
from symproof.proof.author import apply, by, cite, conjunction, have, open_step, qed
from symproof.proof.step import Branch, Step
from symproof.proof.theorem import Theorem
from symproof.recheck.definedness import conditions
from symproof.recheck.matching import rewritten
from symproof.recheck.negation import negation
from symproof.recheck.outcome import Outcome
from symproof.recheck.question import Question
from symproof.recheck.refused import Refused
from symproof.recheck.rules import logic
from symproof.recheck.sequent import Sequent
from symproof.recheck.side_conditions import Side
from symproof.recheck.steps import check_theorem
from symproof.recheck.term import INT, REAL, TRUE, Binder, Term, build, connective, fun, op, relation, var
from symproof.recheck.term import num as literal
from symproof.recheck.trust import Judged, judged
from symproof.recheck.wellformed import Wellformed
from tests.recheck.from_kernel import checked
from tests.recheck.proof_from_kernel import ProofConverter
from tests.soundness import checking, test_refutation, test_scope_attacks, test_step_kinds
from tests.soundness.checking import FALSE_EQUATION, statement

x, y, z = real("x y z")
i, k, n = integer("i k n")
f, g = function("f g")


def rechecked(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[CheckResult, Outcome | None]:
    """What the kernel says, and the re-checker with the same evidence; None if it cannot even be written down."""
    convert = ProofConverter()
    result, evidence = checked(theorem, library, convert)
    try:
        own = {name: convert.theorem(each) for name, each in library.items()}
        return result, check_theorem(replace(convert.theorem(theorem), evidence=evidence), own, Wellformed())
    except (Refused, AttributeError, LookupError, TypeError):
        return result, None


# What the kernel's tests say ------------------------------------------------------------------------------------------


ONLY_A_NAME = ForAll(x, Eq(x, x))
"""What is refused only since the kernel keeps some names for itself, which the re-checker has no need of."""


def calls(module: ModuleType) -> Iterator[tuple[Callable[..., None], dict[str, Any]]]:
    """The tests of a module with their parameters, one after the other."""
    for name, test in vars(module).items():
        if not name.startswith("test_"):
            continue
        choices: list[dict[str, Any]] = [{}]
        for mark in getattr(test, "pytestmark", ()):
            if mark.name != "parametrize":
                break
            names, values = mark.args[0], mark.args[1]
            names = [each.strip() for each in names.split(",")] if isinstance(names, str) else list(names)
            rows = [dict(zip(names, v if len(names) > 1 else (v,), strict=True)) for v in values]
            choices = [{**choice, **row} for choice in choices for row in rows]
        else:
            yield from ((test, choice) for choice in choices)


@pytest.mark.parametrize(
    "module", [test_step_kinds, test_scope_attacks],
    ids=lambda module: module.__name__.rpartition(".")[2],
)  # fmt: skip
def test_what_the_kernel_is_tested_with(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every proof in these tests: accepted with the same trust, or refused, as by the kernel."""
    differing: list[str] = []
    count = 0

    def both(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[CheckResult, None]:
        nonlocal count
        result, outcome = rechecked(theorem, library)
        count += 1
        accepted = outcome is not None and not outcome.problems
        if theorem.conclusion == ONLY_A_NAME:
            return result, None
        if accepted != result.accepted or (outcome is not None and accepted and outcome.level != result.trust):
            problems = outcome.problems if outcome is not None else ()
            differing.append(f"kernel {result.accepted}: {theorem.conclusion} {problems[:2]}")
        return result, None

    monkeypatch.setattr(checking, "prove_theorem", both)
    for test, parameters in calls(module):
        test(**parameters)
    assert count > 10
    assert not differing


def own(p: Written) -> Term:
    return ProofConverter().term(p)


def outcome_of(
    conclusion: Written, proof: list[Step], variables: tuple[Written, ...] = (), **hypotheses: Written
) -> Outcome:
    outcome = rechecked(statement(conclusion, proof, variables=variables, hypotheses=hypotheses), {})[1]
    assert outcome is not None
    return outcome


# Steps that no author's function builds -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "forged",
    [
        Step("have", "h", claim=FALSE_EQUATION),
        Step("have", "h", by=by("ring")),
        Step("have", "h", claim=num(0), by=by("ring")),
        Step("have", "h", claim=Eq(0, 0), by=by("ring"), steps=(qed("ring"),)),
        Step("calc", "h", terms=(num(0),)),
        Step("calc", "h", terms=(num(0), num(1))),
        Step("let", "h", variables=(y, z), terms=(num(0),)),
        Step("obtain", variables=(y,)),
        Step("conjunction", branches=(Branch((qed("ring"),), "a", FALSE_EQUATION), Branch((qed("ring"),)))),
        Step("cases", branches=(Branch((qed("ring"),)),)),
        Step("induction", variables=(k,), branches=(Branch((qed("ring"),)),)),
        Step("apply", "h", target="attack"),
        Step("apply", "h", target="nothing", substitution=(("x", y), ("x", z))),
        Step("unfold", target="goal"),
        Step("wellformed"),
    ],
    ids=lambda step: step.kind,
)
def test_steps_without_the_parts_that_they_need(forged: Step) -> None:
    goal = And(Eq(0, 0), Eq(1, 1))
    parts = conjunction([qed("ring")], [qed("ring")])
    assert not outcome_of(goal, [parts]).problems
    assert outcome_of(goal, [forged, parts]).problems


def test_what_is_given_for_a_hypothesis_is_a_fact() -> None:
    other = statement(x > 0, [qed(by("logic", "h"))], variables=[x], hypotheses={"h": x > 0}, name="other")
    given = apply("it", "other", using={"h": "h"})
    more = {"variables": [x], "hypotheses": {"h": x > 0}}
    good, bad = (statement(x > 0, [step, qed(by("logic", "it"))], **more) for step in
                 (given, replace(given, by=replace(given.by, options=(("h", x > 0),)))))  # fmt: skip
    convert = ProofConverter()
    library = {"other": convert.theorem(other)}
    problems = [check_theorem(convert.theorem(t), library, Wellformed()).problems for t in (good, bad)]
    assert (len(problems[0]), [p.reason for p in problems[1]]) == (0, ["what is given for a hypothesis is no fact"])


def test_what_a_step_hands_to_a_rule_is_in_scope() -> None:
    given_one = {"h": Eq(x, 0)}
    assert not outcome_of(Eq(2 * x, 0), [qed(by("ideal", "h", cofactors=[num(2)]))], (x,), **given_one).problems
    assert not outcome_of(Eq(y * x, 0), [qed(by("ideal", "h", cofactors=[y]))], (x, y), **given_one).problems
    assert outcome_of(Eq(2 * x, 0), [qed(by("ideal", "h", cofactors=[z + 2]))], (x,), **given_one).problems


def test_a_rule_without_a_second_checker_leaves_a_step_undecided() -> None:
    (problem,) = outcome_of(Eq(0, 0), [qed("smt")]).problems
    assert problem.undecided
    assert (problem.place, problem.kind) == ("1", "qed by smt")


def test_all_that_is_refused_is_listed() -> None:
    proof = [have("a", x > 1, "sign"), have("b", x > 2, by("linear", "a")), qed(by("linear", "b"))]
    assert [p.place for p in outcome_of(x > 2, proof, (x,)).problems] == ["1", "2"]


# Terms ----------------------------------------------------------------------------------------------------------------


def test_bound_variables_are_those_of_their_binders() -> None:
    wellformed, index = Wellformed(), Term("bound", (), 0, INT)
    good = build("forall", (relation("eq", index, index),), (Binder(INT, "i"),))
    wellformed.require((good,), ())
    for sort, inside in ((REAL, index), (INT, Term("bound", (), 1, INT))):
        with pytest.raises(Refused, match="binder"):
            wellformed.require((build("forall", (relation("eq", inside, inside),), (Binder(sort, "i"),)),), ())


def test_one_name_is_one_notion_in_a_whole_certificate() -> None:
    wellformed = Wellformed()
    one, other = define("own.notion", (x,), x), define("own.notion", (x,), x + 1)
    wellformed.require((own(one(0)),), ())
    wellformed.require((own(one(1)),), ())
    for _ in range(2):
        with pytest.raises(Refused, match="two different notions"):
            wellformed.require((own(other(0)),), ())


def some_proposition(choose: random.Random, depth: int = 3) -> Term:
    """A proposition about p < 0, q < 0, r < 0."""
    if not depth or choose.random() < 0.2:
        atom = relation("lt", var(choose.choice("pqr"), REAL), literal(0))
        return choose.choice((atom, atom, relation("ge", *atom.args), TRUE, connective("or")))
    parts = [some_proposition(choose, depth - 1) for _ in range(2)]
    joined = [connective(name, *parts) for name in ("and", "or", "implies", "iff")]
    return choose.choice((connective("not", parts[0]), *joined))


def true(p: Term, negative: frozenset[str]) -> bool:
    """Whether a proposition holds if just these variables are negative."""
    if p.op in ("lt", "ge"):
        return (p.args[0].name in negative) == (p.op == "lt")
    if p.op in ("true", "false"):
        return p.op == "true"
    a, *more = (true(part, negative) for part in p.args)
    b = more[-1] if more else a
    return {"not": not a, "and": all((a, *more)), "or": any((a, *more)), "implies": not a or b, "iff": a == b}[p.op]


ROWS = [frozenset(c for c, bit in zip("pqr", bits, strict=True) if bit) for bits in
        [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]]  # fmt: skip


def test_logic_and_negation_are_those_of_truth_tables() -> None:
    choose, outcomes = random.Random(1), set[bool]()
    for _ in range(300):
        fact, goal = some_proposition(choose), some_proposition(choose)
        follows = all(true(goal, row) for row in ROWS if true(fact, row))
        try:
            logic.check(Question(goal, (fact,), Sequent(), Side()))
            found = True
        except Refused:
            found = False
        assert found == follows, (str(fact), str(goal))
        assert all(true(negation(goal), row) != true(goal, row) for row in ROWS)
        outcomes.add(found)
    assert outcomes == {True, False}


def test_the_negation_of_quantifiers() -> None:
    goal = own(ForAll(x, Implies(And(x > 0, x < 1), Exists(y, Eq(y, x)))))
    assert negation(goal) == own(Exists(x, And(x > 0, x < 1, ForAll(y, Ne(y, x)))))


# Definedness ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("claim", "wanted"),
    [
        (1 / x > 0, [Ne(x, 0)]),
        (Implies(x > 0, log(x) < x), [Implies(x > 0, x > 0)]),
        (Or(x <= 0, log(x) < x), [Implies(x > 0, x > 0)]),
        (And(log(x) < x, x > 0), [x > 0]),
        (Eq(Ite(x > 0, log(x), 1 / x), 0), [Implies(x > 0, x > 0), Implies(x <= 0, Ne(x, 0))]),
        (Exists(y, 1 / (x - y) > 0), [ForAll(y, Ne(x - y, 0))]),
        (Eq(Sum(i, 1, n, 1 / i), x), [ForAll(i, Implies(And(num(1) <= i, i <= n), Ne(i, 0)))]),
        (Eq(Diff(y, unary("abs", y), x), 1), [Ne(x, 0)]),
        (x ** num(-1) > 0, [Ne(x, 0)]),
        (x**n > 0, [Or(Ne(x, 0), n >= 0)]),
        (x**y > 0, [x > 0]),
        (x**2 / 2 > 0, []),
    ],
    ids=str,
)  # fmt: skip
def test_when_the_terms_of_a_claim_are_defined(claim: Written, wanted: list[Written]) -> None:
    assert conditions(own(claim)) == tuple(map(own, wanted))


# Equations ------------------------------------------------------------------------------------------------------------


def after(term: Written, equation: Written, *hypotheses: Written) -> Term:
    """A term rewritten where these hypotheses are in reach, with x, y, n in scope."""
    sequent = Sequent(tuple(map(own, (x, y, n))), tuple(("", own(p)) for p in hypotheses))
    return rewritten(own(term), own(equation), sequent, Side().holds)


def test_equations_are_used_under_binders_without_capture() -> None:
    assert after(ForAll(y, f(y) > x), ForAll(x, Eq(f(x), g(x)))) == own(ForAll(y, g(y) > x))
    unchanged = ForAll(x, f(x) > 0)
    assert after(unchanged, Eq(f(x), 0)) == own(unchanged)
    assert after(Exists(y, y > x), Eq(x, y)) == own(Exists(z, z > y))


def test_premises_hold_where_an_equation_is_used() -> None:
    law = ForAll(i, Implies(i >= 1, Eq(f(i), 0)))
    assert after(Sum(i, 1, n, f(i)), law) == own(Sum(i, 1, n, num(0)))
    for unfit in (Sum(i, 0, n, f(i)), f(n), ForAll(i, Eq(f(i), 0))):
        assert after(unfit, law) == own(unfit)
    assert after(f(n), law, n >= 1) == own(num(0))
    assert after(Implies(n >= 1, Eq(f(n), x)), law) == own(Implies(n >= 1, Eq(num(0), x)))
    assert after(And(n >= 1, Eq(f(n), x)), law) == own(And(n >= 1, Eq(num(0), x)))
    for unfit in (Implies(Eq(f(n), x), n >= 1), Or(n >= 1, Eq(f(n), x))):
        assert after(unfit, law) == own(unfit)
    assert after(Ite(n >= 1, f(n), f(n)), law) == own(Ite(n >= 1, num(0), f(n)))


def test_an_integer_is_not_replaced_by_a_real() -> None:
    a = own(Eq(x, n))
    index = op("apply", var("a", fun(INT, REAL)), own(n))
    sequent = Sequent(tuple(map(own, (x, n))), (("", a),))
    assert rewritten(index, relation("eq", *reversed(a.args)), sequent, Side().holds) == index
    assert after(f(x), Eq(x, n)) == own(f(n))


# Trust ----------------------------------------------------------------------------------------------------------------


def all_judged(*theorems: Theorem) -> Mapping[str, Judged]:
    convert = ProofConverter()
    library = {t.id: t for t in theorems}
    return judged(replace(convert.theorem(t), evidence=checked(t, library, convert)[1]) for t in theorems)


def using(name: str, target: str, claim: Written = FALSE_EQUATION) -> Theorem:
    return statement(claim, [apply("it", target), qed(by("logic", "it"))], name=name)


def test_a_result_is_worth_what_it_rests_on() -> None:
    last = qed(by("logic", "it"))
    weak = {
        "cited": statement(FALSE_EQUATION, [cite("it", FALSE_EQUATION, "Nobody, page 0"), last], name="a"),
        "open": statement(FALSE_EQUATION, [open_step("it", FALSE_EQUATION), last], name="a"),
        "proved": statement(Eq(0, 0), [qed("ring")], name="a"),
    }  # fmt: skip
    for level, below in weak.items():
        found = all_judged(using("c", "b", below.conclusion), using("b", "a", below.conclusion), below)
        assert {each.level for each in found.values()} == {level}
        assert all(each.accepted for each in found.values())
        assert found["c"].rests_on == ("a", "b")


def test_what_rests_on_something_refused_is_not_accepted() -> None:
    found = all_judged(using("b", "a"), statement(FALSE_EQUATION, [qed("ring")], name="a"))
    assert not any(each.accepted for each in found.values())
    assert found["b"].level == "open"
    assert not found["b"].outcome.problems


def test_no_result_rests_on_itself() -> None:
    good = statement(Eq(0, 0), [qed("ring")], name="good")
    found = all_judged(using("a", "b"), using("b", "c"), using("c", "a"), using("above", "a"), good)
    assert {name for name, each in found.items() if each.accepted} == {"good"}
    assert {name for name, each in found.items() if each.outcome.problems} == {"a", "b", "c"}


def test_two_results_have_two_names() -> None:
    with pytest.raises(Refused, match="two results"):
        all_judged(statement(Eq(0, 0), [qed("ring")], name="a"), statement(Eq(1, 1), [qed("ring")], name="a"))


@pytest.mark.parametrize("form", test_refutation.FORMS)
def test_the_proved_negation_refutes(form: str) -> None:
    goal = test_refutation.FORMS[form]
    found = all_judged(test_refutation.CLAIM, test_refutation.refutation(goal, test_refutation.proof_of(goal)))
    assert (found["own.claim"].level, found["own.claim"].accepted) == ("refuted", False)
    assert found["own.refutation"].level == "proved"


@pytest.mark.parametrize("near", test_refutation.NEAR_MISSES)
def test_what_is_not_the_negation_refutes_nothing(near: str) -> None:
    claim = all_judged(test_refutation.CLAIM, test_refutation.NEAR_MISSES[near])["own.claim"]
    assert (claim.level, claim.accepted) == ("open", False)


def test_nothing_but_a_proved_refutation_refutes() -> None:
    good = test_refutation.GOOD
    circular = replace(good, proof=(apply("claimed", "own.claim", {"x": num(2)}), *good.proof))
    for weak in (replace(good, proof=(open_step("gap", good.conclusion),)), replace(good, proof=()), circular):
        assert all_judged(test_refutation.CLAIM, weak)["own.claim"].level == "open"
