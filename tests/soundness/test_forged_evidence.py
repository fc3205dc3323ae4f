"""Evidence comes from anywhere: whatever it is, a false claim is refused and nothing crashes.

Each rule that reads evidence is given a claim that is true, with evidence of a wrong form: it may accept the claim
without evidence, or refuse it; and a false claim, which it must refuse.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symproof.kernel.check import check_theorem
from symproof.logic.matrix_notions import rank
from symproof.logic.sort import INT, matrix_sort
from symproof.logic.syntax import And, Eq, Exists, exp, identity, literal_matrix, matrix, num, real, zero_matrix
from symproof.logic.term import Term, coerce, free_variables
from symproof.proof.author import by, qed
from tests.soundness.checking import accepted, statement

x, y, z, t = real("x y z t")
A, B = matrix("A", 2, 2), matrix("B", 2, 2)
HALF = Term("num", (), Fraction(1, 2), INT)


class Fixed:
    """An evidence table that answers every question in one way."""

    def __init__(self, answer: Any) -> None:
        self.answer = answer

    def find(self, *_question: Any) -> Any:
        return self.answer


CLAIMS = {
    "linear": (x <= y, x < y - 1, {"h": x + 1 <= y}),
    "sos": (x**2 >= -1, x**2 >= 1, {"h": x >= 0}),
    "ideal": (Eq(x, y), Eq(x, y + 1), {"h": Eq(x, y)}),
    "monotone": (exp(x) >= x, exp(x) >= x + 2, {"h": x >= 0}),
    "concave": (x * (1 - x) >= 0, x**2 - x >= 0, {"h": x >= 0, "g": x <= 1}),
    "ball": (x**2 <= 5, x**2 <= 3, {"h": num(0) <= x, "g": x <= 2}),
    "ball: a root": (
        Exists(x, And(num(0) <= x, x <= 2, Eq(x**2, 2))),
        Exists(x, And(num(0) <= x, x <= 2, Eq(x**2, 5))),
        {},
    ),
    "exact_linear_algebra": (
        Eq(rank(literal_matrix([[1, 2], [2, 4]])), 1),
        Eq(rank(literal_matrix([[1, 2], [2, 4]])), 2),
        {},
    ),
    "matrix": (Eq(A * B, B), Eq(A * B, A), {"h": Eq(A, identity(2))}),
}
ANSWERS: list[Any] = [
    7, "abc", [None], [[None]], {}, True, [["x"]], [[float("nan")]], [["1/0"]], [[10**400] * 5], [[1.5]], [[(1, 2)]],
    [(1, x, [0])], [(1, x, [99])], [(-1, x, [])], [(float("inf"), x, [])], ("a", "b", "c"), (1, 2, 3), [x], [HALF],
    [Fraction(10**50)], (x, x, True),
    (x, num(0), num(1)), (x, num(0), HALF), (x, num(0), True, True), (x, x, x),
    (z, z, True), (x, HALF, True), (x, y, 1), (64, (0, 0), None), (64, (3, 0), None),
    (64, ("a", 0), None), ("x", None), (64, (5, 0, None, None)), (10**9, None), (-1, (0, 0, None, None)),
    (64, (0, 9, None, None)), [(0, False, A, B, A)], [(9, False, num(1), None, None)], [(0, False, x, None)],
]  # fmt: skip


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: str(answer)[:30])
@pytest.mark.parametrize("rule", CLAIMS)
def test_evidence_of_any_form_proves_nothing_false(rule: str, answer: Any) -> None:
    true, false, hypotheses = CLAIMS[rule]
    for claim in (true, false):
        free = {v for p in (claim, *hypotheses.values()) for v in free_variables(p)}
        theorem = statement(
            claim,
            [qed(by(rule.split(":")[0], *hypotheses))],
            variables=sorted(free, key=lambda v: v.name),
            hypotheses=hypotheses,
        )
        result = check_theorem(theorem, {}, Fixed(answer))
        assert not (result.accepted and claim is false)


@pytest.mark.parametrize("rule", ["linear", "sos", "ideal", "ball", "concave", "exact_linear_algebra", "matrix"])
def test_the_true_claims_have_evidence(rule: str) -> None:
    """The control: with searched evidence each true claim is proved, and no false one."""
    true, false, hypotheses = CLAIMS[rule]
    for claim in (true, false):
        free = sorted({v for p in (claim, *hypotheses.values()) for v in free_variables(p)}, key=lambda v: v.name)
        given = accepted(claim, [qed(by(rule, *hypotheses))], variables=free, hypotheses=hypotheses)
        assert given == (claim is true)


def test_a_root_needs_a_change_of_sign() -> None:
    """The control for roots: x^2 - 2 changes its sign on [1, 3/2], but not on [0, 1]."""
    theorem = statement(CLAIMS["ball: a root"][0], [qed("ball")])
    assert check_theorem(theorem, {}, Fixed((64, (1, Fraction(3, 2)), None))).accepted
    assert not check_theorem(theorem, {}, Fixed((64, (0, 1), None))).accepted


def test_monotone_needs_a_starting_point_on_the_right_side() -> None:
    """The control for ``monotone``: x^3 + x >= 0 for x >= 0, from 0 upwards, not from 1 and not downwards."""
    theorem = statement(x**3 + x >= 0, [qed("monotone")], variables=[x], hypotheses={"h": x >= 0})
    assert check_theorem(theorem, {}, Fixed((x, num(0), True))).accepted
    assert not check_theorem(theorem, {}, Fixed((x, num(1), True))).accepted
    assert not check_theorem(theorem, {}, Fixed((x, num(0), False))).accepted


def test_a_starting_point_is_not_captured() -> None:
    """The variable between start and x has a name of its own: it would have been t, and nothing is between t and t."""
    from symproof.kernel.rules.monotone import slope_obligations
    from symproof.kernel.sequent import Sequent

    *_, slope = slope_obligations(exp(x) >= 1, x, t, True, Sequent((x,)))
    assert free_variables(slope) == {x, t}


def test_a_cofactor_of_a_wrong_size_is_refused() -> None:
    """x I_0 = 0 says nothing of x; multiplied by "identity matrices" of sizes 2 x 0 and 0 x 2 it would say x = 0."""
    wide = Term("identity", (), None, matrix_sort(coerce(2), coerce(0)))
    tall = Term("identity", (), None, matrix_sort(coerce(0), coerce(2)))
    hypotheses = {"h": Eq(x * identity(0), zero_matrix(0, 0))}

    def proved(size: int, before: Term | None, after: Term | None) -> bool:
        cofactors = [(0, False, num(1), before, after)]
        proof = [qed(by("matrix", "h", cofactors=cofactors))]
        return accepted(Eq(x * identity(size), zero_matrix(size, size)), proof, variables=[x], hypotheses=hypotheses)

    assert proved(0, None, None)
    assert not proved(2, wide, tall)
