"""What all results of a certificate are worth together: no result rests on itself, none is better than what it applies.

Levels are found from the steps alone; a certificate does not state any.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from symproof.recheck.outcome import Outcome, Problem
from symproof.recheck.proof import Step, Theorem
from symproof.recheck.question import worst
from symproof.recheck.refused import Refused
from symproof.recheck.steps import check_theorem
from symproof.recheck.wellformed import Wellformed

__all__ = ["Judged", "applied", "judged"]


@dataclass(frozen=True)
class Judged:
    """A result with all that it rests on.

    Attributes:
        outcome: what came out for it by itself.
        level: the worst level of its own steps and of all that it rests on; ``refuted`` for a claim whose negation is
            proved or certified.
        accepted: whether it and all that it rests on are accepted. A refuted claim is not.
        rests_on: the results that it applies, directly or through others, sorted by name.
    """

    outcome: Outcome
    level: str
    accepted: bool
    rests_on: tuple[str, ...]

    def __bool__(self) -> bool:
        raise TypeError("read .accepted and .level")


def applied(theorem: Theorem) -> tuple[str, ...]:
    """The results that the proof of a theorem applies, sorted by name."""
    return tuple(sorted({step.target for step in _walk(theorem.proof) if step.kind == "apply"}))


def _walk(steps: Iterable[Step]) -> Iterator[Step]:
    for step in steps:
        yield step
        yield from _walk(step.steps)
        for branch in step.branches:
            yield from _walk(branch.steps)


def judged(theorems: Iterable[Theorem]) -> Mapping[str, Judged]:
    """Check all results of a certificate, those first that others rest on.

    Raises:
        Refused: two results have one name.
    """
    library: dict[str, Theorem] = {}
    for theorem in theorems:
        if theorem.id in library:
            raise Refused(f"two results are called {theorem.id}")
        library[theorem.id] = theorem
    wellformed, found = Wellformed(), dict[str, Judged]()
    order, circular = _order(library)
    for name in order:
        outcome = check_theorem(library[name], library, wellformed)
        if name in circular:
            circle = Problem("", "", "it rests on itself")
            outcome = replace(outcome, problems=(circle, *outcome.problems), level="open")
        found[name] = _judge(outcome, found)
    return found


def _judge(outcome: Outcome, found: Mapping[str, Judged]) -> Judged:
    """A result, where all that it rests on is judged but for members of a circle, which are refused anyway."""
    theorem = outcome.theorem
    below = [(name, found[name]) for name in applied(theorem) if name in found]
    rests_on = tuple(sorted({n for name, each in below for n in (name, *each.rests_on)}))
    accepted = not outcome.problems and all(each.accepted for _, each in below)
    level = worst(outcome.level, *(each.level for _, each in below)) if accepted else "open"
    refutation = found.get(theorem.refuted_by)
    if theorem.refuted_by:
        holds = refutation is not None and refutation.accepted and refutation.level in ("proved", "certified")
        if accepted and holds:
            return Judged(outcome, "refuted", False, rests_on)
    return Judged(outcome, level, accepted, rests_on)


def _order(library: Mapping[str, Theorem]) -> tuple[list[str], set[str]]:
    """The names, each after all that it needs, and those that need themselves (directly or through others)."""
    needs = {
        name: [n for n in (*applied(t), *([t.refuted_by] if t.refuted_by else ())) if n in library]
        for name, t in library.items()
    }
    order: list[str] = []
    seen: set[str] = set()
    for first in library:
        stack = [(first, iter(needs[first]))] if first not in seen else []
        seen.add(first)
        while stack:
            name, left = stack[-1]
            following = next((n for n in left if n not in seen), None)
            if following is None:
                order.append(name)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(needs[following])))
    return order, {name for name in library if _reaches(name, name, needs)}


def _reaches(start: str, goal: str, needs: Mapping[str, list[str]]) -> bool:
    """Whether one name needs another, through one step at least."""
    left, seen = list(needs[start]), set[str]()
    while left:
        name = left.pop()
        if name == goal:
            return True
        if name not in seen:
            seen.add(name)
            left += needs[name]
    return False
