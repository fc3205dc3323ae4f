"""The one JSON object that a command prints under ``--json``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fractions import Fraction
from pathlib import PurePath

__all__ = ["json_text"]


def json_text(data: Mapping[str, object]) -> str:
    """Write an answer as JSON, in ASCII so that it survives any locale.

    Args:
        data: the object; fractions and paths in it become strings.

    Returns:
        The text, without the last line break.

    Raises:
        TypeError: it holds something that has no exact form in JSON.
        ValueError: it holds a number that is not finite.
    """
    return json.dumps(data, indent=2, allow_nan=False, default=_exact)


def _exact(value: object) -> str:
    if isinstance(value, Fraction | PurePath):
        return str(value)
    raise TypeError(f"an answer holds a {type(value).__name__}, which has no exact form in JSON")
