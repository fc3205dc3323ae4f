"""Names and numbers as LaTeX; names never reach LaTeX unescaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

__all__ = ["name_to_latex", "number_to_latex", "subscripted"]

_GREEK = (
    "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu", "xi",
    "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
)  # fmt: skip


def name_to_latex(name: str, notation: Mapping[str, str] | None = None) -> str:
    """A variable's name as LaTeX."""
    if notation and name in notation:
        return notation[name]
    stem = name.rstrip("'")
    primes = "'" * (len(name) - len(stem))
    if stem != name and notation and stem in notation:
        return f"{{{notation[stem]}}}{primes}" if "^" in notation[stem] else notation[stem] + primes
    match = re.fullmatch(r"([A-Za-z]+)_?(\d*)", stem)
    if match is None:
        inner = re.sub(r"[^A-Za-z0-9]", r" ", stem).strip()
        return rf"\mathrm{{{inner}}}{primes}"
    letters, digits = match.groups()
    body = "\\" + letters if letters in _GREEK else letters if len(letters) == 1 else rf"\mathrm{{{letters}}}"
    return (f"{body}_{{{digits}}}" if digits else body) + primes


def number_to_latex(value: Fraction) -> str:
    """A rational number as LaTeX."""
    if value.denominator == 1:
        return str(value.numerator)
    sign = "-" if value < 0 else ""
    return rf"{sign}\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"


def subscripted(name: str, indices: list[str]) -> str:
    """Name with indices; an upper index of the name stays, a lower one is joined."""
    joined = ",".join(indices)
    match = re.fullmatch(r"(.*)_(?:\{([^{}]*)\}|(\w))", name)
    if match is not None and "^" not in match.group(1):
        joined = f"{match.group(2) or match.group(3)},{joined}"
        name = match.group(1)
    return f"{name}_{{{joined}}}"
