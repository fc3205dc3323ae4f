"""Matrices in .npz files of NumPy, read as the exact rationals that their numbers are, without NumPy.

The format is that of ``numpy.lib.format``. Only plain numbers are read: arrays of objects are pickles, and these are
never opened. Of each array no more is unpacked than a matrix of the largest size takes.
"""

from __future__ import annotations

import io
import math
import re
import struct
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path

from flint import fmpq, fmpq_mat

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.file_bytes import read_file_bytes

__all__ = ["MOST_ENTRIES", "NpzFile", "matrix_of_bytes"]

MOST_ENTRIES = 20_000
"""Of one matrix, unless a caller allows more."""
MOST_FILE_BYTES = 50_000_000
MOST_ARRAYS = 1_000
MOST_HEADER_BYTES = 10_000
MOST_NAMES_LISTED = 12
_MAGIC = b"\x93NUMPY"
_HEADER = re.compile(
    r"\{'descr': '(?P<kind>[^']{1,20})', 'fortran_order': (?P<turned>True|False), "
    r"'shape': \((?P<shape>(?:\d{1,12}, ?)*(?:\d{1,12})?)\),? ?\}[ \n]*",
    re.ASCII,
)
_CODES = {"f2": "e", "f4": "f", "f8": "d", "i1": "b", "i2": "h", "i4": "i", "i8": "q"} | {
    "u1": "B", "u2": "H", "u4": "I", "u8": "Q",
}  # fmt: skip
_EXPECTED = "a file written by numpy.savez with arrays of numbers"


class NpzFile:
    """The arrays of an .npz file, read one at a time.

    Attributes:
        path: the file.
        names: the names of the arrays, in the order of the file.
    """

    def __init__(self, path: Path) -> None:
        """Look at the table of contents. Raises InputError if the file is not a plain archive of arrays."""
        self.path = path
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(read_file_bytes(path, MOST_FILE_BYTES)))
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise InputError("not an .npz file", str(path), _EXPECTED, excerpt(str(error), 80)) from None
        members = self._archive.namelist()
        self.names = tuple(member.removesuffix(".npy") for member in members)
        if len(members) > MOST_ARRAYS or len(set(self.names)) < len(members):
            found = f"{len(members)} members"
            raise InputError("not an .npz file", str(path), f"at most {MOST_ARRAYS} arrays of different names", found)
        self._members = dict(zip(self.names, self._archive.infolist(), strict=True))

    def matrix(self, name: str, most_entries: int = MOST_ENTRIES) -> fmpq_mat:
        """The array of a name; every number is the exact rational that its bits mean.

        Raises InputError if there is none, if it is not a matrix of finite numbers, or if it is too large.
        """
        member = self._members.get(name)
        if member is None:
            shown = ", ".join(excerpt(each) for each in self.names[:MOST_NAMES_LISTED]) or "no arrays"
            hint = did_you_mean(name[:80], self.names)
            raise InputError(
                f"no array {excerpt(name)}", str(self.path), "the name of an array in the file", shown, hint
            )
        where = f"{self.path}, array {excerpt(name)}"
        limit = most_entries * 8 + MOST_HEADER_BYTES + 12
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) or member.flag_bits & 1:
            raise InputError("the array is packed in an unknown way", where, _EXPECTED)
        try:
            with self._archive.open(member) as stream:
                content = stream.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
            raise InputError("the array cannot be unpacked", where, _EXPECTED, excerpt(str(error), 80)) from None
        return _array(content, where, most_entries)


def _array(content: bytes, where: str, most_entries: int) -> fmpq_mat:
    """The matrix in the bytes of an .npy file, which may be cut off after those that are allowed."""
    width = {b"\1": 2, b"\2": 4, b"\3": 4}.get(content[6:7])
    if not content.startswith(_MAGIC) or width is None:
        raise InputError("not an array", where, _EXPECTED, "no header of NumPy")
    start = 8 + width
    length = int.from_bytes(content[8:start], "little")
    if length > MOST_HEADER_BYTES:
        raise InputError("the header is too long", where, f"at most {MOST_HEADER_BYTES} bytes", str(length))
    text = content[start : start + length].decode("latin-1")
    header = _HEADER.fullmatch(text)
    if header is None:
        expected = f"{_EXPECTED}, such as float64, with two dimensions"
        raise InputError("not an array of plain numbers", where, expected, excerpt(text.strip(), 80))
    shape = [int(size) for size in header["shape"].replace(" ", "").split(",") if size]
    body = content[start + length :]
    if header["turned"] == "False" or len(shape) != 2:
        return matrix_of_bytes(body, header["kind"], shape, where, most_entries)
    return matrix_of_bytes(body, header["kind"], shape[::-1], where, most_entries).transpose()


def matrix_of_bytes(
    body: bytes, kind: str, shape: Sequence[int], where: str, most_entries: int = MOST_ENTRIES
) -> fmpq_mat:
    """The matrix whose numbers stand in ``body``, row by row.

    Args:
        body: the numbers, and nothing else.
        kind: the byte order (``<``, ``>``, or ``|`` for single bytes) and the kind of NumPy, such as ``<f4``.
        shape: the numbers of rows and columns.
        where: for messages.
        most_entries: more are refused.

    Raises InputError if these are no numbers of that kind, if one is NaN or infinite, or if there are too many.
    """
    code = _CODES.get(kind[1:]) if kind[:1] in ("<", ">", "|") else None
    if code is None:
        hint = "Objects are not read; they could run programs." if "O" in kind else ""
        raise InputError(
            "not an array of real numbers", where, "floats or integers of 1 to 8 bytes", excerpt(kind), hint
        )
    if len(shape) != 2 or 0 in shape:
        hint = "Give it two dimensions, for example by a.reshape(1, -1) or a.reshape(-1, 1)." if len(shape) == 1 else ""
        found = f"the shape ({', '.join(map(str, shape))})"
        raise InputError(
            "not a matrix", where, "an array with two dimensions, at least one row and column", found, hint
        )
    rows, columns = shape
    if rows * columns > most_entries:
        raise InputError("the matrix is too large", where, f"at most {most_entries} entries", str(rows * columns))
    numbers = struct.Struct(f"{kind[0] if kind[0] != '|' else '<'}{rows * columns}{code}")
    if len(body) != numbers.size:
        expected = f"{numbers.size} bytes for {rows} x {columns} numbers of kind {kind}"
        raise InputError("the array has a wrong length", where, expected, f"{len(body)} bytes")
    values = numbers.unpack(body)
    for place, value in enumerate(values):
        if not math.isfinite(value):
            here = f"{where}, row {place // columns + 1}, column {place % columns + 1}"
            raise InputError("not a finite number", here, "a finite number", str(value))
    return fmpq_mat(rows, columns, [fmpq(*value.as_integer_ratio()) for value in values])
