"""How much work an instance may cost, and whom to tell of what is being done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Effort"]


@dataclass(frozen=True)
class Effort:
    """What the evaluation of a proof on numbers may cost.

    Attributes:
        max_work: about how many terms the evaluation of one claim may visit; None for the usual limits, which allow
            more where many samples are evaluated in one pass.
        advance: told what is being done, for people who wait.
    """

    max_work: int | None = None
    advance: Callable[[str], None] = field(default=lambda _: None, compare=False)
