"""Exact rationals from text and back: decimals mean what they say, nothing is rounded."""

from __future__ import annotations

import re

from flint import fmpq, fmpz

from symproof.errors import InputError
from symproof.instances.excerpt import excerpt

__all__ = ["MAX_DIGITS", "MAX_EXPONENT", "format_rational", "parse_rational"]

MAX_DIGITS = 400
"""Most digits of a mantissa, a numerator or a denominator."""

MAX_EXPONENT = 400
"""Largest absolute value of a power of ten."""

_DECIMAL = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?(?:[eE]([+-]?)([0-9]+))?")
_FRACTION = re.compile(r"([+-]?)([0-9]+)/([0-9]+)")
_NOT_A_NUMBER = re.compile(r"[+-]?(nan|inf|infinity)", re.IGNORECASE)
_EXPECTED = "an integer, a fraction p/q, a decimal or scientific notation such as -3/7, 0.1 or 1e-30"


def parse_rational(text: str, where: str = "") -> fmpq:
    """Read an exact number: ``"1.5"`` is 3/2, ``"-3/7"``, ``"1e30"`` and ``"1e-30"`` are themselves.

    Raises InputError (located by ``where``) for anything else: words, NaN, infinities, zero denominators, more than
    ``MAX_DIGITS`` digits, exponents beyond ``MAX_EXPONENT``. Nothing large is computed before the limits are checked.

    >>> parse_rational("0.1")
    1/10
    """
    stripped = text.strip()
    decimal = _DECIMAL.fullmatch(stripped)
    if decimal is not None and (decimal[2] or decimal[3]):
        return _decimal_value(decimal, text, where)
    fraction = _FRACTION.fullmatch(stripped)
    if fraction is not None:
        return _fraction_value(fraction, text, where)
    raise InputError("not an exact number", where, _EXPECTED, excerpt(text) if stripped else "nothing", _hint(stripped))


def format_rational(value: fmpq | fmpz | int) -> str:
    """Write a rational as ``"p/q"`` in lowest terms, or ``"p"`` when it is an integer; any size.

    >>> format_rational(fmpq(6, -4))
    '-3/2'
    """
    return str(fmpq(value))  # flint's own conversion: Python's refuses integers of more than 4300 digits


def _decimal_value(match: re.Match[str], text: str, where: str) -> fmpq:
    sign, whole, after, exponent_sign, exponent_digits = (group or "" for group in match.groups())
    _refuse_long(whole + after, text, where)
    significant = exponent_digits.lstrip("0")
    if len(significant) > len(str(MAX_EXPONENT)) or int(significant or "0") > MAX_EXPONENT:
        raise InputError("the exponent is too large", where, f"at most {MAX_EXPONENT} in absolute value", excerpt(text))
    mantissa = int(f"{sign}{whole}{after}")
    shift = int(f"{exponent_sign}{significant or '0'}") - len(after)
    return fmpq(mantissa * 10**shift) if shift >= 0 else fmpq(mantissa, 10**-shift)


def _fraction_value(match: re.Match[str], text: str, where: str) -> fmpq:
    sign, numerator, denominator = match.groups()
    _refuse_long(numerator, text, where)
    _refuse_long(denominator, text, where)
    if not int(denominator):
        raise InputError("division by zero", where, "a denominator other than 0", excerpt(text))
    return fmpq(int(f"{sign}{numerator}"), int(denominator))


def _refuse_long(digits: str, text: str, where: str) -> None:
    if len(digits) > MAX_DIGITS:
        raise InputError(
            "too many digits", where, f"at most {MAX_DIGITS}", f"{excerpt(text, 20)}, {len(digits)} digits"
        )


def _hint(stripped: str) -> str:
    if _NOT_A_NUMBER.fullmatch(stripped):
        return "NaN and infinities are not numbers here; remove the entry or give its exact value."
    if "," in stripped:
        return "Write a decimal point, not a comma."
    if "\N{MINUS SIGN}" in stripped:
        return "Write the minus sign as '-' (ASCII)."
    return ""
