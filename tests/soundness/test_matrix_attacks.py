"""Attacks on the rules ``matrix`` and ``exact_linear_algebra``: false claims beside a true control of the same form.

A control that is refused would make the attack meaningless, so every case names one.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symproof.kernel.rule import Accepted, NoEvidence, Refusal, Request, Rule
from symproof.kernel.rules import exact_linear_algebra, matrix
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.logic.definition import define
from symproof.logic.matrix_notions import (
    full_column_rank,
    full_row_rank,
    invertible,
    kernel_spanned_by,
    negative_index,
    positive_definite,
    positive_index,
    positive_semidefinite,
    rank,
    symmetric,
)
from symproof.logic.sort import SortError
from symproof.logic.syntax import (
    And,
    Eq,
    Exists,
    Implies,
    Ne,
    Not,
    identity,
    integer,
    inverse,
    num,
    real,
    trace,
    transpose,
    variable,
    zero_matrix,
)
from symproof.logic.syntax import literal_matrix as M
from symproof.logic.syntax import matrix as matrix_variable
from symproof.logic.term import Term, free_variables

n, m, k = integer("n m k")
s, t = real("s t")
A, B, C = (matrix_variable(name, n, n) for name in "ABC")
F, H = matrix_variable("F", m, n), matrix_variable("H", n, m)
I, O = identity(n), zero_matrix(n, n)  # noqa: E741
T = transpose


class Recorded(NoEvidence):
    """An evidence table with one entry for every rule and goal."""

    def __init__(self, entry: Any) -> None:
        self.entry = entry

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...]) -> Any | None:
        return self.entry


def undecided(_sequent: Sequent, _proposition: Term) -> bool:
    """Discharges nothing."""
    return False


def ask(rule: Rule, goal: Term, *facts: Term, evidence: Any = None, reach: tuple[Term, ...] = ()) -> Accepted:
    sequent = Sequent((), tuple(Hypothesis(str(i), p) for i, p in enumerate(reach)))
    options = () if evidence is None else (("cofactors", evidence),)
    return rule.check(Request(goal, facts, sequent, undecided, Recorded(evidence), options))


# (false claim, its facts), (true control, its facts)
SYMBOLIC: dict[str, tuple[tuple[Term, ...], tuple[Term, ...]]] = {
    "commuting": ((Eq(A * B, B * A),), (Eq(A * B, B * A), Eq(A * B, B * A))),
    "commuting traces": ((Eq(trace(A * B * C), trace(A * C * B)),), (Eq(trace(A * B * C), trace(C * A * B)),)),
    "trace of four": (
        (Eq(trace(A * B * A * C), trace(A * A * B * C)),),
        (Eq(trace(A * B * A * C), trace(A * C * A * B)),),
    ),
    "transposed product": ((Eq(T(A * B), T(A) * T(B)),), (Eq(T(A * B), T(B) * T(A)),)),
    "trace of a product": ((Eq(trace(A * B), trace(A) * trace(B)),), (Eq(trace(A * B), trace(B * A)),)),
    "trace of one transpose": ((Eq(trace(T(A) * B), trace(A * B)),), (Eq(trace(T(A) * B), trace(T(B) * A)),)),
    "binomial": (
        (Eq((A + B) * (A + B), A * A + 2 * A * B + B * B),),
        (Eq((A + B) * (A + B), A * A + 2 * A * B + B * B), Eq(B * A, A * B)),
    ),
    "difference of squares": (
        (Eq((A + B) * (A - B), A * A - B * B),),
        (Eq((A + B) * (A - B), A * A - B * B), Eq(B * A, A * B)),
    ),
    "inverse without a fact": ((Eq(A * inverse(A), I),), (Eq(A * inverse(A), I), invertible(A))),
    "inverse with a wrong fact": (
        (Eq(A * inverse(A), I), invertible(A + B)),
        (Eq(A * inverse(A), I), invertible(T(A))),
    ),
    "inverse of another matrix": (
        (Eq(A * inverse(B), I), invertible(A), invertible(B)),
        (Eq(A * inverse(B), I), Eq(A, B), invertible(B)),
    ),
    "inverse under the trace": (
        (Eq(trace(A * C * inverse(A)), trace(C)),),
        (Eq(trace(A * C * inverse(A)), trace(C)), invertible(A)),
    ),
    "order of the inverse of a product": (
        (Eq(inverse(A * B), inverse(A) * inverse(B)), invertible(A), invertible(B)),
        (Eq(inverse(A * B), inverse(B) * inverse(A)), invertible(A), invertible(B)),
    ),
    "inverse of a product with one fact": (
        (Eq(inverse(A * B), inverse(B) * inverse(A)), invertible(A)),
        (Eq(inverse(A * B), inverse(B) * inverse(A)), invertible(A), invertible(B)),
    ),
    "inverse of a sum": (
        (Eq(inverse(A + B), inverse(A) + inverse(B)), invertible(A), invertible(B), invertible(A + B)),
        (Eq(inverse(A + B) * (A + B), I), invertible(A), invertible(B), invertible(A + B)),
    ),
    "inverse twice": ((Eq(inverse(inverse(A)), A),), (Eq(inverse(inverse(A)), A), invertible(A))),
    "only the product is invertible": (
        (Eq(A * inverse(A), I), invertible(A * B)),
        (Eq(A * B * inverse(A * B), I), invertible(A * B)),
    ),
    "one-sided inverse used on the other side": (
        (Eq(H * F, identity(n)), Eq(F * H, identity(m))),
        (Eq(F * H, identity(m)), Eq(F * H, identity(m))),
    ),
    "wrong side of a square one": ((Eq(B * A, I), Eq(A * B, I)), (Eq(C * B * A, C), Eq(B * A, I))),
    "symmetry not given": ((Eq(T(A * A), A * A),), (Eq(T(A * A), A * A), symmetric(A))),
    "symmetric factors": (
        (Eq(T(A * B), A * B), symmetric(A), symmetric(B)),
        (Eq(T(A * B), B * A), symmetric(A), symmetric(B)),
    ),
    "zero divisors": ((Eq(A, O), Eq(A * B, O)), (Eq(A, O), Eq(A, O))),
    "the other zero product": ((Eq(B * A, O), Eq(A * B, O)), (Eq(T(B) * T(A), O), Eq(A * B, O))),
    "cancellation": ((Eq(B, C), Eq(A * B, A * C), invertible(B)), (Eq(A * B, A * C), Eq(B, C))),
    "trace zero is not zero": ((Eq(A, O), Eq(trace(A), 0)), (Eq(trace(A), 0), Eq(A, O))),
    "size of the identity": (
        (Eq(trace(F * H), m), Eq(H * F, identity(n))),
        (Eq(trace(F * H), n), Eq(H * F, identity(n))),
    ),
    "trace of the identity": ((Eq(trace(I), 1),), (Eq(trace(identity(1)), 1),)),
    "scaled trace": ((Eq(trace(s * A), s * s * trace(A)),), (Eq(trace(s * A), s * trace(A)),)),
    "scaled inverse": (
        (Eq(inverse(2 * A), 2 * inverse(A)), invertible(A)),
        (Eq(inverse(2 * A), inverse(A) / 2), invertible(A)),
    ),
    "scalar cancelled on one side": ((Eq(s * A, A),), (Eq(s * A, A), Eq(s, 1))),
    "division by zero": ((Eq(A / 0, A),), (Eq(A / 1, A),)),
    "nilpotent": ((Eq((I - A) * (I + A + A * A), I),), (Eq((I - A) * (I + A + A * A), I), Eq(A * A * A, O))),
    "idempotent": ((Eq((I - A) * (I - A), I - A), Eq(A * A, I)), (Eq((I - A) * (I - A), I - A), Eq(A * A, A))),
    "size one": (
        (Eq(trace(matrix_variable("X", 2, 2)) * identity(2), matrix_variable("X", 2, 2)),),
        (Eq(trace(s * identity(1)) * identity(1), s * identity(1)),),
    ),
    "an implication is no fact": ((Eq(A, B), Implies(Eq(A, A), Eq(A, B))), (Eq(A, B), Eq(A, B))),
    "an inequation is no fact": ((Eq(A, B), Ne(A, B)), (Eq(A, B), Eq(A, B))),
    "a negated invertibility": (
        (Eq(A * inverse(A), I), Not(invertible(A))),
        (Eq(A * inverse(A), I), invertible(A)),
    ),
    "a right inverse is no inverse": (
        (Eq(A * inverse(A), I), full_row_rank(A)),
        (Eq(A * inverse(A), I), invertible(A)),
    ),
}


@pytest.mark.parametrize("name", SYMBOLIC)
def test_false_matrix_claims_are_refused(name: str) -> None:
    attack, control = SYMBOLIC[name]
    assert ask(matrix.RULE, *control).trust == "proved"
    with pytest.raises(Refusal):
        ask(matrix.RULE, *attack)


def test_factors_that_may_vanish_become_obligations() -> None:
    assert ask(matrix.RULE, Eq(s / s * A, A)).obligations == (Ne(s, 0),)
    assert Ne(s, 0) in ask(matrix.RULE, Eq(s * inverse(s * A), inverse(A)), invertible(A)).obligations
    assert ask(matrix.RULE, Eq(trace(I), n)).obligations == (n >= 0,)


COFACTORS: list[tuple[Term, Term, Any]] = [
    (Eq(A * B, O), Eq(A, O), (0, False, num(1), None, B)),
    (Eq(T(B) * T(A), O), Eq(A, O), (0, True, num(1), T(B), None)),
    (Eq(trace(A * B * C), 0), Eq(C * A, O), (0, False, num(1), None, B)),
]


@pytest.mark.parametrize(("goal", "fact", "cofactor"), COFACTORS)
def test_altered_cofactors_are_refused(goal: Term, fact: Term, cofactor: tuple[Any, ...]) -> None:
    index, turned, c, before, after = cofactor
    assert ask(matrix.RULE, goal, fact, evidence=(cofactor,)) == Accepted()
    altered: list[tuple[Any, ...]] = [
        (index, not turned, c, before, after),
        (index, turned, -c, before, after),
        (index, turned, s, before, after),
        (index, turned, c, A, C),
        (index + 1, turned, c, before, after),
        (-1, turned, c, before, after),
    ]
    for evidence in (*[(x,) for x in altered], (cofactor, cofactor)):
        with pytest.raises(Refusal):
            ask(matrix.RULE, goal, fact, evidence=evidence)


def test_a_goal_is_no_fact_for_itself() -> None:
    goal = Eq(A * B, B * A)
    with pytest.raises(Refusal):
        ask(matrix.RULE, goal, evidence=((0, False, num(1), None, None),))


def test_hypotheses_in_reach_are_not_rewrite_rules_unless_cited() -> None:
    with pytest.raises(Refusal):
        ask(matrix.RULE, Eq(A * B, O), reach=(Eq(A, O),))
    assert ask(matrix.RULE, Eq(A * inverse(A), I), reach=(invertible(A),)) is not None


def test_a_bound_matrix_does_not_become_invertible() -> None:
    pretended = Exists(variable("B", A.sort), Eq(A * variable("B", A.sort), I))
    for fact in (pretended, Exists(B, Eq(A * B, B * A)), Exists(B, Eq(B, B))):
        with pytest.raises(Refusal):
            ask(matrix.RULE, Eq(A * inverse(A), I), fact)


def test_invertible_does_not_capture_a_variable_of_the_same_name() -> None:
    assert invertible(B) == Exists(C, And(Eq(B * C, I), Eq(C * B, I)))
    assert invertible(B) != Exists(B, And(Eq(B * B, I), Eq(B * B, I)))
    assert ask(matrix.RULE, Eq(B * inverse(B), I), invertible(B)) is not None


# Concrete matrices -----------------------------------------------------------------------------------------------

X = M([[1, 2, 3], [2, 4, 6]])
SQUARE = M([[2, 1], [1, 2]])
INDEFINITE = M([[1, 2], [2, 1]])
SINGULAR = M([[1, 2], [2, 4]])
RANK_X = {"rows": (0,), "columns": (0,), "kernel": ((-2, 1, 0), (-3, 0, 1))}
LDL = {"L": ((1, 0), ("1/2", 1)), "D": (2, "3/2")}
exact = exact_linear_algebra.RULE


CONCRETE: dict[str, tuple[tuple[Term, Any], tuple[Term, Any]]] = {
    "rank too high": ((Eq(rank(X), 2), RANK_X), (Eq(rank(X), 1), RANK_X)),
    "rank too low": (
        (Eq(rank(SQUARE), 1), {"rows": (0,), "columns": (0,), "kernel": ((-2, 1),)}),
        (Eq(rank(SQUARE), 2), {"rows": (0, 1), "columns": (0, 1), "kernel": ()}),
    ),
    "singular minor": (
        (Eq(rank(X), 2), {**RANK_X, "rows": (0, 1), "columns": (0, 1), "kernel": ((-2, 1, 0),)}),
        (Eq(rank(X), 1), RANK_X),
    ),
    "kernel vectors not independent": (
        (Eq(rank(X), 1), {**RANK_X, "kernel": ((-2, 1, 0), (-4, 2, 0))}),
        (Eq(rank(X), 1), RANK_X),
    ),
    "zero in the kernel basis": (
        (Eq(rank(X), 1), {**RANK_X, "kernel": ((-2, 1, 0), (0, 0, 0))}),
        (Eq(rank(X), 1), RANK_X),
    ),
    "not in the kernel": ((Eq(rank(X), 1), {**RANK_X, "kernel": ((-2, 1, 0), (1, 0, 0))}), (Eq(rank(X), 1), RANK_X)),
    "too few kernel vectors": ((Eq(rank(X), 1), {**RANK_X, "kernel": ((-2, 1, 0),)}), (Eq(rank(X), 1), RANK_X)),
    "minor outside": ((Eq(rank(X), 1), {**RANK_X, "rows": (7,)}), (Eq(rank(X), 1), RANK_X)),
    "minor outside below": ((Eq(rank(X), 1), {**RANK_X, "rows": (-1,)}), (Eq(rank(X), 1), RANK_X)),
    "minor with a repeated row": (
        (Eq(rank(X), 2), {"rows": (0, 0), "columns": (0, 1), "kernel": ((-2, 1, 0),)}),
        (Eq(rank(X), 1), RANK_X),
    ),
    "positive definite": (
        (positive_definite(INDEFINITE), {"L": ((1, 0), (2, 1)), "D": (1, -3)}),
        (positive_definite(SQUARE), LDL),
    ),
    "wrong sign in D": ((positive_definite(SQUARE), {**LDL, "D": (2, "-3/2")}), (positive_definite(SQUARE), LDL)),
    "LDL of another matrix": ((positive_definite(INDEFINITE), LDL), (positive_definite(SQUARE), LDL)),
    "semidefinite is not definite": (
        (positive_definite(SINGULAR), {"L": ((1, 0), (2, 1)), "D": (1, 0)}),
        (positive_semidefinite(SINGULAR), {"L": ((1, 0), (2, 1)), "D": (1, 0)}),
    ),
    "singular L hides a kernel": (
        (positive_definite(SINGULAR), {"L": ((1, 0), (2, 0)), "D": (1, 1)}),
        (positive_semidefinite(SINGULAR), {"L": ((1, 0), (2, 0)), "D": (1, 1)}),
    ),
    "inertia with a singular L": (
        (Eq(positive_index(SINGULAR), 2), {"L": ((1, 0), (2, 0)), "D": (1, 1)}),
        (Eq(positive_index(SINGULAR), 1), {"L": ((1, 0), (2, 1)), "D": (1, 0)}),
    ),
    "inertia counted wrong": (
        (Eq(negative_index(INDEFINITE), 0), {"L": ((1, 0), (2, 1)), "D": (1, -3)}),
        (Eq(negative_index(INDEFINITE), 1), {"L": ((1, 0), (2, 1)), "D": (1, -3)}),
    ),
    "inertia of an unsymmetric matrix": (
        (Eq(positive_index(M([[1, 4], [0, 1]])), 1), {"L": ((1, 0), (2, 1)), "D": (1, -3)}),
        (Eq(positive_index(INDEFINITE), 1), {"L": ((1, 0), (2, 1)), "D": (1, -3)}),
    ),
    "not semidefinite, wrong vector": (
        (Not(positive_semidefinite(INDEFINITE)), {"witness": (((1,), (1,)),)}),
        (Not(positive_semidefinite(INDEFINITE)), {"witness": (((1,), (-1,)),)}),
    ),
    "not semidefinite though it is": (
        (Not(positive_semidefinite(SQUARE)), {"witness": (((1,), (-1,)),)}),
        (Not(positive_semidefinite(INDEFINITE)), {"witness": (((1,), (-1,)),)}),
    ),
    "inverse of a singular matrix": (
        (invertible(SINGULAR), {"witness": (((1, 0), (0, 1)),)}),
        (invertible(SQUARE), {"witness": ((("2/3", "-1/3"), ("-1/3", "2/3")),)}),
    ),
    "not invertible though it is": (
        (Not(invertible(SQUARE)), {"left": ((1, 1),)}),
        (Not(invertible(SINGULAR)), {"left": ((-2, 1),)}),
    ),
    "zero vector against invertibility": (
        (Not(invertible(SQUARE)), {"left": ((0, 0),)}),
        (Not(invertible(SINGULAR)), {"left": ((-2, 1),)}),
    ),
    "right inverse": (
        (full_row_rank(X), {"witness": (((1, 0), (0, 1), (0, 0)),)}),
        (full_row_rank(M([[1, 2, 3], [2, 4, 7]])), {"witness": (((7, -3), (0, 0), (-2, 1)),)}),
    ),
    "left inverse": (
        (full_column_rank(T(X)), {"witness": (((1, 0, 0), (0, 1, 0)),)}),
        (full_column_rank(M([[1, 0], [0, 1], [5, 5]])), {"witness": (((1, 0, 0), (0, 1, 0)),)}),
    ),
    "unequal": ((Eq(SQUARE * SQUARE, M([[5, 4], [4, 4]])), None), (Eq(SQUARE * SQUARE, M([[5, 4], [4, 5]])), None)),
    "nearly equal": (
        (Eq(trace(SQUARE), num(4) + Fraction(1, 10**30)), None),
        (Eq(trace(SQUARE) + Fraction(1, 10**30), num(4) + Fraction(1, 10**30)), None),
    ),
    "inverse of a singular literal": (
        (Eq(inverse(SINGULAR), inverse(SINGULAR)), None),
        (Eq(inverse(SQUARE), inverse(SQUARE)), None),
    ),
    "kernel not spanned": (
        (kernel_spanned_by(X, M([[-2], [1], [0]])), {"C": ((0, 1, 0),), "D": ((1, 0), (0, 0), (0, 0))}),
        (
            kernel_spanned_by(X, M([[-2, -3], [1, 0], [0, 1]])),
            {"C": ((0, 1, 0), (0, 0, 1)), "D": ((1, 0), (0, 0), (0, 0))},
        ),
    ),
    "spanned by vectors outside": (
        (kernel_spanned_by(X, identity(3)), {"C": ((1, 0, 0), (0, 1, 0), (0, 0, 1)), "D": ((0, 0), (0, 0), (0, 0))}),
        (
            kernel_spanned_by(M([[0, 0, 0]]), identity(3)),
            {"C": ((1, 0, 0), (0, 1, 0), (0, 0, 1)), "D": ((0,), (0,), (0,))},
        ),
    ),
}


@pytest.mark.parametrize("name", CONCRETE)
def test_false_claims_about_concrete_matrices_are_refused(name: str) -> None:
    (attack, wrong), (control, evidence) = CONCRETE[name]
    assert ask(exact, control, evidence=evidence).trust == "proved"
    with pytest.raises(Refusal):
        ask(exact, attack, evidence=wrong)


def test_a_solvable_system_cannot_be_shown_unsolvable() -> None:
    x = matrix_variable("x", 2, 1)
    solvable, unsolvable = M([[1], [2]]), M([[1], [3]])
    assert ask(exact, Ne(SINGULAR * x, unsolvable), evidence={"left": ((-2, 1),)}) == Accepted()
    for y in ((-2, 1), (1, 0), (0, 0), (2, -1)):
        with pytest.raises(Refusal):
            ask(exact, Ne(SINGULAR * x, solvable), evidence={"left": (y,)})
        with pytest.raises(Refusal):
            ask(exact, Ne(SQUARE * x, unsolvable), evidence={"left": (y,)})


def test_symbolic_entries_and_floats_are_refused() -> None:
    for goal in (Eq(rank(M([[s, 1]])), 1), Eq(rank(A), 1), positive_definite(M([[s]])), Eq(M([[s]]), M([[s]]))):
        with pytest.raises(Refusal):
            ask(exact, goal, evidence={"rows": (0,), "columns": (0,), "kernel": (), "L": ((1,),), "D": (1,)})
    with pytest.raises(Refusal):
        ask(exact, positive_definite(SQUARE), evidence={"L": ((1, 0), (0.5, 1)), "D": (2, 1.5)})


def test_malformed_evidence_is_refused() -> None:
    goals = (
        Eq(rank(X), 1),
        positive_definite(SQUARE),
        invertible(SQUARE),
        Not(invertible(SINGULAR)),
        Eq(positive_index(SQUARE), 2),
        kernel_spanned_by(X, identity(3)),
        Not(positive_semidefinite(SQUARE)),
    )
    junk: tuple[Any, ...] = (
        7,
        (),
        {},
        {"rows": 3},
        {"L": "abc", "D": 1},
        {"L": ((1,), (1, 2)), "D": (1,)},
        {"witness": "x"},
        {"witness": ((),)},
        {"left": ((1,),)},
        {"C": (), "D": ()},
        "1/0",
        {"L": (("1/0", 0), (0, 1)), "D": (1, 1)},
        {"L": (), "D": ()},
    )
    for goal in goals:
        for evidence in junk:
            with pytest.raises(Refusal):
                ask(exact, goal, evidence=evidence)


def test_a_definition_cannot_hide_a_size() -> None:
    """With such a definition d() = n is provable, so d() = 1 and d() = 2 are instances."""
    assert n in free_variables(trace(I))
    with pytest.raises(SortError):
        define("hidden_size", (s,), trace(I) + 0 * s)
