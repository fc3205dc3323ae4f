"""The interface of the kernel: every rule and every door, on one screen.

A theorem is accepted only by ``check.check_theorem``. A step is accepted by a rule of ``rules()`` or by its kind (see
``symproof.proof.step.KINDS``); the doors through which something enters unproved are the rule ``smt`` (trust: oracle),
``cite`` (trust: cited) and ``open`` (trust: open). A theorem with ``refuted_by`` is a claim: open until the theorem
that it names, which must say its negation (``refutation``), is itself proved or certified in the same run; then it is
refuted.
Definitions are conservative: explicit, recursive over the naturals, or primitive without any property.
Total semantics: x/0 = 0; outside their domain asin and atanh keep the sign of their argument, and every other function
has some value; the rules are sound for each such choice. Over and above that no claim is accepted unless its terms are
proved to be defined (``definedness``).
"""

from __future__ import annotations

from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from symproof.kernel.rule import Rule

__all__ = ["BEST_TRUST", "RULE_MODULES", "TRUST_LEVELS", "rules", "worst"]

RULE_MODULES = (
    ("ring", "RULE"), ("ring", "FIELD"), ("ideal", "RULE"), ("linear", "RULE"), ("sos", "RULE"), ("sign", "RULE"),
    ("elementary", "RULE"), ("matrix", "RULE"), ("finite_sum", "RULE"), ("extremum", "RULE"),
    ("exact_linear_algebra", "RULE"), ("derivative", "RULE"), ("ball", "RULE"), ("bound", "RULE"),
    ("monotone", "RULE"), ("concave", "RULE"), ("logic", "RULE"), ("rewriting", "RULE"),
    ("smt", "RULE"),
)  # fmt: skip
"""The files of ``symproof/kernel/rules/`` and the rules that they export."""

TRUST_LEVELS = ("proved", "certified", "oracle", "cited", "open", "refuted")
"""Best first: kernel rules only; ball arithmetic; an SMT answer; literature; a gap; the negation is
proved or certified."""

BEST_TRUST = MappingProxyType({"ball": "certified", "smt": "oracle"})
"""The best level of a step by these rules, whatever they say; any other rule may say proved."""


@lru_cache(maxsize=1)
def rules() -> MappingProxyType[str, Rule]:
    """All rules by name."""
    found = [getattr(import_module(f"symproof.kernel.rules.{module}"), name) for module, name in RULE_MODULES]
    return MappingProxyType({rule.name: rule for rule in found})


def worst(*levels: str) -> str:
    """The worst of some trust levels; an unknown level counts as open."""
    known = [level if level in TRUST_LEVELS else "open" for level in levels]
    return max(known, key=TRUST_LEVELS.index, default="proved")
