"""Certificates of results: statements, definitions, expanded proofs and evidence as JSON (docs/certificates.md).

What is written comes from a check of this run, never from a cache, and is the same to the byte in every run.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import flint

import symproof
from symproof.engine.content_hash import hash_of
from symproof.engine.content_key import kernel_code
from symproof.export.evidence_form import evidence_forms
from symproof.export.term_table import NotExportable, TableWriter
from symproof.instances.instance_run import plain_report
from symproof.instances.offer import InstanceOffer, InstanceReport
from symproof.library_check import CheckedTheorem
from symproof.proof.step import Branch, By, Step
from symproof.proof.theorem import Theorem

__all__ = ["FORMAT", "certificate", "certificate_text", "instance_certificate"]

FORMAT = "symproof.certificate/1"
"""The version of the format."""
_PARTS: Mapping[str, tuple[str, str]] = {
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
"""The fields of each kind of step: those that are always written, those that are written unless they are empty."""


def certificate(asked: Sequence[str], checked: Mapping[str, CheckedTheorem]) -> dict[str, Any]:
    """A certificate of some results with all that they rest on.

    Args:
        asked: the ids.
        checked: the results of this run with their evidence (so none of them comes from a cache), by id; what others
            rest on comes first.

    Raises:
        NotExportable: a result is not accepted, or holds what has no place in a certificate.
    """
    return _sealed("results", asked, checked, {})


def instance_certificate(
    report: InstanceReport,
    offer: InstanceOffer,
    asked: Sequence[str],
    checked: Mapping[str, CheckedTheorem],
    trust_summary: str = "",
) -> dict[str, Any]:
    """A certificate of numbers in a theorem: the results that it rests on, the hypotheses, the numbers.

    What is shown to people of the run (the result in texts, every step on the numbers) is marked as such.

    Args:
        report: the run.
        offer: how the theorem takes numbers.
        asked: the results that the run rests on.
        checked: these with all that they rest on, as for :func:`certificate`.
        trust_summary: the one-line summary of their trust.

    Raises:
        NotExportable: as for :func:`certificate`.
    """
    table = TableWriter()
    found = {
        "theorem": report.theorem,
        "applied": report.applied,
        "verdict": report.verdict,
        "hypotheses": [[list(h.covered), h.holds] for h in report.hypotheses],
        "numbers": table.value(offer.numbers(report.numbers) if offer.numbers is not None else None),
    }
    shown = plain_report(report, checked[report.applied].theorem, trust_summary)
    return _sealed("instance", asked, checked, {"instance": {**found, "table": table.entries}, "for_readers": shown})


def _sealed(
    kind: str, asked: Sequence[str], checked: Mapping[str, CheckedTheorem], more: Mapping[str, Any]
) -> dict[str, Any]:
    hashes: dict[str, str] = {}
    theorems = [_theorem(each, hashes) for each in checked.values()]
    versions = {"symproof": symproof.__version__, "kernel": kernel_code(), "python-flint": flint.__version__}
    found = {"format": FORMAT, "kind": kind, "versions": versions, "asked": sorted(asked), "theorems": theorems, **more}
    return {**found, "hash": hash_of(found)}


def certificate_text(found: Mapping[str, Any]) -> str:
    """A certificate as the text of a file, a line for each result."""
    lines = [_line(each) for each in found["theorems"]]
    head = {name: value for name, value in found.items() if name != "theorems"}
    inside = ",\n".join(lines)
    return f'{_line(head)[:-1]},"theorems":[\n{inside}\n]}}\n'


def _line(value: Any) -> str:
    return json.dumps(value, ensure_ascii=True, allow_nan=False, sort_keys=True, separators=(",", ":"))


# Results -------------------------------------------------------------------------------------------------------------


def _theorem(checked: CheckedTheorem, hashes: dict[str, str]) -> dict[str, Any]:
    """The form of one result; puts its hash among the others."""
    theorem = checked.result.theorem
    if not (checked.accepted or checked.refuted_by):
        raise NotExportable(f"{theorem.id} is not accepted: {checked.why or 'its check fails'}")
    table = TableWriter()
    statement = {
        "variables": [table.term(v) for v in theorem.variables],
        "hypotheses": [[label, table.term(p)] for label, p in theorem.hypotheses],
        "conclusion": table.term(theorem.conclusion),
    }
    found: dict[str, Any] = {"id": theorem.id, "statement": statement, **_grounds(theorem, table)}
    evidence = evidence_forms(checked.evidence.asked, table)
    if evidence:
        found["evidence"] = evidence
    below = (*theorem.uses(), *([theorem.refuted_by] if theorem.refuted_by else ()))
    found |= {"table": table.entries, "uses": {name: hashes[name] for name in below}, "trust": checked.trust}
    hashes[theorem.id] = found["hash"] = hash_of(found)
    return {**found, "for_readers": _texts(theorem)}


def _grounds(theorem: Theorem, table: TableWriter) -> dict[str, Any]:
    if theorem.refuted_by:
        return {"refuted_by": theorem.refuted_by}
    if theorem.proof:
        return {"proof": [_step(step, table) for step in theorem.proof]}
    return {"citation": theorem.citation.text} if theorem.citation is not None else {}


def _texts(theorem: Theorem) -> dict[str, str]:
    origin = theorem.origin.text if theorem.origin is not None else ""
    texts = {"title": theorem.title, "prose": theorem.prose, "source": theorem.source, "origin": origin}
    return {name: text for name, text in texts.items() if text}


# Steps ---------------------------------------------------------------------------------------------------------------


def _step(step: Step, table: TableWriter) -> dict[str, Any]:
    """The form of one step. Raises NotExportable if it holds something that its kind does not have."""
    always, otherwise = (names.split() for names in _PARTS[step.kind])
    found: dict[str, Any] = {"kind": step.kind}
    for name in (*always, *otherwise):
        if name in always or getattr(step, name):
            found[name] = _part(name, getattr(step, name), table)
    return found


def _part(name: str, value: Any, table: TableWriter) -> Any:
    if name in ("label", "target", "reference"):
        return value
    if name == "labels":
        return list(value)
    if name == "claim":
        return table.term(value)
    if name in ("terms", "variables"):
        return [table.term(each) for each in value]
    if name == "definitions":
        return [table.definition(each) for each in value]
    if name == "substitution":
        return {label: table.term(each) for label, each in value}
    if name == "facts":
        return [table.fact(each) for each in value]
    if name == "by":
        return _by(value, table)
    if name == "links":
        return [{"relation": n.relation, "term": table.term(n.term), "by": _by(n.by, table)} for n in value]
    if name == "branches":
        return [_branch(each, table) for each in value]
    return [_step(each, table) for each in value]


def _branch(branch: Branch, table: TableWriter) -> dict[str, Any]:
    found: dict[str, Any] = {"steps": [_step(each, table) for each in branch.steps]}
    if branch.label:
        found["label"] = branch.label
    if branch.assumption is not None:
        found["assumption"] = table.term(branch.assumption)
    return found


def _by(by: By, table: TableWriter) -> dict[str, Any]:
    found: dict[str, Any] = {"rule": by.rule}
    for name in ("facts", "rewrite"):
        if getattr(by, name):
            found[name] = [table.fact(each) for each in getattr(by, name)]
    if by.unfold:
        found["unfold"] = [table.definition(each) for each in by.unfold]
    if by.options:
        found["options"] = {name: table.value(value) for name, value in sorted(by.options)}
    return found
