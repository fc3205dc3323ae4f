"""The theorem without its hypothesis on widths is refuted; with it, or without another one, it is another statement."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import product
from random import Random

import pytest

from symproof.kernel.refutation import refutes
from symproof.library import load_library
from symproof.library_check import CheckedTheorem, check_library, failures
from symproof.proof.theorem import Theorem
from theorems.deep_linear.widths import widths

CLAIMS = ("no_width_claim", "no_width_convex_claim")


@cache
def checked() -> dict[str, CheckedTheorem]:
    return dict(check_library(load_library(), [f"deep_linear.{name}" for name in CLAIMS]))


def pair(name: str) -> tuple[Theorem, Theorem]:
    """A claim and what it says refutes it."""
    theorems = load_library().theorems
    claim = theorems[f"deep_linear.{name}"]
    return claim, theorems[str(claim.refuted_by)]


def test_the_claims_are_refuted_by_kernel_rules_alone() -> None:
    for name in CLAIMS:
        claim = checked()[f"deep_linear.{name}"]
        assert (claim.trust, claim.refuted_by) == ("refuted", f"deep_linear.{name.replace('claim', 'refutation')}")
    assert {c.trust for name, c in checked().items() if not name.endswith("_claim")} == {"proved"}
    assert failures(checked()) == ()


@pytest.mark.parametrize("name", CLAIMS)
def test_a_claim_with_other_hypotheses_is_another_statement(name: str) -> None:
    claim, refutation = pair(name)
    assert refutes(refutation, claim)
    for hypotheses in (claim.hypotheses[1:], claim.hypotheses[:-1], (*claim.hypotheses, ("widths", widths))):
        assert not refutes(refutation, replace(claim, hypotheses=hypotheses))
    other = next(n for n in CLAIMS if n != name)
    assert not refutes(pair(other)[1], claim)


def test_the_hypothesis_on_widths_is_all_that_is_left_out() -> None:
    theorems = load_library().theorems
    for name, whole in (("no_width_claim", "critical_points"), ("no_width_convex_claim", "laurent_von_brecht")):
        left = dict(theorems[f"deep_linear.{whole}"].hypotheses)
        assert left.pop("widths") == widths
        assert dict(theorems[f"deep_linear.{name}"].hypotheses) == left


def value(u: tuple[float, float], v: tuple[float, float]) -> float:
    return ((u[0] * v[0] - 2) ** 2 + (u[1] * v[1] - 1) ** 2) / 2 + 2 * ((u[0] * v[1]) ** 2 + (u[1] * v[0]) ** 2)


def test_the_local_minimum_is_one_and_farther_away_it_is_none() -> None:
    """Plain floating-point numbers, as a test of the statement and no evidence for it."""
    random = Random(1)
    assert value((0, 1), (0, 1)) == 2 and value((2, 0), (1, 0)) == 0.5
    for _ in range(2000):
        a, b, c, e = (random.uniform(-0.25, 0.25) for _ in range(4))
        assert value((a, 1 + b), (c, 1 + e)) >= 2
    assert min(value((a, 1 + b), (c, 1 + e)) for a, b, c, e in product((-0.75, 0, 0.75), repeat=4)) < 2
