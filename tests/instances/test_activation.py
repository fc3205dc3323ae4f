"""Activations from text; slopes that violate a hypothesis are still activations."""

from __future__ import annotations

import pytest
from flint import fmpq

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
