"""Exact rationals from text: decimals are exact, limits are checked before anything large is computed."""

from __future__ import annotations

import time
from fractions import Fraction

import pytest
from flint import fmpq, fmpz
from hypothesis import given
from hypothesis import strategies as st

from symproof.errors import InputError
from symproof.instances.rational import MAX_DIGITS, MAX_EXPONENT, format_rational, parse_rational


@pytest.mark.parametrize(
    ("text", "numerator", "denominator"),
    [
        ("1.5", 3, 2),
        ("-3/7", -3, 7),
        ("+6/4", 3, 2),
        ("0.1", 1, 10),
        ("-.5", -1, 2),
        ("5.", 5, 1),
        (" 12 ", 12, 1),
        ("-0", 0, 1),
        ("1e30", 10**30, 1),
        ("1e-30", 1, 10**30),
        ("2.50E+2", 250, 1),
        ("1e0000000002", 100, 1),
        (f"1e{MAX_EXPONENT}", 10**MAX_EXPONENT, 1),
        ("9" * MAX_DIGITS, int("9" * MAX_DIGITS), 1),
    ],
)
def test_reads_exactly(text: str, numerator: int, denominator: int) -> None:
    assert parse_rational(text) == fmpq(numerator, denominator)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1.5x",
        "nan",
        "NaN",
        "inf",
        "-Infinity",
        ".",
        "-",
        "e5",
        "1e",
        "1/",
        "/2",
        "1/-2",
        "0.5/2",
        "1 000",
        "1_000",
        "1,5",
        "0x10",
        "1e5e5",
        "\N{MINUS SIGN}3",
        "\N{ARABIC-INDIC DIGIT TWO}",
        "1+1",
        "2**3",
        "(1)",
        "1/2/3",
    ],
)
def test_refuses_what_is_not_a_number(text: str) -> None:
    with pytest.raises(InputError, match=r"^here: not an exact number"):
        parse_rational(text, "here")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("1e999999999", "exponent is too large"),
        ("1e-999999999999999999999999", "exponent is too large"),
        (f"1e{MAX_EXPONENT + 1}", "exponent is too large"),
        ("1" * (MAX_DIGITS + 1), "too many digits"),
        ("0." + "1" * 1_000_000, "too many digits"),
        ("1/" + "3" * 500, "too many digits"),
        ("1/0", "division by zero"),
    ],
)
def test_refuses_what_is_too_large_at_once(text: str, message: str) -> None:
    start = time.perf_counter()
    with pytest.raises(InputError, match=message) as caught:
        parse_rational(text, "here")
    assert time.perf_counter() - start < 1
    assert len(str(caught.value)) < 300


@pytest.mark.parametrize(
    ("text", "hint"), [("nan", "not numbers"), ("1,5", "decimal point"), ("\N{MINUS SIGN}3", "ASCII")]
)
def test_hints(text: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_rational(text)
    assert hint in caught.value.hint


def test_formats_in_lowest_terms() -> None:
    assert format_rational(fmpq(6, -4)) == "-3/2"
    assert format_rational(fmpq(4, 2)) == "2"
    assert format_rational(fmpz(0)) == "0"


def test_formats_numbers_beyond_the_digit_limit_of_python() -> None:
    assert len(format_rational(fmpq(fmpz(7) ** 9000, fmpz(3) ** 9000))) > 11_000


@given(st.integers(-(10**40), 10**40), st.integers(1, 10**40))
def test_text_and_value_correspond(numerator: int, denominator: int) -> None:
    value = fmpq(numerator, denominator)
    assert parse_rational(format_rational(value)) == value


@given(st.decimals(allow_nan=False, allow_infinity=False, places=8, min_value=-(10**9), max_value=10**9).map(str))
def test_decimals_agree_with_fractions(text: str) -> None:
    expected = Fraction(text)
    assert parse_rational(text) == fmpq(expected.numerator, expected.denominator)
