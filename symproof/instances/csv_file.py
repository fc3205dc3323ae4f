"""Data sets from CSV files: a header row, exact numbers below it, one column is the target."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from flint import fmpq

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.dataset import Dataset
from symproof.instances.excerpt import excerpt
from symproof.instances.file_bytes import decode_utf8, read_file_bytes
from symproof.instances.rational import parse_rational

__all__ = ["MAX_CELLS", "MAX_FILE_BYTES", "load_dataset"]

MAX_FILE_BYTES = 200_000_000
MAX_CELLS = 2_000_000
MAX_COLUMNS = 2_000
MAX_NAMES_LISTED = 20
MAX_NAME_COMPARED = 80


def load_dataset(path: str | Path, target: str) -> Dataset:
    """Read a CSV file; every column other than ``target`` is a feature, every cell is an exact rational.

    Raises InputError naming file, line and column for everything that is not such a table.
    """
    file = Path(path)
    content = read_file_bytes(file, MAX_FILE_BYTES)
    records = _records(decode_utf8(content, str(file)), str(file))
    header = _header(next(records, None), str(file))
    column = _target_column(header, target, str(file))
    features: list[tuple[fmpq, ...]] = []
    targets: list[fmpq] = []
    lines: list[int] = []
    for line, record in records:
        if (len(lines) + 1) * len(header) > MAX_CELLS:
            raise InputError("the table is too large", f"{file}:{line}", f"at most {MAX_CELLS} cells", "more")
        values = _row(record, header, f"{file}:{line}")
        targets.append(values.pop(column))
        features.append(tuple(values))
        lines.append(line)
    if not lines:
        raise InputError("no data below the header row", str(file), "at least one row of numbers", "the header only")
    return Dataset(
        name=file.name,
        feature_names=tuple(name for name in header if name != target),
        target_name=target,
        features=tuple(features),
        targets=tuple(targets),
        lines=tuple(lines),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _records(text: str, where: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (first line, cells) for each record; blank lines are allowed at the end only."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
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


def _row(record: Sequence[str], header: list[str], where: str) -> list[fmpq]:
    if len(record) != len(header):
        raise InputError(
            "the row does not fit the header",
            where,
            f"{len(header)} cells ({_listed(header)})",
            f"{len(record)} cells ({_listed(record)})",
        )
    return [_cell(text, name, where) for text, name in zip(record, header, strict=True)]


def _cell(text: str, name: str, where: str) -> fmpq:
    here = f"{where}, column {excerpt(name)}"
    if not text.strip():
        hint = "Missing values are not filled in; complete or delete the row."
        raise InputError("the cell is empty", here, "an exact number", "nothing", hint)
    return parse_rational(text, here)


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(excerpt(name, 24) for name in names[:MAX_NAMES_LISTED])
    return shown if len(names) <= MAX_NAMES_LISTED else f"{shown}, ... ({len(names)} in all)"
