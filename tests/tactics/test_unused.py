"""What a proof does not need: nothing is named without the kernel having accepted the proof without it."""

from __future__ import annotations

from symproof.logic.syntax import Eq, real
from symproof.proof.author import by, have, qed
from symproof.proof.theorem import theorem
from symproof.tactics.unused import unused

x, y = real("x y")


def test_idle_hypotheses_and_steps_are_named() -> None:
    idle = theorem(
        "own.t", "", variables=[x, y],
        hypotheses={"x_positive": x > 0, "y_positive": y > 0, "idle": Eq(y, 3)},
        conclusion=x * y > 0,
        proof=[
            have("aside", y**2 >= 0, "sign"),
            have("half", x / 2 > 0, "sign"),
            qed(by("sign", "half", "y_positive")),
        ],
    )  # fmt: skip
    found = unused(idle, {})
    assert [(each.label, each.path) for each in found] == [("idle", ""), ("aside", "1")]
    assert "the hypothesis idle is not used" in str(found[0])


def test_what_a_rule_sees_without_being_told_is_used() -> None:
    """No label is cited here, but each is needed: as a fact, and so that the quotient is defined."""
    needed = theorem(
        "own.t", "", variables=[x, y], hypotheses={"x_positive": x > 0, "y_positive": y > 0}, conclusion=x / y > 0,
        proof=[qed("sign")],
    )  # fmt: skip
    assert unused(needed, {}) == ()


def test_a_proof_that_is_not_accepted_has_nothing_to_say() -> None:
    wrong = theorem("own.t", "", variables=[x], hypotheses={"idle": x > 0}, conclusion=x > 1, proof=[qed("sign")])
    assert unused(wrong, {}) == ()
