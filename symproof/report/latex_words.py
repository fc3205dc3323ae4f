r"""Words and rows inside a formula, for displays that know LaTeX's mathematics: MathJax in Jupyter, and LaTeX.

MathJax reads no commands inside ``\text``, so a character that LaTeX gives a meaning stands outside of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from symproof.report.control_characters import visible
from symproof.report.document import Inlines, Math, Proof, plain_text, walk_steps
from symproof.report.step_words import STEP_WORDS

__all__ = ["latex_inlines", "latex_proof", "latex_rows", "latex_words"]

_COMMANDS = {
    **{character: rf"\{character}" for character in "_&%#${}"},
    "\\": r"\backslash{}",
    "^": r"{\wedge}",
    "~": r"{\sim}",
}


def latex_words(text: str, font: str = "text") -> str:
    r"""Plain words as a piece of a formula.

    Args:
        text: any words; control characters are shown as such.
        font: the command that sets them: ``text``, ``textbf`` or ``texttt``.
    """
    pieces = re.split(r"([\\_&%#${}^~])", visible(text))
    return "".join(_COMMANDS.get(piece) or (rf"\{font}{{{piece}}}" if piece else "") for piece in pieces)


def latex_inlines(content: Inlines) -> str:
    """Running text with formulas as a piece of a formula."""
    return "".join(p.formula.latex if isinstance(p, Math) else latex_words(plain_text((p,))) for p in content)


def latex_rows(rows: Iterable[Sequence[str]], alignment: str) -> str:
    r"""Rows of formulas as one displayed formula between dollar signs.

    Args:
        rows: the cells of each row, formulas; a row with no cells is a rule across.
        alignment: ``l``, ``c`` or ``r`` for each column.
    """
    lines: list[str] = []
    for row in rows:
        lines.append(" & ".join(row) + r" \\" if row else r"\hline")
    return "$\\displaystyle \\begin{array}{" + alignment + "}\n" + "\n".join(lines) + "\n\\end{array}$"


def latex_proof(proof: Proof) -> str:
    """The steps of a proof, one in a row: its number, what it says, why."""
    rows = []
    for step in walk_steps(proof.steps):
        word = STEP_WORDS.get(step.kind, "")
        parts = [latex_words(word + " ") if word else "", latex_inlines(step.lead)]
        formulas = r",\; ".join(formula.latex for formula in step.formulas)
        says = r"\; ".join(part for part in (*parts, formulas) if part)
        rows.append((latex_words(step.number), says, latex_inlines(step.reason)))
    return latex_rows(rows, "lll")
