"""Theorems whose parts are what they look like each time they are read.

The kernel reads a proof when it checks it, and others read it to find what it rests on. A tuple or a text of a class of
its own could say one thing to the one and another to the other; so there are none in a theorem that is accepted.
"""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from symproof.logic.definition import Definition
from symproof.logic.term import Term
from symproof.proof.step import Branch, By, FactReference, Link, Step
from symproof.proof.theorem import Theorem

__all__ = ["strange_part"]

_WHOLE = frozenset({str, int, type(None), Term, Definition})
_UNREAD = frozenset({"note", "title", "source", "options"})
"""Fields that say nothing about what is proved; options are evidence, which may come from anywhere."""
_READ = {c: tuple(f.name for f in fields(c) if f.name not in _UNREAD) for c in (Step, Branch, By, Link, FactReference)}


def strange_part(theorem: object) -> str:
    """What in a theorem is of a class that does not belong there, or ""."""
    if type(theorem) is not Theorem:
        return f"no theorem: {type(theorem).__name__}"
    return _strange(
        (theorem.id, theorem.variables, theorem.hypotheses, theorem.conclusion, theorem.proof, theorem.refuted_by)
    )


def _strange(value: Any) -> str:
    kind = type(value)
    if kind in _WHOLE:
        return ""
    if kind is not tuple and kind not in _READ:
        return f"a part of class {kind.__module__}.{kind.__qualname__}"
    parts = value if kind is tuple else [getattr(value, name) for name in _READ[kind]]
    if kind is By:
        parts = (*parts, _names(value.options))
    return next((found for part in parts if (found := _strange(part))), "")


def _names(options: Any) -> Any:
    """The names of the options, if they come in pairs; else the whole."""
    pairs = type(options) is tuple and all(type(o) is tuple and len(o) == 2 for o in options)
    return tuple(name for name, _ in options) if pairs else options
