"""What is the same on every page: estimated widths of text, table columns, and the places of proof steps.

All lengths are in em of the body font.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from symproof.report.document import (
    Citation,
    Code,
    Formula,
    Hypothesis,
    Inline,
    Inlines,
    Math,
    Proof,
    ProofStep,
    Reference,
    Statement,
    Table,
)
from symproof.report.math_lines import MathLine, break_formula
from symproof.report.math_tree import parse_math
from symproof.report.math_width import formula_width, is_tall, word_width

__all__ = [
    "TEXT_WIDTH",
    "Claim",
    "PlacedStep",
    "claim_height",
    "claim_layout",
    "column_widths",
    "head_fits",
    "hypothesis_room",
    "inlines_width",
    "placed_steps",
    "statement_height",
    "step_height",
]

TEXT_WIDTH = 40.5
"""Width of the text block of a PDF page: A4, 11 pt type, 27 mm margins."""

STEP_INDENT = 1.5
"""Further indentation of each level of a proof."""

MATH_INDENT = 2.0
"""Indentation of displayed formulas."""

_COLUMN_GAP = 1.2
_NARROWEST = 4.0


def inlines_width(content: Inlines) -> float:
    """The estimated width of inline content on one line."""
    return sum(_inline_width(piece) for piece in content)


def _inline_width(piece: Inline) -> float:
    if isinstance(piece, Math):
        return formula_width(piece.formula.latex)
    if isinstance(piece, Code):
        return 0.53 * len(piece.text)
    if isinstance(piece, Citation):
        return 1.5 + word_width(piece.place)
    if isinstance(piece, Reference):
        return word_width(piece.text or "Theorem 1")
    return word_width(piece.text)


@dataclass(frozen=True)
class Claim:
    """How words and formulas of a claim go onto the page.

    Attributes:
        lead: the words in front.
        inline: the formula that stands on the line of the lead; ``None`` when it needs lines of its own.
        displays: the lines of the formulas that do, with the remark behind each.
    """

    lead: Inlines
    inline: Formula | None
    displays: tuple[tuple[tuple[MathLine, ...], str], ...]


def claim_layout(lead: Inlines, formulas: tuple[Formula, ...], room: float, indent: float = MATH_INDENT) -> Claim:
    """Put a single formula behind the lead if both fit on a line, and break the others.

    Args:
        lead: the words in front; may be empty.
        formulas: the formulas.
        room: the width available.
        indent: indentation of formulas on lines of their own.
    """
    inline: Formula | None = None
    rest = formulas
    alone = len(formulas) == 1 or not lead
    if (
        formulas
        and alone
        and inlines_width(lead) + formula_width(formulas[0].latex) + _note_width(formulas[0]) <= room - 1.0
    ):
        inline, rest = formulas[0], formulas[1:]
    indent = indent if lead else 0.0
    displays = tuple(
        (break_formula(formula.latex, room - indent - _note_width(formula)), formula.note) for formula in rest
    )
    return Claim(lead, inline, displays)


def _noted_width(formula: Formula) -> float:
    return formula_width(formula.latex) + _note_width(formula)


def _note_width(formula: Formula) -> float:
    return word_width(formula.note) + 2.0 if formula.note else 0.0


def claim_height(claim: Claim) -> float:
    """The estimated height of a claim, in lines."""
    height = 1.2 if claim.lead or claim.inline else 0.0
    if claim.inline and is_tall(parse_math(claim.inline.latex)):
        height += 1.4
    return height + sum(2.8 if is_tall(line.nodes) else 1.4 for lines, _ in claim.displays for line in lines)


def head_fits(statement: Statement, width: float = TEXT_WIDTH) -> bool:
    """Whether a statement's id fits on the line of its bold heading."""
    heading = f"{statement.kind} {statement.number} ({statement.name})" if statement.name else statement.kind + " 00"
    tag = 4.0 if statement.trust else 0.5
    return 1.18 * word_width(heading) + tag + 0.53 * len(statement.id) + 1.0 <= width


def hypothesis_room(hypothesis: Hypothesis, width: float = TEXT_WIDTH) -> float:
    """The width beside the label of a hypothesis."""
    return width - max(4.2, word_width(hypothesis.label) + 1.6)


def statement_height(statement: Statement, width: float = TEXT_WIDTH) -> float:
    """The estimated height of a statement, in lines."""
    height = 3.5 + math.ceil(inlines_width(statement.prose) / width)
    height += 1.5 * (bool(statement.variables) + bool(statement.source))
    for hypothesis in statement.hypotheses:
        height += claim_height(claim_layout(hypothesis.text, hypothesis.formulas, hypothesis_room(hypothesis, width)))
    return height + claim_height(claim_layout(statement.conclusion, statement.conclusions, width))


def step_height(place: PlacedStep) -> float:
    """The estimated height of a step with its reason and values, in lines."""
    step = place.step
    height = claim_height(claim_layout(step.lead, step.formulas, place.room))
    height += math.ceil(inlines_width(step.reason) / place.room)
    return height + sum(claim_height(claim_layout((), (value.formula,), place.room)) for value in step.values)


@dataclass(frozen=True)
class PlacedStep:
    """A step with its place on the page.

    Attributes:
        step: the step.
        depth: 0 for the outermost level.
        left: where its text begins.
        hang: width of its number.
        room: width of its text.
    """

    step: ProofStep
    depth: int
    left: float
    hang: float
    room: float


def placed_steps(proof: Proof, width: float = TEXT_WIDTH) -> Iterator[PlacedStep]:
    """All steps of a proof in reading order with their places."""
    yield from _placed(proof.steps, 0, width)


def _placed(steps: tuple[ProofStep, ...], depth: int, width: float) -> Iterator[PlacedStep]:
    hang = 0.9 + max((0.5 * len(step.number) for step in steps), default=0.0)
    left = min(STEP_INDENT * depth, width / 4) + hang
    for step in steps:
        yield PlacedStep(step, depth, left, hang, width - left)
        yield from _placed(step.children, depth + 1, width)


def column_widths(table: Table, width: float = TEXT_WIDTH) -> tuple[float | None, ...]:
    """The widths of a table's columns: ``None`` for a column that can be as wide as it likes.

    Narrow columns keep their natural width; wide ones share what is left in proportion to what they would like.
    """
    rows = (table.header, *table.rows)
    natural = [max(inlines_width(row[column]) for row in rows) + 0.3 for column in range(len(table.header))]
    room = width - _COLUMN_GAP * (len(natural) - 1)
    if sum(natural) <= room:
        return (None,) * len(natural)
    fair = _fair_share(natural, room)
    wide = [want > fair for want in natural]
    left = room - sum(want for want, is_wide in zip(natural, wide, strict=True) if not is_wide)
    wants = sum(want**0.5 for want, is_wide in zip(natural, wide, strict=True) if is_wide)
    return tuple(
        max(_NARROWEST, left * want**0.5 / wants) if is_wide else None
        for want, is_wide in zip(natural, wide, strict=True)
    )


def _fair_share(natural: list[float], room: float) -> float:
    """The width up to which a column may be natural without starving the others."""
    share, remaining = room / len(natural), sorted(natural)
    while remaining and remaining[0] <= share:
        room -= remaining.pop(0)
        share = room / len(remaining) if remaining else share
    return share
