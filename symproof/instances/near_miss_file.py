"""Near misses from a TOML file: for each hypothesis of a result the changes of its meeting point, or a reason.

A table is named after the result and has a key for each hypothesis::

    ["calculus.my_lemma"]
    positive = {set = {x = "-1"}}
    convex = {set = {"h(t)" = "t**3"}, at = {s = "-1"}, holds = {derivative = "the derivative of t^3 is 3 t^2"}}

A reason that several hypotheses share stands once; an empty one says that no near miss is known yet::

    [[reason]]
    text = "not needed: without samples both sums are 0"
    hypotheses = {"calculus.my_lemma" = ["samples"], "calculus.other" = ["samples", "width"]}
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from symproof.errors import InputError
from symproof.proof.meeting_point import NearMiss

__all__ = ["read_near_misses"]

_KEYS = {"set": "changes", "at": "at", "holds": "general"}


def read_near_misses(path: Path) -> dict[str, dict[str, NearMiss | str]]:
    """The near misses of a file, by result and label.

    Raises:
        InputError: the file cannot be read, or an entry is not understood or stands there twice.
    """
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError("the near misses cannot be read", str(path), found=str(error)) from error
    reasons = content.pop("reason", [])
    found: dict[str, dict[str, NearMiss | str]] = {
        name: {label: _near_miss(entry, f"{path.name}: {name}: {label}") for label, entry in entries.items()}
        for name, entries in content.items()
    }
    for reason in reasons:
        for name, labels in reason["hypotheses"].items():
            own = found.setdefault(name, {})
            for label in labels:
                if label in own:
                    raise InputError("there are two entries for a hypothesis", f"{path.name}: {name}: {label}")
                own[label] = reason["text"]
    return found


def _near_miss(entry: Any, where: str) -> NearMiss:
    expected = 'such as {set = {x = "-1"}}, with the keys set, at and holds'
    if not isinstance(entry, Mapping) or "set" not in entry or entry.keys() - _KEYS.keys():
        raise InputError("a near miss is not understood", where, expected, repr(entry)[:80])
    return NearMiss(**{_KEYS[key]: value for key, value in entry.items()})
