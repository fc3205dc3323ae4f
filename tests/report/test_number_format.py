from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from symproof.report.document import Document, Evidence, Formula, Section, paragraph
from symproof.report.number_format import (
    ExactNumbers,
    abbreviated_number,
    decimal_ball_formula,
    number_formula,
    number_size,
    with_exact_numbers,
)

BIG = number_formula(7**240 + 3, 11**195 + 2)


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        ("1", "3", r"0.333333{\ldots}"),
        ("2", "3", r"0.666666{\ldots}"),
        ("999999999999999999999", "1000000000000000000000", r"0.999999{\ldots}"),
        ("1" + "0" * 100, "3", r"3.33333{\ldots}\times10^{99}"),
        ("1", "8" + "0" * 30, r"1.25000{\ldots}\times10^{-31}"),
        ("0.00012345678901234567890", "1", r"0.000123456{\ldots}"),
        ("1" * 9000, "2" * 9000, r"0.500000{\ldots}"),
        ("0", "7", "0"),
    ],
)
def test_numbers_are_cut_not_rounded(numerator, denominator, shown):
    assert abbreviated_number(numerator, denominator) == shown


@given(st.integers(1, 10**40), st.integers(1, 10**40))
def test_what_is_shown_is_below_by_less_than_a_unit_of_the_last_digit(numerator, denominator):
    shown = abbreviated_number(str(numerator), str(denominator))
    digits, _, power = shown.replace(r"{\ldots}", "").partition(r"\times10^{")
    scale = Fraction(10) ** int(power.rstrip("}") or 0)
    unit = Fraction(1, 10 ** len(digits.partition(".")[2])) * scale
    error = Fraction(numerator, denominator) - Fraction(digits) * scale
    assert 0 <= error < unit


def test_sizes_in_words():
    assert number_size("123", "4567") == "3-digit numerator, 4-digit denominator"
    assert number_size("123") == "3 digits"


def test_short_numbers_stay():
    formula = Formula(r"\frac{3}{8} < \frac{1}{2}")
    assert ExactNumbers().shorten(formula) is formula


def test_a_long_number_gets_a_name_and_equal_ones_share_it():
    numbers = ExactNumbers()
    once, twice = (numbers.shorten(Formula(f"{side} = {BIG.latex}")) for side in "xy")
    assert once.latex.startswith("x=") and r"{\ldots}_{\text{N1}}" in once.latex and r"\text{N1}" in twice.latex
    (entry,) = numbers.evidence()
    numerator, denominator = entry.listing.split("\n/ ")
    assert Fraction(int(numerator), int(denominator)) == Fraction(7**240 + 3, 11**195 + 2)


def test_a_power_of_a_long_number_is_put_in_brackets():
    assert ExactNumbers().shorten(Formula("9" * 30 + "^{2}")).latex.startswith(r"\left(9.99999{\ldots}")


def test_a_document_with_long_numbers_gets_an_appendix():
    document = Document("t", (Section("s", (paragraph("x ", BIG, " and ", BIG),)),))
    appendix = with_exact_numbers(document).sections[-1]
    assert appendix.appendix and [block.label for block in appendix.blocks if isinstance(block, Evidence)] == ["N1"]
    assert with_exact_numbers(with_exact_numbers(document)) == with_exact_numbers(document)


def test_a_document_without_long_numbers_is_returned_as_it_is():
    document = Document("t", (Section("s", (paragraph("x"),)),))
    assert with_exact_numbers(document) is document


def test_numbers_beyond_the_digit_limit_of_python():
    formula = number_formula(10**6000 + 1)
    assert formula.latex == "1" + "0" * 5999 + "1"
    assert ExactNumbers().shorten(formula).latex.endswith(r"\times10^{6000}")


@pytest.mark.parametrize(
    ("ball", "latex"),
    [
        (("0.12345678901234567890", "1.50e-77"), r"0.1234567890{\ldots} \pm 1.50\times 10^{-77}"),
        (("-0.12345678901234567890", "1.50e-77"), r"-0.1234567890{\ldots} \pm 1.50\times 10^{-77}"),
        (("1234567890123456.78901", "1e-5"), r"1234567890123456.78{\ldots} \pm 1\times 10^{-5}"),
        (("1.2345678901234e-30", "2.00e-90"), r"1.2345678901{\ldots}\times 10^{-30} \pm 2.00\times 10^{-90}"),
        (("0.25", ""), "0.25"),
        (("nan", ""), r"\text{not known}"),
    ],
)
def test_balls_show_the_first_digits_and_the_radius(ball: tuple[str, str], latex: str) -> None:
    assert decimal_ball_formula(*ball).latex == latex
