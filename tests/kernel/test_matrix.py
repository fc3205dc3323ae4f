"""The rule ``matrix``: what it accepts, with which obligations, and that accepted identities hold on numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symproof.kernel import polynomial as poly
from symproof.kernel.evaluate import Undefined, decide
from symproof.kernel.matrix_ring import MatrixRing, render
from symproof.kernel.rule import Accepted, Refusal, Request
from symproof.kernel.rules.matrix import RULE, _rewrites
from symproof.kernel.sequent import Hypothesis, Sequent
from symproof.logic.matrix_notions import inner, invertible, squared_norm, symmetric
from symproof.logic.syntax import (
    Eq,
    Ne,
    family,
    identity,
    integer,
    inverse,
    literal_matrix,
    matrix,
    num,
    real,
    trace,
    transpose,
    zero_matrix,
)
from symproof.logic.term import Term, free_variables, subst
from symproof.tactics.matrix_search import search

n, m, k = integer("n m k")
s, t = real("s t")
A, B, C = (matrix(name, n, n) for name in "ABC")
F, H = matrix("F", m, n), matrix("H", n, m)
T = transpose


@dataclass
class Recorded:
    """An evidence table with one entry, and what it was asked for."""

    entry: Any
    asked: list[Term] = field(default_factory=list)

    def find(self, rule: str, goal: Term, facts: tuple[Term, ...]) -> Any | None:
        self.asked.append(goal)
        return self.entry if rule == "matrix" else None


def undecided(_sequent: Sequent, _proposition: Term) -> bool:
    """Discharges nothing."""
    return False


def check(goal: Term, *facts: Term, reach: Sequence[Term] = (), cofactors: Any = None) -> Accepted:
    sequent = Sequent((), tuple(Hypothesis(f"h{i}", p) for i, p in enumerate(reach)))
    options = () if cofactors is None else (("cofactors", cofactors),)
    return RULE.check(Request(goal, facts, sequent, undecided, options=options))


IDENTITIES = {
    "distributive": Eq((A + B) * C, A * C + B * C),
    "square of a sum": Eq((A + B) * (A + B), A * A + A * B + B * A + B * B),
    "associative": Eq(A * (B * C), (A * B) * C),
    "identity": Eq(identity(m) * F * identity(n), F),
    "zero": Eq(F * zero_matrix(n, k), zero_matrix(m, k)),
    "transpose of a product": Eq(T(F * H), T(H) * T(F)),
    "transpose twice": Eq(T(T(F)), F),
    "transpose of the identity": Eq(T(identity(n)), identity(n)),
    "transpose of zero": Eq(T(zero_matrix(n, k)), zero_matrix(k, n)),
    "scalars commute": Eq(A * (s * (t * B)), t * (A * (s * B))),
    "scalar polynomial": Eq((s + t) ** 2 * A, s**2 * A + 2 * s * t * A + t**2 * A),
    "division": Eq(A / 2 + A / 2, A),
    "negation": Eq(-(A - B), B - A),
    "trace of a transpose": Eq(trace(T(A)), trace(A)),
    "trace is linear": Eq(trace(s * A + B), s * trace(A) + trace(B)),
    "trace of rectangular product": Eq(trace(F * H), trace(H * F)),
    "trace rotates": Eq(trace(A * B * C), trace(C * A * B)),
    "trace rotates and transposes": Eq(trace(A * B * C), trace(T(A) * T(C) * T(B))),
    "commutator has trace 0": Eq(trace(A * B - B * A), 0),
    "inner product is symmetric": Eq(inner(F, T(H)), inner(T(H), F)),
    "norm of a sum": Eq(squared_norm(A + B), squared_norm(A) + 2 * inner(A, B) + squared_norm(B)),
    "polynomial in traces": Eq(trace(A * B) * trace(A), trace(T(A)) * trace(B * A)),
    "inverse of an equal matrix": Eq(inverse(A + B), inverse(B + A)),
    "definition of symmetry": Eq(T(A + T(A)), A + T(A)),
}


@pytest.mark.parametrize("goal", IDENTITIES.values(), ids=list(IDENTITIES))
def test_identities_hold_without_facts_or_obligations(goal: Term) -> None:
    assert check(goal) == Accepted()


def test_families_of_matrices_are_compared_up_to_the_normal_form_of_the_index() -> None:
    W = family("W", 1, A.sort)
    assert check(Eq(W(k + 1) * A - W(1 + k) * A, zero_matrix(n, n))) == Accepted()


@pytest.mark.parametrize("size", [0, 1, 2])
def test_literal_sizes(size: int) -> None:
    X, Y = matrix("X", size, size), matrix("Y", size, size)
    assert check(Eq(T(X * Y), T(Y) * T(X))) == Accepted()
    assert check(Eq(trace(identity(size)), size)) == Accepted()


def test_trace_of_the_identity_needs_a_nonnegative_size() -> None:
    assert check(Eq(trace(identity(n)), n)).obligations == (n >= 0,)
    assert check(Eq(trace(identity(-2)), -2)).obligations == (num(-2) >= 0,)


def test_cancelling_a_scalar_needs_it_non_zero() -> None:
    assert check(Eq((s / s) * A, A)).obligations == (Ne(s, 0),)
    assert Ne(s + t, 0) in check(Eq((s * A + t * A) / (s + t), A)).obligations


# Inverses --------------------------------------------------------------------------------------------------------

INVERSES = {
    "cancels right": Eq(B * A * inverse(A), B),
    "cancels left": Eq(inverse(A) * A * B, B),
    "transposed": Eq(inverse(T(A)), T(inverse(A))),
    "transposed cancels": Eq(T(A) * inverse(T(A)), identity(n)),
    "product": Eq(inverse(A * B), inverse(B) * inverse(A)),
    "twice": Eq(inverse(inverse(A)), A),
    "conjugation keeps the trace": Eq(trace(A * C * inverse(A)), trace(C)),
    "of a multiple": Eq(inverse(2 * A), inverse(A) / 2),
}


@pytest.mark.parametrize("goal", INVERSES.values(), ids=list(INVERSES))
def test_inverses_of_invertible_matrices(goal: Term) -> None:
    assert check(goal, invertible(A), invertible(B)).obligations == ()
    assert check(goal, reach=[invertible(A), invertible(B)]).obligations == ()
    with pytest.raises(Refusal):
        check(goal, invertible(C))


def test_inverse_of_a_sum_cancels_as_a_whole() -> None:
    goal = Eq((A + B) * inverse(A + B) * C, C)
    assert check(goal, invertible(A + B)).obligations == ()
    assert check(Eq(inverse(B + A) * A + inverse(A + B) * B, identity(n)), invertible(A + B)).obligations == ()
    with pytest.raises(Refusal):
        check(goal, invertible(A), invertible(B))


def test_inverse_of_a_symbolic_multiple_needs_a_non_zero_factor() -> None:
    assert check(Eq(s * inverse(s * A), inverse(A)), invertible(A)).obligations[0] == Ne(s, 0)


def test_inverse_of_a_product_known_only_as_a_product() -> None:
    goal = Eq(F * H * inverse(F * H) * F * H, F * H)
    assert check(goal, invertible(F * H)).obligations == ()


# Facts as rewrite rules ------------------------------------------------------------------------------------------


def test_symmetric_matrices() -> None:
    goal = Eq(T(A * B + B * A), A * B + B * A)
    assert "2x" in check(goal, symmetric(A), symmetric(B)).detail
    with pytest.raises(Refusal):
        check(goal, symmetric(A))


def test_symmetric_matrices_under_the_trace() -> None:
    assert check(Eq(trace(T(A) * B), trace(A * B)), symmetric(B)).obligations == ()
    assert check(Eq(trace(T(A) * B * C), trace(A * C * B)), symmetric(B), symmetric(C)).obligations == ()
    with pytest.raises(Refusal):
        check(Eq(trace(T(A) * B * C), trace(A * B * C)), symmetric(B), symmetric(C))


def test_antisymmetric_matrix_has_a_vanishing_quadratic_form() -> None:
    v = matrix("v", n, 1)
    goal, fact = Eq(trace(T(v) * A * v), 0), Eq(T(A), -A)
    assert check(goal, fact).obligations == ()
    assert check(goal, fact, cofactors=((0, False, num(Fraction(1, 2)), T(v), v),)) == Accepted()
    assert check(goal, fact, cofactors=search(goal, (fact,))) == Accepted()


def test_a_fact_is_applied_transposed_too() -> None:
    assert check(Eq(T(H) * T(F), zero_matrix(m, m)), Eq(F * H, zero_matrix(m, m))).detail.endswith("(1x)")


def test_a_fact_is_applied_around_the_corner_of_a_trace_with_the_right_size() -> None:
    assert check(Eq(trace(F * H), n), Eq(H * F, identity(n))).obligations == (n >= 0,)
    with pytest.raises(Refusal):
        check(Eq(trace(F * H), m), Eq(H * F, identity(n)))


def test_a_fact_with_a_sum_on_the_left_is_read_from_the_right() -> None:
    assert check(Eq(A * B * C, A * A * C + C), Eq(A * A + identity(n), A * B)).obligations == ()


def test_scalar_facts_replace_atoms() -> None:
    assert check(Eq(trace(B * A) * C, 3 * C), Eq(trace(A * B), 3)).obligations == ()
    assert check(Eq(trace(2 * A + B), s), Eq(trace(A), 0), Eq(trace(B), s)).obligations == ()


def test_rewriting_that_does_not_end_is_refused() -> None:
    with pytest.raises(Refusal, match="did not end"):
        check(Eq(A * B, C), Eq(A * B, B * A), Eq(B * A, A * B))
    with pytest.raises(Refusal, match=r"did not end|factors"):
        check(Eq(A * B, C), Eq(A * B, A * A * B * B))


def test_products_that_explode_are_refused() -> None:
    power = A + B
    for _ in range(20):
        power = power * (A + B)
    with pytest.raises(Refusal, match="words"):
        check(Eq(power, A))


# Deep linear networks --------------------------------------------------------------------------------------------

dx, dy, before, after = integer("dx dy d0 d1")
G = matrix("G", dy, dx)
S, P = matrix("S", dy, after), matrix("P", before, dx)
D = matrix("D", after, before)


def test_layer_gradient() -> None:
    assert check(Eq(inner(G, S * D * P), inner(T(S) * G * T(P), D))) == Accepted()
    assert check(Eq(inner(G, S * D * P), trace(P * T(G) * S * D))) == Accepted()


def test_product_invariance() -> None:
    V, w, u, X = matrix("V", k, n), matrix("w", k, 1), matrix("u", n, 1), matrix("X", n, m)
    fact = Eq(T(u) * X, zero_matrix(1, m))
    goal = Eq((V + t * (w * T(u))) * X, V * X)
    assert check(goal, fact).obligations == ()
    assert check(Eq((V + t * w * T(u)) * X, V * X), fact).obligations == ()
    with pytest.raises(Refusal):
        check(goal)


right = Eq(S * matrix("S+", after, dy), identity(dy))
left = Eq(matrix("P+", dx, before) * P, identity(dx))
stationary = Eq(T(S) * G * T(P), zero_matrix(after, before))
Sp, Pp = matrix("S+", after, dy), matrix("P+", dx, before)


def test_full_rank_stationarity_as_a_chain() -> None:
    first = T(S * Sp) * G * T(Pp * P)
    second = T(Sp) * (T(S) * G * T(P)) * T(Pp)
    assert check(Eq(G, first), right, left).obligations == ()
    assert check(Eq(first, second)).obligations == ()
    assert check(Eq(second, zero_matrix(dy, dx)), stationary).obligations == ()


def test_full_rank_stationarity_by_cofactors() -> None:
    goal, facts = Eq(G, zero_matrix(dy, dx)), (right, left, stationary)
    by_hand = (
        (0, True, num(-1), None, G),
        (1, True, num(-1), T(Sp) * T(S) * G, None),
        (2, False, num(1), T(Sp), T(Pp)),
    )
    assert check(goal, *facts, cofactors=by_hand) == Accepted()
    found = search(goal, facts)
    assert found is not None
    assert check(goal, *facts, cofactors=found) == Accepted()
    for cofactors in (by_hand[1:], by_hand[:2], ((0, False, num(-1), None, G), *by_hand[1:])):
        with pytest.raises(Refusal):
            check(goal, *facts, cofactors=cofactors)


def test_the_evidence_table_is_asked_only_where_rewriting_fails() -> None:
    goal, facts = Eq(G, zero_matrix(dy, dx)), (right, left, stationary)
    table = Recorded(search(goal, facts))
    assert RULE.check(Request(goal, facts, Sequent(), undecided, table)) == Accepted()
    assert table.asked == [goal]
    assert RULE.check(Request(Eq(S * Sp, identity(dy)), facts, Sequent(), undecided, table)) is not None
    assert table.asked == [goal]


def test_search_uses_inverses_and_scalar_factors() -> None:
    sym = symmetric(A)
    goal = Eq(T(inverse(A)), inverse(A))
    found = search(goal, (sym, invertible(A)))
    assert found is not None
    assert check(goal, sym, invertible(A), cofactors=found).obligations == ()
    scaled = search(Eq(s * t * (A * B), s * t * C), (Eq(C, A * B),))
    assert scaled is not None
    assert check(Eq(s * t * (A * B), s * t * C), Eq(C, A * B), cofactors=scaled).obligations == ()
    traces = search(Eq(trace(A * B * C), 0), (Eq(B * C * A + T(C), T(C)),))
    assert traces is not None
    assert check(Eq(trace(A * B * C), 0), Eq(B * C * A + T(C), T(C)), cofactors=traces).obligations == ()
    assert search(Eq(A * B, B * A), (symmetric(A),)) is None


def test_evidence_that_is_no_evidence_is_refused() -> None:
    one = num(1)
    wrong_facts = [7, ((0,),), ((5, False, one, None, None),), ((-1, False, one, None, None),)]
    wrong_terms = [((0, False, 0.5, None, None),), ((0, False, one, F, F),), ((0, False, one, "A", None),)]
    for junk in (*wrong_facts, *wrong_terms):
        with pytest.raises(Refusal):
            check(Eq(A * B, B * A), symmetric(A), cofactors=junk)


# On numbers ------------------------------------------------------------------------------------------------------

entries = st.fractions(min_value=-5, max_value=5, max_denominator=4)


@st.composite
def concrete(draw: st.DrawFn, sizes: dict[Term, int]) -> dict[Term, Term]:
    """Random values for all variables of the tests, for the given sizes."""
    values: dict[Term, Term] = {size: num(value) for size, value in sizes.items()}
    for x in (A, B, C, F, H):
        rows, cols = (sizes[side] for side in x.sort.args)  # type: ignore[index]
        values[x] = literal_matrix([[draw(entries) for _ in range(cols)] for _ in range(rows)])
    values[s], values[t] = num(draw(entries)), num(draw(entries))
    return values


def at(proposition: Term, values: dict[Term, Term]) -> Term:
    """The proposition with literal sizes and values."""
    sizes = {v: x for v, x in values.items() if v in (n, m, k)}
    small = {subst(v, sizes): x for v, x in values.items() if v not in sizes}
    resized = subst(proposition, sizes)
    return subst(resized, {v: x for v, x in small.items() if v in free_variables(resized)})


@settings(max_examples=40, deadline=None)
@given(data=st.data(), which=st.sampled_from(sorted({*IDENTITIES} - {"inverse of an equal matrix"})))
def test_accepted_identities_hold_on_random_matrices(data: st.DataObject, which: str) -> None:
    sizes = {n: data.draw(st.integers(1, 3)), m: data.draw(st.integers(1, 3)), k: 2}
    assert decide(at(IDENTITIES[which], data.draw(concrete(sizes))), {}) is True


words = st.recursive(
    st.sampled_from([A, B, T(A), identity(n), zero_matrix(n, n)]),
    lambda inside: st.one_of(
        st.tuples(inside, inside).map(lambda x: x[0] + x[1]),
        st.tuples(inside, inside).map(lambda x: x[0] * x[1]),
        inside.map(T),
        inside.map(lambda x: s * x),
        inside.map(lambda x: x / 3),
    ),
    max_leaves=6,
)


@settings(max_examples=60, deadline=None)
@given(data=st.data(), left=words, right=words, traced=st.booleans())
def test_an_accepted_random_equation_holds_and_its_normal_form_is_accepted(
    data: st.DataObject, left: Term, right: Term, traced: bool
) -> None:
    goal = Eq(trace(left), trace(right)) if traced else Eq(left, right)
    try:
        check(goal)
    except Refusal as refusal:
        assert "normal form" in refusal.reason
    else:
        values = data.draw(concrete({n: 2, m: 1, k: 1}))
        assert decide(at(goal, values), {}) is True
    assert check(Eq(left + right, right + left)) is not None


with_inverses = st.recursive(
    st.sampled_from([A, B, inverse(A), inverse(A + B), T(B), C, identity(n)]),
    lambda inside: st.one_of(
        st.tuples(inside, inside).map(lambda x: x[0] - x[1]),
        st.tuples(inside, inside).map(lambda x: x[0] * x[1]),
        st.tuples(inside, inside).map(lambda x: trace(x[0]) * x[1]),
        inside.map(T),
        inside.map(lambda x: (s + 1) * x),
    ),
    max_leaves=7,
)


@settings(max_examples=80, deadline=None)
@given(data=st.data(), term=with_inverses)
def test_a_normal_form_modulo_facts_has_the_same_value_where_the_facts_hold(data: st.DataObject, term: Term) -> None:
    facts = (invertible(A), invertible(A + B), symmetric(B), Eq(C, A * B + identity(n)), Eq(trace(A), s))
    ring = MatrixRing()
    ring.add_invertible(A)
    ring.add_invertible(A + B)
    ring.add_rules(_rewrites(ring, [symmetric(B), Eq(C, A * B + identity(n))]))
    goal, traced = (
        Eq(term, render(ring.matrix(term), term.sort)),
        Eq(trace(term), poly.to_term(ring.scalar(trace(term)))),
    )
    values = data.draw(concrete({n: 2, m: 1, k: 1}))
    (p, q), (_, r) = ([data.draw(entries) for _ in range(2)] for _ in range(2))
    values[A] = literal_matrix([[p, q], [r, p + 1]])
    values[B] = literal_matrix([[q, r], [r, p]])
    values[C] = values[A] * values[B] + identity(2)
    values[s] = num(2 * p + 1)
    try:
        known = [decide(at(fact, values), {}) for fact in facts[2:]]
        truths = [decide(at(claim, values), {}) for claim in (goal, traced)]
    except Undefined:  # A or A + B is singular here
        return
    assert known == [True] * 3
    assert truths == [True, True]
    assert check(goal, *facts) is not None
    assert check(traced, *facts) is not None


def test_fractions_are_exact() -> None:
    assert check(Eq(Fraction(1, 3) * A + Fraction(2, 3) * A, A)) == Accepted()
