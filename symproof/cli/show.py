"""``symproof show``: one result in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import CacheOption, JobsOption, NoCacheOption, check_options
from symproof.cli.checked_library import PathOption, check_with_progress, open_library
from symproof.cli.coq_options import CoqFolderOption, CoqOption
from symproof.cli.exit_code import ExitCode
from symproof.cli.export_coq import coq_coverage, coq_outcome
from symproof.diagnostic_text import by_text, diagnostic_dict
from symproof.graph import dependencies
from symproof.kernel.check import CheckedStep
from symproof.library import Library
from symproof.library_check import CheckedTheorem
from symproof.logic.definition import Definition
from symproof.logic.term import Term
from symproof.plain_prose import plain_prose
from symproof.source_place import shown_path
from symproof.tactics.expand import has_tactics
from symproof.tactics.written_steps import written_steps
from symproof.theorem_text import counterexample, proof_lines, statement_lines
from symproof.vacuity_text import vacuity_data, vacuity_lines

if TYPE_CHECKING:
    from symproof.report.coq_coverage import CoqCoverage

__all__ = ["run"]


def run(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of a result, as in symproof list.")],
    path: PathOption = None,
    jobs: JobsOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    coq: CoqOption = False,
    coq_folder: CoqFolderOption = None,
    expanded: Annotated[bool, typer.Option("--expanded", help="The steps that its tactics stand for, too.")] = False,
) -> Answer:
    """Show one result: what it says, its proof, what it rests on, what rests on it, and how far it can be trusted.

    Also, if its author gives them, values at which its hypotheses hold and what fails without each, evaluated anew.
    The proof is shown as it was written; with --expanded, in place of each tactic the steps that the kernel checked.
    With --coq or --coq-folder each step says how many of its statements Coq confirms, see symproof report.
    The result is checked first. Exit code 0 also if it fails: see symproof check.
    """
    outcome = coq_outcome(coq, coq_folder)
    library = open_library(path)
    library.require([id])
    everything = check_with_progress(library, [id], check_options(path, jobs, cache, no_cache))
    checked = everything[id]
    coverage = coq_coverage(library, {id: checked}, coq, outcome)
    folded = not expanded and has_tactics(library.theorems[id])
    if folded:
        steps = written_steps(library.theorems[id], checked.result.steps)
        checked = replace(checked, result=replace(checked.result, steps=steps))
    used_by = tuple(sorted(dependencies(library.theorems).predecessors(id)))
    values = counterexample(everything[checked.refuted_by].result, checked.theorem) if checked.refuted_by else ()
    vacuity = vacuity_data(library.theorems[id], library.meeting_points().get(id))
    lines = _lines(checked, library, used_by, values, coverage, vacuity_lines(vacuity))
    lines += ["", "What tactics found is folded up; --expanded shows it."] if folded else []
    data = {**_data(checked, library, used_by, values), "expanded": not folded, "vacuity": vacuity}
    if coverage is not None:
        lines += ["", *coverage.lines()]
        data["coq"] = coverage.as_dict()
    return Answer(ExitCode.YES, data, "\n".join(lines))


Values = tuple[tuple[str, Term], ...]


def _lines(
    checked: CheckedTheorem,
    library: Library,
    used_by: tuple[str, ...],
    values: Values,
    coverage: CoqCoverage | None,
    vacuity: list[str],
) -> list[str]:
    def mark(path: str) -> str:
        found = coverage.at(checked.theorem.id, [path]) if coverage is not None else None
        return f"[{found.words}]" if found is not None else ""

    theorem = checked.theorem
    head = [f"{theorem.id}: {theorem.title}", _trust_line(checked)]
    head.append(f"file: {shown_path(library.files[theorem.id])}:{theorem.where.line}")
    head.append(f"from: {library.origin(theorem.id)}")
    if theorem.origin:
        head.append(f"literature: {theorem.origin.text}")
    if theorem.source:
        head.append(f"source: {plain_prose(theorem.source)}")
    foot = [f"uses: {', '.join(checked.result.uses) or 'nothing'}", f"used by: {', '.join(used_by) or 'nothing'}"]
    proof = proof_lines(checked.result, mark)
    if checked.refuted_by:
        proof = [f"Refuted: {checked.refuted_by} proves the negation of the whole claim."]
        proof += ["Counterexample", *(f"  {name} = {value}" for name, value in values)] if values else []
    met = ["", *vacuity] if vacuity else []
    return [*head, "", *statement_lines(theorem), *met, "", *proof, "", *foot]


def _trust_line(checked: CheckedTheorem) -> str:
    failing = len(checked.result.diagnostics)
    also = f"; symproof check {checked.theorem.id} says why" if failing else ""
    return f"trust: {checked.trust}" + (f" ({checked.why}{also})" if checked.why else "")


def _data(checked: CheckedTheorem, library: Library, used_by: tuple[str, ...], values: Values) -> Mapping[str, object]:
    theorem, result = checked.theorem, checked.result
    return {
        "id": theorem.id,
        "title": theorem.title,
        "accepted": checked.accepted,
        "trust": checked.trust,
        "own_trust": checked.own_trust,
        "why": checked.why,
        "origin": str(library.origin(theorem.id)),
        "refuted_by": checked.refuted_by or None,
        "counterexample": {name: str(value) for name, value in values} or None,
        "file": shown_path(library.files[theorem.id]),
        "line": theorem.where.line,
        "source": theorem.source,
        "prose": theorem.prose,
        "variables": [{"name": v.name, "sort": str(v.sort)} for v in theorem.variables],
        "hypotheses": [{"label": label, "proposition": str(p)} for label, p in theorem.hypotheses],
        "conclusion": str(theorem.conclusion),
        "definitions": [_definition(d) for d in theorem.definitions()],
        "statement_digest": theorem.statement_digest,
        "citation": {"key": c.key, "text": c.text} if (c := theorem.citation) is not None else None,
        "steps": [_step(step) for step in result.steps],
        "uses": list(result.uses),
        "rests_on": [{"id": g.id, "trust": g.trust, "accepted": g.accepted} for g in checked.rests_on],
        "used_by": list(used_by),
        "diagnostics": [diagnostic_dict(d) for d in result.diagnostics],
    }


def _definition(d: Definition) -> dict[str, object]:
    parts = {"body": d.body, "base": d.base, "step": d.step}
    return {
        "name": d.name,
        "kind": d.kind,
        "parameters": [p.name for p in d.params],
        **{name: str(term) for name, term in parts.items() if term is not None},
        "doc": d.doc,
    }


def _step(checked: CheckedStep) -> dict[str, object]:
    step = checked.step
    return {
        "path": checked.path,
        "kind": step.kind,
        "label": step.label,
        "claim": str(checked.claim) if checked.claim is not None else None,
        "by": by_text(step.by) if step.by is not None and step.kind != "apply" else None,
        "applies": step.target if step.kind == "apply" else None,
        "trust": checked.trust,
        "accepted": checked.accepted,
        "note": step.note,
        "steps": [_step(child) for child in checked.children],
    }
