"""Equations between rational expressions: the rule ``ring``, which clears denominators."""

from __future__ import annotations

from symproof.recheck.rules.ring import check

__all__ = ["check"]
