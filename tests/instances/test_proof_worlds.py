"""How the steps of a proof move through values: samples, assumptions, cases, inductions, applied results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from flint import fmpq

from symproof.instances.evaluated_step import HYPOTHESIS, EvaluatedStep, InstanceContradictionError
from symproof.instances.step_evaluation import Constructions, evaluate_steps
from symproof.instances.value_family import vector
from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Sum,
    exists_in,
    family,
    forall_in,
    integer,
    num,
    real,
)
from symproof.proof.author import (
    apply,
    assume,
    at,
    by,
    case,
    cases,
    contradiction,
    have,
    induction,
    let,
    obtain,
    open_step,
    qed,
    suffices,
    take,
    witness,
)
from symproof.proof.theorem import Theorem, theorem
from symproof.tactics.evidence_search import prove_theorem

m, n, i, j = integer("m n i j")
x, y, t, s = real("x y t s")
a = family("a")


def evaluated(
    theorems: Sequence[Theorem], values: Mapping[str, Any], constructions: Constructions | None = None
) -> dict[tuple[str, str], EvaluatedStep]:
    """The entries of the last of some theorems, by theorem and path."""
    library = {each.id: each for each in theorems}
    results = {name: prove_theorem(each, library)[0] for name, each in library.items()}
    assert [str(d) for result in results.values() for d in result.diagnostics] == []
    steps = evaluate_steps(theorems[-1].id, results, values, constructions or Constructions())
    return {(step.theorem, step.path): step for top in steps for step in top.walk()}


POSITIVE = {"positive": forall_in(i, 1, m, a(i) > 0)}
VALUES = {"m": 4, "a": vector([2, 5, 1, 3])}


def test_an_assumption_keeps_the_samples_where_it_holds() -> None:
    claim = forall_in(i, 1, m, Implies(i > 1, 2 * i > 2))
    own = theorem(
        "own", "t", variables=[m], conclusion=claim,
        proof=[take(i), assume("low", "high"), assume("other"), qed(by("linear", "other"))],
    )  # fmt: skip
    steps = evaluated([own], {"m": 4})
    assert steps["own", "1"].status == "taken"
    assert (steps["own", "2"].samples, steps["own", "3"].samples) == (4, 3)
    assert steps["own", "3"].reason == "true at 3 of 4 sampled points"
    assert (steps["own", "4"].verdict, steps["own", "4"].at) == (True, (("i", "2"),))
    none = evaluated([own], {"m": 1})
    assert (none["own", "3"].status, none["own", "4"].status) == ("not_reached", "not_reached")
    empty = evaluated([own], {"m": 0})
    assert empty["own", "1"].reason == "there is no such index on these numbers"


def test_cases_are_evaluated_where_they_apply() -> None:
    own = theorem(
        "own", "t", variables=[x], conclusion=x**2 >= 0,
        proof=[cases(case("low", x < 0, qed("sign")), case("high", x >= 0, qed("sign")))],
    )  # fmt: skip
    steps = evaluated([own], {"x": fmpq(-1)})
    assert (steps["own", "1.1.1"].status, steps["own", "1.2.1"].status) == ("true", "not_reached")
    assert "does not apply" in steps["own", "1.2.1"].reason


def test_a_proof_by_contradiction_shows_its_goal_and_not_its_inside() -> None:
    own = theorem(
        "own", "t", variables=[x], hypotheses={"large": x > 2}, conclusion=x > 1,
        proof=[contradiction("no", qed(by("linear", "no", "large")))],
    )  # fmt: skip
    steps = evaluated([own], {"x": 3})
    assert (steps["own", "1"].verdict, steps["own", "1"].numbers, steps["own", "1"].relation) == (True, (3, 1), ">")
    assert steps["own", "1.1"].status == "not_reached"


def test_an_obtained_index_is_the_first_that_fits() -> None:
    own = theorem(
        "own", "t", variables=[m, a], hypotheses={"some": exists_in(i, 1, m, a(i) >= 4)}, conclusion=num(1) <= m,
        proof=[obtain(j, ("low", "high", "large"), "some"), qed(by("linear", "low", "high"))],
    )  # fmt: skip
    step = evaluated([own], VALUES)["own", "1"]
    assert (step.verdict, step.numbers) == (True, (5, 4))


ROOT = theorem(
    "root", "t", variables=[x], hypotheses={"root": Exists(t, And(t > 0, Eq(t**2, x)))}, conclusion=x > 0,
    proof=[
        obtain(t, ("positive", "square"), "root"),
        have("product", t * t > 0, by("sign", "positive")),
        qed(by("linear", "product", "square")),
    ],
)  # fmt: skip


def test_an_obtained_number_needs_a_construction() -> None:
    without = evaluated([ROOT], {"x": 9})
    assert without["root", "1"].status == "general"
    assert without["root", "1"].reason == "no construction of t is given for these numbers"
    assert without["root", "2"].reason == "no value of t is known on these numbers"
    assert without["root", "3"].verdict is True, "what does not mention it is evaluated all the same"
    given = evaluated([ROOT], {"x": 9}, Constructions({("root", "t"): lambda _v: fmpq(3)}))
    assert (given["root", "2"].verdict, given["root", "2"].numbers) == (True, (9, 0))


def test_a_wrong_construction_contradicts_the_proof() -> None:
    with pytest.raises(InstanceContradictionError, match="step 1 of root"):
        evaluated([ROOT], {"x": 9}, Constructions({("root", "t"): lambda _v: fmpq(2)}))


def test_a_hypothesis_that_fails_contradicts_the_instance() -> None:
    own = theorem("own", "t", variables=[x], hypotheses={"large": x > 2}, conclusion=x > 1, proof=[qed("linear")])
    with pytest.raises(InstanceContradictionError, match="large"):
        evaluated([own], {"x": 1})


def test_under_an_undecided_assumption_nothing_is_called_false() -> None:
    """The assumption is false for every real t, but no sample of t shows it."""
    rare = ForAll(t, Implies(And(t > 1000, t < 1001), Eq(t, x)))
    own = theorem(
        "own", "t", variables=[x], conclusion=Implies(rare, Eq(num(1), 2)),
        proof=[assume("rare"), open_step("gap", Eq(num(1), 2)), qed(by("logic", "gap"))],
    )  # fmt: skip
    steps = evaluated([own], {"x": 1})
    assert steps["own", "1"].verdict is None
    assert steps["own", "2"].verdict is None
    assert "do not decide" in steps["own", "2"].reason


TOTAL = theorem(
    "total", "t", variables=[a], hypotheses={"each": ForAll(i, a(i) >= 0)},
    conclusion=ForAll(n, Implies(num(0) <= n, Sum(i, 1, n, a(i)) >= 0)),
    proof=[
        induction(n, base=[qed("ring")], hypothesis="shorter", bound="n_low", step=[
            have("next", a(n + 1) >= 0, by("logic", at("each", n + 1))),
            have("longer", Eq(Sum(i, 1, n + 1, a(i)), Sum(i, 1, n, a(i)) + a(n + 1)), by("ring")),
            qed(by("linear", "shorter", "next", "longer"))]),
    ],
)  # fmt: skip


def test_an_induction_is_tried_from_some_numbers_to_the_next() -> None:
    steps = evaluated([TOTAL], {"a": vector([2, 5, 1, 3])})
    assert steps["total", "1"].status == "general"
    assert steps["total", "1.1.1"].verdict is True
    assert (steps["total", "1.2.1"].numbers, steps["total", "1.2.1"].at) == ((2, 0), (("n", "0"),))
    chosen = Constructions(indices={("total", "n"): lambda _v: (3,)})
    steps = evaluated([TOTAL], {"a": vector([2, 5, 1, 3])}, chosen)
    assert steps["total", "1.2.2"].numbers == (11, 11)


def test_an_applied_result_is_evaluated_on_the_values_of_its_terms() -> None:
    lemma = theorem(
        "lemma", "t", variables=[x, y], hypotheses={"order": x < y}, conclusion=2 * x < x + y, proof=[qed("linear")]
    )
    own = theorem(
        "own", "t", variables=[x], hypotheses={"positive": x > 0}, conclusion=x > 0,
        proof=[
            let("y_def", y, 3 * x),
            have("order", x < y, by("linear", "positive", "y_def")),
            apply("first", "lemma"),
            apply("again", "lemma"),
            apply("other", "lemma", {"x": 0, "y": x}),
            qed(by("linear", "positive")),
        ],
    )  # fmt: skip
    steps = evaluated([lemma, own], {"x": fmpq(1, 2)})
    assert steps["own", "3"].numbers == (1, 2)
    first = {step.path: step for step in steps["own", "3"].applied}
    assert (first["order"].kind, first["order"].numbers) == (HYPOTHESIS, (fmpq(1, 2), fmpq(3, 2)))
    assert first["1"].verdict is True
    assert steps["own", "4"].applied == ()
    assert steps["own", "4"].reason == "its proof is evaluated above on the same numbers"
    assert [step.numbers for step in steps["own", "5"].applied] == [(0, fmpq(1, 2)), (0, fmpq(1, 2))]


def test_witnesses_and_reductions_are_evaluated() -> None:
    own = theorem(
        "own", "t", variables=[x], conclusion=Exists(t, t > x),
        proof=[witness(x + 1), suffices("one", num(1) > 0, by("linear", "one")), qed("linear")],
    )  # fmt: skip
    steps = evaluated([own], {"x": 4})
    assert steps["own", "1"].numbers == (5, 4)
    assert steps["own", "2"].numbers == (1, 0)
    assert steps["own", "3"].verdict is True


def test_nested_samples_stay_few() -> None:
    claim = forall_in(i, 1, m, forall_in(j, 1, m, i + j >= 2))
    own = theorem(
        "own", "t", variables=[m], conclusion=claim,
        proof=[take(i), assume("i_low", "i_high"), take(j), assume("j_low", "j_high"),
               qed(by("linear", "i_low", "j_low"))],
    )  # fmt: skip
    steps = evaluated([own], {"m": 50})
    assert 2 <= steps["own", "5"].samples <= 6
    assert steps["own", "5"].numbers == (2, 2)


def test_every_step_has_one_status() -> None:
    steps = evaluated([TOTAL], {"a": vector([2, 5, 1, 3])})
    assert {step.status for step in steps.values()} <= {"true", "defined", "general", "taken", "not_reached"}
