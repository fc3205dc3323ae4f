"""Hypotheses and steps that a proof does not need: it is accepted without them.

Whether something is needed cannot be read off the labels that a proof cites, since rules also look at what is in reach
without being told. So each candidate is left out, and the kernel is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from symproof.kernel.check import check_theorem
from symproof.proof.step import FactReference, Source, Step
from symproof.proof.theorem import Theorem, walk
from symproof.tactics.evidence_search import SearchingEvidence
from symproof.tactics.expand import expand
from symproof.tactics.open_goals import replaced_at, step_at, step_numbers

__all__ = ["Unused", "unused"]


@dataclass(frozen=True)
class Unused:
    """Something that a proof does not need.

    Attributes:
        theorem: the id of the theorem.
        label: of the hypothesis or of the step.
        path: the number of the step; empty for a hypothesis.
        source: the author's file and line.
    """

    theorem: str
    label: str
    path: str
    source: Source

    def __str__(self) -> str:
        what = f"step {self.path} ({self.label})" if self.path else f"the hypothesis {self.label}"
        return f"{self.theorem}: {what} is not used: the proof is accepted without it"


def unused(theorem: Theorem, library: Mapping[str, Theorem]) -> tuple[Unused, ...]:
    """The hypotheses and the claims that nothing needs, each on its own; none if the proof is not accepted.

    Args:
        theorem: with its proof.
        library: the results that its steps may apply.
    """
    whole, _ = expand(theorem, library)
    evidence = SearchingEvidence()
    if not theorem.proof or not check_theorem(whole, library, evidence).accepted:
        return ()
    cited = frozenset(_cited(whole))
    found = []
    for label, _ in whole.hypotheses:
        if label not in cited:
            fewer = tuple(h for h in whole.hypotheses if h[0] != label)
            if _accepted(replace(whole, hypotheses=fewer), library, evidence):
                found.append(Unused(theorem.id, label, "", theorem.where))
    for path in step_numbers(theorem.proof) if whole is theorem else ():
        step = step_at(theorem.proof, path)
        if step.kind in ("have", "calc") and step.label and step.label not in cited:
            shorter = replaced_at(theorem.proof, path, lambda steps, k: (*steps[:k], *steps[k + 1 :]))
            if _accepted(replace(theorem, proof=shorter), library, evidence):
                found.append(Unused(theorem.id, step.label, path, step.source))
    return tuple(found)


def _accepted(theorem: Theorem, library: Mapping[str, Theorem], evidence: SearchingEvidence) -> bool:
    return bool(theorem.proof) and check_theorem(theorem, library, evidence, first_only=True).accepted


def _cited(theorem: Theorem) -> Iterator[str]:
    """The labels that the proof names."""
    for step in walk(theorem.proof):
        yield from (f.label for f in step.facts)
        yield from _named(step)
        if step.kind == "unfold":
            yield step.target


def _named(step: Step) -> Iterator[str]:
    for by in (step.by, *(link.by for link in step.links)):
        if by is not None:
            yield from (f.label for f in (*by.facts, *by.rewrite))
            yield from (value.label for _, value in by.options if isinstance(value, FactReference))
