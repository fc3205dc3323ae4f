"""How the place where an author wrote something is shown: the same on every machine where that is possible."""

from __future__ import annotations

from pathlib import Path

from symproof.errors import InputError
from symproof.resources import theorems_dir

__all__ = ["shown_path", "shown_place"]


def shown_path(file: str | Path) -> str:
    """Shorten a path.

    Args:
        file: an existing or a missing file.

    Returns:
        The path from ``theorems/`` on for a file of the library, a relative one for a file below the current folder,
        the whole path for any other file.
    """
    path = Path(file)
    for folder, prefix in ((_library(), "theorems/"), (_current(), "")):
        if folder is not None and path.is_absolute() and path.is_relative_to(folder):
            return prefix + path.relative_to(folder).as_posix()
    return path.as_posix()


def shown_place(file: str, line: int) -> str:
    """A file and a line as ``file:line``; empty if there is no file.

    Args:
        file: the path, or the empty string.
        line: the number of the line, from 1.
    """
    return f"{shown_path(file)}:{line}" if file else ""


def _library() -> Path | None:
    try:
        return theorems_dir().resolve()
    except InputError:
        return None


def _current() -> Path | None:
    try:
        return Path.cwd()
    except OSError:
        return None
