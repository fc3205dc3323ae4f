"""What a result is for, by two marks of its author and by what its proof applies.

The marks stand in ``extra`` of a theorem and are no part of the mathematics: ``"main": True`` says that a result is
wanted for its own sake, ``"needs": ("a.b", ...)`` what the proof of a planned result is going to apply.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from symproof.errors import InputError
from symproof.judged_result import uses_of
from symproof.source_place import shown_place

if TYPE_CHECKING:
    from symproof.proof.theorem import Theorem

__all__ = ["Plan", "is_main", "needs", "plan_of"]


@dataclass(frozen=True)
class Plan:
    """What a result is for, without its terms.

    Attributes:
        needs: what it rests on or is going to rest on; see :func:`needs`.
        is_main: whether it is wanted for its own sake; see :func:`is_main`.
        refuted_by: for a claim, the result that is to refute it.
    """

    needs: tuple[str, ...]
    is_main: bool
    refuted_by: str


def plan_of(theorem: Theorem | Plan) -> Plan:
    """What a result is for.

    Args:
        theorem: the result; a plan is returned as it is.

    Raises:
        InputError: a mark of the author's cannot be read.
    """
    if isinstance(theorem, Plan):
        return theorem
    return Plan(needs(theorem), is_main(theorem), theorem.refuted_by)


def is_main(theorem: Theorem) -> bool:
    """Whether a result is wanted for its own sake: its author marks it, or numbers can be put into it.

    Args:
        theorem: the result.

    Raises:
        InputError: the mark is neither True nor False.
    """
    mark = theorem.extra.get("main", False)
    if not isinstance(mark, bool):
        raise _bad_mark(theorem, "main", "True or False", mark)
    return mark or "instance" in theorem.extra


def needs(theorem: Theorem) -> tuple[str, ...]:
    """What a result rests on or is going to rest on: what its proof applies and what its author plans to apply.

    Args:
        theorem: the result.

    Raises:
        InputError: the plan is no list of ids.
    """
    planned = theorem.extra.get("needs", ())
    if not isinstance(planned, list | tuple) or not all(isinstance(name, str) for name in planned):
        raise _bad_mark(theorem, "needs", "a list of ids", planned)
    return tuple(sorted({*uses_of(theorem), *planned}))


def _bad_mark(theorem: Theorem, key: str, expected: str, found: object) -> InputError:
    place = shown_place(theorem.where.file, theorem.where.line)
    return InputError(f'extra["{key}"] of {theorem.id} cannot be read', place, expected, repr(found)[:80])
