"""``yu_chen``: the claim is refuted by kernel rules alone, and the hypotheses of the region are needed."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cache

from symproof.library import Library, load_library
from symproof.library_check import CheckedTheorem, check_library, failures

SAMPLES = ((-1, 0), (0, 1), (1, 0))


@cache
def library() -> Library:
    return load_library()


@cache
def checked() -> dict[str, CheckedTheorem]:
    return dict(check_library(library(), ["yu_chen.claim"]))


def risk(w: list[float], b: list[float], u: list[float], c: float) -> float:
    def output(x: int) -> float:
        return sum(uj / (1 + math.exp(-(wj * x + bj))) for wj, bj, uj in zip(w, b, u, strict=True)) + c

    return sum((output(x) - y) ** 2 for x, y in SAMPLES) / 2


def test_the_claim_is_refuted_by_kernel_rules_alone() -> None:
    names = ("yu_chen.midpoint", "yu_chen.region", "yu_chen.spurious_minimum", "yu_chen.refutation")
    assert {checked()[name].trust for name in names} == {"proved"}
    claim = checked()["yu_chen.claim"]
    assert (claim.trust, claim.refuted_by) == ("refuted", "yu_chen.refutation")
    assert failures(checked()) == ()


def test_a_claim_without_one_of_the_hypotheses_is_another_statement() -> None:
    """The refutation says the negation of the whole claim; of the claim about all parameters it is none."""
    claim = library().theorems["yu_chen.claim"]
    for kept in (claim.hypotheses[:-1], claim.hypotheses[1:], claim.hypotheses[::-1]):
        theorems = {**library().theorems, claim.id: replace(claim, hypotheses=kept)}
        assert check_library(replace(library(), theorems=theorems), [claim.id])[claim.id].trust == "open"


def test_the_two_points_have_the_risks_that_the_proof_says() -> None:
    """Plain floating-point numbers, as a test of the statement and no evidence for it."""
    log3 = math.log(3)
    for n in (2, 3, 5):
        assert abs(risk([0.0] * n, [-log3] * n, [1.0] * n, 1 / 3 - n / 4) - 1 / 3) < 1e-12
        idle = [0.0] * (n - 2)
        assert abs(risk([log3, -log3, *idle], [-log3] * n, [-10.0, -10.0, *idle], 6)) < 1e-12


def test_without_its_hypotheses_the_region_has_smaller_risks() -> None:
    """A negative outgoing weight, or a positive bias: below 1/3 in both cases."""
    log3 = math.log(3)
    assert risk([log3, -log3], [-log3] * 2, [-10.0, -10.0], 6) < 1 / 3
    assert risk([1.0], [1.0], [5.0], -3.0) > 1 / 3
    assert min(risk([s, -s], [2.0, 2.0], [v, v], 1 / 3 - 2 * v / (1 + math.exp(-2)))
               for s in (1.0, 2.0, 3.0) for v in (0.5, 1.0, 2.0)) < 1 / 3  # fmt: skip


def test_the_midpoint_convexity_needs_a_bias_that_is_not_positive() -> None:
    """At b = 1, w = 1 the mean of the outer values is smaller than the middle one."""
    outer = (1 / (1 + math.exp(0.0)) + 1 / (1 + math.exp(-2.0))) / 2
    assert outer < 1 / (1 + math.exp(-1.0))
