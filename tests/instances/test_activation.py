"""Activations from text; slopes that violate a hypothesis are still activations."""

from __future__ import annotations

import pytest
from flint import arb, fmpq

from symproof.errors import InputError
from symproof.instances.activation import ReluLike, parse_activation


@pytest.mark.parametrize(
    ("text", "s_plus", "s_minus"),
    [
        ("relu", "1", "0"),
        (" relu() ", "1", "0"),
        ("leaky_relu(1/10)", "1", "1/10"),
        ("leaky_relu(0.1)", "1", "1/10"),
        ("relu_like( 2 , 1/2 )", "2", "1/2"),
        ("relu_like(-1, 1)", "-1", "1"),
        ("abs", "1", "-1"),
        ("linear", "1", "1"),
    ],
)
def test_reads(text: str, s_plus: str, s_minus: str) -> None:
    assert parse_activation(text) == ReluLike(fmpq(s_plus), fmpq(s_minus))


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("rellu", ["unknown activation", "'rellu'", "relu_like(s_plus, s_minus)", "Did you mean"]),
        ("sigmoid", ["unknown activation", "'sigmoid'", "leaky_relu(slope)"]),
        ("leaky_relu", ["wrong number of arguments", "leaky_relu(slope)", "0 in"]),
        ("relu(1)", ["wrong number of arguments", "1 in"]),
        ("relu_like(1, 2, 3)", ["wrong number of arguments", "3 in"]),
        ("leaky_relu(x)", ["not an exact number", "'x'"]),
        ("leaky_relu(nan)", ["not an exact number", "'nan'"]),
        ("relu_like(1,)", ["not an exact number", "nothing"]),
        ("leaky_relu(1/10", ["not an activation"]),
        ("leaky_relu((1))", ["not an activation"]),
        ("__import__('os')", ["unknown activation"]),
        ("", ["not an activation", "nothing"]),
        ("relu" * 10_000, ["not an activation", "40000 characters"]),
    ],
)
def test_refuses(text: str, parts: list[str]) -> None:
    with pytest.raises(InputError) as caught:
        parse_activation(text, "a.toml:3, key 'activation'")
    message = str(caught.value)
    assert message.startswith("a.toml:3, key 'activation': ")
    assert [part for part in parts if part not in message] == []


def test_values_and_text() -> None:
    h = parse_activation("leaky_relu(1/10)")
    assert [h(fmpq(3)), h(fmpq(0)), h(fmpq(-3))] == [3, 0, fmpq(-3, 10)]
    assert parse_activation(str(h)) == h


def test_a_ball_across_zero_gets_the_values_of_both_pieces() -> None:
    """With slopes 1 and -2 the values on [-1, 3] are 0 to 3; a ball on one side gets that piece alone."""
    h = ReluLike(fmpq(1), fmpq(-2))
    across = h(arb(1, 2))
    assert all(across.contains(value) for value in (fmpq(0), fmpq(2), fmpq(3)))
    assert h(arb(2, 1)).overlaps(arb(2, 1))
    assert not h(arb(2, 1)) < 0
    assert h(arb(-2, 1)) > 0
