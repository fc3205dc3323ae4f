"""The re-checker's rules for matrices of symbolic size and for concrete ones: true claims beside false ones."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.logic import matrix_notions as notions
from symproof.logic import syntax
from symproof.logic.syntax import literal_matrix
from symproof.logic.term import Term as KernelTerm
from symproof.recheck.polynomial import to_term
from symproof.recheck.question import Answer, Evidence, Question
from symproof.recheck.refused import Refused
from symproof.recheck.rules import exact_linear_algebra, linear, matrix, ring
from symproof.recheck.sequent import Sequent
from symproof.recheck.side_conditions import Side
from symproof.recheck.term import Term, op, relation, substituted
from symproof.recheck.word_ring import WordRing, rendered
from symproof.tactics.linear_algebra_search import search
from tests.recheck.from_kernel import Converter
from tests.soundness.test_matrix_attacks import COFACTORS, CONCRETE, SYMBOLIC, A, B, C, F, H, I, M, T, n, s

CONVERT = Converter()


def ask(rule: Any, goal: KernelTerm, *facts: KernelTerm, reach: Iterable[KernelTerm] = (), **options: Any) -> Answer:
    """The rule's answer."""
    sequent = Sequent((), tuple(("", CONVERT.term(p)) for p in reach))
    chosen = {name: CONVERT.value(value) for name, value in options.items() if value is not None}
    return rule.check(
        Question(CONVERT.term(goal), tuple(map(CONVERT.term, facts)), sequent, Side(), Evidence(), chosen)
    )


@pytest.mark.parametrize("name", SYMBOLIC)
def test_false_claims_about_symbolic_matrices_are_refused(name: str) -> None:
    attack, control = SYMBOLIC[name]
    assert ask(matrix, *control).trust == "proved"
    with pytest.raises(Refused):
        ask(matrix, *attack)


def test_factors_that_may_vanish_and_sizes_become_obligations() -> None:
    scaled = ask(matrix, syntax.Eq(s * syntax.inverse(s * A), syntax.inverse(A)), notions.invertible(A))
    assert CONVERT.term(syntax.Ne(s, 0)) in scaled.obligations
    assert ask(matrix, syntax.Eq(syntax.trace(I), n)).obligations == (CONVERT.term(n >= 0),)


def test_an_inverse_of_an_inverse_needs_that_the_matrix_itself_is_invertible() -> None:
    twice, one_more = syntax.inverse(syntax.inverse(A)), notions.invertible(syntax.inverse(A))
    assert ask(matrix, syntax.Eq(twice * syntax.inverse(A), I), one_more)
    with pytest.raises(Refused):
        ask(matrix, syntax.Eq(A * syntax.inverse(A), I), one_more)
    with pytest.raises(Refused):
        ask(matrix, syntax.Eq(twice, A), one_more)


def test_facts_in_reach_make_matrices_invertible_but_rewrite_nothing() -> None:
    assert ask(matrix, syntax.Eq(A * syntax.inverse(A), I), reach=[notions.invertible(A)])
    with pytest.raises(Refused):
        ask(matrix, syntax.Eq(A * B, syntax.zero_matrix(n, n)), reach=[syntax.Eq(A, syntax.zero_matrix(n, n))])


def test_what_only_looks_like_invertibility_is_none() -> None:
    pretended = syntax.Exists(B, syntax.And(syntax.Eq(A * B, I), syntax.Eq(A * B, I)))
    for fact in (pretended, syntax.Exists(B, syntax.And(syntax.Eq(B * B, I), syntax.Eq(B * B, I)))):
        for x in (A, B):
            with pytest.raises(Refused):
                ask(matrix, syntax.Eq(x * syntax.inverse(x), I), fact)


def test_the_rules_for_numbers_do_not_commute_matrices() -> None:
    for name in ("commuting traces", "trace of four", "trace of a product", "trace of one transpose", "scaled trace"):
        (claim, *_), _ = SYMBOLIC[name]
        for rule in (ring, linear):
            with pytest.raises(Refused):
                ask(rule, claim)
    assert ask(ring, syntax.Eq(2 * syntax.trace(A * B), syntax.trace(A * B) + syntax.trace(A * B))) == Answer()


def test_rewriting_that_does_not_end_is_given_up() -> None:
    with pytest.raises(Refused):
        ask(matrix, syntax.Eq(A * B, C), syntax.Eq(A * B, B * A * B * A))


@pytest.mark.parametrize(("goal", "fact", "cofactor"), COFACTORS)
def test_altered_cofactors_are_refused(goal: KernelTerm, fact: KernelTerm, cofactor: tuple[Any, ...]) -> None:
    index, turned, c, before, after = cofactor
    assert ask(matrix, goal, fact, cofactors=(cofactor,)) == Answer()
    altered = [
        (index, not turned, c, before, after), (index, turned, -c, before, after), (index, turned, c, A, C),
        (index + 1, turned, c, before, after), (-1, turned, c, before, after), (index, turned, c, before), 7,
    ]  # fmt: skip
    for wrong in (*[(x,) for x in altered], (cofactor, cofactor), 7):
        with pytest.raises(Refused):
            ask(matrix, goal, fact, cofactors=wrong)


@pytest.mark.parametrize("name", CONCRETE)
def test_false_claims_about_concrete_matrices_are_refused(name: str) -> None:
    (attack, wrong), (control, evidence) = CONCRETE[name]
    assert ask(exact_linear_algebra, control, evidence=evidence) == Answer()
    with pytest.raises(Refused):
        ask(exact_linear_algebra, attack, evidence=wrong)


def test_evidence_that_cannot_be_read_is_refused() -> None:
    square, singular = M([[2, 1], [1, 2]]), M([[1, 2], [2, 4]])
    goals = [
        syntax.Eq(notions.rank(singular), 1), notions.positive_definite(square), notions.invertible(square),
        syntax.Not(notions.invertible(singular)), syntax.Not(notions.positive_semidefinite(square)),
        syntax.Eq(notions.positive_index(square), 2), notions.kernel_spanned_by(singular, syntax.identity(2)),
    ]  # fmt: skip
    junk = [
        7, (), {}, {"rows": 3}, {"L": "abc", "D": 1}, {"L": ((1,), (1, 2)), "D": (1,)}, {"witness": "x"},
        {"witness": ((),)}, {"left": ((1,),)}, {"C": (), "D": ()}, "1/0", {"L": (("1/0", 0), (0, 1)), "D": (1, 1)},
        {"L": (), "D": ()}, {"rows": (True,), "columns": (0,), "kernel": ((-2, 1),)},
    ]  # fmt: skip
    for goal in goals:
        for evidence in junk:
            with pytest.raises(Refused):
                ask(exact_linear_algebra, goal, evidence=evidence)


entries = st.fractions(-3, 3, max_denominator=2)


def tables(rows: int, cols: int) -> st.SearchStrategy[list[list[Fraction]]]:
    return st.lists(st.lists(entries, min_size=cols, max_size=cols), min_size=rows, max_size=rows)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 3).flatmap(lambda r: st.integers(1, 3).flatmap(lambda c: tables(r, c))), st.integers(0, 3))
def test_of_all_ranks_only_the_right_one_passes(table: list[list[Fraction]], guess: int) -> None:
    a = literal_matrix(table)
    evidence = {r: search(syntax.Eq(notions.rank(a), r), ()) for r in range(4)}
    right = [r for r in range(4) if _passes(syntax.Eq(notions.rank(a), r), evidence[r] or evidence[guess])]
    assert len(right) == 1 or all(e is None for e in evidence.values())
    for found in evidence.values():
        assert found is None or [r for r in range(4) if _passes(syntax.Eq(notions.rank(a), r), found)] == right


def _passes(goal: KernelTerm, evidence: Any) -> bool:
    try:
        return ask(exact_linear_algebra, goal, evidence=evidence) == Answer()
    except Refused:
        return False


# Random expressions against exact values -----------------------------------------------------------------------------

TWO, THREE = syntax.num(2), syntax.num(3)
P, Q, R = (syntax.matrix(name, *sizes) for name, sizes in (("P", (2, 2)), ("Q", (2, 2)), ("R", (2, 3))))


@st.composite
def square_terms(draw: Any, depth: int = 3) -> KernelTerm:
    if depth == 0:
        return draw(st.sampled_from([P, Q, R * T(R), syntax.identity(2), T(P), syntax.inverse(P), T(Q)]))
    one, other = draw(square_terms(depth=depth - 1)), draw(square_terms(depth=depth - 1))
    made = [one * other, one - other, one + other, T(one * other), 2 * one, syntax.trace(one * other) * other]
    return draw(st.sampled_from(made))


@settings(max_examples=20, deadline=None)
@given(square_terms(), tables(2, 2), entries, entries, entries, tables(2, 3))
def test_normal_forms_have_the_value_of_the_term(
    t: KernelTerm, p: list[list[Fraction]], a: Fraction, b: Fraction, c: Fraction, r: list[list[Fraction]]
) -> None:
    """Where P is invertible and Q symmetric, and both are used."""
    if p[0][0] * p[1][1] == p[0][1] * p[1][0]:
        return
    values = {P: p, Q: [[a, b], [b, c]], R: r}
    mapping = {CONVERT.term(v): CONVERT.term(literal_matrix(table)) for v, table in values.items()}
    side, term = Side(), CONVERT.term(t)
    ring = WordRing(side.normalizer(Sequent()))
    ring.add_invertible(CONVERT.term(P))
    ring.add_equation(CONVERT.term(T(Q)), CONVERT.term(Q))
    form = rendered(ring.matrix(term), term.sort)
    assert not ring.obligations
    assert _same_value(substituted(term, mapping), substituted(form, mapping))
    trace = op("trace", term)
    assert _same_value(substituted(trace, mapping), substituted(to_term(ring.scalar(trace)), mapping))


def _same_value(a: Term, b: Term) -> bool:
    return exact_linear_algebra.check(Question(relation("eq", a, b), (), Sequent(), Side())) == Answer()


def test_rectangular_products_keep_their_sizes() -> None:
    assert ask(matrix, syntax.Eq(syntax.trace(F * H), syntax.trace(H * F)))
    with pytest.raises(Refused):
        ask(matrix, syntax.Eq(syntax.trace(F * T(F)), syntax.trace(H * T(H))))
    assert ask(matrix, syntax.Eq(syntax.trace(syntax.identity(0)), 0)) == Answer()
