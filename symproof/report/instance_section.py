"""The section of a report on an instance of any theorem: what was put in, the hypotheses, what came out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from flint import arb, fmpq, fmpz

from symproof.instances.hypothesis import DecidedHypothesis
from symproof.instances.offer import InstanceReport
from symproof.report.document import Block, Code, Formula, Inlines, Math, Table, Text, inlines, paragraph
from symproof.report.number_format import abbreviated_number, decimal_ball_formula, number_formula
from symproof.report.theorem_blocks import prose_inlines

__all__ = ["hypothesis_table", "instance_blocks", "number"]

MAX_ENTRIES = 12
"""Of a longer list so many entries are shown; the certificate holds all."""
MAX_ROWS = 60
"""Of a longer table so many rows are shown."""
LONGEST_INPUT = 12
"""Fractions that were put in are cut off in decimals if a part of them has more digits."""
MAX_CODE = 60
"""Longer words that are no numbers are cut."""

_DECIMAL = r"-?[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?"
_BALL = re.compile(rf"({_DECIMAL}) \+/- ({_DECIMAL})")
_EXACT = re.compile(r"(-?[0-9]+)(?:/([0-9]+))?")
_WORDS = re.compile(r"[a-z]+(?:_[a-z]+)+")


def number(value: fmpq) -> Math:
    """An exact number as a formula; long ones are shortened by the renderer with the whole in the appendix."""
    return Math(number_formula(int(value.p), int(value.q)))


def instance_blocks(report: InstanceReport) -> tuple[Block, ...]:
    """Everything about one instance but the steps of the proof."""
    blocks: list[Block] = [
        paragraph("Theorem: ", Code(report.theorem), ". Verdict: ", Code(report.verdict), "."),
        _values_table(report.data, "What was put in.", decimals=False),
        hypothesis_table(report.hypotheses),
    ]
    if report.verdict == "certified" and report.result:
        blocks.append(_values_table(report.result, "What came out.", decimals=True))
    return tuple(blocks)


def hypothesis_table(hypotheses: tuple[DecidedHypothesis, ...], statements: Mapping[str, str] | None = None) -> Table:
    """The hypotheses with their answers; a failed one shows its witness.

    Args:
        hypotheses: the decided hypotheses.
        statements: by label, prose to show instead of a hypothesis's own statement.
    """
    words = {True: "holds", False: "fails", None: "undecided"}
    rows = []
    for one in hypotheses:
        reason = one.reason if one.witness is None else f"{one.reason} Witness: {_witness(one)}"
        prose = (statements or {}).get(one.label)
        statement = inlines(one.statement) if prose is None else prose_inlines(prose)
        rows.append((inlines(one.label), statement, inlines(words[one.holds]), inlines(reason)))
    header = tuple(inlines(word) for word in ("Label", "Hypothesis", "Answer", "Why"))
    return Table(header, tuple(rows), inlines("The hypotheses, decided exactly."), "llll")


def _witness(hypothesis: DecidedHypothesis) -> str:
    return "; ".join(f"{key.replace('_', ' ')}: {_plain(value)}" for key, value in (hypothesis.witness or {}).items())


def _plain(value: object) -> str:
    """A value in words: lists without quotation marks."""
    return f"[{', '.join(map(_plain, value))}]" if isinstance(value, list | tuple) else str(value)


def _shown_input(value: fmpq) -> Math:
    """As ``number``, but floats and other long fractions as decimals that are cut off: the certificate holds them."""
    top, bottom = str(abs(value.p)), str(value.q)
    if bottom == "1" or max(len(top), len(bottom)) <= LONGEST_INPUT:
        return number(value)
    return Math(Formula(("-" if value.p < 0 else "") + abbreviated_number(top, bottom)))


def _values_table(values: Mapping[str, object], caption: str, decimals: bool) -> Table:
    """Names and values, nested tables and the rows of matrices as rows of their own."""
    found = [row for name, value in values.items() for row in _rows(name, value, decimals)]
    shown = found[:MAX_ROWS]
    if not decimals and any(
        isinstance(part, Math) and r"\ldots" in part.formula.latex for row in found for part in row[1]
    ):
        caption += " Numbers that end in dots are cut off; the certificate has them in full."
    if len(found) > MAX_ROWS:
        caption += f" {len(found) - MAX_ROWS} further rows stand in the certificate."
    if not decimals:
        return Table((inlines("What"), inlines("Value")), tuple((inlines(a), b) for a, b, _ in shown), inlines(caption))
    header = (inlines("What"), inlines("Exact value"), inlines("Decimal"))
    return Table(header, tuple((inlines(a), b, c) for a, b, c in shown), inlines(caption), "llr")


def _rows(name: str, value: object, came_out: bool) -> Iterator[tuple[str, Inlines, Inlines]]:
    """The rows of one entry: its name, its value, and the value in decimals if it is one number."""
    name = name.replace("_", " ")
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _rows(f"{name}, {key}", inner, came_out)
    elif isinstance(value, list | tuple) and any(isinstance(entry, list | tuple | Mapping) for entry in value):
        for position, entry in enumerate(value[:MAX_ENTRIES], 1):
            yield from _rows(f"{name}, {position}", entry, came_out)
        if len(value) > MAX_ENTRIES:
            yield (f"{name}, further", inlines(f"{len(value) - MAX_ENTRIES} more, in the certificate"), ())
    elif isinstance(value, list | tuple):
        yield (name, _list(value, came_out), ())
    else:
        exact = _exact(value)
        yield (name, _scalar(value, came_out), () if exact is None else _decimal(exact))


def _list(values: list[object] | tuple[object, ...], came_out: bool) -> Inlines:
    if not values:
        return inlines("none")
    shown: Inlines = ()
    for value in values[:MAX_ENTRIES]:
        shown += (*((Text(", "),) if shown else ()), *_scalar(value, came_out))
    more = f", \N{HORIZONTAL ELLIPSIS} ({len(values)} in all)" if len(values) > MAX_ENTRIES else ""
    return (*shown, *inlines(more)) if more else shown


def _scalar(value: object, came_out: bool) -> Inlines:
    exact = _exact(value)
    if exact is not None:
        return inlines(number(exact) if came_out else _shown_input(exact))
    if isinstance(value, bool):
        return inlines("yes" if value else "no")
    if value is None:
        return inlines("\N{EN DASH}")
    text = str(value)
    if came_out and _WORDS.fullmatch(text):
        return inlines(text.replace("_", " "))
    ball = _BALL.fullmatch(text)
    if ball is not None:
        return inlines(Math(decimal_ball_formula(ball[1], ball[2])))
    return inlines(Code(text if len(text) <= MAX_CODE else f"{text[:MAX_CODE]}\N{HORIZONTAL ELLIPSIS}"))


def _exact(value: object) -> fmpq | None:
    """The rational that a value is or spells, or None."""
    if isinstance(value, int) and not isinstance(value, bool):
        return fmpq(value)
    match = _EXACT.fullmatch(value) if isinstance(value, str) else None
    if match is None:
        return None
    denominator = fmpz(match[2] or "1")
    return fmpq(fmpz(match[1]), denominator) if denominator != 0 else None


def _decimal(value: fmpq) -> Inlines:
    if value.q == 1 and abs(value.p) < 10**8:
        return ()
    return inlines(Math(decimal_ball_formula(arb(value).str(8, radius=False), "")))
