"""Relations with square roots, and identities of nested radicals: true ones are proved, near misses never."""

from __future__ import annotations

import time

import pytest

from symproof.tactics.prove import prove_claim


@pytest.fixture(autouse=True)
def processor_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """What else the machine does changes no answer."""
    monkeypatch.setattr(time, "monotonic", time.process_time)


TRUE = [
    ({"x": "real"}, ["x >= 2"], "sqrt(x + 2*sqrt(x - 1)) == 1 + sqrt(x - 1)"),
    ({"x": "real"}, ["x >= 1", "x <= 2"], "sqrt(x - 2*sqrt(x - 1)) == 1 - sqrt(x - 1)"),
    ({"a": "real", "b": "real"}, [], "a + b <= sqrt(2)*sqrt(a**2 + b**2)"),
    ({"a": "nonneg", "b": "nonneg"}, [], "sqrt(a + b) <= sqrt(a) + sqrt(b)"),
    ({"x": "nonneg"}, [], "sqrt(x + 2) + sqrt(x) <= 2*sqrt(x + 1)"),
    ({}, [], "(41 + 29*sqrt(2))**(1/5) == 1 + sqrt(2)"),
    ({}, [], "(20 + 14*sqrt(2))**(1/3) + (20 - 14*sqrt(2))**(1/3) == 4"),
]
FALSE = [
    ({"x": "real"}, ["x >= 1"], "sqrt(x - 2*sqrt(x - 1)) == 1 - sqrt(x - 1)"),  # the other branch from x = 2 on
    ({"a": "real", "b": "real"}, [], "sqrt(a**2 + b**2) <= a + b"),  # squares compare, signs do not
    ({"a": "nonneg", "b": "nonneg"}, [], "sqrt(a + b) < sqrt(a) + sqrt(b)"),  # equal at 0
    ({"x": "nonneg"}, [], "sqrt(x + 2) + sqrt(x) >= 2*sqrt(x + 1)"),
    ({"x": "real"}, [], "sqrt(x**2) <= x"),
]


@pytest.mark.parametrize("claim", TRUE, ids=str)
def test_true_relations_with_roots_are_proved(claim: tuple[dict[str, str], list[str], str]) -> None:
    assert prove_claim(*claim).status == "proved"


@pytest.mark.parametrize("claim", FALSE, ids=str)
def test_false_relations_with_roots_are_refuted(claim: tuple[dict[str, str], list[str], str]) -> None:
    assert prove_claim(*claim).status == "refuted"


def test_radicals_that_are_equal_to_many_digits_only_are_not_equal() -> None:
    near = prove_claim({}, [], "(41 + 29*sqrt(2))**(1/5) == 1 + sqrt(2) + 1/10**90")
    assert near.status == "refuted"


def test_powers_with_too_many_digits_do_not_hold_up_a_search() -> None:
    assert prove_claim({"x": "positive"}, [], "(x**x)**x == x**(x**2)").status == "proved"
