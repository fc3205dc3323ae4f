"""The re-checker's rules for finite sums, minima and maxima: true claims beside false ones, and what proofs ask."""

from __future__ import annotations

import pytest

from symproof.logic import syntax
from symproof.recheck.question import Evidence, Question
from symproof.recheck.refused import Refused
from symproof.recheck.rules import extremum, finite_sum
from symproof.recheck.sequent import Sequent
from symproof.recheck.side_conditions import Side
from tests.recheck.from_kernel import Converter, recorded
from tests.soundness.near_miss import NearMiss
from tests.soundness.test_rules_sums_and_logic import EXTREMUM, SUM, a, b, i, j, m, n, x

CONVERT = Converter()
RULES = {"sum": finite_sum, "extremum": extremum}


def accepted(rule, question: Question) -> bool:
    """Whether the rule accepts and all its obligations hold."""
    try:
        answer = rule.check(question)
    except Refused:
        return False
    return all(question.side.holds(question.sequent, o) for o in answer.obligations)


def proves(rule, claim, *hypotheses) -> bool:
    facts = tuple(map(CONVERT.term, hypotheses))
    sequent = Sequent((), tuple(("", p) for p in facts))
    return accepted(rule, Question(CONVERT.term(claim), facts, sequent, Side(), Evidence()))


@pytest.mark.parametrize("case", [*SUM, *EXTREMUM], ids=str)
def test_the_true_claim_is_proved_and_the_false_one_is_not(case: NearMiss) -> None:
    rule = RULES[case.reason]
    assert proves(rule, case.true, *case.given.values())
    assert not proves(rule, case.false, *case.hypotheses.values())


def test_ranges_are_compared_before_terms() -> None:
    known = syntax.forall_in(i, 1, n, syntax.Eq(a(i), b(i)))
    assert proves(finite_sum, syntax.Eq(syntax.Sum(i, 1, n, a(i)), syntax.Sum(j, 1, n, b(j))), known)
    for other in (syntax.Sum(i, 0, n, b(i)), syntax.Sum(i, 1, m, b(i)), syntax.Sum(i, 0, n - 1, b(i))):
        assert not proves(finite_sum, syntax.Eq(syntax.Sum(i, 1, n, a(i)), other), known)


def test_a_minimum_that_the_value_refers_to_is_not_attained_by_definition() -> None:
    """The minimum over 1..j depends on the index that is asked for."""
    lowest = syntax.MinOver(i, 1, j, a(i))
    assert not proves(extremum, syntax.exists_in(j, 1, n, syntax.Eq(lowest, a(j))), n >= 1)
    assert not proves(extremum, syntax.Exists(x, syntax.Eq(syntax.MinOver(i, 1, n, a(i)), x)))


def test_what_the_kernel_accepts_of_some_proofs_is_accepted() -> None:
    asked = {name: 0 for name in RULES}
    for proof in recorded(
        ["linear_algebra.padded_sum", "relu_like.eta_below_fit", "jensen.above_constant", "jensen.unit"]
    ):
        side = Side(proof.evidence)
        for use in proof.rules:
            if use.rule in RULES:
                asked[use.rule] += 1
                assert accepted(RULES[use.rule], use.question(side))
    assert all(asked.values())
