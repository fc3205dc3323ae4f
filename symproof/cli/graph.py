"""``symproof graph``: the dependency graph, coloured by trust."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.checked_library import PathOption, check_with_progress, open_library, results_of, summary_dict
from symproof.cli.exit_code import ExitCode
from symproof.cli.json_output import json_text
from symproof.errors import InputError
from symproof.graph import cycles, dependency_graph, neighbourhood, orphans
from symproof.graph_drawing import draw_pdf, draw_png, draw_svg, graph_dot, graph_json
from symproof.report.atomic_write import write_atomically

if TYPE_CHECKING:
    from networkx import DiGraph

__all__ = ["run"]

TEXT_FORMATS = ("svg", "dot", "json")
FORMATS = (*TEXT_FORMATS, "pdf", "png")


def run(
    id: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only this result and its neighbours.")] = None,
    format: Annotated[
        str | None, typer.Option(help=f"One of {', '.join(FORMATS)}; by default what --output ends in, else dot.")
    ] = None,
    output: Annotated[Path | None, typer.Option(help="The file to write; standard output by default.")] = None,
    depth: Annotated[
        int | None, typer.Option(help="With ID: how many arrows to follow each way; all by default.")
    ] = None,
    path: PathOption = None,
) -> Answer:
    """Draw what rests on what, with the trust of every result.

    All results are checked first. Exit code 0 once the graph is made, whatever the trust of the results.
    """
    kind = _format(format, output)
    if depth is not None and (id is None or depth < 0):
        raise InputError(
            "--depth goes with an ID and is not negative", "--depth", "symproof graph ID --depth 1", str(depth)
        )
    library = open_library(path)
    library.require([id] if id is not None else [])
    checked = check_with_progress(library)
    graph = dependency_graph(results_of(checked))
    circles = [list(circle) for circle in cycles(graph)]
    alone = list(orphans(graph))
    if id is not None:
        graph = neighbourhood(graph, id, depth=depth)
    data = {
        **graph_json(graph),
        "orphans": [n for n in alone if n in graph],
        "cycles": circles,
        **summary_dict(checked),
    }
    if output is None:
        return Answer(ExitCode.YES, data, str(_drawing(graph, kind, data)).rstrip("\n"))
    write_atomically(output, _drawing(graph, kind, data))
    size = f"{graph.number_of_nodes()} results, {graph.number_of_edges()} arrows"
    return Answer(ExitCode.YES, {**data, "output": str(output)}, f"{output}: {size}")


def _format(wanted: str | None, output: Path | None) -> str:
    suffix = output.suffix.lstrip(".").lower() if output is not None else ""
    kind = (wanted or suffix or "dot").lower()
    if kind not in FORMATS:
        raise InputError(
            "no such format", "--format" if wanted else "--output", f"one of {', '.join(FORMATS)}", kind[:40]
        )
    if output is None and kind not in TEXT_FORMATS:
        raise InputError(f"{kind} is no text", "--output", f"a file to write, such as --output graph.{kind}")
    return kind


def _drawing(graph: DiGraph[str], kind: str, data: dict[str, object]) -> str | bytes:
    if kind == "json":
        return json_text(data) + "\n"
    if kind == "dot":
        return graph_dot(graph)
    if kind == "svg":
        return draw_svg(graph) + "\n"
    return draw_pdf(graph) if kind == "pdf" else draw_png(graph)
