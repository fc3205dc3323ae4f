"""The paper's own route to a better point: proved by kernel rules alone; false variants of it are refused."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from symproof.kernel.evaluate import decide
from symproof.library import load_library
from symproof.library_check import CheckedTheorem, check_library
from symproof.logic.syntax import And, Eq, Exists
from symproof.logic.term import Term
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import prove_theorem
from theorems.points.relu_like import points
from theorems.relu_like.isolating_direction import p
from theorems.relu_like.network import affine_risk, c, dx, h, m, other_theta, risk, s_minus, s_plus, t, w, x, y
from theorems.relu_like.paper_descent import (
    PAPER_DESCENT,
    PAPER_DESCENT_SHIFTED,
    PAPER_DESCENT_UNSHIFTED,
    PAPER_NETWORK,
    PAPER_PARAMETERS,
    below,
    better,
    own,
    ratio,
    value,
)
from theorems.relu_like.split import SPLIT, tau
from theorems.relu_like.split import s as s_
from theorems.relu_like.two_units import TWO_UNITS, g, sign

NAMES = (
    "calculus.small_step", "relu_like.isolating_direction", "relu_like.two_units", "relu_like.split",
    "relu_like.paper_network", "relu_like.paper_descent_shifted", "relu_like.paper_descent_unshifted",
    "relu_like.paper_descent",
)  # fmt: skip


@cache
def checked() -> dict[str, CheckedTheorem]:
    return dict(check_library(load_library(), NAMES))


@pytest.mark.parametrize("name", NAMES)
def test_it_is_proved_and_cites_nothing(name: str) -> None:
    each = checked()[name]
    assert (each.accepted, each.trust) == (True, "proved")
    assert not each.result.citations


def test_the_route_does_not_use_the_other_proof() -> None:
    rests_on = {ground.id for ground in checked()["relu_like.paper_descent"].rests_on}
    assert not {"relu_like.kink", "relu_like.descent"} & rests_on
    assert {"relu_like.two_units", "relu_like.split", "relu_like.paper_network"} <= rests_on


def without(theorem: Theorem, label: str) -> Theorem:
    return replace(theorem, hypotheses=tuple(each for each in theorem.hypotheses if each[0] != label))


other_sign = Eq(h(t + g) - h(-t + g), (s_plus + s_minus) * t - sign(t) * (s_plus - s_minus) * g)
wrong_value = Eq(risk(*own), value + 4 * ratio * g * below)
gain_of_one = risk(*own) < affine_risk(m, dx, x, y, w, c) - 1
worse = Exists((p, tau, s_, g), And(tau > 0, Exists(other_theta, And(*PAPER_PARAMETERS.values(), gain_of_one))))
never_shifted = Exists((p, tau, s_, g), And(Eq(tau, 0), better))
FALSE = {
    "two_units, other sign": replace(TWO_UNITS, conclusion=other_sign),
    "two_units, any shift": without(TWO_UNITS, "shift"),
    "split, equal inputs": without(SPLIT, "distinct"),
    "split, no residual": without(SPLIT, "residual"),
    "paper_network, other sign": replace(PAPER_NETWORK, conclusion=And(PAPER_NETWORK.conclusion.args[0], wrong_value)),
    "paper_network, no distance": without(PAPER_NETWORK, "apart"),
    "shifted, a gain of 1": replace(PAPER_DESCENT_SHIFTED, conclusion=worse),
    "shifted, without C1.1": without(PAPER_DESCENT_SHIFTED, "C1.1"),
    "paper_descent, without C1.1": without(PAPER_DESCENT, "C1.1"),
    "paper_descent, never a shift": replace(PAPER_DESCENT, conclusion=never_shifted),
    "unshifted, partial sum 0": without(PAPER_DESCENT_UNSHIFTED, "partial_sum"),
}


@pytest.mark.parametrize("label", FALSE)
def test_a_false_variant_is_refused(label: str) -> None:
    result, _ = prove_theorem(FALSE[label], load_library().theorems)
    assert not result.accepted


def test_the_risk_formula_on_numbers() -> None:
    """Outputs and risk of the paper's network on four samples, computed; with the other sign the formula is false."""
    point = points()["relu_like.paper_network"].values
    assignment: dict[Term, object] = {v: point[v.name] for v in PAPER_NETWORK.variables}
    assert decide(PAPER_NETWORK.conclusion, assignment) is True
    assert decide(wrong_value, assignment) is False
