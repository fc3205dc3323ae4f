"""What ``symproof graph`` finds out about the work, as text, as JSON and as marks in the drawing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from symproof.engine.library_index import LibraryIndex
from symproof.graph_analysis import Change, critical_path, impact, open_results, unused_results
from symproof.judged_result import Node
from symproof.result_plan import Plan

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


def find_orphans(plans: Mapping[str, Plan]) -> Findings:
    """The results on which nothing rests and which are no main results.

    Args:
        plans: what all results are for, by id.
    """
    names = unused_results(plans)
    lines = ("orphans (nothing rests on them, and they are no main results):", *(f"  {name}" for name in names))
    return Findings("orphans", list(names), lines if names else ("no orphans",), dict.fromkeys(names, "orphan"))


def find_ready(results: Mapping[str, Node], plans: Mapping[str, Plan]) -> Findings:
    """The open results, and which of them can be proved next.

    Args:
        results: all checked results, by id.
        plans: what they are for, by id.
    """
    found = open_results(results, plans)
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


def find_impact(results: Mapping[str, Node], name: str) -> Findings:
    """What a change of a result means for the others.

    Args:
        results: all checked results, by id.
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


def find_critical_path(index: LibraryIndex, unit: str) -> Findings:
    """The longest chain of results that rest on each other.

    Args:
        index: all results.
        unit: ``steps``, or ``time``: the processor time of each check, in this run or in the one that the cache kept.
    """
    nodes = {name: each.node for name, each in index.results.items()}
    if unit == "time":
        path = critical_path(nodes, {name: each.seconds for name, each in index.results.items()}, "seconds")
    else:
        path = critical_path(nodes, {name: float(each.steps) for name, each in index.results.items()}, "steps")
    rows = list(zip(path.ids, map(_number, path.weights), strict=True))
    lines = [f"critical path: {_number(path.total)} {path.unit}", *(f"  {name}: {weight}" for name, weight in rows)]
    chain = [{"id": name, path.unit: weight} for name, weight in zip(path.ids, path.weights, strict=True)]
    data = {"unit": path.unit, "total": path.total, "path": chain}
    marks = {name: f"critical path: {weight} {path.unit}" for name, weight in rows}
    return Findings("critical_path", data, tuple(lines), marks, tuple(zip(path.ids, path.ids[1:], strict=False)))


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".")
