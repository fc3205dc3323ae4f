"""The hash of plain data, the same in every process."""

from __future__ import annotations

import hashlib
import json
from typing import Any

__all__ = ["hash_of"]


def hash_of(data: Any) -> str:
    """The hash of plain data (hex SHA-256).

    Args:
        data: what JSON can hold.
    """
    text = json.dumps(data, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
