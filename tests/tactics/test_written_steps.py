"""Folding: the checked steps in the form and with the numbers in which the proof was written."""

from __future__ import annotations

from symproof.logic.syntax import Abs, And, real
from symproof.proof.author import by, calc, case, cases, conjunction, have, qed
from symproof.proof.theorem import Theorem, theorem
from symproof.tactics.evidence_search import prove_theorem
from symproof.tactics.written_steps import written_steps

x, y = real("x y")


def shape(of: Theorem) -> list[tuple[str, str, str]]:
    result, _ = prove_theorem(of, {})
    assert result.accepted
    folded = written_steps(of, result.steps)
    assert all(step.accepted for top in folded for step in top.walk())
    return [(s.path, s.step.kind, s.step.by.rule if s.step.by else "") for top in folded for s in top.walk()]


def test_each_tactic_is_one_step_again() -> None:
    written = theorem(
        "own.t", "", variables=[x, y], conclusion=And(Abs(x + y) <= Abs(x) + Abs(y), Abs(x) >= x), proof=[
            have("triangle", Abs(x + y) <= Abs(x) + Abs(y), "auto"),
            calc("c", 0 * x, ("<=", Abs(x + y) + Abs(x) - Abs(y) - x + Abs(y) + x)),
            conjunction([qed(by("logic", "triangle"))],
                        [cases(case("up", x >= 0, qed("auto")), case("down", x < 0, qed("sign")))]),
        ])  # fmt: skip
    assert shape(written) == [
        ("1", "have", "auto"), ("2", "calc", ""), ("3", "conjunction", ""), ("3.1.1", "qed", "logic"),
        ("3.2.1", "cases", ""), ("3.2.1.1.1", "qed", "auto"), ("3.2.1.2.1", "qed", "sign"),
    ]  # fmt: skip


def test_a_proof_without_tactics_is_left_as_it_is() -> None:
    plain = theorem("own.t", "", variables=[x], conclusion=x**2 >= 0, proof=[qed("sign")])
    result, _ = prove_theorem(plain, {})
    assert written_steps(plain, result.steps) == result.steps


def test_a_tactic_that_found_nothing_stays_refused() -> None:
    false = theorem("own.t", "", variables=[x], conclusion=x > 0, proof=[have("p", x > 0, "auto")])
    result, _ = prove_theorem(false, {})
    (step,) = written_steps(false, result.steps)
    assert not step.accepted
