"""What comes out for a theorem: what is refused, and the trust in what is not."""

from __future__ import annotations

from dataclasses import dataclass

from symproof.recheck.proof import Theorem

__all__ = ["Outcome", "Problem"]


@dataclass(frozen=True)
class Problem:
    """Why a step is not accepted.

    Attributes:
        place: the number of the step, such as ``2.1``, or a part of the statement.
        kind: the kind of step and its rule, such as ``have by linear``.
        reason: one sentence.
        undecided: whether only a limit, or a rule that is not re-checked, stands in the way.
    """

    place: str
    kind: str
    reason: str
    undecided: bool = False


@dataclass(frozen=True)
class Outcome:
    """What comes out for one theorem by itself.

    Attributes:
        theorem: the theorem.
        problems: what is refused; there is nothing wrong if it is empty.
        level: the worst level of its own steps, without what it applies.
    """

    theorem: Theorem
    problems: tuple[Problem, ...]
    level: str
