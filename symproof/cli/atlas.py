"""``symproof atlas``: which activations have spurious local minima, by which theorem, with certified numbers."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symproof.cli.answer import Answer
from symproof.cli.check_options import CacheOption, NoCacheOption, check_options
from symproof.cli.exit_code import ExitCode
from symproof.cli.json_output import json_text
from symproof.cli.progress import show_progress
from symproof.engine.limits import Limits
from symproof.instances.shown_number import bound_text, short_form

if TYPE_CHECKING:
    from symproof.engine.atlas_row import AtlasPart, AtlasRow
    from symproof.instances.atlas_activations import AtlasActivation
    from symproof.library import Library
    from symproof.library_check import CheckedTheorem
    from symproof.report.document import Picture

__all__ = ["atlas_with_progress", "run"]

WIDTH = 100
MOST_FORMULA = 80
MEGABYTES = 4096
"""Memory for one family of theorems in a row."""
_COLUMNS = (
    ("activation", 19), ("applies", 13), ("radius", 9), ("minimum", 9), ("better", 12), ("margin", 16), ("trust", 10),
)  # fmt: skip


def run(
    activation: Annotated[
        list[str] | None, typer.Option(metavar="EXPR", help="A further activation: an expression in t; repeatable.")
    ] = None,
    only: Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this row; repeatable.")] = None,
    output: Annotated[Path | None, typer.Option(metavar="DIR", help="Write the chapter and its figures there.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, metavar="N", help="Processes; as many as processors by default.")
    ] = None,
    row_time: Annotated[
        float, typer.Option(min=0.001, max=1e6, metavar="SECONDS", help="For one family of theorems in a row.")
    ] = 60.0,
    no_plots: Annotated[bool, typer.Option("--no-plots", help="Write no figures.")] = False,
    cache: CacheOption = None,
    no_cache: NoCacheOption = False,
) -> Answer:
    """Show for many activations which theorem gives a spurious local minimum, with witness, radius and risks.

    All rows are decided on the three samples of the theorems on smooth activations, with two hidden units. With
    --output: atlas.html, atlas.tex, atlas.pdf, atlas.json and the figures.
    Exit code 0: every row is decided (certified, or shown not to apply); 2: an activation cannot be read; 3: some row
    is undecided or failed. A row never stops the others.
    """
    from symproof.cli.checked_library import check_with_progress, open_library, summary_dict
    from symproof.engine.atlas_part import theorems_of_the_atlas
    from symproof.instances.atlas_activations import chosen_activations

    chosen = chosen_activations(tuple(only or ()), tuple(activation or ()))
    library = open_library(())
    checked = check_with_progress(library, theorems_of_the_atlas(library), check_options((), workers, cache, no_cache))
    rows, pictures, missing = atlas_with_progress(
        chosen, library, checked, workers, Limits(row_time, MEGABYTES), plots=output is not None and not no_plots
    )
    data: dict[str, object] = {"rows": [_data(row) for row in rows], "counts": _counts(rows), **summary_dict(checked)}
    lines = [*_table(rows), f"theorems: {data['summary_line']}"]
    if output is not None:
        from symproof.report.atlas_files import write_atlas
        from symproof.report.atomic_write import write_atomically

        files, notes = write_atlas(rows, pictures, output)
        untimed = {**data, "rows": [{k: v for k, v in _data(row).items() if k != "seconds"} for row in rows]}
        write_atomically(output / "atlas.json", json_text(untimed) + "\n")
        files.append(output / "atlas.json")
        notes += missing
        lines += [f"wrote {file}" for file in files] + notes
        data |= {"files": files, "notes": notes}
    code = ExitCode.YES if all(row.decided for row in rows) else ExitCode.UNDECIDED
    return Answer(code, data, "\n".join(lines))


def atlas_with_progress(
    chosen: Sequence[AtlasActivation],
    library: Library,
    checked: Mapping[str, CheckedTheorem],
    workers: int | None,
    limits: Limits,
    plots: bool,
) -> tuple[tuple[AtlasRow, ...], dict[str, Picture], list[str]]:
    """Decide the rows and draw their figures, and show how far that is on standard error.

    The third value says of each figure that could not be drawn why.

    Args:
        chosen: the activations.
        library: where the theorems are.
        checked: the theorems of the atlas, checked in this run.
        workers: processes; as many as processors if None.
        limits: for one family of theorems in a row.
        plots: whether figures are drawn.

    Raises:
        MissingPackage: figures are wanted, and matplotlib is not installed.
    """
    from symproof.engine.atlas import atlas_rows
    from symproof.report.atlas_section import atlas_pictures
    from symproof.report.missing_package import optional_import

    if plots:
        optional_import("matplotlib", extra="plots", purpose="figures (--no-plots writes none)")
    with show_progress("atlas", total=2 * len(chosen)) as advance:
        rows = atlas_rows(chosen, library, checked, workers=workers, limits=limits, progress=advance)
    if not plots:
        return rows, {}, []
    with show_progress("drawing", total=len(rows) + 1) as advance:
        return rows, *atlas_pictures(rows, workers, advance)


def _data(row: AtlasRow) -> dict[str, object]:
    """A row for ``--json``; the numbers are exact strings or balls."""
    found = asdict(row)
    return {**found, "applies": row.applies, "decided": row.decided, "seconds": round(row.seconds, 3)}


def _counts(rows: Sequence[AtlasRow]) -> dict[str, int]:
    found = Counter(row.applies for row in rows)
    return {word: found[word] for word in ("smooth", "affine piece", "both", "neither", "undecided")}


def _table(rows: Sequence[AtlasRow]) -> list[str]:
    head = "".join(f"{name:<{width}}" for name, width in _COLUMNS) + "seconds"
    lines = [head, "-" * len(head)]
    for row in rows:
        lines += _lines(row)
    counts = ", ".join(f"{count} {word}" for word, count in _counts(rows).items() if count)
    return [*lines, "", f"{len(rows)} activations: {counts}"]


def _lines(row: AtlasRow) -> list[str]:
    """The numbers of a row, and below them the witness and why what does not apply does not."""
    part = row.shown
    cells = [row.title, row.applies, *_numbers(part), part.trust]
    first = "".join(f"{_cut(cell, width - 1):<{width}}" for cell, (_, width) in zip(cells, _COLUMNS, strict=True))
    below = [f"h(t) = {_cut(row.formula, MOST_FORMULA)}"]
    below += [_witness(part)] if part.verdict == "certified" else []
    below += [
        f"{name}: {one.verdict.replace('_', ' ')}: {one.reason}"
        for name, one in zip(("smooth", "affine piece", "ReLU-like"), row.parts, strict=True)
        if not one.decided or (row.applies == "neither" and name == "smooth")
    ]
    return [f"{first}{row.seconds:7.2f}", *(line for text in below for line in _wrapped(text))]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 3]}..."


def _numbers(part: AtlasPart) -> list[str]:
    """Radius, both risks and the margin: lower bounds, but for the risk at the better point."""
    if part.verdict != "certified":
        return ["-"] * 4
    margin = part.numbers.get("margin")
    better = str(part.numbers["risk_better_point"])
    return [
        bound_text(str(part.numbers["radius"])),
        bound_text(str(part.numbers["risk_local_minimum"])),
        bound_text(better, up=True),
        "-" if margin is None else f"{part.numbers['margin_of']} {bound_text(str(margin))}",
    ]


def _witness(part: AtlasPart) -> str:
    if "v" not in part.numbers:
        return f"{part.theorem}: {part.reason}"
    names = [f"{name} = {_several(part.numbers[name])}" for name in ("v", "u", "p") if part.numbers[name]]
    return f"{part.theorem}, {part.numbers['method']}: {', '.join(names)}"


def _several(texts: Sequence[str]) -> str:
    shown = [short_form(text) for text in texts]
    return shown[0] if len(set(shown)) == 1 else f"({', '.join(shown)})"


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="        ", break_on_hyphens=False)
