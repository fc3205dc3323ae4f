"""Steps on numbers that are not rational: inequalities are decided by balls, equations never, precision rises."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

import flint
import pytest
from flint import arb, fmpq

from symproof.instances.ball_number import agreement, compare, number_text
from symproof.instances.evaluated_step import EvaluatedStep, InstanceContradictionError
from symproof.instances.step_evaluation import Constructions, evaluate_steps
from symproof.kernel.check import CheckResult
from symproof.logic.syntax import Eq, Ne, Not, Or, Sum, exists_in, exp, family, forall_in, integer, real
from symproof.logic.term import Term
from symproof.proof.author import by, calc, let, open_step, qed
from symproof.proof.theorem import theorem
from symproof.tactics.evidence_search import prove_theorem

m, i = integer("m i")
x, y, z = real("x y z")
a = family("a")


@cache
def result_of(*claims: Term) -> CheckResult:
    """A proof with gaps: its claims are evaluated all the same."""
    steps = [open_step(f"claim{k}", claim) for k, claim in enumerate(claims, 1)]
    proof = [let("y_def", y, exp(x)), calc("chain", y * y, ("=", exp(x) * y, by("ring", rewrite=["y_def"]))), *steps]
    own = theorem("own", "t", variables=[m, a, x], conclusion=x * x >= 0, proof=[*proof, qed(by("sign"))])
    return prove_theorem(own, {})[0]


def evaluated(claims: tuple[Term, ...], **values: Any) -> list[EvaluatedStep]:
    """The entries of the definition, the chain, and the claims."""
    given = {"m": 2, "a": lambda k: arb(k).sqrt(), "x": fmpq(1), **values}
    steps = evaluate_steps("own", {"own": result_of(*claims)}, given, Constructions())
    return list(steps[: 2 + len(claims)])


TRUE = {
    "disjoint": y > 2,
    "either way": Not(y <= 2),
    "different": Ne(y, 3),
    "one part": Or(Eq(y, exp(x)), y > 2),
    "for all indices": forall_in(i, 1, m, a(i) * y > 2),
    "some index, not the first": exists_in(i, 1, m, a(i) + exp(x) > exp(x) + 1),
}


@pytest.mark.parametrize("claim", TRUE.values(), ids=TRUE)
def test_disjoint_balls_decide(claim: Term) -> None:
    step = evaluated((claim,))[-1]
    assert (step.verdict, step.status, step.doubt) == (True, "true", "")


AGREEING = {
    "an equation": Eq(y, exp(x)),
    "of sums": Eq(Sum(i, 1, m, a(i) * y), y * a(1) + y * a(2)),
    "for all indices": forall_in(i, 1, m, Eq(a(i) ** 2, i)),
    "with a rational number": Eq(exp(x) / y, 1),
    "a bound that is attained": y <= exp(x),
    "powers of a ball with 0 in it": Eq((y - exp(x)) ** 2, 0),
}


@pytest.mark.parametrize("claim", AGREEING.values(), ids=AGREEING)
def test_an_equation_of_balls_agrees_and_is_never_true(claim: Term) -> None:
    step = evaluated((claim,))[-1]
    assert (step.verdict, step.status) == (None, "agrees")
    assert re.search("agree to within 1e-(7|15)", step.reason)
    assert "no proof" in step.reason


UNDECIDED = {
    "a strict one": y < exp(x),
    "inequality": Ne(y, exp(x)),
    "the negation of an equation": Not(Eq(y, exp(x))),
    "no index at all": exists_in(i, 1, m, a(i) * y > a(i) * exp(x)),
}


@pytest.mark.parametrize("claim", UNDECIDED.values(), ids=UNDECIDED)
def test_balls_that_overlap_at_the_limit_are_undecided(claim: Term) -> None:
    """Also where the claim is false: overlapping balls refute as little as they prove."""
    step = evaluated((claim,))[-1]
    assert (step.verdict, step.status) == (None, "undecided")
    assert "2048 bits" in step.reason


@pytest.mark.parametrize("claim", [Eq(y, 3), y < 2, forall_in(i, 1, m, a(i) * y < 3), Not(y > 2)])
def test_a_claim_that_disjoint_balls_refute_contradicts_the_proof(claim: Term) -> None:
    with pytest.raises(InstanceContradictionError):
        evaluated((claim,))


def test_precision_rises_until_numbers_that_are_nearly_equal_are_told_apart() -> None:
    """With 256 bits exp(-400) is nothing beside 1; with 1024 it is seen, and the equation is refuted."""
    (*_, step) = evaluated((exp(x) + 1 > 1,), x=fmpq(-400))
    assert step.verdict is True
    with flint.ctx.workprec(256):
        assert compare("gt", arb(-400).exp() + 1, fmpq(1)) is None
    (*_, agreed) = evaluated((Eq(exp(x) + 1, 1),), x=fmpq(-400))
    assert (agreed.verdict, agreed.status) == (None, "agrees")
    with pytest.raises(InstanceContradictionError):
        evaluated((Eq(exp(x) + 1, 1), exp(x) + 1 > 1), x=fmpq(-400))


def test_definitions_and_chains_show_balls() -> None:
    defined, chain = evaluated(())
    assert (defined.status, chain.status) == ("defined", "agrees")
    assert number_text(defined.numbers[0]).startswith("2.718281828459045")
    assert len(chain.numbers) == 2


def test_rational_numbers_are_decided_exactly_as_before() -> None:
    exact = {"a": lambda k: fmpq(k), "x": fmpq(0)}
    steps = evaluated((Eq(exp(x), 1), y <= exp(x), forall_in(i, 1, m, Eq(a(i), i))), **exact)
    assert [step.status for step in steps] == ["defined", "true", "true", "true", "true"]
    assert steps[0].numbers == (fmpq(1),)


def test_a_forged_step_is_found_in_balls() -> None:
    """The claim y = exp(x) moved by 1e-70 is told from the true one."""
    result = result_of(Eq(y, exp(x)))
    forged = replace(result.steps[2], claim=Eq(y, exp(x) + fmpq_term()))
    with pytest.raises(InstanceContradictionError):
        evaluate_steps(
            "own", {"own": replace(result, steps=(*result.steps[:2], forged))},
            {"m": 2, "a": lambda k: k, "x": fmpq(1)}, Constructions(),
        )  # fmt: skip


def fmpq_term() -> Term:
    from symproof.logic.syntax import num

    return num(10) ** -70


def test_numbers_as_text() -> None:
    with flint.ctx.workprec(64):
        third = number_text(arb(fmpq(1, 3)))
        assert third.startswith("0.3333333333333333")
        assert " +/- " in third
        assert number_text(arb(fmpq(3, 4))) == "3/4"
        assert (agreement(arb(0, 1), fmpq(0)), agreement(arb("nan"), fmpq(0))) == (None, None)
        assert compare("eq", arb(2), fmpq(2)) is True
        assert compare("eq", arb("nan"), fmpq(2)) is None
        assert compare("ne", arb(2), fmpq(3)) is True
