"""The error for results that fail their own re-check: a defect of symproof, never of the input."""

from __future__ import annotations

from symproof.errors import SymproofError

__all__ = ["InstanceMismatchError"]


class InstanceMismatchError(SymproofError):
    """A construction does not have the properties claimed for it; nothing is reported as certified."""
