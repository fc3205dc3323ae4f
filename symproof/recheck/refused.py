"""Why something is not accepted."""

from __future__ import annotations

__all__ = ["Refused"]


class Refused(Exception):
    """Something is not accepted. This says nothing of whether it is true.

    Attributes:
        reason: one sentence.
        undecided: whether only a limit, or a part that is not re-checked at all, stands in the way.
    """

    def __init__(self, reason: str, undecided: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.undecided = reason, undecided
