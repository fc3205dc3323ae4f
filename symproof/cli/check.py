"""``symproof check``: check results and all that they rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from symproof.affected_results import affected_results
from symproof.cli.answer import Answer
from symproof.cli.check_options import (
    CacheOption,
    JobsOption,
    NoCacheOption,
    StepMemoryOption,
    StepTimeOption,
    check_options,
)
from symproof.cli.checked_library import (
    PathOption,
    check_with_progress,
    open_library,
    same_statement_dicts,
    summary_dict,
)
from symproof.cli.exit_code import ExitCode
from symproof.cli.watch import watch_and_check
from symproof.diagnostic_text import diagnostic_dict, diagnostic_text
from symproof.engine.parallel_check import only_undecided
from symproof.errors import InputError
from symproof.kernel.diagnostic import Diagnostic
from symproof.kernel.interface import TRUST_LEVELS, worst
from symproof.library import Library
from symproof.library_check import CheckedTheorem, failures
from symproof.same_statement import same_statements
from symproof.source_place import shown_place
from symproof.tactics.explain import explain
from symproof.tactics.unused import Unused
from symproof.tactics.unused import unused as find_unused

__all__ = ["run"]

MOST_EXPLAINED = 5


def run(
    ids: Annotated[list[str] | None, typer.Argument(metavar="[ID]...", help="Which results; all by default.")] = None,
    path: PathOption = None,
    require: Annotated[
        str | None, typer.Option(metavar="LEVEL", help=f"Say no below this trust: {', '.join(TRUST_LEVELS[:5])}.")
    ] = None,
    jobs: JobsOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
    step_time: StepTimeOption = None,
    step_memory: StepMemoryOption = None,
    watch: Annotated[
        bool, typer.Option("--watch", help="Check again what is affected whenever a module is saved.")
    ] = False,
    unused: Annotated[
        bool, typer.Option("--unused", help="Warn of hypotheses and steps without which a proof is accepted.")
    ] = False,
    changed: Annotated[
        list[Path] | None, typer.Option(metavar="FILE", help="Only what a change to this file can affect; repeatable.")
    ] = None,
) -> Answer:
    """Check results and all that they rest on, and say how far they can be trusted.

    Exit code 0: every one is accepted; a citation and a gap marked as open are accepted as what they are, and the
    summary names them. 1: a step fails, results rest on each other in a circle, one rests on a refuted claim, or one
    that you ask for is below --require or, by name, a refuted claim (a library that merely states a refuted claim is in
    order: what counts is its refutation). 3: nothing fails, but a step ran into --step-time or --step-memory, or its
    rule does not decide it; it counts as open. 2: there is no such result, or a module cannot be loaded. One of an
    installed package does not keep the rest from being checked, and counts only if all results are asked for. A warning
    names results that state the same up to the names of variables and hypotheses and the order of hypotheses. With
    --unused, what a proof may not need is left out, one thing at a time, and the kernel asked again. With --watch: the
    code of the last check.
    """
    if require is not None and require not in TRUST_LEVELS[:5]:
        raise InputError("no such trust level", "--require", f"one of {', '.join(TRUST_LEVELS[:5])}", require[:40])
    if watch:
        return watch_and_check(ids or (), path or (), ("--require", require) if require is not None else ())
    options = check_options(path, jobs, cache, no_cache, step_time, step_memory)
    library = open_library(path)
    if changed:
        affected = affected_results(library, changed)
        ids = [name for name in library.require(ids or library.theorems) if name in affected]
        if not ids:
            return Answer(ExitCode.YES, {"accepted": True, "results": []}, "No result that you ask for is affected.")
    checked = check_with_progress(library, ids or None, options)
    asked = library.require(ids) if ids else tuple(library.theorems)
    counted = [name for name in asked if ids or not checked[name].refuted_by]
    below = [name for name in counted if require is not None and worst(checked[name].trust, require) != require]
    explained = {name: _explained(each.result.diagnostics) for name, each in checked.items()}
    summary = summary_dict(checked)
    lines = [_line(each) for each in checked.values()]
    lines += [diagnostic_text(d) for diagnostics in explained.values() for d in diagnostics]
    lines += [f"below {require}: {', '.join(below)}"] if below else []
    same = [p for p in same_statements(library.theorems.values()) if p.first in checked or p.second in checked]
    pairs = same_statement_dicts(same, library)
    lines += [f"warning: {pair['message']}" for pair in pairs]
    idle = [each for name in asked if unused and checked[name].accepted for each in _unused(library, name)]
    lines += [f"warning: {each} ({shown_place(each.source.file, each.source.line)})" for each in idle]
    failing = failures(checked, ids or ())
    accepted = not failing and not below
    lines.append(str(summary["summary_line"]))
    results = [_data(each, explained[name]) for name, each in checked.items()]
    problems = [problem.as_dict() for problem in library.problems]
    data = {"accepted": accepted, "results": results, "below_required": below, **summary}
    data |= {"duplicates": pairs, "problems": problems}
    data |= {"unused": [asdict(each) for each in idle]} if unused else {}
    code = ExitCode.BAD_INPUT if problems and not ids else ExitCode.YES
    if not accepted:
        undecided = only_undecided(checked[name] for name in failing)
        undecided = undecided and not any(checked[name].accepted for name in below)
        code = ExitCode.UNDECIDED if undecided else ExitCode.NO
    return Answer(code, data, "\n".join(lines))


def _unused(library: Library, name: str) -> tuple[Unused, ...]:
    return find_unused(library.theorems[name], library.theorems)


def _explained(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The diagnostics with help for the first few; what comes later is often a consequence."""
    return [explain(d) if k < MOST_EXPLAINED else d for k, d in enumerate(diagnostics)]


def _line(checked: CheckedTheorem) -> str:
    count = len(checked.result.diagnostics)
    if checked.undecided:
        return f"{checked.theorem.id}: UNDECIDED ({checked.undecided})"
    if checked.refuted_by:
        return f"{checked.theorem.id}: refuted ({checked.why})"
    if not checked.result.accepted:
        return f"{checked.theorem.id}: FAILS ({count} diagnostic{'s' * (count != 1)})"
    return f"{checked.theorem.id}: {checked.trust}" + (f" ({checked.why})" if checked.why else "")


def _data(checked: CheckedTheorem, diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    return {
        "id": checked.theorem.id,
        "title": checked.theorem.title,
        "accepted": checked.accepted,
        "own_accepted": checked.result.accepted,
        "trust": checked.trust,
        "own_trust": checked.own_trust,
        "undecided": checked.undecided or None,
        "why": checked.why,
        "refuted_by": checked.refuted_by or None,
        "uses": list(checked.result.uses),
        "rests_on": [{"id": g.id, "trust": g.trust, "accepted": g.accepted} for g in checked.rests_on],
        "citations": list(checked.result.citations),
        "steps": sum(1 for _ in checked.result.all_steps()),
        "statement_digest": checked.theorem.statement_digest,
        "diagnostics": [diagnostic_dict(d) for d in diagnostics],
    }
