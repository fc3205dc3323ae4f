"""Matrices in .safetensors files, read as the exact rationals that their numbers are.

The format is parsed by the library of its authors, which maps no memory and runs nothing; that is an optional package.
"""

from __future__ import annotations

from pathlib import Path

from flint import fmpq_mat

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError
from symproof.instances.excerpt import excerpt
from symproof.instances.file_bytes import read_file_bytes
from symproof.instances.matrix_file import MOST_ENTRIES, matrix_of_bytes

__all__ = ["SafetensorsFile"]

MOST_FILE_BYTES = 50_000_000
MOST_ARRAYS = 1_000
MOST_NAMES_LISTED = 12
_KINDS = {"F16": "<f2", "F32": "<f4", "F64": "<f8", "I8": "|i1", "I16": "<i2", "I32": "<i4", "I64": "<i8"} | {
    "U8": "|u1", "U16": "<u2", "U32": "<u4", "U64": "<u8",
}  # fmt: skip
_EXPECTED = "a file written by safetensors, such as safetensors.torch.save_file(model.state_dict(), ...)"


class SafetensorsFile:
    """The tensors of a .safetensors file.

    Attributes:
        path: the file.
        names: the names of the tensors, in the order of the file.
    """

    def __init__(self, path: Path) -> None:
        """Read the file. Raises InputError if it is not one, or if the package safetensors is not installed."""
        self.path = path
        content = read_file_bytes(path, MOST_FILE_BYTES)
        try:
            from safetensors import SafetensorError, deserialize
        except ImportError:
            what = "the Python package 'safetensors', needed for .safetensors files, is not installed"
            hint = "Install it with: pip install 'symproof[safetensors]'. Files of numpy.savez (.npz) need nothing."
            raise InputError(what, str(path), hint=hint) from None
        try:
            self._tensors = dict(deserialize(content))
        except SafetensorError as error:
            raise InputError("not a .safetensors file", str(path), _EXPECTED, excerpt(str(error), 80)) from None
        if len(self._tensors) > MOST_ARRAYS:
            found = str(len(self._tensors))
            raise InputError("too many tensors", str(path), f"at most {MOST_ARRAYS}", found)
        self.names = tuple(self._tensors)

    def matrix(self, name: str, most_entries: int = MOST_ENTRIES) -> fmpq_mat:
        """The tensor of a name; every number is the exact rational that its bits mean.

        Raises InputError if there is none, if it is not a matrix of finite numbers, or if it is too large.
        """
        tensor = self._tensors.get(name)
        if tensor is None:
            shown = ", ".join(excerpt(each) for each in self.names[:MOST_NAMES_LISTED]) or "no tensors"
            hint = did_you_mean(name[:80], self.names)
            raise InputError(f"no tensor {excerpt(name)}", str(self.path), "the name of a tensor", shown, hint)
        where = f"{self.path}, tensor {excerpt(name)}"
        kind, body = str(tensor["dtype"]), bytes(tensor["data"])
        if kind == "BF16":
            kind, body = "F32", _widened(body)
        return matrix_of_bytes(body, _KINDS.get(kind, kind), tensor["shape"], where, most_entries)


def _widened(body: bytes) -> bytes:
    """Numbers of 16 bits of the kind bfloat16, the upper halves of floats of 32 bits, as these."""
    found = bytearray(2 * len(body))
    found[2::4], found[3::4] = body[0::2], body[1::2]
    return bytes(found)
