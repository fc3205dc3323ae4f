"""Matrices of exact numbers as displayed formulas, several on a line where there is room."""

from __future__ import annotations

from collections.abc import Iterable

from flint import fmpq, fmpq_mat

from symproof.report.document import DisplayMath, Formula
from symproof.report.number_format import number_formula

__all__ = ["MOST_COLUMNS", "MOST_ROWS", "matrix_latex", "matrix_lines"]

MOST_ROWS = 8
MOST_COLUMNS = 8
"""Larger matrices are not shown."""
_ROOM = 62
"""Characters on a line, about."""


def matrix_latex(matrix: fmpq_mat) -> str:
    """A matrix in parentheses."""
    rows = (" & ".join(number_formula(int(x.p), int(x.q)).latex for x in row) for row in matrix.tolist())
    inside = r" \\ ".join(rows)
    return rf"\begin{{pmatrix}} {inside} \end{{pmatrix}}"


def matrix_lines(named: Iterable[tuple[str, fmpq_mat]]) -> tuple[DisplayMath, ...]:
    """Equations ``name = matrix``, as many on a line as fit.

    Args:
        named: names in LaTeX with their matrices.
    """
    lines: list[str] = []
    room = 0
    for name, matrix in named:
        text = f"{name} = {matrix_latex(matrix)}"
        width = _width(name, matrix)
        if lines and width <= room:
            lines[-1] += rf",\qquad {text}"
        else:
            lines.append(text)
            room = _ROOM
        room -= width
    return tuple(DisplayMath(Formula(line)) for line in lines)


def _width(name: str, matrix: fmpq_mat) -> int:
    """Characters that an equation takes, about."""
    columns = zip(*matrix.tolist(), strict=True)
    entries = sum(max(map(_digits, column)) + 2 for column in columns)
    symbols = sum(1 for c in name if c.isalnum()) // 2
    return entries + symbols + 7


def _digits(value: fmpq) -> int:
    """Digits that are shown of a number, about; long ones are shortened."""
    longer = max(int(abs(value.p)).bit_length(), int(value.q).bit_length())
    return min(12, 1 + longer * 3 // 10) + (value < 0)
