"""Spurious local minima at any depth: proved by kernel rules alone; false variants are refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.library_check import CheckedTheorem, check_library
from symproof.logic.syntax import And, Eq, Exists, forall_in, num
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem
from theorems.points.deep_relu_like import chapter_values
from theorems.relu_like.any_depth import ANY_DEPTH
from theorems.relu_like.deep_affine_region import DEEP_AFFINE, DEEP_STABLE_REGION
from theorems.relu_like.deep_candidate import DEEP_CANDIDATE
from theorems.relu_like.deep_descent import DEEP_DESCENT, u
from theorems.relu_like.deep_local_minimum import DEEP_LOCAL_MINIMUM, DEEP_RADIUS, SLOW_DEVIATION
from theorems.relu_like.deep_network import L, W, b, d, deep_network, deep_risk, theta
from theorems.relu_like.network import affine, affine_risk, c, h, i, m, sample, w, x, y

NAMES = (
    "calculus.product_deviation", "relu_like.deep_stable_region", "relu_like.deep_affine", "relu_like.deep_radius",
    "relu_like.deep_local_minimum", "relu_like.slow_deviation", "relu_like.deep_candidate", "relu_like.deep_descent",
    "relu_like.deep_spurious_candidate", "relu_like.any_depth", "relu_like.any_depth_infinitely_many",
)  # fmt: skip


@cache
def checked() -> dict[str, CheckedTheorem]:
    return dict(check_library(load_library(), NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_it_is_proved_and_cites_nothing(name: str) -> None:
    each = checked()[name]
    assert (each.accepted, each.trust) == (True, "proved")
    assert not each.result.citations


def without(theorem: Theorem, label: str) -> Theorem:
    assert label in dict(theorem.hypotheses)
    return replace(theorem, hypotheses=tuple(each for each in theorem.hypotheses if each[0] != label))


def with_hypothesis(theorem: Theorem, label: str, claim: Term) -> Theorem:
    return replace(theorem, hypotheses=tuple((k, claim if k == label else p) for k, p in theorem.hypotheses))


best_risk = affine_risk(m, d(0), x, y, w, c)
lower_minimum = Exists((w, c), Exists(theta, deep_risk(m, L, d, x, y, h, *theta) < best_risk - 1))
FALSE = {
    "stable region, no margin": without(DEEP_STABLE_REGION, "margin"),
    "stable region, any biases": without(DEEP_STABLE_REGION, "biases_near"),
    "affine, units not active": without(DEEP_AFFINE, "active"),
    "local minimum, no margin": without(DEEP_LOCAL_MINIMUM, "margin"),
    "local minimum, not the fit": without(DEEP_LOCAL_MINIMUM, "outputs"),
    "deviation, large moves": without(SLOW_DEVIATION, "small"),
    "radius, no room": without(DEEP_RADIUS, "positive"),
    "candidate, a layer without units": without(DEEP_CANDIDATE, "widths"),
    "candidate, no hidden layer": without(DEEP_CANDIDATE, "depth"),
    "descent, one unit in the first layer": with_hypothesis(DEEP_DESCENT, "width", num(1) <= d(1)),
    "descent, not lifted": without(DEEP_DESCENT, "lift"),
    "descent, another weight": without(DEEP_DESCENT, "u_def"),
    "any depth, width 1": with_hypothesis(ANY_DEPTH, "C1.4", num(1) <= d(1)),
    "any depth, empty later layers": without(ANY_DEPTH, "widths"),
    "any depth, equal inputs": without(ANY_DEPTH, "C1.2"),
    "any depth, exact data": without(ANY_DEPTH, "C1.1"),
    "any depth, no kink": without(ANY_DEPTH, "C1.3 slopes"),
    "any depth, a gain of 1": replace(ANY_DEPTH, conclusion=lower_minimum),
}


@pytest.mark.parametrize("label", FALSE)
def test_a_false_variant_is_refused(label: str) -> None:
    result, _ = prove_theorem(FALSE[label], load_library().theorems)
    assert not result.accepted


def assignment(theorem: Theorem) -> dict[Term, object]:
    point = chapter_values()
    return {v: point[v.name] for v in theorem.variables}


@pytest.mark.parametrize("theorem", [DEEP_CANDIDATE, DEEP_DESCENT], ids=lambda t: t.id)
def test_the_outputs_on_numbers(theorem: Theorem) -> None:
    """Outputs and risks of the constructed networks with layers of widths 2 and 1, by the recursive definition."""
    parts = [p for p in theorem.conclusion.args if "forall k of int" not in str(p)]
    assert len(parts) >= 3
    assert all(decide(p, assignment(theorem)) is True for p in parts)


def test_a_wrong_network_is_noticed() -> None:
    """The control: with another outgoing weight, or another bias in layer 2, the claims are false."""
    values_ = assignment(DEEP_DESCENT)
    assert decide(And(*DEEP_DESCENT.conclusion.args), {**values_, u: values_[u] + 1}) is False  # type: ignore[operator]
    low = assignment(DEEP_CANDIDATE)
    moved = low[b]
    low[b] = lambda k, j: moved(k, j) + (1 if k == 2 else 0)  # type: ignore[operator]
    assert decide(DEEP_CANDIDATE.conclusion.args[2], low) is False


# Each hypothesis of relu_like.any_depth: with L = 1 it is relu_like.spurious_minimum, whose instances without (C1.1),
# (C1.2), the kink and (C1.4) are in test_library_holds and test_vacuity; d(0) >= 1 follows from (C1.2). The two others:


@pytest.mark.parametrize("widths", [(1, 2, 0), (1, 2, 0, 1)])
def test_without_a_unit_in_a_later_layer_the_conclusion_fails(widths: tuple[int, ...]) -> None:
    """The network is constant, while the best affine fit of these data is not: no parameters reach its risk."""
    point = {
        **assignment(DEEP_CANDIDATE),
        L: len(widths) - 1,
        d: lambda k: widths[int(k)] if 0 <= k < len(widths) else 0,
    }
    same = Eq(deep_network(L, d, h, *theta, sample(num(1))), deep_network(L, d, h, *theta, sample(num(4))))
    fits = Eq(affine(d(0), x, w, c, num(1)), affine(d(0), x, w, c, num(4)))
    assert (decide(same, point), decide(fits, point)) == (True, False)


def test_without_a_hidden_layer_the_conclusion_fails() -> None:
    """The network is an affine function of the input, so that none beats the best affine fit."""
    point = {**assignment(DEEP_CANDIDATE), L: 0}
    straight = forall_in(i, 1, m, Eq(deep_network(L, d, h, *theta, sample(i)), W(1, 1, 1) * x(i, 1) + b(1, 1)))
    assert decide(straight, point) is True
