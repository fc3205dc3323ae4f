"""Reading an input file whole, within a size limit."""

from __future__ import annotations

from pathlib import Path

from symproof.errors import InputError
from symproof.instances.excerpt import excerpt

__all__ = ["decode_utf8", "read_file_bytes"]


def read_file_bytes(path: Path, limit: int) -> bytes:
    """Return the content of a regular file of at most ``limit`` bytes; InputError naming the file otherwise."""
    where = str(path)
    try:
        if path.is_dir():
            raise InputError("this is a directory", where, "a file")
        if path.exists() and not path.is_file():
            raise InputError("this is not a regular file", where, "a file")
        with path.open("rb") as stream:
            content = stream.read(limit + 1)
    except FileNotFoundError:
        hint = "Relative paths in an instance file start at the folder of that file."
        raise InputError("no such file", where, "an existing file", hint=hint) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError("the file cannot be read", excerpt(where, 200), "a readable file", reason) from None
    if len(content) > limit:
        raise InputError("the file is too large", where, f"at most {limit} bytes", "more")
    return content


def decode_utf8(content: bytes, where: str) -> str:
    """Decode UTF-8 text, with or without byte order mark; InputError naming the line when it is something else."""
    for mark, encoding in ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"), (b"PK\x03\x04", "a zip or xlsx archive")):
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
