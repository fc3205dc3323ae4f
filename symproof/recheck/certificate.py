"""Reading a certificate: from JSON to theorems with their proofs. Whatever does not fit is refused with its place.

Nothing is decided here but that the file is what it says it is: its hashes are those of its contents, and a result
applies only results that stand before it. Of trust it says only what is claimed, which the verdict compares with what
comes out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from symproof.recheck.json_reader import Place, canonical_text
from symproof.recheck.proof import KINDS, Branch, By, FactReference, Link, Step, Theorem
from symproof.recheck.question import LEVELS, Evidence
from symproof.recheck.term import Definition
from symproof.recheck.term_table import Table

__all__ = ["FORMAT", "PARTS", "READERS", "Certificate", "Instance", "WrongHash", "hash_of", "read_certificate", "walk"]

FORMAT = "symproof.certificate/1"
"""The version of the format that is read here."""
READERS = "for_readers"
"""The field of texts that only people read; nothing is concluded from them."""
PARTS: Mapping[str, tuple[str, str]] = {
    "have": ("label claim", "by steps"),
    "calc": ("label terms links", ""),
    "suffices": ("label claim", "by steps"),
    "assume": ("labels", ""),
    "take": ("variables", ""),
    "let": ("label variables terms", ""),
    "obtain": ("labels variables facts", ""),
    "witness": ("terms", ""),
    "cases": ("branches", "by"),
    "conjunction": ("branches", ""),
    "contradiction": ("label steps", ""),
    "induction": ("label variables branches", ""),
    "apply": ("labels target substitution", "by"),
    "unfold": ("target definitions", "label"),
    "cite": ("label claim reference", ""),
    "open": ("label claim", ""),
    "qed": ("", "by steps"),
}
"""The fields of each kind of step: those it has, those it may have."""
_COUNTS = {"calc": {"terms": 1}, "let": {"variables": 1, "terms": 1}, "obtain": {"facts": 1},
           "induction": {"variables": 1, "branches": 2}}  # fmt: skip
MOST_STEPS_DEEP = 40
"""How deep steps may be nested."""


class WrongHash(Exception):
    """The contents are not those of which the hash was taken."""

    def __init__(self, place: Place) -> None:
        super().__init__(f"{place.path}: the hash is not that of the contents")
        self.where = place.path


@dataclass(frozen=True)
class Instance:
    """Numbers in a theorem.

    Attributes:
        theorem: the result that was asked for.
        applied: the one whose hypotheses these are.
        verdict: ``certified``, ``not_applicable`` or ``undecided``.
        hypotheses: the labels that are decided together, and whether they hold; None if that is not known.
        numbers: the numbers by name; None if the certificate has none.
    """

    theorem: str
    applied: str
    verdict: str
    hypotheses: tuple[tuple[tuple[str, ...], bool | None], ...]
    numbers: Any


@dataclass(frozen=True)
class Certificate:
    """What was read.

    Attributes:
        theorems: the results by id, each after those that it applies.
        asked: those that the certificate is about; the others are there since they rest on them.
        claimed: the level of trust that each is said to have; nothing but a claim.
        versions: what wrote it.
        instance: numbers in one of the results, if it is about numbers.
    """

    theorems: Mapping[str, Theorem]
    asked: tuple[str, ...]
    claimed: Mapping[str, str]
    versions: Mapping[str, str]
    instance: Instance | None = None


def hash_of(value: Mapping[str, Any], *without: str) -> str:
    """The hash of an object without some of its fields (hex SHA-256 of its canonical text)."""
    return hashlib.sha256(canonical_text({k: v for k, v in value.items() if k not in without})).hexdigest()


def walk(steps: tuple[Step, ...]) -> Iterator[Step]:
    """All steps of a proof, outer before inner."""
    for step in steps:
        yield step
        yield from walk(step.steps)
        for branch in step.branches:
            yield from walk(branch.steps)


def read_certificate(root: Place) -> Certificate:
    """The results of a certificate.

    Raises:
        Unreadable: it is no certificate of this version.
        WrongHash: a hash is not that of the contents.
    """
    members = root.object(("format", "kind", "versions", "asked", "theorems", "hash"), ("instance", READERS))
    members["format"].one_of((FORMAT,))
    kind = members["kind"].one_of(("results", "instance"))
    if (kind == "instance") != ("instance" in members):
        members["kind"].refuse("an instance, and nothing else, has a field 'instance'")
    versions = {name: each.text() for name, each in members["versions"].members().items()}
    _require_hash(root, members["hash"])
    theorems: dict[str, Theorem] = {}
    hashes: dict[str, str] = {}
    claimed: dict[str, str] = {}
    notions: dict[str, Definition] = {}
    for place in members["theorems"].list():
        theorem, hashes_of = _theorem(place, notions, hashes)
        theorems[theorem.id] = theorem
        hashes[theorem.id], claimed[theorem.id] = hashes_of
    asked = []
    for each in members["asked"].list():
        asked.append(each.one_of(tuple(theorems)) if theorems else each.refuse("no such result"))
    if not asked or len(set(asked)) < len(asked):
        members["asked"].refuse("one or more different results are wanted")
    instance = _instance(members["instance"], theorems, notions) if "instance" in members else None
    return Certificate(theorems, tuple(asked), claimed, versions, instance)


def _instance(place: Place, theorems: Mapping[str, Theorem], notions: dict[str, Definition]) -> Instance:
    members = place.object(("theorem", "applied", "verdict", "hypotheses", "table", "numbers"))
    ids = tuple(theorems)
    table = Table(members["table"], notions)
    hypotheses = []
    for each in members["hypotheses"].list():
        labels, holds = each.list(2)
        if not (holds.value is None or type(holds.value) is bool):
            holds.refuse("true, false or null is wanted")
        hypotheses.append((tuple(label.name() for label in labels.list()), holds.value))
    return Instance(
        members["theorem"].one_of(ids),
        members["applied"].one_of(ids),
        members["verdict"].one_of(("certified", "not_applicable", "undecided")),
        tuple(hypotheses),
        table.value(members["numbers"], lambda each: each.refuse("an instance has no facts")),
    )


def _require_hash(place: Place, stated: Place, *without: str) -> None:
    stated.text()
    if stated.value != hash_of(place.value, "hash", *without):
        raise WrongHash(stated)


def _theorem(place: Place, notions: dict[str, Definition], hashes: Mapping[str, str]) -> tuple[Theorem, Any]:
    members = place.object(
        ("id", "table", "statement", "uses", "trust", "hash"),
        ("proof", "citation", "refuted_by", "evidence", READERS),
    )
    id, stated = members["id"].name(), members["hash"]
    if id in hashes:
        members["id"].refuse("there is a result of this id before")
    _require_hash(place, stated, READERS)
    if READERS in members:
        members[READERS].members()
    reader = _ProofReader(Table(members["table"], notions))
    statement = members["statement"].object(("variables", "hypotheses", "conclusion"))
    hypotheses = []
    for each in statement["hypotheses"].list():
        label, proposition = each.list(2)
        hypotheses.append((label.name(), reader.table.term(proposition)))
    grounds = [name for name in ("proof", "citation", "refuted_by") if name in members]
    if len(grounds) > 1:
        members[grounds[1]].refuse(f"a result with {grounds[0]} has no {grounds[1]}")
    theorem = Theorem(
        id,
        reader.table.variables(statement["variables"]),
        tuple(hypotheses),
        reader.table.term(statement["conclusion"]),
        reader.steps(members["proof"]) if "proof" in members else (),
        members["citation"].name() if "citation" in members else "",
        members["refuted_by"].name() if "refuted_by" in members else "",
        reader.evidence(members["evidence"]) if "evidence" in members else Evidence(),
    )
    if "proof" in members and not theorem.proof:
        members["proof"].refuse("a proof has steps")
    _require_uses(members["uses"], theorem, hashes)
    return theorem, (stated.text(), members["trust"].one_of((*LEVELS, "refuted")))


def _require_uses(place: Place, theorem: Theorem, hashes: Mapping[str, str]) -> None:
    """Refuse unless exactly the results are named that a theorem rests on, which stand before it, with their hashes."""
    found = place.members()
    wanted = {step.target for step in walk(theorem.proof) if step.kind == "apply"}
    wanted |= {theorem.refuted_by} - {""}
    for name in sorted(wanted ^ set(found)):
        place.refuse(f"{name[:80]!r} is {'not named, but used' if name in wanted else 'named, but not used'}")
    for name, stated in found.items():
        if name not in hashes:
            stated.refuse("no such result stands before this one")
        if stated.text() != hashes[name]:
            raise WrongHash(stated)


class _ProofReader:
    """Reads steps and evidence with one table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self._deep = 0
        self._readers = {
            "label": Place.text,
            "target": Place.name,
            "reference": Place.name,
            "labels": lambda p: tuple(each.text() for each in p.list()),
            "claim": table.term,
            "terms": table.terms,
            "variables": table.variables,
            "definitions": lambda p: tuple(map(table.definition, p.list())),
            "substitution": self._substitution,
            "facts": self.facts,
            "by": self.by,
            "links": lambda p: tuple(map(self._link, p.list())),
            "branches": lambda p: tuple(map(self._branch, p.list())),
            "steps": self.steps,
        }

    def steps(self, place: Place) -> tuple[Step, ...]:
        """The steps of a (sub-)proof."""
        self._deep += 1
        if self._deep > MOST_STEPS_DEEP:
            place.refuse(f"steps are nested more than {MOST_STEPS_DEEP} deep")
        found = tuple(map(self._step, place.list()))
        self._deep -= 1
        return found

    def _step(self, place: Place) -> Step:
        kind = place.members().get("kind") or place.refuse("the field 'kind' is missing")
        required, optional = (names.split() for names in PARTS[kind.one_of(KINDS)])
        members = place.object(("kind", *required), optional)
        for name, count in _COUNTS.get(kind.value, {}).items():
            members[name].list(count)
        parts: dict[str, Any] = {n: self._readers[n](each) for n, each in members.items() if n != "kind"}
        return Step(kind.value, **parts)

    def _branch(self, place: Place) -> Branch:
        members = place.object(("steps",), ("label", "assumption"))
        label = members["label"].text() if "label" in members else ""
        assumption = self.table.term(members["assumption"]) if "assumption" in members else None
        return Branch(self.steps(members["steps"]), label, assumption)

    def _link(self, place: Place) -> Link:
        members = place.object(("relation", "term", "by"))
        return Link(members["relation"].name(), self.table.term(members["term"]), self.by(members["by"]))

    def _substitution(self, place: Place) -> tuple[tuple[str, Any], ...]:
        return tuple((name, self.table.term(each)) for name, each in place.members().items())

    def by(self, place: Place) -> By:
        """The reason of a step."""
        members = place.object(("rule",), ("facts", "rewrite", "unfold", "options"))
        facts, rewrite = (self.facts(members[n]) if n in members else () for n in ("facts", "rewrite"))
        unfold = tuple(map(self.table.definition, members["unfold"].list())) if "unfold" in members else ()
        options = members["options"].members() if "options" in members else {}
        values = tuple((name, self.table.value(each, self.fact)) for name, each in options.items())
        return By(members["rule"].name(), facts, rewrite, unfold, values)

    def facts(self, place: Place) -> tuple[FactReference, ...]:
        """An array of facts."""
        return tuple(map(self.fact, place.list()))

    def fact(self, place: Place) -> FactReference:
        """A label, or an array of a label and terms."""
        if type(place.value) is str:
            return FactReference(place.name())
        label, *rest = place.list() or place.refuse("a label is wanted")
        return FactReference(label.name(), tuple(map(self.table.term, rest)))

    def evidence(self, place: Place) -> Evidence:
        """What was found for the rules."""
        entries = []
        for each in place.list():
            members = each.object(("rule", "goal", "facts", "value"))
            goal, facts = self.table.term(members["goal"]), self.table.terms(members["facts"])
            entries.append((members["rule"].name(), goal, facts, self.table.value(members["value"], self.fact)))
        return Evidence(tuple(entries))
