"""What results rest on without proof: cited facts, gaps and oracles, and the notions that their statements are about.

All is read off the proofs, as the graph is: an axiom of a result is one of its own or of what its proof applies. So the
ledger says what a result would rest on; that its proof holds is for a check to say (``library_check``).

An author may declare that a result avoids some of this: ``extra={"avoids": ["calculus.least_upper_bound"]}``. A name is
the id of a result, the name of a definition, or the word ``cited``, which stands for every cited fact. A check refuses
a result that rests on what it avoids.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from symproof.did_you_mean import did_you_mean
from symproof.kernel.diagnostic import Diagnostic
from symproof.logic.definition import Definition
from symproof.logic.term import Term
from symproof.proof.step import Source, Step
from symproof.proof.theorem import Theorem, definitions_in, walk

__all__ = [
    "AVOID_CODE",
    "CITED",
    "KINDS",
    "Axiom",
    "Ledger",
    "UsedDefinition",
    "avoidance_problem",
    "ledger",
    "path_to",
]

AVOID_CODE = "SP-AVOID-001"
"""The code of the diagnostic that says that a result rests on what it avoids."""
CITED = "cited"
"""The word for all cited facts in a declaration of what is avoided."""
KINDS = ("cited", "oracle", "open")
"""From the literature; an answer of a solver that is believed; a gap."""


@dataclass(frozen=True)
class Axiom:
    """Something that is not proved here.

    Attributes:
        name: the id of a result without proof; for a step of a proof the id, a colon and its label or number.
        kind: see ``KINDS``.
        owner: the result that it is, or in whose proof it is a step.
        says: what is taken for granted.
        work: the work that is cited, empty for a gap or an oracle.
        place: the place in it; for a step that cites, the whole reference is in ``work``.
        digest: a hash of what is taken for granted, so that a change of it can be seen.
        where: the author's file and line.
    """

    name: str
    kind: str
    owner: str
    says: str
    work: str
    place: str
    digest: str
    where: Source


@dataclass(frozen=True)
class UsedDefinition:
    """A notion that some results are about.

    Attributes:
        definition: the notion; a primitive one has no body, so only axioms say anything of it.
        in_statement: whether the statement of the result that was asked for depends on it, not only a proof.
    """

    definition: Definition
    in_statement: bool


@dataclass(frozen=True)
class Ledger:
    """What some results rest on without proof.

    Attributes:
        results: the results that were asked for and all that they rest on.
        axioms: sorted by kind and name.
        definitions: sorted by name, primitive ones first.
        users: of each axiom, how many of ``results`` rest on it, itself left out.
    """

    results: tuple[str, ...]
    axioms: tuple[Axiom, ...]
    definitions: tuple[UsedDefinition, ...]
    users: Mapping[str, int]


def ledger(theorems: Mapping[str, Theorem], names: tuple[str, ...] | None = None) -> Ledger:
    """The ledger of some results.

    Args:
        theorems: the whole library, by id.
        names: which results; all of them if None.
    """
    below = {name: _reached(theorems, name) for name in (theorems if names is None else names)}
    results = tuple(sorted({each for reached in below.values() for each in reached}))
    for name in results:
        if name not in below:
            below[name] = _reached(theorems, name)
    axioms = sorted(
        (a for name in results for a in own_axioms(theorems[name])), key=lambda a: (KINDS.index(a.kind), a.name)
    )
    stated: dict[str, Definition] = {}
    for name in theorems if names is None else names:
        stated |= {d.name: d for d in theorems[name].definitions()}
    found = dict(stated)
    for name in results:
        found |= notions(theorems[name])
    used = sorted(found.values(), key=lambda d: (d.kind != "primitive", d.name))
    return Ledger(
        results, tuple(axioms), tuple(UsedDefinition(d, d.name in stated) for d in used),
        {a.name: sum(a.owner in below[name] and name != a.name for name in results) for a in axioms},
    )  # fmt: skip


def own_axioms(theorem: Theorem) -> Iterator[Axiom]:
    """What a result takes for granted itself: all of it, or steps of its proof. A claim rests on nothing."""
    if theorem.refuted_by:
        return
    if theorem.proof:
        for number, step in enumerate(walk(theorem.proof), 1):
            kind = _kind(step)
            if kind:
                name = f"{theorem.id}: {step.label or f'step {number}'}"
                claim = str(step.claim) if step.claim is not None else f"the goal at a step {step.kind}"
                digest = step.claim.digest if step.claim is not None else theorem.statement_digest
                yield Axiom(name, kind, theorem.id, claim, step.reference, "", digest, step.source)
        return
    citation = theorem.citation
    premises = [str(p) for _, p in theorem.hypotheses]
    says = f"{' and '.join(premises)} implies {theorem.conclusion}" if premises else str(theorem.conclusion)
    work = "" if citation is None else ", ".join(
        part for part in (citation.work.authors, citation.work.title, citation.work.venue, citation.work.year) if part
    )  # fmt: skip
    place = "" if citation is None else citation.place
    kind = "open" if citation is None else "cited"
    yield Axiom(theorem.id, kind, theorem.id, says, work, place, theorem.statement_digest, theorem.where)


def _kind(step: Step) -> str:
    if step.kind == "cite":
        return "cited"
    if step.kind == "open":
        return "open"
    oracle = any(by is not None and by.rule == "smt" for by in (step.by, *(link.by for link in step.links)))
    return "oracle" if oracle else ""


def notions(theorem: Theorem) -> dict[str, Definition]:
    """All definitions that the statement or the proof of a result speaks of, inner ones included, by name."""
    found = {d.name: d for d in theorem.definitions()}
    for step in walk(theorem.proof):
        for term in _terms(step):
            definitions_in(term, found)
        for definition in (
            *step.definitions,
            *(d for by in (step.by, *(k.by for k in step.links)) if by for d in by.unfold),
        ):
            found.setdefault(definition.name, definition)
    return found


def _terms(step: Step) -> Iterator[Term]:
    yield from (t for t in (step.claim, *(b.assumption for b in step.branches)) if t is not None)
    yield from (*step.terms, *(link.term for link in step.links), *(value for _, value in step.substitution))


def _reached(theorems: Mapping[str, Theorem], name: str) -> dict[str, str]:
    """The result and all that it rests on; each with the one that applies it on a shortest way, itself with nothing."""
    found, pending = {name: ""}, [name]
    for current in pending:
        for below in theorems[current].uses():
            if below not in found and below in theorems:
                found[below] = current
                pending.append(below)
    return found


def path_to(theorems: Mapping[str, Theorem], name: str, owner: str) -> tuple[str, ...]:
    """A shortest way from a result to one that it rests on, both included; empty if it does not rest on it."""
    reached = _reached(theorems, name)
    path = [owner] if owner in reached else []
    while path and path[0] != name:
        path.insert(0, reached[path[0]])
    return tuple(path)


# What is avoided -----------------------------------------------------------------------------------------------------


def avoidance_problem(theorems: Mapping[str, Theorem], name: str, known: Mapping[str, Theorem]) -> Diagnostic | None:
    """What is wrong with a result's declaration of what it avoids; None if nothing is, or there is none.

    Args:
        theorems: the result and all that it rests on, by id.
        name: the result.
        known: the whole library, in which the names that are avoided have to occur.
    """
    theorem = theorems[name]
    avoids = theorem.extra.get("avoids", ())
    if not isinstance(avoids, list | tuple) or not all(isinstance(each, str) for each in avoids):
        return _diagnostic(
            theorem, 'extra["avoids"] cannot be read', repr(avoids)[:80],
            'names of results or definitions, or "cited": extra={"avoids": ["calculus.least_upper_bound"]}',
        )  # fmt: skip
    for avoided in avoids:
        path = _way_to(theorems, name, avoided)
        if path:
            return _diagnostic(
                theorem, f'extra["avoids"] names {avoided}, but the result rests on it', " -> ".join(path),
                "a proof without it", f"symproof axioms {name} shows all that it rests on without proof",
            )  # fmt: skip
        if avoided not in known and avoided != CITED and not any(avoided in notions(each) for each in known.values()):
            names = {*known, CITED, *(d for each in known.values() for d in notions(each))}
            return _diagnostic(
                theorem, 'extra["avoids"] names what is neither a result nor a definition', avoided[:80],
                'the id of a result, the name of a definition, or "cited"', did_you_mean(avoided, names),
            )  # fmt: skip
    return None


def _way_to(theorems: Mapping[str, Theorem], name: str, avoided: str) -> tuple[str, ...]:
    """How a result comes to rest on something that is avoided; empty if it does not."""
    for owner in _reached(theorems, name):
        cited = [a.name for a in own_axioms(theorems[owner]) if a.kind == "cited"]
        if avoided == owner != name or (avoided == CITED and cited):
            path = path_to(theorems, name, owner)
            return path if avoided == owner or cited[0] == owner else (*path, cited[0])
        if avoided in notions(theorems[owner]):
            return (*path_to(theorems, name, owner), avoided)
    return ()


def _diagnostic(theorem: Theorem, message: str, got: str, expected: str, hint: str = "") -> Diagnostic:
    return Diagnostic(AVOID_CODE, theorem.id, "avoids", message, theorem.where, got=got, expected=expected, hint=hint)
