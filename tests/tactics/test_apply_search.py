"""``apply ?``: what is offered applies, with exactly what remains; what does not apply is not offered."""

from __future__ import annotations

import pytest

from symproof.interactive.proof_state import start
from symproof.kernel.check import check_theorem
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Iff,
    Implies,
    Sum,
    family,
    forall_in,
    function,
    integer,
    matrix,
    num,
    real,
    trace,
)  # fmt: skip
from symproof.logic.term import Term
from symproof.proof.author import apply, at, by, have, open_step, qed
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem, theorem
from symproof.tactics.apply_search import Application, apply_search
from symproof.tactics.evidence_search import SearchingEvidence, prove_theorem
from symproof.tactics.expand import expand

x, y, c, s, t = real("x y c s t")
m, n, i, j = integer("m n i j")
a, b, u = family("a b u")
f, h = function("f h")
A, B = matrix("A", m, n), matrix("B", n, m)
C, D = matrix("C", n, n), matrix("D", n, n)


def stated(name: str, variables: list[Term], conclusion: Term, *proof: Step, **hypotheses: Term) -> Theorem:
    return theorem(name, name, variables=variables, hypotheses=hypotheses, conclusion=conclusion, proof=proof)


def total(term: Term) -> Term:
    return Sum(i, 1, m, term)


RESULTS = [
    stated("own.root", [x, y], Eq(x, 0), curvature=y >= 0, never=ForAll(t, t * x + t**2 * y >= 0)),
    stated("own.cauchy", [m, a, b], total(a(i) * b(i)) ** 2 <= total(a(i) ** 2) * total(b(i) ** 2)),
    stated("own.bound", [a], ForAll(n, Implies(num(0) <= n, Exists(t, forall_in(j, 1, n, a(j) <= t))))),
    stated("own.trace", [m, n, A, B], Eq(trace(A @ B), trace(B @ A))),
    stated("own.increasing", [f], forall_in(n, 1, 9, And(f(n) <= f(n + 1), f(n) > 0)), f_def=ForAll(t, Eq(f(t), t))),
    stated("own.both", [x], Iff(x > 0, x**3 > 0)),
    stated("own.uses_root", [x], Eq(x, 0), apply("r", "own.root", {"y": 1}), none=Eq(x, 0)),
    theorem("own.false", "f", variables=[x], conclusion=Eq(x, 7), refuted_by="own.other"),
]  # fmt: skip
LIBRARY = {each.id: each for each in RESULTS}


def offers(goal: Term, variables: list[Term], inside: str = "", **hypotheses: Term) -> tuple[Application, ...]:
    state = start(variables=variables, hypotheses=hypotheses, goal=goal)
    return apply_search(state.goals[0].sequent, goal, LIBRARY, inside=inside)


def accepted(offer: Application, goal: Term, variables: list[Term], **hypotheses: Term) -> bool:
    """Whether the kernel accepts the steps, with what remains as gaps."""
    steps = tuple(open_step(s.label, s.claim) if s.kind == "have" and s.claim is not None else s for s in offer.steps)
    whole = theorem("own.goal", "", variables=variables, hypotheses=hypotheses, conclusion=goal, proof=steps)
    return check_theorem(whole, LIBRARY, SearchingEvidence()).accepted


APPLIES = {
    "hypotheses in reach": ("own.root", Eq(c, 0), [c, s], {"p": s >= 0, "q": ForAll(t, t * c + t**2 * s >= 0)}, []),
    "a side condition by signs": ("own.root", Eq(c, 0), [c, s], {"q": ForAll(t, t * c + t**2 * s**2 >= 0)}, []),
    "one remains": ("own.root", Eq(c, 0), [c, s], {"q": ForAll(t, t * c + t**2 * s >= 0)}, ["curvature"]),
    "flipped": ("own.root", Eq(0, c), [c, s], {"p": s >= 0, "q": ForAll(t, t * c + t**2 * s >= 0)}, []),
    "families by formulas": (
        "own.cauchy", total(u(i) ** 2) * total(i**2) >= total(u(i) * i) ** 2, [m, u], {}, []),
    "an instance": ("own.bound", Exists(s, forall_in(i, 1, m + 1, u(i + 1) <= s)), [m, u], {"p": m >= 0}, []),
    "an instance with its guard left": ("own.bound", Exists(s, forall_in(i, 1, m, u(i) <= s)), [m, u], {}, ["premise"]),
    "sizes": ("own.trace", Eq(trace(C @ D), trace(D @ C)), [n, C, D], {}, []),
    "part of a conjunction": ("own.increasing", h(n) > 0, [n, h], {
        "p": ForAll(t, Eq(h(t), t)), "low": n >= 1, "high": n <= 9}, []),
    "one direction": ("own.both", c**3 > 0, [c], {"p": c > 0}, []),
    "behind quantifiers": ("own.both", ForAll(t, Implies(t > 2, t**3 > 0)), [c], {}, []),
}  # fmt: skip


@pytest.mark.parametrize("name", APPLIES)
def test_what_applies_is_found_first_and_its_steps_are_accepted(name: str) -> None:
    result, goal, variables, hypotheses, remaining = APPLIES[name]
    first = offers(goal, variables, **hypotheses)[0]
    assert first.theorem == result
    assert [label for label, _ in first.remaining] == remaining
    assert first.complete == (not remaining)
    assert accepted(first, goal, variables, **hypotheses)


NOTHING = {
    "another relation": (x < 0, [x], {}),
    "a real where an integer belongs": (Exists(s, ForAll(t, u(1) + t <= s)), [m, u], {}),
    "a value that would leave its binder": (Eq(Sum(i, 1, 3, i), Sum(i, 1, 3, i * c)), [c], {}),
    "not the same on both sides": (
        Sum(j, 1, n, u(j) * j) ** 2 <= Sum(j, 1, n, u(j) ** 2) * Sum(j, 1, n, j**4), [n, u], {}),
    "another size": (Eq(trace(A @ B), trace(A @ B)), [m, n, A, B], {}),
    "a refuted claim": (Eq(x, 7), [x], {}),
}  # fmt: skip


@pytest.mark.parametrize("name", NOTHING)
def test_what_does_not_apply_is_not_offered(name: str) -> None:
    goal, variables, hypotheses = NOTHING[name]
    assert offers(goal, variables, **hypotheses) == ()


def test_neither_the_theorem_itself_nor_what_rests_on_it_is_offered() -> None:
    known = {"p": s >= 0, "q": ForAll(t, t * c + t**2 * s >= 0)}
    assert "own.uses_root" in {o.theorem for o in offers(Eq(c, 0), [c, s], **known)}
    assert offers(Eq(c, 0), [c, s], inside="own.root", **known) == ()


def test_a_gap_is_said() -> None:
    (offer,) = offers(Eq(trace(C @ D), trace(D @ C)), [n, C, D])
    assert offer.standing == "open" and str(offer) == "own.trace applies (open)"


def test_the_source_is_what_an_author_writes() -> None:
    goal = Exists(s, forall_in(i, 1, m, u(i) <= s))
    (offer,) = offers(goal, [m, u])
    names = {"apply": apply, "have": have, "qed": qed, "by": by, "u": u, "m": m, "num": num, "at": at}
    steps = eval(f"[{offer.source()}]", names)
    assert [step.kind for step in steps] == ["have", "apply", "qed"]
    assert steps == list(offer.steps)


def test_a_value_that_nothing_gives_is_asked_for() -> None:
    library = {"own.free": stated("own.free", [x, y], x >= 0, link=Eq(x, y**2 * y))}
    state = start(variables=[u], goal=u(3) >= 0)
    (offer,) = apply_search(state.goals[0].sequent, u(3) >= 0, library)
    assert offer.undetermined == ("y",) and not offer.applies
    assert '"y": ...' in offer.source() and "would apply with a value for y" in str(offer)


# As a tactic ---------------------------------------------------------------------------------------------------------

TRIANGLE = stated("own.triangle", [x, y], Abs(x + y) <= Abs(x) + Abs(y), qed("auto"))


def user(reason: object) -> Theorem:
    return stated("own.user", [c, s], Abs(c + s) - Abs(c) <= Abs(s), have("tri", Abs(c + s) <= Abs(c) + Abs(s), reason),
                  qed(by("linear", "tri")))  # fmt: skip


def test_expand_turns_the_question_into_a_plain_step_and_a_check_does_not() -> None:
    library = {"own.triangle": TRIANGLE}
    asking = user("apply?")
    assert not prove_theorem(asking, library)[0].accepted, "the graph would not show what it rests on"
    expanded, (found,) = expand(asking, library, anywhere=True)
    assert found.steps is not None and [step.target for step in found.steps] == ["own.triangle"]
    assert prove_theorem(expanded, library)[0].accepted
    assert expanded.uses() == ("own.triangle",)


def test_auto_applies_the_lemmas_that_it_is_given_and_they_count_as_used() -> None:
    sealed = stated("own.sealed", [f, x], f(x) > 0, odd=ForAll(t, f(t) > f(t - 1)), start=Eq(f(0), 0), low=x > 5)
    goal = stated("own.goal", [h, c], h(c + 6) > 0, qed(by("auto", lemmas=["own.sealed"])),
                  odd=ForAll(t, h(t) > h(t - 1)), start=Eq(h(0), 0), c_nonnegative=c >= 0)  # fmt: skip
    result, _ = prove_theorem(goal, {"own.sealed": sealed})
    assert result.accepted, [d.message for d in result.diagnostics]
    assert goal.uses() == result.uses == ("own.sealed",)
    bare = stated("own.goal", [h, c], h(c + 6) > 0, qed("auto"), odd=ForAll(t, h(t) > h(t - 1)))
    assert not prove_theorem(bare, {"own.sealed": sealed})[0].accepted
