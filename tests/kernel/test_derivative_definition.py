"""The rule ``derivative`` on the definition of the derivative: what it accepts, and near misses that are false."""

import pytest

from symproof.kernel.check import check_theorem
from symproof.logic.syntax import (
    Abs,
    And,
    Eq,
    Exists,
    ForAll,
    Implies,
    Ite,
    Lam,
    Max,
    exp,
    function,
    log,
    num,
    real,
    sqrt,
)
from symproof.logic.term import Term
from symproof.proof.author import by, qed
from symproof.proof.theorem import theorem
from symproof.tactics.evidence_search import SearchingEvidence
from theorems.calculus.derivative import has_derivative

a, t, s, d, e, r, y = real("a t s d e r y")
g = function("g")


def accepts(goal: Term, **hypotheses: Term) -> bool:
    names = [a, y, d, g]
    rule = by("derivative", *hypotheses, unfold=[has_derivative])
    tried = theorem("t.t", "", variables=names, hypotheses=hypotheses, conclusion=goal, proof=[qed(rule)])
    return check_theorem(tried, {}, SearchingEvidence()).accepted


def small(moved: Term, value: Term, slope: Term, near: Term | None = None, bound: Term | None = None) -> Term:
    """moved - value - slope*s is small compared to s."""
    error = Abs(moved - value - slope * s) <= (e * Abs(s) if bound is None else bound)
    inside = Implies(Abs(s) <= r if near is None else near, error)
    return ForAll(e, Implies(e > 0, Exists(r, And(r > 0, ForAll(s, inside)))))


@pytest.mark.parametrize(
    ("body", "slope"),
    [
        (t**3, 3 * a**2),
        (log(1 + exp(t - y)), 1 / (1 + exp(y - a))),
        (sqrt(1 + (t - y) ** 2), (a - y) / sqrt(1 + (a - y) ** 2)),
    ],
)
def test_the_derivative_and_no_other_number(body: Term, slope: Term) -> None:
    assert accepts(has_derivative(Lam(t, body), a, slope))
    assert not accepts(has_derivative(Lam(t, body), a, slope + num(1) / 1000))


def test_where_a_function_is_not_differentiable_a_condition_is_left() -> None:
    assert not accepts(has_derivative(Lam(t, Abs(t)), a, num(1)))
    assert not accepts(has_derivative(Lam(t, Max(t, 0)), num(0), num(1)))
    assert not accepts(has_derivative(Lam(t, Ite(t <= 0, 0, t)), a, num(0)), left=a <= 0)
    assert not accepts(has_derivative(g, a, d))
    assert accepts(has_derivative(Lam(t, Abs(t)), a, num(1)), right=a > 0)
    assert not accepts(has_derivative(Lam(t, Abs(t)), a, num(1)), left=a < 0)


def test_the_value_at_the_point_counts() -> None:
    assert accepts(small((a + s) ** 2, a**2, 2 * a))
    assert not accepts(small((a + s) ** 2, a**2 + 1, 2 * a))
    assert not accepts(small((a + 1 + s) ** 2, a**2, 2 * a))


@pytest.mark.parametrize(
    "goal",
    [
        small((a + s) ** 2, a**2, 2 * a, near=Abs(s) >= r),
        small((a + s) ** 2, a**2, 2 * a, near=Eq(s, s)),
        small((a + s) ** 2, a**2, 2 * a, bound=e * Abs(s) ** 3),
        small((a + s) ** 2, a**2, 2 * a, bound=e * Abs(s) - r),
        small((a + s) ** 2, a**2, 2 * a, bound=(e - 1) * Abs(s)),
        small((a + e + s) ** 2, (a + e) ** 2, 2 * a),
        small((a + s) ** 2 + e, a**2, 2 * a),
        small((a + s) ** 2, a**2, 2 * a + s),
        small((a + s) ** 2, a**2, 2 * a + r),
        small((a + s) ** 2 + r, a**2, 2 * a),
        Exists(r, ForAll(e, Implies(e > 0, And(r > 0, ForAll(s, Implies(Abs(s) <= r, Abs(s**2) <= e * Abs(s))))))),
    ],
)
def test_what_only_looks_like_the_definition_is_refused(goal: Term) -> None:
    """A neighbourhood that is no neighbourhood, a bound that is too small, a slope that depends on the step."""
    assert not accepts(goal)
