"""What ``symproof graph`` finds out about the work, as text, as JSON and as marks in the drawing."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from symproof.cli.progress import show_progress
from symproof.graph import check_order, dependencies
from symproof.graph_analysis import Change, critical_path, impact, open_results, unused_results
from symproof.kernel.check import CheckResult
from symproof.library import Library
from symproof.tactics.evidence_search import prove_theorem

__all__ = ["Findings", "find_critical_path", "find_impact", "find_orphans", "find_ready"]


@dataclass(frozen=True)
class Findings:
    """One finding in its three forms.

    Attributes:
        key: the key under which ``--json`` prints it.
        data: what it prints there.
        lines: what a person reads.
        marks: what the nodes of the drawing say, by id.
        heavy: the edges that the drawing shows thick.
    """

    key: str
    data: object
    lines: tuple[str, ...]
    marks: Mapping[str, str]
    heavy: tuple[tuple[str, str], ...] = field(default=())


def find_orphans(library: Library) -> Findings:
    """The results on which nothing rests and which are no main results.

    Args:
        library: all results.
    """
    names = unused_results(library.theorems)
    lines = ("orphans (nothing rests on them, and they are no main results):", *(f"  {name}" for name in names))
    return Findings("orphans", list(names), lines if names else ("no orphans",), dict.fromkeys(names, "orphan"))


def find_ready(results: Mapping[str, CheckResult]) -> Findings:
    """The open results, and which of them can be proved next.

    Args:
        results: all check results, by id.
    """
    found = open_results(results)
    lines = []
    for each in found:
        if each.is_ready:
            lines.append(f"  {each.id}: ready (needs {', '.join(each.needs) or 'nothing that is known'})")
        else:
            lines.append(f"  {each.id}: waits for {', '.join(each.waits_for)}")
    data = [{"id": e.id, "ready": e.is_ready, "needs": list(e.needs), "waits_for": list(e.waits_for)} for e in found]
    head = f"open results ({sum(1 for each in found if each.is_ready)} ready to be proved next):"
    marks = {each.id: "ready next" if each.is_ready else "waits for others" for each in found}
    return Findings("open_results", data, (head, *lines) if found else ("no open results",), marks)


def find_impact(results: Mapping[str, CheckResult], name: str) -> Findings:
    """What a change of a result means for the others.

    Args:
        results: all check results, by id.
        name: the result that changes.
    """
    found = impact(results, name)
    lines = [
        f"impact of {name}:",
        f"  its statement changes: check again {', '.join(found.direct) or 'nothing else'}",
        f"  its trust changes: judge again {', '.join(found.above) or 'nothing else'}",
        *_changes("  it becomes a gap:", found.lost),
        *_changes("  its own steps become proved:", found.gained),
    ]
    data = {
        "id": name,
        "check_again": list(found.direct),
        "rests_on_it": list(found.above),
        "lost": [{"id": c.id, "now": c.now, "then": c.then} for c in found.lost],
        "gained": [{"id": c.id, "now": c.now, "then": c.then} for c in found.gained],
    }
    marks = {name: "changes", **dict.fromkeys(found.above, "judge again"), **dict.fromkeys(found.direct, "check again")}
    return Findings("impact", data, tuple(lines), marks)


def _changes(head: str, changes: tuple[Change, ...]) -> list[str]:
    if not changes:
        return [f"{head} no level changes"]
    return [head, *(f"    {c.id}: {c.now} -> {c.then}" for c in changes)]


def find_critical_path(library: Library, results: Mapping[str, CheckResult], unit: str) -> Findings:
    """The longest chain of results that rest on each other.

    Args:
        library: all results.
        results: all check results, by id.
        unit: ``steps``, or ``time``: then all are checked once more, one after the other, with a clock.
    """
    if unit == "time":
        path = critical_path(library.theorems, _check_seconds(library), "seconds")
    else:
        steps = {name: float(sum(1 for _ in result.all_steps())) for name, result in results.items()}
        path = critical_path(library.theorems, steps, "steps")
    rows = list(zip(path.ids, map(_number, path.weights), strict=True))
    lines = [f"critical path: {_number(path.total)} {path.unit}", *(f"  {name}: {weight}" for name, weight in rows)]
    chain = [{"id": name, path.unit: weight} for name, weight in zip(path.ids, path.weights, strict=True)]
    data = {"unit": path.unit, "total": path.total, "path": chain}
    marks = {name: f"critical path: {weight} {path.unit}" for name, weight in rows}
    return Findings("critical_path", data, tuple(lines), marks, tuple(zip(path.ids, path.ids[1:], strict=False)))


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")


def _check_seconds(library: Library) -> dict[str, float]:
    """How long each check takes on its own; what a proof that cannot be read does is said elsewhere."""
    seconds = {}
    order = [n for n in check_order(dependencies(library.theorems), library.theorems) if n in library.theorems]
    with show_progress("timing", total=len(order)) as advance:
        for name in order:
            begin = time.perf_counter()
            with contextlib.suppress(Exception):  # the check before this one reports it; here only its time counts
                prove_theorem(library.theorems[name], library.theorems)
            seconds[name] = time.perf_counter() - begin
            advance(name)
    return seconds
