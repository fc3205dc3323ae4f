"""Sweep files: many instances of one theorem, as a grid, a list, or both."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError

__all__ = ["MAX_ROWS", "Sweep", "load_sweep"]

MAX_ROWS = 100_000
MAX_FILE_BYTES = 10_000_000
_KEYS = ("theorem", "parameters", "grid", "instance")


@dataclass(frozen=True)
class Sweep:
    """What a sweep file asks for.

    Attributes:
        theorem: the id of the theorem.
        rows: the parameters of each instance, unread; decimals are strings.
        base_dir: the folder from which relative paths start.
    """

    theorem: str
    rows: tuple[dict[str, Any], ...]
    base_dir: Path


def load_sweep(file: Path) -> Sweep:
    """Read a sweep file.

    Args:
        file: TOML with ``theorem``, ``[parameters]`` for all rows, ``[grid]`` with a list for each parameter that
            varies, and ``[[instance]]`` for each row that is listed. Listed rows go over the whole grid.

    Raises:
        InputError: it is no such file, or has no row or too many.
    """
    where = str(file)
    document = _toml(file)
    for key in document:
        if key not in _KEYS:
            hint = did_you_mean(key[:80], _KEYS) or "Parameters go below [parameters], [grid] or [[instance]]."
            raise InputError("unknown key", f"{where}, key {key[:40]}", " or ".join(_KEYS), key[:40], hint)
    theorem = document.get("theorem")
    if not isinstance(theorem, str) or not theorem.strip():
        raise InputError("the theorem is not named by its id", f"{where}, key theorem", 'theorem = "ID"')
    shared = _table(document.get("parameters", {}), where, "parameters")
    grid = _table(document.get("grid", {}), where, "grid")
    for key, values in grid.items():
        if not isinstance(values, list) or not values:
            raise InputError("no list of values", f"{where}, key grid.{key[:40]}", "a list such as [2, 3]")
    listed = document.get("instance", [{}])
    if not isinstance(listed, list):
        raise InputError("the instances are no list", f"{where}, key instance", "[[instance]] for each row")
    rows = [_table(each, where, "instance") for each in listed]
    count = len(rows) * math.prod(len(values) for values in grid.values())
    if not 0 < count <= MAX_ROWS or not (grid or "instance" in document):
        raise InputError(
            "no rows, or too many", where, f"1 to {MAX_ROWS} rows from [grid] and [[instance]]", str(count)
        )
    points = [dict(zip(grid, values, strict=True)) for values in product(*grid.values())]
    both = sorted({key for row in rows for key in row} & set(grid))
    if both:
        raise InputError("a parameter is both in the grid and in an instance", f"{where}, key {both[0][:40]}", "one")
    return Sweep(theorem.strip(), tuple({**shared, **row, **point} for row in rows for point in points), file.parent)


def _toml(file: Path) -> dict[str, Any]:
    try:
        data = file.read_bytes()
        if len(data) > MAX_FILE_BYTES:
            raise InputError("the file is too large", str(file), f"at most {MAX_FILE_BYTES} bytes", str(len(data)))
        return tomllib.loads(data.decode(), parse_float=str)
    except OSError as error:
        raise InputError("the file cannot be read", str(file), "a TOML file", error.strerror or "") from None
    except (ValueError, RecursionError) as error:
        raise InputError("not TOML", str(file), "TOML", str(error)[:100]) from None


def _table(value: Any, where: str, key: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise InputError("not a table", f"{where}, key {key}", "a table of parameters")
    return value
