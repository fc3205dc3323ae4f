"""Reading an input file within a size limit: whole, or as a stream of text with the hash of its bytes."""

from __future__ import annotations

import contextlib
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from symproof.errors import InputError
from symproof.instances.excerpt import excerpt

__all__ = ["HashedText", "decode_utf8", "open_text", "read_file_bytes"]


_FOREIGN = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a zip or xlsx archive"))
"""How files begin that are not plain text."""


class _NotText(Exception):
    """The bytes are no UTF-8 text."""


class _HashedBytes(io.RawIOBase):
    """The bytes of a file; they are counted and hashed on the way."""

    def __init__(self, stream: BinaryIO, limit: int, where: str) -> None:
        self._stream, self._limit, self._where = stream, limit, where
        self._count = 0
        self.hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        read = self._stream.read(len(buffer))
        if self._count + len(read) > self._limit:
            raise InputError("the file is too large", self._where, f"at most {self._limit} bytes", "more")
        if b"\0" in read or (not self._count and any(read.startswith(mark) for mark, _ in _FOREIGN)):
            raise _NotText
        self._count += len(read)
        self.hash.update(read)
        buffer[: len(read)] = read
        return len(read)


class HashedText:
    """The lines of a text file, with their ends as they are, and the hash of all that was read."""

    def __init__(self, raw: _HashedBytes) -> None:
        self._raw = raw
        buffered = io.BufferedReader(raw, 1 << 16)  # type: ignore[type-var]
        self._text = io.TextIOWrapper(buffered, encoding="utf-8-sig", newline="")

    def __iter__(self) -> Iterator[str]:
        return iter(self._text)

    def sha256(self) -> str:
        """The SHA-256 of the bytes, in hexadecimal; of the whole file once the last line was read."""
        return self._raw.hash.hexdigest()


@contextlib.contextmanager
def open_text(path: Path, limit: int) -> Iterator[HashedText]:
    """Open a regular file of UTF-8 text (with or without byte order mark) of at most ``limit`` bytes.

    While it is read, InputError is raised, naming file and line, when it is too large or something else.
    """
    where = str(path)
    with _open(path) as stream:
        try:
            yield HashedText(_HashedBytes(stream, limit, where))
        except (_NotText, UnicodeDecodeError):
            decode_utf8(read_file_bytes(path, limit), where)  # names the line
            raise InputError("the file changed while it was read", where, "UTF-8 text") from None
        except OSError as error:
            raise _unreadable(where, error) from None


def read_file_bytes(path: Path, limit: int) -> bytes:
    """Return the content of a regular file of at most ``limit`` bytes; InputError naming the file otherwise."""
    where = str(path)
    with _open(path) as stream:
        try:
            content = stream.read(limit + 1)
        except OSError as error:
            raise _unreadable(where, error) from None
    if len(content) > limit:
        raise InputError("the file is too large", where, f"at most {limit} bytes", "more")
    return content


def _unreadable(where: str, error: Exception) -> InputError:
    reason = getattr(error, "strerror", None) or str(error)
    return InputError("the file cannot be read", excerpt(where, 200), "a readable file", reason)


def _open(path: Path) -> BinaryIO:
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("this is a directory", where, "a file")
        if path.exists() and not path.is_file():
            raise InputError("this is not a regular file", where, "a file")
        return path.open("rb")
    except FileNotFoundError:
        hint = "Relative paths in an instance file start at the folder of that file."
        raise InputError("no such file", where, "an existing file", hint=hint) from None
    except (OSError, ValueError) as error:
        raise _unreadable(where, error) from None


def decode_utf8(content: bytes, where: str) -> str:
    """Decode UTF-8 text, with or without byte order mark; InputError naming the line when it is something else."""
    for mark, encoding in _FOREIGN:
        if content.startswith(mark):
            raise InputError("not UTF-8 text", where, "a text file in UTF-8", encoding, "Save it as plain UTF-8 text.")
    position = content.find(b"\0")
    if position >= 0:
        line = content.count(b"\n", 0, position) + 1
        raise InputError("not a text file", f"{where}:{line}", "a text file in UTF-8", "a NUL byte")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        found = f"the byte 0x{content[error.start]:02x}"
        raise InputError("not UTF-8 text", f"{where}:{line}", "UTF-8", found, "Save the file as UTF-8.") from None
