"""Ids that a user wrote, compared with those there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from symproof.did_you_mean import did_you_mean
from symproof.errors import InputError

__all__ = ["require_ids"]


def require_ids(ids: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """Make sure that ids are known.

    Args:
        ids: names that a user wrote.
        known: the ids there are.

    Returns:
        The ids, each once and sorted.

    Raises:
        InputError: one of them names no theorem.
    """
    wanted = tuple(sorted(set(ids)))
    for name in wanted:
        if name not in known:
            hint = did_you_mean(name, known) or "symproof list shows all results."
            raise InputError("no result of that name", "ID", "the id of a result", name[:80], hint)
    return wanted
