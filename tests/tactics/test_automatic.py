"""Tactics: what they find is a proof that the kernel accepts; what is false they do not prove."""

from __future__ import annotations

import pytest

from symproof.logic.definition import define
from symproof.logic.syntax import (
    FALSE as FALSE_TERM,
)
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Iff,
    Implies,
    Ite,
    Max,
    Min,
    Ne,
    Or,
    Sum,
    family,
    forall_in,
    integer,
    num,
    real,
)  # fmt: skip
from symproof.logic.term import Term
from symproof.proof.author import assume, at, by, calc, case, cases, have, qed, take
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem, theorem, walk
from symproof.tactics.evidence_search import prove_theorem
from symproof.tactics.expand import expand, has_tactics
from symproof.tactics.tactic import TACTICS

x, y, t = real("x y t")
m, i, k = integer("m i k")
a, b = family("a b")
mean = define("own.mean", (x, y), (x + y) / 2)
below = define("own.below", (x, y), x <= y)
IN_RANGE = {"i_low": i >= 1, "i_high": i <= m, "k_low": k >= 1, "k_high": k <= m}


def claim(conclusion: Term, hypotheses: dict[str, Term] | None = None, *proof: Step) -> Theorem:
    return theorem(
        "own.claim", "A claim", variables=[x, y, m, i, k, a, b], hypotheses=hypotheses, conclusion=conclusion,
        proof=proof or [qed("auto")],
    )  # fmt: skip


TRUE = {
    "squares": claim(x**2 + y**2 >= 2 * x * y),
    "absolute values": claim(Abs(x + y) <= Abs(x) + Abs(y)),
    "extrema": claim(Eq(Min(x, y) + Max(x, y), x + y)),
    "piecewise": claim(Ite(x >= 0, x, -x) >= 0),
    "parts": claim(And(x**2 >= 0, Max(x, y) >= y)),
    "both ways": claim(Iff(x > 0, And(x >= 0, Ne(x, 0)))),
    "an alternative": claim(Or(x > y, x <= y)),
    "cases from a fact": claim(x**2 > 0, {"either": Or(x > 0, x < 0)}),
    "an example": claim(Exists(t, t > x)),
    "for all": claim(ForAll(t, Implies(t > 0, t + 1 / t > 0))),
    "instances": claim(a(i) + a(k) > 0, {**IN_RANGE, "positive": forall_in(i, 1, m, a(i) > 0)}),
    "sums": claim(Sum(i, 1, m, a(i)) <= Sum(i, 1, m, b(i)), {"below": forall_in(i, 1, m, a(i) <= b(i))}),
    "a chain": claim(
        (x + y) ** 2 <= 2 * x**2 + 2 * y**2, None,
        calc("c", (x + y) ** 2, ("=", x**2 + 2 * x * y + y**2), ("<=", 2 * x**2 + 2 * y**2)), qed(by("logic", "c")),
    ),
    "a link in cases": claim(
        Abs(x) * 2 >= 0, None, calc("c", num(0), ("<=", Abs(x + y) + Abs(x) - Abs(y) - x + Abs(y) + x),
                                    ("<=", Abs(x) * 2 + Abs(x + y))), qed("sign"),
    ),
    "positivity": claim((1 - x) * (y + 1) > 0, {"low": x < 1, "y": y >= 0}, qed("positivity")),
    "inside": claim(x**2 + 1 > 0, None, have("s", x**2 >= 0, "auto"), qed("auto")),
    "an existential fact": claim(x > 0, {"some": Exists(t, And(t > 1, x >= t))}),
    "a fact of two kinds": claim(a(i) > y, {**IN_RANGE, "both": And(y < 0, forall_in(k, 1, m, a(k) > 0))}),
    "what a definition says": claim(x <= mean(x, y), {"order": below(x, y)}),
    "ring by equations": claim(Eq(x**2 - y**2, 0), {"equal": Eq(x, y)}, qed("ring?")),
    "ring by a definition": claim(Eq(2 * mean(x, y), x + y), None, qed("ring?")),
    "ring by cofactors": claim(Eq(x**2, y**2), {"opposite": Eq(x + y, 0)}, qed("ring?")),
    "linear by an instance": claim(a(i) + x > 0, {**IN_RANGE, "f": forall_in(k, 1, m, a(k) > 1), "x": x >= -1},
                                   qed("linear?")),
    "linear by a product": claim(x * y >= x + y - 1, {"x_large": x >= 1, "y_large": y >= 1}, qed("linear?")),
    "linear from a contradiction": claim(FALSE_TERM, {"low": x > 1, "high": x < 1}, qed("linear?")),
    "a fact with its values": claim(a(3) > 0, {"f": ForAll(k, a(k) > k**2 - 9)}, qed(by("linear?", at("f", 3)))),
}  # fmt: skip

FALSE = {
    "strict square": claim(x**2 > 0),
    "one sign": claim(x * y > 0, {"x_positive": x > 0}),
    "absolute values": claim(Abs(x + y) <= Abs(x)),
    "no third": claim(Or(x > 0, x < 0)),
    "other piece": claim(Ite(x >= 0, x, -x) > 0),
    "out of range": claim(a(i) > 0, {"positive": forall_in(i, 1, m, a(i) > 0), "i_low": i >= 1}),
    "strict sums": claim(Sum(i, 1, m, a(i)) < Sum(i, 1, m, b(i)), {"below": forall_in(i, 1, m, a(i) < b(i))}),
    "no such number": claim(Exists(t, And(t > x, t < x))),
    "for all": claim(ForAll(t, Implies(t >= 0, t > 0))),
    "one way": claim(Iff(x > 0, x >= 0)),
    "a link": claim(x <= x + y**2, None, calc("c", x, ("<", x + y**2)), qed(by("logic", "c"))),
    "positivity": claim((1 - x) * (y - 1) >= 0, {"low": x <= 1, "y": y >= 0}, qed("positivity")),
    "an existential fact": claim(x > 1, {"some": Exists(t, And(t > 1, x >= t - 1))}),
    "another definition": claim(x < mean(x, y), {"order": below(x, y)}),
    "ring": claim(Eq(x**2, y**2), {"equal": Eq(Abs(x), y + 1)}, qed("ring?")),
    "linear": claim(x * y >= x + y, {"x_large": x >= 1, "y_large": y >= 1}, qed("linear?")),
    "an unknown fact": claim(x**2 >= 0, None, qed(by("auto", "nothing"))),
    "a result that is not there": claim(x**2 >= 0, None, qed(by("auto", lemmas=["own.nothing"]))),
}


@pytest.mark.parametrize("name", TRUE)
def test_what_a_tactic_finds_is_accepted_and_leaves_no_tactic(name: str) -> None:
    result, _ = prove_theorem(TRUE[name], {})
    assert result.accepted, [d.message for d in result.diagnostics]
    assert result.trust == "proved"
    assert not has_tactics(result.theorem)
    assert result.theorem.statement_digest == TRUE[name].statement_digest


@pytest.mark.parametrize("name", FALSE)
def test_what_is_false_stays_unproved(name: str) -> None:
    result, _ = prove_theorem(FALSE[name], {})
    assert not result.accepted
    assert {d.code for d in result.diagnostics} >= {"SP-RULE-001"}, "the tactic stays, and the kernel has no such rule"


def test_the_kernel_knows_no_tactic() -> None:
    from symproof.kernel.check import check_theorem
    from symproof.kernel.interface import rules

    assert not set(TACTICS) & set(rules())
    assert not check_theorem(claim(x**2 >= 0), {}).accepted


def test_labels_of_the_author_are_left_alone() -> None:
    proof = [
        take(t), assume("given_1"), have("case_1", Abs(t + x) <= Abs(t) + Abs(x), "auto"),
        cases(case("case_2", x > 0, qed("auto")), case("case_3", x <= 0, qed("auto"))),
    ]  # fmt: skip
    result, _ = prove_theorem(claim(ForAll(t, Implies(t > 0, Abs(t + x) <= t + Abs(x))), None, *proof), {})
    assert result.accepted, [d.message for d in result.diagnostics]


def test_expanded_steps_keep_the_line_of_the_author() -> None:
    written = TRUE["absolute values"]
    expanded, (found,) = expand(written, {})
    assert found.place.path == "1" and found.tactic == "auto"
    assert all(step.source == written.proof[0].source for step in walk(expanded.proof))
