"""``symproof check``: check results and all that they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

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
    CheckedIndex,
    PathOption,
    checked_index,
    open_library,
    same_statement_dicts,
    summary_of,
)
from symproof.cli.exit_code import ExitCode
from symproof.engine.library_index import LibraryIndex
from symproof.errors import InputError
from symproof.judged_result import JudgedResult
from symproof.kernel.interface import TRUST_LEVELS, worst
from symproof.source_place import shown_place

if TYPE_CHECKING:
    from symproof.kernel.diagnostic import Diagnostic
    from symproof.library import Library
    from symproof.tactics.unused import Unused

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
        from symproof.cli.watch import watch_and_check

        return watch_and_check(ids or (), path or (), ("--require", require) if require is not None else ())
    options = check_options(path, jobs, cache, no_cache, step_time, step_memory)
    found = checked_index(options, ids or (), changed or ())
    if not found.index.results:
        return Answer(ExitCode.YES, {"accepted": True, "results": []}, "No result that you ask for is affected.")
    idle = _unused(open_library(path), found) if unused else None
    return _answer(found, ids or (), require, idle)


def _answer(
    found: CheckedIndex, ids: Sequence[str], require: str | None, idle: Sequence[Unused] | None = None
) -> Answer:
    index, judged = found.index, found.index.judged
    counted = [name for name in found.asked if ids or not judged[name].refuted_by]
    below = [name for name in counted if require is not None and worst(judged[name].trust, require) != require]
    diagnostics = _diagnostics(found)
    summary = summary_of(index.summary)
    pairs = same_statement_dicts(index, index.results)
    failing = [name for name, each in judged.items() if not each.accepted and (name in ids or not each.refuted_by)]
    accepted = not failing and not below
    lines = [_line(each, len(diagnostics.get(name, ()))) for name, each in judged.items()]
    lines += _texts(diagnostics)
    lines += [f"below {require}: {', '.join(below)}"] if below else []
    lines += [f"warning: {pair['message']}" for pair in pairs]
    lines += [f"warning: {each} ({shown_place(each.source.file, each.source.line)})" for each in idle or ()]
    lines.append(str(summary["summary_line"]))
    results = [_data(index, name, diagnostics.get(name, [])) for name in index.results]
    data = {"accepted": accepted, "results": results, "below_required": below, **summary}
    data |= {"duplicates": pairs, "problems": list(found.problems)}
    data |= {"unused": [asdict(each) for each in idle]} if idle is not None else {}
    code = ExitCode.BAD_INPUT if found.problems and not ids else ExitCode.YES
    if not accepted:
        undecided = failing and all(judged[name].undecided for name in failing)
        undecided = undecided and not any(judged[name].accepted for name in below)
        code = ExitCode.UNDECIDED if undecided else ExitCode.NO
    return Answer(code, data, "\n".join(lines))


def _unused(library: Library, found: CheckedIndex) -> list[Unused]:
    """What the accepted ones of the proofs that were asked for do not need."""
    from symproof.tactics.unused import unused

    accepted = [name for name in found.asked if found.index.judged[name].accepted]
    return [each for name in accepted for each in unused(library.theorems[name], library.theorems)]


def _diagnostics(found: CheckedIndex) -> dict[str, list[Diagnostic]]:
    """The diagnostics by id, with help for the first few; what comes later is often a consequence."""
    failed = {name: each.result.diagnostics for name, each in found.checked.items() if each.result.diagnostics}
    if not failed:
        return {}
    from symproof.tactics.explain import explain

    return {
        name: [explain(d) if number < MOST_EXPLAINED else d for number, d in enumerate(diagnostics)]
        for name, diagnostics in failed.items()
    }


def _texts(diagnostics: Mapping[str, Sequence[Diagnostic]]) -> list[str]:
    if not diagnostics:
        return []
    from symproof.diagnostic_text import diagnostic_text

    return [diagnostic_text(d) for found in diagnostics.values() for d in found]


def _dicts(diagnostics: Sequence[Diagnostic]) -> list[dict[str, object]]:
    if not diagnostics:
        return []
    from symproof.diagnostic_text import diagnostic_dict

    return [diagnostic_dict(d) for d in diagnostics]


def _line(judged: JudgedResult, count: int) -> str:
    name = judged.node.id
    if judged.undecided:
        return f"{name}: UNDECIDED ({judged.undecided})"
    if judged.refuted_by:
        return f"{name}: refuted ({judged.why})"
    if not judged.node.accepted:
        return f"{name}: FAILS ({count} diagnostic{'s' * (count != 1)})"
    return f"{name}: {judged.trust}" + (f" ({judged.why})" if judged.why else "")


def _data(index: LibraryIndex, name: str, diagnostics: Sequence[Diagnostic]) -> dict[str, object]:
    result, judged = index.results[name], index.judged[name]
    return {
        "id": name,
        "title": judged.node.title,
        "accepted": judged.accepted,
        "own_accepted": judged.node.accepted,
        "trust": judged.trust,
        "own_trust": judged.own_trust,
        "undecided": judged.undecided or None,
        "why": judged.why,
        "refuted_by": judged.refuted_by or None,
        "uses": list(judged.node.uses),
        "rests_on": [{"id": g.id, "trust": g.trust, "accepted": g.accepted} for g in judged.rests_on],
        "citations": list(judged.node.citations),
        "steps": result.steps,
        "statement_digest": result.statement_digest,
        "diagnostics": _dicts(diagnostics),
    }
