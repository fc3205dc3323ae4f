"""Theorems: a statement with its proof, its citation, its refutation, or none of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from symproof.logic.definition import Definition
from symproof.logic.sort import BOOL, SortError
from symproof.logic.term import Term, free_variables
from symproof.proof.step import By, Source, Step

__all__ = ["LEMMAS", "Citation", "Theorem", "Work", "definitions_in", "theorem"]

LEMMAS = "lemmas"
"""The option of a tactic that names results which it may apply."""


@dataclass(frozen=True)
class Work:
    """A work of the literature, as a bibliography prints it."""

    key: str
    authors: str
    title: str
    venue: str = ""
    year: str = ""
    url: str = ""


@dataclass(frozen=True)
class Citation:
    """A place in a work: page, section or theorem number."""

    work: Work
    place: str

    @property
    def key(self) -> str:
        """The key of the work."""
        return self.work.key

    @property
    def text(self) -> str:
        """Authors, title, year and place in one line."""
        parts = [self.work.authors, self.work.title, self.work.venue, self.work.year, self.place]
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, eq=False)
class Theorem:
    """A named result.

    Attributes:
        id: the full name, for example ``relu_like.spurious_minimum``.
        title: a few words.
        variables: the variables that the statement is about, with their sorts; it holds for all their values.
        hypotheses: pairs of label and proposition.
        conclusion: what holds under the hypotheses.
        proof: the steps; empty for a cited or an open result.
        citation: the reference of a cited result.
        origin: the result of the literature that it encodes.
        source: how it relates to that, or where else the mathematics comes from, in words.
        prose: what it says in words, for the reader of a report.
        notation: how to set variables in LaTeX, by name.
        where: the author's file and line.
        extra: what else the module offers for this result, for example its instances (no part of the mathematics).
        refuted_by: for a *claim*, a statement that is held to be false: the id of the theorem that proves its negation.
    """

    id: str
    title: str
    variables: tuple[Term, ...]
    hypotheses: tuple[tuple[str, Term], ...]
    conclusion: Term
    proof: tuple[Step, ...] = ()
    citation: Citation | None = None
    origin: Citation | None = None
    source: str = ""
    prose: str = ""
    notation: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    where: Source = field(default_factory=Source)
    extra: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    refuted_by: str = ""

    @property
    def statement_digest(self) -> str:
        """A hash of what is claimed: variables, hypotheses and conclusion."""
        parts = [self.id, str(len(self.variables)), *(v.digest for v in self.variables)]
        parts += [text for label, p in self.hypotheses for text in (label, p.digest)]
        parts.append(self.conclusion.digest)
        return hashlib.sha256("".join(f"{len(part)}:{part}" for part in parts).encode()).hexdigest()

    def uses(self) -> tuple[str, ...]:
        """The results that the proof applies, or lets a tactic apply, each once, sorted by name."""
        found = {step.target for step in walk(self.proof) if step.kind == "apply"}
        return tuple(sorted(found | {name for step in walk(self.proof) for name in _lemmas(step)}))

    def definitions(self) -> tuple[Definition, ...]:
        """The definitions that the statement uses, those inside other definitions included, in order of need."""
        found: dict[str, Definition] = {}
        for term in (*(p for _, p in self.hypotheses), self.conclusion):
            definitions_in(term, found)
        return tuple(found.values())


def definitions_in(term: Term, found: dict[str, Definition]) -> None:
    """Add the definitions used in ``term`` to ``found``, inner ones first."""
    for t in term.walk():
        if t.op == "call" and t.data.name not in found:
            for inner in (t.data.body, t.data.base, t.data.step):
                if inner is not None:
                    definitions_in(inner, found)
            found[t.data.name] = t.data


def walk(steps: Sequence[Step]) -> Iterator[Step]:
    """All steps of a proof, outer before inner."""
    for step in steps:
        yield step
        yield from walk(step.steps)
        for branch in step.branches:
            yield from walk(branch.steps)


def _lemmas(step: Step) -> Iterator[str]:
    """The results that the tactics of a step may apply."""
    for by in (step.by, *(link.by for link in step.links)):
        for name, value in by.options if by is not None and step.kind != "apply" else ():
            if name == LEMMAS and isinstance(value, tuple):
                yield from (each for each in value if isinstance(each, str))


def _require_parts(id: str, variables: object, hypotheses: object, conclusion: object, proof: object) -> None:
    """Raise SortError if a part of a theorem is not of the form that is wanted, with what is."""
    if not isinstance(variables, (list, tuple)) or not all(isinstance(v, Term) and v.op == "var" for v in variables):
        raise SortError(f"{id}: variables wants a list of variables, such as [x, y]; found {variables!r}"[:200])
    if not isinstance(hypotheses, Mapping) or not all(isinstance(label, str) for label in hypotheses):
        raise SortError(f'{id}: hypotheses wants a table such as {{"positive": x > 0}}, found {hypotheses!r}'[:200])
    for label, p in (*hypotheses.items(), ("conclusion", conclusion)):
        if not isinstance(p, Term):
            hint = "; equations are written Eq(a, b), not a == b" if isinstance(p, bool) else ""
            raise SortError(f"{id}: {label} is no proposition: {p!r}{hint}"[:200])
    if not isinstance(proof, (list, tuple)):
        raise SortError(f"{id}: proof wants a list of steps, such as [qed(...)]; found one {type(proof).__name__}")
    for step in proof:
        if not isinstance(step, Step):
            hint = "; a rule alone is no step: write qed(...)" if isinstance(step, (By, str)) else ""
            raise SortError(f"{id}: proof wants steps, found {step!r}"[:160] + hint)


def theorem(
    id: str,
    title: str,
    *,
    variables: Sequence[Term] = (),
    hypotheses: Mapping[str, Term] | None = None,
    conclusion: Term,
    proof: Sequence[Step] = (),
    citation: Citation | None = None,
    origin: Citation | None = None,
    source: str = "",
    prose: str = "",
    notation: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
    refuted_by: str = "",
) -> Theorem:
    """Build a theorem, or a claim that another theorem refutes.

    Raises:
        SortError: the statement uses a variable that is not declared or is no proposition, or a claim has a proof.
    """
    import sys

    frame = sys._getframe(1)
    _require_parts(id, variables, hypotheses or {}, conclusion, proof)
    named = tuple((hypotheses or {}).items())
    declared = set(variables)
    for label, proposition in (*named, ("conclusion", conclusion)):
        if proposition.sort != BOOL:
            raise SortError(f"{id}: {label} is no proposition: {proposition}")
        extra_variables = sorted(v.name for v in free_variables(proposition) - declared)
        if extra_variables:
            raise SortError(f"{id}: {label} uses {', '.join(extra_variables)}, which the theorem does not declare")
    if len({v.name for v in variables}) != len(variables):
        raise SortError(f"{id}: two variables of one name")
    if refuted_by and proof:
        raise SortError(f"{id}: a claim that {refuted_by} refutes has no proof")
    return Theorem(
        id, title, tuple(variables), named, conclusion, tuple(proof), citation, origin, source, prose,
        MappingProxyType(dict(notation or {})), Source(frame.f_code.co_filename, frame.f_lineno),
        MappingProxyType(dict(extra or {})), refuted_by,
    )  # fmt: skip
