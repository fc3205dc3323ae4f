"""Tactics in a proof: what ``by("auto")`` and the like stand for is put in their place before the proof is checked.

What is hashed, checked, evaluated and shown is the expanded proof. A tactic that finds nothing stays where it is, and
as the kernel has no rule of that name, the step is refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from symproof.proof.step import By, FactReference, Source, Step
from symproof.proof.theorem import Theorem, walk
from symproof.tactics.open_goals import OpenGoal, open_goals, replaced_at
from symproof.tactics.tactic import APPLY, TACTICS, TacticRun, run_tactic

__all__ = ["Expansion", "expand", "has_tactics"]


@dataclass(frozen=True)
class Expansion:
    """A tactic in a proof with what it found.

    Attributes:
        place: the goal, its number in the proof as it was written, and what was in reach.
        tactic: the name of the tactic.
        steps: what it stands for; None if it found nothing.
        tried: what it tried, in words.
    """

    place: OpenGoal
    tactic: str
    steps: tuple[Step, ...] | None
    tried: tuple[str, ...] = ()


def has_tactics(theorem: Theorem) -> bool:
    """Whether the proof leaves something to a tactic."""
    return any(_asks(by) for step in walk(theorem.proof) for by in _reasons(step))


def expand(
    theorem: Theorem, library: Mapping[str, Theorem], *, anywhere: bool = False
) -> tuple[Theorem, tuple[Expansion, ...]]:
    """The theorem with its tactics replaced by the steps that they find, and what each one found.

    Args:
        theorem: any theorem; one without tactics comes back as it is.
        library: the results that its steps may apply.
        anywhere: whether ``apply?`` may look through the whole library. Without it, the expanded proof applies only
            what the written one names, since the graph of results, which says what rests on what, is read off the
            written proofs.
    """
    if not has_tactics(theorem):
        return theorem, ()
    goals, _ = open_goals(theorem, library, _asks)
    taken = {name for step in walk(theorem.proof) for name in (step.label, *step.labels) if name}
    taken |= {label for label, _ in theorem.hypotheses}
    taken |= {b.label for step in walk(theorem.proof) for b in step.branches if b.label}
    named = frozenset(theorem.uses())
    found = tuple(_expansion(g, theorem, library, taken, None if anywhere else named) for g in goals)
    proof = theorem.proof
    for each in reversed(found):  # from the end, so that the numbers of those before stay right
        if each.steps is not None:
            proof = _put(proof, each, each.steps, taken)
    return replace(theorem, proof=proof), found


def _expansion(
    place: OpenGoal, theorem: Theorem, library: Mapping[str, Theorem], taken: set[str], named: frozenset[str] | None
) -> Expansion:
    """What the tactic at a place finds; with ``named``, only what applies none but these results."""
    tactic = place.by.rule
    if tactic == APPLY and named is not None:
        return Expansion(place, tactic, None)
    run: TacticRun = run_tactic(place.by, place.sequent, place.goal, taken, library=library, inside=theorem.id)
    steps = run.steps
    if steps is not None and named is not None and not {s.target for s in walk(steps) if s.kind == "apply"} <= named:
        steps = None
    return Expansion(place, tactic, steps, run.tried)


def _reasons(step: Step) -> tuple[By, ...]:
    return tuple(by for by in (step.by, *(link.by for link in step.links)) if by is not None)


def _asks(by: By) -> bool:
    return by.rule in TACTICS


def _put(proof: tuple[Step, ...], each: Expansion, steps: tuple[Step, ...], taken: set[str]) -> tuple[Step, ...]:
    source = each.place.source
    steps = tuple(_sourced(step, source) for step in steps)

    def change(siblings: tuple[Step, ...], position: int) -> tuple[Step, ...]:
        step = siblings[position]
        return (*siblings[:position], *_expanded(step, each, steps, taken), *siblings[position + 1 :])

    return replaced_at(proof, each.place.path, change)


def _expanded(step: Step, each: Expansion, steps: tuple[Step, ...], taken: set[str]) -> tuple[Step, ...]:
    only = steps[0].by if len(steps) == 1 and steps[0].kind == "qed" else None
    if step.kind == "qed":
        return steps
    if step.kind in ("have", "suffices"):
        return (replace(step, by=only) if only is not None else replace(step, by=None, steps=steps),)
    by = only
    before: tuple[Step, ...] = ()
    if by is None:  # the place takes one rule: the proof becomes a step before it
        label = next(name for k in range(1, len(taken) + 2) if (name := f"link_{k}") not in taken)
        taken.add(label)
        by = By("logic", (FactReference(label),))
        before = (Step("have", label, claim=each.place.goal, steps=steps, source=step.source),)
    if step.kind == "calc":
        return (*before, _with_link(step, each, by))
    return (*before, replace(step, by=by))


def _with_link(step: Step, each: Expansion, by: By) -> Step:
    """The chain with the reason of the link that asks."""
    links, left = list(step.links), step.terms[0]
    for position, link in enumerate(links):
        if link.by == each.place.by and each.place.goal.args == (left, link.term):
            links[position] = replace(link, by=by)
            break
        left = link.term
    return replace(step, links=tuple(links))


def _sourced(step: Step, source: Source) -> Step:
    branches = tuple(replace(b, steps=tuple(_sourced(s, source) for s in b.steps)) for b in step.branches)
    return replace(step, source=source, steps=tuple(_sourced(s, source) for s in step.steps), branches=branches)
