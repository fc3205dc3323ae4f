"""``symproof graph``: the dependency graph, coloured by trust, and what it says about the work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import CacheOption, JobsOption, NoCacheOption, check_options
from symproof.cli.checked_library import PathOption, chapter_members, checked_index, open_library, summary_of
from symproof.cli.exit_code import ExitCode
from symproof.cli.graph_findings import Findings, find_critical_path, find_impact, find_orphans, find_ready
from symproof.cli.json_output import json_text
from symproof.engine.library_index import LibraryIndex
from symproof.errors import InputError
from symproof.graph import (
    chapter_graph,
    chapter_view,
    cycles,
    dependencies,
    dependency_graph,
    neighbourhood,
)
from symproof.graph_drawing import Direction, draw_pdf, draw_png, draw_svg, graph_dot, graph_json
from symproof.graph_graphml import graph_graphml
from symproof.known_ids import require_ids
from symproof.report.atomic_write import write_atomically
from symproof.result_plan import Plan, plan_of

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["run"]

TEXT_FORMATS = ("svg", "dot", "json", "tikz", "graphml")
FORMATS = (*TEXT_FORMATS, "pdf", "png")
SUFFIXES = {"tex": "tikz"}
SIDES = ("both", "below", "above")
DIRECTIONS = ("down", "right")


def run(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only this result and its neighbours.")] = None,
    format: Annotated[
        str | None, typer.Option(help=f"One of {', '.join(FORMATS)}; by default what --output ends in, else dot.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="The file to write; standard output by default.")] = None,
    depth: Annotated[
        int | None, typer.Option(help="With ID: how many arrows to follow each way; all by default.")
    ] = None,
    side: Annotated[
        str, typer.Option(help="With ID: below for what it rests on, above for what rests on it, or both.")
    ] = "both",
    chapter: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only this chapter, with its neighbours from elsewhere.")
    ] = None,
    chapters: Annotated[bool, typer.Option("--chapters", help="One node for each chapter.")] = False,
    direction: Annotated[str, typer.Option(help="Where the arrows go: down or right.")] = "down",
    orphans: Annotated[
        bool, typer.Option("--orphans", help="Say on which results nothing rests though they are no main results.")
    ] = False,
    ready: Annotated[
        bool, typer.Option("--ready", help="Say which open results can be proved next, and what the others wait for.")
    ] = False,
    impact: Annotated[
        str | None, typer.Option(metavar="ID", help="Say what a change of this result means for the others.")
    ] = None,
    critical_path: Annotated[
        str | None, typer.Option(metavar="UNIT", help="Say which chain is longest, by steps or by (check) time.")
    ] = None,
    path: PathOption = None,
    jobs: JobsOption = None,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
) -> Answer:
    """Draw what rests on what, with the trust of every result, or say what the graph means for the work.

    All results are checked first. Findings (--orphans, --ready, --impact, --critical-path) are printed as text, and are
    marked in the drawing if there is a --format or an --output. Exit code 0 once the graph is made, whatever the trust
    of the results.
    """
    kind = _format(format, output)
    _choices(id, depth, side, direction, critical_path, [chapter is not None, chapters, id is not None])

    def confirm(known: Collection[str]) -> None:
        require_ids([name for name in (id, impact) if name is not None], known)
        if chapter is not None:
            chapter_members(known, chapter)

    index = checked_index(check_options(path, jobs, cache, no_cache), confirm=confirm).index
    results = {name: each.node for name, each in index.judged.items()}
    plans = _plans(index, path)
    always = find_orphans(plans)
    findings = [always] if orphans else []
    findings += [find_ready(results, plans)] if ready else []
    findings += [find_impact(results, impact)] if impact is not None else []
    findings += [find_critical_path(index, critical_path)] if critical_path is not None else []
    graph = dependency_graph(results)
    _mark(graph, findings)
    circles = [list(circle) for circle in cycles(dependencies(results))]
    if id is not None:
        graph = neighbourhood(graph, id, depth=depth, side=side)
    elif chapter is not None:
        graph = chapter_view(graph, chapter)
    elif chapters:
        graph = chapter_graph(graph)
    data: dict[str, object] = {
        **graph_json(graph),
        "orphans": always.data,
        "cycles": circles,
        **{found.key: found.data for found in findings},
        **summary_of(index.summary),
    }
    found_lines = [line for found in findings for line in found.lines]
    if output is None:
        if findings and format is None:
            return Answer(ExitCode.YES, data, "\n".join(found_lines))
        return Answer(ExitCode.YES, data, str(_drawing(graph, kind, direction, data)).rstrip("\n"))
    write_atomically(output, _drawing(graph, kind, direction, data))
    size = f"{output}: {graph.number_of_nodes()} results, {graph.number_of_edges()} arrows"
    return Answer(ExitCode.YES, {**data, "output": str(output)}, "\n".join([*found_lines, size]))


def _choices(
    id: str | None, depth: int | None, side: str, direction: str, unit: str | None, views: Sequence[bool]
) -> None:
    """Refuse options that do not go together."""
    if depth is not None and (id is None or depth < 0):
        raise InputError(
            "--depth goes with an ID and is not negative", "--depth", "symproof graph ID --depth 1", str(depth)
        )
    if side not in SIDES or (side != "both" and id is None):
        raise InputError("--side goes with an ID", "--side", f"one of {', '.join(SIDES)}", side[:40])
    if direction not in DIRECTIONS:
        raise InputError("no such direction", "--direction", f"one of {', '.join(DIRECTIONS)}", direction[:40])
    if unit not in (None, "steps", "time"):
        raise InputError("no such unit", "--critical-path", "steps or time", str(unit)[:40])
    if sum(views) > 1:
        raise InputError("one view at a time", "graph", "an ID, --chapter NAME or --chapters", "several of them")


def _plans(index: LibraryIndex, paths: Sequence[str] | None) -> dict[str, Plan]:
    """What the results are for. Raises InputError if a mark of an author's cannot be read."""
    plans = {name: each.plan for name, each in index.results.items()}
    if None in plans.values():
        return {name: plan_of(theorem) for name, theorem in open_library(paths).theorems.items()}
    return {name: plan for name, plan in plans.items() if plan is not None}


def _mark(graph: DiGraph[str], findings: Sequence[Findings]) -> None:
    """Write what was found into the nodes and edges of the graph."""
    for found in findings:
        for name, words in found.marks.items():
            before = graph.nodes[name].get("mark", "")
            graph.nodes[name]["mark"] = f"{before}; {words}" if before else words
        for edge in found.heavy:
            graph.edges[edge]["heavy"] = True


def _format(wanted: str | None, output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output is not None else ""
    kind = (wanted or SUFFIXES.get(suffix, suffix) or "dot").lower()
    if kind not in FORMATS:
        raise InputError(
            "no such format", "--format" if wanted else "--output", f"one of {', '.join(FORMATS)}", kind[:40]
        )
    if output is None and kind not in TEXT_FORMATS:
        raise InputError(f"{kind} is no text", "--output", f"a file to write, such as --output graph.{kind}")
    return kind


def _drawing(graph: DiGraph[str], kind: str, direction: str, data: Mapping[str, object]) -> str | bytes:
    way: Direction = "right" if direction == "right" else "down"
    if kind == "json":
        return json_text(data) + "\n"
    if kind == "dot":
        return graph_dot(graph, direction=way)
    if kind == "svg":
        return draw_svg(graph, direction=way) + "\n"
    if kind == "graphml":
        return graph_graphml(graph)
    if kind == "tikz":
        from symproof.report.graph_tikz import graph_tikz

        return graph_tikz(graph, direction=way)
    return draw_pdf(graph, direction=way) if kind == "pdf" else draw_png(graph, direction=way)
