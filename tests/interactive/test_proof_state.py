"""Exploring a proof: goals, what is in reach and where from, what the rules say, and proofs that grow."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symproof.errors import InputError
from symproof.interactive.proof_state import ProofState, StepRefusedError, start, state_at, state_dict
from symproof.library import load_library
from symproof.logic.syntax import Abs, ForAll, Implies, real
from symproof.proof.author import assume, by, case, cases, have, qed, take

x, y = real("x y")


def squares() -> ProofState:
    return start(variables=[x, y], hypotheses={"positive": x > 0}, goal=x**2 + y**2 >= 2 * x * y)


def test_a_proof_grows_and_the_kernel_checks_the_whole() -> None:
    first = squares()
    second = first.have("square", (x - y) ** 2 >= 0)
    assert [str(g.goal) for g in second.goals] == ["(x - y)**2 >= 0", "x**2 + y**2 >= 2 * x * y"]
    last = second.qed("sign").qed(by("linear", "square"))
    assert last.goals == () and last.check().accepted
    assert [step.kind for step in last.proof()] == ["have", "qed"]
    assert len(first.goals) == 1, "a state never changes"


def test_an_unfinished_proof_is_not_accepted_and_has_no_steps_to_give() -> None:
    state = squares().have("square", (x - y) ** 2 >= 0, "sign")
    assert not state.check().accepted
    with pytest.raises(InputError, match="not finished"):
        state.proof()


@pytest.mark.parametrize(
    "step",
    [qed("ring"), qed("no_such_rule"), qed(by("linear", "nothing")), take(x), assume("a"), have("positive", y > 0)],
)
def test_a_step_that_does_not_fit_is_refused(step) -> None:  # type: ignore[no-untyped-def]
    state = squares()
    with pytest.raises(StepRefusedError):
        state.apply_step(step)


def test_cases_open_a_goal_each() -> None:
    state = start(variables=[x], goal=Abs(x) >= x).apply_step(cases(case("up", x >= 0), case("down", x < 0)))
    assert [g.path for g in state.goals] == ["1.1.1", "1.2.1"]
    assert [(h.label, h.origin) for h in state.hypotheses] == [("up", "step 1, cases")]
    assert state.auto().auto().check().accepted


def test_variables_and_assumptions_of_the_goal() -> None:
    state = start(goal=ForAll(x, Implies(x > 0, x**2 > 0))).steps(take(x), assume("positive"))
    assert state.variables == (x,)
    assert [(h.label, h.origin) for h in state.hypotheses] == [("positive", "step 2, assume")]


def test_each_rule_says_something() -> None:
    answers = {a.rule: a for a in squares().rules()}
    assert answers["sos"].accepts and answers["sos"].reason == '"sos"'
    assert not answers["ring"].accepts and answers["ring"].reason


def test_a_tactic_that_finds_nothing_says_so() -> None:
    with pytest.raises(StepRefusedError, match="auto finds no proof"):
        start(variables=[x], goal=x**2 > 0).auto()


def test_the_state_at_a_step_of_the_library() -> None:
    library = load_library().theorems
    state = state_at(library["linear_algebra.nonzero_inner_product"], "5.1.2", library)
    assert str(state.goal) == "false"
    origins = {h.label: h.origin for h in state.hypotheses}
    assert origins["nonzero"] == "hypothesis of the statement"
    assert origins["lagrange"] == "step 1, have"
    assert origins["zero"] == "step 5.1, contradiction"
    assert state_dict(state)["path"] == "5.1.2"
    with pytest.raises(InputError, match="no step of that number"):
        state_at(library["linear_algebra.nonzero_inner_product"], "9", library)


def test_the_display_is_escaped() -> None:
    hostile = start(variables=[x], hypotheses={"<script>": x > 0}, goal=x >= 0)
    assert "<script" not in hostile._repr_html_() and "&lt;script&gt;" in hostile._repr_html_()
    assert "⊢" in repr(squares())


def test_a_state_is_shown_as_mathematics_with_what_is_in_reach() -> None:
    state = squares().have("square", (x - y) ** 2 >= 0)
    html, latex = state._repr_html_(), state._repr_latex_()
    assert html.count("<math") >= 4 and "(given)" in html and "To show" in html
    assert "2: " in html, "the goal that comes later"
    assert latex.count(r"\vdash") == 2 and r"\text{positive} & x > 0" in latex and r"\hline" in latex
    done = state.qed("sign").qed(by("linear", "square"))
    assert "No goals are left" in done._repr_html_() and done._repr_latex_() == ""


def test_a_step_of_a_proof_is_shown_in_the_notation_of_its_theorem_with_the_answer_of_its_rule() -> None:
    library = load_library().theorems
    theorem = library["relu_like.kink"]
    state = state_at(theorem, "1", library)
    assert "s_+" in state._repr_latex_() and "plus" not in state._repr_latex_()
    own = start(variables=[x], goal=x**2 >= 0).qed("sign").theorem
    accepted, refused = (state_at(replace(own, proof=(qed(rule),)), "1", {}) for rule in ("sign", "ring"))
    assert "<strong>accepts</strong>" in accepted._repr_html_()
    assert "<strong>refuses</strong>" in refused._repr_html_()
