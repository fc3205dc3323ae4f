"""Single rules and facts tried apart from a proof, and the observer of a check: neither makes anything accepted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from symproof.kernel.check import CheckResult, check_theorem
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.rule import Accepted
from symproof.kernel.sequent import Sequent
from symproof.kernel.trial import Trial
from symproof.logic.sort import REAL
from symproof.logic.syntax import Eq, Ne, family, forall_in, integer, real
from symproof.logic.term import Term
from symproof.proof.author import at, by, have, open_step, qed
from symproof.proof.step import FactReference, Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import SearchingEvidence
from tests.soundness.checking import FALSE_EQUATION, statement

x, y = real("x y")
i, n = integer("i n")
a = family("a")
POSITIVE = Sequent((x, y)).with_hypothesis("positive", x > 0)
FAMILY = Sequent((n, a)).with_hypothesis("all", forall_in(i, 1, n, a(i) > 0))


def code(answer: object) -> str:
    """The code of the diagnostic that an answer is; empty if it is an acceptance."""
    return answer.code if isinstance(answer, Diagnostic) else ""


# One rule ------------------------------------------------------------------------------------------------------------


def test_a_rule_that_applies_is_accepted_with_its_trust() -> None:
    answer = Trial().rule(POSITIVE, x**2 + x > 0, by("sign"))
    assert isinstance(answer, Accepted) and answer.trust == "proved"
    balls = Trial(SearchingEvidence()).rule(POSITIVE, Term("pi") > 3, by("ball"))
    assert isinstance(balls, Accepted) and balls.trust == "certified"


@pytest.mark.parametrize(
    ("claim", "reason", "expected"),
    [
        (x * y > 0, by("sign"), "SP-RULE-002"),
        (Eq(x / y * y, x), by("ring"), "SP-OBL-001"),
        (x > 0, by("no such rule"), "SP-RULE-001"),
        (x > 0, by("linear", "no such fact"), "SP-FACT-001"),
        (x > 0, by("logic", at("positive", x)), "SP-FACT-002"),
        (Term("gt", (x,), None, REAL), by("ring"), "SP-RULE-002"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
def test_a_rule_that_does_not_apply_says_why(claim: Term, reason: object, expected: str) -> None:
    assert code(Trial(SearchingEvidence()).rule(POSITIVE, claim, reason)) == expected  # type: ignore[arg-type]


def test_a_failed_trial_leaves_nothing_behind() -> None:
    """One object answers many questions; what one of them reported is no part of the next answer."""
    trial = Trial(SearchingEvidence())
    assert code(trial.rule(POSITIVE, x < 0, by("sign")))
    assert isinstance(trial.rule(POSITIVE, x + 1 > 0, by("sign")), Accepted)
    assert code(trial.rule(Sequent((x, y)), x + 1 > 0, by("sign"))), "the hypothesis of the other sequent"
    assert not trial.discharges(Sequent((x, y)), x > 0)
    assert trial.discharges(POSITIVE, Ne(x, 0)) and not trial.discharges(POSITIVE, Ne(y, 0))


def test_a_fact_at_a_term_needs_its_premise() -> None:
    trial = Trial()
    known = FAMILY.with_hypothesis("low", n >= 1)
    assert trial.fact(known, FactReference("all", (n,))) == (a(n) > 0)
    beyond = trial.fact(known, FactReference("all", (n + 1,)))
    assert isinstance(beyond, Term) and beyond.op == "implies", "out of range it says nothing of a(n + 1)"
    assert code(trial.fact(known, FactReference("all", (x,)))) == "SP-VAR-002"
    assert code(trial.fact(known.with_variable(x), FactReference("all", (x,)))) == "SP-FACT-002"
    assert code(trial.fact(known, FactReference("none"))) == "SP-FACT-001"


# The observer --------------------------------------------------------------------------------------------------------

PROOF = (have("square", x**2 >= 0, proof=[qed(by("sign"))]), qed(by("linear", "square")))


def checked(theorem: Theorem, watch: Callable[[str, Step], None] | None) -> CheckResult:
    return check_theorem(theorem, {}, SearchingEvidence(), watch=watch)


def theorem(claim: Term, proof: tuple[Step, ...]) -> Theorem:
    return statement(claim, proof, variables=[x])


def test_the_observer_is_told_each_step_before_its_check() -> None:
    told: list[tuple[str, Step]] = []
    assert checked(theorem(x**2 + 1 >= 0, PROOF), lambda number, step: told.append((number, step))).accepted
    assert told == [("1", PROOF[0]), ("1.1", PROOF[0].steps[0]), ("2", PROOF[1])]


@pytest.mark.parametrize(
    "proof",
    [PROOF, (qed(by("ring")),), (open_step("gap", FALSE_EQUATION), qed(by("logic", "gap"))), ()],
    ids=["a false last step", "a false step", "a gap", "no proof"],
)
def test_the_observer_has_no_say(proof: tuple[Step, ...]) -> None:
    """The result of a false or unproved statement is the same with an observer that answers yes to everything."""
    false = theorem(FALSE_EQUATION, proof)
    watched = checked(false, lambda *_: True)  # type: ignore[arg-type, return-value]
    assert watched == checked(false, None)
    assert watched.trust == "open"


def test_an_observer_that_fails_stops_the_check() -> None:
    """A time limit works like this. It is never swallowed, so that half a check is never an accepted one."""

    def stop(number: str, _step: Step) -> None:
        if number == "2":
            raise TimeoutError(number)

    with pytest.raises(TimeoutError):
        checked(theorem(x**2 + 1 >= 0, PROOF), stop)
