"""Evidence as a certificate gives it: multipliers and squares beside the relations that they multiply.

The kernel's evidence for ``linear`` and ``sos`` counts through facts in an order of its own. A certificate names the
relations themselves: (relation, multiplier) for each part of a linear goal, (weight, square, relations) for a sum of
squares.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from symproof.export.term_table import TableWriter
from symproof.kernel.rules.linear import LinearFacts
from symproof.logic.term import Term, coerce, relation
from symproof.tactics.evidence_search import Asked

__all__ = ["evidence_forms"]


def evidence_forms(asked: tuple[Asked, ...], table: TableWriter) -> list[dict[str, Any]]:
    """What was found for the steps of one result, in the order in which it was asked for.

    Args:
        asked: the questions with what was found.
        table: where the terms go.
    """
    return [
        {
            "rule": each.rule,
            "goal": table.term(each.goal),
            "facts": [table.term(fact) for fact in each.facts],
            "value": table.value(_named(each)),
        }
        for each in asked
    ]


def _named(asked: Asked) -> Any:
    if asked.rule not in ("linear", "sos"):
        return asked.found
    sources = LinearFacts(asked.facts, asked.goal, lambda _: {}).sources
    if asked.rule == "sos":
        return [
            (Fraction(weight), coerce(square), [_relation(*sources[k]) for k in factors])
            for weight, square, factors in asked.found
        ]
    return [
        [(_relation(*source), Fraction(m)) for source, m in zip(sources, part, strict=True) if m]
        for part in asked.found
    ]


def _relation(source: Term, argument: Term | None, sign: int) -> Term:
    """A fact of linear arithmetic: a cited one, or what an absolute value, a maximum or a minimum is known for."""
    if argument is None:
        return source
    if source.op == "min":
        return relation("le", source, argument)
    return relation("le", argument if sign < 0 else -argument, source)
