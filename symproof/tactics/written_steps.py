"""A checked proof as its author wrote it: what tactics stand for is folded up again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from symproof.kernel.check import CheckedStep
from symproof.kernel.interface import worst
from symproof.proof.step import Step
from symproof.proof.theorem import Theorem
from symproof.tactics.expand import has_tactics
from symproof.tactics.tactic import TACTICS

__all__ = ["written_steps"]


def written_steps(theorem: Theorem, checked: Sequence[CheckedStep]) -> tuple[CheckedStep, ...]:
    """The checked steps of an expanded proof, with each tactic in the place of what it found.

    Args:
        theorem: with the proof as it was written.
        checked: the checked steps of the expanded proof.

    Returns:
        The steps with the numbers of the written proof; a folded one is accepted if all that it stands for is.
    """
    return _folded(theorem.proof, tuple(checked), "") if has_tactics(theorem) else tuple(checked)


def _folded(written: Sequence[Step], checked: tuple[CheckedStep, ...], prefix: str) -> tuple[CheckedStep, ...]:
    found: list[CheckedStep] = []
    position = 0
    for number, step in enumerate(written, 1):
        path = f"{prefix}{number}"
        if step.kind == "qed" and _by_tactic(step):
            rest = checked[position:]
            found += [_one(step, rest, path)] if rest else []
            break
        while position < len(checked) and not _stands_for(checked[position].step, step):
            position += 1  # a step that a tactic has put before this one
        if position == len(checked):
            break
        found.append(_inside(step, checked[position], path))
        position += 1
    return tuple(found)


def _by_tactic(step: Step) -> bool:
    return step.by is not None and step.by.rule in TACTICS


def _stands_for(expanded: Step, written: Step) -> bool:
    return (expanded.kind, expanded.label, expanded.labels) == (written.kind, written.label, written.labels)


def _one(step: Step, rest: tuple[CheckedStep, ...], path: str) -> CheckedStep:
    """The one step that a tactic was written for, in place of all that it found."""
    inner = [each for top in rest for each in top.walk()]
    trust, accepted = worst(*(each.trust for each in inner)), all(each.accepted for each in inner)
    return CheckedStep(path, step, rest[0].goal, rest[0].goal, trust, accepted)


def _inside(step: Step, checked: CheckedStep, path: str) -> CheckedStep:
    if _by_tactic(step) and step.kind in ("have", "suffices"):
        whole = _one(step, (checked,), path)
        return replace(whole, claim=checked.claim)
    here = replace(checked, path=path, step=step)
    if not step.branches:
        return replace(here, children=_folded(step.steps, checked.children, f"{path}."))
    children: list[CheckedStep] = []
    for number, branch in enumerate(step.branches, 1):
        own = tuple(c for c in checked.children if c.path.startswith(f"{checked.path}.{number}."))
        children += _folded(branch.steps, own, f"{path}.{number}.")
    titles = tuple((f"{path}.{k}", *title[1:]) for k, title in enumerate(checked.titles, 1))
    return replace(here, children=tuple(children), titles=titles)
