"""The hint for a misspelt name."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["did_you_mean"]

_LONGEST = 80
_MOST = 1_000


def did_you_mean(name: str, known: Iterable[str]) -> str:
    """Suggest the known names that look like a misspelt one.

    Args:
        name: what the user wrote; of a long text only the beginning is compared.
        known: the names that exist.

    Returns:
        A sentence such as ``Did you mean 'check'?``, or the empty string when nothing is near.
    """
    from difflib import get_close_matches  # only after a mistake: it would slow down every start

    candidates = {each.lower(): each for each in sorted(set(known), reverse=True)[:_MOST] if len(each) <= _LONGEST}
    near = get_close_matches(name[:_LONGEST].lower(), candidates, n=3, cutoff=0.6)
    return f"Did you mean {' or '.join(repr(candidates[each]) for each in near)}?" if near else ""
