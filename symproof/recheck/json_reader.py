"""Strict JSON: each value is read as what it should be, or refused with the place where it stands.

No floats, no duplicate keys, no long integers (exact numbers are texts), nothing nested too deeply. What is refused is
refused with one line that says where, such as ``$.theorems[3].proof[0].claim``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any, NoReturn

from flint import fmpz

__all__ = ["MOST_BYTES", "MOST_DIGITS", "MOST_NESTED", "Place", "Unreadable", "canonical_text", "read_json"]

MOST_BYTES = 256_000_000
"""The longest file that is read."""
MOST_NESTED = 200
"""How deep arrays and objects may be nested."""
MOST_DIGITS = 100_000
"""How many digits a number may have above or below its fraction bar."""
_INTEGER_DIGITS = 9
_STRING = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_OTHERS = bytes(b for b in range(256) if b not in b"[]{}")
_NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(/[1-9][0-9]*)?", re.ASCII)


class Unreadable(Exception):
    """A file is no certificate of this version.

    Attributes:
        what: one line: what is wrong.
        where: the place in the JSON, or the line and the column.
    """

    def __init__(self, what: str, where: str = "$") -> None:
        super().__init__(f"{where}: {what}")
        self.what, self.where = what, where


class _Bad:
    """Stands where something is that no certificate holds, until its place is known."""

    def __init__(self, what: str) -> None:
        self.what = what


class Place:
    """A value with the place where it stands."""

    __slots__ = ("_key", "_parent", "value")

    def __init__(self, value: Any, parent: Place | None = None, key: str | int = "$") -> None:
        self.value, self._parent, self._key = value, parent, key

    @property
    def path(self) -> str:
        """The place, such as ``$.theorems[3].id``."""
        if self._parent is None:
            return str(self._key)
        inside = f"[{self._key}]" if isinstance(self._key, int) else f".{self._key[:80]}"
        return f"{self._parent.path}{inside}"

    def refuse(self, what: str) -> NoReturn:
        """Raise Unreadable with this place."""
        raise Unreadable(what, self.path)

    def object(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Place]:
        """The members of an object; all required ones are there, and no others but the optional ones."""
        members = self.members()
        for name in required:
            if name not in members:
                self.refuse(f"the field {name!r} is missing")
        for name, place in members.items():
            if name not in required and name not in optional:
                place.refuse("no such field; " + ", ".join((*required, *optional)) + " are known")
        return members

    def members(self) -> dict[str, Place]:
        """The members of any object."""
        if type(self.value) is not dict:
            self.refuse(f"an object is wanted, found {_kind(self.value)}")
        return {name: Place(value, self, name) for name, value in self.value.items()}

    def list(self, count: int | None = None) -> list[Place]:
        """The items of an array, ``count`` of them if it is given."""
        if type(self.value) is not list:
            self.refuse(f"an array is wanted, found {_kind(self.value)}")
        if count is not None and len(self.value) != count:
            self.refuse(f"an array of {count} is wanted, found {len(self.value)}")
        return [Place(value, self, k) for k, value in enumerate(self.value)]

    def text(self) -> str:
        """A text."""
        if type(self.value) is not str:
            self.refuse(f"a text is wanted, found {_kind(self.value)}")
        return self.value

    def name(self) -> str:
        """A text that is not empty."""
        return self.text() or self.refuse("a name is wanted, found an empty text")

    def one_of(self, known: Sequence[str]) -> str:
        """One of some words."""
        if self.text() not in known:
            self.refuse(f"one of {', '.join(known)} is wanted, found {self.value[:40]!r}")
        return self.text()

    def whole(self, below: int) -> int:
        """An integer from 0 on, below a limit."""
        if type(self.value) is not int or not 0 <= self.value < below:
            self.refuse(f"a number from 0 to {below - 1} is wanted, found {_kind(self.value)}")
        return self.value

    def number(self) -> Fraction:
        """An exact number: a text such as ``-3`` or ``1/2``, in lowest terms."""
        text = self.text()
        if len(text) > 2 * MOST_DIGITS + 2 or not _NUMBER.fullmatch(text):
            self.refuse(f"a number such as -3 or 1/2 is wanted, found {text[:20]!r}")
        parts = text.split("/")
        if any(len(part.lstrip("-")) > MOST_DIGITS for part in parts):
            self.refuse(f"the number has more than {MOST_DIGITS} digits")
        found = Fraction(*(int(fmpz(part)) for part in parts))
        lowest = len(parts) == 1 or (found.denominator > 1 and int(fmpz(parts[1])) == found.denominator)
        if not lowest or parts[0] == "-0":
            self.refuse("the number is not in lowest terms")
        return found


def _kind(value: Any) -> str:
    if isinstance(value, dict | list):
        return "an object" if isinstance(value, dict) else "an array"
    return json.dumps(value, ensure_ascii=True)[:40]


def read_json(data: bytes) -> Place:
    """The whole of a file.

    Raises:
        Unreadable: it is no JSON in UTF-8, too long, nested too deeply, or holds what no certificate holds.
    """
    if len(data) > MOST_BYTES:
        raise Unreadable(f"the file has {len(data)} bytes; at most {MOST_BYTES} are read")
    depth = 0
    for sign in _STRING.sub(b"", data).translate(None, _OTHERS):
        depth += 1 if sign in b"[{" else -1
        if depth > MOST_NESTED:
            raise Unreadable(f"nested more than {MOST_NESTED} deep")
    bad: list[_Bad] = []

    def refused(what: str) -> _Bad:
        bad.append(_Bad(what))
        return bad[-1]

    def pairs(items: list[tuple[str, Any]]) -> Any:
        found = dict(items)
        if len(found) == len(items):
            return found
        names = [name for name, _ in items]
        twice = next(name for name in names if names.count(name) > 1)
        return {**found, twice: refused(f"the field {twice[:40]!r} occurs twice")}

    def integer(text: str) -> Any:
        if len(text) > _INTEGER_DIGITS:
            return refused(f"an integer of {len(text)} signs; exact numbers are texts")
        return int(text)

    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=pairs, parse_int=integer,
            parse_float=lambda text: refused(f"the number {text[:20]}; exact numbers are texts such as 1/2"),
            parse_constant=lambda text: refused(f"{text} is no number"),
        )  # fmt: skip
    except json.JSONDecodeError as problem:
        raise Unreadable(f"no JSON: {problem.msg}", f"line {problem.lineno}, column {problem.colno}") from None
    except (UnicodeDecodeError, RecursionError) as problem:
        raise Unreadable(f"no JSON in UTF-8 ({type(problem).__name__})") from None
    root = Place(value)
    for place in _all(root) if bad else ():
        if isinstance(place.value, _Bad):
            place.refuse(place.value.what)
    if bad:
        raise Unreadable(bad[0].what)
    return root


def _all(place: Place) -> Iterator[Place]:
    yield place
    inside = place.members().values() if isinstance(place.value, dict) else ()
    for each in inside or (place.list() if isinstance(place.value, list) else ()):
        yield from _all(each)


def canonical_text(value: Any) -> bytes:
    """The one text of a JSON value of which hashes are taken: keys sorted, no blanks, ASCII."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":")).encode()
