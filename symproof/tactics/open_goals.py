"""The goals that a proof leaves open: places where its author gives a question in place of a rule.

A question is a justification whose rule the kernel does not know, so that no proof with a question in it is ever
accepted. The kernel says for each what was to be shown and what was in reach; that is the open goal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from symproof.kernel.check import check_theorem
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.rule import Evidence
from symproof.kernel.sequent import Sequent
from symproof.logic.term import Term
from symproof.proof.step import By, Source, Step
from symproof.proof.theorem import Theorem
from symproof.tactics.evidence_search import SearchingEvidence

__all__ = ["HOLE", "OpenGoal", "hole", "list_at", "open_goals", "replaced_at", "step_at", "step_numbers", "up_to"]

HOLE = "?"
"""The rule of a place where the proof goes on later."""


@dataclass(frozen=True)
class OpenGoal:
    """Something that is left to show.

    Attributes:
        path: the number of the step that asks.
        goal: what is to be shown.
        sequent: what is in reach.
        by: the justification that asks.
        source: the author's file and line.
    """

    path: str
    goal: Term
    sequent: Sequent
    by: By
    source: Source


def hole() -> Step:
    """A step that stands for the rest of a (sub-)proof."""
    return Step("qed", by=By(HOLE))


def open_goals(
    theorem: Theorem,
    library: Mapping[str, Theorem],
    asks: Callable[[By], bool],
    evidence: Evidence | None = None,
) -> tuple[tuple[OpenGoal, ...], tuple[Diagnostic, ...]]:
    """The open goals of a proof, in order, and what else the kernel has against it.

    Args:
        theorem: with a proof that has questions in it.
        library: the results that it may apply.
        asks: tells the questions from the rules.
        evidence: what is known for its steps; searched for by default.
    """
    result = check_theorem(theorem, library, evidence or SearchingEvidence())
    goals, others = [], []
    for d in result.diagnostics:
        if d.code == "SP-RULE-001" and d.by is not None and d.goal is not None and asks(d.by):
            goals.append(OpenGoal(d.path, d.goal, d.sequent, d.by, d.source))
        else:
            others.append(d)
    return tuple(goals), tuple(others)


# The tree of a proof, by the numbers of its steps -----------------------------------------------------------------


def replaced_at(
    steps: Sequence[Step], path: str, change: Callable[[tuple[Step, ...], int], tuple[Step, ...]]
) -> tuple[Step, ...]:
    """The proof with the list of steps that step ``path`` stands in changed by ``change(list, position)``.

    Raises LookupError if there is no such step.
    """
    return _replaced(tuple(steps), [int(part) for part in path.split(".")], change)


def _replaced(
    steps: tuple[Step, ...], numbers: list[int], change: Callable[[tuple[Step, ...], int], tuple[Step, ...]]
) -> tuple[Step, ...]:
    position = numbers[0] - 1
    if not 0 <= position < len(steps):
        raise LookupError(numbers[0])
    if len(numbers) == 1:
        return change(steps, position)
    step = steps[position]
    if step.branches:
        if len(numbers) < 3 or not 1 <= numbers[1] <= len(step.branches):
            raise LookupError(numbers[1])
        branch = step.branches[numbers[1] - 1]
        inner = replace(branch, steps=_replaced(branch.steps, numbers[2:], change))
        branches = (*step.branches[: numbers[1] - 1], inner, *step.branches[numbers[1] :])
        changed = replace(step, branches=branches)
    else:
        changed = replace(step, steps=_replaced(step.steps, numbers[1:], change))
    return (*steps[:position], changed, *steps[position + 1 :])


def list_at(steps: Sequence[Step], path: str) -> tuple[tuple[Step, ...], int]:
    """The list of steps in which step ``path`` stands, and its position there. Raises LookupError."""
    found: list[tuple[tuple[Step, ...], int]] = []

    def note(siblings: tuple[Step, ...], position: int) -> tuple[Step, ...]:
        found.append((siblings, position))
        return siblings

    replaced_at(steps, path, note)
    return found[0]


def step_at(steps: Sequence[Step], path: str) -> Step:
    """The step of that number. Raises LookupError if there is none."""
    siblings, position = list_at(steps, path)
    return siblings[position]


def step_numbers(steps: Sequence[Step], prefix: str = "") -> Iterator[str]:
    """The numbers of all steps of a proof, in order, outer before inner."""
    for position, step in enumerate(steps, 1):
        number = f"{prefix}{position}"
        yield number
        for k, branch in enumerate(step.branches, 1):
            yield from step_numbers(branch.steps, f"{number}.{k}.")
        if not step.branches:
            yield from step_numbers(step.steps, f"{number}.")


def up_to(steps: Sequence[Step], path: str, last: Step) -> tuple[Step, ...]:
    """The proof up to step ``path``, which ``last`` takes the place of; what is done before is taken for granted.

    The claims of earlier steps keep their place as gaps, so that the kernel need not check them again to come here.
    """
    numbers = [int(part) for part in path.split(".")]
    return _up_to(tuple(steps), numbers, last)


def _up_to(steps: tuple[Step, ...], numbers: list[int], last: Step) -> tuple[Step, ...]:
    position = numbers[0] - 1
    if not 0 <= position < len(steps):
        raise LookupError(numbers[0])
    before = tuple(_granted(step) for step in steps[:position])
    if len(numbers) == 1:
        return (*before, last)
    step = steps[position]
    if step.branches:
        if len(numbers) < 3 or not 1 <= numbers[1] <= len(step.branches):
            raise LookupError(numbers[1])
        chosen = numbers[1] - 1
        branches = [replace(branch, steps=()) for branch in step.branches]
        branches[chosen] = replace(branches[chosen], steps=_up_to(step.branches[chosen].steps, numbers[2:], last))
        return (*before, replace(step, branches=tuple(branches)))
    return (*before, replace(step, steps=_up_to(step.steps, numbers[1:], last)))


def _granted(step: Step) -> Step:
    return replace(step, kind="open", by=None, steps=()) if step.kind == "have" and step.claim is not None else step
