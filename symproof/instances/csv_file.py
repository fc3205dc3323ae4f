"""Data sets from CSV files: a header row, exact numbers below it, one column is the target."""

from __future__ import annotations

import csv
import math
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from flint import fmpq, fmpz_mat

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.dataset import Dataset
from symproof.instances.excerpt import excerpt
from symproof.instances.file_bytes import open_text
from symproof.instances.integer_table import CHUNK_ROWS, scaled_columns
from symproof.instances.rational import parse_rational

__all__ = ["MAX_CELLS", "MAX_FILE_BYTES", "load_dataset"]

MAX_FILE_BYTES = 2_000_000_000
MAX_CELLS = 50_000_000
MAX_CHUNK_BITS = 200_000_000
"""Most bits of the integers that the cells of a column become in one chunk."""
MAX_COLUMNS = 2_000
MAX_NAMES_LISTED = 20
MAX_NAME_COMPARED = 80
_PLAIN = 18
"""Cells of at most so many characters are read without the general reader if they are plain decimals."""
_POWERS = [10**k for k in range(_PLAIN + 1)]


def load_dataset(path: str | Path, target: str, advance: Callable[[str], None] = lambda _: None) -> Dataset:
    """Read a CSV file; every column other than ``target`` is a feature, every cell is an exact rational.

    The file is read once, a chunk of rows at a time; what is kept are integers with a scale for each column.

    Args:
        path: the file.
        target: the name of the target column.
        advance: told after each chunk how many rows are read.

    Raises InputError naming file, line and column for everything that is not such a table.
    """
    file = Path(path)
    with open_text(file, MAX_FILE_BYTES) as stream:
        records = _records(stream, str(file))
        header = _header(next(records, None), str(file))
        column = _target_column(header, target, str(file))
        order = [*(j for j in range(len(header)) if j != column), column]
        names = [header[j] for j in order]
        lines: array[int] = array("q")
        parts: list[fmpz_mat] = []
        scales: list[list[int]] = []
        while rows := list(islice(records, CHUNK_ROWS)):
            most = MAX_CELLS // len(header)
            if len(lines) + len(rows) > most:
                line = rows[most - len(lines)][0]
                raise InputError("the table is too large", f"{file}:{line}", f"at most {MAX_CELLS} cells", "more")
            part, own = _chunk(rows, header, order, str(file))
            parts.append(part)
            scales.append(own)
            lines.extend(line for line, _ in rows)
            advance(f"{len(lines):,} rows read")
        sha256 = stream.sha256()
    if not lines:
        raise InputError("no data below the header row", str(file), "at least one row of numbers", "the header only")
    places = [f"{file.name}: column {name!r}" for name in names]
    return Dataset(
        name=file.name,
        feature_names=tuple(names[:-1]),
        target_name=target,
        table=scaled_columns(parts, scales, ["constant", *places]),
        lines=_compact(lines),
        sha256=sha256,
    )


def _compact(lines: array[int]) -> Sequence[int]:
    """The lines, without a list of them where no record spans two lines."""
    first, last = lines[0], lines[-1]
    return range(first, last + 1) if last - first == len(lines) - 1 else lines


def _chunk(
    rows: Sequence[tuple[int, list[str]]], header: list[str], order: Sequence[int], where: str
) -> tuple[fmpz_mat, list[int]]:
    """The cells of some rows as integers, with a leading column of ones, and a scale for each column."""
    for line, record in rows:
        if len(record) != len(header):
            raise InputError(
                "the row does not fit the header",
                f"{where}:{line}",
                f"{len(header)} cells ({_listed(header)})",
                f"{len(record)} cells ({_listed(record)})",
            )
    width = len(order) + 1
    entries: list[int] = [1] * (width * len(rows))
    scales = [1]
    for position, j in enumerate(order, 1):
        entries[position::width], scale = _column([(line, record[j]) for line, record in rows], header[j], where)
        scales.append(scale)
    return fmpz_mat(len(rows), width, entries), scales


def _column(cells: Sequence[tuple[int, str]], name: str, where: str) -> tuple[list[int], int]:
    """The numbers of some cells over one common denominator."""
    tops: list[int] = []
    bottoms: list[int] = []
    for line, text in cells:
        whole, _, decimals = text.partition(".")
        digits = whole[1:] if whole[:1] == "-" else whole
        if len(text) <= _PLAIN and text.isascii() and digits.isdigit() and (not decimals or decimals.isdigit()):
            tops.append(int(whole + decimals))
            bottoms.append(_POWERS[len(decimals)])
        else:
            value = _cell(text, name, f"{where}:{line}")
            tops.append(int(value.p))
            bottoms.append(int(value.q))
    scale = 1
    for bottom in set(bottoms):
        scale = math.lcm(scale, bottom)
        if scale.bit_length() * len(cells) > MAX_CHUNK_BITS:
            limit = f"a common denominator of at most {MAX_CHUNK_BITS // len(cells)} bits"
            here = f"{where}, column {excerpt(name)}"
            raise InputError("the denominators have no common multiple of reasonable size", here, limit, "more")
    return [top * (scale // bottom) for top, bottom in zip(tops, bottoms, strict=True)], scale


def _records(lines: Iterable[str], where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) for each record; blank lines are allowed at the end only."""
    reader = csv.reader(lines, strict=True)
    blank_line = 0
    start = 1
    try:
        for record in reader:
            line, start = start, reader.line_num + 1
            if not record or (len(record) == 1 and not record[0].strip()):
                blank_line = blank_line or line
                continue
            if blank_line:
                hint = "Delete the blank line; it is ignored only at the end of the file."
                raise InputError("a blank line inside the table", f"{where}:{blank_line}", "a row", "nothing", hint)
            yield line, record
    except csv.Error as error:
        raise InputError("not a CSV table", f"{where}:{reader.line_num}", "CSV", str(error)) from None


def _header(first: tuple[int, list[str]] | None, where: str) -> list[str]:
    if first is None:
        raise InputError("the file is empty", where, "a header row with column names, then rows of numbers", "nothing")
    line, cells = first
    names = [cell.strip() for cell in cells]
    here = f"{where}:{line}"
    if len(names) > MAX_COLUMNS:
        raise InputError("too many columns", here, f"at most {MAX_COLUMNS}", str(len(names)))
    seen: dict[str, int] = {}
    for position, name in enumerate(names, start=1):
        if not name:
            raise InputError(
                f"column {position} has no name", here, "a name in every cell of the header row", "nothing"
            )
        if name in seen:
            found = f"{excerpt(name)} in columns {seen[name]} and {position}"
            raise InputError("two columns have the same name", here, "distinct column names", found)
        seen[name] = position
    return names


def _target_column(header: list[str], target: str, where: str) -> int:
    if target not in header:
        raise InputError(
            f"no column {excerpt(target)}",
            f"{where}:1",
            "the target to be one of the columns " + _listed(header),
            excerpt(target),
            _header_hint(header, target),
        )
    if len(header) == 1:
        found = f"the target column {excerpt(target)} only"
        raise InputError("no feature column", f"{where}:1", "at least one column besides the target", found)
    return header.index(target)


def _header_hint(header: list[str], target: str) -> str:
    if len(header) == 1 and any(mark in header[0] for mark in ";\t"):
        return "The columns of a CSV file are separated by commas."
    if all(_is_number(name) for name in header):
        return "The first row must hold the column names, and this one holds numbers."
    comparable = [name for name in header if len(name) <= MAX_NAME_COMPARED and name.isprintable()]
    return did_you_mean(target[:MAX_NAME_COMPARED], comparable)


def _is_number(text: str) -> bool:
    try:
        parse_rational(text)
    except InputError:
        return False
    return True


def _cell(text: str, name: str, where: str) -> fmpq:
    """The value of any cell."""
    here = f"{where}, column {excerpt(name)}"
    if not text.strip():
        hint = "Missing values are not filled in; complete or delete the row."
        raise InputError("the cell is empty", here, "an exact number", "nothing", hint)
    return parse_rational(text, here)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(excerpt(name, 24) for name in names[:MAX_NAMES_LISTED])
    return shown if len(names) <= MAX_NAMES_LISTED else f"{shown}, ... ({len(names)} in all)"
