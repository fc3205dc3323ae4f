"""Matrices as parameters of an instance: written out as rows, in a CSV file, or as an array of a file of arrays."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from flint import fmpq, fmpq_mat

from symproof.errors import InputError
from symproof.instances.excerpt import describe, excerpt
from symproof.instances.file_bytes import open_text
from symproof.instances.matrix_file import MOST_ENTRIES, NpzFile
from symproof.instances.parameters import Reader, path, rational, text
from symproof.instances.rational import parse_rational
from symproof.instances.safetensors_file import SafetensorsFile
from symproof.instances.state_dict import state_dict_order

__all__ = ["layers", "matrix", "samples"]

MOST_LAYERS = 50
MOST_FILE_BYTES = 10_000_000
MOST_NAMES_LISTED = 12
_LAYER_NAMES = ("W{}", "w{}", "arr_{}")
"""How arrays of layers are called; the last ones, of ``numpy.savez`` without names, count from 0."""


def matrix(value: object, where: str, base_dir: Path) -> fmpq_mat:
    """Read a list of rows."""
    if not isinstance(value, list) or not value or not all(isinstance(row, list) for row in value):
        raise InputError("not a matrix", where, "a list of rows, each a list of numbers", describe(value))
    count = len(value[0])
    if not count or any(len(row) != count for row in value):
        found = ", ".join(str(len(row)) for row in value[:10])
        raise InputError("the rows have no common length", where, "rows of the same length, at least 1", found)
    if len(value) * count > MOST_ENTRIES:
        raise InputError("the matrix is too large", where, f"at most {MOST_ENTRIES} entries", str(len(value) * count))
    return fmpq_mat([[rational(entry, where, base_dir) for entry in row] for row in value])


def samples(names: Sequence[str]) -> Reader:
    """The reader of a matrix with one column a sample.

    In a CSV file every row below the header is a sample. In an .npz or .safetensors file, as in a matrix that is
    written out, every column is one; ``file.npz:name`` names the array, otherwise it is the only one or the first of
    ``names`` that is there.
    """

    def read(value: object, where: str, base_dir: Path) -> fmpq_mat:
        if not isinstance(value, str):
            return matrix(value, where, base_dir)
        written = text(value, where, base_dir)
        if written.lower().endswith(".csv"):
            return _table(path(written, where, base_dir))
        archive, named = _archive(written, where, base_dir)
        if archive is None:
            expected = "a list of rows, or the path of a .csv, .npz or .safetensors file"
            raise InputError("not a matrix", where, expected, describe(value))
        known = [named] if named else [n for n in names if n in archive.names] or list(archive.names)
        if len(known) > 1 and not any(n in archive.names for n in names):
            shown = ", ".join(map(excerpt, archive.names[:MOST_NAMES_LISTED]))
            hint = f'Name the array as in "{Path(written).name}:{names[0]}".'
            raise InputError("which array of the file?", where, " or ".join(names), shown, hint)
        return archive.matrix(known[0] if known else names[0])

    return read


def layers(value: object, where: str, base_dir: Path) -> tuple[fmpq_mat, ...]:
    """Read the layers W1, W2, ...: a list of matrices or named arrays, or a file with arrays of these names.

    In a file they may also be called arr_0, ..., or as in the state dict of a trained model: 0.weight, 1.weight, ...
    """
    if isinstance(value, str):
        archive, named = _archive(text(value, where, base_dir), where, base_dir)
        if archive is not None and not named:
            return _named_layers(archive)
    if not isinstance(value, list) or not 1 <= len(value) <= MOST_LAYERS:
        expected = f"1 to {MOST_LAYERS} matrices W1, W2, ..., or the path of an .npz or .safetensors file with them"
        raise InputError("not a list of layers", where, expected, describe(value))
    return tuple(_layer(each, f"{where}, W{j}", base_dir) for j, each in enumerate(value, 1))


def _layer(value: object, where: str, base_dir: Path) -> fmpq_mat:
    """A matrix that is written out, or the array that a text names."""
    if isinstance(value, str):
        archive, named = _archive(text(value, where, base_dir), where, base_dir)
        if archive is None or not named:
            expected = 'a list of rows, or an array of a file, as in "model.npz:first"'
            raise InputError("not a matrix", where, expected, describe(value))
        return archive.matrix(named)
    return matrix(value, where, base_dir)


def _archive(written: str, where: str, base_dir: Path) -> tuple[NpzFile | SafetensorsFile | None, str]:
    """The file of arrays that a text names, and the array in it."""
    for ending, kind in ((".npz", NpzFile), (".safetensors", SafetensorsFile)):
        name, mark, array = written.strip().partition(f"{ending}:")
        if mark or name.lower().endswith(ending):
            return kind(path(f"{name}{ending}" if mark else name, where, base_dir)), array.strip()
    return None, ""


def _named_layers(archive: NpzFile | SafetensorsFile) -> tuple[fmpq_mat, ...]:
    for pattern in _LAYER_NAMES:
        start = 0 if pattern == "arr_{}" else 1
        found = [n for k in range(start, start + MOST_LAYERS + 1) if (n := pattern.format(k)) in archive.names]
        if not found:
            continue
        if found != [pattern.format(k) for k in range(start, start + len(found))] or len(found) > MOST_LAYERS:
            expected = (
                f"1 to {MOST_LAYERS} arrays {pattern.format(start)}, {pattern.format(start + 1)}, ..., none left out"
            )
            raise InputError("a layer is missing", str(archive.path), expected, ", ".join(found))
        return tuple(archive.matrix(name) for name in found)
    ordered = state_dict_order(archive.names, str(archive.path))
    if len(ordered) > MOST_LAYERS:
        raise InputError("too many layers", str(archive.path), f"at most {MOST_LAYERS}", str(len(ordered)))
    return tuple(archive.matrix(name) for name in ordered)


def _table(file: Path) -> fmpq_mat:
    """The cells below the header; rows become columns."""
    rows: list[list[fmpq]] = []
    with open_text(file, MOST_FILE_BYTES) as stream:
        try:
            for line, cells in enumerate(csv.reader(iter(stream), strict=True), start=1):
                if line == 1:
                    count = len(cells)
                    continue
                if len(cells) != count or (len(rows) + 1) * count > MOST_ENTRIES:
                    expected = f"{count} cells in every row, at most {MOST_ENTRIES} in all"
                    raise InputError("a wrong number of cells", f"{file}:{line}", expected, str(len(cells)))
                rows.append([parse_rational(cell, f"{file}:{line}") for cell in cells])
        except csv.Error as error:
            raise InputError(f"not CSV: {error}", str(file), "a header, then one row a sample") from None
    if not rows or not rows[0]:
        raise InputError("no samples", str(file), "a header, then one row a sample", "nothing")
    return fmpq_mat(rows).transpose()
